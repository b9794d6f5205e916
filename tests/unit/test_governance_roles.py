"""Who holds a role on a day, to whom the CISO reports, and what changed."""

from datetime import date
from typing import Any

import pytest

from board_report.governance.roles import (
    Structure,
    circles,
    holders_at,
    named,
    reporting_line,
    role_changes,
)
from tests.governance_data import person


def row(role: str, name: str, to: str = "", dotted: str = "", **dates: Any) -> dict[str, Any]:
    dates = {"since": date(2020, 1, 1), **dates}
    return {**person(role, f"{role} title", name, to, dotted), **dates}


NOW = date(2026, 9, 30)


def test_the_first_and_the_last_day_count() -> None:
    people = [
        row("CISO", "Ann", since=date(2024, 1, 1), until=date(2024, 6, 30)),
        row("CISO", "Ben", since=date(2024, 7, 1)),
    ]

    held = {
        day: holders_at(people, day)["CISO"].person_name
        for day in (date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1))
    }

    assert list(held.values()) == ["Ann", "Ann", "Ben"]
    assert holders_at(people, date(2023, 12, 31)) == {}


@pytest.mark.parametrize("reverse", [False, True])
def test_successor_holds_the_role_though_the_predecessor_was_not_ended(reverse: bool) -> None:
    people = [row("CISO", "Ann"), row("CISO", "Ben", since=date(2025, 1, 1))]

    assert holders_at(people[::-1] if reverse else people, NOW)["CISO"].person_name == "Ben"


def test_holder_carries_title_and_lines() -> None:
    (holder,) = holders_at([row("CISO", "Ann", "CTO", "CHAIR")], NOW).values()

    assert (holder.role_title, holder.reports_to, holder.dotted_line_to, holder.since) == (
        "CISO title", "CTO", "CHAIR", date(2020, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("people", "structure", "reports_to"),
    [
        ([row("CISO", "Ann", "CTO"), row("CTO", "Ben", "CEO")], Structure.UNDER_CTO, "CTO"),
        ([row("CISO", "Ann", "CIO"), row("CIO", "Ben", "CEO")], Structure.UNDER_CIO, "CIO"),
        ([row("CISO", "Ann", "CIO"), row("CIO", "Ben", "CTO")], Structure.UNDER_CIO, "CIO"),
        ([row("CISO", "Ann", "VP"), row("VP", "Ben", "CTO")], Structure.UNDER_CTO, "VP"),
        ([row("CISO", "Ann", "CEO"), row("CTO", "Ben", "CEO")], Structure.INDEPENDENT, "CEO"),
        ([row("CISO", "Ann", "CRO"), row("CRO", "Ben", "CEO")], Structure.INDEPENDENT, "CRO"),
        ([row("CISO", "Ann", "BOARD")], Structure.INDEPENDENT, "BOARD"),
        ([row("CISO", "Ann", "COO"), row("COO", "Ben", "CEO")], Structure.INDEPENDENT, "COO"),
        ([row("CISO", "Ann", "CFO")], Structure.INDEPENDENT, "CFO"),
        ([row("CISO", "Ann", "GC")], Structure.INDEPENDENT, "GC"),
        ([row("CISO", "Ann", "CHAIR")], Structure.INDEPENDENT, "CHAIR"),
        ([row("CISO", "Ann", "OWNER"), row("OWNER", "Ben")], Structure.INDEPENDENT, "OWNER"),
        # nobody holds VP, so where the line leads is not on record
        ([row("CISO", "Ann", "VP")], Structure.UNKNOWN, "VP"),
        ([row("CISO", "Ann", "COO"), row("COO", "Ben", "CISO")], Structure.UNKNOWN, "COO"),
        ([row("CISO", "Ann", "CTO"), row("CTO", "Ben", "CISO")], Structure.UNDER_CTO, "CTO"),
        ([row("CISO", "Ann", "CEO"), row("CTO", "ann", "CEO")], Structure.COMBINED, "CEO"),
        ([row("CISO", "Ann", "COO"), row("CIO", "Ann", "COO")], Structure.COMBINED, "COO"),
        ([row("CISO", "Ann")], Structure.UNKNOWN, ""),
        ([row("CTO", "Ben", "CEO")], Structure.UNKNOWN, ""),
    ],
)
def test_structure_is_recognised(
    people: list[dict[str, Any]], structure: Structure, reports_to: str
) -> None:
    line = reporting_line(holders_at(people, NOW))

    assert (line.structure, line.reports_to) == (structure, reports_to)


def test_line_that_runs_in_a_circle_ends() -> None:
    people = [row("CISO", "Ann", "COO"), row("COO", "Ben", "CFO"), row("CFO", "Cy", "CISO")]

    assert reporting_line(holders_at(people, NOW)).chain == ("CISO", "COO", "CFO")


def test_changes_name_holder_lines_vacancy_and_new_role() -> None:
    before = holders_at([row("CISO", "Ann", "CTO"), row("COO", "Cy"), row("CFO", "Di")], NOW)
    now = holders_at([row("CISO", "Ben", "CEO", "CHAIR"), row("CFO", "Di"), row("GC", "Ed")], NOW)

    assert [each.sentence for each in role_changes(before, now)] == [
        "CISO: Ben follows Ann.",
        "CISO: reports to CEO, before to CTO.",
        "CISO: dotted line to CHAIR, before to nobody on record.",
        "GC: Ed holds the role, which nobody held before.",
        "COO: nobody holds the role that Cy held.",
    ]


def test_nothing_changed_is_no_change() -> None:
    holders = holders_at([row("CISO", "Ann", "CTO")], NOW)

    assert role_changes(holders, holders) == ()


def test_each_circle_is_found_once_and_a_line_to_the_top_is_none() -> None:
    people = [
        row("CISO", "Ann", "COO"), row("COO", "Ben", "CFO"), row("CFO", "Cy", "COO"),
        row("CTO", "Di", "CEO"), row("CEO", "Ed"),
    ]  # fmt: skip

    assert circles(holders_at(people, NOW)) == (("COO", "CFO"),)
    assert circles(holders_at(people[3:], NOW)) == ()


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([row("CISO", "Ann", "CTO", "CHAIR")], "CISO under the CTO, dotted line to the chair"),
        ([row("CISO", "Ann", "CIO")], "CISO under the CIO"),
        ([row("CISO", "Ann", "CEO", "BOARD")],
         "independent CISO under the CEO, dotted line to the board"),
        ([row("CISO", "Ann", "CEO"), row("CTO", "Ann", "CEO")], "one person as CISO and CTO"),
        ([row("CISO", "Ann", "", "CHAIR")], "not on record"),
    ],
)  # fmt: skip
def test_words_say_structure_and_dotted_line(people: list[dict[str, Any]], words: str) -> None:
    assert reporting_line(holders_at(people, NOW)).words == words


def test_roles_read_as_words_in_a_sentence() -> None:
    assert [named(each) for each in ("CTO", "BOARD", "CHAIR", "BOTH")] == [
        "the CTO", "the board", "the chair", "both leaders",
    ]  # fmt: skip


def test_a_line_that_moved_is_told_from_a_person_who_did() -> None:
    before = holders_at([row("CISO", "Ann", "CTO")], NOW)
    now = holders_at([row("CISO", "Ben", "CEO")], NOW)

    assert [each.is_line for each in role_changes(before, now)] == [False, True]
