"""Risk in money: the year's loss against appetite and tolerance, and the risks that make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import Page
from board_report.story.risk_pictures import (
    FEW_RISKS,
    LONGEST_NAME,
    RISKS_ALONE,
    curve_figure,
    distance,
    in_sentence,
    money_words,
    risks_figure,
)

if TYPE_CHECKING:
    from board_report.risk.position import RiskPosition

METRICS = ("expected_loss", "loss_1_in_20", "loss_1_in_100", "tolerance_exceedance")


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, also without a register, without tolerance and without insurance."""
    risk, has_voices = facts.measured_risk, facts.has_voices("risk-against-appetite")
    return (
        Page(
            id="risk-against-appetite",
            section="Risk against appetite",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO", "CFO"),
            sources=_sources(facts),
            body={
                "has_voices": has_voices,
                "has_risks": risk is not None,
                "curve_unit": "before and after insurance" if _insured(facts) else "not insured",
                "risks_title": _risks_title(risk),
                "year": _year(facts),
                "has_room": risk is not None and len(risk.top) <= FEW_RISKS,
                "others": _others(facts, RISKS_ALONE),
                "absent": _absent(facts),
            },
            figures={
                "curve": curve_figure(facts, 420 if has_voices else 494),
                **({"risks": risks_figure(facts, risk, has_voices)} if risk else {}),
            },
            metric_ids=METRICS,
        ),
    )


def _insured(facts: BoardFacts) -> bool:
    return facts.project.risk.insurance is not None


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    risk = facts.measured_risk
    if risk is None:
        if facts.is_loss_withheld:
            return f"Loss in money is withheld: {_why_withheld(facts)}"
        if facts.tables.measured("risk_register"):
            quarter = facts.project.quarter
            return f"The risk register has no risk with an interval for the {quarter.words.lower()}"
        return "Loss in money is not measured: no risk register was given"
    loss = money_words(facts, risk.loss_1_in_20)
    start = (
        f"One year in 20 would cost {loss} or more"
        if risk.loss_1_in_20
        else "Nineteen years in 20 would cost nothing"
    )
    against = _against(facts, risk)
    return f"{start}{against}; {_largest(risk)}" if _largest(risk) else f"{start}{against}"


def _why_withheld(facts: BoardFacts) -> str:
    """What of the register cannot be used; the model does not run where a risk is faulty."""
    if facts.risk is None:
        return "a risk cannot be taken as it stands"
    return "too much of the risk register was set aside"


def _against(facts: BoardFacts, risk: RiskPosition) -> str:
    if risk.tolerance_1_in_20 is None:
        return "; no tolerance is set"
    apart = distance(facts, risk)
    return f", {apart}" if apart else ", just what we tolerate"


def _largest(risk: RiskPosition) -> str:
    share = risk.largest_share
    if share is None:
        return ""
    name = in_sentence(risk.top[0].short_title)
    if len(name) > LONGEST_NAME:
        name = "the largest risk"
    if len(risk.top) == 1:
        return f"all of it comes from {name}"
    return f"{name} is {formats.percent(share)} of expected loss"


def _context(facts: BoardFacts) -> str:
    risk = facts.measured_risk
    if risk is None:
        set_on = facts.project.risk.set_on
        when = f" of {formats.day(set_on)}" if set_on else ""
        return f"Drawn: what the Board set by its resolution{when}." if _has_limits(facts) else ""
    start = f"Expected loss is {money_words(facts, risk.expected_loss)} a year"
    net = risk.net_1_in_20
    if net is not None and risk.loss_1_in_20:
        start += f"; insurance leaves {money_words(facts, net)} of the 1-in-20 year to us"
    if risk.estimate_1_in_20 is not None:
        low, high = (
            money_words(facts, each)
            for each in (risk.estimate_1_in_20.low, risk.estimate_1_in_20.high)
        )
        return f"{start}. The 1-in-20 estimate is uncertain: P10–P90 {low} to {high}."
    low, high = (money_words(facts, each) for each in risk.loss_1_in_20_error)
    if low == high:
        return f"{start}."
    return f"{start}. By simulation alone, 1 in 20 lies between {low} and {high} (95%)."


