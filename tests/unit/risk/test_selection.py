"""The best set is the one that trying every set finds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from board_report.risk.selection import HAIR, Choice, Option, Product, best_choice


def by_trying_all(choice: Choice) -> tuple[str, ...] | None:
    """Least loss, then least cost, then fewest, then first by id, of every set that is allowed."""
    ids = [each.option_id for each in choice.options]
    every = (
        frozenset(some)
        for size in range(len(ids) + 1)
        for some in itertools.combinations(ids, size)
    )
    allowed = [each for each in every if is_allowed(choice, each)]
    if not allowed:
        return None
    best = min(map(choice.loss, allowed))
    near = [each for each in allowed if choice.loss(each) <= best * (1 + HAIR)]
    least = min(map(choice.cost, near))
    cheap = [each for each in near if choice.cost(each) <= least * (1 + HAIR)]
    found = min(cheap, key=lambda each: (len(each), sorted(each)))
    return tuple(each for each in ids if each in found)


def is_allowed(choice: Choice, chosen: frozenset[str]) -> bool:
    known = {each.option_id for each in choice.options}
    for each in choice.options:
        if each.option_id not in chosen:
            if each.must_stay:
                return False
            continue
        if any(other in known and other not in chosen for other in each.requires):
            return False
        if any(other in chosen for other in each.excludes):
            return False
    return choice.cost(chosen) <= choice.budget * (1 + HAIR)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    """Up to ten options in any order, five products, with rules, ties and unknown ids."""
    ids = draw(st.permutations([f"I{at}" for at in range(draw(st.integers(1, 10)))]))
    reductions = st.sampled_from([-0.5, -0.1, 0.05, 0.1, 0.3, 0.3, 0.7, 1.0]) | st.floats(-1, 1)
    costs = st.sampled_from([0.0, 1.0, 2.0, 2.0, 5.0]) | st.floats(0.01, 9)

    def some(own: str, odds: int) -> tuple[str, ...]:
        others = [each for each in (*ids, "nobody") if each != own]
        rare = draw(st.integers(0, odds)) == 0
        return tuple(draw(st.lists(st.sampled_from(others), max_size=2))) if rare else ()

    options = tuple(
        Option(each, draw(costs), draw(st.integers(0, 9)) == 0, some(each, 4), some(each, 5))
        for each in ids
    )
    products = tuple(
        Product(
            draw(st.sampled_from([0.0, 100.0, 1e3]) | st.floats(1, 1e4)),
            {each: 1 - draw(reductions) for each in ids if draw(st.booleans())},
        )
        for _ in range(draw(st.integers(0, 5)))
    )
    return Choice(options, products, draw(st.sampled_from([0.0, 3.0, 8.0, 20.0])))


@given(choices())
@settings(max_examples=150, deadline=None)
def test_it_is_the_best_of_all(choice: Choice) -> None:
    """With requirements, exclusions, what must stay, and what adds to losses."""
    assert best_choice(choice) == by_trying_all(choice)


def test_the_second_on_one_risk_buys_less() -> None:
    """Two that halve one risk leave a quarter; one that takes 0.3 of another is better beside."""
    choice = Choice(
        (Option("A", 1), Option("B", 1), Option("C", 1)),
        (Product(100, {"A": 0.5, "B": 0.5}), Product(100, {"C": 0.7})),
        2,
    )
    assert best_choice(choice) == ("A", "C")
    assert choice.loss(("A", "C")) == 50 + 70
    assert choice.loss(("A", "B")) == 25 + 100


def test_of_the_same_loss_the_cheaper_and_then_the_first() -> None:
    """What changes no loss is left out, and one of two alike is chosen by its id."""
    alike = Product(100, {"C": 0.5, "B": 0.5})
    options = (Option("C", 2), Option("B", 2), Option("A", 1))
    assert best_choice(Choice(options, (alike,), 3)) == ("B",)
    cheaper = (Option("C", 1), *options[1:])
    assert best_choice(Choice(cheaper, (alike,), 2)) == ("C",)


def test_what_is_required_comes_along() -> None:
    """At any remove, and only where the budget allows all of it."""
    options = (Option("A", 1, requires=("B",)), Option("B", 1, requires=("C", "D")), Option("C", 1))
    product = Product(100, {"A": 0.5})
    assert best_choice(Choice(options, (product,), 3)) == ("A", "B", "C")
    assert best_choice(Choice(options, (product,), 2.5)) == ()


def test_a_circle_of_requirements_stands_or_falls_together() -> None:
    """Each needs the other."""
    options = (Option("A", 1, requires=("B",)), Option("B", 1, requires=("A",)))
    assert best_choice(Choice(options, (Product(100, {"A": 0.9}),), 2)) == ("A", "B")
    assert best_choice(Choice(options, (Product(100, {"A": 0.9}),), 1)) == ()


def test_what_must_stay_is_kept_though_it_adds() -> None:
    """And nothing is allowed where it costs more than there is."""
    options = (Option("A", 2, must_stay=True), Option("B", 1))
    products = (Product(100, {"A": 1.2, "B": 0.5}),)
    assert best_choice(Choice(options, products, 2)) == ("A",)
    assert best_choice(Choice(options, products, 3)) == ("A", "B")
    assert best_choice(Choice(options, products, 1.9)) is None


def test_a_budget_that_is_just_enough_is_enough() -> None:
    """Costs of thirds add up to a budget of their sum."""
    options = tuple(Option(f"I{at}", 1e6 / 3) for at in range(7))
    products = tuple(Product(100, {each.option_id: 0.5}) for each in options)
    everything = tuple(each.option_id for each in options)
    assert best_choice(Choice(options, products, 7e6 / 3)) == everything
    assert best_choice(Choice(options, products, 7e6 / 3 - 1)) == everything[:6]


def noisy() -> Choice:
    """Ten options over twelve risks, drawn so that the solver of today's SciPy speaks up."""
    import random

    draw = random.Random(1)
    options = tuple(
        Option(
            f"I{at:02}",
            draw.randint(1, 50) * 1e5,
            draw.random() < 0.05,
            tuple(f"I{draw.randrange(10):02}" for _ in range(draw.random() < 0.2)),
        )
        for at in range(10)
    )
    left: list[dict[str, float]] = [{} for _ in range(12)]
    for each in options:
        for at in draw.sample(range(12), 2):
            left[at][each.option_id] = 1 - draw.uniform(-0.1, 0.5)
    products = tuple(Product(draw.lognormvariate(14, 1), each) for each in left)
    return Choice(options, products, 0.8 * sum(each.cost for each in options))


def test_the_solver_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Standard output is for results."""
    assert best_choice(noisy()) == by_trying_all(noisy())
    assert capfd.readouterr().out == ""


@example(scale=1.0)
@given(scale=st.floats(1e-3, 1e6))
@settings(max_examples=15, deadline=None)
def test_the_unit_of_money_chooses_nothing(scale: float) -> None:
    """Cents or millions."""
    choice = noisy()
    other = Choice(
        tuple(
            Option(each.option_id, each.cost * scale, each.must_stay, each.requires)
            for each in choice.options
        ),
        tuple(Product(each.base * scale, each.left) for each in choice.products),
        choice.budget * scale,
    )
    assert best_choice(other) == best_choice(choice)
