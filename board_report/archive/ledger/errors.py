"""What can go wrong with an archive that a person can mend."""

from __future__ import annotations

from board_report.errors import BoardReportError


class ArchiveError(BoardReportError):
    """The archive cannot be read, written, or relied on; or what is asked for may not be."""


def write_error(where: str, error: OSError, happened: str) -> ArchiveError:
    """Why nothing could be written, and what has become of it.

    Args:
        where: the archive.
        error: of the operating system or the object store.
        happened: one sentence on what is in the archive now.
    """
    return ArchiveError(
        f"it cannot be written: {error.strerror or error}. {happened}",
        where=where,
        mend="Free space or mend the rights, and run the command again.",
    )
