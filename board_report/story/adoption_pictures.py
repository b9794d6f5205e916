"""Pictures of technology adoption: initiatives and their reviews, days to approval, and users."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from board_report.period import Quarter
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.initiative_rows import MARKS, Initiative, largest_first
from board_report.story.key_figures import bar_states
from board_report.story.marks import interval
from board_report.story.page import FigureSpec

APPROVAL = "time_to_secure_approval"
ADOPTION = "adoption_against_plan"
MOST_QUARTERS = 8
"""Quarters on the time axis; a launch after them runs off it and is named in words."""
FEWEST_QUARTERS = 6
QUARTERS_BEFORE = 1
"""How far before the fiscal year the axis may begin, to show reviews that came before it."""


def shown_first(chosen: Sequence[Initiative], most: int) -> list[Initiative]:
    """Those with a fault and then the largest, in the order of their launch."""
    ranked = [
        *largest_first(each for each in chosen if each.is_problem),
        *largest_first(each for each in chosen if not each.is_problem),
    ]
    return sorted(ranked[:most], key=lambda each: (each.go_live or date.max, each.technology_id))


def plan_key(shown: Sequence[Initiative]) -> list[tuple[str, str]]:
    """The signs that the picture uses, with their words."""
    kinds = {MARKS[each.review] for each in shown if each.mark_on}
    words = (
        ("on", "Review passed"),
        ("later", "Booked"),
        ("near", "Day went by"),
        ("off", "Bypassed or not booked"),
    )
    return [*(each for each in words if each[0] in kinds), ("tick", "Live, or planned to be")]


def plan_picture(facts: BoardFacts, shown: Sequence[Initiative], height: float) -> FigureSpec:
    """The initiatives over time, each with the mark of its review, at most so many points high."""
    quarters = _quarters(facts, shown)
    calendar = facts.project.calendar
    start, end = calendar.first_day(quarters[0]), calendar.first_day(quarters[-1].shift(1))
    symbol = formats.SYMBOLS.get(facts.currency, f"{facts.currency} ")
    return FigureSpec(
        kind="gantt",
        data={
            "start": start,
            "end": end,
            "today": facts.window.cutoff_day,
            "today_label": formats.day_short(facts.window.cutoff_day),
            "quarters": [
                {
                    "label": str(each),
                    "start": calendar.first_day(each),
                    "end": calendar.first_day(each.shift(1)),
                    "is_current": each == facts.project.quarter,
                }
                for each in quarters
            ],
            "rows": [_row(each, start, end) for each in shown],
            "heads": {"label": "Initiative", "value": f"{symbol}M"},
            "label_width": 160,
        },
        width=568,
        height=min(height, 34 + 34.0 * len(shown)),
        alt=_plan_alt(shown),
    )


def _quarters(facts: BoardFacts, shown: Sequence[Initiative]) -> list[Quarter]:
    """From the fiscal year's first quarter, or the first review, to the last launch, in bounds."""
    now, quarter_of = facts.project.quarter, facts.project.calendar.quarter_of
    year = Quarter(now.year, 1)
    reviews = [quarter_of(each.mark_on) for each in shown if each.mark_on]
    launches = [quarter_of(each.go_live) for each in shown if each.go_live]
    first = max(min([year, *reviews]), year.shift(-QUARTERS_BEFORE))
    count = max([now, *launches]).index - first.index + 1
    return [first.shift(at) for at in range(min(max(count, FEWEST_QUARTERS), MOST_QUARTERS))]


def _row(each: Initiative, start: date, end: date) -> dict[str, object]:
    beyond = each.go_live is not None and each.go_live >= end
    mark = each.mark_on
    words = each.words
    if beyond and each.go_live:
        later = f"live {each.go_live:%b}{formats.NO_BREAK}{each.go_live.year}"
        words = f"{words}; {later}" if words else later
    kind = MARKS[each.review]
    return {
        "label": each.name,
        "value": _millions(each.budget),
        "start": max(each.requested, start) if each.requested else None,
        "live": None if beyond else each.go_live,
        "marks": [{"date": min(max(mark, start), end), "kind": kind}] if mark else [],
        "note": words,
        "note_status": kind if kind in ("off", "near") else "none",
        "is_emphasized": each.is_problem,
    }


