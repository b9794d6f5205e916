"""``archive diff``: what changed between two sealed quarters, against what the builds wrote."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import CallCli, Outcome, call_program


def run(*arguments: object) -> Outcome:
    done = call_program(*arguments)
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory, pristine_project: Path) -> Path:
    """A project with two quarters built and sealed as drafts; never change it."""
    folder = tmp_path_factory.mktemp("diff") / "project"
    shutil.copytree(pristine_project, folder)
    for quarter in ("2026-Q2", "2026-Q3"):
        told = ("--project", folder, "--quarter", quarter, "--output", folder / "output")
        run("build", *told, "--only", "disclosure")
        run("archive", "seal", *told, "--draft-allowed", "--by", "A. Example")
    return folder


def metrics(folder: Path, quarter: str) -> dict[str, Any]:
    path = folder / "output" / quarter / "metrics.json"
    return {each["id"]: each for each in json.loads(path.read_text("utf-8"))["metrics"]}


def test_every_figure_that_reads_otherwise_is_told_and_no_other(sealed: Path) -> None:
    was, now = metrics(sealed, "2026-Q2"), metrics(sealed, "2026-Q3")
    expected = {
        metric_id
        for metric_id in was.keys() | now.keys()
        if metric_id not in was
        or metric_id not in now
        or was[metric_id]["series"][-1]["printed"] != now[metric_id]["series"][-1]["printed"]
        or was[metric_id]["status"] != now[metric_id]["status"]
    }
    done = run("archive", "diff", "2026-Q2", "2026-Q3", "--project", sealed, "--json")
    found = {each["metric_id"] for each in json.loads(done.stdout)["figures"]}

    assert found == expected
    assert len(expected) > 20


def test_a_quarter_and_its_entry_are_the_same_and_the_paper_has_its_bytes(
    sealed: Path, tmp_path: Path
) -> None:
    listed = json.loads(run("archive", "list", "--project", sealed, "--json").stdout)
    numbers = {each["quarter"]: each["entry"] for each in listed}
    first, again = tmp_path / "a.pdf", tmp_path / "b.pdf"

    by_name = run("archive", "diff", "2026-q2", "2026-Q3", "--project", sealed, "--pdf", first)
    by_number = run(
        *("archive", "diff", numbers["2026-Q2"], numbers["2026-Q3"]),
        *("--project", sealed, "--pdf", again),
    )

    assert by_name.stdout == by_number.stdout
    assert by_name.stdout.startswith("2026-Q2 -> 2026-Q3: ")
    assert first.read_bytes() == again.read_bytes()
    text = PdfReader(first).pages[0].extract_text()
    assert "figures read otherwise than in 2026-Q2" in " ".join(text.split())


def test_what_is_not_sealed_is_one_message(sealed: Path, call_cli: CallCli) -> None:
    for name, said in (("2024-Q1", "2024-Q1 is not sealed"), ("99", "entry 99 is no seal")):
        done = call_cli("archive", "diff", name, "2026-Q3", "--project", sealed)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr
