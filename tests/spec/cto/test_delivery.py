"""Delivery: what the figures come to, by hand."""

import pytest

from board_report.metrics.cto.delivery import METRICS
from tests.spec.spec import Spec, check


def deployed(at="2026-08-01T12:00", **more):
    return {
        "deployed_at": at,
        "gates_required": 4,
        "gates_passed": 4,
        "bypass": "none",
        "is_failed": False,
        **more,
    }


def gates(passed, required, bypass="none"):
    return deployed(gates_passed=passed, gates_required=required, bypass=bypass)


def committed(at, deployed_at="2026-08-01T12:00"):
    return deployed(deployed_at, committed_at=at)


def failed(restored_at, at="2026-08-01T12:00"):
    return deployed(at, is_failed=True, restored_at=restored_at)


SPECS = (
    Spec(
        metric="secure_code_deployment_rate",
        title="every way through the gates",
        rows={
            "deployments": [
                gates(4, 4),
                gates(5, 4),
                gates(3, 4, "approved"),
                gates(3, 4, "unapproved"),
                gates(3, 4),
            ]
        },
        expected="(2 + 1) / 5",
        value=0.6,
        says="Two pass every gate, one passes by approved bypass; two fail.",
        note="1 passing by approved bypass",
        n=5,
        parts={
            "clean": 2,
            "approved_bypass": 1,
            "unapproved_bypass": 1,
            "failed_gate": 1,
            "clean_share": 2 / 5,
        },
        lines={"deployments": (1, 2, 3, 4, 5)},
    ),
    Spec(
        metric="secure_code_deployment_rate",
        title="gate passed by exception",
        rows={"deployments": [gates(4, 4, "unapproved"), gates(4, 4, "approved"), gates(4, 4)]},
        expected="(1 + 1) / 3",
        value=2 / 3,
        says=(
            "An unapproved bypass fails even where every gate reads as passed; "
            "an approved one passes and is counted apart."
        ),
        note="1 passing by approved bypass",
        parts={"clean": 1, "approved_bypass": 1, "unapproved_bypass": 1, "clean_share": 1 / 3},
    ),
    Spec(
        metric="secure_code_deployment_rate",
        title="no gate required",
        rows={"deployments": [gates(0, 0), gates(4, 4)]},
        expected="2 / 2",
        value=1,
        says="A deployment of which no gate was required passes, and the note says so.",
        note="1 with no gate to pass",
        parts={"no_gate_required": 1, "clean": 2},
    ),
    Spec(
        metric="secure_code_deployment_rate",
        title="first and last minute of the quarter",
        rows={
            "deployments": [
                deployed("2026-06-30T23:59"),
                deployed("2026-07-01T00:00"),
                deployed("2026-09-30T23:59", gates_passed=1),
                deployed("2026-10-01T00:00"),
            ]
        },
        expected="1 / 2",
        value=0.5,
        says="The quarter runs from midnight to midnight in the company's time zone.",
        lines={"deployments": (2, 3)},
    ),
    Spec(
        metric="secure_code_deployment_rate",
        title="nothing deployed",
        rows={"deployments": []},
        expected="nothing happened",
        value=None,
        says="Without deployments there is no rate.",
        note="",
    ),
    Spec(
        metric="secure_code_deployment_rate",
        title="no deployments given",
        rows={},
        expected="not measured",
        value=None,
        says="Without the file it is not measured.",
    ),
    Spec(
        metric="unapproved_bypasses",
        title="only the unapproved",
        rows={
            "deployments": [
                gates(3, 4, "unapproved"),
                gates(4, 4, "unapproved"),
                gates(3, 4, "approved"),
                gates(3, 4),
                deployed("2026-06-30T12:00", bypass="unapproved"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="Bypasses without approval count, whatever the gates say.",
        lines={"deployments": (1, 2)},
    ),
    Spec(
        metric="unapproved_bypasses",
        title="none",
        rows={"deployments": []},
        expected="0",
        value=0,
        says="No deployment is a measured zero.",
    ),
    Spec(
        metric="deployment_frequency",
        title="a whole quarter",
        rows={"deployments": [deployed(), deployed(), deployed(), deployed("2026-10-02T12:00")]},
        expected="3 / (92 / 7)",
        value=3 / (92 / 7),
        says="The third quarter has 92 days.",
        parts={"deployments": 3, "days": 92},
        lines={"deployments": (1, 2, 3)},
    ),
    Spec(
        metric="deployment_frequency",
        title="two weeks into the quarter",
        rows={"deployments": [deployed("2026-07-14T23:00"), deployed("2026-07-15T01:00")]},
        expected="1 / (14 / 7)",
        value=0.5,
        says="Only the days gone by count, and what was deployed in them.",
        as_of="2026-07-14",
    ),
    Spec(
        metric="deployment_frequency",
        title="none",
        rows={"deployments": []},
        expected="0 / (92 / 7)",
        value=0,
        says="A quarter without deployments has a frequency of zero.",
    ),
    Spec(
        metric="deployment_frequency",
        title="before the quarter",
        rows={"deployments": []},
        expected="not measured",
        value=None,
        says="A quarter that has not begun is not measured.",
        note="the quarter has not begun",
        as_of="2026-06-30",
    ),
    Spec(
        metric="lead_time",
        title="median of known commit times",
        rows={
            "deployments": [
                committed("2026-08-01T10:00"),
                committed("2026-08-01T06:00"),
                committed(None),
                committed("2026-06-30T12:00", "2026-07-01T12:00"),
            ]
        },
        expected="6",
        value=6,
        says="The median of 2, 6 and 24 hours; the unknown commit time is counted.",
        note="1 of unknown commit time",
        n=3,
        parts={"median": 6, "mean_of_ended": (2 + 6 + 24) / 3, "unknown": 1},
    ),
    Spec(
        metric="lead_time",
        title="no commit time known",
        rows={"deployments": [committed(None)]},
        expected="withheld",
        value=None,
        says="Deployments without a commit time have a lead time that nobody knows.",
        note="1 of unknown commit time",
    ),
    Spec(
        metric="lead_time",
        title="nothing deployed",
        rows={"deployments": []},
        expected="nothing happened",
        value=None,
        says="Without deployments there is no lead time.",
    ),
    Spec(
        metric="change_failure_rate",
        title="failed over known outcomes",
        rows={
            "deployments": [
                deployed(is_failed=True),
                deployed(),
                deployed(),
                deployed(),
                deployed(is_failed=None),
            ]
        },
        expected="1 / (1 + 3)",
        value=0.25,
        says="A deployment of unknown outcome is in neither number.",
        note="1 of unknown outcome",
        n=4,
        lines={"deployments": (1, 2, 3, 4)},
    ),
    Spec(
        metric="change_failure_rate",
        title="no outcome known",
        rows={"deployments": [deployed(is_failed=None)]},
        expected="withheld",
        value=None,
        says="When no outcome is known the rate is withheld, and is not zero.",
        note="1 of unknown outcome",
    ),
    Spec(
        metric="change_failure_rate",
        title="nothing deployed",
        rows={"deployments": []},
        expected="nothing happened",
        value=None,
        says="Without deployments nothing can fail.",
    ),
    Spec(
        metric="time_to_restore",
        title="median, with one open",
        rows={
            "deployments": [
                failed("2026-08-01T13:00"),
                failed("2026-08-01T15:00"),
                failed(None),
                deployed(restored_at="2026-08-09T12:00"),
            ]
        },
        expected="3",
        value=3,
        # of three, 2/3 go on after 1 hour and 1/3 after 3
        says="1 and 3 hours and one failure that is not restored; the last did not fail.",
        note="1 not restored",
        n=3,
        parts={"open": 1, "population": 3},
        lines={"deployments": (1, 2, 3)},
    ),
    Spec(
        metric="time_to_restore",
        title="restored after the as-of date",
        rows={"deployments": [failed("2026-10-01T00:00", "2026-09-30T20:00")]},
        expected="withheld",
        value=None,
        says="A restoration after the as-of date is not known yet.",
        note="1 not restored, median at least 4 hours so far",
    ),
    Spec(
        metric="time_to_restore",
        title="a past quarter seen from a later day",
        rows={"deployments": [failed("2026-10-01T00:00", "2026-09-30T20:00")]},
        expected="4",
        value=4,
        says="Seen from a month later, the same failure took four hours to restore.",
        as_of="2026-10-31",
    ),
    Spec(
        metric="time_to_restore",
        title="nothing failed",
        rows={"deployments": [deployed()]},
        expected="nothing happened",
        value=None,
        says="Without a failure there was nothing to restore.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
