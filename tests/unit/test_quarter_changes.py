"""What changed between two reports, found in what the builds wrote of themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from board_report.archive.changes_paper import changes_lines, changes_paper, render_changes
from board_report.archive.quarter_changes import ReportData, changes_between
from board_report.governance.word_runs import NEW, OLD
from board_report.resources import templates_folder

MOMENT = datetime(2026, 10, 9, 12, tzinfo=UTC)


def metric(metric_id: str, printed: str, status: str = "no target", **changes: Any) -> Any:
    return {
        "id": metric_id,
        "title": f"Title of {metric_id}",
        "unit": "hours",
        "direction": "lower is better",
        "owner": "CISO",
        "audience": "board",
        "formula": "A minus B.",
        "denominator": "incidents",
        "target": None,
        "status": status,
        "series": [{"printed": "old"}, {"printed": printed}],
        **changes,
    }


def section(name: str, state: str, **said: str) -> Any:
    content = {key.replace("__", " / "): text for key, text in said.items()}
    return {"id": name, "pages": [], "state": state, "required_roles": [], "content": content}


def report(name: str, metrics: list[Any], sections: list[Any], **program: str) -> ReportData:
    manifest = {
        "program": {"version": program.get("version", "1")},
        "libraries": {"numpy": program.get("numpy", "2")},
        "risk_model": {"seed": 7, "formula_version": program.get("formula", "2")},
    }
    return ReportData(name, {"metrics": metrics}, {"sections": sections}, manifest)


WAS = report(
    "2026-Q2",
    [
        metric("mttd", "23 h", "near target"),
        metric("mttr", "57 h", "off target"),
        metric("gone", "1"),
        metric("same", "5", "on target"),
    ],
    [
        section(
            "security",
            "To be prepared",
            mttd__title="Detection took 23 hours",
            mttd__voices__means__1__text="We detect faster. We recover as before.",
            mttd__voices__means__1__who="CISO",
            mttd__body__rows__1="a table",
        ),
        section(
            "disclosure", "Draft", sections__1__headings__2__entries__1__text="We keep a list."
        ),
    ],
)
NOW = report(
    "2026-Q3",
    [
        metric("mttd", "19 h", "on target"),
        metric("mttr", "58 h", "off target", formula="A minus C."),
        metric("new", "2"),
        metric("same", "5", "on target"),
    ],
    [
        section(
            "security",
            "Approved 20 Oct 2026",
            mttd__title="Detection took 19 hours",
            mttd__voices__means__1__text="We detect faster. We recover as before.",
            mttd__voices__means__1__who="CTO",
            mttd__body__rows__1="another table",
        ),
        section("disclosure", "Draft", sections__1__headings__2__entries__1__text="We keep a log."),
    ],
    formula="3",
)
CHANGES = changes_between(WAS, NOW)


def test_figures_that_read_otherwise_came_or_went() -> None:
    found = {each.metric_id: (each.was, each.now) for each in CHANGES.figures}

    assert found == {
        "mttd": ("23 h", "19 h"),
        "mttr": ("57 h", "58 h"),
        "new": ("", "2"),
        "gone": ("1", ""),
    }
    assert CHANGES.same_figures == 1


def test_a_definition_that_changed_is_named_by_its_part() -> None:
    (change,) = CHANGES.definitions

    assert (change.metric_id, change.part) == ("mttr", "formula")
    assert (change.was, change.now) == ("A minus B.", "A minus C.")


def test_words_are_compared_by_page_and_give_back_both_sides() -> None:
    found = {(each.page, each.part): each.runs for each in CHANGES.words}

    assert found.keys() == {("mttd", "title"), ("disclosure", "1.2")}
    for runs, was, now in (
        (found["mttd", "title"], "Detection took 23 hours", "Detection took 19 hours"),
        (found["disclosure", "1.2"], "We keep a list.", "We keep a log."),
    ):
        assert "".join(run.text for run in runs if run.mark in OLD) == was
        assert "".join(run.text for run in runs if run.mark in NEW) == now
    assert CHANGES.same_passages == 1


def test_approvals_and_program() -> None:
    assert [(each.name, each.was, each.now) for each in CHANGES.approvals] == [
        ("security", "To be prepared", "Approved 20 Oct 2026")
    ]
    assert [(each.name, each.was, each.now) for each in CHANGES.program] == [
        ("risk model: formula version", "2", "3")
    ]


def test_a_report_does_not_differ_from_itself() -> None:
    same = changes_between(NOW, NOW)

    assert (same.figures, same.definitions, same.words) == ((), (), ())
    assert (same.approvals, same.program) == ((), ())
    paper = changes_paper(same, company_name="E", classification="C", origin="O")
    assert paper.title == "All 4 figures of 2026-Q3 read as in 2026-Q3"


def test_a_build_without_contents_is_compared_as_far_as_it_goes() -> None:
    older = ReportData("2025-Q1", WAS.metrics, {}, WAS.manifest)
    changes = changes_between(older, NOW)

    assert len(changes.figures) == 4
    assert {each.was for each in changes.approvals} == {""}


def test_the_paper_says_it_in_a_title_and_tables() -> None:
    paper = changes_paper(
        CHANGES, company_name="Example", classification="Confidential", origin="Sealed reports"
    )
    result = render_changes(paper, templates=templates_folder(), generated_at=MOMENT)

    assert result.warnings == ()
    assert paper.title == (
        "4 of 5 figures read otherwise than in 2026-Q2; against their targets one better"
    )
    text = " ".join(
        " ".join(p.extract_text() for p in PdfReader(BytesIO(result.data)).pages).split()
    )
    for words in (
        "near → on",
        "not in it",
        "A minus C.",
        "Approved 20 Oct 2026",
        "formula version",
    ):
        assert words in text
    again = render_changes(paper, templates=templates_folder(), generated_at=MOMENT)
    assert again.data == result.data


def test_the_lines_have_every_change_once() -> None:
    lines = list(changes_lines(CHANGES))

    assert "figure mttd: 23 h -> 19 h (near → on)" in lines
    assert "definition mttr, formula: A minus B. -> A minus C." in lines
    assert "words Mttd, title: Detection took [-23-] {+19+} hours" in lines
    assert "approval security: To be prepared -> Approved 20 Oct 2026" in lines
    assert len(lines) == 1 + 4 + 1 + 2 + 1 + 1
