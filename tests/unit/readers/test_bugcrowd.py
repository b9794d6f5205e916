"""Bugcrowd: which submissions are findings, and which of them are closed."""

from __future__ import annotations

from pathlib import Path

from tests.unit.readers.scans import csv_of, read_scan

HEADER = (
    *("reference_number", "bounty_code", "title", "priority", "amount", "substate", "state"),
    *("duplicate", "submitted_at", "validated_at", "closed_at", "target_name"),
)


def submission(name: str, **cells: str) -> dict[str, str]:
    """A submission with some of its cells changed."""
    usual = {
        "reference_number": name,
        "bounty_code": "example",
        "priority": "2",
        "substate": "unresolved",
        "state": "open",
        "duplicate": "FALSE",
        "submitted_at": "2026-03-01 16:15:06 UTC",
        "target_name": "www.example.com",
    }
    return usual | cells


def test_submissions(tmp_path: Path) -> None:
    """Only what was fixed is closed; what was rejected is no finding."""
    closed = {"state": "closed", "closed_at": "2026-04-01 16:15:06 UTC"}
    content = csv_of(
        HEADER,
        submission("s-1", priority="1"),
        submission("s-2", substate="resolved", **closed),
        submission("s-3", substate="informational", **closed),
        submission("s-4", substate="not_reproducible", **closed),
        submission("s-5", substate="out of scope", **closed),
        submission("s-6", substate="Not-Applicable", **closed),
        submission("s-7", duplicate="TRUE"),
        submission("s-8", substate="duplicate"),
        submission("s-9", priority="5"),
        submission("s-10", priority=""),
        submission("s-11", substate="resolved", state="closed"),
        submission("s-12", priority="4"),
    )
    scan = read_scan(tmp_path, "bugcrowd.csv", content)
    assert scan.reader == "bugcrowd"
    assert scan.ends == (12, 4, 2, 0, 6)
    assert scan.column("finding_id") == ["s-1", "s-2", "s-3", "s-12"]
    assert scan.column("severity") == ["critical", "high", "high", "low"]
    assert scan.column("closed_on") == [None, "2026-04-01", None, None]
    assert scan.column("first_seen_on") == ["2026-03-01"] * 4
    assert [each.line for each in scan.found("value_missing")] == [11]
    assert [each.line for each in scan.found("bad_date")] == [12]
