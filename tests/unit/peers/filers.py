"""Filings of made-up filers."""

from __future__ import annotations

from datetime import date
from typing import Any

from board_report.governance.filing_text import FiledSentence, FilingText, ItemText
from board_report.governance.peers.records import Filing

YEAR = (date(2025, 2, 1), date(2026, 1, 31))


def filer(cik: int, sic: str = "5047", **more: Any) -> Filing:
    """A filer with its latest annual report, which says yes to one fact unless told otherwise."""
    given: dict[str, Any] = {
        "name": f"Filer {cik}",
        "form": "10-K",
        "period": date(2025, 12, 31),
        "filed_on": date(2026, 2, 20),
        "accession": f"{cik:010d}-26-000001",
        "flags": {"report_to_board": True},
        "lengths": {"processes": 1000},
    }
    return Filing(cik=cik, sic=sic, **{**given, **more})


def draft(answers: dict[str, bool] | None = None, **texts: str) -> FilingText:
    """A draft: texts by paragraph, as ``b1=...``, and answers by sub-item."""
    names = {
        "b1": "106(b)(1)",
        "b1i": "106(b)(1)(i)",
        "b1iii": "106(b)(1)(iii)",
        "b2": "106(b)(2)",
        "oversight": "106(c)(1) oversight",
        "committee": "106(c)(1) committee",
        "positions": "106(c)(2)(i) positions",
        "expertise": "106(c)(2)(i) expertise",
        "c2iii": "106(c)(2)(iii)",
    }
    said = {names[each]: text for each, text in texts.items()}
    given = answers or {}
    return FilingText(
        fiscal_year=2026,
        items=tuple(
            ItemText(
                each,
                (FiledSentence(said[each]),) if each in said else (),
                given.get(each),
            )
            for each in dict.fromkeys([*said, *given])
        ),
    )
