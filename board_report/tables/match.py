"""Find the rows of two systems that speak of one thing, by the rules that the project declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from board_report.errors import ProjectError
from board_report.model import Finding
from board_report.project import MatchRule
from board_report.tables.codes import Code
from board_report.tables.frames import Rows
from board_report.tables.merge import shown
from board_report.tables.schema import Kind, TableSpec

_BEGIN = datetime(1900, 1, 1)  # noqa: DTZ001  times of a table are in UTC, without a zone

NAMED = 3
"""Candidates that a finding names before it only counts the others."""


def check_matches(rules: Sequence[MatchRule], specs: Mapping[str, TableSpec]) -> None:
    """Refuse rules of tables or columns that there are not.

    Raises:
        ProjectError: the block and the key.
    """
    for rule in rules:
        place = f"report.toml, line {rule.line}, match"
        if rule.table not in specs:
            raise ProjectError(
                f"there is no table {rule.table!r}.",
                where=f"{place}.table",
                mend=f"There are: {', '.join(specs)}.",
            )
        spec = specs[rule.table]
        for name in filter(None, (*rule.same, rule.refers, *rule.within_hours)):
            if name not in spec.column_names:
                raise ProjectError(
                    f"{rule.table} has no column {name!r}.",
                    where=place,
                    mend=f"It has: {', '.join(spec.column_names)}.",
                )
        for name in rule.within_hours:
            if spec.column(name).kind not in (Kind.DATETIME, Kind.DATE):
                what = f"{name} holds no times."
                raise ProjectError(what, where=f"{place}.within_hours", mend="Use it in same.")


def match_rows(
    rows: Rows, spec: TableSpec, rules: Sequence[MatchRule]
) -> tuple[list[Finding], set[int]]:
    """Count once what two files say of one thing, and complete the row that is kept.

    A row is the same as one of an earlier file of the rule when every part of the rule holds and
    neither has another candidate. It becomes a duplicate, and fills what the kept row leaves open.

    Args:
        rows: all rows of the table, changed in place.
        spec: the table.
        rules: those of this table.

    Returns:
        A note for each pair, a warning for each row with several candidates, and the positions of
        the rows that were completed.
    """
    findings: list[Finding] = []
    completed: set[int] = set()
    for rule in rules:
        places = [_rows_of(rows, file) for file in rule.files]
        for later in range(1, len(places)):
            earlier = [at for some in places[:later] for at in some]
            findings += _match(rows, spec, rule, earlier, places[later], completed)
    return findings, completed


def _rows_of(rows: Rows, file: str) -> list[int]:
    unused = rows.unused()
    return [at for at in range(len(rows)) if at not in unused and fnmatchcase(rows.file(at), file)]


def _match(
    rows: Rows,
    spec: TableSpec,
    rule: MatchRule,
    earlier: Sequence[int],
    later: Sequence[int],
    completed: set[int],
) -> list[Finding]:
    finder = _Finder(rows, spec, rule, _buckets(rows, rule, earlier))
    candidates = {at: finder.candidates(at) for at in later}
    wanted: dict[int, int] = {}
    for found in candidates.values():
        for kept in found:
            wanted[kept] = wanted.get(kept, 0) + 1
    findings = []
    for at, found in candidates.items():
        if len(found) == 1 and wanted[found[0]] == 1:
            findings.append(_told(rows, spec, at, Code.MATCHED, rule, found))
            findings += _differences(rows, spec, rule, found[0], at)
            _fill(rows, found[0], at)
            rows.duplicates.add(at)
            completed.add(found[0])
        elif found:
            findings.append(_told(rows, spec, at, Code.MATCH_UNCLEAR, rule, found))
    return findings


_OWN = ("title", "other_id")
"""Columns in which two systems rightly differ, beside keys and the times that a rule bounds."""


def _differences(
    rows: Rows, spec: TableSpec, rule: MatchRule, kept: int, other: int
) -> list[Finding]:
    """What the matched row says otherwise than the one that is kept: told, never taken."""
    own = {*_OWN, *spec.key, *rule.within_hours, rule.refers}
    findings = []
    for column in spec.columns:
        mine, said = rows.columns[column.name][kept], rows.columns[column.name][other]
        if column.name in own or None in (mine, said) or mine == said:
            continue
        facts: dict[str, object] = {
            "other": shown(mine),
            "first": f"line {rows.line(kept)} of {rows.file(kept)}",
        }
        told = rows.tell(other, Code.MERGE_DIFFERS, facts, spec, column.name, shown(said))
        findings.append(told)
    return findings


def _buckets(
    rows: Rows, rule: MatchRule, places: Sequence[int]
) -> dict[tuple[Any, ...], list[tuple[int, int]]]:
    """Rows by what must be equal or near, so that each is compared with few: (rank, position)."""
    found: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for rank, at in enumerate(places):
        part = (*_equal_part(rows, rule, at), _slot(rows, rule, at))
        found.setdefault(part, []).append((rank, at))
    return found


def _equal_part(rows: Rows, rule: MatchRule, at: int) -> tuple[Any, ...]:
    return tuple(rows.columns[name][at] for name in rule.same)


def _slot(rows: Rows, rule: MatchRule, at: int) -> int:
    """Which stretch of time a row lies in, as long as the rule allows two rows to be apart.

    Two rows that are near enough lie in one stretch or in neighbouring ones.
    """
    for name, most in rule.within_hours.items():
        moment = rows.columns[name][at]
        if moment is None:
            return 0
        return int((moment - _BEGIN).total_seconds() // max(most * 3600, 1))
    return 0


@dataclass(frozen=True)
class _Finder:
    rows: Rows
    spec: TableSpec
    rule: MatchRule
    buckets: Mapping[tuple[Any, ...], list[tuple[int, int]]]

    def candidates(self, at: int) -> list[int]:
        """The earlier rows that this one may be the same as."""
        part, slot = _equal_part(self.rows, self.rule, at), _slot(self.rows, self.rule, at)
        if None in part:
            return []
        near = [
            each
            for some in range(slot - 1, slot + 2)
            for each in self.buckets.get((*part, some), ())
            if self._fits(each[1], at)
        ]
        return [each for _, each in sorted(near)]

    def _fits(self, earlier: int, later: int) -> bool:
        if self.rule.refers and not self._refers(earlier, later):
            return False
        return all(
            _hours_apart(self.rows.columns[name][earlier], self.rows.columns[name][later]) <= most
            for name, most in self.rule.within_hours.items()
        )

    def _refers(self, earlier: int, later: int) -> bool:
        """True when either row names the other's key."""
        names, keys = self.rows.columns[self.rule.refers], self.rows.columns[self.spec.key[0]]
        pairs = ((earlier, later), (later, earlier))
        return any(names[one] is not None and names[one] == keys[two] for one, two in pairs)


def _hours_apart(one: datetime | None, two: datetime | None) -> float:
    if one is None or two is None:
        return float("inf")
    return abs((one - two).total_seconds()) / 3600


def _fill(rows: Rows, kept: int, other: int) -> None:
    for values in rows.columns.values():
        if values[kept] is None:
            values[kept] = values[other]


def _told(
    rows: Rows, spec: TableSpec, at: int, code: Code, rule: MatchRule, found: Sequence[int]
) -> Finding:
    places = [f"{rows.file(each)}:{rows.line(each)}" for each in found[:NAMED]]
    if len(found) == 1:
        places.append("another row fits that one too")
    if len(found) > NAMED:
        places.append(f"{len(found) - NAMED:,} more")
    facts: dict[str, object] = {
        "first": f"line {rows.line(found[0])} of {rows.file(found[0])}",
        "others": ", ".join(places),
        "rule": rule.line,
    }
    key = ", ".join(spec.key)
    value = " and ".join(str(rows.columns[name][at]) for name in spec.key)
    return rows.tell(at, code, facts, spec, key, value)
