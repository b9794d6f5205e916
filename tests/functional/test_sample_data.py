"""The sample company: made again from its seed, read without a stop, and true to its story."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from board_report.model import Severity
from board_report.project import Project, load_project
from board_report.resources import sample_folder
from board_report.tables.catalogue import TABLES
from board_report.tables.joint import SUB_ITEMS
from board_report.tables.load import LoadedTables, load_tables

SAMPLE = sample_folder()
ANSWERS = json.loads((SAMPLE / "known_answers.json").read_text(encoding="utf-8"))["answers"]
WORKBOOK = "cto/investment_plan.xlsx"
GENERATED = (
    "ciso/compliance_assessments.csv", "ciso/control_coverage.csv", "ciso/csf_profile.csv",
    "ciso/knowbe4_enrollments.json", "ciso/phishing_tests.csv", "ciso/risk_register.csv",
    "ciso/securityscorecard_portfolio.csv", "ciso/servicenow_incidents.csv",
    "ciso/splunk_notables.csv", "ciso/tenable_vulnerabilities.csv", "cto/designs.csv",
    "cto/gitlab_deployments.csv", "cto/systems.csv", "cto/technology_adoption.csv",
    "cto/zero_trust.csv",
)  # fmt: skip
PAGES = {
    "decisions", "risk-against-appetite", "what-changed", "incidents",
    "detect-and-respond", "exposure", "third-parties", "people", "control-coverage", "csf-profile",
    "compliance-and-audit", "technology-adoption", "secure-by-design", "zero-trust",
    "ai-governance", "investment", "operating-model", "disclosure-readiness",
}  # fmt: skip
pytestmark = pytest.mark.xdist_group("known_answers")


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(SAMPLE)


@pytest.fixture(scope="module")
def loaded(project: Project) -> LoadedTables:
    return load_tables(project)


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project whose generated files were deleted and made again."""
    copy = tmp_path_factory.mktemp("again") / "sample"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*GENERATED, WORKBOOK):
        (copy / name).unlink()
    command = [sys.executable, "-B", SAMPLE / "generate.py", copy]
    subprocess.run(command, check=True, capture_output=True)
    return copy


def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def at(metric_id: str, quarter: str = "2026-Q3") -> float:
    return float(ANSWERS[metric_id][quarter])


# --- the generator -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GENERATED)
def test_generator_makes_the_committed_file(made_again: Path, name: str) -> None:
    """Byte for byte; a digest, so that a difference does not print a megabyte."""
    digests = [
        hashlib.sha256((folder / name).read_bytes()).hexdigest() for folder in (SAMPLE, made_again)
    ]
    assert digests[0] == digests[1]


def test_generator_makes_the_committed_workbook(made_again: Path) -> None:
    """Cell for cell: the bytes depend on the library that compresses them."""
    from openpyxl import load_workbook

    cells = [
        [[cell.value for cell in row] for row in load_workbook(folder / WORKBOOK)["Plan"]]
        for folder in (SAMPLE, made_again)
    ]
    assert len(cells[0]) == 2 + 1 + 7 * 12
    assert cells[0] == cells[1]


def test_generator_writes_nothing_else(made_again: Path) -> None:
    """What is kept by hand stays as it was."""
    for path in made_again.rglob("*"):
        name = path.relative_to(made_again).as_posix()
        if path.is_file() and name not in (*GENERATED, WORKBOOK):
            assert path.read_bytes() == (SAMPLE / name).read_bytes(), name


# --- reading it ----------------------------------------------------------------------------------


def test_every_table_is_given_and_nothing_stops(loaded: LoadedTables) -> None:
    assert not loaded.stops
    assert [name for name in TABLES if not loaded.tables.measured(name)] == []


