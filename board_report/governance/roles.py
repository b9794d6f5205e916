"""Who holds which role, to whom it reports, and which structure the CISO's line makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.committees import is_board
from board_report.governance.rows import Row, day_of, text_of
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

CISO, CTO, CIO = "CISO", "CTO", "CIO"
_TOPS = ("CEO", "CRO", "COO", "CFO", "GC", "CHAIR")
"""Roles outside both offices: a line that reaches one is known, whether or not it is held."""


@dataclass(frozen=True)
class Holder:
    """A person in a role, as on record."""

    role: str
    role_title: str
    person_name: str
    reports_to: str
    """Role; empty when none is on record."""
    dotted_line_to: str
    """Role or committee; empty when none is on record."""
    since: date
    file: str = ""
    line: int = 0
    """Where the row stands, for whoever has to mend it."""


class Structure(StrEnum):
    """Where the CISO stands beside the makers and runners of technology."""

    COMBINED = "combined"
    """One person is the CISO and also the CTO or the CIO."""
    UNDER_CTO = "CISO under the CTO"
    UNDER_CIO = "CISO under the CIO"
    INDEPENDENT = "independent"
    """The line to the top passes neither the CTO nor the CIO."""
    UNKNOWN = "not on record"
    """There is no CISO, nobody whom the CISO reports to, or the line leads to no known top."""


@dataclass(frozen=True)
class ReportingLine:
    """The CISO's line upwards."""

    structure: Structure
    chain: tuple[str, ...]
    """Roles from the CISO upwards, as far as they are on record."""
    dotted_line_to: str
    also_holds: str = ""
    """The other role of the same person, when combined."""

    @property
    def reports_to(self) -> str:
        """The role directly above the CISO; empty when none is on record."""
        return self.chain[1] if len(self.chain) > 1 else ""

    @property
    def words(self) -> str:
        """The structure with its dotted line: ``CISO under the CTO, dotted line to CHAIR``."""
        said = {
            Structure.COMBINED: f"one person as CISO and {self.also_holds}",
            Structure.INDEPENDENT: f"independent CISO under {named(self.reports_to)}",
        }.get(self.structure, str(self.structure))
        if not self.dotted_line_to or self.structure is Structure.UNKNOWN:
            return said
        return f"{said}, dotted line to {named(self.dotted_line_to)}"


@dataclass(frozen=True)
class RoleChange:
    """A difference between the holders at two dates."""

    role: str
    sentence: str
    is_line: bool = False
    """True where it is a reporting or dotted line that moved, and not the person."""


def named(role: str) -> str:
    """A role within a sentence: ``the CTO``, ``the board``, ``both leaders``."""
    if role == "BOTH":
        return "both leaders"
    return f"the {role.casefold() if is_board(role) or role == 'CHAIR' else role}"


def holders_at(rows: Iterable[Row], on: date) -> dict[str, Holder]:
    """Who holds each role on a day, by role, in the order of ``people``.

    ``since`` and ``until`` are both included; where two rows cover the day, the later ``since``
    holds (a successor need not wait for the predecessor's ``until`` to be filled in).
    """
    found: dict[str, Holder] = {}
    for row in rows:
        since, until = day_of(row, "since"), day_of(row, "until")
        if since is None or since > on or (until is not None and until < on):
            continue
        holder = _holder(row, since)
        if holder.role not in found or found[holder.role].since <= since:
            found[holder.role] = holder
    return found


def _holder(row: Row, since: date) -> Holder:
    return Holder(
        role=text_of(row, "role"),
        role_title=text_of(row, "role_title"),
        person_name=text_of(row, "person_name"),
        reports_to=text_of(row, "reports_to_role"),
        dotted_line_to=text_of(row, "dotted_line_to_role"),
        since=since,
        file=text_of(row, SOURCE_COLUMN),
        line=int(text_of(row, LINE_COLUMN) or 0),
    )


