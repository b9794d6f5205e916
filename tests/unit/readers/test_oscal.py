"""OSCAL: an assessor's findings, and plans with the dates of what they relate to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.readers.checked import read_checks

RESULTS = {
    "assessment-results": {
        "metadata": {"title": "June"},
        "results": [
            {
                "start": "2026-08-01T08:31:20-04:00",
                "findings": [
                    {
                        "title": "Role permits too much",
                        "target": {"target-id": "ac-6.1", "status": {"state": "not-satisfied"}},
                    },
                    {
                        "title": "Logs are kept",
                        "target": {"target-id": "au-2", "status": {"state": "satisfied"}},
                    },
                    {
                        "title": "Else",
                        "target": {"target-id": "au-3", "status": {"state": "other"}},
                    },
                ],
            }
        ],
    }
}


def test_assessment_results(tmp_path: Path) -> None:
    more = '[source.constants]\nquarter = "2026-Q3"\nframework = "iso27001"\n'
    got = read_checks(
        tmp_path, "ar.json", json.dumps(RESULTS), more, table="compliance_assessments"
    )
    assert got.reader == "oscal-assessment-results"
    assert got.ends == (3, 2, 1, 0, 0)
    assert got.column("result") == ["not_met", "met"]
    assert got.column("requirement_id") == ["ac-6.1", "au-2"]


def test_framework_and_quarter_are_not_made_up(tmp_path: Path) -> None:
    got = read_checks(tmp_path, "ar.json", json.dumps(RESULTS), table="compliance_assessments")
    assert {each.column for each in got.found("column_missing")} == {"framework", "quarter"}
    assert all(each.stops for each in got.found("column_missing"))


def risk(name: str, status: str = "open", **more: Any) -> dict[str, Any]:
    return {"uuid": name, "status": status, "deadline": "2026-12-01T05:00:00-04:00", **more}


def item(name: str, *risks: str, seen: tuple[str, ...] = ("o1",)) -> dict[str, Any]:
    return {
        "uuid": name,
        "title": f"Item {name}",
        "related-risks": [{"risk-uuid": each} for each in risks],
        "related-observations": [{"observation-uuid": each} for each in seen],
    }


def log(*entries: tuple[str, str]) -> dict[str, Any]:
    return {"entries": [{"start": start, "status-change": to} for start, to in entries]}


def test_plan(tmp_path: Path) -> None:
    """Dates are those of what an item names; a name that leads nowhere gives none."""
    closed = log(("2026-08-01T00:00:00Z", "investigating"), ("2026-09-02T12:00:00Z", "closed"))
    plan = {
        "plan-of-action-and-milestones": {
            "observations": [
                {"uuid": "o1", "collected": "2026-05-19T12:14:16-04:00"},
                {"uuid": "o2", "collected": "2026-04-01T12:00:00-04:00"},
            ],
            "risks": [
                risk("r1"),
                risk("r2", deadline="2026-10-01T17:00:00-04:00"),
                risk("r3", "closed", **{"risk-log": closed}),
                risk("r4", "closed"),
            ],
            "poam-items": [
                item("i1", "r1", "r2", seen=("o1", "o2")),
                item("i2", "nowhere"),
                item("i3", "r3"),
                item("i4", "r3", "r1"),
                item("i5", "r4"),
                item("i6", "r1", seen=()),
            ],
        }
    }
    got = read_checks(tmp_path, "poam.json", json.dumps(plan, indent=1), table="audit_findings")
    assert got.reader == "oscal-poam"
    assert got.ends == (6, 4, 1, 0, 1)
    assert got.column("audit_finding_id") == ["i1", "i2", "i3", "i4"]
    assert got.column("raised_on") == ["2026-04-01"] + ["2026-05-19"] * 3
    assert got.column("due_on") == ["2026-10-01", None, "2026-12-01", "2026-12-01"]
    assert got.column("closed_on") == [None, None, "2026-09-02", None]
    assert got.column("severity") == [None] * 4
    (missing,) = got.found("value_missing")
    assert missing.column == "raised_on"
    assert json.dumps(plan, indent=1).splitlines()[missing.line].strip() == '"uuid": "i6",'
