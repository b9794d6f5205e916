"""TheHive: cases and alerts, as its API gives them."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.incidents.wrapped import Listed, Texts, grid_of
from board_report.sources.records import flatten

_SEVERITIES = {"1": "low", "2": "medium", "3": "high", "4": "critical"}

_CASES = SourceSpec(
    table="incidents",
    file="",
    columns={
        "incident_id": "_id",
        "title": "title",
        "severity": "severity",
        "detected_at": "startDate",
        "acknowledged_at": "inProgressDate",
    },
    rules={"recovered_at": ColumnRule(("closedDate", "endDate"), how="first")},
    values={"severity": _SEVERITIES},
    leave_out={
        "status": ("FalsePositive", "Duplicated", "Deleted"),
        "resolutionStatus": ("FalsePositive", "Duplicated"),
    },
    date_format="epoch",
)

_ALERTS = SourceSpec(
    table="detections",
    file="",
    columns={
        "detection_id": "_id",
        "severity": "severity",
        "created_at": "date",
        "verdict": "status",
        "incident_id": "caseId",
    },
    rules={"triaged_at": ColumnRule(("importedDate", "closedDate"), how="first")},
    values={
        "severity": _SEVERITIES,
        "verdict": {
            "TruePositive": "true_positive",
            "FalsePositive": "false_positive",
            "Indeterminate": "undetermined",
            **dict.fromkeys(
                (
                    *("New", "Open", "Updated", "InProgress", "Pending"),
                    *("Imported", "Ignored", "Other", "Duplicate", "Duplicated"),
                ),
                "",
            ),
        },
    },
    date_format="epoch",
)


def read_objects(content: bytes, spec: SourceSpec) -> Grid:
    """Objects of the API: a list, JSON lines, or one alone.

    Raises:
        ReadFaultError: not JSON, or not records.
    """

    def texts_of(records: Listed) -> Iterator[tuple[int, Texts]]:
        return ((line, flatten(record, spec.decimal_comma)) for line, record in records)

    return grid_of(content, spec, (), texts_of)


_CASE = ("_id", "severity", "startDate", "status")
_ALERT = ("_id", "severity", "sourceRef", "date")

READERS = (
    Reader(
        id="thehive-cases",
        tool="TheHive",
        export="cases, as JSON of its API",
        preset=_CASES,
        signatures=(
            Records(has=_CASE, equal=(("_type", "Case"),)),
            Records(has=_CASE, equal=(("_type", "case"),)),
        ),
        evidence=Evidence.SAMPLE,
        reference="TheHive 5, output of cases, as typed by TheHive4py; two cases were read",
        read=read_objects,
        traps=(
            "Times are milliseconds since 1970; severity 1 to 4 is low to critical.",
            "Cases that ended as FalsePositive or Duplicated are left out and counted; open ones "
            "are counted as incidents until they end.",
            "A case is counted from startDate, which people may edit; when the incident began is "
            "not known, so time to detect is not measured.",
            "The time of recovery is that of closing the case (closedDate, else endDate).",
            "An alert names its case by _id, so that is the incident's number here; to show the "
            'short one, write incident_id = "number".',
        ),
    ),
    Reader(
        id="thehive-alerts",
        tool="TheHive",
        export="alerts, as JSON of its API",
        preset=_ALERTS,
        signatures=(
            Records(has=_ALERT, equal=(("_type", "Alert"),)),
            Records(has=_ALERT, equal=(("_type", "alert"),)),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="TheHive 5, output of alerts, as typed by TheHive4py",
        read=read_objects,
        traps=(
            "Imported and Ignored say what was done with an alert, not what it was: their verdict "
            "stays empty.",
            "Statuses can be added in TheHive: say in values.verdict what yours mean, or their "
            "rows are set aside.",
            "An alert is triaged when it is imported into a case, or closed.",
            "date is the time that the alert's source gave; TheHive may have received it later.",
        ),
    ),
)
