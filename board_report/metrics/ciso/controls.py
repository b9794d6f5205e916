"""Control coverage: assets on which a control was seen working, over those that should have it.

An asset on which a control is merely deployed does not count. The table is a snapshot at quarter
end: a quarter without rows was not measured, which is not the same as no coverage.
"""

from __future__ import annotations

from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    MetricSpec,
    Owner,
    Scope,
    Unit,
    equals,
    metric,
    not_measured,
    numbers,
    of_quarter,
    ratio_of_sums,
)

SUBJECT = "Control coverage"
TABLE = "control_coverage"
COLUMNS = (
    "control_coverage.quarter",
    "control_coverage.control",
    "control_coverage.in_scope",
    "control_coverage.working",
)
CONTROL_WORDS = {
    "edr": "endpoint detection (EDR)",
    "siem_logging": "logging to the SIEM",
    "firewall_review": "firewall review",
    "mfa": "multifactor sign-in (MFA)",
    "pam": "privileged access management (PAM)",
    "backup_restore_tested": "tested restore",
}


def _coverage(scope: Scope, rows: BoolArray, *, missing: str, note: str = "") -> Measure:
    """Sum of working over sum of in scope; ``missing`` says what a quarter without rows lacks."""
    if not rows.any():
        return not_measured(f"no {missing} recorded for {scope.window.quarter}")
    frame = scope.frame(TABLE)
    return ratio_of_sums(
        TABLE, numbers(frame["working"]), numbers(frame["in_scope"]), rows, note=note
    )


def _control(metric_id: str, control: str, title: str, formula: str, reference: str) -> MetricSpec:
    @metric(
        id=metric_id,
        title=title,
        subject=SUBJECT,
        unit=Unit.RATIO,
        direction=Direction.UP,
        owner=Owner.CISO,
        formula=formula,
        denominator=f"assets or accounts in scope of {CONTROL_WORDS[control]}",
        empty="not measured",
        columns=COLUMNS,
        splits=("asset_tier", "business_unit"),
        minimum_n=5,
        reference=reference,
    )
    def coverage(scope: Scope) -> Measure:
        frame = scope.frame(TABLE)
        rows = of_quarter(frame["quarter"], scope.window) & equals(frame["control"], control)
        return _coverage(scope, rows, missing=f"coverage of {CONTROL_WORDS[control]}")

    return coverage


CONTROLS = (
    _control(
        "edr_coverage",
        "edr",
        "EDR coverage",
        "Assets on which EDR was seen working / assets that should have it, at quarter end.",
        "CIS Controls v8, safeguard 13.7",
    ),
    _control(
        "siem_coverage",
        "siem_logging",
        "Logging coverage (SIEM)",
        "Assets whose logs reach the SIEM / assets that should log to it, at quarter end.",
        "CIS Controls v8, safeguard 8.9",
    ),
    _control(
        "firewall_review_coverage",
        "firewall_review",
        "Firewall rules reviewed",
        "Firewalls whose rules were reviewed when due / firewalls in scope, at quarter end.",
        "PCI DSS v4.0.1, requirement 1.2.7",
    ),
    _control(
        "mfa_coverage",
        "mfa",
        "MFA coverage",
        "Accounts on which MFA was seen enforced / accounts that should have it, at quarter end.",
        "CIS Controls v8, safeguards 6.3 to 6.5",
    ),
    _control(
        "pam_coverage",
        "pam",
        "Privileged access managed",
        "Privileged accounts under PAM / privileged accounts in scope, at quarter end.",
        "NIST SP 800-53 Rev. 5, AC-6",
    ),
    _control(
        "restore_tested_coverage",
        "backup_restore_tested",
        "Restore tested",
        "Assets restored from backup in a test / assets that should be, at quarter end.",
        "CIS Controls v8, safeguard 11.5",
    ),
)


@metric(
    id="crown_jewel_coverage",
    title="Crown jewels covered",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Over all six controls: crown jewels with the control working / those in scope.",
    denominator="crown jewels in scope, counted once for each control",
    empty="not measured",
    columns=(*COLUMNS, "control_coverage.asset_tier"),
    splits=("business_unit",),
    minimum_n=5,
)
def crown_jewel_coverage(scope: Scope) -> Measure:
    """All six controls on the assets whose loss stops the business; absent controls are named."""
    frame = scope.frame(TABLE)
    rows = of_quarter(frame["quarter"], scope.window) & equals(frame["asset_tier"], "crown_jewel")
    present = set(frame["control"].to_numpy()[rows])
    absent = [words for control, words in CONTROL_WORDS.items() if control not in present]
    note = f"not recorded: {', '.join(absent)}" if absent else ""
    return _coverage(scope, rows, missing="coverage of crown jewels", note=note)


METRICS = (*CONTROLS, crown_jewel_coverage)
