"""Last year's forecasts against what happened: how far the model's words can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.forecast_rows import (
    MOST_PROMISES,
    forecasts_table,
    misses_first,
    promises_figure,
    shown_count,
)
from board_report.story.money_words import fitting, interval_words
from board_report.story.page import FigureSpec, Page
from board_report.story.risk_pictures import money_words

if TYPE_CHECKING:
    from board_report.risk.records import BackTest

METRICS = ("expected_loss",)
ID = "back-test"
LEVEL = 0.9
"""Chance that each interval was meant to hold."""
FEW = 3
"""Up to so many forecasts are too few to judge by."""
UNLIKELY = 0.05
"""Chance below which so many hits are not put down to luck."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none without a model, and one that says what is missing without a history."""
    money = facts.measured_money
    if money is None:
        return ()
    test, has_voices = money.back_test, facts.has_voices(ID)
    if test is None or not test.rows:
        why_not = money.back_test_obstacle or "no forecast is a year old"
        return (_untested(facts, why_not, has_voices),)
    figures: dict[str, FigureSpec] = {"forecasts": forecasts_table(facts, test, has_voices)}
    if test.promises:
        figures["promises"] = promises_figure(test.promises)
    return (
        Page(
            id=ID,
            section="Forecasts of loss against outcomes",
            title=_title(facts, test),
            context=_context(test),
            owners=facts.owner("CISO", "CFO"),
            sources=(
                f"Source: register of {test.made_in}, incidents of {test.first} to {test.last}. "
                "Brier: mean squared error of the chances; log score: mean surprise; 0 is "
                "perfect. Definitions: appendix."
            ),
            body={
                "has_voices": has_voices,
                "is_tested": True,
                "more": _more(test),
                "few": _few(test),
                "scores": _scores(facts, test),
                "has_promises": bool(test.promises),
                "promises_more": (
                    f"{formats.counted(len(test.promises) - MOST_PROMISES, 'more', 'more')} due"
                    if len(test.promises) > MOST_PROMISES
                    else ""
                ),
            },
            figures=figures,
            metric_ids=METRICS,
        ),
    )


def _untested(facts: BoardFacts, why_not: str, has_voices: bool) -> Page:
    """Large, and with what to give: no empty picture."""
    year_ago = facts.project.quarter.shift(-4)
    return Page(
        id=ID,
        section="Forecasts of loss against outcomes",
        title=f"The loss figures have not been tested yet: {why_not}",
        context="",
        owners=facts.owner("CISO", "CFO"),
        sources="A forecast is judged once its year is over. Definitions: appendix.",
        body={
            "has_voices": has_voices,
            "is_tested": False,
            "big": "Not tested",
            "text": (
                "Nothing here says yet whether the chances and losses in this report come true. "
                "Until it does, read them as estimates of those who made them."
            ),
            "gives": [
                f"The register as it stood in the {year_ago.words.lower()}: rows of that quarter "
                "in ciso/risk_register.csv.",
                "For each incident since, the risk that it belongs to, and what it cost.",
                "For each initiative that is in place, the reduction that was promised, and "
                "since when it acts.",
            ],
        },
    )


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, test: BackTest) -> str:
    start = _coverage(test)
    end = _year(facts, test)
    if test.brier > test.brier_reference:
        worse = "the chances told less than an average would have"
        return fitting(f"{start}; {worse}", f"{start}; {end}", start)
    return fitting(f"{start}; {end}", start)


def _coverage(test: BackTest) -> str:
    """Whether as many forecasts held as their intervals promised."""
    count, inside = len(test.rows), test.inside
    if count == 1:
        return f"The one forecast of a year ago {'held' if inside else 'did not hold'}"
    held = (
        f"{'Both' if count == 2 else f'All {formats.count_words(count)}'} forecasts of a year ago"
        " held"
        if inside == count
        else f"{sentences.capital(formats.count_words(inside)) if inside else 'None'} of "
        f"{formats.count_words(count)} forecasts of a year ago held"
    )
    if test.calibration_p < UNLIKELY and inside < LEVEL * count:
        return f"{held}: too few, so the intervals are too narrow"
    if test.calibration_p < UNLIKELY:
        return f"{held}: too many, so the intervals are too wide"
    return held if inside == count else f"{held}, as 90% intervals should"


def _year(facts: BoardFacts, test: BackTest) -> str:
    if test.total_loss is None:
        return "what the year cost is not known yet"
    loss, interval = money_words(facts, test.total_loss), test.total_interval
    if test.total_loss > interval.high:
        return f"the year cost {loss}, more than its interval holds"
    if test.total_loss < interval.low:
        return f"the year cost {loss}, less than its interval holds"
    return f"the year cost {loss}, inside its interval"


def _context(test: BackTest) -> str:
    start = f"Forecast with the register of {test.made_in} for {test.first} to {test.last}."
    left = [
        words
        for count, words in (
            (test.unassigned, f"{formats.counted(test.unassigned, 'incident')} naming no risk"),
            (test.uncosted, f"{formats.counted(test.uncosted, 'incident')} without a cost yet"),
        )
        if count
    ]
    if not left:
        return f"{start} Every incident of the year names its risk and its cost."
    return f"{start} Not judged: {formats.listed(left)}."


def _more(test: BackTest) -> str:
    rest = misses_first(test.rows)[shown_count(test.rows) :]
    if not rest:
        return ""
    inside = sum(each.is_inside for each in rest)
    others = formats.counted(len(rest), "other", words=False)
    if inside == len(rest):
        return f"{others}, inside {'its interval' if len(rest) == 1 else 'their intervals'}"
    return f"{others}, {formats.number(inside)} of them inside"


def _few(test: BackTest) -> dict[str, str]:
    """Words for a test of so few forecasts that luck decides it."""
    count = len(test.rows)
    if count > FEW:
        return {}
    return {
        "head": f"{sentences.capital(formats.counted(count, 'forecast'))} "
        f"{'says' if count == 1 else 'say'} little",
        "text": (
            "A forecaster who is right nine times in ten misses one in ten by chance alone, and a "
            "poor one may hit a few. It takes some ten forecasts to tell the two apart; each year "
            "and each risk with an interval adds one."
        ),
    }


def _scores(facts: BoardFacts, test: BackTest) -> list[dict[str, str]]:
    """How good the forecasts were, each beside what it is to be held against."""
    count = len(test.rows)
    total = test.total_loss
    return [
        {
            "name": "Inside 90% intervals",
            "value": f"{formats.number(test.inside)} of {formats.number(count)}",
            "beside": f"{formats.number(LEVEL * count, 1)} expected",
        },
        {
            "name": "Chance of such a count",
            "value": formats.percent(test.calibration_p),
            "beside": "if all are right",
        },
        {
            "name": "Brier score",
            "value": formats.number(test.brier, 3),
            "beside": f"{formats.number(test.brier_reference, 3)} for the mean",
        },
        {"name": "Log score", "value": formats.number(test.log_score, 3), "beside": ""},
        {
            "name": "Loss of the year",
            "value": "not known" if total is None else money_words(facts, total),
            "beside": interval_words(facts, test.total_interval),
        },
    ]
