"""What the board is asked to decide, and what became of what it decided last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from board_report.governance.decisions import Fate, fate_of
from board_report.governance.rows import Row, plain_rows, text_of
from board_report.story import formats, sentences
from board_report.story.decision_rows import (
    asked_row,
    both_words,
    fates_table,
    leaders_differ,
    recommendations,
    recommended_words,
)
from board_report.story.facts import BoardFacts
from board_report.story.left_out import is_left_out
from board_report.story.page import Page

ASKED_SHOWN = 5
BODY = 334.0
"""Points of the body box that may be filled."""
_HEAD, _GAP, _FATE_HEAD = 25.0, 16.0, 25.0
_ROW, _SINGLE, _NOTHING = 58.0, 128.0, 30.0
_FATE_ROWS = (35, 22, 18)
_FATES_A_PAGE = 8
_FATES_WITH_WORDS = 7
_CONTEXT = 150
"""Letters of the context line."""
_ORDER = (
    (Fate.DONE, "done"),
    (Fate.DONE_LATE, "done late"),
    (Fate.LATE, "late"),
    (Fate.UNDER_WAY, "under way"),
    (Fate.DEFERRED, "deferred"),
    (Fate.DECLINED, "declined"),
    (Fate.UNDECIDED, "undecided"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; a second one for the earlier decisions where the first has no room for them.

    There is none where no list of decisions was given and no leader wrote of them.
    """
    if is_left_out(facts, "decisions"):
        return ()
    rows = plain_rows(facts.rows("decisions"))
    last = str(facts.project.quarter.previous)
    asked = [row for row in rows if text_of(row, "quarter") == str(facts.project.quarter)]
    before = [row for row in rows if text_of(row, "quarter") == last]
    left = [row for row in rows if _is_left_over(row, last, facts.as_of)]
    closed = sorted(
        (row for row in rows if text_of(row, "quarter") < last and row not in left),
        key=lambda row: text_of(row, "quarter"),
        reverse=True,
    )
    followed = [*before, *left]
    room = _room(asked)
    density = 0 if _needs_words(asked) else _density(room, len(followed))
    shown = [*followed, *closed][: max(int(room // density), 1)] if density else []
    first = Page(
        id="decisions",
        section="Decisions",
        title=_title(facts, asked, before),
        context=_context(asked),
        owners=facts.owner("CISO", "CTO"),
        sources=_sources(facts),
        body={
            "asked": [asked_row(facts, row, _pointer(row, asked)) for row in asked[:ASKED_SHOWN]],
            "rest": _rest(asked),
            "words": [],
            "nothing": None if asked else _nothing(facts, shown),
            "fates": fates_table(facts, shown, density) if density and (shown or asked) else None,
        },
    )
    return (first,) if density else (first, *_follow_up(facts, asked, before, followed))


def _room(asked: Sequence[Row]) -> float:
    """Points that the lower table's rows may take under the upper table."""
    if not asked:
        above = _NOTHING
    elif len(asked) == 1:
        above = _SINGLE
    else:
        above = _HEAD + _ROW * min(len(asked), ASKED_SHOWN) + (20 if _rest(asked) else 0)
    return BODY - above - _GAP - _FATE_HEAD


def _density(room: float, fates: int) -> int:
    """Height of a row of the lower table; 0 where it does not fit under the upper one."""
    return next((height for height in _FATE_ROWS if max(fates, 1) * height <= room), 0)


def _is_left_over(row: Row, last: str, as_of: date) -> bool:
    """Agreed before the last quarter and still not carried out."""
    return text_of(row, "quarter") < last and fate_of(row, as_of) in (Fate.LATE, Fate.UNDER_WAY)


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, asked: Sequence[Row], before: Sequence[Row]) -> str:
    if not facts.tables.measured("decisions"):
        return "What was asked of the Board is not on record: no list of decisions was given"
    number = formats.counted(len(asked), "decision")
    start = f"{sentences.capital(number)} {'is' if len(asked) == 1 else 'are'} asked today"
    if not before:
        return f"{start}; none was asked last quarter"
    return f"{start}; {_became([fate_of(row, facts.as_of) for row in before])}"


def _became(fates: Sequence[Fate]) -> str:
    """``of last quarter's five, three are done, one is late and one is deferred``."""
    counts = [(fates.count(fate), words) for fate, words in _ORDER if fate in fates]
    if len(fates) == 1:
        return f"the one of last quarter is {counts[0][1]}"
    if len(counts) == 1:
        number = "both" if len(fates) == 2 else f"all {formats.count_words(len(fates))}"
        return f"{number} of last quarter are {counts[0][1]}"
    said = [
        f"{formats.count_words(count)} {'is' if count == 1 else 'are'} {words}"
        for count, words in counts
    ]
    return f"of last quarter’s {formats.count_words(len(fates))}, {formats.listed(said)}"


def _context(asked: Sequence[Row]) -> str:
    """What the two leaders recommend, in full where a line holds it."""
    if not asked:
        return ""
    said = [(text_of(row, "decision_id"), recommended_words(row)) for row in asked]
    notable = [f"{number}: {words}." for number, words in said if words]
    if notable:
        apart = [text_of(row, "decision_id") for row in asked if leaders_differ(row)]
        start = "The leaders differ. " if apart else ""
        whole = f"{start}{' '.join(notable)}"
        if len(whole) <= _CONTEXT:
            return whole
        if len(asked) == 1:
            return "The CISO and the CTO differ." if apart else ""
        if apart:
            return f"The CISO and the CTO differ on {_named(apart)}: next page."
        return "What the CISO and the CTO recommend stands on the next page."
    if not all(all(recommendations(row).values()) for row in asked):
        return "No recommendation of the CISO or the CTO is on record."
    which = {1: "it", 2: "both"}.get(len(asked), f"all {formats.count_words(len(asked))}")
    return f"The CISO and the CTO recommend {which}."


def _needs_words(asked: Sequence[Row]) -> bool:
    """Whether the recommendations go on the next page, because the context cannot hold them."""
    context = _context(asked)
    return len(asked) > 1 and any(words not in context for words in map(recommended_words, asked))


def _pointer(row: Row, asked: Sequence[Row]) -> str:
    """What a row says of its recommendations: all of it on a row alone, else where to read it."""
    if len(asked) == 1:
        return recommended_words(row) if recommended_words(row) not in _context(asked) else ""
    if not _needs_words(asked) or not recommended_words(row):
        return ""
    return "The leaders differ: next page" if leaders_differ(row) else "Recommended: next page"


def _named(ids: Sequence[str]) -> str:
    shown = list(ids[:4]) + ([f"{len(ids) - 4} more"] if len(ids) > 4 else [])
    return formats.listed(shown)


def _sources(facts: BoardFacts) -> str:
    day = formats.day(facts.as_of)
    return (
        f"Source: register of decisions (decisions). Late: due before {day} and not done. What "
        "happened after that day is in the next report."
    )


def _nothing(facts: BoardFacts, fates: Sequence[Row]) -> dict[str, str]:
    """What stands in place of the decisions asked; large where nothing else is on the page."""
    if not facts.tables.measured("decisions"):
        return {
            "big": "Not on record",
            "text": (
                "Give the table decisions, as governance/decisions.csv: each decision asked, with "
                "its owner, its cost, its date, and later what came of it."
            ),
        }
    text = "Nothing is asked of the Board this quarter."
    if fates:
        return {"big": "", "text": text}
    return {"big": "None", "text": f"{text} None was asked before, and none is left open."}


# --- rows ----------------------------------------------------------------------------------------


def _rest(asked: Sequence[Row]) -> str:
    """Decisions beyond those shown, by number and short title."""
    more = asked[ASKED_SHOWN:]
    if not more:
        return ""
    named = formats.listed([text_of(row, "decision_id") for row in more[:12]])
    beyond = f" and {len(more) - 12} more" if len(more) > 12 else ""
    return f"Also asked, in the register: {named}{beyond}."


def _follow_up(
    facts: BoardFacts, asked: Sequence[Row], before: Sequence[Row], followed: Sequence[Row]
) -> tuple[Page, ...]:
    """The earlier decisions on a page of their own, and what each leader recommends."""
    fates = [fate_of(row, facts.as_of) for row in before]
    words = [both_words(row) for row in asked[:ASKED_SHOWN]] if _needs_words(asked) else []
    size = _FATES_WITH_WORDS if words else _FATES_A_PAGE
    chunks = [followed[at : at + size] for at in range(0, max(len(followed), 1), size)]
    return tuple(
        Page(
            id=f"decisions-{at + 2}",
            template="decisions",
            section="Decisions, followed up",
            voices_room=None,
            title=sentences.capital(_became(fates)) if fates else _without_fates(followed),
            context="Those of the last quarter first, then what was agreed earlier and not done.",
            owners=facts.owner("CISO", "CTO"),
            sources=_sources(facts),
            body={
                "asked": [],
                "rest": "",
                "nothing": None,
                "fates": fates_table(facts, chunk, 22 if words else 35),
                "words": [] if at else words,
            },
        )
        for at, chunk in enumerate(chunks)
    )


def _without_fates(followed: Sequence[Row]) -> str:
    if followed:
        return "No decision was asked last quarter; earlier ones are still open"
    return "What the CISO and the CTO recommend on each decision"
