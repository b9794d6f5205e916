"""Every figure of the loss model as data: what ``losses.csv`` holds, a line for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.tables.rejected import neutral

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney
    from board_report.risk.records import Interval, LossStatistics, ScenarioResult

LOSS_COLUMNS = (
    "scope",
    "risk_id",
    "title",
    "owner",
    "statistic",
    "chance",
    "value",
    "printed",
    "model_chance",
    "basis",
)
GROSS, NET, RISK = "total", "total after insurance", "risk"
_STATISTICS = (
    "expected",
    "p10",
    "p50",
    "p90",
    "var_95",
    "var_99",
    "shortfall_95",
    "shortfall_99",
)


@dataclass(frozen=True)
class _Line:
    """One figure: money in the reporting currency unless it is a chance, a share or a number."""

    statistic: str
    value: float
    chance: float | None = None
    """Chance in a year that the loss is reached or exceeded, or that a curve allows."""
    model_chance: float | None = None
    is_money: bool = True


def losses_csv(money: RiskInMoney | None, currency: str) -> str:
    """The distribution of the year's loss, in total and by risk; a header alone without a model.

    It is safe to open in a spreadsheet.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(LOSS_COLUMNS)
    if money is not None:
        for head, lines, basis in _scopes(money):
            writer.writerows(_cells(head, each, basis, currency) for each in lines)
    return buffer.getvalue()


def _scopes(money: RiskInMoney) -> Iterator[tuple[tuple[str, ...], Iterator[_Line], str]]:
    yield (GROSS, "", "", ""), _of_total(money), ""
    if money.net is not None:
        yield (NET, "", "", ""), _of(money.net), ""
    for each in money.scenarios:
        yield (RISK, each.risk_id, each.title, each.owner_role), _of_risk(each), each.basis


def _of_total(money: RiskInMoney) -> Iterator[_Line]:
    position = money.position
    yield from _of(money.statistics)
    yield from _interval("expected", money.expected_interval)
    for chance, low, high in position.band:
        yield _Line("curve_p10", low, chance)
        yield _Line("curve_p90", high, chance)
    yield _Line("var_95_error", money.convergence.var_95_error)
    yield _Line("expected_error", money.convergence.expected_error)
    for name, points in (
        ("appetite", position.appetite_exceedance),
        ("tolerance", position.limit_exceedance),
    ):
        for allowed, loss, given in points:
            yield _Line(name, loss, allowed, given)


def _of_risk(found: ScenarioResult) -> Iterator[_Line]:
    yield _Line("chance_a_year", found.chance_a_year, is_money=False)
    yield _Line("events_a_year", found.events_a_year, is_money=False)
    yield _Line("event_p10", found.event_p10)
    yield _Line("event_median", found.event_median)
    yield _Line("event_p90", found.event_p90)
    yield from _of(found.statistics)
    yield from _interval("expected", found.expected_interval)
    yield _Line("tail_share", found.tail_share, is_money=False)


def _of(found: LossStatistics) -> Iterator[_Line]:
    for name in _STATISTICS:
        yield _Line(name, getattr(found, name))
    for chance, loss in found.curve:
        yield _Line("curve", loss, chance)


def _interval(name: str, found: Interval | None) -> Iterator[_Line]:
    if found is not None:
        yield _Line(f"{name}_p10", found.low)
        yield _Line(f"{name}_p90", found.high)


def _cells(head: tuple[str, ...], line: _Line, basis: str, currency: str) -> list[str]:
    printed = formats.money(line.value, currency) if line.is_money else f"{line.value:.4g}"
    value = f"{line.value:.2f}" if line.is_money else repr(line.value)
    return [
        *map(neutral, head),
        line.statistic,
        "" if line.chance is None else f"{line.chance:.6g}",
        value,
        printed,
        "" if line.model_chance is None else f"{line.model_chance:.6g}",
        neutral(basis),
    ]
