"""Vendor scorecards: scores, ranking, the weights at which the winner changes, and findings."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from board_report.governance.vendor_findings import VENDOR_FAULTS, VendorCode, vendor_findings
from board_report.governance.vendor_selection import Selection, Vendor, turns_of, vendor_selections
from board_report.model import Severity
from tests.spec.tables import tables, window_of

Score = tuple[str, str, str, float, float]
"""Vendor, office, criterion, weight, score."""

TWO_CRITERIA: list[Score] = [
    # CISO: Alder .6*4 + .4*3 = 3.6; Birch .6*2 + .4*4 = 2.8. CTO: Alder 2, Birch 4.
    ("Alder", "CISO", "detection", 0.6, 4),
    ("Alder", "CISO", "evidence", 0.4, 3),
    ("Birch", "CISO", "detection", 0.6, 2),
    ("Birch", "CISO", "evidence", 0.4, 4),
    ("Alder", "CTO", "integration", 1, 2),
    ("Birch", "CTO", "integration", 1, 4),
]


def selection(**cells: Any) -> dict[str, Any]:
    return {
        "selection_id": "VS-1",
        "title": "Network sensors",
        "ciso_weight": 0.5,
        "decided_on": "2026-08-20",
        "chosen_vendor": "Birch",
        "decided_by_role": "CTO",
        **cells,
    }


def given(scores: list[Score], *selections: dict[str, Any]) -> Any:
    rows = [
        {"selection_id": "VS-1", "vendor_name": vendor, "scored_by_role": office,
         "criterion": criterion, "weight": weight, "score": score}
        for vendor, office, criterion, weight, score in scores
    ]  # fmt: skip
    return tables(vendor_selections=list(selections) or [selection()], vendor_scores=rows)


def only(scores: list[Score], **cells: Any) -> Selection:
    (found,) = vendor_selections(given(scores, selection(**cells)), window_of())
    return found


def codes(scores: list[Score], **cells: Any) -> list[str]:
    return [each.code for each in vendor_findings(given(scores, selection(**cells)), window_of())]


def vendor(name: str, ciso: float, cto: float) -> Vendor:
    return Vendor(name, Fraction(str(ciso)), Fraction(str(cto)), {})


# --- scores and ranking ------------------------------------------------------------------------


def test_an_offices_score_is_the_mean_of_its_criteria_by_weight() -> None:
    found = only(TWO_CRITERIA)
    scores = {each.name: (each.ciso, each.cto) for each in found.ranked}

    assert scores == {
        "Alder": (Fraction("3.6"), Fraction(2)),
        "Birch": (Fraction("2.8"), Fraction(4)),
    }


def test_the_total_weighs_the_two_offices() -> None:
    found = only(TWO_CRITERIA, ciso_weight=0.25)
    totals = {each.name: each.total(found.weight) for each in found.ranked}

    # .25 * 3.6 + .75 * 2 = 2.4 and .25 * 2.8 + .75 * 4 = 3.7
    assert totals == {"Alder": Fraction("2.4"), "Birch": Fraction("3.7")}
    assert [each.name for each in found.ranked] == ["Birch", "Alder"]


def test_weights_are_scaled_to_one() -> None:
    doubled = [(v, o, c, min(w / 2, 1), s) for v, o, c, w, s in TWO_CRITERIA]

    halved = only(doubled)

    assert [(each.ciso, each.cto) for each in halved.ranked] == [
        (each.ciso, each.cto) for each in only(TWO_CRITERIA).ranked
    ]


def test_the_winner_by_either_office_alone() -> None:
    found = only(TWO_CRITERIA)

    assert (found.ciso_top, found.cto_top) == (("Alder",), ("Birch",))


def test_the_winner_changes_where_the_lines_cross() -> None:
    # 2 + 1.6 w = 4 - 1.2 w, so w = 2 / 2.8 = 5/7
    (turn,) = only(TWO_CRITERIA).turns

    assert (turn.weight, turn.before, turn.after) == (Fraction(5, 7), ("Birch",), ("Alder",))


def test_only_crossings_at_the_top_change_the_winner() -> None:
    # CTO side to CISO side: A 5 to 0, B 0 to 5, C 2.4 to 2.4: A and B cross at 2.5, above C.
    some = [vendor("A", 0, 5), vendor("B", 5, 0), vendor("C", 2.4, 2.4)]
    assert [each.weight for each in turns_of(some)] == [Fraction(1, 2)]
    # With C at 3 it wins between 5 - 5w = 3 (w = .4) and 5w = 3 (w = .6).
    some = [vendor("A", 0, 5), vendor("B", 5, 0), vendor("C", 3, 3)]
    assert [(each.weight, each.before, each.after) for each in turns_of(some)] == [
        (Fraction(2, 5), ("A",), ("C",)),
        (Fraction(3, 5), ("C",), ("B",)),
    ]


def test_three_lines_through_one_point_change_the_winner_once() -> None:
    some = [vendor("A", 0, 5), vendor("B", 5, 0), vendor("C", 2.5, 2.5)]

    assert [(each.before, each.after) for each in turns_of(some)] == [(("A",), ("B",))]


def test_a_tie_at_an_end_is_no_change_within() -> None:
    assert turns_of([vendor("A", 4, 3), vendor("B", 2, 3)]) == ()


def test_parallel_and_equal_lines_never_change_places() -> None:
    assert turns_of([vendor("A", 4, 3), vendor("B", 3, 2)]) == ()
    assert turns_of([vendor("A", 4, 3), vendor("B", 4, 3)]) == ()
    assert turns_of([]) == ()


def test_a_tie_in_decimals_is_a_tie() -> None:
    # As binary fractions .1 + .2 is more than .3; both vendors score exactly .3 here.
    scores: list[Score] = [
        ("A", "CISO", "x", 0.1, 1),
        ("A", "CISO", "y", 0.2, 1),
        ("A", "CISO", "z", 0.7, 0),
        ("B", "CISO", "x", 0.3, 1),
        ("B", "CISO", "y", 0.7, 0),
        ("A", "CTO", "x", 1, 2),
        ("B", "CTO", "x", 1, 2),
    ]

    assert only(scores).top == ("A", "B")


def test_a_vendor_scored_by_one_office_is_not_ranked() -> None:
    found = only([*TWO_CRITERIA, ("Cedar", "CISO", "detection", 1, 5)])

    assert [each.name for each in found.ranked] == ["Birch", "Alder"]
    assert [(each.name, each.missing) for each in found.unranked] == [("Cedar", ("CTO",))]
    with pytest.raises(ValueError, match="Cedar was not scored by both"):
        found.unranked[0].total(Fraction(1, 2))


def test_weights_of_nothing_are_no_score() -> None:
    found = only([*TWO_CRITERIA, ("Cedar", "CISO", "x", 0, 5), ("Cedar", "CTO", "x", 1, 5)])

    assert [(each.name, each.missing) for each in found.unranked] == [("Cedar", ("CISO",))]


def test_selections_of_four_quarters_the_latest_first_then_those_open() -> None:
    some = given(
        TWO_CRITERIA,
        selection(selection_id="old", decided_on="2025-09-30"),
        selection(selection_id="first", decided_on="2025-10-01"),
        selection(selection_id="open", decided_on=None),
        selection(selection_id="VS-1", decided_on="2026-09-30"),
        selection(selection_id="after", decided_on="2026-10-01"),
    )

    found = vendor_selections(some, window_of())

    assert [each.selection_id for each in found] == ["VS-1", "first", "open", "after"]
    assert [each.chosen for each in found] == ["Birch", "Birch", "", ""]


# --- findings ----------------------------------------------------------------------------------


def test_a_sound_selection_gives_no_finding() -> None:
    assert codes(TWO_CRITERIA) == []


def test_a_vendor_scored_by_one_is_told_at_its_row() -> None:
    some = given([*TWO_CRITERIA, ("Cedar", "CTO", "integration", 1, 5)])

    (found,) = vendor_findings(some, window_of())

    assert (found.code, found.severity) == ("vendor_scored_by_one", Severity.WARNING)
    assert (found.file, found.line, found.value) == ("vendor_scores.csv", 8, "Cedar")
    assert found.reason == (
        "Cedar was not scored by the CISO in VS-1 (Network sensors); no rank is given."
    )


def test_vendors_that_lack_the_same_office_are_told_together() -> None:
    more: list[Score] = [(name, "CTO", "x", 1, 3) for name in ("Cedar", "Dogwood", "Elm")]
    some = given([*TWO_CRITERIA, *more, ("Fir", "CISO", "whole", 1, 5)])

    found = vendor_findings(some, window_of())

    assert [(each.code, each.line, each.reason.split(" not ")[0]) for each in found] == [
        ("vendor_scored_by_one", 8, "Cedar, Dogwood and Elm were"),
        ("vendor_scored_by_one", 11, "Fir was"),
    ]


def test_a_chosen_vendor_that_nobody_scored() -> None:
    some = given(TWO_CRITERIA, selection(chosen_vendor="Dogwood"))

    found = vendor_findings(some, window_of())

    assert [each.code for each in found] == ["vendor_scored_by_one", "vendor_choice_not_top"]
    assert found[0].reason.startswith("Dogwood was not scored by the CISO or the CTO in VS-1")
    assert (found[0].file, found[0].line) == ("vendor_selections.csv", 2)


def test_a_choice_that_is_not_first() -> None:
    some = given(TWO_CRITERIA, selection(chosen_vendor="Alder"))

    (found,) = vendor_findings(some, window_of())

    assert (found.code, found.severity) == ("vendor_choice_not_top", Severity.WARNING)
    assert (found.file, found.line, found.column) == ("vendor_selections.csv", 2, "chosen_vendor")
    assert found.reason == (
        "Alder was chosen in VS-1 (Network sensors), and Birch is first at the declared weight."
    )


def test_the_choice_is_compared_without_regard_to_case_and_blanks() -> None:
    assert codes(TWO_CRITERIA, chosen_vendor=" bIRCH ") == []


def test_either_of_two_that_are_alike_may_be_chosen() -> None:
    # At 5/7 both are 3 1/7; written as a decimal the weight is just off it, so use even lines.
    scores: list[Score] = [
        ("A", "CISO", "x", 1, 4),
        ("A", "CTO", "x", 1, 2),
        ("B", "CISO", "x", 1, 2),
        ("B", "CTO", "x", 1, 4),
    ]

    assert codes(scores, chosen_vendor="A") == ["vendor_ranking_fragile"]
    assert codes(scores, chosen_vendor="B") == ["vendor_ranking_fragile"]


@pytest.mark.parametrize(
    ("weight", "chosen", "expected"),
    [
        (0.61, "Birch", []),  # 5/7 - .61 = .1043
        (0.62, "Birch", ["vendor_ranking_fragile"]),
        (0.81, "Alder", ["vendor_ranking_fragile"]),
        (0.82, "Alder", []),
    ],
)
def test_a_ranking_is_fragile_within_a_tenth_of_the_turn(
    weight: float, chosen: str, expected: list[str]
) -> None:
    assert codes(TWO_CRITERIA, ciso_weight=weight, chosen_vendor=chosen) == expected


def test_a_turn_at_exactly_a_tenth_is_fragile() -> None:
    scores: list[Score] = [
        ("A", "CISO", "x", 1, 4),
        ("A", "CTO", "x", 1, 2),
        ("B", "CISO", "x", 1, 2),
        ("B", "CTO", "x", 1, 4),
    ]

    (found,) = vendor_findings(given(scores, selection(ciso_weight=0.4, chosen_vendor="B")),
                               window_of())  # fmt: skip

    assert (found.code, found.severity) == ("vendor_ranking_fragile", Severity.NOTE)
    assert found.reason == (
        "B is first in VS-1 (Network sensors) while the CISO's weight is below 0.5, and A above "
        "it; 0.4 was declared."
    )


def test_weights_that_do_not_sum_to_one_are_told_once_for_each_office() -> None:
    scores = [(v, o, c, 0.5 if o == "CTO" else w, s) for v, o, c, w, s in TWO_CRITERIA]

    (found,) = vendor_findings(given(scores), window_of())

    assert (found.code, found.severity) == ("vendor_weights_not_one", Severity.NOTE)
    assert (found.file, found.line, found.value) == ("vendor_scores.csv", 6, "0.5")
    assert "the weights of the CTO for Alder sum to 0.5 in VS-1" in found.reason


def test_weights_that_differ_from_vendor_to_vendor() -> None:
    scores = [*TWO_CRITERIA]
    scores[2] = ("Birch", "CISO", "detection", 0.5, 2)
    scores[3] = ("Birch", "CISO", "evidence", 0.5, 4)

    found = vendor_findings(given(scores), window_of())

    assert [(each.code, each.line) for each in found] == [
        ("vendor_weights_differ", 4),
        ("vendor_weights_differ", 5),
    ]
    assert "the CISO weighs detection differently" in found[0].reason


def test_nothing_is_said_of_old_or_open_selections_or_without_scores() -> None:
    assert codes(TWO_CRITERIA, chosen_vendor="Alder", decided_on="2025-09-30") == []
    assert codes(TWO_CRITERIA, chosen_vendor="Alder", decided_on=None) == []
    some = tables(vendor_selections=[selection()])
    assert vendor_findings(some, window_of()) == ()


def test_every_code_is_explained() -> None:
    assert set(VENDOR_FAULTS) == set(VendorCode)
    assert all(str(code).startswith("vendor_") for code in VendorCode)
