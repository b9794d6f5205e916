"""What each initiative buys for its money: expected loss and bad years with it and without it.

Each is judged alone against the register as it is: one in place is taken out of it, one committed
or proposed is put into it. Money is in the reporting currency, before insurance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.cto.finance import return_on_security_investment
from board_report.risk.beliefs import BELIEFS, belief_scores, middle_80
from board_report.risk.distribution import exceedance_curve, percentile
from board_report.risk.draws import year_generator
from board_report.risk.initiatives import (
    Initiative,
    LossEffect,
    changes_of,
    read_initiatives,
)
from board_report.risk.life_flows import cost_of_delay, net_present_value, payback_years
from board_report.risk.quantities import FloatArray, normal_score
from board_report.risk.records import Curve, InitiativeReturn, Interval
from board_report.risk.scenarios import Scenario
from board_report.risk.simulate import CENTS, LossModel
from board_report.risk.years import Changes, simulate_changed

if TYPE_CHECKING:
    from board_report.period import Quarter
    from board_report.tables.schema import TableSet

SETS_AT_A_TIME = 16
"""Initiatives whose years are held in memory together; more would give the same numbers."""
_REGISTER = ""
"""Name of the set in which nothing changes."""
_LEAST_CHANCE = 2.0**-54
"""Stands for a drawn chance of 0, whose normal score is not finite."""


def initiative_returns(
    tables: TableSet, model: LossModel, quarter: Quarter, discount_rate: float, trials: int
) -> tuple[InitiativeReturn, ...]:
    """What each initiative buys, in the order of their table; none where it was not given.

    Args:
        tables: ``initiatives``, ``initiative_effects`` and ``investments``.
        model: the register of the quarter.
        quarter: reported on.
        discount_rate: a year.
        trials: simulated years, the same with and without each initiative.

    Raises:
        ValueError: an initiative makes a scenario more frequent than can be drawn.
    """
    initiatives = read_initiatives(tables, quarter)
    bad_years = bad_years_of(model, initiatives, trials)
    beliefs = Beliefs({each.risk_id: each for each in model.scenarios}, model.seed)
    return tuple(
        return_of(each, beliefs, bad_years[_REGISTER], bad_years[each.initiative_id], discount_rate)
        for each in initiatives
    )


@dataclass(frozen=True)
class BadYears:
    """The bad end of one simulated distribution."""

    var_95: float
    curve: Curve


def bad_years_of(
    model: LossModel, initiatives: Sequence[Initiative], trials: int
) -> dict[str, BadYears]:
    """The years of the register as it is (under ``""``), and with each initiative switched.

    Switched means without it where it is in place, and with it otherwise.
    """
    found: dict[str, BadYears] = {}
    for first in range(0, len(initiatives), SETS_AT_A_TIME):
        sets: dict[str, Changes] = {
            each.initiative_id: switched(each)
            for each in initiatives[first : first + SETS_AT_A_TIME]
        }
        if not found:
            sets[_REGISTER] = {}
        for name, cents in simulate_changed(model, sets, trials).items():
            curve = tuple((chance, loss / CENTS) for chance, loss in exceedance_curve(cents))
            found[name] = BadYears(percentile(cents, 0.95) / CENTS, curve)
    return found


def switched(initiative: Initiative) -> Changes:
    """What changes in the register when what is in place is not, or what is not in place is."""
    chosen = () if initiative.is_counted else (initiative.initiative_id,)
    return changes_of((initiative,), chosen)


@dataclass(frozen=True)
class Beliefs:
    """What is not known of the scenarios' inputs, drawn once for all initiatives."""

    scenarios: Mapping[str, Scenario]
    seed: int

    @cached_property
    def _drawn(self) -> dict[str, FloatArray]:
        return {}

    def expected(self, risk_id: str) -> FloatArray:
        """Expected loss a year of a scenario under each belief, shape ``(BELIEFS,)``."""
        if risk_id not in self._drawn:
            scores = belief_scores(self.seed, risk_id, BELIEFS)
            self._drawn[risk_id] = self.scenarios[risk_id].expected_given(*scores)
        return self._drawn[risk_id]


