"""Results of OpenSSF Scorecard, one file for each repository and run."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Reader, Records

_INCONCLUSIVE = dict.fromkeys(("-1", "-1.0"), "")

READERS = (
    Reader(
        id="openssf-scorecard",
        tool="OpenSSF Scorecard",
        export="result of a run on one repository, as JSON",
        preset=SourceSpec(
            table="repository_scores",
            file="",
            sheet="checks.*",
            columns={
                "repository": "../repo.name",
                "checked_at": "../date",
                "check_name": "name",
                "score": "score",
                "aggregate_score": "../score",
            },
            values={"score": _INCONCLUSIVE, "aggregate_score": _INCONCLUSIVE},
        ),
        signatures=(
            Records(
                at="checks.*",
                has=("name", "score", "reason"),
                beside=("scorecard", "repo", "score", "checks"),
            ),
        ),
        evidence=Evidence.SAMPLE,
        reference="OpenSSF Scorecard, JSON output, version 2 (Apache-2.0)",
        traps=(
            "A score of -1 says that a check was inconclusive; it is no score.",
            'Each run is a file of its own; name all with a pattern, as file = "scores/*.json".',
        ),
    ),
)
