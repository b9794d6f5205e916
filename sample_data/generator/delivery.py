"""Production deployments, as a pipeline's export: UTC times, states in words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from generator.draw import mixed, pick, skewed, source_of
from generator.files import CELL, Csv, write_csv
from generator.timeline import QUARTERS, Quarter, at, some_day, utc_text

HEADER = (
    "id", "project", "bu", "committed_at", "finished_at", "gates_required", "gates_passed",
    "bypass", "status", "restored_at",
)  # fmt: skip
SERVICES = {
    "Distribution": ("orders", "stock", "routes", "carriers"),
    "Diagnostics": ("results", "lab-sched", "samples"),
    "Home Care": ("visits", "patients"),
    "Europe": ("eu-orders", "eu-tax"),
    "Corporate": ("ledger", "people", "portal"),
}
SHARE = {"Distribution": 38, "Diagnostics": 22, "Home Care": 13, "Europe": 15, "Corporate": 12}
COUNTS = (1105, 1130, 1150, 1175, 1180, 1215, 1250, 1284)
SECURE = (0.881, 0.889, 0.897, 0.911, 0.922, 0.934, 0.941, 0.954)
UNAPPROVED = (41, 36, 30, 24, 17, 11, 7, 3)
APPROVED_SHARE = (0.030, 0.029, 0.027, 0.026, 0.024, 0.023, 0.021, 0.020)
FAILED = (0.148, 0.144, 0.139, 0.131, 0.124, 0.117, 0.111, 0.104)
LEAD_HOURS = (61, 58, 55, 50, 46, 43, 39, 36)
RESTORE_HOURS = (5.2, 5.0, 4.7, 4.6, 4.1, 3.8, 3.6, 3.3)


def write_deployments(folder: Path) -> None:
    """Write the export."""
    rng = source_of("deployments")
    found = [
        each for place, quarter in enumerate(QUARTERS) for each in _quarter(rng, place, quarter)
    ]
    found.sort(key=lambda each: (each[3], each[0], each[1]))
    rows = [_row(place, *each) for place, each in enumerate(found, start=1)]
    write_csv(folder / "cto/gitlab_deployments.csv", Csv(HEADER), _with_extra_gate(rows))


Deployment = tuple[str, str, datetime, datetime, str, bool, datetime | None]


def _quarter(rng: random.Random, place: int, quarter: Quarter) -> Iterator[Deployment]:
    count = COUNTS[place]
    for unit, lead, fate, failed, mend in zip(
        mixed(rng, count, SHARE),
        skewed(rng, count, LEAD_HOURS[place], 0.9),
        _fates(rng, place),
        mixed(rng, count, {True: FAILED[place], False: 1 - FAILED[place]}),
        skewed(rng, count, RESTORE_HOURS[place], 0.8),
        strict=True,
    ):
        day = some_day(rng, quarter)
        clock = time(
            rng.choice((9, 10, 11, 13, 14, 15, 16, 20)), rng.randrange(60), rng.randrange(60)
        )
        live = at(day, clock)
        begun = live - timedelta(minutes=round(lead * 60))
        restored = live + timedelta(minutes=round(mend * 60)) if failed else None
        if restored and (restored > at(QUARTERS[-1].last_day, time(23)) or rng.random() < 0.01):
            restored = None
        yield pick(rng, SERVICES[unit]), unit, begun, live, fate, failed, restored


def _fates(rng: random.Random, place: int) -> list[str]:
    """How each deployment met its gates: clean, or short with or without approval."""
    count = COUNTS[place]
    insecure = count - round(count * SECURE[place])
    approved = round(count * APPROVED_SHARE[place])
    fates = ["unapproved"] * UNAPPROVED[place] + ["failed"] * (insecure - UNAPPROVED[place])
    fates += ["approved"] * approved
    fates += ["clean"] * (count - len(fates))
    rng.shuffle(fates)
    return fates


def _row(
    place: int, service: str, unit: str, begun: datetime, live: datetime, fate: str, failed: bool,
    restored: datetime | None,
) -> list[CELL]:  # fmt: skip
    required = 3 + (place * 7) % 4
    passed = required if fate == "clean" else required - 1 - place % 2
    return [
        f"D{place:05d}",
        service,
        unit,
        utc_text(begun),
        utc_text(live),
        required,
        passed,
        fate if fate in ("approved", "unapproved") else "none",
        "failed" if failed else "success",
        utc_text(restored),
    ]


def _with_extra_gate(rows: list[list[CELL]]) -> list[list[CELL]]:
    """One record counts a gate twice: more gates passed than there were."""
    place = 3_300
    wrong = list(rows[place])
    wrong[6] = int(wrong[5] or 0) + 1
    return [*rows[:place], wrong, *rows[place + 1 :]]
