"""Incidents on the command line: one story, every refusal, tampering, and the drawings."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import click
import pytest
from pypdf import PdfReader

from board_report.cli.incident import incident as group
from tests.conftest import CallCli, Outcome

INCIDENT = "INC0015001"
EASTERN = ("--zone", "America/New_York")
FOLDER = Path("governance") / "incidents" / INCIDENT


@pytest.fixture
def run(project: Path, call_cli: CallCli) -> CallCli:
    """``run("show", INCIDENT)`` in the project."""

    def called(command: str, *arguments: object) -> Outcome:
        return call_cli("incident", command, *arguments, "--project", project)

    return called


def done(outcome: Outcome) -> Outcome:
    assert outcome.exit_code == 0, outcome.stderr
    return outcome


def open_it(run: CallCli) -> None:
    done(
        run("open", INCIDENT, "--role", "ciso", "--title", "Ordering stopped",
            "--at", "2026-09-04 18:40", *EASTERN)
    )  # fmt: skip


def determine(run: CallCli, at: str = "2026-09-05 11:15", state: str = "material") -> Outcome:
    return run(
        "determine", INCIDENT, "--role", "GC", "--as", state, "--reasons", "A week of orders.",
        "--at", at, *EASTERN,
    )  # fmt: skip


def clocks(run: CallCli, at: str) -> dict[str, dict[str, object]]:
    outcome = done(run("clock", INCIDENT, "--at", at, *EASTERN, "--json"))
    return {each["id"]: each for each in json.loads(outcome.stdout)["clocks"]}


def test_a_story_from_discovery_to_amendment(run: CallCli, project: Path) -> None:
    open_it(run)
    fact = ("fact", INCIDENT, "orders lost", "--role", "CFO", "--aspect", "impact")
    done(
        run(
            *fact,
            "--is",
            "undetermined",
            "--text",
            "Counted.",
            "--at",
            "2026-09-04 21:30",
            *EASTERN,
        )
    )
    told = done(determine(run))
    assert "Whether these factors bear is not on record: financial, operational" in told.stderr
    report = clocks(run, "2026-09-09 09:00")["8-K 1.05"]
    assert (report["state"], report["due_at"]) == ("running", "2026-09-11T17:30:00-04:00")
    assert report["business_days_left"] == 2
    reckoning = report["reckoning"]
    assert isinstance(reckoning, list)
    assert [each["count"] for each in reckoning] == [None, None, None, 1, 2, 3, 4]
    assert clocks(run, "2026-09-11 17:31")["8-K 1.05"]["state"] == "overdue"
    done(run("filed", INCIDENT, "8-K 1.05", "--role", "GC", "--at", "2026-09-11 15:05", *EASTERN))
    done(run(*fact, "--is", "available", "--text", "4.1.", "--at", "2026-09-22 10:00", *EASTERN))
    found = clocks(run, "2026-09-23 12:00")
    assert found["8-K 1.05"]["state"] == "met"
    assert found["8-K/A: orders lost"]["due_at"] == "2026-09-28T17:30:00-04:00"
    done(run("filed", INCIDENT, "8-K/A", "--role", "GC", "--at", "2026-09-28 16:00", *EASTERN))
    assert clocks(run, "2026-09-29 12:00")["8-K/A: orders lost"]["state"] == "met"
    names = sorted(path.name for path in (project / FOLDER).iterdir())
    assert names == [
        "0001-discovered.json", "0002-fact.json", "0003-determination.json", "0004-filed.json",
        "0005-fact.json", "0006-filed.json", "latest.txt",
    ]  # fmt: skip


def test_the_person_on_record_speaks_for_the_role(run: CallCli) -> None:
    open_it(run)
    shown = json.loads(done(run("show", INCIDENT, "--json")).stdout)
    (entry,) = shown["entries"]
    assert (entry["role"], entry["person"]) == ("CISO", "Ilse Drummond")
    assert (entry["at"], entry["zone"]) == ("2026-09-04T18:40:00-04:00", "America/New_York")
    assert entry["content"] == {"title": "Ordering stopped"}
    assert shown["determined"] == "not_yet_determined"


def test_the_clock_is_told_day_by_day_and_never_as_a_verdict(run: CallCli) -> None:
    open_it(run)
    determine(run)
    told = done(run("clock", INCIDENT, "--at", "2026-09-09 09:00", *EASTERN))
    lines = told.stdout.splitlines()
    assert "8-K 1.05: Sat 5 Sep 2026: starts it: Saturday" in lines
    assert "8-K 1.05: Mon 7 Sep 2026: not counted: federal holiday: Labor Day" in lines
    assert "8-K 1.05: Fri 11 Sep 2026: business day 4; due" in lines
    assert "not legal advice" in told.stderr
    assert "neither whether an incident is material" in told.stderr
    assert "score" not in told.stdout + told.stderr


def test_a_correction_takes_an_entry_out_and_keeps_it(run: CallCli) -> None:
    open_it(run)
    determine(run)
    done(
        run("correct", INCIDENT, 2, "--role", "GC", "--reason", "Wrong day.", "--on", "2026-09-08")
    )
    assert clocks(run, "2026-09-09 09:00")["8-K 1.05"]["state"] == "not started"
    shown = done(run("show", INCIDENT))
    assert "[corrected by entry 3] determined material" in shown.stdout
    done(determine(run, "2026-09-07 10:00"))
    assert clocks(run, "2026-09-09 09:00")["8-K 1.05"]["due_at"] == "2026-09-11T17:30:00-04:00"


def test_the_title_comes_from_the_register(run: CallCli, project: Path) -> None:
    other = ("INC0013421", "--role", "CISO", "--at", "2026-09-06 10:00")
    told = done(run("open", *other))
    assert "discovered: " in told.stdout
    assert not told.stdout.startswith("INC0013421 entry 1: discovered: \n")


SATURDAY = "2026-09-05 11:00"
DETERMINED = ("determine", "--as", "material", "--reasons", "x")
REFUSED = {
    "unknown role": (DETERMINED, "CISSO", SATURDAY, "Did you mean CISO?"),
    "before discovery": (DETERMINED, "GC", "2026-09-04 18:39", "lies before the discovery"),
    "unreadable": (DETERMINED, "GC", "2026-09-05", "time of day"),
    "skipped": (DETERMINED, "GC", "2027-03-14 02:30", "never showed"),
    "twice": (DETERMINED, "GC", "2026-11-01 01:30", "2026-11-01T01:30-04:00"),
    "filed early": (("filed", "8-K 1.05"), "GC", SATURDAY, "no determination"),
    "amends nothing": (("filed", "8-K/A"), "GC", SATURDAY, "nothing to amend"),
    "delay": (("delay", "granted", "--days", "31"), "GC", SATURDAY, "more than the 30"),
    "relation": (("relate", "INC9", "--reason", "x"), "GC", SATURDAY, "there is no incident INC9"),
    "markup": (("state", "nature", "--text", "a <b>b</b>"), "GC", SATURDAY, "<b"),
    "duty": (("notify", "gdpr_autority"), "GC", SATURDAY, "Did you mean gdpr_authority?"),
    "event": (("event", "classified_major"), "GC", SATURDAY, "starts no clock"),
    "empty": (
        ("factor", "data", "--bearing", "bearing", "--reason", " "),
        "GC",
        SATURDAY,
        "the reason is empty",
    ),
    "again": (("open", "--title", "x"), "GC", SATURDAY, "on record already"),
    "correction": (("correct", "9", "--reason", "x"), "GC", SATURDAY, "none of that number"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_stand_is_refused_and_nothing_written(
    case: str, run: CallCli, project: Path
) -> None:
    open_it(run)
    before = sorted(path.name for path in (project / FOLDER).iterdir())
    (command, *rest), role, at, says = REFUSED[case]
    outcome = run(command, INCIDENT, *rest, "--role", role, "--at", at, *EASTERN)
    assert outcome.exit_code == 2
    assert outcome.stderr.startswith("Error: ")
    assert says in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert sorted(path.name for path in (project / FOLDER).iterdir()) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../escape", "cannot name a folder"),
        ("CON", "cannot name a folder"),
        ("inc0014390", "in capitals alone"),
    ],
)
def test_a_number_that_is_no_folder_of_its_own_is_refused(
    name: str, says: str, run: CallCli
) -> None:
    outcome = run("open", name, "--role", "CISO", "--at", "2026-09-05 11:00")
    assert outcome.exit_code == 2
    assert says in outcome.stderr


def test_an_unknown_zone_and_an_unknown_incident_are_answered_with_the_nearest(
    run: CallCli,
) -> None:
    zone = run("clock", "INC0014390", "--zone", "America/Chicgo")
    assert zone.exit_code == 2
    assert "Did you mean America/Chicago?" in zone.stderr
    unknown = run("show", "INC0014309")
    assert unknown.exit_code == 2
    assert "Did you mean INC0014390?" in unknown.stderr
    both = run("correct", "INC0014390", 1, "--role", "GC", "--reason", "x",
               "--at", "2026-10-01 10:00", "--on", "2026-10-01")  # fmt: skip
    assert both.exit_code == 2
    assert "not both" in both.stderr


def test_tampering_is_told_by_show_and_by_check(
    run: CallCli, project: Path, call_cli: CallCli
) -> None:
    path = project / "governance/incidents/INC0014186/0013-determination.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"not_material"', '"material"'), encoding="utf-8"
    )
    shown = run("show", "INC0014186")
    assert "incident_entry_damaged" in shown.stdout
    checked = call_cli("check", "--project", project)
    damaged = [line for line in checked.stdout.splitlines() if "incident_entry_damaged" in line]
    assert damaged == [
        line for line in damaged
        if line.startswith("governance/incidents/INC0014186/0013-determination.json")
    ]  # fmt: skip
    assert len(damaged) == 1
    assert "incident_state_differs" in checked.stdout


def test_the_sample_has_two_records_that_agree_with_its_register(
    call_cli: CallCli, project: Path
) -> None:
    listed = json.loads(done(call_cli("incident", "list", "--json", "--project", project)).stdout)
    assert [(each["incident"], each["determined"]) for each in listed] == [
        ("INC0014186", "not_material"), ("INC0014390", "not_yet_determined"),
    ]  # fmt: skip
    assert listed[1]["unknown_factors"] == [
        "financial", "reputational", "aggregation with INC0014186",
    ]  # fmt: skip
    checked = call_cli("check", "--project", project)
    assert [line for line in checked.stdout.splitlines() if ": incident_" in line] == []


def test_the_drawing_is_a_page_or_a_picture(run: CallCli, tmp_path: Path) -> None:
    at = ("--at", "2026-09-30 17:00")
    page, again = tmp_path / "a.pdf", tmp_path / "b.pdf"
    done(run("clock", "INC0014390", *at, "--draw", page))
    done(run("clock", "INC0014390", *at, "--draw", again))
    assert page.read_bytes() == again.read_bytes(), "the same instant gives the same bytes"
    reader = PdfReader(BytesIO(page.read_bytes()))
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [960, 540]
    text = reader.pages[0].extract_text()
    assert "not legal advice" in text
    assert "HIPAA: notice to individuals" in text
    picture = tmp_path / "a.svg"
    done(run("clock", "INC0014390", *at, "--draw", picture))
    drawn = picture.read_bytes()
    assert drawn.startswith(b"<svg ")
    assert b'xmlns="http://www.w3.org/2000/svg"' in drawn
    other = run("clock", "INC0014390", *at, "--draw", tmp_path / "a.png")
    assert other.exit_code == 2
    assert ".svg or .pdf" in other.stderr


def test_nothing_is_drawn_where_nothing_has_started(run: CallCli, tmp_path: Path) -> None:
    at = ("--at", "2026-09-01 17:00")
    outcome = run("clock", "INC0014390", *at, "--draw", tmp_path / "a.svg")
    assert outcome.exit_code == 2
    assert "nothing to draw" in outcome.stderr
    done(run("clock", "INC0014390", *at, "--draw", tmp_path / "a.pdf"))


@pytest.mark.parametrize("name", group.commands)
def test_every_command_has_help_an_example_and_words_for_each_option(name: str) -> None:
    command = group.commands[name]
    assert command.help
    assert f"board-report incident {name}" in command.help
    assert command.short_help
    assert len(command.short_help) <= 60
    assert command.short_help.endswith(".")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"


def test_the_samples_records_are_told_in_the_project_of_another(
    project: Path, call_cli: CallCli
) -> None:
    report = project / "report.toml"
    text = report.read_text(encoding="utf-8")
    report.write_text(
        text.replace("Corvane Medical Supply, Inc.", "Another, Inc."), encoding="utf-8"
    )
    checked = call_cli("check", "--project", project)
    told = [line for line in checked.stdout.splitlines() if "sample_left" in line]
    assert sum(line.startswith("governance/incidents/") for line in told) == 2
