"""What the two leaders see when one of them errs the night before: a number, an A, a brief."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import CallCli
from tests.tools.layout import pages_of, text_of

RACI = "governance/raci.csv"
ACTIVITY = "Select security tools"


def replace_in(path: Path, before: str, after: str) -> int:
    """Change one line; its number."""
    lines = path.read_text(encoding="utf-8").splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.startswith(before)]
    lines[at] = lines[at].replace(before, after)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return at + 1


@pytest.mark.slow
def test_a_brief_is_six_pages_with_its_companions(
    project: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    outcome = call_cli(
        "build", "--mode", "brief", "--project", project, "--output", tmp_path / "output"
    )
    assert outcome.exit_code == 0, outcome.stderr
    assert [Path(line).name for line in outcome.stdout.splitlines()] == [
        "board-deck-brief.pdf",
        "board-deck-appendix.pdf",
        "briefing-book.pdf",
        "governance-disclosure.pdf",
        "disclosure-redline.pdf",
        "disclosure-committee.pdf",
        "disclosure-tags.pdf",
    ]
    deck = (tmp_path / "output" / "2026-Q3" / "board-deck-brief.pdf").read_bytes()
    assert len(list(pages_of(deck))) == 6


def test_a_wrong_number_typed_stops_the_build_and_is_named(
    project: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    """The page has 17 systems past support and nothing of 23."""
    path = project / "commentary" / "exposure.md"
    line = replace_in(
        path,
        "Patching is now routine on crown jewels.",
        "Patching is now routine on 23% of crown jewels.",
    )
    output = tmp_path / "output"
    outcome = call_cli("build", "--project", project, "--output", output, "--only", "deck")

    assert outcome.exit_code == 2
    assert f"commentary/exposure.md:{line}" in outcome.stderr
    assert "23%" in outcome.stderr
    assert "metric('" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert not output.exists()


def test_a_second_accountable_role_is_a_finding_on_its_line_and_on_the_page(
    project: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    line = replace_in(project / RACI, f"{ACTIVITY},CTO,R", f"{ACTIVITY},CTO,A")
    checked = call_cli("check", "--project", project, "--json")
    found = [
        each
        for each in json.loads(checked.stdout)["findings"]
        if each["code"] == "raci_several_accountable" and each["value"] == ACTIVITY
    ]

    (finding,) = found
    assert finding["file"] == RACI
    assert abs(finding["line"] - line) <= 8, "a row of the activity"
    assert finding["reason"] == f"“{ACTIVITY}” has two accountable roles: CISO and CTO."
    assert "Leave the A" in finding["mend"]

    output = tmp_path / "output"
    built = call_cli("build", "--project", project, "--output", output, "--only", "deck")
    assert built.exit_code == 0, built.stderr
    assert f"“{ACTIVITY}” has two accountable roles" in built.stderr
    deck = (output / "2026-Q3" / "board-deck.pdf").read_bytes()
    pages = [text_of(words) for _, words in pages_of(deck)]
    (page,) = [text for text in pages if "Shared between both leaders" in text]
    assert "Two activities" in page
