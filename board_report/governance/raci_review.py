"""The RACI reviewed against everything on record: lines, decisions taken, risks accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from board_report.governance.conflict_controls import is_own_approval
from board_report.governance.raci import (
    RaciMatrix,
    listed,
    one_of,
    raci_findings,
    raci_matrix,
)
from board_report.governance.raci_codes import RaciCode, RaciFinding
from board_report.governance.raci_lines import line_findings
from board_report.governance.roles import Holder, holders_at, is_same_person, named
from board_report.governance.rows import Row, day_of, plain_rows, text_of, trailing_year
from board_report.period import Window
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, TableSet

IN_THE_MATRIX = (
    RaciCode.OVERLAP_MISSING,
    RaciCode.NO_ACCOUNTABLE,
    RaciCode.SEVERAL_ACCOUNTABLE,
    RaciCode.NO_RESPONSIBLE,
    RaciCode.ACCOUNTABLE_BELOW,
    RaciCode.OWN_WORK,
)
"""Findings about a row of the matrix; the others are about a role, or about what was decided."""
_BOTH = ("CISO", "CTO")


@dataclass(frozen=True)
class RaciReview:
    """The matrix and all that breaks a rule of it."""

    matrix: RaciMatrix
    findings: tuple[RaciFinding, ...]

    @property
    def of_rows(self) -> tuple[RaciFinding, ...]:
        """Those about a row of the matrix."""
        return tuple(each for each in self.findings if each.code in IN_THE_MATRIX)

    @property
    def of_roles(self) -> tuple[RaciFinding, ...]:
        """Those about a role that has too much."""
        return tuple(each for each in self.findings if each.code is RaciCode.OVERLOADED)

    @property
    def of_decisions(self) -> tuple[RaciFinding, ...]:
        """Those about decisions that were taken and risks that were accepted."""
        known = (*IN_THE_MATRIX, RaciCode.OVERLOADED)
        return tuple(each for each in self.findings if each.code not in known)


def review_raci(tables: TableSet, window: Window) -> RaciReview:
    """Review the RACI as known at the window's cutoff.

    Reads ``raci``, ``people``, ``committee_calendar``, ``decision_log`` (the trailing year) and
    ``risk_acceptances`` (of the trailing year, and older ones still in force).
    """
    people = plain_rows(tables.frame("people"))
    matrix = raci_matrix(plain_rows(tables.frame("raci")))
    calendar = plain_rows(tables.frame("committee_calendar"))
    committees = {text_of(row, "committee") for row in calendar}
    year = trailing_year(window)
    acceptances = plain_rows(tables.frame("risk_acceptances"))
    log = plain_rows(tables.frame("decision_log"))
    return RaciReview(
        matrix,
        (
            *raci_findings(matrix),
            *line_findings(matrix, holders_at(people, window.cutoff_day), committees),
            *own_acceptances(matrix, acceptances, people, year),
            *taken_by_others(matrix, log, people, year),
        ),
    )


def own_acceptances(
    matrix: RaciMatrix, rows: Iterable[Row], people: Sequence[Row], year: tuple[date, date]
) -> Iterator[RaciFinding]:
    """Risk acceptances that nobody approved but whoever asked, by role or in person.

    Those accepted in the trailing year, and older ones that were not closed by its end.
    """
    for row in rows:
        on, closed = day_of(row, "accepted_on"), day_of(row, "closed_on")
        if on is None or on > year[1] or (on < year[0] and closed and closed <= year[1]):
            continue
        if not is_own_approval(row, people):
            continue
        asked, approved = text_of(row, "requester_role"), text_of(row, "approver_role")
        roles = tuple(dict.fromkeys((asked, approved)))
        accountable = [
            role
            for activity in matrix.about("risk_acceptance")
            for role in matrix.assigned(activity, "A")
            if role not in roles
        ]
        names = named(asked) if asked == approved else f"{asked} and {approved} are one person"
        yield RaciFinding(
            RaciCode.OWN_ACCEPTANCE,
            "",
            roles,
            {
                "number": text_of(row, "acceptance_id"),
                "names": names,
                "candidates": one_of(accountable, "an officer who did not ask for it"),
            },
            "risk_acceptances",
            *_place(row),
        )


def taken_by_others(
    matrix: RaciMatrix, rows: Iterable[Row], people: Sequence[Row], year: tuple[date, date]
) -> Iterator[RaciFinding]:
    """Decisions of the trailing year whose taker was not accountable for the activity that day.

    A person who held an accountable role on that day was; BOTH decide where one of them is. Where
    several are accountable each may decide, and where nobody is, that is the finding and not this.
    """
    if not matrix.activities:
        return
    for row in rows:
        on = day_of(row, "decided_on")
        if on is None or not year[0] <= on <= year[1]:
            continue
        activity, role = text_of(row, "activity"), text_of(row, "decided_by_role")
        if activity not in matrix.activities:
            near = get_close_matches(activity, matrix.activities, n=1, cutoff=0.6)
            hint = f" (did you mean “{near[0]}”?)" if near else ""
            yield _taken(RaciCode.ACTIVITY_UNKNOWN, row, on, (role,), hint=hint)
            continue
        accountable = matrix.assigned(activity, "A")
        if accountable and not _may_decide(role, accountable, holders_at(people, on)):
            names = listed([named(each) for each in accountable], "or")
            yield _taken(RaciCode.DECIDED_BY_OTHER, row, on, (role, *accountable), names=names)


def _may_decide(role: str, accountable: Sequence[str], holders: Mapping[str, Holder]) -> bool:
    takers = _BOTH if role == "BOTH" else (role,)
    return any(
        taker == each
        or (taker in holders and each in holders and is_same_person(holders[taker], holders[each]))
        for taker in takers
        for each in accountable
    )


def _taken(
    code: RaciCode, row: Row, on: date, roles: tuple[str, ...], **facts: object
) -> RaciFinding:
    activity = text_of(row, "activity")
    known = {
        "entry": text_of(row, "entry_id"),
        "activity": activity,
        "title": text_of(row, "title"),
        "role": named(roles[0]),
        "day": f"{on.day} {on:%b %Y}",
    }
    return RaciFinding(code, activity, roles, {**known, **facts}, "decision_log", *_place(row))


def _place(row: Row) -> tuple[str, int]:
    return text_of(row, SOURCE_COLUMN), int(text_of(row, LINE_COLUMN) or 0)
