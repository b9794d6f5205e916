"""Rows and pictures of the page on how the two offices work together; nothing is summed here."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.disputes import Dispute, disputes_of
from board_report.governance.hand_overs import HandOver, MajorIncident
from board_report.governance.incident_reviews import Review, ReviewState
from board_report.model import MetricSeries, State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec

QUARTERS = 4
KINDS = {
    "sync": "Sync meetings",
    "cross_training": "Cross-training",
    "joint_exercise": "Joint exercises",
    "ciso_at_launch": "CISO at launches",
    "cto_at_red_team": "CTO at red teams",
}
_TICKS = (1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 672, 1344, 2688)
_MOST_STEPS = 4


# --- incidents ---------------------------------------------------------------------------------


def bar_axis(reviews: Sequence[Review], width: float) -> tuple[float, FigureSpec]:
    """Hours at the right edge of all bars, and the axis under them.

    The longest recovery sets the edge; the others run up to it, or set it where none is recovered.
    """
    recovered = [each.incident.hours_to_recover for each in reviews]
    known = [each for each in recovered if each is not None]
    high = max(known or [each.incident.age for each in reviews], default=24.0) or 1.0
    step = next((each for each in _TICKS if high / each <= 4), _TICKS[-1])
    ticks = [[float(at), _hours(at)] for at in range(0, int(high) + 1, step)]
    spec = FigureSpec(
        kind="hand_over_bar",
        data={"high": high, "ticks": ticks},
        width=width,
        height=15,
        alt=f"Hours since detection, from 0 to {formats.hours(high)}.",
    )
    return high, spec


def _hours(at: int) -> str:
    return formats.days(at / 24) if at >= 24 and at % 24 == 0 else formats.hours(at)


def incident_bar(incident: MajorIncident, high: float, width: float) -> FigureSpec:
    """An incident from detection to recovery with its hand-overs where they fell."""
    taken_up = [each for each in incident.hand_overs if each.hours is not None]
    recover = incident.hours_to_recover
    until = _until(incident)
    lost = incident.hours_lost
    said = f"{formats.hours(lost)} lost in hand-overs" if lost is not None else "no hand-over"
    return FigureSpec(
        kind="hand_over_bar",
        data={
            "high": high,
            "hours": incident.age if incident.is_open else recover,
            "is_open": incident.is_open,
            "waits": [
                {
                    "start": (each.at - incident.detected).total_seconds() / 3600,
                    "hours": each.hours,
                    "to": each.to_role,
                }
                for each in taken_up
            ],
        },
        width=width,
        height=18,
        alt=f"{incident.title}: {until}; {said}.",
    )


def _until(incident: MajorIncident) -> str:
    """How it ended, as far as it is known."""
    recover = incident.hours_to_recover
    if recover is not None:
        return f"recovered after {formats.hours(recover)}"
    return "still open" if incident.is_open else "closed without a time of recovery"


def incident_row(facts: BoardFacts, review: Review, at: int) -> dict[str, object]:
    """One line of the table: incident, hours lost by direction, review, owners, actions."""
    incident = review.incident
    return {
        "title": incident.title,
        "under": f"{sentences.capital(incident.severity)}, {formats.day(incident.detected.date())}",
        "figure": f"bar-{at}",
        **_lost(facts, incident),
        **_reviewed(facts, review),
        **_actions(facts, review),
    }


def _lost(facts: BoardFacts, incident: MajorIncident) -> dict[str, object]:
    if not facts.tables.measured("incident_handovers"):
        return {"lost": "", "lost_under": "not measured"}
    recover = incident.hours_to_recover
    not_over = ", not recovered" if incident.is_open else ", recovery unknown"
    of = f" of {formats.hours(recover)}" if recover is not None else not_over
    if not incident.hand_overs:
        return {"lost": "None on record", "lost_under": f"recovered in {of[4:]}" if recover else ""}
    lost = f"{_exact(incident.hours_lost)}{of}" if incident.hours_lost is not None else "Waiting"
    return {"lost": lost, "lost_under": _by_direction(incident, facts)}


def _exact(hours: float | None) -> str:
    """Hours of a single incident keep one decimal, since their parts are listed beside them."""
    if hours is None:
        return ""
    return f"{formats.number(hours, 1).removesuffix('.0')}{formats.NO_BREAK}h"


def _by_direction(incident: MajorIncident, facts: BoardFacts) -> str:
    """``to CTO 0.8 + 6.5, CISO 4.5``: each hand-over's hours, in the order of their steps."""
    listed = [each for each in incident.hand_overs if each.hours is not None][:_MOST_STEPS]
    told: list[str] = []
    for role in dict.fromkeys(each.to_role for each in listed):
        hours = [_bare(each) for each in listed if each.to_role == role]
        told.append(f"{'' if told else 'to '}{role} {' + '.join(hours)}")
    if incident.waiting:
        days = (facts.window.known_at - incident.waiting[0].at).days
        count = len(incident.waiting)
        words = "1 waits" if count == 1 else f"{count} wait, the first"
        told.append(f"{words} {formats.days(days)}")
    return ", ".join(told)


