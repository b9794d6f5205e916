"""Notable events of Splunk Enterprise Security, as a table and as results of a search."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.readers.handled import csv_of, lines_of, read_alerts

HEADER = (
    *("_time", "event_id", "rule_name", "search_name", "urgency", "severity", "status_label"),
    *("disposition", "disposition_label", "owner", "source"),
)


def notable(**changes: str) -> dict[str, str]:
    row = {
        "_time": "2026-07-14T09:54:45.000-05:00",
        "event_id": "E1@@notable@@1",
        "rule_name": "Brute force",
        "search_name": "Access - Brute force - Rule",
        "urgency": "high",
        "severity": "medium",
        "status_label": "New",
        "disposition": "disposition:6",
        "disposition_label": "Undetermined",
        "owner": "unassigned",
        "source": "Access - Brute force - Rule",
    }
    return {**row, **changes}


READ = {
    "detection_id": "E1@@notable@@1",
    "created_at": "2026-07-14T14:54:45Z",
    "source": "siem",
    "severity": "high",
}


def test_table(tmp_path: Path) -> None:
    """Urgency is the severity; that nobody chose a disposition is no verdict."""
    read = read_alerts(tmp_path, "notables.csv", csv_of(HEADER, notable()))
    assert (read.reader, read.rows, read.faults) == ("splunk-notables", [READ], [])


def test_table_as_a_workbook(tmp_path: Path) -> None:
    """Opened in a spreadsheet program and saved again."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(list(notable().values()))
    content = io.BytesIO()
    book.save(content)
    assert read_alerts(tmp_path, "notables.xlsx", content.getvalue()).rows == [READ]


def test_table_as_parquet(tmp_path: Path) -> None:
    """As a lake keeps it."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    content = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([notable()]), content)
    assert read_alerts(tmp_path, "notables.parquet", content.getvalue()).rows == [READ]


@pytest.mark.parametrize(
    "content",
    [
        lines_of(
            {"preview": False, "offset": 0, "result": notable()},
            {"preview": False, "offset": 1, "lastrow": True, "result": notable(event_id="E2")},
        ),
        json.dumps({"preview": False, "results": [notable()], "fields": [{"name": "_time"}]}),
        json.dumps([notable()]),
    ],
    ids=["export", "results", "list"],
)
def test_results_of_a_search(content: str, tmp_path: Path) -> None:
    """JSON lines of search/jobs/export, one object of results, or a bare list."""
    read = read_alerts(tmp_path, "notables.json", content)
    assert (read.reader, read.rows[0], read.faults) == ("splunk-notables", READ, [])


def test_previews_and_what_is_no_result(tmp_path: Path) -> None:
    """A preview is left out; the end is no row; a message in place of a result is not lost."""
    message: dict[str, Any] = {"preview": False, "messages": [{"type": "FATAL", "text": "Stopped"}]}
    content = lines_of(
        {"preview": True, "offset": 0, "result": notable()},
        {"preview": False, "offset": 0, "result": notable()},
        {"preview": False, "lastrow": True},
        message,
    )
    read = read_alerts(tmp_path, "notables.json", content)
    assert read.ends == {"used": 1, "rejected": 1, "left_out": 1}
    assert {each[:2] for each in read.faults} == {("key_missing", 4), ("value_missing", 4)}


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("True Positive - Suspicious Activity", "true_positive"),
        ("Benign Positive - Suspicious But Expected", "benign"),
        ("False Positive - Incorrect Analytic Logic", "false_positive"),
        ("False Positive - Inaccurate Data", "false_positive"),
        ("Other", "undetermined"),
    ],
)
def test_dispositions(given: str, verdict: str, tmp_path: Path) -> None:
    """By label; their codes mean the same."""
    content = csv_of(HEADER, notable(disposition_label=given))
    assert read_alerts(tmp_path, "notables.csv", content).rows == [{**READ, "verdict": verdict}]


def test_codes_of_dispositions(tmp_path: Path) -> None:
    """Where the label was not exported."""
    codes = [f"disposition:{number}" for number in range(1, 7)]
    rows = [
        notable(event_id=code, disposition=code, disposition_label="", _time="1783500000.25")
        for code in codes
    ]
    read = read_alerts(tmp_path, "notables.csv", csv_of(HEADER, *rows))
    assert [row.get("verdict") for row in read.rows] == [
        "true_positive", "benign", "false_positive", "false_positive", "undetermined", None
    ]  # fmt: skip
    assert {row["created_at"] for row in read.rows} == {"2026-07-08T08:40:00Z"}


def test_time_of_triage_is_known_only_with_review_time(tmp_path: Path) -> None:
    """A join with incident_review brings it; seconds stand beside ISO 8601."""
    header = (*HEADER, "review_time")
    label = "True Positive - Suspicious Activity"
    row = notable(disposition_label=label, review_time="1784042685.5")
    read = read_alerts(tmp_path, "notables.csv", csv_of(header, row))
    assert read.rows == [{**READ, "verdict": "true_positive", "triaged_at": "2026-07-14T15:24:45Z"}]


def test_informational_and_tests_are_left_out(tmp_path: Path) -> None:
    """Unknown urgency is set aside: nobody says how bad it is."""
    content = csv_of(
        HEADER,
        notable(urgency="informational"),
        notable(event_id="E2", disposition_label="Testing"),
        notable(event_id="E3", urgency="unknown"),
    )
    read = read_alerts(tmp_path, "notables.csv", content)
    assert read.ends == {"rejected": 1, "left_out": 2}
    assert read.faults == [("unknown_category", 4, "severity", "unknown")]
