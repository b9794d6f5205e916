"""Work out the sample company's figures from its files alone, in plain Python.

A second opinion: standard library only, nothing shared with the program, every definition written
out again, rows with a known fault left out by name. ``python tests/tools/known_answers.py`` writes
``sample_data/known_answers.json``, and in ``sample_data/governance`` ``reported_figures.csv`` and
``reported_rows.csv``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import sys
import zipfile
from collections import defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from statistics import mean, median
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data"
CENTRAL = ZoneInfo("America/Chicago")
UTC = ZoneInfo("UTC")
NAMES = [
    "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3",
]  # fmt: skip
LEFT_OUT = {
    "INC0012622": "recovery stamped a year before detection",
    "7422005": "due on 30 February",
    "D03301": "more gates passed than required",
}
"""Rows that nobody can use as they stand, by their number, and why."""
DISCOUNT_RATE = 0.09
NINE_TENTHS = Fraction(9, 10)


# --- reading -------------------------------------------------------------------------------------


@cache
def rows(folder, name, delimiter=","):
    """The rows of a CSV file as dictionaries, without blank lines and rows left out by name."""
    text = (folder / name).read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    first = next(iter(found[0]))
    return [each for each in found if each[first] not in LEFT_OUT]


def day(text):
    """A date, or None; ISO 8601."""
    return date.fromisoformat(text[:10]) if text else None


def us_day(text):
    """A date written month first, or None."""
    if not text:
        return None
    month, number_of_day, year = (int(part) for part in text.split("/"))
    return date(year, month, number_of_day)


def local(text):
    """An instant written in the company's local time, or None for an empty cell or ``?``."""
    if text in ("", "?"):
        return None
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CENTRAL).astimezone(UTC)


def instant(text):
    """An instant with its offset (or Z), or None."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC) if text else None


def number(text):
    """A number, or None for an empty cell, ``?`` or ``N/A``."""
    return None if text in ("", "?", "N/A", None) else float(text)


# --- quarters ------------------------------------------------------------------------------------


def first_day(name, shift=0):
    """The first day of a quarter, or of one some quarters later."""
    index = int(name[:4]) * 4 + int(name[-1]) - 1 + shift
    return date(index // 4, index % 4 * 3 + 1, 1)


def last_day(name):
    """The last day of a quarter."""
    return first_day(name, 1) - timedelta(days=1)


def midnight(when):
    """The first instant of a day in the company's zone, in UTC."""
    return datetime(when.year, when.month, when.day, tzinfo=CENTRAL).astimezone(UTC)


def begins(name):
    """The first instant of a quarter."""
    return midnight(first_day(name))


def ends(name):
    """The first instant after a quarter."""
    return midnight(first_day(name, 1))


def is_in(moment, name):
    """Whether an instant falls in a quarter."""
    return moment is not None and begins(name) <= moment < ends(name)


def falls_in(when, name):
    """Whether a date falls in a quarter."""
    return when is not None and first_day(name) <= when <= last_day(name)


def in_year_to(when, name):
    """Whether a date falls in the four quarters that end with this one."""
    return when is not None and first_day(name, -3) <= when <= last_day(name)


def by(when, name):
    """Whether a date is known and not after the end of a quarter."""
    return when is not None and when <= last_day(name)


# --- arithmetic ----------------------------------------------------------------------------------


def share(part, whole):
    """A part over its whole, or None when there is no whole."""
    return part / whole if whole else None


def count(items):
    """How many are true."""
    return sum(1 for each in items if each)


def lasting(cases, level=Fraction(1, 2)):
    """A percentile by the product-limit rule, with what has not ended yet; None below three.

    At each time at which cases end, the share still going is multiplied by those left over those
    that were still watched. Where the share is exactly the one asked for from one such time to the
    next, the percentile is in the middle; where nothing ends after that, it is not known.

    Args:
        cases: how long each has lasted, and whether it has ended.
        level: share that has ended, as a fraction.
    """
    cases = [each for each in cases if each is not None]
    if len(cases) < 3:
        return None
    going, level_since = Fraction(1), None
    for time in sorted({lasted for lasted, is_over in cases if is_over}):
        if level_since is not None:
            return (level_since + time) / 2
        watched = count(lasted >= time for lasted, _ in cases)
        ended = count(lasted == time and is_over for lasted, is_over in cases)
        going *= Fraction(watched - ended, watched)
        if going < 1 - level:
            return time
        level_since = time if going == 1 - level else None
    return None


