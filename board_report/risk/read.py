"""From the typed tables of one quarter to scenarios, their correlations, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.model import Finding, Severity
from board_report.risk.codes import RiskCode, risk_finding
from board_report.risk.describe import Described, describe
from board_report.risk.history import history_of
from board_report.risk.inputs import Input, input_of
from board_report.risk.pairs import Pairs, read_correlations
from board_report.risk.rows import Row, number, place, rows_where, word
from board_report.risk.scenarios import PRODUCTIVITY, Scenario
from board_report.risk.simulate import LossModel

if TYPE_CHECKING:
    from board_report.period import Quarter, Window
    from board_report.project import RiskSettings
    from board_report.tables.schema import TableSet


@dataclass(frozen=True)
class RiskReading:
    """What one quarter's tables say of the company's risks."""

    quarter: Quarter
    scenarios: tuple[Scenario, ...]
    """Those that can be put into money, in the register's order."""
    correlations: Pairs
    unquantified: int
    """Risks of the register that cannot."""
    findings: tuple[Finding, ...]
    registered: tuple[str, ...] = ()
    """Every risk of the quarter's register, whether it can be put into money or not."""

    @property
    def is_faulty(self) -> bool:
        """Whether something stands that would make every figure of risk in money wrong."""
        return any(each.severity is Severity.ERROR for each in self.findings)

    def model(self, settings: RiskSettings) -> LossModel:
        """The loss model of these scenarios."""
        return LossModel(self.scenarios, settings.seed, self.correlations, settings.insurance)


def read_risks(
    tables: TableSet, window: Window, currency: str, settings: RiskSettings | None = None
) -> RiskReading | None:
    """The risks of one quarter; None where the register has no row for it.

    Args:
        tables: ``risk_register``; ``risk_inputs``, ``risk_correlations`` and ``incidents`` where
            they were given.
        window: the quarter, and the cutoff up to which incidents are known.
        currency: of the report, ISO code.
        settings: whose insurance asks for outages; None asks for nothing.
    """
    quarter = str(window.quarter)
    register = rows_where(tables.frame("risk_register"), "quarter", quarter)
    if not register:
        return None
    inputs = rows_where(tables.frame("risk_inputs"), "quarter", quarter)
    is_fitted = any(word(row, "shape") == "history" for row in inputs)
    history = history_of(tables, window) if is_fitted else {}
    findings: list[Finding] = []
    by_risk: dict[str, list[Input]] = {}
    broken = set()
    registered = {word(row, "risk_id") for row in register}
    for row in inputs:
        if word(row, "risk_id") not in registered:
            findings.append(_idle(row))
            continue
        try:
            by_risk.setdefault(word(row, "risk_id"), []).append(input_of(row, history))
        except ValueError as fault:
            broken.add(word(row, "risk_id"))
            findings.append(_impossible(row, str(fault)))
    described = []
    for row in register:
        risk_id = word(row, "risk_id")
        findings += _of_register(row, currency)
        if risk_id in broken:
            continue
        told = describe(row, by_risk.get(risk_id, []))
        findings += told.findings
        described.append(told)
    scenarios = tuple(each.scenario for each in described if each.scenario is not None)
    modelled = [each.risk_id for each in scenarios]
    pairs, more = read_correlations(tables, quarter, modelled, registered)
    findings += more
    findings += _outages(described, settings)
    return RiskReading(
        window.quarter,
        scenarios,
        pairs,
        len(register) - len(scenarios),
        tuple(findings),
        tuple(word(row, "risk_id") for row in register),
    )


def _of_register(row: Row, currency: str) -> list[Finding]:
    found = []
    risk = word(row, "risk_id")
    if not word(row, "owner_role"):
        found.append(
            risk_finding(
                RiskCode.UNOWNED,
                place(row),
                column="owner_role",
                risk=risk,
                title=word(row, "title"),
            )
        )
    stated = word(row, "currency")
    if stated and stated.upper() != currency.upper():
        found.append(
            risk_finding(
                RiskCode.CURRENCY_MIXED,
                place(row),
                column="currency",
                value=stated,
                risk=risk,
                currency=currency,
            )
        )
    return found


def _idle(row: Row) -> Finding:
    risk = word(row, "risk_id")
    return risk_finding(
        RiskCode.INPUT_IDLE,
        place(row),
        table="risk_inputs",
        column="risk_id",
        value=risk,
        risk=risk,
        quarter=word(row, "quarter"),
    )


def _impossible(row: Row, why: str) -> Finding:
    return risk_finding(
        RiskCode.INPUT_IMPOSSIBLE,
        place(row),
        table="risk_inputs",
        column="low",
        value=f"{number(row, 'low') or ''}",
        input=word(row, "input").replace("_", " "),
        risk=word(row, "risk_id"),
        why=why,
    )


def _outages(described: Sequence[Described], settings: RiskSettings | None) -> list[Finding]:
    """Risks whose outages a waiting period asks for and that do not state them."""
    insurance = settings.insurance if settings else None
    if insurance is None or not insurance.waiting_hours:
        return []
    return [
        risk_finding(
            RiskCode.OUTAGE_UNKNOWN,
            place(each.row),
            column="risk_id",
            value=each.scenario.risk_id,
            risk=each.scenario.risk_id,
        )
        for each in described
        if each.scenario is not None
        and each.scenario.outage_hours is None
        and any(part.form == PRODUCTIVITY for part in each.scenario.parts)
    ]
