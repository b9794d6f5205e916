"""What services that look at third parties from outside report about each of them."""

from board_report.tables.schema import Column, InOrder, Kind, Leader, TableSpec
from board_report.tables.shared_columns import (
    day,
    flag,
    identifier,
    one_of,
    quarter,
    severity,
    text,
)

THIRD_PARTY_FINDINGS = TableSpec(
    name="third_party_findings",
    title="Outside findings about third parties",
    meaning="One row for each finding about a third party that a service which looks from outside "
    "lists at quarter end; findings of our own assessments are counted in third_parties.",
    leader=Leader.CISO,
    # A service lists what is open when it is asked, and drops what was closed: no list can tell
    # what stood at the end of an earlier quarter. Each quarter has a list of its own, therefore,
    # and no column that dates a row over quarters.
    key=("quarter", "service", "finding_id"),
    columns=(
        quarter(),
        identifier("service", "The service that reports it, such as RiskRecon."),
        identifier("finding_id", "The finding's identifier in the service."),
        Column(
            "vendor_id",
            Kind.ID,
            "The service's own number of the third party, which the register need not know; empty "
            "where it gives none.",
            required=False,
        ),
        text("vendor_name", "Name of the third party, as the service has it."),
        text("title", "What was found, in a few words."),
        severity(),
        day("first_seen_on", "Date the service first saw it."),
        day(
            "last_seen_on",
            "Date the service last saw it; empty where it does not say.",
            required=False,
        ),
        day(
            "closed_on",
            "Date from which the service no longer counts it as open; empty while it does.",
            required=False,
        ),
        text("domain", "The service's chapter that it belongs to.", required=False),
        text("criterion", "The service's criterion within that chapter.", required=False),
        text("host", "Host or address on which it was seen.", required=False),
        one_of(
            "analyst_verdict",
            "What an analyst of the service said of it: it stands, or it is none; empty while "
            "unknown.",
            "stands",
            "dismissed",
            required=False,
        ),
        flag(
            "is_false_positive",
            "True where the service marks it as a false positive; empty while unknown.",
            required=False,
        ),
    ),
    checks=(
        InOrder("first_seen_on", "last_seen_on"),
        InOrder("first_seen_on", "closed_on"),
    ),
)

THIRD_PARTY_TABLES = (THIRD_PARTY_FINDINGS,)