def clock(start, end, is_over=False):
    """Hours that a case took, or has taken by the end of the last quarter; None if not known."""
    if start is None or (end is None and is_over):
        return None
    return (hours(start, end), True) if end else (hours(start, ends(NAMES[-1])), False)


def days_of(start, end, gone=None):
    """Days that a case took, or has taken by the last day, or until it went away unfinished."""
    if start is None:
        return None
    last = last_day(NAMES[-1])
    if end is not None and end <= last:
        return (end - start).days, True
    return (min(gone or last, last) - start).days, False


def hours(earlier, later):
    """Hours between two instants, or None where one is not known."""
    return (later - earlier).total_seconds() / 3600 if earlier and later else None


def known(values):
    """The values that are not None."""
    return [each for each in values if each is not None]


def middle(values):
    """The median of what is known, or None."""
    found = known(values)
    return median(found) if found else None


# --- the CISO's figures --------------------------------------------------------------------------


@cache
def incident_rows(folder):
    """Incidents with their instants."""
    return [
        {
            **row,
            "occurred": local(row["u_occurred_at"]),
            "detected": local(row["u_detected_at"]),
            "acknowledged": local(row["u_acknowledged_at"]),
            "contained": local(row["u_contained_at"]),
            "recovered": local(row["resolved_at"]),
            "determined": day(row["u_materiality_date"]),
        }
        for row in rows(folder, "ciso/servicenow_incidents.csv")
    ]


def incidents(folder, name):
    """Figures of the incident register."""
    register = incident_rows(folder)
    found = [row for row in register if is_in(row["detected"], name)]
    seen = [row for row in register if row["detected"] < ends(name)]
    recovered = [row for row in register if is_in(row["recovered"], name)]
    noticed = [row["u_detected_by"] for row in found if row["u_detected_by"] != "Unknown"]
    detect = known(clock(row["occurred"], row["detected"]) for row in found)
    recover = [clock(row["detected"], row["recovered"]) for row in found]
    return {
        "incidents_detected": len(found),
        "major_incidents": count(row["priority"][0] in "12" for row in found),
        "incidents_open": count(
            row["recovered"] is None or row["recovered"] >= ends(name) for row in seen
        ),
        "materiality_reviews_open": count(
            row["u_materiality"] != "Not required" and not by(row["determined"], name)
            for row in seen
        ),
        "mttd": lasting(detect),
        "mttd.p90": lasting(detect, NINE_TENTHS),
        "mttd.mean": mean(took for took, _ in detect),
        "mttd.unknown": len(found) - len(detect),
        "dwell_time": lasting(
            clock(row["occurred"], row["contained"], bool(row["recovered"])) for row in found
        ),
        "mtta": lasting(
            clock(row["detected"], row["acknowledged"], bool(row["contained"] or row["recovered"]))
            for row in found
        ),
        "mttc": lasting(
            clock(row["detected"], row["contained"], bool(row["recovered"])) for row in found
        ),
        "mttr": lasting(recover),
        "mttr.p90": lasting(recover, NINE_TENTHS),
        "mttr.open": count(not is_over for _, is_over in recover),
        "self_detected_share": share(
            count(each in ("Own monitoring", "Employee") for each in noticed), len(noticed)
        ),
        "reopened_incident_share": share(
            count(int(row["reopen_count"]) > 0 for row in recovered), len(recovered)
        ),
        "incident_cost": math.fsum(known(number(row["u_direct_cost"]) for row in found)),
        "outage_hours": math.fsum(known(number(row["u_outage_hours"]) for row in found)),
    }


def detections(folder, name):
    """Figures of the alerts."""
    alerts = [
        row
        for row in rows(folder, "ciso/splunk_notables.csv")
        if is_in(instant(row["_time"]), name)
    ]
    clear = [
        row["disposition_label"]
        for row in alerts
        if row["disposition_label"] not in ("", "Undetermined")
    ]
    return {
        "alerts_raised": len(alerts),
        "alert_precision": share(clear.count("True Positive"), len(clear)),
        "time_to_triage": lasting(
            clock(
                instant(row["_time"]), instant(row["review_time"]), bool(row["disposition_label"])
            )
            for row in alerts
        ),
    }


