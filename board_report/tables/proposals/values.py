"""Propose which text of a file is which value of a closed list, or true or false."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from board_report.tables.cells import parse_boolean, plain_value
from board_report.tables.outcome import Parsed
from board_report.tables.proposals.synonyms import FALSE, TRUE, VALUES
from board_report.tables.schema import Column, Kind

_WORDS = re.compile(r"[^0-9a-zà-öø-ÿß]+")


@dataclass(frozen=True)
class ValueProposal:
    """One text of the file and the value that is proposed for it."""

    text: str
    value: str
    """Empty when a person must say it."""
    confidence: str = "high"


def propose_values(column: Column, texts: Sequence[str]) -> tuple[ValueProposal, ...]:
    """For each text that is not understood as it stands; nothing for columns of other kinds."""
    if column.kind is Kind.BOOLEAN:
        return tuple(
            _boolean(text) for text in texts if not isinstance(parse_boolean(text), Parsed)
        )
    if column.kind is not Kind.CATEGORY:
        return ()
    return tuple(_category(column, text) for text in texts if not _is_allowed(column, text))


def known_share(column: Column, texts: Sequence[str]) -> float:
    """Share of the texts that are a value, or for which one is proposed."""
    if not texts:
        return 0.0
    names = _names(column.name, column.allowed)
    return sum(bool(_named(text, names)) for text in texts) / len(texts)


def _is_allowed(column: Column, text: str) -> bool:
    return plain_value(text) in {plain_value(each) for each in column.allowed}


def _boolean(text: str) -> ValueProposal:
    if text.casefold() in TRUE:
        return ValueProposal(text, "true")
    return ValueProposal(text, "false" if text.casefold() in FALSE else "")


def _category(column: Column, text: str) -> ValueProposal:
    names = _names(column.name, column.allowed)
    value = _named(text, names)
    if value:
        return ValueProposal(text, value)
    words = _bare_words(text)
    if words.isdigit():
        # Whether 1 is the highest or the lowest is the tool's choice: a person must say it.
        return ValueProposal(text, "")
    long = {name: value for name, value in names.items() if len(name) > 3}
    near = get_close_matches(words[:60], long, n=1, cutoff=0.85)
    if near:
        return ValueProposal(text, long[near[0]], "medium")
    inside = {value for name, value in long.items() if name in words}
    return ValueProposal(text, inside.pop(), "low") if len(inside) == 1 else ValueProposal(text, "")


@cache
def _names(column: str, allowed: tuple[str, ...]) -> Mapping[str, str]:
    """Words to the value that they mean, the values' own names first."""
    names: dict[str, str] = {}
    for value in allowed:
        names.setdefault(value.replace("_", " "), value)
    for value in allowed:
        for name in VALUES.get(column, {}).get(value, ()):
            names.setdefault(name, value)
    return names


@cache
def _bare_words(text: str) -> str:
    return " ".join(filter(None, _WORDS.split(text.casefold())))


def _named(text: str, names: Mapping[str, str]) -> str:
    """The value that a text names, with a number beside it or not; empty where it names none."""
    words = _bare_words(text)
    return names.get(words) or names.get(re.sub(r"^[0-9]+ | [0-9]+$", "", words)) or ""
