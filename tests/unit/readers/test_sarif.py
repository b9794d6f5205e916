"""SARIF: which results count, how grave they are, and files that do not say so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.readers.scans import DAY, Scan, read_scan

RULES: list[dict[str, Any]] = [
    {"id": "py/sql-injection", "properties": {"tags": ["security"], "security-severity": "8.8"}},
    {"id": "py/flask-debug", "properties": {"tags": ["security"]},
     "defaultConfiguration": {"level": "error"}},
    {"id": "py/empty-except", "properties": {"tags": ["reliability", "external/cwe/cwe-390"]},
     "defaultConfiguration": {"level": "note"}},
    {"id": "py/weak-hash", "properties": {"tags": ["security"], "security-severity": "3.1"}},
]  # fmt: skip


def result(rule: str, line: int = 1, uri: str = "app.py", **more: Any) -> dict[str, Any]:
    region = {"startLine": line, "startColumn": 5}
    place = {"artifactLocation": {"uri": uri}, "region": region}
    return {"ruleId": rule, "locations": [{"physicalLocation": place}], **more}


def run(*results: dict[str, Any], rules: Any = RULES, **more: Any) -> dict[str, Any]:
    return {
        "tool": {"driver": {"name": "CodeQL", "rules": rules}},
        "results": list(results),
        **more,
    }


def scan_of(folder: Path, *runs: dict[str, Any], more: str = DAY) -> Scan:
    whole = {"version": "2.1.0", "$schema": "sarif-schema-2.1.0.json", "runs": list(runs)}
    return read_scan(folder, "code.sarif", json.dumps(whole, indent=1), more)


def test_only_results_about_security_count(tmp_path: Path) -> None:
    """A CWE alone makes no rule one of security."""
    scan = scan_of(
        tmp_path,
        run(
            result("py/sql-injection"),
            result("py/flask-debug"),
            result("py/empty-except"),
            result("py/weak-hash"),
            result("py/undeclared"),
        ),
    )
    assert (scan.reader, scan.ends) == ("sarif", (5, 3, 0, 0, 2))
    assert scan.column("severity") == ["high", "high", "low"]
    assert scan.column("asset_id") == ["app.py"] * 3
    assert scan.column("finding_id")[0] == "CodeQL//py/sql-injection/app.py/1:5"


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({"level": "error"}, "high"),
        ({"level": "warning"}, "medium"),
        ({"level": "note"}, "low"),
        ({}, "medium"),
        ({"level": "none"}, None),
        ({"kind": "pass"}, None),
        ({"kind": "review", "level": "error"}, None),
    ],
)
def test_levels(tmp_path: Path, more: dict[str, str], severity: str | None) -> None:
    """Without a level of its own and of its rule a result is a warning; none is no severity."""
    rules = [{"id": "a", "properties": {"tags": ["security"]}}]
    scan = scan_of(tmp_path, run(result("a", **more), rules=rules))
    assert scan.column("severity") == ([severity] if severity else [])
    assert scan.ends == ((1, 1, 0, 0, 0) if severity else (1, 0, 0, 0, 1))


@pytest.mark.parametrize(
    ("score", "severity"), [("9.0", "critical"), ("8.9", "high"), ("4.0", "medium"), ("0.1", "low")]
)
def test_bands_of_security_severity(tmp_path: Path, score: str, severity: str) -> None:
    rules = [{"id": "a", "properties": {"security-severity": score}}]
    assert scan_of(tmp_path, run(result("a"), rules=rules)).column("severity") == [severity]


@pytest.mark.parametrize(
    ("more", "used"),
    [
        ({"suppressions": [{"kind": "inSource"}]}, 0),
        ({"suppressions": [{"kind": "external", "status": "accepted"}]}, 0),
        ({"suppressions": [{"kind": "external", "status": "underReview"}]}, 1),
        ({"suppressions": [{"status": "accepted"}, {"status": "rejected"}]}, 1),
        ({"suppressions": []}, 1),
        ({"baselineState": "absent"}, 0),
        ({"baselineState": "unchanged"}, 1),
    ],
)
def test_what_is_not_open(tmp_path: Path, more: dict[str, Any], used: int) -> None:
    scan = scan_of(tmp_path, run(result("py/sql-injection", **more)))
    assert scan.ends == (1, used, 0, 0, 1 - used)


def test_rules_are_found_by_place_extension_and_parent(tmp_path: Path) -> None:
    """By their place, in an extension of the tool, and by the id that a finer one begins with."""
    run_ = run(
        {"ruleIndex": 0, **result("py/sql-injection")},
        {"rule": {"index": 0, "toolComponent": {"index": 0}}, "locations": []},
        result("py/weak-hash/md5", uri="b.py"),
    )
    del run_["results"][0]["ruleId"]
    secret = {"id": "x/leak", "properties": {"security-severity": "9.8"}}
    run_["tool"]["extensions"] = [{"name": "pack", "rules": [secret]}]
    scan = scan_of(tmp_path, run_, more=f'{DAY}asset_id = "shop"\n')
    assert scan.column("severity") == ["high", "critical", "low"]
    assert [each.split("//")[1].split("/app")[0] for each in scan.column("finding_id")][:1] == [
        "py/sql-injection"
    ]


def test_fingerprints_tell_results_apart(tmp_path: Path) -> None:
    """What the tool tells them apart by is used, and not the line, which moves."""
    prints = [{"hash": "aa:1", "column": "0"}, {"hash": "aa:1", "column": "7"}]
    results = [result("py/sql-injection", partialFingerprints=each) for each in prints]
    scan = scan_of(tmp_path, run(*results))
    assert scan.column("finding_id") == [
        "CodeQL//py/sql-injection/app.py/0,aa:1",
        "CodeQL//py/sql-injection/app.py/7,aa:1",
    ]


def test_dates_and_repository_of_a_run(tmp_path: Path) -> None:
    first = {"firstDetectionTimeUtc": "2026-05-04T12:00:00Z"}
    scan = scan_of(
        tmp_path,
        run(
            result("py/sql-injection"),
            result("py/sql-injection", 2, provenance=first),
            invocations=[
                {"startTimeUtc": "2026-08-01T12:00:00Z", "endTimeUtc": "2026-08-02T12:00Z"}
            ],
            versionControlProvenance=[{"repositoryUri": "https://git.example/shop"}],
        ),
        more="",
    )
    assert scan.column("first_seen_on") == ["2026-08-02", "2026-05-04"]
    assert scan.column("asset_id") == ["https://git.example/shop"] * 2


UNMARKED = [{"id": "generic-api-key"}, {"id": "aws-token"}]


def test_a_tool_that_marks_nothing_is_refused_until_the_user_says(tmp_path: Path) -> None:
    """A secret scanner and a linter look the same; zero and all would both be guesses."""
    given = run(result("aws-token"), result("unused", suppressions=[{}]), rules=UNMARKED)
    refused = scan_of(tmp_path, given)
    (told,) = refused.found("relevance_unknown")
    assert told.stops
    assert "CodeQL" in told.reason
    assert "1 result " in told.reason
    line = next(each for each in told.mend.split(" write ")[1].split("; if")[:1])
    said = scan_of(tmp_path / "said", given, more=f"{line}\n{DAY}")
    assert said.ends == (2, 1, 0, 0, 1)
    assert said.column("severity") == ["medium"]


def test_a_run_without_its_time_needs_the_day_of_the_scan(tmp_path: Path) -> None:
    scan = scan_of(tmp_path, run(result("py/sql-injection")), more="")
    (missing,) = scan.found("column_missing")
    assert 'constants.first_seen_on = "YYYY-MM-DD"' in missing.mend


def test_a_run_without_results_has_no_findings(tmp_path: Path) -> None:
    scan = scan_of(tmp_path, run(rules=[]))
    assert (scan.reader, scan.ends, scan.loaded.stops) == ("sarif", (0, 0, 0, 0, 0), False)
