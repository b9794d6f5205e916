"""Splunk Enterprise Security: notable events (findings), as CSV or JSON of a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Header, Reader, Records
from board_report.sources.readers.incidents.wrapped import Listed, Texts, grid_of, table_in
from board_report.sources.records import flatten

_VERDICTS = {
    **dict.fromkeys(("disposition:1", "True Positive - Suspicious Activity"), "true_positive"),
    **dict.fromkeys(("disposition:2", "Benign Positive - Suspicious But Expected"), "benign"),
    **dict.fromkeys(
        ("disposition:3", "False Positive - Incorrect Analytic Logic"), "false_positive"
    ),
    **dict.fromkeys(("disposition:4", "False Positive - Inaccurate Data"), "false_positive"),
    **dict.fromkeys(("disposition:5", "Other"), "undetermined"),
    **dict.fromkeys(("disposition:6", "Undetermined"), ""),
}

_PRESET = SourceSpec(
    table="detections",
    file="",
    columns={
        "detection_id": "event_id",
        "created_at": "_time",
        "triaged_at": "review_time",
    },
    rules={
        "severity": ColumnRule(("urgency", "severity"), how="first"),
        "verdict": ColumnRule(("disposition_label", "disposition"), how="first"),
    },
    values={"verdict": _VERDICTS},
    constants={"source": "siem"},
    leave_out={
        "urgency": ("informational",),
        "disposition_label": ("Testing",),
        "preview": ("true",),
    },
    date_format="epoch",
)

_ENVELOPE = {"preview", "offset", "lastrow"}


def read_notables(content: bytes, spec: SourceSpec) -> Grid:
    """Results of a search: a table, or JSON lines with ``result``, or JSON with ``results``.

    Whether a line is a preview is kept beside its fields, as ``preview``. A line that only says
    that it is the last is no row.

    Raises:
        ReadFaultError: the file cannot be read as what it is.
    """
    table = table_in(content, spec)
    if table is not None:
        return table

    def texts_of(records: Listed) -> Iterator[tuple[int, Texts]]:
        for line, record in records:
            if not set(record) <= _ENVELOPE:
                yield line, flatten(_opened(record), spec.decimal_comma)

    return grid_of(content, spec, ("results",), texts_of)


def _opened(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a line's result, and whether it is a preview."""
    result = record.get("result")
    if not isinstance(result, dict):
        return dict(record)
    return {"preview": record.get("preview"), **result}


_FIELDS = ("event_id", "rule_name", "urgency", "_time")

READERS = (
    Reader(
        id="splunk-notables",
        tool="Splunk Enterprise Security",
        export="notable events, as CSV or JSON of a search",
        preset=_PRESET,
        signatures=(
            Header(has=_FIELDS),
            Records(has=_FIELDS),
            Records(at="results", has=_FIELDS),
            Records(has=tuple(f"result.{each}" for each in _FIELDS)),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="Splunk Enterprise Security, Configure dispositions for findings; search/jobs/"
        "export of the REST API; names of the fields of a notable event",
        read=read_notables,
        traps=(
            "When an alert was triaged is not in the notable event: join incident_review and "
            "export review_time, or time to triage is not measured.",
            "Undetermined is what every finding has until an analyst chooses, so it is read as no "
            "verdict yet; Other is read as undetermined.",
            "Severity is the urgency, which Splunk works out of the rule's severity and the "
            "asset's priority; informational ones are left out and counted, and unknown ones are "
            "set aside.",
            "Dispositions can be added: say in values.verdict what yours mean.",
            "Times without an offset are in the zone of the user who made the export: export "
            "_time as a number, or set time_zone.",
            "Lines of a preview (preview = true) are left out; one that carries a message of "
            "Splunk instead of a result is set aside, because the export then broke off.",
        ),
    ),
)
