"""The rules over input rows: clocks, risk bands, crown jewels, acceptances."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from board_report.governance.escalation_records import Escalation, EscalationRule, Watch, day, days
from board_report.governance.rows import plain_rows, text_of, title_beside
from board_report.metrics.declare import (
    BoolArray,
    Unit,
    before_cutoff,
    days_within,
    equals,
    known,
    on_or_before,
    past,
    stands_at_cutoff,
)
from board_report.model import RowRef
from board_report.risk.read import read_risks
from board_report.risk.scenarios import Scenario
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, WEIGHT_COLUMN

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window

INCIDENTS, FINDINGS = "incidents", "vulnerability_findings"
ACCEPTANCES, REGISTER = "risk_acceptances", "risk_register"
DETERMINED = float("inf")
"""Size of an incident determined material: before every review."""
_SEVERITIES = ("low", "medium", "high", "critical")


def references(table: str, frame: pd.DataFrame) -> tuple[RowRef, ...]:
    """Where the rows of a frame stand in their files, in order."""
    places = zip(frame[SOURCE_COLUMN], frame[LINE_COLUMN], strict=True)
    return tuple(RowRef(table, str(file), int(line)) for file, line in places)


def _picked(watch: Watch, table: str, mask: BoolArray) -> list[tuple[Mapping[str, Any], RowRef]]:
    frame = watch.rows(table)[mask]
    return list(zip(plain_rows(frame), references(table, frame), strict=True))


# --- clocks --------------------------------------------------------------------------------------


def clocks(watch: Watch) -> list[Escalation]:
    """Materiality reviews open at the cutoff, and incidents determined material in the quarter.

    A determination that came later had not come yet: the review was open. How long the filing may
    take after a determination is not computed here. Ordered: determined first, then by days since
    detection.
    """
    frame = watch.rows(INCIDENTS)
    on = frame["materiality_determined_on"]
    seen = before_cutoff(frame["detected_at"], watch.window)
    material = equals(frame["materiality_state"], "determined_material")
    determined = material | equals(frame["materiality_state"], "determined_not_material")
    later = determined & known(on) & ~on_or_before(on, watch.window)
    waiting = seen & (equals(frame["materiality_state"], "under_review") | later)
    decided = seen & material & days_within(on, watch.window)
    return [
        *(_determined(row, ref) for row, ref in _picked(watch, INCIDENTS, decided)),
        *(_reviewed(watch, row, ref) for row, ref in _picked(watch, INCIDENTS, waiting)),
    ]


def _incident(row: Mapping[str, Any]) -> str:
    number = text_of(row, "incident_id")
    return f"{number}, {title_beside(number, text_of(row, 'title'))}"


def _determined(row: Mapping[str, Any], ref: RowRef) -> Escalation:
    on: date = row["materiality_determined_on"]
    return Escalation(
        EscalationRule.CLOCK,
        0,
        f"Determined material on {day(on)}: {_incident(row)}.",
        (ref,),
        since=on,
        owner_role="CISO",
        subject=text_of(row, "incident_id"),
        size=DETERMINED,
    )


def _reviewed(watch: Watch, row: Mapping[str, Any], ref: RowRef) -> Escalation:
    detected: datetime = row["detected_at"]
    since = detected.astimezone(ZoneInfo(watch.time_zone)).date()
    age = (watch.cutoff - since).days
    how_long = f"for {days(age)}" if age > 0 else "since today"
    return Escalation(
        EscalationRule.CLOCK,
        0,
        f"Materiality under review {how_long}: {_incident(row)}.",
        (ref,),
        since=since,
        owner_role="CISO",
        subject=text_of(row, "incident_id"),
        size=float(age),
    )


# --- risks ---------------------------------------------------------------------------------------


def risk_bands(watch: Watch) -> list[Escalation]:
    """Scenarios whose expected loss a year is in a higher band than in the quarter before.

    Expected loss in closed form, from what both quarters' tables say; an amount that equals a
    band's least is in the band. A scenario without a row a quarter ago has crossed nothing, and
    nothing is said where a quarter's figures are withheld.
    """
    if watch.previous is None or not watch.bands:
        return []
    before = {each.risk_id: each for each in _scenarios(watch, watch.previous)}
    return [
        _crossed(watch, before[now.risk_id], now)
        for now in _scenarios(watch, watch.window)
        if now.risk_id in before
        and _band(watch, now.expected_loss) > _band(watch, before[now.risk_id].expected_loss)
    ]


def _scenarios(watch: Watch, window: Window) -> tuple[Scenario, ...]:
    """Those of a quarter that can be put into money; none where one of them is faulty."""
    reading = read_risks(watch.tables, window, watch.currency)
    return () if reading is None or reading.is_faulty else reading.scenarios


def _band(watch: Watch, loss: float) -> int:
    """Place of a loss's band, to the cent as its figure is; -1 below the lowest."""
    return sum(round(loss, 2) >= least for _, least in watch.bands) - 1


