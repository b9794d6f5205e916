"""The program's figures against those of a script that shares no code with it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import Figures, evaluate
from board_report.period import windows
from board_report.project import load_project
from board_report.resources import sample_folder
from board_report.tables.load import load_tables

SCRIPT = Path(__file__).parents[1] / "tools" / "known_answers.py"
KNOWN = json.loads((sample_folder() / "known_answers.json").read_text(encoding="utf-8"))
ANSWERS: dict[str, dict[str, float | None]] = KNOWN["answers"]
PARTS = {
    "mttd.p90": ("mttd", "p90"),
    "mttd.mean": ("mttd", "mean_of_ended"),
    "mttd.unknown": ("mttd", "unknown"),
    "mttr.p90": ("mttr", "p90"),
    "mttr.open": ("mttr", "open"),
    "handover_time_lost.open": ("handover_time_lost", "open"),
}
SLICES = {
    "kev_overdue.crown_jewel": ("kev_overdue", "asset_tier", "crown_jewel"),
    "training_completion.Home Care": ("training_completion", "business_unit", "Home Care"),
    "systems_past_support.crown_jewel": ("systems_past_support", "asset_tier", "crown_jewel"),
}
pytestmark = pytest.mark.xdist_group("known_answers")


@pytest.fixture(scope="module")
def figures() -> Figures:
    project = load_project(sample_folder())
    return evaluate(
        metric_catalogue(),
        load_tables(project).tables,
        windows(project.calendar, project.quarter, project.as_of),
        settings=Settings(discount_rate=project.discount_rate),
        targets=project.targets,
        reported={},
        business_units=project.company.business_units,
    )


def by_quarter(figures: Figures, answer: str) -> dict[str, float | None]:
    if answer in PARTS:
        metric_id, part = PARTS[answer]
        return {str(each.quarter): each.parts.get(part) for each in figures[metric_id].values}
    if answer in SLICES:
        metric_id, column, label = SLICES[answer]
        found = figures.by(metric_id, column)[label].values
    else:
        found = figures[answer].values
    return {str(each.quarter): each.value for each in found}


@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_a_figure_is_that_of_the_plain_script(figures: Figures, answer: str) -> None:
    """Eight quarters of each figure; none where the script has none."""
    found = by_quarter(figures, answer)
    assert found == {
        quarter: None if value is None else pytest.approx(value, rel=1e-7, abs=1e-7)
        for quarter, value in ANSWERS[answer].items()
    }


def test_every_metric_of_the_catalogue_has_a_known_answer() -> None:
    measured = {each for each, spec in metric_catalogue().items() if not spec.only_if_given}
    assert measured - set(ANSWERS) == set()


def test_the_script_still_gives_the_committed_answers(tmp_path: Path) -> None:
    """Same files, same answers; the record of earlier decks is the script's too."""
    copy = tmp_path / "sample"
    shutil.copytree(sample_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    names = (
        "known_answers.json",
        *(f"governance/reported_{each}.csv" for each in ("figures", "rows")),
    )
    for name in names:
        (copy / name).unlink()
    subprocess.run([sys.executable, SCRIPT, copy], check=True, capture_output=True)
    for name in names:
        assert (copy / name).read_bytes() == (sample_folder() / name).read_bytes(), name


def test_the_script_shares_nothing_with_the_program() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert "board_report" not in text
    assert "pandas" not in text
    assert "numpy" not in text
