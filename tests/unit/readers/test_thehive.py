"""TheHive: cases are incidents, alerts are detections that name their case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.handled import lines_of, read_alerts, read_incidents

HOUR = 3_600_000
START = 1_783_500_000_000
"""2026-07-08T08:40:00Z in milliseconds."""


def case(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "~10",
        "_type": "Case",
        "_createdAt": START + 5,
        "number": 3,
        "title": "Stolen token",
        "severity": 3,
        "startDate": START,
        "tags": ["a", "b"],
        "status": "InProgress",
        "inProgressDate": START + HOUR,
        "customFields": [],
        "extraData": {},
        **changes,
    }


READ = {
    "incident_id": "~10",
    "title": "Stolen token",
    "severity": "high",
    "detected_at": "2026-07-08T08:40:00Z",
    "acknowledged_at": "2026-07-08T09:40:00Z",
}


@pytest.mark.parametrize(
    "content",
    [json.dumps([case()]), json.dumps(case()), lines_of(case(), case(_id="~11"))],
    ids=["list", "one alone", "lines"],
)
def test_cases(content: str, tmp_path: Path) -> None:
    """Milliseconds, and severity 3 of 4."""
    read = read_incidents(tmp_path, "cases.json", content)
    assert (read.reader, read.rows[0], read.faults) == ("thehive-cases", READ, [])


def test_ends_of_cases(tmp_path: Path) -> None:
    """A false positive was no incident, a duplicate is counted once, a closed one recovered."""
    read = read_incidents(
        tmp_path,
        "cases.json",
        json.dumps(
            [
                case(status="TruePositive", closedDate=START + 2 * HOUR, endDate=START + HOUR),
                case(_id="~11", status="Resolved", endDate=START + 3 * HOUR),
                case(_id="~12", status="FalsePositive"),
                case(_id="~13", status="Duplicated"),
                case(_id="~14", status="Resolved", resolutionStatus="FalsePositive"),
            ]
        ),
    )
    assert read.ends == {"used": 2, "left_out": 3}
    assert [each["recovered_at"] for each in read.rows] == [
        "2026-07-08T10:40:00Z", "2026-07-08T11:40:00Z"
    ]  # fmt: skip


def test_status_of_the_sample_is_an_open_case(tmp_path: Path) -> None:
    """ "Open" is in no list of statuses, and yet in a real export."""
    assert len(read_incidents(tmp_path, "cases.json", json.dumps([case(status="Open")])).rows) == 1


def alert(**changes: Any) -> dict[str, Any]:
    return {
        "_id": "~20",
        "_type": "Alert",
        "_createdAt": START,
        "type": "siem",
        "source": "splunk",
        "sourceRef": "e-1",
        "title": "Token used twice",
        "severity": 2,
        "date": START,
        "status": "New",
        **changes,
    }


def test_alerts(tmp_path: Path) -> None:
    """Its own source is a name, not one of our kinds of tool; only some statuses are verdicts."""
    read = read_alerts(
        tmp_path,
        "alerts.json",
        json.dumps(
            [
                alert(),
                alert(_id="~21", status="FalsePositive", closedDate=START + HOUR),
                alert(_id="~22", status="Imported", caseId="~10", importedDate=START + 2 * HOUR),
            ]
        ),
    )
    new = {"detection_id": "~20", "severity": "medium", "created_at": "2026-07-08T08:40:00Z"}
    assert (read.reader, read.faults) == ("thehive-alerts", [])
    assert read.rows == [
        new,
        {
            **new,
            "detection_id": "~21",
            "verdict": "false_positive",
            "triaged_at": "2026-07-08T09:40:00Z",
        },
        {
            **new,
            "detection_id": "~22",
            "triaged_at": "2026-07-08T10:40:00Z",
            "incident_id": "~10",
        },
    ]


def test_status_of_an_own_workflow_is_set_aside_until_explained(tmp_path: Path) -> None:
    """And read once the block says what it means."""
    content = json.dumps([alert(status="Tuned")])
    read = read_alerts(tmp_path, "alerts.json", content)
    assert read.faults == [("unknown_category", 1, "verdict", "Tuned")]
    more = '[source.values.verdict]\nTuned = "benign"\n'
    assert read_alerts(tmp_path, "alerts.json", content, more).rows[0]["verdict"] == "benign"
