"""What insurers pay, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.project import Insurance
from board_report.risk.frequency import Frequency
from board_report.risk.insurance import Claims, Policy
from board_report.risk.quantities import Fixed, Lognormal
from board_report.risk.scenarios import LossPart
from board_report.risk.simulate import LossModel
from board_report.risk.years import simulate
from tests.unit.risk.risks import risk


def policy(retention=5.0, limit=20.0, **more) -> Policy:
    return Policy.of(Insurance(retention, limit, **more), 1.0)


def paid_of_events(of: Policy, *years: list[dict[str, float]], outage: float | None = None):
    """What is paid in each year, of its events' losses by form."""
    claims = Claims(np.zeros(len(years)))
    for at, events in enumerate(years):
        for event in events:
            hours = None if outage is None else np.array([outage])
            forms = {
                form: of.claimable(form, np.array([loss]), hours) for form, loss in event.items()
            }
            for form, amounts in of.event_claims(forms).items():
                held = claims.plain
                if form:
                    held = claims.limited.setdefault(form, np.zeros(len(years)))
                held[at] += amounts[0]
    return of.paid(claims).tolist()


def test_a_year_s_layer():
    """Retention 5, limit 20: of 3, 10 and 40 insurers pay 0, 5 and 20."""
    assert policy().layer(np.array([3.0, 10.0, 40.0])).tolist() == [0, 10 - 5, 20]


def test_the_insured_bears_a_share_of_the_layer():
    """A tenth of 5 and of 20, in whole cents."""
    found = Policy.of(Insurance(5, 20, coinsurance=0.1), 100.0).layer(np.array([1000.0, 4000.0]))
    assert found.tolist() == [0.9 * 500, 0.9 * 2000]


def test_retention_of_each_event_or_of_the_year():
    """Two events of 4 in one year: nothing above 5 by event, 3 by year."""
    two = [{"": 4.0}, {"": 4.0}]
    assert paid_of_events(policy(applies="event"), two) == [0.0]
    assert paid_of_events(policy(applies="year"), two) == [4 + 4 - 5]


def test_the_limit_of_each_event_and_the_year_s():
    """Three events of 30: 20 each by event, and no more than 45 in the year."""
    three = [{"": 30.0}] * 3
    assert paid_of_events(policy(applies="event"), three) == [3 * 20]
    assert paid_of_events(policy(applies="event", aggregate_limit=45), three) == [45]
    assert paid_of_events(policy(applies="year"), three) == [20]


def test_sublimits_come_before_the_retention():
    """Of 10 in fines at most 6 counts; with 9 of response that is 15 above 5."""
    of = policy(sublimits=(("fines_and_judgments", 6.0),))
    year = [{"fines_and_judgments": 10.0, "response": 9.0}]
    assert paid_of_events(of, year) == [6 + 9 - 5]
    again = [{"fines_and_judgments": 4.0, "response": 0.0}] * 2
    assert paid_of_events(of, again) == [6 - 5]  # of the year 8 in fines, 6 count


def test_sublimits_by_event():
    of = policy(applies="event", sublimits=(("fines_and_judgments", 6.0),))
    year = [{"fines_and_judgments": 10.0, "response": 1.0}, {"fines_and_judgments": 5.5}]
    assert paid_of_events(of, year) == [(6 + 1 - 5) + 0.0]


def test_a_sublimit_of_nothing_excludes_the_form():
    of = policy(sublimits=(("reputation", 0.0),))
    assert paid_of_events(of, [{"reputation": 90.0, "response": 7.0}]) == [7 - 5]
    assert paid_of_events(of, [{"reputation": 90.0}]) == [0]


@pytest.mark.parametrize(
    ("outage", "expected"),
    [
        (48.0, 30 * (1 - 12 / 48) + 5 - 5),  # three quarters of the time are claimed, 22.5
        (12.0, 0.0),
        (3.0, 0.0),
        (None, 0.0),  # its length is not known
    ],
)
def test_a_waiting_period_takes_its_part_of_lost_productivity(outage, expected):
    """Retention 5 is met by the response."""
    of = policy(limit=50.0, waiting_hours=12)
    found = paid_of_events(of, [{"productivity": 30.0, "response": 5.0}], outage=outage)
    assert found == [pytest.approx(expected, abs=0.5)]


