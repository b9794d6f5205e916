"""What the figures can tell of a CVE: in which quarters it was listed, overdue or likely."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from board_report.tables.engine.judged import USED_ROWS, seconds_of_day
from board_report.tables.engine.periods import report_windows
from board_report.tables.engine.work import Work

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window
    from board_report.tables.schema import TableSet

KEV, PREDICTIONS = "kev_catalogue", "exploit_predictions"
LIKELY = 0.10
"""EPSS from which a flaw counts as likely: that of the figure, which a test holds equal to it."""
SPACE = (
    r"[\s\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
)
"""What parts the words of a cell, as Python's ``split`` sees it."""


def make_signatures(work: Work, tables: TableSet) -> None:
    """Make ``signed``: the texts of ``cve`` that a list names, each with what figures see of it.

    ``signature`` has four bits for each quarter of the report: known exploited by its cutoff, and
    past the catalogue's due date; scored by then, and likely. A cell of several CVEs has those of
    any of them. ``overdue_since`` is the earliest due date in the catalogue that has gone by.

    Args:
        work: the table, judged.
        tables: those read before it.
    """
    import pandas as pd

    bits = [*_of_catalogue(work, tables), *_of_predictions(work, tables)]
    found = pd.concat(bits) if bits else pd.DataFrame({"cve": [], "bits": [], "due": []})
    found = found.astype({"cve": "object", "bits": "int64", "due": "float64"})
    work.connection.register("_bits", found)
    work.run(
        "CREATE TABLE entries AS SELECT cve::VARCHAR AS cve, bit_or(bits) AS signature, "
        "min(due) FILTER (NOT isnan(due)) AS due FROM _bits GROUP BY 1"
    )
    work.connection.unregister("_bits")
    work.run(
        f"CREATE TABLE signed AS SELECT text, bit_or(signature)::BIGINT AS signature, "
        f"min(due)::BIGINT AS overdue_since FROM (SELECT DISTINCT v_cve AS text, "
        f"unnest(list_append(regexp_split_to_array(v_cve, '{SPACE}'), v_cve)) AS one "
        f"FROM {USED_ROWS} WHERE v_cve IS NOT NULL) AS named "
        f"JOIN entries ON entries.cve = named.one GROUP BY text"
    )


def _of_catalogue(work: Work, tables: TableSet) -> Iterator[pd.DataFrame]:
    if KEV not in tables.tables or not len(tables.frame(KEV)):
        return
    frame = tables.frame(KEV)
    added, due = (_days(frame, name) for name in ("added_on", "kev_due_on"))
    windows = report_windows(work.project)
    for at, each in enumerate(windows):
        cutoff = np.datetime64(each.cutoff_day)
        listed = added <= cutoff
        since = np.full(len(frame), np.nan)
        if each is windows[-1]:
            gone = listed & (due < cutoff)
            since[gone] = due[gone].astype("datetime64[s]").astype("int64")
        yield _bits(frame, listed, 4 * at, since)
        yield _bits(frame, listed & (due < cutoff), 4 * at + 1)


def _of_predictions(work: Work, tables: TableSet) -> Iterator[pd.DataFrame]:
    if PREDICTIONS not in tables.tables or not len(tables.frame(PREDICTIONS)):
        return
    frame = tables.frame(PREDICTIONS)
    scored = _days(frame, "scored_on")
    order = np.argsort(scored, kind="stable")
    for at, each in enumerate(report_windows(work.project)):
        newest = _newest(frame, order[scored[order] <= np.datetime64(each.cutoff_day)])
        yield _bits(frame, newest, 4 * at + 2)
        yield _bits(frame, newest & (frame["epss"] >= LIKELY).to_numpy(dtype=bool), 4 * at + 3)


def _newest(frame: pd.DataFrame, made: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """The newest score of each CVE among those made, these in the order of their days."""
    names = frame["cve"].iloc[made]
    mask = np.zeros(len(frame), dtype=bool)
    mask[made[(~names.duplicated(keep="last")).to_numpy()]] = True
    return mask


def _days(frame: pd.DataFrame, name: str) -> npt.NDArray[np.datetime64]:
    days: npt.NDArray[np.datetime64] = frame[name].to_numpy(dtype="datetime64[D]")
    return days


def _bits(
    frame: pd.DataFrame,
    rows: npt.NDArray[np.bool_],
    bit: int,
    due: npt.NDArray[np.float64] | None = None,
) -> pd.DataFrame:
    import pandas as pd

    cves = frame["cve"].to_numpy(dtype=object)[rows]
    missing = np.full(len(cves), np.nan)
    return pd.DataFrame(
        {"cve": cves, "bits": 1 << bit, "due": missing if due is None else due[rows]}
    )


def signature_of_row(work: Work) -> str:
    """SQL of what figures see of a row's CVEs: NULL without one, 0 where nothing matters."""
    stands = " OR ".join(_stands(each) for each in report_windows(work.project))
    signed = "coalesce((SELECT signature FROM signed WHERE signed.text = v_cve), 0)"
    return f"CASE WHEN v_cve IS NULL THEN NULL WHEN {stands} THEN {signed} ELSE 0 END"


def _stands(window: Window) -> str:
    """Open at the cutoff of a quarter."""
    last = seconds_of_day(window.cutoff_day)
    return f"(v_first_seen_on <= {last} AND NOT coalesce(v_closed_on <= {last}, false))"
