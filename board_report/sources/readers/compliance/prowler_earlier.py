"""Prowler's checks as its earlier versions wrote them: CSV of version 2, CSV and JSON of 3."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Header, Reader, Records
from board_report.sources.readers.compliance.findings import findings_of, in_list, inside
from board_report.sources.readers.compliance.prowler import (
    CONSTANTS,
    FULL_RUN,
    REQUIREMENTS,
    RESULTS,
    read_csv,
    requirements_by_framework,
)
from board_report.sources.records import flatten, table_of

_V3_RESULTS = {**RESULTS, "WARNING": "not_checked", "MUTED": "not_checked"}
_V3_TRAPS = (
    FULL_RUN,
    "A finding that was allowed has the status WARNING or MUTED, which does not say what the check "
    "found: it is not_checked.",
)
_V3_REFERENCE = "Prowler 3, prowler/lib/outputs/models.py (Apache-2.0)"


def read_json(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each finding of version 3, with its requirements as a list.

    Raises:
        ReadFaultError: not JSON, or not records.
    """
    rows = []
    for line, record in findings_of(content, spec):
        named = in_list(requirements_by_framework(inside(record, "Compliance")))
        apart = {key: value for key, value in record.items() if key != "Compliance"}
        rows.append((line, flatten(apart) | {REQUIREMENTS: named}))
    return Grid(*table_of(rows))


_V3_CSV = Reader(
    id="prowler-v3-csv",
    tool="Prowler",
    export="findings of version 3, as CSV",
    preset=SourceSpec(
        table="configuration_checks",
        file="",
        columns={
            "checked_on": "ASSESSMENT_START_TIME",
            "check_id": "CHECK_ID",
            "title": "CHECK_TITLE",
            "severity": "SEVERITY",
            "resource_type": "RESOURCE_TYPE",
            "service": "SERVICE_NAME",
            "result": "STATUS",
            "requirements": REQUIREMENTS,
        },
        rules={
            "resource_id": ColumnRule(("RESOURCE_ARN", "RESOURCE_ID"), how="first"),
            "account": ColumnRule(("ACCOUNT_ID", "SUBSCRIPTION", "PROJECT_ID"), how="first"),
            "region": ColumnRule(("REGION", "LOCATION"), how="first"),
        },
        values={"result": _V3_RESULTS},
        constants=CONSTANTS,
    ),
    signatures=(Header(has=("ASSESSMENT_START_TIME", "FINDING_UNIQUE_ID", "CHECK_ID", "STATUS")),),
    evidence=Evidence.DOCUMENTED,
    reference=_V3_REFERENCE,
    read=read_csv,
    traps=_V3_TRAPS,
)

_V3_JSON = Reader(
    id="prowler-v3-json",
    tool="Prowler",
    export="findings of version 3, as JSON",
    preset=SourceSpec(
        table="configuration_checks",
        file="",
        columns={
            "checked_on": "AssessmentStartTime",
            "check_id": "CheckID",
            "title": "CheckTitle",
            "severity": "Severity",
            "resource_type": "ResourceType",
            "service": "ServiceName",
            "result": "Status",
            "requirements": REQUIREMENTS,
        },
        rules={
            "resource_id": ColumnRule(("ResourceArn", "ResourceId"), how="first"),
            "account": ColumnRule(("AccountId", "Subscription", "ProjectId"), how="first"),
            "region": ColumnRule(("Region", "Location"), how="first"),
        },
        values={"result": _V3_RESULTS},
        constants=CONSTANTS,
    ),
    signatures=(Records(has=("AssessmentStartTime", "FindingUniqueId", "CheckID", "Status")),),
    evidence=Evidence.DOCUMENTED,
    reference=_V3_REFERENCE,
    read=read_json,
    traps=_V3_TRAPS,
)

_V2 = Reader(
    id="prowler-v2-csv",
    tool="Prowler",
    export="findings of version 2, as CSV",
    preset=SourceSpec(
        table="configuration_checks",
        file="",
        columns={
            "severity": "CHECK_SEVERITY",
            "resource_type": "CHECK_ASFF_RESOURCE_TYPE",
            "account": "ACCOUNT_NUM",
            "region": "REGION",
            "service": "CHECK_SERVICENAME",
            "result": "CHECK_RESULT",
        },
        rules={
            "check_id": ColumnRule(("TITLE_TEXT",), match=r"^\[([^\]]+)\]"),
            "title": ColumnRule(("TITLE_TEXT",), match=r"^(?:\[[^\]]+\]\s*)?(.+)$"),
            "resource_id": ColumnRule(("CHECK_RESULT_EXTENDED",)),
        },
        values={"result": RESULTS},
        constants=CONSTANTS,
    ),
    signatures=(
        Header(has=("PROFILE", "ACCOUNT_NUM", "TITLE_ID", "CHECK_RESULT", "CHECK_RESULT_EXTENDED")),
    ),
    evidence=Evidence.SAMPLE,
    reference="Prowler 2.4.0, release notes; example of DefectDojo (BSD-3)",
    traps=(
        "The file has no date: give constants.checked_on the date of the scan.",
        "The file names resources in the text of the result alone: that text is the resource.",
        "INFO is not_checked: the tool says it of things that it did not judge and of regions "
        "without such a resource alike.",
        "Frameworks stand in texts of several kinds and are not read.",
        FULL_RUN,
    ),
)

READERS = (_V3_CSV, _V3_JSON, _V2)
