"""The lint over real filings: what it finds is what was judged by hand, rule by rule."""

from __future__ import annotations

from collections import Counter

from board_report.governance.disclosure_lint.lint import lint, lint_statements
from board_report.governance.disclosure_lint.records import LintEvidence
from board_report.governance.disclosure_lint.rules import load_lint_rules
from tests.filings import current_reports, shared_sec, ten_filers
from tests.tools.lint_page import JUDGED_ITEMS, JUDGED_REPORTS

NOTHING = LintEvidence()


def test_findings_over_ten_annual_items_are_those_judged() -> None:
    """Each is quoted as it stands in the text, and none needs what is not public."""
    items = ten_filers(shared_sec())
    assert len(items) == 10
    counts: Counter[str] = Counter()
    for text in items.values():
        for each in lint(text, NOTHING, rules=load_lint_rules()):
            assert not each.is_private
            assert any(each.quote in filed.text for _, filed in text.said())
            counts[each.code] += 1
    assert counts == {code: sum(judged) for code, judged in JUDGED_ITEMS.items()}


def test_findings_over_nine_reports_are_those_judged() -> None:
    reports = current_reports(shared_sec())
    assert len(reports) == 9
    counts = Counter(
        each.code
        for statements in reports.values()
        for each in lint_statements(statements, NOTHING, rules=load_lint_rules())
    )
    assert counts == {code: sum(judged) for code, judged in JUDGED_REPORTS.items()}


def test_a_filing_held_against_a_record_of_other_facts_is_contradicted() -> None:
    """A real conclusion, with an incident reported as material beside it."""
    from datetime import date

    from board_report.governance.disclosure_lint.records import FiledReport, IncidentOnRecord

    text = ten_filers(shared_sec())["wmt"]
    evidence = LintEvidence(
        incidents=(IncidentOnRecord("I-1", date(2025, 3, 1), is_pending=True),),
        filed=(FiledReport("1.05", date(2025, 3, 6), "On March 1, 2025 an attack occurred."),),
    )
    codes = {each.code for each in lint(text, evidence, rules=load_lint_rules())}
    assert {"filing_report_and_answer", "filing_report_not_mentioned"} <= codes
    assert "filing_hypothetical" not in codes, "it says that incidents have been experienced"
