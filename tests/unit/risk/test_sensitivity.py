"""Which stated input moves the expected loss, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.quantities import Beta, Fixed, Gamma, Lognormal
from board_report.risk.scenarios import LossPart
from board_report.risk.sensitivity import sensitivities
from tests.unit.risk.risks import ONE_TO_TEN, risk

Z = stats.norm.ppf(0.95)


def told(*scenarios) -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (each.risk_id, each.input): (each.at_low, each.at_high) for each in sensitivities(scenarios)
    }


def test_each_input_alone_through_its_interval():
    """Rate 0.5 to 4 and loss 1 to 10, each at its ends while the other is at its mean."""
    rate = Lognormal.from_interval(0.5, 4.0)
    other = risk(0.5, Fixed(8.0), name="B")
    found = told(risk(Frequency(rate), name="A"), other)
    assert found == {
        ("A", "loss event frequency"): pytest.approx(
            (0.5 * ONE_TO_TEN.mean + 4, 4 * ONE_TO_TEN.mean + 4)
        ),
        ("A", "loss of one event"): pytest.approx((rate.mean * 1 + 4, rate.mean * 10 + 4)),
    }


def test_what_is_known_moves_nothing():
    assert told(risk(0.5, Fixed(8.0))) == {}


def test_a_tree_has_a_rate_of_threats_and_a_vulnerability():
    share = Beta.from_interval(0.1, 0.4)
    parts = (
        LossPart(ONE_TO_TEN, "response"),
        LossPart(ONE_TO_TEN, "fines_and_judgments", is_secondary=True),
    )
    one = risk(Frequency(Gamma(2.0, 1.0), share), *parts, secondary=0.25).changed(0.5, 0.8)
    found, mean = told(one), ONE_TO_TEN.mean
    ends = stats.gamma(2.0).ppf([0.05, 0.95])
    event = 0.8 * (mean + 0.25 * mean)
    assert found[("R1", "threat event frequency")] == pytest.approx(
        tuple(0.5 * ends * share.mean * event), rel=1e-3
    )
    assert found[("R1", "vulnerability")] == pytest.approx(
        (0.5 * 2 * 0.1 * event, 0.5 * 2 * 0.4 * event), rel=1e-3
    )
    often = 0.5 * 2 * share.mean * 0.8
    assert found[("R1", "response")] == pytest.approx(
        (often * (1 + 0.25 * mean), often * (10 + 0.25 * mean))
    )
    assert found[("R1", "fines and judgments, secondary")] == pytest.approx(
        (often * (mean + 0.25 * 1), often * (mean + 0.25 * 10))
    )


def test_a_chance_that_is_believed_moves_what_follows():
    """Half a loss event a year, of 4 and, with a chance of 0.1 to 0.4, 8 more."""
    chance = Beta.from_interval(0.1, 0.4)
    parts = (LossPart(Fixed(4.0)), LossPart(Fixed(8.0), is_secondary=True))
    one = replace(risk(0.5, *parts, secondary=chance.mean), secondary_belief=chance)
    assert told(one)["R1", "chance of secondary loss"] == pytest.approx(
        (0.5 * (4 + 0.1 * 8), 0.5 * (4 + 0.4 * 8)), rel=1e-4
    )


def test_a_whole_number_has_no_belief_about_its_rate():
    """Its spread is from year to year and moves no expectation."""
    frequency = Frequency(Beta.pert(0, 2, 9), Beta(2.0, 6.0), kind=CountKind.WHOLE_NUMBER)
    assert {name for _, name in told(risk(frequency, Fixed(1.0)))} == {"vulnerability"}


def test_the_widest_comes_first():
    rate = Lognormal.from_interval(0.5, 0.6)
    found = sensitivities([risk(Frequency(rate)), risk(2.0, Lognormal(3.0, 1.0), name="B")])
    widths = [each.at_high - each.at_low for each in found]
    assert widths == sorted(widths, reverse=True)
    assert (np.array(widths) > 0).all()