@cache
def finding_rows(folder):
    """Vulnerability findings with their dates, each finding once."""
    once = {row["Finding ID"]: row for row in rows(folder, "ciso/tenable_vulnerabilities.csv")}
    return [
        {
            **row,
            "found": us_day(row["First Found"]),
            "due": us_day(row["Due Date"]),
            "closed": us_day(row["Last Fixed"]),
        }
        for row in once.values()
    ]


def exposure(folder, name):
    """Figures of the scanner, with the catalogue of exploited flaws beside it."""
    findings = finding_rows(folder)
    catalogue = {
        row["cveID"]: (day(row["dateAdded"]), day(row["dueDate"]))
        for row in rows(folder, "ciso/cisa_kev.csv")
    }
    due = [row for row in findings if falls_in(row["due"], name)]
    jewels = [row for row in due if row["Asset Tier"] == "Crown jewel"]
    still = [row for row in findings if by(row["found"], name) and not by(row["closed"], name)]
    closed = [row for row in findings if falls_in(row["closed"], name)]
    exploited = [
        row for row in still if row["CVE"] in catalogue and by(catalogue[row["CVE"]][0], name)
    ]

    def in_time(found):
        return count(row["closed"] and row["closed"] <= row["due"] for row in found)

    return {
        "patch_sla_compliance": share(in_time(due), len(due)),
        "crown_jewel_patch_sla": share(in_time(jewels), len(jewels)),
        "vulnerabilities_overdue": count(row["due"] < last_day(name) for row in still),
        "kev_open": len(exploited),
        "kev_overdue": count(catalogue[row["CVE"]][1] < last_day(name) for row in exploited),
        "kev_overdue.crown_jewel": count(
            catalogue[row["CVE"]][1] < last_day(name) and row["Asset Tier"] == "Crown jewel"
            for row in exploited
        ),
        "internet_criticals_open": count(
            row["Exposure"] == "internet" and row["Risk"] == "Critical" for row in still
        ),
        "time_to_remediate": lasting(
            days_of(row["found"], row["closed"]) for row in findings if falls_in(row["found"], name)
        ),
        "reappeared_share": share(
            count(int(row["Times Resurfaced"]) > 0 for row in closed), len(closed)
        ),
    }


CONTROLS = {
    "EDR": "edr_coverage",
    "SIEM logging": "siem_coverage",
    "Firewall review": "firewall_review_coverage",
    "MFA": "mfa_coverage",
    "PAM": "pam_coverage",
    "Tested restore": "restore_tested_coverage",
}


def controls(folder, name):
    """Coverage of each control, and of all of them on the crown jewels."""
    sums = defaultdict(lambda: [0, 0])
    for row in rows(folder, "ciso/control_coverage.csv", ";"):
        keys = [CONTROLS[row["Control"]]]
        keys += ["crown_jewel_coverage"] if row["Tier"] == "crown_jewel" else []
        for key in keys if row["Quarter"] == name else ():
            sums[key][0] += int(row["Seen working"])
            sums[key][1] += int(row["In scope"])
    return {key: share(*pair) for key, pair in sums.items()}


def compliance(folder, name):
    """Scores by framework (None under 60% assessed) and the CSF profile."""
    found = {}
    every = rows(folder, "ciso/compliance_assessments.csv")
    for framework in ("soc2", "iso27001", "hipaa", "gdpr", "pci_dss"):
        results = [
            row["result"]
            for row in every
            if (row["quarter"], row["framework"]) == (name, framework)
        ]
        applicable = [each for each in results if each != "not_applicable"]
        assessed = [each for each in applicable if each != "not_assessed"]
        enough = len(assessed) >= 0.6 * len(applicable)
        found[f"{framework}_score"] = (
            share(assessed.count("met"), len(assessed)) if enough else None
        )
    profile = [row for row in rows(folder, "ciso/csf_profile.csv") if row["quarter"] == name]
    rated = [row for row in profile if row["current"]]
    found["csf_assessed_share"] = share(len(rated), len(profile))
    found["csf_at_target_share"] = share(
        count(float(row["current"]) >= float(row["target"]) for row in rated), len(rated)
    )
    return found


