"""The commands on the sample company, in process: what they print, write, and answer."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from board_report.model import Severity
from board_report.pipeline import (
    APPENDIX,
    BRIEFING,
    COMMITTEE,
    DECK,
    DISCLOSURE,
    REDLINE,
    Built,
    check_story,
    read_inputs,
)
from board_report.pipeline.names import TAGS
from board_report.resources import sample_folder
from tests.conftest import CallCli

# --- init ----------------------------------------------------------------------------------------


def test_init_copies_the_sample_and_says_what_is_next(call_cli: CallCli, tmp_path: Path) -> None:
    """The folder goes to standard output, the advice to standard error."""
    folder = tmp_path / "our-company"
    outcome = call_cli("init", folder)
    assert (outcome.exit_code, outcome.stdout) == (0, f"{folder}\n")
    assert f"cd {folder} && board-report build" in outcome.stderr
    for name in ("report.toml", "ciso/servicenow_incidents.csv", "governance/people.csv"):
        assert (folder / name).read_bytes() == (sample_folder() / name).read_bytes()


def test_init_leaves_out_how_the_sample_was_made(pristine_project: Path) -> None:
    """A user's project holds data and settings, and no program."""
    names = {path.name for path in pristine_project.rglob("*")}
    assert not any(name.endswith((".py", ".pyc")) for name in names)
    assert {"generator", "known_answers.json", "output", "__pycache__"}.isdisjoint(names)
    top = {path.name for path in pristine_project.iterdir()}
    assert {"report.toml", "ciso", "cto", "governance", "commentary"} <= top


