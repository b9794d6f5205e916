"""The pictures of the investment page: amounts against plan, by initiative and by objective."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from board_report.governance.rows import Row, plain_rows, text_of
from board_report.metrics.cto.investment import initiative_table, quarter_table
from board_report.metrics.declare import Scope, Settings, Unit
from board_report.model import MetricResult
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec

_NONE = "–"


Words = Callable[[float], str]


def initiatives(facts: BoardFacts) -> list[Row]:
    """The initiatives, dearest first; none where the figures are withheld."""
    if not facts.tables.measured("investments") or not facts.now("return_on_investment").n:
        return []
    return list(plain_rows(initiative_table(_scope(facts))))


def _scope(facts: BoardFacts) -> Scope:
    settings = Settings(discount_rate=facts.project.discount_rate)
    return Scope(facts.tables, facts.window, settings)


def amount_in(row: Row, name: str) -> float | None:
    """A number of a row, or None."""
    value = row.get(name)
    return float(value) if isinstance(value, float | int) else None


def _scale_of(values: Sequence[float | None], currency: str) -> tuple[str, Words]:
    """The unit in the head, and how to write an amount under it: ``$M`` and ``3.41``."""
    symbol = formats.SYMBOLS.get(currency, f"{currency} ")
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    for factor, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if largest >= factor:
            decimals = 2 if largest < 10 * factor else 1 if largest < 100 * factor else 0
            return f"{symbol}{letter}", partial(_in_units, factor, decimals)
    return symbol.strip(), partial(_in_units, 1.0, 0)


def _in_units(factor: float, decimals: int, value: float) -> str:
    return formats.number(value / factor, decimals)


def plan_figure(facts: BoardFacts, rows: Sequence[Row], count: int, height: float) -> FigureSpec:
    """Amounts against plan, a row for each initiative and one for all of them."""
    spend, benefit = facts.now("spend_against_plan"), facts.now("benefit_against_plan")
    names = (
        ("actual_cost_ytd", "planned_cost_ytd"),
        ("realized_benefit_ytd", "planned_benefit_ytd"),
    )
    units, writers = zip(
        *(
            _scale_of(
                [
                    *(amount_in(row, name) for row in rows for name in pair),
                    total.parts.get("denominator"),
                ],
                facts.currency,
            )
            for pair, total in zip(names, (spend, benefit), strict=True)
        ),
        strict=True,
    )
    opened = _open(facts)
    listed: list[dict[str, object]] = [
        {
            "label": text_of(row, "name"),
            "amounts": [
                _pair(
                    amount_in(row, actual),
                    amount_in(row, planned),
                    writers[at],
                    is_open=(text_of(row, "initiative_id"), at) in opened,
                )
                for at, (actual, planned) in enumerate(names)
            ],
            "figures": _returns(facts, row),
        }
        for row in rows
    ]
    if count > 1:
        listed.append(_total_row(facts, count, (spend, benefit), writers))
    return FigureSpec(
        kind="spend_bars",
        data={
            "label_head": "Initiative",
            "measures": [
                {"title": "Spend", "unit": f"{units[0]}, year to date", "color": "ctx"},
                {"title": "Benefit", "unit": f"{units[1]}, year to date", "color": "accent"},
            ],
            "columns": ["ROI", "NPV", "Payback"],
            "rows": listed,
        },
        width=642,
        height=min(height, 36 + (36 if len(listed) > 6 else 30) * len(listed)),
        alt=(
            f"Spend and benefit against plan of {formats.counted(count, 'initiative')}: spend "
            f"{facts.text('spend_against_plan')} of plan, benefit "
            f"{facts.text('benefit_against_plan')}."
        ),
    )


def flows_figure(facts: BoardFacts, height: float) -> FigureSpec | None:
    """Cumulative net flow to date, where few initiatives leave room for it."""
    rows = [
        row
        for row in plain_rows(quarter_table(_scope(facts)))
        if text_of(row, "quarter") <= str(facts.project.quarter)
    ][-8:]
    values = [amount_in(row, "cumulative_flow") or 0.0 for row in rows]
    if height < 76 or len(rows) < 2:
        return None
    marks = dict.fromkeys((min(0.0, *values), 0.0, max(0.0, *values)))
    last = formats.money(values[-1], facts.currency)
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [text_of(row, "quarter") for row in rows],
            "series": [{"values": values, "label": "to date", "end": last}],
            "axis": {
                "low": min(marks),
                "high": max(marks) if max(marks) > min(marks) else 1.0,
                "ticks": [[value, formats.money(value, facts.currency)] for value in marks],
            },
        },
        width=642,
        height=min(height, 190),
        alt=f"Benefit less cost since the first quarter, cumulative: {last} by the end of "
        f"{facts.project.quarter.words.lower()}.",
    )


def _pair(
    actual: float | None, plan: float | None, write: Words, *, is_open: bool = False
) -> dict[str, object]:
    return {
        "actual": actual,
        "plan": plan,
        "actual_text": _NONE if actual is None else write(actual),
        "plan_text": _NONE if plan is None else write(plan),
        "is_open": is_open,
    }


def _open(facts: BoardFacts) -> set[tuple[str, int]]:
    """Initiatives with a cost (0) or a benefit (1) of this year's past quarters not known yet."""
    quarter = facts.project.quarter
    return {
        (text_of(row, "initiative_id"), at)
        for row in plain_rows(facts.rows("investments"))
        for at, name in enumerate(("actual_cost", "realized_benefit"))
        if row.get(name) is None and f"{quarter.year}-Q1" <= text_of(row, "quarter") <= str(quarter)
    }