def audit(folder, name):
    """Figures of audit and penetration-test findings."""
    findings = [
        {**row, **{key: day(row[f"{key}_on"]) for key in ("raised", "due", "closed")}}
        for row in rows(folder, "ciso/audit_findings.csv")
    ]
    still = [row for row in findings if by(row["raised"], name) and not by(row["closed"], name)]
    due = [row for row in findings if falls_in(row["due"], name)]
    raised = [row for row in findings if in_year_to(row["raised"], name)]
    return {
        "audit_findings_open": len(still),
        "audit_findings_overdue": count(row["due"] < last_day(name) for row in still),
        "audit_closed_on_time": share(
            count(row["closed"] and row["closed"] <= row["due"] for row in due), len(due)
        ),
        "repeat_finding_share": share(
            count(row["is_repeat"] == "true" for row in raised), len(raised)
        ),
        "pentest_criticals_open": count(
            row["origin"] == "penetration_test" and row["severity"] in ("critical", "high")
            for row in still
        ),
    }


@cache
def training_rows(folder):
    """Enrollments: the day of an instant is the company's, whatever the platform's clock said."""
    records = json.loads((folder / "ciso/knowbe4_enrollments.json").read_text(encoding="utf-8"))
    return [
        {
            "unit": row["user"]["division"],
            "due": day(row["due_date"]),
            "done": instant(row["completion_date"]).astimezone(CENTRAL).date()
            if row["completion_date"]
            else None,
        }
        for row in records
        if str(row["enrollment_id"]) not in LEFT_OUT
    ]


def people(folder, name):
    """Training and phishing."""
    due = [row for row in training_rows(folder) if falls_in(row["due"], name)]
    sent = [
        row
        for row in rows(folder, "ciso/phishing_tests.csv")
        if falls_in(day(row["started_at"]), name)
    ]

    def in_time(found):
        return share(count(row["done"] and row["done"] <= row["due"] for row in found), len(found))

    def total(column):
        return sum(int(row[column]) for row in sent)

    return {
        "training_completion": in_time(due),
        "training_completion.Home Care": in_time([row for row in due if row["unit"] == "HomeCare"]),
        "phishing_click_rate": share(total("clicked_count"), total("delivered_count")),
        "phishing_report_rate": share(total("reported_count"), total("delivered_count")),
    }


def third_parties(folder, name):
    """Figures of the vendors."""
    vendors = [
        row
        for row in rows(folder, "ciso/securityscorecard_portfolio.csv")
        if row["quarter"] == name
    ]
    first = [day(row["last_assessed"]) for row in vendors if row["tier"] == "1"]
    ratings = known(number(row["score"]) for row in vendors)
    return {
        "third_parties_count": len(vendors),
        "tier_1_assessed_share": share(
            count(each and 0 <= (last_day(name) - each).days <= 365 for each in first), len(first)
        ),
        "third_party_rating": median(ratings),
        "third_parties_unrated": len(vendors) - len(ratings),
        "third_party_criticals": sum(int(row["open_criticals"]) for row in vendors),
    }


def policies(folder, name):
    """Policies and risk acceptances."""
    latest = {}
    for row in sorted(rows(folder, "ciso/policies.csv"), key=lambda each: each["approved_on"]):
        if by(day(row["approved_on"]), name):
            latest[row["policy_id"]] = day(row["review_due_on"])
    still = [
        row
        for row in rows(folder, "ciso/risk_acceptances.csv")
        if by(day(row["accepted_on"]), name) and not by(day(row["closed_on"]), name)
    ]
    return {
        "policies_in_date": share(
            count(each >= last_day(name) for each in latest.values()), len(latest)
        ),
        "acceptances_open": len(still),
        "acceptances_lapsed": count(day(row["expires_on"]) < last_day(name) for row in still),
    }


def hunting(folder, name):
    """Threat hunts."""
    done = [
        row
        for row in rows(folder, "ciso/threat_hunts.csv")
        if falls_in(day(row["finished_on"]), name)
    ]
    return {
        "hunts_finished": len(done),
        "hunt_yield": share(count(row["result"] != "nothing_found" for row in done), len(done)),
        "detections_from_hunts": sum(int(row["detections_added"]) for row in done),
    }


# --- the CTO's figures ---------------------------------------------------------------------------


