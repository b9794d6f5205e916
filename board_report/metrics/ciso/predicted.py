"""Open findings that attackers are likely to use soon, by FIRST's dated predictions (EPSS)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.ciso.exploited import FINDINGS, SPLITS, SUBJECT, among, cves_in
from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    counted,
    known,
    metric,
    not_measured,
    numbers,
    on_or_before,
    remark,
    stands_at_cutoff,
)

if TYPE_CHECKING:
    import pandas as pd

PREDICTIONS = "exploit_predictions"
LIKELY = 0.10
"""Probability from which a flaw counts as likely to be exploited. It is a convention: FIRST names
no threshold for others to use, and takes 10% as the example when it sets EPSS beside CVSS (FIRST,
The EPSS Model)."""


@metric(
    id="likely_exploited_open",
    title="Flaws likely exploited soon",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Findings open at the end of the quarter whose CVE had an EPSS of 10% or more by then.",
    denominator="open findings with an EPSS probability of 10% or more",
    empty="0",
    columns=(
        "vulnerability_findings.first_seen_on",
        "vulnerability_findings.closed_on",
        "vulnerability_findings.cve",
        "exploit_predictions.cve",
        "exploit_predictions.scored_on",
        "exploit_predictions.epss",
    ),
    splits=SPLITS,
    only_if_given=True,
    reference="FIRST, The EPSS Model; 10% is a convention, FIRST's example and no rule of its own",
)
def likely_exploited_open(scope: Scope) -> Measure:
    """A stock, by each CVE's newest score of that day or before.

    A finding of several CVEs counts once, when any of them does. ``parts`` has the age of the
    newest scores in days, and the open findings without a CVE and without a score.
    """
    frame, scores = scope.frame(FINDINGS), scope.frame(PREDICTIONS)
    made = on_or_before(scores["scored_on"], scope.window)
    if not made.any():
        return not_measured("no exploit prediction was made by then")
    opened = stands_at_cutoff(frame["first_seen_on"], frame["closed_on"], scope.window)
    cves, names = frame["cve"].to_numpy(), scores["cve"].to_numpy()
    used = _newest(scores, made, {cve for cell in cves[opened] for cve in cves_in(cell)})
    likely = used & (numbers(scores["epss"]) >= LIKELY)
    mask = among(cves, opened, set(names[likely]))
    unnamed, unscored = _unknown(scope, opened, set(names[used]))
    note = remark((unnamed, "open without a CVE"), (unscored, "open without a score"))
    measure = count_of(FINDINGS, mask, note=note, weights=scope.weights(FINDINGS))
    found = {cve for cell in cves[mask] for cve in cves_in(cell)}
    return replace(
        measure,
        parts={
            "scores_age_days": _age(scope, scores, made),
            "no_cve": unnamed,
            "no_score": unscored,
        },
        rows={**measure.rows, PREDICTIONS: among(names, likely, found)},
    )


def _unknown(scope: Scope, opened: BoolArray, scored: set[str]) -> tuple[float, float]:
    """Open findings without a CVE, and those none of whose CVEs has a score."""
    cells, weights = scope.frame(FINDINGS)["cve"], scope.weights(FINDINGS)
    named = opened & known(cells)
    unscored = named & ~among(cells.to_numpy(), named, scored)
    return float(counted(opened & ~named, weights)), float(counted(unscored, weights))


def _newest(scores: pd.DataFrame, made: BoolArray, wanted: set[str]) -> BoolArray:
    """Rows of these CVEs that are the newest of their CVE among those made by then.

    The whole of EPSS has hundreds of thousands of rows: a look into a set is the quickest there.
    """
    names = scores["cve"].to_numpy()
    named = np.fromiter((each in wanted for each in names), dtype=bool, count=len(names))
    mask: BoolArray = made & named
    rows = np.flatnonzero(mask)
    days = scores["scored_on"].to_numpy(dtype="datetime64[D]")[rows]
    newest = {names[at]: at for at in rows[np.argsort(days, kind="stable")]}
    mask[:] = False
    mask[list(newest.values())] = True
    return mask


def _age(scope: Scope, scores: pd.DataFrame, made: BoolArray) -> float:
    """Days from the newest scores made by then to the last day that is counted."""
    newest = scores["scored_on"].to_numpy(dtype="datetime64[D]")[made].max()
    return float((np.datetime64(scope.window.cutoff_day) - newest).astype(int))


PREDICTED = (likely_exploited_open,)
