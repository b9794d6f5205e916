"""Moves of a report told from chance: each in its metric's way, and all of them together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    MetricSpec,
    Owner,
    Settings,
    Unit,
    count_of,
    share_of,
    within,
)
from board_report.metrics.durations import duration_of
from board_report.metrics.evaluate import evaluate
from board_report.metrics.judge import judge
from board_report.metrics.signals import compare, settle
from board_report.model import Change, Compared, MetricResult, State, Verdict
from board_report.period import Quarter, windows
from tests.spec.tables import CALENDAR, tables

LAST = Quarter(2026, 3)
WINDOWS = windows(CALENDAR, LAST, CALENDAR.last_day(LAST))


def spec(comparison: Comparison | None = None, **changes: object) -> MetricSpec:
    base = MetricSpec(
        id="some",
        title="Some",
        subject="Test",
        unit=Unit.COUNT,
        direction=Direction.DOWN,
        owner=Owner.CISO,
        formula="Some.",
        denominator="some",
        empty="0",
        columns=("incidents.detected_at",),
        function=lambda _: Measure(0, 0),
        comparison=comparison,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def held(
    of: MetricSpec, measures: list[Measure], ago: int = 1
) -> tuple[Compared | None, list[MetricResult]]:
    """The comparison of the last of these quarters with an earlier one."""
    some = WINDOWS[-len(measures) :]
    results = [
        MetricResult("some", window.quarter, State.MEASURED, each.value, each.n, each.parts)
        if each.value is not None
        else MetricResult("some", window.quarter, State.NOTHING_HAPPENED, None, 0)
        for each, window in zip(measures, some, strict=True)
    ]
    return compare(of, results, measures, some, ago), results


def counts(*values: float) -> list[Measure]:
    return [Measure(value, int(value)) for value in values]


def share(part: int, whole: int) -> Measure:
    parts = {"numerator": float(part), "denominator": float(whole)}
    return Measure(part / whole, whole, parts)


def durations(*hours: float) -> Measure:
    seconds = np.array(hours) * 3600
    return duration_of("t", np.ones(len(hours), dtype=bool), seconds, seconds_per_unit=3600)


# --- each in its way -----------------------------------------------------------------------------


def test_seventeen_incidents_after_sixteen_are_no_news() -> None:
    found, _ = held(spec(Comparison.COUNT), counts(16, 17))
    assert found is not None
    # 33 events, 91 days of 183: 17 is the likelier half of the scale, and all others as likely.
    assert found.chance == pytest.approx(1.0)
    assert found.verdict is Verdict.CHANCE


def test_forty_incidents_after_sixteen_are() -> None:
    found, _ = held(spec(Comparison.COUNT), counts(16, 40))
    assert found is not None
    assert found.chance is not None
    assert found.chance < 0.01
    assert (found.verdict, found.against) == (Verdict.SIGNAL, Quarter(2026, 2))


def test_the_days_of_a_quarter_are_its_exposure() -> None:
    """The first quarter of 2026 has 90 days, the second 91: equal counts are not equal rates."""
    from scipy.stats import binomtest

    some = WINDOWS[-3:-1]
    measures = counts(20, 40)
    results = [
        MetricResult("some", each.quarter, State.MEASURED, measure.value, measure.n)
        for each, measure in zip(some, measures, strict=True)
    ]
    found = compare(spec(Comparison.COUNT), results, measures, some, 1)
    assert found is not None
    assert found.chance == pytest.approx(binomtest(40, 60, 91 / 181).pvalue)


def test_shares_by_fishers_test() -> None:
    """The lady tasting tea: 34/70."""
    found, _ = held(spec(Comparison.SHARE, unit=Unit.RATIO), [share(1, 4), share(3, 4)])
    assert found is not None
    assert found.chance == pytest.approx(34 / 70)
    assert found.verdict is Verdict.CHANCE


def test_a_share_of_other_quantities_is_judged_by_its_level() -> None:
    money = [Measure(1 + at / 100, 7, {"numerator": 1.5, "denominator": 2.5}) for at in range(8)]
    found, _ = held(spec(Comparison.SHARE, unit=Unit.RATIO), money)
    assert found is not None
    assert found.test == "natural process limits (XmR chart)"


def test_durations_by_ranks() -> None:
    """1 to 3 hours after 4 to 7: 2 of 35 deals are as extreme."""
    found, _ = held(
        spec(Comparison.DURATION, unit=Unit.HOURS), [durations(4, 5, 6, 7), durations(1, 2, 3)]
    )
    assert found is not None
    assert found.chance == pytest.approx(2 / 35)


def test_durations_within_two_percent_are_alike() -> None:
    found, _ = held(
        spec(Comparison.DURATION, unit=Unit.HOURS),
        [durations(*[100.0] * 20), durations(*[100.1] * 20)],
    )
    assert found is not None
    assert found.chance == 1


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        # mean 12, mean moving range 14/6: limits 5.79 and 18.21
        ((10, 12, 11, 13, 10, 12, 16, 18), Verdict.CHANCE),
        ((10, 12, 11, 13, 10, 12, 16, 19), Verdict.SIGNAL),
        ((11, 13, 10, 12, 16, 19), Verdict.TOO_FEW),  # five quarters before
    ],
)
def test_levels_by_their_natural_limits(values: tuple[int, ...], verdict: Verdict) -> None:
    found, _ = held(spec(Comparison.LEVEL), counts(*values))
    assert found is not None
    assert found.verdict is verdict
    assert found.chance is None


def test_a_level_above_its_limits_that_has_just_fallen_is_no_news_of_a_fall() -> None:
    """20 after 21 is above limits of 10 and 1, and no better."""
    found, _ = held(spec(Comparison.LEVEL), counts(5, 5, 6, 5, 6, 5, 9, 8.9))
    assert found is not None
    assert found.verdict is Verdict.CHANCE


def test_rare_events_by_the_days_between_them() -> None:
    """Seven events 70 days apart before the quarter, then five in it: a chance of one in 71 a day.

    Five or more in the quarter's 92 days have a chance of about 1%, ten of less than 0.135%.
    """
    first = WINDOWS[-1].first_day.toordinal()
    before = [first - 1 - 70 * each for each in range(7)]

    def held_with(events: int) -> Compared | None:
        measures = [
            Measure(
                float(len(days)),
                len(days),
                event_days=tuple(days),
            )
            for window in WINDOWS
            for days in [
                sorted(
                    each
                    for each in [*before, *(first + at for at in range(events))]
                    if window.first_day.toordinal() <= each <= window.last_day.toordinal()
                )
            ]
        ]
        return held(spec(Comparison.RARE), measures)[0]

    five, ten = held_with(5), held_with(10)
    assert five is not None
    assert five.verdict is Verdict.CHANCE
    assert ten is not None
    assert ten.verdict is Verdict.SIGNAL


def test_rare_events_without_a_past_are_too_few() -> None:
    measures = [Measure(0.0, 0)] * 7 + [Measure(1.0, 1, event_days=(740_000,))]
    found, _ = held(spec(Comparison.RARE), measures)
    assert found is not None
    assert found.verdict is Verdict.TOO_FEW


def test_what_people_set_has_changed_when_it_changed() -> None:
    found, results = held(spec(Comparison.STATED), counts(1, 2))
    assert found is not None
    assert found.verdict is Verdict.SIGNAL
    assert judge(spec(), results, None, {}, compared=found).change is Change.WORSE


def test_windows_that_share_quarters_are_no_match_and_those_of_a_year_ago_are() -> None:
    trailing = spec(Comparison.SHARE, unit=Unit.RATIO, is_trailing=True)
    measures = [share(5, 20)] * 4 + [share(18, 20)] * 4
    found, results = held(trailing, measures)
    assert found is not None
    assert found.verdict is Verdict.NONE
    assert judge(trailing, results, None, {}, compared=found).change is Change.UNCHANGED
    year, _ = held(trailing, measures, 4)
    assert year is not None
    assert year.verdict is Verdict.SIGNAL
    assert year.against == Quarter(2025, 3)


def test_too_few_cases_are_not_tested() -> None:
    found, results = held(
        spec(Comparison.SHARE, unit=Unit.RATIO, minimum_n=5), [share(0, 4), share(50, 50)]
    )
    assert found is not None
    assert (found.verdict, found.chance) == (Verdict.TOO_FEW, None)
    assert judge(spec(minimum_n=5), results, None, {}, compared=found).change is Change.TOO_FEW


def test_nothing_to_compare() -> None:
    assert held(spec(Comparison.COUNT), [Measure(None, 0), *counts(3)])[0] is None
    assert held(spec(Comparison.COUNT), counts(3))[0] is None
    assert held(spec(Comparison.COUNT), counts(1, 2, 3), 4)[0] is None


# --- all of them ---------------------------------------------------------------------------------


def one_with(chance: float | None) -> Compared:
    alone = Verdict.SIGNAL if chance is None or chance <= 0.05 else Verdict.CHANCE
    return Compared(LAST, "a test", alone, alone, chance=chance)


def test_among_many_a_small_p_value_is_no_news() -> None:
    """0.03 among ten: the bound of the smallest is 1%."""
    family = [one_with(0.03), None, *[one_with(0.5)] * 9]
    found = settle(family)
    assert found[0] is not None
    assert (found[0].alone, found[0].verdict) == (Verdict.SIGNAL, Verdict.CHANCE)
    assert found[1] is None


def test_among_much_news_it_is() -> None:
    """Of 0.001 nine times and 0.03, the bound of the last is 10%."""
    found = settle([*[one_with(0.001)] * 9, one_with(0.03)])
    assert found[-1] is not None
    assert found[-1].verdict is Verdict.SIGNAL


def test_what_is_no_news_alone_is_none_in_company() -> None:
    """0.08 passes the bound of 10% where all others are news, and stays chance."""
    found = settle([*[one_with(0.001)] * 9, one_with(0.08)])
    assert found[-1] is not None
    assert found[-1].verdict is Verdict.CHANCE


def test_limits_and_states_stand_for_themselves() -> None:
    assert settle([one_with(None), *[one_with(0.9)] * 20])[0] == one_with(None)


# --- what the series says ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "change"),
    [
        (Verdict.SIGNAL, Change.WORSE),
        (Verdict.CHANCE, Change.CHANCE),
        (Verdict.TOO_FEW, Change.TOO_FEW),
        (Verdict.NONE, Change.NONE),
    ],
)
def test_better_and_worse_are_for_signals_alone(verdict: Verdict, change: Change) -> None:
    compared = Compared(Quarter(2026, 2), "a test", verdict, verdict)
    _, results = held(spec(), counts(1, 1, 1, 1, 2))
    series = judge(spec(), results, None, {}, compared=compared, year_compared=compared)
    assert (series.change, series.year_change) == (change, change)
    assert (series.change_by, series.year_change_by) == (1, 1)


def test_an_evaluated_report_records_how_it_compared() -> None:
    """Two incidents in the second quarter and thirty in the third, by kind of unit and in all."""
    rows = [
        *[{"detected_at": "2026-05-01 12:00", "business_unit": "Retail"}] * 2,
        *[{"detected_at": "2026-08-01 12:00", "business_unit": "Retail"}] * 29,
        {"detected_at": "2026-08-02 12:00", "business_unit": "Home Care"},
    ]

    def seen(scope) -> Measure:
        return count_of("incidents", within(scope.frame("incidents")["detected_at"], scope.window))

    metric = spec(Comparison.COUNT, function=seen, splits=("business_unit",), accumulates=True)
    figures = evaluate(
        {"some": metric},
        tables(incidents=rows),
        WINDOWS,
        settings=Settings(),
        targets={},
        reported={},
        business_units=("Retail", "Home Care"),
    )
    series = figures["some"]
    assert (series.change, series.year_change) == (Change.WORSE, Change.WORSE)
    assert series.compared is not None
    assert series.compared.test == "two Poisson counts over their days, exact"
    parts = figures.by("some", "business_unit")
    assert parts["Retail"].change is Change.WORSE
    assert parts["Home Care"].change is Change.CHANCE


def test_a_share_of_a_report_is_compared_by_its_counts() -> None:
    rows = [{"detected_at": "2026-05-01 12:00", "detected_by": "employee"}] * 4
    rows += [{"detected_at": "2026-08-01 12:00", "detected_by": "customer"}] * 4

    def own(scope) -> Measure:
        frame = scope.frame("incidents")
        mine = (frame["detected_by"] == "employee").to_numpy(dtype=bool)
        return share_of("incidents", mine, within(frame["detected_at"], scope.window))

    metric = spec(unit=Unit.RATIO, direction=Direction.UP, function=own)
    figures = evaluate(
        {"some": metric},
        tables(incidents=rows),
        WINDOWS,
        settings=Settings(),
        targets={},
        reported={},
        business_units=(),
    )
    found = figures["some"].compared
    assert found is not None
    assert found.chance == pytest.approx(2 / 70)  # all four against none of four, either way
    assert figures["some"].change is Change.WORSE


# --- the catalogue -------------------------------------------------------------------------------


def test_every_kind_of_comparison_is_somebodys() -> None:
    assert {each.compared_as for each in metric_catalogue().values()} == set(Comparison)


@pytest.mark.parametrize("each", metric_catalogue().values(), ids=lambda each: each.id)
def test_a_metrics_comparison_fits_its_kind(each: MetricSpec) -> None:
    kind = each.compared_as
    if kind is Comparison.DURATION:
        assert each.headline == "median"
        assert each.unit in (Unit.HOURS, Unit.DAYS)
    if kind is Comparison.SHARE:
        assert each.unit is Unit.RATIO
    if kind in (Comparison.COUNT, Comparison.RARE):
        assert each.unit is Unit.COUNT
        assert each.accumulates
    words = f"{each.denominator} {each.formula}"
    assert each.is_trailing == (each.unit is Unit.RATIO and ("four quarters" in words)), (
        "a share over four quarters overlaps its neighbour"
    )
