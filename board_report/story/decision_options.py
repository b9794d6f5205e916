"""Decisions asked with their options, measured so that a page holds what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board_report.governance.decisions import LEADERS, Advice
from board_report.governance.rows import Row, day_of, text_of
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.typeset import lines_needed

OPTIONS_SHOWN = 6
HEAD = 26.0
WIDE: Mapping[str, float] = {
    "no": 80, "asked": 218, "letter": 24, "title": 188, "cost": 118, "effect": 160, "ciso": 38,
    "cto": 38,
}  # fmt: skip
NARROW: Mapping[str, float] = {
    "no": 66, "asked": 150, "letter": 20, "title": 142, "cost": 84, "effect": 108, "ciso": 38,
    "cto": 34,
}  # fmt: skip
"""Widths of the columns in points: across the page, and beside the voices."""
_TITLE, _SMALL, _OPTION = (13.0, 16.0), (11.0, 13.0), (11.0, 13.0)
"""Size and leading, as the template sets them."""
_CELL_PAD, _BLOCK_PAD, _GAP = 6.5, 14.0, 12.0
_TITLE_LINES, _OTHERWISE_LINES, _ADVICE_LINES, _CELL_LINES = 3, 3, 3, 3
_STRETCH = 1.3
"""How much taller than their words a page's rows may be set to fill it."""


@dataclass(frozen=True)
class Block:
    """One decision asked, with its options, and the height that it needs."""

    words: Mapping[str, object]
    heights: tuple[float, ...]
    """Of the options' rows, in points."""

    @property
    def height(self) -> float:
        """Of the whole block in points."""
        return sum(self.heights)

    def stretched(self, factor: float) -> dict[str, object]:
        """The block's words with the rows set taller by a factor."""
        return {**self.words, "heights": [round(each * factor, 2) for each in self.heights]}


def option_block(facts: BoardFacts, row: Row, advice: Advice, widths: Mapping[str, float]) -> Block:
    """One decision with its options; without options it has one row of what it costs and buys."""
    decide_by = day_of(row, "decide_by")
    options = [_option(facts, each, advice) for each in advice.options[:OPTIONS_SHOWN]]
    more = len(advice.options) - len(options)
    words = {
        "code": text_of(row, "decision_id"),
        "asked": text_of(row, "title"),
        "otherwise": f"If not: {sentences.within(text_of(row, 'if_not'))}",
        "advice": advice_words(advice, facts.surname("CISO") if facts.has_one_leader else ""),
        "is_disputed": advice.is_disputed,
        "owner": facts.surname(text_of(row, "owner_role")),
        "by": f"by {formats.day_short(decide_by)}" if decide_by else "",
        "more": f"{formats.counted(more, 'more option')} on record" if more > 0 else "",
        "options": options or [_as_asked(facts, row)],
    }
    rows = [_option_height(each, widths) for each in words["options"]]  # type: ignore[attr-defined]
    return Block(words, tuple(_at_least(rows, _left_height(words, widths))))


def _at_least(rows: Sequence[float], whole: float) -> list[float]:
    """The rows, each taller by the same amount where together they are less than the whole."""
    lacking = max(whole - sum(rows), 0.0) / len(rows)
    return [each + lacking for each in rows]


def _option(facts: BoardFacts, option: Row, advice: Advice) -> dict[str, str]:
    letter = text_of(option, "option")
    cost = option.get("cost")
    amount = formats.money(cost, facts.currency) if isinstance(cost, float | int) else ""
    words = text_of(option, "cost_words")
    by = {leader: letter in advice.chosen[leader] for leader in LEADERS}
    return {
        "letter": letter,
        "title": text_of(option, "title"),
        "amount": amount,
        "cost": words or ("" if amount else "Not stated"),
        "effect": text_of(option, "risk_effect"),
        "ciso": "yes" if by["CISO"] else "",
        "cto": "yes" if by["CTO"] else "",
        "is_chosen": "yes" if any(by.values()) else "",
    }


def _as_asked(facts: BoardFacts, row: Row) -> dict[str, str]:
    cost = row.get("cost")
    amount = formats.money(cost, facts.currency) if isinstance(cost, float | int) else ""
    words = text_of(row, "cost_words")
    return {
        "letter": "",
        "title": "As asked; no options are on record",
        "amount": amount,
        "cost": words or ("" if amount else "Not stated"),
        "effect": text_of(row, "buys"),
        "ciso": "",
        "cto": "",
        "is_chosen": "",
    }


