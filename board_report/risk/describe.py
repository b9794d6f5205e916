"""One risk of the register as a scenario: its intervals, or the tree that risk_inputs gives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from board_report.model import Finding
from board_report.risk import inputs as of
from board_report.risk.codes import RiskCode, risk_finding
from board_report.risk.frequency import MOST_ON_AVERAGE, CountKind, Frequency
from board_report.risk.inputs import Input
from board_report.risk.quantities import (
    Beta,
    Fixed,
    Gamma,
    Limited,
    Lognormal,
    chance_of_exceeding,
)
from board_report.risk.rows import Row, number, place, word
from board_report.risk.scenarios import LossPart, Scenario


@dataclass
class Described:
    """What is known of one risk."""

    row: Row
    """Of the register."""
    inputs: Sequence[Input]
    findings: list[Finding] = field(default_factory=list)
    scenario: Scenario | None = None
    """None where it cannot be put into money."""

    def some(self, kind: str) -> list[Input]:
        """The inputs of one kind."""
        return [each for each in self.inputs if each.kind == kind]

    def fault(self, code: RiskCode, row: Row, **facts: object) -> None:
        """Note what is wrong at a row of the inputs, or of the register."""
        is_input = "input" in row
        self.findings.append(
            risk_finding(
                code,
                place(row),
                table="risk_inputs" if is_input else "risk_register",
                column="input" if is_input else "risk_id",
                value=word(row, "input") if is_input else word(row, "risk_id"),
                risk=word(self.row, "risk_id"),
                **facts,
            )
        )


def describe(row: Row, inputs: Sequence[Input]) -> Described:
    """The scenario of one row of the register, with what risk_inputs says of it.

    What risk_inputs leaves out, frequency or loss, is taken from the register's intervals.
    """
    told = Described(row, inputs)
    for each in inputs:
        if each.is_bare_prior:
            told.fault(RiskCode.NO_HISTORY, each.row, input=each.kind.replace("_", " "))
    _note_repeated(told)
    frequency = _frequency(told)
    parts, secondary_chance = _losses(told)
    missing = " and no ".join(
        name for name, there in (("frequency", frequency), ("loss", parts)) if not there
    )
    if missing and not any(each.code in _FAULTY for each in told.findings):
        told.fault(RiskCode.UNDESCRIBED, row, title=word(row, "title"), missing=missing)
    if not frequency or not parts:
        return told
    too_many = _too_many(frequency)
    if too_many:
        told.fault(RiskCode.TOO_FREQUENT, row, why=too_many)
        return told
    outages, later = told.some(of.OUTAGE), told.some(of.SECONDARY_CHANCE)
    told.scenario = Scenario(
        risk_id=word(row, "risk_id"),
        title=word(row, "title"),
        short_title=word(row, "short_title"),
        owner_role=word(row, "owner_role"),
        frequency=frequency,
        parts=parts,
        secondary_chance=secondary_chance,
        secondary_belief=later[0].quantity if later else None,
        outage_hours=outages[0].quantity if outages else None,
        basis=_basis(inputs),
        line=place(row)[1],
    )
    return told


def _too_many(frequency: Frequency) -> str:
    """Why its events cannot be drawn one by one; empty where they can."""
    if frequency.mean > MOST_ON_AVERAGE:
        return f"it has {frequency.mean:,.0f} events in a mean year, more than {MOST_ON_AVERAGE:,}"
    try:
        _ = frequency.count
    except ValueError as fault:
        return str(fault)
    return ""


_FAULTY = (RiskCode.FREQUENCY_TWICE, RiskCode.INPUT_TWICE, RiskCode.TREE_INCOMPLETE)
_ONCE = (
    of.LOSS_EVENTS,
    of.THREAT_EVENTS,
    of.VULNERABILITY,
    of.CAPABILITY,
    of.SECONDARY_CHANCE,
    of.OUTAGE,
)


def _note_repeated(told: Described) -> None:
    """What only one row can say, and what two ways of saying it say."""
    for kind in _ONCE:
        for each in told.some(kind)[1:]:
            told.fault(RiskCode.INPUT_TWICE, each.row, input=kind.replace("_", " "))
    attack = told.some(of.CAPABILITY)
    if attack and told.some(of.VULNERABILITY):
        told.fault(RiskCode.INPUT_TWICE, attack[0].row, input="vulnerability")


def _frequency(told: Described) -> Frequency | None:
    """From the inputs where they say it, else from the register's interval."""
    losses, threats = told.some(of.LOSS_EVENTS), told.some(of.THREAT_EVENTS)
    vulnerable = told.some(of.VULNERABILITY)
    attack, controls = told.some(of.CAPABILITY), told.some(of.RESISTANCE)
    if losses and threats:
        told.fault(RiskCode.FREQUENCY_TWICE, threats[0].row)
        return None
    for given, needed, missing in (
        (attack, controls, of.RESISTANCE),
        (controls, attack, of.CAPABILITY),
        (threats, [*vulnerable, *attack], of.VULNERABILITY),
        ([*vulnerable, *attack], threats, of.THREAT_EVENTS),
    ):
        if given and not needed:
            _incomplete(told, given[0], missing)
            return None
    if not losses and not threats:
        interval = _interval(told.row, "events_low", "events_high")
        return Frequency(interval) if interval else None
    events = (losses or threats)[0]
    return Frequency(
        rate=_uncapped(events),
        vulnerability=_share(vulnerable, attack, controls) if threats else Fixed(1.0),
        kind=events.count,
        dispersion=events.dispersion if events.count is CountKind.NEGATIVE_BINOMIAL else 0.0,
    )


