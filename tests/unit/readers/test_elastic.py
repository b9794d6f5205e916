"""Alerts of Elastic Security: hits of a search, dumps, bare alerts, and Discover's table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.handled import UTC, lines_of, read_alerts

FLAT: dict[str, Any] = {
    "@timestamp": "2026-07-15T12:00:00.000Z",
    "kibana.alert.uuid": "u-1",
    "kibana.alert.start": "2026-07-14T09:30:00.250Z",
    "kibana.alert.original_time": "2026-07-14T09:00:00.000Z",
    "kibana.alert.severity": "critical",
    "kibana.alert.rule.name": "LSASS access",
    "kibana.alert.workflow_status": "closed",
    "kibana.alert.workflow_reason": "benign_positive",
    "kibana.alert.workflow_status_updated_at": "2026-07-15T12:00:00.000Z",
    "host": {"name": "h"},
    "source": {"ip": "192.0.2.1"},
    "tags": ["a", "b"],
}
NESTED = {
    "@timestamp": FLAT["@timestamp"],
    "kibana": {
        "alert": {
            "uuid": "u-1",
            "start": FLAT["kibana.alert.start"],
            "severity": "critical",
            "rule": {"name": "LSASS access"},
            "workflow_reason": "benign_positive",
        }
    },
}
FIELDS = {name: [value] for name, value in FLAT.items() if name.startswith(("kibana", "@"))}
READ = {
    "detection_id": "u-1",
    "created_at": "2026-07-14T09:30:00Z",
    "severity": "critical",
    "verdict": "benign",
}


def hits(*found: dict[str, Any]) -> str:
    return json.dumps({"took": 1, "hits": {"total": {"value": len(found)}, "hits": found}})


@pytest.mark.parametrize(
    "content",
    [
        hits({"_index": "i", "_id": "d-1", "_source": FLAT}),
        hits({"_index": "i", "_id": "d-1", "_source": NESTED}),
        hits({"_index": "i", "_id": "d-1", "fields": FIELDS}),
        lines_of({"_id": "d-1", "_source": FLAT}, {"_id": "d-1", "_source": FLAT}),
        lines_of(FLAT, FLAT),
        json.dumps([NESTED]),
    ],
    ids=["flat", "nested", "fields", "dump", "lines", "list"],
)
def test_alerts(content: str, tmp_path: Path) -> None:
    """Dotted names, nested or not; an alert is as old as its start, not as its last update."""
    read = read_alerts(tmp_path, "alerts.json", content)
    assert (read.reader, read.rows[0], read.faults) == ("elastic-alerts", READ, [])


def test_old_alerts_without_uuid_and_start(tmp_path: Path) -> None:
    """The hit's own identifier, and the only time that there is."""
    old = {k: v for k, v in FLAT.items() if k not in ("kibana.alert.uuid", "kibana.alert.start")}
    read = read_alerts(tmp_path, "alerts.json", hits({"_id": "d-1", "_source": old}))
    want = {**READ, "detection_id": "d-1", "created_at": "2026-07-15T12:00:00Z"}
    assert read.rows == [want]


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        ("true_positive", "true_positive"),
        ("false_positive", "false_positive"),
        ("other", "undetermined"),
        ("duplicate", None),
        (None, None),
    ],
)
def test_only_a_reason_is_a_verdict(
    reason: str | None, verdict: str | None, tmp_path: Path
) -> None:
    """A closed alert without a reason has none, and no time of triage is made up."""
    alert = {**FLAT, "kibana.alert.workflow_reason": reason}
    (row,) = read_alerts(tmp_path, "alerts.json", hits({"_id": "1", "_source": alert})).rows
    assert (row.get("verdict"), "triaged_at" in row) == (verdict, False)


def test_time_of_the_last_status_by_the_users_choice(tmp_path: Path) -> None:
    """One line of the block takes it as the time of triage."""
    more = '[source.columns]\ntriaged_at = "kibana.alert.workflow_status_updated_at"\n'
    read = read_alerts(tmp_path, "alerts.json", hits({"_id": "1", "_source": FLAT}), more)
    assert read.rows == [{**READ, "triaged_at": "2026-07-15T12:00:00Z"}]


def test_table_of_discover(tmp_path: Path) -> None:
    """With Kibana's way to write times, in the browser's zone."""
    content = (
        '"@timestamp","kibana.alert.uuid","kibana.alert.severity","kibana.alert.rule.name"\n'
        '"Jul 14, 2026 @ 09:30:00.250","u-1",critical,"LSASS access"\n'
    )
    read = read_alerts(tmp_path, "alerts.csv", content, UTC)
    want = {name: READ[name] for name in ("detection_id", "created_at", "severity")}
    assert (read.reader, read.rows) == ("elastic-alerts", [want])
