"""The risk register: twelve scenarios with 90% intervals at each quarter end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from generator.files import CELL, Csv, write_csv
from generator.timeline import QUARTERS

HEADER = (
    "quarter", "risk_id", "title", "short_title", "business_unit", "owner_role", "events_low",
    "events_high", "loss_low", "loss_high", "treatment", "reviewed_on",
)  # fmt: skip
SCENARIOS = {
    "R-01": ("Ransomware stops distribution centers", "Warehouse ransomware", "Distribution",
             "COO", 0.05, 0.26, 5.0, 70.0, "mitigate"),
    "R-02": ("Outage at a third party that carries orders", "Third-party outage", "Distribution",
             "COO", 0.12, 0.52, 1.2, 22.0, "mitigate"),
    "R-03": ("Ransomware at laboratory systems", "Laboratory ransomware", "Diagnostics", "CTO",
             0.06, 0.32, 1.5, 18.0, "mitigate"),
    "R-04": ("Patient data exposed", "Patient data breach", "Home Care", "CISO", 0.06, 0.30, 1.0,
             20.0, "mitigate"),
    "R-05": ("Payment redirected by fraud", "Payment fraud", "Corporate", "CFO", 0.30, 1.10, 0.08,
             1.6, "transfer"),
    "R-06": ("Insider takes customer or product data", "Insider data theft", "Corporate", "CISO",
             0.08, 0.35, 0.2, 4.0, "mitigate"),
    "R-07": ("Cloud account taken over", "Cloud takeover", "Corporate", "CTO", 0.05, 0.30, 0.5,
             8.0, "mitigate"),
    "R-08": ("Ordering portal made unavailable", "Portal unavailable", "Distribution", "CTO", 0.15,
             0.70, 0.1, 1.8, "mitigate"),
    "R-09": ("Tampered software update", "Tampered update", "Diagnostics", "CTO", 0.01, 0.08, 1.5,
             25.0, "mitigate"),
    "R-10": ("European data transfer halted", "Data transfer halted", "Europe", "GC", 0.02, 0.12,
             0.8, 9.0, "accept"),
    "R-11": ("Cold-chain monitoring tampered with", "Cold-chain tampering", "Distribution", "COO",
             0.02, 0.12, 0.6, 9.0, "mitigate"),
    "R-12": ("Confidential data given to an AI tool", "Data in AI tools", None, "CTO", 0.20, 0.90,
             0.05, 1.2, "mitigate"),
}  # fmt: skip
EVENTS_OVER_TIME = (1.16, 1.14, 1.11, 1.08, 1.05, 1.00, 0.94, 1.00)
"""How often owners expected a loss in each quarter, against the belief of the latest one.

It fell as detection improved and rose after the incident at laboratory scheduling.
"""


def write_risks(folder: Path) -> None:
    """Write the register of every quarter."""
    write_csv(folder / "ciso/risk_register.csv", Csv(HEADER), _rows())


def _rows() -> Iterator[tuple[CELL, ...]]:
    for place, quarter in enumerate(QUARTERS):
        for number, (risk, row) in enumerate(SCENARIOS.items()):
            title, short, unit, owner, few, many, small, large, treatment = row
            factor = EVENTS_OVER_TIME[place] * (0.72 if risk == "R-03" and place < 7 else 1)
            reviewed = quarter.last_day - timedelta(days=4 + number)
            yield (
                str(quarter), risk, title, short, unit, owner, round(few * factor, 3),
                round(many * factor, 3), round(small * 1_000_000), round(large * 1_000_000),
                treatment, reviewed.isoformat(),
            )  # fmt: skip
