"""Vulnerability findings, as a Tenable-like export: US dates, tags as columns."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from generator.draw import chosen, mixed, pick, skewed, source_of
from generator.files import CELL, Csv, write_csv
from generator.findings import ASSETS, POLICY_DAYS, Finding, some_cve, some_host, some_unit
from generator.late_criticals import exploited, reachable, read_kev
from generator.timeline import AS_OF, QUARTERS, Quarter, quarters_from, some_day

HEADER = (
    "Finding ID", "Plugin ID", "CVE", "Risk", "Host", "Asset Name", "Asset Tier", "Business Unit",
    "Exposure", "Vulnerability State", "First Found", "Due Date", "Last Fixed", "Times Resurfaced",
)  # fmt: skip
RISK_MIX = {
    "crown_jewel": {"critical": 0.14, "high": 0.40, "medium": 0.46},
    "production": {"critical": 0.10, "high": 0.36, "medium": 0.44, "low": 0.10},
    "workplace": {"critical": 0.12, "high": 0.40, "medium": 0.38, "low": 0.10},
}
LATE_DAYS = {"critical": 30, "high": 90, "medium": 170, "low": 260}
"""Median days that a late closure is late by."""
ON_TIME = {
    "crown_jewel": (0.835, 0.84, 0.85, 0.855, 0.87, 0.885, 0.895, 0.91),
    "production": (0.80, 0.81, 0.82, 0.825, 0.84, 0.85, 0.86, 0.87),
    "workplace": (0.89, 0.89, 0.90, 0.905, 0.91, 0.915, 0.92, 0.925),
}
DUE_EACH_QUARTER = {"crown_jewel": 112, "production": 225, "workplace": 205}


def write_findings(folder: Path) -> None:
    """Write the export from the plan and from the catalogue extract that lies beside it."""
    rng = source_of("vulnerability_findings")
    found = [*_planned(rng), *_backlog(rng), *_not_yet_due(rng), *reachable(rng)]
    found += exploited(rng, read_kev(folder))
    found = [each for each in found if each.found_on <= AS_OF]
    found.sort(key=lambda each: (each.found_on, each.host, each.cve, each.risk))
    rows = [_row(place, each) for place, each in enumerate(found, start=1)]
    write_csv(folder / "ciso/tenable_vulnerabilities.csv", Csv(HEADER), _with_repeat(rows))


def _planned(rng: random.Random) -> list[Finding]:
    """Findings due in each quarter, closed by then in the planned share."""
    return [
        _finding(rng, tier, risk, some_day(rng, quarter), in_time)
        for place, quarter in enumerate(QUARTERS)
        for tier, count in DUE_EACH_QUARTER.items()
        for risk, in_time in zip(
            mixed(rng, count, RISK_MIX[tier]),
            chosen(rng, count, ON_TIME[tier][place]),
            strict=True,
        )
    ]


def _backlog(rng: random.Random) -> list[Finding]:
    """What was already late when the record begins."""
    before = quarters_from(Quarter(2024, 1), 3)
    return [
        _finding(rng, tier, "medium", some_day(rng, pick(rng, before)), False, slow=1.5)
        for tier in mixed(rng, 120, {"crown_jewel": 16, "production": 62, "workplace": 42})
    ]


def _not_yet_due(rng: random.Random) -> list[Finding]:
    """What is open and still within its time."""
    coming = quarters_from(Quarter(2026, 4), 1)[0]
    return [
        _finding(
            rng, tier, pick(rng, ("high", "medium", "medium")), some_day(rng, coming, 0, 27), None
        )
        for tier in mixed(rng, 130, {"crown_jewel": 22, "production": 60, "workplace": 48})
    ]


def _finding(
    rng: random.Random, tier: str, risk: str, due: date, in_time: bool | None, slow: float = 1.0
) -> Finding:
    """One finding, due on that day; ``in_time`` None leaves it open."""
    allowed = POLICY_DAYS[risk]
    found = due - timedelta(days=allowed)
    closed: date | None = None
    if in_time:
        closed = found + timedelta(days=max(1, round(allowed * rng.betavariate(2.4, 1.7))))
    elif in_time is False:
        median = LATE_DAYS[risk] * slow
        closed = due + timedelta(days=max(1, round(skewed(rng, 1, median, 0.9)[0])))
    closed = closed if closed and closed <= AS_OF else None
    asset = pick(rng, ASSETS[tier])
    outside = tier != "workplace" and rng.random() < 0.16
    return Finding(
        some_cve(rng, found) if rng.random() < 0.85 else "",
        risk,
        tier,
        some_unit(rng, asset),
        asset,
        some_host(rng, tier, asset),
        "internet" if outside else "internal",
        found,
        closed,
        1 if rng.random() < 0.035 else 0,
    )


def _us(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else ""


def _row(place: int, case: Finding) -> tuple[CELL, ...]:
    state = "Active" if case.closed_on is None else "Fixed"
    name = f"{case.asset} {case.host[-2:]}"
    return (
        f"F{place:05d}",
        170_000 + sum(map(ord, case.cve or case.risk)) * 7 % 9_000,
        case.cve,
        case.risk.capitalize(),
        case.host,
        name,
        case.tier.replace("_", " ").capitalize(),
        case.unit,
        case.exposure,
        state,
        _us(case.found_on),
        _us(case.due_on),
        _us(case.closed_on),
        case.resurfaced,
    )


def _with_repeat(rows: list[tuple[CELL, ...]]) -> list[tuple[CELL, ...]]:
    """The same finding twice in a row, as two overlapping scans leave it."""
    place = 2_400
    return [*rows[:place], rows[place - 1], *rows[place:]]
