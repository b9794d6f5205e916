"""The disclosure committee's paper of the sample, as a build makes it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from board_report import pipeline
from board_report.pipeline import COMMITTEE, Built, compute_figures, gather_facts, read_inputs
from board_report.pipeline.names import is_public
from board_report.resources import sample_folder
from board_report.story.committee_clocks import clocks_part
from board_report.story.facts import BoardFacts
from tests.conftest import CallCli, copy_sample


def texts(data: bytes) -> list[str]:
    pages = PdfReader(BytesIO(data)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_paper_of_the_sample_has_every_part(sample_build: Built) -> None:
    standing, peers, clocks = texts((sample_build.folder / COMMITTEE).read_bytes())

    assert "One gap keeps the draft of Item 1C from approval" in standing
    assert "106(b)(1)(ii)" in standing and "AT-06" in standing
    assert "would object to" in standing
    assert "47 filers of Form 10-K" in peers and "Length is not quality" in peers
    assert "INC0014390" in clocks and "neither whether an incident is material" in clocks


def test_paper_is_of_the_board_and_has_no_approval_of_its_own(sample_build: Built) -> None:
    manifest = (sample_build.folder / "manifest.json").read_text(encoding="utf-8")

    assert not is_public(COMMITTEE)
    assert COMMITTEE in manifest
    seen = pipeline.review(sample_folder())
    assert COMMITTEE not in pipeline.document_states(seen.story)


def test_it_is_made_alone_and_without_a_sic_code(tmp_path: Path, call_cli: CallCli) -> None:
    folder = copy_sample(tmp_path / "project")
    report = folder / "report.toml"
    kept = [line for line in report.read_text().splitlines() if not line.startswith("sic =")]
    report.write_text("\n".join(kept))
    output = tmp_path / "out"
    done = call_cli("build", "--project", folder, "--output", output, "--only", "committee")

    assert done.exit_code == 0
    assert [Path(line).name for line in done.stdout.splitlines()] == [COMMITTEE]
    _, peers, _ = texts((output / "2026-Q3" / COMMITTEE).read_bytes())
    assert "4694 filers of Form 10-K in all industries" in peers.replace(",", "")
    assert "No SIC code is given" in peers


@pytest.fixture(scope="module")
def facts() -> BoardFacts:
    inputs = read_inputs(sample_folder())
    return gather_facts(inputs, *compute_figures(inputs))


def test_clocks_are_told_by_incident(facts: BoardFacts) -> None:
    part = clocks_part(facts)
    assert part is not None

    assert [each.name for each in part.figures] == ["clocks-1.svg", "clocks-2.svg"]
    assert part.figures[0].title.startswith("INC0014390: ")
    assert "is not determined yet" in part.figures[0].captions[0]
    assert part.figures[1].captions[0] == "Determined not material on 21\u00a0Jul\u00a02026."


def test_no_record_of_an_incident_leaves_the_clocks_out(facts: BoardFacts) -> None:
    register = facts.incident_register
    assert register is not None

    assert clocks_part(replace(facts, incident_register=None)) is None
    assert clocks_part(replace(facts, incident_register=replace(register, records=()))) is None
