"""Walk through JSON to the records at a path, with the line that each begins on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")


class Number(str):
    """A number as it is written in the file."""

    __slots__ = ()


def _members_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that says a member twice does not say which one counts.

    Raises:
        json.JSONDecodeError: it does.
    """
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise json.JSONDecodeError(f"one object has {twice[:60]!r} twice", "", 0)
    return members


DECODER = json.JSONDecoder(
    parse_float=Number,
    parse_int=Number,
    parse_constant=Number,
    object_pairs_hook=_members_once,
    strict=False,
)
"""Numbers stay as they are written; an object with a member twice is refused."""


@dataclass(frozen=True)
class Located:
    """A value of a JSON text and where it begins."""

    line: int
    value: Any
    parents: tuple[dict[str, Any], ...] = ()
    """The objects around it, the outermost first, without the member that it lies in."""


def located(text: str, path: Sequence[str]) -> Iterator[Located]:
    """The values at a path of keys, in which ``*`` stands for every item of a list or object.

    Branches that do not have the path hold no value and are passed over; numbers stay as they are
    written (:class:`Number`).

    Raises:
        json.JSONDecodeError: the text is not JSON.
        RecursionError: it is nested too deeply.
    """
    line, counted = 1, 0
    for at, value, parents in _walk(text, _skip(text, 0), tuple(path), ()):
        line, counted = line + text.count("\n", counted, at), at
        yield Located(line, value, parents)


_Found = tuple[int, Any, tuple[dict[str, Any], ...]]


def _walk(
    text: str, at: int, path: tuple[str, ...], parents: tuple[dict[str, Any], ...]
) -> Iterator[_Found]:
    if not path:
        yield at, DECODER.raw_decode(text, at)[0], parents
        return
    key, rest = path[0], path[1:]
    if text[at] == "[" and key == "*":
        for place in _items(text, at):
            yield from _walk(text, place, rest, parents)
    elif text[at] == "{":
        places: dict[str, int] = {}
        values: dict[str, Any] = {}
        for name, place, value in _members(text, at):
            places[name] = place
            if name != key:  # what the path leads into is large, and is decoded again below
                values[name] = value
        value = None  # or the last member would be held while its records are walked through
        wanted = places.values() if key == "*" else filter(None, (places.get(key),))
        around = (*parents, values)
        for place in sorted(wanted):
            yield from _walk(text, place, rest, around)


def _items(text: str, at: int) -> Iterator[int]:
    """Where the items of the list that begins here begin."""
    at = _skip(text, at + 1)
    while text[at] != "]":
        yield at
        at = _next(text, DECODER.raw_decode(text, at)[1])


def _members(text: str, at: int) -> Iterator[tuple[str, int, Any]]:
    """Key, place and value of each member of the object that begins here."""
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, after = DECODER.raw_decode(text, at)
        place = _skip(text, _skip(text, after) + 1)
        value, after = DECODER.raw_decode(text, place)
        yield name, place, value
        at = _next(text, after)


def _next(text: str, after: int) -> int:
    at = _skip(text, after)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
