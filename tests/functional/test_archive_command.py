"""``board-report archive`` as a user runs it, on a built project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from board_report.archive.folder import write_quarter
from board_report.archive.ledger.entries import sha256_of
from board_report.cli import archive_options
from board_report.pipeline import Built
from tests.conftest import CallCli, Outcome
from tests.ledger_data import VERIFIER, found_both
from tests.projects import make_project

Run = Callable[..., Outcome]
QUARTER = "2026-Q3"


@pytest.fixture(scope="module")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny project with what a build would have left, made without setting a page."""
    folder = tmp_path_factory.mktemp("built") / "project"
    folder.mkdir()
    make_project(folder, {})
    (folder / "commentary").mkdir()
    (folder / "commentary/people.md").write_text("Training.\n")
    (folder / "sign_off/2026-Q3/people").mkdir(parents=True)
    (folder / "sign_off/2026-Q3/people/001-approved-CISO.json").write_text("{}\n")
    write_built(folder)
    return folder


def write_built(folder: Path, *, approved: bool = True, deck: bytes = b"%PDF deck") -> None:
    """The quarter's folder, with a manifest that agrees with it and the project."""
    outputs = {
        "board-deck.pdf": deck,
        "governance-disclosure.pdf": b"%PDF disclosure",
        "inline-xbrl/example.htm": b"<html/>",
        "metrics.json": b"{}",
        "rejected/ciso-incidents.csv": b"line,reason\n",
    }
    inputs = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and path.name != "report.toml"
        and path.relative_to(folder).parts[0] not in ("output", "archive")
    )
    manifest = {
        "format": "board-report manifest",
        "program": {"name": "board-report", "version": "0.1.0"},
        "quarter": QUARTER,
        "as_of": "2026-09-30",
        "configuration_sha256": sha256_of((folder / "report.toml").read_bytes()),
        "inputs_sha256": "1" * 64,
        "inputs": [listed(name, (folder / name).read_bytes()) for name in inputs],
        "documents": [
            {"path": "board-deck.pdf", "state": "Draft", "approved": approved},
            {"path": "governance-disclosure.pdf", "state": "Approved", "approved": True},
        ],
        "outputs": [listed(name, data) for name, data in sorted(outputs.items())],
    }
    whole = {**outputs, "manifest.json": json.dumps(manifest).encode()}
    write_quarter(folder / "output" / QUARTER, whole)


def listed(name: str, data: bytes) -> dict[str, Any]:
    return {"path": name, "sha256": sha256_of(data), "bytes": len(data)}


@pytest.fixture
def folder(built_project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_project, tmp_path / "project"))


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here pulls the plug, so that nothing needs to be waited for."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def run(folder: Path, call_cli: CallCli) -> Run:
    """``run("list")`` is ``board-report archive list`` in the project."""

    def call(command: str, *arguments: object) -> Outcome:
        more = ("--output", folder / "output") if command == "seal" else ()
        return call_cli("archive", command, *arguments, "--project", folder, *more)

    return call


def good(outcome: Outcome) -> Any:
    """What a command printed as JSON."""
    assert outcome.exit_code == 0, outcome.stderr
    return json.loads(outcome.stdout)


