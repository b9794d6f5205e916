"""What a company's own incidents tell of a risk."""

from __future__ import annotations

import math
from datetime import date

import pytest
from scipy import stats

from board_report.risk.history import History, fitted_loss, fitted_rate, history_of
from tests.spec.tables import tables, window_of


def incident(on: str, risk_id: str | None = "R1", **more: float) -> dict:
    return {"detected_at": f"{on} 09:00", "risk_id": risk_id, **more}


ROWS = (
    incident("2024-10-01", None),
    incident("2025-02-01", cost=100.0, outage_hours=6.0),
    incident("2026-03-31", cost=300.0),
    incident("2026-06-30", cost=0.0, outage_hours=0.0),
    incident("2026-07-01", cost=700.0),
    incident("2026-09-30", "R2", outage_hours=2.5),
)


def test_incidents_of_each_risk_up_to_the_end_of_the_quarter():
    """The record begins with its first incident; 2024-10-01 to 2026-10-01 are 730 days."""
    found = history_of(tables(incidents=ROWS), window_of("2026-Q3"))
    years = 730 / 365.25
    assert found == {
        "": History(years, 0, (), ()),
        "R1": History(years, 4, (100.0, 300.0, 700.0), (6.0,)),
        "R2": History(years, 1, (), (2.5,)),
    }


@pytest.mark.parametrize(("quarter", "events"), [("2026-Q1", 2), ("2026-Q2", 3), ("2026-Q3", 4)])
def test_an_incident_after_the_cutoff_is_not_known(quarter, events):
    """Each quarter's model knows what that quarter knew."""
    assert history_of(tables(incidents=ROWS), window_of(quarter))["R1"].events == events


def test_an_as_of_date_cuts_the_quarter_short():
    found = history_of(tables(incidents=ROWS), window_of("2026-Q3", "2026-07-01"))
    assert found["R1"].events == 4  # of that day
    assert found["R1"].years == pytest.approx((date(2026, 7, 2) - date(2024, 10, 1)).days / 365.25)
    assert "R2" not in found


def test_no_record_and_an_empty_one():
    assert history_of(tables(), window_of()) == {}
    assert history_of(tables(incidents=[]), window_of()) == {"": History(0.0, 0, (), ())}


def test_a_record_that_begins_after_the_quarter_spans_nothing():
    found = history_of(tables(incidents=ROWS), window_of("2023-Q4"))
    assert found == {"": History(0.0, 0, (), ())}


def test_a_rate_after_counting_by_hand():
    """The gamma whose ends the prior gives; 3 events in 2 years are added to it."""
    found = fitted_rate((0.25, 1.0), 3, 2.0)
    prior = stats.gamma(found.shape - 3, scale=1 / (found.rate - 2.0))
    assert prior.ppf([0.05, 0.95]) == pytest.approx([0.25, 1.0])
    assert found.mean == pytest.approx((prior.mean() * (found.rate - 2) + 3) / found.rate)


def test_many_years_outweigh_any_prior():
    assert fitted_rate((0.25, 1.0), 4000, 1000.0).mean == pytest.approx(4.0, rel=0.01)


PRIOR = (1.0, 100.0)
MU, SIGMA = math.log(10), math.log(100) / (2 * stats.norm.ppf(0.95))


def test_without_losses_the_prior_stands():
    found = fitted_loss(PRIOR, [])
    assert (found.predictive.mu, found.predictive.sigma) == pytest.approx((MU, SIGMA))
    assert (found.log_error, found.points) == (0.0, 0)


def test_a_loss_after_two_by_hand():
    """Logarithms 1 and 3; the prior weighs as four losses.

    Middle: (4 mu + 2 x 2) / 6. Variance: (4 sigma^2 + (1 - 2)^2 + (3 - 2)^2
    + 4 x 2 / 6 (2 - mu)^2) / 6, and a sixth of it for what is not known of the middle.
    """
    found = fitted_loss(PRIOR, [math.e, math.e**3])
    variance = (4 * SIGMA**2 + 1 + 1 + 4 * 2 / 6 * (2 - MU) ** 2) / 6
    assert found.predictive.mu == pytest.approx((4 * MU + 2 * 2) / 6)
    assert found.log_error == pytest.approx(math.sqrt(variance / 6))
    assert found.predictive.sigma == pytest.approx(math.sqrt(variance + variance / 6))
    assert found.points == 2


def test_a_heavier_prior_moves_less():
    light, heavy = (fitted_loss(PRIOR, [5000.0] * 3, weight) for weight in (1.0, 40.0))
    assert MU < heavy.predictive.mu < light.predictive.mu < math.log(5000)
    assert heavy.predictive.mu == pytest.approx((40 * MU + 3 * math.log(5000)) / 43)


def test_many_losses_outweigh_the_prior():
    """A lognormal with median 50 and sigma 0.7, by its own quantiles."""
    shares = [(at + 0.5) / 2000 for at in range(2000)]
    losses = [50 * math.exp(0.7 * stats.norm.ppf(each)) for each in shares]
    found = fitted_loss(PRIOR, losses)
    assert found.predictive.median == pytest.approx(50, rel=0.01)
    assert found.predictive.sigma == pytest.approx(0.7, rel=0.01)
    assert found.log_error == pytest.approx(0.7 / math.sqrt(2004), rel=0.02)


def test_a_prior_must_be_an_interval():
    with pytest.raises(ValueError, match="90% interval"):
        fitted_loss((5.0, 1.0), [2.0])
