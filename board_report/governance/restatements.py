"""Figures that a board was shown and that read otherwise now, with the rows that caused it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.governance.row_changes import (
    Evidence,
    MovedRow,
    Places,
    TableChange,
    compare_rows,
)
from board_report.governance.row_marks import RowMarker
from board_report.governance.shown_figures import (
    FIGURES,
    RowsOnRecord,
    Shown,
    rows_on_record,
    shown_before,
    shown_figures,
)
from board_report.model import Finding, MetricResult, State
from board_report.sources.faults import Explanation, explained, warning

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec, Settings
    from board_report.metrics.evaluate import Figures
    from board_report.period import Quarter, Window
    from board_report.tables.schema import TableSet

ALIKE = 5e-7
"""A value that was shown and today's are alike when they agree at six decimals, as in the record
of a metric's series."""


@dataclass(frozen=True)
class Restatement:
    """One value that a board was shown, and what the data give for the same quarter now."""

    shown: Shown
    now: MetricResult
    changes: tuple[TableChange, ...]
    """How the rows behind it differ, by table; none where they were not on record, or where
    nothing can be measured now."""
    shown_again_on: date | None = None
    """Date on which a later meeting was shown another value, for a value that is not the last."""

    @property
    def metric_id(self) -> str:
        """The figure."""
        return self.shown.metric_id

    @property
    def quarter(self) -> Quarter:
        """The quarter that it is about."""
        return self.shown.quarter

    @property
    def is_latest(self) -> bool:
        """Whether no later deck showed another value."""
        return self.shown_again_on is None

    @property
    def rows(self) -> tuple[MovedRow, ...]:
        """Every row that is named as a cause."""
        return tuple(row for each in self.changes for row in each.rows)


class RestatementCode(StrEnum):
    """What a figure that reads otherwise lacks."""

    WITHOUT_REASON = "restated_without_reason"
    ROWS_INCOMPLETE = "reported_rows_incomplete"


RESTATEMENT_FAULTS: dict[RestatementCode, Explanation] = {
    RestatementCode.WITHOUT_REASON: warning(
        "A figure reads otherwise than the board was shown it, and no reason is on record.",
        "{title} of {quarter} was shown as {was} on {on} and is {now} now; no reason is on record.",
        "Write why in restatement_reason of this line; `board-report explain {metric}` names the "
        "rows that changed it, where they are on record.",
    ),
    RestatementCode.ROWS_INCOMPLETE: warning(
        "The record of the rows behind a restated figure lacks lines or was changed, so that no "
        "row can be named as the cause.",
        "the rows of {table} on record behind {metric} of {quarter} are not all there.",
        "Put back governance/reported_rows.csv as `board-report record-shown` wrote it.",
    ),
}
"""Each code's severity, meaning, message and how to mend it."""


def restatements(
    figures: Figures,
    tables: TableSet,
    windows: Sequence[Window],
    settings: Settings,
    *,
    meeting_on: date,
    max_rejected_share: float = 1.0,
) -> tuple[Restatement, ...]:
    """Every value on record that differs from today's, in the order of the catalogue and the past.

    Values of quarters that the report does not show are not judged, nor is the quarter reported
    on, which no earlier deck showed.

    Args:
        figures: today's.
        tables: the typed tables, with what was shown.
        windows: of the quarters of the figures, the oldest first.
        settings: what ``report.toml`` says that metrics need.
        meeting_on: date of the meeting that the report is for.
        max_rejected_share: above this share of rows set aside a figure is withheld.
    """
    on_record = shown_before(shown_figures(tables), meeting_on)
    by_quarter = {each.quarter: each for each in windows[:-1]}
    marker = RowMarker(tables, settings, max_rejected_share)
    found: list[Restatement] = []
    for metric_id, series in figures.series.items():
        for now in series.values[:-1]:
            values = on_record.get((metric_id, now.quarter), ())
            window = by_quarter.get(now.quarter)
            if window is None or all(is_alike(each, now) for each in values):
                continue
            found += _of_figure(figures.specs[metric_id], values, now, window, tables, marker)
    return tuple(found)


def is_alike(shown: Shown, now: MetricResult) -> bool:
    """Whether a value that was shown agrees with today's at six decimals.

    A quarter that has no value any more does not: the board saw one.
    """
    return now.value is not None and abs(now.value - shown.value) <= ALIKE


def _of_figure(
    spec: MetricSpec,
    values: Sequence[Shown],
    now: MetricResult,
    window: Window,
    tables: TableSet,
    marker: RowMarker,
) -> Iterable[Restatement]:
    later = [*(each.on for each in values[1:]), None]
    for shown, again_on in zip(values, later, strict=True):
        if not is_alike(shown, now):
            then = rows_on_record(tables, shown)
            changes = _changes(spec, then, now, window, marker)
            yield Restatement(shown, now, changes, again_on)


def _changes(
    spec: MetricSpec,
    then: Sequence[RowsOnRecord],
    now: MetricResult,
    window: Window,
    marker: RowMarker,
) -> tuple[TableChange, ...]:
    # A record of a table that there is not says nothing, also not of the other tables.
    is_known = all(each.table in marker.tables.tables for each in then)
    if not then or not is_known or now.state is State.NOT_MEASURED:
        return ()
    _, today = marker.mark(spec, window)
    places: dict[str, Places] = {each.table: marker.where(each.table) for each in then}
    return compare_rows(then, today, places)


def restatement_findings(
    restated: Sequence[Restatement], printed: Mapping[Shown, tuple[str, str, str]]
) -> tuple[Finding, ...]:
    """A warning for each figure without a reason, and for each record of rows that is not whole.

    Args:
        restated: those that a reader sees.
        printed: of each its title, the value as it was shown, and the value now.
    """
    return tuple(found for each in restated for found in _findings_of(each, printed[each.shown]))


def _findings_of(restated: Restatement, printed: tuple[str, str, str]) -> Iterable[Finding]:
    shown = restated.shown
    title, was, now = printed
    facts: dict[str, object] = {
        "metric": shown.metric_id,
        "title": title,
        "quarter": shown.quarter,
        "was": was,
        "on": shown.on,
        "now": now,
    }
    if not shown.reason:
        yield explained(
            RESTATEMENT_FAULTS[RestatementCode.WITHOUT_REASON],
            RestatementCode.WITHOUT_REASON,
            facts,
            file=shown.file,
            line=shown.line,
            column="restatement_reason",
            table=FIGURES,
        )
    for each in restated.changes:
        if each.evidence is Evidence.INCOMPLETE:
            yield explained(
                RESTATEMENT_FAULTS[RestatementCode.ROWS_INCOMPLETE],
                RestatementCode.ROWS_INCOMPLETE,
                {**facts, "table": each.table},
                file=shown.file,
                line=shown.line,
                value=shown.metric_id,
                table=FIGURES,
            )
