"""RiskRecon's findings about third parties, in the shape of its API."""

import json
from pathlib import Path
from typing import Any

import pytest

from board_report.model import State
from board_report.pipeline import explain_metric, read_inputs
from board_report.sources.peek import peek
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import recognize
from tests.projects import found, load, make_project

TABLE = "third_party_findings"
SOURCE = '\n[[source]]\nfile = "export.json"\n'
QUARTER = 'constants = { quarter = "2026-Q3" }\n'
FINDING = {
    "severity": "high",
    "security_criteria": "shared_hosting",
    "severity_numeric": "7",
    "auto_status": "fail",
    "false_positive": "false",
    "finding_context": "The system shares its address.",
    "asset_value": "low",
    "asset_value_numeric": "2",
    "vendor": "Some Vendor",
    "finding_id": "f1",
    "finding": "Shared Hosting",
    "host_name": "www.vendor.example",
    "last_seen": "2026-09-28T12:18:45+00:00",
    "first_seen": "2025-03-17T00:34:24+00:00",
    "security_domain": "defensibility",
    "analyst_status": "fail",
    "analysis_id": "4658161",
    "domain_name": "vendor.example",
    "priority": "5",
    "record_load_timestamp": "2026-09-28 12:34:18.488062",
    "toe_id": "t1",
    "ip_address": "192.0.2.1",
    "shared_ip": "",
}


def _load(tmp_path: Path, *records: dict[str, Any], block: str = SOURCE + QUARTER) -> Any:
    text = json.dumps({"test": True, "findings": list(records)})
    return load(tmp_path, {"export.json": text}, block)[1]


def _rows(loaded: Any) -> list[dict[Any, Any]]:
    return list(loaded.tables.frame(TABLE).to_dict("records"))


@pytest.mark.parametrize(
    "value",
    [[FINDING], {"findings": [FINDING]}, {"test": True, "findings": [{"x": 1}, FINDING]}],
)
def test_it_is_known_by_its_content(value: object) -> None:
    """As the API gives the list, and within an object; by one reader alone."""
    known = recognize(peek("x.json", json.dumps(value).encode()), tuple(readers_by_id().values()))
    assert [each.reader.id for each in known] == ["riskrecon-findings"]


@pytest.mark.parametrize("without", ["toe_id", "vendor", "security_domain", "finding_id"])
def test_other_findings_are_not_taken_for_it(without: str) -> None:
    """Without a vendor or a TOE, findings are somebody else's."""
    fewer = {name: text for name, text in FINDING.items() if name != without}
    looked = peek("x.json", json.dumps({"findings": [fewer]}).encode())
    assert recognize(looked, tuple(readers_by_id().values())) == ()


def test_a_finding(tmp_path: Path) -> None:
    """Its own words; priority and the worth of the asset are not mixed into the severity."""
    (row,) = _rows(_load(tmp_path, FINDING))
    assert {name: row[name] for name in ("quarter", "service", "finding_id", "vendor_id")} == {
        "quarter": "2026-Q3",
        "service": "RiskRecon",
        "finding_id": "f1",
        "vendor_id": "t1",
    }
    assert (row["vendor_name"], row["title"]) == ("Some Vendor", "Shared Hosting")
    assert (row["severity"], row["analyst_verdict"]) == ("high", "stands")
    assert (row["domain"], row["criterion"]) == ("defensibility", "shared_hosting")
    assert row["host"] == "www.vendor.example"
    assert row["first_seen_on"].date().isoformat() == "2025-03-16", "evening in Chicago"
    assert row["last_seen_on"].date().isoformat() == "2026-09-28"
    assert row["closed_on"] != row["closed_on"], "an open finding has no end"
    assert bool(row["is_false_positive"]) is False


def test_the_plain_list_is_read_alike(tmp_path: Path) -> None:
    """The API's answer for one vendor is a list without an object around it."""
    loaded = load(tmp_path, {"export.json": json.dumps([FINDING])}, SOURCE + QUARTER)[1]
    assert [row["finding_id"] for row in _rows(loaded)] == ["f1"]


