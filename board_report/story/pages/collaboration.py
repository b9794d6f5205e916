"""How the two offices work together: hand-overs, reviews, meetings and disputes."""

from __future__ import annotations

from board_report.governance.hand_overs import ungraded_incidents
from board_report.governance.incident_reviews import incident_reviews
from board_report.metrics.declare import Unit
from board_report.model import MetricResult, State
from board_report.story import formats, sentences
from board_report.story.collaboration_rows import (
    bar_axis,
    dispute_rows,
    incident_bar,
    incident_row,
    meeting_marks,
)
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits
from board_report.story.left_out import is_left_out
from board_report.story.measure_rows import status_of
from board_report.story.page import FigureSpec, Page
from board_report.story.record_spans import span_words, why_zero_is_not_known

MOST_INCIDENTS = 6
MOST_DISPUTES = 9
_BAR = 148.0
_INCIDENT_ROW = 26.0
_ROOM = 334.0
_ABOVE = 64.0
"""Heading, table head and axis of the incidents, and the gap under them."""
_DISPUTE_ROW, _DISPUTE_HEAD = 18.0, 41.0
FEWEST_ROWS = 4
"""Rows for which the lower half has room, however few disputes there are."""
_TALLEST_MEETINGS = 150.0
_MEETINGS_ALONE = 220.0
"""Height of the meetings where there is no incident to show."""
METRICS = (
    "sync_meetings_held",
    "handover_time_lost",
    "incident_reviews_held",
    "disputes_open",
    "joint_actions_on_time",
    "joint_actions_overdue",
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, unless nothing was given for it and no leader wrote of it."""
    return () if is_left_out(facts, "collaboration") else (_page(facts),)


def _page(facts: BoardFacts) -> Page:
    reviews = incident_reviews(facts.tables, facts.window)
    shown = reviews[:MOST_INCIDENTS]
    high, axis = bar_axis(shown, _BAR)
    figures: dict[str, FigureSpec] = {
        f"bar-{at}": incident_bar(each.incident, high, _BAR) for at, each in enumerate(shown)
    }
    if shown:
        figures["axis"] = axis
    room = _ROOM - _ABOVE - _INCIDENT_ROW * len(shown)
    fit = min(int((room - _DISPUTE_HEAD) / _DISPUTE_ROW), MOST_DISPUTES)
    disputes, disputes_more = dispute_rows(facts, fit)
    lower = _DISPUTE_HEAD + _DISPUTE_ROW * max(len(disputes), FEWEST_ROWS)
    if facts.tables.measured("sync_meetings"):
        height = min(lower - 20.0, _TALLEST_MEETINGS) if shown else _MEETINGS_ALONE
        figures["meetings"] = meeting_marks(facts, height)
    return Page(
        id="collaboration",
        section="Working together",
        title=_title(facts),
        context=_context(facts),
        owners=facts.owner("CISO", "CTO"),
        sources=(
            "Sources: incident register, hand-overs, reviews, joint actions, meetings and disputes "
            "of the two offices. Four quarters unless said otherwise. Definitions: appendix."
        ),
        body={
            "incidents": [incident_row(facts, each, at) for at, each in enumerate(shown)],
            "incidents_head": "Major incident"
            + (f", {len(shown)} of {len(reviews)}" if len(reviews) > len(shown) else "")
            + _unsaid(facts),
            "no_incidents": _no_incidents(facts),
            "row_height": _INCIDENT_ROW,
            "lower_top": _ROOM - lower if shown else 70.0,
            "lost": _lost(facts),
            "meetings": _meetings(facts),
            "disputes": disputes,
            "disputes_more": disputes_more,
            "no_disputes": _no_disputes(facts),
            "dispute_unit": _dispute_unit(facts),
        },
        figures=figures,
        voices_room=None,
        metric_ids=tuple(each for each in METRICS if each in facts.figures.specs),
    )


# --- title and context -------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    """Meetings and hand-overs; where one is not measured, reviews or disputes in its place."""
    said = [each for each in (_held(facts), _handed(facts, full=True)) if each]
    short = [each for each in (_held(facts), _handed(facts, full=False)) if each]
    if len(said) < 2:
        more = [each for each in (_reviewed(facts), _disputed(facts)) if each]
        said, short = [*said, *more][:2], [*short, *more][:2]
    if not said:
        return "How the two offices work together was not measured this quarter"
    return first_that_fits(*(sentences.capital("; ".join(each)) for each in (said, short)))


def _count(result: MetricResult, part: str) -> int:
    return int(result.parts.get(part, 0))


def _held(facts: BoardFacts) -> str:
    now = facts.now("sync_meetings_held")
    if now.state is State.NOTHING_HAPPENED:
        return "the two offices planned no meeting this quarter"
    if not now.measured:
        return ""
    held, planned = _count(now, "numerator"), _count(now, "denominator")
    if planned == 1:
        which = "the one meeting planned"
        return f"the two offices held {which}" if held else f"{which} was not held"
    if held == planned:
        every = "both meetings" if planned == 2 else f"all {formats.count_words(planned)} meetings"
        return f"the two offices held {every} planned"
    number = formats.count_words(held) if held else "none"
    return f"the two offices held {number} of {formats.count_words(planned)} meetings"


def _handed(facts: BoardFacts, *, full: bool) -> str:
    now = facts.now("handover_time_lost")
    if why_zero_is_not_known(facts, "handover_time_lost"):
        return ""
    if now.state is State.NOTHING_HAPPENED:
        known = " known to be major" if _ungraded(facts) else ""
        return f"no {'' if known else 'major '}incident{known} called for a hand-over"
    if now.state is State.WITHHELD and (now.parts.get("open") or not _ungraded(facts)):
        return "work handed over in a major incident still waits"
    if now.value is None:
        return ""
    if not now.n:
        return "no hand-over is on record in this quarter’s major incidents"
    if not now.value:
        return "hand-overs in major incidents cost no time"
    before = facts.ago("handover_time_lost", 1)
    lost = f"hand-overs in major incidents cost {facts.text('handover_time_lost')}"
    if not full or before is None or before.value is None or not before.n:
        return lost
    then = facts.text("handover_time_lost", ago=1)
    if then == facts.text("handover_time_lost"):
        return f"{lost}, as last quarter"
    if facts.is_chance("handover_time_lost"):
        return f"{lost}, no clear change from {then} last quarter"
    if not facts.is_told("handover_time_lost"):
        return f"{lost}, {then} last quarter"
    return f"{lost}, {'up' if now.value > before.value else 'down'} from {then} last quarter"


def _reviewed(facts: BoardFacts) -> str:
    now = facts.now("incident_reviews_held")
    if not now.measured:
        return ""
    held, due = _count(now, "numerator"), _count(now, "denominator")
    if due == 1:
        was = "was" if held else "was not"
        return f"the one major incident recovered {was} reviewed by both offices"
    number = formats.count_words(held) if held else "none"
    return (
        f"{number} of {formats.count_words(due)} major incidents recovered "
        f"{'was' if held <= 1 else 'were'} reviewed by both offices"
    )


def _disputed(facts: BoardFacts) -> str:
    now = facts.now("disputes_open")
    if now.value is None:
        return ""
    count = int(now.value)
    return f"{formats.counted(count, 'dispute')} {'is' if count == 1 else 'are'} open"


def _context(facts: BoardFacts) -> str:
    """What the title does not say: reviews, disputes, and the actions of both offices."""
    title = _title(facts)
    said = [each for each in (_reviewed(facts), _disputed(facts)) if each]
    parts = [each for each in said if sentences.within(each) not in sentences.within(title)]
    on_time = facts.now("joint_actions_on_time")
    if on_time.measured:
        words = f"{facts.text('joint_actions_on_time')} of {formats.number(on_time.n)}"
        parts.append(f"{words} joint actions done on time")
    overdue = facts.now("joint_actions_overdue").value
    if overdue is not None:
        parts.append(f"{formats.count_words(int(overdue)) if overdue else 'none'} overdue")
    return f"{sentences.capital('; '.join(parts))}." if parts else ""


# --- heads and absences ------------------------------------------------------------------------


def _status(facts: BoardFacts, metric_id: str) -> dict[str, str]:
    """Mark and words of a measure with a target; empty where it has none or no value."""
    target = facts.target_text(metric_id)
    if not target or not facts.now(metric_id).measured:
        return {}
    unit = {Unit.RATIO: "%", Unit.HOURS: f"{formats.NO_BREAK}h"}.get(facts.unit(metric_id), "")
    found = status_of(facts, metric_id)
    return {"kind": found["status"], "word": f"{found['status_word']}: {target}{unit}"}


def _lost(facts: BoardFacts) -> dict[str, object]:
    """The quarter's hours in hand-overs, for the head of the table."""
    now = facts.now("handover_time_lost")
    if now.measured:
        words = f"{facts.text('handover_time_lost')} lost in {facts.project.quarter.short}"
        words += f", {now.note}" if now.note else ""
    else:
        words = f"time lost in {facts.project.quarter.short}: {formats.state_words(now.state)}"
    files = [
        f"governance/{name}.csv"
        for name in ("incident_handovers", "incident_reviews")
        if not facts.tables.measured(name)
    ]
    if files and facts.tables.measured("incidents"):
        words += f"; not given: {formats.listed(files)}"
    return {"words": words, "status": _status(facts, "handover_time_lost")}


def _meetings(facts: BoardFacts) -> dict[str, object]:
    now = facts.now("sync_meetings_held")
    words = f"{facts.text('sync_meetings_held')} held in {facts.project.quarter.short}"
    if not now.measured:
        words = formats.state_words(now.state)
    return {
        "words": words,
        "status": _status(facts, "sync_meetings_held"),
        "empty": "Not measured: give governance/sync_meetings.csv.",
    }


def _ungraded(facts: BoardFacts) -> int:
    """Incidents of four quarters of which it is not known whether they were major."""
    return ungraded_incidents(facts.tables, facts.window)


def _unsaid(facts: BoardFacts) -> str:
    """How many of them there are, after the head of those that were; empty where there is none."""
    silent = _ungraded(facts)
    return f"; {formats.number(silent)} of severity not stated" if silent else ""


def _no_incidents(facts: BoardFacts) -> str:
    outside, silent = span_words(facts, "incidents"), _ungraded(facts)
    if outside:
        return f"Not known: incident records {outside}."
    if silent:
        verb = "does not state its" if silent == 1 else "do not state their"
        return (
            f"No incident of four quarters is known to be major; "
            f"{formats.counted(silent, 'incident')} {verb} severity."
        )
    if facts.tables.measured("incidents"):
        return "No major incident was detected in four quarters."
    return "Incidents are not measured: no file was given for the incident register."


def _no_disputes(facts: BoardFacts) -> str:
    if facts.tables.measured("disputes"):
        return "No dispute was open or settled in four quarters."
    return "Not measured: give governance/disputes.csv."


def _dispute_unit(facts: BoardFacts) -> str:
    now = facts.now("disputes_open")
    if now.value is None:
        return ""
    return f"{formats.counted(int(now.value), 'open one')} on {formats.day_short(facts.as_of)}"
