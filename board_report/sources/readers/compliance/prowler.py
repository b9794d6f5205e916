"""Prowler's checks of cloud accounts: CSV of versions 4 and 5, and OCSF JSON."""

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

RESULTS = {"PASS": "passed", "FAIL": "failed", "MANUAL": "not_checked", "INFO": "not_checked"}
CONSTANTS = {"tool": "Prowler", "is_full_run": "true"}
FULL_RUN = (
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
    end = len(names)  # cells beyond the header stay beyond it, where they are judged
    rows = tuple(
        RawRow(row.line, (*row.cells[:end], requirements_of(text), *row.cells[end:]))
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
        whole[REQUIREMENTS] = in_list(
            requirements_by_framework(inside(record, "unmapped", "compliance"))
        )
        resources: list[dict[str, Any]] = objects_of(record, "resources") or [{}]
        for resource in resources:
            plain = {key: value for key, value in resource.items() if key != "data"}
            rows.append((line, whole | flatten({"resource": plain})))
    return Grid(*table_of(rows))


def requirements_by_framework(compliance: object) -> list[str]:
    """``framework:requirement`` of an object that has the requirements of each framework."""
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
        values={"result": RESULTS},
        constants=CONSTANTS,
        date_format="epoch",
    ),
    signatures=(
        Header(has=("FINDING_UID", "CHECK_ID", "STATUS", "MUTED", "RESOURCE_UID", "COMPLIANCE")),
    ),
    evidence=Evidence.SAMPLE,
    reference="Prowler, examples of output (Apache-2.0)",
    read=read_csv,
    traps=(
        FULL_RUN,
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
            "checked_on": ColumnRule(("time_dt", "event_time", "time"), how="first"),
            "resource_id": ColumnRule(("resource.uid", "resource.name"), how="first"),
            "region": ColumnRule(("resource.region", "cloud.region"), how="first"),
        },
        values={"result": RESULTS, "is_muted": {"Suppressed": "true", "New": "false"}},
        constants=CONSTANTS,
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
        FULL_RUN,
        "`time` counts seconds since 1970 where OCSF has milliseconds; the date is taken from "
        "`time_dt`, which is the scanner's local time, as in the CSV.",
        "A finding that is Suppressed was muted; one that is New was not.",
    ),
)

READERS = (_CSV, _OCSF)
