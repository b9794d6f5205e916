"""Real reports on configurations and controls: with the file's name alone, what Python counts."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from board_report.model import MetricResult, Reconciliation
from board_report.pipeline import Inputs, explain_metric, read_inputs
from tests.functional.real_exports.conftest import MakeReal

pytestmark = pytest.mark.xdist_group("real_compliance")

FOLDER = "compliance"
PROWLER_V2 = f"{FOLDER}/aws_prowler__many_vuln2.csv"
PROWLER = {
    "ciso/aws.csv": f"{FOLDER}/prowler__example_output_aws.csv",
    "ciso/azure.csv": f"{FOLDER}/prowler__example_output_azure.csv",
}
OCSF = f"{FOLDER}/prowler_aws.ocsf.json"
HUB = f"{FOLDER}/awssecurityhub__config_many_findings.json"
INSPECTOR = f"{FOLDER}/asff__many_vulns.json"
XCCDF = f"{FOLDER}/openscap__ios-sample-v1.1.3.xccdf.xml"
RESULTS = f"{FOLDER}/oscal_assessment_results.json"
PLAN = f"{FOLDER}/oscal_poam.json"
DATED = '\n[[source]]\nfile = "ciso/v2.csv"\n[source.constants]\nchecked_on = "2024-02-01"\n'
CHECKS = "configuration_checks"
WORDS = {"PASS": "passed", "FAIL": "failed", "INFO": "not_checked", "MANUAL": "not_checked"}


def frame_of(inputs: Inputs, table: str = CHECKS) -> pd.DataFrame:
    return inputs.loaded.tables.frame(table)


def ends_of(inputs: Inputs, file: str) -> tuple[int, ...]:
    """Rows read, used, rejected, duplicate and left out of a file; they add up."""
    part: Reconciliation
    (part,) = [each for each in inputs.loaded.reconciliation if each.file == file]
    ends = (part.used, part.rejected, part.duplicate, part.left_out)
    assert part.read == sum(ends) + part.out_of_period + part.superseded
    return part.read, *ends


def figure_of(inputs: Inputs, metric: str) -> MetricResult:
    _, result = explain_metric(inputs, metric)
    return result


def reader_of(inputs: Inputs, file: str) -> str:
    (told,) = [
        each for each in inputs.loaded.findings if each.code == "reader_found" and each.file == file
    ]
    return told.mend.split('"')[1]


def errors_of(inputs: Inputs) -> list[str]:
    return [str(each.code) for each in inputs.errors]


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def json_of(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# --- Prowler -------------------------------------------------------------------------------------


@pytest.fixture
def v2(make_real: MakeReal) -> Inputs:
    return read_inputs(make_real({"ciso/v2.csv": PROWLER_V2}, "2024-Q1", DATED))


def test_prowler_2_rows(v2: Inputs, shared: Path) -> None:
    """Rows that repeat another in every cell are its only duplicates: the key holds."""
    rows = rows_of(shared / PROWLER_V2)
    different = {tuple(row.values()) for row in rows}
    assert (len(rows), len(different)) == (214, 176)
    assert reader_of(v2, "ciso/v2.csv") == "prowler-v2-csv"
    assert ends_of(v2, "ciso/v2.csv") == (214, 176, 0, 38, 0)
    assert errors_of(v2) == []


def test_prowler_2_values(v2: Inputs, shared: Path) -> None:
    rows = [dict(each) for each in {tuple(r.items()) for r in rows_of(shared / PROWLER_V2)}]
    frame = frame_of(v2)
    wanted = Counter((WORDS[r["CHECK_RESULT"]], r["CHECK_SEVERITY"].lower()) for r in rows)
    assert Counter(zip(frame["result"], frame["severity"], strict=True)) == wanted
    assert wanted["failed", "critical"] == 1
    assert wanted["failed", "high"] == 3
    services = Counter(r["CHECK_SERVICENAME"] for r in rows)
    assert Counter(frame["service"]) == services
    assert Counter(frame["region"]) == Counter(r["REGION"] for r in rows)
    assert set(frame["account"]) == {"123456789012"}
    assert all(name.startswith(("check", "extra")) for name in frame["check_id"])


def test_prowler_2_figures(v2: Inputs, shared: Path) -> None:
    """53 passed and 35 failed; four of the failures are critical or high."""
    rows = {tuple(row.values()): row for row in rows_of(shared / PROWLER_V2)}.values()
    counts = Counter(row["CHECK_RESULT"] for row in rows)
    assert (counts["PASS"], counts["FAIL"], counts["INFO"]) == (53, 35, 88)
    rate = figure_of(v2, "configuration_pass_rate")
    assert (rate.value, rate.n) == (pytest.approx(53 / 88, rel=1e-12), 88)
    assert rate.note == "88 not checked"
    grave = figure_of(v2, "failed_critical_checks")
    assert (grave.value, len(grave.rows)) == (4, 4)
    touched = figure_of(v2, "requirements_with_failed_checks")
    assert (touched.value, str(touched.state)) == (None, "not measured")


def test_prowler_5(make_real: MakeReal, shared: Path) -> None:
    """Both clouds beside one another; requirements as the same run's OCSF has them."""
    got = read_inputs(make_real(PROWLER, "2025-Q1"))
    frame = frame_of(got)
    for name, source in PROWLER.items():
        rows = rows_of(shared / source, ";")
        own = frame[frame["_source"] == name]
        assert (len(rows), ends_of(got, name)) == (4, (4, 4, 0, 0, 0))
        assert reader_of(got, name) == "prowler-csv"
        assert list(own["check_id"]) == [row["CHECK_ID"] for row in rows]
        assert list(own["result"]) == [WORDS[row["STATUS"]] for row in rows]
        assert list(own["severity"]) == [row["SEVERITY"] for row in rows]
        assert list(own["resource_id"]) == [row["RESOURCE_UID"] for row in rows]
        assert not own["is_muted"].any()
    assert set(frame["checked_on"].dt.strftime("%Y-%m-%d")) == {"2025-02-14"}
    assert errors_of(got) == []
    by_check = {
        record["metadata"]["event_code"]: record["unmapped"]["compliance"]
        for record in json_of(shared / OCSF)
    }
    for check, found in zip(frame["check_id"], frame["requirements"], strict=True):
        named = by_check.get(check, {})
        if all(" " not in each for listed in named.values() for each in listed) and named:
            wanted = {f"{fw}:{each}" for fw, listed in named.items() for each in listed}
            assert set(found) == wanted, check
    rate = figure_of(got, "configuration_pass_rate")
    assert (rate.value, rate.n, rate.parts["not_checked"]) == (0, 6, 2)
    # Two of Azure's four failures are high; AWS has a low and a medium one.
    assert figure_of(got, "failed_critical_checks").value == 2


