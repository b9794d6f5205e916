"""SecurityScorecard's portfolio and RiskRecon's findings, as their vendors show them."""

import json
from datetime import date, datetime
from pathlib import Path

from board_report.model import State
from board_report.pipeline import explain_metric, read_inputs
from board_report.project import load_project
from board_report.tables.load import load_tables
from tests.functional.real_exports.conftest import MakeReal

PORTFOLIO = "third_party/securityscorecard_portfolio_companies_api.json"
FINDINGS = "third_party/risk_recon__findings.json"
FIGURE = "third_party_outside_findings"
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
    assert 'constants.quarter = "YYYY-Qn"' in missing.mend
    (counts,) = [each for each in loaded.reconciliation if each.file == "scores.json"]
    assert (counts.read, counts.rejected) == (3, 3)


def test_findings_of_riskrecon(make_real: MakeReal, shared: Path) -> None:
    """Each record is a row, with the file's own words; none of them is critical or high."""
    records = json.loads((shared / FINDINGS).read_text(encoding="utf-8"))["findings"]
    constants = '\n[[source]]\nfile = "findings.json"\nconstants = { quarter = "2020-Q3" }\n'
    inputs = read_inputs(make_real({"findings.json": FINDINGS}, "2020-Q3", constants))
    (counts,) = [each for each in inputs.loaded.reconciliation if each.file == "findings.json"]
    assert (counts.read, counts.used) == (len(records), len(records)) == (2, 2)
    rows = inputs.loaded.tables.frame("third_party_findings").to_dict("records")
    assert len({each["finding_id"] for each in records}) == len(records), "it identifies a row"
    taken = ("finding_id", "toe_id", "vendor", "finding", "severity")
    ours = ("finding_id", "vendor_id", "vendor_name", "title", "severity")
    assert [tuple(row[each] for each in ours) for row in rows] == [
        tuple(record[each] for each in taken) for record in records
    ]
    for row, record in zip(rows, records, strict=True):
        seen = (row["first_seen_on"].date(), row["last_seen_on"].date())
        assert seen == tuple(
            datetime.fromisoformat(record[each]).date() for each in ("first_seen", "last_seen")
        )
        assert (row["host"], row["domain"]) == (record["host_name"], record["security_domain"])
        assert (record["analyst_status"], row["analyst_verdict"]) == ("fail", "stands")
        assert (record["false_positive"], bool(row["is_false_positive"])) == ("false", False)
    assert not inputs.loaded.tables["third_parties"].measured, "they are no register of vendors"


def test_the_figure_of_riskrecon(make_real: MakeReal, shared: Path) -> None:
    """At the end of August none of its findings is grave; by the quarter's end the list is old."""
    records = json.loads((shared / FINDINGS).read_text(encoding="utf-8"))["findings"]
    newest = max(datetime.fromisoformat(each["last_seen"]).date() for each in records)
    constants = '\n[[source]]\nfile = "findings.json"\nconstants = { quarter = "2020-Q3" }\n'
    folder = make_real({"findings.json": FINDINGS}, "2020-Q3", constants)
    _, now = explain_metric(read_inputs(folder, as_of=date(2020, 8, 31)), FIGURE)
    grave = sum(each["severity"] in ("critical", "high") for each in records)
    assert (now.state, now.value) == (State.MEASURED, grave) == (State.MEASURED, 0)
    _, later = explain_metric(read_inputs(folder), FIGURE)
    assert (later.state, later.value) == (State.NOT_MEASURED, None)
    assert later.note.endswith(f"is of {newest.day} {newest:%b %Y}")
