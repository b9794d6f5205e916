"""The RACI matrix: one accountable role, at least one responsible."""

import pytest

from board_report.governance.raci import RaciCode, raci_findings, raci_matrix


def rows(**activities: str) -> list[dict[str, object]]:
    """``patch="CISO:A CTO:R"`` and so on."""
    return [
        {"activity": activity, "role": cell.split(":")[0], "assignment": cell.split(":")[1]}
        for activity, cells in activities.items()
        for cell in cells.split()
    ]


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
    found = raci_findings(raci_matrix(rows(patch=cells)))

    assert [(each.code, each.roles) for each in found] == expected


def test_sentence_names_activity_and_roles() -> None:
    (found,) = raci_findings(raci_matrix(rows(waive="CTO:A CISO:A COO:A/R")))

    assert found.sentence == "“waive” has 3 accountable roles: CISO, CTO and COO."


def test_no_rows_are_an_empty_matrix_without_findings() -> None:
    matrix = raci_matrix([])

    assert (matrix.activities, matrix.roles, raci_findings(matrix)) == ((), (), ())
