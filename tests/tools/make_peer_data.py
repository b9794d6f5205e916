"""Make the table of filings that the program ships, from one folded out of the SEC's data sets.

The Commission's Financial Statement and Notes data sets have one row for each text of a filing.
The table that is read here has one row for each filing: ``adsh, cik, name, sic, form, period,
filed, taxonomy``, a column for each yes-or-no fact (``true``, ``false`` or empty) and one for the
length of each text block (``processes_chars``, empty where it is not tagged)::

    python -m tests.tools.make_peer_data peer_disclosures.csv.gz
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from board_report.governance.peers.blocks import BLOCKS, FLAGS
from board_report.governance.peers.filings import COLUMNS, HERE, about_data
from board_report.governance.peers.peer_set import FORMS

TABLE = HERE / "filings.csv.gz"
_LETTERS = {"true": "t", "false": "f", "": "-"}
_ANNUAL = {form for forms in FORMS.values() for form in forms}


def shipped_text(folded: str) -> str:
    """The table as it is shipped: annual reports alone, by CIK, year and day of filing.

    Raises:
        ValueError: counts and days are not those that ``about.toml`` gives.
        KeyError: a column is missing, or a fact is neither true, false nor empty.
    """
    rows = sorted(
        (row for row in csv.DictReader(io.StringIO(folded)) if row["form"] in _ANNUAL),
        key=lambda row: (int(row["cik"]), row["period"], row["filed"], row["adsh"]),
    )
    _check(rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_shipped(row) for row in rows)
    return out.getvalue()


def _shipped(row: Mapping[str, str]) -> list[str]:
    return [
        *(row[name] for name in ("cik", "name", "sic", "form", "period", "filed", "adsh")),
        "".join(_LETTERS[row[flag.id]] for flag in FLAGS),
        *(row[f"{block.id}_chars"] for block in BLOCKS),
    ]


def _check(rows: Iterable[Mapping[str, str]]) -> None:
    about = about_data()["filings"]
    filed = sorted(row["filed"] for row in rows)
    found = (len(filed), filed[0], filed[-1])
    said = (
        about["rows"],
        f"{about['filed_from']:%Y%m%d}",
        f"{about['filed_to']:%Y%m%d}",
    )
    if found != said:
        raise ValueError(f"the table has {found} and about.toml says {said}")


def main(folded: Path) -> None:
    """Write the table, with the same bytes for the same text."""
    text = shipped_text(gzip.decompress(folded.read_bytes()).decode("utf-8"))
    TABLE.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
