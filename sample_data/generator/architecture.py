"""Designs brought to review, zero-trust stages, and the register of business systems."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from generator.company import UNIT_WEIGHTS, UNITS
from generator.draw import chosen, mixed, pick, source_of
from generator.files import CELL, Csv, write_csv
from generator.timeline import QUARTERS, some_day

DESIGN_HEADER = (
    "design_id", "name", "business_unit", "asset_tier", "reviewed_on", "threat_modelled_on",
    "uses_secure_pattern", "exception", "exception_expires_on",
)  # fmt: skip
DESIGNS = (16, 17, 18, 17, 19, 18, 18, 19)
MODELLED = (0.62, 0.65, 0.70, 0.72, 0.76, 0.80, 0.84, 0.87)
PATTERNED = (0.55, 0.58, 0.62, 0.66, 0.70, 0.73, 0.77, 0.80)
THINGS = (
    "order intake", "results delivery", "driver sign-in", "sample tracking", "price feed",
    "home visit notes", "returns portal", "temperature alerts", "supplier upload", "tax reporting",
    "batch scheduling", "device enrollment", "claims exchange", "warehouse cameras",
    "data lake feed",
)  # fmt: skip
KINDS = ("Interface for", "Rework of", "New service for", "Cloud move of")


def write_designs(folder: Path) -> None:
    """Write the designs of all quarters."""
    rng = source_of("designs")
    found = sorted(_designs(rng), key=lambda row: row[3])
    rows = [(f"AD-{place + 100}", *row) for place, row in enumerate(found, start=1)]
    write_csv(folder / "cto/designs.csv", Csv(DESIGN_HEADER), rows)


def _designs(rng: random.Random) -> Iterator[tuple[CELL, ...]]:
    for place, quarter in enumerate(QUARTERS):
        count = DESIGNS[place]
        for tier, unit, modelled, patterned in zip(
            mixed(rng, count, {"crown_jewel": 4, "production": 10, "workplace": 4}),
            mixed(rng, count, UNIT_WEIGHTS),
            chosen(rng, count, MODELLED[place]),
            chosen(rng, count, PATTERNED[place]),
            strict=True,
        ):
            reviewed = some_day(rng, quarter)
            model = reviewed - timedelta(days=rng.randint(3, 25)) if modelled else None
            name = f"{pick(rng, KINDS)} {pick(rng, THINGS)}"
            exception, until = _exception(rng, patterned, reviewed)
            yield (
                name, unit, tier, reviewed.isoformat(), model.isoformat() if model else "",
                "true" if patterned else "false", exception, until,
            )  # fmt: skip


def _exception(rng: random.Random, patterned: bool, reviewed: date) -> tuple[str, str]:
    """An exception for what departs from the pattern; most were prolonged, and a few lapsed."""
    if patterned:
        return "none", ""
    if rng.random() < 0.06:
        return "unapproved", ""
    if rng.random() < 0.08:
        return "approved", (reviewed + timedelta(days=270)).isoformat()
    until = reviewed + timedelta(days=365)
    while until <= date(2026, 9, 30):
        until += timedelta(days=180)
    return "approved", until.isoformat()


ZERO_TRUST_HEADER = ("quarter", "pillar", "stage", "target_stage", "target_on")
PILLARS = {
    "identity": ((2, 2, 2, 2, 3, 3, 3, 3), 3, "2026-06-30"),
    "devices": ((2, 2, 2, 2, 2, 2, 3, 3), 3, "2026-12-31"),
    "networks": ((1, 1, 1, 2, 2, 2, 2, 2), 3, "2027-06-30"),
    "applications_and_workloads": ((1, 1, 2, 2, 2, 2, 2, 2), 3, "2027-06-30"),
    "data": ((None, 1, 1, 1, 1, 1, 1, 2), 3, "2027-12-31"),
}


def write_zero_trust(folder: Path) -> None:
    """Write the stage of each pillar at each quarter end."""
    rows = [
        (str(quarter), pillar, stages[place], target, until)
        for place, quarter in enumerate(QUARTERS)
        for pillar, (stages, target, until) in PILLARS.items()
    ]
    write_csv(folder / "cto/zero_trust.csv", Csv(ZERO_TRUST_HEADER), rows)


SYSTEM_HEADER = (
    "system_id", "name", "business_unit", "asset_tier", "owner_role", "in_service_on",
    "support_ends_on", "zero_trust_on", "retired_on",
)  # fmt: skip
CROWN_JEWELS = (
    ("Order management", "Distribution"), ("Warehouse control", "Distribution"),
    ("Carrier exchange", "Distribution"), ("Demand planning", "Distribution"),
    ("Cold-chain monitoring", "Distribution"), ("Laboratory scheduling", "Diagnostics"),
    ("Laboratory information", "Diagnostics"), ("Results interface", "Diagnostics"),
    ("Sample tracking", "Diagnostics"), ("Patient portal", "Home Care"),
    ("Visit planning", "Home Care"), ("Care records", "Home Care"),
    ("European order hub", "Europe"), ("European finance", "Europe"),
    ("Identity provider", "Corporate"), ("Payments gateway", "Corporate"),
    ("General ledger", "Corporate"), ("Backup vault", "Corporate"),
    ("Integration bus", "Corporate"), ("Customer master", "Corporate"),
)  # fmt: skip
PAST_SUPPORT_JEWELS = {"Laboratory scheduling", "Results interface", "Demand planning"}
JEWELS_IN_ZERO_TRUST = (4, 5, 6, 8, 9, 11, 13, 14)
ORDINARY = (
    "Reporting", "Label printing", "Timekeeping", "Archive", "Survey", "Pricing", "Returns",
    "Fleet", "Scheduling", "Document exchange", "Translation", "Help desk", "Inventory count",
    "Training records", "Print queue", "Telephony", "Catalogue", "Quality records",
)  # fmt: skip
PAST_SUPPORT_OTHERS = 14
RETIRED_LATE = 15
"""Unsupported systems that left service during the record: the count falls to today's."""


