"""The result of each requirement of each framework, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.files import CELL, Csv, write_csv
from generator.requirements import FRAMEWORKS
from generator.timeline import QUARTERS

HEADER = ("quarter", "framework", "requirement_id", "requirement", "result", "assessor")
ASSESSOR = {
    "soc2": "external",
    "iso27001": "external",
    "hipaa": "internal_audit",
    "gdpr": "self",
    "pci_dss": "external",
}
NOT_APPLICABLE = {"A.8.30", "A.5.3", "Art. 26", "Art. 20", "9.5"}
WEAK: dict[str, tuple[str, int]] = {
    "CC6.3": ("partly_met", 5), "CC7.5": ("partly_met", 9), "CC9.2": ("partly_met", 9),
    "CC3.4": ("partly_met", 2), "CC6.6": ("not_met", 3), "CC8.1": ("partly_met", 4),
    "A.5.19": ("partly_met", 9), "A.5.21": ("not_met", 6), "A.5.29": ("partly_met", 9),
    "A.5.30": ("not_met", 9), "A.8.13": ("partly_met", 9), "A.8.2": ("partly_met", 9),
    "A.8.11": ("not_met", 4), "A.8.12": ("partly_met", 7), "A.5.9": ("partly_met", 3),
    "A.8.31": ("partly_met", 5), "A.5.23": ("partly_met", 6), "A.8.28": ("partly_met", 4),
    "164.308(a)(7)": ("not_met", 9), "164.308(b)(1)": ("partly_met", 9),
    "164.312(a)(1)": ("partly_met", 9), "164.308(a)(5)": ("partly_met", 9),
    "164.312(b)": ("partly_met", 6), "164.310(d)(1)": ("not_met", 4),
    "Art. 28": ("partly_met", 9), "Art. 32": ("partly_met", 9), "Art. 30": ("partly_met", 5),
    "11.6": ("not_met", 3), "8.4": ("partly_met", 4), "6.4": ("partly_met", 2),
}  # fmt: skip
"""Requirement: its result, and for how many quarters (9 means that it still stands)."""
NOT_ASSESSED = {
    "Art. 12": 9, "Art. 16": 9, "Art. 17": 9, "Art. 25": 9, "Art. 35": 9, "Art. 44": 9,
    "Art. 9": 4, "Art. 15": 4, "Art. 34": 5, "A.8.33": 3, "164.314(a)(1)": 2,
    "10.4": 9,
}  # fmt: skip
"""Requirement: for how many quarters nobody had assessed it."""


def write_compliance(folder: Path) -> None:
    """Write the assessments."""
    write_csv(folder / "ciso/compliance_assessments.csv", Csv(HEADER), _rows())


def _rows() -> Iterator[tuple[CELL, ...]]:
    for place, quarter in enumerate(QUARTERS):
        for framework, requirements in FRAMEWORKS.items():
            for number, words in requirements.items():
                result = _result(number, place)
                assessor = "" if result == "not_assessed" else ASSESSOR[framework]
                yield str(quarter), framework, number, words, result, assessor


def _result(number: str, place: int) -> str:
    if number in NOT_APPLICABLE:
        return "not_applicable"
    if place < NOT_ASSESSED.get(number, 0):
        return "not_assessed"
    result, quarters = WEAK.get(number, ("met", 0))
    return result if place < quarters else "met"
