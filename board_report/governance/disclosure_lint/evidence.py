"""What is on record, from tables and figures, in the form that the lint holds a text against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from board_report.governance.committees import CommitteeMeeting, committee_meetings, is_board
from board_report.governance.disclosure_lint.records import (
    BodyMeetings,
    FiledReport,
    FrameworkOnRecord,
    IncidentOnRecord,
    LintEvidence,
    MeasuredFigure,
    Vocabulary,
)
from board_report.governance.roles import holders_at
from board_report.governance.rows import Row, day_of, plain_rows, text_of, trailing_year

if TYPE_CHECKING:
    from board_report.governance.filing_text import FilingText
    from board_report.metrics.evaluate import Figures
    from board_report.period import FiscalCalendar, Window
    from board_report.tables.schema import TableSet

_ASSESSED = ("met", "partly_met", "not_met")
_PRODUCTS = (
    ("tool_inventory", "name"),
    ("technology_portfolio", "name"),
    ("third_parties", "vendor_name"),
    ("vendor_scores", "vendor_name"),
    ("vendor_selections", "chosen_vendor"),
)
_ASSETS = (
    ("systems", "system_id"),
    ("systems", "name"),
    ("vulnerability_findings", "asset_id"),
    ("vulnerability_findings", "asset_name"),
)
_RECORDS = (
    ("incidents", "incident_id"),
    ("incidents", "other_id"),
    ("vulnerability_findings", "finding_id"),
    ("audit_findings", "finding_id"),
    ("tool_inventory", "tool_id"),
    ("technology_portfolio", "technology_id"),
    ("third_parties", "vendor_id"),
)


def evidence_from(
    tables: TableSet,
    figures: Figures,
    window: Window,
    calendar: FiscalCalendar,
    *,
    printed: Callable[[str], str] = lambda _: "",
    prior: FilingText | None = None,
    filed: Sequence[FiledReport] = (),
) -> LintEvidence:
    """All that is on record by the window's cutoff.

    Args:
        tables: all canonical tables; those that were not given leave their part empty.
        figures: of the report.
        window: of the quarter reported on.
        calendar: by which the quarters of meetings are counted.
        printed: a metric's value as it reads in a sentence.
        prior: what was filed last year.
        filed: current reports of the fiscal year.
    """
    return LintEvidence(
        incidents=tuple(_incidents(plain_rows(tables.frame("incidents")), window.cutoff)),
        frameworks=_frameworks(tables, str(window.quarter)),
        figures={each.metric_id: each for each in _measured(figures, printed)},
        meetings=meetings_by_body(
            committee_meetings(plain_rows(tables.frame("committee_calendar"))), window, calendar
        ),
        prior=prior,
        filed=tuple(filed),
        vocabulary=vocabulary_of(tables, window.cutoff_day),
    )


def _incidents(rows: Iterable[Row], cutoff: datetime) -> Iterator[IncidentOnRecord]:
    for row in rows:
        at = row.get("detected_at")
        if isinstance(at, datetime) and at < cutoff:
            state = text_of(row, "materiality_state")
            yield IncidentOnRecord(
                incident_id=text_of(row, "incident_id"),
                detected_on=at.date(),
                is_pending=state == "under_review",
                is_material=state == "determined_material",
            )


def _measured(figures: Figures, printed: Callable[[str], str]) -> Iterator[MeasuredFigure]:
    """Figures that have a value; a metric that is declared and not computed has none."""
    for metric_id, series in figures.series.items():
        now = series.now
        if now.value is not None and metric_id in figures.specs:
            yield MeasuredFigure(
                metric_id, figures.specs[metric_id].title, now.value, now.n, printed(metric_id)
            )


def _frameworks(tables: TableSet, quarter: str) -> dict[str, FrameworkOnRecord] | None:
    if not (tables.measured("compliance_assessments") or tables.measured("csf_profile")):
        return None
    by_framework: dict[str, list[Row]] = {}
    for row in plain_rows(tables.frame("compliance_assessments")):
        applies = text_of(row, "result") != "not_applicable"
        if text_of(row, "quarter") == quarter and applies:
            by_framework.setdefault(text_of(row, "framework"), []).append(row)
    found = {name: _assessed(name, rows) for name, rows in by_framework.items()}
    profile = [
        row for row in plain_rows(tables.frame("csf_profile")) if text_of(row, "quarter") == quarter
    ]
    if profile:
        found["nist_csf"] = _profile(profile)
    return found


def _assessed(name: str, rows: Sequence[Row]) -> FrameworkOnRecord:
    done = [row for row in rows if text_of(row, "result") in _ASSESSED]
    met = [row for row in done if text_of(row, "result") == "met"]
    outside = all(text_of(row, "assessor") == "external" for row in done)
    return FrameworkOnRecord(
        framework=name,
        assessed_share=len(done) / len(rows),
        met_share=len(met) / len(done) if done else 0.0,
        is_external=bool(done) and outside,
    )


def _profile(rows: Sequence[Row]) -> FrameworkOnRecord:
    rated = [
        (current, target)
        for row in rows
        if isinstance(current := row.get("current"), int | float)
        and isinstance(target := row.get("target"), int | float)
    ]
    at_target = sum(current >= target for current, target in rated)
    return FrameworkOnRecord(
        framework="nist_csf",
        assessed_share=len(rated) / len(rows),
        met_share=at_target / len(rated) if rated else 0.0,
    )


def meetings_by_body(
    meetings: Sequence[CommitteeMeeting], window: Window, calendar: FiscalCalendar
) -> tuple[BodyMeetings, ...]:
    """How often each body had cybersecurity on its agenda in the trailing year.

    Nothing where the year is not wholly in the calendar, since a count of a part promises nothing.
    """
    first_day, last_day = trailing_year(window)
    if not meetings or meetings[0].on > first_day:
        first_quarter = calendar.quarter_of(first_day)
        begins = calendar.quarter_of(meetings[0].on) if meetings else None
        if begins != first_quarter:
            return ()
    bodies = dict.fromkeys(each.committee for each in meetings)
    found = []
    for body in bodies:
        held = [
            each
            for each in meetings
            if each.committee == body
            and each.is_cyber_on_agenda
            and first_day <= each.on <= last_day
        ]
        quarters = {calendar.quarter_of(each.on) for each in held}
        found.append(BodyMeetings(body, is_board(body), len(held), len(quarters)))
    return tuple(found)


def vocabulary_of(tables: TableSet, today: date) -> Vocabulary:
    """The names in the company's own records that have no place in a filing.

    Args:
        tables: all canonical tables; those that were not given leave their part empty.
        today: the day on which officers hold their positions.
    """
    people = plain_rows(tables.frame("people"))
    officers = {each.person_name for each in holders_at(people, today).values()} - {""}
    flaws = {
        text_of(row, "cve").upper()
        for row in _few(tables, "vulnerability_findings", ("cve", "closed_on"))
        if day_of(row, "closed_on") is None
    }
    return Vocabulary(
        products=_names(tables, _PRODUCTS),
        assets=_names(tables, _ASSETS),
        records=_names(tables, _RECORDS),
        open_flaws=frozenset(flaws - {""}),
        officers=frozenset(officers),
        others=frozenset({text_of(row, "person_name") for row in people} - officers - {""}),
    )


def _names(tables: TableSet, columns: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Every value of some columns."""
    found = {text_of(row, name) for table, name in columns for row in _few(tables, table, (name,))}
    return frozenset(found - {""})


def _few(tables: TableSet, table: str, columns: Sequence[str]) -> tuple[Row, ...]:
    """The different rows of some columns; none where a reduced table does not have them."""
    frame = tables.frame(table)
    if any(name not in frame.columns for name in columns):
        return ()
    return plain_rows(frame.drop_duplicates(list(columns)), columns)
