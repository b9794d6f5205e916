"""The year's loss as figures, before and after insurance, and each point of the board's curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.money_words import fitting, interval_words, run_words
from board_report.story.page import Page
from board_report.story.risk_pictures import money_words

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import Interval, LossStatistics

METRICS = ("expected_loss", "loss_1_in_20", "loss_1_in_100", "tolerance_exceedance")
ID = "loss-in-figures"
MOST_POINTS = 6
"""Points of a curve that have room."""
Points = Sequence[tuple[float, float, float]]
"""(chance that a curve allows, its loss, chance that the model gives that loss)."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none without a simulated year, of which the page on appetite says why."""
    money = facts.measured_money
    if money is None:
        return ()
    return (
        Page(
            id=ID,
            section="The year’s loss in figures",
            title=_title(facts, money),
            context=(
                "Estimate: P10–P90 of the figure itself, from what is not known of how often and "
                "of fitted losses; before insurance."
            ),
            owners=facts.owner("CISO", "CFO"),
            sources=(
                f"Source: risk register; {run_words(money)}. Curves are held against the loss "
                "before insurance. Every figure, of each risk too: losses.csv."
            ),
            voices_room=None,
            body={
                "year": _year(facts, money),
                "is_insured": money.net is not None,
                "curves": [
                    {
                        "name": name,
                        "rows": _points(facts, points[:MOST_POINTS]),
                        "more": _more(len(points) - MOST_POINTS),
                    }
                    for name, points in _curves(money)
                    if points
                ],
            },
            metric_ids=METRICS,
        ),
    )


def _curves(money: RiskInMoney) -> list[tuple[str, Points]]:
    found = money.position
    return [("Tolerance", found.limit_exceedance), ("Appetite", found.appetite_exceedance)]


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, money: RiskInMoney) -> str:
    said = [words for name, points in _curves(money) if (words := _over(name, points))]
    if not said:
        half, worst = money.statistics.p50, money.statistics.shortfall_95
        return (
            f"Half of all years cost {money_words(facts, half)} or more; the worst 5% cost "
            f"{money_words(facts, worst)} on average"
        )
    return fitting("; ".join([said[0], *map(sentences.within, said[1:])]), said[0])


def _over(name: str, points: Points) -> str:
    """At how many points of a curve the model lies above what it allows; empty without a curve."""
    if not points:
        return ""
    over, of = sum(_is_over(*each) for each in points), len(points)
    if not over:
        return f"{name} is kept to at {_every(of)}"
    if over == of:
        return f"{name} is exceeded at {_every(of)}"
    number = formats.count_words(over)
    return f"{name} is exceeded at {number} of {formats.counted(of, 'point')} of its curve"


def _every(count: int) -> str:
    return "the one point of its curve" if count == 1 else "every point of its curve"


def _is_over(allowed: float, _: float, given: float) -> bool:
    return given > allowed


# --- rows ----------------------------------------------------------------------------------------


def _year(facts: BoardFacts, money: RiskInMoney) -> list[dict[str, str]]:
    net, expected = money.net, money.expected_interval
    estimate = money.position.estimate_1_in_20
    rows: list[tuple[str, str, Interval | None]] = [
        ("Expected, mean of a year", "expected", expected),
        ("One year in ten costs at most", "p10", None),
        ("Median year", "p50", None),
        ("One year in ten costs at least", "p90", None),
        ("1 in 20", "var_95", estimate),
        ("1 in 100", "var_99", None),
        ("Mean of the worst 5% of years", "shortfall_95", None),
        ("Mean of the worst 1% of years", "shortfall_99", None),
    ]
    return [
        {
            "name": name,
            "gross": _figure(facts, money.statistics, of),
            "net": "" if net is None else _figure(facts, net, of),
            "estimate": "" if interval is None else interval_words(facts, interval),
        }
        for name, of, interval in rows
    ]


def _figure(facts: BoardFacts, found: LossStatistics, name: str) -> str:
    return money_words(facts, float(getattr(found, name)))


def _more(count: int) -> str:
    """What the table leaves out; empty where all stand in it."""
    if count <= 0:
        return ""
    return f"{formats.counted(count, 'more point', words=False)}, in losses.csv"


def _points(facts: BoardFacts, points: Points) -> list[dict[str, str]]:
    return [
        {
            "loss": money_words(facts, loss),
            "allowed": formats.percent(allowed, 1),
            "given": formats.percent(given, 1),
            "status": "off" if given > allowed else "on",
            "word": "exceeded" if given > allowed else "kept",
        }
        for allowed, loss, given in points
    ]
