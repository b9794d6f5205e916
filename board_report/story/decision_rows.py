"""Rows of the decisions page: what is asked, what each leader recommends, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.decisions import advice_on, fate_of
from board_report.governance.rows import Row, day_of, text_of
from board_report.story import formats, sentences
from board_report.story.decision_register import MARKS, outcome_words, promises_of
from board_report.story.facts import BoardFacts


def recommendations(row: Row) -> dict[str, str]:
    """What each leader recommends; empty where there is no word of it."""
    return {
        "CISO": text_of(row, "recommendation_ciso"),
        "CTO": text_of(row, "recommendation_cto"),
    }


def leaders_differ(row: Row, options: Sequence[Row] = ()) -> bool:
    """Whether the two recommend different things, by the options they mark or by their words."""
    return advice_on(row, options).is_disputed


def asked_row(facts: BoardFacts, row: Row, recommended: str) -> dict[str, str]:
    """A decision asked, in words; ``recommended`` is what its row says of the advice."""
    decide_by = day_of(row, "decide_by")
    cost = row.get("cost")
    amount = formats.money(cost, facts.currency) if isinstance(cost, float | int) else ""
    words = text_of(row, "cost_words")
    return {
        "code": text_of(row, "decision_id"),
        "asked": text_of(row, "title"),
        "buys": text_of(row, "buys"),
        "cost": amount or words or "Not stated",
        "cost_is_amount": "yes" if amount else "",
        "cost_detail": words if amount else "",
        "otherwise": text_of(row, "if_not"),
        "owner": facts.surname(text_of(row, "owner_role")),
        "by": f"by {formats.day_short(decide_by)}" if decide_by else "",
        "recommended": recommended,
    }


def recommended_words(row: Row) -> str:
    """What each leader recommends, where they differ or it is more than "approve"."""
    said = {role: words for role, words in recommendations(row).items() if words}
    if not said:
        return ""
    if leaders_differ(row):
        return "; ".join(f"{role} {_plain(words)}" for role, words in said.items())
    words = next(iter(said.values()))
    if len(said) == 2:
        return "" if words.casefold() == "approve" else f"both {_plain(words)}"
    return f"{next(iter(said))} {_plain(words)}; no word of the other"


def _plain(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")


def fates_table(facts: BoardFacts, rows: Sequence[Row], density: int) -> dict[str, object]:
    """What became of earlier decisions, in rows of a height in points."""
    last = facts.project.quarter.previous
    inside = [row for row in rows if text_of(row, "quarter") == str(last)]
    decided = {day_of(row, "decided_on") for row in inside}
    day = next(iter(decided)) if len(decided) == 1 else None
    head = "What became of earlier decisions"
    if day and len(inside) == len(rows):
        head = f"What became of the decisions of {formats.day_long(day)}"
    said = {
        text_of(each.row, "decision_id"): (
            f"{sentences.capital(str(each.outcome))}: {outcome_words(facts, each)}"
        )
        for each in promises_of(facts, rows)
    }
    return {
        "head": head,
        "density": density,
        "rows": [_fate(facts, row, said.get(text_of(row, "decision_id"), "")) for row in rows],
        "none": "No decision was asked before.",
    }


def _fate(facts: BoardFacts, row: Row, outcome: str) -> dict[str, str]:
    fate = fate_of(row, facts.as_of)
    due = day_of(row, "due_on")
    return {
        "code": text_of(row, "decision_id"),
        "title": text_of(row, "title"),
        "owner": facts.surname(text_of(row, "owner_role")),
        "due": formats.day_short(due) if due and due.year == facts.as_of.year else formats.day(due),
        "status": MARKS[fate],
        "word": sentences.capital(str(fate)),
        "result": outcome or text_of(row, "result") or "–",
        "done": formats.day(day_of(row, "done_on")),
    }


def both_words(row: Row) -> dict[str, str]:
    """Both recommendations of one decision, in full."""
    said = recommendations(row)
    return {
        "code": text_of(row, "decision_id"),
        "ciso": said["CISO"] or "no word on record",
        "cto": said["CTO"] or "no word on record",
    }
