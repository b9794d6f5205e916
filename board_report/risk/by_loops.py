"""Draw years by compiled loops: the numbers of ``simulate.draw_scenario``, in less time.

What no loop can do with the same last bit everywhere is still done by array operations: year
numbers come from numpy's generator, and amounts that need an exponential or a normal quantile are
asked of the quantity itself, for all events of a block at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import local
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from board_report.risk import compiled
from board_report.risk.correlation import Group
from board_report.risk.distribution import DROPPED_BITS, LossHistogram
from board_report.risk.draws import (
    SCALE,
    TWO_32,
    outermost_scores,
    scenario_key,
    score_edges,
    year_bits,
    year_generator,
)
from board_report.risk.events import (
    CENTS,
    OUTAGE_DRAW,
    SECONDARY_DRAW,
    EventLosses,
    outage_of,
    part_draw,
)
from board_report.risk.insurance import Policy
from board_report.risk.quantities import (
    FURTHEST_SCORE,
    NODES_A_SCORE,
    Beta,
    FloatArray,
    Gamma,
    Limited,
    Quantity,
    Tabulated,
)
from board_report.risk.ranks import ranked
from board_report.risk.scenarios import Scenario
from board_report.risk.simulate import (
    Block,
    YearLosses,
    blocks_of,
    event_levels,
    year_numbers,
)

Drawn = NDArray[np.uint32] | NDArray[np.int32]
"""A number for each year: 32 bits, or a whole score where the scenario is correlated."""
Places = NDArray[np.int64]
SomeLosses = tuple[NDArray[np.int32], NDArray[np.float32]]
Item = TypeVar("Item")
Result = TypeVar("Result")
Whole = TypeVar("Whole", np.uint32, np.int32, np.int64)
_TOGETHER = 1 << 15
"""Events whose numbers are drawn at a time: those of a frequent scenario fill no memory."""
_INT32 = np.iinfo(np.int32)


@dataclass(frozen=True)
class Readied:
    """A scenario as the loops read it."""

    scenario: Scenario
    key: np.uint64
    is_correlated: bool
    """Whether its years are drawn as scores."""
    levels: Drawn
    """Numbers drawn from which on a year has an event, one more, and so on."""
    tables: tuple[tuple[FloatArray, float] | None, ...]
    """Of each part of a loss, values over normal scores and their cap; None where it has none."""
    rows: FloatArray | None
    """All values, a row for each part; None where a part has none."""
    caps: FloatArray
    is_secondary: NDArray[np.bool_]
    """Of each part."""

    @classmethod
    def of(cls, scenario: Scenario, seed: int, *, is_correlated: bool) -> Readied:
        """Make all tables of a scenario.

        Args:
            scenario: what is drawn.
            seed: of the report.
            is_correlated: whether its years are drawn as scores.

        Raises:
            ValueError: it is too frequent.
        """
        levels = event_levels(scenario.frequency, is_correlated=is_correlated)
        tables = tuple(_table_of(each.amount) for each in scenario.parts)
        values = [each[0] for each in tables if each is not None]
        is_tabulated = len(values) == len(tables) and len({len(each) for each in values}) == 1
        return cls(
            scenario,
            np.uint64(scenario_key(seed, scenario.risk_id)),
            is_correlated,
            np.clip(levels, _INT32.min, _INT32.max).astype(np.int32)
            if is_correlated
            else levels.astype(np.uint32),
            tables,
            np.stack(values) if is_tabulated else None,
            np.array([each[1] for each in tables if each is not None]),
            np.array([each.is_secondary for each in scenario.parts]),
        )

    def draw(
        self, drawn: Drawn, block: Block, policy: Policy | None, room: NDArray[np.int64]
    ) -> YearLosses:
        """As ``simulate.draw_scenario``.

        Args:
            drawn: a number for each year, scores where it is correlated.
            block: which years.
            policy: whose claims to keep, where the yearly sum is not all that matters.
            room: for what is between, shape ``(2, years)``.
        """
        size = 0
        if len(self.levels):
            size = compiled.years_with_events(drawn, self.levels, room[0], room[1])
        years, counts = room[0, :size].copy(), room[1, :size]
        is_paid = policy is not None and not policy.is_plain
        if self.rows is not None and (policy is None or not is_paid or self._is_alike(policy)):
            losses, by_form = self._by_tables(block.first, years, counts, policy, is_paid)
        else:
            losses, by_form = self._by_events(block.first, years, counts, policy, is_paid)
        if self.is_correlated:
            losses, by_form = _in_order(drawn, years, losses, by_form)
        return YearLosses(years, losses, by_form)

    def _by_tables(
        self, first: int, years: Places, counts: Places, policy: Policy | None, is_paid: bool
    ) -> tuple[FloatArray, dict[str, FloatArray]]:
        """What the years lose, and the claims by form, all in one call."""
        assert self.rows is not None
        losses, paid = compiled.losses_by_tables(
            self.key,
            first,
            years,
            counts,
            self.rows,
            self.caps,
            self.is_secondary,
            self._reacts_below,
            score_edges(),
            outermost_scores(),
            FURTHEST_SCORE,
            NODES_A_SCORE,
            self.scenario.magnitude * CENTS,
            _TOGETHER,
            is_paid,
            policy.retention if policy else 0.0,
            policy.limit if policy else 0.0,
            1 - policy.coinsurance if policy else 0.0,
        )
        return losses, {"": paid} if is_paid and len(years) else {}

    def _by_events(
        self, first: int, years: Places, counts: Places, policy: Policy | None, is_paid: bool
    ) -> tuple[FloatArray, dict[str, FloatArray]]:
        """What the years lose, and the claims by form, from the losses of single events."""
        losses = np.zeros(len(years))
        by_form: dict[str, FloatArray] = {}
        for some in _slices(counts):
            size = int(counts[some].sum())
            places, owners = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.int64)
            compiled.list_events(first, years[some], counts[some], places, owners)
            events = self._event_losses(places)
            compiled.add_up(owners, events.total, losses[some])
            if policy is None or not is_paid:
                continue
            for form, amounts in policy.event_claims(events.claimable(policy)).items():
                total = by_form.setdefault(form, np.zeros(len(years)))
                # Where every form has a sublimit, one zero stands for what has none.
                each = amounts if len(amounts) == size else np.zeros(size)
                compiled.add_up(owners, each, total[some])
        return losses, by_form

    @property
    def _reacts_below(self) -> np.uint64:
        """The number, of 2^32, below which an event's second one has others react."""
        return np.uint64(round(self.scenario.secondary_chance * TWO_32))

    def _is_alike(self, policy: Policy) -> bool:
        """Whether a policy by event asks of each event only how much it costs in all."""
        forms = [each.form for each in self.scenario.parts]
        # A form that comes twice is added up first, which matters beyond what sums are exact to.
        is_split = policy.waiting_hours or policy.sublimits or len(set(forms)) < len(forms)
        return policy.by_event and not is_split

    def _event_losses(self, places: NDArray[np.uint64]) -> EventLosses:
        """As ``events.event_losses``, of single events."""
        reacted = places
        if any(each.is_secondary for each in self.scenario.parts):
            some = np.empty(len(places), dtype=np.int64)
            size = compiled.events_that_happen(
                self.key, places, np.uint64(SECONDARY_DRAW), self._reacts_below, some
            )
            some = some[:size]
            reacted = places[some]
        losses = []
        for at, part in enumerate(self.scenario.parts):
            amounts = self._cents(at, reacted if part.is_secondary else places)
            if part.is_secondary:
                all_ = np.zeros(len(places))
                all_[some] = amounts
                amounts = all_
            losses.append(amounts)
        hours = outage_of(self.scenario)
        outage = None if hours is None else hours.at(self._scores(places, OUTAGE_DRAW))
        return EventLosses(tuple(each.form for each in self.scenario.parts), tuple(losses), outage)

    def _cents(self, at: int, places: NDArray[np.uint64]) -> FloatArray:
        """What one part of the loss of these events comes to."""
        scale, table = self.scenario.magnitude * CENTS, self.tables[at]
        amounts = self._scores(places, part_draw(at))
        if table is not None:
            compiled.cents_by_table(
                amounts, table[0], FURTHEST_SCORE, NODES_A_SCORE, table[1], scale
            )
            return amounts
        amounts = self.scenario.parts[at].amount.at(amounts)
        amounts *= scale
        return np.rint(amounts, out=amounts)

    def _scores(self, places: NDArray[np.uint64], draw: int) -> FloatArray:
        """A normal score for each of these events."""
        found = np.empty(len(places))
        compiled.scores_of_events(
            self.key, places, np.uint64(draw), score_edges(), outermost_scores(), found
        )
        return found


