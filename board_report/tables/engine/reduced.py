"""Reduce the rows that stand to a few that are really there, each with its weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from board_report.tables.engine.cells_in_sql import TIMES
from board_report.tables.engine.judged import USED_ROWS
from board_report.tables.engine.order_statistics import (
    is_open_row,
    make_steps,
    quarter_of,
    seconds_of_row,
)
from board_report.tables.engine.periods import breaks, period_of
from board_report.tables.engine.plans import Plan, ViewPlan
from board_report.tables.engine.signatures import make_signatures, signature_of_row
from board_report.tables.engine.singled_out import (
    SINGLES,
    late_jewel,
    newest_day,
    oldest_day,
    single_out,
)
from board_report.tables.engine.work import Work
from board_report.tables.frames import series_of, time_series
from board_report.tables.schema import (
    BEYOND_COLUMN,
    LINE_COLUMN,
    SOURCE_COLUMN,
    WEIGHT_COLUMN,
    Column,
    Kind,
    View,
)

if TYPE_CHECKING:
    from board_report.tables.schema import TableSet

_NOT_A_TIME = -(1 << 63)


def reduce_rows(work: Work, plan: Plan, tables: TableSet) -> tuple[pd.DataFrame, tuple[View, ...]]:
    """The frame that pages and rules read, and the views of the figures.

    Args:
        work: the table, judged.
        plan: how it is reduced.
        tables: those read before it, among them the KEV catalogue.
    """
    if plan.has_assets:
        make_signatures(work, tables)
    newest = newest_day(work)
    single_out(work, plan, newest)
    keys, order = _listing(work, plan, (*oldest_day(work), *newest))
    frame = _frame(work, work.spec.column_names, keys, order)
    times = (each.name for each in _times(work, work.spec.column_names))
    whole = View(frozenset((*plan.told_apart, *plan.signs, *times)), frame)
    return frame, (*(_view(work, each) for each in plan.views), whole)


# --- groups --------------------------------------------------------------------------------------


def _listing(work: Work, plan: Plan, days: Sequence[int]) -> tuple[list[str], str]:
    """What the rows of the listing frame are grouped by, and the order of their representatives."""
    keys = [f"v_{name}" for name in plan.told_apart]
    keys += [_period(work, each, days) for each in _times(work, work.spec.column_names)]
    keys += [f"v_{name} > 0" for name in plan.signs]
    keys += [f"v_{one} <= v_{other}" for one, other in plan.pairs]
    by_itself = f"EXISTS (SELECT 1 FROM {SINGLES} AS s WHERE s.rid = u.rid)"
    keys.append(f"CASE WHEN {by_itself} THEN u.rid END")
    if not plan.has_assets:
        return keys, "rid"
    late = late_jewel(work)
    keys.append(f"CASE WHEN {late} THEN v_asset_id END")
    # Of an asset's late findings the one due first gives its name and its day.
    return keys, f"(CASE WHEN {late} THEN v_due_on ELSE 0 END, rid)"


def _view(work: Work, plan: ViewPlan) -> View:
    keys = [f"v_{each}" for each in plan.columns if work.spec.column(each).kind not in TIMES]
    if plan.joins is not None:
        keys = [key for key in keys if key != "v_cve"]
        keys.append(signature_of_row(work))
    keys += [_period(work, each, ()) for each in _times(work, plan.columns)]
    columns = list(dict.fromkeys((*work.spec.key, *plan.columns)))
    if plan.durations is None:
        return View(frozenset(plan.columns), _frame(work, columns, keys, "rid"), plan.joins)
    work.run(
        f"CREATE VIEW timed AS SELECT *, {quarter_of(work, plan.durations)} AS q, "
        f"{seconds_of_row(work, plan.durations)} AS seconds, "
        f"{is_open_row(work, plan.durations)} AS is_open FROM {USED_ROWS}"
    )
    make_steps(work, "timed", plan.splits)
    work.run(
        "CREATE VIEW stepped AS SELECT timed.*, steps.step AS step FROM timed "
        "LEFT JOIN steps ON steps.q = timed.q AND steps.seconds = timed.seconds "
        "AND steps.is_open = timed.is_open"
    )
    frame = _frame(work, columns, [*keys, "step"], "rid", rows="stepped")
    for name in ("VIEW stepped", "VIEW timed", "TABLE steps"):
        work.run(f"DROP {name}")
    return View(frozenset(plan.columns), frame)


def _times(work: Work, names: Sequence[str]) -> list[Column]:
    return [each for each in work.spec.columns if each.name in names and each.kind in TIMES]


def _period(work: Work, column: Column, days: Sequence[int]) -> str:
    """Where a time falls among the quarters and, of the column that dates a row, certain days."""
    at = set(breaks(column, work.project))
    if column.name == work.spec.dated_by:
        at |= {each + (place % 2) for place, each in enumerate(days)}
    return period_of(f"v_{column.name}", sorted(at))


# --- frames --------------------------------------------------------------------------------------


def _frame(
    work: Work, columns: Sequence[str], keys: Sequence[str], order: str, *, rows: str = USED_ROWS
) -> pd.DataFrame:
    """One row for each group: a real one of it, with the number of rows and the rest of seconds."""
    is_timed = rows != USED_ROWS
    total = "sum(seconds) FILTER (step IS NOT NULL)" if is_timed else "NULL"
    grouped = ", ".join(f"{key} AS g{at}" for at, key in enumerate(keys))
    names = ", ".join(f"g{at}" for at in range(len(keys)))
    seconds = ", step, seconds" if is_timed else ""
    work.run(
        f"CREATE TABLE chosen AS SELECT arg_min(rid, place) AS rid, count(*) AS weight, "
        f"{total} AS total FROM (SELECT rid, {order} AS place, {grouped}{seconds} "
        f"FROM {rows} AS u) AS keyed GROUP BY {names}"
    )
    of_rows = "r.seconds" if is_timed else "NULL"
    wanted = "".join(f", r.v_{name}" for name in columns)
    work.run(
        f"CREATE TABLE picked AS SELECT r.rid, r.src, r.line, c.weight, "
        f"coalesce(c.total - c.weight * {of_rows}, 0)::BIGINT AS beyond{wanted} "
        f"FROM {rows} AS r JOIN chosen AS c ON c.rid = r.rid"
    )
    frame = _fetched(work, columns, is_timed=is_timed)
    work.run("DROP TABLE chosen")
    work.run("DROP TABLE picked")
    return frame


def _fetched(work: Work, columns: Sequence[str], *, is_timed: bool) -> pd.DataFrame:
    def array(expression: str) -> Any:
        sql = f"SELECT {expression} AS value FROM picked ORDER BY rid"
        return work.connection.execute(sql).fetchnumpy()["value"]

    frame: dict[str, pd.Series] = {}
    for name in columns:
        column = work.spec.column(name)
        if column.kind in TIMES:
            moments = array(f"coalesce(v_{name}, {_NOT_A_TIME})").astype("int64")
            frame[name] = time_series(column.kind, moments.view("datetime64[s]"))
        elif column.kind in (Kind.INTEGER, Kind.BOOLEAN):
            frame[name] = _nullable(array(f"v_{name}"), column.kind)
        else:
            frame[name] = series_of(column.kind, array(f"v_{name}").tolist())
    files = {each.index: each.spec.file for each in work.sources}
    frame[SOURCE_COLUMN] = pd.Series([files[int(src)] for src in array("src")], dtype="str")
    frame[LINE_COLUMN] = pd.Series(array("line").astype("int64"))
    frame[WEIGHT_COLUMN] = pd.Series(array("weight").astype("int64"))
    if is_timed:
        frame[BEYOND_COLUMN] = pd.Series(array("beyond").astype("int64"))
    return pd.DataFrame(frame)


def _nullable(values: Any, kind: Kind) -> pd.Series:
    missing = np.ma.getmaskarray(values)
    whole = np.ma.filled(values, 0).astype("int64")
    found = pd.Series(whole, dtype="Int64").mask(missing)
    return found.astype("boolean") if kind is Kind.BOOLEAN else found
