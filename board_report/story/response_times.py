"""The picture of response times: every incident a dot, by the quarter of its detection."""

from __future__ import annotations

from typing import Any

from board_report.model import MetricResult, State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import IncidentRow
from board_report.story.key_figures import short_number, shortened
from board_report.story.marks import interval
from board_report.story.page import FigureSpec
from board_report.story.record_spans import why_zero_is_not_known

FEWEST = 5
"""Below this many cases a median is not judged."""
MOST_DOTS = 200
"""With more cases in one quarter their dots would merge, so that a dot stands for several."""
HUNDREDTHS = 100
"""Dots of a quarter that has more cases than these, where dots stand for several."""
MOST_OPEN = 9
"""Of more open cases in one quarter only some are drawn."""
OPEN_DRAWN = 5
PICTURE_HEIGHT = 312.0
NOTE_HEIGHT = 20.0
PANELS = (
    ("mttd", "Occurred to detected"),
    ("mttc", "Detected to contained"),
    ("mttr", "Detected to recovered"),
)
"""Metrics drawn, from left to right, with their titles."""


def comparable(before: MetricResult | None) -> bool:
    """Whether a quarter has a median of enough cases to be held against."""
    return before is not None and before.measured and before.n >= FEWEST


def times_picture(
    facts: BoardFacts, quarters: list[tuple[IncidentRow, ...]], worst: IncidentRow | None
) -> FigureSpec:
    """Every incident's hours by quarter, with medians, targets, and what is still open."""
    panels = [_panel(facts, each, title, quarters, worst) for each, title in PANELS]
    said = times_note(quarters)
    return FigureSpec(
        kind="dots",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "panels": panels,
            "row_heads": ["Timed" if _is_crowded(quarters) else "Drawn", "Unknown", "Open"],
            "alert_row": 2,
        },
        width=642,
        height=PICTURE_HEIGHT - (NOTE_HEIGHT if said else 0),
        alt="Hours of every incident by quarter. "
        + " ".join(
            f"{panel['title']}: {panel['subtitle']}; {panel['verdict'].lower()}."
            for panel in panels
        )
        + (f" {said}" if said else ""),
    )


def times_note(quarters: list[tuple[IncidentRow, ...]]) -> str:
    """What the picture leaves out where there are too many cases to draw; empty where it is all."""
    said = []
    if _is_crowded(quarters):
        said.append(f"Over {HUNDREDTHS} cases in a quarter: a dot is 1% of them, by rank.")
    if any(len(_ages(some, each)) > MOST_OPEN for some in quarters for each, _ in PANELS):
        most, drawn = formats.count_words(MOST_OPEN), formats.count_words(OPEN_DRAWN)
        said.append(f"Over {most} still open: {drawn} drawn.")
    return " ".join([*said, "Medians and counts: all cases."]) if said else ""


def _is_crowded(quarters: list[tuple[IncidentRow, ...]]) -> bool:
    """Whether dots stand for several cases: in all quarters alike, so that they compare."""
    return any(len(some) > MOST_DOTS for some in quarters)


