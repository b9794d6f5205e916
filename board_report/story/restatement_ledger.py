"""The ledger of restatements: what ``restatements.csv`` holds, a line for each row that moved."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from board_report.governance.restatements import Restatement
from board_report.governance.row_changes import MovedRow, TableChange
from board_report.metrics.evaluate import Figures
from board_report.model import State
from board_report.story import formats
from board_report.tables.rejected import neutral

LEDGER_COLUMNS = (
    "metric_id",
    "title",
    "quarter",
    "shown_on",
    "shown_again_on",
    "value_shown",
    "value_now",
    "difference",
    "unit",
    "printed_shown",
    "printed_now",
    "reason",
    "rows_known",
    "table",
    "rows_then",
    "rows_now",
    "row_change",
    "record",
    "columns",
    "file",
    "line",
)
NOT_ON_RECORD, NOT_COMPARED = "not on record", "not compared"


def ledger_csv(restated: Sequence[Restatement], figures: Figures, currency: str) -> str:
    """Every value that a board was shown and that reads otherwise now, and what caused it.

    Each row that changed, was added or is gone has a line; a value of which no row is named has
    one line. It is safe to open in a spreadsheet.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(LEDGER_COLUMNS)
    for each in restated:
        head = _head(each, figures, currency)
        writer.writerows([*head, *tail] for tail in _tails(each))
    return buffer.getvalue()


def _head(each: Restatement, figures: Figures, currency: str) -> list[str]:
    spec, was, now = figures.specs[each.metric_id], each.shown.value, each.now.value
    printed = (
        formats.with_unit(was, spec.unit, currency),
        formats.result(each.now, spec.unit, currency),
    )
    return [
        spec.id,
        spec.title,
        str(each.quarter),
        str(each.shown.on or ""),
        str(each.shown_again_on or ""),
        repr(was),
        "" if now is None else repr(now),
        "" if now is None else repr(round(now - was, 9)),
        str(spec.unit),
        *(text.replace(formats.NO_BREAK, " ") for text in printed),
        neutral(each.shown.reason),
    ]


def _tails(each: Restatement) -> Iterator[list[str]]:
    if not each.changes:
        is_read = each.now.state is not State.NOT_MEASURED
        yield [NOT_ON_RECORD if is_read else NOT_COMPARED, *[""] * 8]
    for change in each.changes:
        if not change.rows:
            yield [*_table(change), *[""] * 5]
        for row in change.rows:
            yield [*_table(change), *_row(row)]


def _table(change: TableChange) -> list[str]:
    return [str(change.evidence), change.table, str(change.then), str(change.now)]


def _row(row: MovedRow) -> list[str]:
    return [
        str(row.change),
        neutral(row.record),
        "; ".join(row.columns),
        neutral(row.file),
        str(row.line) if row.line else "",
    ]
