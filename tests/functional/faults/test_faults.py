"""No planted fault passes in silence, ends in a traceback, or costs what was there before."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from board_report.pipeline import DISCLOSURE, read_inputs
from board_report.pipeline.names import TAGS
from board_report.tables.rejected import rejected_files
from tests.conftest import CallCli, Outcome
from tests.functional.faults import COMMENTARY_FAULTS, FAULTS
from tests.functional.faults.fault import Fate, Fault

LONG = {
    "ciso/splunk_notables.csv": 300,
    "ciso/tenable_vulnerabilities.csv": 300,
    "ciso/knowbe4_enrollments.json": 200,
    "cto/gitlab_deployments.csv": 300,
}
"""The sample's long files, and how many lines are enough here."""


@pytest.fixture(scope="session")
def sound_project(pristine_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, shorter and without the errors it comes with."""
    folder = Path(shutil.copytree(pristine_project, tmp_path_factory.mktemp("sound") / "project"))
    for name, lines in LONG.items():
        _shorten(folder / name, lines)
    for words in (folder / "commentary").glob("*.md"):
        words.unlink()  # they speak of the whole sample and would be refused beside fewer rows
    for found in read_inputs(folder).errors:
        _blank(folder / found.file, found.line)
    settings = folder / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("trials = 100_000", "trials = 1_000"), encoding="utf-8")
    assert read_inputs(folder).errors == (), "the faults must be the only errors"
    return folder


def _shorten(path: Path, lines: int) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[:lines]
    if path.suffix == ".json":
        first[-1] = first[-1].removesuffix(",") + "\n]"
    path.write_text("\n".join(first) + "\n", encoding="utf-8")


def _blank(path: Path, line: int) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = ""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def damaged(sound_project: Path, tmp_path: Path) -> Path:
    """A project to damage."""
    return Path(shutil.copytree(sound_project, tmp_path / "project"))


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """An output folder with the documents of an earlier build."""
    quarter = tmp_path / "output" / "2026-Q3"
    quarter.mkdir(parents=True)
    (quarter / DISCLOSURE).write_bytes(b"the disclosure that was filed")
    (quarter / "notes.txt").write_bytes(b"mine")
    return tmp_path / "output"


def test_there_are_forty() -> None:
    """Each with a name of its own."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 40


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(fault: Fault, damaged: Path, earlier: Path, call_cli: CallCli) -> None:
    """It is told with its place, the inputs stay as they are, and nothing is half written."""
    fault.damage(damaged)
    inputs, outputs = content(damaged), content(earlier)
    if fault.told:
        check_is_told(fault, call_cli("check", "--project", damaged, "--json"))
        check_is_set_aside(fault, damaged, inputs)
    if fault.through or fault.fate in (Fate.STOPS, Fate.REFUSED):
        built = build(fault, damaged, earlier, call_cli)
        assert "Traceback" not in built.stderr
        if fault.through:
            check_was_built(fault, built, earlier / "2026-Q3", inputs)
        else:
            check_was_refused(fault, built)
    assert content(damaged) == inputs
    assert fault.through or content(earlier) == outputs


def build(fault: Fault, project: Path, output: Path, call_cli: CallCli) -> Outcome:
    """Build what shows the fault soonest: commentary is in the deck only."""
    only = "deck" if fault in COMMENTARY_FAULTS else "disclosure"
    given = [each.replace("{project}", str(project)) for each in fault.options]
    ours = {"--project": project, "--output": output, "--only": only}
    rest = [word for key, value in ours.items() if key not in given for word in (key, value)]
    return call_cli("build", *given, *rest)


def check_is_told(fault: Fault, checked: Outcome) -> None:
    """``check`` has the finding, with its severity, and no other error."""
    assert fault.told
    assert "Traceback" not in checked.stderr
    findings: list[dict[str, Any]] = json.loads(checked.stdout)["findings"]
    same = [each for each in findings if matches(fault, each)]
    assert same, [each for each in findings if each["file"] == fault.told.file]
    severities = {
        Fate.NOTED: ("warning", "note"),
        Fate.SET_ASIDE: ("error",),
        Fate.STOPS: ("error",),
    }
    assert {each["severity"] for each in same} <= set(severities[fault.fate])
    assert {each["stops"] for each in same} == {fault.fate is Fate.STOPS}
    said = " ".join(f"{each['reason']} {each['mend']}" for each in same)
    assert [word for word in fault.words if word not in said] == [], said
    errors = {each["code"] for each in findings if each["severity"] == "error"}
    assert errors == ({fault.told.code} if fault.fate is not Fate.NOTED else set())
    assert checked.exit_code == (0 if fault.fate is Fate.NOTED else 2)


def matches(fault: Fault, found: Mapping[str, Any]) -> bool:
    """The code and the file are those told; line, column and value where they are named."""
    told = fault.told
    assert told
    return (
        (found["code"], found["file"]) == (told.code, told.file)
        and (not told.line or found["line"] == told.line)
        and (not told.column or found["column"] == told.column)
        and (not told.value or found["value"] == told.value)
    )


def check_is_set_aside(fault: Fault, project: Path, inputs: Mapping[str, bytes]) -> None:
    """The one row that is lost stands as it was with the reason; all others are used."""
    loaded = read_inputs(project).loaded
    if fault.fate is Fate.STOPS:
        return
    assert fault.told
    aside = rejected_files(loaded.rejected)
    assert len(aside) == sum(each.rejected for each in loaded.reconciliation)
    if fault.fate is Fate.NOTED:
        assert aside == {}
        return
    [text] = aside.values()
    check_row_as_it_was(fault, text, inputs)


def check_row_as_it_was(fault: Fault, text: str, inputs: Mapping[str, bytes]) -> None:
    """One row, with its line, its reasons and its cells; a formula has lost its teeth."""
    assert fault.told
    [row] = csv.DictReader(text.splitlines())
    assert int(row["line"]) == fault.told.line
    assert row["reasons"]
    line = inputs[fault.told.file].decode().splitlines()[fault.told.line - 1]
    before = next(csv.reader([line]))
    after = next(csv.reader([text.splitlines()[1]]))[3:]
    assert [cell.removeprefix("'") for cell in after][: len(before)] == before


def check_was_refused(fault: Fault, built: Outcome) -> None:
    """Exit code 2, a message, and nothing on standard output."""
    assert built.exit_code == 2, built.stderr
    assert built.stdout == ""
    for word in fault.words if fault.fate is Fate.REFUSED else ():
        assert word in built.stderr


def check_was_built(
    fault: Fault, built: Outcome, quarter: Path, inputs: Mapping[str, bytes]
) -> None:
    """The document is new, and the row that was set aside is in ``rejected/``."""
    assert built.exit_code == 0, built.stderr
    assert built.stdout.splitlines() == [str(quarter / DISCLOSURE), str(quarter / TAGS)]
    assert (quarter / DISCLOSURE).read_bytes().startswith(b"%PDF-")
    assert (quarter / "notes.txt").read_bytes() == b"mine"
    rejected = quarter / "rejected"
    if fault.fate is Fate.NOTED:
        assert not rejected.exists()
        return
    assert fault.told
    assert f"{fault.told.file}:{fault.told.line}: error {fault.told.code}" in built.stderr
    assert str(rejected) in built.stderr
    [file] = rejected.iterdir()
    check_row_as_it_was(fault, file.read_text(encoding="utf-8"), inputs)
