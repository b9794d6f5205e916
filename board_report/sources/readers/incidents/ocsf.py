"""OCSF: incident findings as incidents, detection findings as detections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.incidents.ocsf_events import (
    created_times,
    finding_uid,
    place_of,
    resolved_since,
    text_of,
)
from board_report.sources.readers.incidents.wrapped import Listed, Texts, grid_of
from board_report.sources.records import flatten

_SEVERITIES = {"2": "low", "3": "medium", "4": "high", "5": "critical", "6": "critical"}
_CREATED = tuple(
    f"{finding}.created_time{form}"
    for form in ("", "_dt")
    for finding in ("finding_info", "finding")
)
_KEYS = ("metadata.correlation_uid", "src_url", "ticket.uid", "finding_info_list.uid")


def _first(*headers: str) -> ColumnRule:
    return ColumnRule(headers, how="first")


_INCIDENTS = SourceSpec(
    table="incidents",
    file="",
    columns={
        "incident_id": "incident.key",
        "severity": "severity_id",
        "detected_at": "incident.created",
        "recovered_at": "incident.resolved",
    },
    rules={
        "title": _first("desc", "finding_info_list.title", "message", "incident.key"),
        "occurred_at": _first("start_time", "start_time_dt"),
    },
    values={"severity": {**_SEVERITIES, "0": "", "99": ""}},
    only={"class_uid": ("2005",)},
    leave_out={"severity_id": ("1",), "verdict_id": ("1", "3", "5", "6", "10")},
    keep="last",
    order_by="time",
    date_format="epoch",
)

_DETECTIONS = SourceSpec(
    table="detections",
    file="",
    columns={
        "severity": "severity_id",
        "created_at": "finding.created",
        "verdict": "verdict_id",
    },
    rules={"detection_id": _first("finding_info.uid", "finding.uid")},
    values={
        "severity": _SEVERITIES,
        "verdict": {
            "1": "false_positive",
            "2": "true_positive",
            "5": "benign",
            "7": "undetermined",
            **dict.fromkeys(("0", "3", "4", "6", "8", "9", "10", "99"), ""),
        },
    },
    only={"class_uid": ("2001", "2004")},
    leave_out={
        "severity_id": ("1",),
        "is_alert": ("false",),
        "metadata.product.name": ("Prowler",),
    },
    keep="last",
    order_by="time",
    date_format="epoch",
)


def read_incidents(content: bytes, spec: SourceSpec) -> Grid:
    """Events of incidents, with three fields beside their own.

    ``incident.key`` is the first that there is of metadata.correlation_uid, src_url, ticket.uid
    and the uids of finding_info_list. ``incident.created`` is the time of the incident's Create
    event, and where the file has none, the earliest created_time of its findings.
    ``incident.resolved`` is, as of an event, the time since which the incident has been resolved
    or closed: empty while it is open, and again when it was reopened.

    Raises:
        ReadFaultError: not JSON, or not records.
    """
    key = spec.columns.get("incident_id", "incident.key")

    def texts_of(records: Listed) -> Iterator[tuple[int, Texts]]:
        events = [_incident(record, spec) for _, record in records]
        created = created_times(events, lambda event: event.get(key, ""))
        resolved = resolved_since(events, lambda event: event.get(key, ""))
        for (line, _), event, since in zip(records, events, resolved, strict=True):
            known = created.get(event.get(key, "")) or event["finding_info_list.created_time"]
            yield line, {**event, "incident.created": known, "incident.resolved": since}

    return grid_of(content, spec, (), texts_of)


def read_detections(content: bytes, spec: SourceSpec) -> Grid:
    """Events of findings, with ``finding.created`` beside their fields.

    It is the finding's own created_time, and where it has none, the time of its Create event.

    Raises:
        ReadFaultError: not JSON, or not records.
    """

    def texts_of(records: Listed) -> Iterator[tuple[int, Texts]]:
        events = [flatten(record, spec.decimal_comma) for _, record in records]
        created = created_times(events, finding_uid)
        for (line, _), event in zip(records, events, strict=True):
            own = text_of(event, *_CREATED)
            yield line, {**event, "finding.created": own or created.get(finding_uid(event), "")}

    return grid_of(content, spec, (), texts_of)


def _incident(record: Mapping[str, Any], spec: SourceSpec) -> dict[str, str]:
    """An event's fields, what its list of findings says in short, and which incident it is of."""
    event = flatten(record, spec.decimal_comma)
    listed = record.get("finding_info_list")
    findings = [
        flatten(each, spec.decimal_comma)
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict)
    ]
    times = [each["created_time"] for each in findings if each.get("created_time")]
    event |= {
        "finding_info_list.uid": ";".join(each.get("uid", "") for each in findings),
        "finding_info_list.title": next(
            filter(None, (text_of(each, "title") for each in findings)), ""
        ),
        "finding_info_list.created_time": min(times, key=place_of, default=""),
    }
    return event | {"incident.key": text_of(event, *_KEYS)}


_NO_CHECKS = ("unmapped.compliance", "compliance")
"""Fields of findings that say whether a rule of configuration is met: no alerts."""

READERS = (
    Reader(
        id="ocsf-incidents",
        tool="OCSF",
        export="incident findings (class 2005), as JSON",
        preset=_INCIDENTS,
        signatures=(Records(has=("severity_id", "time"), equal=(("class_uid", "2005"),)),),
        evidence=Evidence.DOCUMENTED,
        reference="OCSF schema, incident_finding and finding_info",
        read=read_incidents,
        traps=(
            "OCSF has no number for an incident: metadata.correlation_uid is taken, else src_url, "
            "ticket.uid, or the findings that it is made of; where your product keeps another one "
            'from event to event, write incident_id = "metadata.uid".',
            "Create, Update and Close are events of one incident: the last by time is its state, "
            "and the earlier ones are counted as superseded.",
            "An incident is counted from its Create event; where the export has none, from the "
            "creation of its earliest finding, and an incident with neither is set aside.",
            "It is recovered when its status became Resolved or Closed, and no longer when it was "
            "reopened.",
            "Verdicts False Positive, Disregard, Benign, Test and Duplicate are left out and "
            "counted, as are informational ones.",
            "Times may be seconds or milliseconds since 1970; the number of digits tells.",
            "Severity Fatal counts as critical; Unknown and Other leave it unknown.",
        ),
    ),
    Reader(
        id="ocsf-detections",
        tool="OCSF",
        export="detection findings (class 2004) and security findings (2001), as JSON",
        preset=_DETECTIONS,
        signatures=(
            Records(
                has=("finding_info.uid", "severity_id", "time"),
                equal=(("class_uid", "2004"),),
                lacks=_NO_CHECKS,
            ),
            Records(
                has=("finding.uid", "severity_id", "time"),
                equal=(("class_uid", "2001"),),
                lacks=(*_NO_CHECKS, "vulnerabilities"),
            ),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="OCSF schema, detection_finding, security_finding and finding_info",
        read=read_detections,
        traps=(
            "Checks of configuration come in this class too: Prowler's are no alerts and are left "
            "out, as are findings with is_alert = false; of other products choose with only.",
            "A finding's last event by time is its state; it is counted from created_time, else "
            "from its Create event, and one with neither is set aside.",
            "When a finding was triaged is not in the schema, so time to triage is not measured.",
            "Only verdict_id is a verdict: a suppressed or resolved finding without it has none.",
            "A file that holds incidents as well needs a block for each: reader = "
            '"ocsf-incidents" and reader = "ocsf-detections".',
            "Severity Fatal counts as critical; Unknown and Other are set aside, and "
            "informational ones are left out.",
        ),
    ),
)
