"""Pictures of single incidents: the technical clock of one, and the reviews of a few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from board_report.model import Status, Target
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import IncidentRow
from board_report.story.page import FigureSpec


def clock_picture(facts: BoardFacts, worst: IncidentRow) -> FigureSpec:
    """How long one incident ran undetected, then to contain and to recover, against targets."""
    local = worst.detected.astimezone(ZoneInfo(facts.project.calendar.time_zone))
    rows = [
        _clock_row(facts, "Undetected", "mttd", worst.hours_undetected, before=True),
        _clock_row(
            facts,
            "To contain",
            "mttc",
            worst.hours_to_contain,
            so_far=worst.age if worst.is_open and not worst.contained else None,
        ),
        _clock_row(
            facts,
            "To recover",
            "mttr",
            worst.hours_to_recover,
            so_far=worst.age if worst.is_open else None,
        ),
    ]
    return FigureSpec(
        kind="technical_clock",
        data={"detected": local, "detected_label": f"detected {_moment(local)}", "rows": rows},
        width=346,
        height=158,
        alt=f"{worst.title}, detected {_moment(local)}: "
        + "; ".join(
            f"{row['label'].lower()} {row['value']}"
            + (f", {row['detail']}" if row["detail"] else "")
            for row in rows
        )
        + ".",
    )


def _moment(local: datetime) -> str:
    return f"{local:%a}{formats.NO_BREAK}{formats.day_short(local.date())} {local:%H:%M}"


def _clock_row(
    facts: BoardFacts,
    label: str,
    metric_id: str,
    hours: float | None,
    *,
    before: bool = False,
    so_far: float | None = None,
) -> dict[str, Any]:
    """One stretch of the incident against the target of the metric that sums such stretches up."""
    target = facts.series(metric_id).target
    taken = hours if hours is not None else so_far
    status = target.status(taken) if target and taken is not None else Status.NONE
    suffix = " so far" if hours is None and so_far is not None else ""
    start = (None if taken is None else -taken) if before else 0.0
    return {
        "label": label,
        "start": start,
        "end": 0.0 if before else taken,
        "target": target.value if target else None,
        "is_open": bool(suffix),
        "status": status.name.lower(),
        "value": f"{formats.hours(taken)}{suffix}" if taken is not None else "not known",
        "detail": _target_words(facts, metric_id, target),
    }


def _target_words(facts: BoardFacts, metric_id: str, target: Target | None) -> str:
    return f"target {facts.amount(target.value, metric_id)}" if target else ""


def reviews_picture(facts: BoardFacts, reviews: Sequence[IncidentRow]) -> FigureSpec:
    """Where the materiality review of each of a few incidents stands."""
    zone = ZoneInfo(facts.project.calendar.time_zone)
    rows: list[dict[str, object]] = []
    for each in reviews:
        detected = each.detected.astimezone(zone).date()
        state, words = _review_state(each, (facts.as_of - detected).days)
        rows.append(
            {
                "label": each.title,
                "code": f"{each.incident_id}, {each.severity_words}",
                "words": words,
                "detected": detected,
                "determined": each.determined_on,
                "state": state,
            }
        )
    starts = [each.detected.astimezone(zone).date() for each in reviews]
    start = min([facts.window.first_day, *starts])
    return FigureSpec(
        kind="review_states",
        data={
            "start": start,
            "end": facts.as_of,
            "ticks": [
                {"date": each, "label": formats.day_short(each)} for each in (start, facts.as_of)
            ],
            "rows": rows,
        },
        width=272,
        height=min(158, 62 * len(rows) + 20),
        alt="Materiality reviews: "
        + ". ".join(f"{row['code']}, {row['label']}: {row['words']}" for row in rows)
        + ".",
    )


def _review_state(incident: IncidentRow, days: int) -> tuple[str, str]:
    if not incident.materiality:
        return "not stated", "Materiality not stated"
    if incident.materiality == "under_review":
        return "open", f"Under review, {_days_after(days)}"
    if incident.materiality == "not_required":
        return "not required", "No review required"
    state = incident.materiality.removeprefix("determined_").replace("_", " ")
    on = incident.determined_on
    when = f" {formats.day(on)}" if on else ", date unknown"
    return state, f"Determined {state}{when}"


def _days_after(days: int) -> str:
    return "detected today" if days == 0 else f"{formats.counted(days, 'day')} after detection"
