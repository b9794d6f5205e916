"""Several files of one table: completed by declared keys, and matched by rules that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.tables.load import LoadedTables
from tests.projects import INCIDENT, INCIDENT_HEADER, REQUIRED, found, incident, incidents, load

COSTS = """
[[source]]
table = "incidents"
file = "ciso/incidents.csv"

[[source]]
table = "incidents"
file = "ciso/costs.csv"
merge_by = ["incident_id"]
columns = { incident_id = "Ticket", cost = "Booked" }
"""
TWO_SYSTEMS = """
[[source]]
table = "incidents"
file = "ciso/incidents.csv"

[[source]]
table = "incidents"
file = "ciso/cases.csv"
"""
MATCH = """
[[match]]
table = "incidents"
files = ["ciso/incidents.csv", "ciso/cases.csv"]
same = ["severity"]
within_hours = { detected_at = 2 }
"""


def ends(loaded: LoadedTables, file: str) -> dict[str, int]:
    """Where the rows of a file went, zeros left out; they add up."""
    (row,) = [each for each in loaded.reconciliation if each.file == file]
    counts = {
        name: getattr(row, name)
        for name in (
            *("used", "rejected", "duplicate", "superseded", "left_out"),
            *("out_of_period", "merged", "unmatched"),
        )
    }
    assert sum(counts.values()) == row.read
    return {name: count for name, count in counts.items() if count}


# --- completing ----------------------------------------------------------------------------------


def test_a_file_completes_the_records_of_another(tmp_path: Path) -> None:
    """Finance knows the cost; a row of no record is counted, and told once."""
    files: dict[str, str | bytes] = {
        "ciso/incidents.csv": incidents(
            incident(cost=""), incident(incident_id="I-2", cost=""), incident(incident_id="I-3")
        ),
        "ciso/costs.csv": "Ticket,Booked\nI-2,500.25\nI-9,1\nI-1,70\nI-2,500.25\n",
    }
    loaded = load(tmp_path, files, COSTS)[1]
    frame = loaded.tables.frame("incidents").set_index("incident_id")
    assert frame["cost"].to_dict() == {"I-1": 70, "I-2": 500.25, "I-3": 1200.5}
    assert ends(loaded, "ciso/incidents.csv") == {"used": 3}
    assert ends(loaded, "ciso/costs.csv") == {"merged": 2, "unmatched": 1, "duplicate": 1}
    unused = found(loaded, "merge_unused")
    assert (unused.file, unused.line) == ("ciso/costs.csv", 3)
    assert unused.reason.startswith("1 row of no record")


def test_what_a_record_says_stands(tmp_path: Path) -> None:
    """Another value is a warning with both places."""
    files: dict[str, str | bytes] = {"ciso/costs.csv": "Ticket,Booked\nI-1,9\n"}
    loaded = load(tmp_path, files, COSTS)[1]
    assert loaded.tables.frame("incidents")["cost"].tolist() == [1200.5]
    told = found(loaded, "merge_differs")
    assert (told.severity, told.file, told.line, told.column) == (
        *("warning", "ciso/costs.csv", 2, "cost"),
    )
    assert told.reason == (
        "cost is 9.0 here and 1200.5 in the record on line 2 of ciso/incidents.csv, where that "
        "stands."
    )


def test_two_rows_for_one_record_that_differ(tmp_path: Path) -> None:
    """The first is used, the second is set aside: nothing is overwritten."""
    files: dict[str, str | bytes] = {
        "ciso/incidents.csv": incidents(incident(cost="")),
        "ciso/costs.csv": "Ticket,Booked\nI-1,9\nI-1,10\n",
    }
    loaded = load(tmp_path, files, COSTS)[1]
    assert loaded.tables.frame("incidents")["cost"].tolist() == [9]
    assert ends(loaded, "ciso/costs.csv") == {"merged": 1, "rejected": 1}
    assert found(loaded, "duplicate_key").line == 3


def test_one_row_completes_many_records(tmp_path: Path) -> None:
    """An asset register gives tier and unit to every finding on the asset."""
    report = """
[[source]]
table = "vulnerability_findings"
file = "ciso/scan.csv"

