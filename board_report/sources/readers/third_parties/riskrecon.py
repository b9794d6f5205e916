"""The findings that RiskRecon reports about third parties, as its API gives them."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Reader, Records

_FIELDS = (
    *("finding_id", "toe_id", "vendor", "finding"),
    *("security_domain", "severity", "first_seen", "last_seen"),
)

READERS = (
    Reader(
        id="riskrecon-findings",
        tool="RiskRecon",
        export="findings, as JSON of its API: the plain list, or the list within an object",
        preset=SourceSpec(
            table="third_party_findings",
            file="",
            columns={
                "finding_id": "finding_id",
                "vendor_id": "toe_id",
                "vendor_name": "vendor",
                "title": "finding",
                "severity": "severity",
                "first_seen_on": "first_seen",
                "last_seen_on": "last_seen",
                "domain": "security_domain",
                "criterion": "security_criteria",
                "analyst_verdict": "analyst_status",
                "is_false_positive": "false_positive",
            },
            rules={"host": ColumnRule(("host_name", "ip_address"), how="first")},
            values={"analyst_verdict": {"fail": "stands"}},
            constants={"service": "RiskRecon"},
            leave_out={"severity": ("info", "informational")},
        ),
        signatures=(
            Records(at="findings.*", has=_FIELDS, beside=("findings",)),
            Records(has=_FIELDS),
        ),
        evidence=Evidence.SAMPLE,
        reference="RiskRecon, API: findings of a TOE (vendor demo values, as DefectDojo keeps "
        "them; developer.mastercard.com/riskrecon-api)",
        traps=(
            "The API lists the findings that are open in the latest analysis, and drops those that "
            "were closed: draw it at the quarter's end, give the quarter as "
            'constants.quarter = "2026-Q3", and keep one file for each quarter.',
            "It is asked vendor by vendor (TOE): join the lists of all vendors, or name one file "
            "for each.",
            "Your own company can be among the TOEs; leave it out by its name, with "
            'leave_out.vendor = ["Example, Inc."].',
            "Severity is the weakness's own; priority (1 to 6), which weighs it with the worth of "
            "the asset, is not used.",
            "Critical, high, medium and low are known words of severity; rows of severity info are "
            "left out, and one without a severity is set aside.",
            "Of analyst_status only fail could be confirmed, which means that the finding stands; "
            "another word is set aside until values.analyst_verdict says what it means.",
            "toe_id is RiskRecon's number of the vendor, and no number of your register.",
            "The newer paginated answer, with data and attributes around each finding, could not "
            "be confirmed in full and is not recognized.",
        ),
    ),
)