def test_init_fills_an_empty_folder(
    call_cli: CallCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the current one; there is then no ``cd`` to advise."""
    monkeypatch.chdir(tmp_path)
    outcome = call_cli("init", ".")
    assert outcome.exit_code == 0
    assert (tmp_path / "report.toml").is_file()
    assert "cd " not in outcome.stderr


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_init_refuses_what_is_taken(call_cli: CallCli, tmp_path: Path, taken: str) -> None:
    """What is there stays as it is."""
    place = tmp_path / "taken"
    mine = place if taken == "file" else place / "mine.txt"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    outcome = call_cli("init", place)
    assert outcome.exit_code == 2
    assert str(place) in outcome.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"


def test_init_that_cannot_write_says_so(call_cli: CallCli, tmp_path: Path) -> None:
    """No traceback for a place that cannot be."""
    outcome = call_cli("init", tmp_path / ("n" * 300))
    assert outcome.exit_code == 2
    assert "cannot be written" in outcome.stderr


# --- check ---------------------------------------------------------------------------------------


def test_check_lists_every_finding_and_every_file(call_cli: CallCli, project: Path) -> None:
    """One line each, worst first; the exit code says that there is an error."""
    inputs = read_inputs(project)
    outcome = call_cli("check", "--project", project)
    lines = outcome.stdout.splitlines()
    findings = (*inputs.loaded.findings, *check_story(inputs))
    files = inputs.loaded.reconciliation
    assert len(lines) == len(findings) + len(files)
    words = [line.split(": ", 1)[1].split()[0] for line in lines[: len(findings)]]
    assert words == sorted(words, key=[str(each) for each in Severity].index)
    assert (outcome.exit_code, bool(inputs.errors)) == (2, True)
    errors = sum(each.severity is Severity.ERROR for each in inputs.loaded.findings)
    assert f"{errors} error" in outcome.stderr


def test_check_tells_what_is_wrong_with_what_is_said(call_cli: CallCli, project: Path) -> None:
    """Words of the leaders, at their line; warnings alone are no failure of their own."""
    before = call_cli("check", "--project", project)
    path = project / "commentary" / "people.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n## Notes\nA nightmare for the QXZ.\n", encoding="utf-8")
    line = len(text.splitlines()) + 3
    outcome = call_cli("check", "--project", project)
    new = sorted(set(outcome.stdout.splitlines()) - set(before.stdout.splitlines()))
    assert [each.split(": ")[:2] for each in new] == [
        [f"commentary/people.md:{line}", "warning lint_fear 'nightmare'"],
        [f"commentary/people.md:{line}", "warning lint_jargon 'QXZ'"],
    ]
    assert "What is said: 0 errors, " in outcome.stderr


def test_check_shows_the_data_before_commentary_that_cannot_be_read(
    call_cli: CallCli, project: Path
) -> None:
    """The faults of the data are not lost over one of a file of words."""
    whole = call_cli("check", "--project", project, "--json")
    count = len(json.loads(whole.stdout)["reconciliation"])
    (project / "commentary" / "people.md").write_text("no page", encoding="utf-8")
    outcome = call_cli("check", "--project", project)
    assert outcome.exit_code == 2
    assert "commentary/people.md:1" in outcome.stderr
    assert "No document can be built" in outcome.stderr
    assert sum(" read = " in line for line in outcome.stdout.splitlines()) == count


def test_check_of_sound_data_ends_with_0(call_cli: CallCli, project: Path) -> None:
    """Warnings and notes alone are no failure."""
    for each in read_inputs(project).errors:
        path = project / each.file
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        lines[each.line - 1] = "" if path.suffix == ".json" else "\n"
        path.write_text("".join(lines), encoding="utf-8")
    outcome = call_cli("check", "--project", project)
    assert outcome.exit_code == 0, outcome.stdout
    assert "0 errors" in outcome.stderr
    assert "The data are ready" in outcome.stderr


def test_check_as_json_has_the_same(call_cli: CallCli, project: Path) -> None:
    """For a scheduler or another program."""
    outcome = call_cli("check", "--project", project, "--json")
    record = json.loads(outcome.stdout)
    inputs = read_inputs(project)
    assert outcome.exit_code == 2
    assert record["quarter"] == "2026-Q3"
    assert record["stops"] is False
    assert len(record["findings"]) == len(inputs.loaded.findings) + len(check_story(inputs))
    assert record["findings"][0]["severity"] == "error"
    for each in record["reconciliation"]:
        assert each["read"] == each["used"] + each["rejected"] + each["duplicate"]


def test_check_writes_nothing(call_cli: CallCli, project: Path) -> None:
    """Not even a cache."""
    before = sorted(project.rglob("*"))
    call_cli("check", "--project", project)
    assert sorted(project.rglob("*")) == before


def test_terminal_sequences_in_data_are_shown_not_obeyed(call_cli: CallCli, project: Path) -> None:
    """A value cannot clear the screen of who looks at it, or retitle the window."""
    path = project / "ciso" / "audit_findings.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(",medium,", ",\x1b[2J\x1b]0;owned\x07,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for terminal in (False, True):
        outcome = call_cli("check", "--project", project, terminal=terminal)
        assert "\\x1b[2J" in outcome.stdout
        assert "\x1b[2J" not in outcome.stdout
        assert "\x07" not in outcome.stdout


# --- explain -------------------------------------------------------------------------------------


def incidents_of_the_quarter(project: Path) -> list[dict[str, str]]:
    """Counted by hand: detected from July to September by the clocks of Chicago, as exported."""
    path = project / "ciso" / "servicenow_incidents.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [row for row in rows if "2026-07-01" <= row["u_detected_at"] < "2026-10-01"]


def test_explain_shows_value_formula_and_rows(call_cli: CallCli, project: Path) -> None:
    """The rows are those that a person counts in the file."""
    rows = incidents_of_the_quarter(project)
    outcome = call_cli("explain", "incidents_detected", "--project", project, "--limit", "500")
    assert outcome.exit_code == 0
    head, *rest = outcome.stdout.splitlines()
    assert head == f"Incidents detected (incidents_detected), 2026-Q3: {len(rows)}"
    assert "first noticed in the quarter" in outcome.stdout
    shown = [line for line in rest if line.startswith("ciso/servicenow_incidents.csv:")]
    assert [line.split("\t")[1] for line in shown] == [row["number"] for row in rows]
    file = (project / "ciso/servicenow_incidents.csv").read_text(encoding="utf-8").splitlines()
    for line in shown:
        place, number = line.split("\t")[:2]
        assert file[int(place.split(":")[1]) - 1].startswith(f"{number},")


def test_explain_says_how_many_rows_are_not_shown(call_cli: CallCli, project: Path) -> None:
    """And how to see them all."""
    total = len(incidents_of_the_quarter(project))
    outcome = call_cli("explain", "incidents_detected", "--project", project, "--limit", 2)
    assert outcome.stdout.count("ciso/servicenow_incidents.csv:") == 2
    assert f"2 of {total} rows shown; --limit {total} shows them all." in outcome.stderr


def test_explain_as_json(call_cli: CallCli, project: Path) -> None:
    """Value at full precision, parts, and rows with their values."""
    outcome = call_cli("explain", "mttr", "--project", project, "--json", "--limit", 1)
    record = json.loads(outcome.stdout)
    assert record["value"] == record["parts"]["median"]
    assert record["n"] == record["parts"]["measured"] + record["parts"]["open"]
    low, high = record["interval_95"]
    assert low < record["value"] < high
    assert record["rows_total"] == len(incidents_of_the_quarter(project))
    [row] = record["rows"]
    columns = {"incident_id", "detected_at", "recovered_at", "closed_at"}
    assert columns == set(row["values"])


def test_explain_says_how_a_change_is_told_from_chance(call_cli: CallCli, project: Path) -> None:
    """The test, its p-value or limits, and the verdict, against both quarters."""
    told = call_cli("explain", "mttr", "--project", project, "--limit", 0).stdout
    assert "last quarter against 2026-Q2: Gehan-Wilcoxon test of two samples" in told
    assert "a year ago   against 2025-Q3: Gehan-Wilcoxon test of two samples" in told
    assert "within chance" in told
    level = call_cli(
        "explain", "vulnerabilities_overdue", "--project", project, "--limit", 0
    ).stdout
    assert "natural process limits (XmR chart), limits " in level
    share = call_cli("explain", "edr_coverage", "--project", project, "--limit", 0).stdout
    assert "signal by itself; a report holds it against all its figures" in share


def test_explain_of_another_quarter(call_cli: CallCli, project: Path) -> None:
    """``--quarter`` moves the window."""
    outcome = call_cli("explain", "mttr", "--project", project, "--quarter", "2026-Q1")
    assert outcome.stdout.startswith("Time to recover (mttr), 2026-Q1:")


@pytest.mark.parametrize("name", ["MTTR", "kev-overdue", " mttr "])
def test_explain_forgives_how_a_name_is_written(
    call_cli: CallCli, project: Path, name: str
) -> None:
    """Capitals and hyphens are no reason to refuse."""
    assert call_cli("explain", name, "--project", project, "--limit", 0).exit_code == 0


def test_explain_of_no_metric_names_the_nearest(call_cli: CallCli, project: Path) -> None:
    """A slip of the pen gets an answer."""
    outcome = call_cli("explain", "mtttr", "--project", project)
    assert outcome.exit_code == 2
    assert "there is no metric 'mtttr'. Did you mean mttr" in outcome.stderr
    nowhere = call_cli("explain", "zzzzzz", "--project", project)
    assert "`board-report metrics` lists them all" in nowhere.stderr


def test_explain_without_data_says_not_measured(call_cli: CallCli, project: Path) -> None:
    """It is not zero, and the reason stands beside it."""
    (project / "ciso" / "threat_hunts.csv").unlink()
    outcome = call_cli("explain", "hunts_finished", "--project", project)
    assert outcome.exit_code == 0
    assert outcome.stdout.splitlines()[0].endswith("2026-Q3: not measured")
    assert "no file was given" in outcome.stdout
    assert "No row of the input counts in it." in outcome.stdout


# --- metrics -------------------------------------------------------------------------------------


def test_metrics_lists_all(call_cli: CallCli) -> None:
    """One line each in a pipe, under one line of heads; no project is needed."""
    from board_report.pipeline import catalogue

    specs, _ = catalogue()
    heads, *lines = call_cli("metrics").stdout.splitlines()
    assert heads.split("\t")[0] == "metric"
    assert [line.split("\t")[0] for line in lines] == list(specs)


def test_metrics_by_owner_and_subject(call_cli: CallCli) -> None:
    """The owners share out the catalogue; a subject is found by a part of its name."""

    def ids(*options: str) -> list[str]:
        return [each["id"] for each in json.loads(call_cli("metrics", "--json", *options).stdout)]

    owned = [ids("--owner", each) for each in ("ciso", "cto", "joint")]
    assert sorted(name for some in owned for name in some) == sorted(ids())
    assert all(owned)
    assert "mttr" in ids("--subject", "INCID")
    assert ids("--subject", "incid", "--owner", "cto") == []


def test_metrics_of_no_subject_lists_the_subjects(call_cli: CallCli) -> None:
    """So that the next try succeeds."""
    outcome = call_cli("metrics", "--subject", "astrology")
    assert outcome.exit_code == 2
    assert "there is no subject 'astrology'. The subjects are: Incidents, " in outcome.stderr


# --- build ---------------------------------------------------------------------------------------


def test_build_prints_where_the_documents_are(
    call_cli: CallCli, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing else on standard output; inside a project they go to its ``output``."""
    monkeypatch.chdir(project)
    outcome = call_cli("build", "--only", "disclosure")
    assert outcome.exit_code == 0
    assert outcome.stdout == f"output/2026-Q3/{DISCLOSURE}\noutput/2026-Q3/{TAGS}\n"
    assert (project / "output" / "2026-Q3" / DISCLOSURE).is_file()
    assert "rows set aside" in outcome.stderr
    assert "output/2026-Q3/rejected" in outcome.stderr


def test_build_of_another_quarter_and_day(call_cli: CallCli, project: Path, tmp_path: Path) -> None:
    """``--quarter`` and ``--as-of`` reach the documents and their folder."""
    asked = ("--quarter", "2026-Q2", "--as-of", "2026-06-15", "--only", "disclosure", "--json")
    outcome = call_cli("build", "--project", project, "--output", tmp_path / "out", *asked)
    record = json.loads(outcome.stdout)
    assert outcome.exit_code == 0
    assert (record["quarter"], record["as_of"]) == ("2026-Q2", "2026-06-15")
    folder = tmp_path / "out" / "2026-Q2"
    assert record["documents"] == [str(folder / DISCLOSURE), str(folder / TAGS)]
    manifest = json.loads((tmp_path / "out" / "2026-Q2" / "manifest.json").read_text())
    assert (manifest["quarter"], manifest["as_of"]) == ("2026-Q2", "2026-06-15")


def test_build_keeps_what_others_put_there(
    call_cli: CallCli, project: Path, tmp_path: Path
) -> None:
    """A signed copy or a note of the user's survives, and the message says so."""
    mine = tmp_path / "out" / "2026-Q3" / "signed.pdf"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"signed")
    where = ("--project", project, "--output", tmp_path / "out", "--only", "disclosure")
    outcome = call_cli("build", *where)
    assert mine.read_bytes() == b"signed"
    assert "signed.pdf" in outcome.stderr


