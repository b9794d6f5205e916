"""The FedRAMP sheet of a plan of action and milestones: open and closed items."""

from __future__ import annotations

from dataclasses import replace

from board_report.model import RawRow
from board_report.project import SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.peek import HeaderRow, peek, plain
from board_report.sources.reader import Evidence, Header, Reader
from board_report.sources.text import read_text
from board_report.sources.workbook import read_workbook

HEADERS = ("POAM ID", "Weakness Name", "Original Detection Date", "Scheduled Completion Date")
_SHEET, _CLOSED = "Sheet", "Closed On"
_STATUS_DATE = "status date"


def read_poam(content: bytes, spec: SourceSpec) -> Grid:
    """Items of all sheets with the template's header; those of a closed sheet with their date.

    Raises:
        ReadFaultError: not a workbook or text, or no sheet has the header.
    """
    if kind_of(spec.file, content) is not Kind.WORKBOOK:
        return _marked(read_text(content, spec), "")
    wanted = {plain(each) for each in HEADERS}
    found: dict[str, HeaderRow] = {}
    for row in peek(spec.file, content).rows:
        if wanted <= row.cells:
            found.setdefault(row.sheet, row)
    if not found:
        raise ReadFaultError(
            ReadCode.READER_DIFFERS,
            export="a plan of action and milestones",
            looked="no sheet has its header",
        )
    parts = [
        _marked(read_workbook(content, replace(spec, sheet=name, skip_rows=row.skip_rows)), name)
        for name, row in found.items()
    ]
    return _joined(parts)


def _marked(grid: Grid, sheet: str) -> Grid:
    """The grid with the name of its sheet, and the status date again where the sheet is closed."""
    names = [plain(each) for each in grid.header.cells]
    at = names.index(_STATUS_DATE) if _STATUS_DATE in names else -1
    is_closed = "closed" in sheet.casefold() and at >= 0
    rows = []
    for row in grid.rows:
        closed = row.cells[at] if is_closed and at < len(row.cells) else ""
        # Cells beyond the header stay beyond it, where they are judged.
        end = len(names)
        rows.append(RawRow(row.line, (*row.cells[:end], sheet, closed, *row.cells[end:])))
    header = RawRow(grid.header.line, (*grid.header.cells, _SHEET, _CLOSED))
    return replace(grid, header=header, rows=tuple(rows))


def _joined(parts: list[Grid]) -> Grid:
    """The rows of all sheets below the first one's header; columns of others find their place."""
    first = parts[0]
    names = [plain(each) for each in first.header.cells]
    rows = list(first.rows)
    for part in parts[1:]:
        places = {plain(each): at for at, each in enumerate(part.header.cells)}
        taken = [places.get(name, -1) for name in names]
        for row in part.rows:
            cells = (*row.cells, "")  # the last one stands for columns that this sheet lacks
            rows.append(RawRow(row.line, tuple(cells[at] for at in taken)))
    return Grid(first.header, tuple(rows), sheet=first.sheet)


READERS = (
    Reader(
        id="fedramp-poam",
        tool="FedRAMP",
        export="plan of action and milestones, as the template's workbook or CSV",
        preset=SourceSpec(
            table="audit_findings",
            file="",
            columns={
                "audit_finding_id": "POAM ID",
                "title": "Weakness Name",
                "severity": "Original Risk Rating",
                "raised_on": "Original Detection Date",
                "due_on": "Scheduled Completion Date",
                "closed_on": _CLOSED,
            },
            values={"severity": {"moderate": "medium"}},
            missing=("N/A", "None", "TBD"),
            other_date_formats=("%m/%d/%Y",),
        ),
        signatures=(Header(has=HEADERS),),
        evidence=Evidence.DOCUMENTED,
        reference="FedRAMP, POA&M Template and its Completion Guide",
        read=read_poam,
        traps=(
            "Items of all sheets with the header are read; those of a sheet whose name says closed "
            "are closed, on their status date, since the template has no date of closing.",
            "A CSV says nothing of its sheet: for one of closed items, write "
            'columns.closed_on = "Status Date".',
            "Severity is the original risk rating; an adjusted one may wait for approval. To use "
            'it, write columns.severity = "Adjusted Risk Rating".',
            "Dates that are text are read month first, as the template writes them.",
            "Who raised an item is not said: where all are of one kind, give constants.origin, "
            'such as "assessment".',
        ),
    ),
)
