"""The incident register, as a ServiceNow list export: local times, coded choices, ``?`` cells."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from generator.company import UNIT_WEIGHTS
from generator.draw import apportion, mixed, pick, skewed, source_of
from generator.files import Csv, write_csv
from generator.incident_cases import SPECIAL, Incident
from generator.timeline import (
    QUARTERS,
    Quarter,
    at,
    local_text,
    office_clock,
    plain,
    some_day,
)

PRIORITY = {
    "critical": "1 - Critical",
    "high": "2 - High",
    "medium": "3 - Moderate",
    "low": "4 - Low",
}
TITLES = {
    "Phishing": (
        "Credential harvested by mail",
        "Mailbox rule added by intruder",
        "Invoice fraud attempt",
    ),
    "Malware": ("Loader on workstation", "Infostealer on laptop", "Malicious browser extension"),
    "Unauthorized access": (
        "Sign-in with stolen session",
        "Dormant account used",
        "Shared administrator password used",
    ),
    "Data exposure": (
        "File share open to all staff",
        "Report mailed to wrong customer",
        "Open storage bucket",
    ),
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
    "u_direct_cost", "u_records_affected", "u_outage_hours", "u_vendor", "u_risk_id",
    "assignment_group",
)  # fmt: skip
MADE_REAL = {
    "INC0011857": "R-07",
    "INC0012469": "R-05",
    "INC0012673": "R-05",
    "INC0012707": "R-06",
    "INC0012724": "R-07",
    "INC0013166": "R-08",
    "INC0013387": "R-08",
    "INC0013829": "R-06",
    "INC0014186": "R-03",
    "INC0014390": "R-04",
}
"""Number of an incident to the risk of the register that it made real, as the register's owner
judged it afterwards; most incidents are none of the principal scenarios."""


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
    Plan(15, 1, 25, 0.8, 11.5, 48, 1, 1, 0, 0.87),
    Plan(15, 0, 19, 0.7, 10.4, 52, 2, 2, 1, 0.93),
)


def write_incidents(folder: Path) -> list[tuple[str, Incident]]:
    """Write the export and return each incident with its number, for the alerts that led to it."""
    rng = source_of("incidents")
    found = [each for plan in zip(QUARTERS, PLANS, strict=True) for each in _quarter(rng, *plan)]
    found = sorted([*found, *SPECIAL], key=lambda each: each.detected)
    numbered = [(f"INC{11840 + 17 * place:07d}", each) for place, each in enumerate(found)]
    rows = [_row(*each) for each in numbered]
    write_csv(folder / "ciso/servicenow_incidents.csv", Csv(HEADER), _with_slip(rows))
    return numbered


@dataclass(frozen=True)
class Places:
    """Which of a quarter's incidents, in order of detection, have something out of the ordinary."""

    still_open: list[int]
    unknown_start: list[int]
    reopened: list[int]
    unknown_cost: list[int]


def _quarter(rng: random.Random, quarter: Quarter, plan: Plan) -> list[Incident]:
    units = {name: share for name, share in UNIT_WEIGHTS.items() if _was_hit(name, quarter)}
    severities = ["high"] * plan.high
    severities += apportion(plan.count - plan.high, {"medium": 0.55, "low": 0.45})
    rng.shuffle(severities)
    places = _places(rng, severities, plan)
    detections = sorted(
        plain(at(some_day(rng, quarter, 1, 78), office_clock(rng))) for _ in range(plan.count)
    )
    spans = zip(
        _with_gaps(rng, plan.count, places.unknown_start, plan.detect, 0.95),
        skewed(rng, plan.count, plan.acknowledge, 0.6),
        skewed(rng, plan.count, plan.contain, 0.7),
        _with_gaps(rng, plan.count, places.still_open, plan.recover, 0.5),
        strict=True,
    )
    drawn = [
        _incident(rng, *each)
        for each in zip(
            mixed(rng, plan.count, units),
            mixed(rng, plan.count, CATEGORY_WEIGHTS),
            severities,
            _noticed_by(rng, plan),
            detections,
            spans,
            strict=True,
        )
    ]
    return [_marked(rng, place, each, places) for place, each in enumerate(drawn)]


