"""The incident register, as a ServiceNow list export: local times, coded choices, ``?`` cells."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from generator.company import UNIT_WEIGHTS
from generator.draw import apportion, mixed, pick, skewed, source_of
from generator.files import Csv, write_csv
from generator.timeline import (
    QUARTERS,
    Quarter,
    at,
    local_text,
    office_clock,
    plain,
    some_day,
)

PRIORITY = {"critical": "1 - Critical", "high": "2 - High", "medium": "3 - Moderate", "low": "4 - Low"}
TITLES = {
    "Phishing": ("Credential harvested by mail", "Mailbox rule added by intruder", "Invoice fraud attempt"),
    "Malware": ("Loader on workstation", "Infostealer on laptop", "Malicious browser extension"),
    "Unauthorized access": (
        "Sign-in with stolen session",
        "Dormant account used",
        "Shared administrator password used",
    ),
    "Data exposure": ("File share open to all staff", "Report mailed to wrong customer", "Open storage bucket"),
    "Denial of service": ("Ordering portal flooded", "Name service overloaded"),
    "Insider": ("Customer list copied to private storage", "Leaver kept access"),
    "Third party": ("Carrier account taken over", "Supplier mail compromised"),
    "Lost device": ("Laptop stolen from vehicle", "Tablet lost in delivery"),
    "Other": ("Badge system error", "Unapproved remote tool"),
}
CATEGORY_WEIGHTS = {
    "Phishing": 0.27,
    "Malware": 0.18,
    "Unauthorized access": 0.17,
    "Data exposure": 0.11,
    "Third party": 0.09,
    "Lost device": 0.08,
    "Denial of service": 0.04,
    "Insider": 0.03,
    "Other": 0.03,
}
HEADER = (
    "number", "short_description", "u_business_unit", "category", "priority", "state", "opened_at",
    "u_occurred_at", "u_detected_at", "u_acknowledged_at", "u_contained_at", "u_first_resolved_at",
    "resolved_at", "reopen_count", "u_detected_by", "u_materiality", "u_materiality_date",
    "u_direct_cost", "u_records_affected", "u_outage_hours", "u_vendor", "assignment_group",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What one quarter's incidents come to."""

    count: int
    high: int
    detect: float
    acknowledge: float
    contain: float
    recover: float
    unknown_start: int
    still_open: int
    reopened: int
    noticed_by_us: float


PLANS = (
    Plan(20, 3, 44, 1.4, 14.5, 48, 2, 0, 2, 0.74),
    Plan(21, 2, 43, 1.3, 13.8, 51, 2, 0, 1, 0.75),
    Plan(19, 3, 42, 1.3, 14.2, 46, 1, 0, 2, 0.76),
    Plan(22, 2, 41, 1.2, 13.1, 52, 3, 0, 1, 0.79),
    Plan(18, 2, 33, 1.1, 12.4, 49, 1, 0, 1, 0.80),
    Plan(19, 1, 29, 0.9, 12.6, 53, 2, 0, 1, 0.83),
    Plan(16, 1, 25, 0.8, 11.5, 47, 1, 1, 1, 0.85),
    Plan(15, 0, 19, 0.7, 10.4, 51, 2, 2, 1, 0.87),
)


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


def write_incidents(folder: Path) -> list[tuple[str, Incident]]:
    """Write the export and return each incident with its number, for the alerts that led to it."""
    rng = source_of("incidents")
    found = [each for plan in zip(QUARTERS, PLANS, strict=True) for each in _quarter(rng, *plan)]
    found = sorted([*found, RANSOMWARE, VENDOR_EXPOSURE], key=lambda each: each.detected)
    numbered = [(f"INC{11840 + 17 * place:07d}", each) for place, each in enumerate(found)]
    rows = [_row(*each) for each in numbered]
    write_csv(folder / "ciso/servicenow_incidents.csv", Csv(HEADER), _with_slip(rows))
    return numbered


def _quarter(rng: random.Random, quarter: Quarter, plan: Plan) -> list[Incident]:
    units = dict(UNIT_WEIGHTS)
    if str(quarter) == "2026-Q1":
        del units["Home Care"]
    severities = ["high"] * plan.high + apportion(
        plan.count - plan.high, {"medium": 0.55, "low": 0.45}
    )
    count = plan.count
    spans = zip(
        skewed(rng, count, plan.detect, 0.95),
        skewed(rng, count, plan.acknowledge, 0.6),
        skewed(rng, count, plan.contain, 0.7),
        skewed(rng, count, plan.recover, 0.5),
        strict=True,
    )
    drawn = [
        _incident(rng, quarter, unit, category, severity, span)
        for unit, category, severity, span in zip(
            mixed(rng, count, units),
            mixed(rng, count, CATEGORY_WEIGHTS),
            severities,
            spans,
            strict=True,
        )
    ]
    return _marked(rng, drawn, plan)


