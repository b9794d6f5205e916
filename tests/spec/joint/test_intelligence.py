"""Threat intelligence: what the figures come to, by hand."""

import pytest

from board_report.metrics.joint.intelligence import METRICS
from tests.spec.spec import Spec, check


def item(received_on, shared_on=None, acted_on=None):
    return {"received_on": received_on, "shared_on": shared_on, "acted_on": acted_on}


SPECS = (
    Spec(
        metric="threat_intel_acted_on",
        title="shared in the quarter",
        rows={
            "threat_intelligence": [
                item("2026-06-24", "2026-07-01", "2026-07-02"),
                item("2026-09-01", "2026-09-30", "2026-09-30"),
                item("2026-08-03", "2026-08-04", "2026-10-01"),
                item("2026-08-03", "2026-08-04"),
                item("2026-08-20", None, "2026-08-21"),
                item("2026-06-24", "2026-06-30", "2026-07-06"),
                item("2026-09-28", "2026-10-01", "2026-10-01"),
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="Counted by the day it was shared; acting after quarter end comes too late.",
        note="2 received and not shared",
        n=4,
        parts={"unshared": 2},
        lines={"threat_intelligence": (1, 2, 3, 4)},
    ),
    Spec(
        metric="threat_intel_acted_on",
        title="kept to itself",
        rows={"threat_intelligence": [item("2026-08-20", None, "2026-08-21")]},
        expected="nothing happened",
        value=None,
        says="When nothing was shared there is no share of it; the note says what was kept.",
        note="1 received and not shared",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
