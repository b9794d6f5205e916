"""Readers of incidents and alerts end in rows or in one finding, whatever the bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.reader import Read
from board_report.sources.readers.incidents.elastic import read_alerts
from board_report.sources.readers.incidents.ocsf import read_detections, read_incidents
from board_report.sources.readers.incidents.servicenow import read_api
from board_report.sources.readers.incidents.splunk import read_notables
from board_report.sources.readers.incidents.thehive import read_objects
from board_report.sources.readers.incidents.veris import read_veris

VERIS: dict[str, Any] = {
    "schema_version": "1.3.7",
    "incident_id": "A-1",
    "security_incident": "Confirmed",
    "action": {"error": {"variety": ["Misdelivery"]}},
    "actor": {"internal": {"variety": ["Finance"]}},
    "attribute": {"availability": {"variety": ["Interruption"], "duration": {"unit": "Days"}}},
    "asset": {"assets": [{"variety": "M - Documents"}]},
    "discovery_method": {"external": {"variety": ["Customer"]}},
    "impact": {"overall_amount": 5, "iso_currency_code": "EUR"},
    "timeline": {
        "incident": {"year": 2026, "month": 7, "day": 9},
        "discovery": {"unit": "Days", "value": 2},
    },
}
EVENT: dict[str, Any] = {
    "class_uid": 2005,
    "activity_id": 1,
    "time": 1783500000,
    "status_id": 4,
    "metadata": {"correlation_uid": "I-1"},
    "finding_info": {"uid": "f", "created_time": 1783500000},
    "finding_info_list": [{"uid": "f", "title": "t", "created_time": 1783500000}],
}
READERS: dict[str, tuple[Read, Any, tuple[str, ...]]] = {
    "veris": (read_veris, VERIS, ("incidents",)),
    "ocsf-incidents": (read_incidents, EVENT, ()),
    "ocsf-detections": (read_detections, EVENT, ()),
    "servicenow": (read_api, {"number": "1", "priority": {"value": "2"}}, ("result", "records")),
    "thehive": (read_objects, {"_id": "~1", "severity": 2, "tags": ["a"]}, ()),
    "splunk": (read_notables, {"result": {"_time": "1", "event_id": "e"}}, ("results",)),
    "elastic": (read_alerts, {"_id": "1", "_source": {"@timestamp": "t"}}, ()),
}
"""Each reader with a record that it knows, and keys that may hold its records."""

FILES = ("x.json", "x.jsonl", "x.csv")

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def read(reader: Read, content: bytes, file: str) -> None:
    """Rows as wide as their header, all of text, or the readers' own error."""
    try:
        grid = reader(content, SourceSpec(table="", file=file))
    except ReadFaultError:
        return
    assert all(isinstance(cell, str) for row in grid.rows for cell in row.cells)
    assert all(row.line >= 1 for row in grid.rows)


@st.composite
def swapped(draw: st.DrawFn, value: Any) -> Any:
    """A value in which some parts are of another kind."""
    if draw(st.integers(0, 5)) == 0:
        return draw(values)
    if isinstance(value, dict):
        return {key: draw(swapped(each)) for key, each in value.items()}
    if isinstance(value, list):
        return [draw(swapped(each)) for each in value]
    return value


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """A valid file, cut off and with some bytes changed."""
    some = bytearray(content[: draw(st.integers(0, len(content)))])
    for _ in range(draw(st.integers(0, 4))):
        if some:
            some[draw(st.integers(0, len(some) - 1))] = draw(st.integers(0, 255))
    return bytes(some)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_bytes(name: str, data: st.DataObject) -> None:
    """Noise, and valid files cut off or with other bytes, alone or as lines."""
    reader, record, _ = READERS[name]
    whole = json.dumps(record).encode()
    content = data.draw(st.binary(max_size=200) | damaged(whole) | damaged(whole + b"\n" + whole))
    read(reader, content, data.draw(st.sampled_from(FILES)))


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_other_kinds_of_values(name: str, data: st.DataObject) -> None:
    """A list where an object is expected, a number where a text is, and the other way about."""
    reader, record, keys = READERS[name]
    records = data.draw(st.lists(swapped(record), max_size=3) | values)
    key = data.draw(st.sampled_from(["", "hits", *keys]))
    whole = {key: {"hits": records} if key == "hits" else records} if key else records
    read(reader, json.dumps(whole).encode(), "x.json")
    if isinstance(records, list):
        lines = "\n".join(json.dumps(each) for each in records)
        read(reader, lines.encode(), "x.jsonl")


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("mark", ["[", '{"a":'])
def test_depth_ends_in_a_finding(name: str, mark: str) -> None:
    """However deep, also where the text could be decoded."""
    reader, _, _ = READERS[name]
    for depth in (400, 900, 100_000):
        closing = "]" if mark == "[" else "}"
        content = f"{mark * depth}1{closing * depth}".encode()
        read(reader, content, "x.json")
        read(reader, b'{"number": %s}' % content, "x.jsonl")


def test_numbers_beyond_all_times() -> None:
    """They take no time to be refused."""
    huge = ("1e999999999", "-1e999999999", "1e-999999999", "1e99999999999999999999", "9" * 5000)
    for value in (*huge, "NaN", "Infinity"):
        line = json.dumps(VERIS).replace('"value": 2', f'"value": {value}')
        read(read_veris, line.encode(), "x.jsonl")
        event = json.dumps(EVENT).replace('"time": 1783500000', f'"time": {value}')
        read(read_incidents, event.encode(), "x.jsonl")
