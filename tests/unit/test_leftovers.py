"""What is still the sample company's in another's project is noticed, and only there."""

from __future__ import annotations

from pathlib import Path

from board_report.pipeline import read_inputs


def left(folder: Path) -> dict[str, str]:
    """File (or setting) to the reason of each such finding."""
    found = read_inputs(folder).loaded.findings
    return {each.file or each.column: each.reason for each in found if each.code == "sample_left"}


def rename(folder: Path) -> None:
    path = folder / "report.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Corvane Medical Supply, Inc.", "Example, Inc."), encoding="utf-8")


def test_the_sample_itself_has_nothing_left_over(project: Path) -> None:
    """It is complete as it is."""
    assert left(project) == {}


def test_files_and_appetite_of_the_sample(project: Path) -> None:
    """Under another name every file is told, those that changed are not."""
    rename(project)
    raci = project / "governance" / "raci.csv"
    raci.write_bytes(raci.read_bytes() + b"\n")
    found = left(project)
    assert "ciso/risk_register.csv" in found
    assert "commentary/incidents.md" in found
    assert "governance/raci.csv" not in found
    assert found["risk.appetite"].startswith("[risk] has the appetite of the sample company")


def test_commentary_that_cannot_be_read_is_no_matter_here(project: Path) -> None:
    """A link out of the project is refused where commentary is read, and left alone here."""
    rename(project)
    file = project / "commentary" / "incidents.md"
    file.unlink()
    file.symlink_to("/etc/hostname")
    assert "commentary/incidents.md" not in left(project)
