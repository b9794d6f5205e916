"""What is wrong with the initiatives: no owner, no effect, effects on nothing, rules that clash."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.model import Finding
from board_report.risk.budgets import base_budget
from board_report.risk.initiatives import (
    EFFECTS,
    INITIATIVES,
    Initiative,
    KpiChange,
    LossEffect,
    cost_of,
    read_initiatives,
)
from board_report.risk.selection import Choice, Option
from board_report.sources.faults import Explanation, explained, warning

if TYPE_CHECKING:
    from board_report.project import Budget
    from board_report.tables.schema import TableSet


class InitiativeCode(StrEnum):
    """What can be wrong with initiatives and their effects."""

    UNOWNED = "initiative_unowned"
    WITHOUT_EFFECT = "initiative_without_effect"
    COSTS_NOTHING = "initiative_costs_nothing"
    RISK_NOT_IN_MONEY = "initiative_risk_not_in_money"
    NOTHING_LEFT = "initiative_leaves_nothing"
    METRIC_UNKNOWN = "initiative_metric_unknown"
    NEVER_CHOSEN = "initiative_never_chosen"
    KEPT_CLASH = "initiatives_kept_clash"
    KEPT_OVER_BUDGET = "initiatives_kept_over_budget"


INITIATIVE_FAULTS: dict[InitiativeCode, Explanation] = {
    InitiativeCode.UNOWNED: warning(
        "An initiative has no owner.",
        "initiative {initiative}, “{name}”, has no owner.",
        "Agree on who answers for it and enter that role as owner_role.",
    ),
    InitiativeCode.WITHOUT_EFFECT: warning(
        "An initiative has no effect on a risk or a joint KPI, so that it only costs.",
        "initiative {initiative}, “{name}”, has no row in initiative_effects.",
        "State what it takes away from which risk, as an interval, or remove it.",
    ),
    InitiativeCode.COSTS_NOTHING: warning(
        "An initiative costs nothing, so that it has no return on what it costs.",
        "initiative {initiative}, “{name}”, has neither a running nor a one-off cost.",
        "Enter what it costs a year, the time of those who run it included.",
    ),
    InitiativeCode.RISK_NOT_IN_MONEY: warning(
        "An effect is on a risk that is not put into money this quarter, so that it counts for "
        "nothing.",
        "initiative {initiative} acts on {value}, which is not among the quarter's risks in money.",
        "Correct the risk_id, or describe the risk in the register.",
    ),
    InitiativeCode.NOTHING_LEFT: warning(
        "An effect takes away all of a risk's frequency or loss. Nothing that is stated beside it "
        "counts, and what it saves where it is in place is set at 100 times what is left.",
        "initiative {initiative} leaves nothing of the {factor} of {risk}.",
        "State the interval of a reduction that leaves something: 0.9 to 0.99, say.",
    ),
    InitiativeCode.METRIC_UNKNOWN: warning(
        "An effect is on a metric that the catalogue does not have.",
        "initiative {initiative} changes {value}, and there is no such metric.",
        "Correct it: `board-report metrics` lists them all.",
    ),
    InitiativeCode.NEVER_CHOSEN: warning(
        "An initiative requires, at some remove, what cannot stand beside it, so that no budget "
        "can take it in.",
        "initiative {initiative} cannot be without {one} and {other}, which exclude each other.",
        "Remove one of the two from requires or excludes.",
    ),
    InitiativeCode.KEPT_CLASH: warning(
        "Initiatives that must stay exclude each other, so that no set of them is allowed.",
        "{one} and {other} must both stay, themselves or for others, and exclude each other.",
        "Remove one of the two from excludes, or must_stay from one.",
    ),
    InitiativeCode.KEPT_OVER_BUDGET: warning(
        "What must stay costs more than a budget that is tried, so that there is nothing to "
        "choose in it.",
        "what must stay, with what it requires, costs {value} a year; the smallest budget that is "
        "tried is {budget}.",
        "Check must_stay, or raise amount (or lower change) under [risk.budget] in report.toml.",
    ),
}


def initiative_findings(
    tables: TableSet, risk_ids: Collection[str], metric_ids: Collection[str], budget: Budget
) -> tuple[Finding, ...]:
    """What is wrong with the initiatives; nothing where they were not given.

    A reference to an initiative that is not there is found where tables refer to one another, and
    asks for nothing here.

    Args:
        tables: ``initiatives`` and ``initiative_effects``.
        risk_ids: the risks that are put into money this quarter.
        metric_ids: the catalogue's.
        budget: what the initiatives may cost, and how far that is tried.
    """
    initiatives = read_initiatives(tables)
    return (
        *(finding for each in initiatives for finding in _of_initiative(each)),
        *(finding for each in initiatives for finding in _of_effects(each, risk_ids, metric_ids)),
        *_of_rules(initiatives, budget),
    )


def _of_initiative(each: Initiative) -> Iterator[Finding]:
    if not each.owner_role:
        yield _finding(InitiativeCode.UNOWNED, each, "owner_role")
    if not each.on_loss and not each.on_kpis:
        yield _finding(InitiativeCode.WITHOUT_EFFECT, each, "initiative_id", each.initiative_id)
    if not each.annual_cost:
        yield _finding(InitiativeCode.COSTS_NOTHING, each, "annual_cost", "0")


def _of_effects(
    each: Initiative, risk_ids: Collection[str], metric_ids: Collection[str]
) -> Iterator[Finding]:
    for effect in each.on_loss:
        if effect.risk_id not in risk_ids:
            code = InitiativeCode.RISK_NOT_IN_MONEY
            yield _finding(code, each, "risk_id", effect.risk_id, effect)
        if effect.reduction >= 1:
            facts = {"factor": str(effect.factor), "risk": effect.risk_id}
            value = f"{effect.interval.low:g}"
            yield _finding(InitiativeCode.NOTHING_LEFT, each, "low", value, effect, **facts)
    for change in each.on_kpis:
        if change.metric_id not in metric_ids:
            code = InitiativeCode.METRIC_UNKNOWN
            yield _finding(code, each, "metric_id", change.metric_id, change)


def _of_rules(initiatives: Sequence[Initiative], budget: Budget) -> Iterator[Finding]:
    least = base_budget(initiatives, budget) * (1 - budget.change)
    options = tuple(
        Option(each.initiative_id, each.annual_cost, each.must_stay, each.requires, each.excludes)
        for each in initiatives
    )
    choice = Choice(options, (), least)
    for each in initiatives:
        clash = next(choice.clashes(choice.closure([each.initiative_id])), None)
        if clash is not None:
            one, other = clash
            column = "excludes" if each.initiative_id in clash else "requires"
            value = other if one == each.initiative_id else one
            yield _finding(InitiativeCode.NEVER_CHOSEN, each, column, value, one=one, other=other)
    staying = [each for each in initiatives if each.must_stay]
    kept = choice.closure(choice.kept)
    clash = next(choice.clashes(kept), None)
    if clash is not None:
        one, other = clash
        place = next(each for each in initiatives if each.initiative_id == one)
        yield _finding(InitiativeCode.KEPT_CLASH, place, "excludes", other, one=one, other=other)
    if not choice.is_within_budget(kept):
        dearest = max(staying, key=lambda each: each.annual_cost)
        cost, most = f"{cost_of(initiatives, kept):,.0f}", f"{least:,.0f}"
        yield _finding(InitiativeCode.KEPT_OVER_BUDGET, dearest, "must_stay", cost, budget=most)


def _finding(
    code: InitiativeCode,
    initiative: Initiative,
    column: str,
    value: str = "",
    effect: LossEffect | KpiChange | None = None,
    **facts: str,
) -> Finding:
    """A finding about the initiative's row, or about one of its effects'."""
    row = initiative if effect is None else effect
    return explained(
        INITIATIVE_FAULTS[code],
        code,
        {"initiative": initiative.initiative_id, "name": initiative.name, **facts},
        file=row.file,
        line=row.line,
        column=column,
        value=value,
        table=INITIATIVES if effect is None else EFFECTS,
    )
