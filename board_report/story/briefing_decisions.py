"""What directors are likely to ask of the decisions that are put to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.governance.rows import Row, flag_of, plain_rows, text_of
from board_report.story import formats, sentences
from board_report.story.briefing_page import Question
from board_report.story.decision_rows import leaders_differ, recommendations
from board_report.story.facts import BoardFacts

DISAGREE, IF_NOT = 10, 90
"""Ranks beside those of the other questions; a decision's own stand in its order."""


def decision_questions(facts: BoardFacts) -> Iterator[Question]:
    """Whether the two leaders agree, and what follows from saying no to each decision."""
    quarter = str(facts.project.quarter)
    rows = [
        row for row in plain_rows(facts.rows("decisions")) if text_of(row, "quarter") == quarter
    ]
    options = plain_rows(facts.rows("decision_options"))
    if rows and not facts.has_one_leader:
        yield _agreement(rows, options)
    for at, row in enumerate(rows):
        yield _if_not(row, options, facts, at)


def _agreement(rows: Sequence[Row], options: Sequence[Row]) -> Question:
    """Both recommendations of each decision on which the two differ, judged as on the page."""
    differ = [row for row in rows if leaders_differ(row, options)]
    silent = [row for row in rows if not all(recommendations(row).values())]
    said = [f"On {text_of(row, 'decision_id')} {_both(row)}" for row in differ]
    said += [
        f"On {text_of(row, 'decision_id')} there is no recommendation of the {who} on record."
        for row in silent
        for who, words in recommendations(row).items()
        if not words
    ]
    agreed = [text_of(row, "decision_id") for row in rows if row not in differ + silent]
    if agreed:
        words = {next(iter(recommendations(row).values())).lower() for row in rows
                 if text_of(row, "decision_id") in agreed}  # fmt: skip
        same = f" ({next(iter(words))})" if len(words) == 1 else ""
        said.append(f"On {formats.listed(agreed)} both recommend the same{same}.")
    return Question("Do the two of you agree with each other?", " ".join(said), rank=DISAGREE)


def _both(row: Row) -> str:
    return (
        " and ".join(
            f"the {who} recommends: {sentences.within(words.rstrip('.'))}"
            for who, words in recommendations(row).items()
            if words
        )
        + "."
    )


def _if_not(row: Row, options: Sequence[Row], facts: BoardFacts, at: int) -> Question:
    code = text_of(row, "decision_id")
    otherwise = text_of(row, "if_not").rstrip(".")
    choices = [each for each in options if text_of(each, "decision_id") == code]
    listed = " ".join(_option(each, facts) for each in choices)
    return Question(
        f"What if we say no to {code}, and what are the alternatives?",
        f"{otherwise or 'What follows is not on record'}. "
        f"{listed or 'No alternative is on record.'}",
        rank=IF_NOT + at,
    )


def _option(row: Row, facts: BoardFacts) -> str:
    """``B: Fund laboratories only. $1.1M. Laboratory losses shrink; warehouses stay.``"""
    cost = row.get("cost")
    amount = formats.money(cost, facts.currency) if isinstance(cost, int | float) else ""
    price = amount or text_of(row, "cost_words") or "Cost not on record"
    backers = [
        role
        for role, column in (
            ("CISO", "is_recommended_by_ciso"),
            ("CTO", "is_recommended_by_cto"),
        )
        if flag_of(row, column)
    ]
    advised = f" Recommended by the {formats.listed(backers)}." if backers else ""
    parts = (text_of(row, "title"), price, text_of(row, "risk_effect"))
    body = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{text_of(row, 'option')}: {body}.{advised}"
