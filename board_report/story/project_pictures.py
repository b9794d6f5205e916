"""The pictures and tables of the page on projects and cloud cost."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.metrics.cto.cloud import spend_by_category
from board_report.metrics.cto.projects import budget_table, overrun_table
from board_report.metrics.declare import Scope, Settings
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.investment_pictures import amount_in
from board_report.story.key_figures import bar_states, shortened
from board_report.story.page import FigureSpec

HEAD = 36.0
"""Points over the first row of the overruns."""
_STEP = 30.0
_NONE = "–"
CATEGORIES = 5
_LONGEST_NAME = 64
_SMALL_BILL = 1_000.0


def _scope(facts: BoardFacts) -> Scope:
    return Scope(facts.tables, facts.window, Settings(discount_rate=facts.project.discount_rate))


def overruns(facts: BoardFacts) -> Sequence[Row]:
    """Projects at least a tenth over plan, the largest overrun first."""
    return plain_rows(overrun_table(_scope(facts)))


def budgets(facts: BoardFacts, most: int) -> list[dict[str, str]]:
    """The largest budgets, for a list that says no more of cost."""
    rows = plain_rows(budget_table(_scope(facts)))
    return [
        {
            "name": text_of(row, "name"),
            "area": text_of(row, "owner_area"),
            "budget": formats.money(amount_in(row, "planned_cost") or 0.0, facts.currency),
            "due": formats.day(day_of(row, "completed_or_projected_on")),
        }
        for row in rows[:most]
    ]


def overruns_figure(
    facts: BoardFacts, rows: Sequence[Row], width: float, height: float
) -> FigureSpec:
    """Cost against plan of the projects that are most over; wide enough, in per cent and days."""
    is_wide = width > 500
    return FigureSpec(
        kind="spend_bars",
        data={
            "label_head": "Project",
            "measures": [{"title": "Cost", "unit": "spent or projected", "color": "ctx"}],
            "columns": ["Over plan", "By", "Behind plan"] if is_wide else ["Over plan"],
            "label_width": width * (0.36 if is_wide else 0.38),
            "rows": [
                {
                    "label": shortened(text_of(row, "name"), _LONGEST_NAME),
                    "amounts": [_cost(facts, row)],
                    "figures": _words(facts, row)[: 3 if is_wide else 1],
                }
                for row in rows
            ],
        },
        width=width,
        height=min(height, HEAD + _STEP * len(rows)),
        alt="Cost against plan of the projects with the largest overruns: "
        + "; ".join(
            f"{shortened(text_of(row, 'name'), _LONGEST_NAME)} {_words(facts, row)[0]} over"
            for row in rows[:3]
        )
        + ".",
    )


def _cost(facts: BoardFacts, row: Row) -> dict[str, object]:
    """Both costs, each in its own unit: a plan may be a thousandth of what a project came to."""
    actual, plan = amount_in(row, "actual_or_projected_cost"), amount_in(row, "planned_cost")
    return {
        "actual": actual,
        "plan": plan,
        "actual_text": _NONE if actual is None else formats.money(actual, facts.currency),
        "plan_text": _NONE if plan is None else formats.money(plan, facts.currency),
    }


def _words(facts: BoardFacts, row: Row) -> list[str]:
    """Overrun, its share of the plan, and days behind plan."""
    share, days = amount_in(row, "over_by"), amount_in(row, "days_behind")
    return [
        formats.money(amount_in(row, "overrun") or 0.0, facts.currency),
        _NONE if share is None else formats.percent(share),
        _NONE if days is None or days <= 0 else formats.days(days),
    ]


def spend_figure(facts: BoardFacts, width: float, height: float) -> FigureSpec:
    """Cloud spend of each quarter, in bars."""
    values = facts.values("cloud_spend")
    return FigureSpec(
        kind="bars",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "values": values,
            "labels": [
                "" if value is None else formats.money(value, facts.currency) for value in values
            ],
            "states": bar_states(facts, "cloud_spend"),
        },
        width=width,
        height=height,
        alt=f"Cloud spend by quarter: {facts.text('cloud_spend')} in the quarter reported on.",
    )


def categories(facts: BoardFacts) -> list[dict[str, str]]:
    """Cloud spend of the quarter by kind of service, most first, the small ones together."""
    rows = plain_rows(spend_by_category(_scope(facts)))
    total = facts.now("cloud_spend").value or 0.0
    shown = rows if len(rows) <= CATEGORIES + 1 else rows[:CATEGORIES]
    listed = [
        (text_of(row, "service_category"), amount_in(row, "cost") or 0.0, amount_in(row, "charges"))
        for row in shown
    ]
    rest = rows[len(shown) :]
    if rest:
        cost = total - sum(each[1] for each in listed)
        count = sum(amount_in(row, "charges") or 0.0 for row in rest)
        listed.append((f"{formats.count_words(len(rest))} others".capitalize(), cost, count))
    return [
        {
            "name": name[:1].upper() + name[1:],
            "cost": _spent(facts, cost, total),
            "share": formats.percent(cost / total) if total > 0 else _NONE,
            "charges": formats.number(charges or 0.0),
        }
        for name, cost, charges in listed
    ]


def _spent(facts: BoardFacts, cost: float, total: float) -> str:
    """An amount of a bill; of a small bill to the cent, as its parts may be less than one."""
    if abs(total) >= _SMALL_BILL:
        return formats.money(cost, facts.currency)
    symbol = formats.SYMBOLS.get(facts.currency, f"{facts.currency} ")
    sign = formats.MINUS if round(cost, 2) < 0 else ""
    return f"{sign}{symbol}{formats.number(abs(cost), 2)}"
