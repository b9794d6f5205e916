"""The picture of response times: every incident a dot, by the quarter of its detection."""

from __future__ import annotations

from typing import Any

from board_report.model import MetricResult, State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import IncidentRow
from board_report.story.key_figures import shortened
from board_report.story.page import FigureSpec

FEWEST = 5
"""Below this many cases a median is not judged."""
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
    return FigureSpec(
        kind="dots",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "panels": panels,
            "row_heads": ["Drawn", "Unknown", "Open"],
            "alert_row": 2,
        },
        width=642,
        height=312,
        alt="Hours of every incident by quarter. "
        + " ".join(
            f"{panel['title']}: {panel['subtitle']}; {panel['verdict'].lower()}."
            for panel in panels
        ),
    )


def times_key(facts: BoardFacts, worst: IncidentRow | None) -> list[tuple[str, str]]:
    """The signs that the picture uses, with their words."""
    signs = [("line", "median")]
    if any(facts.series(each).target for each, _ in PANELS):
        signs.append(("dashed", "target"))
    results = [result for each, _ in PANELS for result in facts.series(each).values]
    if any(each.parts.get("open") for each in results):
        signs.append(("open", "still open, at its age"))
    if worst:
        signs.append(("off", shortened(worst.title, 56)))
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
    return {
        "title": title,
        "verdict": verdict,
        "verdict_status": status,
        "subtitle": _subtitle(facts, metric_id),
        "durations": [
            [
                hours
                for hours in (_taken(each, metric_id) for each in some if each is not worst)
                if hours is not None
            ]
            for some in quarters
        ],
        "open": [
            [each.age for each in some if _is_open(each, metric_id) and metric_id != "mttd"]
            for some in quarters
        ],
        "highlight": {"quarter": len(quarters) - 1, "hours": taken} if taken is not None else None,
        "medians": facts.values(metric_id),
        "target": series.target.value if series.target else None,
        "rows": [
            [measured_count(each) for each in series.values],
            [_part_count(each, "unknown") for each in series.values],
            [_part_count(each, "open") for each in series.values],
        ],
        "measured": [each.state is not State.NOT_MEASURED for each in series.values],
    }


def _taken(incident: IncidentRow, metric_id: str) -> float | None:
    return {
        "mttd": incident.hours_undetected,
        "mttc": incident.hours_to_contain,
        "mttr": incident.hours_to_recover,
    }[metric_id]


def _is_open(incident: IncidentRow, metric_id: str) -> bool:
    """Not over by the as-of date; what was recovered without a known containment is not open."""
    if metric_id == "mttc":
        return incident.contained is None and incident.recovered is None
    return incident.recovered is None


def measured_count(result: MetricResult) -> str:
    """How many cases a median is of; a dash where nothing is measured."""
    return "–" if result.state is State.NOT_MEASURED else formats.number(result.n)


def _part_count(result: MetricResult, part: str) -> str:
    value = result.parts.get(part)
    return formats.number(value) if value else "–"


def _verdict(facts: BoardFacts, metric_id: str) -> tuple[str, str]:
    """``On target; 40 h a year ago``, with the status that colours it."""
    now, before = facts.now(metric_id), facts.ago(metric_id, 4)
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
    median = f"{now.quarter.short} median {facts.text(metric_id)}"
    return f"{median}, {aim}" if aim else median
