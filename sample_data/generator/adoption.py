"""Users of each technology at quarter end, from the portfolio that is kept by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.draw import source_of
from generator.files import CELL, Csv, write_csv
from generator.timeline import QUARTERS

HEADER = ("quarter", "technology_id", "users_planned", "users_actual")
FAR_BEHIND = "T-27"
NOT_COUNTED = "T-24"
"""Nobody has counted its users yet."""


def write_adoption(folder: Path) -> None:
    """Write planned and actual users of what is live."""
    with (folder / "cto/technology_portfolio.csv").open(encoding="utf-8", newline="") as lines:
        live = [row for row in csv.DictReader(lines) if row["live_on"]]
    write_csv(folder / "cto/technology_adoption.csv", Csv(HEADER), _rows(live))


def _rows(portfolio: list[dict[str, str]]) -> Iterator[tuple[CELL, ...]]:
    rng = source_of("technology_adoption")
    reach = {row["technology_id"]: rng.randrange(8, 120) * 10 for row in portfolio}
    skill = {row["technology_id"]: rng.uniform(0.86, 1.04) for row in portfolio}
    for quarter in QUARTERS:
        for row in portfolio:
            live = date.fromisoformat(row["live_on"])
            gone = row["retired_on"] and date.fromisoformat(row["retired_on"]) <= quarter.last_day
            if live > quarter.last_day or gone:
                continue
            name = row["technology_id"]
            months = min(12, max(1, round((quarter.last_day - live).days / 30.4)))
            planned = round(reach[name] * (0.25 + 0.75 * months / 12))
            share = 0.31 if name == FAR_BEHIND else skill[name]
            actual = None if name == NOT_COUNTED else round(planned * share)
            yield str(quarter), name, planned, actual
