"""Sign files and judge their signatures: read, decide, write."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from board_report.archive.pades import (
    KeyFile,
    Level,
    Seal,
    SignatureReport,
    SignerSource,
    Token,
    Trust,
    Verdict,
    sign_pdf,
    verify_pdf,
)
from board_report.archive.pades.faults import SigningError
from board_report.archive.pades.saving import refuse_existing, save_signed
from board_report.sources.password import find_password
from board_report.sources.secret import Secret

__all__ = [
    "Judged",
    "KeyFile",
    "Level",
    "Seal",
    "Secret",
    "Signed",
    "SignerSource",
    "SigningError",
    "Token",
    "Trust",
    "Verdict",
    "find_password",
    "plan_outputs",
    "read_trust",
    "sign_files",
    "verify_files",
]

_SUFFIX = "-signed"


@dataclass(frozen=True)
class Signed:
    """One file that was signed."""

    file: Path
    output: Path
    sha256: str
    """Of the signed file."""
    unsigned_sha256: str
    """Of the file as it was given, with which the signed one begins."""
    bytes: int


@dataclass(frozen=True)
class Judged:
    """One file whose signatures were judged; an error where it could not be read."""

    file: Path
    reports: tuple[SignatureReport, ...] = ()
    error: str = ""

    @property
    def verdict(self) -> Verdict | Literal["unsigned", "unreadable"]:
        """The worst of its signatures."""
        if self.error:
            return "unreadable"
        if not self.reports:
            return "unsigned"
        order = list(Verdict)
        return max((each.verdict for each in self.reports), key=order.index)


def plan_outputs(
    files: Sequence[Path], output: Path | None, *, overwrite: bool
) -> tuple[tuple[Path, Path], ...]:
    """Each file with where its signed copy goes: beside it, or to ``output``.

    Args:
        files: to be signed.
        output: a file for one, a folder for any number; None for beside each.
        overwrite: whether another file's place may be taken.

    Raises:
        SigningError: a place is taken, or meant for two files.
    """
    planned = [(file, _output(file, output, alone=len(files) == 1)) for file in files]
    places = [place.absolute() for _, place in planned]
    for (file, place), whole in zip(planned, places, strict=True):
        if places.count(whole) > 1 or whole == file.absolute():
            raise SigningError(
                "the signed copy would take the place of another of the files.",
                where=str(place),
                mend="Name another place with --output.",
            )
        if not overwrite:
            refuse_existing(place)
    return tuple(planned)


def _output(file: Path, output: Path | None, *, alone: bool) -> Path:
    name = f"{file.stem}{_SUFFIX}{file.suffix or '.pdf'}"
    if output is None:
        return file.with_name(name)
    if output.is_dir():
        return output / name
    if alone:
        return output
    raise SigningError(
        "several files cannot be written to one.",
        where=str(output),
        mend="Name a folder that is there, or sign them one by one.",
    )


def sign_files(
    planned: Sequence[tuple[Path, Path]],
    signer: SignerSource,
    *,
    level: Level,
    at: datetime,
    timestamp_url: str = "",
    trust: Trust | None = None,
    visible: Seal | None = None,
    reason: str = "",
    overwrite: bool = False,
) -> tuple[Signed, ...]:
    """Sign files, all of them or none.

    Args:
        planned: from :func:`plan_outputs`.
        signer: the key.
        level: of the signatures.
        at: when they are made.
        timestamp_url: the timestamp service, where the level needs one.
        trust: the roots, where the level needs them.
        visible: a seal for the first page of each.
        reason: why they are signed.
        overwrite: whether another file's place may be taken.

    Raises:
        SigningError: one of them cannot be signed; then none was written.
    """
    made = []
    for file, output in planned:
        data = _read(file)
        try:
            signed = sign_pdf(
                data,
                signer,
                level=level,
                at=at,
                timestamp_url=timestamp_url,
                trust=trust,
                visible=visible,
                reason=reason,
            )
        except SigningError as error:
            if error.where:
                raise
            raise SigningError(error.what, where=str(file), mend=error.mend) from error
        made.append((file, output, data, signed))
    for _, output, _, signed in made:
        save_signed(output, signed, overwrite=overwrite)
    return tuple(
        Signed(file, output, _sha256(signed), _sha256(data), len(signed))
        for file, output, data, signed in made
    )


def verify_files(
    files: Sequence[Path], *, trust: Trust, at: datetime, allow_network: bool
) -> tuple[Judged, ...]:
    """Judge the signatures of files; one that cannot be read does not keep the others back.

    Raises:
        SigningError: pyHanko is not installed, or ``trust`` holds no certificates.
    """
    judged = []
    for file in files:
        try:
            data = _read(file)
            reports = verify_pdf(data, trust_roots=trust, at=at, allow_network=allow_network)
            judged.append(Judged(file, reports))
        except SigningError as error:
            if not error.where and "PDF" not in error.what:
                raise
            judged.append(Judged(file, error=f"{error.what} {error.mend}".strip()))
    return tuple(judged)


def read_trust(roots: Sequence[Path], lists: Sequence[Path]) -> Trust:
    """Root certificates and lists of revoked ones from files.

    Raises:
        SigningError: one cannot be read.
    """
    return Trust(tuple(map(_read, roots)), tuple(map(_read, lists)))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SigningError(
            f"it cannot be read: {(error.strerror or 'it is no file').lower()}.",
            where=str(file),
            mend="Check the name, and that you may read it.",
        ) from error


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