# --- advice --------------------------------------------------------------------------------------


def advice_words(advice: Advice, one_leader: str = "") -> str:
    """What the two leaders recommend: ``Both recommend A``, or who differs and on what.

    Args:
        advice: of the CISO and of the CTO.
        one_leader: the name of the person who is both, who cannot agree with another.
    """
    said = {leader: _advised(advice, leader) for leader in LEADERS if leader not in advice.silent}
    if not said:
        return "No recommendation is on record"
    if advice.silent:
        who = next(iter(said))
        return f"The {who} recommends {said[who]}; no word of the {advice.silent[0]}"
    if advice.is_disputed:
        return f"The leaders differ: CISO {said['CISO']}, CTO {said['CTO']}"
    both = advice.chosen["CISO"] or advice.chosen["CTO"]
    if both:
        who = f"{one_leader} recommends" if one_leader else "Both recommend"
        return f"{who} {formats.listed(both)}"
    return f"{one_leader or 'Both'}: {said['CISO']}"


def _advised(advice: Advice, leader: str) -> str:
    """``A``, ``B (approve, from January)`` or the bare words; plain approval adds nothing."""
    letters, words = formats.listed(advice.chosen[leader]), advice.words[leader].rstrip(".")
    words = words[:1].lower() + words[1:]
    if not letters:
        return words
    return letters if words in ("", "approve") else f"{letters} ({words})"


# --- heights -------------------------------------------------------------------------------------


def _tall(text: str, width: float, setting: tuple[float, float], most: int, face: str) -> float:
    size, leading = setting
    return leading * min(lines_needed(text, width - _GAP, size, face), most) if text else 0.0


def _left_height(words: Mapping[str, object], widths: Mapping[str, float]) -> float:
    room = widths["asked"]
    title = _tall(str(words["asked"]), room, _TITLE, _TITLE_LINES, "sans-semibold")
    under = _tall(str(words["otherwise"]), room, _SMALL, _OTHERWISE_LINES, "sans")
    advice = _tall(str(words["advice"]), room, _SMALL, _ADVICE_LINES, "sans-semibold")
    more = _SMALL[1] if words["more"] else 0.0
    return max(title + under + advice + more, 48.0) + _BLOCK_PAD


def _option_height(option: Mapping[str, str], widths: Mapping[str, float]) -> float:
    cost = _tall(option["cost"], widths["cost"], _OPTION, _CELL_LINES, "sans")
    tallest = max(
        _tall(option["title"], widths["title"], _OPTION, _CELL_LINES, "sans-semibold"),
        _tall(option["effect"], widths["effect"], _OPTION, _CELL_LINES, "sans"),
        cost + (_OPTION[1] + 1 if option["amount"] else 0.0),
    )
    return tallest + _CELL_PAD


def to_sheets(
    first: Sequence[Block], others: Sequence[Block], body: float
) -> list[list[dict[str, object]]]:
    """The blocks on as many pages as they need, each filled a little where it has room.

    Args:
        first: all blocks as the first page would set them.
        others: the same blocks as the pages after it set them.
        body: points that a page holds, with the head.
    """
    room = body - HEAD
    sheets: list[list[Block]] = [[]]
    for narrow, wide in zip(first, others, strict=True):
        block = narrow if len(sheets) == 1 else wide
        if sheets[-1] and sum(each.height for each in sheets[-1]) + block.height > room:
            sheets.append([])
            block = wide
        sheets[-1].append(block)
    return [_filled(sheet, room) for sheet in sheets]


def _filled(sheet: Sequence[Block], room: float) -> list[dict[str, object]]:
    used = sum(each.height for each in sheet)
    factor = min(room / used, _STRETCH) if len(sheet) > 2 else 1.0
    return [each.stretched(max(factor, 1.0)) for each in sheet]


def sheet_height(sheet: Sequence[Mapping[str, object]]) -> float:
    """Points that a page's blocks take, with the head over them."""
    heights = [each["heights"] for each in sheet]
    return HEAD + sum(sum(rows) for rows in heights if isinstance(rows, list))