def _was_hit(unit: str, quarter: Quarter) -> bool:
    return (unit, str(quarter)) != ("Home Care", "2026-Q1")


def _places(rng: random.Random, severities: list[str], plan: Plan) -> Places:
    """Only lesser incidents are out of the ordinary; the open ones are the latest."""
    lesser = [place for place, each in enumerate(severities) if each != "high"]
    still_open = lesser[len(lesser) - plan.still_open :]
    rest = lesser[: len(lesser) - plan.still_open]
    rng.shuffle(rest)
    return Places(still_open, rest[:3][: plan.unknown_start], rest[3:5][: plan.reopened], rest[5:7])


def _with_gaps(
    rng: random.Random, count: int, gaps: list[int], median: float, sigma: float
) -> list[float | None]:
    """Values for all places but the gaps, so that the median is that of what is known."""
    values = iter(skewed(rng, count - len(gaps), median, sigma))
    return [None if place in gaps else next(values) for place in range(count)]


def _noticed_by(rng: random.Random, plan: Plan) -> list[str]:
    outside = {"Customer": 3, "Third party": 3, "Law enforcement": 1, "Attacker": 1, "Unknown": 1}
    ours = round(plan.count * plan.noticed_by_us)
    found = mixed(rng, ours, {"Own monitoring": 0.72, "Employee": 0.28})
    found += mixed(rng, plan.count - ours, outside)
    rng.shuffle(found)
    return found


def _incident(
    rng: random.Random,
    unit: str,
    category: str,
    severity: str,
    noticed_by: str,
    detected: datetime,
    span: tuple[float | None, float, float, float | None],
) -> Incident:
    detect, acknowledge, contain, recover = span
    if recover is not None and contain > 0.8 * recover:
        contain = 0.6 * recover
    serious = severity == "high"
    return Incident(
        unit,
        category,
        severity,
        pick(rng, TITLES[category]),
        detected,
        _after(detected, -detect if detect else None),
        _after(detected, min(acknowledge, contain * 0.8)),
        _after(detected, contain),
        _after(detected, recover),
        noticed_by=noticed_by,
        materiality="Determined not material" if serious else "Not required",
        determined_on=(detected + timedelta(days=rng.randint(4, 9))).date() if serious else None,
        cost=round(skewed(rng, 1, 260_000 if serious else 14_000, 0.8)[0] / 100) * 100,
        records=rng.choice((0, 0, 40, 210, 900)) if category == "Data exposure" else None,
        outage_hours=round(rng.uniform(1.5, 9), 1) if serious or rng.random() < 0.12 else 0,
        vendor=pick(rng, ("V-012", "V-019", "V-027")) if category == "Third party" else "",
    )


def _after(moment: datetime, hours: float | None) -> datetime | None:
    """An instant so many hours later, to the minute; None where the hours are not known."""
    return None if hours is None else plain(moment + timedelta(minutes=round(hours * 60)))


def _marked(rng: random.Random, place: int, case: Incident, places: Places) -> Incident:
    """The same case, reopened or with its cost unknown where its place says so."""
    if place in places.unknown_cost or place in places.still_open:
        case = replace(case, cost=None)
    if place in places.reopened and case.recovered and case.contained:
        early = case.detected + (case.recovered - case.detected) * rng.uniform(0.65, 0.8)
        first = plain(max(early, case.contained + timedelta(minutes=30)))
        return replace(case, reopened=1, first_recovered=min(first, case.recovered))
    return case


def _row(number: str, case: Incident) -> list[str | int | float | None]:
    day = case.determined_on.isoformat() if case.determined_on else ""
    return [
        number,
        case.title,
        case.unit,
        case.category,
        PRIORITY[case.severity],
        "Closed" if case.recovered else "In Progress",
        local_text(case.detected),
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
        MADE_REAL.get(number, ""),
        "Security Operations",
    ]


def _with_slip(rows: list[list[str | int | float | None]]) -> list[list[str | int | float | None]]:
    """The rows with one typing slip: a recovery stamped a year before its detection."""
    place = next(at for at, row in enumerate(rows) if str(row[8]).startswith("2025-05"))
    slip = list(rows[place])
    slip[12] = str(slip[12]).replace("2025-", "2024-", 1)
    return [*rows[:place], slip, *rows[place + 1 :]]