def adoption(folder, name):
    """Figures of the technology portfolio."""
    portfolio = rows(folder, "cto/technology_portfolio.csv")
    launched = [row for row in portfolio if falls_in(day(row["live_on"]), name)]
    of_year = [row for row in portfolio if in_year_to(day(row["live_on"]), name)]
    used = [
        (int(row["users_planned"]), int(row["users_actual"]))
        for row in rows(folder, "cto/technology_adoption.csv")
        if row["quarter"] == name and row["users_actual"]
    ]

    def is_reviewed(row):
        passed = day(row["review_passed_on"])
        return passed is not None and passed <= day(row["live_on"])

    def is_unbooked(row):
        planned = day(row["planned_live_on"])
        return (
            by(day(row["requested_on"]), name)
            and not by(day(row["live_on"]), name)
            and not by(day(row["retired_on"]), name)
            and not by(day(row["review_passed_on"]), name)
            and not row["review_booked_for"]
            and planned is not None
            and last_day(name) < planned <= last_day(name) + timedelta(days=180)
        )

    return {
        "secure_adoption_rate": share(count(map(is_reviewed, of_year)), len(of_year)),
        "time_to_secure_approval": lasting(
            days_of(day(row["requested_on"]), day(row["approved_on"]), day(row["retired_on"]))
            for row in portfolio
            if falls_in(day(row["requested_on"]), name)
        ),
        "adoption_against_plan": share(sum(b for _, b in used), sum(a for a, _ in used)),
        "launches": len(launched),
        "launches_without_review": count(not is_reviewed(row) for row in launched),
        "reviews_not_booked": count(map(is_unbooked, portfolio)),
    }


def delivery(folder, name):
    """Figures of production deployments."""
    found = [
        {**row, "live": instant(row["finished_at"])}
        for row in rows(folder, "cto/gitlab_deployments.csv")
        if is_in(instant(row["finished_at"]), name)
    ]
    failed = [row for row in found if row["status"] == "failed"]
    weeks = ((last_day(name) - first_day(name)).days + 1) / 7

    def is_secure(row):
        full = int(row["gates_passed"]) >= int(row["gates_required"])
        return row["bypass"] == "approved" or (full and row["bypass"] == "none")

    return {
        "secure_code_deployment_rate": share(count(map(is_secure, found)), len(found)),
        "unapproved_bypasses": count(row["bypass"] == "unapproved" for row in found),
        "deployment_frequency": len(found) / weeks,
        "lead_time": middle(hours(instant(row["committed_at"]), row["live"]) for row in found),
        "change_failure_rate": share(len(failed), len(found)),
        "time_to_restore": lasting(
            clock(row["live"], instant(row["restored_at"])) for row in failed
        ),
    }


def architecture(folder, name):
    """Figures of designs, zero trust and the system register."""
    designs = rows(folder, "cto/designs.csv")
    reviewed = [row for row in designs if falls_in(day(row["reviewed_on"]), name)]
    lapsed = [
        row
        for row in designs
        if row["exception"] == "approved"
        and by(day(row["reviewed_on"]), name)
        and row["exception_expires_on"]
        and day(row["exception_expires_on"]) < last_day(name)
    ]
    pillars = [
        (int(row["stage"]), int(row["target_stage"]))
        for row in rows(folder, "cto/zero_trust.csv")
        if row["quarter"] == name and row["stage"]
    ]
    serving = [
        row
        for row in rows(folder, "cto/systems.csv")
        if by(day(row["in_service_on"]), name) and not by(day(row["retired_on"]), name)
    ]
    jewels = [row for row in serving if row["asset_tier"] == "crown_jewel"]
    past = [
        row
        for row in serving
        if row["support_ends_on"] and day(row["support_ends_on"]) < last_day(name)
    ]
    return {
        "threat_model_coverage": share(
            count(
                row["threat_modelled_on"]
                and day(row["threat_modelled_on"]) <= day(row["reviewed_on"])
                for row in reviewed
            ),
            len(reviewed),
        ),
        "secure_pattern_rate": share(
            count(row["uses_secure_pattern"] == "true" for row in reviewed), len(reviewed)
        ),
        "design_exceptions_lapsed": len(lapsed),
        "zero_trust_at_target": share(count(a >= b for a, b in pillars), len(pillars)),
        "zero_trust_stage": min(a for a, _ in pillars),
        "crown_jewels_zero_trust": share(
            count(by(day(row["zero_trust_on"]), name) for row in jewels), len(jewels)
        ),
        "systems_past_support": len(past),
        "systems_past_support.crown_jewel": count(
            row["asset_tier"] == "crown_jewel" for row in past
        ),
        "past_support_share": share(len(past), len(serving)),
    }


