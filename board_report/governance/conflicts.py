"""The conflicts of interest that a CISO's reporting line carries, and what compensates them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.committees import (
    CommitteeMeeting,
    committee_meetings,
    is_board,
    oversight,
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
from board_report.governance.rows import Row, day_of, plain_rows, text_of, trailing_year
from board_report.period import Window
from board_report.tables.schema import TableSet

CONFLICTS: Mapping[Structure, tuple[str, ...]] = {
    Structure.COMBINED: (
        "Who builds or runs the systems also judges whether they are safe enough.",
        "A delay for security and a delivery date are weighed by one person, unseen by others.",
        "No second officer can tell the board that a risk was taken to keep a date.",
    ),
    Structure.UNDER_CTO: (
        "The officer whose launches are held up by security sets the CISO's budget and pay.",
        "Bad news about technology reaches the board through the officer it concerns.",
        "A risk that speeds up delivery can be accepted by the one who gains from the speed.",
    ),
    Structure.UNDER_CIO: (
        "Security competes for money with the operations that it has to check.",
        "Bad news about operations reaches the board through the officer it concerns.",
        "Overdue patches and old systems are accepted by the one who would pay to replace them.",
    ),
    Structure.INDEPENDENT: (
        "The CISO can find a weakness but cannot order its repair: agreement with the CTO decides.",
    ),
    Structure.UNKNOWN: ("Who the CISO answers to is not on record, so no conflict can be judged.",),
}
"""What each structure makes likely, in plain words; a conflict is not a fault of a person."""


class ControlState(StrEnum):
    """Whether a compensating control is on record."""

    ON_RECORD = "on record"
    NOT_ON_RECORD = "not on record"
    NOTHING_TO_JUDGE = "nothing to judge"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Control:
    """Something that compensates a conflict, and what shows it."""

    code: str
    """``dotted_line``, ``executive_sessions`` or ``second_approver``."""
    title: str
    state: ControlState
    evidence: str
    """One sentence with the figures behind the state."""
    references: tuple[str, ...] = ()
    """Identifiers of the rows that speak against it."""


@dataclass(frozen=True)
class ReportingReview:
    """The reporting structure at the as-of date, its conflicts and what compensates them."""

    holders: Mapping[str, Holder]
    line: ReportingLine
    conflicts: tuple[str, ...]
    controls: tuple[Control, ...]
    changes: tuple[RoleChange, ...]
    """Since the end of the quarter before."""


def review_reporting(tables: TableSet, window: Window) -> ReportingReview:
    """Review the CISO's reporting line at the window's cutoff.

    Reads ``people``, ``committee_calendar`` (executive sessions of the trailing year) and
    ``risk_acceptances`` (approved in the trailing year).
    """
    people = plain_rows(tables.frame("people"))
    now = holders_at(people, window.cutoff_day)
    line = reporting_line(now)
    calendar = _measured(tables, "committee_calendar")
    acceptances = _measured(tables, "risk_acceptances")
    meetings = None if calendar is None else committee_meetings(calendar)
    year = trailing_year(window)
    before = holders_at(people, date.fromordinal(window.first_day.toordinal() - 1))
    return ReportingReview(
        holders=now,
        line=line,
        conflicts=CONFLICTS[line.structure],
        controls=(
            dotted_line_control(line, now, meetings or ()),
            executive_session_control(meetings, year),
            second_approver_control(acceptances, people, year),
        ),
        changes=role_changes(before, now),
    )


def _measured(tables: TableSet, name: str) -> tuple[Row, ...] | None:
    return plain_rows(tables.frame(name)) if tables.measured(name) else None


def dotted_line_control(
    line: ReportingLine, holders: Mapping[str, Holder], meetings: Sequence[CommitteeMeeting]
) -> Control:
    """A line from the CISO to the board, a committee or its chair, past management."""
    code, title = "dotted_line", "Line to the directors"
    to = line.reports_to if _is_directors(line.reports_to, holders, meetings) else ""
    to = to or line.dotted_line_to
    if _is_directors(to, holders, meetings):
        name = holders[to].role_title if to in holders else to
        evidence = f"The CISO has a line to the {name}."
        return Control(code, title, ControlState.ON_RECORD, evidence)
    said = f"it goes to {to}" if to else "there is none"
    evidence = f"No line from the CISO to the board or a committee is on record: {said}."
    return Control(code, title, ControlState.NOT_ON_RECORD, evidence)


def _is_directors(
    role: str, holders: Mapping[str, Holder], meetings: Sequence[CommitteeMeeting]
) -> bool:
    """Whether a role is the board, a committee of the calendar, or a chair of either."""
    if not role:
        return False
    committees = {each.committee.casefold() for each in meetings}
    if is_board(role) or role.casefold() in committees:
        return True
    words = f"{role} {holders[role].role_title if role in holders else ''}".casefold()
    # A chair who is also chief executive is management, and a director of a department is no
    # director of the company.
    is_officer = any(word in words for word in ("officer", "chief", "president"))
    is_director = any(word in words for word in ("chair", "committee", "independent director"))
    return is_director and not is_officer


def executive_session_control(
    meetings: Sequence[CommitteeMeeting] | None, year: tuple[date, date]
) -> Control:
    """Meetings of the CISO with directors, without management, in the trailing year."""
    code, title = "executive_sessions", "Sessions without management"
    if meetings is None:
        evidence = "No committee calendar was given."
        return Control(code, title, ControlState.NOT_MEASURED, evidence)
    held = oversight(meetings, *year).executive_sessions
    if not held:
        evidence = "None in the trailing year."
        return Control(code, title, ControlState.NOT_ON_RECORD, evidence)
    on = held[-1].on
    evidence = f"{len(held)} in the trailing year, the last on {on.day} {on:%b %Y}."
    return Control(code, title, ControlState.ON_RECORD, evidence)


def second_approver_control(
    acceptances: Iterable[Row] | None, people: Sequence[Row], year: tuple[date, date]
) -> Control:
    """No risk accepted in the trailing year was approved by whoever asked for it.

    The roles are compared, and the persons who held them on that day, since one person may hold
    both roles.
    """
    code, title = "second_approver", "Second approver of risk"
    if acceptances is None:
        evidence = "No risk acceptances were given."
        return Control(code, title, ControlState.NOT_MEASURED, evidence)
    judged = [
        row
        for row in acceptances
        if (on := day_of(row, "accepted_on")) is not None and year[0] <= on <= year[1]
    ]
    if not judged:
        evidence = "No risk was accepted in the trailing year."
        return Control(code, title, ControlState.NOTHING_TO_JUDGE, evidence)
    alone = tuple(text_of(row, "acceptance_id") for row in judged if _approved_alone(row, people))
    of = f"of {len(judged)} accepted in the trailing year"
    if alone:
        evidence = f"{len(alone)} {of} approved by whoever asked: {', '.join(alone)}."
        return Control(code, title, ControlState.NOT_ON_RECORD, evidence, alone)
    return Control(code, title, ControlState.ON_RECORD, f"None {of} approved by whoever asked.")


def _approved_alone(row: Row, people: Sequence[Row]) -> bool:
    asked, approved = text_of(row, "requester_role"), text_of(row, "approver_role")
    if asked == approved:
        return True
    on = day_of(row, "accepted_on")
    holders = holders_at(people, on) if on else {}
    names = [holders[role].person_name.casefold() for role in (asked, approved) if role in holders]
    return len(names) == 2 and names[0] == names[1]
