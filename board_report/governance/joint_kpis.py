"""The joint KPIs: which are declared, how far each is from its target, and what is wrong with them.

A joint KPI is a metric of the catalogue that both leaders answer for. It is computed once, where
every other page has it from; here it gets each leader's part and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.governance.rows import Row, plain_rows, text_of
from board_report.metrics.declare import Owner
from board_report.model import Finding, MetricSeries, Severity, State, Status
from board_report.sources.faults import Explanation, explained
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures
    from board_report.tables.schema import TableSet

FEWEST = 8
"""Fewer joint KPIs than this do not cover what both offices do together."""
_SAYS_NOTHING = frozenset(
    {"", "na", "none", "nil", "tbd", "tbc", "todo", "unknown", "to be agreed", "to be decided"}
)
_STATES = {State.NOT_MEASURED: "not measured", State.WITHHELD: "withheld"}


class KpiCode(StrEnum):
    """What can be wrong with the joint KPIs."""

    TOO_FEW = "kpi_too_few"
    NOT_JOINT = "kpi_not_joint"
    WITHOUT_TARGET = "kpi_without_target"
    PART_MISSING = "kpi_part_missing"
    NOT_MEASURED = "kpi_not_measured"


KPI_FAULTS: dict[KpiCode, Explanation] = {
    KpiCode.TOO_FEW: Explanation(
        Severity.WARNING,
        f"Fewer than {FEWEST} joint KPIs are declared.",
        "{count} declared; at least {fewest} are expected.",
        "Add metrics that both leaders answer for: `board-report metrics` lists them all.",
    ),
    KpiCode.NOT_JOINT: Explanation(
        Severity.WARNING,
        "A joint KPI is a metric that one leader answers for alone.",
        "{value} is answered for by the {owner} alone.",
        "Choose a metric that both answer for: `board-report metrics` says who does.",
    ),
    KpiCode.WITHOUT_TARGET: Explanation(
        Severity.WARNING,
        "A joint KPI has no target, so that nobody can be held to it.",
        "no target is declared for {value}.",
        "Add {value} under [targets] in report.toml.",
    ),
    KpiCode.PART_MISSING: Explanation(
        Severity.WARNING,
        "One leader's part in a joint KPI is a placeholder.",
        "the {leader}'s part in {metric} says nothing: {value}.",
        "Say in a few words what the {leader} does for it.",
    ),
    KpiCode.NOT_MEASURED: Explanation(
        Severity.WARNING,
        "A joint KPI has no value this quarter, because its data are missing or too faulty.",
        "{value} is {state} this quarter{why}.",
        "Give the file that it is computed from, or mend it; `board-report explain {value}` "
        "names it.",
    ),
}
"""What each code means; every code has one."""


@dataclass(frozen=True)
class JointKpi:
    """One declared joint KPI that the catalogue knows."""

    metric_id: str
    ciso_part: str
    cto_part: str
    status: Status
    shortfall: float
    """See :func:`shortfall`; 0 on target or without one."""


def joint_kpis(tables: TableSet, figures: Figures) -> tuple[JointKpi, ...]:
    """The joint KPIs, worst first: off, near, on target, without a judgement; within each the one
    furthest from its target first, then in the order of the file.
    """
    known = [
        row
        for row in plain_rows(tables.frame("joint_kpis"))
        if text_of(row, "metric_id") in figures.specs
    ]
    found = [
        JointKpi(
            metric_id=name,
            ciso_part=text_of(row, "ciso_part"),
            cto_part=text_of(row, "cto_part"),
            status=figures[name].status,
            shortfall=shortfall(figures[name]),
        )
        for name, row in ((text_of(row, "metric_id"), row) for row in known)
    ]
    order = (Status.OFF, Status.NEAR, Status.ON, Status.NONE)
    return tuple(sorted(found, key=lambda each: (order.index(each.status), -each.shortfall)))


def shortfall(series: MetricSeries) -> float:
    """How far a value misses its target, counted in the target's own margin; 0 where it does not.

    The margin runs from the target to the worst value that still counts as near, as declared. It
    makes hours, shares and money comparable: 1 is just near, 2 twice as far. Where there is none
    the target's own size takes its place, and for a target of zero one unit.
    """
    target, value = series.target, series.now.value
    if target is None or value is None or target.status(value) is Status.ON:
        return 0.0
    margin = abs(target.near - target.value) or abs(target.value) or 1.0
    return abs(value - target.value) / margin


def joint_kpi_findings(tables: TableSet, figures: Figures) -> tuple[Finding, ...]:
    """What is wrong with the joint KPIs; nothing is said where the file was not given.

    A metric that the catalogue does not have is warned about where metric ids are checked.
    """
    if not tables.measured("joint_kpis"):
        return ()
    rows = plain_rows(tables.frame("joint_kpis"))
    few = [_too_few(rows)] if len(rows) < FEWEST else []
    known = [row for row in rows if text_of(row, "metric_id") in figures.specs]
    return (*few, *(finding for row in known for finding in _of_row(row, figures)))


def _too_few(rows: tuple[Row, ...]) -> Finding:
    count = {0: "no joint KPI is", 1: "1 joint KPI is"}.get(
        len(rows), f"{len(rows)} joint KPIs are"
    )
    return explained(
        KPI_FAULTS[KpiCode.TOO_FEW],
        KpiCode.TOO_FEW,
        {"count": count, "fewest": FEWEST},
        file=text_of(rows[0], SOURCE_COLUMN) if rows else "",
        table="joint_kpis",
    )


def _of_row(row: Row, figures: Figures) -> list[Finding]:
    name = text_of(row, "metric_id")
    spec, series = figures.specs[name], figures[name]
    found = []
    if spec.owner is not Owner.JOINT:
        found.append(_tell(KpiCode.NOT_JOINT, row, "metric_id", name, owner=spec.owner))
    if series.target is None:
        found.append(_tell(KpiCode.WITHOUT_TARGET, row, "metric_id", name))
    for leader in ("CISO", "CTO"):
        column = f"{leader.lower()}_part"
        part = text_of(row, column)
        if _is_placeholder(part):
            found.append(_tell(KpiCode.PART_MISSING, row, column, part, leader=leader, metric=name))
    if series.now.state in _STATES:
        why = f": {series.now.note}" if series.now.note else ""
        state = _STATES[series.now.state]
        found.append(_tell(KpiCode.NOT_MEASURED, row, "metric_id", name, state=state, why=why))
    return found


def _is_placeholder(part: str) -> bool:
    """Whether a text only stands where a part should: an empty one is refused when it is read."""
    letters = "".join(each for each in part.casefold() if each.isalnum() or each.isspace())
    return " ".join(letters.split()) in _SAYS_NOTHING


def _tell(code: KpiCode, row: Row, column: str, value: str, **facts: object) -> Finding:
    line = row.get(LINE_COLUMN)
    return explained(
        KPI_FAULTS[code],
        code,
        facts,
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
        column=column,
        value=value,
        table="joint_kpis",
    )
