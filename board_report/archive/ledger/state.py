"""What follows from all entries together: what is kept and until when, what is held, what went.

Entries of a kind that is not known here keep what their ``files`` name, as a seal does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from board_report.archive.ledger.entries import SEALS, Entry, KeptFile, Kind, entry_name
from board_report.archive.ledger.faults import Fault, fault, notice
from board_report.archive.ledger.retention import read_retention


@dataclass
class Record:
    """One entry that keeps files, as far as they were not deleted since."""

    entry: Entry
    until: Mapping[str, str]
    """Kind of record to the last day on which it must be kept; none for one that has no end."""
    quarter: str
    entity: str
    pruned: set[str] = field(default_factory=set)
    """Kinds of record that were deleted."""

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """Those that must be there."""
        return tuple(each for each in self.entry.files if each.role not in self.pruned)

    def roles(self) -> tuple[str, ...]:
        """Kinds of record that it still keeps."""
        return tuple(sorted({each.role for each in self.files}))


@dataclass(frozen=True)
class Hold:
    """Records that may not be deleted, past retention or not."""

    number: int
    quarter: str
    """Empty: every quarter."""
    entity: str
    """Empty: every entity."""
    reason: str

    def covers(self, record: Record) -> bool:
        """Whether it holds a record."""
        return self.quarter in ("", record.quarter) and self.entity in ("", record.entity)


@dataclass
class State:
    """After some entries, in order."""

    records: dict[int, Record] = field(default_factory=dict)
    holds: dict[int, Hold] = field(default_factory=dict)
    """Those that were not released."""
    latest: dict[tuple[str, str], int] = field(default_factory=dict)
    """(quarter, entity) to the seal that counts."""
    gone: set[str] = field(default_factory=set)
    """Hashes of what was deleted and not kept again since."""

    def needed(self) -> dict[str, int]:
        """What must be there: hash to bytes."""
        return {
            each.sha256: each.size_bytes
            for record in self.records.values()
            for each in record.files
        }

    def holds_on(self, record: Record) -> tuple[Hold, ...]:
        """The holds that keep a record from being deleted."""
        return tuple(each for each in self.holds.values() if each.covers(record))

    def only_of(self, pruned: Mapping[int, Iterable[str]]) -> list[dict[str, object]]:
        """What nothing needs any more once these kinds of record of these entries are gone."""
        uses = Counter(each.sha256 for one in self.records.values() for each in one.files)
        sizes: dict[str, int] = {}
        for number, roles in pruned.items():
            for each in self.records[number].files:
                if each.role in roles:
                    uses[each.sha256] -= 1
                    sizes[each.sha256] = each.size_bytes
        return [
            {"sha256": sha256, "bytes": size}
            for sha256, size in sorted(sizes.items())
            if not uses[sha256]
        ]


def replay(entries: Iterable[Entry]) -> tuple[State, list[Fault]]:
    """Go through entries in order.

    Returns:
        Where that leads to, and every entry that says what cannot be.
    """
    state, found, before = State(), [], ""
    for each in entries:
        found += [
            fault("entry-meaning", entry_name(each.number), words) for words in _take(state, each)
        ]
        if each.at < before:
            words = f"its time {each.at} lies before that of an earlier entry, {before}"
            found.append(notice("time-went-back", entry_name(each.number), words))
        before = max(before, each.at)
    return state, found


def _take(state: State, entry: Entry) -> list[str]:
    """Apply one entry; what is wrong with what it says."""
    wrong = []
    if (entry.kind == Kind.BEGIN) != (entry.number == 1):
        wrong.append("an archive begins with its first entry and no other")
    if entry.kind == Kind.HOLD:
        wrong += _hold(state, entry)
    elif entry.kind == Kind.RELEASE:
        wrong += _release(state, entry)
    elif entry.kind == Kind.PRUNE:
        wrong += _prune(state, entry)
    elif entry.kind in SEALS:
        wrong += _seal(state, entry)
    if entry.files:
        wrong += _keep(state, entry)
    return wrong


def _seal(state: State, entry: Entry) -> Iterator[str]:
    body = entry.body
    key = (body.get("quarter"), body.get("entity"))
    if not all(isinstance(each, str) and each for each in key):
        yield "it names no quarter or no entity"
        return
    manifests = [each.sha256 for each in entry.files if each.role == "manifest"]
    if manifests != [body.get("manifest_sha256")]:
        yield "the manifest that it names is not the one that it keeps"
    earlier, given = state.latest.get((str(key[0]), str(key[1]))), body.get("supersedes")
    if entry.kind == Kind.SEAL:
        if earlier is not None or given is not None:
            yield f"{key[0]} was sealed before, by entry {earlier}"
    elif not isinstance(given, dict) or given.get("entry") != earlier or not _said(given):
        yield "it does not say which seal it takes the place of, and why"
    state.latest[str(key[0]), str(key[1])] = entry.number


def _keep(state: State, entry: Entry) -> Iterator[str]:
    until: dict[str, str] | None = {}
    if "retention" in entry.body or entry.kind in SEALS:
        until = read_retention(entry.body.get("retention"), entry.at)
        if until is None or until.keys() != {each.role for each in entry.files}:
            yield "it does not say rightly how long its files are kept"
    state.records[entry.number] = Record(
        entry, until or {}, str(entry.body.get("quarter", "")), str(entry.body.get("entity", ""))
    )
    state.gone -= {each.sha256 for each in entry.files}


def _hold(state: State, entry: Entry) -> Iterator[str]:
    quarter, entity = entry.body.get("quarter"), entry.body.get("entity")
    if not isinstance(quarter, str) or not isinstance(entity, str) or not _said(entry.body):
        yield "it does not say what is held, and why"
        return
    state.holds[entry.number] = Hold(entry.number, quarter, entity, str(entry.body["reason"]))


def _release(state: State, entry: Entry) -> Iterator[str]:
    number = entry.body.get("hold")
    if type(number) is not int or number not in state.holds or not _said(entry.body):
        yield "it does not say which hold ends, and why"
        return
    del state.holds[number]


def _prune(state: State, entry: Entry) -> Iterator[str]:
    pruned = _pruned(entry.body.get("pruned"), state)
    if pruned is None or not _said(entry.body):
        yield "it does not say what is deleted, and why"
        return
    for number, roles in pruned.items():
        record = state.records[number]
        for role in roles:
            last = record.until.get(role)
            if last is None or entry.at[:10] <= last:
                yield f"it deletes {role} of entry {number}, to be kept until {last or 'released'}"
        for held in state.holds_on(record):
            yield f"it deletes files of entry {number}, which entry {held.number} holds"
    removed = state.only_of(pruned)
    if entry.body.get("removed") != removed:
        yield "what it deletes is not what the pruned records alone used"
    for number, roles in pruned.items():
        state.records[number].pruned |= set(roles)
    state.gone |= {str(each["sha256"]) for each in removed}


def _pruned(given: Any, state: State) -> dict[int, list[str]] | None:
    """Entry to kinds of record, where each is one that is still kept."""
    found: dict[int, list[str]] = {}
    for each in given if isinstance(given, list) else ():
        if not isinstance(each, dict) or each.keys() != {"entry", "roles"}:
            return None
        number, roles = each["entry"], each["roles"]
        if type(number) is not int or number in found or number not in state.records:
            return None
        if (
            not isinstance(roles, list)
            or not roles
            or not all(isinstance(one, str) for one in roles)
        ):
            return None
        if roles != sorted(set(roles)) or not set(roles) <= set(state.records[number].roles()):
            return None
        found[number] = roles
    return found or None


def _said(body: Mapping[str, Any]) -> bool:
    reason = body.get("reason")
    return isinstance(reason, str) and reason.strip() != ""
