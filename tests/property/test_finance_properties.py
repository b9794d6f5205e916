"""What must hold of investments and of the CTO's and joint metrics, whatever the rows."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from board_report.metrics.cto import adoption, architecture, artificial_intelligence, delivery
from board_report.metrics.cto.finance import (
    payback_periods,
    present_value,
    return_rate,
    return_rates,
    sign_changes,
    single_return_rate,
)
from board_report.metrics.cto.investment import METRICS as INVESTMENT
from board_report.metrics.cto.investment import initiative_table, quarter_table
from board_report.metrics.declare import Scope, Settings, Unit
from board_report.metrics.evaluate import slice_labels, slice_tables
from board_report.metrics.joint import collaboration
from board_report.model import State
from tests.spec.tables import measure, tables, value_of, window_of

amounts = st.integers(1, 10_000)
rates = st.floats(0, 2)
EXAMPLES = settings(max_examples=50, deadline=None)


@st.composite
def conventional_flows(draw):
    """One or more costs, then one or more benefits: the present value falls as the rate rises."""
    costs = draw(st.lists(amounts, min_size=1, max_size=4))
    benefits = draw(st.lists(amounts, min_size=1, max_size=8))
    return [-each for each in costs] + benefits


any_flows = st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=12)


# --- present value -----------------------------------------------------------------------------


@EXAMPLES
@given(flows=any_flows, rate=st.fractions(0, 2, max_denominator=100))
def test_present_value_is_the_exact_sum(flows, rate):
    exact = sum(Fraction(flow) / (1 + rate) ** at for at, flow in enumerate(flows))

    assert present_value(float(rate), flows) == pytest.approx(float(exact), abs=1e-6)


@EXAMPLES
@given(
    cost=amounts,
    benefits=st.lists(amounts, min_size=1, max_size=8),
    low=rates,
    step=st.floats(0.01, 1),
)
def test_present_value_falls_as_the_rate_rises(cost, benefits, low, step):
    flows = [-cost, *benefits]

    assert present_value(low + step, flows) < present_value(low, flows)


# --- rate of return ----------------------------------------------------------------------------


@EXAMPLES
@given(flows=conventional_flows())
def test_a_conventional_investment_has_one_rate_and_is_worth_nothing_at_it(flows):
    rate = single_return_rate(flows)

    assert rate is not None
    assert return_rates(flows) == pytest.approx((rate,))
    weight = sum(abs(flow) / (1 + rate) ** at for at, flow in enumerate(flows))
    assert present_value(rate, flows) == pytest.approx(0, abs=1e-8 * weight)


@EXAMPLES
@given(flows=conventional_flows(), factor=st.integers(1, 1000))
def test_scaling_the_flows_leaves_the_rate_alone(flows, factor):
    scaled = [flow * factor for flow in flows]

    assert return_rate(scaled) == pytest.approx(return_rate(flows), rel=1e-6, abs=1e-9)


@EXAMPLES
@given(flows=any_flows)
def test_there_are_no_more_rates_than_changes_of_sign(flows):
    assert len(return_rates(flows)) <= sign_changes(flows)


@EXAMPLES
@given(flows=conventional_flows(), rate=st.floats(0, 1))
def test_worth_something_exactly_below_the_rate_of_return(flows, rate):
    irr = single_return_rate(flows)
    assume(abs(irr - rate) > 1e-6)

    assert (present_value(rate, flows) > 0) == (rate < irr)


# --- payback -----------------------------------------------------------------------------------


@EXAMPLES
@given(flows=any_flows, at=st.integers(0, 11), more=st.integers(0, 5000))
def test_more_money_never_pays_back_later(flows, at, more):
    assume(at < len(flows))
    richer = [flow + more * (place == at) for place, flow in enumerate(flows)]
    before, after = payback_periods(flows), payback_periods(richer)

    if before is not None:
        assert after is not None
        assert after <= before + 1e-9


@EXAMPLES
@given(flows=any_flows)
def test_paid_back_exactly_when_the_total_is_not_below_zero(flows):
    periods = payback_periods(flows)

    assert (periods is None) == (sum(flows) < 0)
    assert periods is None or 0 <= periods <= len(flows) - 1


# --- initiatives -------------------------------------------------------------------------------

QUARTERS = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1")
OBJECTIVES = ("grow", "protect", "comply", "modernize", "save")
cents = st.integers(0, 10_000_00).map(lambda each: each / 100)
maybe = st.none() | cents


@st.composite
def investments(draw):
    """Up to four initiatives with amounts in some of six quarters."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from("ABCD"), st.sampled_from(QUARTERS)),
            min_size=1,
            max_size=12,
            unique=True,
        )
    )
    return [
        {
            "initiative_id": initiative,
            "name": initiative,
            "objective": OBJECTIVES["ABCD".index(initiative)],
            "quarter": quarter,
            "planned_cost": draw(cents),
            "actual_cost": draw(maybe),
            "planned_benefit": draw(cents),
            "realized_benefit": draw(maybe),
        }
        for initiative, quarter in keys
    ]


def spec_of(metric_id):
    return next(each for each in INVESTMENT if each.id == metric_id)


@EXAMPLES
@given(rows=investments())
def test_listings_add_up_to_the_figures(rows):
    given_tables = tables(investments=rows)
    scope = Scope(given_tables, window_of(), Settings(discount_rate=0.09))
    listing, by_quarter = initiative_table(scope), quarter_table(scope)
    npv = value_of(spec_of("net_present_value"), given_tables, settings=scope.settings)
    spent = value_of(spec_of("spend_actual"), given_tables) or 0
    this_quarter = by_quarter[by_quarter["quarter"] == "2026-Q3"]["actual_cost"]

    if npv is not None:
        assert listing["npv"].sum() == pytest.approx(npv, abs=0.005 * (len(listing) + 1))
    assert sum(each or 0 for each in this_quarter) == pytest.approx(spent, abs=0.005)


