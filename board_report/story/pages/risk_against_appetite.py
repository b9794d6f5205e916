"""Risk in money: the year's loss against appetite and tolerance, and the risks that make it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.metrics.declare import Unit
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec, Page

if TYPE_CHECKING:
    from board_report.project import CurvePoint
    from board_report.risk.position import RiskPosition, TopRisk

METRICS = ("expected_loss", "loss_1_in_20", "loss_1_in_100", "tolerance_exceedance")
RISKS_BESIDE_VOICES = 7
RISKS_ALONE = 7
FEW_RISKS = 4
"""Up to so many leave room for the year's figures under them in the narrow column."""
LONGEST_NAME = 34
"""Letters of a risk's short title that fit into the page's title."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, also without a register, without tolerance and without insurance."""
    risk, has_voices = facts.risk, _has_voices(facts)
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
                "curve": _curve(facts, 420 if has_voices else 494),
                **({"risks": _risks(facts, risk, has_voices)} if risk else {}),
            },
            metric_ids=METRICS,
        ),
    )


def _has_voices(facts: BoardFacts) -> bool:
    said = facts.commentary.get("risk-against-appetite")
    return said is not None and bool(said.means or said.does or said.needs)


def _insured(facts: BoardFacts) -> bool:
    return facts.project.risk.insurance is not None


def _money(facts: BoardFacts, value: float) -> str:
    return formats.money(value, facts.currency)


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    risk = facts.risk
    if risk is None:
        if facts.tables.measured("risk_register"):
            quarter = facts.project.quarter
            return f"The risk register has no risk with an interval for the {quarter.words.lower()}"
        return "Loss in money is not measured: no risk register was given"
    loss = _money(facts, risk.loss_1_in_20)
    start = (
        f"One year in 20 would cost {loss} or more"
        if risk.loss_1_in_20
        else "Nineteen years in 20 would cost nothing"
    )
    against = _against(facts, risk)
    return f"{start}{against}; {_largest(risk)}" if _largest(risk) else f"{start}{against}"


def _against(facts: BoardFacts, risk: RiskPosition) -> str:
    if risk.tolerance_1_in_20 is None:
        return "; no tolerance is set"
    apart = _apart(facts, risk)
    return f", {apart}" if apart else ", just what we tolerate"


def _apart(facts: BoardFacts, risk: RiskPosition) -> str:
    """``$3.3M over tolerance``, in the printed digits; empty when they are the same."""
    limit, loss = risk.tolerance_1_in_20, risk.loss_1_in_20
    if limit is None or _money(facts, loss) == _money(facts, limit):
        return ""
    gap = formats.difference(loss, limit, Unit.MONEY, facts.currency)
    return f"{gap} {'over' if loss > limit else 'under'} tolerance"


def _largest(risk: RiskPosition) -> str:
    share = risk.largest_share
    if share is None:
        return ""
    name = _in_sentence(risk.top[0].short_title)
    if len(name) > LONGEST_NAME:
        name = "the largest risk"
    if len(risk.top) == 1:
        return f"all of it comes from {name}"
    return f"{name} is {formats.percent(share)} of expected loss"


