"""JSON that is nested about as deeply as Python can follow ends in rows or in a finding."""

from __future__ import annotations

from collections.abc import Callable

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.records import read_records

SPEC = SourceSpec(table="", file="deep.json")


def from_below(calls: int, run: Callable[[], object]) -> object:
    """Run from so many calls down, as a program does."""
    return run() if calls == 0 else from_below(calls - 1, run)


def test_every_depth_near_the_limit() -> None:
    """There is a depth that can be decoded and not written as text; it is told like any other."""
    ends = []
    for depth in range(800, 1000):
        content = b'[{"x": [[1], ' + b"[" * depth + b"1" + b"]" * depth + b"]}]"
        try:
            from_below(40, lambda content=content: read_records(content, SPEC))  # type: ignore[misc]
            ends.append("rows")
        except ReadFaultError as fault:
            ends.append(str(fault))
    assert ends[-1] == "bad_json"
    assert set(ends) <= {"rows", "bad_json"}
