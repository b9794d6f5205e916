"""What changed: figures that moved in print, the most unusual first, and figures restated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from board_report.model import Change, State, Target
from board_report.period import Quarter
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import what_changed
from board_report.story.restated import MORE_LINE, height_of, that_fit
from board_report.tables.schema import TableSet
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.series_for import Value, series_for

Q2, Q1 = Quarter(2026, 2), Quarter(2026, 1)
PEOPLE = tables(people=[], reported_figures=[])


def page_of(given: dict[str, Sequence[Value]], **more: object) -> Page:
    facts = series_for(given, **{"some": PEOPLE, "targets": {}, **more})  # type: ignore[arg-type]
    (page,) = what_changed.build(facts)
    assert len(page.title) <= LONGEST_TITLE
    return page


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (
            {"mttd": [30.0, 20.0], "mttr": [50.0, 30.0], "kev_overdue": [1.0, 3.0]},
            "Two figures got better since the last quarter and one got worse; nothing that you saw "
            "before has been restated",
        ),
        (
            {"mttd": [30.0, 20.0]},
            "One figure got better since the last quarter and none got worse; nothing that you saw "
            "before has been restated",
        ),
        (
            {"mttd": [20.0, 30.0]},
            "No figures got better since the last quarter and one got worse; nothing that you saw "
            "before has been restated",
        ),
        *(
            (
                given,
                "No figure can be said to be better or worse than last quarter; nothing that you "
                "saw before has been restated",
            )
            for given in (
                {},
                {"mttd": [20.0]},
                {"mttd": [20.01, 20.02]},
                {"mttd": [(30.0, 4), (20.0, 40)]},
                {"mttd": [20.0, State.NOTHING_HAPPENED]},
                {"incidents_detected": [5.0]},
            )
        ),
    ],
)
def test_title_holds_for_none_one_many_and_no_data(
    given: dict[str, Sequence[Value]], title: str
) -> None:
    assert page_of(given).title == title


@pytest.mark.parametrize(
    ("reported", "ending"),
    [
        ({"mttd": {Q2: 25.0}}, "; one that you saw before has been restated"),
        ({"mttd": {Q2: 25.0, Q1: 26.0}}, "; two that you saw before have been restated"),
        # differs in the data and not in print
        ({"mttd": {Q2: 20.2}}, "; nothing that you saw before has been restated"),
        ({"mttd": {Q2: 20.0}}, "; nothing that you saw before has been restated"),
    ],
)
def test_what_was_shown_and_reads_differently_now_is_restated(
    reported: dict[str, dict[Quarter, float]], ending: str
) -> None:
    given = {"mttd": [21.0, 20.0, 20.0]}

    page = page_of(given, reported=reported)

    assert page.title == f"No figure can be said to be better or worse than last quarter{ending}"


def test_a_restated_figure_says_then_now_and_why() -> None:
    some = tables(
        people=[],
        reported_figures=[
            {"metric_id": "mttd", "quarter": "2026-Q2", "value": 25.0,
             "reported_on": date(2026, 7, 28),
             "restatement_reason": "Two cases were found late."},
            {"metric_id": "mttr", "quarter": "2026-Q2", "value": 40.0},
        ],
    )  # fmt: skip
    page = page_of(
        {"mttd": [20.0, 20.0], "mttr": [None, 30.0]},
        some=some,
        reported={"mttd": {Q2: 25.0}, "mttr": {Q2: 40.0}},
    )

    assert page.body["restated"] == [
        {"title": "Time to detect", "quarter": "2026-Q2", "shown_on": "28\u00a0Jul\u00a02026",
         "was": "25\u00a0h", "now": "20\u00a0h", "reason": "Two cases were found late.",
         "rows": "The rows behind it were not on record then."},
        {"title": "Time to recover", "quarter": "2026-Q2", "shown_on": "",
         "was": "40\u00a0h", "now": "not measured", "reason": "No reason is on record yet.",
         "rows": "Its rows cannot be read now, so none can be compared."},
    ]  # fmt: skip


def test_figures_off_target_and_then_the_most_unusual_come_first() -> None:
    given = {
        "mttd": [10.0, 12.0, 10.0, 12.0, 14.0],  # moves by 2, as usual
        "mttr": [10.0, 11.0, 10.0, 11.0, 15.0],  # moves by 4, usually by 1
        "kev_overdue": [1.0, 5.0, 1.0, 5.0, 6.0],  # moves by 1, usually by 4; off target
    }
    targets = {"kev_overdue": Target("kev_overdue", False, 0.0, 2.0)}

    worse = page_of(given, targets=targets).body["worse"]

    assert [row["title"] for row in worse] == [  # type: ignore[attr-defined]
        "Exploited flaws overdue", "Time to recover", "Time to detect",
    ]  # fmt: skip
    assert worse[0] == {"title": "Exploited flaws overdue", "before": "5", "now": "6",  # type: ignore[index]
                        "status": "off"}  # fmt: skip


def test_more_figures_than_rows_are_counted() -> None:
    metrics = ("mttd", "mtta", "mttc", "mttr", "dwell_time", "time_to_triage", "kev_overdue",
               "kev_open", "incidents_open", "incidents_detected",
               "systems_past_support")  # fmt: skip
    page = page_of({each: [50.0, 10.0] for each in metrics})

    assert len(page.body["better"]) == 9  # type: ignore[arg-type]
    assert page.body["better_more"] == 2
    assert page.title.startswith("Eleven figures got better since the last quarter and none got")


# A quarter that is not over

HALF_WAY = {"as_of": date(2026, 8, 15)}


def test_the_context_says_that_the_quarter_is_not_over() -> None:
    """1 July to 15 August: 31 + 15 days of 31 + 31 + 30."""
    context = page_of({"mttd": [30.0, 20.0]}, **HALF_WAY).context

    assert context.replace("\u00a0", " ") == (
        "The quarter is not over: 46 of its 92 days by 15 Aug. Its counts and sums are not held "
        "against a whole quarter."
    )
    context = page_of({"mttd": [30.0, 20.0]}).context
    assert context.startswith("Against the second quarter of 2026, of ")


def incidents(**days: int) -> TableSet:
    """So many incidents on the first days of April and of July."""
    rows = [
        {"detected_at": f"2026-{month}-{day:02d} 12:00", "severity": "low"}
        for month, number in (("04", days["before"]), ("07", days["now"]))
        for day in range(1, number + 1)
    ]
    return tables(incidents=rows, people=[], reported_figures=[])


@pytest.mark.parametrize(
    ("as_of", "better"), [(date(2026, 9, 30), ["Incidents detected"]), (date(2026, 8, 15), [])]
)
def test_half_a_quarter_of_incidents_is_fewer_and_no_better(as_of: date, better: list[str]) -> None:
    facts = facts_for(incidents(before=28, now=4), ("incidents_detected",), as_of=as_of)
    (page,) = what_changed.build(facts)

    assert facts.text("incidents_detected") == "4"
    assert [row["title"] for row in page.body["better"]] == better  # type: ignore[attr-defined]


def test_records_that_cover_a_quarter_in_part_are_named() -> None:
    facts = facts_for(incidents(before=8, now=4), ("incidents_detected",))
    series = replace(facts.series("incidents_detected"), change=Change.NONE, change_by=None)
    facts = replace(facts, figures=replace(facts.figures, series={"incidents_detected": series}))
    (page,) = what_changed.build(facts)

    assert page.context == (
        "Against the second quarter of 2026. One count or sum is not compared: the records cover a "
        "quarter in part."
    )


def test_what_was_shown_before_is_not_known_without_its_file() -> None:
    page = page_of({"mttd": [30.0, 20.0]}, some=tables(people=[]))

    assert page.title.endswith("; what you saw before is not on record")
    assert "governance/reported_figures.csv" in str(page.body["nothing_restated"])


# The column of what was restated

ROOM = 272.0


def many(count: int) -> list[dict[str, str]]:
    return [
        {"title": "Time to detect", "quarter": "2026-Q2", "shown_on": "28 Jul 2026", "was": "25 h",
         "now": "20 h", "reason": "Two cases were found late.", "rows": "Rows: A, changed."}
        for _ in range(count)
    ]  # fmt: skip


def test_as_many_restatements_stand_as_fit_and_the_others_are_counted() -> None:
    one = height_of(many(1)[0], ROOM)
    assert that_fit([], "", ROOM, 300) == []
    assert len(that_fit(many(3), "", ROOM, 3 * one)) == 3
    assert len(that_fit(many(4), "", ROOM, 3 * one)) == 2  # and the line that counts two more
    assert len(that_fit(many(12), "", ROOM, 3 * one + MORE_LINE)) == 3


def test_the_first_stands_whatever_the_room_and_gives_up_its_rows_last() -> None:
    long = {**many(1)[0], "rows": "Rows: " + "a row with a long name; " * 12}
    whole, none = height_of(long, ROOM), height_of({**long, "rows": ""}, ROOM)
    assert that_fit([long], "Rows: A.", ROOM, whole) == [long]
    assert that_fit([long], "Rows: A.", ROOM, whole - 1)[0]["rows"] == "Rows: A."
    assert that_fit([long], "Rows: A.", ROOM, none)[0]["rows"] == ""
    assert len(that_fit([long], "Rows: A.", ROOM, 0)) == 1


def test_twelve_restatements_point_to_the_ledger() -> None:
    names = ("mttd", "mtta", "mttc", "mttr", "dwell_time", "time_to_triage", "kev_overdue",
             "kev_open", "incidents_open", "incidents_detected", "systems_past_support",
             "launches")  # fmt: skip
    page = page_of(
        {each: [20.0, 20.0] for each in names}, reported={each: {Q2: 25.0} for each in names}
    )
    shown: list[object] = page.body["restated"]  # type: ignore[assignment]
    assert page.title.endswith("; twelve that you saw before have been restated")
    assert len(shown) + int(str(page.body["restated_more"])) == 12
    assert page.body["ledger"] == "restatements.csv"
