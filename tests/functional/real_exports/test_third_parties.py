"""SecurityScorecard's portfolio and RiskRecon's findings, as their vendors show them."""

import json
from pathlib import Path

from board_report.project import load_project
from board_report.tables.load import load_tables
from tests.functional.real_exports.conftest import MakeReal

PORTFOLIO = "third_party/securityscorecard_portfolio_companies_api.json"
FINDINGS = "third_party/risk_recon__findings.json"
QUARTER = '\n[[source]]\nfile = "scores.json"\nconstants = { quarter = "2026-Q3" }\n'


def test_portfolio(make_real: MakeReal, shared: Path) -> None:
    """Three companies with the scores of the file, in the quarter that the block says."""
    entries = json.loads((shared / PORTFOLIO).read_text(encoding="utf-8"))["entries"]
    folder = make_real({"scores.json": PORTFOLIO}, "2026-Q3", QUARTER)
    loaded = load_tables(load_project(folder))
    (counts,) = [each for each in loaded.reconciliation if each.file == "scores.json"]
    assert (counts.read, counts.used) == (len(entries), len(entries)) == (3, 3)
    frame = loaded.tables.frame("third_parties")
    assert dict(zip(frame["vendor_id"], frame["rating"], strict=True)) == {
        each["domain"]: each["score"] for each in entries
    }
    assert set(frame["quarter"]) == {"2026-Q3"}


def test_portfolio_without_its_quarter(make_real: MakeReal) -> None:
    """The file alone is not enough, and the message says what is: no row is lost silently."""
    loaded = load_tables(load_project(make_real({"scores.json": PORTFOLIO}, "2026-Q3")))
    (missing,) = [each for each in loaded.findings if each.code == "column_missing"]
    assert missing.stops
    assert missing.mend.startswith('Add constants.quarter = "2026-Q3"')
    (counts,) = [each for each in loaded.reconciliation if each.file == "scores.json"]
    assert (counts.read, counts.rejected) == (3, 3)


def test_findings_of_riskrecon_fill_no_table(make_real: MakeReal, shared: Path) -> None:
    """They are findings of a rating service, on hosts of others: no reader takes them for ours."""
    records = json.loads((shared / FINDINGS).read_text(encoding="utf-8"))["findings"]
    assert records
    assert all({"vendor", "severity", "first_seen"} <= each.keys() for each in records)
    loaded = load_tables(load_project(make_real({"findings.json": FINDINGS}, "2020-Q3")))
    assert [each.code for each in loaded.findings if each.file == "findings.json"] == [
        "not_recognized"
    ]
    assert not loaded.tables["third_parties"].measured
