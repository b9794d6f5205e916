"""People: training finished in time, and what they do with a simulated phishing message."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.declare import (
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    days_within,
    equals,
    known,
    metric,
    numbers,
    on_or_before,
    on_time_of,
    ratio_of_sums,
    remark,
)
from board_report.tables.schema import Audience

SUBJECT = "People"
CAMPAIGNS = "phishing_campaigns"
ENROLLMENTS = "training_enrollments"
DUE = f"{ENROLLMENTS}.due_on"
REPORTED = f"{CAMPAIGNS}.reported"
DIFFICULTIES = ("easy", "moderate", "hard")
PHISH_SCALE = "NIST TN 2276 (Phish Scale) for difficulty"


@metric(
    id="training_completion",
    title="Training completed in time",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Enrollments due in the quarter and completed by their due date / those due.",
    denominator="training enrollments due in the quarter",
    empty="nothing happened",
    columns=(
        "training_enrollments.assigned_on",
        "training_enrollments.due_on",
        "training_enrollments.completed_on",
    ),
    audience=Audience.PUBLIC,
    needs=(DUE,),
    splits=("business_unit", "audience_group"),
    minimum_n=5,
    reference="CIS Controls v8, control 14",
)
def training_completion(scope: Scope) -> Measure:
    """Divides by enrollments due; those completed late are counted apart.

    Without a due date, an enrollment assigned by the cutoff and not completed before the quarter
    may have been due in it.
    """
    frame, window = scope.frame(ENROLLMENTS), scope.window
    completed = frame["completed_on"].to_numpy(dtype="datetime64[D]")
    share = on_time_of(
        ENROLLMENTS,
        frame["due_on"],
        frame["completed_on"],
        window,
        late_word="completed late",
        open_word="not completed",
    )
    completed_before = completed < np.datetime64(window.first_day)
    undated = on_or_before(frame["assigned_on"], window) & ~completed_before
    undated &= ~known(frame["due_on"])
    return replace(share, judged={DUE: days_within(frame["due_on"], window) | undated})


def _phishing(scope: Scope, column: str) -> Measure:
    """Sum of a count over messages delivered, with the mix and the rate by difficulty.

    A rate means little without the difficulty of its templates: ``parts`` has each difficulty's
    share of the messages (``easy``, ``moderate``, ``hard``) and its own rate (``rate_easy`` ...).
    Messages of unknown difficulty are in the rate and in no difficulty (``ungraded`` is their
    share); campaigns without the count, or without the number delivered, are in neither.
    """
    frame = scope.frame(CAMPAIGNS)
    sent = days_within(frame["sent_on"], scope.window)
    did, delivered = numbers(frame[column]), numbers(frame["delivered"])
    whole = ratio_of_sums(CAMPAIGNS, did, delivered, sent)
    parts, said = dict(whole.parts), []
    for difficulty in DIFFICULTIES:
        rows = sent & equals(frame["difficulty"], difficulty)
        some = ratio_of_sums(CAMPAIGNS, did, delivered, rows)
        said.append((some.parts["denominator"], difficulty))
        if some.value is not None:
            parts[difficulty] = some.parts["denominator"] / whole.parts["denominator"]
            parts[f"rate_{difficulty}"] = some.value
    ungraded = ratio_of_sums(CAMPAIGNS, did, delivered, sent & ~known(frame["difficulty"]))
    if any(count for count, _ in said):
        mix = remark(*said, (ungraded.parts["denominator"], "of unknown difficulty"))
        mix = f"messages by difficulty: {mix}"
    else:
        mix = "of unknown difficulty" if ungraded.parts["denominator"] else ""
    if ungraded.parts["denominator"] and whole.parts["denominator"]:
        parts["ungraded"] = ungraded.parts["denominator"] / whole.parts["denominator"]
    return replace(whole, parts=parts, note=mix)


@metric(
    id="phishing_click_rate",
    title="Phishing click rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="People who clicked / simulated phishing messages delivered in the quarter.",
    denominator="simulated phishing messages delivered in the quarter",
    empty="nothing happened",
    columns=tuple(
        f"{CAMPAIGNS}.{name}" for name in ("sent_on", "difficulty", "delivered", "clicked")
    ),
    splits=("business_unit",),
    minimum_n=5,
    reference=PHISH_SCALE,
)
def phishing_click_rate(scope: Scope) -> Measure:
    """A sum over a sum: a campaign of ten people weighs ten, not as much as one of a thousand."""
    return _phishing(scope, "clicked")


@metric(
    id="phishing_report_rate",
    title="Phishing report rate",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="People who reported / simulated phishing messages delivered in the quarter.",
    denominator="simulated phishing messages delivered in the quarter",
    empty="nothing happened",
    columns=tuple(
        f"{CAMPAIGNS}.{name}" for name in ("sent_on", "difficulty", "delivered", "reported")
    ),
    needs=(REPORTED,),
    splits=("business_unit",),
    minimum_n=5,
    reference=PHISH_SCALE,
)
def phishing_report_rate(scope: Scope) -> Measure:
    """Somebody who clicked and then reported counts here as well."""
    sent = days_within(scope.frame(CAMPAIGNS)["sent_on"], scope.window)
    return replace(_phishing(scope, "reported"), judged={REPORTED: sent})


METRICS = (training_completion, phishing_click_rate, phishing_report_rate)
