"""KnowBe4's training enrollments and phishing tests, in the shape of its reporting API."""

import json
from pathlib import Path

import pytest

from tests.projects import found, load

SOURCE = '\n[[source]]\nfile = "export.json"\n'
ENROLLMENT = {
    "enrollment_id": 1,
    "content_type": "Store Purchase",
    "module_name": "Passwords",
    "user": {"id": 7, "first_name": "A", "last_name": "B", "email": "a@example.com"},
    "campaign_name": "All staff",
    "enrollment_date": "2026-07-02T15:02:38.000Z",
    "start_date": None,
    "completion_date": None,
    "status": "Not Started",
    "time_spent": 0,
    "policy_acknowledged": False,
}
TEST = {
    "campaign_id": 3,
    "pst_id": 16,
    "status": "Closed",
    "name": "July",
    "groups": [{"group_id": 1, "name": "Everybody"}],
    "phish_prone_percentage": 0.25,
    "started_at": "2026-07-02T15:02:38.000Z",
    "delivered_count": 40,
    "clicked_count": 8,
    "replied_count": 2,
    "reported_count": 11,
}


def _json(*records: dict[str, object]) -> dict[str, str | bytes]:
    return {"export.json": json.dumps(records)}


def test_training(tmp_path: Path) -> None:
    """Dates are kept as days of the company's calendar; due dates stay unknown."""
    done = {"enrollment_id": 2, "completion_date": "2026-07-03T03:00:00.000Z", "status": "Passed"}
    loaded = load(tmp_path, _json(ENROLLMENT, {**ENROLLMENT, **done}), SOURCE)[1]
    frame = loaded.tables.frame("training_enrollments")
    assert frame["enrollment_id"].to_list() == ["1", "2"]
    assert frame["course"].to_list() == ["Passwords", "Passwords"]
    assert frame["assigned_on"].astype(str).to_list() == ["2026-07-02", "2026-07-02"]
    assert str(frame["completed_on"].iloc[1].date()) == "2026-07-02", "3 h UTC is 22 h in Chicago"
    for unknown in ("due_on", "business_unit", "audience_group"):
        assert frame[unknown].isna().all()
    assert found(loaded, "reader_found").value == "" or loaded.findings


def test_no_address_of_a_person_is_read(tmp_path: Path) -> None:
    """The people who are trained do not enter the table."""
    loaded = load(tmp_path, _json(ENROLLMENT), SOURCE)[1]
    assert "a@example.com" not in loaded.tables.frame("training_enrollments").to_csv()


def test_completed_before_assigned(tmp_path: Path) -> None:
    """As in the vendor's own sample, such a row is set aside."""
    odd = {**ENROLLMENT, "completion_date": "2026-01-02T15:02:38.000Z"}
    loaded = load(tmp_path, _json(ENROLLMENT, {**odd, "enrollment_id": 2}), SOURCE)[1]
    assert found(loaded, "out_of_order").column == "completed_on"
    assert [each.table for each in loaded.rejected] == ["training_enrollments"]


def test_phishing(tmp_path: Path) -> None:
    """Clicks alone are counted as clicked, whatever else the percentage includes."""
    loaded = load(tmp_path, _json(TEST), SOURCE)[1]
    (row,) = loaded.tables.frame("phishing_campaigns").to_dict("records")
    assert (row["campaign_id"], row["delivered"], row["clicked"], row["reported"]) == (
        *("16", 40, 8, 11),
    )
    assert str(row["sent_on"].date()) == "2026-07-02"


@pytest.mark.parametrize(("clicked", "used"), [(4, 1), (5, 0)])
def test_more_clicks_than_deliveries(tmp_path: Path, clicked: int, used: int) -> None:
    """A test of the vendor's sample has 20 clicks of 4 messages: that is set aside."""
    record = {**TEST, "delivered_count": 4, "clicked_count": clicked, "reported_count": 0}
    loaded = load(tmp_path, _json(record), SOURCE)[1]
    assert len(loaded.tables.frame("phishing_campaigns")) == used
    assert [each.code for each in loaded.findings].count("part_above_whole") == 1 - used
