"""The pictures of the risk page: the loss exceedance curve and the largest risks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.metrics.declare import Unit
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec

if TYPE_CHECKING:
    from board_report.project import CurvePoint
    from board_report.risk.position import RiskPosition, TopRisk


RISKS_BESIDE_VOICES = 7


RISKS_ALONE = 7


FEW_RISKS = 4
"""Up to so many leave room for the year's figures under them in the narrow column."""


LONGEST_NAME = 34
"""Letters of a risk's short title that fit into a page's title."""


def money_words(facts: BoardFacts, value: float) -> str:
    """Money in the reporting currency: ``$37.3M``."""
    return formats.money(value, facts.currency)


def distance(facts: BoardFacts, risk: RiskPosition) -> str:
    """``$3.3M over tolerance``, in the printed digits; empty when they are the same."""
    limit, loss = risk.tolerance_1_in_20, risk.loss_1_in_20
    if limit is None or money_words(facts, loss) == money_words(facts, limit):
        return ""
    gap = formats.difference(loss, limit, Unit.MONEY, facts.currency)
    return f"{gap} {'over' if loss > limit else 'under'} tolerance"


def in_sentence(title: str) -> str:
    """Lower the first letter, unless the word is an abbreviation (``EDI outage``)."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def curve_figure(facts: BoardFacts, width: float) -> FigureSpec:
    """The loss exceedance curve, at a width in points."""
    risk, settings = facts.measured_risk, facts.project.risk
    insurance = settings.insurance
    return FigureSpec(
        kind="exceedance",
        data={
            "gross": list(risk.exceedance) if risk else [],
            "net": list(risk.net_exceedance) if risk else [],
            "band": list(risk.band) if risk else [],
            "band_label": "P10–P90 of the estimate",
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
                {"loss": risk.loss_1_in_100, "label": money_words(facts, risk.loss_1_in_100)}
                if risk
                else None
            ),
            "layer": (
                {
                    "low": insurance.retention,
                    "high": insurance.retention + insurance.limit,
                    "label": (
                        f"Insured: {money_words(facts, insurance.limit)} above "
                        f"{money_words(facts, insurance.retention)}"
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
        "label": money_words(facts, risk.loss_1_in_20)
        + (" before insurance" if net is not None else ""),
        "verdict": distance(facts, risk),
        "status": "none" if risk.tolerance_1_in_20 is None else "off" if over else "on",
        "net_loss": net,
        "net_label": "" if net is None else money_words(facts, net),
    }


def _payers(facts: BoardFacts) -> dict[str, object]:
    """Our retention, the insurers, and ours beside and above the layer, one after the other."""
    risk = facts.measured_risk
    if risk is None or risk.payers_1_in_20 is None or not risk.loss_1_in_20:
        return {"payers": [], "payers_label": ""}
    below, insured, above = risk.payers_1_in_20
    bars = [
        (0.0, below, money_words(facts, below), True),
        (below, below + insured, f"insurers {money_words(facts, insured)}", False),
        (below + insured, below + insured + above, money_words(facts, above), True),
    ]
    net = risk.net_1_in_20
    return {
        "payers": [
            {"low": low, "high": high, "label": words, "is_ours": ours, "short": words.split()[-1]}
            for low, high, words, ours in bars
            if high > low
        ],
        "payers_label": f"we bear {money_words(facts, net)}" if net is not None else "",
    }


def _curve_alt(facts: BoardFacts) -> str:
    risk = facts.measured_risk
    if risk is None:
        return "Appetite and tolerance as the Board set them; losses are not measured."
    worst, rare = money_words(facts, risk.loss_1_in_20), money_words(facts, risk.loss_1_in_100)
    words = [
        f"A year's losses before insurance: {worst} or more in one year in 20, {rare} in one in 100"
    ]
    if risk.estimate_1_in_20 is not None:
        low, high = risk.estimate_1_in_20.low, risk.estimate_1_in_20.high
        words.append(
            f"its estimate lies between {money_words(facts, low)} and {money_words(facts, high)} "
            "(P10 to P90)"
        )
    if risk.tolerance_1_in_20 is not None:
        words.append(
            f"tolerance for one year in 20 is {money_words(facts, risk.tolerance_1_in_20)}"
        )
    if risk.net_1_in_20 is not None:
        words.append(f"after insurance {money_words(facts, risk.net_1_in_20)} remains")
    return "; ".join(words) + "."


def risks_figure(facts: BoardFacts, risk: RiskPosition, has_voices: bool) -> FigureSpec:
    """The largest risks with their intervals: stacked in a narrow column, in rows in a wide one."""
    most = RISKS_BESIDE_VOICES if has_voices else RISKS_ALONE
    shown = risk.top[:most]
    others = len(risk.top) - len(shown)
    rest = (
        {
            "label": formats.counted(others, "other", words=False),
            "value": money_words(facts, risk.expected_loss_beyond(most)),
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
        "value": money_words(facts, risk.expected_loss),
    }


def _axis(facts: BoardFacts, risks: Sequence[TopRisk]) -> dict[str, object]:
    """Whole powers of ten around the intervals shown."""
    first = math.floor(math.log10(min(each.loss_p10 for each in risks)))
    last = max(math.ceil(math.log10(max(each.loss_p90 for each in risks))), first + 1)
    ticks = [[10.0**at, money_words(facts, 10.0**at)] for at in range(first, last + 1)]
    return {"low": 10.0**first, "high": 10.0**last, "ticks": ticks, "is_log": True}


def _risks_alt(facts: BoardFacts, risks: Sequence[TopRisk]) -> str:
    first = risks[0]
    return (
        f"Loss if it happens, P10 to P90, of {formats.counted(len(risks), 'risk')}; the largest, "
        f"{in_sentence(first.short_title)}, has a chance of "
        f"{formats.percent(first.chance_a_year)} a year and costs "
        f"{money_words(facts, first.loss_p10)} to {money_words(facts, first.loss_p90)}."
    )
