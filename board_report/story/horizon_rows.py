"""The horizon's items as a picture and as rows: which are shown, and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from board_report.governance.horizon import Certainty, Horizon, HorizonItem, LeaderAction
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec
from board_report.typeset import lines_needed

MOST = 10
"""Items that one page holds; further ones are counted."""
QUARTERS_AHEAD = 12
THEMES: Mapping[str, str] = {
    "ai_security": "AI security",
    "regulation": "Regulation",
    "security_as_code": "Security as code",
    "threat": "Threats",
    "technology": "Technology",
}
"""Lanes from the top, as they are called."""
CERTAINTY_WORDS: Mapping[Certainty, str] = {
    Certainty.IN_FORCE: "in force",
    Certainty.ADOPTED: "adopted",
    Certainty.PROPOSED: "proposed",
    Certainty.EXPECTED: "expected",
}
FEW = 3
"""Items up to which the actions stand under the timeline, so that no page is half empty."""
WIDTHS = (196.0, 78.0, 180.0, 205.0, 205.0)
"""Columns of the table of actions over the whole page, in points."""
NARROW = (136.0, 74.0, 122.0, 155.0, 155.0)
"""The same beside the leaders' words."""
_PADDING = 12.0


def shown(horizon: Horizon) -> tuple[HorizonItem, ...]:
    """The items that a page holds: without an action first, then the nearest in time."""
    ranked = sorted(horizon.items, key=lambda each: (not each.without_action, _away(each)))
    return tuple(each for each in horizon.items if each in ranked[:MOST])


def _away(item: HorizonItem) -> timedelta:
    return abs(item.expected_on - item.today)


def picture(
    facts: BoardFacts, items: Sequence[HorizonItem], *, is_wide: bool, height: float
) -> FigureSpec:
    """The timeline from the quarter reported on to three years after it."""
    calendar, quarter = facts.project.calendar, facts.project.quarter
    start, end = calendar.first_day(quarter), calendar.first_day(quarter.shift(QUARTERS_AHEAD + 1))
    quarters = [quarter.shift(at) for at in range(QUARTERS_AHEAD + 1)]
    firsts = [calendar.first_day(each) for each in quarters]
    lanes = [
        {"label": label, "rows": [_mark(each) for each in items if each.theme == lane]}
        for lane, label in THEMES.items()
        if any(each.theme == lane for each in items)
    ]
    has_notes = any(each.without_action for each in items)
    return FigureSpec(
        kind="horizon",
        data={
            "start": start,
            "end": end,
            "today": facts.as_of + timedelta(days=1),
            "today_label": formats.day_short(facts.as_of),
            "years": _years(firsts, end),
            "quarters": firsts,
            "lanes": lanes,
            "key": [[str(each), CERTAINTY_WORDS[each].capitalize()] for each in Certainty],
            "head": "What is coming",
            "label_width": 340 if is_wide else 230 if has_notes else 312,
        },
        width=864 if is_wide else 642,
        height=height,
        alt=(
            f"Timeline of {formats.counted(len(items), 'item')} to {formats.day(end)}: "
            + "; ".join(f"{each.title}, {when(each)}" for each in items)
            + "."
        ),
    )


def _years(firsts: Sequence[date], end: date) -> list[dict[str, object]]:
    """Calendar years within the axis."""
    starts = [firsts[0], *(date(y, 1, 1) for y in range(firsts[0].year + 1, end.year + 1))]
    starts = [each for each in starts if each < end]
    return [
        {"label": str(first.year), "start": first, "end": after}
        for first, after in zip(starts, [*starts[1:], end], strict=True)
    ]


def when(item: HorizonItem) -> str:
    """``30 Jun 2027``, or ``since 18 Oct 2024`` where its day has come and it is in force."""
    since = item.is_past and item.certainty is Certainty.IN_FORCE
    return f"{'since ' if since else ''}{formats.day(item.expected_on)}"


def _mark(item: HorizonItem) -> dict[str, object]:
    return {
        "label": item.title,
        "date": item.expected_on,
        "when": when(item),
        "certainty": str(item.certainty),
        "note": f"no action: {', '.join(item.without_action)}" if item.without_action else "",
    }


def action_rows(
    items: Sequence[HorizonItem], widths: Sequence[float] = WIDTHS, lines: int = 2
) -> list[dict[str, object]]:
    """One row for each item, in words that its cells hold."""
    return [
        {
            "title": held(item.title, widths[0], face="sans-semibold", lines=lines),
            "when": formats.day(item.expected_on),
            "certainty": CERTAINTY_WORDS[item.certainty],
            "source": _source(item, widths[2], lines - 1),
            "is_old": item.is_source_old,
            "actions": [_action(each, widths[3], lines) for each in item.actions],
            "is_faulty": bool(item.without_action),
        }
        for item in items
    ]


def _source(item: HorizonItem, width: float, lines: int) -> dict[str, str]:
    """Who says so, and since when; a name that ends with that date says it once."""
    dated = f"{formats.day(item.source_dated_on)}{', old' if item.is_source_old else ''}"
    said = formats.day_long(item.source_dated_on).replace(formats.NO_BREAK, " ")
    name = item.source.removesuffix(said).rstrip(" ,;:") or item.source
    return {"name": held(name, width, lines=lines), "dated": dated}


def _action(action: LeaderAction, width: float, lines: int) -> dict[str, str]:
    """The action with its date; without a text, the words that say so."""
    if not action.text:
        return {"text": "", "by": f"no action of the {action.leader}"}
    by = formats.day(action.due_on) if action.due_on else f"no{formats.NO_BREAK}date"
    return {"text": held(action.text, width, more=f" {by}", lines=lines), "by": by}


def held(text: str, width: float, *, more: str = "", face: str = "sans", lines: int = 2) -> str:
    """The text, or as many of its words as the lines of a cell hold with what follows it.

    A word that alone is too long is cut as well.
    """
    room = width - _PADDING - 6

    def fits(words: str) -> bool:
        return lines_needed(f"{words}{more}", room, 11, face) <= lines

    kept = " ".join(text.split())
    if fits(kept):
        return kept
    while kept and not fits(f"{kept}…"):
        first, space, _ = kept.rpartition(" ")
        kept = first.rstrip(" ,;:") if space else kept[:-1]
    return f"{kept}…"