@EXAMPLES
@given(rows=investments())
def test_spend_by_objective_adds_up_to_spend(rows):
    spec, given_tables = spec_of("spend_actual"), tables(investments=rows)
    whole = value_of(spec, given_tables)
    slices = [
        value_of(spec, slice_tables(spec, given_tables, "objective", label))
        for label in slice_labels(spec, given_tables, "objective", ())
    ]

    assert sum(each or 0 for each in slices) == pytest.approx(whole or 0, abs=0.005)


@EXAMPLES
@given(rows=investments(), data=st.data())
def test_what_comes_after_the_quarter_and_the_order_of_rows_change_nothing(rows, data):
    later = [
        {**row, "actual_cost": 1.0, "realized_benefit": 2.0} if row["quarter"] > "2026-Q3" else row
        for row in rows
    ]
    shuffled = data.draw(st.permutations(later))

    for spec in INVESTMENT:
        assert value_of(spec, tables(investments=shuffled)) == value_of(
            spec, tables(investments=rows)
        )


@EXAMPLES
@given(rows=investments())
def test_a_withheld_figure_says_why(rows):
    for spec in INVESTMENT:
        found = measure(spec, tables(investments=rows))
        assert found.state is not State.WITHHELD or (found.value is None and found.note)


# --- shares and counts -------------------------------------------------------------------------

UNITS = ("Distribution", "Europe", "Corporate")
days = st.integers(-400, 200).map(lambda n: (date(2026, 9, 30) + timedelta(days=n)).isoformat())
maybe_day = st.none() | days


def row(**columns):
    return st.fixed_dictionaries(columns)


TABLES = {
    "technology_portfolio": row(
        requested_on=days,
        planned_live_on=maybe_day,
        live_on=maybe_day,
        retired_on=maybe_day,
        review_passed_on=maybe_day,
        review_booked_for=maybe_day,
        approved_on=maybe_day,
    ),
    "deployments": row(
        business_unit=st.sampled_from(UNITS),
        deployed_at=days.map(lambda day: f"{day}T12:00"),
        gates_required=st.integers(0, 4),
        gates_passed=st.integers(0, 4),
        bypass=st.sampled_from(("none", "approved", "unapproved")),
        is_failed=st.sampled_from((None, True, False)),
    ),
    "designs": row(
        asset_tier=st.sampled_from(("crown_jewel", "production", "workplace")),
        reviewed_on=days,
        threat_modelled_on=maybe_day,
        uses_secure_pattern=st.booleans(),
        exception=st.sampled_from(("none", "approved", "unapproved")),
        exception_expires_on=maybe_day,
    ),
    "systems": row(
        business_unit=st.sampled_from(UNITS),
        asset_tier=st.sampled_from(("crown_jewel", "production", "workplace")),
        in_service_on=days,
        support_ends_on=maybe_day,
        zero_trust_on=maybe_day,
        retired_on=maybe_day,
    ),
    "ai_use_cases": row(
        business_unit=st.sampled_from(UNITS),
        origin=st.sampled_from(("sanctioned", "found")),
        data_class=st.sampled_from(("public", "internal", "confidential", "restricted")),
        registered_on=days,
        gate_passed_on=maybe_day,
        retired_on=maybe_day,
    ),
    "sync_meetings": row(
        meeting_kind=st.sampled_from(("sync", "cross_training", "joint_exercise")),
        planned_on=days,
        held_on=maybe_day,
    ),
    "joint_actions": row(raised_on=days, due_on=days, closed_on=maybe_day),
}
EVENT_METRICS = [
    spec
    for module in (adoption, delivery, architecture, artificial_intelligence, collaboration)
    for spec in module.METRICS
    if set(spec.tables) <= TABLES.keys()
]
by_id = pytest.mark.parametrize("spec", EVENT_METRICS, ids=lambda spec: spec.id)
FEW = settings(max_examples=15, deadline=None)


@by_id
@FEW
@given(data=st.data())
def test_a_share_lies_between_0_and_1_and_is_its_parts(spec, data):
    [table] = spec.tables
    found = measure(spec, tables(**{table: data.draw(st.lists(TABLES[table], max_size=12))}))

    if spec.unit is Unit.RATIO and found.value is not None:
        assert 0 <= found.value <= 1
        assert found.value == found.parts["numerator"] / found.parts["denominator"]
        assert found.n == found.parts["denominator"]
    if spec.unit is Unit.COUNT:
        assert found.value == found.n == sum(found.rows[table])


@by_id
@FEW
@given(data=st.data())
def test_slices_of_a_count_add_up_to_the_whole(spec, data):
    [table] = spec.tables
    given_tables = tables(**{table: data.draw(st.lists(TABLES[table], max_size=12))})

    for column in spec.splits:
        parts = [
            measure(spec, slice_tables(spec, given_tables, column, label)).n
            for label in slice_labels(spec, given_tables, column, UNITS)
        ]
        assert sum(parts) == measure(spec, given_tables).n


@FEW
@given(rows=st.lists(TABLES["deployments"], max_size=20))
def test_every_deployment_is_in_one_group_of_gates(rows):
    [spec] = [each for each in EVENT_METRICS if each.id == "secure_code_deployment_rate"]
    found = measure(spec, tables(deployments=rows))
    groups = ("clean", "approved_bypass", "unapproved_bypass", "failed_gate")

    assert sum(found.parts[name] for name in groups) == found.n
    assert found.value is None or found.parts["clean_share"] <= found.value
