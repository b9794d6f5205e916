"""Major incidents as work of both offices: what the figures come to, by hand."""

import pytest

from board_report.metrics.joint.incident_work import METRICS
from tests.spec.spec import Spec, check


def incident(number, detected_at, recovered_at=None, severity="high"):
    return {
        "incident_id": number,
        "detected_at": detected_at,
        "recovered_at": recovered_at,
        "severity": severity,
    }


def review(number, held_on, ciso="Head of detection", cto="Head of platforms"):
    return {
        "incident_id": number,
        "held_on": held_on,
        "ciso_office_owner": ciso,
        "cto_office_owner": cto,
    }


def handover(number, step, handed_over_at, taken_up_at=None):
    return {
        "incident_id": number,
        "step": step,
        "handed_over_at": handed_over_at,
        "taken_up_at": taken_up_at,
    }


SPECS = (
    Spec(
        metric="incident_reviews_held",
        title="recovered in four quarters",
        rows={
            "incidents": [
                incident("A", "2025-09-29 12:00", "2025-10-01 00:00:00"),
                incident("B", "2026-09-01 12:00", "2026-09-30 23:59:59", severity="critical"),
                incident("C", "2026-05-01 12:00", "2026-05-03 12:00"),
                incident("D", "2026-02-01 12:00", "2026-02-03 12:00"),
                incident("E", "2026-06-01 12:00", "2026-06-03 12:00"),
                incident("F", "2025-09-29 12:00", "2025-09-30 23:59:59"),
                incident("G", "2026-09-29 12:00", "2026-10-01 00:00:00"),
                incident("H", "2026-08-01 12:00"),
                incident("I", "2026-08-01 12:00", "2026-08-03 12:00", severity="medium"),
            ],
            "incident_reviews": [
                review("A", "2026-09-30"),
                review("B", "2026-10-01"),
                review("C", "2026-05-18", cto=None),
                review("D", None),
                review("E", "2026-06-15"),
                review("F", "2025-10-13"),
                review("H", "2026-08-17"),
                review("I", "2026-08-17"),
            ],
        },
        expected="(1 + 1) / 5",
        value=0.4,
        says="Held by quarter end and owned in both offices, of five recovered in four quarters.",
        note="2 not reviewed, 1 without an owner in both offices",
        n=5,
        parts={"not_reviewed": 2, "one_sided": 1},
        lines={"incidents": (1, 2, 3, 4, 5), "incident_reviews": (1, 3, 5)},
    ),
    Spec(
        metric="incident_reviews_held",
        title="a year that begins in winter time",
        rows={
            "incidents": [
                incident("A", "2025-03-29 12:00", "2025-04-01 00:00:00"),
                incident("B", "2025-03-29 12:00", "2025-03-31 23:59:59"),
            ],
            "incident_reviews": [],
        },
        expected="0 / 1",
        value=0,
        says="The four quarters begin at midnight in the zone, whatever the clock of the quarter.",
        n=1,
        quarter="2026-Q1",
    ),
    Spec(
        metric="incident_reviews_held",
        title="two reviews of one incident",
        rows={
            "incidents": [incident("A", "2026-08-01 12:00", "2026-08-03 12:00")],
            "incident_reviews": [review("A", "2026-08-10", cto=None), review("A", "2026-08-17")],
        },
        expected="1 / 1",
        value=1,
        says="An incident counts once, and one review with both owners is enough.",
        note="",
        n=1,
    ),
    Spec(
        metric="incident_reviews_held",
        title="none recovered",
        rows={"incidents": [incident("A", "2026-08-01 12:00")], "incident_reviews": []},
        expected="nothing happened",
        value=None,
        says="Without a recovered major incident there is nothing to review.",
    ),
    Spec(
        metric="incident_reviews_held",
        title="no record of reviews",
        rows={"incidents": [incident("A", "2026-08-01 12:00", "2026-08-03 12:00")]},
        expected="not measured",
        value=None,
        says="Without the file of reviews it is not measured.",
    ),
    Spec(
        metric="handover_time_lost",
        title="major incidents of the quarter",
        rows={
            "incidents": [
                incident("A", "2026-07-01 00:00:00", severity="critical"),
                incident("B", "2026-09-30 23:59:59"),
                incident("C", "2026-08-01 12:00"),
                incident("D", "2026-06-30 23:59:59"),
                incident("E", "2026-08-01 12:00", severity="medium"),
            ],
            "incident_handovers": [
                handover("A", 1, "2026-07-01 06:30", "2026-07-01 07:15"),
                handover("A", 2, "2026-07-01 14:20", "2026-07-01 20:50"),
                handover("C", 1, "2026-08-02 10:00"),
                handover("D", 1, "2026-07-01 10:00", "2026-07-01 19:00"),
                handover("E", 1, "2026-08-01 13:00", "2026-08-01 18:00"),
            ],
        },
        expected="0.75 + 6.5",
        value=7.25,
        says="Hours of hand-overs taken up; the open one and the incident without any are noted.",
        note="1 not yet taken up, 1 without any hand-over",
        n=2,
        parts={"incidents": 3, "handovers": 2, "open": 1, "longest": 6.5},
        lines={"incidents": (1, 2, 3), "incident_handovers": (1, 2, 3)},
    ),
    Spec(
        metric="handover_time_lost",
        title="taken up later",
        rows={
            "incidents": [incident("A", "2026-09-29 12:00")],
            "incident_handovers": [
                handover("A", 1, "2026-09-29 13:00", "2026-09-29 15:00"),
                handover("A", 2, "2026-09-30 20:00", "2026-10-01 08:00"),
                handover("A", 3, "2026-10-01 09:00", "2026-10-01 10:00"),
            ],
        },
        expected="2",
        value=2,
        says="On the last day a hand-over taken up tomorrow is open, and a later one not known.",
        note="1 not yet taken up",
        parts={"handovers": 1, "open": 1},
    ),
    Spec(
        metric="handover_time_lost",
        title="looked back on",
        rows={
            "incidents": [incident("A", "2026-06-30 12:00")],
            "incident_handovers": [handover("A", 1, "2026-06-30 20:00", "2026-07-01 08:00")],
        },
        expected="12",
        value=12,
        says="A later quarter knows how long the hand-over took, and counts it where it began.",
        quarter="2026-Q2",
        as_of="2026-09-30",
    ),
    Spec(
        metric="handover_time_lost",
        title="all still waiting",
        rows={
            "incidents": [incident("A", "2026-09-29 12:00")],
            "incident_handovers": [handover("A", 1, "2026-09-29 13:00")],
        },
        expected="withheld",
        value=None,
        says="When no hand-over has been taken up yet, zero hours would be false.",
        note="1 not yet taken up",
    ),
    Spec(
        metric="handover_time_lost",
        title="no hand-over on record",
        rows={"incidents": [incident("A", "2026-09-29 12:00")], "incident_handovers": []},
        expected="0",
        value=0,
        says="An incident that one office handled alone lost no time between the two.",
        note="1 without any hand-over",
        n=0,
    ),
    Spec(
        metric="handover_time_lost",
        title="no major incident",
        rows={
            "incidents": [incident("A", "2026-09-29 12:00", severity="low")],
            "incident_handovers": [],
        },
        expected="nothing happened",
        value=None,
        says="Without a major incident in the quarter there is nothing to hand over.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
