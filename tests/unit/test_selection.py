"""Which rows of a file are records: wanted ones, last states of a log; and due dates by policy."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.model import Reconciliation
from board_report.tables.load import LoadedTables
from tests.projects import found, load, told

HEADER = "incident_id,title,business_unit,severity,detected_at,recovered_at,state,update"
BLOCK = """
[[source]]
table = "incidents"
file = "ciso/log.csv"
missing = ["?"]
constants = { category = "other", detected_by = "unknown", materiality_state = "not_required" }
"""
FOLD = 'keep = "last"\norder_by = "update"\n'


def row(key: str, update: str, state: str = "open", **changes: str) -> str:
    """One update of a ticket."""
    cells = {
        "incident_id": key,
        "title": f"{key} {update}",
        "business_unit": "Retail",
        "severity": "high",
        "detected_at": "2026-07-01T10:00Z",
        "recovered_at": "",
        "state": state,
        "update": update,
    }
    assert set(changes) <= set(cells)
    return ",".join({**cells, **changes}.values())


def load_log(folder: Path, *rows: str, block: str = FOLD) -> LoadedTables:
    """A project whose incidents are these rows."""
    content = "\n".join((HEADER, *rows)) + "\n"
    return load(folder, {"ciso/log.csv": content}, BLOCK + block)[1]


def counts(loaded: LoadedTables) -> Reconciliation:
    """Where the rows of the log went."""
    (part,) = [each for each in loaded.reconciliation if each.file == "ciso/log.csv"]
    return part


def titles(loaded: LoadedTables) -> list[str]:
    return [str(each) for each in loaded.tables.frame("incidents")["title"]]


def test_last_state_of_each_key_is_used(tmp_path: Path) -> None:
    """By number, not by text (10 comes after 9), and wherever it stands in the file."""
    loaded = load_log(tmp_path, row("A", "10"), row("B", "1"), row("A", "9"), row("A", "2"))
    assert titles(loaded) == ["A 10", "B 1"]
    assert counts(loaded) == Reconciliation(
        "incidents", "ciso/log.csv", read=4, used=2, rejected=0, duplicate=0, superseded=2
    )
    note = found(loaded, "superseded")
    assert (note.severity, note.line) == ("note", 4)
    assert "2 rows" in note.reason
    assert "2 last states, by update" in note.reason


def test_updates_are_ordered_by_time_where_they_are_times(tmp_path: Path) -> None:
    """As declared: the ninth of July comes before the tenth of June, day first."""
    loaded = load_log(
        tmp_path,
        row("A", "09/07/2026"),
        row("A", "10/06/2026"),
        block=FOLD + 'date_format = "%d/%m/%Y"\n',
    )
    assert titles(loaded) == ["A 09/07/2026"]


def test_tie_is_told_and_the_lower_row_used(tmp_path: Path) -> None:
    """Only a tie for the last place matters."""
    loaded = load_log(
        tmp_path, row("A", "1"), row("A", "1"), row("A", "2"), row("A", "2", title="two"),
        row("B", "1"), row("B", "1"), row("B", "2"),
    )  # fmt: skip
    assert titles(loaded) == ["two", "B 2"]
    tie = found(loaded, "order_tied")
    assert (tie.severity, tie.line, tie.value) == ("warning", 5, "A")


@pytest.mark.parametrize("update", ["", "?", "soon"])
def test_row_without_its_place_is_set_aside(tmp_path: Path, update: str) -> None:
    """It could be the last or not."""
    loaded = load_log(tmp_path, row("A", "2026-07-01"), row("A", update), row("A", "2026-07-02"))
    bad = found(loaded, "bad_order")
    assert (bad.line, bad.severity) == (3, "error")
    assert [each.line for each in loaded.rejected] == [3]
    assert (counts(loaded).used, counts(loaded).rejected, counts(loaded).superseded) == (1, 1, 1)


def test_one_bad_number_does_not_make_times(tmp_path: Path) -> None:
    """The column is what most of its cells are."""
    loaded = load_log(tmp_path, row("A", "1"), row("A", "x"), row("A", "2"))
    assert titles(loaded) == ["A 2"]
    assert [each.line for each in loaded.rejected] == [3]


def test_earlier_state_is_not_brought_back(tmp_path: Path) -> None:
    """The last state has a fault: the record is set aside, and only its faults are told."""
    loaded = load_log(
        tmp_path, row("A", "1", severity="odd"), row("A", "2"), row("A", "3", severity="huge")
    )
    assert titles(loaded) == []
    assert found(loaded, "unknown_category").value == "huge"
    table = loaded.tables["incidents"]
    assert (table.read, table.rejected, table.rejected_share) == (1, 1, 1.0)


def test_rows_without_a_key_are_not_folded(tmp_path: Path) -> None:
    """Each is an error of its own."""
    loaded = load_log(tmp_path, row("", "1"), row("?", "2"), row("A", "1"))
    assert counts(loaded).rejected == 2
    assert {each.code for each in loaded.findings if each.severity == "error"} == {"key_missing"}


def test_row_of_the_wrong_width_is_not_folded(tmp_path: Path) -> None:
    """Nobody can tell whose state it is."""
    loaded = load_log(tmp_path, row("A", "1"), row("A", "2") + ",extra")
    assert titles(loaded) == ["A 1"]
    assert found(loaded, "too_many_cells").line == 3


def test_wanted_and_unwanted_rows(tmp_path: Path) -> None:
    """Case and spaces do not matter; empty cells can be meant; all are counted."""
    rows = (row("A", "1", " Open"), row("B", "2", "closed"), row("C", "3", ""), row("D", "4", "x"))
    wanted = load_log(tmp_path, *rows, block='only.State = ["open", "closed"]\n')
    assert titles(wanted) == ["A 1", "B 2"]
    assert (counts(wanted).used, counts(wanted).left_out) == (2, 2)
    assert (found(wanted, "left_out").line, found(wanted, "left_out").severity) == (4, "note")
    rest = load_log(tmp_path, *rows, block='leave_out = { state = ["OPEN", ""], update = "4" }\n')
    assert titles(rest) == ["B 2"]
    assert (counts(rest).used, counts(rest).left_out) == (1, 3)
    assert rest.tables["incidents"].read == 1


def test_last_state_decides_whether_a_record_is_wanted(tmp_path: Path) -> None:
    """A ticket that was closed and opened again is open."""
    loaded = load_log(
        tmp_path,
        row("A", "1", "open"), row("A", "2", "closed"), row("A", "3", "open"),
        row("B", "1", "open"), row("B", "2", "closed"),
        block=FOLD + 'only.state = "closed"\n',
    )  # fmt: skip
    assert titles(loaded) == ["B 2"]
    assert (counts(loaded).superseded, counts(loaded).left_out) == (3, 1)


def test_choice_that_no_row_has_is_told(tmp_path: Path) -> None:
    """It may be misspelled."""
    loaded = load_log(tmp_path, row("A", "1"), block='leave_out.state = ["Opne", "open"]\n')
    absent = found(loaded, "choice_absent")
    assert (absent.value, absent.severity) == ("Opne", "warning")
    assert "leave_out in the [[source]] block on line 15" in absent.mend


@pytest.mark.parametrize(
    ("block", "key", "value"),
    [
        ('keep = "last"\norder_by = "updates"\n', "order_by", "updates"),
        ('only.stat = "open"\n', "only", "stat"),
        ('leave_out.stat = "open"\n', "leave_out", "stat"),
    ],
)
def test_header_that_is_not_there_stops(tmp_path: Path, block: str, key: str, value: str) -> None:
    """No row is used, wanted or not."""
    loaded = load_log(tmp_path, row("A", "1"), block=block)
    missing = found(loaded, "header_missing")
    assert (missing.column, missing.value, missing.line, missing.stops) == (key, value, 1, True)
    assert "nearest header is" in missing.mend
    assert counts(loaded).rejected == 1


def test_header_given_twice_stops(tmp_path: Path) -> None:
    """It cannot be told which of the two orders the log."""
    content = f"{HEADER},update\n{row('A', '1')},2\n"
    loaded = load(tmp_path, {"ciso/log.csv": content}, BLOCK + FOLD)[1]
    assert found(loaded, "column_twice").column == "order_by"
    assert loaded.stops


def test_two_blocks_share_a_file(tmp_path: Path) -> None:
    """A row that one block leaves out and the other takes is counted once."""
    report = f'{BLOCK}only.state = "open"\n{BLOCK}only.state = "closed"\n'
    rows = (row("A", "1", "open"), row("B", "2", "closed"), row("C", "3", "gone"))
    content = "\n".join((HEADER, *rows)) + "\n"
    loaded = load(tmp_path, {"ciso/log.csv": content}, report)[1]
    assert counts(loaded) == Reconciliation(
        "incidents", "ciso/log.csv", read=3, used=2, rejected=0, duplicate=0, left_out=1
    )


def test_joined_columns(tmp_path: Path) -> None:
    """Parts keep their places; a value without any part is missing."""
    block = 'columns.incident_id = ["update", "state", "title"]\n'
    loaded = load_log(
        tmp_path,
        row("A", "1", "?", title="x"),
        row("B", "1", "x", title=""),
        row("C", "", "?", title=""),
        block=block,
    )
    assert loaded.tables.frame("incidents")["incident_id"].tolist() == ["1//x"]
    codes = {(each.code, each.line) for each in loaded.findings if each.severity == "error"}
    assert codes == {("value_missing", 3), ("key_missing", 4), ("value_missing", 4)}


def test_joined_column_without_one_of_its_headers(tmp_path: Path) -> None:
    """It is declared, so it stops even where it is optional."""
    loaded = load_log(tmp_path, row("A", "1"), block='columns.vendor_id = ["state", "plaec"]\n')
    missing = found(loaded, "column_missing")
    assert (missing.column, missing.value) == ("vendor_id", "plaec")


FINDINGS = """
[[source]]
table = "vulnerability_findings"
file = "ciso/scan.csv"
due_within_days = { critical = 15, medium = 90 }
date_format = "%Y-%d-%m"
constants = { asset_tier = "production", business_unit = "Retail", exposure = "internal" }
"""


def test_due_dates_by_policy(tmp_path: Path) -> None:
    """Where the file gives none, by severity; a severity without days leaves it unknown."""
    content = (
        "finding_id,asset_id,severity,first_seen_on,due_on\n"
        "1,a,critical,2026-01-07,\n2,a,medium,2026-01-07,2026-02-07\n3,a,low,2026-01-07,\n"
    )
    loaded = load(tmp_path, {"ciso/scan.csv": content}, FINDINGS)[1]
    frame = loaded.tables.frame("vulnerability_findings")
    assert [str(each.date()) for each in frame["due_on"][:2]] == ["2026-07-16", "2026-07-02"]
    assert list(frame["due_on"].isna()) == [False, False, True]
    assert list(frame["finding_id"]) == ["1", "2", "3"]
    policy = found(loaded, "due_from_policy")
    assert (policy.line, policy.severity) == (2, "note")
    assert "1 row" in policy.reason
    assert "first_seen_on" in policy.reason


def test_due_dates_of_a_file_without_the_column(tmp_path: Path) -> None:
    """The column is not missed then; and `all` holds where a severity has no days of its own."""
    content = (
        "finding_id,asset_id,severity,first_seen_on\n1,a,critical,2026-01-07\n2,a,low,2026-01-07\n"
    )
    report = FINDINGS.replace("medium = 90", "all = 100")
    loaded = load(tmp_path, {"ciso/scan.csv": content}, report)[1]
    frame = loaded.tables.frame("vulnerability_findings")
    assert [str(each.date()) for each in frame["due_on"]] == ["2026-07-16", "2026-10-09"]
    assert told(loaded) == {"due_from_policy"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("critical = 15", "urgent = 15", "no 'urgent'"),
        ('exposure = "internal"', 'exposure = "internal", due_on = "2026-01-07"', "every row"),
    ],
)
def test_policy_that_cannot_be(tmp_path: Path, old: str, new: str, what: str) -> None:
    """Refused before any row is read."""
    with pytest.raises(ProjectError, match=what):
        load(tmp_path, {}, FINDINGS.replace(old, new))
