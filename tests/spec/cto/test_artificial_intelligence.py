"""AI governance: what the figures come to, by hand."""

import pytest

from board_report.metrics.cto.artificial_intelligence import METRICS
from tests.spec.spec import Spec, check


def use(registered_on="2026-03-02", **more):
    return {
        "registered_on": registered_on,
        "origin": "sanctioned",
        "data_class": "internal",
        **more,
    }


IN_FORCE = [
    use("2026-09-30"),
    use(retired_on="2026-10-01"),
    use(origin="found"),
    use(retired_on="2026-09-30"),
    use("2026-10-01"),
]

SPECS = (
    Spec(
        metric="ai_use_cases",
        title="in force at quarter end",
        rows={"ai_use_cases": IN_FORCE},
        expected="1 + 1 + 1",
        value=3,
        says="Registered by the last day and not stopped by then, sanctioned or found.",
        parts={"found": 1},
        lines={"ai_use_cases": (1, 2, 3)},
    ),
    Spec(
        metric="ai_use_cases",
        title="none",
        rows={"ai_use_cases": []},
        expected="0",
        value=0,
        says="No use case is a measured zero.",
    ),
    Spec(
        metric="ai_use_cases",
        title="no register given",
        rows={},
        expected="not measured",
        value=None,
        says="A company without a register has not measured its use of AI.",
    ),
    Spec(
        metric="ai_gate_coverage",
        title="through the gate by quarter end",
        rows={
            "ai_use_cases": [
                use(gate_passed_on="2026-09-30"),
                use(gate_passed_on="2026-10-01"),
                use(origin="found"),
                use(gate_passed_on="2026-03-02", retired_on="2026-04-01"),
            ]
        },
        expected="1 / 3",
        value=1 / 3,
        says="Found use cases are in the denominator; stopped ones are not.",
        n=3,
        lines={"ai_use_cases": (1, 2, 3)},
    ),
    Spec(
        metric="ai_gate_coverage",
        title="none in force",
        rows={"ai_use_cases": [use(retired_on="2026-04-01")]},
        expected="nothing happened",
        value=None,
        says="Without a use case in force there is nothing to cover.",
    ),
    Spec(
        metric="ai_found_share",
        title="among the quarter's new ones",
        rows={
            "ai_use_cases": [
                use("2026-07-01"),
                use("2026-09-30", origin="found"),
                use("2026-08-01", origin="found", retired_on="2026-08-02"),
                use("2026-06-30", origin="found"),
                use("2026-10-01", origin="found"),
            ]
        },
        expected="(1 + 1) / 3",
        value=2 / 3,
        says="Registered or found in the quarter, even if stopped since.",
        n=3,
    ),
    Spec(
        metric="ai_found_share",
        title="none new",
        rows={"ai_use_cases": [use()]},
        expected="nothing happened",
        value=None,
        says="Without a new use case there is no share.",
    ),
    Spec(
        metric="ai_sensitive_ungated",
        title="confidential and restricted",
        rows={
            "ai_use_cases": [
                use(data_class="confidential"),
                use(data_class="restricted"),
                use(data_class="restricted", gate_passed_on="2026-09-30"),
                use(data_class="internal"),
                use(data_class="public"),
                use(data_class="restricted", retired_on="2026-09-30"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="Sensitive data in use without the gate; one of them restricted.",
        note="1 of them on restricted data",
        lines={"ai_use_cases": (1, 2)},
    ),
    Spec(
        metric="ai_sensitive_ungated",
        title="none",
        rows={"ai_use_cases": [use()]},
        expected="0",
        value=0,
        says="Internal data is not sensitive data.",
        note="",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