[[source]]
table = "vulnerability_findings"
file = "ciso/assets.csv"
merge_by = ["asset_id"]
columns = { asset_id = "Host", asset_tier = "Tier", business_unit = "Unit" }
"""
    files: dict[str, str | bytes] = {
        "ciso/scan.csv": (
            "finding_id,asset_id,severity,first_seen_on\n"
            "1,web,high,2026-07-01\n2,web,low,2026-07-02\n3,db,low,2026-07-03\n"
        ),
        "ciso/assets.csv": "Host,Tier,Unit\nweb,production,Retail\nmail,workplace,Europe\n",
    }
    loaded = load(tmp_path, files, report)[1]
    frame = loaded.tables.frame("vulnerability_findings")
    assert frame["asset_tier"].fillna("").tolist() == ["production", "production", ""]
    assert frame["business_unit"].fillna("").tolist() == ["Retail", "Retail", ""]
    assert ends(loaded, "ciso/assets.csv") == {"merged": 1, "unmatched": 1}


def test_a_needed_value_may_come_from_the_other_file(tmp_path: Path) -> None:
    """And a record that it does not come to is set aside."""
    header = INCIDENT_HEADER.replace("title,", "")
    rows = [incident(incident_id=f"I-{at}").replace(",Phish,", ",") for at in (1, 2)]
    files: dict[str, str | bytes] = {
        "ciso/incidents.csv": "\n".join((header, *rows)) + "\n",
        "ciso/costs.csv": "Ticket,What\nI-1,Lost laptop\n",
    }
    report = COSTS.replace('cost = "Booked"', 'title = "What"')
    loaded = load(tmp_path, files, report)[1]
    assert loaded.tables.frame("incidents")["title"].tolist() == ["Lost laptop"]
    assert ends(loaded, "ciso/incidents.csv") == {"used": 1, "rejected": 1}
    told = found(loaded, "value_missing")
    assert (told.line, told.column) == (3, "title")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('merge_by = ["incident_id"]', 'merge_by = ["ticket"]'), "no column 'ticket'"),
        (
            (
                'file = "ciso/incidents.csv"\n',
                'file = "ciso/incidents.csv"\nmerge_by = ["incident_id"]\n',
            ),
            "no other file has records",
        ),
    ],
)
def test_merges_that_cannot_be(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """The block, the key and what to write."""
    files: dict[str, str | bytes] = {"ciso/costs.csv": "Ticket,Booked\nI-1,9\n"}
    with pytest.raises(ProjectError, match=says) as told:
        load(tmp_path, files, COSTS.replace(*change))
    assert "source.merge_by" in told.value.where


# --- matching ------------------------------------------------------------------------------------


def test_the_same_incident_in_two_systems_counts_once(tmp_path: Path) -> None:
    """The first system's row is kept and completed; the pair is told with its rule."""
    files: dict[str, str | bytes] = {
        "ciso/incidents.csv": incidents(incident(cost="", recovered_at="")),
        "ciso/cases.csv": incidents(
            incident(incident_id="C-7", detected_at="2026-07-01T11:00Z", cost="10"),
            incident(incident_id="C-8", detected_at="2026-07-09T11:00Z", occurred_at="",
                     contained_at="", recovered_at=""),
        ),
    }  # fmt: skip
    loaded = load(tmp_path, files, TWO_SYSTEMS + MATCH)[1]
    frame = loaded.tables.frame("incidents")
    assert frame["incident_id"].tolist() == ["I-1", "C-8"]
    assert frame["cost"].tolist()[0] == 10
    assert ends(loaded, "ciso/cases.csv") == {"used": 1, "duplicate": 1}
    told = found(loaded, "matched")
    assert (told.severity, told.file, told.line, told.value) == (
        *("note", "ciso/cases.csv", 2, "C-7"),
    )
    assert "line 2 of ciso/incidents.csv" in told.reason