def test_seal_keeps_what_the_manifest_names(run: Run, folder: Path) -> None:
    sealed = good(run("seal", "--json", "--by", "A. Example"))
    roles = {each["name"]: each["role"] for each in sealed["files"]}
    assert roles == {
        "board-deck.pdf": "document",
        "governance-disclosure.pdf": "public",
        "inline-xbrl/example.htm": "public",
        "manifest.json": "manifest",
        "metrics.json": "data",
        "project/ciso/incidents.csv": "source",
        "project/commentary/people.md": "commentary",
        "project/cto/technology_portfolio.csv": "source",
        "project/governance/people.csv": "source",
        "project/report.toml": "settings",
        "project/sign_off/2026-Q3/people/001-approved-CISO.json": "approval",
        "public-pack.json": "public",
        "rejected/ciso-incidents.csv": "source",
    }
    assert (sealed["by"], sealed["state"], sealed["entity"]) == (
        "A. Example", "approved", "Example, Inc."
    )  # fmt: skip
    assert sealed["program"] == {"name": "board-report", "version": "0.1.0"}
    assert {each["years"] for each in sealed["retention"]} == {7}
    assert found_both(folder / "archive") == set()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: (f / "output/2026-Q3/board-deck.pdf").write_bytes(b"x"),
         "changed since the build: board-deck.pdf"),
        (lambda f: (f / "output/2026-Q3/metrics.json").unlink(), "missing: metrics.json"),
        (lambda f: (f / "ciso/incidents.csv").write_bytes(b"x"),
         "changed since the build: project/ciso/incidents.csv"),
        (lambda f: (f / "governance/people.csv").unlink(),
         "missing: project/governance/people.csv"),
        (lambda f: (f / "report.toml").write_bytes((f / "report.toml").read_bytes() + b"#\n"),
         "changed since the build: project/report.toml"),
        (lambda f: shutil.rmtree(f / "output"), "there is no manifest.json that can be read"),
        (lambda f: write_built(f, approved=False), "it is a draft: board-deck.pdf"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_built_is_refused(
    run: Run, folder: Path, change: Callable[[Path], object], words: str
) -> None:
    change(folder)
    outcome = run("seal")
    assert outcome.exit_code == 2
    assert words in outcome.stderr
    assert not (folder / "archive").exists()


def test_a_draft_is_sealed_when_that_is_said(run: Run, folder: Path) -> None:
    write_built(folder, approved=False)
    assert good(run("seal", "--draft-allowed", "--json"))["state"] == "draft"
    assert "\tdraft\t" in run("list").stdout


def test_a_manifest_of_an_older_version_does_not_say_approved(run: Run, folder: Path) -> None:
    path = folder / "output/2026-Q3/manifest.json"
    manifest = json.loads(path.read_bytes())
    del manifest["documents"]
    path.write_text(json.dumps(manifest))
    outcome = run("seal")
    assert outcome.exit_code == 2
    assert "does not say that it was approved" in outcome.stderr


def test_files_of_ones_own_are_told_and_not_sealed(run: Run, folder: Path) -> None:
    (folder / "output/2026-Q3/notes.txt").write_text("mine")
    outcome = run("seal")
    assert outcome.exit_code == 0
    assert "Not sealed, since no build made it: notes.txt." in outcome.stderr


def test_sources_may_be_kept_out(run: Run, folder: Path) -> None:
    """Their hashes are on record; the rows set aside go with them."""
    text = (folder / "report.toml").read_text()
    block = '\n[archive]\nsources = "exclude"\nretention_years = { default = 7, data = 9 }\n'
    (folder / "report.toml").write_text(text + block + 'by = "C. Secretary"\n')
    write_built(folder)
    sealed = good(run("seal", "--json"))
    assert "source" not in {each["role"] for each in sealed["files"]}
    assert {each["name"] for each in sealed["left_out"]} == {
        "project/ciso/incidents.csv",
        "project/cto/technology_portfolio.csv",
        "project/governance/people.csv",
        "rejected/ciso-incidents.csv",
    }
    assert {each["role"]: each["years"] for each in sealed["retention"]}["data"] == 9
    assert sealed["by"] == "C. Secretary"
    assert not any(b"I-1,Phish" in path.read_bytes() for path in objects(folder))


def objects(folder: Path) -> list[Path]:
    return [each for each in (folder / "archive/objects").rglob("*") if each.is_file()]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ('sources = "some"', "'some' is not one of: include, exclude"),
        ("retention_years = 0", "below 1"),
        ("retention_years = { film = 3 }", "'film' is not a key that is known here"),
        ('folder = "ftp://host/x"', "an archive lies in a folder or in an S3 store"),
        ('folders = "x"', "Did you mean folder?"),
    ],
)
def test_what_cannot_be_in_report_toml(run: Run, folder: Path, block: str, words: str) -> None:
    with (folder / "report.toml").open("a") as stream:
        stream.write(f"\n[archive]\n{block}\n")
    outcome = run("list")
    assert outcome.exit_code == 2
    assert words in outcome.stderr


