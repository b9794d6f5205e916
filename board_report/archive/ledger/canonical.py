"""One way to write a value as JSON, so that equal values are equal bytes and hash alike.

Keys are sorted by code point, nothing stands between tokens, text is UTF-8, and one line end
closes the file. Numbers are whole and small enough for every reader; there are no fractions, since
programs write them differently.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that every JSON reader keeps as it is."""
MOST_DIGITS = 16
DEEPEST = 32


class NotCanonicalError(ValueError):
    """Why bytes are not canonical JSON, or a value cannot be written as such."""


def canonical(value: object) -> bytes:
    """The bytes of a value made of dicts, lists, texts, whole numbers, booleans and None.

    Raises:
        NotCanonicalError: it holds anything else, or is nested too deeply.
    """
    _check(value, DEEPEST)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("a text holds half a character") from error


def parse(data: bytes) -> dict[str, Any]:
    """The object that canonical bytes hold.

    Raises:
        NotCanonicalError: they are not JSON, not an object, or not written in the one way.
    """
    try:
        value = json.loads(
            data.decode(), parse_float=_refuse, parse_constant=_refuse, parse_int=_whole
        )
    except UnicodeDecodeError as error:
        raise NotCanonicalError("it is not UTF-8") from error
    except NotCanonicalError:
        raise
    except RecursionError as error:
        raise NotCanonicalError("it is nested too deeply") from error
    except ValueError as error:
        raise NotCanonicalError("it is not JSON") from error
    if not isinstance(value, dict):
        raise NotCanonicalError("it is not an object")
    if canonical(value) != data:
        raise NotCanonicalError("it is not written in the one way")
    return value


def _refuse(_: str) -> NoReturn:
    raise NotCanonicalError("a number is not whole")


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > MOST_DIGITS:
        raise NotCanonicalError("a number is too large")
    return int(text)


def _check(value: object, depth: int) -> None:
    """Refuse what the format has not; texts, most of what there is, are passed over quickly."""
    kind = type(value)
    if depth < 0:
        raise NotCanonicalError("it is nested too deeply")
    if kind is str or kind is bool or value is None:
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise NotCanonicalError("a number is too large")
    elif isinstance(value, str):
        return
    elif isinstance(value, list | tuple):
        for each in value:
            if type(each) is not str or not depth:
                _check(each, depth - 1)
    elif isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(key, str):
                raise NotCanonicalError("a key is not a text")
            if type(each) is not str or not depth:
                _check(each, depth - 1)
    else:
        raise NotCanonicalError("it holds what JSON has not, or a fraction")
