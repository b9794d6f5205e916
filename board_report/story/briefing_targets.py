"""What directors are likely to ask of a figure that misses its target, by rule.

An answer holds figures, rows and commentary that are on record and nothing else; where there is
nothing on record, it says so.
"""

from __future__ import annotations

from board_report.governance.decisions import Fate, fate_of
from board_report.governance.rows import day_of, plain_rows, text_of
from board_report.metrics.declare import Direction, Unit
from board_report.metrics.targets import target_records
from board_report.story import formats, sentences
from board_report.story.briefing_notes import (
    action_words,
    aim,
    ask_sentence,
    asks_something,
    cases_words,
    since_words,
)
from board_report.story.briefing_page import Question
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

LONG_MISSED = 3
"""Quarters in a row from which on a missed target is asked about as such."""
MATTER, LONG_OFF, LOSS, OFF, RESTATED, WORSE, ABSENT, FEW, NEXT = range(10, 100, 10)
"""Ranks, worst first."""


def missed_question(metric_id: str, page: Page, facts: BoardFacts) -> Question:
    """Why a figure misses its target, since when, and what is on record to mend it."""
    name, quarters = named(metric_id, facts), missed_running(metric_id, facts)
    against = f"{facts.text(metric_id)} against a target of {aim(facts, metric_id)}"
    if quarters >= LONG_MISSED:
        text = (
            f"{name} has missed its target for {formats.count_words(quarters)} quarters running. "
            f"Why is it at {against}, and when will it be met?"
        )
    else:
        text = f"Why is {name} at {against}, and when will it be met?"
    answer = " ".join(
        each
        for each in (
            _streak(metric_id, quarters, facts),
            _history(metric_id, facts),
            rests_on(metric_id, facts),
            worst_part(metric_id, facts),
            _promised(metric_id, facts),
        )
        if each
    )
    rank = LONG_OFF if quarters >= LONG_MISSED else OFF
    return Question(text, answer, mending(page), rank)


def named(metric_id: str, facts: BoardFacts) -> str:
    """The figure's title as it stands in the deck, in quotation marks, for it may be a plural."""
    return f"“{facts.figures.spec(metric_id).title}”"


def rests_on(metric_id: str, facts: BoardFacts) -> str:
    """What a figure counts; nothing for a count, which says so itself."""
    if facts.unit(metric_id) is Unit.COUNT:
        return ""
    return f"It rests on {cases_words(facts, metric_id)}."


def missed_running(metric_id: str, facts: BoardFacts) -> int:
    """Quarters off target without a break, up to the one reported on."""
    records = {each.metric_id: each for each in target_records(facts.figures)}
    return records[metric_id].missed_running if metric_id in records else 0


def _streak(metric_id: str, quarters: int, facts: BoardFacts) -> str:
    shown = len(facts.windows)
    if quarters == shown > 1:
        return f"It has been off target in all {formats.count_words(shown)} quarters shown."
    if quarters > 1:
        return f"It has been off target for {formats.count_words(quarters)} quarters running."
    before = facts.ago(metric_id, 1)
    return "It was not off target last quarter." if before and before.measured else ""


def _history(metric_id: str, facts: BoardFacts) -> str:
    """``It is up from 46 h last quarter; a year ago it was 52 h.``"""
    since = since_words(facts, metric_id).removeprefix(", ")
    words = {
        "as last quarter": "It stands as last quarter",
        "with no value last quarter": "There is no value of last quarter",
    }.get(since, f"It is {since}")
    ago = facts.ago(metric_id, 4)
    if ago is None or not ago.measured:
        return f"{words}."
    return f"{words}; a year ago it was {facts.text(metric_id, ago=4)}."


def mending(page: Page) -> str:
    """Actions on record and what is asked, and plainly where there is no action."""
    actions = "; ".join(action_words(each) for each in page.voices.does)
    asked = f" {ask_sentence(page)}" if asks_something(page) else ""
    return f"{f'Actions: {actions}.' if actions else 'No action is on record.'}{asked}"


def _promised(metric_id: str, facts: BoardFacts) -> str:
    """What an open decision is to bring for this figure, and by when; plainly where there is none.

    A date is on record only where a decision promises the figure by one.
    """
    for row in plain_rows(facts.rows("decisions")):
        value = row.get("promised_value")
        if text_of(row, "promised_metric_id") != metric_id or not isinstance(value, int | float):
            continue
        due = day_of(row, "due_on")
        fate = fate_of(row, facts.as_of)
        if fate not in (Fate.UNDECIDED, Fate.UNDER_WAY, Fate.LATE) or due is None:
            continue
        code, amount = text_of(row, "decision_id"), facts.amount(float(value), metric_id)
        if fate is Fate.LATE:
            result = text_of(row, "result").rstrip(".")
            known = f": {sentences.within(result)}" if result else ""
            return f"{code} was to bring it to {amount} by {formats.day(due)} and is late{known}."
        return f"{code} is to bring it to {amount} by {formats.day(due)}."
    return "A date by which the target will be met is not on record."


def worst_part(metric_id: str, facts: BoardFacts) -> str:
    """The worst of the parts by which a figure is also given; empty where it has none to compare.

    Only where more is plainly better or worse, and the parts are no addends of the whole.
    """
    spec = facts.figures.spec(metric_id)
    if spec.adds_up or spec.direction is Direction.NEITHER:
        return ""
    for column in spec.splits:
        parts = facts.figures.slices.get((metric_id, column), {})
        known = {
            label: each.now.value
            for label, each in parts.items()
            if each.now.value is not None and each.now.n >= max(spec.minimum_n, 1)
        }
        if len(known) < 2 or len(set(known.values())) < 2:
            continue
        pick = min if spec.direction is Direction.UP else max
        label = pick(known, key=lambda each: known[each])
        value = facts.amount(known[label], metric_id)
        by, named = column.replace("_", " "), label.replace("_", " ")
        return f"By {by} it is worst for {named}, at {value}."
    return ""
