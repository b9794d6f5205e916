"""Secure by design: threat models, secure patterns and the exceptions granted to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.cto.reading import dates, is_true
from board_report.metrics.cto.systems import SYSTEM_METRICS
from board_report.metrics.cto.zero_trust import ZERO_TRUST_METRICS
from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    days_within,
    equals,
    known,
    metric,
    on_or_before,
    past,
    remark,
    share_of,
)

SUBJECT = "Secure by design"
DESIGNS = "designs"


@metric(
    id="threat_model_coverage",
    title="Threat model coverage",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Designs with a threat model by the day of their review / designs reviewed.",
    denominator="designs reviewed in the quarter",
    empty="nothing happened",
    columns=(f"{DESIGNS}.reviewed_on", f"{DESIGNS}.threat_modelled_on"),
    splits=("asset_tier",),
    minimum_n=5,
    reference="A threat model made after the review does not count; the note counts it.",
)
def threat_model_coverage(scope: Scope) -> Measure:
    """Designs threat-modelled no later than their review, over designs reviewed."""
    frame = scope.frame(DESIGNS)
    reviewed = days_within(frame["reviewed_on"], scope.window)
    modelled, review = dates(frame["threat_modelled_on"]), dates(frame["reviewed_on"])
    late = reviewed & (modelled > review) & (modelled <= np.datetime64(scope.window.as_of))
    note = remark((late.sum(), "modelled only after the review"))
    return share_of(DESIGNS, modelled <= review, reviewed, note=note)


@metric(
    id="secure_pattern_rate",
    title="Secure pattern rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Designs built from a secure-by-default pattern / designs reviewed.",
    denominator="designs reviewed in the quarter",
    empty="nothing happened",
    columns=(
        f"{DESIGNS}.reviewed_on",
        f"{DESIGNS}.uses_secure_pattern",
        f"{DESIGNS}.exception",
    ),
    minimum_n=5,
    reference="A design with an approved exception does not use the pattern; the note counts it.",
)
def secure_pattern_rate(scope: Scope) -> Measure:
    """Designs on a secure pattern over designs reviewed; exceptions are counted in the note."""
    frame = scope.frame(DESIGNS)
    reviewed = days_within(frame["reviewed_on"], scope.window)
    patterned = is_true(frame["uses_secure_pattern"])
    without = reviewed & ~patterned
    approved = int((without & equals(frame["exception"], "approved")).sum())
    unapproved = int((without & equals(frame["exception"], "unapproved")).sum())
    note = remark(
        (approved, "with an approved exception"), (unapproved, "with an unapproved exception")
    )
    measure = share_of(DESIGNS, patterned, reviewed, note=note)
    extra = {"approved_exception": float(approved), "unapproved_exception": float(unapproved)}
    return replace(measure, parts={**measure.parts, **extra})


@metric(
    id="design_exceptions_lapsed",
    title="Design exceptions lapsed",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Approved design exceptions that expired before quarter end.",
    denominator="designs reviewed by quarter end whose approved exception has expired",
    empty="0",
    columns=(
        f"{DESIGNS}.reviewed_on",
        f"{DESIGNS}.exception",
        f"{DESIGNS}.exception_expires_on",
    ),
    reference="An exception holds through its last day; one without an end date never lapses.",
    comparison=Comparison.STATED,
)
def design_exceptions_lapsed(scope: Scope) -> Measure:
    """Approved exceptions past their date; endless and unapproved ones stand in the note."""
    frame = scope.frame(DESIGNS)
    reviewed = on_or_before(frame["reviewed_on"], scope.window)
    approved = reviewed & equals(frame["exception"], "approved")
    expires = frame["exception_expires_on"]
    endless = int((approved & ~known(expires)).sum())
    unapproved = int((reviewed & equals(frame["exception"], "unapproved")).sum())
    note = remark((endless, "more without an end date"), (unapproved, "more never approved"))
    measure = count_of(DESIGNS, approved & past(expires, scope.window), note=note)
    parts = {"unapproved": float(unapproved), "without_end": float(endless)}
    return replace(measure, parts=parts)


METRICS = (
    threat_model_coverage,
    secure_pattern_rate,
    design_exceptions_lapsed,
    *SYSTEM_METRICS,
    *ZERO_TRUST_METRICS,
)
