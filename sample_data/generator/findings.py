"""What a vulnerability finding is, and the assets and flaws that findings are about."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from generator.company import UNIT_WEIGHTS
from generator.draw import pick

POLICY_DAYS = {"critical": 7, "high": 30, "medium": 90, "low": 180}
ASSETS = {
    "crown_jewel": (
        "Order management", "Laboratory scheduling", "Warehouse control", "Patient portal",
        "Identity provider", "Results interface", "Payments gateway", "Cold-chain monitoring",
        "European order hub",
    ),
    "production": (
        "Carrier interface", "Supplier portal", "Reporting cluster", "Document archive",
        "Label printing", "Fleet tracking", "Call center", "Test harness", "Integration bus",
        "Courier scheduling", "Home visit planner", "European ERP",
    ),
    "workplace": ("Laptop", "Desktop", "Tablet", "Kiosk", "Shared terminal"),
}  # fmt: skip
HOMES = {
    "Order management": "Distribution", "Warehouse control": "Distribution",
    "Cold-chain monitoring": "Distribution", "Carrier interface": "Distribution",
    "Fleet tracking": "Distribution", "Laboratory scheduling": "Diagnostics",
    "Results interface": "Diagnostics", "Courier scheduling": "Diagnostics",
    "Patient portal": "Home Care", "Home visit planner": "Home Care",
    "European order hub": "Europe", "European ERP": "Europe", "Identity provider": "Corporate",
    "Payments gateway": "Corporate", "Supplier portal": "Corporate", "Call center": "Corporate",
}  # fmt: skip
"""Unit of the assets that only one unit has."""
CVES = (
    "CVE-2023-2650", "CVE-2023-3446", "CVE-2023-3817", "CVE-2023-5678", "CVE-2023-38545",
    "CVE-2023-32233", "CVE-2023-48795", "CVE-2023-29491", "CVE-2023-4806", "CVE-2023-4813",
    "CVE-2023-39804", "CVE-2023-7104", "CVE-2023-50495", "CVE-2023-6129", "CVE-2024-0727",
    "CVE-2024-2511", "CVE-2024-4603", "CVE-2024-5535", "CVE-2024-6119", "CVE-2024-9143",
    "CVE-2024-2961", "CVE-2024-33599", "CVE-2024-6345", "CVE-2024-37891", "CVE-2024-28182",
    "CVE-2024-25062", "CVE-2024-34459", "CVE-2024-26461", "CVE-2024-28085", "CVE-2024-22365",
    "CVE-2024-39573", "CVE-2024-6387", "CVE-2024-3094", "CVE-2024-7264", "CVE-2024-8096",
    "CVE-2024-45490", "CVE-2024-45491", "CVE-2025-0395", "CVE-2025-26465", "CVE-2025-26466",
    "CVE-2025-4802", "CVE-2025-6020", "CVE-2025-8058", "CVE-2025-9230", "CVE-2025-6965",
    "CVE-2025-49794", "CVE-2025-49796", "CVE-2025-32462",
)  # fmt: skip


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


def some_unit(rng: random.Random, asset: str) -> str:
    """The unit an asset belongs to; for what all units have, the larger units more often."""
    if asset in HOMES:
        return HOMES[asset]
    return rng.choices(list(UNIT_WEIGHTS), list(UNIT_WEIGHTS.values()))[0]


def some_host(rng: random.Random, tier: str, asset: str) -> str:
    """A host name that tells the tier and the asset."""
    letters = "".join(word[0] for word in asset.lower().split())
    prefix = {"crown_jewel": "cj", "production": "pr", "workplace": "wp"}[tier]
    return f"{prefix}-{letters}-{rng.randrange(1, 100):02d}"


def some_cve(rng: random.Random, found: date) -> str:
    """A flaw that was numbered in an earlier year than that of its finding."""
    newest = max(found.year, 2024)
    return pick(rng, [each for each in CVES if int(each[4:8]) < newest])
