"""The current report on an incident through a whole story, with secrets in all that is private.

Discovered on a Friday evening, determined on the Saturday, with Columbus Day on the Monday; filed
on the last day, and amended when what was not known became available.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from board_report.documents.xbrl.reader import read_facts
from board_report.pipeline.incident import open_book
from board_report.pipeline.incident_report import draft_report
from tests.conftest import CallCli, call_program
from tests.planted import Planted, everything_in

INCIDENT = "INC0014390"
SECRETS = {
    "discovery": "qz6001xk",
    "fact": "qz6002xk",
    "factor": "qz6003xk",
    "determination": "qz6004xk",
    "fact name": "qz6005xk",
    "available": "qz6006xk",
    "correction": "qz6007xk",
    "superseded statement": "qz6008xk",
    "the incident's number": INCIDENT,
}
PLANTED = Planted({place: (word,) for place, word in SECRETS.items()})
TEXTS = {
    "nature": "An intruder copied files from a system that a service provider runs for us.",
    "scope": "Contact data of patients of two business units are concerned.",
    "timing": "It began in September 2026 and was ended on October 9, 2026.",
    "impact": "We expect to lose orders of about three days in these business units.",
    "undetermined": (
        "We have not determined yet how many patients are concerned, and will amend this report "
        "when we have."
    ),
}
EVENTS = "cyd:MaterialCybersecurityIncident"


@dataclass(frozen=True)
class Story:
    """A project in which an incident goes its way, and where its reports go."""

    project: Path
    output: Path

    def put(self, command: str, *arguments: str, role: str, at: str) -> None:
        """Record one entry."""
        done = call_program(
            *("incident", command, INCIDENT, *arguments),
            *("--role", role, "--at", at, "--project", self.project),
        )
        assert done.exit_code == 0, done.stderr

    def report(self, *arguments: str) -> tuple[dict[str, object], str, dict[str, bytes]]:
        """Draft the next report: what is said of it, on standard error, and its files."""
        done = call_program(
            *("incident", "report", INCIDENT, "--signs", "GC", "--json", *arguments),
            *("--project", self.project, "--output", self.output),
        )
        assert done.exit_code == 0, done.stderr
        said = json.loads(done.stdout)
        folder = Path(said["folder"])
        return said, done.stderr, {each: (folder / each).read_bytes() for each in said["files"]}


def nothing_private_in(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        text = everything_in(data) if name.endswith(".pdf") else data.decode("utf-8")
        assert PLANTED.found_in(f"{name}\n{text}") == {}, name


def tagged(files: dict[str, bytes]) -> dict[str, str]:
    (name,) = [each for each in files if each.endswith(".htm")]
    return {each.name: each.value for each in read_facts(files[name])}


@pytest.fixture
def story(tmp_path: Path, pristine_project: Path) -> Story:
    folder = tmp_path / "project"
    shutil.copytree(pristine_project, folder)
    shutil.rmtree(folder / "governance" / "incidents" / INCIDENT, ignore_errors=True)
    made = Story(folder, tmp_path / "output")
    title = f"Files copied {SECRETS['discovery']}"
    made.put("open", "--title", title, role="CISO", at="2026-10-09 19:40")
    return made


def test_the_story_from_a_friday_evening_to_the_amendment(story: Story) -> None:
    # Before a determination: what may be said is Item 8.01, which has no facts of its own.
    story.put("state", "nature", "--text", TEXTS["nature"], role="GC", at="2026-10-10 08:00")
    said, _, files = story.report("--event-on", "2026-10-09")
    assert (said["form"], said["item"], said["gaps"]) == ("8-K", "Item 8.01", [])
    assert not [name for name in tagged(files) if name.startswith("cyd:")]
    nothing_private_in(files)

    # Saturday: material, with something unknown.
    unknown = SECRETS["fact name"]
    story.put(
        *("fact", unknown, "--aspect", "scope", "--is", "undetermined"),
        *("--text", f"The list {SECRETS['fact']} is not complete."),
        role="CISO",
        at="2026-10-10 09:00",
    )
    story.put(
        *("factor", "data", "--bearing", "bearing", "--reason", f"Why {SECRETS['factor']}"),
        role="GC",
        at="2026-10-10 10:00",
    )
    reasons = f"Because {SECRETS['determination']}"
    story.put(
        *("determine", "--as", "material", "--reasons", reasons), role="GC", at="2026-10-10 11:00"
    )
    said, _, files = story.report()
    assert (said["form"], said["item"], said["event_on"]) == ("8-K", "Item 1.05", "2026-10-10")
    gaps = [str(each).partition(":")[0] for each in said["gaps"]]  # type: ignore[attr-defined]
    assert gaps == ["Scope", "Timing", "Material impact", "Not determined or available"]
    nothing_private_in(files)

    # Everything attested; a statement that was said otherwise before.
    early = f"Early words {SECRETS['superseded statement']}."
    story.put("state", "scope", "--text", early, role="GC", at="2026-10-13 08:00")
    for aspect in ("scope", "timing", "impact", "undetermined"):
        story.put("state", aspect, "--text", TEXTS[aspect], role="GC", at="2026-10-14 09:00")
    said, _, files = story.report()
    assert (said["gaps"], said["lint"]) == ([], [])
    facts = tagged(files)
    assert TEXTS["undetermined"] in facts[f"{EVENTS}InformationNotAvailableOrUndeterminedTextBlock"]
    assert TEXTS["scope"] in facts[f"{EVENTS}ScopeTextBlock"]
    nothing_private_in(files)

    # Filed on the last day; then the unknown is known, and the amendment is due.
    clock = call_program(
        *("incident", "clock", INCIDENT, "--at", "2026-10-14 12:00"),
        *("--project", story.project),
    )
    assert "Fri 16 Oct 2026, 5:30 p.m. Eastern" in clock.stdout.replace("\N{NO-BREAK SPACE}", " ")
    story.put("filed", "8-K 1.05", role="GC", at="2026-10-16 15:00")
    story.put(
        *("fact", unknown, "--aspect", "scope", "--is", "available"),
        *("--text", f"It is complete {SECRETS['available']}."),
        role="CISO",
        at="2026-10-20 10:00",
    )
    counted = "Contact data of 18,400 patients of two business units are concerned."
    story.put("state", "scope", "--text", counted, role="GC", at="2026-10-21 09:00")
    said, _, files = story.report()
    assert (said["form"], said["amendment"]) == ("8-K/A", 1)
    assert counted in tagged(files)[f"{EVENTS}ScopeTextBlock"]
    text = everything_in(files["form-8-k-a-1.pdf"])
    assert "October 16, 2026" in " ".join(text.split())
    nothing_private_in(files)


def test_the_same_record_gives_the_same_bytes(story: Story) -> None:
    story.put("state", "nature", "--text", TEXTS["nature"], role="GC", at="2026-10-10 08:00")
    _, _, first = story.report("--event-on", "2026-10-09")
    _, _, again = story.report("--event-on", "2026-10-09")

    assert first == again


def test_detail_that_would_impede_the_response_is_named(story: Story) -> None:
    text = "An intruder copied files from the host at 10.20.1.7."
    story.put("state", "nature", "--text", text, role="GC", at="2026-10-10 08:00")
    done = call_program(
        *("incident", "report", INCIDENT, "--event-on", "2026-10-09"),
        *("--project", story.project, "--output", story.output),
    )

    assert "nature: error technical_address “10.20.1.7”" in done.stderr
    assert "A draft for counsel; not legal advice." in done.stderr


def test_what_somebody_changed_in_a_draft_is_kept(story: Story) -> None:
    story.put("state", "nature", "--text", TEXTS["nature"], role="GC", at="2026-10-10 08:00")
    said, _, _ = story.report("--event-on", "2026-10-09")
    page = Path(str(said["folder"])) / "form-8-k.pdf"
    page.write_bytes(b"counsel's own")

    story.report("--event-on", "2026-10-09")

    (kept,) = (page.parent / "kept").iterdir()
    assert kept.read_bytes() == b"counsel's own"
    assert page.read_bytes() != b"counsel's own"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("I-NONE",), "I-NONE"),
        ((INCIDENT, "--signs", "NOBODY"), "nobody holds the role 'NOBODY'"),
        ((INCIDENT, "--form", "10-K"), "Invalid value for '--form'"),
    ],
)
def test_what_cannot_be_drafted_is_one_message(
    story: Story, call_cli: CallCli, arguments: tuple[str, ...], said: str
) -> None:
    done = call_cli("incident", "report", *arguments, "--project", story.project)

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_without_a_registrant_there_is_no_cover(story: Story, call_cli: CallCli) -> None:
    path = story.project / "report.toml"
    text = path.read_text("utf-8")
    start = text.index("[filer]")
    path.write_text(text[:start] + text[text.index("[calendar]") :], "utf-8")

    done = call_cli("incident", "report", INCIDENT, "--project", story.project)

    assert done.exit_code == 2
    assert "there is no [filer], and a current report has a cover" in done.stderr


def test_a_foreign_issuer_gets_a_form_without_tags(story: Story) -> None:
    path = story.project / "report.toml"
    path.write_text(path.read_text("utf-8").replace('form = "10-K"', 'form = "20-F"'), "utf-8")
    story.put("state", "nature", "--text", TEXTS["nature"], role="GC", at="2026-10-10 08:00")

    drafted = draft_report(open_book(story.project), INCIDENT)

    assert list(drafted.files) == ["form-6-k.pdf"]
    assert drafted.untagged == "Form 6-K is not tagged."
