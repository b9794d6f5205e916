"""The annual item held against a report on a material incident that was filed in its year."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import call_program

INCIDENT = "INC0014186"


def put(project: Path, command: str, *arguments: str, at: str) -> None:
    done = call_program(
        *("incident", command, INCIDENT, *arguments, "--role", "GC"),
        *("--at", at, "--project", project),
    )
    assert done.exit_code == 0, done.stderr


def codes(project: Path) -> str:
    return call_program("check", "--project", project).stdout


def test_a_filed_report_that_the_item_does_not_bear_out_is_told(
    tmp_path: Path, pristine_project: Path
) -> None:
    project = Path(shutil.copytree(pristine_project, tmp_path / "project"))
    shutil.rmtree(project / "governance" / "incidents" / INCIDENT, ignore_errors=True)
    before = codes(project)
    assert "filing_report_" not in before

    put(project, "open", "--title", "Laboratories", at="2026-07-10 08:00")
    put(project, "determine", "--as", "material", "--reasons", "Orders.", at="2026-07-14 10:00")
    text = "Ransomware stopped two plants."
    put(project, "state", "nature", "--text", text, at="2026-07-16 10:00")
    put(project, "filed", "8-K 1.05", at="2026-07-17 12:00")

    after = codes(project)
    line = "governance/attestations.csv:10: warning "
    assert f"{line}filing_report_and_answer" in after
    assert f"{line}filing_report_not_mentioned" in after
    assert "An incident was reported as material on 17 Jul 2026" in after


def test_a_report_of_another_year_is_not_held_against_it(
    tmp_path: Path, pristine_project: Path
) -> None:
    project = Path(shutil.copytree(pristine_project, tmp_path / "project"))
    shutil.rmtree(project / "governance" / "incidents" / INCIDENT, ignore_errors=True)
    put(project, "open", "--title", "Laboratories", at="2025-07-10 08:00")
    put(project, "determine", "--as", "material", "--reasons", "Orders.", at="2025-07-14 10:00")
    put(project, "filed", "8-K 1.05", at="2025-07-17 12:00")

    assert "filing_report_" not in codes(project)