def test_prowler_ocsf(make_real: MakeReal, shared: Path) -> None:
    """The sample counts seconds; both of its times give the day on which the CSV was written."""
    records = json_of(shared / OCSF)
    got = read_inputs(make_real({"ciso/p.json": OCSF}, "2025-Q1"))
    frame = frame_of(got)
    assert reader_of(got, "ciso/p.json") == "prowler-ocsf"
    assert ends_of(got, "ciso/p.json") == (len(records), 5, 0, 0, 0)
    assert list(frame["result"]) == [WORDS[each["status_code"]] for each in records]
    assert list(frame["severity"]) == [each["severity"].lower() for each in records]
    assert set(frame["checked_on"].dt.strftime("%Y-%m-%d")) == {
        each["time_dt"][:10] for each in records
    }
    assert [len(each) for each in frame["requirements"]] == [
        sum(map(len, each["unmapped"]["compliance"].values())) for each in records
    ]
    touched = {
        f"{framework}:{each}"
        for record in records
        if record["status_code"] == "FAIL"
        for framework, listed in record["unmapped"]["compliance"].items()
        for each in listed
    }
    found = figure_of(got, "requirements_with_failed_checks")
    assert found.value == len(touched)


# --- Security Hub --------------------------------------------------------------------------------


def test_security_hub_controls(make_real: MakeReal, shared: Path) -> None:
    """Three controls over nothing, which the tool calls passed and rates informational."""
    findings = json_of(shared / HUB)["findings"]
    got = read_inputs(make_real({"ciso/hub.json": HUB}, "2020-Q2"))
    frame = frame_of(got)
    assert reader_of(got, "ciso/hub.json") == "aws-security-hub"
    assert ends_of(got, "ciso/hub.json") == (len(findings), 3, 0, 0, 0)
    assert list(frame["result"]) == [f["Compliance"]["Status"].lower() for f in findings]
    assert list(frame["severity"]) == [f["Severity"]["Label"].lower() for f in findings]
    assert list(frame["check_id"]) == [f["GeneratorId"] for f in findings]
    assert list(frame["account"]) == [f["AwsAccountId"] for f in findings]
    assert list(frame["service"]) == ["IAM", "SSM", "ELBv2"]
    assert set(frame["checked_on"].dt.strftime("%Y-%m-%d")) == {"2020-06-14"}


