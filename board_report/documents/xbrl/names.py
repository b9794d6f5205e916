"""Names that Inline XBRL filings use: namespaces, entry points and years of the taxonomies."""

from __future__ import annotations

from datetime import date

XHTML = "http://www.w3.org/1999/xhtml"
IX = "http://www.xbrl.org/2013/inlineXBRL"
IXT = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
"""The transformation registry that the writer uses: the first with ``fixed-true``."""
LINK = "http://www.xbrl.org/2003/linkbase"
XBRLI = "http://www.xbrl.org/2003/instance"
XBRLDI = "http://xbrl.org/2006/xbrldi"
XBRLDT = "http://xbrl.org/2005/xbrldt"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XS = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
DTR = "http://www.xbrl.org/dtr/type/2022-03-31"

CIK_SCHEME = "http://www.sec.gov/CIK"
NO_CIK = "0" * 10
"""What stands in a draft where the company has no CIK; never fit for filing."""

YEARS = (2024, 2025, 2026)
"""Years of the cyd and dei taxonomies whose elements are on record here."""
FIRST_INCIDENT_YEAR = 2025
"""cyd 2024 gives Scope the label of Timing, so reports of incidents begin with 2025."""

ANNUAL = "af"
INCIDENT = "cr"


def taxonomy_year(reported: date, *, incident: bool = False) -> int:
    """The year of the taxonomies for a report on a date: its own, or the nearest on record."""
    least = FIRST_INCIDENT_YEAR if incident else YEARS[0]
    return min(max(reported.year, least), YEARS[-1])


def cyd_namespace(year: int) -> str:
    """Of the elements on cybersecurity."""
    return f"http://xbrl.sec.gov/cyd/{year}"


def dei_namespace(year: int) -> str:
    """Of the elements of the cover page."""
    return f"http://xbrl.sec.gov/dei/{year}"


def us_gaap_namespace(year: int) -> str:
    """Of the axis that tells classes of stock apart."""
    return f"http://fasb.org/us-gaap/{year}"


def cyd_schema(year: int) -> str:
    """Address of the schema with all cyd elements."""
    return f"https://xbrl.sec.gov/cyd/{year}/cyd-{year}.xsd"


def dei_schema(year: int) -> str:
    """Address of the schema with all dei elements."""
    return f"https://xbrl.sec.gov/dei/{year}/dei-{year}.xsd"


def us_gaap_schema(year: int) -> str:
    """Address of the schema with all us-gaap elements."""
    return f"https://xbrl.fasb.org/us-gaap/{year}/elts/us-gaap-{year}.xsd"


def entry_namespace(year: int, network: str) -> str:
    """Of the entry point for annual reports (``af``) or reports of incidents (``cr``)."""
    return f"http://xbrl.sec.gov/cyd-{_entry(network)}/{year}"


def entry_point(year: int, network: str) -> str:
    """Address of the entry point that a filer's own schema imports."""
    return f"https://xbrl.sec.gov/cyd/{year}/cyd-{_entry(network)}-{year}.xsd"


def _entry(network: str) -> str:
    return "af-sub" if network == ANNUAL else "8k-sub"
