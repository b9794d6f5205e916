"""Promised risk reductions whose date has passed, against the incidents before and since.

What is compared is the rate of incidents before and after a date. It is no proof of a cause: other
initiatives, and attackers, change at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from board_report.metrics.statistics.intervals import share_interval
from board_report.risk.incident_year import INCIDENTS
from board_report.risk.records import Decision, Interval, PromiseOutcome
from board_report.risk.rows import Row, number, records, word

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window
    from board_report.risk.simulate import LossModel
    from board_report.tables.schema import TableSet

EFFECTS = "initiative_effects"
SETTLED_AFTER = timedelta(days=90)
"""A promise is judged once its date is so long ago; our own convention."""
MOST_BEFORE = timedelta(days=730)
"""Incidents longer than two years before the date tell little of the rate that it changed."""
_TAIL = 0.05
"""Chance left out at either end of a 90% interval."""


@dataclass(frozen=True)
class _Span:
    """Incidents of one risk over so many days."""

    events: int
    days: int


def promise_outcomes(
    tables: TableSet, forecasts: LossModel, window: Window, time_zone: str = "UTC"
) -> tuple[PromiseOutcome, ...]:
    """What came of each promise to make a risk rarer, in the rows' order.

    Left out are initiatives that are only proposed, and effects that promise no reduction (both
    ends at or below zero: what an initiative brings). The days before begin with the record of
    incidents; since a record begins with an incident, one of a risk that is alone in the table is
    taken as a little more frequent before than it was.

    Args:
        tables: ``incidents``; ``initiatives`` and ``initiative_effects`` where they were given.
        forecasts: whose short titles name the risks.
        window: up to whose cutoff incidents are counted.
        time_zone: in which the day of an incident is taken.
    """
    if not tables.measured(EFFECTS):
        return ()
    initiatives = {
        word(each, "initiative_id"): each for each in records(tables.frame("initiatives"))
    }
    titles = {each.risk_id: each.short_title for each in forecasts.scenarios}
    days = incident_days(tables.frame(INCIDENTS), time_zone)
    first = tables[INCIDENTS].records_from or min(
        (each for some in days.values() for each in some), default=window.cutoff_day
    )
    found = []
    for effect in records(tables.frame(EFFECTS)):
        on = _day(effect, "effective_on")
        initiative = initiatives.get(word(effect, "initiative_id"), {})
        if on is None or not _is_promise(effect, initiative, on, window):
            continue
        known = days.get(word(effect, "risk_id"), ())
        before = _span(known, max(first, on - MOST_BEFORE), on - timedelta(days=1))
        after = _span(known, on, window.cutoff_day)
        found.append(_outcome(effect, initiative, titles, before, after))
    return tuple(found)


def _is_promise(effect: Row, initiative: Row, on: date, window: Window) -> bool:
    return (
        word(effect, "acts_on") == "frequency"
        and on <= window.cutoff_day - SETTLED_AFTER
        and (number(effect, "high") or 0.0) > 0
        and word(initiative, "decision") != Decision.PROPOSED
    )


def _outcome(
    effect: Row, initiative: Row, titles: Mapping[str, str], before: _Span, after: _Span
) -> PromiseOutcome:
    initiative_id, risk_id = word(effect, "initiative_id"), word(effect, "risk_id")
    return PromiseOutcome(
        initiative_id=initiative_id,
        name=word(initiative, "name") or initiative_id,
        owner_role=word(initiative, "owner_role"),
        risk_id=risk_id,
        short_title=titles.get(risk_id, risk_id),
        promised=Interval(number(effect, "low") or 0.0, number(effect, "high") or 0.0),
        events_before=before.events,
        days_before=before.days,
        events_after=after.events,
        days_after=after.days,
        realized=realized(before.events, before.days, after.events, after.days),
        realized_interval=realized_interval(before.events, before.days, after.events, after.days),
    )


def realized(
    events_before: int, days_before: int, events_after: int, days_after: int
) -> float | None:
    """``1 - rate after / rate before``; None where nothing happened before.

    1 where nothing happened since; below zero where events became more frequent.
    """
    if not events_before:
        return None
    return 1 - (events_after / days_after) / (events_before / days_before)


def realized_interval(
    events_before: int, days_before: int, events_after: int, days_after: int, tail: float = _TAIL
) -> Interval | None:
    """The exact interval of the realized reduction; None where nothing happened before.

    Of 90% where ``tail``, what is left out at either end, is 5%.

    Given their total, the events after are binomial, if both counts are Poisson; the chance of
    each is ``r a / (r a + b)``, where r is the ratio of the rates and a and b are the days. The
    Clopper-Pearson interval of that chance is turned into one of ``1 - r`` (Przyborowski and
    Wilenski 1940; R's ``poisson.test``).
    """
    if not events_before:
        return None
    low, high = share_interval(events_after, events_before + events_after, tail)

    def reduction(share: float) -> float:
        return 1 - share / (1 - share) * days_before / days_after

    return Interval(reduction(high), reduction(low))


def incident_days(frame: pd.DataFrame, time_zone: str) -> dict[str, tuple[date, ...]]:
    """The days on which incidents of each risk were detected, in the company's time zone.

    Under ``""`` are those of incidents that name no risk.
    """
    days = frame["detected_at"].dt.tz_convert(time_zone).dt.date
    found: dict[str, list[date]] = {}
    for day, row in zip(days, records(frame), strict=True):
        found.setdefault(word(row, "risk_id"), []).append(day)
    return {risk_id: tuple(each) for risk_id, each in found.items()}


def _span(days: tuple[date, ...], first: date, last: date) -> _Span:
    """The events from one day to another, both included; nothing where there is no day between."""
    return _Span(sum(first <= each <= last for each in days), max((last - first).days + 1, 0))


def _day(row: Row, column: str) -> date | None:
    value = row.get(column)
    # A missing date is a NaT, which is a datetime that equals nothing.
    if not isinstance(value, datetime) or value != value:
        return None
    return value.date()
