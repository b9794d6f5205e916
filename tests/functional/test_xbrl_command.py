"""``board-report xbrl`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from board_report.documents.xbrl.writer import write_annual, write_current_report
from tests.conftest import CallCli
from tests.unit.xbrl.samples import annual, incident

pytestmark = pytest.mark.xdist_group("arelle")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of an incident with its files."""
    for name, data in write_current_report(incident()).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path / "lkf-20260817.htm"


def test_a_good_document_passes_and_is_told_against_what(call_cli: CallCli, report: Path) -> None:
    done = call_cli("xbrl", "check", report)
    assert done.exit_code == 0
    assert "RECONSTRUCTED taxonomy" in done.stdout
    assert "0 errors, 0 warnings, against a RECONSTRUCTED taxonomy" in done.stderr
    assert "no acceptance by EDGAR" in done.stderr


def test_a_bad_document_fails_by_our_rules_and_by_arelle(call_cli: CallCli, report: Path) -> None:
    report.write_text(report.read_text().replace(">false<", ">maybe<"))
    done = call_cli("xbrl", "check", report, "--json")
    assert done.exit_code == 2
    found = json.loads(done.stdout)
    assert [each["severity"] for each in found[:2]] == ["error", "error"]
    assert {"xbrl_bad_boolean", "xbrl_validator", "xbrl_reconstructed"} == {
        each["code"] for each in found
    }
    assert {each["file"] for each in found} == {report.name}


def test_a_package_of_the_users_own_is_used(
    call_cli: CallCli, report: Path, tmp_path: Path
) -> None:
    """The rebuilt one stands in for it here; nothing is said of a reconstruction then."""
    package = tmp_path / "cyd-reconstructed.zip"
    assert call_cli("xbrl", "package", package).exit_code == 0
    done = call_cli("xbrl", "check", report, "--taxonomy-package", package)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "against the taxonomy given" in done.stderr


def test_the_package_has_to_say_what_it_is(call_cli: CallCli, tmp_path: Path) -> None:
    refused = call_cli("xbrl", "package", tmp_path / "cyd-2026.zip")
    assert refused.exit_code == 2
    assert "does not say that it is reconstructed" in refused.stderr
    assert list(tmp_path.iterdir()) == []
    done = call_cli("xbrl", "package", tmp_path / "cyd-Reconstructed.zip")
    assert "RECONSTRUCTED" in done.stderr
    assert "not the Commission's" in done.stderr
    with ZipFile(tmp_path / "cyd-Reconstructed.zip") as archive:
        assert archive.testzip() is None


def test_facts_are_listed(call_cli: CallCli, tmp_path: Path) -> None:
    page = tmp_path / "x.htm"
    page.write_bytes(write_annual(annual())["lkf-20261231.htm"])
    lines = [line.split("\t") for line in call_cli("xbrl", "facts", page).stdout.splitlines()]
    assert lines[0] == ["line", "element", "context", "value"]
    values = {cells[1]: cells[3] for cells in lines[1:]}
    assert values["dei:DocumentPeriodEndDate"] == "2026-12-31"
    assert values["cyd:CybersecurityRiskManagementThirdPartyEngagedFlag"] == "true"
    assert all(len(cells[3]) <= 80 for cells in lines)
    whole = json.loads(call_cli("xbrl", "facts", page, "--json").stdout)
    assert len(whole) == len(lines) - 1
    assert whole[0]["is_hidden"] is True


@pytest.mark.parametrize("command", ["check", "facts"])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>", "x.htm, line 1: it is not well-formed XHTML"),
        (b"<!DOCTYPE html><html/>", "x.htm: it has a document type declaration"),
        (None, "cannot be read: no such file"),
    ],
)
def test_what_is_no_document_is_one_message(
    call_cli: CallCli, tmp_path: Path, command: str, data: bytes | None, words: str
) -> None:
    page = tmp_path / "x.htm"
    if data is not None:
        page.write_bytes(data)
    done = call_cli("xbrl", command, page)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.startswith("Error: ")


def test_without_its_schema_the_validator_is_not_asked(call_cli: CallCli, report: Path) -> None:
    report.with_suffix(".xsd").unlink()
    done = call_cli("xbrl", "check", report)
    assert done.exit_code == 0
    assert "its schema lkf-20260817.xsd is not beside it" in done.stdout
    assert "xbrl_validator" not in done.stdout
    assert "against the program's own rules alone" in done.stderr


def test_a_package_that_is_not_there_is_an_error(call_cli: CallCli, report: Path) -> None:
    done = call_cli("xbrl", "check", report, "--taxonomy-package", "nowhere.zip")
    assert done.exit_code == 2
    assert "nowhere.zip cannot be read" in done.stderr


def test_without_arelle_our_own_rules_are_applied_and_it_is_said(
    call_cli: CallCli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("board_report.documents.xbrl.validator.find_spec", lambda _: None)
    done = call_cli("xbrl", "check", report)
    assert done.exit_code == 0
    assert "xbrl_not_validated" in done.stdout
