"""The records of two incidents: one determined not material, one not determined yet.

They are written as the program writes them: one file an entry, each with its own hash and that of
the file before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("governance") / "incidents"
ZONE = "America/Chicago"
PEOPLE = {"CISO": "Ilse Drummond", "GC": "Helena Brandvold", "CFO": "Desmond Lyle"}


@dataclass(frozen=True)
class Step:
    """One entry: who said what, about when, and when it was put on record."""

    kind: str
    role: str
    at: str
    content: Mapping[str, object]
    entered: str = ""
    """Empty where that was at once."""


def _discovered(at: str, title: str) -> Step:
    return Step("discovered", "CISO", at, {"title": title})


def _fact(at: str, name: str, state: str, aspect: str, text: str) -> Step:
    told = {"name": name, "state": state, "aspect": aspect, "text": text}
    return Step("fact", "CISO", at, told)


def _factor(role: str, at: str, name: str, bearing: str, reason: str, other: str = "") -> Step:
    told = {"factor": name, "bearing": bearing, "reason": reason, "related_id": other}
    return Step("factor", role, at, told)


def _related(at: str, other: str, reason: str) -> Step:
    return Step("related", "GC", at, {"other_id": other, "reason": reason})


def _event(at: str, name: str, note: str, entered: str) -> Step:
    return Step("event", "GC", at, {"event": name, "note": note}, entered)


def _determined(at: str, state: str, reasons: str) -> Step:
    return Step("determination", "GC", at, {"state": state, "reasons": reasons})


JULY = (
    _discovered("2026-07-14T05:20:00-05:00", "Ransomware at laboratory scheduling"),
    _fact("2026-07-14T14:05:00-05:00", "systems affected", "known", "scope",
         "Laboratory scheduling alone; the network was isolated at 14:05."),
    _fact("2026-07-14T16:00:00-05:00", "records taken", "undetermined", "nature",
         "Whether data left the network is being looked into."),
    _fact("2026-07-16T03:50:00-05:00", "outage", "known", "timing",
         "Scheduling was back after 38 hours, from our own copies. Nothing was paid."),
    _fact("2026-07-20T11:00:00-05:00", "records taken", "available", "nature",
         "No data left the network, as far as logs and the response firm can tell."),
    _fact("2026-07-20T12:00:00-05:00", "cost", "known", "impact",
         "$3.1 million to date, most of it tests sent to other laboratories."),
    _factor("CFO", "2026-07-20T15:00:00-05:00", "financial", "not_bearing",
           "The cost is below two tenths of a percent of yearly revenue; nothing repeats."),
    _factor("CISO", "2026-07-20T15:20:00-05:00", "operational", "bearing",
           "Appointments of a day and a half were moved; critical tests went to others in time."),
    _factor("CISO", "2026-07-20T15:30:00-05:00", "data", "not_bearing",
           "No record was taken or lost."),
    _factor("GC", "2026-07-20T16:00:00-05:00", "regulatory", "not_bearing",
           "No notice to a regulator or to patients was due."),
    _factor("GC", "2026-07-20T16:10:00-05:00", "reputational", "not_bearing",
           "Two local reports; no customer gave notice."),
    _factor("GC", "2026-07-20T16:20:00-05:00", "aggregation", "not_bearing",
           "No other incident of the year came by the same way in."),
    _determined("2026-07-21T15:30:00-05:00", "not_material",
               "The disclosure committee considered the six factors together. Operations were "
               "interrupted and restored within two days, care was not put at risk, no data were "
               "lost, and neither the cost nor what may follow would be important to an investor."),
)  # fmt: skip

SEPTEMBER = (
    _discovered("2026-09-16T10:12:00-05:00", "Patient contact data exposed at a vendor"),
    _event("2026-09-16T10:12:00-05:00", "discovered_health_information_breach",
          "Counted from the day on which the vendor told us.", "2026-09-18T09:00:00-05:00"),
    _event("2026-09-16T10:12:00-05:00", "discovered_breach_of_500",
          "The list of patients in the feed has 18,400.", "2026-09-18T09:05:00-05:00"),
    _fact("2026-09-17T18:30:00-05:00", "people in the feed", "known", "scope",
         "18,400 patients of Home Care: names, addresses, telephone numbers."),
    _fact("2026-09-18T16:30:00-05:00", "whether data were copied", "undetermined", "nature",
         "The vendor's firm is still reading the logs."),
    _fact("2026-09-21T10:00:00-05:00", "cost of notices and monitoring", "undetermined", "impact",
         "It depends on whether data were copied, and on what the vendor bears."),
    _related("2026-09-21T11:00:00-05:00", "INC0014186",
            "Both are of this quarter, and both touch the care of patients."),
    _factor("CFO", "2026-09-28T14:00:00-05:00", "financial", "unknown",
           "The cost cannot be estimated before it is known whether data were copied."),
    _factor("CISO", "2026-09-28T14:10:00-05:00", "operational", "not_bearing",
           "No service stopped; the feed was cut on the same day."),
    _factor("CISO", "2026-09-28T14:20:00-05:00", "data", "bearing",
           "Contact data of 18,400 patients were open to others for three days."),
    _factor("GC", "2026-09-28T14:30:00-05:00", "regulatory", "bearing",
           "Notices to patients and to the Secretary are being prepared."),
    _factor("GC", "2026-09-28T14:40:00-05:00", "aggregation", "unknown",
           "To be considered when the facts of this one are known.", "INC0014186"),
    _determined("2026-09-29T16:00:00-05:00", "not_yet_determined",
               "The committee met and asked for the vendor's findings. It meets again as soon as "
               "they are there, and in any case on 9 October."),
)  # fmt: skip

RECORDS = {"INC0014186": JULY, "INC0014390": SEPTEMBER}


def write_incident_records(folder: Path) -> None:
    """Write every entry, and which one is the latest of its incident."""
    for incident, steps in RECORDS.items():
        target = folder / FOLDER / incident
        target.mkdir(parents=True, exist_ok=True)
        before = ""
        for number, step in enumerate(steps, start=1):
            text = _entry(incident, number, step, before)
            (target / f"{number:04d}-{step.kind}.json").write_bytes(text)
            before = hashlib.sha256(text).hexdigest()
        (target / "latest.txt").write_bytes(f"{len(steps):04d} {before}\n".encode())


def _entry(incident: str, number: int, step: Step, before: str) -> bytes:
    told: dict[str, object] = {
        "format": "board-report incident",
        "format_version": 1,
        "incident": incident,
        "number": number,
        "kind": step.kind,
        "at": step.at,
        "zone": ZONE,
        "role": step.role,
        "person": PEOPLE[step.role],
        "entered_at": step.entered or step.at,
        "content": dict(step.content),
        "previous_sha256": before,
    }
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    whole = {**told, "entry_sha256": digest}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
