"""What directors are likely to ask of a page, and what the record answers, by rule.

An answer holds figures, rows and commentary that are on record and nothing else; where there is
nothing on record, it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.model import Status
from board_report.story import formats, sentences
from board_report.story.briefing_decisions import decision_questions
from board_report.story.briefing_figures import absent_questions, metric_questions
from board_report.story.briefing_notes import (
    action_words,
    aim,
    dicts,
)
from board_report.story.briefing_page import Question
from board_report.story.briefing_targets import (
    ABSENT,
    LONG_MISSED,
    LONG_OFF,
    LOSS,
    MATTER,
    NEXT,
    WORSE,
    mending,
    missed_running,
)
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

_SEE_ABOVE = "For the rest, see the answer above."
_WORTH_POINTING = 2 * len(_SEE_ABOVE)

AT_MOST = 4
"""Questions of one page, beside those that the leaders prepared."""
OVERVIEWS = frozenset({"executive-summary", "escalations", "what-changed", "joint-kpis"})
"""Pages whose figures stand on pages of their own too, and are asked about there."""


def homes(pages: Sequence[Page]) -> dict[str, str]:
    """The page on which each figure is asked about: where it stands first in rank, by page id.

    A figure stands on several pages; it belongs to the one that names it earliest among its own,
    and to an overview only where no other page of the deck has it.
    """
    found: dict[str, tuple[bool, int, str]] = {}
    for page in pages:
        for at, metric_id in enumerate(page.metric_ids):
            place = (page.id in OVERVIEWS, at, page.id)
            if metric_id not in found or place[:2] < found[metric_id][:2]:
                found[metric_id] = place
    return {metric_id: page for metric_id, (_, _, page) in found.items()}


def questions_for(
    page: Page, facts: BoardFacts, ids: Sequence[str] | None = None
) -> tuple[Question, ...]:
    """Likely questions, those of the leaders first, filled up to four by rule, worst first.

    On the page of decisions the leaders' own take no other's place: what follows from a no is
    answered whatever else is.

    Args:
        page: of the deck.
        facts: what is on record.
        ids: the figures that are asked about on this page; all of its own when None.
    """
    own = tuple(_own(page, facts))
    asked = {each.text for each in own}
    known = [each for each in page.metric_ids if each in facts.figures.series]
    chosen = known if ids is None else [each for each in known if each in ids]
    found = sorted(
        (each for each in _by_rule(page, facts, known, chosen) if each.text not in asked),
        key=lambda each: each.rank,
    )
    taken = 0 if page.id == "decisions" else len(own)
    return (*own, *_said_once(found[: max(AT_MOST - taken, 0)]))


def _said_once(questions: Sequence[Question]) -> Iterator[Question]:
    """Each answer whole, but what several share only in the first of them."""
    said: set[str] = set()
    for each in questions:
        is_repeated = each.shared in said and len(each.shared) > _WORTH_POINTING
        end = _SEE_ABOVE if is_repeated else each.shared
        said.add(each.shared)
        yield Question(each.text, f"{each.answer} {end}".rstrip(), rank=each.rank)


def _own(page: Page, facts: BoardFacts) -> Iterator[Question]:
    commentary = facts.commentary.get(page.id)
    for each in getattr(commentary, "questions", ()) or ():
        text, answer = each[:2] if isinstance(each, tuple) else (each.question, each.answer)
        yield Question(text, answer or "No answer is on record.", is_own=True)


def _by_rule(
    page: Page, facts: BoardFacts, known: Sequence[str], chosen: Sequence[str]
) -> Iterator[Question]:
    if page.id == "decisions":
        yield from decision_questions(facts)
        return
    if page.id == "not-shown":
        yield from unknowable_question(page)
    elif page.id == "escalations":
        yield from matter_questions(page)
    elif page.id in OVERVIEWS:
        yield from longest_missed(known, facts)
        yield from got_worse(known, facts)
    if facts.measured_risk is not None and "loss_1_in_20" in chosen:
        yield from loss_questions(facts)
    yield from absent_questions(chosen, facts)
    for metric_id in chosen:
        yield from metric_questions(metric_id, page, facts)
    if not any(facts.status(each) is Status.OFF for each in chosen):
        yield from next_question(page)  # else the actions stand in the answer to what is missed


# --- the overview, and the loss ------------------------------------------------------------------


def longest_missed(ids: Sequence[str], facts: BoardFacts) -> Iterator[Question]:
    """On an overview: which of its figures have been off target longest."""
    runs = sorted(((missed_running(each, facts), each) for each in ids), key=lambda one: -one[0])
    longest = [one for one in runs if one[0] >= LONG_MISSED][:3]
    if not longest:
        return
    lines = [
        f"{facts.figures.spec(each).title}: {formats.count_words(count)} quarters, now at "
        f"{facts.text(each)} against {aim(facts, each)}."
        for count, each in longest
    ]
    yield Question(
        "Which of these have missed their target longest?", " ".join(lines), rank=LONG_OFF
    )


def got_worse(ids: Sequence[str], facts: BoardFacts) -> Iterator[Question]:
    """On an overview: which of its figures got worse, and whether they still meet their target."""
    worse = [each for each in ids if facts.is_worse(each)][:4]
    if not worse:
        return
    lines = [
        f"{facts.figures.spec(each).title}: {facts.text(each)}, from {facts.text(each, ago=1)} "
        f"last quarter; {facts.status(each).value}."
        for each in worse
    ]
    yield Question("What got worse since last quarter?", " ".join(lines), rank=WORSE)


def matter_questions(page: Page) -> Iterator[Question]:
    """Of each escalated matter: who answers for it, and what is done."""
    lines = dicts(page.body.get("lines"))
    labels = [each["label"] for each in lines]
    for at, each in enumerate(lines):
        which = f" (matter {at + 1})" if labels.count(each["label"]) > 1 else ""
        owner = {"Both": "Both leaders answer", "": "Nobody on record answers"}.get(
            each["owner"], f"{each['owner']} answers"
        )
        stood = f" ({each['stood']})" if each.get("stood") else ""
        since = f"It stands so since {each['since']}{stood}. " if each.get("since") else ""
        yield Question(
            f"{each['label']}{which}: who answers for it, and what is done?",
            f"{each['sentence'].rstrip('.')}. {since}{owner} for it.",
            mending(page),
            MATTER + at,
        )


def unknowable_question(page: Page) -> Iterator[Question]:
    """What no figure can tell, as the page of what is not shown says it."""
    said = [f"{each['what']}: {each['why']}" for each in dicts(page.body.get("unknowable"))]
    if said:
        yield Question("What can you not tell us, whatever the data?", " ".join(said), rank=ABSENT)


def next_question(page: Page) -> Iterator[Question]:
    """What will have been done by the next report: the actions of the page, the earliest first."""
    if not page.voices.does:
        return
    listed = "; ".join(action_words(each) for each in page.voices.does)
    ask = page.voices.needs
    detail = ask.detail.rstrip(".") if ask else ""
    shown = f" {detail}." if detail.lower().startswith("next report") else ""
    yield Question(
        "What will you have done by the next report?", f"On record: {listed}.{shown}", rank=NEXT
    )


def loss_questions(facts: BoardFacts) -> Iterator[Question]:
    """How sure we are of the loss in a bad year."""
    risk = facts.measured_risk
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
        least, most = (formats.money(each, facts.currency) for each in (top.loss_p10, top.loss_p90))
        said.append(
            f"{top.short_title}, the largest, would cost between {least} and {most} if it "
            "happens, eight times in ten."
        )
    said.append("Scenarios are taken as independent; a common cause would make a bad year worse.")
    if risk.unquantified:
        risks = formats.counted(risk.unquantified, "risk")
        have = "has" if risk.unquantified == 1 else "have"
        said.append(f"{sentences.capital(risks)} of the register {have} no estimate and no part.")
    yield Question(f"How sure are you of {loss} in one year of 20?", " ".join(said), rank=LOSS)
