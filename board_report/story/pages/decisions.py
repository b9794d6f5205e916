"""What the board is asked to decide, with its options, and what became of what it decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board_report.governance.decisions import Advice, Fate, advice_on, fate_of
from board_report.governance.rows import Row, plain_rows, text_of
from board_report.story import formats
from board_report.story.decision_options import (
    NARROW,
    WIDE,
    option_block,
    sheet_height,
    to_sheets,
)
from board_report.story.decision_register import promised_metrics, promises_of, register_rows
from board_report.story.decision_rows import asked_row, both_words, fates_table
from board_report.story.decision_words import (
    ASKED_SHOWN,
    context_of,
    needs_words,
    nothing_asked,
    options_context,
    pointer,
    register_context,
    register_title,
    rest_of,
    sources_of,
    title_of,
)
from board_report.story.facts import BoardFacts
from board_report.story.left_out import is_left_out
from board_report.story.page import Page

BODY = 334.0
"""Points of the body box that may be filled."""
REGISTER_ROW = 42.0
_HEAD, _GAP, _REST = 25.0, 16.0, 20.0
_ROW, _SINGLE, _NOTHING = 58.0, 128.0, 30.0
_FATE_ROWS = (35, 22, 18)
_WORDS_ROW = 22.0
_BLANK: Mapping[str, object] = {
    "asked": [],
    "blocks": [],
    "widths": WIDE,
    "rest": "",
    "nothing": None,
    "fates": None,
    "words": [],
    "register": [],
}
"""All that the template looks for, of which each page fills some."""


@dataclass(frozen=True)
class _Register:
    """Decisions of the quarter and of those before it."""

    asked: Sequence[Row]
    before: Sequence[Row]
    """Of the last quarter."""
    followed: Sequence[Row]
    """Those, then what was agreed earlier and is not done."""
    closed: Sequence[Row]
    """The others of earlier quarters, the latest first."""
    advice: Sequence[Advice]
    """On the decisions asked that are shown."""

    @property
    def shown(self) -> Sequence[Row]:
        """The decisions asked that the page has room for."""
        return self.asked[:ASKED_SHOWN]


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """The decisions asked, then the register of earlier ones: under them, or on its own pages.

    There is none where no list of decisions was given and no leader wrote of them.
    """
    if is_left_out(facts, "decisions"):
        return ()
    register = _read(facts)
    if any(each.options for each in register.advice):
        return _with_options(facts, register)
    room = _room(register.asked)
    needs = needs_words(register.asked)
    density = 0 if needs else _density(room, len(register.followed))
    below = _below(register, room, density)
    first = _page(
        facts,
        register,
        context_of(register.asked),
        asked=[asked_row(facts, row, pointer(row, register.asked)) for row in register.shown],
        nothing=None if register.asked else nothing_asked(facts, below),
        fates=fates_table(facts, below, density) if density and (below or register.asked) else None,
    )
    if density:
        return (first,)
    words = [both_words(row) for row in register.shown] if needs else []
    return (first, *_register_pages(facts, register, words, 2))


def _read(facts: BoardFacts) -> _Register:
    rows = plain_rows(facts.rows("decisions"))
    options = plain_rows(facts.rows("decision_options"))
    last = str(facts.project.quarter.previous)
    asked = [row for row in rows if text_of(row, "quarter") == str(facts.project.quarter)]
    before = [row for row in rows if text_of(row, "quarter") == last]
    left = [row for row in rows if _is_left_over(row, last, facts)]
    closed = [row for row in rows if text_of(row, "quarter") < last and row not in left]
    return _Register(
        asked=asked,
        before=before,
        followed=[*before, *left],
        closed=sorted(closed, key=lambda row: text_of(row, "quarter"), reverse=True),
        advice=[advice_on(row, options) for row in asked[:ASKED_SHOWN]],
    )


def _is_left_over(row: Row, last: str, facts: BoardFacts) -> bool:
    """Agreed before the last quarter and still not carried out."""
    is_open = fate_of(row, facts.as_of) in (Fate.LATE, Fate.UNDER_WAY)
    return text_of(row, "quarter") < last and is_open


# --- the decisions asked -------------------------------------------------------------------------


def _with_options(facts: BoardFacts, register: _Register) -> tuple[Page, ...]:
    """The decisions with their options on as many pages as they need."""
    widths = NARROW if facts.has_voices("decisions") else WIDE
    first, others = (
        [
            option_block(facts, row, advice, each)
            for row, advice in zip(register.shown, register.advice, strict=True)
        ]
        for each in (widths, WIDE)
    )
    rest = _REST if rest_of(register.asked) else 0.0
    sheets = to_sheets(first, others, BODY - rest)
    room = BODY - sheet_height(sheets[-1]) - rest - _GAP - _HEAD
    density = _density(room, len(register.followed), _FATE_ROWS[:2])
    below = _below(register, room, density)
    pages = [
        _page(
            facts,
            register,
            _context(facts, register) if at == 1 else "",
            number=at,
            blocks=sheet,
            widths=widths if at == 1 else WIDE,
            rest=rest_of(register.asked) if at == len(sheets) else "",
            fates=fates_table(facts, below, density) if density and at == len(sheets) else None,
        )
        for at, sheet in enumerate(sheets, 1)
    ]
    if density or not register.followed:
        return tuple(pages)
    return (*pages, *_register_pages(facts, register, [], len(pages) + 1))


def _page(
    facts: BoardFacts, register: _Register, context: str, *, number: int = 1, **body: object
) -> Page:
    """One page of decisions asked."""
    first = number == 1
    whole = {**_BLANK, "rest": rest_of(register.asked), **body}
    return Page(
        id="decisions" if first else f"decisions-{number}",
        template="" if first else "decisions",
        section="Decisions" if first else "Decisions, continued",
        title=title_of(facts, register.asked, register.before) if first else _more(body),
        context=context,
        owners=facts.owner("CISO", "CTO"),
        sources=sources_of(facts),
        body=whole,
        voices_room=(198.0, BODY) if first else None,
        metric_ids=promised_metrics(facts, [*register.followed, *register.closed])
        if whole["fates"]
        else (),
    )


def _more(body: Mapping[str, object]) -> str:
    """Title of a further page of decisions asked."""
    blocks = body["blocks"]
    names = [str(each["code"]) for each in blocks] if isinstance(blocks, list) else []
    return f"Also asked today: {formats.listed(names)}"


def _room(asked: Sequence[Row]) -> float:
    """Points that the lower table's rows may take under the upper table."""
    if not asked:
        above = _NOTHING
    elif len(asked) == 1:
        above = _SINGLE
    else:
        above = _HEAD + _ROW * min(len(asked), ASKED_SHOWN) + (_REST if rest_of(asked) else 0)
    return BODY - above - _GAP - _HEAD