def _has_limits(facts: BoardFacts) -> bool:
    return bool(facts.project.risk.tolerance or facts.project.risk.appetite)


def _sources(facts: BoardFacts) -> str:
    risk, settings = facts.measured_risk, facts.project.risk
    limits = ""
    if _has_limits(facts) and settings.set_on:
        limits = (
            f" Appetite and tolerance: Board, {formats.day(settings.set_on)}, before insurance."
        )
    if risk is None:
        why = "withheld" if facts.is_loss_withheld else "not given for this quarter"
        return f"Source: risk register ({why}).{limits} Definitions: appendix."
    left = ""
    if risk.unquantified:
        number = sentences.capital(formats.counted(risk.unquantified, "risk"))
        left = f" {number} without an interval left out."
    years = formats.number(risk.trials)
    money = facts.measured_money
    together = "correlated" if money is not None and money.correlated else "independent"
    return (
        f"Source: risk register; {years} simulated years, seed {risk.seed}, risks {together}."
        f"{left}{limits} Definitions: appendix."
    )


def _risks_title(risk: RiskPosition | None) -> str:
    if risk is None:
        return ""
    return "The one risk" if len(risk.top) == 1 else "Largest risks"


def _absent(facts: BoardFacts) -> dict[str, str] | None:
    """What is missing and which file to give, where there is no risk position."""
    if facts.measured_risk is not None:
        return None
    if facts.is_loss_withheld:
        is_faulty = facts.risk is None
        return {
            "head": "Withheld.",
            "text": (
                "What is told of one of the risks contradicts itself or lacks a part, and a loss "
                "without it would look smaller than it is."
                if is_faulty
                else "More rows of the register were set aside than a figure may rest on. What is "
                "left would make the loss look smaller than it is."
            ),
            "mend": (
                "Mend what `board-report check` names as an error of the risk register or its "
                "inputs."
                if is_faulty
                else "Mend the rows set aside; data quality, in the appendix, counts them."
            ),
        }
    if facts.tables.measured("risk_register"):
        return {
            "head": "No interval for this quarter.",
            "text": (
                "The register was given, and none of its rows has this quarter and intervals above "
                "zero. Without them no loss can be simulated, and a loss of zero is not claimed."
            ),
            "mend": "Give each risk events_low, events_high, loss_low and loss_high.",
        }
    return {
        "head": "Not measured.",
        "text": (
            "Whether the company stands within its appetite cannot be said. Each risk needs two "
            "90% intervals: how often in a year, and how much each time."
        ),
        "mend": "Give ciso/risk_register.csv.",
    }


def _year(facts: BoardFacts) -> list[dict[str, str]]:
    """The distribution of the year's loss as figures."""
    risk = facts.measured_risk
    if risk is None:
        return []
    rows = [
        ("Expected", money_words(facts, risk.expected_loss)),
        ("1 in 20", money_words(facts, risk.loss_1_in_20)),
        ("1 in 100", money_words(facts, risk.loss_1_in_100)),
    ]
    if risk.net_1_in_20 is not None:
        rows.append(("1 in 20, after insurance", money_words(facts, risk.net_1_in_20)))
    if risk.tolerance_exceedance is not None:
        chance = formats.percent(risk.tolerance_exceedance, 1)
        rows.append(("Chance over tolerance", chance))
    return [{"name": name, "value": value} for name, value in rows]


def _others(facts: BoardFacts, shown: int) -> str:
    """What the risks not shown come to: ``5 others: $1.03M``; empty where all are shown."""
    risk = facts.measured_risk
    if risk is None or len(risk.top) <= shown:
        return ""
    others = formats.counted(len(risk.top) - shown, "other", words=False)
    return f"{others}: {money_words(facts, risk.expected_loss_beyond(shown))} expected a year"


# --- pictures ------------------------------------------------------------------------------------
