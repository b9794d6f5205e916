"""The sample company without what an export cannot know: nothing is made up, nothing breaks."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import pytest

from board_report import pipeline
from board_report.metrics.catalogue import metric_catalogue
from board_report.pipeline import Built, build

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample_build")]

DROPPED = {
    "ciso/servicenow_incidents.csv": {
        "business_unit": "u_business_unit",
        "category": "category",
        "severity": "priority",
        "detected_by": "u_detected_by",
        "materiality_state": "u_materiality",
    },
    "ciso/splunk_notables.csv": {"source": "security_domain", "business_unit": "bu"},
    "ciso/tenable_vulnerabilities.csv": {
        "asset_tier": "Asset Tier",
        "business_unit": "Business Unit",
        "exposure": "Exposure",
        "due_on": "Due Date",
    },
    "ciso/knowbe4_enrollments.json": {
        "business_unit": "user",
        "audience_group": "user",
        "due_on": "due_date",
    },
    "ciso/phishing_tests.csv": {
        "business_unit": "group",
        "difficulty": "template_difficulty",
        "reported": "reported_count",
    },
    "ciso/securityscorecard_portfolio.csv": {"tier": "tier"},
    "cto/gitlab_deployments.csv": {
        "business_unit": "bu",
        "gates_required": "gates_required",
        "gates_passed": "gates_passed",
        "bypass": "bypass",
    },
    "cto/technology_portfolio.csv": {
        "objective": "objective",
        "owner_role": "owner_role",
        "requested_on": "requested_on",
    },
}
"""File to the columns that it loses: our name, and the header in the file."""

TABLES = {
    "ciso/servicenow_incidents.csv": "incidents",
    "ciso/splunk_notables.csv": "detections",
    "ciso/tenable_vulnerabilities.csv": "vulnerability_findings",
    "ciso/knowbe4_enrollments.json": "training_enrollments",
    "ciso/phishing_tests.csv": "phishing_campaigns",
    "ciso/securityscorecard_portfolio.csv": "third_parties",
    "cto/gitlab_deployments.csv": "deployments",
    "cto/technology_portfolio.csv": "technology_portfolio",
}
"""File to the table that it fills."""

NOT_MEASURED = {
    "major_incidents": "no row of security incidents says its severity",
    "incident_reviews_held": "no row of security incidents says its severity",
    "handover_time_lost": "no row of security incidents says its severity",
    "materiality_reviews_open": "no row of security incidents says its materiality state",
    "patch_sla_compliance": "no row of vulnerability findings says its due date",
    "crown_jewel_patch_sla": "no row of vulnerability findings says its due date",
    "vulnerabilities_overdue": "no row of vulnerability findings says its due date",
    "security_debt_burned_down": "no row of vulnerability findings says its due date",
    "internet_criticals_open": "no row of vulnerability findings says its exposure",
    "training_completion": "no row of security training says its due date",
    "phishing_report_rate": "no row of phishing simulations says its number of reports",
    "tier_1_assessed_share": "no row of third parties says its tier",
    "secure_code_deployment_rate": "no row of production deployments says its state of bypass",
    "unapproved_bypasses": "no row of production deployments says its state of bypass",
    "reviews_not_booked": "no row of technology portfolio says its date of request",
}
WITHHELD = {"self_detected_share", "time_to_secure_approval"}
"""Figures that count the unknown themselves: all of it is, so nothing can be printed."""
DERIVED = {"joint_kpis_on_target"}


def without_columns(folder: Path, name: str, dropped: dict[str, str]) -> None:
    """Take the columns out of one file of the sample."""
    path = folder / name
    headers = set(dropped.values())
    if path.suffix == ".json":
        rows = json.loads(path.read_text(encoding="utf-8"))
        kept = [{key: row[key] for key in row if key not in headers} for row in rows]
        path.write_text(json.dumps(kept), encoding="utf-8")
        return
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert headers <= set(rows[0]), name
    # a planted row that contradicts itself does so no more without the columns: it stays out
    rows = [
        row for row in rows if int(row.get("gates_passed", 0)) <= int(row.get("gates_required", 0))
    ]
    kept = [{key: row[key] for key in row if key not in headers} for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(kept[0]))
        writer.writeheader()
        writer.writerows(one_for_each_campaign(kept) if "phishing" in name else kept)


def one_for_each_campaign(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """What a tool that knows no business units says: one row for each campaign, with its sums."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        first = found.setdefault(
            row["pst_id"], {**row, "delivered_count": "0", "clicked_count": "0"}
        )
        for column in ("delivered_count", "clicked_count"):
            first[column] = str(int(first[column]) + int(row[column]))
    return list(found.values())


def without_mappings(report: str) -> str:
    """report.toml without the lines that speak of the columns taken away."""
    blocks = re.split(r"(?m)^(?=\[\[source\]\])", report)
    return "".join(_without_lines(block) for block in blocks)


