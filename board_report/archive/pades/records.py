"""What goes into a signature, and what comes out of its verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias

from board_report.sources.secret import Secret

Level: TypeAlias = Literal["B-B", "B-T", "B-LTA"]
"""Levels of PAdES (ETSI EN 319 142-1) that can be made."""


@dataclass(frozen=True)
class KeyFile:
    """A key with its certificates in a PKCS#12 file."""

    path: Path
    password: Secret


@dataclass(frozen=True)
class Token:
    """A key in a smart card, an HSM or another device with a PKCS#11 module."""

    module: Path
    """The vendor's library, as ``/usr/lib/softhsm/libsofthsm2.so``."""
    label: str
    """The token's name."""
    certificate: str
    """The label of the signer's certificate on it."""
    pin: Secret
    key: str = ""
    """The label of the key, where it differs from the certificate's."""


SignerSource: TypeAlias = KeyFile | Token


@dataclass(frozen=True)
class Trust:
    """What certificates must lead to, and what is known of revoked ones."""

    roots: tuple[bytes, ...] = ()
    """Certificates, DER or PEM; a PEM file may hold several."""
    revocation_lists: tuple[bytes, ...] = ()
    """Certificate revocation lists, DER or PEM, for where they cannot be fetched."""


@dataclass(frozen=True)
class Seal:
    """A visible seal on the first page.

    Args:
        name: who signs, as printed.
        position: their position, as printed; empty when there is none.
        place: left, bottom, width and height in points from the page's lower left corner; None
            finds a free place.
    """

    name: str
    position: str = ""
    place: tuple[float, float, float, float] | None = None


class Verdict(StrEnum):
    """What a signature comes to."""

    VALID = "valid"
    """Whole, unchanged, and by somebody whom the roots given vouch for."""
    UNTRUSTED = "untrusted"
    """Whole and unchanged, but the roots given do not vouch for who signed, or for when."""
    CHANGED = "changed"
    """The signed part is whole, but what was added afterwards is more than signatures."""
    INVALID = "invalid"
    """The signed bytes, or the signature, are not what they were."""


@dataclass(frozen=True)
class SignatureReport:
    """What one signature proves. Every sentence can be read by somebody who knows no PDF."""

    field: str
    """The name of the form field that holds it."""
    kind: Literal["signature", "document timestamp"]
    level: str
    """``B-B``, ``B-T``, ``B-LT`` or ``B-LTA``, by what the file holds; empty for a timestamp."""
    verdict: Verdict
    signer: str = ""
    """The subject of the certificate."""
    issuer: str = ""
    serial_number: str = ""
    """Of the certificate, in hexadecimal."""
    claimed_at: datetime | None = None
    """When it was signed, as the signer says."""
    timestamped_at: datetime | None = None
    """When it existed, as a timestamp service says."""
    timestamped_by: str = ""
    covered_bytes: int = 0
    """How much of the file it covers, counted from the beginning; it leaves out itself alone."""
    file_bytes: int = 0
    covers_whole_file: bool = False
    is_intact: bool = False
    """Whether the covered bytes are those that were signed, and the signature is the key's."""
    added_later: tuple[str, ...] = ()
    """What was appended afterwards: signatures, timestamps, proof; or what cannot be accepted."""
    is_trusted: bool = False
    trust: str = ""
    """Whether the roots given vouch for the signer; why not, when they do not."""
    revocation: str = ""
    """Whether proof that the certificate was not revoked is in the file, and what it says."""
    faults: tuple[str, ...] = ()
    """What speaks against it; empty when it is valid."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The report in plain English, one statement a line."""
        from board_report.archive.pades.wording import sentences

        return sentences(self)
