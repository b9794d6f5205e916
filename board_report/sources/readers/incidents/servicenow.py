"""ServiceNow: lists of incidents, records of the Table API, and an audit log of updates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Header, Reader, Records
from board_report.sources.readers.incidents.wrapped import Listed, Texts, grid_of
from board_report.sources.records import flatten

_SEVERITIES = {
    **dict.fromkeys(("1", "1 - Critical", "Critical"), "critical"),
    **dict.fromkeys(("2", "2 - High", "High"), "high"),
    **dict.fromkeys(("3", "3 - Moderate", "Moderate"), "medium"),
    **dict.fromkeys(("4", "4 - Low", "Low"), "low"),
    **dict.fromkeys(("5", "5 - Planning", "Planning"), "low"),
}
"""Priorities as the tool is delivered, as numbers and as labels."""

_CANCELED = ("Canceled", "Cancelled", "8")


def _first(*headers: str) -> ColumnRule:
    return ColumnRule(headers, how="first")


_LIST = SourceSpec(
    table="incidents",
    file="",
    rules={
        "incident_id": _first("number"),
        "title": _first("short_description", "Short description", "number"),
        "severity": _first("priority"),
        "detected_at": _first("opened_at", "Opened"),
        "recovered_at": _first("resolved_at", "Resolved"),
        "closed_at": _first("closed_at", "Closed"),
        "reopened_count": _first("reopen_count", "Reopen count"),
    },
    values={"severity": _SEVERITIES},
    leave_out={"state": _CANCELED, "incident_state": _CANCELED},
)

_API = replace(
    _LIST,
    rules={
        "incident_id": _first("number", "number.value"),
        "title": _first("short_description", "short_description.value", "number", "number.value"),
        "severity": _first("priority", "priority.value"),
        "detected_at": _first("opened_at", "opened_at.value"),
        "recovered_at": _first("resolved_at", "resolved_at.value"),
        "closed_at": _first("closed_at", "closed_at.value"),
        "reopened_count": _first("reopen_count", "reopen_count.value"),
    },
    leave_out={**_LIST.leave_out, "state.value": ("8",), "incident_state.value": ("8",)},
    time_zone="UTC",
)

_LOG = SourceSpec(
    table="incidents",
    file="",
    columns={
        "incident_id": "number",
        "severity": "priority",
        "detected_at": "opened_at",
        "recovered_at": "resolved_at",
        "reopened_count": "reopen_count",
    },
    rules={
        "title": ColumnRule(("number", "category", "subcategory")),
        "closed_at": _first("closed_at"),
    },
    values={"severity": _SEVERITIES},
    leave_out={"incident_state": _CANCELED},
    keep="last",
    order_by="sys_mod_count",
    missing=("?",),
    date_format="%d/%m/%Y %H:%M",
    other_date_formats=("%d-%m-%Y %H:%M",),
)


def read_api(content: bytes, spec: SourceSpec) -> Grid:
    """Records of the Table API: ``result`` as a list or one alone, bare records, JSON lines.

    References and pairs of value and label become columns such as ``priority.value``.

    Raises:
        ReadFaultError: not JSON, or not records.
    """

    def texts_of(records: Listed) -> Iterator[tuple[int, Texts]]:
        return ((line, flatten(record, spec.decimal_comma)) for line, record in records)

    return grid_of(content, spec, ("result", "records"), texts_of)


_SHARED_TRAPS = (
    "Severity is the ticket's priority; priority 5 (Planning) is the lowest step and counts as "
    "low.",
    "A ticket is counted from the time it was opened: nothing says when the incident was first "
    "noticed or began, so time to detect is not measured.",
    "Only resolved_at says that service is back; a ticket that was closed without it is not open, "
    "and how long it took to recover is unknown.",
    "Tickets in the state Canceled are left out and counted, where the export has the state.",
    'Not every ticket is a security incident: choose with only = { category = ["Security"] }, '
    "or with the field that your company uses.",
)

_FIELDS = ("number", "opened_at", "priority")

READERS = (
    Reader(
        id="servicenow-list",
        tool="ServiceNow",
        export="list of incidents, as CSV or Excel",
        preset=_LIST,
        signatures=(
            Header(has=(*_FIELDS, "short_description")),
            Header(has=(*_FIELDS, "state")),
            Header(has=("Number", "Opened", "Priority", "Short description")),
            Header(has=("Number", "Opened", "Priority", "State")),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="ServiceNow, Table API: fields of the incident table; exports of lists",
        traps=(
            "Times are those of the user who made the export and carry no zone: set time_zone to "
            "that user's, or the calendar's is taken.",
            "Dates are written as that user prefers; anything but 2026-03-14 needs date_format.",
            *_SHARED_TRAPS,
            "Resolved, Closed and Reopen count must be among the list's columns to be exported.",
        ),
    ),
    Reader(
        id="servicenow-api",
        tool="ServiceNow",
        export="records of the incident table, as JSON of the Table API",
        preset=_API,
        signatures=(
            Records(at="result", has=_FIELDS),
            Records(at="records", has=_FIELDS),
            Records(has=_FIELDS),
        ),
        evidence=Evidence.SAMPLE,
        reference="ServiceNow, Table API; a record of the table incident",
        read=read_api,
        traps=(
            "Times are UTC as the API stores them; asked for with sysparm_display_value=true they "
            "are in the zone of the account, and time_zone must say which.",
            *_SHARED_TRAPS,
            "Records of Security Incident Response (sn_si_incident) are read by the same names; "
            "their codes of states differ and were not confirmed, so ask for labels "
            "(sysparm_display_value=true), or for all to have both.",
            "Names of fields for containment were not found in public documentation; map your "
            "instance's own: contained_at.",
        ),
    ),
    Reader(
        id="servicenow-log",
        tool="ServiceNow",
        export="audit log of incidents, one row for each update, as CSV (UCI data set 498)",
        preset=_LOG,
        signatures=(
            Header(
                has=(
                    *("number", "incident_state", "sys_mod_count", "sys_updated_at", "u_symptom"),
                    *("opened_at", "resolved_at", "closed_code", "priority"),
                )
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="UCI Machine Learning Repository 498, incident management event log (CC BY 4.0)",
        traps=(
            "Each ticket's last update, by sys_mod_count, is its state; the earlier ones are "
            "counted as superseded.",
            "The day comes first in dates (29/2/2016 01:16, or 29-02-2016 01:16).",
            "A question mark means that there is no value.",
            "The file does not say in which zone its times are; set time_zone when you know.",
            *_SHARED_TRAPS,
        ),
    ),
)
