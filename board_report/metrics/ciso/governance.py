"""Policies in date, and risks accepted instead of treated."""

from __future__ import annotations

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    metric,
    on_or_before,
    past,
    remark,
    share_of,
    stands_at_cutoff,
)

SUBJECT = "Policies and acceptances"
POLICIES = "policies"
ACCEPTANCES = "risk_acceptances"


def _latest_approvals(scope: Scope) -> BoolArray:
    """The row of each policy's latest approval by the cutoff."""
    frame = scope.frame(POLICIES)
    approved = np.flatnonzero(on_or_before(frame["approved_on"], scope.window))
    dates = frame["approved_on"].to_numpy(dtype="datetime64[D]")[approved]
    in_order = approved[np.argsort(dates, kind="stable")]
    names = frame["policy_id"].to_numpy()[in_order]
    latest = dict(zip(names, in_order, strict=True))
    mask = np.zeros(len(frame), dtype=bool)
    mask[list(latest.values())] = True
    return mask


@metric(
    id="policies_in_date",
    title="Policies in date",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Policies whose latest approval is not past its review date / policies.",
    denominator="security policies approved by quarter end",
    empty="nothing happened",
    columns=("policies.policy_id", "policies.approved_on", "policies.review_due_on"),
    minimum_n=5,
    reference="ISO/IEC 27001:2022, A.5.1",
    comparison=Comparison.STATED,
)
def policies_in_date(scope: Scope) -> Measure:
    """Each policy once, by its latest approval; a review due on the last day is in date."""
    latest = _latest_approvals(scope)
    lapsed = past(scope.frame(POLICIES)["review_due_on"], scope.window)
    note = remark((float((latest & lapsed).sum()), "past the review date"))
    return share_of(POLICIES, ~lapsed, latest, note=note)


def _standing(scope: Scope) -> tuple[BoolArray, BoolArray]:
    """Acceptances open at the cutoff, and which of them had lapsed."""
    frame = scope.frame(ACCEPTANCES)
    opened = stands_at_cutoff(frame["accepted_on"], frame["closed_on"], scope.window)
    return opened, opened & past(frame["expires_on"], scope.window)


@metric(
    id="acceptances_open",
    title="Risk acceptances open",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Risks accepted by the end of the quarter and not treated or gone by then.",
    denominator="risk acceptances open at quarter end",
    empty="0",
    columns=(
        "risk_acceptances.accepted_on",
        "risk_acceptances.expires_on",
        "risk_acceptances.closed_on",
    ),
    comparison=Comparison.STATED,
)
def acceptances_open(scope: Scope) -> Measure:
    """A stock; one that has lapsed is still open, since the risk is still there."""
    opened, lapsed = _standing(scope)
    return count_of(ACCEPTANCES, opened, note=remark((float(lapsed.sum()), "of them lapsed")))


@metric(
    id="acceptances_lapsed",
    title="Risk acceptances lapsed",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Open risk acceptances whose expiry date had gone by at the end of the quarter.",
    denominator="open risk acceptances past their expiry date",
    empty="0",
    columns=(
        "risk_acceptances.accepted_on",
        "risk_acceptances.expires_on",
        "risk_acceptances.closed_on",
    ),
    comparison=Comparison.STATED,
)
def acceptances_lapsed(scope: Scope) -> Measure:
    """Risks that are carried though nobody's acceptance of them holds any more."""
    return count_of(ACCEPTANCES, _standing(scope)[1])


METRICS = (policies_in_date, acceptances_open, acceptances_lapsed)
