"""Tables of initiatives in a few words, for tests of what they return and what budgets choose."""

from __future__ import annotations

from typing import Any

from board_report.tables.schema import TableSet
from tests.spec.tables import Row, tables


def initiative(name: str, cost: float = 100.0, decision: str = "proposed", **more: Any) -> Row:
    """One row of ``initiatives``."""
    return {
        "initiative_id": name,
        "name": f"Initiative {name}",
        "owner_role": "CISO",
        "leader": "CISO",
        "decision": decision,
        "annual_cost": cost,
        "life_years": 5.0,
        **more,
    }


def effect(
    name: str, risk: str, low: float, high: float | None = None, on: str = "frequency"
) -> Row:
    """One row of ``initiative_effects`` on a risk; certain where it has one end."""
    return {
        "initiative_id": name,
        "risk_id": risk,
        "acts_on": on,
        "low": low,
        "high": low if high is None else high,
        "basis": "test",
    }


def kpi(name: str, metric: str, low: float, high: float) -> Row:
    """One row of ``initiative_effects`` on a joint KPI."""
    return {
        "initiative_id": name,
        "metric_id": metric,
        "acts_on": "kpi",
        "low": low,
        "high": high,
        "basis": "test",
    }


def planned(name: str, quarter: str, benefit: float) -> Row:
    """One row of ``investments``."""
    return {
        "initiative_id": name,
        "quarter": quarter,
        "planned_cost": 0.0,
        "planned_benefit": benefit,
    }


def case(*rows: Row) -> TableSet:
    """The tables that these rows belong to, each told by what it has."""
    return tables(
        initiatives=[each for each in rows if "decision" in each],
        initiative_effects=[each for each in rows if "acts_on" in each],
        investments=[each for each in rows if "planned_cost" in each],
    )
