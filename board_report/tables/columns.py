"""Type one column of one file: its values, the faults of its cells, what it shows as a whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from board_report.model import Finding
from board_report.project.places import Place, quoted
from board_report.tables.cells import longest_text, parser_of
from board_report.tables.codes import Code, finding
from board_report.tables.moments import EPOCHS
from board_report.tables.outcome import CellRules, Fault, Outcome, Parsed
from board_report.tables.schema import Column, Kind

LONGEST_SHOWN = 120
"""Characters of a cell that a finding repeats; the row set aside has all of them."""

COUNTED = (Code.TIME_ASSUMED, Code.MONEY_ROUNDED)
"""Remarks that are told once for a column, with their number."""


@dataclass(frozen=True)
class ColumnText:
    """The cells of one column as text, None where there is no value."""

    column: Column
    texts: Sequence[str | None]
    lines: Sequence[int]
    file: str
    table: str
    block: Place
    """The source's block of report.toml, for messages."""
    is_zone_declared: bool = False
    is_key: bool = False


@dataclass
class TypedColumn:
    """The typed values (None where missing or faulty) and what was found."""

    values: list[Any]
    findings: list[Finding] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    """Position of each row to set aside, and why."""


def type_column(source: ColumnText, rules: CellRules) -> TypedColumn:
    """Read every cell of a column; each different text is read once."""
    parse = parser_of(source.column, rules)
    outcomes: dict[str, Outcome] = {
        text: parse(text) for text in dict.fromkeys(source.texts) if text is not None
    }
    whole = _whole_column(source, outcomes)
    typed = judge_cells(source, outcomes, whole, rules)
    typed.findings[:0] = whole.values()
    _mixed_zones(source, outcomes, typed, rules)
    _fractions(source, outcomes, typed, rules)
    return typed


def judge_cells(
    source: ColumnText,
    outcomes: Mapping[str, Outcome],
    whole: Mapping[Code, Finding],
    rules: CellRules,
) -> TypedColumn:
    """The value of every cell, and what is to be said of the cell alone.

    Args:
        source: the cells.
        outcomes: what came of each different text.
        whole: findings about the whole column, by the code of the cells they stand for.
        rules: how the cells are written.
    """
    typed = TypedColumn(values=[])
    for position, text in enumerate(source.texts):
        outcome = outcomes[text] if text is not None else None
        value = None
        if outcome is None:
            _missing(source, typed, position)
        elif isinstance(outcome, Parsed):
            value = outcome.value
            if outcome.remarks:
                _remark(source, typed, position, outcome, rules)
        elif outcome.code in whole:
            typed.reasons[position] = reason_of(whole[outcome.code])
        else:
            _fault(source, typed, position, outcome, rules)
        typed.values.append(value)
    return typed


def reason_of(found: Finding) -> str:
    """What the finding of a column says against its row."""
    return f"{found.column}: {found.reason}" if found.column else found.reason


def tell(
    source: ColumnText, position: int, code: Code, facts: dict[str, object] | None = None
) -> Finding:
    """A finding about one cell of the column."""
    text = source.texts[position] or ""
    known = {"block": source.block, "missing": _missing_too(source.block, text), **(facts or {})}
    if "advice" in known:
        known["advice"] = str(known["advice"]).format(block=source.block)
    if "nearest" in known:
        known["addition"] = _meant(source, text, str(known["nearest"]))
    return finding(
        code,
        known,
        file=source.file,
        line=source.lines[position],
        column=source.column.name,
        value=_short(text),
        table=source.table,
    )


def _missing_too(block: Place, text: str) -> str:
    """The texts that mean "no value" and one more, as a TOML list."""
    return f"[{', '.join(map(quoted, (*block.source.missing, text)))}]"


def _meant(source: ColumnText, text: str, nearest: str) -> str:
    """Where to say what a text means; what it means is proposed only where one is really alike."""
    write = source.block.write("values", source.column.name, text)
    if nearest:
        return f"{write} {quoted(nearest)}"
    return f'{write} "...", with the one of them that it means'


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _missing(source: ColumnText, typed: TypedColumn, position: int) -> None:
    if not source.column.required:
        return
    code = Code.KEY_MISSING if source.is_key else Code.VALUE_MISSING
    meaning = source.column.meaning[:1].lower() + source.column.meaning[1:]
    found = tell(source, position, code, {"meaning": f"it is: {meaning}"})
    typed.findings.append(found)
    typed.reasons[position] = reason_of(found)


def _fault(
    source: ColumnText, typed: TypedColumn, position: int, fault: Fault, rules: CellRules
) -> None:
    found = tell(source, position, fault.code, {"zone": rules.zone.key, **fault.facts})
    typed.findings.append(found)
    typed.reasons[position] = reason_of(found)


def _remark(
    source: ColumnText, typed: TypedColumn, position: int, outcome: Parsed, rules: CellRules
) -> None:
    text = source.texts[position] or ""
    facts: dict[str, object] = {
        "zone": rules.zone.key,
        "length": f"{len(text):,}",
        "limit": longest_text(source.column),
        "character": text[:1],
    }
    for code in outcome.remarks:
        if code not in COUNTED:
            typed.findings.append(tell(source, position, code, facts))


