"""KnowBe4's training enrollments and phishing tests, as the vendor shows them."""

import json
from pathlib import Path

from board_report.project import load_project
from board_report.tables.load import load_tables
from tests.functional.real_exports.conftest import MakeReal

TRAINING = "training/knowbe4_training_enrollments_api.json"
PHISHING = "training/knowbe4_phishing_security_tests_api.json"


def test_enrollments(make_real: MakeReal, shared: Path) -> None:
    """Four enrollments, of which the one completed before it was assigned is set aside."""
    records = json.loads((shared / TRAINING).read_text(encoding="utf-8"))
    odd = [
        each
        for each in records
        if each["completion_date"] and each["completion_date"] < each["enrollment_date"]
    ]
    loaded = load_tables(load_project(make_real({"training.json": TRAINING}, "2019-Q3")))
    (counts,) = [each for each in loaded.reconciliation if each.file == "training.json"]
    assert (
        (counts.table, counts.read)
        == ("training_enrollments", len(records))
        == (*("training_enrollments", 4),)
    )
    assert (counts.used, counts.rejected) == (len(records) - len(odd), len(odd)) == (3, 1)
    assert [each.line for each in loaded.findings if each.code == "out_of_order"] == [3]
    frame = loaded.tables.frame("training_enrollments")
    good = [each for each in records if each not in odd]
    assert frame["enrollment_id"].to_list() == [str(each["enrollment_id"]) for each in good]
    assert frame["course"].to_list() == [each["module_name"] for each in good]
    done = [(each["completion_date"] or "")[:10] for each in good]
    assert [str(each)[:10] if each == each else "" for each in frame["completed_on"]] == done


def test_a_test_with_more_clicks_than_deliveries(make_real: MakeReal, shared: Path) -> None:
    """The vendor's own sample has 4 delivered and 20 clicked, which cannot be."""
    (record,) = json.loads((shared / PHISHING).read_text(encoding="utf-8"))
    assert (record["delivered_count"], record["clicked_count"]) == (4, 20)
    loaded = load_tables(load_project(make_real({"phishing.json": PHISHING}, "2019-Q2")))
    (counts,) = [each for each in loaded.reconciliation if each.file == "phishing.json"]
    assert (counts.read, counts.used, counts.rejected) == (1, 0, 1)
    (told,) = [each for each in loaded.findings if each.code == "part_above_whole"]
    assert (told.column, told.value) == ("clicked", "20")