def return_of(
    initiative: Initiative,
    beliefs: Beliefs,
    register: BadYears,
    switched_years: BadYears,
    discount_rate: float,
) -> InitiativeReturn:
    """One initiative's return.

    Args:
        initiative: what is judged; an effect on a risk without a scenario counts for nothing.
        beliefs: the scenarios.
        register: bad years of the register as it is.
        switched_years: bad years without it where it is in place, and with it otherwise.
        discount_rate: a year.
    """
    by_risk = bought_down_by_risk(initiative, beliefs.scenarios)
    net, cost = math.fsum(by_risk.values()), initiative.annual_cost
    interval = net_interval(initiative, beliefs)
    if initiative.is_counted:
        with_it, without = register, switched_years
    else:
        with_it, without = switched_years, register
    a_year = net + (initiative.value_a_year or 0.0) - initiative.running_cost
    flows = (initiative.one_off_cost, a_year, initiative.life_years)
    return InitiativeReturn(
        initiative_id=initiative.initiative_id,
        name=initiative.name,
        owner_role=initiative.owner_role,
        leader=initiative.leader,
        decision=initiative.decision,
        annual_cost=cost,
        bought_down=math.fsum(each for each in by_risk.values() if each > 0),
        introduced=-math.fsum(each for each in by_risk.values() if each < 0) + 0.0,
        net_bought_down=net,
        net_interval=interval,
        value_a_year=initiative.value_a_year,
        rosi=_ratio(net, cost) if cost > 0 else None,
        rosi_interval=(
            Interval(_ratio(interval.low, cost), _ratio(interval.high, cost)) if cost > 0 else None
        ),
        var_95_with=with_it.var_95,
        var_95_without=without.var_95,
        curve_with=with_it.curve,
        curve_without=without.curve,
        npv=net_present_value(*flows, discount_rate),
        payback_years=payback_years(*flows),
        delay_cost=cost_of_delay(*flows, discount_rate),
        life_years=initiative.life_years,
    )


def _ratio(avoided: float, cost: float) -> float:
    """ROSI as a ratio (ENISA 2012); the amount that others call so is ``avoided - cost``."""
    return return_on_security_investment(avoided, 0.0, cost)


def bought_down_by_risk(
    initiative: Initiative, scenarios: Mapping[str, Scenario]
) -> dict[str, float]:
    """Expected loss a year without the initiative less that with it, of each risk it acts on.

    In closed form, with each effect in the middle of its interval.
    """
    sign = -1.0 if initiative.is_counted else 1.0
    return {
        risk_id: sign
        * (scenarios[risk_id].expected_loss - scenarios[risk_id].changed(*left).expected_loss)
        + 0.0
        for risk_id, left in switched(initiative).items()
        if risk_id in scenarios
    }


def net_interval(initiative: Initiative, beliefs: Beliefs) -> Interval:
    """P10 to P90 of the expected loss that it takes away.

    Over each effect's own interval, one independent of another, and over what is not known of the
    frequencies, whose draws are the same for every initiative.
    """
    left: dict[str, FloatArray] = {}
    for effect in initiative.on_loss:
        if effect.risk_id in beliefs.scenarios:
            share = 1 - effect.reductions(_effect_scores(initiative, effect, beliefs.seed))
            share = np.maximum(share, initiative.least_left)
            left[effect.risk_id] = left.get(effect.risk_id, 1.0) * share
    net = np.zeros(BELIEFS)
    for risk_id, share in left.items():
        taken = 1 / share - 1 if initiative.is_counted else 1 - share
        net += beliefs.expected(risk_id) * taken
    return middle_80(net)


def _effect_scores(initiative: Initiative, effect: LossEffect, seed: int) -> FloatArray:
    """Normal scores of an effect; of its own, so that the order of rows changes nothing."""
    name = f"effect:{initiative.initiative_id}:{effect.risk_id}:{effect.factor}"
    chances = year_generator(seed, name, 0).random(BELIEFS)
    return normal_score(np.maximum(chances, _LEAST_CHANCE))
