"""Readers of the CTO's exports end in rows or in one finding, whatever the bytes."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.readers.technology.dollars import read_canadian_dollars
from board_report.sources.readers.technology.github_statuses import read_deployments

DEPLOYMENT = {
    "id": 1,
    "environment": "production",
    "repository_url": "https://api.github.com/repos/o/r",
    "statuses": [{"state": "success", "created_at": "2026-07-20T01:30:00Z"}],
}
DEPLOYMENTS = json.dumps([DEPLOYMENT, {**DEPLOYMENT, "id": 2}]).encode()
LIST = b'uniqueId,projectName,totalBudget\na-b,X,"$1,000"\na-c,"Y\nZ",\n'
JSON = SourceSpec(table="deployments", file="x.json")
TEXT = SourceSpec(table="it_projects", file="x.csv")

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


def _read(read: Any, content: bytes, spec: SourceSpec) -> None:
    try:
        grid = read(content, spec)
    except ReadFaultError:
        return
    assert all(isinstance(cell, str) for row in grid.rows for cell in row.cells)


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """A valid file, cut off and with some bytes changed."""
    bytes_ = bytearray(content[: draw(st.integers(0, len(content)))])
    for _ in range(draw(st.integers(0, 4))):
        if bytes_:
            bytes_[draw(st.integers(0, len(bytes_) - 1))] = draw(st.integers(0, 255))
    return bytes(bytes_)


@given(content=st.binary(max_size=300) | damaged(DEPLOYMENTS))
@settings(max_examples=150)
def test_deployments_of_any_bytes(content: bytes) -> None:
    """Only its own error leaves the reader."""
    _read(read_deployments, content, JSON)


@given(key=st.sampled_from([*DEPLOYMENT, "data"]), value=values, is_status=st.booleans())
@settings(max_examples=150)
def test_deployments_of_other_shapes(key: str, value: Any, *, is_status: bool) -> None:
    """Values of other types where a list, an object or a text is expected."""
    record = {**DEPLOYMENT, "statuses": [{"state": value, "created_at": value}, value]}
    changed = record if is_status else {**DEPLOYMENT, key: value}
    _read(read_deployments, json.dumps([changed]).encode(), JSON)
    nested = {"data": {"repository": {"deployments": {"nodes": value}}}}
    _read(read_deployments, json.dumps(nested).encode(), JSON)
    _read(read_deployments, json.dumps(value).encode(), JSON)


@given(content=st.binary(max_size=300) | damaged(LIST))
@settings(max_examples=150)
def test_lists_of_projects_of_any_bytes(content: bytes) -> None:
    """As text, and as a workbook that is none."""
    _read(read_canadian_dollars, content, TEXT)
    _read(read_canadian_dollars, content, SourceSpec(table="it_projects", file="x.xlsx"))
    _read(read_canadian_dollars, content, SourceSpec(table="it_projects", file="x.json"))
