"""Compliance with each framework, and the NIST CSF 2.0 profile, at quarter end.

A score is withheld while fewer than 60% of what applies has been assessed: what nobody has looked
at must neither raise nor lower it. Results are shares of requirements, never a mean of ratings.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.declare import (
    Comparison,
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
    remark,
    share_of,
)
from board_report.model import State

SUBJECT = "Compliance"
TABLE = "compliance_assessments"
PROFILE = "csf_profile"
ENOUGH_ASSESSED = 0.6
"""Share of what applies that must be assessed before a score is printed."""
RESULTS = ("met", "partly_met", "not_met", "not_assessed", "not_applicable")
CSF = "NIST CSF 2.0 (CSWP 29)"


def _withheld_if_thin(measure: Measure, assessed: int, applicable: int) -> Measure:
    """The measure, or no value where too little was assessed; its parts stay."""
    if not applicable or assessed >= ENOUGH_ASSESSED * applicable:
        return measure
    note = f"only {assessed:,} of {applicable:,} assessed"
    return replace(measure, value=None, note=note, state=State.WITHHELD)


def _framework(metric_id: str, framework: str, name: str, reference: str) -> MetricSpec:
    @metric(
        id=metric_id,
        title=f"{name} requirements met",
        subject=SUBJECT,
        unit=Unit.RATIO,
        direction=Direction.UP,
        owner=Owner.CISO,
        formula="Requirements met / requirements met, partly met or not met, at quarter end.",
        denominator=f"{name} requirements that apply and were assessed",
        empty="not measured",
        columns=tuple(f"{TABLE}.{column}" for column in ("quarter", "framework", "result")),
        minimum_n=5,
        comparison=Comparison.STATED,
        reference=reference,
    )
    def score(scope: Scope) -> Measure:
        frame = scope.frame(TABLE)
        rows = of_quarter(frame["quarter"], scope.window) & equals(frame["framework"], framework)
        if not rows.any():
            return not_measured(f"no {name} assessment recorded for {scope.window.quarter}")
        masks = {result: rows & equals(frame["result"], result) for result in RESULTS}
        counts = {result: float(mask.sum()) for result, mask in masks.items()}
        assessed = masks["met"] | masks["partly_met"] | masks["not_met"]
        note = remark(
            (counts["partly_met"], "partly met"),
            (counts["not_met"], "not met"),
            (counts["not_assessed"], "not assessed"),
            (counts["not_applicable"], "not applicable"),
        )
        share = share_of(TABLE, masks["met"], assessed, note=note)
        share = replace(share, parts={**share.parts, **counts})
        return _withheld_if_thin(share, share.n, share.n + int(counts["not_assessed"]))

    return score


FRAMEWORKS = (
    _framework("soc2_score", "soc2", "SOC 2", "AICPA Trust Services Criteria"),
    _framework("iso27001_score", "iso27001", "ISO 27001", "ISO/IEC 27001:2022"),
    _framework("hipaa_score", "hipaa", "HIPAA", "HIPAA Security Rule, 45 CFR 164 subpart C"),
    _framework("gdpr_score", "gdpr", "GDPR", "Regulation (EU) 2016/679"),
    _framework("pci_dss_score", "pci_dss", "PCI DSS", "PCI DSS v4.0.1"),
)


@metric(
    id="csf_assessed_share",
    title="CSF 2.0 assessed",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="CSF 2.0 categories with a current rating / categories in the profile.",
    denominator="categories in the quarter's CSF profile",
    empty="not measured",
    columns=("csf_profile.quarter", "csf_profile.current"),
    minimum_n=5,
    reference=CSF,
    comparison=Comparison.STATED,
)
def csf_assessed_share(scope: Scope) -> Measure:
    """How much of the profile anybody has looked at; the rest is no rating, not a zero."""
    frame = scope.frame(PROFILE)
    rows = of_quarter(frame["quarter"], scope.window)
    if not rows.any():
        return not_measured(f"no CSF profile recorded for {scope.window.quarter}")
    current = numbers(frame["current"])
    missing = float((rows & np.isnan(current)).sum())
    return share_of(PROFILE, current >= 0, rows, note=remark((missing, "not assessed")))


@metric(
    id="csf_at_target_share",
    title="CSF 2.0 at target",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="CSF 2.0 categories rated at or above their target / categories assessed.",
    denominator="categories of the quarter's CSF profile that were assessed",
    empty="not measured",
    columns=("csf_profile.quarter", "csf_profile.current", "csf_profile.target"),
    minimum_n=5,
    reference=CSF,
    comparison=Comparison.STATED,
)
def csf_at_target_share(scope: Scope) -> Measure:
    """Each category against its own target; withheld while under 60% is assessed."""
    frame = scope.frame(PROFILE)
    rows = of_quarter(frame["quarter"], scope.window)
    if not rows.any():
        return not_measured(f"no CSF profile recorded for {scope.window.quarter}")
    current = numbers(frame["current"])
    assessed = rows & (current >= 0)
    share = share_of(
        PROFILE,
        current >= numbers(frame["target"]),
        rows,
        unknown=rows & ~assessed,
        unknown_word="not assessed",
    )
    return _withheld_if_thin(share, share.n, int(rows.sum()))


METRICS = (*FRAMEWORKS, csf_assessed_share, csf_at_target_share)
