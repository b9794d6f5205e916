"""Small records with literal words, and documents with one fault each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from board_report.documents.xbrl.pieces import BLOCKS, flag_element
from board_report.documents.xbrl.records import (
    AnnualRecord,
    CurrentReport,
    IncidentAspect,
    TaggedHeading,
    TaggedItem,
    TaggedSection,
)
from board_report.model import Filer, ListedSecurity

FILER = Filer(
    registrant_name="Larkfield Freight, Inc.",
    cik="0001234567",
    file_number="001-12345",
    incorporated_in="DE",
    ein="12-3456789",
    address_lines=("1 Quay Street", "Floor 2"),
    city="Duluth",
    state="MN",
    postal_code="55802",
    area_code="218",
    phone="555-0142",
    securities=(ListedSecurity("Common Stock, par value $0.01", "LKF", "NYSE"),),
    is_emerging_growth=False,
    file_prefix="lkf",
    namespace="http://www.larkfield.example",
)
TWO_CLASSES = replace(
    FILER,
    securities=(
        *FILER.securities,
        ListedSecurity("6.5% Series A Preferred Stock", "", "NASDAQ"),
    ),
)

TEXTS = {
    "106(b)(1)": ("We assess risks & manage them.", "We cover <systems> of others."),
    "106(b)(1)(i)": ("They are integrated with enterprise risk by Acme Inc. of Ohio. More.",),
    "106(b)(1)(ii)": ("We engage consultants.",),
    "106(b)(1)(iii)": ("We review service providers.",),
    "106(b)(2)": ("There was an incident.", "No risks have materially affected our strategy."),
    "106(c)(1) oversight": ("The board oversees these risks.",),
    "106(c)(1) committee": ("The Risk Committee is responsible.",),
    "106(c)(1) informing": ("It is informed every quarter.",),
    "106(c)(2)(i) positions": ("Our CISO is responsible.",),
    "106(c)(2)(i) expertise": ("The CISO has twenty years of experience.",),
    "106(c)(2)(ii)": ("Staff monitor incidents.",),
    "106(c)(2)(iii)": ("The CISO reports to the committee.",),
}
ANSWERS = {
    "106(b)(1)(i)": True,
    "106(b)(1)(ii)": True,
    "106(b)(1)(iii)": True,
    "106(b)(2)": False,
    "106(c)(2)(i) positions": True,
    "106(c)(2)(iii)": True,
}
OUTLINE = (
    (
        "Risk management and strategy",
        (
            ("Processes", ("106(b)(1)",)),
            ("Integration", ("106(b)(1)(i)",)),
            ("Third parties", ("106(b)(1)(ii)", "106(b)(1)(iii)")),
            ("Effects", ("106(b)(2)",)),
        ),
    ),
    (
        "Governance",
        (
            ("Board", ("106(c)(1) oversight", "106(c)(1) committee", "106(c)(1) informing")),
            ("Management", ("106(c)(2)(i) positions", "106(c)(2)(i) expertise")),
            ("Monitoring", ("106(c)(2)(ii)", "106(c)(2)(iii)")),
        ),
    ),
)


def annual(
    *,
    texts: dict[str, tuple[str, ...]] | None = None,
    answers: dict[str, bool | None] | None = None,
    filer: Filer = FILER,
    notice: tuple[str, ...] = (),
) -> AnnualRecord:
    """An annual item in which everything is said; ``texts`` and ``answers`` replace some of it."""
    said = {**TEXTS, **(texts or {})}
    facts: dict[str, bool | None] = {**ANSWERS, **(answers or {})}
    assert set(said) == set(BLOCKS)
    assert {each for each in BLOCKS if flag_element(each)} == set(ANSWERS)
    return AnnualRecord(
        filer=filer,
        form="10-K",
        item="Item 1C",
        item_title="Cybersecurity",
        fiscal_year=2026,
        year_starts=date(2026, 1, 1),
        year_ends=date(2026, 12, 31),
        sections=tuple(
            TaggedSection(
                title,
                tuple(
                    TaggedHeading(
                        heading,
                        tuple(TaggedItem(each, said[each], facts.get(each)) for each in items),
                    )
                    for heading, items in headings
                ),
            )
            for title, headings in OUTLINE
        ),
        notice=notice,
    )


def incident(**changes: object) -> CurrentReport:
    """A first report under Item 1.05."""
    whole = CurrentReport(
        filer=FILER,
        event_date=date(2026, 8, 17),
        item="1.05",
        aspects=(
            IncidentAspect("timing", ("On August 6, 2026 we detected unauthorized activity.",)),
            IncidentAspect("nature", ("It was ransomware on a gateway.", "Mail was not touched.")),
            IncidentAspect("scope", ("Nine of 62 terminals stopped.",)),
            IncidentAspect("impact", ("It is reasonably likely to lower our third quarter.",)),
            IncidentAspect("undetermined", ("Whether data left is not determined.",)),
        ),
        paragraphs=("This report has forward-looking statements.",),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def other_event() -> CurrentReport:
    """A report under Item 8.01."""
    return CurrentReport(
        FILER, date(2026, 8, 17), "8.01", paragraphs=("We had an incident that is not material.",)
    )