def test_every_row_is_accounted_for(loaded: LoadedTables) -> None:
    """Rows read are the rows of the file; each is used, set aside, or a repeat."""
    for part in loaded.reconciliation:
        assert part.read == part.used + part.rejected + part.duplicate, part.file
    by_file = {part.file: part for part in loaded.reconciliation}
    assert by_file["ciso/servicenow_incidents.csv"].read == 8 * 19 == 152
    assert by_file["cto/gitlab_deployments.csv"].read == (
        1105 + 1130 + 1150 + 1175 + 1180 + 1215 + 1250 + 1284
    )
    assert by_file["ciso/csf_profile.csv"].read == 22 * 8
    assert by_file[WORKBOOK].read == 7 * 12


def test_exactly_the_documented_faults_are_found(loaded: LoadedTables) -> None:
    """Three rows set aside, one repeat, one dead link; the README names each."""
    serious = {
        (each.code, each.file) for each in loaded.findings if each.severity is not Severity.NOTE
    }
    assert serious == {
        ("out_of_order", "ciso/servicenow_incidents.csv"),
        ("bad_date", "ciso/knowbe4_enrollments.json"),
        ("part_above_whole", "cto/gitlab_deployments.csv"),
        ("unknown_reference", "ciso/splunk_notables.csv"),
    }
    assert len(loaded.rejected) == 3
    assert sum(part.duplicate for part in loaded.reconciliation) == 1
    told = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for row in loaded.rejected:
        assert row.cells[0] in told
    assert "F02400" in told
    assert "INC0009999" in told


