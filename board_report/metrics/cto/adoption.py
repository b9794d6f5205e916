"""Technology adoption: launches and their secure reviews, approval time, users against plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.cto.reading import dates, total, withheld
from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    days_in_trailing_year,
    days_within,
    known,
    metric,
    not_measured,
    numbers,
    of_quarter,
    on_or_before,
    remark,
    seconds_between,
    share_of,
    stands_at_cutoff,
)
from board_report.metrics.durations import duration_of, seconds_so_far
from board_report.model import State

SUBJECT = "Technology adoption"
PORTFOLIO = "technology_portfolio"
ADOPTION = "technology_adoption"
REQUESTED = f"{PORTFOLIO}.requested_on"
DAYS_AHEAD = 180
"""How far ahead a launch must have its secure review booked."""
SECONDS_A_DAY = 86_400


def _reviewed_in_time(scope: Scope) -> BoolArray:
    """Technologies that passed their secure review no later than the day they went live."""
    frame = scope.frame(PORTFOLIO)
    return dates(frame["review_passed_on"]) <= dates(frame["live_on"])


def _launch_note(scope: Scope, launched: BoolArray) -> str:
    late = launched & ~_reviewed_in_time(scope)
    reviewed = on_or_before(scope.frame(PORTFOLIO)["review_passed_on"], scope.window)
    return remark(
        ((late & reviewed).sum(), "reviewed only after launch"),
        ((late & ~reviewed).sum(), "not reviewed at all"),
    )


@metric(
    id="secure_adoption_rate",
    title="Secure adoption rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Launches that passed the secure review by the day they went live / launches.",
    denominator="technologies that went live in the four quarters to quarter end",
    empty="nothing happened",
    columns=(f"{PORTFOLIO}.live_on", f"{PORTFOLIO}.review_passed_on"),
    minimum_n=5,
    reference="Joint KPI; a review passed after launch does not count.",
    is_trailing=True,
    withhold_below=0,
)
def secure_adoption_rate(scope: Scope) -> Measure:
    """Launches reviewed in time over launches, trailing four quarters."""
    launched = days_in_trailing_year(scope.frame(PORTFOLIO)["live_on"], scope.window)
    note = _launch_note(scope, launched)
    return share_of(PORTFOLIO, _reviewed_in_time(scope), launched, note=note)


@metric(
    id="time_to_secure_approval",
    title="Time to secure approval",
    subject=SUBJECT,
    unit=Unit.DAYS,
    direction=Direction.DOWN,
    owner=Owner.JOINT,
    formula="Median (Kaplan-Meier) of (date of secure approval - date asked for), in days.",
    denominator="technologies asked for in the quarter, approved or still waiting",
    empty="nothing happened",
    columns=(f"{PORTFOLIO}.requested_on", f"{PORTFOLIO}.approved_on", f"{PORTFOLIO}.retired_on"),
    minimum_n=5,
    headline="median",
    reference="What still waits counts for as long as it has waited; one retired unapproved, until "
    "it was retired.",
)
def time_to_secure_approval(scope: Scope) -> Measure:
    """Median days from request to approval, over what was asked for in the quarter."""
    frame, window = scope.frame(PORTFOLIO), scope.window
    asked, approved = frame["requested_on"], frame["approved_on"]
    done = dates(approved) <= np.datetime64(window.as_of)
    gone = dates(frame["retired_on"]) <= np.datetime64(window.as_of)
    waited = seconds_so_far(asked, window, ~done)
    left = seconds_between(asked, frame["retired_on"])
    measure = duration_of(
        PORTFOLIO,
        days_within(asked, window),
        np.where(done, seconds_between(asked, approved), np.nan),
        seconds_per_unit=SECONDS_A_DAY,
        so_far=np.where(gone & ~done, left, waited),
        open_word="not approved",
    )
    waits = stands_at_cutoff(asked, approved, window)
    standing = ~on_or_before(frame["retired_on"], window)
    waiting = int((waits & standing).sum())
    unapproved = standing & ~on_or_before(approved, window)
    undated = int((unapproved & ~known(asked)).sum())
    untimed = int((days_within(approved, window) & ~known(asked)).sum())
    said = (
        measure.note,
        remark(
            (untimed, "approved and asked for on an unknown date"),
            (waiting, "still waiting at quarter end"),
            (undated, "not approved and asked for on an unknown date"),
        ),
    )
    parts = {**measure.parts, "waiting": float(waiting)}
    # Where all that may belong here is undated, it is not known that nothing was asked for.
    is_unknown = not measure.n and measure.state is None and bool(untimed or undated)
    state = State.WITHHELD if is_unknown else measure.state
    return replace(measure, parts=parts, note=", ".join(filter(None, said)), state=state)


@metric(
    id="adoption_against_plan",
    title="Adoption against plan",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Sum of actual users / sum of planned users, where the actual is known.",
    denominator="technologies with a plan for the quarter and a known number of users",
    empty="not measured",
    columns=(
        f"{ADOPTION}.quarter",
        f"{ADOPTION}.users_planned",
        f"{ADOPTION}.users_actual",
    ),
    minimum_n=5,
    reference="May exceed 100%. A quarter in which no use is known is withheld.",
    comparison=Comparison.LEVEL,
)
def adoption_against_plan(scope: Scope) -> Measure:
    """Actual over planned users at quarter end; technologies of unknown use are counted."""
    frame = scope.frame(ADOPTION)
    planned, actual = numbers(frame["users_planned"]), numbers(frame["users_actual"])
    recorded = of_quarter(frame["quarter"], scope.window)
    counted = recorded & ~np.isnan(actual)
    if not recorded.any():
        return not_measured(f"no users were recorded for {scope.window.quarter}")
    size, unknown = int(counted.sum()), int(recorded.sum() - counted.sum())
    parts = {
        "numerator": total(actual[counted]),
        "denominator": total(planned[counted]),
        "unknown": float(unknown),
    }
    note, rows = remark((unknown, "of unknown use")), {ADOPTION: recorded}
    if not parts["denominator"]:
        why = "no users were planned" if size else note
        return withheld(why, n=size, rows=rows, parts=parts)
    return Measure(parts["numerator"] / parts["denominator"], size, parts, note, rows)


@metric(
    id="launches",
    title="Technologies launched",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    owner=Owner.CTO,
    formula="Technologies that went live in the quarter.",
    denominator="technologies that went live in the quarter",
    empty="0",
    columns=(f"{PORTFOLIO}.live_on",),
    accumulates=True,
    comparison=Comparison.STATED,
)
def launches(scope: Scope) -> Measure:
    """Technologies that went into production in the quarter."""
    return count_of(PORTFOLIO, days_within(scope.frame(PORTFOLIO)["live_on"], scope.window))


@metric(
    id="launches_without_review",
    title="Launches without review",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula="Launches in the quarter not reviewed by the day they went live.",
    denominator="technologies launched in the quarter without a secure review passed by then",
    empty="0",
    columns=(f"{PORTFOLIO}.live_on", f"{PORTFOLIO}.review_passed_on"),
    reference="A review passed after launch does not undo it.",
    accumulates=True,
    comparison=Comparison.RARE,
)
def launches_without_review(scope: Scope) -> Measure:
    """Launches of the quarter with no secure review, or one that came after."""
    live_on = scope.frame(PORTFOLIO)["live_on"]
    launched = days_within(live_on, scope.window)
    note = _launch_note(scope, launched)
    return count_of(PORTFOLIO, launched & ~_reviewed_in_time(scope), note=note, when=live_on)


@metric(
    id="reviews_not_booked",
    title="Secure reviews not booked",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CTO,
    formula=f"Launches due within {DAYS_AHEAD} days with no review passed or booked.",
    denominator="technologies asked for, not live, planned live in that time, without a review",
    empty="0",
    columns=(
        f"{PORTFOLIO}.requested_on",
        f"{PORTFOLIO}.planned_live_on",
        f"{PORTFOLIO}.live_on",
        f"{PORTFOLIO}.retired_on",
        f"{PORTFOLIO}.review_passed_on",
        f"{PORTFOLIO}.review_booked_for",
    ),
    needs=(REQUESTED,),
    reference="A booking whose day went by without a pass is no booking.",
    comparison=Comparison.STATED,
)
def reviews_not_booked(scope: Scope) -> Measure:
    """Launches ahead without a review passed or booked; launches that slipped are noted."""
    frame, window = scope.frame(PORTFOLIO), scope.window
    cutoff = np.datetime64(window.cutoff_day)
    planned, booked = dates(frame["planned_live_on"]), dates(frame["review_booked_for"])
    coming = ~on_or_before(frame["live_on"], window) & ~on_or_before(frame["retired_on"], window)
    open_ = coming & ~on_or_before(frame["review_passed_on"], window) & ~(booked > cutoff)
    unready = open_ & on_or_before(frame["requested_on"], window)
    soon = (planned > cutoff) & (planned <= cutoff + np.timedelta64(DAYS_AHEAD, "D"))
    due = unready & soon
    slipped = int((unready & (planned <= cutoff)).sum())
    undated = int((unready & ~known(frame["planned_live_on"])).sum())
    note = remark(
        (slipped, "more past the planned launch"), (undated, "more without a planned launch")
    )
    measure = count_of(PORTFOLIO, due, note=note)
    parts = {"slipped": float(slipped), "undated": float(undated)}
    return replace(measure, parts=parts, judged={REQUESTED: open_ & soon})


METRICS = (
    secure_adoption_rate,
    time_to_secure_approval,
    adoption_against_plan,
    launches,
    launches_without_review,
    reviews_not_booked,
)
