"""What the loss model is told beyond the register: Open FAIR's factors, and bad years together.

Each scenario comes to about the expected loss that its intervals in the register imply, so that
the register can be checked against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from generator.files import CELL, Csv, write_csv
from generator.risks import EVENTS_OVER_TIME
from generator.timeline import QUARTERS

INPUT_HEADER = (
    "quarter", "risk_id", "input", "loss_form", "part", "shape", "low", "likely", "high", "weight",
    "count", "dispersion", "cap", "truncate_above", "basis", "reviewed_on",
)  # fmt: skip
CORRELATION_HEADER = ("quarter", "risk_id", "other_risk_id", "rank_correlation", "basis")
FIRST = 3
"""Place of the quarter from which three scenarios are described by their factors: 2025-Q3."""


@dataclass(frozen=True)
class Input:
    """One factor of a scenario; dollars or hours an event, or events a year as of now."""

    risk: str
    name: str
    shape: str
    low: float | None
    high: float | None
    basis: str
    form: str = ""
    likely: float | None = None
    weight: float | None = None
    count: str = ""
    dispersion: float | None = None
    cap: int | None = None
    truncate_above: int | None = None
    moves: bool = False
    """True for a belief that moved over the quarters as the register's did."""


INPUTS = (
    Input("R-01", "threat_event_frequency", "lognormal", 1.0, 6.0,
          "Intrusions at warehouses that reached a second machine, and reports of the sector",
          moves=True),
    Input("R-01", "vulnerability", "beta", 0.015, 0.085,
          "Share of such intrusions that spread, by the last two purple-team exercises"),
    Input("R-01", "primary_loss", "lognormal", 3_000_000, 38_000_000,
          "Margin of an order day times days down; all centers for a month at most",
          "productivity", cap=90_000_000),
    Input("R-01", "primary_loss", "lognormal", 900_000, 8_000_000,
          "Retainer of the response firm and overtime in two exercises", "response"),
    Input("R-01", "primary_loss", "lognormal", 400_000, 6_000_000,
          "Book value of controllers and servers at one to four centers", "replacement"),
    Input("R-01", "secondary_loss_frequency", "beta", 0.25, 0.60,
          "How often customers or authorities followed up in cases of the sector"),
    Input("R-01", "secondary_loss", "lognormal", 2_000_000, 32_000_000,
          "Contracts that may be ended after three days without delivery", "reputation"),
    Input("R-01", "secondary_loss", "lognormal", 300_000, 6_000_000,
          "Penalties in delivery contracts, and settlements on record", "fines_and_judgments"),
    Input("R-01", "outage_hours", "lognormal", 24, 240,
          "Restores rehearsed at one center, times the centers that share a system"),
    Input("R-04", "loss_event_frequency", "lognormal", 0.06, 0.30,
          "The register's interval; breaches come in clusters, as vendors share weaknesses",
          count="negative_binomial", dispersion=0.4, moves=True),
    Input("R-04", "primary_loss", "pert", 300_000, 10_000_000,
          "Forensics, notices and call center for 2,000 to 400,000 patients", "response",
          likely=1_800_000, weight=4),
    Input("R-04", "secondary_loss_frequency", "beta", 0.20, 0.60,
          "Share of reported breaches that a regulator or a court took up"),
    Input("R-04", "secondary_loss", "lognormal", 900_000, 40_000_000,
          "Resolution agreements and class settlements of providers of our size",
          "fines_and_judgments", truncate_above=80_000_000),
    Input("R-05", "loss_event_frequency", "history", 0.25, 1.00,
          "Our own incidents since October 2024, beginning from the sector's figures"),
    Input("R-05", "primary_loss", "history", 90_000, 1_700_000,
          "Cost booked for our own incidents, beginning from the sector's figures", weight=10),
)  # fmt: skip
CORRELATIONS = (
    ("R-01", "R-03", 0.5, "The same groups, and backups that share a weakness"),
    ("R-01", "R-02", 0.2, "Carriers and we are attacked in the same campaigns"),
    ("R-04", "R-06", 0.3, "The same data, and the same filter that is missing"),
    ("R-05", "R-07", 0.2, "Both begin with a mailbox that was taken over"),
)


def write_risk_inputs(folder: Path) -> None:
    """Write the factors of three scenarios, and the correlations of every quarter."""
    write_csv(folder / "ciso/risk_inputs.csv", Csv(INPUT_HEADER), _inputs())
    write_csv(folder / "ciso/risk_correlations.csv", Csv(CORRELATION_HEADER), _correlations())


def _inputs() -> Iterator[tuple[CELL, ...]]:
    for place, quarter in enumerate(QUARTERS[FIRST:], start=FIRST):
        for each in INPUTS:
            factor = EVENTS_OVER_TIME[place] if each.moves else 1
            yield (
                str(quarter), each.risk, each.name, each.form, None, each.shape,
                _times(each.low, factor), each.likely, _times(each.high, factor), each.weight,
                each.count, each.dispersion, each.cap, each.truncate_above, each.basis,
                (quarter.last_day - timedelta(days=4)).isoformat(),
            )  # fmt: skip


def _times(value: float | None, factor: float) -> float | None:
    return value if value is None or factor == 1 else round(value * factor, 3)


def _correlations() -> Iterator[tuple[CELL, ...]]:
    for quarter in QUARTERS:
        for pair in CORRELATIONS:
            yield str(quarter), *pair
