"""The clocks of an incident: how long it took to notice, take on, contain and recover.

All five are medians over the incidents *detected* in the quarter, whenever they ended, as far as
is known on the as-of date. What has no end yet counts for as long as it has lasted, because a
median of ended incidents alone flatters; it is counted beside the median as well. What is over
without the time that is measured is counted as unknown.
"""

from __future__ import annotations

import numpy as np

from board_report.metrics.ciso.open_incidents import ENDED_BY, ENDS
from board_report.metrics.declare import (
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    known_before,
    metric,
    seconds_between,
    within,
)
from board_report.metrics.durations import duration_of, seconds_so_far

SUBJECT = "Incidents"
SPLITS = ("business_unit", "severity")
SECONDS_PER_HOUR = 3600
RESPONSE = (
    "Phases as in NIST CSF 2.0: Detect, Respond, Recover. What is still running counts for as long "
    "as it has lasted (docs/statistics.md)."
)


def _clock(
    scope: Scope, start: str, end: str, *ended_by: str, open_word: str, unknown_word: str
) -> Measure:
    """Hours between two columns; an incident is open until one of ``ended_by`` is known."""
    frame, window = scope.frame("incidents"), scope.window
    seconds = seconds_between(frame[start], frame[end])
    seconds[~known_before(frame[end], window)] = np.nan
    ended = np.zeros(len(frame), dtype=bool)
    for column in ended_by:
        ended |= known_before(frame[column], window)
    return duration_of(
        "incidents",
        within(frame["detected_at"], window),
        seconds,
        seconds_per_unit=SECONDS_PER_HOUR,
        so_far=seconds_so_far(frame[start], window, ~ended),
        open_word=open_word,
        unknown_word=unknown_word,
    )


@metric(
    id="mttd",
    title="Time to detect",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Median of detected minus occurred, over incidents detected in the quarter.",
    denominator="incidents detected in the quarter whose start is known",
    empty="nothing happened",
    columns=("incidents.occurred_at", "incidents.detected_at"),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=RESPONSE,
)
def mttd(scope: Scope) -> Measure:
    """Time to detect; incidents of unknown start are counted and shown, not dropped."""
    return _clock(
        scope,
        "occurred_at",
        "detected_at",
        "detected_at",
        open_word="not detected yet",
        unknown_word="of unknown start",
    )


@metric(
    id="dwell_time",
    title="Dwell time",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Median (Kaplan-Meier) of contained minus occurred, of the quarter's incidents.",
    denominator="incidents detected in the quarter of known start, contained or still running",
    empty="nothing happened",
    columns=(
        "incidents.occurred_at",
        "incidents.detected_at",
        "incidents.contained_at",
        *ENDS,
    ),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=RESPONSE,
)
def dwell_time(scope: Scope) -> Measure:
    """How long an attacker could act: from the start to containment, not to detection."""
    return _clock(
        scope,
        "occurred_at",
        "contained_at",
        "contained_at",
        *ENDED_BY,
        open_word="not contained yet",
        unknown_word="of unknown start or containment",
    )


@metric(
    id="mtta",
    title="Time to acknowledge",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Median (Kaplan-Meier) of acknowledged minus detected, of the quarter's incidents.",
    denominator="incidents detected in the quarter, acknowledged or still waiting",
    empty="nothing happened",
    columns=(
        "incidents.detected_at",
        "incidents.acknowledged_at",
        "incidents.contained_at",
        *ENDS,
    ),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=RESPONSE,
)
def mtta(scope: Scope) -> Measure:
    """Time to acknowledge: until a responder took it on."""
    return _clock(
        scope,
        "detected_at",
        "acknowledged_at",
        "acknowledged_at",
        "contained_at",
        *ENDED_BY,
        open_word="not acknowledged yet",
        unknown_word="of unknown acknowledgement",
    )


@metric(
    id="mttc",
    title="Time to contain",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Median (Kaplan-Meier) of contained minus detected, of the quarter's incidents.",
    denominator="incidents detected in the quarter, contained or still running",
    empty="nothing happened",
    columns=("incidents.detected_at", "incidents.contained_at", *ENDS),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=RESPONSE,
)
def mttc(scope: Scope) -> Measure:
    """Time to contain: until it could spread no further."""
    return _clock(
        scope,
        "detected_at",
        "contained_at",
        "contained_at",
        *ENDED_BY,
        open_word="not contained yet",
        unknown_word="of unknown containment",
    )


@metric(
    id="mttr",
    title="Time to recover",
    subject=SUBJECT,
    unit=Unit.HOURS,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Median (Kaplan-Meier) of recovered minus detected, of the quarter's incidents.",
    denominator="incidents detected in the quarter, recovered or still open",
    empty="nothing happened",
    columns=("incidents.detected_at", *ENDS),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference=RESPONSE,
)
def mttr(scope: Scope) -> Measure:
    """Time to recover (not to respond, repair or resolve): until service was back to normal."""
    return _clock(
        scope,
        "detected_at",
        "recovered_at",
        *ENDED_BY,
        open_word="still open",
        unknown_word="closed without a time of recovery",
    )


CLOCKS = (mttd, dwell_time, mtta, mttc, mttr)
