"""What each initiative costs a year, and what it was promised to take away from a risk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.files import CELL, Csv, write_csv
from generator.investments import INITIATIVES, PLAN

HEADER = (
    "initiative_id", "name", "owner_role", "leader", "decision", "annual_cost", "one_off_cost",
    "planned_benefit", "life_years", "starts_on", "requires", "excludes", "must_stay",
    "technology_id",
)  # fmt: skip
EFFECT_HEADER = (
    "initiative_id", "risk_id", "metric_id", "acts_on", "low", "high", "effective_on",
    "promised_on", "basis",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Where an initiative of the investment plan stands; its cost is the plan's."""

    leader: str
    decision: str
    life_years: int
    must_stay: bool = False
    technology: str = ""


STANDINGS = {
    "I-1": Standing("CISO", "in_place", 5),
    "I-2": Standing("CISO", "in_place", 5),
    "I-3": Standing("CTO", "committed", 6),
    "I-4": Standing("CTO", "in_place", 5),
    "I-5": Standing("CTO", "committed", 8, technology="T-34"),
    "I-6": Standing("BOTH", "in_place", 6, must_stay=True),
    "I-7": Standing("CTO", "in_place", 6),
}
BEYOND_THE_PLAN: tuple[tuple[CELL, ...], ...] = (
    ("I-8", "Immutable backup, phase two", "CTO", "BOTH", "proposed", 300_000, 2_700_000, None, 8,
     "2027-01-04", "I-3", "I-9", None, None),
    ("I-9", "Immutable backup, laboratories only", "CTO", "BOTH", "proposed", 140_000,
     1_100_000, None, 8, "2027-01-04", "I-3", "I-8", None, None),
    ("I-10", "Customer data platform", "CTO", "CTO", "committed", 240_000, 1_240_000, 980_000, 4,
     "2026-10-01", None, None, None, "T-32"),
    ("I-11", "Network segments at distribution centers", "CISO", "CISO", "proposed", 180_000,
     900_000, None, 6, "2027-02-01", None, None, None, None),
)  # fmt: skip
"""Those that the board is asked for, and a technology on its way that opens risks."""

EFFECTS: tuple[tuple[CELL, ...], ...] = (
    ("I-1", "R-01", None, "frequency", 0.20, 0.45, "2025-09-30", "2025-01-28",
     "Simulated attacks before and after, at two units"),
    ("I-1", "R-03", None, "frequency", 0.15, 0.40, "2025-09-30", "2025-01-28",
     "Simulated attacks before and after, at two units"),
    ("I-2", "R-07", None, "frequency", 0.30, 0.60, "2025-07-14", "2025-04-29",
     "Share of takeovers elsewhere that began with a reused sign-in"),
    ("I-2", "R-06", None, "frequency", 0.20, 0.50, "2025-09-01", "2025-04-29",
     "Accounts of leavers that were still open"),
    ("I-2", None, "crown_jewels_zero_trust", "kpi", 0.03, 0.10, "2026-03-31", "2025-04-29",
     "Systems that move with their sign-in"),
    ("I-3", "R-01", None, "magnitude", 0.10, 0.30, "2026-12-31", "2026-01-27",
     "Days down with and without a clean copy, in one rehearsal"),
    ("I-3", "R-03", None, "magnitude", 0.15, 0.40, "2026-12-31", "2026-01-27",
     "Days down with and without a clean copy, in one rehearsal"),
    ("I-4", "R-09", None, "frequency", 0.15, 0.45, "2025-12-31", "2025-01-28",
     "Builds that would have been stopped"),
    ("I-4", None, "secure_code_deployment_rate", "kpi", 0.02, 0.06, "2025-12-31", "2025-01-28",
     "Deployments that passed around a gate before"),
    ("I-5", "R-02", None, "frequency", 0.10, 0.30, "2027-06-30", "2025-07-29",
     "Orders that can go by a second carrier"),
    ("I-5", "R-08", None, "frequency", 0.20, 0.50, "2027-06-30", "2025-07-29",
     "Load that the new platform stands in its trial"),
    ("I-6", "R-10", None, "frequency", 0.20, 0.50, "2026-06-30", "2025-10-28",
     "Transfers that no longer leave Europe"),
    ("I-6", "R-04", None, "magnitude", 0.02, 0.12, "2026-06-30", "2025-10-28",
     "Records kept shorter than before"),
    ("I-7", "R-08", None, "frequency", 0.05, 0.25, "2025-09-30", "2025-04-29",
     "Portal outages that began at an old server"),
    ("I-7", "R-03", None, "frequency", 0.05, 0.20, "2026-06-30", "2025-04-29",
     "Share of flaws on systems past support"),
    ("I-7", None, "security_debt_burned_down", "kpi", 0.04, 0.12, "2026-06-30", "2025-04-29",
     "Flaws that leave with their system"),
    ("I-8", "R-01", None, "magnitude", 0.20, 0.45, "2027-12-31", None,
     "As phase one, for all centers"),
    ("I-8", "R-03", None, "magnitude", 0.15, 0.40, "2027-09-30", None,
     "As phase one, for all laboratories"),
    ("I-8", None, "exercise_actions_closed", "kpi", 0.02, 0.08, "2027-12-31", None,
     "Actions of recovery that wait for it"),
    ("I-9", "R-03", None, "magnitude", 0.15, 0.40, "2027-06-30", None,
     "As phase one, for all laboratories"),
    ("I-10", "R-04", None, "frequency", -0.25, -0.05, "2027-03-15", None,
     "One more place that holds data of patients and customers"),
    ("I-10", "R-10", None, "frequency", -0.40, -0.10, "2027-03-15", None,
     "Data of European customers with a processor elsewhere"),
    ("I-10", None, "secure_adoption_rate", "kpi", 0.00, 0.02, "2027-03-15", None,
     "One more launch that came through its review"),
    ("I-11", "R-01", None, "magnitude", 0.15, 0.40, "2027-08-31", None,
     "Centers that an intruder reaches from one of them"),
    ("I-11", None, "crown_jewels_zero_trust", "kpi", 0.02, 0.06, "2027-08-31", None,
     "Crown jewels at distribution centers"),
)  # fmt: skip


def write_initiatives(folder: Path) -> None:
    """Write the initiatives and their effects."""
    write_csv(folder / "cto/initiatives.csv", Csv(HEADER), _rows())
    write_csv(folder / "cto/initiative_effects.csv", Csv(EFFECT_HEADER), EFFECTS)


def _rows() -> Iterator[tuple[CELL, ...]]:
    for number, each in INITIATIVES.items():
        standing = STANDINGS[number]
        yield (
            number, each.name, each.owner, standing.leader, standing.decision, 4_000 * each.run,
            1_000 * sum(each.build), None, standing.life_years,
            PLAN[each.starts].first_day.isoformat(), None, None,
            "true" if standing.must_stay else None, standing.technology,
        )  # fmt: skip
    yield from BEYOND_THE_PLAN
