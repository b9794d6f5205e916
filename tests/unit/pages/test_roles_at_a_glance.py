"""Roles at a glance: both leaders side by side, their tools, and the judgement beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from board_report.governance.roles import Holder, holders_at
from board_report.governance.tools import Domain, tool_inventory
from board_report.model import Target
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import roles_at_a_glance
from board_report.story.role_columns import COLUMN, key_metrics, tools_words
from board_report.story.structure_words import LINES, WIDTH
from board_report.typeset import lines_needed
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import sample_project
from tests.unit.pages.series_for import Value, series_for
from tests.unit.test_governance_tools import COMPLETE, tool

COMPANY = sample_project().company
LOSS: dict[str, list[Value]] = {
    "loss_1_in_20": [40e6] * 4,
    "major_incidents": [0.0, 1.0, 0.0, 2.0],
    "mttd": [19.0] * 4,
}
TOLERANCE = {"loss_1_in_20": Target("loss_1_in_20", False, 34e6, 34e6)}


def person(role: str, name: str, to: str = "", dotted: str = "", title: str = "") -> Row:
    return {"role": role, "person_name": name, "reports_to_role": to,
            "dotted_line_to_role": dotted, "since": date(2024, 1, 1),
            "role_title": title or role}  # fmt: skip


UNDER_CTO = [
    person("CHAIR", "Judith Amsel", title="Chair of the committee"),
    person("CEO", "Paloma Arkwright"),
    person("CTO", "Tobias Renwick", "CEO"),
    person("CISO", "Ilse Drummond", "CTO", "CHAIR"),
]
COMBINED = [*UNDER_CTO[:3], person("CISO", "Tobias Renwick", "CTO")]
INDEPENDENT = [*UNDER_CTO[:3], person("CISO", "Ilse Drummond", "CEO", "CHAIR")]


def holders(people: list[Row]) -> Mapping[str, Holder]:
    return holders_at(people, date(2026, 9, 30))


def facts_of(
    tools: list[Row] | None, people: list[Row] = UNDER_CTO, given: Any = None, **more: Any
) -> BoardFacts:
    some = tables(people=people, **({} if tools is None else {"tool_inventory": tools}))
    return series_for(
        LOSS if given is None else given, some=some, holders=holders(people), targets=TOLERANCE,
        **more,
    )  # fmt: skip


def page_of(*arguments: Any, **more: Any) -> Page:
    (page,) = roles_at_a_glance.build(facts_of(*arguments, **more))
    assert len(page.title) <= LONGEST_TITLE
    return page


UNOWNED = [tool(f"Tool {at}", "workplace") for at in range(2)]
DOUBLE = tool("Defender", "edr", "CTO")


@pytest.mark.parametrize(
    ("tools", "people", "title"),
    [
        (COMPLETE, UNDER_CTO, "The CISO guards today’s operations and the CTO builds for the next "
         "three years; each of seven tools has one owner"),
        ([*COMPLETE, *UNOWNED], UNDER_CTO, "The CISO guards today’s operations and the CTO builds "
         "for the next three years; two tools have no single owner"),
        ([*COMPLETE, *UNOWNED[:1], DOUBLE], UNDER_CTO, "The CISO guards today, the CTO builds the "
         "next three years; one tool has no single owner and one kind is run twice"),
        ([*COMPLETE, *UNOWNED, DOUBLE], COMBINED, "One person guards today and builds the next "
         "three years; two tools have no single owner and one kind is run twice"),
        ([*COMPLETE, DOUBLE], UNDER_CTO, "The CISO guards today’s operations and the CTO builds "
         "for the next three years; one kind of security tool is run twice"),
        (COMPLETE[1:], UNDER_CTO, "The CISO guards today’s operations and the CTO builds for the "
         "next three years; one kind of tool is missing"),
        (COMPLETE[:4] + COMPLETE[5:], UNDER_CTO, "The CISO guards today’s operations and the CTO "
         "builds for the next three years; no tool is in use for backup"),
        ([], UNDER_CTO, "The CISO guards today’s operations and the CTO builds for the next three "
         "years; seven kinds of tool are missing"),
        (None, UNDER_CTO, "The CISO guards today’s operations and the CTO builds for the next "
         "three years; which tools each owns was not given"),
        (COMPLETE, COMBINED, "One person guards today’s operations and builds for the next three "
         "years; each of seven tools has one owner"),
        ([*COMPLETE, *UNOWNED, DOUBLE], UNDER_CTO[:3], "Nobody is on record as CISO; six tools "
         "have no single owner and one kind of security tool is run twice"),
    ],
)  # fmt: skip
def test_title(tools: list[Row] | None, people: list[Row], title: str) -> None:
    assert page_of(tools, people).title == title


def test_no_people_and_no_tools_leave_the_page_out() -> None:
    assert roles_at_a_glance.build(series_for({})) == ()
    (page,) = roles_at_a_glance.build(series_for({}, some=tables(people=[])))
    assert page.title == (
        "Who is CISO and who is CTO is not on record; which tools each owns was not given"
    )
    assert page.body["has_tools"] is False


def test_columns_say_who_reports_to_whom() -> None:
    ciso, cto = page_of(COMPLETE).body["columns"]  # type: ignore[misc]

    assert ciso["name"] == "I. Drummond"
    assert ciso["line"] == "Reports to the CTO (T. Renwick); dotted line to the chair (J. Amsel)."
    assert cto["line"] == "Reports to the CEO (P. Arkwright)."


def test_one_person_in_both_roles_reports_past_the_other_role() -> None:
    page = page_of(COMPLETE, COMBINED)
    ciso, cto = page.body["columns"]  # type: ignore[misc]

    assert ciso["name"] == cto["name"] == "T. Renwick"
    assert ciso["line"] == cto["line"] == "Reports to the CEO (P. Arkwright)."
    assert page.context == (
        "T. Renwick is CISO and CTO: one person, two lenses. "
        "7 tools in use: 4 of the CISO, 3 of the CTO."
    )


def test_a_role_that_reports_to_itself_is_no_endless_line() -> None:
    people = [person("CISO", "Ilse", "CTO"), person("CTO", "Ilse", "CISO")]
    ciso, _ = page_of(COMPLETE, people).body["columns"]  # type: ignore[misc]

    assert ciso["line"] == "Reports to nobody on record."


def test_key_metrics_are_the_leaders_three_of_the_executive_summary() -> None:
    facts = facts_of(COMPLETE, given={**LOSS, "mttr": [50.0] * 4, "kev_overdue": [3.0] * 4})

    assert [each["id"] for each in key_metrics(facts, "CISO")] == ["mttd", "mttr", "kev_overdue"]
    assert {"mttd", "mttr", "loss_1_in_20", "major_incidents"} <= set(
        page_of(COMPLETE).metric_ids
    ) | {"mttr"}


def test_gaps_and_doubles_are_said_and_the_rest_is_counted() -> None:
    page = page_of([*COMPLETE, DOUBLE, *(tool(f"T{at}", "workplace") for at in range(4))])
    faults: Any = page.body["faults"]

    assert [each["text"] for each in faults] == [
        f"“T{at}”, for workplace, is in use and has no owner." for at in range(3)
    ]
    assert page.body["faults_more"] == 2
    assert page_of(COMPLETE).body["faults"] == []


def test_a_long_fault_may_take_a_second_line_and_all_stay_in_their_room() -> None:
    long = [tool("A very long name of a tool " * 8, "workplace") for _ in range(3)]
    faults: Any = page_of([*COMPLETE, *long]).body["faults"]

    assert [each["lines"] for each in faults] == [2, 1, 1]


@pytest.mark.parametrize("names", ["short", "A name that goes on for very much longer than most"])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_tools_stay_within_their_lines(names: str, lines: int) -> None:
    kinds = ("edr", "edr", "iam", "siem", "pam", "backup")
    rows = [tool(f"{names} {at}", kind, "CISO") for at, kind in enumerate(kinds)]
    words = tools_words(tool_inventory(rows, date(2026, 9, 30)), "CISO", (Domain.SECURITY,), lines)

    assert words["count"] == "6"
    assert lines_needed(f"6  {words['words']}", COLUMN - 10, 11) <= lines


def test_tools_are_named_where_there_is_room_and_counted_where_not() -> None:
    rows = [
        tool("Falcon", "edr", "CISO"),
        tool("Second", "edr", "CISO"),
        tool("Logs", "siem", "CISO"),
    ]
    inventory = tool_inventory(rows, date(2026, 9, 30))

    def said(lines: int) -> str:
        return tools_words(inventory, "CISO", (Domain.SECURITY,), lines)["words"]

    assert said(3) == "endpoint detection (EDR): Falcon, Second; event monitoring (SIEM): Logs"
    assert said(2) == said(3)
    assert said(1) == "endpoint detection (EDR)\u00a02; 1 more kind"
    assert tools_words(inventory, "CTO", (Domain.SECURITY,), 2) == {"count": "0", "words": ""}


# --- the judgement -------------------------------------------------------------------------------


def verdict(people: list[Row], given: Any = None, **company: Any) -> str:
    page = page_of(COMPLETE, people, given, company=replace(COMPANY, **company))
    return str(page.body["fit"]["verdict"])  # type: ignore[index]


BEST = "A separate CISO with a dotted line suits the company best"
SMALL = {"employees": 80, "annual_revenue": 9e6, "growth_stage": "start_up", "regimes": (),
         "industry": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (UNDER_CTO, f"{BEST}; today’s CISO under the CTO does not fit, though its dotted line to "
         "the chair helps."),
        ([*UNDER_CTO[:3], person("CISO", "Ilse Drummond", "CTO")],
         f"{BEST}; today’s CISO under the CTO does not fit."),
        (COMBINED, f"{BEST}; today’s combined CTO and CISO does not fit."),
        (INDEPENDENT, f"{BEST}, and it has one."),
        ([*UNDER_CTO[:3], person("CISO", "Ilse Drummond", "CEO")],
         f"{BEST}, and it has one, without the dotted line."),
        (UNDER_CTO[:3], f"{BEST}; today’s is not on record."),
    ],
)  # fmt: skip
def test_verdict_on_a_large_regulated_company(people: list[Row], said: str) -> None:
    assert verdict(people) == said


def test_verdict_on_a_start_up() -> None:
    assert verdict(COMBINED, {}, **SMALL) == (
        "One combined CTO and CISO suits the company best, and it has one."
    )
    assert verdict(UNDER_CTO, {}, **{**SMALL, "growth_stage": ""}) == (
        "Too little is known of the company to prefer a structure."
    )


def test_verdict_without_a_clear_preference() -> None:
    middle = {"employees": 900, "annual_revenue": 2e8, "growth_stage": "established",
              "regimes": ("GDPR",), "industry": "Furniture"}  # fmt: skip
    within = {"loss_1_in_20": [1e6] * 4}

    assert verdict(UNDER_CTO, within, **middle) == (
        "No structure is clearly better than the next; today’s CISO under the CTO fits."
    )
    assert verdict(COMBINED, within, **middle) == (
        "No structure is clearly better than the next; today’s combined CTO and CISO does not fit."
    )


def test_every_structure_has_a_reason_within_the_room_and_the_best_stands_first() -> None:
    fit: Any = page_of(COMPLETE).body["fit"]
    options = fit["options"]

    assert options[0]["name"] == "A separate CISO with a dotted line"
    assert [each["is_present"] for each in options] == [False, True, False]
    assert all(each["reasons"] for each in options)
    lines = sum(
        lines_needed(f"{reason['head']} {reason['text']}", WIDTH, 12, "serif-italic")
        for each in options
        for reason in each["reasons"]
    )
    assert lines <= LINES
    assert fit["basis"].startswith("By rules of thumb, each counted once; no measurement.")


def test_what_was_not_known_is_said() -> None:
    page = page_of(COMPLETE, UNDER_CTO, {}, company=replace(COMPANY, growth_stage=""))
    fit: Any = page.body["fit"]

    assert fit["basis"].endswith(
        "Not known: loss against tolerance, major incidents and growth stage."
    )