def reporting_line(holders: Mapping[str, Holder]) -> ReportingLine:
    """Recognise the structure: combined, under the CTO, under the CIO, or independent.

    The chain is followed to the top, and the first of CTO and CIO that it meets decides; a CISO
    who reports to a deputy of the CTO is under the CTO. It is independent where the chain passes
    neither and leads to a top: a role outside both offices, or one that reports to nobody. A
    chain that runs in a circle, or breaks off at a role that nobody holds, makes no structure.
    """
    if CISO not in holders:
        return ReportingLine(Structure.UNKNOWN, (), "")
    ciso = holders[CISO]
    chain = chain_of(holders, CISO)
    for other in (CTO, CIO):
        if other in holders and is_same_person(holders[other], ciso):
            return ReportingLine(Structure.COMBINED, chain, ciso.dotted_line_to, other)
    return ReportingLine(_structure(chain, holders), chain, ciso.dotted_line_to)


def chain_of(holders: Mapping[str, Holder], role: str) -> tuple[str, ...]:
    """A role and those above it, as far as they are on record; a circle is walked once."""
    chain = [role]
    while (holder := holders.get(chain[-1])) and holder.reports_to:
        if holder.reports_to in chain:
            break
        chain.append(holder.reports_to)
    return tuple(chain)


def circles(holders: Mapping[str, Holder]) -> tuple[tuple[str, ...], ...]:
    """Reporting lines that lead back to themselves, each once, as roles in their order."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for role in holders:
        chain = chain_of(holders, role)
        last = holders.get(chain[-1])
        if last and last.reports_to in chain:
            circle = chain[chain.index(last.reports_to) :]
            found.setdefault(frozenset(circle), circle)
    return tuple(found.values())


def is_same_person(one: Holder, other: Holder) -> bool:
    """Whether two roles are held by one person, by name."""
    return one.person_name.casefold() == other.person_name.casefold()


def _structure(chain: Sequence[str], holders: Mapping[str, Holder]) -> Structure:
    if len(chain) < 2:
        return Structure.UNKNOWN
    for role in chain[1:]:
        if role in (CTO, CIO):
            return Structure.UNDER_CTO if role == CTO else Structure.UNDER_CIO
    top = holders.get(chain[-1])
    is_known = not top.reports_to if top else chain[-1] in _TOPS or is_directors(chain[-1], holders)
    return Structure.INDEPENDENT if is_known else Structure.UNKNOWN


def is_directors(
    role: str, holders: Mapping[str, Holder], committees: Collection[str] = ()
) -> bool:
    """Whether a role is the board, one of its committees, or a chair of either.

    Args:
        role: as a line names it.
        holders: whose titles tell a chair from an officer.
        committees: as the calendar names them.
    """
    if not role:
        return False
    if is_board(role) or role.casefold() in {each.casefold() for each in committees}:
        return True
    words = f"{role} {holders[role].role_title if role in holders else ''}".casefold()
    # A chair who is also chief executive is management, and a director of a department is no
    # director of the company.
    is_officer = any(word in words for word in ("officer", "chief", "president"))
    is_director = any(word in words for word in ("chair", "committee", "independent director"))
    return is_director and not is_officer


def role_changes(before: Mapping[str, Holder], now: Mapping[str, Holder]) -> tuple[RoleChange, ...]:
    """What differs between the holders at two dates, role by role.

    A new holder, a role that is vacant or new, and a reporting or dotted line that moved.
    """
    roles = dict.fromkeys((*now, *before))
    return tuple(
        change for role in roles for change in _changes_of(role, before.get(role), now.get(role))
    )


def _changes_of(role: str, was: Holder | None, is_now: Holder | None) -> Iterable[RoleChange]:
    if is_now is None:
        if was is not None:
            sentence = f"{role}: nobody holds the role that {was.person_name} held."
            yield RoleChange(role, sentence)
        return
    if was is None:
        sentence = f"{role}: {is_now.person_name} holds the role, which nobody held before."
        yield RoleChange(role, sentence)
        return
    if not is_same_person(was, is_now):
        yield RoleChange(role, f"{role}: {is_now.person_name} follows {was.person_name}.")
    for what, old, new in (
        ("reports to", was.reports_to, is_now.reports_to),
        ("dotted line to", was.dotted_line_to, is_now.dotted_line_to),
    ):
        if old != new:
            sentence = f"{role}: {what} {_or_nobody(new)}, before to {_or_nobody(old)}."
            yield RoleChange(role, sentence, is_line=True)


def _or_nobody(role: str) -> str:
    return role or "nobody on record"
