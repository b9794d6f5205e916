"""Formats that commentary may ask for: ``{{ metric('mttd')|days(1) }}``; and quoted words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from board_report.metrics.declare import Unit
from board_report.story import formats
from board_report.story.live_figures import Citation, LiveMetric, LiveValue, LiveWord

HOURS_A_DAY = 24


def hours(value: object, decimals: int | None = None) -> LiveValue:
    """``19 h``; days are turned into hours."""
    return _as_duration(value, decimals, Unit.HOURS)


def days(value: object, decimals: int | None = None) -> LiveValue:
    """``0.8 days``; hours are turned into days."""
    return _as_duration(value, decimals, Unit.DAYS)


def percent(value: object, decimals: int | None = None) -> LiveValue:
    """``91.4%``; never rounded up to 100% or down to 0%."""
    found = _of(value, "percent", Unit.RATIO)

    def said(share: float) -> str:
        places = formats.ratio_decimals(share) if decimals is None else decimals
        return formats.percent(share, places)

    return _said(found, said)


def money(value: object, decimals: int | None = None) -> LiveValue:
    """``$4.62M``; with decimals that many after the point: ``$4.6M``."""
    found = _of(value, "money", Unit.MONEY)

    def said(amount: float) -> str:
        if decimals is None:
            return formats.money(amount, found.currency)
        size = abs(amount)
        factor, letter = next(
            (each for each in ((1e9, "B"), (1e6, "M"), (1e3, "K")) if size >= each[0]), (1.0, "")
        )
        symbol = formats.SYMBOLS.get(found.currency, f"{found.currency} ")
        digits = formats.number(size / factor, decimals)
        return f"{formats.MINUS if amount < 0 else ''}{symbol}{digits}{letter}"

    return _said(found, said)


def number(value: object, decimals: int | None = None) -> LiveValue:
    """The digits alone, a share as its percentage: ``91``."""
    found = _of(value, "number", *Unit)

    def said(amount: float) -> str:
        scaled = amount * 100 if found.unit is Unit.RATIO else amount
        if decimals is not None:
            return formats.number(scaled, decimals)
        if found.unit is None or found.unit is Unit.MONEY:
            return formats.number(scaled)
        return formats.bare(amount, found.unit, found.currency)

    return _said(found, said)


FILTERS: dict[str, Callable[..., LiveValue]] = {
    "hours": hours,
    "days": days,
    "percent": percent,
    "money": money,
    "number": number,
}


def quoted(words: object, source: object = "") -> LiveWord:
    """Words of somebody else, with the source in brackets.

    Raises:
        ValueError: either is empty.
    """
    if not (isinstance(words, str) and words.strip()):
        raise ValueError("quoted() needs the words, as in quoted('72 hours', source='...')")
    if not (isinstance(source, str) and source.strip()):
        raise ValueError(f"quoted({words!r}) needs its source: quoted({words!r}, source='...')")
    return LiveWord(f"{words.strip()} ({source.strip()})", Citation())


def _of(value: object, wanted: str, *units: Unit) -> LiveValue:
    found = value.value() if isinstance(value, LiveMetric) else value
    if not isinstance(found, LiveValue):
        raise ValueError(f"|{wanted} is for figures only, as in metric('mttd')|{wanted}")
    if found.unit not in units and not (wanted == "number" and found.unit is None):
        unit = found.unit.value if found.unit else "percentage points"
        raise ValueError(f"{found.citation.metric_id} is in {unit}; it has no |{wanted}")
    return found


def _as_duration(value: object, decimals: int | None, unit: Unit) -> LiveValue:
    word = "hours" if unit is Unit.HOURS else "days"
    found = _of(value, word, Unit.HOURS, Unit.DAYS)
    factor = 1.0
    if found.unit is not unit:
        factor = HOURS_A_DAY if unit is Unit.HOURS else 1 / HOURS_A_DAY

    def said(amount: float) -> str:
        if decimals is None:
            return formats.hours(amount) if unit is Unit.HOURS else formats.days(amount)
        digits = formats.number(amount, decimals)
        suffix = "h" if unit is Unit.HOURS else "day" if digits == "1" else "days"
        return f"{digits}{formats.NO_BREAK}{suffix}"

    scaled = found.value * factor if found.value is not None else None
    return _said(replace(found, value=scaled, unit=unit), said)


def _said(found: LiveValue, said: Callable[[float], str]) -> LiveValue:
    """The same figure in other words; where there is no value, the words for why."""
    return found if found.value is None else replace(found, text=said(found.value))
