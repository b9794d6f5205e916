"""Code repositories: how they score in the latest run of OpenSSF Scorecard."""

from __future__ import annotations

import numpy as np

from board_report.metrics.cto.systems import SUBJECT
from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    before_cutoff,
    metric,
    numbers,
    remark,
    spread,
)
from board_report.model import State

REPOSITORIES = "repository_scores"


def latest_runs(scope: Scope) -> BoolArray:
    """Rows of the last run of each repository by quarter end."""
    frame = scope.frame(REPOSITORIES)
    known = before_cutoff(frame["checked_at"], scope.window)
    times = frame["checked_at"].where(known)
    last = times.groupby(frame["repository"]).transform("max")
    return known & (times == last).to_numpy(dtype=bool)


@metric(
    id="repository_score",
    title="Repository score, 0 to 10",
    subject=SUBJECT,
    unit=Unit.SCORE,
    direction=Direction.UP,
    owner=Owner.CTO,
    formula="Median of the aggregate scores of each repository's latest run by quarter end.",
    denominator="repositories whose latest run has a score",
    empty="nothing happened",
    columns=(
        f"{REPOSITORIES}.repository",
        f"{REPOSITORIES}.checked_at",
        f"{REPOSITORIES}.aggregate_score",
    ),
    minimum_n=5,
    headline="median",
    only_if_given=True,
    reference="OpenSSF Scorecard. A run without a conclusive check has no score and is counted.",
)
def repository_score(scope: Scope) -> Measure:
    """A median of scores 0 to 10, a value for each repository."""
    rows = latest_runs(scope)
    latest = scope.frame(REPOSITORIES)[rows]
    scores = numbers(latest.groupby("repository")["aggregate_score"].max())
    scored = scores[~np.isnan(scores)]
    unscored = float(len(scores) - len(scored))
    figures = spread(scored) if len(scored) else {}
    return Measure(
        value=figures.get("median"),
        n=len(scored),
        parts={**figures, "unscored": unscored},
        note=remark((unscored, "without a score")),
        rows={REPOSITORIES: rows},
        state=State.WITHHELD if unscored and not len(scored) else None,
    )


METRICS = (repository_score,)