def _returns(facts: BoardFacts, row: Row) -> list[str]:
    roi, npv = amount_in(row, "roi"), amount_in(row, "npv")
    payback = amount_in(row, "payback_years")
    return [
        _NONE if roi is None else formats.percent(roi),
        _NONE if npv is None else formats.money(npv, facts.currency),
        _NONE if payback is None else f"{formats.number(payback, 1)} y",
    ]


def _total_row(
    facts: BoardFacts, count: int, totals: Sequence[MetricResult], writers: Sequence[Words]
) -> dict[str, object]:
    """All initiatives together: amounts of the two metrics, which leave out what is not known."""
    payback = facts.now("payback")
    known = not any(each.parts.get("unknown") for each in totals)
    name = "Both" if count == 2 else f"All {formats.count_words(count)}"
    return {
        "label": name if known else f"{name}, as far as known",
        "is_total": True,
        "amounts": [
            _pair(each.parts.get("numerator"), each.parts.get("denominator"), writers[at])
            for at, each in enumerate(totals)
        ],
        "note": [
            f"{formats.result(each, Unit.RATIO)} of plan" if each.measured else "not known"
            for each in totals
        ],
        "figures": [
            facts.text("return_on_investment")
            if facts.now("return_on_investment").measured
            else _NONE,
            facts.text("net_present_value") if facts.now("net_present_value").measured else _NONE,
            f"{facts.bare('payback')} y" if payback.measured else _NONE,
        ],
    }


def spend_by_objective(facts: BoardFacts) -> Mapping[str, MetricResult]:
    """Spend against plan by objective, where anything was booked or planned; most first."""
    found = {
        label: series.now
        for label, series in facts.figures.by("spend_against_plan", "objective").items()
        if series.now.measured
    }
    return dict(sorted(found.items(), key=lambda pair: -pair[1].parts["numerator"]))


def objectives_figure(
    facts: BoardFacts, objectives: Mapping[str, MetricResult], height: float
) -> FigureSpec:
    """Spend against plan, a row for each objective."""
    pairs = [(each.parts["numerator"], each.parts["denominator"]) for each in objectives.values()]
    unit, write = _scale_of([value for pair in pairs for value in pair], facts.currency)
    return FigureSpec(
        kind="spend_bars",
        data={
            "label_head": "Objective",
            "measures": [{"title": "Spend", "unit": f"{unit}, by objective", "color": "ctx"}],
            "columns": [],
            "rows": [
                {
                    "label": sentences.capital(label),
                    "amounts": [_pair(*pair, write)],
                    "figures": [],
                }
                for label, pair in zip(objectives, pairs, strict=True)
            ],
        },
        width=198,
        height=height,
        alt="Spend of the year by objective: "
        + "; ".join(
            f"{label} {formats.money(actual, facts.currency)} of "
            f"{formats.money(plan, facts.currency)}"
            for label, (actual, plan) in zip(objectives, pairs, strict=True)
        )
        + ".",
    )
