"""Find the reader of a file by its content, and merge what the reader knows into its block."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

from board_report.project import SourceSpec
from board_report.sources.kinds import Kind
from board_report.sources.peek import HeaderRow, Peek, field_of, has_field, plain, records_at
from board_report.sources.reader import Header, Markup, Reader, Records, Signature

RECORDS_LOOKED_AT = 200
"""Records of a JSON file among which one with the signature's fields is looked for."""


@dataclass(frozen=True)
class Recognized:
    """A reader that knows a file, and where in it the header is."""

    reader: Reader
    row: HeaderRow | None = None


def recognize(found: Peek, readers: Collection[Reader]) -> tuple[Recognized, ...]:
    """The readers whose signature a file has; the most specific alone where one covers another."""
    known = [
        (Recognized(reader, row), signature)
        for reader in readers
        for signature, row in _matches(found, reader)
    ]
    best: dict[str, Recognized] = {}
    for each, signature in known:
        if not any(_covers(other, signature) for _, other in known if other != signature):
            best.setdefault(each.reader.id, each)
    return tuple(best.values())


def _matches(found: Peek, reader: Reader) -> Iterator[tuple[Signature, HeaderRow | None]]:
    for signature in reader.signatures:
        if isinstance(signature, Header):
            row = _header_row(found, signature)
            if row:
                yield signature, row
        elif isinstance(signature, Records):
            if _has_records(found, signature):
                yield signature, None
        elif _is_markup(found, signature):
            yield signature, None


def _covers(wider: Signature, narrower: Signature) -> bool:
    """True when one signature asks for all that another does, and for more."""
    if type(wider) is not type(narrower):
        return False
    if isinstance(wider, Markup) and isinstance(narrower, Markup):
        return wider.root == narrower.root and set(wider.has) > set(narrower.has)
    if isinstance(wider, Records) and isinstance(narrower, Records) and wider.at != narrower.at:
        return False
    return _asked(wider) > _asked(narrower)


def _asked(signature: Signature) -> set[Any]:
    asked: set[Any] = {each.casefold() for each in signature.has}
    if isinstance(signature, Records):
        asked |= {*signature.equal, *(("beside", each) for each in signature.beside)}
    return asked


def _header_row(found: Peek, signature: Header) -> HeaderRow | None:
    has = {plain(each) for each in signature.has}
    lacks = {plain(each) for each in signature.lacks}
    return next((row for row in found.rows if has <= row.cells and not lacks & row.cells), None)


MOST_LACKED = 2
"""Headers or fields that a file may lack to be called nearly an export that is known."""


def nearly(found: Peek, readers: Collection[Reader]) -> tuple[Reader, tuple[str, ...]] | None:
    """The reader whose signature a file has but for one or two headers or fields, and those.

    The file must have twice as many of them as it lacks, and none that the signature excludes.
    """
    best: tuple[Reader, tuple[str, ...]] | None = None
    for reader in readers:
        for signature in reader.signatures:
            lacked = _lacked(found, signature)
            few = 0 < len(lacked) <= min(MOST_LACKED, (len(_names(signature))) // 3)
            if few and (best is None or len(lacked) < len(best[1])):
                best = reader, lacked
    return best


def _names(signature: Signature) -> tuple[str, ...]:
    return () if isinstance(signature, Markup) else signature.has


def _lacked(found: Peek, signature: Signature) -> tuple[str, ...]:
    """What a file lacks of a signature: in the row, or the record, that has most of it."""
    if isinstance(signature, Markup):
        return ()
    if isinstance(signature, Header):
        lacks = {plain(each) for each in signature.lacks}
        there = [
            tuple(each for each in signature.has if plain(each) not in row.cells)
            for row in found.rows
            if not lacks & row.cells
        ]
        return min(there, key=len, default=())
    records = islice(records_at(found.document, signature.at), RECORDS_LOOKED_AT)
    there = [
        tuple(each for each in signature.has if not has_field(record, each))
        for record in records
        if not any(has_field(record, path) for path in signature.lacks)
        and all(_text(field_of(record, path)) == text for path, text in signature.equal)
    ]
    return min(there, key=len, default=())


def _has_records(found: Peek, signature: Records) -> bool:
    if found.kind not in (Kind.JSON, Kind.JSON_LINES) or found.document is None:
        return False
    outermost = found.document if isinstance(found.document, dict) else {}
    if not all(has_field(outermost, key) for key in signature.beside):
        return False
    for at, record in enumerate(records_at(found.document, signature.at)):
        if at >= RECORDS_LOOKED_AT:
            return False
        if (
            all(has_field(record, path) for path in signature.has)
            and not any(has_field(record, path) for path in signature.lacks)
            and all(_text(field_of(record, path)) == text for path, text in signature.equal)
        ):
            return True
    return False


def _text(value: Any) -> str:
    return str(value).casefold() if isinstance(value, bool) else str(value)


def _is_markup(found: Peek, signature: Markup) -> bool:
    return (
        found.kind is Kind.XML
        and found.root == signature.root
        and all(text in found.head for text in signature.has)
    )


_MAPS = ("columns", "rules", "constants")
_CHOICES = ("only", "leave_out")
_MERGED = (*_MAPS, *_CHOICES, "values", "table", "file", "line", "from_reader", "reader")


def with_preset(block: SourceSpec, known: Recognized) -> SourceSpec:
    """A block with what its reader knows; what the block itself says goes first.

    A column that the block maps, makes by a rule or gives as a constant is the block's alone. A
    text that the block gives a value to has that value; other texts have the reader's. Rows are
    chosen by the headers of both, and a header that the block names has the block's texts alone.
    """
    preset = known.reader.preset
    own = {name for key in _MAPS for name in getattr(block, key)}
    if block.due_within_days:
        own |= {"due_on"} & set(preset.constants)
    merged: dict[str, Any] = {
        key: {
            **{name: each for name, each in getattr(preset, key).items() if name not in own},
            **getattr(block, key),
        }
        for key in _MAPS
    }
    merged["values"] = {
        name: {
            **(preset.values.get(name, {}) if name not in own else {}),
            **block.values.get(name, {}),
        }
        for name in dict.fromkeys((*preset.values, *block.values))
    }
    merged |= {key: {**getattr(preset, key), **getattr(block, key)} for key in _CHOICES}
    for each in fields(SourceSpec):
        if each.name not in _MERGED:
            given, usual = getattr(block, each.name), _default(each.name)
            merged[each.name] = getattr(preset, each.name) if given == usual else given
    if known.row:
        merged |= _where(block, known.row)
    mapped = {*preset.columns, *preset.rules} - own
    mapped |= {
        f"{key}.{header}"
        for key in _CHOICES
        for header in getattr(preset, key)
        if header not in getattr(block, key)
    }
    return replace(
        block,
        table=preset.table,
        reader=known.reader.id,
        from_reader=frozenset(mapped),
        **merged,
    )


def _default(name: str) -> Any:
    return getattr(SourceSpec(table="", file=""), name)


def _where(block: SourceSpec, row: HeaderRow) -> dict[str, Any]:
    """Preamble, delimiter and sheet as they were found, unless the block says them."""
    return {
        "skip_rows": block.skip_rows or row.skip_rows,
        "delimiter": block.delimiter or row.delimiter,
        "sheet": block.sheet or row.sheet,
    }
