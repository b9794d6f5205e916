"""Simulate years of loss in blocks: memory is bounded, and the order of work changes nothing.

Losses are counted in whole cents, so that sums are exact in whatever order they are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from board_report.risk.correlation import Group, correlated_groups
from board_report.risk.draws import (
    BLOCK,
    SCALE,
    event_chances,
    event_places,
    event_scores,
    scenario_key,
    whole_scores,
    year_generator,
)
from board_report.risk.insurance import Claims, Policy
from board_report.risk.quantities import FloatArray
from board_report.risk.scenarios import PRODUCTIVITY, Scenario

if TYPE_CHECKING:
    from board_report.project import Insurance

CENTS = 100.0
"""Losses are simulated in hundredths of the reporting currency."""
WORKERS = 2
"""Blocks that are simulated at a time; more would need more memory and give the same numbers."""
Result = TypeVar("Result")
_FEW_LEVELS = 16
_SHIFT = 2.0**31
_SECONDARY, _OUTAGE, _FIRST_PART = 0, 1, 2


@dataclass(frozen=True)
class LossModel:
    """All scenarios of one quarter, how they hang together, and who pays."""

    scenarios: tuple[Scenario, ...]
    seed: int
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Two risks to the rank correlation of their yearly losses, -1 to 1."""
    insurance: Insurance | None = None

    def groups(self) -> tuple[Group, ...]:
        """The groups of correlated risks.

        Raises:
            ValueError: their correlations contradict one another.
        """
        return correlated_groups([each.risk_id for each in self.scenarios], self.correlations)


@dataclass(frozen=True)
class YearLosses:
    """One scenario's losses in one block, for the years that have any."""

    years: NDArray[np.int64]
    """Places within the block, ascending."""
    losses: FloatArray
    """Cents in each of these years."""
    claims: Mapping[str, FloatArray]
    """What could be claimed of insurers, by form; ``""`` is under no sublimit."""


@dataclass(frozen=True)
class Block:
    """Years that were drawn together."""

    first: int
    size: int

    @property
    def number(self) -> int:
        """Which block it is."""
        return self.first // BLOCK


def blocks_of(trials: int) -> list[Block]:
    """The blocks that so many years are drawn in; the last may be shorter."""
    return [Block(at, min(BLOCK, trials - at)) for at in range(0, trials, BLOCK)]


