"""Compliance and audit: frameworks by name, findings by origin, acceptances that lapsed."""

from __future__ import annotations

from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.page import Page
from board_report.story.pages import compliance_and_audit
from tests.spec.tables import Row, Rows, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    *compliance_and_audit.FRAMEWORKS, "audit_findings_open", "audit_findings_overdue",
    "audit_closed_on_time", "repeat_finding_share", "pentest_criticals_open", "policies_in_date",
    "acceptances_open", "acceptances_lapsed", "hunts_finished", "hunt_yield",
    "detections_from_hunts",
)  # fmt: skip


def framework(name: str, met: int, not_met: int = 0, not_assessed: int = 0, by: str = "") -> Rows:
    results = ["met"] * met + ["not_met"] * not_met + ["not_assessed"] * not_assessed
    return [{"framework": name, "result": each, "assessor": by or None} for each in results]


def finding(**given: object) -> Row:
    base: dict[str, object] = {
        "origin": "internal_audit",
        "severity": "high",
        "raised_on": "2026-06-01",
        "due_on": "2026-08-31",
        "is_repeat": False,
    }
    return {**base, **given}


def acceptance(title: str, expires: str, **given: object) -> Row:
    base: dict[str, object] = {
        "title": title,
        "accepted_on": "2025-01-01",
        "expires_on": expires,
        "approver_role": "COO",
    }
    return {**base, **given}


def page_of(**given: Rows) -> Page:
    (found,) = compliance_and_audit.build(facts_for(tables(**given), METRICS))
    return found


def rows_of(page: Page) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = page.figures["frameworks"].data["rows"]  # type: ignore[assignment]
    return {each["label"]: each for each in rows}


@pytest.mark.parametrize(
    ("scores", "findings", "accepted", "title"),
    [
        (
            [*framework("hipaa", 5, 5), *framework("gdpr", 5, 5), *framework("pci_dss", 9)],
            [finding(), finding()],
            [acceptance("A", "2026-09-29")],
            "HIPAA and GDPR are off target, PCI DSS is on it; two audit findings are overdue and "
            "one risk acceptance has lapsed",
        ),
        (
            framework("hipaa", 5, 5),
            [finding()],
            [],
            "HIPAA is off target; one audit finding is overdue",
        ),
        (
            framework("soc2", 92, 8),
            [finding(due_on="2026-09-30")],
            [acceptance("A", "2026-09-30")],
            "No framework is off target, SOC 2 is near it; no audit finding is overdue",
        ),
        (
            framework("soc2", 9),
            [],
            [],
            "Every framework measured meets its target; no audit finding is overdue",
        ),
        (None, [], None, "No framework is measured; no audit finding is overdue"),
        (framework("soc2", 9), None, None, "Every framework measured meets its target"),
        (None, None, None, "Neither compliance nor audit findings are measured"),
    ],
)
def test_the_title_is_borne_out(
    scores: Rows | None, findings: Rows | None, accepted: Rows | None, title: str
) -> None:
    given = {
        "compliance_assessments": scores,
        "audit_findings": findings,
        "risk_acceptances": accepted,
    }
    page = page_of(**{name: rows for name, rows in given.items() if rows is not None})
    assert page.title == title


def test_every_framework_off_and_thousands_overdue_still_fit_two_lines() -> None:
    scores = [
        row
        for name in ("soc2", "iso27001", "hipaa", "gdpr", "pci_dss")
        for row in framework(name, 1, 9)
    ]
    accepted = [acceptance("A", "2026-01-01") for _ in range(40)]
    page = page_of(
        compliance_assessments=scores,
        audit_findings=[finding() for _ in range(1200)],
        risk_acceptances=accepted,
    )
    assert page.title == (
        "SOC 2, ISO 27001, HIPAA, GDPR and PCI DSS are off target; 1,200 audit findings are overdue"
    )


