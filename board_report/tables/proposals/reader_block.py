"""Write the block of a file that a reader knows, with what the tool does not know left open."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.sources.reader import Reader
from board_report.tables.proposals.block import quoted
from board_report.tables.schema import Column, TableSpec


def reader_block(reader: Reader, spec: TableSpec, file: str) -> str:
    """The block as TOML: the file and its reader, and as comments what a person may add."""
    return "\n".join(_lines(reader, spec, file)) + "\n"


def unknown_columns(reader: Reader, spec: TableSpec) -> tuple[Column, ...]:
    """Columns of the table that the reader's export does not give, needed ones first."""
    preset = reader.preset
    given = {*preset.columns, *preset.rules, *preset.constants}
    left = [each for each in spec.columns if each.name not in given]
    return tuple(sorted(left, key=lambda each: not each.required))


def _lines(reader: Reader, spec: TableSpec, file: str) -> Iterator[str]:
    yield f"# {reader.tool}: {reader.export}; it fills {spec.name}."
    yield "[[source]]"
    yield f"file = {quoted(file)}"
    yield f"reader = {quoted(reader.id)}"
    columns = unknown_columns(reader, spec)
    if not columns:
        return
    yield ""
    yield "# The export does not say these. Name the header that has one in [source.columns], or"
    yield "# give one value for every row here; it is a claim in your name."
    yield "[source.constants]"
    for each in columns:
        needed = "needed; " if each.required else ""
        allowed = f"one of: {', '.join(each.allowed)}" if each.allowed else each.meaning
        yield f'# {each.name} = "..."    # {needed}{allowed}'
