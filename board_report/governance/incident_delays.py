"""Putting off a filing under Item 1.05(c) and (d): what was granted, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from board_report.governance.filing_calendar import Deadline, FilingCalendar, cut_off
from board_report.governance.incident_codes import IncidentCode
from board_report.governance.incident_kinds import Delay, DelayBasis, DelayStage
from board_report.governance.incident_record import Entry, IncidentRecord

MOST_DAYS = (30, 30, 60)
"""Calendar days that the Attorney General's first, second and last period can have."""
FCC_DAYS = 7
"""Business days after the notification under 47 CFR 64.2011, at the most."""
_WHICH = ("first", "second", "third")
_OF_BASIS = {
    DelayBasis.ATTORNEY_GENERAL: (
        DelayStage.REQUESTED,
        DelayStage.GRANTED,
        DelayStage.DECLINED,
        DelayStage.ENDED_EARLY,
    ),
    DelayBasis.FCC: (DelayStage.NOTIFIED, DelayStage.CORRESPONDENCE),
}


@dataclass(frozen=True)
class Period:
    """One period for which the Attorney General put the filing off."""

    number: int
    """1 to 3."""
    entry: Entry
    days: int
    ends_on: date
    """Last day of it, unless it was ended early."""


@dataclass(frozen=True)
class AttorneyGeneral:
    """What became of a delay under Item 1.05(c)."""

    periods: tuple[Period, ...]
    too_late: tuple[Entry, ...]
    """Grants that came after the filing was due, or after the period before had run out."""
    requested: Entry | None
    declined: Entry | None
    """The last refusal that no grant followed."""
    ended_early: Entry | None

    @property
    def ends_on(self) -> date | None:
        """The last day of the delay; None where none was granted in time."""
        return self.periods[-1].ends_on if self.periods else None


def attorney_general(record: IncidentRecord, due: Deadline) -> AttorneyGeneral:
    """The periods that were granted in time, each after the one before.

    A period counts where the Commission was told of it before the report was due (104B.01), or
    before the period before had run out (104B.02).

    Args:
        record: the incident's.
        due: when the report was due otherwise, after which the first period runs.
    """
    steps = record.delays(DelayBasis.ATTORNEY_GENERAL)
    periods: list[Period] = []
    too_late: list[Entry] = []
    end, last_moment = due.due_on, due.due_at
    for entry, each in steps:
        if each.stage is not DelayStage.GRANTED:
            continue
        if entry.at > last_moment:
            too_late.append(entry)
            continue
        end += timedelta(days=each.days)
        last_moment = cut_off(end)
        periods.append(Period(len(periods) + 1, entry, each.days, end))

    def last(stage: DelayStage) -> Entry | None:
        return next((entry for entry, each in reversed(steps) if each.stage is stage), None)

    declined, granted = last(DelayStage.DECLINED), last(DelayStage.GRANTED)
    if declined and granted and declined.order < granted.order:
        declined = None
    return AttorneyGeneral(
        periods=tuple(periods),
        too_late=tuple(too_late),
        requested=last(DelayStage.REQUESTED),
        declined=declined,
        ended_early=last(DelayStage.ENDED_EARLY),
    )


def after_delay(delay: AttorneyGeneral, calendar: FilingCalendar) -> Deadline | None:
    """The deadline that takes the place of the first one; None where nothing was granted.

    Four business days after the delay ran out, or after the notice that it ends early (staff
    interpretations 104B.02 and 104B.03, read on secondary copies).
    """
    if delay.ends_on is None:
        return None
    if delay.ended_early is not None:
        early = calendar.deadline(delay.ended_early.at)
        if early.starts_on <= delay.ends_on:
            return early
    return calendar.deadline(delay.ends_on)


def fcc_notified(record: IncidentRecord) -> Entry | None:
    """The notification that 47 CFR 64.2011 requires; None where none is on record."""
    return _fcc(record, DelayStage.NOTIFIED)


def fcc_correspondence(record: IncidentRecord) -> Entry | None:
    """The notice to the Commission by correspondence; None where none is on record."""
    return _fcc(record, DelayStage.CORRESPONDENCE)


def _fcc(record: IncidentRecord, stage: DelayStage) -> Entry | None:
    steps = record.delays(DelayBasis.FCC)
    return next((entry for entry, each in steps if each.stage is stage), None)


# --- faults --------------------------------------------------------------------------------------


def delay_faults(
    entry: Entry, delay: Delay, others: IncidentRecord
) -> Iterator[tuple[IncidentCode, dict[str, object]]]:
    """What is wrong with a step of a delay beside the others."""
    if delay.stage not in _OF_BASIS[delay.basis]:
        what = f"{delay.stage.replace('_', ' ')} is no step of that kind of delay"
        yield IncidentCode.DELAY_OUT_OF_ORDER, {"what": what}
        return
    before = [each for one, each in others.delays(delay.basis) if one.order < entry.order]
    stages = [each.stage for each in before]
    if delay.stage is DelayStage.GRANTED:
        yield from _granted(delay, stages)
    elif delay.days:
        yield IncidentCode.DELAY_OUT_OF_ORDER, {"what": "days belong to a delay that is granted"}
    if delay.stage is DelayStage.ENDED_EARLY and DelayStage.GRANTED not in stages:
        yield IncidentCode.DELAY_OUT_OF_ORDER, {"what": "no delay was granted that could end"}
    if delay.stage is DelayStage.DECLINED and DelayStage.REQUESTED not in stages:
        yield IncidentCode.DELAY_OUT_OF_ORDER, {"what": "no delay was asked for before"}


def _granted(
    delay: Delay, stages: list[DelayStage]
) -> Iterator[tuple[IncidentCode, dict[str, object]]]:
    at = stages.count(DelayStage.GRANTED)
    if DelayStage.ENDED_EARLY in stages:
        yield IncidentCode.DELAY_OUT_OF_ORDER, {"what": "the delay was ended before"}
    elif at >= len(MOST_DAYS):
        what = "a fourth period takes an order of the Commission, which the clock does not know"
        yield IncidentCode.DELAY_OUT_OF_ORDER, {"what": what}
    elif delay.days < 1:
        yield IncidentCode.DELAY_OUT_OF_ORDER, {"what": "a delay is granted for a number of days"}
    elif delay.days > MOST_DAYS[at]:
        facts = {"days": delay.days, "most": MOST_DAYS[at], "which": _WHICH[at]}
        yield IncidentCode.DELAY_TOO_LONG, dict(facts)
