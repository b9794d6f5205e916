"""What the initiatives cost and bring, against plan, and what they return over their life."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.rows import Row, text_of
from board_report.metrics.declare import Unit
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.investment_pictures import (
    amount_in,
    flows_figure,
    initiatives,
    objectives_figure,
    plan_figure,
    spend_by_objective,
)
from board_report.story.left_out import is_left_out
from board_report.story.page import FigureSpec, Page

TOTALS = ("return_on_investment", "net_present_value", "internal_rate_of_return", "payback")
METRICS = ("spend_actual", "spend_against_plan", "benefit_against_plan", *TOTALS)
ROWS_ABOVE_TOTALS = 7
ROWS_ALONE = 10
LONGEST_TITLE = 118


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none where no plan was given and no leader wrote of it."""
    if is_left_out(facts, "investment"):
        return ()
    rows = initiatives(facts)
    has_voices = facts.has_voices("investment")
    shown = rows[: ROWS_ABOVE_TOTALS if has_voices else ROWS_ALONE]
    objectives = spend_by_objective(facts)
    figures: dict[str, FigureSpec] = {}
    room = 206 if has_voices else 330 if len(shown) == len(rows) else 308
    if rows:
        figures["plan"] = plan_figure(facts, shown, len(rows), room)
        flows = flows_figure(facts, room - figures["plan"].height - 46)
        figures |= {"flows": flows} if flows else {}
    if objectives:
        figures["objectives"] = objectives_figure(facts, objectives, 112 if has_voices else 122)
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
        ((roi, row) for row in rows if (roi := amount_in(row, "roi")) is not None),
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
            "Give cto/investments.csv: planned and actual cost and "
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
