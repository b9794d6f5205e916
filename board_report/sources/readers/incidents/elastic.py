"""Elastic Security: alerts of detection rules, as the search API, a dump or Discover gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Header, Reader, Records
from board_report.sources.readers.incidents.wrapped import Listed, Texts, grid_of, table_in
from board_report.sources.records import flatten

_PRESET = SourceSpec(
    table="detections",
    file="",
    columns={"severity": "kibana.alert.severity", "verdict": "kibana.alert.workflow_reason"},
    rules={
        "detection_id": ColumnRule(("kibana.alert.uuid", "_id"), how="first"),
        "created_at": ColumnRule(("kibana.alert.start", "@timestamp"), how="first"),
    },
    values={
        "verdict": {"benign_positive": "benign", "duplicate": "", "other": "undetermined"},
    },
    date_format="%b %d, %Y @ %H:%M:%S.%f",
    other_date_formats=("epoch",),
)


def read_alerts(content: bytes, spec: SourceSpec) -> Grid:
    """Hits of a search (``hits.hits``), hits as JSON lines, bare alerts, or a table.

    The fields of ``_source`` (or of ``fields``, where a search was asked for those) become columns
    by their dotted names, nested or not; the hit's ``_id`` stands beside them.

    Raises:
        ReadFaultError: the file cannot be read as what it is.
    """
    table = table_in(content, spec)
    if table is not None:
        return table

    def texts_of(records: Listed) -> Iterator[tuple[int, Texts]]:
        return ((line, flatten(_opened(record), spec.decimal_comma)) for line, record in records)

    return grid_of(content, spec, ("hits.hits",), texts_of)


def _opened(hit: Mapping[str, Any]) -> dict[str, Any]:
    """The alert of a hit, with the hit's identifier."""
    for key in ("_source", "fields"):
        alert = hit.get(key)
        if isinstance(alert, dict):
            return {"_id": hit.get("_id"), **alert}
    return dict(hit)


_FIELDS = ("kibana.alert.severity", "kibana.alert.rule.name")


def _within(key: str) -> tuple[str, ...]:
    return tuple(f"{key}.{each}" for each in _FIELDS)


READERS = (
    Reader(
        id="elastic-alerts",
        tool="Elastic Security",
        export="alerts, as JSON of the search API, JSON lines, or CSV of Discover",
        preset=_PRESET,
        signatures=(
            Records(at="hits.hits", has=_within("_source")),
            Records(at="hits.hits", has=_within("fields")),
            Records(has=_within("_source")),
            Records(has=_FIELDS),
            Header(has=(*_FIELDS, "@timestamp")),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="Elastic, Alert schema; reasons for closing an alert in Kibana's source",
        read=read_alerts,
        traps=(
            "An alert is counted from kibana.alert.start; an export without it gives @timestamp, "
            "which Elastic moves when the alert is updated.",
            "Only the reason for closing (kibana.alert.workflow_reason) is a verdict: "
            "open, acknowledged and closed are not, and the verdict then stays empty.",
            "An alert closed as duplicate has no verdict of its own; reasons that were added in "
            "your Kibana need values.verdict, or their rows are set aside.",
            "kibana.alert.workflow_status_updated_at is when the status last changed, which may be "
            "long after triage; to take it all the same, write triaged_at = "
            '"kibana.alert.workflow_status_updated_at".',
            "Alerts of building-block rules are counted like any other; leave them out by "
            "kibana.alert.building_block_type.",
            "A CSV of Discover has times in the browser's zone: set time_zone.",
        ),
    ),
)