def test_what_two_systems_say_differently_is_told(tmp_path: Path) -> None:
    """The first system's word stands, and a person learns of the other; titles may differ."""
    files: dict[str, str | bytes] = {
        "ciso/cases.csv": incidents(
            incident(incident_id="C-7", title="Other words", business_unit="Europe")
        ),
    }
    loaded = load(tmp_path, files, TWO_SYSTEMS + MATCH)[1]
    assert loaded.tables.frame("incidents")["business_unit"].tolist() == ["Retail"]
    told = found(loaded, "merge_differs")
    assert (told.file, told.line, told.column, told.value) == (
        *("ciso/cases.csv", 2, "business_unit", "Europe"),
    )
    assert "Retail in the record on line 2 of ciso/incidents.csv" in told.reason


def test_a_match_that_is_not_clear_counts_all(tmp_path: Path) -> None:
    """Two candidates: nothing is merged, and a person is told."""
    files: dict[str, str | bytes] = {
        "ciso/incidents.csv": incidents(
            INCIDENT, incident(incident_id="I-2", detected_at="2026-07-01T10:30Z")
        ),
        "ciso/cases.csv": incidents(incident(incident_id="C-7")),
    }
    loaded = load(tmp_path, files, TWO_SYSTEMS + MATCH)[1]
    assert len(loaded.tables.frame("incidents")) == 3
    told = found(loaded, "match_unclear")
    assert "ciso/incidents.csv:2, ciso/incidents.csv:3" in told.reason


def test_two_rows_that_want_the_same_one(tmp_path: Path) -> None:
    """Neither is merged."""
    files: dict[str, str | bytes] = {
        "ciso/cases.csv": incidents(incident(incident_id="C-7"), incident(incident_id="C-8")),
    }
    loaded = load(tmp_path, files, TWO_SYSTEMS + MATCH)[1]
    assert len(loaded.tables.frame("incidents")) == 3
    unclear = [each for each in loaded.findings if each.code == "match_unclear"]
    assert len(unclear) == 2
    assert "another row fits that one too" in unclear[0].reason


def test_a_completed_row_is_judged_again(tmp_path: Path) -> None:
    """A time from the other system may run backwards beside the own ones."""
    files: dict[str, str | bytes] = {
        "ciso/incidents.csv": incidents(
            incident(contained_at="", recovered_at="", detected_at="2026-07-01T10:00Z")
        ),
        "ciso/cases.csv": incidents(
            incident(
                incident_id="C-7", occurred_at="2026-07-01T08:00Z",
                detected_at="2026-07-01T08:30Z", contained_at="2026-07-01T09:00Z",
            )
        ),
    }  # fmt: skip
    loaded = load(tmp_path, files, TWO_SYSTEMS + MATCH)[1]
    assert ends(loaded, "ciso/incidents.csv") == {"rejected": 1}
    assert found(loaded, "out_of_order").line == 2


def test_matching_by_the_other_systems_number(tmp_path: Path) -> None:
    """``refers`` names the column that holds the key of the other row, whichever way round."""
    files: dict[str, str | bytes] = {
        "ciso/incidents.csv": INCIDENT_HEADER + ",vendor_id\n" + INCIDENT + ",C-7\n",
        "ciso/cases.csv": incidents(
            incident(incident_id="C-7", severity="low"), incident(incident_id="C-8")
        ),
    }
    rule = MATCH.split("same =")[0] + 'refers = "vendor_id"\n'
    loaded = load(tmp_path, files, TWO_SYSTEMS + rule)[1]
    assert loaded.tables.frame("incidents")["incident_id"].tolist() == ["I-1", "C-8"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('table = "incidents"\nfiles', 'table = "tickets"\nfiles'), "no table 'tickets'"),
        (('["severity"]', '["sev"]'), "no column 'sev'"),
        (("detected_at = 2", "title = 2"), "title holds no times"),
        (('["ciso/incidents.csv", "ciso/cases.csv"]', '["ciso/incidents.csv"]'), "two different"),
        (('same = ["severity"]\nwithin_hours = { detected_at = 2 }\n', ""), "no rule"),
    ],
)
def test_rules_that_cannot_be(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """Named with the line of their block."""
    files: dict[str, str | bytes] = {"ciso/cases.csv": REQUIRED["ciso/incidents.csv"]}
    with pytest.raises(ProjectError, match=says) as told:
        load(tmp_path, files, TWO_SYSTEMS + MATCH.replace(*change))
    assert "match" in told.value.where
