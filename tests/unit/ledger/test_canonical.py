"""One way to write a value: equal values are equal bytes, and other bytes are refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.archive.ledger.canonical import NotCanonicalError, canonical, parse
from tests.ledger_data import standalone

TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, max_size=5)


@given(OBJECTS)
def test_what_is_written_is_read_back(value: dict[str, object]) -> None:
    assert parse(canonical(value)) == value
    assert standalone()["parse"](canonical(value)) == value


@given(OBJECTS)
def test_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)


@given(OBJECTS)
def test_both_writers_agree(value: dict[str, object]) -> None:
    assert standalone()["canonical"](value) == canonical(value)


@given(OBJECTS)
def test_any_json_reader_understands_it(value: dict[str, object]) -> None:
    assert json.loads(canonical(value)) == value


@given(OBJECTS, st.binary(max_size=3), st.data())
def test_other_bytes_are_refused_or_another_value(
    value: dict[str, object], extra: bytes, data: st.DataObject
) -> None:
    written = canonical(value)
    at = data.draw(st.integers(0, len(written)))
    other = written[:at] + extra + written[at + 1 :]
    try:
        found = parse(other)
    except NotCanonicalError:
        with pytest.raises(standalone()["NoEntryError"]):
            standalone()["parse"](other)
        return
    assert (found == value and _types(found) == _types(value)) == (other == written)
    assert standalone()["parse"](other) == found


def _types(value: object) -> object:
    """``True == 1`` in Python; in JSON they are two values."""
    if isinstance(value, dict):
        return {key: _types(each) for key, each in value.items()}
    return [_types(each) for each in value] if isinstance(value, list) else type(value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a":1.0}\n', "not whole"),
        (b'{"a":1e2}\n', "not whole"),
        (b'{"a":NaN}\n', "not whole"),
        (b'{"a":99999999999999999}\n', "too large"),
        (b'{"a":9007199254740992}\n', "too large"),
        (b'{"a":1}', "one way"),
        (b'{"a": 1}\n', "one way"),
        (b'{"b":1,"a":1}\n', "one way"),
        (b'{"a":1,"a":1}\n', "one way"),
        (b'{"a":"\\u0041"}\n', "one way"),
        (b'{"a":"\\ud800"}\n', "half a character"),
        (b'\xef\xbb\xbf{"a":1}\n', "not JSON"),
        (b'{"a":"\xff"}\n', "not UTF-8"),
        (b"[]\n", "not an object"),
        (b"", "not JSON"),
        (b'{"a":' + b"[" * 60 + b"]" * 60 + b"}\n", "nested"),
        (b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n", "nested"),
    ],
)
def test_what_is_not_canonical_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NotCanonicalError, match=why):
        parse(data)
    with pytest.raises(standalone()["NoEntryError"]):
        standalone()["parse"](data)


@pytest.mark.parametrize("value", [{"a": 0.5}, {"a": 2**53}, {"a": "\ud800"}, {"a": {1: 2}}])
def test_what_cannot_be_written_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(value)
