"""A date of closing counts while the tool says closed, and is asked for where it does."""

from __future__ import annotations

import pytest

from board_report.project import SourceSpec
from board_report.sources.readers.vulnerabilities.closing import closed_when
from board_report.tables.column_rules import made

SOURCE = SourceSpec(table="vulnerability_findings", file="", missing=("'-",))


@pytest.mark.parametrize(
    ("state", "date", "expected"),
    [
        ("Fixed", "06/07/2021 22:53:26", "06/07/2021 22:53:26"),
        ("FIXED", "06/07/2021", "06/07/2021"),
        ("Patched (all)", "06/07/2021", "06/07/2021"),
        ("Active", "06/07/2021 22:53:26", ""),
        ("Re-Opened", "06/07/2021", ""),
        ("Not fixed", "06/07/2021", ""),
        ("Fixed later", "06/07/2021", ""),
        ("", "06/07/2021", ""),
        ("Active", "", ""),
        ("", "", ""),
        ("Fixed", "", "Fixed"),
        ("Fixed", "'-", "Fixed"),
        ("Fixed", "a|b\nc", "a|b\nc"),
        ("Active|Fixed", "06/07/2021", ""),
    ],
)
def test_closed_when(state: str, date: str, expected: str) -> None:
    """The date of a closed row, the state of one that lacks it, and nothing for all others."""
    rule = closed_when("Status", "Last Fixed", "Fixed", "Patched (all)")
    assert made(rule, [[state], [date]], SOURCE) == [expected]
