"""Speaker notes: the leaders' own words, else what follows from the page by rule."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from board_report.governance.rows import plain_rows, text_of
from board_report.metrics.declare import Unit
from board_report.model import Status
from board_report.story import formats, sentences
from board_report.story.briefing_page import FigureLine, Notes
from board_report.story.decision_rows import asked_row
from board_report.story.facts import BoardFacts
from board_report.story.page import Action, Page

WORDS_A_MINUTE = 150
MOVED_MOST = 3
"""Figures that a speaker names, and that stand under the notes."""
_NOTHING = "nothing today"


def notes_for(page: Page, facts: BoardFacts) -> Notes:
    """What to say to a page in 60 to 90 seconds."""
    commentary = facts.commentary.get(page.id)
    own = tuple(getattr(commentary, "notes", ()) or ())
    paragraphs = own or _by_rule(page, facts)
    words = sum(len(each.split()) for each in paragraphs)
    seconds = math.ceil(words * 60 / WORDS_A_MINUTE / 5) * 5
    return Notes(paragraphs, is_own=bool(own), seconds=seconds)


def _by_rule(page: Page, facts: BoardFacts) -> tuple[str, ...]:
    voices = page.voices
    said = (
        f"{page.title.rstrip('.')}.",
        " ".join(_points(page, facts)),
        " ".join(_ended(each.text) for each in voices.facts),
        " ".join(f"The {each.who} judges: {_ended(each.text)}" for each in voices.means),
        actions_sentence(voices.does),
        " ".join(f"The {each.who} recommends: {_ended(each.text)}" for each in voices.recommends),
        ask_sentence(page),
    )
    return tuple(each for each in said if each)


def _points(page: Page, facts: BoardFacts) -> list[str]:
    """What a page has to say beside its title: decisions, matters, messages, else its figures."""
    if page.id == "decisions":
        return decisions_asked(facts)
    if page.id == "escalations":
        return [_ended(each["sentence"]) for each in dicts(page.body.get("lines"))[:MOVED_MOST]]
    if page.id == "not-shown":
        rows = dicts(page.body.get("rows"))[:MOVED_MOST]
        return [f"{each['what']}, {each['shown']}: {_ended(each['why'])}" for each in rows]
    messages = [
        f"{_ended(each['head'])} {_ended(each['text'])}"
        for each in dicts(page.body.get("messages"))
        if "head" in each and "text" in each
    ]
    return messages or [figure_sentence(facts, each) for each in moved_most(page, facts)]


def dicts(value: object) -> list[Mapping[str, str]]:
    """The rows of a page's body under some key; none where there is no such list."""
    rows = value if isinstance(value, list | tuple) else []
    return [each for each in rows if isinstance(each, Mapping)]


def decisions_asked(facts: BoardFacts) -> list[str]:
    """Each decision asked this quarter in a sentence: what, what it costs and what it buys."""
    quarter = str(facts.project.quarter)
    rows = [
        asked_row(facts, row, "")
        for row in plain_rows(facts.rows("decisions"))
        if text_of(row, "quarter") == quarter
    ]
    return [
        f"{row['code']}: {_ended(row['asked'])} Cost: {_ended(sentences.within(row['cost']))} "
        f"It buys: {_ended(sentences.within(row['buys']))}"
        for row in rows
    ]


def figure_sentence(facts: BoardFacts, metric_id: str) -> str:
    """``Time to detect: 19 h, down from 23 h last quarter; the target is at most ...``."""
    title = facts.figures.spec(metric_id).title
    target = target_words(facts, metric_id)
    aim = f"; the target is {target}" if target else ""
    return f"{title}: {facts.text(metric_id)}{since_words(facts, metric_id)}{aim}."


def since_words(facts: BoardFacts, metric_id: str) -> str:
    """``, down from 23 h last quarter``; says so where the two cannot be told apart."""
    now, before = facts.now(metric_id), facts.ago(metric_id, 1)
    if before is None or before.value is None or now.value is None:
        return ", with no value last quarter"
    then = facts.text(metric_id, ago=1)
    if then == facts.text(metric_id):
        return ", as last quarter"
    if facts.is_chance(metric_id):
        return f", no clear change from {then} last quarter"
    if not facts.is_told(metric_id):
        return f", against {then} last quarter, which it cannot be compared with"
    return f", {'up' if now.value > before.value else 'down'} from {then} last quarter"


