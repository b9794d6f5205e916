"""Medians, their intervals and tests of many durations, some still open: reduced as read whole."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from board_report.model import Verdict
from board_report.project import SourceSpec, load_project
from tests.projects import make_project
from tests.property.test_engine_properties import as_csv, both_ways, figures

BEGINNING = datetime(2025, 6, 1)  # noqa: DTZ001  written with its zone below


def detections(seed: int, count: int, open_share: float, typical_seconds: float) -> str:
    """Alerts over six quarters, many with a second of their own, some not triaged yet."""
    draw = np.random.default_rng(seed)
    rows = []
    for at in range(count):
        raised = BEGINNING + timedelta(seconds=int(draw.integers(0, 487 * 86_400)))
        lasted = int(draw.exponential(typical_seconds)) + 1
        waits = draw.random() < open_share
        verdict = "" if waits and draw.random() < 0.9 else "benign"
        rows.append(
            {
                "detection_id": f"D-{at}",
                "created_at": f"{raised:%Y-%m-%dT%H:%M:%SZ}",
                "source": "edr",
                "severity": ("critical", "high", "low")[int(draw.integers(0, 3))],
                "verdict": verdict,
                "triaged_at": ""
                if waits
                else f"{raised + timedelta(seconds=lasted):%Y-%m-%dT%H:%M:%SZ}",
                "business_unit": "",
                "incident_id": "",
            }
        )
    return as_csv(list(rows[0]), rows)


def findings(seed: int, count: int) -> str:
    """Flaws of six quarters, of which a quarter stay open."""
    draw = np.random.default_rng(seed)
    rows = []
    for at in range(count):
        seen = date(2025, 4, 1) + timedelta(days=int(draw.integers(0, 548)))
        closed = seen + timedelta(days=int(draw.exponential(40)))
        rows.append(
            {
                "finding_id": f"F-{at}",
                "asset_id": f"A-{at % 40}",
                "asset_tier": ("crown_jewel", "production")[at % 2],
                "business_unit": "Home Care",
                "severity": ("critical", "high", "medium")[int(draw.integers(0, 3))],
                "first_seen_on": seen.isoformat(),
                "due_on": (seen + timedelta(days=30)).isoformat(),
                "closed_on": "" if draw.random() < 0.25 else closed.isoformat(),
            }
        )
    return as_csv(list(rows[0]), rows)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "count", "open_share", "typical"),
    [
        (1, 4_000, 0.0, 40_000),
        (2, 4_000, 0.03, 40_000),
        (3, 2_500, 0.4, 3_000_000),  # open ones lie among the ended
        (4, 2_500, 0.7, 3_000_000),  # more than half are open: no median
        (5, 120, 0.2, 500_000),
    ],
)
def test_alerts(tmp_path: Path, seed: int, count: int, open_share: float, typical: float) -> None:
    text = detections(seed, count, open_share, typical)
    whole, reduced, sizes = both_figures(tmp_path, "detections", text)
    assert whole == reduced
    assert any(each.value for each in whole[0]["time_to_triage"].values) == (seed != 4)
    if open_share < 0.1 and count > 1_000:
        assert sizes[1] < sizes[0] * 0.8, "durations were merged, or this test says nothing"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_flaws(tmp_path: Path, seed: int) -> None:
    whole, reduced, _ = both_figures(tmp_path, "vulnerability_findings", findings(seed, 3_000))
    assert whole == reduced
    found = whole[0]["time_to_remediate"]
    assert found.now.parts["open"] > 0
    assert found.compared is not None
    assert found.compared.verdict in (Verdict.SIGNAL, Verdict.CHANCE)


def both_figures(folder: Path, table: str, text: str):
    """Series and slices read whole and reduced, and the rows that each way holds."""
    file = f"ciso/{table}.csv"
    project = load_project(make_project(folder, {file: text}))
    loaded = both_ways(project, SourceSpec(table=table, file=file))
    whole, reduced = (figures(project, each, table) for each in loaded)
    views = loaded[1].tables[table].views
    return whole, reduced, (len(loaded[0].tables.frame(table)), len(views[0].frame))
