"""Every file of the shared folder: known to exactly one reader, read, and all its rows counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.model import Reconciliation
from board_report.pipeline import read_inputs
from board_report.sources.packed import unpacked
from board_report.sources.peek import peek
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import recognize
from tests.functional.real_exports.conftest import MakeReal

READERS = {
    "compliance/asff__many_vulns.json": "aws-security-hub-vulnerabilities",
    "compliance/aws_prowler__many_vuln2.csv": "prowler-v2-csv",
    "compliance/awssecurityhub__config_many_findings.json": "aws-security-hub",
    "compliance/openscap__ios-sample-v1.1.3.xccdf.xml": "xccdf-results",
    "compliance/oscal_assessment_results.json": "oscal-assessment-results",
    "compliance/oscal_poam.json": "oscal-poam",
    "compliance/prowler__example_output_aws.csv": "prowler-csv",
    "compliance/prowler__example_output_azure.csv": "prowler-csv",
    "compliance/prowler_aws.ocsf.json": "prowler-ocsf",
    "cto/focus_1.0_sample_1000.csv": "focus",
    "cto/gc_it_projects_2016.csv": "canada-it-projects",
    "cto/gc_it_projects_2019.csv": "canada-it-projects",
    "cto/openssf_scorecard_check3.json": "openssf-scorecard",
    "cto/us_itdashboard_projects_2011-2013.csv": "us-it-dashboard-projects",
    "formats/servicenow_incident_table_api_record.json": "servicenow-api",
    "formats/thehive5_cases_api.json": "thehive-cases",
    "incidents/hhs_breach_portal_2023_2024-12.csv": "hhs-portal",
    "incidents/hhs_breaches_ecdat.csv": "hhs-archive",
    "incidents/servicenow_uci498_dashdates_5998rows.csv": "servicenow-log",
    "incidents/servicenow_uci498_upto_2016-04.csv.gz": "servicenow-log",
    "incidents/vcdb_give.jsonl.gz": "veris",
    "third_party/risk_recon__findings.json": "riskrecon-findings",
    "third_party/securityscorecard_portfolio_companies_api.json": "securityscorecard-portfolio",
    "training/knowbe4_phishing_security_tests_api.json": "knowbe4-phishing",
    "training/knowbe4_training_enrollments_api.json": "knowbe4-training",
    "vulns/anchore_grype__many_vulns3.json": "grype",
    "vulns/anchore_grype__many_vulns_with_epss_values.json": "grype",
    "vulns/aws_inspector2__aws_inspector2_many_vul.json": "aws-inspector",
    "vulns/blackduck__many_vulns.csv": "black-duck",
    "vulns/bugcrowd__BugCrowd-many.csv": "bugcrowd",
    "vulns/cisa_kev.csv": "cisa-kev",
    "vulns/cisa_kev.json": "cisa-kev",
    "vulns/cyclonedx__log4j.json": "cyclonedx",
    "vulns/cyclonedx__valid-vulnerability-1.4.xml": "cyclonedx",
    "vulns/openvas__many_vuln.xml": "openvas-xml",
    "vulns/openvas__report_using_openVAS.csv": "openvas",
    "vulns/qualys__Qualys_Sample_Report.csv": "qualys-vm",
    "vulns/qualys_vmdr__many_vulns_cve.csv": "qualys-vmdr",
    "vulns/sarif__codeQL-output.sarif": "sarif",
    "vulns/sysdig_reports__sysdig_reports_many_vul.csv": "sysdig",
    "vulns/tenable__nessus__nessus_many_vuln.csv": "tenable-sc",
    "vulns/tenable__nessus__nessus_many_vuln.xml": "nessus-xml",
    "vulns/tenable__nessus__nessus_many_vuln2-default.csv": "nessus",
    "vulns/tenable__tenable_many_vuln.csv": "tenable-vm",
    "vulns/trivy__legacy_many_vulns.json": "trivy",
    "vulns/trivy__scheme_2_many_vulns.json": "trivy",
    "vulns/wiz__resolved_findings.csv": "wiz-issues",
}
"""Each real export and the one reader that knows it."""

NOT_READ = {
    "formats/fedramp_poam_excel_header.txt": "a header alone, used to test the reader's headers",
    "formats/jira_cloud_csv_header.txt": "a header alone, used to test the reader's headers",
    "incidents/vcdb_give_flat.csv": "a flattened copy of vcdb_give.jsonl.gz, made by a script",
    "vulns/sbom_protonbridge_1.8.cdx.json": "a bill of materials without a scan: refused, said why",
    **{
        f"formats/cisoassistant_{name}_template.xlsx": "an empty template of another program"
        for name in (
            *("applied_controls", "business_impact_analysis", "incidents", "risk_assessment"),
            *("third_parties", "vulnerabilities"),
        )
    },
}
"""Files that fill no table, and why."""

CONSTANTS = {
    "aws-security-hub": "",
    "black-duck": 'first_seen_on = "2026-08-03"',
    "cyclonedx": 'first_seen_on = "2026-08-03"',
    "grype": 'first_seen_on = "2026-08-03"',
    "nessus": 'first_seen_on = "2026-08-03"',
    "oscal-assessment-results": 'quarter = "2026-Q3", framework = "soc2"',
    "prowler-v2-csv": 'checked_on = "2026-08-03"',
    "riskrecon-findings": 'quarter = "2026-Q3"',
    "sarif": 'first_seen_on = "2026-08-03"',
    "securityscorecard-portfolio": 'quarter = "2026-Q3"',
    "sysdig": 'first_seen_on = "2026-08-03"',
    "trivy": 'first_seen_on = "2026-08-03"',
    "xccdf-results": 'checked_on = "2026-08-03"',
}
"""What a reader's export does not hold and a user must say."""


