"""Promised reductions against the rate of incidents before and since."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import comb

import pytest

from board_report.metrics.statistics.intervals import share_interval
from board_report.risk.promise_outcomes import (
    promise_outcomes,
    realized,
    realized_interval,
)
from board_report.risk.records import Interval, PromiseOutcome
from tests.unit.risk.back_test_case import BEFORE, MODEL, incident, last_window, told

INITIATIVE = {
    "initiative_id": "I1",
    "name": "Phishing-resistant sign-in",
    "owner_role": "CISO",
    "leader": "CISO",
    "decision": "in_place",
}
EFFECT = {
    "initiative_id": "I1",
    "risk_id": "R1",
    "acts_on": "frequency",
    "low": 0.2,
    "high": 0.6,
    "effective_on": "2026-01-01",
}
INCIDENTS = (
    BEFORE,
    incident("2025-04-01", "R1"),
    incident("2025-08-01", "R1"),
    incident("2025-12-31", "R1"),
    incident("2025-12-30", "R2"),
    incident("2026-01-01", "R1"),
    incident("2026-10-01", "R1"),
)


def outcomes(
    effect=EFFECT, initiative=INITIATIVE, incidents=INCIDENTS, records_from=date(2025, 1, 15)
) -> tuple[PromiseOutcome, ...]:
    given = told(incidents, records_from, initiatives=[initiative], initiative_effects=[effect])
    return promise_outcomes(given, MODEL, last_window(), "America/Chicago")


def test_before_and_after_by_hand() -> None:
    """15 January to 31 December is 351 days, 1 January to 30 September 273."""
    (found,) = outcomes()
    assert (found.events_before, found.days_before) == (4, 351)
    assert (found.events_after, found.days_after) == (1, 273)
    assert found.realized == pytest.approx(1 - (1 / 273) / (4 / 351))
    assert found.promised == Interval(0.2, 0.6)
    assert (found.name, found.owner_role) == ("Phishing-resistant sign-in", "CISO")
    assert (found.risk_id, found.short_title) == ("R1", "Short R1")
    assert found.realized_interval is not None
    assert found.realized_interval.low < found.realized < found.realized_interval.high


def test_at_most_two_years_before() -> None:
    (found,) = outcomes(records_from=date(2020, 1, 1))
    assert found.days_before == 730


def test_days_are_those_of_the_company() -> None:
    """Eight in the evening of New Year's Eve in Chicago is the next year in UTC."""
    late = {"detected_at": "2026-01-01T02:00+00:00", "risk_id": "R1"}
    (found,) = outcomes(incidents=[BEFORE, late])
    assert (found.events_before, found.events_after) == (2, 0)


def test_nothing_before() -> None:
    (found,) = outcomes(incidents=[incident("2025-02-01", "R2"), incident("2026-02-01", "R1")])
    assert found.events_after == 1
    assert found.realized is None
    assert found.realized_interval is None


def test_no_record_before() -> None:
    (found,) = outcomes(records_from=date(2026, 2, 1))
    assert (found.events_before, found.days_before, found.realized) == (0, 0, None)


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({"effective_on": "2026-07-02"}, 1),  # 90 days before 30 September
        ({"effective_on": "2026-07-03"}, 0),
        ({"effective_on": None}, 0),
        ({"acts_on": "magnitude"}, 0),
        ({"low": -0.3, "high": 0.0}, 0),
        ({"low": -0.3, "high": 0.1}, 1),
    ],
)
def test_which_effects_are_promises(change, count) -> None:
    assert len(outcomes({**EFFECT, **change})) == count


def test_what_is_only_proposed_has_promised_nothing() -> None:
    assert outcomes(initiative={**INITIATIVE, "decision": "proposed"}) == ()
    assert len(outcomes(initiative={**INITIATIVE, "decision": "committed"})) == 1


def test_an_unknown_initiative_and_risk_keep_their_numbers() -> None:
    (found,) = outcomes({**EFFECT, "initiative_id": "I2", "risk_id": "R8"})
    assert (found.name, found.owner_role, found.short_title) == ("I2", "", "R8")


def test_no_effects_given() -> None:
    assert promise_outcomes(told(INCIDENTS), MODEL, last_window()) == ()


# --- the interval ---------------------------------------------------------------------------------


def test_clopper_pearson_as_published() -> None:
    """4 of 20 at 90%: NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.4.2."""
    low, high = share_interval(4, 20, 0.05)
    assert low == pytest.approx(0.071354, abs=1e-6)
    assert high == pytest.approx(0.401029, abs=1.5e-6)


def test_clopper_pearson_leaves_its_tails() -> None:
    low, high = (Fraction(each) for each in share_interval(3, 12, 0.05))
    above = sum(comb(12, k) * low**k * (1 - low) ** (12 - k) for k in range(3, 13))
    below = sum(comb(12, k) * high**k * (1 - high) ** (12 - k) for k in range(4))
    assert (float(above), float(below)) == (pytest.approx(0.05), pytest.approx(0.05))


def test_clopper_pearson_of_nothing_and_of_all() -> None:
    """(1 - high)^10 = 5%."""
    assert share_interval(0, 10, 0.05) == (0.0, pytest.approx(1 - 0.05 ** (1 / 10)))
    assert share_interval(10, 10, 0.05) == (pytest.approx(0.05 ** (1 / 10)), 1.0)
    with pytest.raises(ValueError, match="is no share"):
        share_interval(1, 0, 0.05)


def test_ratio_of_rates_as_published() -> None:
    """R's example of ``poisson.test``: 11 in 800 against 21 in 3011, ratio 1.971488, 95%."""
    found = realized_interval(21, 3011, 11, 800, tail=0.025)
    assert found is not None
    assert 1 - realized(21, 3011, 11, 800) == pytest.approx(1.971488, abs=5e-7)
    assert 1 - found.low == pytest.approx(4.2772659, abs=5e-8)
    assert 1 - found.high == pytest.approx(0.8584264, abs=5e-8)


def test_nothing_since_is_the_whole_and_not_for_certain() -> None:
    """Four before and none after over as many days: (1 - s)^4 = 5%, r = s / (1 - s)."""
    share = 1 - 0.05 ** (1 / 4)
    found = realized_interval(4, 100, 0, 100)
    assert realized(4, 100, 0, 100) == 1
    assert found == Interval(pytest.approx(1 - share / (1 - share)), 1.0)
