"""What directors are likely to ask of one figure, and what the record answers, by rule.

An answer holds figures, rows and commentary that are on record and nothing else; where there is
nothing on record, it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.metrics.signals import ALONE
from board_report.model import Change, MetricSeries, State, Status
from board_report.story import formats, sentences
from board_report.story.briefing_notes import (
    cases_words,
    target_words,
)
from board_report.story.briefing_page import Question
from board_report.story.briefing_targets import (
    ABSENT,
    FEW,
    RESTATED,
    WORSE,
    missed_question,
    named,
    rests_on,
    worst_part,
)
from board_report.story.facts import BoardFacts
from board_report.story.page import Page
from board_report.story.restated import now_text, restated, was_text
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import default_file


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
    elif facts.is_chance(metric_id):
        yield chance_question(metric_id, facts)
    elif _is_few(facts, series):
        yield few_question(metric_id, facts)


def worse_question(metric_id: str, page: Page, facts: BoardFacts) -> Question:
    """Why a figure got worse, in the leaders' words where there are any."""
    name = named(metric_id, facts)
    then, now = facts.text(metric_id, ago=1), facts.text(metric_id)
    judged = " ".join(
        f"On the page the {each.who} judges: {each.text.rstrip('.')}." for each in page.voices.means
    )
    answer = " ".join(
        each
        for each in (
            f"It was {then} last quarter and is {now}.",
            rests_on(metric_id, facts),
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
    why = (
        f"it rests on {cases_words(facts, metric_id)}, and below "
        f"{formats.count_words(spec.minimum_n)} cases in either quarter we call no move"
        if spec.minimum_n > 1
        else "too little came before it to know how far it moves by chance"
    )
    return Question(
        f"Is {named(metric_id, facts)} at {facts.text(metric_id)} a signal or noise?",
        f"It cannot be told: {why}.{then}",
        rank=FEW,
    )


def chance_question(metric_id: str, facts: BoardFacts) -> Question:
    """Whether a move that chance makes as well says anything."""
    now, then = facts.text(metric_id), facts.text(metric_id, ago=1)
    return Question(
        f"Is {named(metric_id, facts)} at {now}, after {then}, a signal or noise?",
        f"It is within chance: {_how_told(facts.series(metric_id))}. "
        "We call no move until it is more than that.",
        rank=FEW,
    )


def _how_told(series: MetricSeries) -> str:
    compared = series.compared
    if compared is None or compared.chance is None:
        return "it keeps within the limits that the quarters before have set"
    if compared.chance <= ALONE:
        return (
            f"chance alone makes as large a move in {formats.percent(compared.chance, 1)} of "
            "cases, and of as many figures as this report has, some do"
        )
    return f"chance alone makes as large a move in {formats.percent(compared.chance)} of cases"


def restated_questions(metric_id: str, facts: BoardFacts) -> Iterator[Question]:
    """Figures that a board was shown and that read otherwise today, the latest quarter first."""
    name = named(metric_id, facts)
    for each in restated(facts):
        if each.metric_id != metric_id:
            continue
        was, now = was_text(facts, each), now_text(facts, each)
        reason = f"{each.shown.reason.rstrip('.')}." if each.shown.reason else ""
        yield Question(
            f"You told us that {name} was {was} in {each.quarter}. Why does it read {now} today?",
            f"We reported {was}; on today’s records the same quarter gives {now}. "
            f"{reason or 'The reason is not on record.'}",
            rank=RESTATED,
        )


def absent_questions(ids: Sequence[str], facts: BoardFacts) -> Iterator[Question]:
    """Why figures of the page have no value, one question for each reason."""
    for state in (State.NOT_MEASURED, State.WITHHELD):
        found = [each for each in ids if facts.now(each).state is state]
        reasons: dict[str, list[str]] = {}
        for metric_id in found:
            reasons.setdefault(_why_absent(metric_id, facts), []).append(metric_id)
        for reason, members in reasons.items():
            names = [named(each, facts) for each in members]
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
