"""What came of one file that a reader recognized."""

from __future__ import annotations

from dataclasses import dataclass

from board_report.model import Finding, Reconciliation
from board_report.tables.load import LoadedTables


@dataclass(frozen=True)
class FileRead:
    """The account and the findings of one file."""

    loaded: LoadedTables
    file: str

    @property
    def account(self) -> Reconciliation:
        """Where the file's rows went; its ends add up to the rows read."""
        (part,) = [each for each in self.loaded.reconciliation if each.file == self.file]
        ends = (part.used, part.rejected, part.duplicate, part.superseded, part.left_out)
        assert part.read == sum(ends) + part.out_of_period
        return part

    @property
    def reader(self) -> str:
        """Id of the reader that recognized the file."""
        (told,) = self.found("reader_found")
        return told.mend.split('"')[1]

    def found(self, code: str) -> list[Finding]:
        """The findings of this code about the file."""
        return [
            each for each in self.loaded.findings if each.code == code and each.file == self.file
        ]


@dataclass(frozen=True)
class StateRead(FileRead):
    """One file of records that no later row supersedes."""

    @property
    def ends(self) -> tuple[int, int, int, int, int]:
        """Rows read, used in the period, rejected, duplicate and left out; they add up."""
        part = self.account
        assert not part.superseded
        return part.read, part.used, part.rejected, part.duplicate, part.left_out