def artificial_intelligence(folder, name):
    """Figures of the AI register."""
    register = rows(folder, "cto/ai_use_cases.csv")
    live = [
        row
        for row in register
        if by(day(row["registered_on"]), name) and not by(day(row["retired_on"]), name)
    ]
    new = [row for row in register if falls_in(day(row["registered_on"]), name)]
    gated = [row for row in live if by(day(row["gate_passed_on"]), name)]
    return {
        "ai_use_cases": len(live),
        "ai_gate_coverage": share(len(gated), len(live)),
        "ai_found_share": share(count(row["origin"] == "found" for row in new), len(new)),
        "ai_sensitive_ungated": count(
            row["data_class"] in ("confidential", "restricted") and row not in gated for row in live
        ),
    }


@cache
def plan_rows(folder):
    """The investment plan: the sheet's own XML, below its two lines of preamble."""
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(folder / "cto/investment_plan.xlsx") as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    grid = []
    for line in sheet.iterfind(".//s:row", space):
        cells = {}
        for cell in line.iterfind("s:c", space):
            words = cell.findtext("s:is/s:t", None, space)
            amount = cell.findtext("s:v", None, space)
            if words is not None or amount is not None:
                letter = cell.get("r").rstrip("0123456789")
                cells[letter] = words if words is not None else float(amount)
        grid.append(cells)
    header = grid[2]
    return [{header[key]: value for key, value in line.items()} for line in grid[3:]]


def investment(folder, name):
    """Money: the year to date, and the whole life with what was known by this quarter."""
    plan = plan_rows(folder)
    if not any(row["Quarter"] == name for row in plan):
        return {}
    now = [row for row in plan if row["Quarter"] == name]
    year = [row for row in plan if name[:4] == row["Quarter"][:4] and row["Quarter"] <= name]
    booked = [row for row in year if "Actual cost" in row]
    confirmed = [row for row in year if "Realized benefit" in row]
    costs, benefits = defaultdict(float), defaultdict(float)
    for row in plan:
        past = row["Quarter"] <= name
        costs[row["Quarter"]] += (
            row["Actual cost"] if past and "Actual cost" in row else row["Plan cost"]
        )
        benefits[row["Quarter"]] += (
            row["Realized benefit"] if past and "Realized benefit" in row else row["Plan benefit"]
        )
    flows = [benefits[each] - costs[each] for each in sorted(costs)]
    spent, gained = math.fsum(costs.values()), math.fsum(benefits.values())
    return {
        "spend_actual": math.fsum(row.get("Actual cost", 0) for row in now),
        "spend_against_plan": share(
            math.fsum(row["Actual cost"] for row in booked),
            math.fsum(row["Plan cost"] for row in booked),
        ),
        "benefit_against_plan": share(
            math.fsum(row["Realized benefit"] for row in confirmed),
            math.fsum(row["Plan benefit"] for row in confirmed),
        ),
        "return_on_investment": (gained - spent) / spent,
        "net_present_value": present_value(flows, (1 + DISCOUNT_RATE) ** 0.25 - 1),
        "internal_rate_of_return": (1 + rate_of_return(flows)) ** 4 - 1,
        "payback": payback(flows),
    }


def present_value(flows, rate):
    """Flows discounted by period; the first is not discounted."""
    return math.fsum(flow / (1 + rate) ** place for place, flow in enumerate(flows))


def rate_of_return(flows):
    """The rate at which the flows are worth nothing, by halving."""
    low, high = -0.9, 5.0
    for _ in range(200):
        middle_rate = (low + high) / 2
        low, high = (
            (middle_rate, high) if present_value(flows, middle_rate) > 0 else (low, middle_rate)
        )
    return (low + high) / 2


def payback(flows):
    """Years until the sum of the flows is no longer negative, linear within the quarter."""
    held = flows[0]
    for place, flow in enumerate(flows[1:], start=1):
        if held < 0 <= held + flow:
            return (place - 1 - held / flow) / 4
        held += flow
    return None


# --- the figures of both -------------------------------------------------------------------------