def _density(room: float, fates: int, rows: Sequence[int] = _FATE_ROWS) -> int:
    """Height of a row of the lower table; 0 where it does not fit under the upper one."""
    return next((height for height in rows if max(fates, 1) * height <= room), 0)


def _below(register: _Register, room: float, density: int) -> list[Row]:
    """Earlier decisions that stand under those asked."""
    if not density:
        return []
    return [*register.followed, *register.closed][: max(int(room // density), 1)]


# --- the register --------------------------------------------------------------------------------


def _register_pages(
    facts: BoardFacts, register: _Register, words: Sequence[Mapping[str, str]], number: int
) -> tuple[Page, ...]:
    """The earlier decisions on pages of their own, with what each leader recommends first."""
    above = _HEAD + _GAP + _WORDS_ROW * len(words) if words else 0.0
    size = int((BODY - _HEAD - above) // REGISTER_ROW)
    count = max(-(-len(register.followed) // size), 1)
    rows = [*register.followed, *register.closed][: size * count]
    title = register_title(facts, register.before, rows, promises_of(facts, rows))
    return tuple(
        Page(
            id=f"decisions-{number + at}",
            template="decisions",
            section="Decisions, followed up",
            # The leaders' advice belongs to what is asked today and is never left out.
            is_follow_up=bool(at or not words),
            voices_room=None,
            title=title,
            context=register_context(register.before, register.followed, rows),
            owners=facts.owner("CISO", "CTO"),
            sources=(f"{sources_of(facts)} Promises are held against the figures of this quarter."),
            body={
                **_BLANK,
                "words": [] if at else words,
                "register": register_rows(facts, rows[at * size : (at + 1) * size]),
            },
            metric_ids=promised_metrics(facts, [*register.followed, *register.closed]),
        )
        for at in range(count)
    )


def _context(facts: BoardFacts, register: _Register) -> str:
    one = facts.person("CISO") if facts.has_one_leader else ""
    return options_context(register.shown, register.advice, one)
