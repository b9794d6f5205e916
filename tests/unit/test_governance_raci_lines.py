"""The RACI against reporting lines: who can answer for what, and who has too much."""

from datetime import date
from typing import Any

import pytest

from board_report.governance.raci import raci_matrix
from board_report.governance.raci_codes import RaciCode
from board_report.governance.raci_lines import line_findings, overloads
from board_report.governance.roles import Holder, holders_at

NOW = date(2026, 9, 30)


def rows(cells: str, subject: str = "", activity: str = "patch") -> list[dict[str, Any]]:
    return [
        {
            "activity": activity,
            "role": cell.split(":")[0],
            "assignment": cell.split(":")[1],
            "subject": subject or None,
        }
        for cell in cells.split()
    ]


def holders(dotted: str = "", to: str = "CTO", ciso: str = "Ann") -> dict[str, Holder]:
    people = [
        ("CISO", "Chief Information Security Officer", ciso, to, dotted),
        ("CTO", "Chief Technology Officer", "Ben", "CEO", ""),
        ("COO", "Chief Operating Officer", "Cy", "CEO", ""),
        ("CEO", "Chief Executive Officer", "Di", "", ""),
        ("CHAIR", "Chair, Risk Committee", "Ed", "", ""),
    ]
    names = ("role", "role_title", "person_name", "reports_to_role", "dotted_line_to_role")
    start = {"since": date(2020, 1, 1)}
    return holders_at([dict(zip(names, each, strict=True)) | start for each in people], NOW)


@pytest.mark.parametrize(
    ("cells", "people", "roles"),
    [
        ("CISO:A CTO:R", holders(), ("CTO", "CISO")),
        ("CISO:A/R CTO:R", holders(), ("CTO", "CISO")),
        ("CISO:A CEO:R", holders(), ("CEO", "CISO")),
        ("CTO:A CISO:R", holders(), None),
        ("CISO:A COO:R", holders(), None),
        ("CISO:A CTO:C COO:R", holders(), None),
        ("CISO:A CTO:R", holders(dotted="CHAIR"), None),
        ("CISO:A CTO:R", holders(dotted="Risk Committee"), None),
        ("CISO:A CTO:R", holders(dotted="COO"), ("CTO", "CISO")),
        ("CISO:A CTO:R", holders(to="CEO"), None),
        ("CISO:A CTO:R", holders(to="BOARD"), None),
        # one person is not below that person
        ("CISO:A CTO:R", holders(ciso="Ben"), None),
        ("CISO:A CTO:R", {}, None),
    ],
)
def test_nobody_answers_for_what_a_superior_does_without_a_line_to_the_directors(
    cells: str, people: dict[str, Holder], roles: tuple[str, str] | None
) -> None:
    found = line_findings(raci_matrix(rows(cells)), people)

    assert [(each.code, each.roles) for each in found] == (
        [(RaciCode.ACCOUNTABLE_BELOW, roles)] if roles else []
    )


def test_committee_of_the_calendar_counts_as_directors() -> None:
    matrix = raci_matrix(rows("CISO:A CTO:R"))

    assert line_findings(matrix, holders(dotted="Audit"), ["Audit"]) == ()
    assert line_findings(matrix, holders(dotted="Audit"), ["Other"]) != ()


@pytest.mark.parametrize("subject", ["risk_acceptance", "disclosure"])
@pytest.mark.parametrize(
    ("cells", "people", "is_found"),
    [
        ("CISO:A/R COO:C", holders(), True),
        ("CTO:A/R", holders(), True),
        ("CISO:A/R COO:R", holders(), False),
        ("CISO:A COO:R", holders(), False),
        ("COO:A/R CISO:C", holders(), False),
        ("CISO:A CTO:R", holders(to="CEO"), False),
        # two roles of one person are alone
        ("CISO:A CTO:R", holders(to="CEO", ciso="Ben"), True),
    ],
)
def test_one_officer_of_the_two_offices_is_not_alone_in_judging_them(
    subject: str, cells: str, people: dict[str, Holder], is_found: bool
) -> None:
    found = line_findings(raci_matrix(rows(cells, subject)), people)

    assert [each.code for each in found] == ([RaciCode.OWN_WORK] if is_found else [])


def test_other_subjects_may_lie_with_one_officer() -> None:
    assert line_findings(raci_matrix(rows("CISO:A/R", "policies")), holders()) == ()


def test_mend_of_own_work_names_an_officer_outside_both_offices() -> None:
    (found,) = line_findings(raci_matrix(rows("CISO:A/R COO:C", "disclosure")), holders())

    assert found.mend.startswith("Give the A for “patch” to COO")


def many(total: int, role: str, letter: str, count: int) -> list[dict[str, Any]]:
    other = "CEO:A/R" if letter == "R" else f"CEO:R {'CEO2:A'}"
    mine = f"{role}:{letter} CEO:{'A' if letter == 'R' else 'R'}"
    return [
        row
        for at in range(total)
        for row in rows(mine if at < count else other, activity=f"activity {at}")
    ]


@pytest.mark.parametrize(
    ("total", "letter", "count", "is_found"),
    [
        (15, "A", 6, True),  # 6 of 15 is 40%
        (15, "A", 5, False),  # a third, and not more
        (14, "A", 5, True),
        (10, "A", 4, False),  # 40%, and fewer than five
        (15, "R", 11, True),  # 73%
        (15, "R", 10, False),  # two thirds, and not more
        (4, "R", 4, False),
    ],
)
def test_overload_is_a_share_and_a_number(
    total: int, letter: str, count: int, is_found: bool
) -> None:
    found = [
        each
        for each in overloads(raci_matrix(many(total, "COO", letter, count)))
        if each.roles == ("COO",)
    ]

    assert [each.code for each in found] == ([RaciCode.OVERLOADED] if is_found else [])
    if found:
        does = "is accountable for" if letter == "A" else "does the work in"
        assert f"The COO {does} {count} of {total} activities" in found[0].sentence


def test_the_board_is_never_overloaded() -> None:
    assert not [
        each
        for each in overloads(raci_matrix(many(6, "BOARD", "A", 6)))
        if each.roles == ("BOARD",)
    ]