def _incident(
    rng: random.Random,
    quarter: Quarter,
    unit: str,
    category: str,
    severity: str,
    span: tuple[float, float, float, float],
) -> Incident:
    detected = plain(at(some_day(rng, quarter, 1, 74), office_clock(rng)))
    detect, acknowledge, contain, recover = span
    recover = max(recover, contain * 1.25)

    def after(hours: float) -> datetime:
        return plain(detected + timedelta(minutes=round(hours * 60)))

    serious = severity == "high"
    return Incident(
        unit,
        category,
        severity,
        pick(rng, TITLES[category]),
        detected,
        after(-detect),
        after(min(acknowledge, contain * 0.8)),
        after(contain),
        after(recover),
        materiality="Determined not material" if serious else "Not required",
        determined_on=(detected + timedelta(days=rng.randint(4, 9))).date() if serious else None,
        cost=round(skewed(rng, 1, 260_000 if serious else 14_000, 0.8)[0] / 100) * 100,
        records=rng.choice((0, 0, 40, 210, 900)) if category == "Data exposure" else None,
        outage_hours=round(rng.uniform(1.5, 9), 1) if serious or rng.random() < 0.12 else None,
        vendor=pick(rng, ("V-012", "V-019", "V-027")) if category == "Third party" else "",
    )


def _marked(rng: random.Random, drawn: list[Incident], plan: Plan) -> list[Incident]:
    """Set who noticed, and mark unknown starts, open cases, reopened cases and unknown costs."""
    outside = {"Customer": 3, "Third party": 3, "Law enforcement": 1, "Attacker": 1, "Unknown": 1}
    ours = round(len(drawn) * plan.noticed_by_us)
    noticed = mixed(rng, ours, {"Own monitoring": 0.72, "Employee": 0.28})
    noticed += mixed(rng, len(drawn) - ours, outside)
    rng.shuffle(noticed)
    found = [replace(each, noticed_by=who) for each, who in zip(drawn, noticed, strict=True)]
    places = [place for place, each in enumerate(found) if each.severity in ("medium", "low")]
    rng.shuffle(places)
    for place in places[: plan.unknown_start]:
        found[place] = replace(found[place], occurred=None)
    late = sorted(places[3:], key=lambda place: found[place].detected)[::-1]
    for place in late[: plan.still_open]:
        found[place] = replace(found[place], recovered=None, cost=None)
    for place in late[3 : 3 + plan.reopened]:
        found[place] = _reopened(rng, found[place])
    for place in places[-2:]:
        found[place] = replace(found[place], cost=None)
    return found


def _reopened(rng: random.Random, case: Incident) -> Incident:
    """The same case, closed early at first and opened again."""
    if case.recovered is None:
        return case
    span = (case.recovered - case.detected) * rng.uniform(0.45, 0.6)
    first = max(case.detected + span, (case.contained or case.detected) + timedelta(minutes=30))
    return replace(case, reopened=1, first_recovered=plain(first))


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


def _row(number: str, case: Incident) -> list[str | int | float | None]:
    day = case.determined_on.isoformat() if case.determined_on else ""
    return [
        number,
        case.title,
        case.unit,
        case.category,
        PRIORITY[case.severity],
        "Closed" if case.recovered else "In Progress",
        local_text(case.acknowledged),
        local_text(case.occurred, missing="?"),
        local_text(case.detected),
        local_text(case.acknowledged),
        local_text(case.contained),
        local_text(case.first_recovered or case.recovered),
        local_text(case.recovered),
        case.reopened,
        case.noticed_by,
        case.materiality,
        day,
        "?" if case.cost is None else case.cost,
        case.records,
        case.outage_hours,
        case.vendor,
        "Security Operations",
    ]


def _with_slip(rows: list[list[str | int | float | None]]) -> list[list[str | int | float | None]]:
    """The rows with one typing slip: a recovery stamped a year before its detection."""
    place = next(at for at, row in enumerate(rows) if str(row[8]).startswith("2025-05"))
    slip = list(rows[place])
    slip[12] = str(slip[12]).replace("2025-", "2024-", 1)
    return [*rows[:place], slip, *rows[place + 1 :]]
