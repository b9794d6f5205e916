"""Control coverage: seen working over should have it, at quarter end."""

import pytest

from board_report.metrics.ciso.controls import METRICS
from tests.spec.spec import Spec, check

TABLE = "control_coverage"


def one_control(metric: str, control: str, other: str) -> Spec:
    """The same small case for each single control."""
    return Spec(
        metric=metric,
        title="working over in scope",
        rows={
            TABLE: [
                {"control": control, "asset_tier": "crown_jewel", "working": 49, "in_scope": 50},
                {"control": control, "asset_tier": "workplace", "working": 131, "in_scope": 150},
                {"control": other, "asset_tier": "workplace", "working": 1, "in_scope": 900},
                {"control": control, "quarter": "2026-Q2", "working": 0, "in_scope": 900},
            ]
        },
        expected="(49 + 131) / (50 + 150)",
        value=0.9,
        says="A sum over a sum, of this control and this quarter's snapshot only.",
        n=200,
        parts={"numerator": 180, "denominator": 200},
        lines={TABLE: (1, 2)},
    )


SPECS = [
    one_control("edr_coverage", "edr", "mfa"),
    one_control("siem_coverage", "siem_logging", "edr"),
    one_control("firewall_review_coverage", "firewall_review", "edr"),
    one_control("mfa_coverage", "mfa", "edr"),
    one_control("pam_coverage", "pam", "mfa"),
    one_control("restore_tested_coverage", "backup_restore_tested", "edr"),
    Spec(
        metric="edr_coverage",
        title="no snapshot of the quarter",
        rows={TABLE: [{"control": "edr", "quarter": "2026-Q2", "working": 9, "in_scope": 9}]},
        expected="not measured",
        value=None,
        says="A quarter without a snapshot was not measured; last quarter's is not carried over.",
        note="no coverage of endpoint detection (EDR) recorded for 2026-Q3",
    ),
    Spec(
        metric="edr_coverage",
        title="nothing in scope",
        rows={TABLE: [{"control": "edr", "working": 0, "in_scope": 0}]},
        expected="nothing happened",
        value=None,
        says="With no asset in scope there is no share.",
    ),
    Spec(
        metric="edr_coverage",
        title="deployed and not working",
        rows={TABLE: [{"control": "edr", "working": 0, "in_scope": 40}]},
        expected="0 / 40",
        value=0,
        says="A control that was seen working nowhere covers nothing: a measured zero.",
        n=40,
    ),
    Spec(
        metric="crown_jewel_coverage",
        title="all controls on crown jewels",
        rows={
            TABLE: [
                {"control": "edr", "asset_tier": "crown_jewel", "working": 20, "in_scope": 20},
                {"control": "pam", "asset_tier": "crown_jewel", "working": 10, "in_scope": 20},
                {"control": "mfa", "asset_tier": "crown_jewel", "working": 60, "in_scope": 60},
                {"control": "mfa", "asset_tier": "workplace", "working": 1, "in_scope": 60},
            ]
        },
        expected="(20 + 10 + 60) / (20 + 20 + 60)",
        value=0.9,
        says="Each control on each crown jewel counts once; controls without rows are named.",
        note="not recorded: logging to the SIEM, firewall review, tested restore",
        lines={TABLE: (1, 2, 3)},
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
