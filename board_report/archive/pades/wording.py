"""The report on a signature in sentences that need no knowledge of signatures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from board_report.archive.pades.records import SignatureReport

_VERDICTS = {
    "valid": "VALID: it is whole, unchanged, and the roots given vouch for who signed.",
    "untrusted": "NOT TRUSTED: it is whole and unchanged, but nobody whom you trust vouches "
    "for it.",
    "changed": "CHANGED: the signed part is whole, but the file was changed after signing.",
    "invalid": "INVALID: the file or the signature is not what was signed.",
}


def sentences(report: SignatureReport) -> tuple[str, ...]:
    """One statement a line, the verdict first."""
    return tuple(
        filter(
            None,
            (
                _VERDICTS[report.verdict],
                _who(report),
                _when(report),
                _which_bytes(report),
                _later(report),
                _sentence(report.trust),
                _sentence(report.revocation),
                *(f"Against it: {fault}." for fault in report.faults),
            ),
        )
    )


def _who(report: SignatureReport) -> str:
    if not report.signer:
        return ""
    verb = "Timestamped" if report.kind == "document timestamp" else "Signed"
    return f"{verb} by {report.signer} (certificate {report.serial_number} of {report.issuer})."


def _when(report: SignatureReport) -> str:
    words = []
    if report.claimed_at:
        words.append(f"The signer says that it was signed on {_moment(report.claimed_at)}.")
    if report.timestamped_at:
        words.append(
            f"{report.timestamped_by} says that it existed on {_moment(report.timestamped_at)}."
        )
    elif report.claimed_at:
        words.append("No timestamp service says when.")
    return " ".join(words)


def _which_bytes(report: SignatureReport) -> str:
    if not report.covered_bytes:
        return ""
    if report.covers_whole_file:
        return f"It covers the whole file ({report.file_bytes} bytes)."
    return f"It covers the first {report.covered_bytes} of {report.file_bytes} bytes."


def _later(report: SignatureReport) -> str:
    if report.covers_whole_file or report.verdict == "invalid":
        return ""
    if report.added_later and report.verdict != "changed":
        return f"After it there was added only: {', '.join(report.added_later)}."
    return ""


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _moment(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    return f"{there.day} {there:%B %Y, %H:%M:%S} UTC"
