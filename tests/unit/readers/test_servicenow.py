"""ServiceNow: lists under names and labels, records of the API, and a log of updates."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.readers.handled import UTC, csv_of, read_incidents

NAMES = ("number", "opened_at", "short_description", "priority", "state", "category", "resolved_at")
LABELS = ("Number", "Opened", "Short description", "Priority", "State", "Category", "Resolved")


def ticket(**changes: str) -> dict[str, str]:
    """One row of a list under the names of its fields."""
    row = {
        "number": "INC0010001",
        "opened_at": "2026-07-03 09:15:00",
        "short_description": "Mailbox sends spam",
        "priority": "2 - High",
        "state": "Resolved",
        "category": "Security",
        "resolved_at": "2026-07-04 10:00:00",
    }
    return {**row, **changes}


def labelled(row: dict[str, str]) -> dict[str, str]:
    return {label: row[name] for name, label in zip(NAMES, LABELS, strict=True)}


READ = {
    "incident_id": "INC0010001",
    "title": "Mailbox sends spam",
    "severity": "high",
    "detected_at": "2026-07-03T14:15:00Z",
    "recovered_at": "2026-07-04T15:00:00Z",
}
"""In the calendar's zone, Chicago."""


def test_list_under_names_of_fields(tmp_path: Path) -> None:
    """Its own category is no kind of incident of ours, and its zone is the calendar's."""
    read = read_incidents(tmp_path, "list.csv", csv_of(NAMES, ticket()))
    assert (read.reader, read.rows, read.faults) == ("servicenow-list", [READ], [])


def test_list_under_labels(tmp_path: Path) -> None:
    """As a CSV, and in the zone that the block declares."""
    content = csv_of(LABELS, labelled(ticket()))
    read = read_incidents(tmp_path, "list.csv", content, UTC)
    times = {"detected_at": "2026-07-03T09:15:00Z", "recovered_at": "2026-07-04T10:00:00Z"}
    assert (read.reader, read.rows) == ("servicenow-list", [{**READ, **times}])


@pytest.mark.parametrize(
    ("name", "columns"),
    [("closed_at", NAMES), ("Closed", LABELS)],
)
def test_list_says_when_a_ticket_was_closed(
    name: str, columns: tuple[str, ...], tmp_path: Path
) -> None:
    """Under its name and its label; closing is no recovery."""
    row = ticket(state="Closed", resolved_at="")
    given = row if columns is NAMES else labelled(row)
    content = csv_of((*columns, name), {**given, name: "2026-07-05 10:00:00"})
    read = read_incidents(tmp_path, "list.csv", content)
    known = {name: value for name, value in READ.items() if name != "recovered_at"}
    assert read.rows == [{**known, "closed_at": "2026-07-05T15:00:00Z"}]


def test_list_as_a_workbook(tmp_path: Path) -> None:
    """Excel's export has labels."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = labelled(ticket())
    sheet.append(LABELS)
    sheet.append([row[label] for label in LABELS])
    content = io.BytesIO()
    book.save(content)
    read = read_incidents(tmp_path, "list.xlsx", content.getvalue())
    assert (read.reader, read.rows) == ("servicenow-list", [READ])


def test_canceled_tickets_are_left_out(tmp_path: Path) -> None:
    """And counted; which tickets are security's is said by the block."""
    content = csv_of(
        NAMES,
        ticket(),
        ticket(number="INC2", state="Canceled"),
        ticket(number="INC3", category="Network"),
    )
    read = read_incidents(tmp_path, "list.csv", content, 'only = { category = ["Security"] }\n')
    assert read.ends == {"used": 1, "left_out": 2}
    (note,) = read.found("left_out")
    assert note.reason == "2 rows left out: category is Network (1); state is Canceled (1)."


def test_list_without_state(tmp_path: Path) -> None:
    """Which columns are shown is the user's choice; what is not there stays unknown."""
    header = ("number", "opened_at", "short_description", "priority")
    row = {name: ticket()[name] for name in header}
    read = read_incidents(tmp_path, "list.csv", csv_of(header, row))
    assert read.rows == [{name: READ[name] for name in READ if name != "recovered_at"}]
    assert read.faults == []


@pytest.mark.parametrize(
    ("given", "severity"),
    [("1 - Critical", "critical"), ("3", "medium"), ("4 - Low", "low"), ("5 - Planning", "low")],
)
def test_priorities(given: str, severity: str, tmp_path: Path) -> None:
    """Numbers and labels as the tool is delivered."""
    read = read_incidents(tmp_path, "list.csv", csv_of(NAMES, ticket(priority=given)))
    assert [row["severity"] for row in read.rows] == [severity]


def test_unknown_priority_is_set_aside(tmp_path: Path) -> None:
    """A word of the company's own has to be explained."""
    read = read_incidents(tmp_path, "list.csv", csv_of(NAMES, ticket(priority="VIP")))
    assert read.faults == [("unknown_category", 2, "severity", "VIP")]


def test_dates_in_a_users_format_are_not_guessed(tmp_path: Path) -> None:
    """The build stops and says which line to add."""
    row = ticket(opened_at="25/07/2026 09:15:00", resolved_at="")
    read = read_incidents(tmp_path, "list.csv", csv_of(NAMES, row))
    (told,) = read.found("date_format_undeclared")
    assert told.stops
    assert "%d/%m/%Y %H:%M:%S" in told.mend


# --- the Table API -------------------------------------------------------------------------------