def test_other_forms_do_not_wait():
    of = policy(waiting_hours=12)
    assert paid_of_events(of, [{"response": 11.0}], outage=3.0) == [11 - 5]


def test_without_a_waiting_period_outages_do_not_matter():
    assert paid_of_events(policy(), [{"productivity": 11.0}]) == [11 - 5]


def test_money_is_counted_in_cents():
    of = Policy.of(Insurance(5, 20, aggregate_limit=30, sublimits=(("response", 2.5),)), 100.0)
    assert (of.retention, of.limit, of.aggregate, of.sublimits) == (
        500,
        2000,
        3000,
        {"response": 250},
    )
    assert Policy.of(Insurance(5, 20), 100.0).aggregate == math.inf


POLICIES = st.builds(
    Insurance,
    retention=st.floats(0, 30),
    limit=st.floats(0, 90),
    coinsurance=st.sampled_from([0.0, 0.1, 1.0]),
    applies=st.sampled_from(["year", "event"]),
    aggregate_limit=st.one_of(st.none(), st.floats(0, 60)),
    waiting_hours=st.sampled_from([0.0, 8.0, 1000.0]),
    sublimits=st.sampled_from(
        [
            (),
            (("productivity", 3.0),),
            (("productivity", 3.0), ("response", 9.0), ("reputation", 0.0)),
        ]
    ),
)
FORMS = (
    LossPart(Lognormal(1.0, 1.0), "productivity"),
    LossPart(Lognormal(1.0, 1.0), "response"),
    LossPart(Lognormal(1.0, 1.0), "reputation", is_secondary=True),
    LossPart(Lognormal(0.0, 1.0), "response", is_secondary=True),
)


@settings(max_examples=50, deadline=None)
@given(insurance=POLICIES, has_outage=st.booleans(), rank=st.sampled_from([0.0, 0.5]))
def test_net_lies_between_nothing_and_gross(insurance, has_outage, rank):
    """And no year's gross loss depends on who pays."""
    one = risk(
        2.0, *FORMS, name="A", secondary=0.4, outage=Lognormal(2.0, 1.0) if has_outage else None
    )
    model = LossModel((one, risk(0.3, name="B")), 5, {("A", "B"): rank}, insurance)
    years = simulate(model, 1000)
    assert years.net is not None
    assert (years.net >= 0).all()
    assert (years.net <= years.gross).all()
    assert (years.net == np.rint(years.net)).all()
    plain = simulate(LossModel(model.scenarios, 5, model.correlations), 1000)
    assert plain.net is None
    assert (plain.gross == years.gross).all()


def test_every_form_may_have_a_sublimit():
    """Nothing is left that has none; of each year's loss at most 3 are paid."""
    one = risk(2.0, LossPart(Lognormal(1.0, 1.0), "response"))
    insurance = Insurance(0.0, 99.0, sublimits=(("response", 3.0),))
    years = simulate(LossModel((one,), 5, insurance=insurance), 1001)
    paid = years.gross - years.net
    assert paid.tolist() == np.minimum(years.gross, 300).tolist()


@pytest.mark.parametrize("applies", ["year", "event"])
def test_a_fixed_loss_by_hand(applies):
    """Each event costs 4 of productivity and 3 of response; an outage of 16 hours, 4 of them wait.

    Three quarters of 4 and the 3 are claimed, 6 an event; retention 5, limit 9, a tenth ours.
    """
    one = risk(
        Frequency(Fixed(1.5)),
        LossPart(Fixed(4.0), "productivity"),
        LossPart(Fixed(3.0), "response"),
        outage=Fixed(16.0),
    )
    insurance = Insurance(5.0, 9.0, coinsurance=0.1, applies=applies, waiting_hours=4.0)
    years = simulate(LossModel((one,), 2, insurance=insurance), 2000)
    events = years.gross / 700
    assert set(events) >= {0.0, 1.0, 2.0, 3.0, 4.0}
    claimed = 600 * events
    by_year, by_event = 0.9 * np.clip(claimed - 500, 0, 900), 0.9 * 100 * events
    expected = by_year if applies == "year" else by_event
    assert (years.gross - years.net).tolist() == expected.tolist()