def together(folder, name):
    """Meetings, joint actions and oversight."""
    planned = [
        row
        for row in rows(folder, "governance/sync_meetings.csv")
        if falls_in(day(row["planned_on"]), name)
    ]
    actions = [
        {key: day(row[f"{key}_on"]) for key in ("raised", "due", "closed")}
        for row in rows(folder, "governance/joint_actions.csv")
    ]
    due = [row for row in actions if falls_in(row["due"], name)]
    still = [row for row in actions if by(row["raised"], name) and not by(row["closed"], name)]
    meetings = [
        row
        for row in rows(folder, "governance/committee_calendar.csv")
        if in_year_to(day(row["meeting_on"]), name)
    ]
    cyber = [row for row in meetings if row["is_cyber_on_agenda"] == "true"]
    return {
        "sync_meetings_held": share(
            count(by(day(row["held_on"]), name) for row in planned), len(planned)
        ),
        "joint_actions_on_time": share(
            count(row["closed"] and row["closed"] <= row["due"] for row in due), len(due)
        ),
        "joint_actions_overdue": count(row["due"] < last_day(name) for row in still),
        "committee_cyber_meetings": len(cyber),
        "ciso_attendance": share(
            count(row["is_ciso_present"] == "true" for row in cyber), len(cyber)
        ),
        "executive_sessions": count(row["is_executive_session"] == "true" for row in meetings),
    }


def exercises_and_debt(folder, name):
    """Actions of exercises, disputes, and the flaws that were overdue when the quarter began."""
    actions = [
        row
        for row in rows(folder, "governance/joint_actions.csv")
        if row["origin"] == "joint_exercise" and in_year_to(day(row["due_on"]), name)
    ]
    inherited = [
        row
        for row in finding_rows(folder)
        if row["found"] < first_day(name)
        and row["due"] < first_day(name)
        and not (row["closed"] and row["closed"] < first_day(name))
    ]
    return {
        "exercise_actions_closed": share(
            count(by(day(row["closed_on"]), name) for row in actions), len(actions)
        ),
        "disputes_open": count(
            by(day(row["raised_on"]), name) and not by(day(row["settled_on"]), name)
            for row in rows(folder, "governance/disputes.csv")
        ),
        "security_debt_burned_down": share(
            count(falls_in(row["closed"], name) for row in inherited), len(inherited)
        ),
    }


def choices_and_warnings(folder, name):
    """Vendors that were chosen, and warnings that one office passed to the other."""
    offices = defaultdict(set)
    for row in rows(folder, "governance/vendor_scores.csv"):
        offices[row["selection_id"], row["vendor_name"]].add(row["scored_by_role"])
    chosen = [
        offices[row["selection_id"], row["chosen_vendor"]]
        for row in rows(folder, "governance/vendor_selections.csv")
        if in_year_to(day(row["decided_on"]), name)
    ]
    shared = [
        row
        for row in rows(folder, "governance/threat_intelligence.csv")
        if falls_in(day(row["shared_on"]), name)
    ]
    return {
        "vendor_decisions_with_both_scores": share(
            count(each == {"CISO", "CTO"} for each in chosen), len(chosen)
        ),
        "threat_intel_acted_on": share(
            count(by(day(row["acted_on"]), name) for row in shared), len(shared)
        ),
    }


def incident_work(folder, name):
    """Reviews of major incidents, and the hours that work on them lay between the offices."""
    major = [row for row in incident_rows(folder) if row["priority"][0] in "12"]
    year = [
        row["number"]
        for row in major
        if row["recovered"] and midnight(first_day(name, -3)) <= row["recovered"] < ends(name)
    ]
    reviewed = {
        row["incident_id"]
        for row in rows(folder, "governance/incident_reviews.csv")
        if by(day(row["held_on"]), name) and row["ciso_office_owner"] and row["cto_office_owner"]
    }
    noticed = [row["number"] for row in major if is_in(row["detected"], name)]
    lost = [
        hours(instant(row["handed_over_at"]), instant(row["taken_up_at"]))
        for row in rows(folder, "governance/incident_handovers.csv")
        if row["incident_id"] in noticed
    ]
    return {
        "incident_reviews_held": share(count(each in reviewed for each in year), len(year)),
        "handover_time_lost": math.fsum(known(lost)) if noticed else None,
        "handover_time_lost.open": count(each is None for each in lost),
    }


SUBJECTS = (
    incidents, detections, exposure, controls, compliance, audit, people, third_parties, policies,
    hunting, adoption, delivery, architecture, artificial_intelligence, investment, together,
    exercises_and_debt, choices_and_warnings, incident_work,
)  # fmt: skip


