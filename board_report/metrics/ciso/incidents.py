"""How many incidents there were, how grave, who noticed them, and what they cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.ciso.clocks import CLOCKS
from board_report.metrics.ciso.open_incidents import ENDS, over_at_cutoff
from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    before_cutoff,
    count_of,
    equals,
    known,
    metric,
    numbers,
    on_or_before,
    remark,
    share_of,
    sum_of,
    within,
)

SUBJECT = "Incidents"
SPLITS = ("business_unit", "severity")
DETECTED = "incidents detected in the quarter"
INCIDENTS = "incidents"
MATERIALITY = f"{INCIDENTS}.materiality_state"
SEVERITY = f"{INCIDENTS}.severity"


def _detected(scope: Scope) -> BoolArray:
    return within(scope.frame(INCIDENTS)["detected_at"], scope.window)


def _detected_by_cutoff(scope: Scope) -> BoolArray:
    return before_cutoff(scope.frame(INCIDENTS)["detected_at"], scope.window)


@metric(
    id="incidents_detected",
    title="Incidents detected",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Number of confirmed incidents first noticed in the quarter.",
    denominator=DETECTED,
    empty="0",
    columns=("incidents.detected_at",),
    splits=SPLITS,
    accumulates=True,
)
def incidents_detected(scope: Scope) -> Measure:
    """Confirmed incidents by the quarter of their detection."""
    return count_of(INCIDENTS, _detected(scope))


@metric(
    id="major_incidents",
    title="Major incidents",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Number of incidents of critical or high severity first noticed in the quarter.",
    denominator="critical and high incidents detected in the quarter",
    empty="0",
    columns=("incidents.detected_at", SEVERITY),
    needs=(SEVERITY,),
    splits=SPLITS,
    accumulates=True,
    comparison=Comparison.RARE,
)
def major_incidents(scope: Scope) -> Measure:
    """Incidents of critical or high severity; severity is the company's, never a materiality.

    One of unknown severity may be major: it is never taken for a lesser one.
    """
    frame, detected = scope.frame(INCIDENTS), _detected(scope)
    grave = equals(frame["severity"], "critical", "high")
    found = count_of(INCIDENTS, detected & grave, when=frame["detected_at"])
    return replace(found, judged={SEVERITY: detected})


@metric(
    id="incidents_open",
    title="Incidents open",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Incidents detected by the end of the quarter, neither recovered nor closed by then.",
    denominator="incidents open at quarter end",
    empty="0",
    columns=("incidents.detected_at", *ENDS),
    splits=SPLITS,
    comparison=Comparison.LEVEL,
)
def incidents_open(scope: Scope) -> Measure:
    """A stock: an incident of any earlier quarter counts until it is recovered or closed."""
    is_over = over_at_cutoff(scope.frame(INCIDENTS), scope.window)
    return count_of(INCIDENTS, _detected_by_cutoff(scope) & ~is_over)


@metric(
    id="materiality_reviews_open",
    title="Materiality reviews open",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    owner=Owner.CISO,
    formula="Incidents whose materiality was under review at the end of the quarter.",
    denominator="incidents under materiality review at quarter end",
    empty="0",
    columns=(
        "incidents.detected_at",
        "incidents.materiality_state",
        "incidents.materiality_determined_on",
    ),
    needs=(MATERIALITY,),
    reference="Form 8-K Item 1.05, Instruction 1",
    comparison=Comparison.STATED,
)
def materiality_reviews_open(scope: Scope) -> Measure:
    """A stock: detected by the cutoff, a review required, and no determination by then.

    The register keeps no history of the state: a review is taken to run from detection to the date
    of its determination. One determined on an unknown date is not counted, and noted. One whose
    state is not stated may be under review: it is never taken for one that needs none.
    """
    frame = scope.frame(INCIDENTS)
    seen = _detected_by_cutoff(scope)
    determined = equals(
        frame["materiality_state"], "determined_material", "determined_not_material"
    )
    dated = known(frame["materiality_determined_on"])
    later = dated & ~on_or_before(frame["materiality_determined_on"], scope.window)
    under_review = equals(frame["materiality_state"], "under_review") | (determined & later)
    undated = float((seen & determined & ~dated).sum())
    note = remark((undated, "determined on an unknown date, not counted"))
    return replace(count_of(INCIDENTS, seen & under_review, note=note), judged={MATERIALITY: seen})


@metric(
    id="self_detected_share",
    title="Noticed by ourselves",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Incidents first noticed by own monitoring or employees / incidents detected.",
    denominator=f"{DETECTED} whose detector is known",
    empty="nothing happened",
    columns=("incidents.detected_at", "incidents.detected_by"),
    splits=SPLITS,
    minimum_n=5,
)
def self_detected_share(scope: Scope) -> Measure:
    """How often the company noticed before a customer, a partner or the attacker told it."""
    detector = scope.frame(INCIDENTS)["detected_by"]
    detected = _detected(scope)
    return share_of(
        INCIDENTS,
        equals(detector, "own_monitoring", "employee"),
        detected,
        unknown=detected & (equals(detector, "unknown") | ~known(detector)),
        unknown_word="of unknown detector",
    )


@metric(
    id="reopened_incident_share",
    title="Incidents reopened",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Incidents reopened at least once / incidents recovered in the quarter.",
    denominator="incidents recovered in the quarter whose reopenings are known",
    empty="nothing happened",
    columns=("incidents.recovered_at", "incidents.reopened_count"),
    splits=SPLITS,
    minimum_n=5,
)
def reopened_incident_share(scope: Scope) -> Measure:
    """Recoveries that did not hold; only a recovered incident can be reopened."""
    frame = scope.frame(INCIDENTS)
    reopened = numbers(frame["reopened_count"])
    recovered = within(frame["recovered_at"], scope.window)
    return share_of(
        INCIDENTS,
        reopened > 0,
        recovered,
        unknown=recovered & np.isnan(reopened),
        unknown_word="with reopenings unknown",
    )


@metric(
    id="incident_cost",
    title="Cost of incidents",
    subject=SUBJECT,
    unit=Unit.MONEY,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Sum of the direct cost booked to date for incidents detected in the quarter.",
    denominator=f"{DETECTED} whose cost is known",
    empty="0",
    columns=("incidents.detected_at", "incidents.cost"),
    splits=SPLITS,
    headline="sum",
    accumulates=True,
    comparison=Comparison.LEVEL,
)
def incident_cost(scope: Scope) -> Measure:
    """Direct cost only; it may still grow as bills come in."""
    cost = numbers(scope.frame(INCIDENTS)["cost"])
    return sum_of(INCIDENTS, cost, _detected(scope), unknown_word="of unknown cost")


@metric(
    id="outage_hours",
    title="Outage from incidents",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Sum of the hours that services were down because of incidents of the quarter.",
    denominator=f"{DETECTED} whose outage is known",
    empty="0",
    columns=("incidents.detected_at", "incidents.outage_hours"),
    splits=SPLITS,
    headline="sum",
    accumulates=True,
)
def outage_hours(scope: Scope) -> Measure:
    """A sum, not a median: hours without a service, whichever incident took them."""
    hours = numbers(scope.frame(INCIDENTS)["outage_hours"])
    return sum_of(INCIDENTS, hours, _detected(scope), unknown_word="of unknown outage")


METRICS = (
    incidents_detected,
    major_incidents,
    incidents_open,
    materiality_reviews_open,
    *CLOCKS,
    self_detected_share,
    reopened_incident_share,
    incident_cost,
    outage_hours,
)
