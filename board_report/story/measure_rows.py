"""What a row of any scorecard says of one measure: its unit, its status in words, its course."""

from __future__ import annotations

from board_report.metrics.declare import Unit
from board_report.model import Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.marks import interval
from board_report.story.page import FigureSpec

_UNITS = {
    Unit.HOURS: "median hours",
    Unit.DAYS: "median days",
    Unit.RATIO: "%",
    Unit.PER_WEEK: "a week",
    Unit.YEARS: "years",
    Unit.SCORE: "score",
    Unit.STAGE: "stage, 1 to 4",
    Unit.RATING: "rating, 0 to 4",
    Unit.COUNT: "count",
}


def unit_note(facts: BoardFacts, metric_id: str) -> str:
    """The unit with its population: ``% of 1,293``, ``hours in all``.

    A median has its 95% interval and its cases: ``median hours (13–44), n 15``.
    """
    spec, now = facts.figures.spec(metric_id), facts.now(metric_id)
    if spec.unit is Unit.MONEY:
        return "before insurance" if metric_id.startswith("loss_") else facts.currency
    if spec.unit is Unit.RATIO:
        return f"% of {formats.number(now.n)}" if now.n else "%"
    if spec.unit in (Unit.HOURS, Unit.DAYS) and spec.headline == "sum":
        return f"{spec.unit} in all"
    words = _UNITS[spec.unit]
    if spec.headline != "median" or not now.measured:
        return words
    known = interval(facts, metric_id)
    return f"{words}{f' ({known})' if known else ''}, n {formats.number(now.n)}"


def status_of(facts: BoardFacts, metric_id: str) -> dict[str, str]:
    """Kind of mark and word; of a figure without a value there is nothing to judge."""
    status = facts.status(metric_id)
    kind = status.name.lower()
    if facts.target_text(metric_id) and status is Status.NONE:
        return {"status": kind, "status_word": "Not judged"}
    word = sentences.capital(str(status))
    if metric_id.startswith("loss_"):
        word = {Status.ON: "In tolerance", Status.OFF: "Over tolerance"}.get(status, word)
    return {"status": kind, "status_word": word}


def has_history(facts: BoardFacts, metric_id: str) -> bool:
    """Whether any quarter has a value to draw."""
    return any(each is not None for each in facts.values(metric_id))


def sparkline(
    facts: BoardFacts, metric_id: str, *, width: float = 104, height: float = 24
) -> FigureSpec:
    """The course of a measure over its quarters, with its target; sizes in points."""
    series = facts.series(metric_id)
    first = next((each for each in series.values if each.measured), None)
    since = (
        f", from {formats.result(first, facts.unit(metric_id), facts.currency)} in {first.quarter}"
        if first and first is not series.now
        else ""
    )
    quarters = formats.counted(len(series.values), "quarter")
    said = f"over {quarters}: {facts.text(metric_id)} now{since}."
    return course(facts, metric_id, said, width=width, height=height)


def course(
    facts: BoardFacts, metric_id: str, said: str, *, width: float = 104, height: float = 24
) -> FigureSpec:
    """The line of a measure over its quarters, whatever is said of it.

    Args:
        facts: the figures.
        metric_id: the measure.
        said: what the line shows, for a reader who does not see it, after the measure's title.
        width: in points.
        height: in points.
    """
    series = facts.series(metric_id)
    return FigureSpec(
        kind="sparkline",
        data={
            "values": facts.values(metric_id),
            "target": series.target.value if series.target else None,
            "status": series.status.name.lower(),
        },
        width=width,
        height=height,
        alt=f"{facts.figures.spec(metric_id).title} {said}",
    )
