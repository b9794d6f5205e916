"""OCSF findings: events are folded to the state of their incident or detection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.handled import lines_of, read_alerts, read_incidents

START = 1_783_500_000_000
"""2026-07-08T08:40:00Z in milliseconds."""
HOUR = 3_600_000


def incident(activity: int, hours: int, status: int, **changes: Any) -> dict[str, Any]:
    """One event of an incident, some hours after the start."""
    return {
        "class_uid": 2005,
        "activity_id": activity,
        "time": START + hours * HOUR,
        "start_time": START - HOUR,
        "severity_id": 4,
        "severity": "High",
        "status_id": status,
        "desc": "Stolen token",
        "metadata": {"uid": f"event-{hours}", "correlation_uid": "INC-1", "version": "1.4.0"},
        "finding_info_list": [{"uid": "f-1", "title": "Token used twice"}],
        **changes,
    }


READ = {
    "incident_id": "INC-1",
    "title": "Stolen token",
    "severity": "high",
    "occurred_at": "2026-07-08T07:40:00Z",
    "detected_at": "2026-07-08T08:40:00Z",
}


def test_incident_that_is_open(tmp_path: Path) -> None:
    """Created, then updated: one incident, counted from its creation."""
    content = lines_of(incident(2, 1, 2, severity_id=6), incident(1, 0, 1))
    read = read_incidents(tmp_path, "incidents.json", content)
    assert (read.reader, read.faults) == ("ocsf-incidents", [])
    assert (read.rows, read.ends) == (
        [{**READ, "severity": "critical"}],
        {"used": 1, "superseded": 1},
    )


@pytest.mark.parametrize(
    ("statuses", "recovered"),
    [
        ((1, 4, 5), "2026-07-08T09:40:00Z"),
        ((1, 5), "2026-07-08T09:40:00Z"),
        ((1, 4, 2), None),
        ((1, 4, 2, 4), "2026-07-08T11:40:00Z"),
    ],
    ids=["resolved, closed", "closed", "reopened", "resolved again"],
)
def test_incident_is_recovered_since_it_was_resolved(
    statuses: tuple[int, ...], recovered: str | None, tmp_path: Path
) -> None:
    """Closing it later changes nothing; reopening takes it back. Order in the file is nothing."""
    events = [incident(min(at + 1, 3), at, status) for at, status in enumerate(statuses)]
    read = read_incidents(tmp_path, "incidents.jsonl", lines_of(*reversed(events)))
    (row,) = read.rows
    assert row.get("recovered_at") == recovered


def test_key_of_an_incident(tmp_path: Path) -> None:
    """The link to it where there is no correlation, else the findings that it is made of."""
    events = [
        incident(1, 0, 1, metadata={"uid": "a"}, src_url="https://example.invalid/1"),
        incident(1, 1, 1, metadata={"uid": "b"}, ticket={"uid": "T-2"}),
        incident(1, 2, 1, metadata={"uid": "c"}),
    ]
    read = read_incidents(tmp_path, "incidents.json", json.dumps(events))
    keys = [row["incident_id"] for row in read.rows]
    assert keys == ["https://example.invalid/1", "T-2", "f-1"]
    own = '[source.columns]\nincident_id = "metadata.uid"\n'
    read = read_incidents(tmp_path, "incidents.json", json.dumps(events), own)
    assert [row["incident_id"] for row in read.rows] == ["a", "b", "c"]
    assert [row["detected_at"][11:13] for row in read.rows] == ["08", "09", "10"]


@pytest.mark.parametrize("severity", [0, 99])
def test_incident_of_unknown_severity_is_kept(severity: int, tmp_path: Path) -> None:
    """Unknown and Other say nothing of how grave it is; the incident happened all the same."""
    content = lines_of(incident(1, 0, 1, severity_id=severity))
    read = read_incidents(tmp_path, "incidents.json", content)
    assert read.faults == []
    (row,) = read.rows
    assert row == {name: cell for name, cell in READ.items() if name != "severity"}
    assert read.ends == {"used": 1}


def test_incident_without_its_creation(tmp_path: Path) -> None:
    """It is as old as its oldest finding; with neither, it is set aside, not dated by an update."""
    findings = [{"uid": "f", "created_time": START + HOUR}, {"uid": "g", "created_time": START}]
    known = incident(2, 5, 2, finding_info_list=findings)
    unknown = incident(2, 5, 2, metadata={"correlation_uid": "INC-2"})
    read = read_incidents(tmp_path, "incidents.json", json.dumps([known, unknown]))
    assert read.rows == [READ]
    assert [each[:3] for each in read.faults] == [("value_missing", 1, "detected_at")]


def test_incidents_that_were_none(tmp_path: Path) -> None:
    """False positives, tests and duplicates; other classes of the file are other tables."""
    events = [
        incident(1, 0, 5, verdict_id=verdict, metadata={"correlation_uid": str(verdict)})
        for verdict in (1, 2, 6)
    ]
    events.append({"class_uid": 1007, "time": START, "severity_id": 1})
    read = read_incidents(tmp_path, "incidents.json", json.dumps(events))
    assert [row["incident_id"] for row in read.rows] == ["2"]
    assert read.ends == {"used": 1, "left_out": 3}


# --- detections ----------------------------------------------------------------------------------


def detection(**changes: Any) -> dict[str, Any]:
    return {
        "class_uid": 2004,
        "activity_id": 1,
        "time": START // 1000,
        "severity_id": 3,
        "status_id": 1,
        "is_alert": True,
        "metadata": {"product": {"name": "EDR"}, "version": "1.4.0"},
        "finding_info": {"uid": "f-1", "title": "Token used twice"},
        **changes,
    }


ALERT = {"detection_id": "f-1", "created_at": "2026-07-08T08:40:00Z", "severity": "medium"}


def test_detections_of_two_products(tmp_path: Path) -> None:
    """One writes seconds and one milliseconds; only a verdict is a verdict."""
    other = detection(
        time=START, finding_info={"uid": "f-2", "created_time": START - HOUR}, verdict_id=1
    )
    read = read_alerts(tmp_path, "findings.json", json.dumps([detection(), other]))
    assert (read.reader, read.faults) == ("ocsf-detections", [])
    second = {"detection_id": "f-2", "created_at": "2026-07-08T07:40:00Z"}
    assert read.rows == [ALERT, {**ALERT, **second, "verdict": "false_positive"}]


def test_updates_of_a_detection(tmp_path: Path) -> None:
    """The last state counts, from the time of the first event."""
    last = detection(activity_id=2, time=START // 1000 + 60, severity_id=5, verdict_id=2)
    read = read_alerts(tmp_path, "findings.json", lines_of(detection(), last))
    assert read.rows == [{**ALERT, "severity": "critical", "verdict": "true_positive"}]
    assert read.ends == {"used": 1, "superseded": 1}


def test_security_findings_of_older_producers(tmp_path: Path) -> None:
    """Class 2001 keeps its finding under another name."""
    old = {
        **{k: v for k, v in detection().items() if k != "finding_info"},
        "class_uid": 2001,
        "state_id": 1,
        "finding": {"uid": "f-1", "title": "Token used twice"},
    }
    read = read_alerts(tmp_path, "findings.json", json.dumps(old))
    assert (read.reader, read.rows) == ("ocsf-detections", [ALERT])


def test_findings_that_are_no_alerts(tmp_path: Path) -> None:
    """Informational ones, those that say so, and checks of configuration by Prowler."""
    prowler = {"product": {"name": "Prowler"}}
    events = [
        detection(),
        detection(finding_info={"uid": "f-2"}, severity_id=1),
        detection(finding_info={"uid": "f-3"}, is_alert=False),
        detection(finding_info={"uid": "f-4"}, metadata=prowler, unmapped={"compliance": {}}),
    ]
    read = read_alerts(tmp_path, "findings.json", json.dumps(events))
    assert (read.rows, read.ends) == ([ALERT], {"used": 1, "left_out": 3})


def test_file_of_checks_alone_is_not_ours(tmp_path: Path) -> None:
    """What Prowler writes belongs to compliance."""
    check = detection(
        metadata={"event_code": "x", "product": {"name": "Prowler"}},
        status_code="FAIL",
        unmapped={"compliance": {"CIS-1.4": ["1.20"]}},
    )
    read = read_alerts(tmp_path, "findings.json", json.dumps([check]))
    assert [each.mend.split('"')[1] for each in read.found("reader_found")] == ["prowler-ocsf"]
