"""The best set of initiatives that a budget allows, exactly, as a mixed-integer program.

Expected loss is a sum over scenarios of a base times what each chosen initiative leaves of it: a
product, so that the second of two initiatives on one risk buys less than the first. With a binary
x for each initiative the product is a chain of steps, y_0 = base and y_j = y_(j-1) (1 - r_j x_j).
Each step is written as four linear inequalities that are exact for x of 0 or 1 (McCormick 1976):
with L <= y_(j-1) <= U and r_j > 0 (bounds change places where r_j < 0),

    r_j L x_j        <=  y_(j-1) - y_j              <=  r_j U x_j
    r_j L (1 - x_j)  <=  y_j - (1 - r_j) y_(j-1)    <=  r_j U (1 - x_j).

HiGHS solves it; what it finds is computed again from the product, since a solver's tolerances are
wider than what is told apart here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from board_report.risk.binary_program import BinaryProgram

HAIR = 1e-9
"""Losses and costs that differ by a smaller share count as equal."""
SOLVER_HAIR = 1e-6
"""Share within which the solver may mistake one loss for another."""
MOST_TRIED = 200
"""Sets as good as the best within the solver's tolerance that are compared at most."""


@dataclass(frozen=True)
class Option:
    """One initiative to choose or not."""

    option_id: str
    cost: float
    """A year; not negative."""
    must_stay: bool = False
    requires: tuple[str, ...] = ()
    """An id that is not among the options asks for nothing."""
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Product:
    """Expected loss of one scenario: a base times what each chosen option leaves of it."""

    base: float
    """With none of the options; not negative."""
    left: Mapping[str, float]
    """Option to what it leaves, not negative; above 1 where it adds."""

    def loss(self, chosen: Collection[str]) -> float:
        """Expected loss a year with these options."""
        return self.base * math.prod(left for each, left in self.left.items() if each in chosen)


@dataclass(frozen=True)
class Choice:
    """Options, what they do to the expected loss, and what they may cost together."""

    options: tuple[Option, ...]
    products: tuple[Product, ...]
    budget: float

    def loss(self, chosen: Collection[str]) -> float:
        """Total expected loss a year."""
        return math.fsum(each.loss(chosen) for each in self.products)

    def cost(self, chosen: Collection[str]) -> float:
        """Cost a year."""
        return math.fsum(each.cost for each in self.options if each.option_id in chosen)

    @cached_property
    def by_id(self) -> dict[str, Option]:
        """The options by their ids."""
        return {each.option_id: each for each in self.options}

    @cached_property
    def acting(self) -> frozenset[str]:
        """The options that change the expected loss at all."""
        return frozenset(
            option
            for product in self.products
            if product.base > 0
            for option, left in product.left.items()
            if left != 1
        )

    @cached_property
    def kept(self) -> frozenset[str]:
        """The options that no budget may drop."""
        return frozenset(each.option_id for each in self.options if each.must_stay)

    def closure(self, wanted: Iterable[str]) -> frozenset[str]:
        """The options with all that they require, at any remove: the least set that holds them."""
        found: set[str] = set()
        waiting = list(wanted)
        while waiting:
            option = waiting.pop()
            if option in self.by_id and option not in found:
                found.add(option)
                waiting += self.by_id[option].requires
        return frozenset(found)

    def clashes(self, chosen: Collection[str]) -> Iterator[tuple[str, str]]:
        """Pairs of them that exclude each other, whichever of the two says so."""
        for option in self.options:
            for other in option.excludes:
                if {option.option_id, other} <= set(chosen) and other != option.option_id:
                    yield option.option_id, other

    def is_within_budget(self, chosen: Collection[str]) -> bool:
        """Whether they cost no more than the budget."""
        return self.cost(chosen) <= self.budget * (1 + HAIR)


def best_choice(choice: Choice) -> tuple[str, ...] | None:
    """The set with least expected loss that the budget allows; None where it allows none.

    Of sets whose losses differ by less than ``HAIR`` the cheapest, of those the one with the fewest
    options, and of those the first by its sorted ids, so that there is one answer.

    Returns:
        Ids in the order of the options.
    """
    known: list[frozenset[str]] = []
    tried: list[frozenset[str]] = []
    best = math.inf
    while len(tried) < MOST_TRIED:
        at_most = best * (1 + SOLVER_HAIR)
        acting = _solve(choice, tried, at_most)
        if acting is None:
            break
        tried.append(acting)
        # Nothing but what acts, must stay or is required by these: the least cost for this loss.
        chosen = choice.closure(acting | choice.kept)
        if choice.is_within_budget(chosen) and choice.loss(chosen) <= at_most:
            known.append(chosen)
            best = min(best, choice.loss(chosen))
        if not choice.acting:
            break
    if not known:
        return None
    found = _first(choice, known, best)
    return tuple(each.option_id for each in choice.options if each.option_id in found)