def test_exports_keep_their_warts() -> None:
    assert (SAMPLE / "ciso/phishing_tests.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\n\n" in (SAMPLE / "ciso/securityscorecard_portfolio.csv").read_bytes()
    assert b"Quarter;Control;Unit" in (SAMPLE / "ciso/control_coverage.csv").read_bytes()
    assert any(row["score"] == "N/A" for row in rows("ciso/securityscorecard_portfolio.csv"))
    assert any(row["u_occurred_at"] == "?" for row in rows("ciso/servicenow_incidents.csv"))


def test_no_local_time_is_one_that_clocks_show_twice(loaded: LoadedTables) -> None:
    """Times without a zone are only then read one way."""
    assert not {each.code for each in loaded.findings} & {"time_repeated", "time_skipped"}


def test_sample_is_small_enough_to_ship() -> None:
    data = [path for name in ("ciso", "cto", "governance") for path in (SAMPLE / name).iterdir()]
    assert sum(path.stat().st_size for path in data) < 3_500_000


def test_every_target_names_a_metric(project: Project) -> None:
    assert {target.metric_id for target in project.targets.values()} <= set(ANSWERS)
    assert len(project.targets) > 50


# --- the story -----------------------------------------------------------------------------------


def test_detection_is_twice_as_fast_as_a_year_ago() -> None:
    assert at("mttd") < 24 < 38 < at("mttd", "2025-Q3")
    assert at("mttd") < 0.55 * at("mttd", "2025-Q3")


def test_recovery_has_not_moved_and_misses_its_target() -> None:
    assert all(45 <= value <= 55 for value in ANSWERS["mttr"].values())


def test_ransomware_of_july_is_on_record() -> None:
    found = [
        row for row in rows("ciso/servicenow_incidents.csv") if row["priority"] == "1 - Critical"
    ]
    assert len(found) == 1
    case = found[0]
    assert case["u_business_unit"] == "Diagnostics"
    assert case["u_detected_at"].startswith("2026-07-14")
    assert (case["u_outage_hours"], case["u_direct_cost"]) == ("38.0", "3100000")
    assert case["u_materiality"] == "Determined not material"
    assert date.fromisoformat(case["u_materiality_date"]) > date(2026, 7, 14)


def test_vendor_exposure_is_under_review_and_open() -> None:
    found = [
        row
        for row in rows("ciso/servicenow_incidents.csv")
        if row["u_materiality"] == "Under review"
    ]
    assert [(row["u_vendor"], row["resolved_at"]) for row in found] == [("V-007", "")]
    vendors = {row["id"]: row["tier"] for row in rows("ciso/securityscorecard_portfolio.csv")}
    assert vendors["V-007"] == "1"


def test_home_care_had_a_quarter_without_incidents(loaded: LoadedTables) -> None:
    frame = loaded.tables.frame("incidents")
    quiet = frame[
        (frame["business_unit"] == "Home Care")
        & (frame["detected_at"] >= "2026-01-01")
        & (frame["detected_at"] < "2026-04-02")
    ]
    assert len(quiet) == 0
    assert (frame["business_unit"] == "Home Care").sum() > 5


def test_exploited_flaws_fell_from_31_to_6_with_two_on_crown_jewels() -> None:
    series = list(ANSWERS["kev_overdue"].values())
    assert series == sorted(series, reverse=True)
    assert (series[0], series[-1], at("kev_overdue.crown_jewel")) == (31, 6, 2)


def test_crown_jewels_are_patched_better_than_before() -> None:
    assert at("crown_jewel_patch_sla", "2024-Q4") == pytest.approx(0.84, abs=0.01)
    assert at("crown_jewel_patch_sla") == pytest.approx(0.91, abs=0.01)


def test_restores_are_the_weak_control() -> None:
    others = ("edr", "siem", "firewall_review", "mfa", "pam")
    assert at("restore_tested_coverage") < 0.6
    assert min(at(f"{each}_coverage") for each in others) > 0.8


def test_secure_delivery_reaches_its_target_for_the_first_time() -> None:
    series = list(ANSWERS["secure_code_deployment_rate"].values())
    assert max(series[:-1]) < 0.95 <= series[-1]


def test_technology_story() -> None:
    assert at("time_to_secure_approval", "2025-Q3") == 36
    assert at("time_to_secure_approval") == 22
    launched = [
        row for row in rows("cto/technology_portfolio.csv") if row["live_on"] > "2025-09-30"
    ]
    unreviewed = [
        row["name"]
        for row in launched
        if not row["review_passed_on"] or row["review_passed_on"] > row["live_on"]
    ]
    assert unreviewed == ["Courier marketplace link", "Warehouse vision pilot"]
    portfolio = rows("cto/technology_portfolio.csv")
    largest = max(portfolio, key=lambda row: float(row["budget"]))
    assert (largest["review_booked_for"], largest["review_passed_on"]) == ("", "")


def test_estate_and_artificial_intelligence() -> None:
    assert (at("systems_past_support"), at("systems_past_support.crown_jewel")) == (17, 3)
    assert at("ai_use_cases") == 34
    assert at("ai_gate_coverage") == pytest.approx(30 / 34)
    assert at("ai_sensitive_ungated") == 1


def test_third_parties_audit_and_acceptances() -> None:
    assert (at("third_parties_count"), at("third_parties_unrated")) == (42, 1)
    assert at("tier_1_assessed_share") == pytest.approx(7 / 9)
    assert at("audit_findings_overdue") == 2
    assert sum(row["is_repeat"] == "true" for row in rows("ciso/audit_findings.csv")) == 1
    assert at("acceptances_lapsed") == 1


def test_compliance_has_a_full_score_a_gap_and_a_part_not_assessed() -> None:
    assert at("pci_dss_score") == 1
    assert at("hipaa_score") < 0.85
    now = [row for row in rows("ciso/compliance_assessments.csv") if row["quarter"] == "2026-Q3"]
    assert sum(row["result"] == "not_assessed" for row in now if row["framework"] == "gdpr") == 6
    assert at("csf_assessed_share") == pytest.approx(17 / 22)


def test_scenarios_have_short_titles_and_intervals() -> None:
    now = [row for row in rows("ciso/risk_register.csv") if row["quarter"] == "2026-Q3"]
    assert len(now) == 12
    for row in now:
        assert len(row["short_title"]) <= 22
        assert 0 < float(row["events_low"]) < float(row["events_high"])
        assert 0 < float(row["loss_low"]) < float(row["loss_high"])


def test_one_figure_of_earlier_decks_was_restated() -> None:
    """All others are what today's data give."""
    changed = []
    for row in rows("governance/reported_figures.csv"):
        today = ANSWERS[row["metric_id"]][row["quarter"]]
        if today != pytest.approx(float(row["value"]), abs=5e-7):
            changed.append((row["metric_id"], row["quarter"], bool(row["restatement_reason"])))
    assert changed == [("mttr", "2026-Q2", True)]


# --- governance ----------------------------------------------------------------------------------


def test_only_one_activity_has_two_accountable_officers() -> None:
    answering: dict[str, list[str]] = {}
    for row in rows("governance/raci.csv"):
        if "A" in row["assignment"].split("/"):
            answering.setdefault(row["activity"], []).append(row["role"])
    activities = {row["activity"] for row in rows("governance/raci.csv")}
    assert set(answering) == activities
    assert len(activities) >= 10
    assert {name: who for name, who in answering.items() if len(who) != 1} == {
        "Waive a secure review": ["CISO", "CTO"]
    }


def test_every_sub_item_is_answered_and_one_only_partly() -> None:
    statements = rows("governance/attestations.csv")
    assert {row["sub_item"] for row in statements} == set(SUB_ITEMS)
    assert {row["sub_item"] for row in statements if not row["attested_on"]} == {"106(b)(1)(ii)"}
    assert {row["sub_item"] for row in rows("governance/item_106_facts.csv")} == set(SUB_ITEMS)


def test_attestations_name_no_person_and_no_figure_of_their_own() -> None:
    """Counts stand as live figures only, and of public metrics only."""
    names = {name for row in rows("governance/people.csv") for name in row["person_name"].split()}
    for row in rows("governance/attestations.csv"):
        plain = re.sub(r"\{\{.*?\}\}", "", row["statement"])
        assert not names & set(re.findall(r"[A-Za-z]+", plain)), row["attestation_id"]
        assert set(re.findall(r"\d+", plain)) <= {"2026"}, row["attestation_id"]
        assert len(row["statement"]) <= 300
    live = re.findall(r"metric\('(\w+)'\)", (SAMPLE / "governance/attestations.csv").read_text())
    assert sorted(live) == ["committee_cyber_meetings", "training_completion"]


def test_decisions_of_this_quarter_and_the_fate_of_the_last() -> None:
    found = rows("governance/decisions.csv")
    asked = [row["decision_id"] for row in found if row["quarter"] == "2026-Q3"]
    last = [row["state"] for row in found if row["quarter"] == "2026-Q2"]
    assert asked == ["D-31", "D-32", "D-33"]
    assert sorted(last) == ["approved", "deferred", "done", "done", "done"]


def test_joint_kpis_are_metrics_and_many() -> None:
    known = {*ANSWERS, "loss_1_in_20"}
    kpis = [row["metric_id"] for row in rows("governance/joint_kpis.csv")]
    assert len(kpis) >= 8
    assert set(kpis) <= known


# --- commentary ----------------------------------------------------------------------------------


def test_every_page_has_commentary() -> None:
    found = {path.stem for path in (SAMPLE / "commentary").glob("*.md")}
    assert found == PAGES
    for path in (SAMPLE / "commentary").glob("*.md"):
        assert path.read_text(encoding="utf-8").startswith(
            f"---\npage: {path.stem}\nquarter: 2026-Q3\n---\n"
        )


@pytest.mark.parametrize("page", sorted(PAGES))
def test_commentary_is_short_and_types_no_figure(page: str) -> None:
    """At most about thirty words a judgement; digits only in dates and decision numbers."""
    text = (SAMPLE / f"commentary/{page}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    plain = re.sub(r"\{\{.*?\}\}", "figure", text)
    for judgement in re.findall(r"## What it means: \w+\n(.*)\n", plain):
        assert len(judgement.split()) <= 36
    without = re.sub(r"D-\d\d|\d{4}-\d\d-\d\d|by \d\d? [A-Z][a-z]{2} \d{4}", "", plain)
    assert re.findall(r"\d+", without) == []
    assert 1 <= len(re.findall(r"^- .+ \| [A-Z]+ \| \d{4}-\d\d-\d\d$", plain, re.MULTILINE)) <= 3
    assert len(re.findall(r"^## What we need\n.+ \| .+\n$", plain, re.MULTILINE)) == 1