def _in_sentence(title: str) -> str:
    """Lower the first letter, unless the word is an abbreviation (``EDI outage``)."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _context(facts: BoardFacts) -> str:
    risk = facts.risk
    if risk is None:
        set_on = facts.project.risk.set_on
        when = f" of {formats.day(set_on)}" if set_on else ""
        return f"Drawn: what the Board set by its resolution{when}." if _has_limits(facts) else ""
    start = f"Expected loss is {_money(facts, risk.expected_loss)} a year"
    net = risk.net_1_in_20
    if net is not None and risk.loss_1_in_20:
        start += f"; insurance leaves {_money(facts, net)} of the 1-in-20 year to us"
    low, high = (_money(facts, each) for each in risk.loss_1_in_20_error)
    if low == high:
        return f"{start}."
    return f"{start}. By simulation alone, 1 in 20 lies between {low} and {high} (95%)."


def _has_limits(facts: BoardFacts) -> bool:
    return bool(facts.project.risk.tolerance or facts.project.risk.appetite)


def _sources(facts: BoardFacts) -> str:
    risk, settings = facts.risk, facts.project.risk
    limits = ""
    if _has_limits(facts) and settings.set_on:
        limits = (
            f" Appetite and tolerance: Board, {formats.day(settings.set_on)}, before insurance."
        )
    if risk is None:
        return f"Source: risk register (not given for this quarter).{limits} Definitions: appendix."
    left = (
        f" {sentences.capital(formats.counted(risk.unquantified, 'risk'))} without an interval left out."
        if risk.unquantified
        else ""
    )
    years = formats.number(risk.trials)
    return (
        f"Source: risk register; {years} simulated years, seed {risk.seed}, risks independent."
        f"{left}{limits} Definitions: appendix."
    )


def _risks_title(risk: RiskPosition | None) -> str:
    if risk is None:
        return ""
    return "The one risk" if len(risk.top) == 1 else "Largest risks"


def _absent(facts: BoardFacts) -> dict[str, str] | None:
    """What is missing and which file to give, where there is no risk position."""
    if facts.risk is not None:
        return None
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
        "mend": "Give the table risk_register, as ciso/risk_register.csv.",
    }


def _year(facts: BoardFacts) -> list[dict[str, str]]:
    """The distribution of the year's loss as figures."""
    risk = facts.risk
    if risk is None:
        return []
    rows = [
        ("Expected", _money(facts, risk.expected_loss)),
        ("1 in 20", _money(facts, risk.loss_1_in_20)),
        ("1 in 100", _money(facts, risk.loss_1_in_100)),
    ]
    if risk.net_1_in_20 is not None:
        rows.append(("1 in 20, after insurance", _money(facts, risk.net_1_in_20)))
    if risk.tolerance_exceedance is not None:
        chance = formats.percent(risk.tolerance_exceedance, 1)
        rows.append(("Chance over tolerance", chance))
    return [{"name": name, "value": value} for name, value in rows]


def _others(facts: BoardFacts, shown: int) -> str:
    """What the risks not shown come to: ``5 others: $1.03M``; empty where all are shown."""
    risk = facts.risk
    if risk is None or len(risk.top) <= shown:
        return ""
    others = formats.counted(len(risk.top) - shown, "other", words=False)
    return f"{others}: {_money(facts, risk.expected_loss_beyond(shown))} expected a year"


# --- pictures ------------------------------------------------------------------------------------


def _curve(facts: BoardFacts, width: float) -> FigureSpec:
    risk, settings = facts.risk, facts.project.risk
    insurance = settings.insurance
    return FigureSpec(
        kind="exceedance",
        data={
            "gross": list(risk.exceedance) if risk else [],
            "net": list(risk.net_exceedance) if risk else [],
            "tolerance": _points(settings.tolerance),
            "appetite": _points(settings.appetite),
            "currency": facts.currency,
            "names": {
                "gross": "Before insurance" if insurance else "Loss",
                "net": "After insurance",
                "tolerance": "Tolerance",
                "appetite": "Appetite",
            },
            "year_20": _year_20(facts, risk) if risk else None,
            "year_100": (
                {"loss": risk.loss_1_in_100, "label": _money(facts, risk.loss_1_in_100)}
                if risk
                else None
            ),
            "layer": (
                {
                    "low": insurance.retention,
                    "high": insurance.retention + insurance.limit,
                    "label": (
                        f"Insured: {_money(facts, insurance.limit)} above "
                        f"{_money(facts, insurance.retention)}"
                    ),
                }
                if insurance
                else None
            ),
            **_payers(facts),
            "empty": "losses not measured",
        },
        width=width,
        height=306,
        alt=_curve_alt(facts),
    )


def _points(curve: Sequence[CurvePoint]) -> list[tuple[float, float]]:
    return [(point.probability, point.loss) for point in curve]


def _year_20(facts: BoardFacts, risk: RiskPosition) -> dict[str, object]:
    over = risk.tolerance_1_in_20 is not None and risk.loss_1_in_20 > risk.tolerance_1_in_20
    net = risk.net_1_in_20
    return {
        "loss": risk.loss_1_in_20,
        "label": _money(facts, risk.loss_1_in_20)
        + (" before insurance" if net is not None else ""),
        "verdict": _apart(facts, risk),
        "status": "none" if risk.tolerance_1_in_20 is None else "off" if over else "on",
        "net_loss": net,
        "net_label": "" if net is None else _money(facts, net),
    }


