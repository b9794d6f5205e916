"""What several pages put beside a scale: a slice's mark, and a move against a year ago."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from board_report.model import MetricResult, MetricSeries, State
from board_report.story import formats
from board_report.story.facts import BoardFacts

FEWEST = 5
"""Below this population a value is printed and not compared."""


def mark(facts: BoardFacts, series: MetricSeries, *, nothing: str = "none") -> dict[str, object]:
    """A cell of the chart ``tracks``, or a row of ``dumbbell`` without its label.

    Args:
        facts: the report.
        series: a metric or one slice of it.
        nothing: the words where there is nothing to measure, as ``none in scope``.
    """
    now, ago = series.now, series.year_ago
    unit = facts.unit(series.metric_id)
    is_empty = now.state is State.NOTHING_HAPPENED
    return {
        "now": now.value,
        "year_ago": ago.value if ago else None,
        "status": series.status.name.lower(),
        "value": formats.result(now, unit, facts.currency) if now.measured else "",
        "target": series.target.value if series.target else None,
        "absent": nothing if is_empty else formats.state_words(now.state),
        "empty": nothing if is_empty else "",
    }


def against_year_ago(facts: BoardFacts, metric_id: str) -> str:
    """``, up from 84% a year ago``, ``, as a year ago``, or empty without a fair comparison.

    A move that chance makes as well is named as none: ``, no clear change from 84% a year ago``.
    """
    now, before = facts.now(metric_id), facts.ago(metric_id, 4)
    if not is_comparable(now) or before is None or not is_comparable(before):
        return ""
    then = facts.text(metric_id, ago=4)
    if then == facts.text(metric_id):
        return ", as a year ago"
    if facts.is_chance(metric_id, ago=4):
        return f", no clear change from {then} a year ago"
    if not facts.is_told(metric_id, ago=4):
        return ""
    return f", {'up' if (now.value or 0) > (before.value or 0) else 'down'} from {then} a year ago"


def interval(facts: BoardFacts, metric_id: str) -> str:
    """``13–44``, the 95% interval of a median; ``13 or more`` without an upper end; or empty."""
    parts = facts.now(metric_id).parts
    ends = [
        formats.bare(parts[each], facts.unit(metric_id), facts.currency) if each in parts else ""
        for each in ("median_low", "median_high")
    ]
    low, high = ends
    if low and not high:
        return f"{low} or more"
    return f"{low}–{high}" if high else ""


def is_comparable(result: MetricResult) -> bool:
    """Whether there is a value, of enough cases to set beside another."""
    return result.value is not None and result.n >= FEWEST


def share_axis(values: Iterable[object], *, step: float = 0.1) -> dict[str, object]:
    """An axis of shares up to 100% that holds the values, with three ticks.

    The lower end is even steps below 100%, so that the middle tick is a round number.
    """
    known = [value for value in values if isinstance(value, float)]
    lowest = min([1 - 2 * step, *known])
    low = max(floor(round(lowest / (2 * step), 9)) * 2 * step, 0.0)
    ticks = [low, (low + 1) / 2, 1.0]
    return {
        "low": low,
        "high": 1.0,
        "ticks": [[at, f"{formats.number(at * 100)}%"] for at in ticks],
        "is_log": False,
    }


def wanted(facts: BoardFacts, table: str) -> list[list[str]]:
    """The columns of a table that was not given: name, meaning, and whether it must be there."""
    return [
        [each.name, each.meaning.rstrip("."), "yes" if each.required else "may be empty"]
        for each in facts.tables[table].spec.columns
    ]


def aim(facts: BoardFacts, metric_id: str) -> str:
    """The target as it reads in a sentence, ``95%``; empty where none was declared."""
    target = facts.series(metric_id).target
    return facts.amount(target.value, metric_id).replace(".0", "") if target else ""


def of(result: MetricResult) -> str:
    """``46 of 56``; empty where nothing was counted."""
    if "denominator" not in result.parts:
        return ""
    done, whole = result.parts["numerator"], result.parts["denominator"]
    return f"{formats.number(done)} of {formats.number(whole)}"
