"""The operating model: RACI faults, the CISO's line, its conflicts and what compensates them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import operating_model
from tests.governance_data import meeting, person, table_set
from tests.unit.pages.series_for import series_for

SESSION = meeting(
    "Technology and Risk Committee", "2026-05-12", is_executive_session=True,
    is_security_budget_shown=True,
)  # fmt: skip
COMPENSATED: dict[str, Any] = {"committee_calendar": [SESSION], "risk_acceptances": []}
INDEPENDENT = "the CISO reports to the CEO"
OVERLAPS = ("vendor_selection", "major_incident", "cyber_budget", "zero_trust")


def raci(*, shared: Sequence[str] = OVERLAPS, **activities: str) -> list[dict[str, Any]]:
    """``patch="CISO:A CTO:R"`` and so on, and a sound activity for each of the overlaps."""
    overlapping = [
        {"activity": f"Shared {each}", "role": "COO", "assignment": "A/R", "subject": each}
        for each in shared
    ]
    return overlapping + [
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
    **more: Any,
) -> Page:
    given = {"committee_calendar": [SESSION], **more}
    some = table_set(people=persons, raci=matrix, **given)
    (page,) = operating_model.build(series_for({}, some=some))
    assert draw(page.figures["lines"]).svg
    assert len(page.title) <= LONGEST_TITLE
    assert len(page.context) <= 150
    return page


def rows_of(page: Page, group: int) -> list[dict[str, Any]]:
    groups: Any = page.body["groups"]
    return list(groups[group]["rows"])


@pytest.mark.parametrize(
    ("matrix", "title"),
    [
        (raci(), "Each of four activities has one accountable officer"),
        (raci(patch="CISO:A/R", waive="CTO:A/R"),
         "Each of six activities has one accountable officer"),
        (raci(patch="CISO:A CTO:A COO:R", waive="CTO:A/R"),
         "“patch” has two accountable roles: CISO and CTO"),
        (raci(patch="CISO:C"), "Two rules"),
        (raci(patch="CISO:C CTO:R"), "Nobody is accountable for “patch”"),
        (raci(patch="CISO:A"), "Nobody is responsible for doing “patch”"),
        (raci(patch="CISO:C CTO:R", waive="CISO:A CTO:A GC:R"),
         "Two activities have no single accountable officer"),
        # both have one accountable officer: what they break is the other rule
        (raci(patch="CISO:A", waive="CISO:A"), "Two activities break a rule of the RACI"),
        (raci(**{"an activity with a long name " * 9: "CISO:R"}),
         "One activity breaks a rule of the RACI"),
        (raci(shared=OVERLAPS[:3]),
         "The RACI has no activity for zero-trust implementation, which lies with both leaders"),
        (raci(shared=(), patch="CISO:A/R"),
         "The RACI lacks four decisions that lie with both leaders"),
        (raci(shared=OVERLAPS[:3], patch="CISO:R"),
         "One activity breaks a rule of the RACI and one that both share is missing"),
        (raci(shared=OVERLAPS[:2], patch="CISO:R", waive="CISO:R"),
         "Two activities break a rule of the RACI and two that both share are missing"),
        # the CEO stands above the CISO, who has no line past the CEO
        (raci(patch="CISO:A CEO:R"), "One activity breaks a rule of the RACI"),
        (None, "No RACI was given"),
    ],
)  # fmt: skip
def test_title_says_what_is_wrong_with_the_raci(matrix: Sequence[Any] | None, title: str) -> None:
    said = "Nobody is accountable for “patch”" if title == "Two rules" else title

    assert page_of(matrix).title == f"{said}; {INDEPENDENT}"


def taken(count: int) -> dict[str, Any]:
    rows = [
        {"entry_id": f"DL-{at}", "activity": "patch", "title": "Wait", "decided_by_role": "CTO",
         "decided_on": "2026-07-15"}
        for at in range(count)
    ]  # fmt: skip
    return {"decision_log": rows}


def own(count: int) -> dict[str, Any]:
    rows = [
        {"acceptance_id": f"RA-{at}", "requester_role": "CTO", "approver_role": "CTO",
         "accepted_on": "2026-07-15", "expires_on": "2027-07-15"}
        for at in range(count)
    ]  # fmt: skip
    return {"risk_acceptances": rows}


MANY = {f"activity {at}": "CISO:A GC:R" for at in range(5)}


@pytest.mark.parametrize(
    ("more", "matrix", "title"),
    [
        (taken(1), raci(patch="CISO:A/R"),
         "One decision was taken by an officer who is not accountable for it"),
        (taken(3), raci(patch="CISO:A/R"),
         "Three decisions were taken by officers who are not accountable for them"),
        (own(1), raci(), "One risk was accepted by whoever asked for it"),
        (own(2), raci(), "Two risks were accepted by whoever asked for it"),
        ({}, raci(**MANY), "The CISO is accountable for 5 of 9 activities, more than a third"),
        # a faulty row goes before
        (taken(1), raci(patch="CISO:A"), "Nobody is responsible for doing “patch”"),
    ],
)  # fmt: skip
def test_title_says_what_was_decided_where_the_rows_are_sound(
    more: dict[str, Any], matrix: Sequence[Any], title: str
) -> None:
    assert page_of(matrix, **more).title == f"{title}; {INDEPENDENT}"


@pytest.mark.parametrize(
    ("matrix", "start"),
    [
        (raci(patch="CISO:A/R", waive="CTO:A"), "Six of six activities have one accountable "),
        (raci(patch="CISO:A/R", waive="CTO:R"), "Five of six activities have one accountable "),
        (raci(shared=(), patch="CISO:A/R", waive="CTO:R"), "One of two activities has one "),
        (raci(shared=(), patch="CISO:R", waive="CTO:R"), "None of two activities has one "),
        (None, "Independent CISO under the CEO, as a quarter ago: no conflict is open"),
    ],
)
def test_context_counts_the_activities_with_one_accountable(
    matrix: Sequence[Any] | None, start: str
) -> None:
    assert page_of(matrix).context.startswith(start)


@pytest.mark.parametrize(
    ("persons", "more", "ending"),
    [
        (people("CTO", "CHAIR"), COMPENSATED,
         "the CISO reports to the CTO, with no conflict of interest open"),
        (people("CTO"), {"committee_calendar": []},
         "the CISO reports to the CTO, with four conflicts of interest open"),
        (people("CIO", "CHAIR"), {**COMPENSATED, "risk_acceptances": None},
         "the CISO reports to the CIO, with one conflict of interest open"),
        (people("CTO", "CHAIR", cto="Ilse Drummond"), COMPENSATED,
         "one person is CISO and CTO, with two conflicts of interest open"),
        (people("CEO"), {"committee_calendar": None},
         "the CISO reports to the CEO, with one conflict of interest open"),
        (people("CEO", "CHAIR"), {}, "the CISO reports to the CEO"),
        ([], {}, "to whom the CISO reports is not on record"),
    ],
)  # fmt: skip
def test_title_says_what_compensates_the_line(
    persons: Sequence[Any], more: dict[str, Any], ending: str
) -> None:
    assert page_of(None, persons, **more).title == f"No RACI was given; {ending}"


def test_the_four_overlaps_stand_on_top_and_a_missing_one_is_marked() -> None:
    page = page_of(raci(shared=OVERLAPS[1:], patch="CISO:A/R"))

    assert [(each["activity"], each["is_missing"]) for each in rows_of(page, 0)] == [
        ("Vendor selection for security tools", True),
        ("Shared major_incident", False),
        ("Shared cyber_budget", False),
        ("Shared zero_trust", False),
    ]
    assert [each["activity"] for each in rows_of(page, 1)] == ["patch"]


def test_faulty_activities_are_shown_however_many_there_are() -> None:
    sound = {f"sound {at}": "CISO:A/R CTO:C" for at in range(12)} | {
        f"also sound {at}": "GC:A/R" for at in range(12)
    }
    page = page_of(raci(**sound, faulty="CISO:R"))
    shown = [row["activity"] for row in rows_of(page, 1)]
    groups: Any = page.body["groups"]

    assert shown[-1] == "faulty"
    assert shown[:-1] == [f"sound {at}" for at in range(len(shown) - 1)]
    assert groups[1]["note"] == f"{4 + len(shown)} of 29 activities shown"
    assert rows_of(page, 1)[-1]["is_faulty"] and not rows_of(page, 1)[0]["is_faulty"]


def test_few_activities_are_set_wide_and_none_is_left_out() -> None:
    page = page_of(raci(patch="CISO:A/R"))
    groups: Any = page.body["groups"]

    assert page.body["height"] == 22
    assert all("note" not in each for each in groups)


def test_decisions_that_matter_come_before_the_others() -> None:
    rows = raci(first="GC:A/R")
    rows += [{"activity": "last", "role": "GC", "assignment": "A/R", "subject": "policies"},
             {"activity": "risk", "role": "CEO", "assignment": "A/R",
              "subject": "risk_acceptance"}]  # fmt: skip

    assert [each["activity"] for each in rows_of(page_of(rows), 1)] == ["risk", "last", "first"]


def test_long_names_are_cut_to_one_line() -> None:
    roles = " ".join(f"{each}:C" for each in ("BOARD", "CEO", "CTO", "CIO", "CFO", "CRO", "GC",
                                              "DPO", "AUDIT"))  # fmt: skip
    page = page_of(
        raci(**{"Approve everything that anybody may ever want " * 5: f"CISO:A/R {roles}"})
    )
    (row,) = rows_of(page, 1)

    assert row["activity"].endswith("…")
    assert 15 < len(row["activity"]) < 40


def test_findings_stand_in_words_but_not_the_one_that_is_the_title() -> None:
    faulty = {"patch": "CISO:A", **MANY}
    more = taken(4)["decision_log"]
    page = page_of(raci(**faulty), decision_log=[{**each, "activity": "patch"} for each in more])

    assert page.title.startswith("Nobody is responsible for doing “patch”")
    assert page.body["findings"] == [
        f"The CTO decided DL-{at}, “Wait”; the RACI gives that to the CISO." for at in range(3)
    ]
    # the fourth decision, and the CISO's six of ten activities
    assert page.body["findings_more"] == 2


def test_conflicts_say_what_compensates_them_or_that_nothing_does() -> None:
    page = page_of(raci(), people("CTO", "CHAIR"), risk_acceptances=[])
    shown: Any = page.body["conflicts"]

    assert [(each["status"], each["words"]) for each in shown] == [
        ("on", "Line to the directors"),
        ("on", "Budget shown apart"),
        ("on", "Line to the directors, sessions alone"),
        ("later", "Nothing to judge"),
    ]
    bare: Any = page_of(raci(), people("CTO"), committee_calendar=None).body["conflicts"]
    assert {each["words"] for each in bare} == {"Open: nothing on record"}
    assert {each["status"] for each in bare} == {"off"}


def test_context_says_what_is_new_since_last_quarter() -> None:
    before = {**people("CTO", "CHAIR")[0], "until": "2026-07-31"}
    moved = page_of(raci(), [before, {**people("CEO")[0], "since": "2026-08-01"},
                             *people("CEO")[1:]])  # fmt: skip
    dotted = page_of(raci(), [before, {**people("CTO")[0], "since": "2026-08-01"},
                              *people("CTO")[1:]])  # fmt: skip

    assert moved.context == (
        "New since last quarter: independent CISO under the CEO; before, CISO under the CTO, "
        "dotted line to the chair: no conflict is open."
    )
    assert dotted.context.startswith(
        "New since last quarter: CISO: dotted line to nobody on record, before to CHAIR"
    )


def test_picture_shows_one_box_for_one_person_and_a_peer_for_an_independent_ciso() -> None:
    one: Any = page_of(raci(), people("CTO", cto="Ilse Drummond")).figures["lines"].data
    peer: Any = page_of(raci(), people("CEO")).figures["lines"].data
    under: Any = page_of(raci(), people("CTO")).figures["lines"].data

    assert [each["role"] for each in one["chain"]] == ["CISO/CTO", "CEO"]
    assert [each["role"] for each in peer["chain"]] == ["CISO", "CEO"]
    assert (peer["beside"]["role"], under["beside"], one["beside"]) == ("CTO", None, None)


def test_a_title_too_long_gives_up_what_compensates_before_the_fault() -> None:
    waive = raci(**{"Waive a secure review": "CISO:A CTO:A COO:R"})
    page = page_of(waive, people("CTO", "CHAIR"), **COMPENSATED)

    assert page.title == (
        "“Waive a secure review” has two accountable roles: CISO and CTO; the CISO reports to "
        "the CTO"
    )


def test_an_open_conflict_is_said_before_the_roles_that_share_an_activity() -> None:
    waive = raci(**{"Waive a secure review": "CISO:A CTO:A COO:R"})
    page = page_of(waive, people("CTO", "CHAIR"), risk_acceptances=None)

    assert page.title == (
        "“Waive a secure review” has two accountable roles; the CISO reports to the CTO, with one "
        "conflict of interest open"
    )


def test_the_drawing_claims_no_more_of_sessions_than_the_table_beside_it() -> None:
    """Without a committee calendar nobody knows whether a session was held."""
    bare = page_of(raci(), people("CTO", "CHAIR"), committee_calendar=None)
    states = {row["title"]: row["word"] for row in bare.body["controls"]}  # type: ignore[attr-defined]
    assert states["Sessions without management"] == "Not measured"
    assert bare.figures["lines"].data["directors_label"] == "sessions not known"