def record(**changes: Any) -> dict[str, Any]:
    """One record: all values are strings, references are links."""
    return {
        "number": "INC0010001",
        "sys_id": "a1",
        "opened_at": "2026-07-03 09:15:00",
        "resolved_at": "",
        "short_description": "Mailbox sends spam",
        "priority": "2",
        "severity": "3",
        "state": "2",
        "category": "network",
        "reopen_count": "1",
        "assigned_to": {"link": "https://example.invalid/u", "value": "u1"},
        **changes,
    }


OF_API = {
    "incident_id": "INC0010001",
    "title": "Mailbox sends spam",
    "severity": "high",
    "detected_at": "2026-07-03T09:15:00Z",
    "reopened_count": 1,
}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"result": [record()]}),
        json.dumps({"result": record()}),
        json.dumps({"records": [record()]}),
        json.dumps([record()]),
        json.dumps(record(), indent=1),
        json.dumps(record()) + "\n" + json.dumps(record()) + "\n",
    ],
    ids=["list", "one result", "list export", "bare list", "one alone", "lines"],
)
def test_records_of_the_api(content: str, tmp_path: Path) -> None:
    """However they are wrapped; times are UTC, and the severity is the priority."""
    read = read_incidents(tmp_path, "api.json", content)
    assert (read.reader, read.rows[0], read.faults) == ("servicenow-api", OF_API, [])


def test_a_record_that_was_closed_unresolved(tmp_path: Path) -> None:
    """Its own time of closing, in UTC."""
    content = json.dumps({"result": [record(closed_at="2026-07-05 10:00:00", state="7")]})
    read = read_incidents(tmp_path, "api.json", content)
    assert read.rows == [{**OF_API, "closed_at": "2026-07-05T10:00:00Z"}]


def test_records_with_values_and_labels(tmp_path: Path) -> None:
    """As with sysparm_display_value=all: the values are read."""
    both = {
        name: {"display_value": f"shown {value}", "value": value}
        for name, value in record().items()
        if isinstance(value, str)
    }
    canceled = {**both, "number": {"value": "INC2"}, "state": {"value": "8"}}
    read = read_incidents(tmp_path, "api.json", json.dumps({"result": [both, canceled]}))
    assert (read.rows, read.ends) == ([OF_API], {"used": 1, "left_out": 1})


def test_no_records_are_no_incidents(tmp_path: Path) -> None:
    """An empty answer cannot be recognized, but a block that names its reader is read."""
    file = 'table = "incidents"\n'
    read = read_incidents(tmp_path, "api.json", '{"result": []}', file)
    assert (read.ends, read.faults) == ({}, [])


def test_line_of_each_record(tmp_path: Path) -> None:
    """Where it begins in the file."""
    content = json.dumps({"result": [record(), record(number="INC2")]}, indent=1)
    starts = [at for at, line in enumerate(content.splitlines(), 1) if line == "  {"]
    assert read_incidents(tmp_path, "api.json", content).lines == starts


# --- a log of updates ----------------------------------------------------------------------------

LOG = (
    *("number", "incident_state", "reopen_count", "sys_mod_count", "opened_at", "sys_updated_at"),
    *("category", "subcategory", "u_symptom", "priority", "closed_code", "resolved_at"),
)


def update(**changes: str) -> dict[str, str]:
    row = {
        "number": "INC1",
        "incident_state": "New",
        "reopen_count": "0",
        "sys_mod_count": "0",
        "opened_at": "3/7/2026 01:16",
        "sys_updated_at": "3/7/2026 01:23",
        "category": "Category 55",
        "subcategory": "?",
        "u_symptom": "?",
        "priority": "3 - Moderate",
        "closed_code": "?",
        "resolved_at": "?",
    }
    return {**row, **changes}


def test_log_is_folded_to_last_states(tmp_path: Path) -> None:
    """By number of the update, day first, with a question mark for no value."""
    last = update(sys_mod_count="10", priority="1 - Critical", resolved_at="4/7/2026 11:29")
    content = csv_of(LOG, update(), last, update(sys_mod_count="9"))
    read = read_incidents(tmp_path, "log.csv", content, UTC)
    assert (read.reader, read.ends) == ("servicenow-log", {"used": 1, "superseded": 2})
    assert read.rows == [
        {
            "incident_id": "INC1",
            "title": "INC1/Category 55/",
            "severity": "critical",
            "detected_at": "2026-07-03T01:16:00Z",
            "recovered_at": "2026-07-04T11:29:00Z",
            "reopened_count": 0,
        }
    ]


def test_log_says_when_a_ticket_was_closed(tmp_path: Path) -> None:
    """With or without a time of recovery, which it is not."""
    row = {**update(incident_state="Closed"), "closed_at": "9/7/2026 12:00"}
    read = read_incidents(tmp_path, "log.csv", csv_of((*LOG, "closed_at"), row), UTC)
    assert read.rows[0]["closed_at"] == "2026-07-09T12:00:00Z"
    assert "recovered_at" not in read.rows[0]


def test_log_with_dashes_in_dates(tmp_path: Path) -> None:
    """The same table in its other shape."""
    row = update(opened_at="03-07-2026 01:16", sys_updated_at="03-07-2026 01:23")
    read = read_incidents(tmp_path, "log.csv", csv_of(LOG, row), UTC)
    assert read.rows[0]["detected_at"] == "2026-07-03T01:16:00Z"
