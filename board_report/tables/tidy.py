"""Tidy the text of a cell: trim it, and tell "no value" from a value."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from board_report.project import SourceSpec

_SPACE = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\ufeff"
"""White space that is trimmed from cells, also spaces that do not break or have no width."""


def trim(cell: str) -> str:
    """The cell without white space at its ends."""
    return cell.strip(_SPACE)


def is_missing(text: str, missing: Collection[str]) -> bool:
    """True for the empty text, and for those that a source declares to mean "no value"."""
    return not text or text.casefold() in {each.casefold() for each in missing}


def tidied(cells: Sequence[str], column: str, source: SourceSpec) -> list[str | None]:
    """The cells of a column: trimmed, mapped, None where they say "no value"."""
    missing = {"", *(each.casefold() for each in source.missing)}
    given = source.values.get(column, {})
    pairs = {trim(each).casefold(): target for each, target in given.items()}
    known = {cell: _tidy(cell, missing, pairs) for cell in dict.fromkeys(cells)}
    return [known[cell] for cell in cells]


def _tidy(cell: str, missing: Collection[str], pairs: Mapping[str, str]) -> str | None:
    text = trim(cell)
    text = pairs.get(text.casefold(), text)
    return None if text.casefold() in missing else text
