"""Regular expressions of a user: which are run at all, and on texts of what length.

Python's expressions cannot be stopped once they run, and some take longer than anybody lives on a
text of forty characters. So the few forms that can are refused, and the others are tried on texts
that are short enough for the time they can take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from board_report.toml_reader import Section

LONGEST_LINEAR = 10_000
"""Characters of a text on which an expression with at most one repetition is tried."""

LONGEST = 300
"""Characters of a text on which every other one is tried."""

MOST_REPEATS = 3
"""Repetitions that an expression may have, one after the other."""

MOST_WAYS = 10_000
"""Ways in which the parts that may be there or not, or differ, can be put together."""

_FEW = 10
"""A repetition of at most so many times counts among the ways."""


def read_expression(section: Section, expression: str) -> int:
    """Characters of the longest text on which an expression may be tried.

    Raises:
        ProjectError: it is no expression, has not one group, or could run without an end.
    """
    try:
        groups = re.compile(expression).groups
    except (re.error, RecursionError, OverflowError) as error:
        raise section.error(
            "match",
            f"it is no regular expression: {error}.",
            "In TOML write it in single quotation marks: '([0-9]+) days'.",
        ) from error
    if groups != 1:
        raise section.error(
            "match",
            f"it has {groups} groups.",
            "Put round brackets about the one part to keep: '([0-9]+) days'.",
        )
    refused = _why_refused(_parsed(expression))
    if refused:
        mend = "Repeat single characters or sets of them only, as in '([0-9.]+) days'."
        raise section.error("match", refused, mend)
    return LONGEST_LINEAR if _count(_parsed(expression)) <= 1 else LONGEST


def _why_refused(tree: Any) -> str:
    """What in an expression could take its time; empty when nothing can."""
    for inner in _repeated(tree):
        if any(_is_choice(each) for each in _operations(inner)):
            return (
                "it repeats a part that itself repeats or has alternatives, which can run without "
                "an end."
            )
    count = _count(tree)
    if count > MOST_REPEATS:
        return f"it has {count} repetitions; {MOST_REPEATS} are the most."
    if _ways(tree) > MOST_WAYS:
        return "its parts that may be there or not can be put together in too many ways."
    return ""


def _parsed(expression: str) -> Any:
    # The parser has no public name since Python 3.11; its tree is as old as the module.
    from re import _parser  # type: ignore[attr-defined]

    return _parser.parse(expression)


_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_Operation = tuple[str, Any]


def _operations(tree: Any) -> Iterator[_Operation]:
    """Every operation of an expression by its name, those within others too."""
    for name, value in tree:
        yield str(name), value
        for each in _inner(value):
            yield from _operations(each)


def _inner(value: Any) -> Iterator[Any]:
    """The trees within the arguments of one operation."""
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from _inner(each)
    elif hasattr(value, "data"):
        yield value


def _repeated(tree: Any) -> Iterator[Any]:
    """The parts that may occur more than once."""
    for name, value in _operations(tree):
        if name in _REPEATS and value[1] > 1:
            yield value[2]


def _is_choice(operation: _Operation) -> bool:
    """True for what can be matched in more than one way."""
    name, value = operation
    if name in _REPEATS:
        return bool(value[0] != value[1])
    return name in ("BRANCH", "GROUPREF", "GROUPREF_EXISTS")


def _count(tree: Any) -> int:
    """Repetitions of many times."""
    return sum(name in _REPEATS and value[1] > _FEW for name, value in _operations(tree))


def _ways(tree: Any) -> int:
    """In how many ways its alternatives and its repetitions of a few times can be chosen."""
    ways = 1
    for name, value in _operations(tree):
        if name in _REPEATS and value[1] <= _FEW:
            ways *= value[1] - value[0] + 1
        elif name == "BRANCH":
            ways *= len(value[1])
    return ways