def test_a_score_too_thin_is_withheld_and_named() -> None:
    page = page_of(compliance_assessments=framework("gdpr", 5, 0, 5, by="self"))
    row = rows_of(page)["GDPR"]
    assert row["under"] == "self; 5 not assessed"
    assert (row["cells"][0]["now"], row["cells"][0]["absent"]) == (None, "withheld")
    assert row["cells"][1] == {"words": ""}
    assert page.context.endswith("Too little assessed for a score: GDPR.")


def test_who_assessed_is_named_and_so_is_everyone_of_several() -> None:
    scores = [
        *framework("soc2", 3, by="external"),
        *framework("soc2", 3, by="self"),
        *framework("hipaa", 6),
    ]
    numbered = [{**row, "requirement_id": str(at)} for at, row in enumerate(scores)]
    found = rows_of(page_of(compliance_assessments=numbered))
    assert found["SOC 2"]["under"] == "self and external; all assessed"
    assert found["HIPAA"]["under"] == "all assessed"


def test_findings_by_origin_add_up_to_the_last_row() -> None:
    findings = [
        finding(),
        finding(is_repeat=True, due_on="2026-12-31"),
        finding(origin="penetration_test", due_on="2026-12-31"),
    ]
    assert page_of(audit_findings=findings).body["origins"] == [
        ["Internal audit", "2", "1", "1 of 2"],
        ["External audit", "0", "0", "none raised"],
        ["Regulator", "0", "0", "none raised"],
        ["Penetration test", "1", "0", "0 of 1"],
        ["All", "3", "1", "1 of 3"],
    ]


def test_lapsed_acceptances_are_listed_with_the_oldest_first() -> None:
    accepted = [
        acceptance("Young", "2026-09-01"),
        acceptance("Old " * 30, "2026-01-31", approver_role="CISO"),
        acceptance("Closed", "2026-01-01", closed_on="2026-02-01"),
        acceptance("Holds", "2026-09-30"),
        acceptance("Middle", "2026-05-31"),
    ]
    body = page_of(risk_acceptances=accepted).body
    shown: list[dict[str, str]] = body["lapsed"]  # type: ignore[assignment]
    assert [each["title"] for each in shown] == [f"{('Old ' * 30)[:35]}…", "Middle"]
    assert (shown[0]["by"], shown[0]["on"]) == ("approved by CISO", "31\u00a0Jan\u00a02026")
    assert body["lapsed_head"] == "Lapsed acceptances, 2 of 3"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (None, "Not measured."),
        ([], "No risk stands accepted."),
        ([acceptance("A", "2027-01-01")], "The one open acceptance has not lapsed."),
        ([acceptance("A", "2027-01-01")] * 3, "None of three open acceptances has lapsed."),
    ],
)
def test_without_a_lapsed_acceptance_the_page_says_which_case_it_is(
    rows: Rows | None, words: str
) -> None:
    page = page_of(**({} if rows is None else {"risk_acceptances": rows}))
    assert (page.body["lapsed"], page.body["acceptances"]) == ([], words)


@pytest.mark.parametrize(
    ("results", "words"),
    [
        (
            [("weakness_found", 3), ("nothing_found", 0)],
            "One of two hunts found something; three detections added.",
        ),
        ([("nothing_found", 1)], "The one hunt found nothing; one detection added."),
        ([], ""),
    ],
)
def test_hunts_in_a_line(results: list[tuple[str, int]], words: str) -> None:
    hunts = [
        {"finished_on": "2026-08-01", "result": result, "detections_added": added}
        for result, added in results
    ]
    assert page_of(threat_hunts=hunts).body["hunts"] == words


def test_pictures_are_drawn_with_and_without_data() -> None:
    for page in (page_of(), page_of(compliance_assessments=[], audit_findings=[])):
        for spec in page.figures.values():
            assert b"not measured" in draw(spec).svg or b">0<" in draw(spec).svg
