"""Durations in few steps: the values between which no median, percentile or interval can lie.

The median and the 90th percentile of a population, and the interval of its median, are read off
its Kaplan-Meier curve at a few times. Where these stand by themselves, all that ended between two
of them, with nothing still open in between, can be one step: the curve after it is the same ratio
of two whole numbers. What is still open is a step of its own between two ends. Steps also part
where those of :mod:`~board_report.tables.duration_steps` do, so that samples of two quarters are
compared as if each row were known. The number of steps is bounded by those, by the populations,
and by how often open and ended rows alternate, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from board_report.period import Window
from board_report.tables.duration_steps import step_edges
from board_report.tables.engine.judged import seconds_of, seconds_of_day
from board_report.tables.engine.periods import in_window, known_by, report_windows
from board_report.tables.engine.plans import Durations
from board_report.tables.engine.work import Work
from board_report.tables.schema import Kind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LEVELS = (0.5, 0.1)
"""Shares still going at the median and at the 90th percentile, which figures read off the curve."""
_ALIKE = 1e-9
_Z = 1.96
"""The normal quantile of the interval; times on either side of it are marked as well."""
_BESIDE = 3
"""Places on either side of where the exact interval ends by the normal approximation."""


def make_steps(work: Work, rows: str, splits: Sequence[str]) -> None:
    """Make ``steps``: for each quarter ``q``, duration ``seconds`` and ``is_open`` its ``step``.

    Args:
        work: the table.
        rows: the view of its rows, with ``q``, ``seconds`` and ``is_open``.
        splits: columns whose values make populations of their own, beside the whole.
    """
    work.run(
        "CREATE TABLE histogram AS SELECT q, seconds, is_open, "
        + "".join(f"v_{name}, " for name in splits)
        + f"count(*) AS n FROM {rows} WHERE q IS NOT NULL AND seconds IS NOT NULL GROUP BY ALL"
    )
    work.run("CREATE TABLE marks (q BIGINT, seconds BIGINT)")
    for column in ("", *splits):
        _mark(work, f"v_{column}" if column else "''")
    work.run("CREATE TABLE edges (edge BIGINT)")
    work.fill("edges", [(each,) for each in step_edges()])
    work.run(
        "CREATE TABLE steps AS SELECT q, seconds, is_open, "
        "sum(begins::INTEGER) OVER (PARTITION BY q ORDER BY seconds, is_open) AS step FROM "
        "(SELECT q, seconds, is_open, coalesce(is_mark OR lag(is_mark) OVER along "
        "OR edge IS DISTINCT FROM lag(edge) OVER along "
        "OR is_open <> lag(is_open) OVER along, true) AS begins "
        "FROM (SELECT h.q, h.seconds, h.is_open, m.seconds IS NOT NULL AS is_mark, e.edge "
        "FROM (SELECT DISTINCT q, seconds, is_open FROM histogram) AS h "
        "ASOF LEFT JOIN edges AS e ON h.seconds >= e.edge LEFT JOIN "
        "(SELECT DISTINCT q, seconds FROM marks) AS m ON m.q = h.q AND m.seconds = h.seconds) "
        "WINDOW along AS (PARTITION BY q ORDER BY seconds, is_open))"
    )
    for name in ("histogram", "marks", "edges"):
        work.run(f"DROP TABLE {name}")


def _mark(work: Work, part: str) -> None:
    """The times at which figures read the curve of each quarter, and of each of its parts."""
    parts = work.rows(f"SELECT DISTINCT q, {part} FROM histogram ORDER BY ALL")
    for quarter, label in parts:
        told = work.connection.execute(
            "SELECT seconds, sum(n) FILTER (NOT is_open) AS ended, "
            "sum(n) FILTER (is_open) AS going "
            f"FROM histogram WHERE q = ? AND {part} IS NOT DISTINCT FROM ? "
            "GROUP BY seconds ORDER BY seconds",
            [quarter, label],
        ).fetchnumpy()
        seconds = _filled(told["seconds"])
        ended, going = (_filled(told[name]) for name in ("ended", "going"))
        work.fill(
            "marks", [(int(quarter), each) for each in sorted(_read_at(seconds, ended, going))]
        )


def _filled(counts: Any) -> npt.NDArray[np.int64]:
    import numpy as np

    filled: npt.NDArray[np.int64] = np.ma.filled(counts, 0).astype("int64")
    return filled


def _read_at(
    seconds: npt.NDArray[np.int64], ended: npt.NDArray[np.int64], going: npt.NDArray[np.int64]
) -> set[int]:
    """The times that the figures of one population are read at, and those beside them.

    The same curve as :mod:`board_report.metrics.statistics.survival`, which comes later. A time
    too many costs a row; those beside make up for what rounding may decide differently there.
    """
    import numpy as np

    upto = np.cumsum(ended + going)
    size = int(upto[-1])
    middle = np.searchsorted(upto, [(size - 1) // 2, size // 2], side="right")
    found = {int(each) for each in seconds[middle]}
    is_end = ended > 0
    times, ends = seconds[is_end], ended[is_end].astype("float64")
    if not times.size:
        return found
    risk = (size - upto + ended + going)[is_end].astype("float64")
    places: list[int] = []
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.cumprod((risk - ends) / risk)
        for level in LEVELS:
            places += _around(np.flatnonzero(share <= level + _ALIKE))
        if going.any():
            spread = np.sqrt(np.cumsum(ends / (risk * (risk - ends))))
            far = (np.log(-np.log(share)) - np.log(np.log(2))) * -np.log(share) / spread
            places += _around(np.flatnonzero((far >= -_Z) | (share <= 0)))
            places += _around(np.flatnonzero((far > _Z) & (share > 0)))
        else:
            places += _interval_places(upto, size)
    return found | {int(times[each]) for each in places if 0 <= each < len(times)}


def _around(found: npt.NDArray[np.intp]) -> Iterable[int]:
    """The first place found with its neighbours; none where none was."""
    return [int(found[0]) + by for by in (-1, 0, 1)] if found.size else []


def _interval_places(upto: npt.NDArray[np.int64], size: int) -> list[int]:
    """Where the two order statistics of the exact interval stand, about."""
    import numpy as np

    count = int(size / 2 - _Z / 2 * size**0.5)
    low = [count + by for by in range(-_BESIDE, _BESIDE + 1)]
    wanted = [each for each in (*low, *(size - 1 - each for each in low)) if 0 <= each < size]
    return [int(each) for each in np.searchsorted(upto, wanted, side="right")]


# --- the SQL of a row ----------------------------------------------------------------------------


def quarter_of(work: Work, durations: Durations) -> str:
    """SQL for the quarter (from 0) that a row's duration belongs to; NULL outside of the report."""
    column = work.spec.column(durations.period)
    cases = "".join(
        f" WHEN {in_window(column, f'v_{column.name}', each)} THEN {at}"
        for at, each in enumerate(_windows(work))
    )
    return f"CASE{cases} END"


def is_open_row(work: Work, durations: Durations) -> str:
    """SQL that is true for a row that goes on at the as-of date, as far as is known then."""
    said = "".join(f" AND v_{each} IS NULL" for each in durations.over_when)
    later = f"v_{durations.later}"
    return f"({_is_over(work, durations)} IS NOT TRUE AND ({later} IS NOT NULL OR (true{said})))"


def seconds_of_row(work: Work, durations: Durations) -> str:
    """SQL for a row's duration, so far where it goes on; NULL where it is not known."""
    column = work.spec.column(durations.earlier)
    is_time = column.kind is Kind.DATETIME
    as_of = work.project.as_of
    now = seconds_of(work.project.calendar.end_of_day(as_of)) if is_time else seconds_of_day(as_of)
    earlier = f"v_{durations.earlier}"
    return (
        f"CASE WHEN {_is_over(work, durations)} THEN v_{durations.later} - {earlier} "
        f"WHEN {is_open_row(work, durations)} THEN {now} - {earlier} END"
    )


def _is_over(work: Work, durations: Durations) -> str:
    later = work.spec.column(durations.later)
    return known_by(later, f"v_{later.name}", work.project)


def _windows(work: Work) -> tuple[Window, ...]:
    return report_windows(work.project)