def target_words(facts: BoardFacts, metric_id: str) -> str:
    """``at most 24 h``, ``at least 95%``, ``0``; empty without a target."""
    target = facts.series(metric_id).target
    if target is None:
        return ""
    if not target.at_least and target.value == 0:
        return aim(facts, metric_id)
    return f"{'at least' if target.at_least else 'at most'} {aim(facts, metric_id)}"


def aim(facts: BoardFacts, metric_id: str) -> str:
    """The target's value as it reads in a sentence, ``24 h``; empty without a target."""
    target = facts.series(metric_id).target
    return facts.amount(target.value, metric_id).replace(".0", "") if target else ""


def cases_words(facts: BoardFacts, metric_id: str) -> str:
    """``15 incidents detected in the quarter``: what the figure rests on."""
    return f"{formats.number(facts.now(metric_id).n)} {facts.figures.spec(metric_id).denominator}"


def actions_sentence(actions: Sequence[Action]) -> str:
    """What we do, by whom and by when; empty where no action is on record."""
    if not actions:
        return ""
    listed = "; ".join(action_words(each) for each in actions)
    return f"What we do: {listed}."


def action_words(action: Action) -> str:
    """``Rehearse clean-room recovery (Renwick, 15 Dec 2026)``."""
    who = ", ".join(each for each in (action.owner, action.by) if each)
    return f"{action.text.rstrip('.')}{f' ({who})' if who else ''}"


def asks_something(page: Page) -> bool:
    """Whether the page asks the board for anything."""
    ask = page.voices.needs
    return ask is not None and not ask.text.lower().startswith(_NOTHING)


def ask_sentence(page: Page) -> str:
    """What we ask of the board, or that we ask nothing; empty where the page does not say."""
    ask = page.voices.needs
    if ask is None:
        return ""
    detail = f" ({ask.detail.rstrip('.')})" if ask.detail else ""
    if not asks_something(page):
        return f"We ask nothing today{detail}."
    return f"We ask the Board: {sentences.within(ask.text.rstrip('.'))}{detail}."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


# --- figures to have at hand ---------------------------------------------------------------------


def moved_most(page: Page, facts: BoardFacts, count: int = MOVED_MOST) -> tuple[str, ...]:
    """The figures of a page that moved most, and then those that miss their target.

    The move is taken relative to the larger of the two values, so that hours and shares can be
    set beside one another; a move that vanishes in print, or of too few cases, is none.
    """
    measured = [each for each in _known(page, facts) if facts.now(each).measured]
    moved = sorted(
        (each for each in measured if _move(facts, each) > 0),
        key=lambda each: -_move(facts, each),
    )
    off = [each for each in measured if facts.status(each) is Status.OFF]
    return tuple(dict.fromkeys([*moved, *off, *measured]))[:count]


def _known(page: Page, facts: BoardFacts) -> list[str]:
    return [each for each in page.metric_ids if each in facts.figures.series]


def _move(facts: BoardFacts, metric_id: str) -> float:
    """How far it moved since the last quarter, 0 to 2; sorts figures and is never printed."""
    series = facts.series(metric_id)
    before = series.before
    if not facts.is_told(metric_id) or before is None:
        return 0.0
    if series.now.value is None or before.value is None:
        return 0.0
    if facts.bare(metric_id) == facts.bare(metric_id, ago=1):
        return 0.0
    most = max(abs(series.now.value), abs(before.value))
    return abs(series.now.value - before.value) / most if most else 0.0


def figure_lines(page: Page, facts: BoardFacts) -> tuple[FigureLine, ...]:
    """The same figures as a table, with what each rests on."""
    return tuple(_line(facts, each) for each in moved_most(page, facts))


def _line(facts: BoardFacts, metric_id: str) -> FigureLine:
    ago = facts.ago(metric_id, 4)
    has_cases = facts.unit(metric_id) is not Unit.COUNT
    return FigureLine(
        title=facts.figures.spec(metric_id).title,
        value=facts.text(metric_id),
        target=facts.target_text(metric_id) or "none",
        change=facts.change_text(metric_id),
        year_ago=facts.text(metric_id, ago=4) if ago and ago.measured else "–",
        cases=cases_words(facts, metric_id) if has_cases else "",
    )
