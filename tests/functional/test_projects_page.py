"""The page on projects and cloud in a printed deck: nothing leaves its place, whatever is given."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from board_report.pipeline import DECK, build
from tests.projects import make_project
from tests.tools.layout import check_layout, pages_of, text_of

PROJECTS = (
    "project_id",
    "name",
    "owner_area",
    "started_on",
    "completed_or_projected_on",
    "days_late",
    "planned_cost",
    "actual_or_projected_cost",
)
CHARGES = (
    "charge_period_start",
    "provider",
    "service_category",
    "charge_category",
    "effective_cost",
    "list_cost",
)
WORDS = """\
---
page: projects-and-cloud
quarter: 2026-Q3
---
## What it means: CTO
The largest overruns were planned in the wrong unit; their plans are being corrected.
## What we do
- Hold a review of the largest overruns every month | CTO | 2026-12-15
## What we need
Nothing today | the next report shows the corrected plans
"""


def _written(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue()


def _projects(*, with_cost: bool = True) -> str:
    """Forty projects with long names; their overruns go from a few dollars to over two billion."""
    area = "Department of Very Long Names and Related Affairs of the Whole Country"
    return _written(
        PROJECTS,
        [
            (
                f"P-{at}",
                f"Integrated personnel, payroll and pension renewal program, increment {at}",
                area,
                "2026-01-05",
                "2027-12-31",
                at * 7 if at % 2 else "",
                10**at if at < 9 else 250_000 * at,
                (3 * 10**at if at < 9 else 250_000 * at) if with_cost else "",
            )
            for at in range(1, 41)
        ],
    )


def _charges() -> str:
    months = ("2025-11", "2026-02", "2026-05", "2026-08")
    kinds = [f"Management and governance of machine learning, part {at}" for at in range(9)]
    return _written(
        CHARGES,
        [
            (f"{month}-03", "AWS", kind, "usage", 1e6 * (at + 1) / 7, 1e6 * (at + 1) / 5)
            for month in months
            for at, kind in enumerate(kinds)
        ],
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "is_heard"),
    [("projects", False), ("budgets and cloud", False), ("both", False), ("both", True)],
)
def test_page(tmp_path: Path, given: str, *, is_heard: bool) -> None:
    """With one table or both, with and without a leader's words beside them."""
    files: dict[str, str | bytes] = {}
    files["cto/it_projects.csv"] = _projects(with_cost="budgets" not in given)
    if given != "projects":
        files["cto/cloud_costs.csv"] = _charges()
    if is_heard:
        files["commentary/projects-and-cloud.md"] = WORDS
    made = build(make_project(tmp_path / "project", files), tmp_path / "out", only="deck")
    data = (made.folder / DECK).read_bytes()
    assert check_layout(data) == []
    texts = [text_of(words) for _, words in pages_of(data)]
    (page,) = [text for text in texts if "list of IT projects" in text]
    assert ("Cloud spend" in page) == ("cto/cloud_costs.csv" in files)
    assert ("What it means" in page) == is_heard
