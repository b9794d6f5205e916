"""Write a proposal as a ``[[source]]`` block that a person can read and correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from board_report.tables.proposals.assign import Assigned
from board_report.tables.proposals.propose import Proposal
from board_report.tables.proposals.values import ValueProposal
from board_report.tables.schema import Column, Kind

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 40
"""Characters of a sample that a comment shows."""

_VALUES_SHOWN = 40


def source_block(proposal: Proposal) -> str:
    """The block as TOML, with the confidence of each line and what is open as comments."""
    parts = [
        *_head(proposal),
        *_completes(proposal),
        "",
        "[source.columns]",
        *_columns(proposal),
        *_unused(proposal),
        *_values(proposal),
        *_constants(proposal),
    ]
    return "\n".join(parts) + "\n"


def quoted(text: str) -> str:
    """A text as a TOML string on one line, with what cannot be printed written out.

    Half of a pair of surrogates, which TOML cannot hold, becomes the sign for what is unreadable.
    """
    plain = json.dumps(text, ensure_ascii=False)
    return plain if plain.isprintable() else "".join(map(_written_out, plain))


def _written_out(letter: str) -> str:
    if letter.isprintable():
        return letter
    if "\ud800" <= letter <= "\udfff":
        return "\ufffd"
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else quoted(text)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(quoted(each) for each in texts)}]"


def _said(text: str) -> str:
    """A sample for a comment: on one line, short, without characters that cannot be printed."""
    plain = "".join(each if each.isprintable() else " " for each in text)
    return f'"{plain}"' if len(plain) <= _LONGEST else f'"{plain[: _LONGEST - 3]}..."'


def _samples(each: Assigned) -> str:
    return ", ".join(_said(text) for text in each.profile.samples)


def _head(proposal: Proposal) -> Iterator[str]:
    source = proposal.source
    rows = "1 row" if proposal.rows == 1 else f"{proposal.rows:,} rows"
    yield f"# Proposed by `board-report map` from {rows}."
    yield "# Correct what is wrong, then run `board-report check`."
    yield "[[source]]"
    others = ", ".join(name for name, _ in proposal.others)
    yield f"table = {quoted(proposal.spec.name)}    # less likely: {others}"
    yield f"file = {quoted(source.file)}"
    for name in ("encoding", "delimiter", "sheet"):
        value = getattr(source, name)
        if value and value != "utf-8":
            yield f"{name} = {quoted(value)}"
    if source.skip_rows:
        yield f"skip_rows = {source.skip_rows}"
    yield from _dates(proposal)
    if proposal.decimal_comma:
        yield "decimal_comma = true"
    if proposal.percent:
        yield 'ratio_as = "percent"'
    if proposal.missing:
        yield f"missing = {_list(proposal.missing)}"
    if proposal.order_by:
        yield 'keep = "last"    # several rows have one key: a log of updates'
        yield f"order_by = {quoted(proposal.order_by)}"


def _dates(proposal: Proposal) -> Iterator[str]:
    formats, asked = proposal.date_formats, proposal.open_dates
    if asked:
        yield f"# {_said(asked.example)}: no date tells whether day or month comes first."
        yield "# Ask whoever made the file, and keep one of these two lines:"
        yield f"# date_format = {_format((*formats, *asked.day_first))}    # day first"
        yield f"# date_format = {_format((*formats, *asked.month_first))}    # month first"
    elif formats:
        yield f"date_format = {_format(formats)}"
    if any(each.column.kind is Kind.DATETIME for each in proposal.assigned):
        yield '# time_zone = "..."    # of times without an offset, unless it is the calendar\'s'


def _format(formats: Sequence[str]) -> str:
    unique = list(dict.fromkeys(formats))
    return quoted(unique[0]) if len(unique) == 1 else _list(unique)


def _columns(proposal: Proposal) -> Iterator[str]:
    found = {each.column.name: each for each in proposal.assigned}
    for column in proposal.spec.columns:
        each = found.get(column.name)
        if each:
            said = f"{each.confidence}: {_samples(each)}"
            yield f"{column.name} = {_from(proposal, each)}    # {said}"
        elif column.required:
            yield f'# {column.name} = "..."    # needed: {column.meaning}'


def _unused(proposal: Proposal) -> Iterator[str]:
    """Headers that no column is read from: nothing of the file is dropped in silence."""
    for each in proposal.unused:
        samples = ", ".join(_said(text) for text in each.samples)
        yield f"# not used: {quoted(each.header)}    # {samples}"


def _completes(proposal: Proposal) -> Iterator[str]:
    """How a file that only completes the records of another would be said."""
    keys = [each for each in proposal.assigned if each.column.name in proposal.spec.key]
    if proposal.absent and len(keys) == len(proposal.spec.key):
        names = _list(proposal.spec.key)
        yield "# If the file only completes the records of another file of this table, say so:"
        yield f"# merge_by = {names}"


def _from(proposal: Proposal, each: Assigned) -> str:
    name, header = each.column.name, each.profile.header
    if name in proposal.spec.key and proposal.key_headers:
        return _list(proposal.key_headers)
    if name in proposal.factors:
        return f"{{ from = {quoted(header)}, times = {quoted(proposal.factors[name])} }}"
    return quoted(header)


def _values(proposal: Proposal) -> Iterator[str]:
    for name, found in proposal.values.items():
        allowed = ", ".join(proposal.spec.column(name).allowed) or "true, false"
        yield ""
        yield f"[source.values.{name}]"
        for each in found[:_VALUES_SHOWN]:
            yield _value(each, allowed)
        if len(found) > _VALUES_SHOWN:
            yield f"# and {len(found) - _VALUES_SHOWN:,} more texts"


def _value(each: ValueProposal, allowed: str) -> str:
    if each.value:
        return f"{_key(each.text)} = {quoted(each.value)}    # {each.confidence}"
    return f'# {_key(each.text)} = "..."    # one of: {allowed}'


def _constants(proposal: Proposal) -> Iterator[str]:
    """What every row needs and the file does not give, as lines to fill in."""
    wanted = [each for each in proposal.absent if each.name not in proposal.spec.key]
    if not wanted:
        return
    yield ""
    yield "# Where one value holds for every row, give it here; it is a claim in your name."
    yield "[source.constants]"
    for column in wanted:
        yield f'# {column.name} = "..."    # {_choices(column)}'


def _choices(column: Column) -> str:
    return f"one of: {', '.join(column.allowed)}" if column.allowed else column.meaning
