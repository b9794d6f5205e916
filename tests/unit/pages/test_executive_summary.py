"""The executive summary: titles, context and messages on every course that figures may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from board_report.charts import draw
from board_report.model import State, Target
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import executive_summary
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.series_for import Value, series_for

CEILING = {
    each: Target(each, False, limit, limit)
    for each, limit in (("mttd", 24.0), ("mttr", 36.0), ("kev_overdue", 0.0),
                        ("loss_1_in_20", 34e6))
}  # fmt: skip
BETTER = {"mttd": [30.0, 20.0], "mttr": [50.0, 30.0], "kev_overdue": [3.0, 0.0]}


def page_of(given: dict[str, Sequence[Value]], **more: object) -> Page:
    (page,) = executive_summary.build(series_for(given, **{"targets": CEILING, **more}))  # type: ignore[arg-type]
    for figure in page.figures.values():
        assert draw(figure).svg
    assert len(page.title) <= LONGEST_TITLE
    return page


def messages_of(given: dict[str, Sequence[Value]], **more: object) -> list[tuple[str, str]]:
    found = page_of(given, **more).body["messages"]
    return [(each["head"], each["text"].replace("\u00a0", " ")) for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (BETTER, "All three measures are better than last quarter, and none is off target"),
        (
            {**BETTER, "mttr": [30.0, 50.0]},
            "Better than last quarter on two of three measures; one is off target",
        ),
        (
            {"mttd": [20.0, 30.0], "mttr": [30.0, 50.0]},
            "None of two measures is better than last quarter; two are off target",
        ),
        (
            {"mttd": [20.0, 20.0], "mttr": [30.0, 30.0]},
            "None of two measures is better than last quarter, and none is off target",
        ),
        (
            {"mttd": [20.0]},
            "One measure cannot be compared with last quarter, and none is off target",
        ),
        (
            {"mttd": [(20.0, 2), (30.0, 2)]},
            "The one measure taken is not better than last quarter; one is off target",
        ),
        (
            {"mttd": [30.0, 20.0]},
            "The one measure taken is better than last quarter, and none is off target",
        ),
        (
            {**BETTER, "loss_1_in_20": [40e6, 44e6]},
            "Better than last quarter on three of four measures, yet a bad year would still cost "
            "more than we tolerate",
        ),
        # within tolerance a quarter ago: no "still"; and nothing better: no "yet"
        (
            {"loss_1_in_20": [30e6, 44e6], "mttd": [20.0, 21.0]},
            "None of two measures is better than last quarter, and a bad year would cost more than "
            "we tolerate",
        ),
        ({}, "None of the nine measures could be taken this quarter"),
        ({"mttd": [12.0, State.NOTHING_HAPPENED]},
         "None of the nine measures could be taken this quarter"),
    ],
)  # fmt: skip
def test_title_holds_for_none_one_many_and_no_data(
    given: dict[str, Sequence[Value]], title: str
) -> None:
    assert page_of(given).title == title


MAJOR = {"major_incidents": Target("major_incidents", False, 0.0, 0.0),
         "self_detected_share": Target("self_detected_share", True, 0.85, 0.8)}  # fmt: skip
BOTH_OFF = {"major_incidents": [40.0, 38.0], "self_detected_share": [0.7, 0.69]}


@pytest.mark.parametrize(
    ("given", "targets", "title"),
    [
        (
            BETTER,
            {**CEILING, **MAJOR},
            "All three measures are better than last quarter; none of them is off target, but two "
            "other figures are",
        ),
        (
            {**BETTER, "mttr": [30.0, 50.0]},
            {**CEILING, **MAJOR},
            "Better than last quarter on two of three measures; one is off target, and so are two "
            "other figures",
        ),
        (
            {"mttd": [20.0]},
            {**CEILING, **MAJOR},
            "One measure cannot be compared with last quarter; it is not off target, but two other "
            "figures are",
        ),
        (
            BETTER,
            MAJOR,
            "All three measures are better than last quarter, and none has a target; two other "
            "figures are off target",
        ),
    ],
)
def test_the_title_counts_figures_off_target_that_the_page_does_not_show(
    given: dict[str, Sequence[Value]], targets: dict[str, Target], title: str
) -> None:
    assert page_of({**given, **BOTH_OFF}, targets=targets).title == title


def test_where_the_title_tells_of_the_loss_the_context_counts_what_is_off() -> None:
    page = page_of(
        {**BETTER, "loss_1_in_20": [40e6, 44e6], **BOTH_OFF}, targets={**CEILING, **MAJOR}
    )
    assert (
        page.context
        == "Worse on one (1-in-20-year loss). Off target: one of these and two other figures."
    )


def test_without_targets_nothing_is_called_on_target() -> None:
    assert page_of(BETTER, targets={}).title == (
        "All three measures are better than last quarter, and none has a target"
    )


@pytest.mark.parametrize(
    ("given", "context"),
    [
        (
            {**BETTER, "mttr": [30.0, 50.0], "mttd": [20.0, 20.0],
             "change_failure_rate": [(0.2, 4), (0.1, 30)]},
            "Worse on one (time to recover); unchanged on one; too few to tell on one.",
        ),
        (BETTER, "Worse on none."),
        ({"mttd": [20.0]}, "None of these measures has a value last quarter to compare with."),
        # a move that vanishes in print is no move
        ({"mttd": [20.1, 20.2]}, "Worse on none; unchanged on one."),
    ],
)  # fmt: skip
def test_context_counts_what_got_worse(given: dict[str, Sequence[Value]], context: str) -> None:
    assert page_of(given).context == context


@pytest.mark.parametrize(
    ("values", "head", "text"),
    [
        ([40.0, 1, 1, 1, 20.0], "We detect twice as fast.",
         "Median 20 hours, 40 a year ago, inside the target of 24 h."),
        ([40.0, 1, 1, 1, 30.0], "We detect 25% faster.",
         "Median 30 hours, 40 a year ago, over the target of 24 h."),
        ([40.0, 1, 1, 1, 39.0], "Detection is hardly faster.",
         "Median 39 hours, 40 a year ago, over the target of 24 h."),
        ([40.2, 1, 1, 1, 40.0], "Detection takes as long as a year ago.",
         "Median 40 hours, 40 a year ago, over the target of 24 h."),
        ([20.0, 1, 1, 1, 21.0], "Detection has slowed.",
         "Median 21 hours, 20 a year ago, inside the target of 24 h."),
        ([None, 1, 1, 1, 1.0], "We detect in 1 hour.", "Median 1 hour, inside the target of 24 h."),
        ([(40.0, 3), 1, 1, 1, 20.0], "We detect in 20 hours.",
         "Median 20 hours, 40 a year ago, inside the target of 24 h."),
        ([40.0, 1, 1, 1, (20.0, 3)], "Too few cases to judge detection.",
         "Median 20 hours, 40 a year ago, inside the target of 24 h."),
    ],
)  # fmt: skip
def test_detection_says_no_more_than_its_medians(
    values: Sequence[Value], head: str, text: str
) -> None:
    assert messages_of({"mttd": values}) == [(head, text)]


@pytest.mark.parametrize(
    ("value", "head", "text"),
    [
        ((30.0, 9, {"open": 1.0}), "We recover within the target.",
         "Median 30 hours against 36 h; one case is still open."),
        ((50.0, 9, {"open": 2.0}), "Recovery misses its target.",
         "Median 50 hours against 36 h; two cases are still open."),
        ((50.0, 4), "Too few cases to judge recovery.", "Median 50 hours against 36 h."),
    ],
)  # fmt: skip
def test_recovery_is_held_against_its_target(value: Value, head: str, text: str) -> None:
    assert messages_of({"mttr": [value]}) == [(head, text)]


@pytest.mark.parametrize(
    ("loss", "tolerance", "said"),
    [
        (44e6, 34e6, "That is $10M over tolerance."),
        (30e6, 34e6, "That is $4M under tolerance."),
        (34.01e6, 34e6, "That is the tolerance."),
        (1.2e9, 34e6, "That is $1.17B over tolerance."),
        (44e6, None, "No tolerance is set."),
    ],
)
def test_a_bad_year_is_held_against_tolerance(
    loss: float, tolerance: float | None, said: str
) -> None:
    risk = SimpleNamespace(loss_1_in_20=loss, expected_loss=10.6e6, tolerance_1_in_20=tolerance)

    ((head, text),) = messages_of({}, risk=risk)

    assert head.startswith("A bad year costs $")
    assert text == (f"One year in 20, before insurance. {said} Expected loss is $10.6M a year.")


def test_a_row_without_a_value_says_why() -> None:
    groups = page_of({"mttd": [State.NOTHING_HAPPENED], "kev_overdue": [0.0]}).body["groups"]
    rows = {row["id"]: row for group in groups for row in group["rows"]}  # type: ignore[attr-defined]

    assert rows["mttd"]["absent"] == "none"
    assert rows["mttr"]["absent"] == "not measured"
    assert (rows["kev_overdue"]["absent"], rows["kev_overdue"]["value"]) == ("", "0")
    assert rows["kev_overdue"]["status_word"] == "On target"


# Few data


@pytest.mark.parametrize(
    ("given", "risk", "head"),
    [
        ({}, None, "No message yet"),
        ({"mttd": [20.0]}, None, "One message"),
        ({"mttd": [20.0], "mttr": [30.0]}, None, "Two messages"),
        ({"mttd": [20.0], "mttr": [30.0]}, SimpleNamespace(
            loss_1_in_20=44e6, expected_loss=1e6, tolerance_1_in_20=None), "Three messages"),
    ],
)  # fmt: skip
def test_the_head_counts_the_messages(
    given: dict[str, Sequence[Value]], risk: object, head: str
) -> None:
    body = page_of(given, risk=risk).body

    assert body["heads"]["messages"] == head  # type: ignore[index]
    assert ("ciso/incidents.csv" in str(body["without_messages"])) is (not body["messages"])


def shown(given: dict[str, Sequence[Value]]) -> list[list[str]]:
    groups = page_of(given).body["groups"]
    return [[row["id"] for row in group["rows"]] for group in groups]  # type: ignore[attr-defined]


def test_measures_without_data_give_their_place_to_the_next_in_rank() -> None:
    given = {
        "kev_overdue": [3.0], "phishing_report_rate": [0.4], "vulnerabilities_overdue": [9.0],
        "systems_past_support": [2.0], "crown_jewels_zero_trust": [0.5],
    }  # fmt: skip

    assert shown(given) == [
        ["kev_overdue", "vulnerabilities_overdue", "phishing_report_rate"],
        ["launches_without_review", "change_failure_rate", "systems_past_support"],
        ["crown_jewels_zero_trust", "secure_adoption_rate", "secure_code_deployment_rate"],
    ]
    assert page_of(given).sources.startswith("Three measures stand in for others without data. ")
    assert page_of({"kev_overdue": [3.0]}).sources.startswith("Dashed line: target. Better")


def test_a_measure_of_which_nothing_happened_keeps_its_place() -> None:
    given = {
        "mttd": [State.NOTHING_HAPPENED], "mttr": [State.WITHHELD], "kev_overdue": [0.0],
        "vulnerabilities_overdue": [9.0],
    }  # fmt: skip

    assert shown(given)[0] == ["mttd", "mttr", "kev_overdue"]


def test_a_row_without_a_value_is_calm_and_does_not_deny_its_target() -> None:
    groups = page_of({"mttr": [30.0]}).body["groups"]
    rows = {row["id"]: row for group in groups for row in group["rows"]}  # type: ignore[attr-defined]

    assert rows["mttd"]["figure"] == ""
    assert (rows["mttd"]["target"], rows["mttd"]["status_word"]) == ("≤ 24", "Not judged")
    assert rows["mttd"]["unit"] == "median hours"
    assert rows["change_failure_rate"]["status_word"] == "No target"
    assert rows["mttr"]["figure"] == "spark-mttr"


def test_two_are_both() -> None:
    assert page_of({"mttd": [30.0, 20.0], "mttr": [50.0, 30.0]}).title == (
        "Both measures are better than last quarter, and none is off target"
    )


def test_stand_ins_are_figures_of_the_catalogue_with_units_that_a_row_can_say() -> None:
    specs = series_for({}).figures.specs
    ranked = [each for group in executive_summary.STAND_INS.values() for each in group]
    usual = [each for _, group in executive_summary.SCORECARD for each in group]

    assert set(executive_summary.STAND_INS) == {name for name, _ in executive_summary.SCORECARD}
    assert len(set(ranked + usual)) == len(ranked + usual)
    assert {str(specs[each].unit) for each in ranked} <= {"ratio", "count", "hours", "days"}


def test_a_quarter_that_is_not_over_is_named_only_where_it_is_the_reason() -> None:
    """Launches are a sum of the quarter; 15 August is day 46."""
    given = tables(technology_portfolio=[{"name": "T", "live_on": "2026-07-02"}])
    ids = [each for _, group in executive_summary.SCORECARD for each in group]
    ids = [each for each in ids if each != "loss_1_in_20"]

    def context(**more: int) -> str:
        facts = facts_for(given, ids, as_of=date(2026, 8, 15), **more)
        loss = series_for({}).figures
        figures = replace(
            facts.figures,
            specs={**loss.specs, **facts.figures.specs},
            series={**loss.series, **facts.figures.series},
        )
        (page,) = executive_summary.build(replace(facts, figures=figures))
        return page.context

    assert context().startswith("The quarter is not over: 46 of its 92 days")
    assert context(quarters=1) == "None of these measures has a value last quarter to compare with."


def test_a_context_too_long_for_its_line_leaves_out_the_names() -> None:
    """Nine names and the count of what is off do not fit; the count stays."""
    usual = [each for _, group in executive_summary.SCORECARD for each in group]
    worse: dict[str, Sequence[Value]] = {
        each: [0.9, 0.5] if each.endswith("rate") and each.startswith("secure") else [0.1, 0.9]
        for each in usual
    }
    page = page_of({**worse, "loss_1_in_20": [40e6, 44e6], **BOTH_OFF},
                   targets={**CEILING, **MAJOR})  # fmt: skip
    assert "(" not in page.context
    assert page.context.endswith("of these and two other figures.")
