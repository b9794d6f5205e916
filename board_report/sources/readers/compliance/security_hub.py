"""AWS Security Hub's findings (ASFF): checks of controls, and vulnerabilities, told apart."""

from __future__ import annotations

import re

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.compliance.findings import (
    Record,
    findings_of,
    in_list,
    objects_of,
    text_of,
    texts_of,
)
from board_report.sources.records import flatten, table_of

_LISTS = ("Findings", "findings")
_CUT = re.compile(r"(.+)[ /]([^ /]+)")

_KIND, _STANDING = "Kind", "Standing"
_CONTROL, _VULNERABILITY, _OTHER = "control", "vulnerability", "other"


def read_asff(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each finding, with its first resource, its kind and where it stands.

    Raises:
        ReadFaultError: not JSON, or not records.
    """
    rows = [(line, _row(record)) for line, record in findings_of(content, spec, _LISTS)]
    return Grid(*table_of(rows, (_KIND, _STANDING)))


def _row(record: Record) -> dict[str, str]:
    apart = ("Resources", "Vulnerabilities")
    row = flatten({key: value for key, value in record.items() if key not in apart})
    resources = objects_of(record, "Resources")
    first = {key: value for key, value in (resources or [{}])[0].items() if key != "Details"}
    return {
        _KIND: _kind(record),
        _STANDING: _standing(record),
        **row,
        **flatten({"Resource": first}),
        "ResourceName": text_of(first, "Tags", "Name"),
        "ResourceIds": in_list([text_of(each, "Id") for each in resources]),
        "VulnerabilityIds": " ".join(
            text_of(each, "Id") for each in objects_of(record, "Vulnerabilities")
        ),
        "Requirements": in_list(_requirements(record)),
        "ClosedAt": text_of(record, "UpdatedAt") if _standing(record) == "closed" else "",
    }


def _kind(record: Record) -> str:
    """A finding of a control has a compliance status; a vulnerability says which it is."""
    if text_of(record, "Compliance", "Status"):
        return _CONTROL
    types = texts_of(record, "Types")
    is_one = any(each.startswith("Software and Configuration Checks/Vuln") for each in types)
    return _VULNERABILITY if is_one or objects_of(record, "Vulnerabilities") else _OTHER


def _standing(record: Record) -> str:
    """``closed`` as its provider or a person says, ``archived`` where it is hidden, else ``open``.

    Inspector writes the state of its own finding among the product's fields.
    """
    own = text_of(record, "ProductFields", "aws/inspector/FindingStatus")
    if own == "CLOSED" or text_of(record, "Workflow", "Status") == "RESOLVED":
        return "closed"
    return "archived" if text_of(record, "RecordState") == "ARCHIVED" else "open"


def _requirements(record: Record) -> list[str]:
    """Related requirements (``NIST.800-53.r5 AC-2``), or the control within its standard."""
    related = texts_of(record, "Compliance", "RelatedRequirements")
    generator = text_of(record, "GeneratorId")
    if not related and "/v/" in generator:
        related = [generator]
    cut = [_CUT.fullmatch(each) for each in related]
    return [
        f"{found[1]}:{found[2]}" if found else each
        for each, found in zip(related, cut, strict=True)
    ]


_SEVERITY = "Severity.Label"
_SEVERITY_RULE = ColumnRule(
    (_SEVERITY, "Severity.Normalized"),
    how="first",
    bands=(("90", "critical"), ("70", "high"), ("40", "medium"), ("1", "low")),
)
"""The label, or of older findings the number that AWS turns into one."""
_REFERENCE = "AWS, Security Finding Format (ASFF); examples of DefectDojo (BSD-3)"

_CONTROLS = Reader(
    id="aws-security-hub",
    tool="AWS Security Hub",
    export="findings of controls, as ASFF JSON",
    preset=SourceSpec(
        table="configuration_checks",
        file="",
        columns={
            "check_id": "GeneratorId",
            "title": "Title",
            "resource_id": "Resource.Id",
            "resource_type": "Resource.Type",
            "account": "AwsAccountId",
            "result": "Compliance.Status",
            "is_muted": "Workflow.Status",
            "requirements": "Requirements",
        },
        rules={
            "severity": _SEVERITY_RULE,
            "checked_on": ColumnRule(("LastObservedAt", "UpdatedAt"), how="first"),
            "region": ColumnRule(("Resource.Region", "Region"), how="first"),
            "service": ColumnRule(
                ("Compliance.SecurityControlId", "ProductFields.ControlId"),
                how="first",
                match=r"^([A-Za-z][A-Za-z0-9]*)\.",
            ),
            "tool": ColumnRule(
                ("ProductName", "ProductFields.aws/securityhub/ProductName"), how="first"
            ),
        },
        values={
            "result": {"WARNING": "not_checked", "NOT_AVAILABLE": "not_checked"},
            "is_muted": {
                "SUPPRESSED": "true",
                **dict.fromkeys(("NEW", "NOTIFIED", "RESOLVED"), "false"),
            },
        },
        leave_out={_KIND: (_VULNERABILITY, _OTHER), "RecordState": ("ARCHIVED",)},
    ),
    signatures=tuple(
        Records(at=at, has=("GeneratorId", "AwsAccountId", "Compliance.Status", "Title"))
        for at in (*_LISTS, "")
    ),
    evidence=Evidence.SAMPLE,
    reference=_REFERENCE,
    read=read_asff,
    traps=(
        "Findings without a compliance status (Inspector, GuardDuty, Macie) are no checks of "
        "controls and are left out; for vulnerabilities name the same file in a second block with "
        'reader = "aws-security-hub-vulnerabilities".',
        "Archived findings no longer stand and are left out.",
        "A passed check is rated INFORMATIONAL, whatever its control is rated: the severity says "
        "something of failures alone.",
        "A control without any resource to check counts as PASSED, on the account.",
        "Without consolidated control findings a control has a finding for each standard, and "
        "counts once for each.",
        "WARNING and NOT_AVAILABLE are not_checked: the check could not tell.",
    ),
)

_VULNERABILITIES = Reader(
    id="aws-security-hub-vulnerabilities",
    tool="AWS Security Hub",
    export="findings of vulnerabilities (Inspector), as ASFF JSON",
    preset=SourceSpec(
        table="vulnerability_findings",
        file="",
        columns={
            "finding_id": "Id",
            "asset_id": "Resource.Id",
            "asset_name": "ResourceName",
            "cve": "VulnerabilityIds",
            "closed_on": "ClosedAt",
        },
        rules={
            "first_seen_on": ColumnRule(("FirstObservedAt", "CreatedAt"), how="first"),
            "severity": _SEVERITY_RULE,
        },
        leave_out={
            _KIND: (_CONTROL, _OTHER),
            _STANDING: ("archived",),
            _SEVERITY: ("INFORMATIONAL",),
        },
    ),
    signatures=tuple(
        Records(at=at, has=("GeneratorId", "AwsAccountId", "Vulnerabilities", "Title"))
        for at in (*_LISTS, "")
    ),
    evidence=Evidence.SAMPLE,
    reference=_REFERENCE,
    read=read_asff,
    traps=(
        "A file with checks of controls and vulnerabilities is known to two readers: name it in a "
        "block for each.",
        "A finding is closed when Inspector calls it CLOSED or a person RESOLVED it, on the date "
        "of its last update; one that was archived without that is left out.",
        "Informational findings are left out.",
        "A finding on several resources counts once, on the first of them.",
    ),
)

READERS = (_CONTROLS, _VULNERABILITIES)
