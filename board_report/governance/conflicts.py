"""The conflicts of interest that a CISO's reporting line carries, and what compensates each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.committees import committee_meetings
from board_report.governance.conflict_controls import (
    Control,
    ControlCode,
    ControlState,
    budget_control,
    deputy_control,
    dotted_line_control,
    executive_session_control,
    second_approver_control,
)
from board_report.governance.roles import (
    Holder,
    ReportingLine,
    RoleChange,
    Structure,
    holders_at,
    reporting_line,
    role_changes,
)
from board_report.governance.rows import Row, plain_rows, trailing_year
from board_report.period import Window
from board_report.tables.schema import TableSet


class ConflictCode(StrEnum):
    """What a reporting line can put into conflict; it is not a fault of a person."""

    OWN_HOMEWORK = "own_homework"
    SECURITY_SECOND = "security_second"
    FILTERED_NEWS = "filtered_news"
    BURNOUT_AND_DEPTH = "burnout_and_depth"
    NO_AUTHORITY = "no_authority"
    OWN_RISK_ACCEPTANCE = "own_risk_acceptance"


class ConflictState(StrEnum):
    """Whether anything on record compensates a conflict."""

    COMPENSATED = "compensated"
    OPEN = "open"
    NOTHING_TO_JUDGE = "nothing to judge"
    """All that could compensate it had no occasion in the trailing year."""


_Kind = tuple[ConflictCode, str, tuple[ControlCode, ...]]
_UNDER: tuple[_Kind, ...] = (
    (
        ConflictCode.OWN_HOMEWORK,
        "Who builds and runs the systems stands above who judges them.",
        (ControlCode.DOTTED_LINE, ControlCode.SECOND_APPROVER),
    ),
    (
        ConflictCode.SECURITY_SECOND,
        "Whoever security holds up sets its budget and its dates.",
        (ControlCode.BUDGET_VISIBILITY,),
    ),
    (
        ConflictCode.FILTERED_NEWS,
        "Bad news reaches the board through the officer it concerns.",
        (ControlCode.DOTTED_LINE, ControlCode.EXECUTIVE_SESSIONS),
    ),
    (
        ConflictCode.OWN_RISK_ACCEPTANCE,
        "Who gains from speed can accept the risk that it brings.",
        (ControlCode.SECOND_APPROVER,),
    ),
)

CONFLICTS: Mapping[Structure, tuple[_Kind, ...]] = {
    Structure.COMBINED: (
        (
            ConflictCode.OWN_HOMEWORK,
            "Who builds and runs the systems also judges whether they are safe.",
            (ControlCode.SECOND_APPROVER,),
        ),
        (
            ConflictCode.SECURITY_SECOND,
            "One person weighs security against delivery, unseen by others.",
            (ControlCode.BUDGET_VISIBILITY,),
        ),
        (
            ConflictCode.FILTERED_NEWS,
            "The board hears of security only from the officer it concerns.",
            (ControlCode.DOTTED_LINE,),
        ),
        (
            ConflictCode.BURNOUT_AND_DEPTH,
            "One person fills two full jobs, and may go deep in neither.",
            (ControlCode.DEPUTY,),
        ),
        (
            ConflictCode.OWN_RISK_ACCEPTANCE,
            "Who asks for an exception can also grant it.",
            (ControlCode.SECOND_APPROVER,),
        ),
    ),
    Structure.UNDER_CTO: _UNDER,
    Structure.UNDER_CIO: _UNDER,
    Structure.INDEPENDENT: (
        (
            ConflictCode.NO_AUTHORITY,
            "The CISO can find a weakness but cannot order its repair.",
            (ControlCode.DOTTED_LINE, ControlCode.EXECUTIVE_SESSIONS),
        ),
    ),
    Structure.UNKNOWN: (),
}
"""What each structure makes likely, in plain words, and the controls that compensate it.

