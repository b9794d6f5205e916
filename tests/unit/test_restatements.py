"""What a board was shown, held against today's figures: which value counts, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from board_report.errors import BoardReportError, DataError, UnknownMetricError
from board_report.governance.record_shown import Line, ToRecord, number_text, to_record
from board_report.governance.restatements import Restatement, restatement_findings, restatements
from board_report.governance.row_changes import Evidence, RowChange
from board_report.governance.shown_figures import (
    Shown,
    latest_shown,
    row_findings,
    rows_on_record,
    shown_before,
    shown_figures,
)
from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import Figures, evaluate
from board_report.model import Finding
from board_report.period import Quarter, windows
from board_report.story.restated import rows_briefly, rows_words
from board_report.story.restatement_ledger import LEDGER_COLUMNS, ledger_csv
from board_report.tables.schema import TableSet
from tests.spec.tables import CALENDAR, tables

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)
JULY, OCTOBER, JANUARY = date(2026, 7, 28), date(2026, 10, 27), date(2027, 1, 26)
WINDOWS = windows(CALENDAR, Q3, date(2026, 9, 30), 4)
SPECS = {each: metric_catalogue()[each] for each in ("incident_cost", "incidents_detected", "mttr")}
COST = "incident_cost"


def incident(number: str, cost: float, month: int = 5) -> dict[str, object]:
    """It has not ended, so that nothing is known of how long it took."""
    return {"incident_id": number, "detected_at": f"2026-{month:02d}-01 10:00", "cost": cost}


BEFORE = [incident("A", 24), incident("B", 12)]
"""Together they cost 36."""
AFTER = [BEFORE[0], incident("B", 1188)]
NEW = [incident("C", 5, 7)]


def some(incidents: Sequence[dict[str, object]], *recorded: ToRecord, **more: object) -> TableSet:
    """The tables, with what was recorded as it would be read again."""
    figures = [
        {**_typed(line), "value": float(line["value"])}
        for each in recorded
        for line in each.figures
    ]
    rows = [{**_typed(line), "rows": int(line["rows"])} for each in recorded for line in each.rows]
    given = {"reported_figures": figures, "reported_rows": rows, **more}
    return tables(incidents=incidents, **given)  # type: ignore[arg-type]


def _typed(line: Line) -> dict[str, object]:
    """A line as it is read: dates, and nothing where a cell is empty."""
    cells = {name: cell or None for name, cell in line.items()}
    return {**cells, "reported_on": date.fromisoformat(line["reported_on"])}


def figures_of(whole: TableSet) -> Figures:
    return evaluate(
        SPECS, whole, WINDOWS, settings=Settings(), targets={}, reported={}, business_units=()
    )


def recorded(whole: TableSet, on: date, *names: str) -> ToRecord:
    return to_record(figures_of(whole), whole, WINDOWS, Settings(), on=on, metric_ids=names)


def of_july(*names: str) -> ToRecord:
    """The figures of the second quarter, as a July meeting saw them."""
    until = windows(CALENDAR, Q2, date(2026, 6, 30), 3)
    whole = some(BEFORE)
    figures = evaluate(
        SPECS, whole, until, settings=Settings(), targets={}, reported={}, business_units=()
    )
    return to_record(figures, whole, until, Settings(), on=JULY, metric_ids=names)


def found(whole: TableSet, meeting_on: date = OCTOBER) -> tuple[Restatement, ...]:
    return restatements(figures_of(whole), whole, WINDOWS, Settings(), meeting_on=meeting_on)


# --- recording -----------------------------------------------------------------------------------


def test_every_figure_with_a_value_is_recorded_with_its_rows() -> None:
    july = of_july()
    assert [(each["metric_id"], each["value"]) for each in july.figures] == [
        (COST, "36"), ("incidents_detected", "2"),
    ]  # fmt: skip
    assert {each["reported_on"] for each in (*july.figures, *july.rows)} == {"2026-07-28"}
    assert [each["record"] for each in july.rows] == ["", "A", "B", "", "A", "B"]
    assert [each["rows"] for each in july.rows] == ["2", "1", "1", "2", "1", "1"]
    assert (july.of_quarter, july.of_earlier, july.already, july.counted) == (2, 0, 0, ())


def test_only_the_figures_asked_for_are_recorded() -> None:
    assert {each["metric_id"] for each in of_july("incidents_detected").figures} == {
        "incidents_detected"
    }


@pytest.mark.parametrize(("name", "words"), [("mtr", "mttr"), ("mttr", "has no value")])
def test_a_figure_that_there_is_not_is_refused(name: str, words: str) -> None:
    """The third quarter has no incident, so that nothing was recovered from."""
    with pytest.raises(UnknownMetricError, match=words):
        recorded(some(BEFORE), OCTOBER, name)


def test_what_is_on_record_with_the_same_value_is_left_alone() -> None:
    july = of_july()
    whole = some([*BEFORE, *NEW], july)
    october = recorded(whole, OCTOBER)
    assert {each["quarter"] for each in october.figures} == {"2026-Q3"}

    again = recorded(some([*BEFORE, *NEW], july, october), OCTOBER)
    assert (again.figures, again.rows, again.already) == ((), (), 2)


def test_a_value_that_this_deck_corrects_gets_a_line_of_its_own() -> None:
    october = recorded(some([*AFTER, *NEW], of_july()), OCTOBER)
    corrected = [each for each in october.figures if each["quarter"] == "2026-Q2"]
    assert [each["metric_id"] for each in corrected] == [COST]
    assert october.of_earlier == 1


def test_another_value_for_the_same_day_is_refused() -> None:
    """A line is never changed, and of two of one day none would be the last."""
    first = recorded(some(NEW), OCTOBER, COST)
    changed = some([incident("C", 7, 7)], first)
    with pytest.raises(DataError) as refused:
        recorded(changed, OCTOBER, COST)
    assert "--on" in refused.value.mend
    assert refused.value.where.endswith(":2")
    assert len(recorded(changed, JANUARY, COST).figures) == 1


def test_rows_left_by_a_run_that_was_cut_short_are_not_written_twice() -> None:
    """They are written before their figures."""
    july = of_july()
    whole = some(BEFORE, replace(july, figures=()))
    until = windows(CALENDAR, Q2, date(2026, 6, 30), 3)
    figures = evaluate(
        SPECS, whole, until, settings=Settings(), targets={}, reported={}, business_units=()
    )
    again = to_record(figures, whole, until, Settings(), on=JULY)
    assert (again.figures, again.rows) == (july.figures, ())

    other = some(AFTER, replace(july, figures=()))
    with pytest.raises(BoardReportError, match="cut short"):
        to_record(figures_of(other), other, WINDOWS[:3], Settings(), on=JULY)


def test_a_figure_without_rows_says_so() -> None:
    whole = tables(incidents=[], reported_figures=[], reported_rows=[])
    specs = {"incidents_detected": metric_catalogue()["incidents_detected"]}
    figures = evaluate(
        specs, whole, WINDOWS, settings=Settings(), targets={}, reported={}, business_units=()
    )
    (line,) = to_record(figures, whole, WINDOWS, Settings(), on=OCTOBER).rows
    assert (line["table"], line["record"], line["rows"]) == ("incidents", "", "0")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (3.0, "3"), (46.15, "46.15"), (1 / 3, "0.333333333"),
     (37265749.34, "37265749.34"), (1e-8, "0.000000010"), (-2.5, "-2.5")],
)  # fmt: skip
def test_a_number_has_no_exponent(value: float, text: str) -> None:
    assert number_text(value) == text


# --- which value counts --------------------------------------------------------------------------


def test_the_last_value_counts_and_every_earlier_stays() -> None:
    july = of_july(COST)
    october = recorded(some([*AFTER, *NEW], july), OCTOBER, COST)
    whole = some([*AFTER, *NEW], july, october)

    assert len(shown_figures(whole)) == 3
    assert latest_shown(whole, JANUARY)[COST][Q2] == float(october.figures[0]["value"])
    (kept,) = found(whole, JANUARY)
    assert (kept.shown.value, kept.shown_again_on, kept.is_latest) == (36.0, OCTOBER, False)


def test_a_report_reads_the_same_after_its_own_figures_were_recorded() -> None:
    july = of_july(COST)
    before = some([*AFTER, *NEW], july)
    after = some([*AFTER, *NEW], july, recorded(before, OCTOBER, COST))

    assert latest_shown(after, OCTOBER)[COST][Q2] == 36.0
    assert [each.shown for each in found(before)] == [each.shown for each in found(after)]
    assert all(each.is_latest for each in found(after))


def test_the_first_value_of_a_figure_always_counts() -> None:
    """Whatever the date of the meeting in report.toml: the deck of its own quarter showed it."""
    first = Shown("mttr", Q2, 1.0, OCTOBER, "", "f.csv", 2)
    assert shown_before([first], JULY) == {("mttr", Q2): (first,)}
    undated = replace(first, on=None)
    assert shown_before([first, undated], JULY) == {("mttr", Q2): (undated,)}


# --- restated ------------------------------------------------------------------------------------


def test_a_restated_figure_names_the_row_that_changed_it() -> None:
    (only,) = found(some([*AFTER, *NEW], of_july()))

    assert (only.metric_id, only.quarter, only.shown.value) == (COST, Q2, 36.0)
    (row,) = only.rows
    assert (row.record, row.change, row.columns) == ("B", RowChange.CHANGED, ("cost",))
    assert rows_words(only) == "Rows: B, cost changed (incidents.csv:3)."
    assert rows_briefly(only) == "Rows: B, in restatements.csv."


def test_rows_that_were_not_on_record_are_said_to_be_so() -> None:
    (only,) = found(some(AFTER, replace(of_july(), rows=())))
    assert (only.changes, rows_words(only)) == ((), "The rows behind it were not on record then.")


def test_a_table_that_was_taken_away_has_no_rows_to_compare() -> None:
    whole = some(AFTER, of_july(COST))
    gone = TableSet({**whole.tables, "incidents": tables()["incidents"]})
    (only,) = found(gone)
    assert rows_words(only) == "Its rows cannot be read now, so none can be compared."


def test_more_rows_than_three_are_counted() -> None:
    many = [incident(f"N{each}", 10) for each in range(5)]
    (only,) = found(some([*BEFORE, *many], of_july(COST)))
    assert rows_words(only).endswith("N2, new in the figure (incidents.csv:6); and 2 more rows.")
    assert rows_briefly(only) == "Rows: N0, N1, N2 and 2 more, in restatements.csv."


def test_the_same_rows_leave_the_cause_elsewhere() -> None:
    """As where the formula changed."""
    july = of_july(COST)
    other = replace(july, figures=tuple({**each, "value": "99"} for each in july.figures))
    (only,) = found(some(BEFORE, other))
    assert rows_words(only).startswith("The same rows say the same")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows[:-1],
        lambda rows: rows[1:],
        lambda rows: (*rows[:-1], {**rows[-1], "digest": "x"}),
        lambda rows: (*rows[:-1], {**rows[-1], "record": "Z"}),
    ],
)
def test_of_a_record_that_was_changed_no_row_is_named(spoil: object) -> None:
    july = of_july(COST)
    whole = some(AFTER, replace(july, rows=tuple(spoil(july.rows))))  # type: ignore[operator]
    (only,) = found(whole)
    assert [each.evidence for each in only.changes] == [Evidence.INCOMPLETE]
    assert rows_words(only) == "The record of its rows of security incidents is not whole."
    codes = [each.code for each in told(whole)]
    assert codes == ["restated_without_reason", "reported_rows_incomplete"]


def test_an_unknown_table_and_a_bad_hash_are_told_once() -> None:
    july = of_july(COST)
    rows = tuple({**each, "table": "incident", "digest": "12e5"} for each in july.rows)
    whole = some(AFTER, replace(july, rows=rows))
    first, second = row_findings(whole)
    assert (first.code, first.column, first.value) == (
        "reported_rows_table_unknown", "table", "incident",
    )  # fmt: skip
    assert "and 2 more such lines" in first.reason
    assert (second.code, second.line) == ("reported_rows_digest_unreadable", 2)
    assert found(whole)[0].changes == ()
    assert row_findings(some(AFTER, july)) == ()


def told(whole: TableSet) -> tuple[Finding, ...]:
    restated = found(whole)
    printed = {each.shown: ("Incident cost", "$36", "$1,212") for each in restated}
    return restatement_findings(restated, printed)


def test_without_a_reason_there_is_a_finding_where_to_write_it() -> None:
    (finding,) = told(some(AFTER, of_july(COST)))
    assert (finding.code, finding.severity) == ("restated_without_reason", "warning")
    assert (finding.file, finding.line, finding.column) == (
        "reported_figures.csv", 2, "restatement_reason",
    )  # fmt: skip
    assert "shown as $36 on 2026-07-28 and is $1,212 now" in finding.reason


def test_rows_on_record_of_another_meeting_are_another_record() -> None:
    whole = some(AFTER, of_july(COST))
    (shown,) = shown_figures(whole)
    assert len(rows_on_record(whole, shown)) == 1
    assert rows_on_record(whole, replace(shown, on=OCTOBER)) == ()
    assert rows_on_record(whole, replace(shown, on=None)) == ()


# --- the ledger ----------------------------------------------------------------------------------


def ledger(whole: TableSet, meeting_on: date = OCTOBER) -> list[dict[str, str]]:
    import csv
    import io

    text = ledger_csv(found(whole, meeting_on), figures_of(whole), "USD")
    return list(csv.DictReader(io.StringIO(text)))


def test_an_empty_ledger_has_its_header() -> None:
    assert ledger_csv((), figures_of(some(BEFORE)), "USD") == ",".join(LEDGER_COLUMNS) + "\n"


def test_the_ledger_has_a_line_for_each_row() -> None:
    (line,) = ledger(some(AFTER, of_july(COST)))
    assert line == {
        "metric_id": COST, "title": "Cost of incidents", "quarter": "2026-Q2",
        "shown_on": "2026-07-28", "shown_again_on": "", "value_shown": "36.0",
        "value_now": "1212.0", "difference": "1176.0", "unit": "money",
        "printed_shown": "$36", "printed_now": "$1.21K", "reason": "", "rows_known": "listed",
        "table": "incidents", "rows_then": "2", "rows_now": "2", "row_change": "changed",
        "record": "B", "columns": "cost", "file": "incidents.csv", "line": "3",
    }  # fmt: skip


def test_the_ledger_runs_no_formula() -> None:
    july = of_july(COST)
    figures = tuple({**each, "restatement_reason": "=1+1"} for each in july.figures)
    added = incident("=2+2", 3)
    lines = ledger(some([*BEFORE, added], replace(july, figures=figures)))
    assert [(each["reason"], each["record"]) for each in lines] == [("'=1+1", "'=2+2")]


def test_the_ledger_says_what_is_not_known() -> None:
    (line,) = ledger(some(AFTER, replace(of_july(COST), rows=())))
    assert (line["rows_known"], line["table"], line["row_change"]) == ("not on record", "", "")


def test_the_ledger_keeps_what_a_later_deck_corrected() -> None:
    july = of_july(COST)
    october = recorded(some([*AFTER, *NEW], july), OCTOBER, COST)
    (line,) = ledger(some([*AFTER, *NEW], july, october), JANUARY)
    assert (line["value_shown"], line["shown_again_on"]) == ("36.0", "2026-10-27")
