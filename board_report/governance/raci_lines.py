"""The RACI held against reporting lines and persons: who can be accountable, and for how much."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from board_report.governance.raci import RaciMatrix, about_row, listed, one_of
from board_report.governance.raci_codes import RaciCode, RaciFinding
from board_report.governance.roles import (
    CIO,
    CISO,
    CTO,
    Holder,
    chain_of,
    is_directors,
    is_same_person,
    named,
)

MOST_ACCOUNTABLE = (1, 3)
"""A role is overloaded when it answers for more than this share of all activities."""
MOST_RESPONSIBLE = (2, 3)
AT_LEAST = 5
"""Activities below which nobody is overloaded, whatever the share."""
_OFFICES = (CISO, CTO, CIO)
_JUDGED_BY_OTHERS = ("risk_acceptance", "disclosure")
_NO_OFFICERS = ("BOARD", "BOTH")
_WORDS = {MOST_ACCOUNTABLE: "a third", MOST_RESPONSIBLE: "two thirds"}


def line_findings(
    matrix: RaciMatrix, holders: Mapping[str, Holder], committees: Collection[str] = ()
) -> tuple[RaciFinding, ...]:
    """Rows in which the accountable officer stands in the wrong place, then overloaded roles."""
    rows = (
        each
        for activity in matrix.activities
        for each in (
            *_below(matrix, activity, holders, committees),
            *_own_work(matrix, activity, holders),
        )
    )
    return (*rows, *overloads(matrix))


def _below(
    matrix: RaciMatrix,
    activity: str,
    holders: Mapping[str, Holder],
    committees: Collection[str],
) -> Iterator[RaciFinding]:
    """An accountable officer cannot hold to account somebody higher up the own line.

    Somebody with a line of their own to the directors can: they hear of it. Two roles of one
    person do not stand below one another.
    """
    responsible = matrix.assigned(activity, "R")
    for role in matrix.assigned(activity, "A"):
        holder = holders.get(role)
        if holder is None or any(
            is_directors(to, holders, committees)
            for to in (holder.reports_to, holder.dotted_line_to)
        ):
            continue
        for above in chain_of(holders, role)[1:]:
            superior = holders.get(above)
            if above in responsible and not (superior and is_same_person(superior, holder)):
                yield about_row(
                    matrix, RaciCode.ACCOUNTABLE_BELOW, activity, (above, role),
                    role=named(role), above=named(above),
                )  # fmt: skip
                break


def _own_work(
    matrix: RaciMatrix, activity: str, holders: Mapping[str, Holder]
) -> Iterator[RaciFinding]:
    """Accepting risk, and disclosure, are judgements on what the two offices did.

    So one person of those offices must not be alone in it: all that do it and all that answer for
    it are one person, who is the CISO, the CTO or the CIO. Anybody outside the two offices judges
    others' work, and a second officer who does part of it sees what is judged.
    """
    if matrix.subjects.get(activity) not in _JUDGED_BY_OTHERS:
        return
    accountable, responsible = matrix.assigned(activity, "A"), matrix.assigned(activity, "R")
    if not accountable or not responsible:
        return
    roles = tuple(dict.fromkeys((*accountable, *responsible)))
    persons = {_person(role, holders) for role in roles}
    of_offices = {_person(role, holders) for role in _OFFICES}
    if len(persons) == 1 and persons <= of_offices:
        others = [
            role
            for role in matrix.roles
            if _person(role, holders) not in of_offices and role in ("COO", "CFO", "CRO", "GC")
        ]
        yield about_row(
            matrix, RaciCode.OWN_WORK, activity, roles,
            names=listed([named(role) for role in roles]),
            candidates=one_of(others, "an officer outside both offices"),
        )  # fmt: skip


def _person(role: str, holders: Mapping[str, Holder]) -> str:
    holder = holders.get(role)
    return holder.person_name.casefold() if holder else f"role {role}"


def overloads(matrix: RaciMatrix) -> Iterator[RaciFinding]:
    """Roles that answer for, or do, so much that something of it will wait."""
    total = len(matrix.activities)
    for letter, (part, whole), does in (
        ("A", MOST_ACCOUNTABLE, "is accountable for"),
        ("R", MOST_RESPONSIBLE, "does the work in"),
    ):
        for role in matrix.roles:
            held = matrix.held(role, letter)
            if role in _NO_OFFICERS or len(held) < AT_LEAST or len(held) * whole <= part * total:
                continue
            file, line = matrix.place(held[0], role)
            facts = {
                "role": named(role),
                "does": does,
                "count": len(held),
                "total": total,
                "share": _WORDS[part, whole],
                "activities": "; ".join(held),
            }
            yield RaciFinding(RaciCode.OVERLOADED, "", (role,), facts, file=file, line=line)
