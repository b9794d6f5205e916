"""Counts of targets met, near and missed, and of quarters missed in a row."""

from board_report.metrics.evaluate import Figures
from board_report.metrics.targets import (
    TargetTally,
    count_missed_running,
    missed_longest_first,
    tally_targets,
    target_records,
)
from board_report.model import Change, MetricResult, MetricSeries, State, Status, Target
from board_report.period import Quarter

NOW = Quarter(2026, 3)


def series(metric_id, *values, target=True):
    """A floor of 0.9, near 0.8; None is withheld."""
    results = tuple(
        MetricResult(
            metric_id,
            quarter,
            State.WITHHELD if value is None else State.MEASURED,
            value,
            10,
        )
        for quarter, value in zip(NOW.history(len(values)), values, strict=True)
    )
    aim = Target(metric_id, at_least=True, value=0.9, near=0.8) if target else None
    return MetricSeries(metric_id, results, aim, Status.NONE, Change.NONE, None)


def records(**given):
    made = {name: series(name, *values) for name, values in given.items()}
    return target_records(Figures({}, made))


def test_statuses_of_the_past_are_against_todays_target():
    (found,) = records(a=(0.5, 0.8, 0.9, None))
    assert found.statuses == (Status.OFF, Status.NEAR, Status.ON, Status.NONE)
    assert found.states[-1] is State.WITHHELD


def test_metrics_without_target_are_left_out():
    figures = Figures({}, {"a": series("a", 0.5), "b": series("b", 0.5, target=False)})
    assert [each.metric_id for each in target_records(figures)] == ["a"]


def test_missed_running_counts_back_from_now():
    found = {
        each.metric_id: each.missed_running
        for each in records(
            always=(0.1, 0.1, 0.1, 0.1),
            since=(0.9, 0.1, 0.1, 0.1),
            gap=(0.1, 0.1, None, 0.1),
            near=(0.1, 0.1, 0.1, 0.8),
            met=(0.1, 0.1, 0.1, 0.95),
        )
    }
    assert found == {"always": 4, "since": 3, "gap": 1, "near": 0, "met": 0}


def test_tally_and_long_misses():
    found = records(a=(0.1, 0.1, 0.1), b=(0.9, 0.1, 0.1), c=(0.9, 0.9, 0.85), d=(0.9, 0.9, None))
    assert tally_targets(found) == TargetTally(on=0, near=1, off=2, absent=1)
    assert tally_targets(found, 0) == TargetTally(on=3, near=0, off=1, absent=0)
    assert (tally_targets(found).judged, tally_targets(found).total) == (3, 4)
    assert count_missed_running(found) == 1
    assert count_missed_running(found, 2) == 2
    assert count_missed_running((), 3) == 0


def test_missed_longest_first():
    found = records(
        met=(0.9, 0.9, 0.9), fresh=(0.1, 0.1, 0.9), none=(0.9, 0.9, None), near=(0.1, 0.1, 0.8),
        new=(0.9, 0.9, 0.1), old=(0.1, 0.1, 0.1),
    )  # fmt: skip
    assert [each.metric_id for each in missed_longest_first(found)] == [
        "old", "new", "near", "fresh", "met", "none",
    ]  # fmt: skip