def _first(source: ColumnText, texts: Collection[str]) -> int:
    return next(at for at, text in enumerate(source.texts) if text in texts)


def _count(source: ColumnText, texts: Collection[str]) -> int:
    return sum(text in texts for text in source.texts)


def values_in_words(count: int) -> str:
    """``1 value``, ``1,200 values``."""
    return "1 value" if count == 1 else f"{count:,} values"


def _whole_column(source: ColumnText, outcomes: dict[str, Outcome]) -> dict[Code, Finding]:
    """Findings told once for the whole column, by the code of the cells they stand for."""
    whole: dict[Code, Finding] = {}
    dates: dict[str, Fault] = {}
    counted: dict[Code, set[str]] = {}
    for text, each in outcomes.items():
        if isinstance(each, Parsed):
            for code in each.remarks:
                counted.setdefault(code, set()).add(text)
        elif each.code is Code.AMBIGUOUS_DATE:
            dates[text] = each
    if dates:
        whole[Code.AMBIGUOUS_DATE] = _date_order(source, dates)
    for code in COUNTED:
        if code in counted:
            texts = counted[code]
            facts: dict[str, object] = {"count": values_in_words(_count(source, texts))}
            whole[code] = tell(source, _first(source, texts), code, facts)
    return whole


def _date_order(source: ColumnText, dates: dict[str, Fault]) -> Finding:
    """One finding for all dates of numbers alone."""
    facts = [each.facts for each in dates.values()]
    order = DateOrder(
        count=_count(source, dates),
        first=facts[0],
        is_day_first=any(int(str(each["first"])) > 12 for each in facts),
        is_month_first=any(int(str(each["second"])) > 12 for each in facts),
    )
    return tell_date_order(source, _first(source, dates), order)


@dataclass(frozen=True)
class DateOrder:
    """What the dates of numbers alone in a column show of the order of day and month."""

    count: int
    first: Mapping[str, object]
    """Facts of the first of them."""
    is_day_first: bool
    """One of them can only have the day first."""
    is_month_first: bool


def tell_date_order(source: ColumnText, at: int, order: DateOrder) -> Finding:
    """One finding for all of them, at the first, with the exact line to write."""
    mark, tail = order.first["mark"], order.first["tail"]
    day_first = f"%d{mark}%m{mark}{tail}"
    month_first = f"%m{mark}%d{mark}{tail}"
    is_day_first, is_month_first = order.is_day_first, order.is_month_first
    known: dict[str, object] = {
        "count": values_in_words(order.count),
        "day_first": day_first,
        "month_first": month_first,
    }
    if not is_day_first and not is_month_first:
        return tell(source, at, Code.AMBIGUOUS_DATE, known)
    evidence = "the day comes first" if is_day_first else "the month comes first"
    if is_day_first and is_month_first:
        evidence = "some have the day first and some the month, so one file must be two"
    known |= {"evidence": evidence, "guess": day_first if is_day_first else month_first}
    return tell(source, at, Code.DATE_FORMAT_UNDECLARED, known)


def _mixed_zones(
    source: ColumnText, outcomes: dict[str, Outcome], typed: TypedColumn, rules: CellRules
) -> None:
    """Times with an offset beside times without: told once, for the column."""
    if source.column.kind is not Kind.DATETIME or any(
        each in EPOCHS for each in rules.date_formats
    ):
        return
    naive = {
        text for text, each in outcomes.items() if isinstance(each, Parsed) and not each.has_offset
    }
    offset = {
        text
        for text, each in outcomes.items()
        if isinstance(each, Parsed) and each.has_offset and Code.TIME_ASSUMED not in each.remarks
    }
    if not naive or not offset:
        return
    code = Code.MIXED_TIME_ZONES if source.is_zone_declared else Code.MIXED_TIME_ZONES_UNDECLARED
    found = tell(
        source,
        _first(source, naive),
        code,
        {
            "naive": values_in_words(_count(source, naive)),
            "offset": _count(source, offset),
            "zone": rules.zone.key,
        },
    )
    typed.findings.append(found)
    if found.stops:
        for position, text in enumerate(source.texts):
            if text in naive:
                typed.reasons[position] = reason_of(found)


def _fractions(
    source: ColumnText, outcomes: dict[str, Outcome], typed: TypedColumn, rules: CellRules
) -> None:
    """Shares declared as percent, none of which is above 1."""
    if source.column.kind is not Kind.RATIO or rules.ratio_as != "percent":
        return
    bare = {
        text: each.value
        for text, each in outcomes.items()
        if isinstance(each, Parsed) and not text.endswith("%")
    }
    if bare and 0 < max(bare.values()) <= 0.01:
        at = _first(source, bare)
        typed.findings.append(tell(source, at, Code.RATIO_LOOKS_LIKE_FRACTION))
