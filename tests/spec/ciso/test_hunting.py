"""Threat hunts and what they leave behind."""

import pytest

from board_report.metrics.ciso.hunting import METRICS
from tests.spec.spec import Spec, check

TABLE = "threat_hunts"

SPECS = [
    Spec(
        metric="hunts_finished",
        title="by the quarter of their end",
        rows={
            TABLE: [
                {"started_on": "2026-06-01", "finished_on": "2026-07-01"},
                {"started_on": "2026-09-01", "finished_on": "2026-09-30"},
                {"started_on": "2026-09-01", "finished_on": "2026-10-01"},
                {"started_on": "2026-09-01"},
            ]
        },
        as_of="2026-10-09",
        expected="1 + 1",
        value=2,
        says="A hunt that still runs is not finished.",
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="hunt_yield",
        title="a weakness or an attacker",
        rows={
            TABLE: [
                {"finished_on": "2026-07-01", "result": "nothing_found"},
                {"finished_on": "2026-07-02", "result": "weakness_found"},
                {"finished_on": "2026-07-03", "result": "attacker_found"},
                {"finished_on": "2026-07-04", "result": "nothing_found"},
                {"finished_on": "2026-07-05"},
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="A finished hunt without a result is counted apart.",
        note="1 of unknown result",
        n=4,
    ),
    Spec(
        metric="hunt_yield",
        title="no hunt finished",
        rows={TABLE: [{"started_on": "2026-07-01"}]},
        expected="nothing happened",
        value=None,
        says="Without a finished hunt there is no yield.",
    ),
    Spec(
        metric="detections_from_hunts",
        title="rules written because of them",
        rows={
            TABLE: [
                {"finished_on": "2026-07-01", "detections_added": 3},
                {"finished_on": "2026-07-02", "detections_added": 0},
                {"finished_on": "2026-07-03"},
                {"finished_on": "2026-06-30", "detections_added": 40},
            ]
        },
        expected="3 + 0",
        value=3,
        says="Rules add up over the hunts that finished in the quarter.",
        note="1 with rules not counted",
        n=2,
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
