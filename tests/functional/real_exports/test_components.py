"""Reports on software, images and code: with the file's name alone, what plain Python counts."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from board_report.model import Finding, Reconciliation, State
from board_report.pipeline import Inputs, explain_metric, read_inputs
from tests.functional.real_exports.conftest import MakeReal

pytestmark = pytest.mark.xdist_group("real_components")

FILES = {
    "ciso/trivy-old.json": "vulns/trivy__legacy_many_vulns.json",
    "ciso/trivy.json": "vulns/trivy__scheme_2_many_vulns.json",
    "ciso/grype-old.json": "vulns/anchore_grype__many_vulns3.json",
    "ciso/grype.json": "vulns/anchore_grype__many_vulns_with_epss_values.json",
    "ciso/inspector.json": "vulns/aws_inspector2__aws_inspector2_many_vul.json",
    "ciso/codeql.sarif": "vulns/sarif__codeQL-output.sarif",
    "ciso/log4j.cdx.json": "vulns/cyclonedx__log4j.json",
    "ciso/vex.xml": "vulns/cyclonedx__valid-vulnerability-1.4.xml",
}
READERS = {
    **dict.fromkeys(("ciso/trivy-old.json", "ciso/trivy.json"), "trivy"),
    **dict.fromkeys(("ciso/grype-old.json", "ciso/grype.json"), "grype"),
    "ciso/inspector.json": "aws-inspector",
    "ciso/codeql.sarif": "sarif",
    **dict.fromkeys(("ciso/log4j.cdx.json", "ciso/vex.xml"), "cyclonedx"),
}
UNDATED = (
    "ciso/trivy-old.json",
    "ciso/trivy.json",
    "ciso/grype-old.json",
    "ciso/codeql.sarif",
    "ciso/vex.xml",
)
"""Reports without their own date: the user gives the day of the scan."""
DAY = "2025-06-01"
SBOM = "vulns/sbom_protonbridge_1.8.cdx.json"
CRITICAL_FIRST = ("critical", "high", "medium", "low")


@pytest.fixture
def inputs(make_real: MakeReal) -> Inputs:
    """All files, by name alone, and the day of the scan where a report has none."""
    more = "".join(
        f'\n[[source]]\nfile = "{name}"\n[source.constants]\nfirst_seen_on = "{DAY}"\n'
        for name in UNDATED
    )
    return read_inputs(make_real(FILES, "2025-Q3", more))


def frame_of(inputs: Inputs, name: str) -> pd.DataFrame:
    frame = inputs.loaded.tables.frame("vulnerability_findings")
    return frame[frame["_source"] == name]


def ends_of(inputs: Inputs, name: str) -> Reconciliation:
    (part,) = [each for each in inputs.loaded.reconciliation if each.file == name]
    ends = (part.used, part.rejected, part.duplicate, part.superseded, part.left_out)
    assert part.read == sum(ends) + part.out_of_period
    return part


def found(inputs: Inputs, code: str, name: str) -> list[Finding]:
    return [each for each in inputs.loaded.findings if each.code == code and each.file == name]


def document(shared: Path, name: str) -> Any:
    return json.loads((shared / FILES[name]).read_text(encoding="utf-8"))


def severities(inputs: Inputs, name: str) -> dict[str, int]:
    return dict(Counter(frame_of(inputs, name)["severity"]))


def days(inputs: Inputs, name: str, column: str = "first_seen_on") -> set[str]:
    cells = frame_of(inputs, name)[column].dropna()
    return {f"{each:%Y-%m-%d}" for each in cells}


def test_each_file_is_known_and_every_row_accounted_for(inputs: Inputs) -> None:
    """Read, used, set aside and left out; no key stands for two different rows."""
    assert inputs.stops == ()
    ends = {}
    for name, reader in READERS.items():
        part = ends_of(inputs, name)
        assert (part.duplicate, part.superseded, part.out_of_period) == (0, 0, 0), name
        ends[name] = (part.read, part.used, part.rejected, part.left_out)
        (told,) = found(inputs, "reader_found", name)
        assert f'reader = "{reader}"' in told.mend
    assert ends == {
        "ciso/trivy-old.json": (93, 92, 1, 0),
        "ciso/trivy.json": (5, 5, 0, 0),
        "ciso/grype-old.json": (327, 211, 10, 106),
        "ciso/grype.json": (15, 15, 0, 0),
        "ciso/inspector.json": (8, 6, 2, 0),
        "ciso/codeql.sarif": (72, 9, 0, 63),
        "ciso/log4j.cdx.json": (8, 8, 0, 0),
        "ciso/vex.xml": (1, 0, 0, 1),
    }
    keys = inputs.loaded.tables.frame("vulnerability_findings")["finding_id"]
    assert keys.is_unique


def test_only_unknown_severities_are_set_aside(inputs: Inputs, shared: Path) -> None:
    """Each with its word and the line that its record begins on."""
    told = [each for each in inputs.loaded.findings if each.code == "unknown_category"]
    assert Counter((each.file, each.value) for each in told) == {
        ("ciso/trivy-old.json", "UNKNOWN"): 1,
        ("ciso/grype-old.json", "Unknown"): 10,
        ("ciso/inspector.json", "UNTRIAGED"): 2,
    }
    for each in told:
        lines = (shared / FILES[each.file]).read_text(encoding="utf-8").split("\n")
        record = json.JSONDecoder().raw_decode("\n".join(lines[each.line - 1 :]).lstrip())[0]
        severity = record.get("Severity") or record.get("severity")
        assert (severity or record["vulnerability"]["severity"]) == each.value


def test_trivy(inputs: Inputs, shared: Path) -> None:
    old = [flaw for each in document(shared, "ciso/trivy-old.json")
           for flaw in each["Vulnerabilities"]]  # fmt: skip
    new = [flaw for each in document(shared, "ciso/trivy.json")["Results"]
           for flaw in each.get("Vulnerabilities", [])]  # fmt: skip
    for name, flaws in (("ciso/trivy-old.json", old), ("ciso/trivy.json", new)):
        assert ends_of(inputs, name).read == len(flaws)
        counts = Counter(each["Severity"].lower() for each in flaws)
        counts.pop("unknown", None)
        assert severities(inputs, name) == counts
        assert days(inputs, name) == {DAY}
    used = [each for each in old if each["Severity"] != "UNKNOWN"]
    numbers = [each["VulnerabilityID"] for each in used]
    expected = [each if each.startswith("CVE-") else None for each in numbers]
    assert expected.count(None) == 5
    frame = frame_of(inputs, "ciso/trivy-old.json")
    assert [None if pd.isna(each) else each for each in frame["cve"]] == expected
    assert set(frame_of(inputs, "ciso/trivy.json")["asset_id"]) == {"teamdojo:latest"}


@pytest.mark.parametrize(
    ("name", "asset", "day"),
    [
        ("ciso/grype-old.json", "defectdojo/defectdojo-django:1.13.1", DAY),
        ("ciso/grype.json", "busybox:1.32.1", "2025-06-19"),
    ],
)
def test_grype(inputs: Inputs, shared: Path, name: str, asset: str, day: str) -> None:
    matches = document(shared, name)["matches"]
    assert ends_of(inputs, name).read == len(matches)
    counts = Counter(each["vulnerability"]["severity"].lower() for each in matches)
    assert ends_of(inputs, name).left_out == counts.pop("negligible", 0)
    assert ends_of(inputs, name).rejected == counts.pop("unknown", 0)
    assert severities(inputs, name) == counts
    assert set(frame_of(inputs, name)["asset_id"]) == {asset}
    assert days(inputs, name) == {day}


def test_inspector(inputs: Inputs, shared: Path) -> None:
    """The one closed finding has the day of its last update; ages are by UTC, the zone here."""
    findings = document(shared, "ciso/inspector.json")["findings"]
    used = [each for each in findings if each["severity"] != "UNTRIAGED"]
    frame = frame_of(inputs, "ciso/inspector.json")

    def day(text: str) -> str:
        return datetime.fromisoformat(text).astimezone(ZoneInfo("UTC")).date().isoformat()

    expected = [
        (
            each["resources"][0]["id"],
            each["severity"].lower(),
            day(each["firstObservedAt"]),
            day(each["updatedAt"]) if each["status"] == "CLOSED" else None,
            each["packageVulnerabilityDetails"]["vulnerabilityId"],
        )
        for each in used
    ]
    shown = [
        (
            row["asset_id"],
            row["severity"],
            f"{row['first_seen_on']:%Y-%m-%d}",
            None if pd.isna(row["closed_on"]) else f"{row['closed_on']:%Y-%m-%d}",
            row["cve"],
        )
        for row in frame.to_dict("records")
    ]
    assert shown == expected
    assert [each[3] for each in shown].count("2024-06-14") == 1
    assert set(frame["asset_name"]) == {"my-awesome-docker-image", "my-instance"}


def test_results_of_codeql_that_are_about_security(inputs: Inputs, shared: Path) -> None:
    """The 63 others, such as empty exception handlers, are no vulnerabilities."""
    (run,) = document(shared, "ciso/codeql.sarif")["runs"]
    rules = run["tool"]["driver"]["rules"]
    broken = [rules[each["ruleIndex"]] for each in run["results"]]
    secure = [each for each in broken if "security" in each["properties"]["tags"]]
    words = {"error": "high", "warning": "medium", "note": "low"}
    counts = Counter(words[each["defaultConfiguration"]["level"]] for each in secure)
    assert severities(inputs, "ciso/codeql.sarif") == counts
    assert ends_of(inputs, "ciso/codeql.sarif").read == len(run["results"])
    (left,) = found(inputs, "left_out", "ciso/codeql.sarif")
    assert f"not about security ({len(broken) - len(secure)})" in left.reason


def test_a_bill_of_materials_with_vulnerabilities(inputs: Inputs, shared: Path) -> None:
    """Severities by the words, which the file's scores do not contradict; one by one."""
    whole = document(shared, "ciso/log4j.cdx.json")
    worst = [
        min((rating["severity"] for rating in flaw["ratings"] if "severity" in rating),
            key=CRITICAL_FIRST.index)
        for flaw in whole["vulnerabilities"]
    ]  # fmt: skip
    frame = frame_of(inputs, "ciso/log4j.cdx.json")
    assert list(frame["severity"]) == worst
    assert days(inputs, "ciso/log4j.cdx.json") == {whole["metadata"]["timestamp"][:10]}
    assert set(frame["asset_id"]) == {whole["metadata"]["component"]["name"]}
    assert frame["cve"].notna().sum() == sum(
        each["id"].startswith("CVE-") for each in whole["vulnerabilities"]
    )
    (left,) = found(inputs, "left_out", "ciso/vex.xml")
    assert "not affected (1)" in left.reason