def test_inspector_findings_are_no_checks(make_real: MakeReal, shared: Path) -> None:
    """Five flaws in the same format fill the other table."""
    findings = json_of(shared / INSPECTOR)
    got = read_inputs(make_real({"ciso/asff.json": INSPECTOR}, "2023-Q3"))
    frame = frame_of(got, "vulnerability_findings")
    assert reader_of(got, "ciso/asff.json") == "aws-security-hub-vulnerabilities"
    assert ends_of(got, "ciso/asff.json") == (len(findings), 5, 0, 0, 0)
    assert not got.loaded.tables.measured(CHECKS)
    assert list(frame["cve"]) == [f["Vulnerabilities"][0]["Id"] for f in findings]
    assert Counter(frame["severity"]) == Counter(f["Severity"]["Label"].lower() for f in findings)
    assert list(frame["first_seen_on"].dt.strftime("%Y-%m-%d")) == [
        f["FirstObservedAt"][:10] for f in findings
    ]
    assert frame["closed_on"].isna().all()
    assert set(frame["asset_name"]) == {"MyServer1"}


# --- XCCDF ---------------------------------------------------------------------------------------


def test_a_benchmark_that_holds_results(make_real: MakeReal, shared: Path) -> None:
    """The sample is a benchmark with one TestResult in it: two results and one not selected."""
    name = "{http://checklists.nist.gov/xccdf/1.1}"
    root = ET.parse(shared / XCCDF).getroot()
    results = root.findall(f"{name}TestResult/{name}rule-result")
    titles = {rule.get("id"): rule.findtext(f"{name}title") for rule in root.iter(f"{name}Rule")}
    outcomes = [each.findtext(f"{name}result") for each in results]
    assert outcomes == ["fail", "pass", "notselected"]
    got = read_inputs(make_real({"ciso/scan.xml": XCCDF}, "2004-Q3"))
    frame = frame_of(got)
    assert reader_of(got, "ciso/scan.xml") == "xccdf-results"
    assert ends_of(got, "ciso/scan.xml") == (3, 2, 0, 0, 1)
    assert list(frame["check_id"]) == [each.get("idref") for each in results[:2]]
    assert list(frame["title"]) == [titles[each] for each in frame["check_id"]]
    assert list(frame["result"]) == ["failed", "passed"]
    assert list(frame["resource_id"]) == ["lower.test.net", "lower.test.net console"]
    assert frame["severity"].isna().all()
    lines = (shared / XCCDF).read_text(encoding="utf-8").splitlines()
    assert all("<cdf:rule-result" in lines[line - 1] for line in frame["_line"])
    grave = figure_of(got, "failed_critical_checks")
    assert (grave.value, grave.note) == (None, "no row of configuration checks says its severity")


# --- OSCAL ---------------------------------------------------------------------------------------


def test_assessment_results(make_real: MakeReal, shared: Path) -> None:
    """One determination; framework and quarter are the user's to give."""
    more = (
        '\n[[source]]\nfile = "ciso/ar.json"\n[source.constants]\nquarter = "2023-Q2"\n'
        'framework = "iso27001"\n'
    )
    results = json_of(shared / RESULTS)["assessment-results"]["results"]
    findings = [each for result in results for each in result["findings"]]
    got = read_inputs(make_real({"ciso/ar.json": RESULTS}, "2023-Q2", more))
    frame = frame_of(got, "compliance_assessments")
    assert ends_of(got, "ciso/ar.json") == (len(findings), 1, 0, 0, 0)
    assert list(frame["requirement_id"]) == [each["target"]["target-id"] for each in findings]
    assert findings[0]["target"]["status"]["state"] == "not-satisfied"
    assert list(frame["result"]) == ["not_met"]


def test_plan_of_action(make_real: MakeReal, shared: Path) -> None:
    """One item names a risk that is not there: it has no due date, and none is made up."""
    plan = json_of(shared / PLAN)["plan-of-action-and-milestones"]
    items = plan["poam-items"]
    risks = {each["uuid"]: each for each in plan["risks"]}
    seen = {each["uuid"]: each for each in plan["observations"]}
    named = [each["related-risks"][0]["risk-uuid"] for each in items]
    assert [each in risks for each in named] == [False, True]
    got = read_inputs(make_real({"ciso/poam.json": PLAN}, "2023-Q2"))
    frame = frame_of(got, "audit_findings")
    assert reader_of(got, "ciso/poam.json") == "oscal-poam"
    assert ends_of(got, "ciso/poam.json") == (2, 2, 0, 0, 0)
    assert list(frame["audit_finding_id"]) == [each["uuid"] for each in items]
    assert list(frame["raised_on"].dt.strftime("%Y-%m-%d")) == [
        seen[each["related-observations"][0]["observation-uuid"]]["collected"][:10]
        for each in items
    ]
    assert frame["due_on"].isna().tolist() == [True, False]
    assert str(frame["due_on"].iloc[1])[:10] == risks[named[1]]["deadline"][:10] == "2023-06-23"
    opened = figure_of(got, "audit_findings_open")
    assert opened.value == 2
    overdue = figure_of(got, "audit_findings_overdue")
    assert (overdue.value, str(overdue.state)) == (None, "withheld")
    assert "1 of 2" in overdue.note
