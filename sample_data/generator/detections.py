"""Alerts, as a SIEM exports its notable events: times with an offset, dispositions in words."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from pathlib import Path

from generator.company import UNIT_WEIGHTS
from generator.draw import chosen, mixed, skewed, source_of
from generator.files import CELL, Csv, write_csv
from generator.incident_cases import Incident
from generator.timeline import AS_OF, QUARTERS, Quarter, at, offset_text, plain, some_day

HEADER = (
    "_time", "event_id", "security_domain", "urgency", "disposition_label", "review_time", "bu",
    "incident_ref",
)  # fmt: skip
COUNTS = (850, 830, 800, 775, 740, 700, 660, 635)
PRECISION = (0.17, 0.18, 0.19, 0.21, 0.24, 0.27, 0.29, 0.32)
TRIAGE_HOURS = (6.6, 6.3, 6.0, 5.4, 4.8, 4.4, 3.9, 3.4)
DOMAINS = {"endpoint": 30, "siem": 18, "email": 22, "cloud": 12, "identity": 12, "network": 6}
URGENCY = {"critical": 3, "high": 14, "medium": 45, "low": 38}
FALSE, BENIGN, TRUE, UNSURE = (
    "False Positive",
    "Benign Positive",
    "True Positive",
    "Undetermined",
)
Alert = tuple[datetime, str, str, str, str, str, str]
"""When it was raised, then cells: domain, urgency, disposition, review, unit, incident."""
DOMAIN_OF = {"Phishing": "email", "Ransomware": "endpoint", "Malware": "endpoint"}


def write_detections(folder: Path, incidents: list[tuple[str, Incident]]) -> None:
    """Write the export; alerts that led to an incident carry its number."""
    rng = source_of("detections")
    rows = [
        each
        for number, quarter in enumerate(QUARTERS)
        for each in _quarter(rng, quarter, COUNTS[number], PRECISION[number], TRIAGE_HOURS[number])
    ]
    rows += [_leading(rng, *each) for each in incidents if each[1].noticed_by == "Own monitoring"]
    rows.sort(key=lambda row: (row[0], row[2:]))
    numbered = [
        (offset_text(row[0]), f"N{place:05d}", *row[1:]) for place, row in enumerate(rows, start=1)
    ]
    write_csv(folder / "ciso/splunk_notables.csv", Csv(HEADER), _with_dead_link(numbered))


def _quarter(
    rng: random.Random, quarter: Quarter, count: int, precision: float, triage: float
) -> list[Alert]:
    skipped = chosen(rng, count, 0.012)
    weights = {
        TRUE: precision * 97,
        FALSE: 70 - precision * 60,
        BENIGN: 27 - precision * 37,
        UNSURE: 3,
    }
    rows = []
    for hours, domain, urgency, verdict, unit, untriaged in zip(
        skewed(rng, count, triage, 0.9),
        mixed(rng, count, DOMAINS),
        mixed(rng, count, URGENCY),
        mixed(rng, count, weights),
        mixed(rng, count, UNIT_WEIGHTS),
        skipped,
        strict=True,
    ):
        raised = plain(at(some_day(rng, quarter), time(rng.randrange(24), rng.randrange(60))))
        reviewed = plain(raised + timedelta(minutes=round(hours * 60)))
        open_still = untriaged or reviewed > at(AS_OF, time(23, 0))
        rows.append(
            (
                raised,
                domain,
                urgency,
                "" if open_still else verdict,
                "" if open_still else offset_text(reviewed),
                unit,
                "",
            )
        )
    return rows


def _leading(rng: random.Random, number: str, case: Incident) -> Alert:
    raised: datetime = plain(case.detected - timedelta(minutes=rng.randint(4, 40)))
    reviewed = case.acknowledged or case.detected
    urgency = case.severity
    domain = DOMAIN_OF.get(case.category, "identity")
    return (raised, domain, urgency, TRUE, offset_text(reviewed), case.unit, number)


def _with_dead_link(rows: list[tuple[str, ...]]) -> list[tuple[CELL, ...]]:
    """One alert names an incident that the register does not have."""
    place = next(
        at for at, row in enumerate(rows) if row[0] >= "2026-02" and row[4] == TRUE and not row[7]
    )
    return [*rows[:place], (*rows[place][:7], "INC0009999"), *rows[place + 1 :]]
