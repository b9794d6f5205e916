"""Who holds which role, to whom the CISO reports, and what conflicts that line carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from board_report.governance.rows import Row, day_of, text_of

CISO, CTO, CIO = "CISO", "CTO", "CIO"


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


class Structure(StrEnum):
    """Where the CISO stands beside the makers and runners of technology."""

    COMBINED = "combined"
    """One person is the CISO and also the CTO or the CIO."""
    UNDER_CTO = "CISO under the CTO"
    UNDER_CIO = "CISO under the CIO"
    INDEPENDENT = "independent"
    """The line to the top passes neither the CTO nor the CIO."""
    UNKNOWN = "not on record"
    """There is no CISO, or nobody whom the CISO reports to."""


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


@dataclass(frozen=True)
class RoleChange:
    """A difference between the holders at two dates."""

    role: str
    sentence: str


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
    )


def reporting_line(holders: Mapping[str, Holder]) -> ReportingLine:
    """Recognise the structure: combined, under the CTO, under the CIO, or independent.

    The chain is followed to the top, and the first of CTO and CIO that it meets decides; a CISO
    who reports to a deputy of the CTO is under the CTO.
    """
    if CISO not in holders:
        return ReportingLine(Structure.UNKNOWN, (), "")
    ciso = holders[CISO]
    chain = _chain(holders)
    for other in (CTO, CIO):
        if other in holders and _same_person(holders[other], ciso):
            return ReportingLine(Structure.COMBINED, chain, ciso.dotted_line_to, other)
    return ReportingLine(_structure(chain), chain, ciso.dotted_line_to)


def _chain(holders: Mapping[str, Holder]) -> tuple[str, ...]:
    chain = [CISO]
    while (holder := holders.get(chain[-1])) and holder.reports_to:
        if holder.reports_to in chain:
            break
        chain.append(holder.reports_to)
    return tuple(chain)


def _same_person(one: Holder, other: Holder) -> bool:
    return one.person_name.casefold() == other.person_name.casefold()


def _structure(chain: Sequence[str]) -> Structure:
    if len(chain) < 2:
        return Structure.UNKNOWN
    for role in chain[1:]:
        if role in (CTO, CIO):
            return Structure.UNDER_CTO if role == CTO else Structure.UNDER_CIO
    return Structure.INDEPENDENT


def role_changes(before: Mapping[str, Holder], now: Mapping[str, Holder]) -> tuple[RoleChange, ...]:
    """What differs between the holders at two dates, role by role.

    A new holder, a role that is vacant or new, and a reporting or dotted line that moved.
    """
    roles = dict.fromkeys((*now, *before))
    return tuple(
        RoleChange(role, sentence)
        for role in roles
        for sentence in _changes_of(role, before.get(role), now.get(role))
    )


def _changes_of(role: str, was: Holder | None, is_now: Holder | None) -> Iterable[str]:
    if is_now is None:
        if was is not None:
            yield f"{role}: nobody holds the role that {was.person_name} held."
        return
    if was is None:
        yield f"{role}: {is_now.person_name} holds the role, which nobody held before."
        return
    if not _same_person(was, is_now):
        yield f"{role}: {is_now.person_name} follows {was.person_name}."
    if was.reports_to != is_now.reports_to:
        yield f"{role}: reports to {_named(is_now.reports_to)}, before to {_named(was.reports_to)}."
    if was.dotted_line_to != is_now.dotted_line_to:
        yield (
            f"{role}: dotted line to {_named(is_now.dotted_line_to)}, "
            f"before to {_named(was.dotted_line_to)}."
        )


def _named(role: str) -> str:
    return role or "nobody on record"