def _band_name(watch: Watch, loss: float) -> str:
    at = _band(watch, loss)
    return f"“{watch.bands[at][0]}”" if at >= 0 else f"below “{watch.bands[0][0]}”"


def _crossed(watch: Watch, before: Scenario, now: Scenario) -> Escalation:
    losses = before.expected_loss, now.expected_loss
    old, new = (watch.say(loss, Unit.MONEY) for loss in losses)
    from_band, to_band = (_band_name(watch, loss) for loss in losses)
    grew = f"went from {old} to {new}" if old != new else f"is {new}"
    frame = watch.rows(REGISTER)
    of_risk = equals(frame["risk_id"], now.risk_id)
    chosen = frame[of_risk & equals(frame["quarter"], str(watch.window.quarter))]
    earlier = frame[of_risk & equals(frame["quarter"], str(before_quarter(watch)))]
    reviewed = plain_rows(chosen)[0]["reviewed_on"]
    is_known = isinstance(reviewed, date) and reviewed <= watch.cutoff
    return Escalation(
        EscalationRule.RISK_BAND,
        0,
        f"{now.short_title} rose from {from_band} to {to_band}: its expected loss a year {grew}.",
        (*references(REGISTER, chosen), *references(REGISTER, earlier)),
        since=reviewed if isinstance(reviewed, date) and is_known else watch.cutoff,
        owner_role=now.owner_role,
        subject=now.short_title,
        size=now.expected_loss,
    )


def before_quarter(watch: Watch) -> str:
    """The quarter before the one reported on, as the tables write it."""
    return str(watch.window.quarter.previous)


# --- crown jewels and acceptances ----------------------------------------------------------------


def crown_jewels(watch: Watch) -> list[Escalation]:
    """Crown jewels with findings that became overdue since the last quarter's end and are open.

    Due on the last day of the quarter before was not yet overdue then, so it counts here; due on
    the cutoff day itself is not overdue. One escalation for each asset; ordered by the gravest
    finding, then by their number, then by age.
    """
    frame = watch.rows(FINDINGS)
    first = np.datetime64(watch.window.first_day) - np.timedelta64(1, "D")
    due = frame["due_on"].to_numpy(dtype="datetime64[D]")
    late = (
        equals(frame["asset_tier"], "crown_jewel")
        & stands_at_cutoff(frame["first_seen_on"], frame["closed_on"], watch.window)
        & past(frame["due_on"], watch.window)
        & (due >= first)
    )
    found = frame[late].sort_values("due_on", kind="stable")
    return [_overdue(group) for _, group in found.groupby("asset_id", sort=False)]


def rows_behind(frame: pd.DataFrame) -> int:
    """The rows of the input that some rows of a table stand for, where it was reduced."""
    return int(frame[WEIGHT_COLUMN].sum()) if WEIGHT_COLUMN in frame.columns else len(frame)


def _overdue(group: pd.DataFrame) -> Escalation:
    rows = plain_rows(group)
    oldest = rows[0]["due_on"]
    since = oldest if isinstance(oldest, date) else None
    name = text_of(rows[0], "asset_name") or text_of(rows[0], "asset_id")
    words = day(since) if since else "on an unknown day"
    count = rows_behind(group)
    if count == 1:
        severity = text_of(rows[0], "severity")
        said = f"a {severity} finding was due {words} and is open" if severity else ""
        said = said or f"a finding was due {words} and is open"
    else:
        said = f"{count} findings became overdue and are open, the oldest due {words}"
    return Escalation(
        EscalationRule.CROWN_JEWEL_OVERDUE,
        0,
        f"{name}: {said}.",
        references(FINDINGS, group),
        since=since,
        owner_role="BOTH",
        subject=name,
        size=1e6 * max(_grade(row) for row in rows) + count,
        count=count,
    )


def _grade(row: Mapping[str, Any]) -> int:
    severity = text_of(row, "severity")
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else -1


def acceptances(watch: Watch) -> list[Escalation]:
    """Accepted risks whose day has gone by at the cutoff and that are still open."""
    frame = watch.rows(ACCEPTANCES)
    lapsed = stands_at_cutoff(frame["accepted_on"], frame["closed_on"], watch.window) & past(
        frame["expires_on"], watch.window
    )
    return [_lapsed(watch, row, ref) for row, ref in _picked(watch, ACCEPTANCES, lapsed)]


def _lapsed(watch: Watch, row: Mapping[str, Any], ref: RowRef) -> Escalation:
    until: date = row["expires_on"]
    number = text_of(row, "acceptance_id")
    return Escalation(
        EscalationRule.ACCEPTANCE_LAPSED,
        0,
        f"{number} held until {day(until)} and is still open: {text_of(row, 'title')}.",
        (ref,),
        since=until,
        owner_role=text_of(row, "approver_role"),
        subject=number,
        size=float((watch.cutoff - until).days),
    )
