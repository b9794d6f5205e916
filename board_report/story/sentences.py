"""Words that follow from figures: every one a rule, tested on rise, fall, no change, no data."""

from __future__ import annotations

from board_report.model import Change, MetricSeries, Status

HALF = 0.55
"""At or below this share of the earlier value (and above 0.45) "half" is a fair word."""


def moved(series: MetricSeries, better: str, worse: str, same: str, few: str) -> str:
    """One of four phrases by the move since the quarter before; ``same`` without comparison."""
    return {Change.BETTER: better, Change.WORSE: worse, Change.TOO_FEW: few}.get(
        series.change, same
    )


def against_target(series: MetricSeries, on: str, near: str, off: str, none: str = "") -> str:
    """One of four phrases by the status."""
    return {Status.ON: on, Status.NEAR: near, Status.OFF: off}.get(series.status, none)


def times_faster(now: float | None, before: float | None) -> str:
    """A fair word for a duration that shrank: ``twice as fast``, ``a third faster``, or empty.

    Only where the ratio supports the word: "twice" from 1.8 to 2.3, "three times" from 2.7 to 3.4;
    otherwise a percentage less, from 5% up.
    """
    if not now or not before or now >= before:
        return ""
    ratio = before / now
    if 1.8 <= ratio <= 2.3:
        return "twice as fast"
    if 2.7 <= ratio <= 3.4:
        return "three times as fast"
    less = round((1 - now / before) * 100)
    return f"{less}% faster" if less >= 5 else ""


def within(text: str) -> str:
    """A title as it reads within a sentence; ``AI use cases`` and ``CSF 2.0`` keep capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The same text with its first letter raised; nothing else is changed."""
    return text[:1].upper() + text[1:]
