"""What the initiatives cost and bring, against plan, and what they return over their life."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from board_report.governance.rows import Row, plain_rows, text_of
from board_report.metrics.cto.investment import initiative_table, quarter_table
from board_report.metrics.declare import Scope, Settings, Unit
from board_report.model import MetricResult
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec, Page

TOTALS = ("return_on_investment", "net_present_value", "internal_rate_of_return", "payback")
METRICS = ("spend_actual", "spend_against_plan", "benefit_against_plan", *TOTALS)
ROWS_ABOVE_TOTALS = 7
ROWS_ALONE = 10
LONGEST_TITLE = 118
_NONE = "–"

Words = Callable[[float], str]


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; without data it says which file to give."""
    rows = _initiatives(facts)
    has_voices = _has_voices(facts)
    shown = rows[: ROWS_ABOVE_TOTALS if has_voices else ROWS_ALONE]
    objectives = _objectives(facts)
    figures: dict[str, FigureSpec] = {}
    room = 206 if has_voices else 330 if len(shown) == len(rows) else 308
    if rows:
        figures["plan"] = _plan(facts, shown, len(rows), room)
        flows = _flows(facts, room - figures["plan"].height - 46)
        figures |= {"flows": flows} if flows else {}
    if objectives:
        figures["objectives"] = _objectives_figure(facts, objectives, 112 if has_voices else 122)
    return (
        Page(
            id="investment",
            section="Investment",
            title=_title(facts, rows),
            context=_context(facts, rows),
            owners=facts.owner("CTO", "CFO"),
            sources=(
                "Source: investment plan (investments), ledger to date. Dashed tick: the plan "
                "includes amounts not booked or confirmed yet. –: not paid back or no rate. "
                "Definitions: appendix."
            ),
            body={
                "has_voices": has_voices,
                "has_plan": bool(rows),
                "has_flows": "flows" in figures,
                "has_objectives": bool(objectives),
                "totals": _totals(facts),
                "more": _more(rows[len(shown) :]),
                "absent": _absent(facts),
            },
            figures=figures,
            metric_ids=METRICS,
        ),
    )


def _has_voices(facts: BoardFacts) -> bool:
    said = facts.commentary.get("investment")
    return said is not None and bool(said.means or said.does or said.needs)


def _initiatives(facts: BoardFacts) -> list[Row]:
    """The initiatives, dearest first; none where the figures are withheld."""
    if not facts.tables.measured("investments") or not facts.now("return_on_investment").n:
        return []
    return list(plain_rows(initiative_table(_scope(facts))))


def _scope(facts: BoardFacts) -> Scope:
    settings = Settings(discount_rate=facts.project.discount_rate)
    return Scope(facts.tables, facts.window, settings)


def _amount(row: Row, name: str) -> float | None:
    value = row.get(name)
    return float(value) if isinstance(value, float | int) else None


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, rows: Sequence[Row]) -> str:
    if not facts.tables.measured("investments"):
        return "Spend and its return are not measured: no investment plan was given"
    if not rows:
        return "No initiative had begun by the end of the quarter, so nothing was spent"
    start = f"{_against_plan(facts)}"
    whole = f"{start}; {_best_and_worst(rows, with_names=True)}"
    if len(whole) > LONGEST_TITLE:
        whole = f"{start}; {_best_and_worst(rows, with_names=False)}"
    return whole.removesuffix("; ")


def _against_plan(facts: BoardFacts) -> str:
    spend, benefit = facts.now("spend_against_plan"), facts.now("benefit_against_plan")
    spent = facts.text("spend_against_plan")
    gained = facts.text("benefit_against_plan")
    if spend.measured and benefit.measured:
        return f"Spend is {spent} of plan and benefits {gained}"
    if spend.measured:
        return f"Spend is {spent} of plan; no benefit is confirmed yet"
    if benefit.measured:
        return f"Benefits are {gained} of plan; no cost is booked yet"
    return "Neither cost nor benefit of the year is known yet"


