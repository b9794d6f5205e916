"""Tell each move of the report from chance: one comparison a figure, and all of them together.

Each metric is compared in the way that it declares (:class:`~board_report.metrics.declare
.Comparison`). The p-values of all figures of a report are one family, and the parts of one figure
along one column are one, too; within a family no more than a tenth of the news is expected to be
chance. A level and rare events have limits in place of a p-value; these are three standard
deviations wide, and stand for themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from board_report.metrics.declare import Comparison, Measure, MetricSpec
from board_report.metrics.judge import SAME, is_thin
from board_report.metrics.statistics.compare import (
    compare_counts,
    compare_durations,
    compare_shares,
)
from board_report.metrics.statistics.multiple import discoveries
from board_report.metrics.statistics.process import Heard, Reading, read_level, read_rare
from board_report.model import Compared, MetricResult, Verdict
from board_report.period import Window

ALONE = 0.05
"""The chance of a false alarm in a comparison that is the only one made."""


@dataclass(frozen=True)
class Pair:
    """A value of a metric and an earlier one, with what is needed to compare them."""

    spec: MetricSpec
    results: Sequence[MetricResult]
    """The whole series, oldest first."""
    measures: Sequence[Measure]
    windows: Sequence[Window]
    ago: int
    """How many quarters the earlier one lies back."""

    @property
    def now(self) -> MetricResult:
        """The newer value."""
        return self.results[-1]

    @property
    def before(self) -> MetricResult:
        """The earlier value."""
        return self.results[-1 - self.ago]

    @property
    def moved(self) -> float:
        """Now minus before; 0 without both."""
        return (self.now.value or 0.0) - (self.before.value or 0.0)


def compare(
    spec: MetricSpec,
    results: Sequence[MetricResult],
    measures: Sequence[Measure],
    windows: Sequence[Window],
    ago: int,
) -> Compared | None:
    """Compare the last value with one of some quarters ago, by itself.

    Returns:
        None where either has no value, or there is no such quarter.
    """
    if len(results) <= ago:
        return None
    pair = Pair(spec, results, measures, windows, ago)
    if pair.now.value is None or pair.before.value is None:
        return None
    if spec.is_trailing and ago < _QUARTERS_A_YEAR:
        return _without_test(pair, "none: both are of four quarters, and share some", Verdict.NONE)
    if is_thin(spec, pair.now, pair.before):
        return _without_test(pair, f"none: fewer than {spec.minimum_n} cases", Verdict.TOO_FEW)
    return _TESTS[spec.compared_as](pair)


_QUARTERS_A_YEAR = 4


def settle(family: Sequence[Compared | None]) -> list[Compared | None]:
    """Judge comparisons together: of those with a p-value, which are news among so many.

    What would be none by itself is none in company either, though where much is news the rule of
    Benjamini and Hochberg alone would let it pass.
    """
    tested = [each.chance for each in family if each is not None and each.chance is not None]
    news = iter(discoveries(tested))
    return [
        each
        if each is None or each.chance is None or next(news)
        else replace(each, verdict=Verdict.CHANCE)
        for each in family
    ]


# --- tests ---------------------------------------------------------------------------------------


def _counts(pair: Pair) -> Compared:
    now, before = float(pair.now.value or 0), float(pair.before.value or 0)
    if not (now.is_integer() and before.is_integer() and min(now, before) >= 0):
        return _level(pair)
    days, earlier = (_days(pair.windows[at]) for at in (-1, -1 - pair.ago))
    chance = compare_counts(int(now), days, int(before), earlier)
    return _tested(pair, "two Poisson counts over their days, exact", chance)


def _days(window: Window) -> int:
    return (window.cutoff_day - window.first_day).days + 1


def _shares(pair: Pair) -> Compared:
    now, before = _counted(pair.now), _counted(pair.before)
    if now is None or before is None:
        return _level(pair)
    return _tested(pair, "Fisher's exact test of two shares", compare_shares(*now, *before))


def _counted(result: MetricResult) -> tuple[int, int] | None:
    """The part and the whole of a share that counts; None of one that divides other quantities."""
    part, whole = (result.parts.get(name) for name in ("numerator", "denominator"))
    if part is None or whole is None or part % 1 or whole % 1:
        return None
    return (int(part), int(whole)) if 0 <= part <= whole else None


def _durations(pair: Pair) -> Compared:
    now, before = (pair.measures[at].sample for at in (-1, -1 - pair.ago))
    if now is None or before is None:
        return _without_test(pair, "none: a sample is missing", Verdict.TOO_FEW)
    words = "Gehan-Wilcoxon test of two samples of durations"
    return _tested(pair, words, compare_durations(now, before))


def _level(pair: Pair) -> Compared:
    known = [each.value for each in pair.results[:-1] if each.value is not None]
    reading = read_level(known, pair.now.value or 0.0)
    return _read(pair, "natural process limits (XmR chart)", reading)


def _rare(pair: Pair) -> Compared:
    window = pair.windows[-1]
    first, last = window.first_day.toordinal(), window.cutoff_day.toordinal()
    days = sorted(day for each in pair.measures for day in each.event_days)
    earlier = [day for day in days if day < first]
    gaps = [b - a for a, b in pairwise(earlier)]
    quiet = last - days[-1] if days else last - pair.windows[0].first_day.toordinal()
    events = len(days) - len(earlier)
    reading = read_rare(gaps, last - first + 1, events, quiet)
    return _read(pair, "days between events (g-chart)", reading)


def _stated(pair: Pair) -> Compared:
    return _without_test(pair, "none: every change of it is real", Verdict.SIGNAL)


_TESTS: dict[Comparison, Callable[[Pair], Compared]] = {
    Comparison.COUNT: _counts,
    Comparison.SHARE: _shares,
    Comparison.DURATION: _durations,
    Comparison.LEVEL: _level,
    Comparison.RARE: _rare,
    Comparison.STATED: _stated,
}


def _tested(pair: Pair, test: str, chance: float) -> Compared:
    alone = Verdict.SIGNAL if chance <= ALONE else Verdict.CHANCE
    return Compared(pair.before.quarter, test, alone, alone, chance=min(chance, 1.0))


def _read(pair: Pair, test: str, reading: Reading) -> Compared:
    """A reading is news of this move where the value left the limits the way it moved."""
    if reading.heard is Heard.TOO_FEW:
        return _without_test(pair, f"none: too few points for {test}", Verdict.TOO_FEW)
    with_it = reading.side * pair.moved > SAME
    verdict = Verdict.SIGNAL if with_it else Verdict.CHANCE
    return Compared(
        pair.before.quarter,
        test,
        verdict,
        verdict,
        low=reading.low,
        high=reading.high,
        is_level=pair.spec.compared_as is not Comparison.RARE,
    )


def _without_test(pair: Pair, why: str, verdict: Verdict) -> Compared:
    return Compared(pair.before.quarter, why, verdict, verdict)
