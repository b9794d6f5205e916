"""Records held against the register of incidents, and what is overdue or still open."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from board_report.archive.incident_entries import add_entry
from board_report.governance.incident_codes import IncidentCode
from board_report.governance.incident_files import (
    LATEST,
    entry_text,
    file_of,
    latest_text,
    read_incident,
)
from board_report.governance.incident_kinds import (
    Bearing,
    Determined,
    Factor,
    FactorSaid,
)
from board_report.governance.incident_record import Entry
from board_report.governance.incident_register import read_register, register_findings
from board_report.model import Finding
from board_report.project import load_project
from board_report.resources import sample_folder
from tests.incident_data import PEOPLE, Step, determined, opened, record_of
from tests.spec.tables import Row, tables, window_of

SATURDAY = "2026-09-05T11:00:00-04:00"
MATERIAL: Row = {
    "incident_id": "INC-7",
    "detected_at": "2026-09-04T18:40:00-04:00",
    "materiality_state": "determined_material",
    "materiality_determined_on": "2026-09-05",
}
FACTORS: tuple[Step, ...] = tuple(
    (SATURDAY, FactorSaid(each, Bearing.BEARING, "Because.")) for each in Factor
)
FILED_IN_TIME = "2026-09-11T15:00:00-04:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(sample_folder() / "report.toml", tmp_path)
    return tmp_path


def write(folder: Path, *steps: Step) -> None:
    for entry in record_of(*steps).entries:
        files = read_incident(folder, "INC-7")
        linked = replace(entry, previous_sha256=files.last_sha256)
        path = folder / file_of(linked)
        add_entry(path, entry_text(linked), path.with_name(LATEST), latest_text(linked))


def found(
    folder: Path, *rows: Row, closings: tuple[Row, ...] = (), as_of: str = "2026-09-10"
) -> list[Finding]:
    given = tables(incidents=rows, people=PEOPLE, filing_closings=closings)
    project, window = load_project(folder), window_of(as_of=as_of)
    return list(register_findings(read_register(project, given), project, given, window))


def codes(findings: list[Finding]) -> list[str]:
    return [str(each.code) for each in findings]


def test_a_record_that_agrees_has_no_finding(folder: Path) -> None:
    write(folder, opened(), *FACTORS, determined(SATURDAY))
    assert found(folder, MATERIAL) == []
    assert (
        found(folder, {"incident_id": "INC-8", "materiality_state": "not_required"}, MATERIAL) == []
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"materiality_state": "under_review", "materiality_determined_on": None}, "under review"),
        ({"materiality_state": "determined_not_material"}, "determined not material"),
        ({"materiality_state": None, "materiality_determined_on": None}, "nothing"),
        # a date after the as-of date: it was under review then
        ({"materiality_determined_on": "2026-09-12"}, "under review"),
    ],
)
def test_another_state_in_the_register_is_told_at_its_line(
    folder: Path, change: Row, says: str
) -> None:
    write(folder, opened(), *FACTORS, determined(SATURDAY))
    (only,) = found(folder, {**MATERIAL, **change})
    assert only.code == IncidentCode.STATE_DIFFERS
    assert says in only.reason
    assert (only.file, only.line, only.column) == ("incidents.csv", 2, "materiality_state")


def test_another_date_in_the_register_is_told(folder: Path) -> None:
    write(folder, opened(), *FACTORS, determined(SATURDAY))
    (only,) = found(folder, {**MATERIAL, "materiality_determined_on": "2026-09-04"})
    assert (only.code, only.column) == (IncidentCode.DATE_DIFFERS, "materiality_determined_on")
    (none,) = found(folder, {**MATERIAL, "materiality_determined_on": None})
    assert none.code == IncidentCode.DATE_DIFFERS


def test_the_day_may_be_that_of_either_clock(folder: Path) -> None:
    """Half past eleven in Chicago on the 4th is the 5th in New York."""
    write(folder, opened(), *FACTORS, determined("2026-09-04T23:30:00-05:00"))
    for day in ("2026-09-04", "2026-09-05"):
        assert found(folder, {**MATERIAL, "materiality_determined_on": day}) == []


def test_a_review_that_is_open_in_both_agrees(folder: Path) -> None:
    write(folder, opened(), determined(SATURDAY, Determined.NOT_YET))
    row = {**MATERIAL, "materiality_state": "under_review", "materiality_determined_on": None}
    assert found(folder, row) == []
    assert codes(found(folder, {**row, "materiality_state": "not_required"})) == [
        IncidentCode.STATE_DIFFERS
    ]


def test_what_happened_after_the_as_of_date_is_not_known_yet(folder: Path) -> None:
    write(folder, opened(), *FACTORS, determined("2026-09-12T11:00:00-04:00"))
    row = {**MATERIAL, "materiality_determined_on": "2026-09-12"}
    assert found(folder, row, as_of="2026-09-10") == []
    assert found(folder, row, as_of="2026-09-14") == []


def test_a_record_that_the_register_does_not_know_is_told(folder: Path) -> None:
    write(folder, opened(), *FACTORS, determined(SATURDAY))
    (only,) = found(folder)
    assert only.code == IncidentCode.NOT_IN_REGISTER
    assert only.file == "governance/incidents/INC-7/0001-discovered.json"


def test_a_determination_of_material_without_a_record_is_told(folder: Path) -> None:
    (only,) = found(folder, MATERIAL)
    assert (only.code, only.line) == (IncidentCode.NO_RECORD, 2)


def test_factors_that_are_open_at_a_determination_are_told(folder: Path) -> None:
    write(folder, opened(), *FACTORS[:4], determined(SATURDAY))
    (only,) = found(folder, MATERIAL)
    assert only.code == IncidentCode.FACTORS_OPEN
    assert "reputational, aggregation" in only.reason
    assert only.file.endswith("0006-determination.json")


def test_a_deadline_that_has_passed_is_told(folder: Path) -> None:
    write(folder, opened(), *FACTORS, determined(SATURDAY))
    assert found(folder, MATERIAL, as_of="2026-09-10") == []
    (only,) = found(folder, MATERIAL, as_of="2026-09-11")
    assert only.code == IncidentCode.OVERDUE
    assert "2026-09-11 17:30" in only.reason


def test_a_tampered_file_and_a_faulty_entry_are_told(folder: Path) -> None:
    write(folder, opened(), *FACTORS, determined(SATURDAY))
    (folder / "governance/incidents/INC-7/0003-factor.json").unlink()
    assert IncidentCode.CHAIN_BROKEN in codes(found(folder, MATERIAL))


def test_a_closing_on_a_day_that_is_none_anyhow_is_told(folder: Path) -> None:
    rows: tuple[Row, ...] = (
        {"closed_on": "2026-12-24", "source": "Release"},
        {"closed_on": "2026-12-25", "source": "Release"},
        {"closed_on": "2026-12-26", "source": "Release"},
        {"closed_on": "1700-12-27", "source": "Release"},
    )
    told = found(folder, closings=rows)
    assert [(each.code, each.line) for each in told] == [
        (IncidentCode.CLOSING_IDLE, 3), (IncidentCode.CLOSING_IDLE, 4),
    ]  # fmt: skip
    assert "Christmas" in told[0].reason


def test_a_projects_closing_moves_its_deadlines(folder: Path) -> None:
    write(folder, opened(), *FACTORS, determined(SATURDAY))
    closed: Row = {"closed_on": "2026-09-10", "source": "Executive order"}
    assert found(folder, MATERIAL, closings=(closed,), as_of="2026-09-11") == []
    assert codes(found(folder, MATERIAL, closings=(closed,), as_of="2026-09-14")) == [
        IncidentCode.OVERDUE
    ]


def test_an_entry_of_a_far_year_is_damaged_and_no_crash(folder: Path) -> None:
    write(folder, opened())
    far = datetime(2400, 1, 1, tzinfo=UTC)
    entry = Entry(
        2, "INC-7", far, "", "GC", "R. A.", far,
        determined(SATURDAY)[1], read_incident(folder, "INC-7").last_sha256,
    )  # fmt: skip
    (folder / file_of(entry)).write_text(entry_text(entry), encoding="utf-8")
    assert IncidentCode.DAMAGED in codes(found(folder, MATERIAL))
