"""Risks come together as far as they were said to, and stay what they are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from board_report.risk.correlation import (
    correlated_groups,
    correlation_matrix,
    is_positive_definite,
    largest_share,
    pearson,
)
from board_report.risk.quantities import Lognormal
from board_report.risk.simulate import Block, LossModel, draw_scenario, group_scores
from tests.unit.risk.risks import risk

YEARS = 65_536


def losses_of(model: LossModel, blocks: int = 1) -> np.ndarray:
    """Each scenario's loss in every year, scenarios by years."""
    groups, found = model.groups(), []
    for number in range(blocks):
        block = Block(number * YEARS, YEARS)
        scores = group_scores(groups, model.seed, block)
        losses = np.zeros((len(model.scenarios), block.size))
        for at, scenario in enumerate(model.scenarios):
            drawn = draw_scenario(scenario, block, model.seed, scores.get(scenario.risk_id))
            losses[at, drawn.years] = drawn.losses
        found.append(losses)
    return np.concatenate(found, axis=1)


@pytest.mark.parametrize("rank", [0.6, -0.4, 0.05])
def test_frequent_risks_have_the_rank_correlation_that_was_asked_for(rank):
    """Within 0.01, whose standard error is about 0.004."""
    scenarios = (risk(20.0, name="A"), risk(30.0, Lognormal(2.0, 1.0), name="B"))
    found = losses_of(LossModel(scenarios, 4, {("A", "B"): rank}))
    assert stats.spearmanr(found[0], found[1]).statistic == pytest.approx(rank, abs=0.01)


def test_pearson_is_what_a_normal_pair_of_that_rank_correlation_has():
    """Spearman's of a bivariate normal: 6 / pi x asin(r / 2)."""
    for rank in (-1.0, -0.4, 0.0, 0.6, 1.0):
        assert 6 / math.pi * math.asin(pearson(rank) / 2) == pytest.approx(rank)


def test_correlated_scores_have_the_matrix_that_was_asked_for():
    pairs = {("A", "B"): 0.5, ("B", "C"): -0.3}
    scenarios = tuple(risk(name=each) for each in "ABC")
    model = LossModel(scenarios, 8, pairs)
    scores = group_scores(model.groups(), model.seed, Block(0, YEARS))
    found = np.corrcoef([scores[each] for each in "ABC"])
    assert found == pytest.approx(correlation_matrix("ABC", pairs), abs=4 / math.sqrt(YEARS))
    for each in "ABC":
        assert (scores[each] == np.rint(scores[each])).all()
        assert stats.kstest(scores[each] / 2**20, "norm").pvalue > 1e-4


def test_correlation_leaves_each_risk_as_it_is():
    """Two samples of a year's loss, with it and without, by Kolmogorov and Smirnov."""
    scenarios = (risk(3.0, name="A"), risk(0.2, name="B"))
    alone = losses_of(LossModel(scenarios, 4))
    together = losses_of(LossModel(scenarios, 4, {("A", "B"): 0.7}))
    for one, other in zip(alone, together, strict=True):
        assert stats.ks_2samp(one, other).pvalue > 1e-3
        assert (one > 0).mean() == pytest.approx((other > 0).mean(), abs=0.01)


def test_rare_risks_come_together_as_a_gaussian_copula_has_it():
    """Both in one year: the bivariate normal beyond both thresholds."""
    rates, rank = (0.05, 0.1), 0.6
    scenarios = (risk(rates[0], name="A"), risk(rates[1], name="B"))
    found = losses_of(LossModel(scenarios, 4, {("A", "B"): rank}), blocks=4)
    chances = [1 - math.exp(-each) for each in rates]
    corner = stats.norm.ppf(chances)
    correlation = 2 * math.sin(math.pi * rank / 6)
    both = stats.multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf(corner)
    seen = ((found[0] > 0) & (found[1] > 0)).mean()
    assert both > 3 * chances[0] * chances[1]
    assert abs(seen - both) < 4 * math.sqrt(both / found.shape[1])


def test_the_worst_years_of_both_coincide():
    """Among years with a loss of both, the larger of one goes with the larger of the other."""
    scenarios = (risk(0.3, name="A"), risk(0.3, name="B"))
    one, other = losses_of(LossModel(scenarios, 4, {("A", "B"): 0.9}), blocks=2)
    both = (one > 0) & (other > 0)
    assert stats.spearmanr(one[both], other[both]).statistic > 0.5


def test_correlations_that_contradict_one_another():
    """A with B and B with C always, A with C never."""
    pairs = {("A", "B"): 0.9, ("B", "C"): 0.9, ("A", "C"): -0.9}
    assert not is_positive_definite(correlation_matrix("ABC", pairs))
    with pytest.raises(ValueError, match="correlations of A, B, C contradict"):
        correlated_groups("ABC", pairs)
    share = largest_share("ABC", pairs)
    fits = {pair: rank * share for pair, rank in pairs.items()}
    over = {pair: rank * (share + 0.01) for pair, rank in pairs.items()}
    assert is_positive_definite(correlation_matrix("ABC", fits))
    assert not is_positive_definite(correlation_matrix("ABC", over))
    assert 0.4 < share < 0.7


@pytest.mark.parametrize("rank", [1.0, -1.0])
def test_a_perfect_correlation_is_refused(rank):
    """One risk twice: no room is left for either."""
    with pytest.raises(ValueError, match="contradict"):
        correlated_groups("AB", {("A", "B"): rank})
    assert largest_share("AB", {("A", "B"): rank}) == 0.99


def test_groups_are_made_by_chains():
    """A with D by way of C; B alone; E with F; a zero joins nothing."""
    pairs = {("A", "C"): 0.2, ("D", "C"): 0.3, ("F", "E"): -0.5, ("A", "B"): 0.0}
    groups = correlated_groups("ABCDEF", pairs)
    assert [each.risk_ids for each in groups] == [("A", "C", "D"), ("E", "F")]
    assert correlated_groups("AB", {}) == ()
    lower = groups[0].whole_factor / 2**20
    assert lower @ lower.T == pytest.approx(
        correlation_matrix("ACD", {("A", "C"): 0.2, ("D", "C"): 0.3}), abs=1e-5
    )


def test_a_risk_without_a_correlation_draws_the_same_years():
    """Whoever else is correlated."""
    scenarios = tuple(risk(2.0, name=each) for each in "ABC")
    plain = losses_of(LossModel(scenarios, 4))
    correlated = losses_of(LossModel(scenarios, 4, {("A", "B"): 0.5}))
    assert (plain[2] == correlated[2]).all()
    assert (plain[0] != correlated[0]).any()
