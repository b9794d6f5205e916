"""The operating model: RACI faults, the CISO's line with what compensates it, the joint KPIs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from board_report.charts import draw
from board_report.model import Target
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import operating_model
from tests.governance_data import meeting, person, table_set
from tests.unit.pages.series_for import Value, series_for

SESSION = meeting("Technology and Risk Committee", "2026-05-12", is_executive_session=True)
INDEPENDENT = "the CISO reports to the CEO"


def raci(**activities: str) -> list[dict[str, Any]]:
    """``patch="CISO:A CTO:R"`` and so on."""
    return [
        {"activity": activity, "role": cell.split(":")[0], "assignment": cell.split(":")[1]}
        for activity, cells in activities.items()
        for cell in cells.split()
    ]


def people(to: str, dotted: str = "", **also: str) -> list[dict[str, Any]]:
    return [
        person("CISO", "Chief Information Security Officer", "Ilse Drummond", to, dotted),
        person("CTO", "Chief Technology Officer", also.get("cto", "Marek Adeyinka"), "CEO"),
        person("CEO", "Chief Executive Officer", "Tamsin Oakhurst"),
        person("CHAIR", "Chair, Technology and Risk Committee", "Josune Merrick"),
    ]


def page_of(
    matrix: Sequence[Any] | None = None,
    persons: Sequence[Any] = tuple(people("CEO")),
    given: dict[str, Sequence[Value]] | None = None,
    **more: Any,
) -> Page:
    some = table_set(people=persons, raci=matrix, **more)
    targets = {"mttd": Target("mttd", False, 24.0, 30.0), "mttr": Target("mttr", False, 36.0, 40.0)}
    (page,) = operating_model.build(series_for(given or {}, some=some, targets=targets))
    assert draw(page.figures["lines"]).svg
    assert len(page.title) <= LONGEST_TITLE
    return page


@pytest.mark.parametrize(
    ("matrix", "title"),
    [
        (raci(patch="CISO:A CTO:R"), "The one activity has one accountable officer"),
        (raci(patch="CISO:A/R", waive="CTO:A/R"),
         "Each of two activities has one accountable officer"),
        (raci(patch="CISO:A CTO:A COO:R", waive="CTO:A/R"),
         "“patch” has 2 accountable roles: CISO and CTO"),
        (raci(patch="CISO:C"), "Nobody is accountable for “patch”"),
        (raci(patch="CISO:A"), "Nobody is responsible for doing “patch”"),
        (raci(patch="CISO:C CTO:R", waive="CISO:A CTO:A GC:R"),
         "Two activities have no single accountable officer"),
        # both have one accountable officer: what they break is the other rule
        (raci(patch="CISO:A", waive="CISO:A"), "Two activities break a rule of the RACI"),
        (raci(**{"an activity with a long name " * 9: "CISO:R"}),
         "One activity breaks a rule of the RACI"),
        (None, "No RACI was given"),
    ],
)  # fmt: skip
def test_title_says_what_is_wrong_with_the_raci(matrix: Sequence[Any] | None, title: str) -> None:
    assert page_of(matrix).title == f"{title}; {INDEPENDENT}"


@pytest.mark.parametrize(
    ("matrix", "start"),
    [
        (raci(patch="CISO:A/R", waive="CTO:A"), "Two of two activities have one accountable "),
        (raci(patch="CISO:A/R", waive="CTO:R"), "One of two activities has one accountable "),
        (raci(patch="CISO:R", waive="CTO:R"), "None of two activities has one accountable "),
        (None, "The CISO can find a weakness"),
    ],
)
def test_context_counts_the_activities_with_one_accountable(
    matrix: Sequence[Any] | None, start: str
) -> None:
    assert page_of(matrix).context.startswith(start)


@pytest.mark.parametrize(
    ("persons", "more", "ending"),
    [
        (people("CTO", "CHAIR"), {"committee_calendar": [SESSION]},
         "the CISO reports to the CTO, a conflict that is mitigated but not removed"),
        (people("CTO"), {"committee_calendar": [SESSION]},
         "the CISO reports to the CTO, with no line to the directors on record"),
        (people("CIO", "CHAIR"), {"committee_calendar": []},
         "the CISO reports to the CIO, with no sessions without management on record"),
        (people("CTO", cto="Ilse Drummond")[:1], {},
         "the CISO reports to the CTO, with no line to the directors on record"),
        (people("CTO", "CHAIR", cto="Ilse Drummond"), {},
         "one person is CISO and CTO, a conflict that is mitigated but not removed"),
        ([], {}, "to whom the CISO reports is not on record"),
    ],
)  # fmt: skip
def test_title_says_what_compensates_the_line(
    persons: Sequence[Any], more: dict[str, Any], ending: str
) -> None:
    assert page_of(None, persons, **more).title == f"No RACI was given; {ending}"


def test_faulty_activities_are_shown_however_many_there_are() -> None:
    sound = {f"sound {at}": "CISO:A/R" for at in range(20)}
    page = page_of(raci(**sound, faulty="CISO:R"))
    rows: Any = page.body["rows"]

    room = operating_model.ACTIVITIES - 1
    assert [row["activity"] for row in rows] == [*(f"sound {at}" for at in range(room)), "faulty"]
    assert page.body["more"] == 20 - room
    assert rows[-1]["is_faulty"] and not rows[0]["is_faulty"]


def test_joint_kpis_stand_the_worst_first_and_unknown_ones_do_not() -> None:
    kpis = [
        {"metric_id": each} for each in ("mttd", "phishing_click_rate", "mttr", "no_such", "mttc")
    ]
    page = page_of(raci(patch="CISO:A/R"), given={"mttd": [20.0], "mttr": [50.0]}, joint_kpis=kpis)
    shown: Any = page.body["kpis"]

    assert [(each["id"], each["value"], each["status"]) for each in shown] == [
        ("mttr", "50\u00a0h", "off"), ("mttd", "20\u00a0h", "on"),
        ("phishing_click_rate", "not measured", "none"),
    ]  # fmt: skip
    assert page.body["kpis_more"] == 1


def test_a_title_too_long_gives_up_what_compensates_before_the_fault() -> None:
    page = page_of(raci(**{"Waive a secure review": "CISO:A CTO:A/R"}), people("CTO", "CHAIR"))

    assert page.title == (
        "“Waive a secure review” has 2 accountable roles: CISO and CTO; the CISO reports to the CTO"
    )
