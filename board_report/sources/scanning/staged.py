"""What the engine sees of one source: rows of text with their lines, under a name of SQL."""

from __future__ import annotations

from dataclasses import dataclass

from board_report.model import Finding, RawTable, SourceFile
from board_report.sources.grid import Grid


@dataclass(frozen=True)
class Staged:
    """The rows of one source within reach of the engine.

    The relation has ``_at`` (place of a row among those of the source, from 0), ``_line``,
    ``_odd`` (the cells as a JSON list where they are not as many as the header's, else NULL), and
    ``c0``, ``c1`` and so on: the cells as text, NULL or empty where there is none.
    """

    relation: str
    """A table, a view or a SELECT in parentheses."""
    rows: int
    source: SourceFile
    grid: Grid
    """Header and notices; of the rows none, or one that stands for all."""

    @property
    def raw(self) -> RawTable:
        """The file without its rows, as the mapping of its columns sees it."""
        return RawTable(
            source=self.source,
            columns=tuple(cell.strip() for cell in self.grid.header.cells),
            rows=(),
            header_line=self.grid.header.line,
            sheet=self.grid.sheet,
        )


@dataclass(frozen=True)
class Scan:
    """One source as scanned; ``staged`` is None when it could not be, and the findings say why."""

    source: SourceFile | None
    staged: Staged | None
    findings: tuple[Finding, ...]
