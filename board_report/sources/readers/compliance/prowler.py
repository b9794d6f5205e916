"""Prowler's checks of cloud accounts: CSV of versions 2 and 4 to 5, and OCSF."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from board_report.model import RawRow
from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Header, Reader, Records
from board_report.sources.readers.compliance.findings import (
    findings_of,
    in_list,
    inside,
    objects_of,
    texts_of,
)
from board_report.sources.records import flatten, table_of
from board_report.sources.text import read_text

REQUIREMENTS = "Requirements"
"""Column that the readers add: the frameworks' requirements as ``framework:requirement``."""

_RESULTS = {"PASS": "passed", "FAIL": "failed", "MANUAL": "not_checked", "INFO": "not_checked"}
_CONSTANTS = {"tool": "Prowler", "is_full_run": "true"}
_FULL_RUN = (
    "A scan is taken to cover the whole account for each of its checks: what an earlier scan of "
    "the account found with the same check no longer stands. For scans of chosen regions or "
    'resources, write constants.is_full_run = "false".'
)


def read_csv(content: bytes, spec: SourceSpec) -> Grid:
    """Rows of the CSV of version 4 and 5, with the requirements of COMPLIANCE as a list.

    Raises:
        ReadFaultError: the file is not delimited text.
    """
    grid = read_text(content, spec)
    names = [cell.strip().casefold() for cell in grid.header.cells]
    if "compliance" not in names:
        return grid
    at = names.index("compliance")
    texts = (row.cells[at] if at < len(row.cells) else "" for row in grid.rows)
    rows = tuple(
        RawRow(row.line, (*row.cells, requirements_of(text)))
        for row, text in zip(grid.rows, texts, strict=True)
    )
    header = RawRow(grid.header.line, (*grid.header.cells, REQUIREMENTS))
    return replace(grid, header=header, rows=rows)


def requirements_of(cell: str) -> str:
    """``CIS-2.0: 1.20 | ISO: A.5, A.6`` as ``CIS-2.0:1.20;ISO:A.5;ISO:A.6``.

    Names of requirements may hold commas: only where no piece has a space is a cell of several cut.
    """
    found = []
    for part in cell.split(" | "):
        framework, _, several = part.partition(":")
        pieces = [each.strip() for each in several.split(",")]
        if any(" " in each for each in pieces):
            pieces = [several.strip()]
        found += [f"{framework.strip()}:{each}" for each in pieces if each]
    return in_list(found)


def read_ocsf(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each resource of each finding; fields of the finding by their path.

    Raises:
        ReadFaultError: not JSON, or not records.
    """
    rows: list[tuple[int, dict[str, str]]] = []
    for line, record in findings_of(content, spec):
        whole = flatten({key: value for key, value in record.items() if key != "resources"})
        whole[REQUIREMENTS] = in_list(_requirements(inside(record, "unmapped", "compliance")))
        resources: list[dict[str, Any]] = objects_of(record, "resources") or [{}]
        for resource in resources:
            plain = {key: value for key, value in resource.items() if key != "data"}
            rows.append((line, whole | flatten({"resource": plain})))
    return Grid(*table_of(rows))


def _requirements(compliance: object) -> list[str]:
    if not isinstance(compliance, dict):
        return []
    return [
        f"{framework}:{each}"
        for framework, listed in compliance.items()
        for each in texts_of(listed)
    ]


_CSV_COLUMNS = {
    "checked_on": "TIMESTAMP",
    "check_id": "CHECK_ID",
    "title": "CHECK_TITLE",
    "severity": "SEVERITY",
    "resource_type": "RESOURCE_TYPE",
    "account": "ACCOUNT_UID",
    "region": "REGION",
    "service": "SERVICE_NAME",
    "result": "STATUS",
    "is_muted": "MUTED",
    "requirements": REQUIREMENTS,
}

_CSV = Reader(
    id="prowler-csv",
    tool="Prowler",
    export="findings of version 4 or 5, as CSV",
    preset=SourceSpec(
        table="configuration_checks",
        file="",
        columns=_CSV_COLUMNS,
        rules={"resource_id": ColumnRule(("RESOURCE_UID", "RESOURCE_NAME"), how="first")},
        values={"result": _RESULTS},
        constants=_CONSTANTS,
        date_format="epoch",
    ),
    signatures=(
        Header(has=("FINDING_UID", "CHECK_ID", "STATUS", "MUTED", "RESOURCE_UID", "COMPLIANCE")),
    ),
    evidence=Evidence.SAMPLE,
    reference="Prowler, examples of output (Apache-2.0)",
    read=read_csv,
    traps=(
        _FULL_RUN,
        "MANUAL checks wait for a person and are not_checked: they are in no share.",
        "COMPLIANCE separates requirements by commas, and some names of requirements hold commas; "
        "a cell is cut only where no piece of it has a space.",
        "A muted finding keeps its result; it is told apart by is_muted.",
    ),
)

_OCSF = Reader(
    id="prowler-ocsf",
    tool="Prowler",
    export="findings as OCSF JSON",
    preset=SourceSpec(
        table="configuration_checks",
        file="",
        columns={
            "check_id": "metadata.event_code",
            "title": "finding_info.title",
            "severity": "severity",
            "resource_type": "resource.type",
            "account": "cloud.account.uid",
            "service": "resource.group.name",
            "result": "status_code",
            "is_muted": "status",
            "requirements": REQUIREMENTS,
        },
        rules={
            "checked_on": ColumnRule(("time_dt", "time"), how="first"),
            "resource_id": ColumnRule(("resource.uid", "resource.name"), how="first"),
            "region": ColumnRule(("resource.region", "cloud.region"), how="first"),
        },
        values={"result": _RESULTS, "is_muted": {"Suppressed": "true", "New": "false"}},
        constants=_CONSTANTS,
        date_format="epoch",
    ),
    signatures=(
        Records(
            has=("metadata.event_code", "finding_info.title", "status_code"),
            equal=(("metadata.product.name", "Prowler"),),
        ),
    ),
    evidence=Evidence.SAMPLE,
    reference="Prowler, examples of output (Apache-2.0); OCSF 1.4",
    read=read_ocsf,
    traps=(
        _FULL_RUN,
        "`time` counts seconds since 1970 where OCSF has milliseconds; the date is taken from "
        "`time_dt`, which is the scanner's local time, as in the CSV.",
        "A finding that is Suppressed was muted; one that is New was not.",
    ),
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
        values={"result": _RESULTS},
        constants=_CONSTANTS,
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
        _FULL_RUN,
    ),
)

READERS = (_CSV, _OCSF, _V2)
