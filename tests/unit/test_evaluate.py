"""How a value is guarded, judged against its target and its past, sliced and traced."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from board_report.errors import UnknownMetricError
from board_report.metrics.declare import (
    Comparison,
    Direction,
    Measure,
    MetricSpec,
    Owner,
    Settings,
    Unit,
    count_of,
    days_in_trailing_year,
    metric,
    numbers,
    on_time_of,
    ratio_of_sums,
    remark,
    share_of,
    spread,
    sum_of,
    within,
)
from board_report.metrics.durations import duration_of
from board_report.metrics.evaluate import (
    compute,
    evaluate,
    find_spec,
    replace_target,
    slice_labels,
    slice_tables,
)
from board_report.metrics.judge import judge
from board_report.model import Change, MetricResult, RowRef, State, Status, Target
from board_report.period import FiscalCalendar, Quarter, window, windows
from tests.spec.tables import CALENDAR, tables, window_of

Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)


@metric(
    id="seen",
    title="Seen",
    subject="Test",
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Incidents.",
    denominator="incidents",
    empty="0",
    columns=("incidents.detected_at",),
    splits=("business_unit", "severity"),
)
def seen(scope):
    """Incidents detected in the quarter."""
    return count_of("incidents", within(scope.frame("incidents")["detected_at"], scope.window))


SHARE = replace(seen, id="share", unit=Unit.RATIO, direction=Direction.UP, minimum_n=5)


def result(value, n=10, quarter=Q3, state=None) -> MetricResult:
    state = state or (State.MEASURED if value is not None else State.NOTHING_HAPPENED)
    return MetricResult("seen", quarter, state, value, n)


def moved(spec: MetricSpec, before, now, n_before=10, n_now=10) -> tuple[Change, float | None]:
    series = judge(spec, [result(before, n_before, Q2), result(now, n_now)], None, {})
    return series.change, series.change_by


class TestCompute:
    """One value."""

    rows = ({"detected_at": "2026-08-01 12:00"}, {"detected_at": "2026-05-01 12:00"})

    def test_a_value_with_the_rows_it_came_from(self):
        found = compute(
            seen, tables(incidents=self.rows), window_of(), Settings(), trace=True, part_of="x"
        )
        assert (found.state, found.value, found.part_of) == (State.MEASURED, 1, "x")
        assert found.rows == (RowRef("incidents", "incidents.csv", 2),)

    def test_rows_are_traced_only_when_asked_for(self):
        assert compute(seen, tables(incidents=self.rows), window_of(), Settings()).rows == ()

    def test_positions_are_traced_like_masks(self):
        by_position = replace(
            seen, function=lambda _: Measure(2, 2, rows={"incidents": np.array([1, 0])})
        )
        found = compute(
            by_position, tables(incidents=self.rows), window_of(), Settings(), trace=True
        )
        assert [ref.line for ref in found.rows] == [3, 2]

    def test_a_missing_file_is_not_zero(self):
        both = replace(seen, columns=("incidents.cost", "ai_use_cases.name", "csf_profile.target"))
        found = compute(both, tables(incidents=[]), window_of(), Settings())
        assert (found.state, found.value) == (State.NOT_MEASURED, None)
        assert found.note == "no file was given for AI use cases and NIST CSF 2.0 profile"

    def test_too_many_rows_set_aside_withhold_the_figure(self):
        given = tables(incidents=self.rows)
        faulty = replace(given["incidents"], read=20, rejected=2)
        given.tables["incidents"] = faulty
        at_limit = compute(seen, given, window_of(), Settings(), max_rejected_share=0.1)
        above = compute(seen, given, window_of(), Settings(), max_rejected_share=0.09)
        assert at_limit.value == 1
        assert (above.state, above.value) == (State.WITHHELD, None)
        assert above.note == "2 of 20 rows of security incidents were set aside"

    def test_a_withheld_measure_prints_no_value(self):
        withheld = replace(seen, function=lambda _: Measure(0.4, 3, state=State.WITHHELD))
        found = compute(withheld, tables(incidents=[]), window_of(), Settings())
        assert (found.state, found.value, found.n) == (State.WITHHELD, None, 3)


class TestChange:
    """The move since the quarter before."""

    @pytest.mark.parametrize(
        ("direction", "before", "now", "change"),
        [
            (Direction.UP, 0.5, 0.6, Change.BETTER),
            (Direction.UP, 0.6, 0.5, Change.WORSE),
            (Direction.DOWN, 0.6, 0.5, Change.BETTER),
            (Direction.DOWN, 0.5, 0.6, Change.WORSE),
            (Direction.NEITHER, 0.5, 0.6, Change.MOVED),
            (Direction.NEITHER, 0.5, 0.5, Change.UNCHANGED),
            (Direction.UP, 0.1 + 0.2, 0.3, Change.UNCHANGED),
        ],
    )
    def test_good_and_bad_follow_the_direction(self, direction, before, now, change):
        assert moved(replace(SHARE, direction=direction), before, now)[0] is change

    def test_the_move_is_now_minus_before(self):
        assert moved(SHARE, 0.5, 0.75) == (Change.BETTER, 0.25)

    @pytest.mark.parametrize(("n_before", "n_now"), [(4, 10), (10, 4)])
    def test_few_on_either_side_are_too_few_to_tell(self, n_before, n_now):
        assert moved(SHARE, 0.5, 0.75, n_before, n_now) == (Change.TOO_FEW, 0.25)

    def test_five_are_enough(self):
        assert moved(SHARE, 0.5, 0.75, 5, 5)[0] is Change.BETTER

    @pytest.mark.parametrize(
        ("before", "now", "change"), [(3, 0, Change.BETTER), (0, 3, Change.WORSE)]
    )
    def test_a_count_that_falls_to_none_is_better(self, before, now, change):
        """A count of zero has a population of zero, and is known all the same."""
        assert moved(seen, before, now, before, now)[0] is change

    @pytest.mark.parametrize(("before", "now"), [(None, 1), (1, None), (None, None)])
    def test_no_value_no_comparison(self, before, now):
        assert moved(SHARE, before, now) == (Change.NONE, None)

    def test_one_quarter_only(self):
        assert judge(SHARE, [result(0.5)], None, {}).change is Change.NONE


class TestHalfAQuarter:
    """What accumulates is judged over whole quarters alone."""

    grows = replace(seen, accumulates=True)

    def change(self, spec=None, *, as_of=date(2026, 9, 30), **dates):
        """Four incidents on 1 July after forty on 1 April: fewer by more than chance."""
        rows = [
            {"detected_at": f"2026-0{month}-01 12:00", "severity": "high"}
            for month in [4] * 40 + [7] * 4
        ]
        given = tables(incidents=rows)
        given.tables["incidents"] = replace(given["incidents"], **dates)
        found = evaluate(
            {"seen": spec or self.grows},
            given,
            windows(CALENDAR, Q3, as_of, 2),
            settings=Settings(),
            targets={},
            reported={},
            business_units=(),
        )
        return found["seen"].change, found.by("seen", "severity")["low"].change

    def test_whole_quarters_are_compared(self):
        assert self.change() == (Change.BETTER, Change.UNCHANGED)

    def test_a_quarter_that_is_not_over_is_not_compared_nor_are_its_slices(self):
        assert self.change(as_of=date(2026, 9, 29)) == (Change.NONE, Change.NONE)

    stock = replace(seen, comparison=Comparison.STATED)

    def test_a_stock_is_compared_on_any_day(self):
        assert self.change(self.stock, as_of=date(2026, 8, 15))[0] is Change.BETTER

    def test_a_log_that_stops_inside_the_quarter(self):
        stopped = {"records_to": date(2026, 8, 15), "is_stale": True}
        assert self.change(**stopped)[0] is Change.NONE
        assert self.change(self.stock, **stopped)[0] is Change.BETTER
        # fresh enough: nothing may have happened since
        assert self.change(records_to=date(2026, 8, 15))[0] is Change.BETTER

    @pytest.mark.parametrize(
        ("begins", "change"),
        [
            (date(2026, 4, 1), Change.BETTER),
            (date(2026, 4, 2), Change.NONE),
            (date(2026, 6, 30), Change.NONE),
            (date(2026, 1, 5), Change.BETTER),
        ],
    )
    def test_a_log_that_begins_inside_the_quarter_before(self, begins, change):
        assert self.change(records_from=begins)[0] is change

    def test_every_figure_that_grows_over_the_quarter_is_known(self):
        """Counts and sums of what falls in the quarter; stocks at its end are none of them."""
        from board_report.pipeline import catalogue

        assert {each.id for each in catalogue()[0].values() if each.accumulates} == {
            "incidents_detected",
            "major_incidents",
            "incident_cost",
            "outage_hours",
            "alerts_raised",
            "hunts_finished",
            "detections_from_hunts",
            "launches",
            "launches_without_review",
            "unapproved_bypasses",
            "spend_actual",
            "cloud_spend",
            "handover_time_lost",
            "security_debt_burned_down",
        }


class TestTargets:
    """The status against a declared target."""

    floor = Target("share", at_least=True, value=0.9, near=0.8)
    ceiling = Target("seen", at_least=False, value=0, near=2)

    @pytest.mark.parametrize(
        ("value", "status"),
        [
            (18 / 20, Status.ON),
            (0.8999, Status.NEAR),
            (4 / 5, Status.NEAR),
            (0.7999, Status.OFF),
            (None, Status.NONE),
        ],
    )
    def test_a_floor(self, value, status):
        assert judge(SHARE, [result(value)], self.floor, {}).status is status

    @pytest.mark.parametrize(
        ("value", "status"), [(0, Status.ON), (2, Status.NEAR), (3, Status.OFF)]
    )
    def test_a_ceiling(self, value, status):
        assert judge(seen, [result(value)], self.ceiling, {}).status is status

    def test_no_target_no_status(self):
        assert judge(seen, [result(3)], None, {}).status is Status.NONE

    def test_a_slice_has_its_own_target_or_the_wholes(self):
        own = Target("share.high", at_least=True, value=0.7, near=0.6)
        targets = {"share": self.floor, "share.high": own}
        assert replace_target(targets, "share", "high") == replace(own, metric_id="share")
        assert replace_target(targets, "share", "low") == self.floor
        assert replace_target(targets, "share", "low", inherited=False) is None
        assert replace_target(targets, "share", "high", inherited=False) == replace(
            own, metric_id="share"
        )
        assert replace_target({}, "share", "low") is None


class TestRestated:
    """Values that a board was shown and that differ from today's."""

    quarters = (Quarter(2026, 1), Q2, Q3)

    def restated(self, *values, reported):
        series = [result(each, quarter=at) for each, at in zip(values, self.quarters, strict=True)]
        return judge(SHARE, series, None, reported).reported_before

    def test_a_changed_figure_is_shown_beside_the_old_one(self):
        assert self.restated(0.5, 0.6, 0.7, reported={self.quarters[0]: 0.4}) == {
            self.quarters[0]: 0.4
        }

    def test_alike_at_six_decimals(self):
        assert self.restated(0.5, 0.6, 0.7, reported={Q2: 0.6 + 4e-7}) == {}

    def test_the_quarter_reported_on_is_new(self):
        assert self.restated(0.5, 0.6, 0.7, reported={Q3: 0.1}) == {}

    def test_a_value_that_is_gone_differs(self):
        assert self.restated(0.5, None, 0.7, reported={Q2: 0.6}) == {Q2: 0.6}


