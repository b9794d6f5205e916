"""Words for a quarter that is not over at the as-of date; empty for one that is."""

from __future__ import annotations

from board_report.period import Window
from board_report.story import formats


def days_words(window: Window) -> str:
    """``46 of its 92 days``, counted to the as-of day; empty once the quarter is over."""
    if window.is_over:
        return ""
    gone = (window.cutoff_day - window.first_day).days + 1
    return f"{gone} of its {(window.last_day - window.first_day).days + 1} days"


def cover_words(window: Window) -> str:
    """``The quarter is not over: 46 of its 92 days`` for the cover; empty once it is."""
    days = days_words(window)
    return f"The quarter is not over: {days}" if days else ""


def context_words(window: Window) -> str:
    """What a page that compares quarters says of one that is not over; empty once it is."""
    days = days_words(window)
    if not days:
        return ""
    return (
        f"The quarter is not over: {days} by {formats.day_short(window.cutoff_day)}. Its counts "
        "and sums are not held against a whole quarter."
    )