def _best_and_worst(rows: Sequence[Row], *, with_names: bool) -> str:
    """By return on investment over the life; empty where fewer than two can be told apart."""
    known = sorted(
        ((roi, row) for row in rows if (roi := _amount(row, "roi")) is not None),
        key=lambda pair: -pair[0],
    )
    if not known:
        return ""
    (best, first), (worst, last) = known[0], known[-1]
    if len(known) == 1:
        return f"its one initiative returns {formats.percent(best)}" if len(rows) == 1 else ""
    if best < 0:
        return "none of them pays for itself"
    if formats.percent(best) == formats.percent(worst):
        return f"each initiative returns {formats.percent(best)}"
    if not with_names:
        return f"initiatives return from {formats.percent(worst)} to {formats.percent(best)}"
    name, other = _in_sentence(text_of(first, "name")), _in_sentence(text_of(last, "name"))
    if worst < 0:
        return f"{name} returns most, {other} loses money"
    return f"{name} returns most, {other} least"


def _in_sentence(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _context(facts: BoardFacts, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    year = facts.project.quarter.year
    unknown = int(facts.now("return_on_investment").parts.get("unknown", 0))
    late = (
        f"; {formats.counted(unknown, 'amount')} not known yet {'is' if unknown == 1 else 'are'} "
        "left out of the comparison"
        if unknown
        else ""
    )
    return (
        f"Fiscal {year} to {formats.day(facts.as_of)}{late}. Returns over each life: actual where "
        "known, plan after that."
    )


def _more(rows: Sequence[Row]) -> str:
    """The initiatives not shown, by name."""
    if not rows:
        return ""
    named = [_short(text_of(row, "name")) for row in rows[:2]]
    if len(rows) > 2:
        named.append(f"{formats.count_words(len(rows) - 2)} more")
    return f"Smaller, and in the total: {formats.listed(named)}."


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39].rstrip()}…"


def _absent(facts: BoardFacts) -> dict[str, str]:
    if facts.tables.measured("investments"):
        return {"big": "Nothing yet", "text": "The plan was given; all of it lies ahead."}
    return {
        "big": "Not measured",
        "text": (
            "Give the table investments, as cto/investments.csv: planned and actual cost and "
            "benefit of each initiative in each quarter. What the program returns follows from it."
        ),
    }


def _totals(facts: BoardFacts) -> list[dict[str, str]]:
    """The four large figures over the whole life of all initiatives."""
    rate = formats.percent(facts.project.discount_rate, 1).replace(".0%", "%")
    beside = ("on all money, undiscounted", f"at {rate} a year", "a year", "from the first quarter")
    labels = ("Return on cost", "Present value", "Rate of return", "Payback")
    found = []
    for metric_id, label, words in zip(TOTALS, labels, beside, strict=True):
        now = facts.now(metric_id)
        years = facts.unit(metric_id) is Unit.YEARS
        found.append(
            {
                "label": label,
                "value": (facts.bare(metric_id) if years else facts.text(metric_id)),
                "unit": "years" if years and now.measured else "",
                "measured": "yes" if now.measured else "",
                "beside": words if now.measured else now.note.split(";")[0],
            }
        )
    return found


# --- pictures ------------------------------------------------------------------------------------


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


def _plan(facts: BoardFacts, rows: Sequence[Row], count: int, height: float) -> FigureSpec:
    spend, benefit = facts.now("spend_against_plan"), facts.now("benefit_against_plan")
    names = (
        ("actual_cost_ytd", "planned_cost_ytd"),
        ("realized_benefit_ytd", "planned_benefit_ytd"),
    )
    units, writers = zip(
        *(
            _scale_of(
                [
                    *(_amount(row, name) for row in rows for name in pair),
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
                    _amount(row, actual),
                    _amount(row, planned),
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


def _flows(facts: BoardFacts, height: float) -> FigureSpec | None:
    """Cumulative net flow to date, where few initiatives leave room for it."""
    rows = [
        row
        for row in plain_rows(quarter_table(_scope(facts)))
        if text_of(row, "quarter") <= str(facts.project.quarter)
    ][-8:]
    values = [_amount(row, "cumulative_flow") or 0.0 for row in rows]
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
    roi, npv = _amount(row, "roi"), _amount(row, "npv")
    payback = _amount(row, "payback_years")
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


def _objectives(facts: BoardFacts) -> Mapping[str, MetricResult]:
    """Spend against plan by objective, where anything was booked or planned; most first."""
    found = {
        label: series.now
        for label, series in facts.figures.by("spend_against_plan", "objective").items()
        if series.now.measured
    }
    return dict(sorted(found.items(), key=lambda pair: -pair[1].parts["numerator"]))


def _objectives_figure(
    facts: BoardFacts, objectives: Mapping[str, MetricResult], height: float
) -> FigureSpec:
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