def _hundredths(hours: list[float]) -> list[float]:
    """The case in the middle of each hundredth, from the shortest to the longest."""
    if len(hours) <= HUNDREDTHS:
        return hours
    ranked = sorted(hours)
    return [ranked[(2 * at + 1) * len(ranked) // (2 * HUNDREDTHS)] for at in range(HUNDREDTHS)]


def _ages(some: tuple[IncidentRow, ...], metric_id: str) -> list[float]:
    """Hours so far of the cases not over; detection has none."""
    if metric_id == "mttd":
        return []
    return [each.age for each in some if _is_open(each, metric_id)]


def _few(ages: list[float]) -> list[float]:
    """All ages, or the least, the greatest and three evenly ranked between."""
    if len(ages) <= MOST_OPEN:
        return ages
    ranked = sorted(ages)
    return [ranked[at * (len(ranked) - 1) // (OPEN_DRAWN - 1)] for at in range(OPEN_DRAWN)]


def times_key(facts: BoardFacts, worst: IncidentRow | None) -> list[tuple[str, str]]:
    """The signs that the picture uses, with their words."""
    signs = [("line", "median")]
    if any(_limits(facts.now(each)) for each, _ in PANELS):
        signs.append(("band", "its 95% interval"))
    if any(facts.series(each).target for each, _ in PANELS):
        signs.append(("dashed", "target"))
    results = [result for each, _ in PANELS for result in facts.series(each).values]
    if any(each.parts.get("open") for each in results):
        signs.append(("open", "still open, at its age"))
    if worst:
        signs.append(("off", shortened(worst.title, 36)))
    return signs


def _panel(
    facts: BoardFacts,
    metric_id: str,
    title: str,
    quarters: list[tuple[IncidentRow, ...]],
    worst: IncidentRow | None,
) -> dict[str, Any]:
    series = facts.series(metric_id)
    verdict, status = _verdict(facts, metric_id)
    taken = _taken(worst, metric_id) if worst else None
    crowded = _is_crowded(quarters)
    counts: list[list[float | None]] = [
        [measured_count(each) for each in series.values],
        *([each.parts.get(part) or None for each in series.values] for part in ("unknown", "open")),
    ]
    return {
        "title": title,
        "verdict": verdict,
        "verdict_status": status,
        "subtitle": _subtitle(facts, metric_id),
        "durations": [
            _hundredths(hours) if crowded else hours
            for hours in (_hours(some, metric_id, worst) for some in quarters)
        ],
        "open": [_few(_ages(some, metric_id)) for some in quarters],
        "highlight": {"quarter": len(quarters) - 1, "hours": taken} if taken is not None else None,
        "medians": facts.values(metric_id),
        "target": series.target.value if series.target else None,
        "limits": _limits(series.now),
        "rows": [[_count(each) for each in row] for row in counts],
        "rows_short": [[_count(each, short=True) for each in row] for row in counts],
        "measured": [each.state is not State.NOT_MEASURED for each in series.values],
    }


def _limits(now: MetricResult) -> list[float] | None:
    """The 95% interval of the quarter's median, where it has both ends."""
    ends = [now.parts[each] for each in ("median_low", "median_high") if each in now.parts]
    return ends if len(ends) == 2 and ends[0] > 0 else None


def _hours(some: tuple[IncidentRow, ...], metric_id: str, worst: IncidentRow | None) -> list[float]:
    """Hours of the cases that are over, but for the worst, which has a mark of its own."""
    taken = (_taken(each, metric_id) for each in some if each is not worst)
    return [hours for hours in taken if hours is not None]


def _taken(incident: IncidentRow, metric_id: str) -> float | None:
    return {
        "mttd": incident.hours_undetected,
        "mttc": incident.hours_to_contain,
        "mttr": incident.hours_to_recover,
    }[metric_id]


def _is_open(incident: IncidentRow, metric_id: str) -> bool:
    """Not over by the as-of date; what is over without the time that is measured is not open."""
    return incident.is_open and (metric_id != "mttc" or incident.contained is None)


def measured_count(result: MetricResult) -> int | None:
    """How many cases a median is of that are over; None where nothing is measured."""
    if result.state is State.NOT_MEASURED:
        return None
    return int(result.parts.get("measured", result.n))


def _count(value: float | None, *, short: bool = False) -> str:
    if value is None:
        return "–"
    return short_number(value) if short else formats.number(value)


def _verdict(facts: BoardFacts, metric_id: str) -> tuple[str, str]:
    """``On target; 40 h a year ago``, with the status that colours it."""
    now, before = facts.now(metric_id), facts.ago(metric_id, 4)
    if why_zero_is_not_known(facts, metric_id):
        return "Not known", "none"
    if facts.is_thin(metric_id):
        return f"Too few to judge (n {now.n})", "none"
    if now.value is None:
        words = {
            State.NOT_MEASURED: "Not measured",
            State.NOTHING_HAPPENED: "No incident this quarter",
            State.WITHHELD: "Withheld",
        }
        return words.get(now.state, ""), "none"
    if now.n < FEWEST:
        return f"Too few to judge (n {now.n})", "none"
    status = facts.status(metric_id)
    judged = sentences.capital(str(status))
    then = f"; {facts.text(metric_id, ago=4)} a year ago" if comparable(before) else ""
    return f"{judged}{then}", status.name.lower()


def _subtitle(facts: BoardFacts, metric_id: str) -> str:
    now, target = facts.now(metric_id), facts.series(metric_id).target
    aim = f"target {facts.amount(target.value, metric_id)}" if target else ""
    if not now.measured:
        return sentences.capital(aim)
    known = interval(facts, metric_id)
    sure = f" ({known})" if known else ""
    median = f"{now.quarter.short} median {facts.text(metric_id)}{sure}"
    return f"{median}, {aim}" if aim else median
