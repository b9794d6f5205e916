"""The investment plan, as the workbook that the CTO's office keeps: a preamble, dollar formats."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.draw import source_of
from generator.files import CELL, write_workbook
from generator.timeline import Quarter, quarters_from

PREAMBLE = (
    "Corvane Medical Supply, Inc. - technology and security investments",
    "Office of the CTO, 9 October 2026. US dollars. Blank: not closed, or not yet confirmed.",
)
HEADER = (
    "ID", "Initiative", "Owner", "Objective", "Risks", "Quarter", "Plan cost", "Actual cost",
    "Plan benefit", "Realized benefit",
)  # fmt: skip
PLAN = quarters_from(Quarter(2025, 1), 12)
CLOSED = 7
"""Quarters with actual cost: to 2026-Q3."""


@dataclass(frozen=True)
class Initiative:
    """One initiative; money in thousands of dollars a quarter."""

    name: str
    owner: str
    objective: str
    risks: str
    build: tuple[int, ...]
    """Cost in each quarter from its first, then ``run`` to the end."""
    run: int
    starts: int
    benefit: int
    """A quarter, once it has grown in."""
    grows_in: int
    """Quarters from the start until the benefit is full."""
    spend: float = 1.0
    """Actual over planned cost."""
    gain: float = 1.0
    """Realized over planned benefit."""


INITIATIVES = {
    "I-1": Initiative("Endpoint detection, all units", "CISO", "protect", "R-01;R-03",
                      (620, 540, 420), 160, 0, 420, 4, 1.03, 1.06),
    "I-2": Initiative("Identity and privileged access", "CISO", "protect", "R-07;R-06",
                      (380, 460, 460, 380), 150, 1, 360, 5, 0.98, 0.93),
    "I-3": Initiative("Immutable backup, phase one", "CTO", "protect", "R-01;R-03",
                      (300, 420, 480, 420), 120, 4, 390, 4, 0.46, 0.35),
    "I-4": Initiative("Secure delivery pipeline", "CTO", "modernize", "R-09;R-07",
                      (260, 280, 240, 200), 90, 0, 270, 4, 1.01, 1.08),
    "I-5": Initiative("Order platform replacement", "CTO", "grow", "R-02;R-08",
                      (700, 900, 1000, 1000, 900, 800), 260, 2, 1450, 7, 1.17, 0.88),
    "I-6": Initiative("Data protection for Europe", "GC", "comply", "R-10;R-04",
                      (120, 160, 140), 60, 3, 120, 4, 0.95, 0.97),
    "I-7": Initiative("Legacy system retirement", "COO", "save", "R-08;R-03",
                      (210, 240, 240, 200), 40, 1, 250, 4, 0.99, 1.02),
}  # fmt: skip


def write_investments(folder: Path) -> None:
    """Write the workbook."""
    path = folder / "cto/investment_plan.xlsx"
    write_workbook(path, "Plan", PREAMBLE, HEADER, _rows(source_of("investments")))


def _rows(rng: random.Random) -> Iterator[list[CELL]]:
    for number, each in INITIATIVES.items():
        for place, quarter in enumerate(PLAN):
            age = place - each.starts
            cost = 0 if age < 0 else (each.build[age] if age < len(each.build) else each.run)
            grown = min(1.0, max(0.0, age / each.grows_in))
            benefit = round(each.benefit * grown)
            booked = place < CLOSED
            confirmed = place < CLOSED - (1 if each.objective == "grow" else 0)
            yield [
                number, each.name, each.owner, each.objective, each.risks, str(quarter),
                cost * 1_000,
                _about(rng, cost, each.spend) if booked else None,
                benefit * 1_000,
                _about(rng, benefit, each.gain) if confirmed else None,
            ]  # fmt: skip


def _about(rng: random.Random, planned: int, factor: float) -> int:
    return round(planned * factor * rng.uniform(0.96, 1.04) * 10) * 100
