"""The clocks of an incident at an instant: what runs since when, until when, and by which rule.

The clocks count; they never say whether an incident is material or whether a rule applies.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from board_report.governance.incident_clock_filing import filing_clocks
from board_report.governance.incident_clock_regimes import regime_clocks
from board_report.governance.incident_clock_state import (
    ITEM,
    WITHOUT_DELAY,
    Clock,
    ClockSettings,
    ClockState,
    elapsed,
)
from board_report.governance.incident_kinds import Determined, Form
from board_report.governance.incident_record import Entry, IncidentRecord


def incident_clocks(
    record: IncidentRecord, now: datetime, settings: ClockSettings
) -> tuple[Clock, ...]:
    """Every clock of an incident, as far as its record speaks of what was by an instant.

    Args:
        record: the incident's.
        now: the instant, with its offset.
        settings: calendar, regimes and forms.
    """
    known = record.known_at(now + timedelta(microseconds=1))
    return (
        *_without_delay(known, now),
        *(
            (_six_k(known, now),)
            if settings.is_foreign
            else (*filing_clocks(known, now, settings), *_item_8_01(known))
        ),
        *regime_clocks(known, now, settings.regimes),
    )


def _without_delay(record: IncidentRecord, now: datetime) -> Iterator[Clock]:
    """How long the determination has taken: the rule gives no number of days."""
    discovered = record.discovered
    if discovered is None:
        return
    first = next(
        (entry for entry, said in record.determinations if said.state is not Determined.NOT_YET),
        None,
    )
    end = first.at if first else now
    yield Clock(
        id=WITHOUT_DELAY,
        name="Determination of materiality",
        rule=f"{ITEM}, Instruction 1: without delay",
        trigger="discovery",
        state=ClockState.MET if first else ClockState.RUNNING,
        started_at=discovered.at,
        done_at=first.at if first else None,
        elapsed_days=elapsed(discovered.at, end),
        note="Without unreasonable delay after discovery: the rule gives no number of days, and "
        "this is how many have passed.",
    )


def _item_8_01(record: IncidentRecord) -> Iterator[Clock]:
    """A voluntary report of what is not material, or not determined yet."""
    filed = next(iter(record.filed(Form.ITEM_8_01)), None)
    if filed is None and record.state is Determined.MATERIAL:
        return
    is_later_material = record.state is Determined.MATERIAL
    state = ClockState.MET if filed else ClockState.NOT_STARTED
    note = "Voluntary: nothing is due under this item."
    if is_later_material:
        state = ClockState.SUPERSEDED
        note = "Determined material since: what is due stands under Item 1.05."
    yield Clock(
        id=str(Form.ITEM_8_01),
        name="Voluntary report of an incident that is not material, or not determined yet",
        rule="Form 8-K, Item 8.01",
        trigger="the company's own choice",
        state=state,
        started_at=filed.at if filed else None,
        done_at=filed.at if filed else None,
        note=note,
    )


def _six_k(record: IncidentRecord, now: datetime) -> Clock:
    """What a foreign private issuer furnishes: promptly, without a number of days."""
    start = record.determined if record.state is Determined.MATERIAL else None
    done = _first_after(record.filed(Form.SIX_K), start)
    state = ClockState.NOT_STARTED
    if start is not None:
        state = ClockState.MET if done else ClockState.RUNNING
    return Clock(
        id=str(Form.SIX_K),
        name="Report of a material incident",
        rule="Form 6-K, General Instruction B",
        trigger="material information that is made public, filed or distributed elsewhere",
        state=state,
        started_at=start.at if start else None,
        done_at=done.at if done else None,
        elapsed_days=elapsed(start.at, done.at if done else now) if start else None,
        note="Promptly: the rule gives no number of days, and the four business days of Form 8-K "
        "are not its. Shown since the determination.",
    )


def _first_after(entries: tuple[Entry, ...], start: Entry | None) -> Entry | None:
    return next((each for each in entries if start is not None and each.at >= start.at), None)