def _without_lines(block: str) -> str:
    file = re.search(r'(?m)^file = "(.*)"', block)
    dropped = DROPPED.get(file[1], {}) if file else {}
    kept, is_inside = [], False
    for line in block.splitlines(keepends=True):
        if line.startswith("["):
            is_inside = line.strip() in {f"[source.values.{each}]" for each in dropped}
        if is_inside or any(line.startswith(f"{each} = ") for each in dropped):
            continue
        kept.append(line)
    return "".join(kept)


@pytest.fixture(scope="module")
def silent(pristine_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """All documents of the sample company without those columns, and without its leaders' words."""
    folder = tmp_path_factory.mktemp("silent") / "project"
    shutil.copytree(pristine_project, folder)
    shutil.rmtree(folder / "commentary")
    for name, dropped in DROPPED.items():
        without_columns(folder, name, dropped)
    report = folder / "report.toml"
    report.write_text(without_mappings(report.read_text(encoding="utf-8")), encoding="utf-8")
    return build(folder, tmp_path_factory.mktemp("silent-built") / "output")


def figures_of(built: Built) -> dict[str, dict]:
    found = json.loads((built.folder / "metrics.json").read_bytes())
    return {each["id"]: each for each in found["metrics"]}


def pages_of(built: Built) -> Iterator[tuple[str, str]]:
    """Every page of every document, with its name and its text."""
    for path in sorted(built.folder.rglob("*.pdf")):
        document = pypdfium2.PdfDocument(path.read_bytes())
        try:
            for at, page in enumerate(document, 1):
                yield f"{path.name}, page {at}", page.get_textpage().get_text_range()
        finally:
            document.close()


def test_every_document_is_built(silent: Built, sample_build: Built) -> None:
    def names(built: Built) -> set[str]:
        return {path.name for path in built.folder.rglob("*.pdf")}

    assert names(silent) == names(sample_build)
    assert pipeline.DECK in names(silent)


def words_around(built: Built, pattern: str) -> dict[str, str]:
    """Each match of a pattern with the words about it, and the page that it stands on."""
    found = {}
    for page, text in pages_of(built):
        line = " ".join(text.split())
        for match in re.finditer(pattern, line):
            found[line[max(match.start() - 30, 0) : match.end() + 15]] = page
    return found


def test_no_page_prints_the_programs_own_word_for_what_is_missing(
    silent: Built, sample_build: Built
) -> None:
    """“None” is a word of the report as well: it stands where it stands in the whole sample."""
    assert len(list(pages_of(silent))) > 30
    assert words_around(silent, r"\b(?:nan|NaN|NaT)\b|<NA>") == {}
    own = words_around(sample_build, r"\bNone\b")
    assert own
    assert set(words_around(silent, r"\bNone\b")) <= set(own)


def test_figures_that_need_a_column_are_not_measured(silent: Built) -> None:
    now = {name: each["series"][-1] for name, each in figures_of(silent).items()}
    assert {name: now[name]["note"] for name in NOT_MEASURED} == NOT_MEASURED
    assert {now[name]["state"] for name in NOT_MEASURED} == {"not measured"}
    assert {now[name]["state"] for name in WITHHELD} <= {"withheld", "nothing happened"}
    gone = {f"{TABLES[name]}.{column}" for name, some in DROPPED.items() for column in some}
    needing = {spec.id for spec in metric_catalogue().values() if gone & set(spec.needs)}
    assert needing == set(NOT_MEASURED)


def test_all_other_figures_are_what_they_were(silent: Built, sample_build: Built) -> None:
    before, after = figures_of(sample_build), figures_of(silent)
    untouched = set(before) - set(NOT_MEASURED) - WITHHELD - DERIVED
    assert len(untouched) > 50

    def values(figures: dict[str, dict], name: str) -> list[tuple[str, float | None]]:
        return [(each["state"], each["value"]) for each in figures[name]["series"]]

    moved = {name for name in untouched if values(before, name) != values(after, name)}
    assert moved == set()


def test_a_slice_by_what_nobody_says_is_not_measured(silent: Built) -> None:
    figures = figures_of(silent)
    for name, column in (
        ("incidents_detected", "business_unit"),
        ("incidents_detected", "severity"),
        ("major_incidents", "severity"),
        ("mttr", "severity"),
        ("kev_open", "asset_tier"),
        ("third_parties_count", "tier"),
        ("deployment_frequency", "business_unit"),
        ("phishing_click_rate", "business_unit"),
    ):
        for label, series in figures[name]["slices"][column].items():
            states = {each["state"] for each in series["series"]}
            assert states == {"not measured"}, (name, label)


def test_no_incident_is_called_minor_where_no_severity_is_given(silent: Built) -> None:
    """The incidents of the quarter, of which the register now says little but their times."""
    texts = {page: " ".join(text.split()) for page, text in pages_of(silent)}
    whole = " ".join(texts.values())
    for claim in ("lower severity", "o major incident", "no incident known to be major"):
        assert claim not in whole, claim
    count = int(figures_of(silent)["incidents_detected"]["series"][-1]["value"])
    assert any(
        f"{count} incidents this quarter; their severity is not stated"
        in text.replace("\u00a0", " ")
        for text in texts.values()
    )