def test_severities(tmp_path: Path) -> None:
    """Info is left out and counted; an empty and an unknown word are set aside."""
    words = ("critical", "high", "medium", "low", "info", "", "grave")
    records = [{**FINDING, "finding_id": f"f{at}", "severity": w} for at, w in enumerate(words)]
    loaded = _load(tmp_path, *records)
    assert [row["severity"] for row in _rows(loaded)] == ["critical", "high", "medium", "low"]
    (counts,) = [each for each in loaded.reconciliation if each.file == "export.json"]
    assert (counts.read, counts.used, counts.left_out, counts.rejected) == (7, 4, 1, 2)
    assert found(loaded, "unknown_category").value == "grave"


def test_an_unknown_word_of_an_analyst_is_set_aside(tmp_path: Path) -> None:
    """Only fail is known; no analyst's word is no fault, and the user may say what another is."""
    records = [
        {**FINDING, "finding_id": "f2", "analyst_status": ""},
        {**FINDING, "finding_id": "f3", "analyst_status": "pass"},
    ]
    loaded = _load(tmp_path / "one", *records)
    (row,) = _rows(loaded)
    assert row["finding_id"] == "f2"
    assert row["analyst_verdict"] != row["analyst_verdict"], "no analyst has looked"
    assert found(loaded, "unknown_category").value == "pass"
    values = 'values.analyst_verdict = { pass = "dismissed" }\n'
    rows = _rows(_load(tmp_path / "two", *records, block=SOURCE + QUARTER + values))
    assert {row["finding_id"]: row["analyst_verdict"] for row in rows}["f3"] == "dismissed"


def test_a_finding_without_a_host_name_has_its_address(tmp_path: Path) -> None:
    """The address is the second choice."""
    (row,) = _rows(_load(tmp_path, {**FINDING, "host_name": ""}))
    assert row["host"] == "192.0.2.1"


def test_our_own_company_is_left_out(tmp_path: Path) -> None:
    """It can be among those that the service looks at; the user names it."""
    own = {**FINDING, "finding_id": "f2", "vendor": "Example, Inc."}
    block = SOURCE + QUARTER + 'leave_out.vendor = ["Example, Inc."]\n'
    loaded = _load(tmp_path, FINDING, own, block=block)
    assert [row["vendor_name"] for row in _rows(loaded)] == ["Some Vendor"]
    (counts,) = [each for each in loaded.reconciliation if each.file == "export.json"]
    assert (counts.read, counts.used, counts.left_out) == (2, 1, 1)


def test_pages_that_overlap(tmp_path: Path) -> None:
    """The same row twice is one; two rows of one number that differ are told, not chosen from."""
    loaded = _load(tmp_path / "same", FINDING, FINDING)
    (counts,) = [each for each in loaded.reconciliation if each.file == "export.json"]
    assert (counts.used, counts.duplicate) == (1, 1)
    other = {**FINDING, "severity": "low"}
    codes = {each.code for each in _load(tmp_path / "other", FINDING, other).findings}
    assert "duplicate_key" in codes


def test_dates_that_run_backwards(tmp_path: Path) -> None:
    """Last seen before it was first seen is a fault of the row."""
    backwards = {**FINDING, "last_seen": "2025-01-01T00:00:00+00:00"}
    loaded = _load(tmp_path, backwards)
    assert _rows(loaded) == []
    assert found(loaded, "out_of_order").column == "last_seen_on"


def test_the_quarter_is_asked_for(tmp_path: Path) -> None:
    """The answer says nothing of which quarter's end it stands for: the message says what to do."""
    missing = found(_load(tmp_path, FINDING, block=SOURCE), "column_missing")
    assert (missing.column, missing.stops) == ("quarter", True)
    assert 'constants.quarter = "YYYY-Qn"' in missing.mend


def test_the_figure(tmp_path: Path) -> None:
    """From the file to the number: one of four is grave, open and no false positive."""
    records = [
        FINDING,
        {**FINDING, "finding_id": "f2", "false_positive": "true"},
        {**FINDING, "finding_id": "f3", "severity": "medium"},
        {**FINDING, "finding_id": "f4", "first_seen": "2026-10-02T09:00:00+00:00"},
    ]
    records[3]["last_seen"] = "2026-10-03T09:00:00+00:00"
    text = json.dumps({"findings": records})
    folder = make_project(tmp_path, {"export.json": text}, SOURCE + QUARTER)
    _, now = explain_metric(read_inputs(folder), "third_party_outside_findings")
    assert (now.state, now.value, now.parts["dismissed"]) == (State.MEASURED, 1.0, 1.0)
    assert now.note == "1 more called no finding by the service"
