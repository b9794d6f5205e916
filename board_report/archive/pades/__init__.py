"""Sign finished PDFs after PAdES, and say in plain English what a signature proves.

Everything here works on bytes in memory and is handed the time. pyHanko is loaded by the
functions that need it, and only then; :func:`unsigned_prefix` needs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from board_report.archive.pades.faults import pyhanko_installed
from board_report.archive.pades.prefix import unsigned_prefix
from board_report.archive.pades.records import (
    KeyFile,
    Level,
    Seal,
    SignatureReport,
    SignerSource,
    Token,
    Trust,
    Verdict,
)

__all__ = [
    "KeyFile",
    "Level",
    "Seal",
    "SignatureReport",
    "SignerSource",
    "Token",
    "Trust",
    "Verdict",
    "sign_pdf",
    "unsigned_prefix",
    "verify_pdf",
]


def sign_pdf(
    data: bytes,
    signer: SignerSource,
    *,
    level: Level = "B-B",
    at: datetime,
    timestamp_url: str = "",
    trust: Trust | None = None,
    visible: Seal | None = None,
    reason: str = "",
) -> bytes:
    """Append a signature to a PDF; the result begins with exactly the bytes given.

    Args:
        data: the PDF, as it was built; signed already, it gets one more signature.
        signer: the key and its certificate.
        level: ``B-B`` is the signature alone; ``B-T`` adds a timestamp of a timestamp service;
            ``B-LTA`` adds what proves that no certificate was revoked, and a timestamp over all.
        at: when it is signed, with its time zone; what the signature itself claims.
        timestamp_url: the address of an RFC 3161 timestamp service, for B-T and B-LTA.
        trust: the roots to which the certificates must lead; needed for B-LTA.
        visible: a seal to draw on the first page.
        reason: why it is signed, as viewers show it.

    Raises:
        SigningError: it is no PDF or may not be signed, the key cannot be used, the timestamp
            service does not answer, or the proof for B-LTA cannot be had.
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    with pyhanko_installed():
        from board_report.archive.pades.signing import sign
    return sign(
        data,
        signer,
        level=level,
        at=at,
        timestamp_url=timestamp_url,
        trust=trust,
        visible=visible,
        reason=reason,
    )


def verify_pdf(
    data: bytes,
    *,
    trust_roots: Sequence[bytes] | Trust = (),
    at: datetime,
    allow_network: bool = False,
) -> tuple[SignatureReport, ...]:
    """What every signature and document timestamp of a PDF proves, in the order they were made.

    Args:
        data: the PDF.
        trust_roots: certificates (DER or PEM) to which the signers' must lead; nothing else is
            trusted, neither the machine's own list nor what the file brings.
        at: the moment at which it is judged, with its time zone.
        allow_network: whether lists of revoked certificates may be fetched. Without it what the
            file holds and what ``trust_roots`` brings has to do.

    Returns:
        One report a signature; empty when the file has none.

    Raises:
        SigningError: it is no PDF, or too damaged to be read as one.
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("at needs a time zone")
    with pyhanko_installed():
        from board_report.archive.pades.verification import verify
    trust = trust_roots if isinstance(trust_roots, Trust) else Trust(tuple(trust_roots))
    return verify(data, trust=trust, at=at, allow_network=allow_network)
