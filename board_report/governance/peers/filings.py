"""Read the filings that the program ships: a compressed table, and a file that says what it is."""

from __future__ import annotations

import csv
import gzip
import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from board_report.governance.peers.blocks import BLOCKS, FLAGS
from board_report.governance.peers.records import DataSet, Filing

HERE = Path(__file__).parent
COLUMNS = (
    *("cik", "name", "sic", "form", "period", "filed", "accession", "flags"),
    *(block.id for block in BLOCKS),
)
"""Of the table; days as 20251231."""
_ANSWERS = {"t": True, "f": False}
"""One letter for each flag, in their order; a dash where it is not tagged."""


@cache
def load_filings() -> DataSet:
    """The filings shipped with the program."""
    text = gzip.decompress((HERE / "filings.csv.gz").read_bytes()).decode("utf-8")
    about = about_data()["filings"]
    return DataSet(
        filings=tuple(read_filings(text)),
        source=about["source"],
        made_on=about["made_on"],
        filed_from=about["filed_from"],
        filed_to=about["filed_to"],
        year_ends_from=about["year_ends_from"],
        year_ends_to=about["year_ends_to"],
        notes=tuple(about["notes"]),
    )


@cache
def about_data() -> Mapping[str, Any]:
    """What ``about.toml`` says of the data."""
    return tomllib.loads((HERE / "about.toml").read_text(encoding="utf-8"))


def read_filings(text: str) -> Iterator[Filing]:
    """Filings from the text of the table.

    Raises:
        ValueError: the columns are not those of :data:`COLUMNS`, or a cell cannot be read.
    """
    rows = csv.reader(io.StringIO(text))
    if tuple(next(rows, ())) != COLUMNS:
        raise ValueError("the table of filings has other columns")
    first = COLUMNS.index("flags") + 1
    flags = [flag.id for flag in FLAGS]
    blocks = COLUMNS[first:]
    for cells in rows:
        cik, name, sic, form, period, filed, accession, letters = cells[:first]
        yield Filing(
            cik=int(cik),
            name=name,
            sic=sic,
            form=form,
            period=_day(period),
            filed_on=_day(filed),
            accession=accession,
            flags={
                flag: _ANSWERS[letter]
                for flag, letter in zip(flags, letters, strict=True)
                if letter != "-"
            },
            lengths={
                block: int(cell) for block, cell in zip(blocks, cells[first:], strict=True) if cell
            },
        )


@cache
def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))
