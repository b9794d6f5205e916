"""What changed: figures that moved in print, the most unusual first, and figures restated."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from board_report.model import State, Target
from board_report.period import Quarter
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import what_changed
from tests.spec.tables import tables
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
        {"title": "Time to detect", "quarter": "2026-Q2", "was": "25\u00a0h", "now": "20\u00a0h",
         "reason": "Two cases were found late."},
        {"title": "Time to recover", "quarter": "2026-Q2", "was": "40\u00a0h",
         "now": "not measured", "reason": "No reason is on record yet."},
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