def real_files(shared: Path) -> set[str]:
    """Every data file, below the shared folder; reference results are no exports."""
    return {
        path.relative_to(shared).as_posix()
        for path in shared.rglob("*")
        if path.is_file() and path.suffix != ".md" and "reference" not in path.parts
    }


def test_every_file_is_listed(shared: Path) -> None:
    """So that none is added to the folder and never tried."""
    assert real_files(shared) == {*READERS, *NOT_READ}


@pytest.mark.parametrize("file", READERS)
def test_exactly_one_reader_knows_it(file: str, shared: Path) -> None:
    """By its content alone: its name is changed."""
    content = unpacked(file, (shared / file).read_bytes())
    suffix = "".join(Path(file.removesuffix(".gz")).suffixes[-1:])
    known = recognize(peek(f"export{suffix}", content), tuple(readers_by_id().values()))
    assert [each.reader.id for each in known] == [READERS[file]]


def test_every_reader_with_a_sample_is_tried() -> None:
    """A reader that claims a real export has one here."""
    claimed = {each.id for each in readers_by_id().values() if each.evidence == "a real export"}
    assert claimed <= set(READERS.values())


@pytest.mark.slow
@pytest.mark.parametrize("file", READERS)
def test_every_row_is_accounted_for(file: str, shared: Path, make_real: MakeReal) -> None:
    """Pointed at, with what the tool cannot know: nothing stops, and the counts add up."""
    name = f"ciso/{Path(file).name}"
    constants = CONSTANTS.get(READERS[file], "")
    block = f'\n[[source]]\nfile = "{name}"\nconstants = {{ {constants} }}\n'
    folder = make_real({name: file}, "2026-Q3", more_toml=block)
    inputs = read_inputs(folder)
    assert inputs.stops == (), READERS[file]
    (part,) = [each for each in inputs.loaded.reconciliation if each.file == name]
    assert part.read == ends(part)
    assert part.table == readers_by_id()[READERS[file]].table


def ends(part: Reconciliation) -> int:
    """All counts but those read."""
    names = ("used", "rejected", "duplicate", "superseded", "left_out", "out_of_period")
    return sum(getattr(part, name) for name in (*names, "merged", "unmatched"))


@pytest.mark.parametrize("file", NOT_READ)
def test_what_fills_no_table_says_so(file: str, shared: Path, make_real: MakeReal) -> None:
    """A clear finding that stops, never an empty table."""
    name = f"ciso/{Path(file).name}"
    inputs = read_inputs(make_real({name: file}, "2026-Q3"))
    codes = {each.code for each in inputs.loaded.findings if each.file == name}
    if file.endswith("_header.txt"):
        assert "no_rows" in codes or codes
        return
    assert any(each.stops for each in inputs.loaded.findings if each.file == name), codes
