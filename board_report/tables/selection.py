"""Choose the rows of a file that are records: the wanted ones, and of a log the last states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from board_report.model import Finding, RawTable
from board_report.project import SourceSpec
from board_report.tables.codes import Code, finding
from board_report.tables.mapping import block_of, find_header, has_header
from board_report.tables.moments import parse_datetime
from board_report.tables.numbers import parse_number
from board_report.tables.outcome import CellRules, Outcome, Parsed
from board_report.tables.tidy import is_missing, trim

Texts = Sequence[str | None]

MOST_TOLD = 5
"""Different texts of left-out rows that their note names."""
_LONGEST_TOLD = 60
"""Characters of each."""


@dataclass
class Selection:
    """Positions of the rows that are records, and where the others went."""

    kept: list[int]
    superseded: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    reasons: dict[int, str] = field(default_factory=dict)
    """Rows whose place in the log cannot be told: set aside."""
    why: list[str] = field(default_factory=list)
    """For each header that leaves rows out, its texts and how many rows have them."""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Headers:
    """Where the headers are that choose rows; ``findings`` when one of them is not there."""

    order_by: int
    wanted: Mapping[int, tuple[str, ...]]
    unwanted: Mapping[int, tuple[str, ...]]
    findings: tuple[Finding, ...]


def find_headers(raw: RawTable, source: SourceSpec) -> Headers:
    """Find the headers that ``order_by``, ``only`` and ``leave_out`` name.

    A header that the reader names and not the block is passed over where the file lacks it.
    """
    faults: list[Finding] = []

    def position(header: str, key: str) -> int:
        found = find_header(raw, source, header, key)
        if isinstance(found, int):
            return found
        faults.append(found)
        return -1

    def positions(key: str, chosen: Mapping[str, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
        there = {
            header: texts
            for header, texts in chosen.items()
            if not is_readers(source, key, header) or has_header(raw, header)
        }
        return {position(header, key): texts for header, texts in there.items()}

    order_by = position(source.order_by, "order_by") if source.order_by else -1
    wanted, unwanted = positions("only", source.only), positions("leave_out", source.leave_out)
    return Headers(order_by, wanted, unwanted, tuple(faults))


def select_rows(
    raw: RawTable,
    source: SourceSpec,
    headers: Headers,
    kept: Sequence[int],
    keys: Sequence[Texts],
    rules: CellRules,
) -> Selection:
    """The rows that are records: of a log the last states, and of those the wanted ones.

    The state that a record is in now decides whether it is wanted, so a log is folded first.

    Args:
        raw: the file's rows.
        source: what its block of report.toml says.
        headers: where the deciding columns are.
        kept: positions of the rows as wide as the header.
        keys: for each column of the table's key, the tidied texts of those rows.
        rules: how the cells are written.
    """
    chosen = Selection(kept=list(kept))
    if source.keep == "last":
        _fold(chosen, _Log(raw, source, headers.order_by, rules), keys)
    for wanted, by_position in ((True, headers.wanted), (False, headers.unwanted)):
        for position, texts in by_position.items():
            _leave_out(chosen, raw, source, position, texts, wanted=wanted)
    if chosen.left_out:
        first = min(chosen.left_out)
        facts: dict[str, object] = {
            "count": _rows(len(chosen.left_out)),
            "why": "; ".join(chosen.why),
        }
        chosen.findings.append(_told(Code.LEFT_OUT, raw, source, first, facts))
    return chosen


def is_header(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """True for a row that says what the header says, as where several files were joined."""
    return all(trim(cell) == column for cell, column in zip(cells, columns, strict=False))


def repeated_header(lines: Sequence[int], source: SourceSpec) -> Finding:
    """The note of rows that repeat the header, by their lines; there is one at least."""
    return finding(
        Code.HEADER_REPEATED,
        {"count": _rows(len(lines))},
        file=source.file,
        line=min(lines),
        table=source.table,
    )


@dataclass(frozen=True)
class _Log:
    """One row for each update of a record."""

    raw: RawTable
    source: SourceSpec
    position: int
    rules: CellRules

    def text(self, at: int) -> str:
        """What a row says of its place, empty when it says nothing."""
        text = trim(self.raw.rows[at].cells[self.position])
        return "" if is_missing(text, self.source.missing) else text


def _fold(chosen: Selection, log: _Log, keys: Sequence[Texts]) -> None:
    """Keep the last state of each key; a row that lacks a part of it is left for other checks.

    A part that may be empty comes as an empty text and is a part of the key like any other.
    """
    places = _places(chosen, log)
    last: dict[tuple[str | None, ...], int] = {}
    tied: dict[tuple[str | None, ...], int] = {}
    key_of = dict(zip(chosen.kept, zip(*keys, strict=True), strict=True))
    standing = [at for at in chosen.kept if at in places]
    loose = {at for at in standing if None in key_of[at]}
    for at in standing:
        key = key_of[at]
        before = last.get(key)
        if at in loose or before is None:
            last[key] = at
            continue
        if places[at] == places[before]:
            tied[key] = at
        if places[at] >= places[before]:
            last[key] = at
    used = loose | set(last.values())
    chosen.superseded = set(standing) - used
    chosen.kept = [at for at in standing if at in used]
    _tell_fold(chosen, log, {key: at for key, at in tied.items() if last[key] == at})


def _places(chosen: Selection, log: _Log) -> dict[int, Any]:
    """Each row's place in the log, all numbers or all times; rows without one are set aside."""
    texts = {at: log.text(at) for at in chosen.kept}
    outcomes = _as_numbers_or_times(set(texts.values()) - {""}, log.rules)
    places: dict[int, Any] = {}
    for at, text in texts.items():
        outcome = outcomes.get(text)
        if isinstance(outcome, Parsed):
            places[at] = outcome.value
            continue
        facts: dict[str, object] = {"header": log.source.order_by}
        found = _told(Code.BAD_ORDER, log.raw, log.source, at, facts, text)
        chosen.reasons[at] = found.reason
        chosen.findings.append(found)
    return places


