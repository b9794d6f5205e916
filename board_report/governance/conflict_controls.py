"""What compensates a conflict of the CISO's reporting line, and what shows that it is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.committees import CommitteeMeeting, oversight
from board_report.governance.roles import (
    CISO,
    Holder,
    ReportingLine,
    Structure,
    holders_at,
    is_directors,
    is_same_person,
)
from board_report.governance.rows import Row, day_of, flag_of, text_of

_DEPUTY = re.compile(
    r"\bdeputy\b.*\b(ciso|cto|cio|information security|technology|information officer)\b"
)
_OFFICES = ("CISO", "CTO")


class ControlCode(StrEnum):
    """What can compensate a conflict."""

    DOTTED_LINE = "dotted_line"
    EXECUTIVE_SESSIONS = "executive_sessions"
    SECOND_APPROVER = "second_approver"
    BUDGET_VISIBILITY = "budget_visibility"
    DEPUTY = "deputy"


class ControlState(StrEnum):
    """Whether a compensating control is on record."""

    ON_RECORD = "on record"
    NOT_ON_RECORD = "not on record"
    NOTHING_TO_JUDGE = "nothing to judge"
    NOT_MEASURED = "not measured"


TITLES: Mapping[ControlCode, str] = {
    ControlCode.DOTTED_LINE: "Line to the directors",
    ControlCode.EXECUTIVE_SESSIONS: "Sessions without management",
    ControlCode.SECOND_APPROVER: "Second approver of risk",
    ControlCode.BUDGET_VISIBILITY: "Security budget shown apart",
    ControlCode.DEPUTY: "Deputy in one of the two roles",
}

HOW_TO_HAVE: Mapping[ControlCode, str] = {
    ControlCode.DOTTED_LINE: (
        "give the CISO (where one person has both roles, a deputy) a line to the chair of the "
        "committee, in dotted_line_to_role of people"
    ),
    ControlCode.EXECUTIVE_SESSIONS: (
        "let the directors meet the CISO without management, and record it in "
        "is_executive_session of committee_calendar"
    ),
    ControlCode.SECOND_APPROVER: (
        "have every risk acceptance approved by an officer who did not ask for it"
    ),
    ControlCode.BUDGET_VISIBILITY: (
        "show the directors the security budget apart from the technology budget, and record it "
        "in is_security_budget_shown of committee_calendar"
    ),
    ControlCode.DEPUTY: "appoint a deputy CISO or a deputy CTO, and enter the deputy in people",
}
"""What a leader can do to have the control, to go on with after a colon."""


@dataclass(frozen=True)
class Control:
    """Something that compensates a conflict, and what shows it."""

    code: ControlCode
    state: ControlState
    evidence: str
    """One sentence with the figures behind the state."""
    references: tuple[str, ...] = ()
    """Identifiers of the rows that speak against it."""

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return TITLES[self.code]


def dotted_line_control(
    line: ReportingLine, holders: Mapping[str, Holder], committees: Collection[str]
) -> Control:
    """A line from the CISO to the board, a committee or its chair, past management.

    Where one person is CISO and CTO (or CIO), that person's own line carries the word of the
    officer concerned: only a deputy's line counts.
    """
    code = ControlCode.DOTTED_LINE
    is_combined = line.structure is Structure.COMBINED
    lines = _lines_of_deputies(holders) if is_combined else (line.reports_to, line.dotted_line_to)
    who = "a deputy" if is_combined else "the CISO"
    for to in lines:
        if is_directors(to, holders, committees):
            name = holders[to].role_title if to in holders else to
            evidence = (
                f"{who.capitalize() if is_combined else 'The CISO'} has a line to the {name}."
            )
            return Control(code, ControlState.ON_RECORD, evidence)
    to = line.dotted_line_to
    said = f"it goes to {to}" if to and not is_combined else "there is none"
    evidence = f"No line from {who} to the board or a committee is on record: {said}."
    if is_combined and is_directors(to, holders, committees):
        evidence = f"The line to {to} is that of the one officer; no deputy has one."
    return Control(code, ControlState.NOT_ON_RECORD, evidence)


def _lines_of_deputies(holders: Mapping[str, Holder]) -> tuple[str, ...]:
    return tuple(
        to for each in deputies(holders) for to in (each.reports_to, each.dotted_line_to) if to
    )


def executive_session_control(
    meetings: Sequence[CommitteeMeeting] | None, year: tuple[date, date]
) -> Control:
    """Meetings of the CISO with directors, without management, in the trailing year."""
    code = ControlCode.EXECUTIVE_SESSIONS
    if meetings is None:
        return Control(code, ControlState.NOT_MEASURED, "No committee calendar was given.")
    held = oversight(meetings, *year).executive_sessions
    if not held:
        return Control(code, ControlState.NOT_ON_RECORD, "None in the trailing year.")
    on = held[-1].on
    evidence = f"{len(held)} in the trailing year, the last on {on.day} {on:%b %Y}."
    return Control(code, ControlState.ON_RECORD, evidence)


def budget_control(calendar: Sequence[Row] | None, year: tuple[date, date]) -> Control:
    """A meeting in the trailing year in which directors saw the security budget apart."""
    code = ControlCode.BUDGET_VISIBILITY
    if calendar is None:
        return Control(code, ControlState.NOT_MEASURED, "No committee calendar was given.")
    known = sorted(
        (on, shown)
        for row in calendar
        if (on := day_of(row, "meeting_on")) is not None
        and year[0] <= on <= year[1]
        and (shown := flag_of(row, "is_security_budget_shown")) is not None
    )
    if not known:
        evidence = "No meeting's record says whether the security budget was shown."
        return Control(code, ControlState.NOT_MEASURED, evidence)
    held = [on for on, shown in known if shown]
    if not held:
        return Control(code, ControlState.NOT_ON_RECORD, "At no meeting in the trailing year.")
    evidence = f"The directors last saw it on {held[-1].day} {held[-1]:%b %Y}."
    return Control(code, ControlState.ON_RECORD, evidence)


def second_approver_control(
    acceptances: Iterable[Row] | None, people: Sequence[Row], year: tuple[date, date]
) -> Control:
    """No risk accepted in the trailing year was approved by whoever asked for it."""
    code = ControlCode.SECOND_APPROVER
    if acceptances is None:
        return Control(code, ControlState.NOT_MEASURED, "No risk acceptances were given.")
    judged = [
        row
        for row in acceptances
        if (on := day_of(row, "accepted_on")) is not None and year[0] <= on <= year[1]
    ]
    if not judged:
        evidence = "No risk was accepted in the trailing year."
        return Control(code, ControlState.NOTHING_TO_JUDGE, evidence)
    alone = tuple(text_of(row, "acceptance_id") for row in judged if is_own_approval(row, people))
    of = f"of {len(judged)} accepted in the trailing year"
    if alone:
        evidence = f"{len(alone)} {of} had none: {', '.join(alone)}."
        return Control(code, ControlState.NOT_ON_RECORD, evidence, alone)
    return Control(code, ControlState.ON_RECORD, f"{len(judged)} {of} had one.")


def is_own_approval(row: Row, people: Sequence[Row]) -> bool:
    """Whether nobody approved a risk acceptance but whoever asked for it.

    The roles are compared, and the persons who held them on that day, since one person may hold
    both roles. BOTH stands for the CISO and the CTO: where they approve together what one of them
    asked for, a second officer did approve.
    """
    on = day_of(row, "accepted_on")
    holders = holders_at(people, on) if on else {}
    asked = _persons(text_of(row, "requester_role"), holders)
    approved = _persons(text_of(row, "approver_role"), holders)
    return bool(approved) and approved <= asked


def _persons(role: str, holders: Mapping[str, Holder]) -> set[str]:
    """Whoever stands behind a role; the role itself where nobody is on record."""
    roles = _OFFICES if role == "BOTH" else (role,)
    return {
        holders[each].person_name.casefold() if each in holders else f"role {each}"
        for each in roles
        if each
    }


def deputies(holders: Mapping[str, Holder]) -> tuple[Holder, ...]:
    """Holders whose title says deputy CISO, CTO or CIO, other than the CISO in person."""
    ciso = holders.get(CISO)
    return tuple(
        each
        for each in holders.values()
        if _DEPUTY.search(f"{each.role.replace('_', ' ')} {each.role_title}".casefold())
        and not (ciso and is_same_person(each, ciso))
    )


def deputy_control(holders: Mapping[str, Holder]) -> Control:
    """Somebody who can stand in for one of the two roles that one person has."""
    code = ControlCode.DEPUTY
    found = deputies(holders)
    if not found:
        return Control(code, ControlState.NOT_ON_RECORD, "No deputy CISO or deputy CTO is named.")
    evidence = f"{found[0].role_title}: {found[0].person_name}."
    return Control(code, ControlState.ON_RECORD, evidence)
