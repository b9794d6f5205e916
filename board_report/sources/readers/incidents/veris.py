"""VERIS: incidents in the community's vocabulary, such as the VERIS Community Database."""

from __future__ import annotations

from collections.abc import Iterator

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.incidents.veris_fields import derived
from board_report.sources.readers.incidents.wrapped import Listed, Texts, grid_of
from board_report.sources.records import flatten

CATEGORIES = {
    "malware.Ransomware": "ransomware",
    "malware.DoS": "denial_of_service",
    "malware": "malware",
    "hacking.DoS": "denial_of_service",
    "hacking": "unauthorized_access",
    "social.Phishing": "phishing",
    "social": "other",
    "misuse (internal)": "insider",
    "misuse": "other",
    "physical.Theft (device)": "lost_device",
    "physical.Theft (documents)": "data_exposure",
    "physical.Theft": "other",
    "physical": "other",
    "error.Loss (device)": "lost_device",
    "error.Loss (documents)": "data_exposure",
    "error.Loss": "other",
    "error (disclosure)": "data_exposure",
    "error": "other",
    "environmental": "other",
    "unknown": "",
}
"""Leading action of VERIS to our kind of incident; an unknown action has none."""

_MONITORING = (
    *("Antivirus", "Data loss prevention", "Financial audit", "Fraud detection", "Hids"),
    *("Incident response", "Infrastructure monitoring", "It review", "Log review", "Nids"),
    "Security alarm",
)
_OUTSIDERS = (
    *("Audit", "Emergency response team", "Found documents", "Fraud detection"),
    *("Incident response", "Monitoring service", "Security researcher", "Suspicious traffic"),
    "Unrelated 3rd party",
)
_PARTNERS = ("Antivirus", "Audit", "Incident response", "Monitoring service", "Other", "Unknown")

DISCOVERERS = {
    **{f"internal.{each}": "own_monitoring" for each in _MONITORING},
    **{f"internal.{each}": "employee" for each in ("Reported by employee", "Break in discovered")},
    **{f"internal.{each}": "unknown" for each in ("Other", "Unknown")},
    "external.Customer": "customer",
    "external.Law enforcement": "law_enforcement",
    "external.Actor disclosure": "attacker",
    **{f"external.{each}": "third_party" for each in _OUTSIDERS},
    **{f"external.{each}": "unknown" for each in ("Other", "Unknown")},
    **{f"partner.{each}": "third_party" for each in _PARTNERS},
    **dict.fromkeys(("unknown", "other", "several", "internal", "external"), "unknown"),
    "partner": "third_party",
}
"""Way of discovery in VERIS to who noticed the incident first."""

_SENTENCE = r"(?s)^(.{1,160}?[.](?=\s|$)|.{1,160}(?=\s|$)|.{1,160})"
"""The first sentence, or as many words as 160 characters hold."""

_PRESET = SourceSpec(
    table="incidents",
    file="",
    columns={
        "incident_id": "incident_id",
        "category": "action.leading",
        "occurred_at": "timeline.occurred",
        "detected_at": "timeline.detected",
        "contained_at": "timeline.contained",
        "detected_by": "discovery_method.leading",
        "records_affected": "attribute.confidentiality.data_total",
        "outage_hours": "attribute.availability.interruption_hours",
    },
    rules={
        "title": ColumnRule(
            ("summary", "victim.victim_id", "incident_id"), how="first", match=_SENTENCE
        )
    },
    values={"category": CATEGORIES, "detected_by": DISCOVERERS},
    leave_out={
        "security_incident": ("Suspected", "Near miss", "False positive"),
        "timeline.incident.precision": ("month", "year", "none"),
    },
)


def read_veris(content: bytes, spec: SourceSpec) -> Grid:
    """Records of VERIS: JSON lines, a list, or one alone, with the fields that stand for each.

    Raises:
        ReadFaultError: not JSON, or not records.
    """

    def texts_of(records: Listed) -> Iterator[tuple[int, Texts]]:
        for line, record in records:
            flat = flatten(record)
            yield line, {**flat, **derived(record, flat)}

    return grid_of(content, spec, ("incidents",), texts_of)


READERS = (
    Reader(
        id="veris",
        tool="VERIS",
        export="incidents, as JSON or JSON lines",
        preset=_PRESET,
        signatures=(
            Records(
                has=("incident_id", "schema_version", "security_incident", "timeline.incident"),
            ),
            Records(
                at="incidents",
                has=("incident_id", "schema_version", "security_incident", "timeline.incident"),
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="VERIS Community Database (CC BY-SA 4.0) and the enumerations of its schema",
        read=read_veris,
        traps=(
            "An incident of which only the year or the month is known belongs to no quarter: it "
            "is left out and counted by timeline.incident.precision.",
            "Suspected incidents, near misses and false positives are left out and counted.",
            "timeline.discovery is a span, not a time: with a number and a unit, the incident is "
            "detected so long after the day on which it began; a month is taken as 730.5 hours "
            "and a year as 8,766.",
            "A span without a number, and the units Never, NA and Unknown, give no time: the "
            "incident is then counted on its day, and its beginning is left empty, so that no "
            "time to detect is made up.",
            "Containment is counted from discovery.",
            "Days begin at midnight of time_zone; a span across a change of clocks differs by the "
            "hour, unless time_zone is UTC.",
            "There is no severity, so that figures of major incidents are not measured: "
            'constants = { severity = "..." } gives one to every row, in your name; '
            "impact.overall_rating is a rating of the damage, and mostly unknown.",
            "The kind of incident is that of its leading action: ransomware, denial of service, "
            "phishing, other malware, hacking, misuse, theft, loss, other physical action, error, "
            "other social action, environment, in this order.",
            "Loss amounts are in many currencies and never added up: to have those of your own, "
            'write cost = "impact.overall_amount.USD" with its code.',
            "records_affected is data_total: records of every kind, also where their disclosure "
            "is only possible.",
        ),
    ),
)
