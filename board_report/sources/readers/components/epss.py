"""FIRST's exploit predictions (EPSS), as FIRST publishes them: the day's CSV file, or its API."""

from __future__ import annotations

import re
from dataclasses import replace

from board_report.model import RawRow
from board_report.project import ColumnRule, SourceSpec
from board_report.sources.decode import lenient
from board_report.sources.grid import Grid
from board_report.sources.kinds import Kind, kind_of
from board_report.sources.reader import Evidence, Header, Reader, Records
from board_report.sources.records import read_records
from board_report.sources.text import read_text

_ABOVE = re.compile(r"score_date:\s*([^,\s]+)")
_HEAD = 1000
"""Bytes in which the comment above the header lies."""


def read(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each CVE, each with the date of the scores that stands above the header.

    Raises:
        ReadFaultError: neither text with a header nor JSON records.
    """
    if kind_of(spec.file, content) in (Kind.JSON, Kind.JSON_LINES):
        return read_records(content, spec)
    grid = read_text(content, spec)
    above = _ABOVE.search(lenient(content[:_HEAD]).partition("\n")[0])
    if not above:
        return grid
    # In front, so that a row with too few or too many cells is still seen as one.
    header = RawRow(grid.header.line, ("score_date", *grid.header.cells))
    rows = tuple(RawRow(row.line, (above[1], *row.cells)) for row in grid.rows)
    return replace(grid, header=header, rows=rows)


READERS = (
    Reader(
        id="first-epss",
        tool="FIRST",
        export="exploit predictions (EPSS), as the day's CSV file or the API's JSON",
        preset=SourceSpec(
            table="exploit_predictions",
            file="",
            columns={"cve": "cve", "epss": "epss", "percentile": "percentile"},
            rules={
                # The day that FIRST names, not the one that midnight UTC falls on elsewhere.
                "scored_on": ColumnRule(("score_date", "date"), how="first", split="T"),
            },
        ),
        signatures=(
            Header(has=("cve", "epss", "percentile")),
            Records(at="data.*", has=("cve", "epss", "percentile", "date")),
        ),
        read=read,
        evidence=Evidence.DOCUMENTED,
        reference="FIRST, EPSS, Data and statistics; FIRST, EPSS API",
        traps=(
            "A score holds for the day on which it was made: keep the file of the last day of each "
            "quarter, which FIRST still offers later.",
            "FIRST renews the model every year or two, and scores of two versions are not "
            "comparable: a change between quarters may be the model's.",
            "A file without the line above its header does not say its date: give "
            "constants.scored_on.",
            "The API answers with 100 CVEs at a time; findings whose CVE is not among them are "
            "counted as without a score.",
        ),
    ),
)