def test_an_sbom_is_no_scan(make_real: MakeReal, shared: Path) -> None:
    """201 components in which nobody looked: refused, and no figure says zero."""
    inputs = read_inputs(make_real({"ciso/sbom.cdx.json": SBOM}, "2025-Q3"))
    (refused,) = found(inputs, "no_scan", "ciso/sbom.cdx.json")
    count = len(json.loads((shared / SBOM).read_bytes())["components"])
    assert refused.stops
    assert f"{count} components (an SBOM)" in refused.reason
    assert [each.code for each in inputs.stops] == ["no_scan"]
    assert not found(inputs, "no_rows", "ciso/sbom.cdx.json")


def test_both_shapes_of_the_catalogue_are_one_catalogue(make_real: MakeReal, shared: Path) -> None:
    """The JSON file has what the CSV file has, and its day of release."""
    frames = {}
    for name in ("cisa_kev.csv", "cisa_kev.json"):
        inputs = read_inputs(make_real({f"ciso/{name}": f"vulns/{name}"}, "2025-Q3"))
        frames[name] = inputs.loaded.tables.frame("kev_catalogue").set_index("cve").sort_index()
    columns = ["added_on", "kev_due_on", "vulnerability_name"]
    pd.testing.assert_frame_equal(*(each[columns] for each in frames.values()))
    whole = json.loads((shared / "vulns/cisa_kev.json").read_bytes())
    assert len(frames["cisa_kev.json"]) == whole["count"] == len(whole["vulnerabilities"])
    released = frames["cisa_kev.json"]["released_on"]
    assert {f"{each:%Y-%m-%d}" for each in released} == {whole["dateReleased"][:10]}
    assert frames["cisa_kev.csv"]["released_on"].isna().all()
    # A second opinion, by another script over the same file.
    given = json.loads((shared / "reference/EXPECTED_give.json").read_text(encoding="utf-8"))["kev"]
    frame = frames["cisa_kev.csv"]
    assert len(frame) == given["n"]
    years = Counter(str(each.year) for each in frame["added_on"])
    assert years == given["added_by_year"]
    terms = (frame["kev_due_on"] - frame["added_on"]).dt.days
    spread = (terms.median(), terms.min(), terms.max())
    assert spread == tuple(given["due_days"][each] for each in ("median", "min", "max"))