def _as_numbers_or_times(texts: set[str], rules: CellRules) -> dict[str, Outcome]:
    """All texts read as numbers, or all as times, whichever more of them are."""
    numbers = {text: parse_number(text, rules) for text in texts}
    if all(isinstance(each, Parsed) for each in numbers.values()):
        return numbers
    times = {text: parse_datetime(text, rules) for text in texts}
    return max(numbers, times, key=_readable)


def _readable(outcomes: Mapping[str, Outcome]) -> int:
    return sum(isinstance(each, Parsed) for each in outcomes.values())


def _tell_fold(chosen: Selection, log: _Log, tied: Mapping[tuple[str | None, ...], int]) -> None:
    facts: dict[str, object] = {"header": log.source.order_by}
    for key, at in tied.items():
        words = " and ".join(str(part or "(empty)") for part in key)
        found = _told(Code.ORDER_TIED, log.raw, log.source, at, {**facts, "key": words}, words)
        chosen.findings.append(found)
    if chosen.superseded:
        facts |= {"count": _rows(len(chosen.superseded)), "records": f"{len(chosen.kept):,}"}
        first = min(chosen.superseded)
        chosen.findings.append(_told(Code.SUPERSEDED, log.raw, log.source, first, facts))


def _leave_out(
    chosen: Selection,
    raw: RawTable,
    source: SourceSpec,
    position: int,
    texts: tuple[str, ...],
    *,
    wanted: bool,
) -> None:
    """Leave out the rows whose cell is, or is not, among the texts."""
    listed = {text.casefold() for text in texts}
    cells = {at: trim(raw.rows[at].cells[position]).casefold() for at in chosen.kept}
    left = {at for at, cell in cells.items() if (cell in listed) is not wanted}
    key = "only" if wanted else "leave_out"
    seen = set(cells.values())
    # A reader lists all words of its tool; only a person's list can be misspelled.
    listed_by_person = () if is_readers(source, key, raw.columns[position]) else texts
    for text in listed_by_person:
        if text.casefold() not in seen and cells:
            facts: dict[str, object] = {
                "header": raw.columns[position],
                "key": key,
                "block": block_of(source),
            }
            first = min(cells)
            chosen.findings.append(_told(Code.CHOICE_ABSENT, raw, source, first, facts, text))
    if left:
        texts_left = [trim(raw.rows[at].cells[position]) for at in left]
        chosen.why.append(f"{raw.columns[position]} is {_counted(texts_left)}")
    chosen.left_out |= left
    chosen.kept = [at for at in chosen.kept if at not in left]


def _counted(texts: Collection[str]) -> str:
    """Different texts with their counts, the most frequent first: ``Canceled (12), Draft (1)``."""
    counts = sorted(Counter(texts).items(), key=lambda each: (-each[1], each[0]))
    return in_counts(counts[:MOST_TOLD], len(counts))


def in_counts(most: Sequence[tuple[str, int]], different: int) -> str:
    """The most frequent texts with their counts, and how many others there are.

    Args:
        most: text and count of at most :data:`MOST_TOLD`.
        different: how many different texts there are in all.
    """
    shown = [f"{_short(text) or 'empty'} ({count:,})" for text, count in most]
    rest = different - len(shown)
    return ", ".join(shown) + (f" and {rest:,} more" if rest else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TOLD else f"{text[: _LONGEST_TOLD - 3]}..."


def is_readers(source: SourceSpec, key: str, header: str) -> bool:
    """True when the reader, not the block, chooses rows by this header."""
    chosen = f"{key}.{header}".casefold()
    return any(each.casefold() == chosen for each in source.from_reader)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _told(
    code: Code,
    raw: RawTable,
    source: SourceSpec,
    at: int,
    facts: dict[str, object],
    value: str = "",
) -> Finding:
    return finding(
        code,
        facts,
        file=source.file,
        line=raw.rows[at].line,
        value=value,
        table=source.table,
    )
