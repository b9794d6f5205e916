"""Hold and release records, delete what need not be kept, and record who looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board_report.archive.ledger.append import Planned, Told, append
from board_report.archive.ledger.archive import Archive
from board_report.archive.ledger.chain import Chain
from board_report.archive.ledger.entries import Entry, Kind, Stamp
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.state import Hold, State


@dataclass(frozen=True)
class Due:
    """Records of one entry that may be deleted, or might if nothing held them."""

    number: int
    quarter: str
    entity: str
    roles: tuple[str, ...]
    until: str
    """The latest day of retention among them."""
    holds: tuple[Hold, ...]
    """What keeps them all the same; none: they may go."""


def hold(
    archive: Archive,
    stamp: Stamp,
    *,
    reason: str,
    quarter: str = "",
    entity: str = "",
    told: Told = lambda _: None,
) -> Entry:
    """Keep records from being deleted until the hold is released.

    It covers what was sealed before and what will be.

    Args:
        archive: where.
        stamp: who, when, and by which command.
        reason: the matter, for the record.
        quarter: of these alone; empty: of all quarters.
        entity: of this one alone; empty: of all entities.
        told: of what an earlier, interrupted command left.

    Raises:
        ArchiveError: no reason is given, or nothing of that quarter and entity is sealed.
    """
    said = _reason(reason)

    def plan(chain: Chain) -> Planned:
        keys = chain.state.latest
        if (quarter or entity) and not any(
            quarter in ("", one) and entity in ("", other) for one, other in keys
        ):
            raise ArchiveError(
                f"nothing of {' and '.join(filter(None, (quarter, entity)))} is sealed.",
                where=archive.store.address,
                mend="`board-report archive list` shows what is.",
            )
        return Planned(Kind.HOLD, {"quarter": quarter, "entity": entity, "reason": said})

    return append(archive.store, plan, stamp, told)


def release(
    archive: Archive, stamp: Stamp, *, number: int, reason: str, told: Told = lambda _: None
) -> Entry:
    """End a hold.

    Args:
        archive: where.
        stamp: who, when, and by which command.
        number: of the entry that holds.
        reason: for the record.
        told: of what an earlier, interrupted command left.

    Raises:
        ArchiveError: no reason is given, or there is no such hold.
    """
    said = _reason(reason)

    def plan(chain: Chain) -> Planned:
        if number not in chain.state.holds:
            held = ", ".join(map(str, chain.state.holds)) or "none"
            raise ArchiveError(
                f"entry {number} holds nothing. Entries that do: {held}.",
                where=archive.store.address,
            )
        return Planned(Kind.RELEASE, {"hold": number, "reason": said})

    return append(archive.store, plan, stamp, told)


def due(state: State, day: str) -> tuple[Due, ...]:
    """What is past its retention on a day, held or not.

    Args:
        state: of the archive.
        day: as ``2033-10-29``; what must be kept until the day before is due.
    """
    found = []
    for number, record in state.records.items():
        roles = tuple(role for role in record.roles() if record.until.get(role, "9999-12-31") < day)
        if roles:
            until = max(record.until[role] for role in roles)
            held = state.holds_on(record)
            found.append(Due(number, record.quarter, record.entity, roles, until, held))
    return tuple(found)


def prune(
    archive: Archive, stamp: Stamp, *, reason: str, told: Told = lambda _: None
) -> Entry | None:
    """Delete what is past its retention and not held, and record that it was.

    The entries stay, with the names and hashes of what they kept; an object that another record
    still needs stays as well.

    Returns:
        The entry; None where there was nothing to delete.

    Raises:
        ArchiveError: no reason is given, or it cannot be written.
    """
    said = _reason(reason)

    def plan(chain: Chain) -> Planned:
        free = {
            each.number: list(each.roles)
            for each in due(chain.state, stamp.at[:10])
            if not each.holds
        }
        if not free:
            raise _NothingDueError("nothing is due.")
        removed = chain.state.only_of(free)
        return Planned(
            Kind.PRUNE,
            {
                "pruned": [{"entry": number, "roles": roles} for number, roles in free.items()],
                "removed": removed,
                "reason": said,
            },
            removes=tuple(str(each["sha256"]) for each in removed),
        )

    try:
        return append(archive.store, plan, stamp, told)
    except _NothingDueError:
        return None


class _NothingDueError(ArchiveError):
    """Nothing is past its retention, or all of that is held."""


def record(
    archive: Archive, stamp: Stamp, body: Mapping[str, object], told: Told = lambda _: None
) -> Entry:
    """Add to the record that somebody did what changes nothing, as an export or a check.

    Raises:
        ArchiveError: it cannot be written.
    """
    return append(archive.store, lambda _: Planned(Kind.AUDIT, dict(body)), stamp, told)


def _reason(text: str) -> str:
    said = text.strip()
    if not said:
        raise ArchiveError("a reason is needed.", where="--reason", mend="Say why, in a sentence.")
    return said
