"""A report on its way to approval: signed, built, changed, and a draft again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from board_report import pipeline
from board_report.documents.deck import deck_html
from board_report.documents.disclosure import disclosure_html
from board_report.pipeline import DISCLOSURE, Reviewed, build, deck_context, document_states, review
from board_report.resources import templates_folder
from board_report.story import formats
from board_report.story.page import Mode
from board_report.story.signed_sections import SECTIONS
from tests.conftest import CallCli
from tests.planted import everything_in

SECRET = "qz7001xk"
APPROVED_ON = date(2026, 10, 20)
APPROVED = f"Approved {formats.day(APPROVED_ON)}"


def close_the_gap(project: Path) -> None:
    """Attest the statement that the sample leaves open on purpose."""
    path = project / "governance" / "attestations.csv"
    text = path.read_text(encoding="utf-8")
    drafted, attested = ",CISO,,Engagement letter", ",CISO,2026-10-06,Engagement letter"
    assert text.count(drafted) == 1
    path.write_text(text.replace(drafted, attested), encoding="utf-8")


def approve_all(reviewed: Reviewed) -> None:
    """The COO prepares, the auditor reviews, and every role that must approves."""
    for section in reviewed.approvals.sections:
        steps = [("prepared", "COO"), ("reviewed", "CAE")]
        steps += [("approved", role) for role in section.required_roles]
        for at, (step, role) in enumerate(steps):
            on = datetime(2026, 10, 18, 9, 0, tzinfo=UTC) + timedelta(days=min(at, 2))
            pipeline.sign_off(reviewed, section.id, step, role, on=on, note=SECRET)


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory, pristine_project: Path) -> Path:
    """A project of which every section is approved; never change it."""
    folder = tmp_path_factory.mktemp("signed") / "project"
    shutil.copytree(pristine_project, folder)
    close_the_gap(folder)
    approve_all(review(folder))
    return folder


@pytest.fixture(scope="module")
def seen(approved: Path) -> Reviewed:
    """What the approved project says."""
    return review(approved)


@pytest.fixture
def changed(tmp_path: Path, approved: Path) -> Path:
    """A copy of the approved project that the test may change."""
    return Path(shutil.copytree(approved, tmp_path / "project"))


def replace_once(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Approved


def test_every_section_and_document_is_approved(seen: Reviewed) -> None:
    assert [each.id for each in seen.approvals.sections] == [each.id for each in SECTIONS]
    assert {each.standing.approved_on for each in seen.approvals.sections} == {APPROVED_ON}
    assert seen.approvals.findings == ()
    assert set(document_states(seen.story).values()) == {APPROVED}


def test_approved_deck_has_no_mark(seen: Reviewed) -> None:
    context = deck_context(seen.story, Mode.BRIEF)
    html = deck_html(context, templates_folder())

    assert (context.is_draft, context.state) == (False, APPROVED)
    assert f'data-state="{APPROVED}"' in html
    assert "draft-deck.css" not in html


def test_approved_disclosure_says_so_and_tells_nothing_more(
    seen: Reviewed, approved: Path, tmp_path: Path
) -> None:
    """State, date and role cross over; no hash, no note, no word of the deck does."""
    built = build(approved, tmp_path / "out", only="disclosure")
    said = everything_in(built.documents[0].read_bytes())
    text = PdfReader(BytesIO(built.documents[0].read_bytes())).pages[0].extract_text()

    assert APPROVED.replace("\xa0", " ") in text.replace("\xa0", " ")
    assert "Draft for counsel" not in said
    for section in seen.approvals.sections:
        assert section.standing.content_sha256 not in said
        assert "-" not in section.id or section.id not in said
    assert SECRET not in said
    assert "Castellane" not in said
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    approvals = manifest["approvals"]
    assert {each["state"] for each in approvals} == {"valid"}
    assert {
        "section": "risk-and-money",
        "step": "approved",
        "role": "CFO",
        "on": "2026-10-20T09:00:00+00:00",
        "content_sha256": seen.approvals["risk-and-money"].standing.content_sha256,
        "state": "valid",
    } in approvals
    inputs = {each["path"] for each in manifest["inputs"]}
    assert "sign_off/2026-Q3/risk-and-money/003-approved-CFO.json" in inputs
    assert "commentary/incidents.md" in inputs


def test_strict_status_of_an_approved_report_ends_with_0(call_cli: CallCli, approved: Path) -> None:
    outcome = call_cli("status", "--project", approved, "--strict")

    assert outcome.exit_code == 0, outcome.stdout
    lines = dict(line.split("\t", 1) for line in outcome.stdout.splitlines())
    assert lines["security"] == (
        "9\tCOO 18 Oct 2026\tCAE 19 Oct 2026\tCISO 20 Oct 2026\tApproved 20 Oct 2026"
    )
    assert lines[DISCLOSURE] == "Approved 20 Oct 2026"
    assert "Every section is approved" in outcome.stderr


# Changed since


def test_changed_cost_voids_what_shows_it_and_says_which(call_cli: CallCli, changed: Path) -> None:
    replace_once(changed / "ciso" / "servicenow_incidents.csv", ",3100000,", ",3300000,")

    record = json.loads(call_cli("status", "--project", changed, "--json").stdout)

    states = {each["section"]: each["state"] for each in record["sections"]}
    assert states["security"] == "Changed since it was signed; to be prepared again"
    assert states["technology"] == states["disclosure"] == "Approved 20 Oct 2026"
    assert record["documents"]["board-deck.pdf"] == "Draft"
    assert record["documents"][DISCLOSURE] == "Approved 20 Oct 2026"
    marks = next(each["marks"] for each in record["sections"] if each["section"] == "security")
    assert {each["state"] for each in marks} == {"void"}
    first = marks[-1]["changes"][0]
    assert first["path"] == "figure incident_cost"
    assert first["was"] != first["now"]


def test_changed_sentence_voids_its_section_alone(changed: Path) -> None:
    path = changed / "commentary" / "ai-governance.md"
    heading = "## What it means: CTO\n"
    replace_once(path, heading, f"{heading}\nThis is new.")

    seen = review(changed)

    void = [each for each in seen.approvals.sections if each.standing.void]
    assert {each.id for each in void} <= {"technology", "appendix-and-notes"}
    technology = seen.approvals["technology"]
    (change,) = [
        each for each in technology.standing.approved[0].differences if "voices" in each.path
    ]
    assert change.path == "ai-governance / voices / means / 1 / text"
    assert "This is new." in (change.now or "")
    codes = [each.code for each in seen.story.findings if each.file.startswith("sign_off/")]
    assert set(codes) == {"sign_off_void"}
    states = document_states(seen.story)
    assert states["board-deck.pdf"] == "Draft"
    assert states["board-deck-brief.pdf"] == APPROVED
    deck = deck_context(seen.story)
    html = deck_html(replace(deck, pages=deck.pages[:1]), templates_folder())
    assert '<link rel="stylesheet" href="css/draft-deck.css">' in html
    assert seen.story.public is not None
    assert "draft-disclosure.css" not in disclosure_html(seen.story.public, templates_folder())


# Refused


def test_signing_prints_what_was_signed(call_cli: CallCli, project: Path) -> None:
    where = ("--project", project, "--on", "2026-10-15")
    outcome = call_cli("sign-off", "Risk_and_Money", "--step", "prepared", "--role", "coo", *where)

    assert outcome.exit_code == 0, outcome.stderr
    (path,) = (project / "sign_off" / "2026-Q3" / "risk-and-money").iterdir()
    record = json.loads(path.read_text(encoding="utf-8"))
    lines = outcome.stdout.splitlines()
    assert lines[0] == "Ruben Castellane, COO: risk-and-money prepared on 15 Oct 2026."
    named = lines[1].removeprefix("pages: ").split(", ")
    assert [each for each in named if not each.startswith("risk-assumptions")] == [
        "risk-against-appetite", "risks-in-money", "tail-drivers", "investment",
        "risk-bought-down", "budget-scenarios", "back-test", "forecasts", "loss-in-figures",
    ]  # fmt: skip
    assert record["content_sha256"][:12] in lines[2]
    assert record["on"] == "2026-10-15T12:00:00-05:00"
    assert "Still missing: reviewed, approved by CFO." in outcome.stderr

    own = call_cli("sign-off", "risk-and-money", "--step", "reviewed", "--role", "COO", *where)
    assert own.exit_code == 2
    assert "Ruben Castellane prepared risk-and-money" in own.stderr
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_unknown_section_is_refused_with_the_nearest(call_cli: CallCli, project: Path) -> None:
    outcome = call_cli(
        "sign-off", "securty", "--step", "prepared", "--role", "COO", "--project", project
    )

    assert outcome.exit_code == 2
    assert "there is no section 'securty'. Did you mean security?" in outcome.stderr
    assert not (project / "sign_off").exists()


def test_unknown_approver_is_refused_by_every_command(call_cli: CallCli, project: Path) -> None:
    report = project / "report.toml"
    text = report.read_text(encoding="utf-8")
    report.write_text(f'{text}\n[approvers]\nsecurity = ["CISSO"]\n', encoding="utf-8")

    outcome = call_cli("check", "--project", project)

    assert outcome.exit_code == 2
    assert "[approvers] security: nobody holds or held the role 'CISSO'" in outcome.stderr


def test_data_that_stop_a_build_stop_a_signature(call_cli: CallCli, project: Path) -> None:
    (project / "ciso" / "servicenow_incidents.csv").unlink()

    outcome = call_cli(
        "sign-off", "security", "--step", "prepared", "--role", "COO", "--project", project
    )

    assert outcome.exit_code == 2
    assert "servicenow_incidents.csv" in outcome.stderr
    assert not (project / "sign_off").exists()


def test_strict_status_of_a_draft_ends_with_2(call_cli: CallCli, project: Path) -> None:
    outcome = call_cli("status", "--project", project, "--strict")

    assert outcome.exit_code == 2
    assert "security\t9\t-\t-\tCISO missing\tTo be prepared" in outcome.stdout.splitlines()
    assert "board-deck.pdf\tDraft" in outcome.stdout.splitlines()
    assert f"{len(SECTIONS)} of {len(SECTIONS)} sections are not approved" in outcome.stderr
    assert not (project / "sign_off").exists()


def test_disclosure_with_a_gap_cannot_be_approved(call_cli: CallCli, project: Path) -> None:
    seen = review(project)
    on = datetime(2026, 10, 18, tzinfo=UTC)
    pipeline.sign_off(seen, "disclosure", "prepared", "COO", on=on)
    pipeline.sign_off(seen, "disclosure", "reviewed", "CAE", on=on)

    outcome = call_cli(
        *("sign-off", "disclosure", "--step", "approved", "--role", "GC"),
        *("--on", "2026-10-20", "--project", project),
    )

    assert outcome.exit_code == 2
    assert "One gap keeps this draft from approval" in outcome.stderr
