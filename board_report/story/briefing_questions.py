"""What directors are likely to ask of a page, and what the record answers, by rule.

An answer holds figures, rows and commentary that are on record and nothing else; where there is
nothing on record, it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.governance.rows import day_of, plain_rows, text_of
from board_report.metrics.declare import Direction
from board_report.metrics.targets import target_records
from board_report.model import Change, MetricSeries, State, Status
from board_report.story import formats, sentences
from board_report.story.briefing_decisions import decision_questions
from board_report.story.briefing_notes import (
    action_words,
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

AT_MOST = 4
"""Questions of one page, beside those that the leaders prepared."""
LONG_MISSED = 3
"""Quarters in a row from which on a missed target is asked about as such."""
OVERVIEWS = frozenset({"executive-summary", "what-changed", "joint-kpis"})
"""Pages whose figures stand on pages of their own too, and are asked about there."""

LONG_OFF, LOSS, OFF, RESTATED, WORSE, ABSENT, FEW = 20, 30, 40, 50, 60, 70, 80
"""Ranks, worst first."""



def questions_for(page: Page, facts: BoardFacts, elsewhere: frozenset[str]) -> tuple[Question, ...]:
    """Likely questions, those of the leaders first and then at most four by rule, worst first.

    Args:
        page: of the deck.
        facts: what is on record.
        elsewhere: metrics that another page of the deck is about; an overview leaves them to it.
    """
    own = tuple(_own(page, facts))
    asked = {each.text for each in own}
    found = sorted(
        (each for each in _by_rule(page, facts, elsewhere) if each.text not in asked),
        key=lambda each: each.rank,
    )
    return (*own, *found[: max(AT_MOST - len(own), 0)])


def _own(page: Page, facts: BoardFacts) -> Iterator[Question]:
    commentary = facts.commentary.get(page.id)
    for each in getattr(commentary, "questions", ()) or ():
        text, answer = each if isinstance(each, tuple) else (each.question, each.answer)
        yield Question(text, answer or "No answer is on record.", is_own=True)


def _by_rule(page: Page, facts: BoardFacts, elsewhere: frozenset[str]) -> Iterator[Question]:
    if page.id == "decisions":
        yield from decision_questions(facts)
        return
    ids = [each for each in page.metric_ids if each in facts.figures.series]
    if page.id in OVERVIEWS:
        yield from longest_missed(ids, facts)
        ids = [each for each in ids if each not in elsewhere]
    if facts.risk is not None and "loss_1_in_20" in ids:
        yield from loss_questions(facts)
    yield from absent_questions(ids, facts)
    for metric_id in ids:
        yield from metric_questions(metric_id, page, facts)


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
    name = sentences.within(facts.figures.spec(metric_id).title)
    value, target = facts.text(metric_id), target_words(facts, metric_id)
    quarters = missed_running(metric_id, facts)
    if quarters >= LONG_MISSED:
        text = (
            f"{sentences.capital(name)} has missed its target for {formats.count_words(quarters)} "
            f"quarters running. Why is it at {value} against {target}, and when will it be met?"
        )
    else:
        text = f"Why is {name} at {value} against {target}, and when will it be met?"
    answer = " ".join(
        each
        for each in (
            _streak(metric_id, quarters, facts),
            _history(metric_id, facts),
            f"It rests on {cases_words(facts, metric_id)}.",
            worst_part(metric_id, facts),
            _mending(metric_id, page, facts),
        )
        if each
    )
    return Question(text, answer, LONG_OFF if quarters >= LONG_MISSED else OFF)


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


def _mending(metric_id: str, page: Page, facts: BoardFacts) -> str:
    """Actions and promises on record, and plainly where there are none."""
    actions = "; ".join(action_words(each) for each in page.voices.does)
    promise, has_date = _promise(metric_id, facts)
    said = [
        f"Actions on this page: {actions}." if actions else "No action is on record on this page.",
        promise,
        ask_sentence(page) if asks_something(page) else "",
        "" if has_date else "A date by which the target will be met is not on record.",
    ]
    return " ".join(each for each in said if each)


def _promise(metric_id: str, facts: BoardFacts) -> tuple[str, bool]:
    """What an open decision is to bring for this figure, and whether it says by when."""
    for row in plain_rows(facts.rows("decisions")):
        value = row.get("promised_value")
        if text_of(row, "promised_metric_id") != metric_id or not isinstance(value, int | float):
            continue
        if text_of(row, "state") not in ("asked", "approved"):
            continue
        due = day_of(row, "due_on")
        by = f" by {formats.day(due)}" if due else ""
        amount = facts.amount(float(value), metric_id)
        return f"{text_of(row, 'decision_id')} is to bring it to {amount}{by}.", due is not None
    return "", False


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
    name = sentences.within(facts.figures.spec(metric_id).title)
    then, now = facts.text(metric_id, ago=1), facts.text(metric_id)
    judged = " ".join(
        f"The {each.who} says on the page: {each.text.rstrip('.')}." for each in page.voices.means
    )
    answer = " ".join(
        each
        for each in (
            f"It was {then} last quarter and is {now}, on {cases_words(facts, metric_id)}.",
            _against_target(metric_id, facts),
            worst_part(metric_id, facts),
            judged or "The cause is not on record.",
        )
        if each
    )
    return Question(f"Why did {name} get worse, from {then} to {now}?", answer, WORSE)


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
        f"Is {sentences.within(spec.title)} at {facts.text(metric_id)} a signal or noise?",
        f"It cannot be told: it rests on {cases_words(facts, metric_id)}, and below "
        f"{formats.count_words(spec.minimum_n)} cases in either quarter we call no move.{then}",
        FEW,
    )


def restated_questions(metric_id: str, facts: BoardFacts) -> Iterator[Question]:
    """Figures that a board was shown and that read otherwise today, the latest quarter first."""
    series = facts.series(metric_id)
    values = {each.quarter: each for each in series.values}
    name = sentences.within(facts.figures.spec(metric_id).title)
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
            RESTATED,
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
            names = [sentences.within(facts.figures.spec(each).title) for each in members]
            if len(names) > 3:
                names = [*names[:2], f"{formats.count_words(len(names) - 2)} more"]
            yield Question(f"Why can you not tell us {formats.listed(names)}?", reason, ABSENT)


def _why_absent(metric_id: str, facts: BoardFacts) -> str:
    now, spec = facts.now(metric_id), facts.figures.spec(metric_id)
    missing = [
        default_file(TABLES[name])
        for name in spec.tables
        if name in TABLES and not facts.tables.measured(name)
    ]
    if now.state is State.WITHHELD:
        return f"It is withheld: {now.note or 'the data are too thin'}."
    note = f" {sentences.capital(now.note)}." if now.note else ""
    if not missing:
        return f"It is not measured.{note or ' The reason is not on record.'}"
    return f"It is not measured, because no data were given. It takes {formats.listed(missing)}."


# --- the overview, and the loss ------------------------------------------------------------------


def longest_missed(ids: Sequence[str], facts: BoardFacts) -> Iterator[Question]:
    """On an overview: which of its figures have been off target longest."""
    runs = sorted(
        ((missed_running(each, facts), each) for each in ids), key=lambda one: -one[0]
    )
    longest = [one for one in runs if one[0] >= LONG_MISSED][:3]
    if not longest:
        return
    lines = [
        f"{facts.figures.spec(each).title}: {formats.count_words(count)} quarters, now at "
        f"{facts.text(each)} against {target_words(facts, each)}."
        for count, each in longest
    ]
    yield Question(
        "Which of these have missed their target longest?", " ".join(lines), LONG_OFF
    )


def loss_questions(facts: BoardFacts) -> Iterator[Question]:
    """How sure we are of the loss in a bad year."""
    risk = facts.risk
    if risk is None:
        return
    loss = formats.money(risk.loss_1_in_20, facts.currency)
    low, high = (formats.money(each, facts.currency) for each in risk.loss_1_in_20_error)
    said = [
        f"It is read from {formats.number(risk.trials)} simulated years. Chance in the simulation "
        f"alone puts it between {low} and {high}, 19 times in 20.",
        "What we do not know of the world weighs more: each scenario is a range.",
    ]
    if risk.top:
        top = risk.top[0]
        least, most = (
            formats.money(each, facts.currency) for each in (top.loss_p10, top.loss_p90)
        )
        said.append(
            f"{top.short_title}, the largest, would cost between {least} and {most} if it "
            "happens, eight times in ten."
        )
    said.append("Scenarios are taken as independent; a common cause would make a bad year worse.")
    if risk.unquantified:
        risks = formats.counted(risk.unquantified, "risk")
        have = "has" if risk.unquantified == 1 else "have"
        said.append(f"{sentences.capital(risks)} of the register {have} no estimate and no part.")
    yield Question(f"How sure are you of {loss} in one year of 20?", " ".join(said), LOSS)
