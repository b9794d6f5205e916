"""The FedRAMP plan: a preamble, open and closed sheets, and dates with the month first."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from tests.unit.readers.checked import read_checks
from tests.unit.readers.scans import csv_of

HEADER = (
    *("POAM ID", "Controls", "Weakness Name", "Weakness Description", "Weakness Detector Source"),
    *("Weakness Source Identifier", "Asset Identifier", "Point of Contact"),
    *("Original Detection Date", "Scheduled Completion Date", "Status Date"),
    *("Original Risk Rating", "Adjusted Risk Rating", "Risk Adjustment", "Comments"),
)


def row(name: str, **cells: str) -> dict[str, str]:
    """An item with some of its cells changed."""
    usual = {
        "POAM ID": name,
        "Weakness Name": f"Weakness {name}",
        "Original Detection Date": "5/5/2026",
        "Scheduled Completion Date": "08/13/2026",
        "Status Date": "8/5/2026",
        "Original Risk Rating": "Moderate",
        "Adjusted Risk Rating": "N/A",
    }
    return usual | {key.replace("_", " "): text for key, text in cells.items()}


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for cells in rows:
            sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cells_of(item: dict[str, object], header: tuple[str, ...] = HEADER) -> list[object]:
    return [item.get(name) for name in header]


def test_a_csv_of_open_items(tmp_path: Path) -> None:
    """A date that is no ISO date is read month first; the rating is the original one."""
    content = csv_of(
        HEADER,
        row(
            "V-1",
            Original_Risk_Rating="High",
            Adjusted_Risk_Rating="Low",
            Risk_Adjustment="Pending",
        ),
        row("V-2", Scheduled_Completion_Date="TBD"),
        row("V-3", Original_Risk_Rating="Severe"),
        row("V-4", Original_Detection_Date="13/05/2026"),
    )
    got = read_checks(tmp_path, "poam.csv", content, table="audit_findings")
    assert got.reader == "fedramp-poam"
    assert got.ends == (4, 2, 2, 0, 0)
    assert got.column("severity") == ["high", "medium"]
    assert got.column("raised_on") == ["2026-05-05"] * 2
    assert got.column("due_on") == ["2026-08-13", None]
    assert got.column("closed_on") == [None, None]
    assert (got.column("origin"), got.column("owner_role")) == ([None] * 2, [None] * 2)


def test_a_csv_of_closed_items(tmp_path: Path) -> None:
    more = '[source.columns]\nclosed_on = "Status Date"\nseverity = "Adjusted Risk Rating"\n'
    content = csv_of(HEADER, row("V-1", Adjusted_Risk_Rating="Low"))
    got = read_checks(tmp_path, "poam.csv", content, more, table="audit_findings")
    assert (got.column("closed_on"), got.column("severity")) == (["2026-08-05"], ["low"])


def test_the_workbook(tmp_path: Path) -> None:
    """Both sheets below their preamble, columns in an order of their own, typed dates."""
    preamble: list[list[object]] = [["CSP", "System"], ["Example", "Cloud"], [None], [None]]
    day = date(2026, 5, 6)
    opened = row("V-1") | {"Original Detection Date": day}
    turned = tuple(reversed(HEADER[:-1]))
    content = workbook(
        Open_POAM_Items=[*preamble, list(HEADER), cells_of(opened), cells_of(row("V-2"))],
        Closed_POAM_Items=[list(turned), cells_of(row("V-3"), turned)],
        Notes=[["Anything"]],
    )
    got = read_checks(tmp_path, "poam.xlsx", content, table="audit_findings")
    assert got.reader == "fedramp-poam"
    assert got.ends == (3, 3, 0, 0, 0)
    assert got.column("audit_finding_id") == ["V-1", "V-2", "V-3"]
    assert got.column("raised_on") == ["2026-05-06", "2026-05-05", "2026-05-05"]
    assert got.column("closed_on") == [None, None, "2026-08-05"]
    assert list(got.loaded.tables.frame("audit_findings")["_line"]) == [6, 7, 2]