class TestSlices:
    """The same metric over part of the rows."""

    rows = (
        {"detected_at": "2026-08-01 12:00", "business_unit": "Europe", "severity": "high"},
        {"detected_at": "2026-08-02 12:00", "business_unit": "Europe", "severity": "low"},
        {"detected_at": "2026-08-03 12:00", "business_unit": "Corporate", "severity": "low"},
        {"detected_at": "2026-08-04 12:00", "severity": "low"},
    )

    def test_only_rows_of_the_slice_and_the_set_is_left_alone(self):
        given = tables(incidents=self.rows)
        europe = slice_tables(seen, given, "business_unit", "Europe")
        assert list(europe.frame("incidents")["severity"]) == ["high", "low"]
        assert len(given.frame("incidents")) == 4

    def test_labels_in_reading_order(self):
        given = tables(incidents=[])
        units = ("Europe", "Corporate")
        assert slice_labels(seen, given, "severity", units) == ("critical", "high", "medium", "low")
        assert slice_labels(seen, given, "business_unit", units) == units
        assert slice_labels(seen, given, "colour", units) == ()

    def figures(self, specs, rows, **given):
        return evaluate(
            {spec.id: spec for spec in specs},
            tables(**(rows if isinstance(rows, dict) else {"incidents": rows})),
            windows(CALENDAR, Q3, date(2026, 9, 30), 2),
            settings=Settings(),
            targets=given.get("targets", {}),
            reported=given.get("reported", {}),
            business_units=("Europe", "Corporate", "Home Care"),
            max_rejected_share=given.get("max_rejected_share", 1.0),
        )

    def test_every_slice_has_its_series(self):
        figures = self.figures([seen], self.rows)
        units = figures.by("seen", "business_unit")
        assert {label: series.now.value for label, series in units.items()} == {
            "Europe": 2,
            "Corporate": 1,
            "Home Care": 0,
        }
        assert [each.value for each in figures["seen"].values] == [0, 4]
        assert units["Europe"].now.part_of == "Europe"
        assert figures.now("seen").part_of == ""

    def test_a_ceiling_on_a_count_is_not_each_slices(self):
        """Three slices of two would each keep to a ceiling of two; their sum of six does not."""
        ceiling = Target("seen", at_least=False, value=2, near=3)
        own = Target("seen.low", at_least=False, value=1, near=1)
        figures = self.figures([seen], self.rows, targets={"seen": ceiling, "seen.low": own})
        assert figures["seen"].status is Status.OFF
        severities = figures.by("seen", "severity")
        assert severities["high"].status is Status.NONE
        assert severities["low"].status is Status.OFF

    def test_an_empty_slice_of_a_snapshot_is_empty_not_unmeasured(self):
        from board_report.metrics.ciso.third_parties import METRICS

        rows = {"third_parties": [{"tier": "tier_1", "rating": 70}] * 3}
        figures = self.figures(METRICS, rows)
        tiers = figures.by("third_party_rating", "tier")
        assert tiers["tier_1"].now.value == 70
        assert tiers["tier_2"].now.state is State.NOTHING_HAPPENED
        assert tiers["tier_2"].before.state is State.NOT_MEASURED

    def test_a_slice_by_what_no_row_says_is_not_measured(self):
        """The whole is: four incidents, of no known unit in any quarter."""
        rows = [{**row, "business_unit": None} for row in self.rows]
        figures = self.figures([seen], rows)
        assert figures.now("seen").value == 4
        for series in figures.by("seen", "business_unit").values():
            assert [each.state for each in series.values] == [State.NOT_MEASURED] * 2
            assert series.now.note == "no row of security incidents says its business unit"
            assert (series.now.value, series.now.n, series.now.parts) == (None, 0, {})
        assert figures.by("seen", "severity")["low"].now.value == 3

    def test_a_slice_by_what_too_many_rows_leave_out_is_withheld(self):
        """One incident of four is in no unit, so that each unit's number may be too low."""
        at_limit = self.figures([seen], self.rows, max_rejected_share=0.25)
        above = self.figures([seen], self.rows, max_rejected_share=0.24)
        assert at_limit.by("seen", "business_unit")["Europe"].now.value == 2
        for figures in (at_limit, above):
            assert figures.now("seen").value == 4
        for series in above.by("seen", "business_unit").values():
            assert (series.now.state, series.now.value) == (State.WITHHELD, None)
            assert series.now.note == ("1 of 4 security incidents does not say its business unit")

    def test_a_quarter_is_sliced_by_the_rows_that_it_counts(self):
        """All of the quarter before are of no known unit; of this one each is."""
        before = [{"detected_at": "2026-05-01 12:00", "severity": "low"}] * 3
        figures = self.figures([seen], [*before, *self.rows[:3]], max_rejected_share=0.1)
        europe = figures.by("seen", "business_unit")["Europe"]
        assert [each.state for each in europe.values] == [State.WITHHELD, State.MEASURED]
        assert europe.now.value == 2
        assert europe.before.note == (
            "3 of 3 security incidents in question do not say their business unit"
        )

    def test_rows_named_by_position_are_sliced_alike(self):
        by_position = replace(
            seen, function=lambda _: Measure(4, 4, rows={"incidents": np.array([3])})
        )
        figures = self.figures([by_position], self.rows, max_rejected_share=0.9)
        assert figures.by("seen", "business_unit")["Europe"].now.state is State.WITHHELD

    def test_no_part_is_measured_of_a_whole_that_is_not(self):
        """Nobody says which findings can be reached: a unit without any has no data either."""
        from board_report.metrics.ciso.exposure import METRICS

        spec = next(each for each in METRICS if each.id == "internet_criticals_open")
        row = {"first_seen_on": "2026-05-01", "severity": "critical", "business_unit": "Europe"}
        figures = self.figures([spec], {"vulnerability_findings": [row]})
        units = figures.by(spec.id, "business_unit")
        assert {each.now.state for each in units.values()} == {State.NOT_MEASURED}
        assert units["Corporate"].now.note == "no row of vulnerability findings says its exposure"

    def test_a_part_whose_rows_do_not_say_what_is_needed_is_withheld(self):
        from board_report.metrics.ciso.exposure import METRICS

        spec = next(each for each in METRICS if each.id == "internet_criticals_open")
        row = {"first_seen_on": "2026-05-01", "severity": "critical", "business_unit": "Europe"}
        rows = [row, *[{**row, "exposure": "internet", "business_unit": "Corporate"}] * 3]
        figures = self.figures([spec], {"vulnerability_findings": rows}, max_rejected_share=0.3)
        units = figures.by(spec.id, "business_unit")
        assert figures.now(spec.id).value == 3
        assert (units["Europe"].now.state, units["Corporate"].now.value) == (State.WITHHELD, 3)
        assert units["Home Care"].now.value == 0

    def test_reported_values_are_those_of_the_whole(self):
        figures = self.figures([seen], self.rows, reported={"seen": {Q2: 7}})
        assert figures["seen"].reported_before == {Q2: 7}
        assert figures.by("seen", "severity")["low"].reported_before == {}


