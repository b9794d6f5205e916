"""The companies of a BitSight portfolio, as its API gives them."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Header, Reader, Records

_FIELDS = ("guid", "name", "rating", "rating_date")

READERS = (
    Reader(
        id="bitsight-portfolio",
        tool="BitSight",
        export="companies of the portfolio, as JSON of its API or a CSV file of the same fields",
        preset=SourceSpec(
            table="third_parties",
            file="",
            columns={"vendor_id": "guid", "vendor_name": "name", "rating": "rating"},
            constants={"rating_out_of": "900"},
            missing=("N/A", "NA", "None"),
        ),
        signatures=(
            Records(at="results.*", has=_FIELDS, beside=("results",)),
            Records(has=(*_FIELDS, "shortname")),
            Header(has=_FIELDS),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="BitSight, API: GET /ratings/v2/portfolio (as the client bitsightpy shows it)",
        traps=(
            "Ratings run from 250 to 900 and are kept as they are, with rating_out_of = 900: they "
            "are not turned into a score of 0 to 100, which BitSight does not give.",
            "Medians of ratings on two scales are withheld, so give one service's ratings in a "
            "quarter.",
            "Give the quarter at whose end it was drawn, as constants.quarter; rating_date is the "
            "day of the rating, and no assessment of yours.",
            "The tiers of a portfolio have names of your own; map them with columns.tier = "
            '"tier_name" and values.tier.',
            "The headers of the portal's own CSV download could not be confirmed.",
        ),
    ),
)