Sessions of the directors with an officer who is CISO and CTO in one are sessions with the officer
whom the news concerns, so they compensate nothing there.
"""


@dataclass(frozen=True)
class Conflict:
    """A conflict that the structure carries, with the controls that could compensate it."""

    code: ConflictCode
    sentence: str
    controls: tuple[Control, ...]

    @property
    def state(self) -> ConflictState:
        """Compensated when one of its controls is on record."""
        states = {each.state for each in self.controls}
        if ControlState.ON_RECORD in states:
            return ConflictState.COMPENSATED
        if states == {ControlState.NOTHING_TO_JUDGE}:
            return ConflictState.NOTHING_TO_JUDGE
        return ConflictState.OPEN

    @property
    def is_open(self) -> bool:
        """True when nothing on record compensates it."""
        return self.state is ConflictState.OPEN


@dataclass(frozen=True)
class ReportingReview:
    """The reporting structure at the as-of date, its conflicts and what compensates them."""

    holders: Mapping[str, Holder]
    line: ReportingLine
    conflicts: tuple[Conflict, ...]
    controls: tuple[Control, ...]
    """Those that the structure's conflicts call for, in the order of their declaration."""
    changes: tuple[RoleChange, ...]
    """Since the end of the quarter before."""
    before: ReportingLine
    """The CISO's line at the end of the quarter before."""
    was_anybody_on_record: bool = True
    """False when no role had a holder at the end of the quarter before."""

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Conflicts that nothing on record compensates."""
        return tuple(each for each in self.conflicts if each.is_open)

    @property
    def has_new_structure(self) -> bool:
        """Whether the structure is another one than at the end of the quarter before."""
        return self.was_anybody_on_record and self.before.structure is not self.line.structure

    @property
    def changed_lines(self) -> tuple[RoleChange, ...]:
        """Reporting and dotted lines that moved, those of the CISO first."""
        moved = [each for each in self.changes if each.is_line]
        return tuple(sorted(moved, key=lambda each: each.role != "CISO"))


def review_reporting(tables: TableSet, window: Window) -> ReportingReview:
    """Review the CISO's reporting line at the window's cutoff.

    Reads ``people``, ``committee_calendar`` (sessions and budgets of the trailing year) and
    ``risk_acceptances`` (approved in the trailing year).
    """
    people = plain_rows(tables.frame("people"))
    now = holders_at(people, window.cutoff_day)
    line = reporting_line(now)
    before = holders_at(people, date.fromordinal(window.first_day.toordinal() - 1))
    controls = _controls(tables, window, people, line, now)
    return ReportingReview(
        holders=now,
        line=line,
        conflicts=conflicts_of(line.structure, controls),
        controls=tuple(controls.values()),
        changes=role_changes(before, now),
        before=reporting_line(before),
        was_anybody_on_record=bool(before),
    )


def conflicts_of(
    structure: Structure, controls: Mapping[ControlCode, Control]
) -> tuple[Conflict, ...]:
    """The conflicts of a structure, each with what could compensate it."""
    return tuple(
        Conflict(code, sentence, tuple(controls[each] for each in needed))
        for code, sentence, needed in CONFLICTS[structure]
    )


def _controls(
    tables: TableSet,
    window: Window,
    people: tuple[Row, ...],
    line: ReportingLine,
    holders: Mapping[str, Holder],
) -> dict[ControlCode, Control]:
    """What the structure's conflicts call for; all but the deputy where there is no structure."""
    year = trailing_year(window)
    calendar = _measured(tables, "committee_calendar")
    meetings = None if calendar is None else committee_meetings(calendar)
    acceptances = _measured(tables, "risk_acceptances")
    found = (
        dotted_line_control(line, holders, [each.committee for each in meetings or ()]),
        executive_session_control(meetings, year),
        second_approver_control(acceptances, people, year),
        budget_control(calendar, year),
        deputy_control(holders),
    )
    needed = {code for _, _, codes in CONFLICTS[line.structure] for code in codes}
    needed = needed or set(ControlCode) - {ControlCode.DEPUTY}
    return {each.code: each for each in found if each.code in needed}


def _measured(tables: TableSet, name: str) -> tuple[Row, ...] | None:
    return plain_rows(tables.frame(name)) if tables.measured(name) else None
