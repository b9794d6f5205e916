"""Configuration checks: the results that stand, those that fail, and what they touch."""

import pytest

from board_report.metrics.ciso.configuration import METRICS, TABLE, standing
from tests.spec.spec import Spec, check
from tests.spec.tables import tables, window_of


def one(result: str, **more: object) -> dict[str, object]:
    """A result of August on a resource of its own, unless said otherwise."""
    return {"checked_on": "2026-08-10", "result": result, "check_id": "c1", **more}


def failed(severity: str | None, **more: object) -> dict[str, object]:
    """A failure of that severity."""
    return one("failed", severity=severity, **more)


SPECS = [
    Spec(
        metric="configuration_pass_rate",
        title="passed over passed and failed",
        rows={
            TABLE: [
                one("passed"),
                one("passed"),
                one("passed"),
                one("failed"),
                one("failed", is_muted=True),
                one("not_checked"),
                one("not_applicable"),
                one("passed", is_muted=True),
            ]
        },
        expected="(3 + 1) / (4 + 2)",
        value=4 / 6,
        says="A muted failure is a failure that was accepted, so it stays in the denominator.",
        note="1 muted and counted as failed, 1 not checked, 1 not applicable",
        n=6,
        parts={"numerator": 4, "denominator": 6, "muted": 1, "not_checked": 1},
        lines={TABLE: (1, 2, 3, 4, 5, 8)},
    ),
    Spec(
        metric="configuration_pass_rate",
        title="the latest result of a resource",
        rows={
            TABLE: [
                one("failed", resource_id="a", checked_on="2026-07-01"),
                one("passed", resource_id="a", checked_on="2026-09-01"),
                one("passed", resource_id="b", checked_on="2026-07-01"),
                one("failed", resource_id="a", checked_on="2026-07-01", account="other"),
                one("failed", resource_id="a", checked_on="2026-06-30", check_id="c2"),
            ]
        },
        expected="2 / 3",
        value=2 / 3,
        says="A resource is one within its account; June is of another quarter.",
        lines={TABLE: (2, 3, 4)},
    ),
    Spec(
        metric="configuration_pass_rate",
        title="a full run replaces what it no longer names",
        rows={
            TABLE: [
                one("failed", resource_id="gone", checked_on="2026-07-01", is_full_run=True),
                one("passed", resource_id="kept", checked_on="2026-09-01", is_full_run=True),
                one("failed", resource_id="x", checked_on="2026-07-01", check_id="c2"),
                one("failed", resource_id="y", checked_on="2026-07-01", account="other"),
                one("failed", resource_id="z", checked_on="2026-07-01", tool="another"),
            ]
        },
        expected="1 / 4",
        value=1 / 4,
        says="Only the same tool's run of the same check in the same account replaces anything.",
        lines={TABLE: (2, 3, 4, 5)},
    ),
    Spec(
        metric="configuration_pass_rate",
        title="after the as-of date",
        rows={
            TABLE: [
                one("passed", resource_id="a", checked_on="2026-08-01"),
                one("failed", resource_id="a", checked_on="2026-09-15"),
            ]
        },
        as_of="2026-09-14",
        expected="1 / 1",
        value=1,
        says="What was not known on the as-of date replaces nothing.",
        lines={TABLE: (1,)},
    ),
    Spec(
        metric="configuration_pass_rate",
        title="nothing could be told",
        rows={TABLE: [one("not_checked"), one("not_applicable")]},
        expected="nothing happened",
        value=None,
        says="Checks that wait for a person neither pass nor fail.",
        note="1 not checked, 1 not applicable",
    ),
    Spec(
        metric="configuration_pass_rate",
        title="no check in the quarter",
        rows={TABLE: [one("passed", checked_on="2026-06-30")]},
        expected="not measured",
        value=None,
        says="Results are not carried from one quarter to the next.",
        note="no configuration check recorded for 2026-Q3",
    ),
    Spec(
        metric="failed_critical_checks",
        title="critical and high, not muted",
        rows={
            TABLE: [
                failed("critical"),
                failed("high"),
                failed("high", is_muted=True),
                failed("medium"),
                failed("informational"),
                one("passed", severity="critical"),
                failed("critical", resource_id="a", checked_on="2026-07-01"),
                one("passed", severity="critical", resource_id="a"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="A muted failure is somebody's accepted risk; a mended one no longer stands.",
        note="1 more muted",
        n=2,
        parts={"critical": 1, "high": 1, "muted": 1},
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="failed_critical_checks",
        title="failures without a severity",
        rows={TABLE: [failed("critical"), failed(None), one("passed"), one("passed")]},
        expected="1",
        value=1,
        says="Severity is asked of failures alone.",
        note="1 of 2 configuration checks in question does not say its severity",
    ),
    Spec(
        metric="failed_critical_checks",
        title="no check in the quarter",
        rows={TABLE: []},
        expected="not measured",
        value=None,
        says="Where nothing was checked, no failure is known; that is no zero.",
    ),
    Spec(
        metric="requirements_with_failed_checks",
        title="each requirement once",
        rows={
            TABLE: [
                one("failed", requirements=("CIS-2.0:1.20", "ISO27001-2022:A.5.1")),
                one("failed", requirements=("CIS-2.0:1.20",), is_muted=True),
                one("passed", requirements=("CIS-2.0:1.21",)),
                one("failed"),
                one("not_checked", requirements=("CIS-2.0:1.1",)),
            ]
        },
        expected="2",
        value=2,
        says="Two failures of one requirement touch it once; a muted one touches it too.",
        note="1 failed and tied to none",
        parts={"checked": 3, "untied": 1},
        lines={TABLE: (1, 2)},
    ),
    Spec(
        metric="requirements_with_failed_checks",
        title="the tool names no requirement",
        rows={TABLE: [one("failed"), one("passed")]},
        expected="not measured",
        value=None,
        says="Without a tie to frameworks nothing is known of them.",
        note="no configuration check names a requirement of a framework",
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)


def test_one_resource_has_one_standing_result_however_the_rows_lie():
    """Rows of a check of a resource in several orders: the same one stands."""
    days = ["2026-07-01", "2026-09-01", "2026-08-01"]
    for order in ((0, 1, 2), (1, 0, 2), (2, 1, 0)):
        rows = [one("failed", resource_id="a", checked_on=days[at]) for at in order]
        found = standing(tables(**{TABLE: rows}).frame(TABLE), window_of())
        assert [days[at] for at in order].index("2026-09-01") == int(found.rows.argmax())
        assert found.rows.sum() == 1
