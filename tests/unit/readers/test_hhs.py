"""The HHS breach portal in its own shape, and an older extract of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.handled import SEVERITY, UTC, csv_of, read_incidents

PORTAL = (
    *("Name of Covered Entity", "State", "Covered Entity Type", "Individuals Affected"),
    *("Breach Submission Date", "Type of Breach", "Location of Breached Information"),
    *("Business Associate Present", "Web Description"),
)
ARCHIVE = (
    *("rownames", "Number", "Name_of_Covered_Entity", "State", "Individuals_Affected"),
    *("Date_of_Breach", "Type_of_Breach", "Location_of_Breached_Information"),
    *("Date_Posted_or_Updated", "Summary", "breach_start", "breach_end", "year"),
)


def breach(**changes: str) -> dict[str, str]:
    row = {
        "Name of Covered Entity": "Example Health",
        "State": "TX",
        "Individuals Affected": "2302",
        "Breach Submission Date": "07/03/2026",
        "Type of Breach": "Theft",
        "Location of Breached Information": "Laptop",
    }
    return {**row, **changes}


def test_portal(tmp_path: Path) -> None:
    """Month first, as the portal writes; nothing says when it was discovered or how bad it was."""
    found = read_incidents(tmp_path, "hhs.csv", csv_of(PORTAL, breach()), UTC + SEVERITY)
    assert (found.reader, found.faults) == ("hhs-portal", [])
    assert found.rows == [
        {
            "incident_id": "Example Health/TX/07/03/2026/2302",
            "title": "Example Health: Theft",
            "category": "lost_device",
            "severity": "medium",
            "detected_at": "2026-07-03T00:00:00Z",
            "records_affected": 2302,
        }
    ]


@pytest.mark.parametrize(
    ("kind", "location", "category"),
    [
        ("Theft", "Laptop, Other Portable Electronic Device", "lost_device"),
        ("Loss", "Paper/Films", "data_exposure"),
        ("Theft", "Laptop, Paper/Films", "data_exposure"),
        ("Theft", "", "data_exposure"),
        ("Hacking/IT Incident", "Email", "unauthorized_access"),
        ("Unauthorized Access/Disclosure", "Email", "data_exposure"),
        ("Improper Disposal", "Paper/Films", "data_exposure"),
        ("Other", "Email", "other"),
        ("Theft, Loss", "Laptop", None),
        ("Unknown", "Laptop", None),
    ],
)
def test_kinds(kind: str, location: str, category: str | None, tmp_path: Path) -> None:
    """Of several types none is taken; a device is lost where only devices are named."""
    row = breach(**{"Type of Breach": kind, "Location of Breached Information": location})
    found = read_incidents(tmp_path, "hhs.csv", csv_of(PORTAL, row), UTC + SEVERITY)
    assert [row.get("category") for row in found.rows] == [category]


def test_archive(tmp_path: Path) -> None:
    """Counted on the day it began: when it was posted says nothing about its discovery."""
    row = {
        "rownames": "1",
        "Number": "0",
        "Name_of_Covered_Entity": "Example Health",
        "State": "TX",
        "Individuals_Affected": "1000",
        "Date_of_Breach": "7/16/2026",
        "Type_of_Breach": "Loss",
        "Location_of_Breached_Information": "Paper",
        "Date_Posted_or_Updated": "2026-09-20",
        "breach_start": "2026-07-16",
    }
    found = read_incidents(tmp_path, "hhs.csv", csv_of(ARCHIVE, row), UTC + SEVERITY)
    assert (found.reader, found.faults) == ("hhs-archive", [])
    assert found.rows == [
        {
            "incident_id": "0",
            "title": "Example Health: Loss",
            "category": "data_exposure",
            "severity": "medium",
            "detected_at": "2026-07-16T00:00:00Z",
            "records_affected": 1000,
        }
    ]


def test_own_breaches_are_chosen_by_name(tmp_path: Path) -> None:
    """The list has everybody's."""
    others = breach(**{"Name of Covered Entity": "Another"})
    more = UTC + 'only = { "Name of Covered Entity" = ["Example Health"] }\n' + SEVERITY
    found = read_incidents(tmp_path, "hhs.csv", csv_of(PORTAL, breach(), others), more)
    assert found.ends == {"used": 1, "left_out": 1}