def each_block(work: Callable[[Block], Result], trials: int) -> list[Result]:
    """The work for every block, in their order, some at a time."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, blocks_of(trials)))


def group_scores(groups: Sequence[Group], seed: int, block: Block) -> dict[str, FloatArray]:
    """Normal scores of each year, times ``SCALE``, for the risks that are correlated."""
    found: dict[str, FloatArray] = {}
    for group in groups:
        drawn = np.empty((len(group.risk_ids), block.size))
        for risk_id, row in zip(group.risk_ids, drawn, strict=True):
            whole_scores(year_generator(seed, risk_id, block.number), row)
        found.update(zip(group.risk_ids, group.correlate(drawn), strict=True))
    return found


def draw_scenario(
    scenario: Scenario,
    block: Block,
    seed: int,
    scores: FloatArray | None = None,
    policy: Policy | None = None,
) -> YearLosses:
    """One scenario's losses in the years of one block.

    Args:
        scenario: what is drawn.
        block: which years.
        seed: of the report.
        scores: normal scores of its years, times ``SCALE``, where it is correlated; the worse
            years have the higher ones. Drawn here otherwise.
        policy: whose claims to keep, where the yearly sum is not all that matters.
    """
    if scores is None:
        chances = year_generator(seed, scenario.risk_id, block.number).random(block.size)
        levels, drawn = scenario.frequency.count.cdf, chances
    else:
        levels, drawn = scenario.frequency.count.thresholds * SCALE, scores
    years = np.flatnonzero(drawn >= levels[0])
    events = _events_at(levels, drawn[years])
    year_of = np.repeat(np.arange(len(years)), events)
    first = np.cumsum(events) - events
    number = np.arange(len(year_of)) - first[year_of]
    parts = event_losses(scenario, seed, block.first + years[year_of], number)
    total = sum(parts.losses, start=np.zeros(len(year_of)))

    def by_year(amounts: FloatArray) -> FloatArray:
        return np.asarray(
            np.bincount(year_of, weights=amounts, minlength=len(years)), dtype=np.float64
        )

    losses = by_year(total)
    claims: dict[str, FloatArray] = {}
    if policy is not None and not policy.is_plain:
        claims = {
            form: by_year(amounts)
            for form, amounts in policy.event_claims(parts.claimable(policy)).items()
        }
    if scores is not None:
        losses, claims = _ranked(scores[years], losses, claims)
    return YearLosses(years, losses, claims)


def _events_at(levels: FloatArray, drawn: FloatArray) -> NDArray[np.int64]:
    """Number of events of the years that have any: levels that each number drawn has reached."""
    if len(levels) > _FEW_LEVELS and (drawn >= levels[_FEW_LEVELS]).any():
        return np.asarray(np.searchsorted(levels, drawn, side="right"), dtype=np.int64)
    events = np.ones(len(drawn), dtype=np.int64)
    for level in levels[1 : _FEW_LEVELS + 1]:
        more = drawn >= level
        if not more.any():
            break
        events += more
    return events


@dataclass(frozen=True)
class EventLosses:
    """The losses of single events, part by part."""

    forms: tuple[str, ...]
    losses: tuple[FloatArray, ...]
    """Cents, one array for each part."""
    outage_hours: FloatArray | None

    def claimable(self, policy: Policy) -> dict[str, FloatArray]:
        """What could be claimed of each event, by form."""
        found: dict[str, FloatArray] = {}
        for form, losses in zip(self.forms, self.losses, strict=True):
            amount = policy.claimable(form, losses, self.outage_hours)
            found[form] = found[form] + amount if form in found else amount
        return found


def event_losses(
    scenario: Scenario, seed: int, years: NDArray[np.int64], number: NDArray[np.int64]
) -> EventLosses:
    """The losses of some events of a scenario, each by its year and its number within the year."""
    key = scenario_key(seed, scenario.risk_id)
    places = event_places(years, number)

    reacted: NDArray[np.bool_] | None = None
    if any(each.is_secondary for each in scenario.parts):
        reacted = event_chances(key, places, _SECONDARY) < scenario.secondary_chance
    losses = []
    for at, part in enumerate(scenario.parts, _FIRST_PART):
        amounts = part.amount.at(event_scores(key, places, at))
        amounts *= scenario.magnitude * CENTS
        np.rint(amounts, out=amounts)
        if part.is_secondary and reacted is not None:
            amounts *= reacted
        losses.append(amounts)
    outage = None
    if scenario.outage_hours is not None and any(
        each.form == PRODUCTIVITY for each in scenario.parts
    ):
        outage = scenario.outage_hours.at(event_scores(key, places, _OUTAGE))
    return EventLosses(tuple(each.form for each in scenario.parts), tuple(losses), outage)


def _ranked(
    scores: FloatArray, losses: FloatArray, claims: Mapping[str, FloatArray]
) -> tuple[FloatArray, dict[str, FloatArray]]:
    """The same years' losses in the order of the scores: the worst year has the highest score.

    The marginal distribution stays as it is; only which losses fall into the same year changes
    (Iman and Conover 1982).
    """
    if not len(losses):
        return losses, dict(claims)
    order = _order(scores)
    ranked = np.empty_like(losses)
    if not claims:
        ranked[order] = np.sort(losses)
        return ranked, {}
    by_size = np.argsort(losses, kind="stable")
    ranked[order] = losses[by_size]
    moved = {}
    for form, amounts in claims.items():
        moved[form] = np.empty_like(amounts)
        moved[form][order] = amounts[by_size]
    return ranked, moved


def _order(scores: FloatArray) -> NDArray[np.int64]:
    """Places of whole scores, ascending; where two are the same the earlier year comes first.

    Two passes over sixteen bits each, which are several times faster than comparing.
    """
    keys = (scores + _SHIFT).astype("<u4").view("<u2").reshape(-1, 2)
    by_low = np.argsort(keys[:, 0], kind="stable")
    return by_low[np.argsort(keys[by_low, 1], kind="stable")]


def add_claims(claims: Claims, drawn: YearLosses) -> None:
    """Add one scenario's claims to those of its block."""
    for form, amounts in drawn.claims.items():
        if not form:
            claims.plain[drawn.years] += amounts
            continue
        if form not in claims.limited:
            claims.limited[form] = np.zeros_like(claims.plain)
        claims.limited[form][drawn.years] += amounts
