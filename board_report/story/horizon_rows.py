"""The horizon's items as a picture and as rows: which are shown, and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from board_report.governance.horizon import Certainty, Horizon, HorizonItem, LeaderAction
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec
from board_report.typeset import lines_needed

MOST = 12
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
WIDTHS = (190.0, 84.0, 176.0, 207.0, 207.0)
"""Columns of the table of actions, in points."""
_PADDING = 12.0


def shown(horizon: Horizon) -> tuple[HorizonItem, ...]:
    """The items that a page holds: without an action first, then the nearest in time."""
    ranked = sorted(horizon.items, key=lambda each: (not each.without_action, _away(each)))
    return tuple(each for each in horizon.items if each in ranked[:MOST])


def _away(item: HorizonItem) -> timedelta:
    return abs(item.expected_on - item.today)


def picture(facts: BoardFacts, items: Sequence[HorizonItem], *, is_wide: bool) -> FigureSpec:
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
            "label_width": 300 if is_wide else 214,
        },
        width=864 if is_wide else 642,
        height=334,
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
    lacking = [f"the {each}" for each in item.without_action]
    return {
        "label": item.title,
        "date": item.expected_on,
        "when": when(item),
        "certainty": str(item.certainty),
        "note": f"no action of {' or '.join(lacking)}" if lacking else "",
    }


def action_rows(items: Sequence[HorizonItem]) -> list[dict[str, object]]:
    """One row for each item, in words that its cells hold."""
    return [
        {
            "title": held(item.title, WIDTHS[0], face="sans-semibold"),
            "when": when(item),
            "certainty": CERTAINTY_WORDS[item.certainty],
            "source": _source(item),
            "is_old": item.is_source_old,
            "actions": [_action(each, WIDTHS[3]) for each in item.actions],
            "is_faulty": bool(item.without_action),
        }
        for item in items
    ]


def _source(item: HorizonItem) -> dict[str, str]:
    dated = f"{formats.day(item.source_dated_on)}{', old' if item.is_source_old else ''}"
    return {"name": held(item.source, WIDTHS[2], more=f" {dated}"), "dated": dated}


def _action(action: LeaderAction, width: float) -> dict[str, str]:
    """The action with its date; without a text, the words that say so."""
    if not action.text:
        return {"text": "", "by": f"no action of the {action.leader}"}
    by = f"by {formats.day(action.due_on)}" if action.due_on else "no date"
    return {"text": held(action.text, width, more=f" {by}"), "by": by}


def held(text: str, width: float, *, more: str = "", face: str = "sans") -> str:
    """The text, or as many of its words as two lines hold with what follows it."""
    room = width - _PADDING - 4
    words = text.split()
    if lines_needed(f"{' '.join(words)}{more}", room, 11, face) <= 2:
        return " ".join(words)
    while words and lines_needed(f"{' '.join(words)}…{more}", room, 11, face) > 2:
        last = words.pop()
        if not words:
            words = [last[: len(last) // 2]] if len(last) > 1 else []
    return f"{' '.join(words).rstrip(' ,;:')}…"