class TestFindSpec:
    """A metric by its id."""

    def test_found(self):
        assert find_spec({"seen": seen}, "seen") is seen

    def test_the_nearest_are_named(self):
        with pytest.raises(UnknownMetricError, match="Did you mean seen"):
            find_spec({"seen": seen}, "sean")

    def test_nothing_near(self):
        with pytest.raises(UnknownMetricError, match="lists them all"):
            find_spec({"seen": seen}, "zzzz")


class TestShapes:
    """The few shapes that nearly every metric has."""

    def test_percentiles_of_one_to_ten(self):
        """Reference values PCT1 and PCT2: 5.5, and 9.1 by linear interpolation."""
        assert spread(np.arange(1.0, 11.0)) == {
            "median": 5.5,
            "p90": 9.1,
            "mean": 5.5,
            # the second and the ninth of ten, as tables of order statistics give it
            "median_low": 2.0,
            "median_high": 9.0,
        }

    def test_spread_of_one(self):
        assert spread(np.array([7.5])) == {"median": 7.5, "p90": 7.5, "mean": 7.5}

    def test_a_share_leaves_the_unknown_out_and_counts_it(self):
        whole = np.array([True, True, True, False])
        unknown = np.array([False, False, True, False])
        found = share_of("t", np.array([True, False, True, True]), whole, unknown=unknown)
        assert (found.value, found.n, found.note) == (0.5, 2, "1 unknown")

    def test_a_duration_without_a_word_on_what_is_open(self):
        found = duration_of(
            "t", np.array([True, True]), np.array([3600.0, np.nan]), seconds_per_unit=3600
        )
        assert (found.value, found.n, found.note) == (1, 1, "1 of unknown start")

    def test_cents_add_up_exactly_in_any_order(self):
        cents = np.array([0.1] * 10 + [1e9, -1e9])
        every = np.ones(len(cents), dtype=bool)
        assert sum_of("t", cents, every).value == 1.0
        assert sum_of("t", cents[::-1], every).value == 1.0

    def test_a_ratio_of_sums_leaves_incomplete_rows_out(self):
        part, whole = np.array([1, np.nan, 2]), np.array([4, 100, 4.0])
        found = ratio_of_sums("t", part, whole, np.ones(3, dtype=bool))
        assert (found.value, found.note) == (3 / 8, "1 unknown")
        none = ratio_of_sums("t", part, whole, np.array([False, True, False]))
        assert (none.value, none.state) == (None, State.WITHHELD)

    def test_on_time_of_some_rows_only(self):
        frame = tables(
            audit_findings=[
                {"due_on": "2026-08-01", "closed_on": "2026-08-01"},
                {"due_on": "2026-08-01"},
            ]
        ).frame("audit_findings")
        due, done = frame["due_on"], frame["closed_on"]
        every = on_time_of("audit_findings", due, done, window_of())
        some = on_time_of("audit_findings", due, done, window_of(), only=np.array([True, False]))
        assert (every.value, some.value) == (1 / 2, 1)

    def test_remarks_leave_out_zeros(self):
        assert remark((3, "still open"), (0, "unknown"), (1200, "late")) == (
            "3 still open, 1,200 late"
        )
        assert remark((0, "still open")) == ""

    def test_numbers_of_nullable_columns(self):
        frame = tables(
            audit_findings=[{"is_repeat": True}, {"is_repeat": None}, {"is_repeat": False}]
        ).frame("audit_findings")
        assert numbers(frame["is_repeat"]).tolist() == [1, pytest.approx(np.nan, nan_ok=True), 0]

    @pytest.mark.parametrize(
        ("first_month", "quarter", "first"),
        [
            (1, Quarter(2026, 3), "2025-10-01"),
            (1, Quarter(2026, 4), "2026-01-01"),
            (7, Quarter(2026, 1), "2024-10-01"),
            (2, Quarter(2026, 4), "2025-02-01"),
        ],
    )
    def test_the_trailing_year_of_any_fiscal_calendar(self, first_month, quarter, first):
        calendar = FiscalCalendar(first_month, "UTC")
        span = window(calendar, quarter, calendar.last_day(quarter))
        start = np.datetime64(first)
        days = tables(
            audit_findings=[{"raised_on": str(start)}, {"raised_on": str(start - 1)}]
        ).frame("audit_findings")["raised_on"]
        assert days_in_trailing_year(days, span).tolist() == [True, False]


@pytest.mark.parametrize(
    ("at_least", "value", "status"),
    [
        (True, 6, Status.ON),
        (True, 5, Status.NONE),
        (True, 1, Status.NONE),
        (False, 3, Status.NONE),
        (False, 7, Status.NEAR),
        (False, 9, Status.OFF),
    ],
)
def test_a_count_that_still_grows_is_judged_only_where_growing_cannot_undo_it(
    at_least, value, status
):
    """Half-way, five of six hunts are no miss yet and three of six bypasses no success yet."""
    target = Target(seen.id, at_least=at_least, value=6, near=5 if at_least else 8)
    growing = replace(seen, accumulates=True)
    assert judge(growing, [result(value)], target, {}, is_over=False).status is status
    assert judge(growing, [result(value)], target, {}).status is target.status(value)
    assert judge(seen, [result(value)], target, {}, is_over=False).status is target.status(value)
