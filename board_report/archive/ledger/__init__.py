"""The record of quarters: what was sealed, by whom and when, in a chain that shows every change.

``open_archive(folder)`` gives an :class:`~board_report.archive.ledger.archive.Archive`; ``seal``,
``hold``, ``release``, ``prune`` and ``export`` add to it, and ``verify`` checks every byte of it.
"""

from board_report.archive.ledger.archive import Archive, Seal, open_archive
from board_report.archive.ledger.entries import Entry, KeptFile, Kind, Stamp
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.faults import Fault, Severity
from board_report.archive.ledger.verify import Report, verify

__all__ = [
    "Archive",
    "ArchiveError",
    "Entry",
    "Fault",
    "KeptFile",
    "Kind",
    "Report",
    "Seal",
    "Severity",
    "Stamp",
    "open_archive",
    "verify",
]