def _first(choice: Choice, known: Sequence[frozenset[str]], best: float) -> frozenset[str]:
    near = [each for each in known if choice.loss(each) <= best * (1 + HAIR)]
    least = min(choice.cost(each) for each in near)
    cheap = [each for each in near if choice.cost(each) <= least * (1 + HAIR)]
    return min(cheap, key=lambda each: (len(each), sorted(each)))


# --- the program ----------------------------------------------------------------------------------

_FINE = 1e4
"""Losses are counted in this part of the whole, since the solver stops at a gap of 1e-6."""
_LEAST_PART = 1e-4
"""The least part of the loss without any option that losses are counted in."""
_NEGLIGIBLE = 1e-8
"""Smaller numbers in a row are taken for nothing by the solver."""


def _solve(
    choice: Choice, tried: Sequence[frozenset[str]], at_most: float
) -> frozenset[str] | None:
    """What acts on the loss in a set of least loss; none that was tried, and none above a loss."""
    program = BinaryProgram()
    options = {each.option_id: program.column(float(each.must_stay), 1) for each in choice.options}
    _ask_for_rules(program, choice, options)
    # Once a set is known its loss is the unit, so that the solver's tolerances are shares of it.
    whole = math.fsum(each.base for each in choice.products) or 1.0
    if at_most < math.inf:
        whole = max(at_most, whole * _LEAST_PART)
    ends = [
        _chain(program, replace(each, base=each.base / whole), options) for each in choice.products
    ]
    if at_most < math.inf:
        program.row(dict.fromkeys(ends, 1.0), high=at_most / whole)
    for others in tried:
        # At least one of those that act differs.
        signs = {options[each]: -1.0 if each in others else 1.0 for each in choice.acting}
        program.row(signs, low=1.0 - len(others))
    found = program.solve(dict.fromkeys(ends, _FINE), len(options))
    if found is None:
        return None
    return frozenset(each for each in choice.acting if found[options[each]] > 0.5)


def _ask_for_rules(program: BinaryProgram, choice: Choice, options: Mapping[str, int]) -> None:
    """The budget, a hair wider than it is, and what options say of one another."""
    unit = choice.budget or 1.0
    costs = {options[each.option_id]: each.cost / unit for each in choice.options if each.cost}
    program.row(costs, high=choice.budget / unit * (1 + SOLVER_HAIR))
    for each in choice.options:
        own = options[each.option_id]
        for other in each.requires:
            if other in options and options[other] != own:
                program.row({own: 1.0, options[other]: -1.0}, high=0.0)
        for other in each.excludes:
            if other in options and options[other] != own:
                program.row({own: 1.0, options[other]: 1.0}, high=1.0)


def _chain(program: BinaryProgram, product: Product, options: Mapping[str, int]) -> int:
    """The column of a scenario's loss."""
    lowest = highest = product.base
    before = program.column(lowest, highest)
    # What leaves least comes first: the steps after it have less to bound, and HiGHS is faster.
    for option, left in sorted(product.left.items(), key=lambda each: (each[1], each[0])):
        if left == 1 or not product.base:
            continue
        on, after = options[option], program.column(0.0, highest * max(left, 1.0))
        # Written without y x itself: divided by a small r it would take the solver's tolerances
        # along, and wrong sets come out as optimal.
        ends = sorted(((1 - left) * lowest, (1 - left) * highest))
        gone = {before: 1.0, after: -1.0}
        program.row({**gone, on: -ends[0]}, low=0.0)
        program.row({**gone, on: -ends[1]}, high=0.0)
        rest = {after: 1.0, before: -left}
        program.row({**rest, on: ends[0]}, low=ends[0])
        program.row({**rest, on: ends[1]}, high=ends[1])
        lowest, highest = lowest * min(left, 1.0), highest * max(left, 1.0)
        lowest = lowest if lowest > _NEGLIGIBLE else 0.0
        before = after
    return before