def _slices(counts: NDArray[np.int64]) -> Iterator[slice]:
    """Years in a row that have about ``_TOGETHER`` events, one lot after the other."""
    ends = np.cumsum(counts)
    begin = before = 0
    while begin < len(counts):
        end = max(int(np.searchsorted(ends, before + _TOGETHER)), begin + 1)
        yield slice(begin, end)
        begin, before = end, int(ends[end - 1])


def _in_order(
    scores: Drawn, years: NDArray[np.int64], losses: FloatArray, by_form: dict[str, FloatArray]
) -> tuple[FloatArray, dict[str, FloatArray]]:
    """As ``ranks.ranked``; the scores are those of all years of the block."""
    claims = np.zeros((len(by_form), len(years)))
    for row, amounts in zip(claims, by_form.values(), strict=True):
        row[:] = amounts
    if compiled.put_in_order(scores, years, losses, claims):
        return losses, dict(zip(by_form, claims, strict=True))
    return ranked(scores[years].astype(np.float64), losses, by_form)


def _makers(scenario: Scenario) -> Iterator[Callable[[], object]]:
    """What makes and keeps each of a scenario's tables."""
    yield lambda: scenario.frequency.count
    for part in scenario.parts:
        yield partial(_table_of, part.amount)


def _table_of(quantity: Quantity) -> tuple[FloatArray, float] | None:
    """A quantity's values over normal scores, and its cap; None where it is none of these."""
    if isinstance(quantity, Tabulated):
        return quantity.values, np.inf
    if isinstance(quantity, Beta | Gamma):
        return quantity.table.values, np.inf
    if isinstance(quantity, Limited) and quantity.cut == np.inf:
        inner = _table_of(quantity.inner)
        return None if inner is None else (inner[0], quantity.cap)
    return None