def _payers(facts: BoardFacts) -> dict[str, object]:
    """Our retention, the insurers, and ours above the layer, laid along the money axis."""
    risk, insurance = facts.risk, facts.project.risk.insurance
    if risk is None or risk.payers_1_in_20 is None or insurance is None or not risk.loss_1_in_20:
        return {"payers": [], "payers_label": ""}
    below, insured, above = risk.payers_1_in_20
    top = insurance.retention + insurance.limit
    bars = [
        (0.0, min(risk.loss_1_in_20, insurance.retention), _money(facts, below), True),
        (
            insurance.retention,
            min(risk.loss_1_in_20, top),
            f"insurers {_money(facts, insured)}",
            False,
        ),
        (top, risk.loss_1_in_20, _money(facts, above), True),
    ]
    net = risk.net_1_in_20
    return {
        "payers": [
            {"low": low, "high": high, "label": words, "is_ours": ours}
            for low, high, words, ours in bars
            if high > low
        ],
        "payers_label": f"we bear {_money(facts, net)}" if net is not None else "",
    }


def _curve_alt(facts: BoardFacts) -> str:
    risk = facts.risk
    if risk is None:
        return "Appetite and tolerance as the Board set them; losses are not measured."
    words = [
        f"A year's losses before insurance: {_money(facts, risk.loss_1_in_20)} or more in one year "
        f"in 20, {_money(facts, risk.loss_1_in_100)} in one in 100"
    ]
    if risk.tolerance_1_in_20 is not None:
        words.append(f"tolerance for one year in 20 is {_money(facts, risk.tolerance_1_in_20)}")
    if risk.net_1_in_20 is not None:
        words.append(f"after insurance {_money(facts, risk.net_1_in_20)} remains")
    return "; ".join(words) + "."


def _risks(facts: BoardFacts, risk: RiskPosition, has_voices: bool) -> FigureSpec:
    """The largest risks with their intervals: stacked in a narrow column, in rows in a wide one."""
    most = RISKS_BESIDE_VOICES if has_voices else RISKS_ALONE
    shown = risk.top[:most]
    others = len(risk.top) - len(shown)
    rest = (
        {
            "label": formats.counted(others, "other", words=False),
            "value": _money(facts, risk.expected_loss_beyond(most)),
        }
        if others
        else None
    )
    rows = [_risk_row(facts, each) for each in shown]
    data: dict[str, object] = {"axis": _axis(facts, shown)}
    if has_voices:
        data |= {
            "rows": rows,
            "rest": rest,
            "heads": {"label": "Risk", "value": "expected a year", "detail": "chance"},
        }
    else:
        data |= {
            "rows": rows,
            "heads": {"label": "Risk", "detail": "chance", "value": "expected"},
        }
    height = (
        32 + 35 * len(rows) + (20 if rest else 0)
        if has_voices
        else 20 + _row_height(risk) * len(rows)
    )
    return FigureSpec(
        kind="stacked_ranges" if has_voices else "ranges",
        data=data,
        width=198 if has_voices else 346,
        height=height,
        alt=_risks_alt(facts, shown),
    )


def _row_height(risk: RiskPosition) -> int:
    """Points of a row in the wide column: few risks are set larger."""
    return 36 if len(risk.top) <= FEW_RISKS else 22


def _risk_row(facts: BoardFacts, risk: TopRisk) -> dict[str, object]:
    return {
        "label": risk.short_title,
        "detail": formats.percent(risk.chance_a_year),
        "low": risk.loss_p10,
        "mid": risk.loss_median,
        "high": risk.loss_p90,
        "value": _money(facts, risk.expected_loss),
    }


def _axis(facts: BoardFacts, risks: Sequence[TopRisk]) -> dict[str, object]:
    """Whole powers of ten around the intervals shown."""
    first = math.floor(math.log10(min(each.loss_p10 for each in risks)))
    last = max(math.ceil(math.log10(max(each.loss_p90 for each in risks))), first + 1)
    ticks = [[10.0**at, _money(facts, 10.0**at)] for at in range(first, last + 1)]
    return {"low": 10.0**first, "high": 10.0**last, "ticks": ticks, "is_log": True}


def _risks_alt(facts: BoardFacts, risks: Sequence[TopRisk]) -> str:
    first = risks[0]
    return (
        f"Loss if it happens, P10 to P90, of {formats.counted(len(risks), 'risk')}; the largest, "
        f"{_in_sentence(first.short_title)}, has a chance of "
        f"{formats.percent(first.chance_a_year)} a year and costs "
        f"{_money(facts, first.loss_p10)} to {_money(facts, first.loss_p90)}."
    )