def test_what_is_likely_to_be_exploited_by_the_scores_of_a_report(
    make_real: MakeReal, shared: Path
) -> None:
    """Grype's report holds scores: doubled, so that some reach 10%, they are the file of a day."""
    matches = document(shared, "ciso/grype.json")["matches"]
    scores = {each["cve"]: each for match in matches for each in match["vulnerability"]["epss"]}
    (day,) = {each["date"] for each in scores.values()}
    assert day == "2025-06-18"
    folder = make_real({"ciso/grype.json": FILES["ciso/grype.json"]}, "2025-Q2",
                       '\n[[source]]\nfile = "ciso/epss.csv"\n')  # fmt: skip
    with (folder / "ciso/epss.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(f"#model_version:v2025.03.14,score_date:{day}T00:00:00+0000\n")
        writer = csv.writer(file)
        writer.writerow(("cve", "epss", "percentile"))
        for cve, each in scores.items():
            writer.writerow((cve, 2 * each["epss"], each["percentile"]))
    inputs = read_inputs(folder)
    assert inputs.stops == ()
    _, now = explain_metric(inputs, "likely_exploited_open")
    expected = sum(
        any(2 * each["epss"] >= 0.1 for each in match["vulnerability"]["epss"]) for match in matches
    )
    assert 0 < expected < len(matches)
    assert (now.state, now.value) == (State.MEASURED, expected)
    assert now.parts["scores_age_days"] == (date(2025, 6, 30) - date(2025, 6, 18)).days
    assert (now.parts["no_cve"], now.parts["no_score"]) == (0, 0)
