"""Vulnerability findings, as a Tenable-like export: US dates, tags as columns."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.company import UNIT_WEIGHTS
from generator.draw import chosen, mixed, pick, skewed, source_of
from generator.files import CELL, Csv, write_csv
from generator.timeline import AS_OF, QUARTERS, Quarter, quarters_from, some_day

HEADER = (
    "Finding ID", "Plugin ID", "CVE", "Risk", "Host", "Asset Name", "Asset Tier", "Business Unit",
    "Exposure", "Vulnerability State", "First Found", "Due Date", "Last Fixed", "Times Resurfaced",
)  # fmt: skip
POLICY_DAYS = {"critical": 7, "high": 30, "medium": 90, "low": 180}
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
ASSETS = {
    "crown_jewel": (
        "Order management", "Laboratory scheduling", "Warehouse control", "Patient portal",
        "Identity provider", "Results interface", "Payments gateway", "Cold-chain monitoring",
    ),
    "production": (
        "Carrier interface", "Supplier portal", "Reporting cluster", "Document archive",
        "Label printing", "Fleet tracking", "Call center", "Test harness", "Integration bus",
        "Courier scheduling", "Home visit planner", "European ERP",
    ),
    "workplace": ("Laptop", "Desktop", "Tablet", "Kiosk", "Shared terminal"),
}  # fmt: skip
CVES = (
    "CVE-2023-2650", "CVE-2023-3446", "CVE-2023-3817", "CVE-2023-5678", "CVE-2023-38545",
    "CVE-2023-32233", "CVE-2023-48795", "CVE-2023-29491", "CVE-2023-4806", "CVE-2023-4813",
    "CVE-2023-39804", "CVE-2023-7104", "CVE-2023-50495", "CVE-2023-6129", "CVE-2024-0727",
    "CVE-2024-2511", "CVE-2024-4603", "CVE-2024-5535", "CVE-2024-6119", "CVE-2024-9143",
    "CVE-2024-2961", "CVE-2024-33599", "CVE-2024-6345", "CVE-2024-37891", "CVE-2024-28182",
    "CVE-2024-25062", "CVE-2024-34459", "CVE-2024-26461", "CVE-2024-28085", "CVE-2024-22365",
    "CVE-2024-39573", "CVE-2024-6387", "CVE-2024-3094", "CVE-2024-7264", "CVE-2024-8096",
    "CVE-2024-45490", "CVE-2024-45491",
)  # fmt: skip


@dataclass(frozen=True)
class Kev:
    """An entry of the catalogue extract."""

    cve: str
    due_on: date


@dataclass(frozen=True)
class Finding:
    """One vulnerability on one asset."""

    cve: str
    risk: str
    tier: str
    unit: str
    asset: str
    host: str
    exposure: str
    found_on: date
    closed_on: date | None
    resurfaced: int = 0

    @property
    def due_on(self) -> date:
        """The date that policy sets."""
        return self.found_on + timedelta(days=POLICY_DAYS[self.risk])


def write_findings(folder: Path) -> None:
    """Write the export from the plan and from the catalogue extract that lies beside it."""
    rng = source_of("vulnerability_findings")
    found = [*_planned(rng), *_backlog(rng), *_not_yet_due(rng), *_reachable(rng)]
    found += _exploited(rng, read_kev(folder))
    found = [each for each in found if each.found_on <= AS_OF]
    found.sort(key=lambda each: (each.found_on, each.host, each.cve, each.risk))
    rows = [_row(place, each) for place, each in enumerate(found, start=1)]
    write_csv(folder / "ciso/tenable_vulnerabilities.csv", Csv(HEADER), _with_repeat(rows))


def read_kev(folder: Path) -> list[Kev]:
    """The entries of the extract, in its order."""
    with (folder / "ciso/cisa_kev.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Kev(row["cveID"], date.fromisoformat(row["dueDate"])) for row in csv.DictReader(lines)
        ]


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
        for tier in mixed(rng, 120, {"crown_jewel": 18, "production": 62, "workplace": 40})
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
        pick(rng, CVES) if rng.random() < 0.85 else "",
        risk,
        tier,
        _unit(rng),
        asset,
        _host(rng, tier, asset),
        "internet" if outside else "internal",
        found,
        closed,
        1 if rng.random() < 0.035 else 0,
    )


def _unit(rng: random.Random) -> str:
    return rng.choices(list(UNIT_WEIGHTS), list(UNIT_WEIGHTS.values()))[0]


def _host(rng: random.Random, tier: str, asset: str) -> str:
    letters = "".join(word[0] for word in asset.lower().split())
    prefix = {"crown_jewel": "cj", "production": "pr", "workplace": "wp"}[tier]
    return f"{prefix}-{letters}-{rng.randrange(1, 100):02d}"


KEV_OVERDUE = (31, 28, 27, 23, 19, 15, 11, 6)
KEV_NEW = (0, 5, 6, 4, 3, 3, 2, 1)
"""Late findings that each quarter adds; the rest of the change is closures, oldest first."""
KEV_ON_CROWN_JEWELS = {5: "Results interface", 6: "Laboratory scheduling"}
"""Quarter (counted from 0) in which the first new finding was on this crown jewel: still open."""
INTERNET_CRITICALS = (11, 10, 10, 8, 7, 6, 4, 3)
INTERNET_NEW = (0, 3, 4, 3, 3, 3, 2, 2)
Begin = Callable[[int, int, date], Finding]
"""Make a finding: quarter (from 0), place among the new ones, first day to be found on."""


def _stock(
    rng: random.Random, levels: Sequence[int], new: Sequence[int], begin: Begin
) -> list[Finding]:
    """Findings of which the planned number is open at each quarter end."""
    stock = [begin(0, place, date(2024, 9, 1)) for place in range(levels[0])]
    done: list[Finding] = []
    for place, quarter in enumerate(QUARTERS[1:], start=1):
        closing = levels[place - 1] + new[place] - levels[place]
        going = [each for each in stock if each.tier != "crown_jewel"][:closing]
        stock = [each for each in stock if each not in going]
        done += [replace(each, closed_on=some_day(rng, quarter, 3, 80)) for each in going]
        stock += [begin(place, number, quarter.first_day) for number in range(new[place])]
    return [*stock, *done]


def _exploited(rng: random.Random, catalogue: list[Kev]) -> list[Finding]:
    """Late findings on known exploited flaws, and some that were closed in time."""
    early = [each for each in catalogue if each.due_on < date(2024, 12, 1)]

    def begin(place: int, number: int, around: date) -> Finding:
        known = [each for each in catalogue if each.due_on < around]
        entry = pick(rng, known[:14] if place else early)
        jewel = KEV_ON_CROWN_JEWELS.get(place, "") if number == 0 else ""
        tier = "crown_jewel" if jewel else pick(rng, ("production", "production", "workplace"))
        return _critical(rng, entry.cve, tier, jewel or pick(rng, ASSETS[tier]), around, "internal")

    return [*_stock(rng, KEV_OVERDUE, KEV_NEW, begin), *_in_time(rng, catalogue)]


def _reachable(rng: random.Random) -> list[Finding]:
    """Critical findings on what can be reached from the internet."""

    def begin(place: int, number: int, around: date) -> Finding:  # noqa: ARG001
        asset = pick(rng, ASSETS["production"])
        return _critical(rng, pick(rng, CVES), "production", asset, around, "internet")

    return _stock(rng, INTERNET_CRITICALS, INTERNET_NEW, begin)


def _critical(
    rng: random.Random, cve: str, tier: str, asset: str, around: date, exposure: str
) -> Finding:
    found = around + timedelta(days=rng.randint(1, 24))
    host = _host(rng, tier, asset)
    return Finding(cve, "critical", tier, _unit(rng), asset, host, exposure, found, None)


def _in_time(rng: random.Random, catalogue: list[Kev]) -> list[Finding]:
    """Findings on catalogue entries that were closed before both due dates."""
    recent = [each for each in catalogue if each.due_on >= date(2024, 11, 1)]
    found = []
    for entry in recent:
        start = entry.due_on - timedelta(days=rng.randint(6, 10))
        tier = pick(rng, ("crown_jewel", "production", "production"))
        asset = pick(rng, ASSETS[tier])
        found.append(
            Finding(
                entry.cve, "high", tier, _unit(rng), asset, _host(rng, tier, asset), "internal",
                start, start + timedelta(days=rng.randint(2, 5)),
            )
        )  # fmt: skip
    return found


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
