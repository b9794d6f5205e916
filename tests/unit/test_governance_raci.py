"""The RACI matrix: one accountable role, at least one responsible."""

import pytest

from board_report.governance.raci import raci_findings, raci_matrix
from board_report.governance.raci_codes import RACI_FAULTS, RaciCode
from board_report.model import Severity


def rows(**activities: str) -> list[dict[str, object]]:
    """``patch="CISO:A CTO:R"`` and so on; the lines are those of the file, from 2."""
    found = [
        {"activity": activity, "role": cell.split(":")[0], "assignment": cell.split(":")[1]}
        for activity, cells in activities.items()
        for cell in cells.split()
    ]
    return [
        {**each, "_source": "governance/raci.csv", "_line": at} for at, each in enumerate(found, 2)
    ]


def shared(*subjects: str) -> list[dict[str, object]]:
    """An activity of that name for each subject, of which nothing is wrong."""
    return [
        {"activity": each, "role": "COO", "assignment": "A/R", "subject": each} for each in subjects
    ]


OVERLAPPING = ("vendor_selection", "major_incident", "cyber_budget", "zero_trust")


def test_activities_keep_the_order_of_the_file_and_roles_run_from_the_board_down() -> None:
    matrix = raci_matrix(rows(waive="XO:I CTO:R CISO:A", patch="BOARD:I CAE:I CTO:A/R"))

    assert matrix.activities == ("waive", "patch")
    assert matrix.roles == ("BOARD", "CISO", "CTO", "XO", "CAE")
    assert matrix.cells["waive", "CISO"] == "A"
    assert ("waive", "BOARD") not in matrix.cells


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("CISO:A CTO:R", []),
        ("CISO:A/R", []),
        ("CISO:A/R CTO:R GC:C", []),
        ("CISO:A CTO:A COO:R", [(RaciCode.SEVERAL_ACCOUNTABLE, ("CISO", "CTO"))]),
        ("CISO:A/R CTO:A", [(RaciCode.SEVERAL_ACCOUNTABLE, ("CISO", "CTO"))]),
        ("CISO:R CTO:C", [(RaciCode.NO_ACCOUNTABLE, ())]),
        ("CISO:A CTO:I", [(RaciCode.NO_RESPONSIBLE, ())]),
        ("CISO:I", [(RaciCode.NO_ACCOUNTABLE, ()), (RaciCode.NO_RESPONSIBLE, ())]),
    ],
)
def test_findings(cells: str, expected: list[tuple[RaciCode, tuple[str, ...]]]) -> None:
    found = raci_findings(raci_matrix([*rows(patch=cells), *shared(*OVERLAPPING)]))

    assert [(each.code, each.roles) for each in found] == expected


@pytest.mark.parametrize(
    ("cells", "sentence", "mend"),
    [
        ("CTO:A CISO:A COO:A/R", "“patch” has three accountable roles: CISO, CTO and COO.",
         "Leave the A for “patch” with one of CISO, CTO or COO, and make the others R or C."),
        ("CTO:R CISO:C", "Nobody is accountable for “patch”.", "Give the A for “patch” to CTO."),
        ("CTO:A CISO:C COO:C", "Nobody is responsible for doing “patch”.",
         "Give an R for “patch” to one of CISO or COO."),
    ],
)  # fmt: skip
def test_sentences_name_activity_and_roles_and_what_to_do(
    cells: str, sentence: str, mend: str
) -> None:
    (found,) = raci_findings(raci_matrix([*rows(patch=cells), *shared(*OVERLAPPING)]))

    assert (found.sentence, found.mend) == (sentence, mend)


def test_finding_stands_at_the_row_of_the_last_role_concerned() -> None:
    matrix = raci_matrix([*rows(waive="COO:R CISO:A GC:C CTO:A"), *shared(*OVERLAPPING)])
    finding = raci_findings(matrix)[0].finding()

    # the header is line 1, so CTO stands on line 5
    assert (finding.code, finding.severity, finding.table) == (
        "raci_several_accountable", Severity.WARNING, "raci",
    )  # fmt: skip
    assert (finding.file, finding.line) == ("governance/raci.csv", 5)


@pytest.mark.parametrize("absent", OVERLAPPING)
def test_each_of_the_four_overlaps_must_have_an_activity(absent: str) -> None:
    given = [each for each in OVERLAPPING if each != absent]
    (found,) = raci_findings(raci_matrix([*rows(patch="COO:A/R"), *shared(*given)]))

    assert (found.code, found.facts["code"]) == (RaciCode.OVERLAP_MISSING, absent)
    assert raci_matrix(shared(*given)).missing_overlaps == (absent,)


def test_subject_on_one_row_is_that_of_the_activity() -> None:
    first, second = rows(patch="CISO:A CTO:R")
    matrix = raci_matrix([first, {**second, "subject": "zero_trust"}])

    assert matrix.about("zero_trust") == ("patch",)


def test_every_code_is_explained_and_named_alike() -> None:
    assert set(RACI_FAULTS) == set(RaciCode)
    assert all(each.startswith("raci_") for each in RaciCode)
    assert all(each.severity is Severity.WARNING for each in RACI_FAULTS.values())


def test_no_rows_are_an_empty_matrix_without_findings() -> None:
    matrix = raci_matrix([])

    assert (matrix.activities, matrix.roles, raci_findings(matrix)) == ((), (), ())
