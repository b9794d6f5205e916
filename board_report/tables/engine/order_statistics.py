"""Durations in few steps: the values between which no median and no percentile can lie.

The median and the 90th percentile of a population interpolate between its order statistics at two
places each. Where these values stand by themselves, and all durations strictly between two of them
are one step, the number of durations below, at and above each stays what it was, and so does every
percentile; the sum is kept beside. The number of steps is bounded by the number of populations,
whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from board_report.period import Window
from board_report.tables.engine.periods import in_window, known_by, report_windows
from board_report.tables.engine.plans import Durations
from board_report.tables.engine.work import Work

SHARES = (0.5, 0.9)
"""The percentiles that :func:`board_report.metrics.declare.spread` gives."""


def make_steps(work: Work, rows: str, splits: Sequence[str]) -> None:
    """Make ``steps``: for each quarter (``q``) and duration in it (``seconds``) its ``step``.

    Args:
        work: the table.
        rows: the view of its rows, with ``q`` and ``seconds``.
        splits: columns whose values make populations of their own, beside the whole.
    """
    work.run(
        "CREATE TABLE histogram AS SELECT q, seconds, "
        + "".join(f"v_{name}, " for name in splits)
        + f"count(*) AS n FROM {rows} WHERE q IS NOT NULL AND seconds IS NOT NULL GROUP BY ALL"
    )
    work.run("CREATE TABLE marks (q INTEGER, seconds BIGINT)")
    for column in ("", *splits):
        _mark(work, column)
    work.run(
        "CREATE TABLE steps AS SELECT q, seconds, "
        "2 * count(is_mark) OVER (PARTITION BY q ORDER BY seconds) - "
        "CASE WHEN is_mark THEN 1 ELSE 0 END AS step FROM "
        "(SELECT h.q, h.seconds, m.seconds IS NOT NULL AS is_marked, "
        "CASE WHEN m.seconds IS NOT NULL THEN true END AS is_mark "
        "FROM (SELECT DISTINCT q, seconds FROM histogram) AS h LEFT JOIN "
        "(SELECT DISTINCT q, seconds FROM marks) AS m ON m.q = h.q AND m.seconds = h.seconds)"
    )
    work.run("DROP TABLE histogram")
    work.run("DROP TABLE marks")


def _mark(work: Work, column: str) -> None:
    """The order statistics of each quarter's population, and of each of its parts by a column."""
    part = f"v_{column}" if column else "''"
    work.run(
        f"CREATE TABLE running AS SELECT q, part, seconds, sum(n) OVER "
        f"(PARTITION BY q, part ORDER BY seconds) AS upto FROM "
        f"(SELECT q, {part} AS part, seconds, sum(n)::BIGINT AS n FROM histogram GROUP BY ALL)"
    )
    sizes = work.rows("SELECT q, part, max(upto)::BIGINT FROM running GROUP BY ALL")
    places = [(q, part, place) for q, part, count in sizes for place in sorted(_places(int(count)))]
    if places:
        work.run("CREATE TABLE places (q INTEGER, part VARCHAR, place BIGINT)")
        work.fill("places", places)
        work.run(
            "INSERT INTO marks SELECT p.q, min(r.seconds) FROM running AS r JOIN places AS p "
            "ON p.q = r.q AND p.part IS NOT DISTINCT FROM r.part AND r.upto > p.place "
            "GROUP BY p.q, p.part, p.place"
        )
        work.run("DROP TABLE places")
    work.run("DROP TABLE running")


def _places(count: int) -> set[int]:
    """The places (from 0) of the values between which the percentiles of so many interpolate."""
    found = set()
    for share in SHARES:
        below = floor((count - 1) * share)
        found |= {below, min(below + 1, count - 1)}
    return found


def quarter_of(work: Work, durations: Durations) -> str:
    """SQL for the quarter (from 0) that a row's duration belongs to; NULL outside of the report."""
    column = work.spec.column(durations.period)
    cases = "".join(
        f" WHEN {in_window(column, f'v_{column.name}', each)} THEN {at}"
        for at, each in enumerate(_windows(work))
    )
    return f"CASE{cases} END"


def seconds_of_row(work: Work, durations: Durations) -> str:
    """SQL for a row's duration; NULL where an end is missing or not known at the as-of date."""
    later = work.spec.column(durations.later)
    known = known_by(later, f"v_{later.name}", work.project)
    return f"CASE WHEN {known} THEN v_{durations.later} - v_{durations.earlier} END"


def _windows(work: Work) -> tuple[Window, ...]:
    return report_windows(work.project)
