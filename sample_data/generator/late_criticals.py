"""Findings that a director asks about: known exploited flaws, and criticals on the internet."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.draw import pick
from generator.findings import ASSETS, Finding, some_cve, some_host, some_unit
from generator.timeline import QUARTERS, some_day

KEV_OVERDUE = (31, 28, 27, 23, 19, 15, 11, 6)
KEV_NEW = (0, 5, 6, 4, 3, 3, 2, 1)
"""Late findings that each quarter adds; the rest of the change is closures, oldest first."""
KEV_ON_CROWN_JEWELS = {
    5: ("Results interface", "CVE-2023-43208"),
    6: ("Laboratory scheduling", "CVE-2025-29824"),
}
"""Quarter (counted from 0) in which the first new finding was on this crown jewel: still open."""
EXPLOITED_ON = {
    "Supplier portal": ("CVE-2023-24955", "CVE-2024-38094", "CVE-2025-49704", "CVE-2025-49706"),
    "Document archive": ("CVE-2023-29357", "CVE-2024-38094", "CVE-2025-53770"),
    "Carrier interface": ("CVE-2023-40044", "CVE-2024-50623", "CVE-2024-55956"),
    "Call center": ("CVE-2024-41713", "CVE-2024-55550"),
    "Integration bus": ("CVE-2023-46604", "CVE-2023-43208"),
    "Test harness": ("CVE-2023-42793", "CVE-2024-23897", "CVE-2024-27198"),
    "Reporting cluster": ("CVE-2023-41265", "CVE-2023-41266", "CVE-2023-48365"),
    "Courier scheduling": ("CVE-2024-6670", "CVE-2025-31161"),
    "European ERP": ("CVE-2025-31324",),
    "Laptop": ("CVE-2023-38831", "CVE-2024-26169", "CVE-2024-30051", "CVE-2025-26633"),
    "Desktop": ("CVE-2023-36884", "CVE-2024-21338", "CVE-2025-29824", "CVE-2018-8639"),
    "Kiosk": ("CVE-2023-38831", "CVE-2024-30051"),
}
"""Which flaws of the catalogue an asset can have."""
INTERNET_CRITICALS = (11, 10, 10, 8, 7, 6, 4, 3)
INTERNET_NEW = (0, 3, 4, 3, 3, 3, 2, 2)
Begin = Callable[[int, int, date], Finding]
"""Make a finding: quarter (from 0), place among the new ones, first day to be found on."""


@dataclass(frozen=True)
class Kev:
    """An entry of the catalogue extract."""

    cve: str
    due_on: date


def read_kev(folder: Path) -> list[Kev]:
    """The entries of the extract, in its order."""
    with (folder / "ciso/cisa_kev.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Kev(row["cveID"], date.fromisoformat(row["dueDate"])) for row in csv.DictReader(lines)
        ]


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


def exploited(rng: random.Random, catalogue: list[Kev]) -> list[Finding]:
    """Late findings on known exploited flaws, and some that were closed in time."""

    def begin(place: int, number: int, around: date) -> Finding:
        if number == 0 and place in KEV_ON_CROWN_JEWELS:
            asset, cve = KEV_ON_CROWN_JEWELS[place]
        else:
            limit = around if place else date(2024, 12, 1)
            known = {each.cve for each in catalogue if each.due_on < limit}
            asset, cve = pick(
                rng,
                [
                    (name, each)
                    for name, cves in EXPLOITED_ON.items()
                    for each in cves
                    if each in known
                ],
            )
        return _critical(rng, cve, asset, around, "internal")

    return [*_stock(rng, KEV_OVERDUE, KEV_NEW, begin), *_in_time(rng, catalogue)]


def reachable(rng: random.Random) -> list[Finding]:
    """Critical findings on what can be reached from the internet."""

    def begin(place: int, number: int, around: date) -> Finding:  # noqa: ARG001
        asset = pick(rng, ASSETS["production"])
        return _critical(rng, some_cve(rng, around), asset, around, "internet")

    return _stock(rng, INTERNET_CRITICALS, INTERNET_NEW, begin)


def _critical(rng: random.Random, cve: str, asset: str, around: date, exposure: str) -> Finding:
    found = around + timedelta(days=rng.randint(1, 24))
    tier = next(each for each, names in ASSETS.items() if asset in names)
    host = some_host(rng, tier, asset)
    return Finding(cve, "critical", tier, some_unit(rng, asset), asset, host, exposure, found, None)


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
                entry.cve, "high", tier, some_unit(rng, asset), asset, some_host(rng, tier, asset),
                "internal", start, start + timedelta(days=rng.randint(2, 5)),
            )
        )  # fmt: skip
    return found