def known_answers(folder):
    """Every figure by id (``id.part`` for a part of it) and quarter; None where there is none."""
    by_quarter = {
        name: {key: value for each in SUBJECTS for key, value in each(folder, name).items()}
        for name in NAMES
    }
    ids = list(dict.fromkeys(key for found in by_quarter.values() for key in found))
    return {key: {name: _rounded(by_quarter[name].get(key)) for name in NAMES} for key in ids}


def _rounded(value):
    return round(value, 9) if isinstance(value, float) else value


# --- what earlier decks showed -------------------------------------------------------------------

HEADLINES = (
    "major_incidents", "mttd", "mttr", "kev_overdue", "crown_jewel_patch_sla",
    "restore_tested_coverage", "training_completion", "phishing_click_rate", "secure_adoption_rate",
    "time_to_secure_approval", "systems_past_support", "secure_code_deployment_rate",
    "crown_jewels_zero_trust",
)  # fmt: skip
SHOWN_ON = {
    "2024-Q4": "2025-01-28", "2025-Q1": "2025-04-29", "2025-Q2": "2025-07-29",
    "2025-Q3": "2025-10-28", "2025-Q4": "2026-01-27", "2026-Q1": "2026-04-28",
    "2026-Q2": "2026-07-28",
}  # fmt: skip
REOPENED = "INC0014084"
"""Closed in June 2026, shown so in July, opened again in August."""
REASON = "An incident of June was reopened in August, after the July report, and recovered then."


def recovery_as_shown(folder, name):
    """The median time to recover with the first closure of the case that was opened again."""
    return lasting(
        clock(
            row["detected"],
            local(row["u_first_resolved_at"]) if row["number"] == REOPENED else row["recovered"],
        )
        for row in incident_rows(folder)
        if is_in(row["detected"], name)
    )


def reported_figures(folder, answers):
    """Rows of the record of earlier decks: today's figures, but for one restatement."""
    found = [["metric_id", "quarter", "value", "reported_on", "restatement_reason"]]
    for name, shown_on in SHOWN_ON.items():
        for key in HEADLINES:
            value, reason = answers[key][name], ""
            if value is None:
                continue
            if (key, name) == ("mttr", "2026-Q2"):
                value, reason = _rounded(recovery_as_shown(folder, name)), REASON
            found.append([key, name, repr(value), shown_on, reason])
    return found


READ = ("closed_at", "detected_at", "recovered_at")
"""What the time to recover reads of an incident, in the order of the parts of a row's hash."""


def short_hash(text, length):
    """The first digits of a SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def row_digest(row):
    """The hash of an incident as the July deck had it; no incident says when it was closed."""
    recovered = row["recovered"]
    if row["number"] == REOPENED:
        recovered = local(row["u_first_resolved_at"])
    cells = ["", *(when.isoformat() if when else "" for when in (row["detected"], recovered))]
    names = "x" + short_hash(" ".join(READ), 6)
    return "-".join([names, *(short_hash(cell, 6) for cell in cells)])


def reported_rows(folder):
    """The incidents behind the figure that is restated, as they were when it was shown."""
    name = "2026-Q2"
    head = ["mttr", name, SHOWN_ON[name], "incidents"]
    found = [
        (row["number"], row_digest(row))
        for row in incident_rows(folder)
        if is_in(row["detected"], name)
    ]
    whole = "|".join(sorted(f"{record}\t{digest}" for record, digest in found))
    return [
        ["metric_id", "quarter", "reported_on", "table", "record", "rows", "digest"],
        [*head, "", len(found), "x" + short_hash(whole, 16)],
        *([*head, record, 1, digest] for record, digest in found),
    ]


def write_table(path, table):
    """Write rows as CSV, with line feeds only."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    path.write_text(out.getvalue(), encoding="utf-8")


def main(folder):
    """Write all three files."""
    answers = known_answers(folder)
    text = json.dumps({"left_out": LEFT_OUT, "answers": answers}, indent=1)
    (folder / "known_answers.json").write_text(text + "\n", encoding="utf-8")
    write_table(folder / "governance/reported_figures.csv", reported_figures(folder, answers))
    write_table(folder / "governance/reported_rows.csv", reported_rows(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
