"""VERIS: a span becomes a time where it has a number, and a date counts where its day is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.handled import SEVERITY, UTC, lines_of, read_incidents


def incident(**changes: Any) -> dict[str, Any]:
    return {
        "schema_version": "1.3.7",
        "incident_id": "A-1",
        "security_incident": "Confirmed",
        "summary": "A clerk sent a file to the wrong customer. It was deleted.",
        "action": {"error": {"variety": ["Misdelivery"]}},
        "actor": {"internal": {"variety": ["Finance"]}},
        "attribute": {"confidentiality": {"data_total": 12, "data": [{"variety": "Personal"}]}},
        "asset": {"assets": [{"variety": "M - Documents"}]},
        "discovery_method": {"external": {"variety": ["Customer"]}},
        "timeline": {"incident": {"year": 2026, "month": 7, "day": 9}},
        "victim": {"victim_id": "Example"},
        **changes,
    }


def timeline(**spans: Any) -> dict[str, Any]:
    return {"timeline": {"incident": {"year": 2026, "month": 7, "day": 9}, **spans}}


def read(folder: Path, *incidents: dict[str, Any], name: str = "veris.jsonl") -> Any:
    return read_incidents(folder, name, lines_of(*incidents), UTC + SEVERITY)


READ = {
    "incident_id": "A-1",
    "title": "A clerk sent a file to the wrong customer.",
    "category": "data_exposure",
    "severity": "medium",
    "detected_at": "2026-07-09T00:00:00Z",
    "detected_by": "customer",
    "records_affected": 12,
}


def test_incident_of_a_day(tmp_path: Path) -> None:
    """Without a span to discovery its beginning is not known, only the day it is counted on."""
    found = read(tmp_path, incident())
    assert (found.reader, found.rows, found.faults) == ("veris", [READ], [])


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(incident(), indent=1),
        json.dumps([incident()]),
        json.dumps({"incidents": [incident()]}),
    ],
    ids=["one alone", "list", "object"],
)
def test_other_wrappings(content: str, tmp_path: Path) -> None:
    """One file for each incident, as the community keeps them, or all in one list."""
    assert read_incidents(tmp_path, "veris.json", content, UTC + SEVERITY).rows == [READ]


def test_spans_with_numbers(tmp_path: Path) -> None:
    """Discovery counts from the incident, containment from discovery."""
    spans = timeline(
        discovery={"unit": "Hours", "value": 36}, containment={"unit": "Minutes", "value": 90}
    )
    assert read(tmp_path, incident(**spans)).rows == [
        {
            **READ,
            "occurred_at": "2026-07-09T00:00:00Z",
            "detected_at": "2026-07-10T12:00:00Z",
            "contained_at": "2026-07-10T13:30:00Z",
        }
    ]


@pytest.mark.parametrize(
    ("unit", "value", "detected"),
    [
        ("Seconds", 90, "2026-07-09T00:01:30Z"),
        ("Minutes", 2.5, "2026-07-09T00:02:30Z"),
        ("Days", 2, "2026-07-11T00:00:00Z"),
        ("Weeks", 1, "2026-07-16T00:00:00Z"),
        ("Months", 2, "2026-09-07T21:00:00Z"),
    ],
)
def test_units(unit: str, value: float, detected: str, tmp_path: Path) -> None:
    """A month is 730.5 hours: two are 60 days and 21 hours."""
    spans = timeline(discovery={"unit": unit, "value": value})
    (row,) = read(tmp_path, incident(**spans)).rows
    assert row["detected_at"] == detected


@pytest.mark.parametrize(
    "discovery",
    [
        {"unit": "Months"},
        {"unit": "Never"},
        {"unit": "NA"},
        {"unit": "Unknown", "value": 3},
        {"value": 3},
        {"unit": "Days", "value": "a few"},
        {"unit": "Days", "value": None},
        "Days",
    ],
)
def test_span_without_a_time_makes_none_up(discovery: Any, tmp_path: Path) -> None:
    """The incident is counted on its day, and time to detect is not measured."""
    assert read(tmp_path, incident(**timeline(discovery=discovery))).rows == [READ]


def test_containment_without_discovery(tmp_path: Path) -> None:
    """Its span is kept, from the day that the incident is counted on."""
    spans = timeline(containment={"unit": "Days", "value": 1})
    want = {**READ, "contained_at": "2026-07-10T00:00:00Z"}
    assert read(tmp_path, incident(**spans)).rows == [want]


def test_incident_of_a_month_or_a_year_belongs_to_no_quarter(tmp_path: Path) -> None:
    """Left out and counted, by how much of the date is known; a day without its month is a year."""
    parts: tuple[dict[str, int], ...] = (
        {"year": 2026},
        {"year": 2026, "day": 9},
        {"year": 2026, "month": 7},
        {},
    )
    dated = [
        incident(incident_id=str(at), timeline={"incident": each}) for at, each in enumerate(parts)
    ]
    found = read(tmp_path, *dated, incident())
    assert (found.rows, found.ends) == ([READ], {"used": 1, "left_out": 4})
    (note,) = found.found("left_out")
    assert note.reason == (
        "4 rows left out: timeline.incident.precision is year (2), month (1), none (1)."
    )


def test_what_was_no_incident(tmp_path: Path) -> None:
    """Suspected ones, near misses and false positives."""
    states = ("Suspected", "Near miss", "False positive", "Confirmed")
    found = read(tmp_path, *(incident(security_incident=state) for state in states))
    assert (found.rows, found.ends) == ([READ], {"used": 1, "left_out": 3})


@pytest.mark.parametrize(
    "day",
    [{"year": 2026, "month": 2, "day": 30}, {"year": 2026, "month": "July", "day": 1}],
)
def test_day_that_cannot_be_is_set_aside(day: dict[str, Any], tmp_path: Path) -> None:
    """Also where a span would be added to it."""
    span = {"unit": "Days", "value": 1}
    found = read(tmp_path, incident(timeline={"incident": day, "discovery": span}))
    assert {each[:3] for each in found.faults} >= {("bad_date", 1, "detected_at")}
    assert found.ends == {"rejected": 1}


@pytest.mark.parametrize("value", [1e300, 9e9, -5])
def test_span_that_cannot_be_is_set_aside(value: float, tmp_path: Path) -> None:
    """Beyond all years, or before the incident."""
    found = read(tmp_path, incident(**timeline(discovery={"unit": "Days", "value": value})))
    assert found.ends == {"rejected": 1}
    assert found.faults[0][0] == ("out_of_order" if value < 0 else "bad_date")


@pytest.mark.parametrize(
    ("action", "category"),
    [
        ({"malware": {"variety": ["C2", "Ransomware"]}, "hacking": {}}, "ransomware"),
        ({"hacking": {"variety": ["DoS"]}, "malware": {"variety": ["C2"]}}, "denial_of_service"),
        ({"social": {"variety": ["Phishing"]}, "malware": {"variety": ["C2"]}}, "phishing"),
        ({"social": {"variety": ["Pretexting"]}, "malware": {"variety": ["C2"]}}, "malware"),
        ({"hacking": {"variety": ["SQLi"]}, "error": {}}, "unauthorized_access"),
        ({"misuse": {"variety": ["Privilege abuse"]}}, "insider"),
        ({"physical": {"variety": ["Skimmer"]}}, "other"),
        ({"physical": {"variety": ["Theft"]}}, "data_exposure"),
        ({"error": {"variety": ["Loss"]}}, "data_exposure"),
        ({"error": {"variety": ["Misdelivery"]}}, "data_exposure"),
        ({"environmental": {"variety": ["Flood"]}}, "other"),
        ({"unknown": {}}, None),
    ],
)
def test_kind_of_an_incident(action: Any, category: str | None, tmp_path: Path) -> None:
    """The leading of its actions; documents are stolen or lost here, and an employee acts."""
    (row,) = read(tmp_path, incident(action=action)).rows
    assert row.get("category") == category


def test_what_decides_beside_the_action(tmp_path: Path) -> None:
    """Devices or documents, insiders or not, disclosure or none."""
    loss = {"error": {"variety": ["Loss"]}}
    cases: tuple[dict[str, Any], ...] = (
        {"action": loss, "asset": {"assets": [{"variety": "U - Laptop"}]}},
        {"action": loss, "asset": {"assets": [{"variety": "M - Payment card"}]}},
        {"action": {"misuse": {}}, "actor": {"partner": {}}},
        {"attribute": {"availability": {"variety": ["Loss"]}}},
    )
    found = read(
        tmp_path, *(incident(incident_id=str(at), **each) for at, each in enumerate(cases))
    )
    assert [row["category"] for row in found.rows] == ["lost_device", "other", "other", "other"]


@pytest.mark.parametrize(
    ("method", "who"),
    [
        ({"internal": {"variety": ["Log review"]}}, "own_monitoring"),
        ({"internal": {"variety": ["Reported by employee"]}}, "employee"),
        ({"internal": {"variety": ["Unknown"]}, "unknown": False}, "unknown"),
        ({"external": {"variety": ["Actor disclosure"]}}, "attacker"),
        ({"external": {"variety": ["Security researcher"]}}, "third_party"),
        ({"partner": {"variety": ["Audit"]}}, "third_party"),
        ({"internal": {"variety": ["Nids"]}, "external": {"variety": ["Customer"]}}, "unknown"),
        ({"unknown": True}, "unknown"),
        ("Ext - law enforcement", "law_enforcement"),
        ("Unknown", "unknown"),
        (None, None),
    ],
)
def test_who_noticed_it(method: Any, who: str | None, tmp_path: Path) -> None:
    """In the words of this version and of older ones; of two ways neither is taken as first."""
    (row,) = read(tmp_path, incident(discovery_method=method)).rows
    assert row.get("detected_by") == who


def test_words_of_a_later_version_are_set_aside(tmp_path: Path) -> None:
    """Until the block says what they mean."""
    method = {"external": {"variety": ["Satellite"]}}
    found = read(tmp_path, incident(discovery_method=method))
    assert found.faults == [("unknown_category", 1, "detected_by", "external.Satellite")]


def test_losses_are_never_added_across_currencies(tmp_path: Path) -> None:
    """None is read unasked; asked for dollars, an amount in euros stays out and its row in."""
    impacts = (
        {"overall_amount": 2500.5, "iso_currency_code": "USD"},
        {"overall_amount": 900, "iso_currency_code": "EUR"},
        {"overall_amount": 7},
    )
    incidents = [incident(incident_id=str(at), impact=each) for at, each in enumerate(impacts)]
    assert all("cost" not in row for row in read(tmp_path, *incidents).rows)
    more = UTC + SEVERITY + '[source.columns]\ncost = "impact.overall_amount.USD"\n'
    found = read_incidents(tmp_path, "veris.jsonl", lines_of(*incidents), more)
    assert [row.get("cost") for row in found.rows] == [2500.5, None, None]
    other = more.replace("USD", "EUR")
    found = read_incidents(tmp_path, "veris.jsonl", lines_of(*incidents), other)
    assert [each[0] for each in found.faults] == ["other_currency"]


def test_hours_out_of_service(tmp_path: Path) -> None:
    """An interruption has them; a thing that is lost for days does not."""
    days = {"unit": "Days", "value": 2}
    cases = [
        incident(
            incident_id=variety,
            attribute={"availability": {"variety": [variety], "duration": days}},
        )
        for variety in ("Interruption", "Loss")
    ]
    assert [row.get("outage_hours") for row in read(tmp_path, *cases).rows] == [48, None]


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        ("One sentence only", "One sentence only"),
        ("Version 1.3 fell. Then more.", "Version 1.3 fell."),
        ("word " * 60, ("word " * 32).strip()),
        ("x" * 400, "x" * 160),
        ("", "Example"),
    ],
)
def test_title(summary: str, title: str, tmp_path: Path) -> None:
    """The first sentence, whole words up to 160 characters, else the victim's name."""
    (row,) = read(tmp_path, incident(summary=summary)).rows
    assert row["title"] == title


def test_severity_stays_unknown(tmp_path: Path) -> None:
    """The vocabulary has none, and an incident is used without one."""
    found = read_incidents(tmp_path, "veris.jsonl", lines_of(incident()), UTC)
    assert found.found("column_missing") == []
    (row,) = found.rows
    assert row == {name: cell for name, cell in READ.items() if name != "severity"}
