"""The RACI matrix, and the rules that it breaks by itself, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from board_report.governance.raci_codes import RaciCode, RaciFinding
from board_report.governance.rows import Row, text_of
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

ROLE_ORDER = ("BOARD", "CEO", "CISO", "CTO", "CIO", "COO", "CFO", "CRO", "GC", "DPO", "AUDIT")
"""Columns from the board down; a role that is not listed follows in the order of the file."""

OVERLAPS: Mapping[str, str] = {
    "vendor_selection": "vendor selection for security tools",
    "major_incident": "leading the response to a major breach",
    "cyber_budget": "the cyber budget",
    "zero_trust": "zero-trust implementation",
}
"""Subjects that lie with both leaders, which every RACI must settle, in words."""

_FEW = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True)
class RaciMatrix:
    """Activities by roles."""

    activities: tuple[str, ...]
    """In the order of the file."""
    roles: tuple[str, ...]
    cells: Mapping[tuple[str, str], str]
    """(activity, role) to ``A``, ``R``, ``A/R``, ``C`` or ``I``; absent where nothing is assigned.
    """
    subjects: Mapping[str, str] = field(default_factory=dict)
    """Activity to the decision that matters which it is; absent for any other activity."""
    places: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    """(activity, role) to file and line."""

    def assigned(self, activity: str, letter: str) -> tuple[str, ...]:
        """The roles that hold a letter for an activity; ``A/R`` holds both."""
        return tuple(
            role for role in self.roles if letter in self.cells.get((activity, role), "").split("/")
        )

    def held(self, role: str, letter: str) -> tuple[str, ...]:
        """The activities for which a role holds a letter; ``A/R`` holds both."""
        return tuple(
            each
            for each in self.activities
            if letter in self.cells.get((each, role), "").split("/")
        )

    def about(self, subject: str) -> tuple[str, ...]:
        """The activities that are about a subject."""
        return tuple(each for each in self.activities if self.subjects.get(each) == subject)

    @property
    def missing_overlaps(self) -> tuple[str, ...]:
        """Subjects that lie with both leaders and have no activity."""
        return tuple(each for each in OVERLAPS if not self.about(each))

    def place(self, activity: str, role: str = "") -> tuple[str, int]:
        """File and line of an assignment, or of the first row of the activity; of the file's
        first row where there is none."""
        if (activity, role) in self.places:
            return self.places[activity, role]
        rows = [at for (name, _), at in self.places.items() if name == activity]
        if rows:
            return rows[0]
        return next(((file, 0) for file, _ in self.places.values()), ("", 0))


def raci_matrix(rows: Iterable[Row]) -> RaciMatrix:
    """The rows of ``raci`` as a matrix (activity, role, assignment, subject)."""
    cells: dict[tuple[str, str], str] = {}
    subjects: dict[str, str] = {}
    places: dict[tuple[str, str], tuple[str, int]] = {}
    for row in rows:
        activity, role = text_of(row, "activity"), text_of(row, "role")
        cells[activity, role] = text_of(row, "assignment")
        places[activity, role] = (text_of(row, SOURCE_COLUMN), int(text_of(row, LINE_COLUMN) or 0))
        if subject := text_of(row, "subject"):
            subjects.setdefault(activity, subject)
    found = tuple(dict.fromkeys(role for _, role in cells))
    return RaciMatrix(
        activities=tuple(dict.fromkeys(activity for activity, _ in cells)),
        roles=tuple(sorted(found, key=lambda role: (_rank(role), found.index(role)))),
        cells=cells,
        subjects=subjects,
        places=places,
    )


def _rank(role: str) -> int:
    name = role.upper()
    return ROLE_ORDER.index(name) if name in ROLE_ORDER else len(ROLE_ORDER)


def raci_findings(matrix: RaciMatrix) -> tuple[RaciFinding, ...]:
    """What the matrix breaks by itself: the overlaps that are missing, then row by row.

    Each activity has exactly one accountable role and at least one responsible one, and the four
    decisions that lie with both leaders have an activity. Two accountable roles are a finding of
    their own, because each may wait for the other. An empty matrix breaks nothing.
    """
    if not matrix.activities:
        return ()
    missing = (_missing(matrix, each) for each in matrix.missing_overlaps)
    return (*missing, *(each for name in matrix.activities for each in _of_row(matrix, name)))


def _missing(matrix: RaciMatrix, subject: str) -> RaciFinding:
    file, line = matrix.place("")
    facts = {"subject": OVERLAPS[subject], "code": subject}
    return RaciFinding(RaciCode.OVERLAP_MISSING, "", (), facts, file=file, line=line)


def _of_row(matrix: RaciMatrix, activity: str) -> Iterator[RaciFinding]:
    accountable, responsible = matrix.assigned(activity, "A"), matrix.assigned(activity, "R")
    consulted = matrix.assigned(activity, "C")
    if not accountable:
        candidates = one_of(responsible or consulted, "one of those who have a stake in it")
        yield about_row(matrix, RaciCode.NO_ACCOUNTABLE, activity, (), candidates=candidates)
    elif len(accountable) > 1:
        yield about_row(
            matrix, RaciCode.SEVERAL_ACCOUNTABLE, activity, accountable,
            count=_FEW.get(len(accountable), str(len(accountable))), names=listed(accountable),
            candidates=one_of(accountable, ""),
        )  # fmt: skip
    if not responsible:
        candidates = one_of(consulted or accountable, "whoever does it")
        yield about_row(matrix, RaciCode.NO_RESPONSIBLE, activity, (), candidates=candidates)


def about_row(
    matrix: RaciMatrix, code: RaciCode, activity: str, roles: tuple[str, ...], **facts: object
) -> RaciFinding:
    """A finding about an activity, at the row of the first role concerned."""
    file, line = matrix.place(activity, roles[-1] if roles else "")
    facts = {"activity": activity, **facts}
    return RaciFinding(code, activity, roles, facts, file=file, line=line)


def listed(items: Sequence[str], word: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def one_of(roles: Sequence[str], otherwise: str) -> str:
    """``the CISO``, ``one of CISO, CTO``, or other words where there is no role."""
    if not roles:
        return otherwise
    return roles[0] if len(roles) == 1 else f"one of {listed(roles, 'or')}"
