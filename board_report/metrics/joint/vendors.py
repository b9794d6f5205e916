"""Choices of vendors: whether both offices scored the vendor that was chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    days_in_trailing_year,
    equals,
    known,
    metric,
    remark,
    share_of,
)

if TYPE_CHECKING:
    import pandas as pd

SUBJECT = "Working together"
SELECTIONS = "vendor_selections"
SCORES = "vendor_scores"
OFFICES = ("CISO", "CTO")


def _scored_by(office: str, selections: pd.DataFrame, scores: pd.DataFrame) -> BoolArray:
    """Selections whose chosen vendor has a score of that office in that selection."""
    own = equals(scores["scored_by_role"], office) & known(scores["score"])
    found = set(zip(scores["selection_id"][own], scores["vendor_name"][own], strict=True))
    chosen = zip(selections["selection_id"], selections["chosen_vendor"], strict=True)
    return np.array([each in found for each in chosen], dtype=bool)


@metric(
    id="vendor_decisions_with_both_scores",
    title="Vendors scored by both",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Vendor choices whose chosen vendor both offices scored / vendor choices made.",
    denominator="vendor choices made in the four quarters to quarter end",
    empty="nothing happened",
    columns=(
        f"{SELECTIONS}.selection_id",
        f"{SELECTIONS}.decided_on",
        f"{SELECTIONS}.chosen_vendor",
        f"{SCORES}.selection_id",
        f"{SCORES}.vendor_name",
        f"{SCORES}.scored_by_role",
        f"{SCORES}.score",
    ),
    minimum_n=5,
    reference="Four quarters to quarter end; one score of each office is enough.",
    is_trailing=True,
    withhold_below=0,
)
def vendor_decisions_with_both_scores(scope: Scope) -> Measure:
    """Choices of four quarters with a score of the CISO and one of the CTO for the vendor taken."""
    selections, scores = scope.frame(SELECTIONS), scope.frame(SCORES)
    decided = days_in_trailing_year(selections["decided_on"], scope.window)
    by_ciso, by_cto = (_scored_by(office, selections, scores) for office in OFFICES)
    unnamed = (decided & ~known(selections["chosen_vendor"])).sum()
    found = share_of(
        SELECTIONS, by_ciso & by_cto, decided, note=remark((unnamed, "without a named vendor"))
    )
    one_sided = {
        "ciso_alone": float((decided & by_ciso & ~by_cto).sum()),
        "cto_alone": float((decided & by_cto & ~by_ciso).sum()),
    }
    used = np.isin(scores["selection_id"], selections["selection_id"][decided])
    rows = {**found.rows, SCORES: used}
    return replace(found, parts={**found.parts, **one_sided}, rows=rows)


METRICS = (vendor_decisions_with_both_scores,)
