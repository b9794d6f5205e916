"""Control coverage by quarter (a spreadsheet saved with semicolons) and the CSF 2.0 profile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.company import TIERS, UNIT_WEIGHTS, UNITS
from generator.draw import between, source_of
from generator.files import CELL, Csv, write_csv
from generator.timeline import QUARTERS

COVERAGE_HEADER = ("Quarter", "Control", "Unit", "Tier", "In scope", "Seen working")
POPULATION = {
    "EDR": (120, 900, 7200),
    "SIEM logging": (120, 880, 1500),
    "Firewall review": (64, 210, 0),
    "MFA": (260, 1400, 6900),
    "PAM": (190, 620, 0),
    "Tested restore": (120, 640, 0),
}
FIRST_AND_LAST = {
    "EDR": ((0.955, 0.988), (0.93, 0.975), (0.945, 0.983)),
    "SIEM logging": ((0.90, 0.968), (0.84, 0.93), (0.80, 0.90)),
    "Firewall review": ((0.82, 0.94), (0.70, 0.87), (0, 0)),
    "MFA": ((0.95, 0.99), (0.92, 0.975), (0.93, 0.982)),
    "PAM": ((0.83, 0.95), (0.70, 0.87), (0, 0)),
    "Tested restore": ((0.56, 0.66), (0.44, 0.54), (0, 0)),
}
"""Share working in the first and the last quarter, for each tier."""
WEAK = {("PAM", "Europe"): 0.74, ("Tested restore", "Diagnostics"): 0.82}
CSF_HEADER = ("quarter", "category_id", "current", "target")
CSF = {
    "GV.OC": (2.5, 3.0, 3.0, 0),
    "GV.RM": (2.0, 2.5, 3.0, 0),
    "GV.RR": (2.0, 2.0, 3.0, 0),
    "GV.PO": (2.5, 3.0, 3.0, 0),
    "GV.OV": (2.0, 2.5, 3.0, 0),
    "GV.SC": (1.5, 1.5, 3.0, 0),
    "ID.AM": (2.0, 2.5, 3.5, 0),
    "ID.RA": (2.0, 3.0, 3.0, 0),
    "ID.IM": (0, None, 3.0, 8),
    "PR.AA": (2.0, 3.0, 3.5, 0),
    "PR.AT": (0, None, 3.0, 8),
    "PR.DS": (2.0, 2.0, 3.0, 0),
    "PR.PS": (2.0, 2.5, 3.5, 2),
    "PR.IR": (1.5, 1.5, 3.0, 0),
    "DE.CM": (2.0, 3.0, 3.5, 0),
    "DE.AE": (2.0, 3.0, 3.0, 0),
    "RS.MA": (2.0, 2.5, 3.0, 0),
    "RS.AN": (0, None, 3.0, 8),
    "RS.CO": (2.0, 2.5, 3.0, 5),
    "RS.MI": (0, None, 3.0, 8),
    "RC.RP": (1.0, 1.0, 3.0, 0),
    "RC.CO": (0, None, 2.5, 8),
}
"""Category: rating in the first quarter, in the last, target, quarters before it was assessed."""


def write_coverage(folder: Path) -> None:
    """Write the coverage sheet."""
    shape = Csv(COVERAGE_HEADER, delimiter=";")
    write_csv(folder / "ciso/control_coverage.csv", shape, _coverage())


def _coverage() -> Iterator[tuple[CELL, ...]]:
    rng = source_of("control_coverage")
    for control, sizes in POPULATION.items():
        shares = [between(first, last, len(QUARTERS)) for first, last in FIRST_AND_LAST[control]]
        for place, quarter in enumerate(QUARTERS):
            for unit in UNITS:
                for tier, size, share in zip(TIERS, sizes, shares, strict=True):
                    scope = round(size * UNIT_WEIGHTS[unit] * (1 + 0.006 * place))
                    if scope:
                        held = share[place] * WEAK.get((control, unit), 1.0)
                        working = round(scope * min(1, held + rng.uniform(-0.008, 0.008)))
                        yield str(quarter), control, unit, tier, scope, working


def write_csf(folder: Path) -> None:
    """Write the profile; a category without a rating is not assessed."""
    rows = [
        (str(quarter), category, _rating(first, last, place, late), target)
        for place, quarter in enumerate(QUARTERS)
        for category, (first, last, target, late) in CSF.items()
    ]
    write_csv(folder / "ciso/csf_profile.csv", Csv(CSF_HEADER), rows)


def _rating(first: float, last: float | None, place: int, late: int) -> float | None:
    """A rating in halves that moves from the first to the last over the eight quarters."""
    if last is None or place < late:
        return None
    return round(2 * (first + (last - first) * place / (len(QUARTERS) - 1))) / 2