def _millions(budget: float | None) -> str:
    if budget is None:
        return "–"
    text = formats.money_millions(budget)
    return "<0.1" if text == "0.0" and budget > 0 else text


def _plan_alt(shown: Sequence[Initiative]) -> str:
    faults = [f"{each.name} ({each.words})" for each in shown if each.is_problem]
    said = f"; at fault: {formats.listed(faults)}" if faults else "; none at fault"
    count = formats.counted(len(shown), "initiative")
    return f"{sentences.capital(count)} from request to go-live with their secure review{said}."


# --- the trends --------------------------------------------------------------------------------


def approval_picture(facts: BoardFacts, width: float, height: float) -> FigureSpec:
    """Days to secure approval by quarter: the median, with its 95% interval as a band."""
    series = facts.series(APPROVAL)
    low, high = _ends(facts)
    target = series.target
    now = series.now.parts.get("p90")
    said = f", nine in ten within {facts.amount(now, APPROVAL)}" if now is not None else ""
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {
                    "values": facts.values(APPROVAL),
                    "states": bar_states(facts, APPROVAL),
                    "label": "",
                    "end": facts.bare(APPROVAL) if series.now.measured else "",
                    "band": {"low": low, "high": high, "label": ""},
                }
            ],
            "target": {
                "value": target.value,
                "label": f"target {formats.bare(target.value, facts.unit(APPROVAL))}",
                "is_limit": False,
            }
            if target and any(each.measured for each in series.values)
            else None,
        },
        width=width,
        height=height,
        alt=f"Median days to secure approval by quarter: {facts.text(APPROVAL)} now{said}.",
    )


def approval_unit(facts: BoardFacts) -> str:
    """What the picture of days shows, with the number of approvals behind it."""
    now = facts.now(APPROVAL)
    if now.value is None:
        return formats.state_words(now.state)
    known = interval(facts, APPROVAL)
    sure = f" ({known})" if known else ""
    band = ", band: 95%" if any(each is not None for each in _ends(facts)[0]) else ""
    return f"median{sure}{band}; n {formats.number(now.n)}"


def _ends(facts: BoardFacts) -> tuple[list[float | None], list[float | None]]:
    """The interval of each quarter's median, where it has both ends."""
    parts = [each.parts for each in facts.series(APPROVAL).values]
    both = [
        (each["median_low"], each["median_high"])
        if {"median_low", "median_high"} <= set(each)
        else (None, None)
        for each in parts
    ]
    return [low for low, _ in both], [high for _, high in both]


def adoption_picture(facts: BoardFacts, width: float, height: float) -> FigureSpec:
    """Users over planned users by quarter; the axis holds shares over 100%."""
    series, values = facts.series(ADOPTION), facts.values(ADOPTION)
    target = series.target
    highest = max([1.0, *(each for each in values if each is not None)])
    top = 1.0 if highest <= 1.0 else -(-highest // 0.5) * 0.5
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {
                    "values": values,
                    "states": bar_states(facts, ADOPTION),
                    "label": "",
                    "end": facts.text(ADOPTION) if series.now.measured else "",
                }
            ],
            "target": {
                "value": target.value,
                "label": f"target {formats.percent(target.value)}",
                "is_limit": False,
            }
            if target
            else None,
            "axis": {
                "low": 0.0,
                "high": top,
                "ticks": [[each, formats.percent(each)] for each in (0.0, top / 2, top)],
                "is_log": False,
            },
        },
        width=width,
        height=height,
        alt=f"Users against plan by quarter: {facts.text(ADOPTION)} now.",
    )


def adoption_unit(facts: BoardFacts) -> str:
    """What the picture of users shows, with the technologies of unknown use."""
    now = facts.now(ADOPTION)
    if now.value is None:
        return formats.state_words(now.state)
    unknown = int(now.parts.get("unknown", 0))
    left = f", {formats.number(unknown)} unknown" if unknown else ""
    return f"% of users{left}"