def _incomplete(told: Described, given: Input, missing: str) -> None:
    told.fault(
        RiskCode.TREE_INCOMPLETE,
        given.row,
        given=given.kind.replace("_", " "),
        missing=missing.replace("_", " "),
    )


def _share(
    vulnerable: Sequence[Input], attack: Sequence[Input], controls: Sequence[Input]
) -> Fixed | Lognormal | Beta | Gamma | Limited:
    if vulnerable:
        return vulnerable[0].quantity
    against = [_uncapped(each) for each in controls]
    return Fixed(chance_of_exceeding(_uncapped(attack[0]), list(against)))


def _uncapped(given: Input) -> Fixed | Lognormal | Beta | Gamma:
    """Frequencies, capabilities and strengths have no cap: the table refuses one."""
    assert not isinstance(given.quantity, Limited)
    return given.quantity


def _interval(row: Row, low: str, high: str) -> Fixed | Lognormal | None:
    below, above = number(row, low), number(row, high)
    if not below or not above or below <= 0:
        return None
    return Fixed(below) if below == above else Lognormal.from_interval(below, above)


def _losses(told: Described) -> tuple[tuple[LossPart, ...], float]:
    """The forms of loss, and the chance of secondary ones."""
    primary, secondary = told.some(of.PRIMARY), told.some(of.SECONDARY)
    chance = told.some(of.SECONDARY_CHANCE)
    if secondary and not chance:
        _incomplete(told, secondary[0], of.SECONDARY_CHANCE)
        return (), 0.0
    if chance and not secondary:
        _incomplete(told, chance[0], of.SECONDARY)
        return (), 0.0
    if not primary and not secondary:
        interval = _interval(told.row, "loss_low", "loss_high")
        return ((LossPart(interval),) if interval else ()), 0.0
    parts = tuple(
        LossPart(each.quantity, each.form, is_later, each.log_error)
        for some, is_later in ((primary, False), (secondary, True))
        for each in some
    )
    return parts, chance[0].quantity.mean if chance else 0.0


def _basis(inputs: Sequence[Input]) -> str:
    """What the scenario rests on, in a few words."""
    fitted = [each.fitted_on for each in inputs if each.fitted_on]
    if fitted:
        return f"own history: {', '.join(fitted)}"
    if any(each.kind not in (of.LOSS_EVENTS, of.PRIMARY, of.OUTAGE) for each in inputs):
        return "Open FAIR tree"
    return "90% interval" if not inputs else "stated inputs"