def write_systems(folder: Path) -> None:
    """Write the register."""
    rng = source_of("systems")
    rows = [*_jewels(rng), *_ordinary(rng)]
    numbered = [(f"S-{place:03d}", *row) for place, row in enumerate(rows, start=1)]
    write_csv(folder / "cto/systems.csv", Csv(SYSTEM_HEADER), numbered)


def _jewels(rng: random.Random) -> Iterator[tuple[CELL, ...]]:
    covered = [
        some_day(rng, quarter).isoformat() if place else "2024-08-20"
        for place, (quarter, more) in enumerate(zip(QUARTERS, _steps(), strict=True))
        for _ in range(more)
    ]
    for place, (name, unit) in enumerate(CROWN_JEWELS):
        late = name in PAST_SUPPORT_JEWELS
        ends = "2025-11-30" if late else "2029-06-30"
        since = "" if late or not covered else covered.pop(0)
        begun = date(2012 + place % 9, 1 + place % 12, 15)
        yield name, unit, "crown_jewel", "CTO", begun.isoformat(), ends, since, ""


def _steps() -> list[int]:
    before = (0, *JEWELS_IN_ZERO_TRUST[:-1])
    return [now - then for now, then in zip(JEWELS_IN_ZERO_TRUST, before, strict=True)]


def _ordinary(rng: random.Random) -> Iterator[tuple[CELL, ...]]:
    retired = _retirements(rng)
    for place in range(205):
        unit = UNITS[place % 5] if place % 3 else pick(rng, ("Distribution", "Diagnostics"))
        name = f"{unit} {ORDINARY[place % len(ORDINARY)].lower()} {place // len(ORDINARY) + 1}"
        tier = "production" if place % 3 else "workplace"
        begun = date(2010 + rng.randrange(14), rng.randint(1, 12), rng.randint(1, 28))
        ends, gone = _support(rng, place, retired)
        zero = some_day(rng, pick(rng, QUARTERS)).isoformat() if rng.random() < 0.3 else ""
        owner = "CTO" if place % 4 else "COO"
        yield name, unit, tier, owner, begun.isoformat(), ends, zero, gone


def _support(rng: random.Random, place: int, retired: list[str]) -> tuple[str, str]:
    """Support end and retirement: first the unsupported, then those already retired."""
    if place < PAST_SUPPORT_OTHERS:
        return date(2023 + place % 3, 1 + place % 9, 28).isoformat(), ""
    if place < PAST_SUPPORT_OTHERS + RETIRED_LATE:
        return date(2023, 3 + place % 9, 30).isoformat(), retired[place - PAST_SUPPORT_OTHERS]
    return ("" if rng.random() < 0.4 else date(2027 + rng.randrange(5), 6, 30).isoformat()), ""


def _retirements(rng: random.Random) -> list[str]:
    days = [
        some_day(rng, QUARTERS[place])
        for place in mixed(rng, RETIRED_LATE, dict.fromkeys(range(1, 8), 1))
    ]
    return [day.isoformat() for day in days]