class ByLoops:
    """Some scenarios, ready to be drawn block by block from any thread; see ``drawing.Drawing``."""

    def __init__(
        self,
        of: Sequence[Scenario],
        seed: int,
        groups: Sequence[Group],
        policy: Policy | None,
        threads: int | None = None,
    ) -> None:
        """Make the tables of all scenarios.

        Args:
            of: the scenarios.
            seed: of the report.
            groups: of correlated risks.
            policy: in cents, whose claims to keep where the yearly sum is not all that matters.
            threads: that draw at once; as many as there are processors unless stated.

        Raises:
            ValueError: a scenario is too frequent.
        """
        self._seed, self._groups, self._policy = seed, groups, policy
        self._threads = threads or _processors()
        self._memory = local()
        together = {risk_id for group in groups for risk_id in group.risk_ids}

        # A count is many short operations, of which one thread at a time does any; a table is one
        # long one. In turn, as here, there is mostly one thread at each.
        for _ in self._map(lambda make: make(), [make for each in of for make in _makers(each)]):
            pass
        self._readied = [
            Readied.of(each, seed, is_correlated=each.risk_id in together) for each in of
        ]

    def scenarios(self, block: Block) -> Iterator[YearLosses]:
        """Each scenario's losses in one block, in the order of the scenarios."""
        together = self._group_scores(block)
        room = self._room("years", np.int64, 2, block.size)
        for each in self._readied:
            drawn: Drawn | None = together.get(each.scenario.risk_id)
            if drawn is None:
                drawn = year_numbers(each.scenario, block, self._seed)
            yield each.draw(drawn, block, self._policy, room)

    def add(self, years: NDArray[np.int64], amounts: FloatArray, totals: FloatArray) -> None:
        """Add amounts to the totals of their years."""
        compiled.add_up(years, amounts, totals)

    def histogram(self, losses: FloatArray, trials: int) -> LossHistogram:
        """The histogram of the years with a loss, of so many years."""
        first, counts, sums = compiled.histogram(losses, DROPPED_BITS)
        return LossHistogram(trials, counts, sums, first)

    def some_losses(self, drawn: YearLosses, is_kept: NDArray[np.bool_]) -> SomeLosses:
        """A scenario's losses in some years of the block."""
        return compiled.some_years(drawn.years, drawn.losses, is_kept)

    def each_block(self, work: Callable[[Block], Result], trials: int) -> Iterator[Result]:
        """The work for every block, several at once, in their order."""
        return self._map(work, blocks_of(trials))

    def _map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        with ThreadPoolExecutor(self._threads) as pool:
            yield from pool.map(work, items)

    def _group_scores(self, block: Block) -> Mapping[str, NDArray[np.int32]]:
        """As ``simulate.group_scores``, in numbers of half the size."""
        found: dict[str, NDArray[np.int32]] = {}
        edges, ends = score_edges(), outermost_scores()
        for number, group in enumerate(self._groups):
            shape = len(group.risk_ids), block.size
            bits = self._room(f"bits {number}", np.uint32, *shape)
            mixed = self._room(f"scores {number}", np.int32, *shape)
            for risk_id, row in zip(group.risk_ids, bits, strict=True):
                generator = year_generator(self._seed, risk_id, block.number)
                row[:] = year_bits(generator, block.size)
            compiled.correlate(group.whole_factor, SCALE, bits, edges, ends, mixed)
            found.update(zip(group.risk_ids, mixed, strict=True))
        return found

    def _room(self, name: str, kind: type[Whole], *shape: int) -> NDArray[Whole]:
        """Memory of this thread that is used for block after block.

        Asking the system for so much takes longer than filling it.
        """
        known: dict[str, NDArray[Whole]] = vars(self._memory)
        if name not in known or known[name].shape != shape:
            known[name] = np.empty(shape, dtype=kind)
        return known[name]


def _processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
