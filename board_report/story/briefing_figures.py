"""What directors are likely to ask of one figure, and what the record answers, by rule.

An answer holds figures, rows and commentary that are on record and nothing else; where there is
nothing on record, it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.governance.decisions import Fate, fate_of
from board_report.governance.rows import day_of, plain_rows, text_of
from board_report.metrics.declare import Direction, Unit
from board_report.metrics.targets import target_records
from board_report.model import Change, MetricSeries, State, Status
from board_report.story import formats, sentences
from board_report.story.briefing_notes import (
    action_words,
    aim,
    ask_sentence,
    asks_something,
    cases_words,
    since_words,
    target_words,
)
from board_report.story.briefing_page import Question
from board_report.story.facts import BoardFacts
from board_report.story.page import Page
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import default_file

LONG_MISSED = 3
"""Quarters in a row from which on a missed target is asked about as such."""
MATTER, LONG_OFF, LOSS, OFF, RESTATED, WORSE, ABSENT, FEW, NEXT = range(10, 100, 10)
"""Ranks, worst first."""


def metric_questions(metric_id: str, page: Page, facts: BoardFacts) -> Iterator[Question]:
    """What one figure invites to ask; the first of missed, worse and few that holds."""
    yield from restated_questions(metric_id, facts)
    if not facts.now(metric_id).measured:
        return
    series = facts.series(metric_id)
    if series.status is Status.OFF:
        yield missed_question(metric_id, page, facts)
    elif facts.is_worse(metric_id):
        yield worse_question(metric_id, page, facts)
    elif _is_few(facts, series):
        yield few_question(metric_id, facts)


# --- off target ----------------------------------------------------------------------------------


def missed_question(metric_id: str, page: Page, facts: BoardFacts) -> Question:
    """Why a figure misses its target, since when, and what is on record to mend it."""
    name, quarters = _named(metric_id, facts), missed_running(metric_id, facts)
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
            _rests_on(metric_id, facts),
            worst_part(metric_id, facts),
            _promised(metric_id, facts),
        )
        if each
    )
    rank = LONG_OFF if quarters >= LONG_MISSED else OFF
    return Question(text, answer, mending(page), rank)


def _named(metric_id: str, facts: BoardFacts) -> str:
    """The figure's title as it stands in the deck, in quotation marks, for it may be a plural."""
    return f"“{facts.figures.spec(metric_id).title}”"


def _rests_on(metric_id: str, facts: BoardFacts) -> str:
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


# --- worse, few, restated, absent ----------------------------------------------------------------


def worse_question(metric_id: str, page: Page, facts: BoardFacts) -> Question:
    """Why a figure got worse, in the leaders' words where there are any."""
    name = _named(metric_id, facts)
    then, now = facts.text(metric_id, ago=1), facts.text(metric_id)
    judged = " ".join(
        f"On the page the {each.who} judges: {each.text.rstrip('.')}." for each in page.voices.means
    )
    answer = " ".join(
        each
        for each in (
            f"It was {then} last quarter and is {now}.",
            _rests_on(metric_id, facts),
            _against_target(metric_id, facts),
            worst_part(metric_id, facts),
        )
        if each
    )
    return Question(
        f"Why did {name} get worse, from {then} to {now}?",
        answer,
        judged or "The cause is not on record.",
        WORSE,
    )


def _against_target(metric_id: str, facts: BoardFacts) -> str:
    status, target = facts.status(metric_id), target_words(facts, metric_id)
    if status is Status.NONE or not target:
        return "It has no target."
    return f"It is still {status.value} ({target})."


def _is_few(facts: BoardFacts, series: MetricSeries) -> bool:
    minimum = facts.figures.spec(series.metric_id).minimum_n
    return series.change is Change.TOO_FEW or series.now.n < minimum


def few_question(metric_id: str, facts: BoardFacts) -> Question:
    """Whether a figure of few cases says anything."""
    spec = facts.figures.spec(metric_id)
    before = facts.ago(metric_id, 1)
    then = (
        f" Last quarter it was {facts.text(metric_id, ago=1)} on {formats.number(before.n)}."
        if before and before.measured
        else ""
    )
    return Question(
        f"Is {_named(metric_id, facts)} at {facts.text(metric_id)} a signal or noise?",
        f"It cannot be told: it rests on {cases_words(facts, metric_id)}, and below "
        f"{formats.count_words(spec.minimum_n)} cases in either quarter we call no move.{then}",
        rank=FEW,
    )


def restated_questions(metric_id: str, facts: BoardFacts) -> Iterator[Question]:
    """Figures that a board was shown and that read otherwise today, the latest quarter first."""
    series = facts.series(metric_id)
    values = {each.quarter: each for each in series.values}
    name = _named(metric_id, facts)
    for quarter in sorted(series.reported_before, key=str, reverse=True):
        was = facts.amount(series.reported_before[quarter], metric_id)
        if quarter not in values:
            continue
        now = formats.result(values[quarter], facts.unit(metric_id), facts.currency)
        if was == now:
            continue
        reason = _restatement(metric_id, str(quarter), facts)
        yield Question(
            f"You told us that {name} was {was} in {quarter}. Why does it read {now} today?",
            f"We reported {was}; on today’s records the same quarter gives {now}. "
            f"{reason or 'The reason is not on record.'}",
            rank=RESTATED,
        )


def _restatement(metric_id: str, quarter: str, facts: BoardFacts) -> str:
    for row in plain_rows(facts.rows("reported_figures")):
        if (text_of(row, "metric_id"), text_of(row, "quarter")) == (metric_id, quarter):
            reason = text_of(row, "restatement_reason")
            return f"{reason.rstrip('.')}." if reason else ""
    return ""


def absent_questions(ids: Sequence[str], facts: BoardFacts) -> Iterator[Question]:
    """Why figures of the page have no value, one question for each reason."""
    for state in (State.NOT_MEASURED, State.WITHHELD):
        found = [each for each in ids if facts.now(each).state is state]
        reasons: dict[str, list[str]] = {}
        for metric_id in found:
            reasons.setdefault(_why_absent(metric_id, facts), []).append(metric_id)
        for reason, members in reasons.items():
            names = [_named(each, facts) for each in members]
            if len(names) > 3:
                names = [*names[:2], f"{formats.count_words(len(names) - 2)} more"]
            yield Question(f"Why can you not tell us {formats.listed(names)}?", reason, rank=ABSENT)


def _why_absent(metric_id: str, facts: BoardFacts) -> str:
    now, spec = facts.now(metric_id), facts.figures.spec(metric_id)
    missing = [
        default_file(TABLES[name])
        for name in spec.tables
        if name in TABLES and not facts.tables.measured(name)
    ]
    if now.state is State.WITHHELD:
        return f"Withheld: {now.note or 'the data are too thin'}."
    note = f" {sentences.capital(now.note)}." if now.note else ""
    if not missing:
        return f"Not measured.{note or ' The reason is not on record.'}"
    return f"Not measured, because no data were given. It takes {formats.listed(missing)}."
