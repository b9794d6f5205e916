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
from board_report.tables.item_106 import SUB_ITEMS
from board_report.tables.joint import RACI_SUBJECTS
from board_report.tables.load import LoadedTables, load_tables

SAMPLE = sample_folder()
ANSWERS = json.loads((SAMPLE / "known_answers.json").read_text(encoding="utf-8"))["answers"]
WORKBOOK = "cto/investment_plan.xlsx"
GENERATED = (
    "ciso/compliance_assessments.csv", "ciso/control_coverage.csv", "ciso/csf_profile.csv",
    "ciso/knowbe4_enrollments.json", "ciso/phishing_tests.csv",
    "ciso/risk_correlations.csv", "ciso/risk_inputs.csv", "ciso/risk_register.csv",
    "ciso/securityscorecard_portfolio.csv", "ciso/servicenow_incidents.csv",
    "ciso/splunk_notables.csv", "ciso/tenable_vulnerabilities.csv", "cto/designs.csv",
    "cto/gitlab_deployments.csv", "cto/initiative_effects.csv", "cto/initiatives.csv",
    "cto/systems.csv", "cto/technology_adoption.csv",
    "cto/zero_trust.csv",
    *(
        path.relative_to(SAMPLE).as_posix()
        for path in sorted((SAMPLE / "governance" / "incidents").glob("*/*"))
    ),
)  # fmt: skip
PAGES = {
    "decisions", "risk-against-appetite", "what-changed", "incidents",
    "detect-and-respond", "exposure", "third-parties", "people", "control-coverage", "csf-profile",
    "compliance-and-audit", "technology-adoption", "secure-by-design", "zero-trust",
    "ai-governance", "investment", "operating-model", "vendor-scorecards", "horizon",
    "disclosure-readiness",
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


NOT_GIVEN = {
    *("cloud_costs", "configuration_checks", "exploit_predictions", "it_projects"),
    *("repository_scores", "third_party_findings", "filing_closings"),
}
"""Tables that not every company has: the sample shows a report without them."""


def test_every_table_is_given_and_nothing_stops(loaded: LoadedTables) -> None:
    assert not loaded.stops
    assert {name for name in TABLES if not loaded.tables.measured(name)} == NOT_GIVEN


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
    *earlier, now = ANSWERS["mttr"].values()
    assert all(45 <= value <= 55 for value in earlier)
    assert now == pytest.approx(57.35)  # with three that are still open; 49 without them


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
    # asked for on 1 and 17 July and 23 September 2025, approved 27, 36 and 27 days later
    assert at("time_to_secure_approval", "2025-Q3") == 27
    assert at("time_to_secure_approval") == 28
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


def test_the_row_that_caused_the_restatement_is_known(
    project: Project, loaded: LoadedTables
) -> None:
    from board_report.pipeline import Inputs, compute_figures, restated

    inputs = Inputs(project, loaded)
    figures, _ = compute_figures(inputs, only=("mttr",))
    (found,) = restated(inputs, figures)
    (row,) = found.rows
    assert (row.record, row.columns) == ("INC0014084", ("recovered_at",))
    assert (row.file, row.line) == ("ciso/servicenow_incidents.csv", 134)


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


def test_last_years_filing_speaks_of_every_sub_item_and_one_passage_is_confirmed() -> None:
    filed = rows("governance/prior_disclosure.csv")
    assert {row["sub_item"] for row in filed} == set(SUB_ITEMS)
    assert {(row["fiscal_year"], row["filed_on"]) for row in filed} == {("2025", "2026-02-20")}
    confirmed = [row for row in rows("governance/attestations.csv") if row["carried_from"]]
    assert [(row["attestation_id"], row["carried_from"]) for row in confirmed] == [
        ("AT-20", "2025")
    ]
    assert {(row["sub_item"], row["position"]) for row in confirmed} <= {
        (row["sub_item"], row["position"]) for row in filed
    }


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
    kpis = rows("governance/joint_kpis.csv")
    assert len({row["metric_id"] for row in kpis}) == len(kpis) == 11
    assert {row["metric_id"] for row in kpis} <= known
    assert all(row["ciso_part"] and row["cto_part"] for row in kpis)


def test_every_decision_that_matters_is_one_activity() -> None:
    found: dict[str, set[str]] = {}
    for row in rows("governance/raci.csv"):
        found.setdefault(row["subject"], set()).add(row["activity"])
    other = found.pop("")
    assert set(found) == set(RACI_SUBJECTS)
    assert all(len(activities) == 1 for activities in found.values())
    assert len(other) + len(found) <= 16


def test_one_decision_was_taken_by_somebody_who_does_not_answer_for_it() -> None:
    answering = {
        (row["activity"], row["role"])
        for row in rows("governance/raci.csv")
        if "A" in row["assignment"].split("/")
    }
    outside = [
        row["entry_id"]
        for row in rows("governance/decision_log.csv")
        if (row["activity"], row["decided_by_role"]) not in answering
    ]
    assert outside == ["DL-10"]


def test_promises_of_past_decisions() -> None:
    """One was kept, two were not, three cannot be told by a figure."""
    kept = {}
    for row in rows("governance/decisions.csv"):
        if row["promise"]:
            metric_id = row["promised_metric_id"]
            at_most = metric_id == "systems_past_support"
            reached = (at(metric_id), float(row["promised_value"])) if metric_id else None
            kept[row["decision_id"]] = reached and (
                reached[0] <= reached[1] if at_most else reached[0] >= reached[1]
            )
    assert kept == {
        "D-21": True, "D-22": None, "D-26": False, "D-27": None, "D-28": None, "D-29": False,
    }  # fmt: skip


def test_options_of_each_decision_asked() -> None:
    found = rows("governance/decision_options.csv")
    assert [row["decision_id"] for row in found] == [
        each for each in ("D-31", "D-32", "D-33") for _ in range(3)
    ]
    advised = {
        leader: [
            row["decision_id"] + row["option"]
            for row in found
            if row[f"is_recommended_by_{leader}"] == "true"
        ]
        for leader in ("ciso", "cto")
    }
    assert advised == {"ciso": ["D-31A", "D-32A", "D-33A"], "cto": ["D-31A", "D-32A", "D-33B"]}


# --- working together ----------------------------------------------------------------------------


def test_tools_have_one_gap_and_one_double() -> None:
    tools = [row for row in rows("governance/tool_inventory.csv") if not row["retired_on"]]
    assert [row["tool_id"] for row in tools if not row["owner_role"]] == ["TL-12"]
    owners: dict[str, set[str]] = {}
    for row in tools:
        owners.setdefault(row["category"], set()).add(row["owner_role"])
    assert [name for name, roles in owners.items() if len(roles) > 1] == ["edr"]


def test_hand_overs_lie_within_their_incident(loaded: LoadedTables) -> None:
    """Each major incident has one to three, from one office to the other."""
    incidents = loaded.tables.frame("incidents").set_index("incident_id")
    major = incidents[incidents["severity"].isin(["critical", "high"])]
    handovers = loaded.tables.frame("incident_handovers")
    assert set(handovers["incident_id"]) == set(major.index)
    assert handovers.groupby("incident_id").size().between(1, 3).all()
    for row in handovers.itertuples():
        case = major.loc[row.incident_id]
        assert case["detected_at"] <= row.handed_over_at
        for ended in (row.handed_over_at, row.taken_up_at):
            assert not ended > case["recovered_at"], row.incident_id
        assert {row.from_role, row.to_role} == {"CISO", "CTO"}
    waiting = handovers[handovers["taken_up_at"].isna()]
    assert list(waiting["incident_id"]) == ["INC0014390"]


def test_time_lost_in_july_is_the_most_of_all() -> None:
    lost = ANSWERS["handover_time_lost"]
    assert lost["2026-Q3"] == max(lost.values()) == 0.75 + 6.5 + 4.5 + 3.25 + 2.5
    assert lost["2026-Q3"] > 8


def test_actions_of_a_review_follow_it() -> None:
    held = {row["review_id"]: row["held_on"] for row in rows("governance/incident_reviews.csv")}
    linked = [row for row in rows("governance/joint_actions.csv") if row["review_id"]]
    assert {row["origin"] for row in linked} == {"post_incident_review"}
    assert all(held[row["review_id"]] <= row["raised_on"] for row in linked)
    july = [row for row in linked if row["review_id"] == "PIR-15"]
    assert len(july) == 6


def test_weights_decide_the_open_choice_of_a_vendor_alone() -> None:
    """In VS-08 either vendor can lead; in the other choices that both scored the order stands."""
    totals: dict[str, dict[str, dict[str, float]]] = {}
    for row in rows("governance/vendor_scores.csv"):
        of_vendor = totals.setdefault(row["selection_id"], {}).setdefault(row["vendor_name"], {})
        office = row["scored_by_role"]
        points = float(row["weight"]) * float(row["score"])
        of_vendor[office] = of_vendor.get(office, 0.0) + points
    leaders = {}
    for number, vendors in totals.items():
        if all(len(offices) == 2 for offices in vendors.values()):
            leaders[number] = {
                max(
                    vendors,
                    key=lambda v, w=w, of=vendors: w * of[v]["CISO"] + (1 - w) * of[v]["CTO"],
                )
                for w in (0.3, 0.4, 0.5, 0.6, 0.7)
            }
    assert leaders == {
        "VS-04": {"Stonewick Vaults"},
        "VS-06": {"Brightmoor Ratings"},
        "VS-07": {"Pellworth Forensics"},
        "VS-08": {"Sable Managed Backup", "Tarnholm Storage"},
    }
    for row in rows("governance/vendor_selections.csv"):
        assert row["chosen_vendor"] in {*totals[row["selection_id"]], ""}


def test_weights_of_criteria_come_to_one() -> None:
    sums: dict[tuple[str, str, str], float] = {}
    for row in rows("governance/vendor_scores.csv"):
        key = (row["selection_id"], row["vendor_name"], row["scored_by_role"])
        sums[key] = sums.get(key, 0.0) + float(row["weight"])
    assert {round(total, 9) for total in sums.values()} == {1.0}


def test_two_scenarios_crossed_into_the_high_band(project: Project, loaded: LoadedTables) -> None:
    from board_report.period import Window
    from board_report.pipeline.inputs import report_windows
    from board_report.risk.read import read_risks

    def bands(window: Window) -> dict[str, str]:
        reading = read_risks(loaded.tables, window, project.company.currency)
        assert reading is not None
        return {
            each.risk_id: [
                name for name, least in project.risk.bands if each.expected_loss >= least
            ][-1]
            for each in reading.scenarios
        }

    before, now = (bands(each) for each in report_windows(project)[-2:])
    moved = {name: (before[name], now[name]) for name in now if before[name] != now[name]}
    assert moved == {"R-03": ("moderate", "high"), "R-04": ("moderate", "high")}


def test_horizon_names_a_source_before_the_report_and_an_action_of_each_leader() -> None:
    found = rows("governance/horizon.csv")
    assert len(found) == 10, "a page holds ten: nothing is left out"
    for row in found:
        assert row["source_dated_on"] <= "2026-09-30"
        assert row["source"]
        assert "2026-09-30" < row["ciso_due_on"] <= "2027-06-30", row["item_id"]
        assert "2026-09-30" < row["cto_due_on"] <= "2027-06-30", row["item_id"]
        assert row["ciso_action"]
        assert row["cto_action"]


def test_words_by_hand_are_plain() -> None:
    """No cell begins as a formula would, none is long, and all names are those of roles."""
    for name in ("tool_inventory", "decision_options", "decision_log", "disputes",
                 "incident_handovers", "incident_reviews", "vendor_selections", "vendor_scores",
                 "threat_intelligence", "horizon"):  # fmt: skip
        for row in rows(f"governance/{name}.csv"):
            for cell in row.values():
                assert cell[:1] not in ("=", "+", "-", "@"), (name, cell)
                assert len(cell) <= 90, (name, cell)


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
    if page == "decisions":  # its options take the whole width: notes and questions alone
        return
    assert 1 <= len(re.findall(r"^- .+ \| [A-Z]+ \| \d{4}-\d\d-\d\d$", plain, re.MULTILINE)) <= 3
    assert len(re.findall(r"^## What we need\n.+ \| .+\n$", plain, re.MULTILINE)) == 1
