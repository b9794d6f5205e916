"""Events drawn once for many beliefs are those that each belief would have drawn by itself."""

from __future__ import annotations

import numpy as np
import pytest

from board_report.risk.beliefs import belief_scores, believed
from board_report.risk.frequency import CountKind, Frequency
from board_report.risk.quantities import Beta, Fixed, Lognormal
from board_report.risk.same_events import same_events
from board_report.risk.scenarios import LossPart
from board_report.risk.simulate import (
    Block,
    LossModel,
    draw_scenario,
    event_levels,
    group_scores,
)
from tests.unit.risk.risks import ONE_TO_TEN, risk

BLOCK = Block(0, 5000)
SEED = 11
FREQUENCIES = [
    Frequency(Lognormal.from_interval(0.02, 0.4)),
    Frequency(Lognormal.from_interval(2.0, 9.0), Beta.from_interval(0.2, 0.6)),
    Frequency(Lognormal.from_interval(0.5, 2.0), kind=CountKind.NEGATIVE_BINOMIAL, dispersion=0.8),
    Frequency(Fixed(1e-6)),
]


@pytest.mark.parametrize("is_correlated", [False, True])
@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_each_belief_has_its_own_years(frequency, is_correlated):
    parts = (LossPart(ONE_TO_TEN, "response"), LossPart(ONE_TO_TEN, is_secondary=True))
    one = risk(frequency, *parts, secondary=0.4)
    other = risk(1.0, ONE_TO_TEN, name="B")
    model = LossModel((one, other), SEED, {("R1", "B"): 0.5} if is_correlated else {})
    scores = group_scores(model.groups(), SEED, BLOCK).get("R1")
    beliefs = [believed(one, each) for each in belief_scores(SEED, "R1", 12).T]
    levels = [event_levels(each.frequency, is_correlated=is_correlated) for each in beliefs]
    events = same_events(one, levels, BLOCK, SEED, scores)
    for belief, level in zip(beliefs, levels, strict=True):
        known = draw_scenario(belief, BLOCK, SEED, scores)
        found = events.under(level)
        assert np.array_equal(found.years, known.years)
        assert np.array_equal(found.losses, known.losses)
