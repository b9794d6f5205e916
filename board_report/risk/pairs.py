"""Which risks are correlated in a quarter, and what is wrong with the rows that say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from board_report.model import Finding
from board_report.risk.codes import RiskCode, risk_finding
from board_report.risk.correlation import (
    chained,
    correlation_matrix,
    is_positive_definite,
    largest_share,
)
from board_report.risk.rows import Row, number, place, rows_where, word

if TYPE_CHECKING:
    from board_report.tables.schema import TableSet

TABLE = "risk_correlations"
Pairs = Mapping[tuple[str, str], float]
"""Two risks to the rank correlation of their yearly losses."""


def read_correlations(
    tables: TableSet, quarter: str, modelled: Sequence[str], registered: Collection[str]
) -> tuple[Pairs, list[Finding]]:
    """Pairs of risks of the model, and what is wrong with their rows.

    Args:
        tables: ``risk_correlations`` where it was given.
        quarter: whose rows.
        modelled: risks that can be put into money.
        registered: all risks of the quarter's register. One that cannot be put into money has a
            finding of its own already.
    """
    pairs: dict[tuple[str, str], float] = {}
    rows: dict[tuple[str, str], Row] = {}
    found = []
    for row in rows_where(tables.frame(TABLE), "quarter", quarter):
        pair, rank = _pair(row), number(row, "rank_correlation") or 0.0
        idle = [each for each in ("risk_id", "other_risk_id") if word(row, each) not in registered]
        if idle:
            found.append(_idle(row, idle[0]))
        elif pair in pairs and pairs[pair] != rank:
            found.append(_twice(row, rank, rows[pair], pairs[pair]))
        elif set(pair) <= set(modelled):
            pairs[pair], rows[pair] = rank, row
    found += _contradictions(modelled, pairs, rows)
    return pairs, found


def _pair(row: Row) -> tuple[str, str]:
    """The two risks in one order, whichever way round the row has them."""
    one, other = sorted((word(row, "risk_id"), word(row, "other_risk_id")))
    return one, other


def _idle(row: Row, column: str) -> Finding:
    risk = word(row, column)
    return risk_finding(
        RiskCode.CORRELATION_IDLE, place(row), table=TABLE, column=column, value=risk, risk=risk
    )


def _twice(row: Row, rank: float, earlier: Row, before: float) -> Finding:
    return risk_finding(
        RiskCode.CORRELATION_TWICE,
        place(row),
        table=TABLE,
        column="rank_correlation",
        value=f"{rank:g}",
        risk=word(row, "risk_id"),
        other=word(row, "other_risk_id"),
        before=f"{before:g}",
        line=place(earlier)[1],
    )


def _contradictions(
    modelled: Sequence[str], pairs: Pairs, rows: Mapping[tuple[str, str], Row]
) -> Iterator[Finding]:
    """Groups of risks that cannot be correlated so, each at the last of its rows."""
    for named in chained(modelled, pairs):
        own = {pair: rank for pair, rank in pairs.items() if pair[0] in named}
        if not is_positive_definite(correlation_matrix(named, own)):
            yield risk_finding(
                RiskCode.CORRELATIONS_CONTRADICT,
                max((place(rows[pair]) for pair in own), key=lambda at: at[1]),
                table=TABLE,
                column="rank_correlation",
                risks=", ".join(named),
                share=f"{largest_share(named, own):.0%}",
            )