def test_build_tells_what_is_wrong_with_what_is_said(
    call_cli: CallCli, project: Path, tmp_path: Path
) -> None:
    """Errors and warnings by line, notes by number; the documents are made all the same."""
    path = project / "commentary" / "people.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n## Notes\nA nightmare.\n", encoding="utf-8")
    where = ("--project", project, "--output", tmp_path / "out", "--only", "disclosure")
    outcome = call_cli("build", *where, "--json")
    assert outcome.exit_code == 0, outcome.stderr
    assert "warning lint_fear 'nightmare': " in outcome.stderr
    assert "What is said: 0 errors, " in outcome.stderr
    assert "lint_fear" in {each["code"] for each in json.loads(outcome.stdout)["story_findings"]}


def test_sample_builds_all_documents(sample_build: Built) -> None:
    """The PDFs, the figures as data, and a manifest that has the hash of each."""
    folder = sample_build.folder
    names = (DECK, APPENDIX, BRIEFING, DISCLOSURE, REDLINE, COMMITTEE, TAGS)
    assert sample_build.documents == tuple(folder / name for name in names)
    assert all(path.read_bytes().startswith(b"%PDF-") for path in sample_build.documents)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for each in manifest["outputs"]:
        data = (folder / each["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == each["sha256"]
    assert {each["path"] for each in manifest["outputs"]} >= {
        *names,
        "metrics.csv",
        "metrics.json",
    }


def test_explain_and_the_data_file_agree(
    sample_build: Built, call_cli: CallCli, pristine_project: Path
) -> None:
    """The figure that ``explain`` shows is the one that ``build`` wrote."""
    with (sample_build.folder / "metrics.csv").open(encoding="utf-8", newline="") as stream:
        written = {
            row["metric_id"]: row
            for row in csv.DictReader(stream)
            if row["quarter"] == "2026-Q3" and not row["slice"]
        }
    for name in ("mttr", "patch_sla_compliance", "loss_1_in_20", "return_on_investment"):
        explained = json.loads(
            call_cli("explain", name, "--project", pristine_project, "--json").stdout
        )
        assert explained["value"] == pytest.approx(float(written[name]["value"]), rel=1e-9)
        assert explained["state"] == written[name]["state"]
