"""One page with eight quarters of known figures, and what the check says of words about it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from board_report.model import Finding
from board_report.story.commentary import Commentary, read_commentary
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec, Page
from board_report.story.prose_check import prose_findings
from tests.unit.pages.series_for import series_for

FILE = "commentary/page.md"
SERIES: Mapping[str, list[object]] = {
    # 2024-Q4 to 2026-Q3: the quarter before is the seventh value, a year ago the fourth
    "mttd": [48, 46, 44, 41, 36, 30, 23,
             (19.4, 14, {"median": 19.4, "p90": 33.25, "mean": 22.6, "open": 2.0})],
    "mttr": [40, 41, 39, 43.2, 44, 42, 43.1, 43.4],
    "edr_coverage": [0.90, 0.91, 0.92, 0.93, 0.95, 0.96, 0.97, 0.981],
    "phishing_click_rate": [0.05, 0.05, 0.052, 0.051, 0.049, 0.05, 0.048, 0.062],
    "incidents_detected": [12, 18, 10, 9, 11, 13, 15, 14],
    "major_incidents": [1, 0, 2, 0, 1, 0, 1, 0],
    "alerts_raised": [500, 520, 480, 600, 620, 700, 900, 1293],
    "unapproved_bypasses": [9, 8, 8, 7, 6, 5, 4, 3],
    "time_to_secure_approval": [30, 31, 30, (36, 3), 30, 25, (24, 4), (22, 3)],
    "spend_actual": [4.1e6, 4.2e6, 4.0e6, 4.4e6, 4.5e6, 4.3e6, 4.4e6, 4_618_532.0],
}  # fmt: skip
PAGE = Page(
    id="detect-and-respond",
    section="Detect and respond",
    title="Detection is 53% faster than a year ago; seventeen of 40 systems lag",
    context="Two incidents of this quarter are still open.",
    owners="I. Drummond, CISO",
    sources="Source: incident register of 30 Sep 2026.",
    body={"rows": [["Home Care", "71%"], {"cost": "$3.4M", "cell": "118"}], "density": 35},
    figures={"times": FigureSpec("bars", {"labels": ["5.5 days"], "top": 77}, 1, 1, "Nine cases.")},
    metric_ids=tuple(SERIES),
)


@cache
def known_facts() -> BoardFacts:
    """The figures above, held against the sample company's targets."""
    return series_for(SERIES)  # type: ignore[arg-type]


def write(text: str, *, head: str = "") -> Commentary:
    """The commentary of the page, as it is read from a file."""
    facts = known_facts()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, FILE)
        path.parent.mkdir()
        path.write_text(f"---\npage: {PAGE.id}\n{head}---\n{text}\n", encoding="utf-8")
        project = facts.project
        said = read_commentary(Path(folder), facts.figures, "USD", project.quarter)
    return said[PAGE.id]


def check(text: str, *, head: str = "", page: Page = PAGE) -> tuple[Finding, ...]:
    """The findings about a file with this text after its head."""
    commentary = write(text, head=head)
    facts = replace(known_facts(), commentary={PAGE.id: commentary})
    return prose_findings([replace(page, title=commentary.title or page.title)], facts)


def judged(sentence: str) -> tuple[Finding, ...]:
    """The findings about one sentence of the CISO's judgement."""
    return check(f"## What it means: CISO\n{sentence}")
