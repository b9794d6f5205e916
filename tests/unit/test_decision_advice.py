"""What is said of the two leaders' advice, and of one person who is both."""

from __future__ import annotations

from board_report.governance.decisions import advice_on
from board_report.governance.rows import Row
from board_report.story.decision_options import advice_words
from board_report.story.decision_words import options_context

ROW: Row = {
    "decision_id": "D-1",
    "recommendation_ciso": "Approve",
    "recommendation_cto": "Approve",
}


def option(letter: str, ciso: bool, cto: bool) -> Row:
    return {
        "decision_id": "D-1",
        "option": letter,
        "title": letter,
        "is_recommended_by_ciso": ciso,
        "is_recommended_by_cto": cto,
    }


def test_two_leaders_agree_and_one_person_does_not_agree_with_themselves() -> None:
    advice = advice_on(ROW, [option("A", True, True), option("B", False, False)])
    assert advice_words(advice) == "Both recommend A"
    assert advice_words(advice, "Renwick") == "Renwick recommends A"
    assert options_context([ROW], [advice]) == "The CISO and the CTO recommend the same on it."
    assert options_context([ROW], [advice], "T. Renwick") == (
        "T. Renwick is CISO and CTO: no second officer has weighed these options."
    )


def test_two_leaders_who_mark_different_options_differ() -> None:
    advice = advice_on(ROW, [option("A", True, False), option("B", False, True)])
    assert advice_words(advice).startswith("The leaders differ: CISO A")
    assert "differ on D-1" in options_context([ROW], [advice])
