"""The vendors at each quarter end, as a rating service's portfolio export with our own columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from generator.draw import source_of
from generator.files import CELL, Csv, write_csv
from generator.timeline import QUARTERS, Quarter

HEADER = (
    "quarter", "id", "name", "tier", "score", "grade", "last_assessed", "open_criticals",
    "processes", "annual_spend",
)  # fmt: skip
TIER_1 = {
    "V-001": ("Lakemont Cloud Hosting", "Order to cash;Warehouse control", 4_800_000),
    "V-002": ("Bristow Freight Exchange", "Distribution", 2_900_000),
    "V-003": ("Ardent Lab Systems", "Laboratory results", 2_200_000),
    "V-004": ("Tallis Payment Services", "Billing", 1_350_000),
    "V-005": ("Norvik ERP Partners", "European orders;Finance", 3_100_000),
    "V-006": ("Harrow Identity", "Sign-in for all units", 940_000),
    "V-007": ("Pell Patient Outreach", "Home visits;Patient contact", 1_100_000),
    "V-008": ("Quillon Cold Chain", "Temperature monitoring", 760_000),
    "V-009": ("Sable Managed Backup", "Backup and restore", 680_000),
}
OTHERS = (
    "Amberly Couriers", "Bexley Print", "Calder Analytics", "Delmare Staffing", "Eastgate Fleet",
    "Fenwick Telehealth", "Garrow Claims", "Hollin Labels", "Ivory Data Rooms",
    "Jarrow Translation",
    "Kestle Survey", "Lorne Packaging", "Marlow Benefits", "Nettle Recruiting", "Oakham Facilities",
    "Pinder Training", "Quayside Travel", "Rowan Imaging", "Selby Archive", "Thorne Devices",
    "Underhill Legal", "Verity Interpreters", "Wexcombe Media", "Yarrow Events", "Zennor Waste",
    "Alder Billing", "Birch Scheduling", "Cedar Messaging", "Dunmore Security Guards",
    "Elm Procurement", "Farrow Mapping", "Gorse Payroll", "Hazel Learning",
)  # fmt: skip
UNRATED = "V-024"
NEVER_ASSESSED = "V-008"
STALE = "V-005"
JOINED = {"V-039": 1, "V-040": 3, "V-041": 4, "V-042": 6}
"""Vendor: the quarter (counted from 0) in which it was first listed."""
CRITICALS = {
    "V-007": (0, 0, 0, 0, 0, 1, 1, 3),
    "V-002": (2, 2, 2, 1, 1, 1, 1, 1),
    "V-009": (1, 1, 1, 1, 0, 0, 0, 0),
    "V-013": (3, 3, 2, 2, 2, 1, 1, 1),
    "V-021": (2, 2, 2, 2, 1, 1, 1, 0),
    "V-036": (1, 1, 1, 0, 0, 0, 0, 0),
}
SCORE_BANDS = (("A", 90), ("B", 80), ("C", 70), ("D", 60), ("F", 0))


def write_third_parties(folder: Path) -> None:
    """Write the portfolio; a blank line stands where two exports were joined."""
    rows = list(_rows())
    seam = next(at for at, row in enumerate(rows) if row[0] == "2025-Q4")
    write_csv(
        folder / "ciso/securityscorecard_portfolio.csv",
        Csv(HEADER, blank_lines_after=(seam,)),
        rows,
    )


def _vendors() -> dict[str, tuple[str, str, str, int]]:
    rng = source_of("vendors")
    found = {key: (name, "tier_1", work, spend) for key, (name, work, spend) in TIER_1.items()}
    for place, name in enumerate(OTHERS):
        tier = "tier_2" if place % 5 in (0, 2) else "tier_3"
        spend = round(rng.uniform(40, 600 if tier == "tier_2" else 160)) * 1_000
        found[f"V-{place + 10:03d}"] = (name, tier, name.split(" ", 1)[1], spend)
    return found


def _rows() -> Iterator[tuple[CELL, ...]]:
    rng = source_of("third_parties")
    start = {vendor: rng.randint(66, 91) for vendor in _vendors()}
    day_of_year = {vendor: rng.randrange(10, 350) for vendor in _vendors()}
    for place, quarter in enumerate(QUARTERS):
        for vendor, (name, tier, work, spend) in _vendors().items():
            if place < JOINED.get(vendor, 0):
                continue
            score = min(97, start[vendor] + round(place * 0.55) + rng.randint(-2, 2))
            if vendor == "V-007" and place == len(QUARTERS) - 1:
                score -= 14
            rated = vendor != UNRATED
            yield (
                str(quarter), vendor, name, tier[-1], score if rated else "N/A",
                next(grade for grade, low in SCORE_BANDS if score >= low) if rated else "N/A",
                _assessed(vendor, tier, quarter, day_of_year[vendor]),
                CRITICALS.get(vendor, (0,) * 8)[place], work, spend,
            )  # fmt: skip


def _assessed(vendor: str, tier: str, quarter: Quarter, day_of_year: int) -> str:
    """The last assessment before quarter end: yearly for tier 1, every second year for others."""
    if vendor == NEVER_ASSESSED:
        return ""
    if vendor == STALE:
        return "2024-11-18"
    year = quarter.last_day.year
    day = date(year, 1, 1) + timedelta(days=day_of_year)
    if day > quarter.last_day:
        year -= 1
    if tier != "tier_1" and year % 2 == int(vendor[-1]) % 2:
        year -= 1
    return (date(year, 1, 1) + timedelta(days=day_of_year)).isoformat()
