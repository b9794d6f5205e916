"""The 95% interval of one value: how far off chance alone may have put it."""

from __future__ import annotations

from board_report.metrics.declare import Comparison, MetricSpec
from board_report.metrics.statistics.intervals import rate_interval, share_interval
from board_report.model import MetricResult


def interval_of(spec: MetricSpec, result: MetricResult) -> tuple[float, float] | None:
    """The interval in the metric's unit; None where none can be given.

    A median's is that of its cases; a share's is Clopper and Pearson's; a number of events has
    Garwood's, as the rate of one quarter. What people set has none: nothing of it is chance.
    """
    if result.value is None:
        return None
    parts, kind = result.parts, spec.compared_as
    if spec.headline == "median":
        ends = [parts[each] for each in ("median_low", "median_high") if each in parts]
        return (ends[0], ends[1]) if len(ends) == 2 else None
    if kind is Comparison.SHARE and {"numerator", "denominator"} <= set(parts):
        part, whole = parts["numerator"], parts["denominator"]
        is_count = not part % 1 and not whole % 1 and 0 <= part <= whole and whole > 0
        return share_interval(int(part), int(whole)) if is_count else None
    if kind in (Comparison.COUNT, Comparison.RARE) and not result.value % 1:
        return rate_interval(int(result.value), 1.0)
    return None
