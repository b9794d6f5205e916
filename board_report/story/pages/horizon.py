"""The horizon: what is coming, how sure it is, and what both leaders do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from board_report.governance.horizon import (
    LEADERS,
    Certainty,
    Horizon,
    HorizonItem,
    read_horizon,
)
from board_report.governance.rows import plain_rows
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.horizon_rows import (
    CERTAINTY_WORDS,
    FEW,
    NARROW,
    THEMES,
    WIDTHS,
    action_rows,
    picture,
    shown,
)
from board_report.story.key_figures import first_that_fits
from board_report.story.left_out import is_left_out
from board_report.story.page import Page

FILE = "governance/horizon.csv"
_HEAD, _ROW, _GAP = 26, 39, 14
"""Points of the table's head, of a row, and between picture and table."""
_NOUNS = {
    "regulation": ("rule", ""),
    "ai_security": ("AI risk", ""),
    "security_as_code": ("step to security as code", "steps to security as code"),
    "threat": ("threat", ""),
    "technology": ("technology shift", ""),
}
"""What an item of a theme is called where items are counted."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """The timeline with the leaders' words, and the actions of both for each item.

    There is none where no horizon was given and no leader wrote of it; without an item there is
    one page, which says so.
    """
    if is_left_out(facts, "horizon"):
        return ()
    horizon = read_horizon(plain_rows(facts.rows("horizon")), facts.as_of)
    chosen = shown(horizon)
    timeline = _timeline(facts, horizon, chosen)
    if len(chosen) <= FEW:
        return (timeline,)
    return (timeline, _actions(facts, horizon, chosen))


def _timeline(facts: BoardFacts, horizon: Horizon, chosen: Sequence[HorizonItem]) -> Page:
    """The picture, with the actions under it where there are few items."""
    is_wide = not facts.has_voices("horizon")
    few = 0 < len(chosen) <= FEW
    table = _table(chosen, is_wide=is_wide) if few else {}
    room = 334 - (_HEAD + _ROW * len(chosen) + _GAP if few else 0)
    return Page(
        id="horizon",
        section="Horizon",
        title=_title(facts, horizon),
        context=_context(horizon, len(chosen)),
        owners=facts.owner(*LEADERS),
        sources=f"Source: {FILE}. An item is what its source says on its date."
        + ("" if few or not chosen else " Who says so, and both leaders’ actions: next page."),
        body={
            "is_measured": facts.tables.measured("horizon"),
            "file": FILE,
            "top": room + _GAP,
            "span": 12 if is_wide else 9,
            **table,
        },
        figures={"timeline": picture(facts, chosen, is_wide=is_wide, height=room)}
        if chosen
        else {},
    )


def _table(chosen: Sequence[HorizonItem], *, is_wide: bool) -> dict[str, object]:
    widths = WIDTHS if is_wide else NARROW
    rows = action_rows(chosen, widths, 2 if is_wide else 3)
    return {"rows": rows, "widths": widths, "height": _ROW}


def _actions(facts: BoardFacts, horizon: Horizon, chosen: Sequence[HorizonItem]) -> Page:
    return Page(
        id="horizon-actions",
        section="Horizon, continued",
        title=_actions_title(horizon),
        context=_sources_words(horizon, len(chosen)),
        owners=facts.owner(*LEADERS),
        sources=f"Source: {FILE}.",
        body={
            "rows": action_rows(chosen),
            "widths": WIDTHS,
            "height": min(_ROW, int(308 / len(chosen))),
        },
        voices_room=None,
    )


# --- sentences -----------------------------------------------------------------------------------


def _title(facts: BoardFacts, horizon: Horizon) -> str:
    if not facts.tables.measured("horizon"):
        return "What is coming was not given, so no action can be held against it"
    if not horizon.items:
        return "Nothing that we know of is coming: the horizon has no item"
    due = _due(horizon.within_a_year)
    return first_that_fits(f"{due}; {_covered(horizon)}", due)


def _due(items: Sequence[HorizonItem]) -> str:
    """What comes within a year, by theme where there are at most two."""
    if not items:
        return "Nothing on the horizon is due within a year"
    themes = Counter(each.theme for each in items)
    verb = "is" if len(items) == 1 else "are"
    if len(themes) <= 2:
        named = formats.listed(
            [formats.counted(themes[t], *_NOUNS[t]) for t in THEMES if t in themes]
        )
        return f"{sentences.capital(named)} {verb} due within a year"
    rules = themes["regulation"]
    part = "one of them a rule" if rules == 1 else f"{formats.count_words(rules)} of them rules"
    every = sentences.capital(formats.counted(len(items), "change"))
    return f"{every} are due within a year{f', {part}' if rules else ''}"


def _covered(horizon: Horizon) -> str:
    """For how many items both leaders have an action."""
    total, both = len(horizon.items), horizon.with_both_actions
    if total == 1:
        lacking = horizon.items[0].without_action
        if lacking:
            leaders = formats.listed([f"the {each}" for each in lacking])
            return f"{leaders} {'have' if lacking[1:] else 'has'} no action for it"
        return "both leaders have an action for it"
    if both == total:
        return f"both leaders have an action for each of {formats.count_words(total)} items"
    if not both:
        return f"for none of {formats.count_words(total)} items do both leaders have an action"
    counted = f"{formats.count_words(both)} of {formats.count_words(total)} items"
    return f"both leaders have an action for {counted}"


def _actions_title(horizon: Horizon) -> str:
    """Whether every item has actions; there are more than a few items where it is needed."""
    total = formats.count_words(len(horizon.items))
    lacking = {each: horizon.without_action_of(each) for each in LEADERS}
    if not any(lacking.values()):
        first = horizon.next_due
        due = f"; the next is due on {formats.day(first)}" if first else ""
        return f"All {total} items have actions of both leaders{due}"
    said = [
        f"the {leader} has no action for {formats.count_words(count)}"
        for leader, count in lacking.items()
        if count
    ]
    return f"Of {total} items on the horizon, {' and '.join(said)}"


def _context(horizon: Horizon, count: int) -> str:
    if not horizon.items:
        return ""
    sure = Counter(each.certainty for each in horizon.items)
    parts = [
        f"{formats.count_words(sure[each])} {CERTAINTY_WORDS[each]}"
        for each in Certainty
        if sure[each]
    ]
    items = formats.counted(len(horizon.items), "item", words=False)
    return f"{items} from dated sources: {', '.join(parts)}.{_left(horizon, count)}"


def _left(horizon: Horizon, count: int) -> str:
    """How many items the page does not hold."""
    more = len(horizon.items) - count
    if not more:
        return ""
    verb = "is" if more == 1 else "are"
    return f" {sentences.capital(formats.count_words(more))} further off {verb} not shown."


def _sources_words(horizon: Horizon, count: int) -> str:
    old = horizon.old_sources
    words = sentences.capital(formats.counted(old, "source")) if old else "No source"
    return f"{words} {'are' if old > 1 else 'is'} over a year old.{_left(horizon, count)}"
