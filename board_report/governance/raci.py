"""The RACI matrix, and the activities for which nobody, or more than one, answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from board_report.governance.rows import Row, text_of

ROLE_ORDER = ("BOARD", "CEO", "CISO", "CTO", "CIO", "COO", "CFO", "CRO", "GC", "DPO", "AUDIT")
"""Columns from the board down; a role that is not listed follows in the order of the file."""


class RaciCode(StrEnum):
    """What can be wrong with the assignment of an activity."""

    NO_ACCOUNTABLE = "no_accountable"
    SEVERAL_ACCOUNTABLE = "several_accountable"
    NO_RESPONSIBLE = "no_responsible"


@dataclass(frozen=True)
class RaciFinding:
    """An activity whose assignment breaks a rule."""

    code: RaciCode
    activity: str
    roles: tuple[str, ...]
    """The roles concerned; empty when the fault is that there is none."""
    sentence: str


@dataclass(frozen=True)
class RaciMatrix:
    """Activities by roles."""

    activities: tuple[str, ...]
    """In the order of the file."""
    roles: tuple[str, ...]
    cells: Mapping[tuple[str, str], str]
    """(activity, role) to ``A``, ``R``, ``A/R``, ``C`` or ``I``; absent where nothing is assigned.
    """

    def assigned(self, activity: str, letter: str) -> tuple[str, ...]:
        """The roles that hold a letter for an activity; ``A/R`` holds both."""
        return tuple(
            role for role in self.roles if letter in self.cells.get((activity, role), "").split("/")
        )


def raci_matrix(rows: Iterable[Row]) -> RaciMatrix:
    """The rows of ``raci`` as a matrix (activity, role, assignment)."""
    cells = {
        (text_of(row, "activity"), text_of(row, "role")): text_of(row, "assignment") for row in rows
    }
    found = tuple(dict.fromkeys(role for _, role in cells))
    return RaciMatrix(
        activities=tuple(dict.fromkeys(activity for activity, _ in cells)),
        roles=tuple(sorted(found, key=lambda role: (_rank(role), found.index(role)))),
        cells=cells,
    )


def _rank(role: str) -> int:
    name = role.upper()
    return ROLE_ORDER.index(name) if name in ROLE_ORDER else len(ROLE_ORDER)


def raci_findings(matrix: RaciMatrix) -> tuple[RaciFinding, ...]:
    """Activities without exactly one accountable role, or with no responsible one, in file order.

    Two accountable roles are a finding of their own, because each may wait for the other.
    """
    found: list[RaciFinding] = []
    for activity in matrix.activities:
        accountable = matrix.assigned(activity, "A")
        if not accountable:
            sentence = f"Nobody is accountable for “{activity}”."
            found.append(RaciFinding(RaciCode.NO_ACCOUNTABLE, activity, (), sentence))
        elif len(accountable) > 1:
            names = ", ".join(accountable[:-1]) + f" and {accountable[-1]}"
            sentence = f"“{activity}” has {len(accountable)} accountable roles: {names}."
            code = RaciCode.SEVERAL_ACCOUNTABLE
            found.append(RaciFinding(code, activity, accountable, sentence))
        if not matrix.assigned(activity, "R"):
            sentence = f"Nobody is responsible for doing “{activity}”."
            found.append(RaciFinding(RaciCode.NO_RESPONSIBLE, activity, (), sentence))
    return tuple(found)
