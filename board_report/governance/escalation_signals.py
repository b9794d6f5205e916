"""The rules over figures and over what reports at all: tolerance, targets, silent controls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from board_report.governance.escalation_records import (
    Escalation,
    EscalationRule,
    Watch,
    day,
    days,
    listed,
)
from board_report.governance.escalation_rules import (
    REGISTER,
    before_quarter,
    references,
    rows_behind,
)
from board_report.metrics.ciso.controls import CONTROL_WORDS
from board_report.metrics.declare import Owner, Unit, equals, within
from board_report.metrics.targets import TargetRecord, target_records
from board_report.model import Status
from board_report.tables.schema import Leader, Table

if TYPE_CHECKING:
    import pandas as pd

LOSS = "loss_1_in_20"
CONTROLS, DETECTIONS = "control_coverage", "detections"
RUNNING = 3
"""The quarter in a row in which a missed target is escalated, once."""
PUBLIC_LISTS = ("exploit_predictions",)
"""Dated copies of what others publish: an old one is told beside its figure, and nothing of the
company has fallen silent."""

_SOURCES = {"edr": "EDR", "siem": "SIEM"}
_ROLES = {
    Owner.CISO: "CISO",
    Owner.CTO: "CTO",
    Owner.JOINT: "BOTH",
    Leader.CISO: "CISO",
    Leader.CTO: "CTO",
    Leader.JOINT: "BOTH",
}


# --- figures -------------------------------------------------------------------------------------


def over_appetite(watch: Watch) -> list[Escalation]:
    """The 1-in-20-year loss over tolerance, else over appetite, for two quarters or longer.

    Every quarter is held against today's limits; a quarter without a value ends the run.
    """
    return _dwells(watch, watch.tolerance, "tolerance") or _dwells(
        watch, watch.appetite, "appetite"
    )


def _dwells(watch: Watch, limit: float | None, name: str) -> list[Escalation]:
    """The loss over one limit of the board, by that limit's name."""
    series = watch.figures.series.get(LOSS)
    run = 0
    if series is None or limit is None:
        return []
    for each in reversed(series.values):
        if each.value is None or each.value <= limit:
            break
        run += 1
    now = series.now.value
    if run < 2 or now is None:
        return []
    loss, allowed = watch.say(now, Unit.MONEY), watch.say(limit, Unit.MONEY)
    how = "just over" if loss == allowed else "over"
    all_ = ", as far back as it is measured" if run == _measured(series.values) else ""
    frame = watch.rows(REGISTER)
    return [
        Escalation(
            EscalationRule.OVER_APPETITE,
            0,
            f"The 1-in-20-year loss is {loss}, {how} the {name} of {allowed} for {run} "
            f"quarters running{all_}.",
            references(REGISTER, frame[equals(frame["quarter"], str(watch.window.quarter))]),
            LOSS,
            watch.windows[-run].cutoff_day,
            "BOTH",
            name,
            now - limit,
            run,
        )
    ]


def _measured(values: Sequence[object]) -> int:
    return sum(getattr(each, "value", None) is not None for each in values)


def missed_running(watch: Watch) -> list[TargetRecord]:
    """Figures off their target now, with how long they have been; the loss has its own rule.

    While the quarter still runs, a figure counts only if it is off whatever comes (its status).
    """
    return [
        each
        for each in target_records(watch.figures)
        if each.metric_id != LOSS and watch.figures[each.metric_id].status is Status.OFF
    ]


def targets_missed(watch: Watch) -> list[Escalation]:
    """Figures off target for exactly the third quarter running."""
    return [
        _missed(watch, each) for each in missed_running(watch) if each.missed_running == RUNNING
    ]


def missed_longer(watch: Watch) -> int:
    """Figures off target for more than three quarters running: escalated before, only counted."""
    return sum(each.missed_running > RUNNING for each in missed_running(watch))


def _missed(watch: Watch, record: TargetRecord) -> Escalation:
    spec, series = watch.figures.spec(record.metric_id), watch.figures[record.metric_id]
    value, target = series.now.value, series.target
    if value is None or target is None:
        raise ValueError(f"{record.metric_id} has no value or no target, so it is not off target")
    aim = watch.say(target.value, spec.unit).replace(".0%", "%")
    said = f"{watch.say(value, spec.unit)} against {'at least' if target.at_least else 'at most'}"
    scale = abs(target.value) or 1.0
    return Escalation(
        EscalationRule.TARGET_MISSED,
        0,
        f"{spec.title} is off target for the third quarter running: {said} {aim}.",
        metric_id=spec.id,
        since=watch.windows[-RUNNING].cutoff_day,
        owner_role=_ROLES[spec.owner],
        subject=spec.title,
        size=abs(value - target.value) / scale,
    )


