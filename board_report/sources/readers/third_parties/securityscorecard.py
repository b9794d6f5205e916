"""The companies of a SecurityScorecard portfolio, as its API gives them."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Reader, Records

READERS = (
    Reader(
        id="securityscorecard-portfolio",
        tool="SecurityScorecard",
        export="companies of a portfolio, as JSON of its API",
        preset=SourceSpec(
            table="third_parties",
            file="",
            sheet="entries",
            columns={"vendor_id": "domain", "vendor_name": "name", "rating": "score"},
            missing=("N/A",),
        ),
        signatures=(
            Records(at="entries.*", has=("domain", "score", "grade"), beside=("entries",)),
        ),
        evidence=Evidence.SAMPLE,
        reference="SecurityScorecard, API: companies of a portfolio (vendor demo values)",
        traps=(
            "The answer says nothing of when it is: give the quarter at whose end it was drawn, as "
            'constants.quarter = "2026-Q3", and keep one file for each quarter.',
            "It knows neither tier, spend nor your own assessments of a vendor.",
            "The API answers in pages; save all of them, or vendors are missing.",
        ),
    ),
)
