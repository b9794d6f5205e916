"""Scores of code repositories: what the figure comes to, by hand."""

import pytest

from board_report.metrics.cto.repositories import METRICS
from tests.spec.spec import Spec, check


def scored(repository, score, at="2026-08-01T12:00", check_name="Fuzzing"):
    return {
        "repository": repository,
        "checked_at": at,
        "check_name": check_name,
        "aggregate_score": score,
    }


SPECS = (
    Spec(
        metric="repository_score",
        title="the latest run of each",
        rows={
            "repository_scores": [
                scored("a", 2.0, "2026-07-01T12:00"),
                scored("a", 6.0),
                scored("a", 6.0, check_name="Maintained"),
                scored("b", 4.5, "2025-01-01T12:00"),
                scored("c", 9.0),
                scored("c", 1.0, "2026-10-01T12:00"),
            ]
        },
        expected="6",
        value=6,
        says="One value for each repository, of its last run by quarter end, however many checks.",
        n=3,
        lines={"repository_scores": (2, 3, 4, 5)},
    ),
    Spec(
        metric="repository_score",
        title="a run without a score",
        rows={"repository_scores": [scored("a", 4), scored("b", None), scored("c", 7)]},
        expected="(4 + 7) / 2",
        value=5.5,
        says="An inconclusive run is no score of zero, and is counted.",
        note="1 without a score",
        n=2,
        parts={"unscored": 1},
    ),
    Spec(
        metric="repository_score",
        title="none has a score",
        rows={"repository_scores": [scored("a", None)]},
        expected="withheld",
        value=None,
        says="Runs that found nothing out have no median.",
        note="1 without a score",
    ),
    Spec(
        metric="repository_score",
        title="no run yet",
        rows={"repository_scores": [scored("a", 4, "2026-10-02T12:00")]},
        expected="nothing happened",
        value=None,
        says="A run after the quarter is not known.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