# --- silence -------------------------------------------------------------------------------------


def silent(watch: Watch) -> list[Escalation]:
    """Exports gone stale, controls and detection tools without a row that had one a quarter ago.

    While the quarter still runs only an export can be called silent: a snapshot at quarter end has
    not been due. A tool inside a stale export is not named again.
    """
    stale = [
        table
        for name, table in watch.tables.tables.items()
        if name not in PUBLIC_LISTS and _is_stale(table, watch.cutoff)
    ]
    names = {table.spec.name for table in stale}
    found = [_stopped(watch, table) for table in stale]
    if watch.previous is None or not watch.window.is_over:
        return found
    if CONTROLS not in names:
        found += _controls(watch)
    if DETECTIONS not in names:
        found += _tools(watch)
    return found


def _is_stale(table: Table, cutoff: date) -> bool:
    return table.is_stale and table.records_to is not None and table.records_to < cutoff


def _stopped(watch: Watch, table: Table) -> Escalation:
    newest = table.records_to
    if newest is None:
        raise ValueError(f"{table.spec.name} has no record, so its export has not stopped")
    column = table.frame[table.spec.dated_by]
    if getattr(column.dtype, "tz", None) is not None:
        column = column.dt.tz_convert(watch.time_zone)
    last = table.frame[(column.dt.date == newest).to_numpy(dtype=bool)].tail(1)
    age = (watch.cutoff - newest).days
    return Escalation(
        EscalationRule.CONTROL_SILENT,
        0,
        f"{table.spec.title}: no record for {days(age)}, the newest is of {day(newest)}.",
        references(table.spec.name, last),
        since=newest,
        owner_role=_ROLES[table.spec.leader],
        subject=table.spec.title,
        size=1000.0 + age,
    )


def _controls(watch: Watch) -> list[Escalation]:
    """One escalation for each control, with the business units whose report is missing."""
    frame = watch.rows(CONTROLS)
    now = frame[equals(frame["quarter"], str(watch.window.quarter))]
    before = frame[equals(frame["quarter"], before_quarter(watch))]
    here = set(zip(now["control"], now["business_unit"], strict=True))
    pairs = zip(before["control"], before["business_unit"], strict=True)
    missing = np.array([pair not in here for pair in pairs], dtype=bool)
    return [
        _control(watch, str(control), group)
        for control, group in before[missing].groupby("control", sort=False)
    ]


def _control(watch: Watch, control: str, group: pd.DataFrame) -> Escalation:
    units = list(dict.fromkeys(str(each) for each in group["business_unit"]))
    words = CONTROL_WORDS.get(control, control)
    return Escalation(
        EscalationRule.CONTROL_SILENT,
        0,
        f"No coverage of {words} is on record for {listed(units)}; {before_quarter(watch)} had it.",
        references(CONTROLS, group),
        since=watch.window.first_day,
        owner_role="CISO",
        subject=words,
        size=float(len(units)),
        count=len(units),
    )


def _tools(watch: Watch) -> list[Escalation]:
    """Detection tools that raised alerts a quarter ago and none since.

    An alert of this quarter that does not say its source may be of any tool: none is then called
    silent.
    """
    if watch.previous is None:
        return []
    frame = watch.rows(DETECTIONS)
    before = frame[within(frame["created_at"], watch.previous)]
    raised = frame["source"][within(frame["created_at"], watch.window)]
    if raised.isna().any():
        return []
    now = set(raised)
    return [
        _tool(watch, str(source), group.sort_values("created_at", kind="stable"))
        for source, group in before.groupby("source", sort=False)
        if source not in now
    ]


def _tool(watch: Watch, source: str, group: pd.DataFrame) -> Escalation:
    last = group["created_at"].iloc[-1].tz_convert(watch.time_zone).date()
    name = _SOURCES.get(source, source)
    count = rows_behind(group)
    alerts = f"{count:,} alert{'' if count == 1 else 's'}"
    return Escalation(
        EscalationRule.CONTROL_SILENT,
        0,
        f"No alert from {name} since {day(last)}: {alerts} in {before_quarter(watch)}, none in "
        f"{watch.window.quarter}.",
        references(DETECTIONS, group.tail(1)),
        since=last,
        owner_role="CISO",
        subject=f"alerts from {name}",
        size=0.5,
    )
