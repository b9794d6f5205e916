"""HHS: breaches of health information that were reported to the Office for Civil Rights."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Reader

_CATEGORIES = {
    "Hacking/IT Incident": "unauthorized_access",
    "Unauthorized Access/Disclosure": "data_exposure",
    "Improper Disposal": "data_exposure",
    "Theft": "data_exposure",
    "Loss": "data_exposure",
    "Theft|": "lost_device",
    "Loss|": "lost_device",
    "Other": "other",
}
"""By type of breach; theft and loss end in a bar where only devices were lost."""

_DEVICES = (
    r"(?:(?:Laptop|Desktop Computer|Other Portable Electronic Device|Network Server)(?:, |$))+"
)
_TYPE = (
    rf"^((?:Theft|Loss)\|(?={_DEVICES}$)|(?:Theft|Loss)(?=\|)"
    r"|(?:Hacking/IT Incident|Unauthorized Access/Disclosure|Improper Disposal|Other)(?=\|))"
)


def _category(kind: str, location: str) -> ColumnRule:
    """The one type of breach; nothing where several are named or none is known."""
    return ColumnRule((kind, location), between="|", match=_TYPE)


_PORTAL = SourceSpec(
    table="incidents",
    file="",
    columns={
        "detected_at": "Breach Submission Date",
        "records_affected": "Individuals Affected",
    },
    rules={
        "incident_id": ColumnRule(
            ("Name of Covered Entity", "State", "Breach Submission Date", "Individuals Affected")
        ),
        "title": ColumnRule(("Name of Covered Entity", "Type of Breach"), between=": "),
        "category": _category("Type of Breach", "Location of Breached Information"),
    },
    values={"category": _CATEGORIES},
    date_format="%m/%d/%Y",
)

_ARCHIVE = SourceSpec(
    table="incidents",
    file="",
    columns={
        "incident_id": "Number",
        "detected_at": "breach_start",
        "records_affected": "Individuals_Affected",
    },
    rules={
        "title": ColumnRule(("Name_of_Covered_Entity", "Type_of_Breach"), between=": "),
        "category": _category("Type_of_Breach", "Location_of_Breached_Information"),
    },
    values={"category": _CATEGORIES},
)

_SHARED_TRAPS = (
    "The list holds breaches of all organizations: choose your own by the name of the covered "
    "entity, with only.",
    "There is no severity, so that figures of major incidents are not measured: constants = "
    '{ severity = "..." } gives one to every row, in your name.',
    "Hacking/IT Incident is counted as unauthorized access, and theft or loss as lost device where "
    "only devices are named; breaches of several types have no category.",
)

READERS = (
    Reader(
        id="hhs-portal",
        tool="HHS breach portal",
        export="breaches affecting 500 or more individuals, as CSV or Excel",
        preset=_PORTAL,
        signatures=(
            Header(
                has=(
                    *("Name of Covered Entity", "State", "Individuals Affected"),
                    *("Breach Submission Date", "Type of Breach"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="US Department of Health and Human Services, breach portal (US Government)",
        traps=(
            "The only date is that of the report to HHS, up to 60 days after discovery: incidents "
            "are counted on it, and no time to detect or to contain is measured.",
            "The portal gives no number to a breach: name, state, date and number of individuals "
            "together are its key.",
            *_SHARED_TRAPS,
        ),
    ),
    Reader(
        id="hhs-archive",
        tool="HHS breach portal",
        export="breaches of 2009 to 2014 with their start, as CSV (Ecdat's data set breaches)",
        preset=_ARCHIVE,
        signatures=(
            Header(
                has=(
                    *("Number", "Name_of_Covered_Entity", "Individuals_Affected"),
                    *("Type_of_Breach", "Date_Posted_or_Updated", "breach_start"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="Ecdat, breaches: an extract of the HHS breach portal (US Government)",
        traps=(
            "When a breach was discovered is not known: it is counted on the day it began, and no "
            "time to detect is measured; Date_Posted_or_Updated is the portal's own work.",
            *_SHARED_TRAPS,
        ),
    ),
)
