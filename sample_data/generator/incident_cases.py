"""What an incident is, and the three that the sample's story turns on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from generator.timeline import at


@dataclass(frozen=True)
class Incident:
    """One incident; instants are in UTC, hours are spans after detection."""

    unit: str
    category: str
    severity: str
    title: str
    detected: datetime
    occurred: datetime | None
    acknowledged: datetime | None
    contained: datetime | None
    recovered: datetime | None
    first_recovered: datetime | None = None
    reopened: int = 0
    noticed_by: str = "Own monitoring"
    materiality: str = "Not required"
    determined_on: date | None = None
    cost: int | None = None
    records: int | None = None
    outage_hours: float | None = None
    vendor: str = ""


RANSOMWARE = Incident(
    "Diagnostics",
    "Ransomware",
    "critical",
    "Ransomware at laboratory scheduling",
    detected=at(date(2026, 7, 14), time(5, 20)),
    occurred=at(date(2026, 7, 13), time(13, 45)),
    acknowledged=at(date(2026, 7, 14), time(5, 41)),
    contained=at(date(2026, 7, 14), time(14, 5)),
    recovered=at(date(2026, 7, 16), time(3, 50)),
    materiality="Determined not material",
    determined_on=date(2026, 7, 21),
    cost=3_100_000,
    records=0,
    outage_hours=38.0,
)
REOPENED_AFTER_REPORT = Incident(
    "Distribution",
    "Malware",
    "medium",
    "Loader on packing stations",
    detected=at(date(2026, 6, 9), time(9, 35)),
    occurred=at(date(2026, 6, 8), time(11, 20)),
    acknowledged=at(date(2026, 6, 9), time(10, 5)),
    contained=at(date(2026, 6, 9), time(19, 50)),
    first_recovered=at(date(2026, 6, 10), time(16, 20)),
    recovered=at(date(2026, 8, 6), time(15, 10)),
    reopened=1,
    cost=38_500,
    outage_hours=2.5,
)
"""Closed in June and reported so in July; reopened in August when it was seen again."""
VENDOR_EXPOSURE = Incident(
    "Home Care",
    "Third party",
    "high",
    "Patient contact data exposed at a vendor",
    detected=at(date(2026, 9, 16), time(10, 12)),
    occurred=at(date(2026, 9, 15), time(8, 0)),
    acknowledged=at(date(2026, 9, 16), time(10, 40)),
    contained=at(date(2026, 9, 18), time(16, 30)),
    recovered=None,
    noticed_by="Third party",
    materiality="Under review",
    records=18_400,
    vendor="V-007",
)
SPECIAL = (REOPENED_AFTER_REPORT, RANSOMWARE, VENDOR_EXPOSURE)