def _bare(hand_over: HandOver) -> str:
    return formats.number(hand_over.hours or 0.0, 1).removesuffix(".0")


def _reviewed(facts: BoardFacts, review: Review) -> dict[str, object]:
    if not facts.tables.measured("incident_reviews"):
        return {"held": "not measured", "held_status": "none", "owners": ["", ""]}
    if review.state is ReviewState.HELD:
        lacking = review.offices_without_owner
        owners = [
            review.ciso_owner or "No owner in the CISO’s office",
            review.cto_owner or "No owner in the CTO’s office",
        ]
        return {
            "held": formats.day_short(review.held_on),
            "held_status": "near" if lacking else "on",
            "owners": owners,
            "is_lacking": ["CISO" in lacking, "CTO" in lacking],
        }
    words, status = _not_held(review)
    return {
        "held": words,
        "held_status": status,
        "owners": [review.ciso_owner, review.cto_owner],
    }


def _not_held(review: Review) -> tuple[str, str]:
    """Without a time of recovery nobody can say since when a review is due."""
    if review.state is ReviewState.MISSING:
        return "Not held", "off"
    incident = review.incident
    if incident.recovered or incident.is_open:
        return "Not due yet", "later"
    return "Not on record", "none"


def _actions(facts: BoardFacts, review: Review) -> dict[str, object]:
    if not facts.tables.measured("joint_actions"):
        return {"actions": "not measured", "overdue": ""}
    if not review.actions:
        return {"actions": "None" if review.held_on else "–", "overdue": ""}
    overdue = f"{review.overdue_actions} overdue" if review.overdue_actions else ""
    return {
        "actions": f"{review.closed_actions} of {review.actions} closed",
        "overdue": overdue,
    }


# --- meetings ----------------------------------------------------------------------------------


def meeting_marks(facts: BoardFacts, height: float) -> FigureSpec:
    """Meetings held of planned, by kind and quarter."""
    slices = facts.figures.by("sync_meetings_held", "meeting_kind")
    return FigureSpec(
        kind="held_marks",
        data={
            "quarters": [str(each) for each in facts.quarters[-QUARTERS:]],
            "rows": [
                {
                    "label": label,
                    "groups": [_group(each) for each in _last(slices[kind])],
                    "words": _of_planned(slices[kind]),
                }
                for kind, label in KINDS.items()
                if kind in slices
            ],
        },
        width=309,
        height=height,
        alt="Meetings held of planned this quarter: "
        + "; ".join(
            f"{label}, {_of_planned(slices[kind])}"
            for kind, label in KINDS.items()
            if kind in slices
        )
        + ".",
    )


def _last(series: MetricSeries) -> list[object]:
    return list(series.values[-QUARTERS:])


def _group(result: object) -> dict[str, int] | None:
    state, parts = getattr(result, "state", State.NOT_MEASURED), getattr(result, "parts", {})
    if state is State.NOTHING_HAPPENED:
        return {"held": 0, "planned": 0}
    if state is not State.MEASURED:
        return None
    return {"held": int(parts["numerator"]), "planned": int(parts["denominator"])}


def _of_planned(series: MetricSeries) -> str:
    group = _group(series.now)
    if group is None:
        return formats.state_words(series.now.state)
    return f"{group['held']} of {group['planned']}" if group["planned"] else "none planned"


# --- disputes ----------------------------------------------------------------------------------


def dispute_rows(facts: BoardFacts, most: int) -> tuple[list[dict[str, str]], int]:
    """As many disputes as there is room for, open ones first, and how many are not shown."""
    every = disputes_of(facts.tables, facts.window)
    return [_dispute(each) for each in every[:most]], max(len(every) - most, 0)


def _dispute(dispute: Dispute) -> dict[str, str]:
    who = {"BOTH": "Both", "BOARD": "Board"}.get(dispute.settled_by, dispute.settled_by)
    if dispute.is_open:
        status = "off" if dispute.is_open_long else "later"
        how = f"Open since {formats.day_short(dispute.raised_on)}"
        if dispute.days > 365:
            how = f"Open since {formats.day(dispute.raised_on)}"
    else:
        status, how = "on", f"{who}: {dispute.settlement}" if dispute.settlement else who
    return {
        "subject": dispute.subject,
        "raised_by": dispute.raised_by,
        "how": how,
        "status": status,
        "days": formats.number(dispute.days),
    }