def test_a_second_seal_needs_a_reason_and_the_first_stays(run: Run, folder: Path) -> None:
    first = good(run("seal", "--json"))
    assert "is sealed as it is" in run("seal").stderr
    write_built(folder, deck=b"%PDF mended deck")
    assert "Say with --reason why" in run("seal").stderr
    second = good(run("seal", "--reason", "A figure was restated", "--json"))
    assert second["supersedes"] == {"entry": first["entry"], "reason": "A figure was restated"}
    listed = good(run("list", "--json"))
    assert [(each["entry"], each["superseded"]) for each in listed] == [(2, True), (3, False)]
    assert good(run("show", "--quarter", QUARTER, "--json"))["entry"] == 3
    assert good(run("show", "--entry", 2, "--json"))["sha256"] == first["sha256"]
    assert found_both(folder / "archive") == set()


def test_the_public_pack_holds_nothing_of_the_boards(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    good(run("seal", "--json"))
    out = tmp_path / "public"
    good(run("export", out, "--public", "--json"))
    names = sorted(each.relative_to(out).as_posix() for each in out.rglob("*") if each.is_file())
    assert names == [
        "SHA256SUMS",
        "governance-disclosure.pdf",
        "inline-xbrl/example.htm",
        "public-pack.json",
    ]
    told = b"".join((out / each).read_bytes() for each in names)
    for secret in (b"deck", b"incidents", b"manifest", b"CISO"):
        assert secret not in told
    check_sums(out)


def check_sums(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_export_gives_everything_back_and_is_on_record(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    sealed = good(run("seal", "--json"))
    out = tmp_path / "all"
    good(run("export", out, "--by", "Auditor", "--json"))
    check_sums(out)
    assert (out / "project/ciso/incidents.csv").read_bytes() == (
        folder / "ciso/incidents.csv"
    ).read_bytes()
    assert sha256_of((out / "seal.json").read_bytes()) == sealed["sha256"]
    last = good(run("list", "--all", "--json"))[-1]
    assert (last["kind"], last["by"], last["command"]) == ("audit", "Auditor", "archive export")
    again = run("export", out)
    assert again.exit_code == 2
    assert "there is something in it" in again.stderr


def test_export_of_damaged_bytes_writes_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    sealed = good(run("seal", "--json"))
    deck = next(each for each in sealed["files"] if each["name"] == "board-deck.pdf")
    path = folder / "archive/objects" / deck["sha256"][:2] / deck["sha256"]
    path.chmod(0o644)
    path.write_bytes(b"%PDF dECK")
    outcome = run("export", tmp_path / "out")
    assert outcome.exit_code == 2
    assert "it was damaged or changed" in outcome.stderr
    assert list(tmp_path.glob("*out*")) == []
    assert len(good(run("list", "--all", "--json"))) == 2


def test_verify_ends_with_two_when_something_is_wrong(run: Run, folder: Path) -> None:
    sealed = good(run("seal", "--json"))
    head = run("head")
    assert head.stdout == f"2 {sealed['sha256']}\n"
    fine = run("verify", "--head", sealed["sha256"])
    assert fine.exit_code == 0
    assert "intact" in fine.stdout
    assert "that of entry 2; 0 came later" in fine.stdout
    path = objects(folder)[0]
    path.unlink()
    outcome = run("verify", "--json")
    assert outcome.exit_code == 2
    (found,) = json.loads(outcome.stdout)["found"]
    assert (found["code"], found["where"]) == (
        "object-missing", path.relative_to(folder / "archive").as_posix()
    )  # fmt: skip
    assert "NOT INTACT" in run("verify").stdout


def test_a_check_can_be_recorded(run: Run, folder: Path) -> None:
    good(run("seal", "--json"))
    outcome = run("verify", "--record", "--by", "Auditor")
    assert outcome.exit_code == 0
    assert "Recorded as entry 3." in outcome.stderr
    assert found_both(folder / "archive") == set()


def test_the_verifier_in_the_archive_runs_alone(run: Run, folder: Path, tmp_path: Path) -> None:
    """Without this package, without its environment, from another folder."""
    sealed = good(run("seal", "--json"))
    tool = folder / "archive/verify_archive.py"
    assert tool.read_bytes() == VERIFIER.read_bytes()

    def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", "-S", "-B", str(tool), *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={},
        )

    fine = alone(folder / "archive", "--head", sealed["sha256"], "--json")
    assert fine.returncode == 0, fine.stderr
    assert json.loads(fine.stdout)["head"]["sha256"] == sealed["sha256"]
    objects(folder)[0].unlink()
    wrong = alone(folder / "archive")
    assert wrong.returncode == 2
    assert "fault object-missing" in wrong.stdout
    assert "NOT INTACT" in wrong.stdout
    assert alone(tmp_path / "nowhere").returncode == 2


def test_the_verifier_is_for_older_pythons_and_imports_nothing_else() -> None:
    import ast

    tree = ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names
    assert not any(isinstance(each, ast.Match) for each in ast.walk(tree))


def test_hold_prune_and_release(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good(run("seal", "--json"))
    assert good(run("prune", "--json")) == []
    held = good(run("hold", "--quarter", QUARTER, "--reason", "Matter 1", "--json"))
    in_years(monkeypatch, 2099)
    (due,) = good(run("prune", "--json"))
    assert (due["entry"], due["held_by"]) == (2, [held["entry"]])
    assert "nothing was deleted" in run("prune", "--delete", "--reason", "due").stderr
    assert "Held by entry 3: Matter 1" in run("show").stderr
    good(run("release", held["entry"], "--reason", "Matter 1 is closed", "--json"))
    pruned = good(run("prune", "--delete", "--reason", "Schedule of 2099", "--json"))
    assert pruned["pruned"][0]["entry"] == 2
    assert objects(folder) == []
    assert "deleted" in run("show").stdout
    assert found_both(folder / "archive") == set()
    none = run("export", folder / "out")
    assert none.exit_code == 2
    assert "keeps no file any more" in none.stderr


def in_years(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    """Let the command line see another year."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return cls(year, 1, 1, tzinfo=tz)

    monkeypatch.setattr(archive_options, "datetime", Later)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("hold", "--reason", "x"), "Say what is held"),
        (("hold", "--all", "--quarter", QUARTER, "--reason", "x"), "Say what is held"),
        (("show", "--entry", 1), "entry 1 is no seal"),
        (("show", "--quarter", "2019-Q1"), "2019-Q1 is not sealed"),
        (("export", "x", "--public", "--role", "data"), "either --public or --role"),
        (("prune", "--delete"), "a reason is needed"),
        (("release", 2, "--reason", "x"), "entry 2 holds nothing"),
    ],
)
def test_what_cannot_be_done_says_why(run: Run, arguments: tuple[str, ...], words: str) -> None:
    good(run("seal", "--json"))
    outcome = run(*arguments)
    assert outcome.exit_code == 2
    assert words in outcome.stderr


def test_no_archive_yet(run: Run) -> None:
    for command in ("list", "show", "verify", "head", "prune"):
        outcome = run(command)
        assert outcome.exit_code == 2
        assert "there is no archive. `board-report archive seal` begins one" in outcome.stderr


def test_an_archive_needs_no_project(
    run: Run, folder: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    good(run("seal", "--json"))
    copy = shutil.copytree(folder / "archive", tmp_path / "copy")
    assert call_cli("archive", "verify", "--archive", copy).exit_code == 0
    assert "Example, Inc." in call_cli("archive", "list", "--archive", copy).stdout


def test_an_interrupted_seal_is_told_on_standard_error(run: Run, folder: Path) -> None:
    good(run("seal", "--json"))
    (folder / "archive/incoming/9-0.part").write_bytes(b"half")
    outcome = run("verify")
    assert outcome.exit_code == 0
    assert "incoming/9-0.part: notice leftover" in outcome.stdout
    assert "An earlier command was interrupted" in run("list").stderr
    assert run("verify").stdout.count("notice") == 0


def test_a_real_build_is_sealed(
    sample_build: Built, pristine_project: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    """The sample's own manifest, inputs and documents."""
    archive = tmp_path / "archive"
    arguments = ("--project", pristine_project, "--output", sample_build.folder.parent)
    refused = call_cli("archive", "seal", *arguments, "--archive", archive)
    assert "it is a draft: " in refused.stderr
    outcome = call_cli(
        "archive", "seal", *arguments, "--archive", archive, "--draft-allowed", "--json"
    )
    sealed = good(outcome)
    names = {each["name"] for each in sealed["files"]}
    assert {"board-deck.pdf", "governance-disclosure.pdf", "project/report.toml"} <= names
    assert sealed["left_out"] == []
    assert found_both(archive, sealed["sha256"]) == set()
