"""Rows set aside are written as they were, with the reason, and cannot run as formulas."""

import csv
import io

from board_report.model import RejectedRow
from board_report.tables.rejected import rejected_files


def row(line, *cells, file="ciso/incidents.csv"):
    return RejectedRow("incidents", file, line, ("id", "note"), cells, ("no date", "bad cost"))


def test_one_file_for_each_input_in_line_order():
    files = rejected_files(
        [row(9, "B", "x"), row(3, "A", "y"), row(1, "C", "z", file="cto/a.xlsx")]
    )
    assert sorted(files) == ["ciso-incidents.csv", "cto-a.xlsx.csv"]
    lines = list(csv.DictReader(io.StringIO(files["ciso-incidents.csv"])))
    assert [each["line"] for each in lines] == ["3", "9"]
    assert lines[0]["reasons"] == "no date; bad cost"
    assert lines[0]["id"] == "A"


def test_formulas_are_neutralized_and_named():
    (text,) = rejected_files([row(2, "=1+1", "plain, with comma")]).values()
    (only,) = csv.DictReader(io.StringIO(text))
    assert (only["id"], only["note"]) == ("'=1+1", "plain, with comma")
    assert only["neutralized"] == "id"


def test_a_row_with_more_cells_than_columns_loses_none():
    (text,) = rejected_files([row(2, "A", "b", "surplus")]).values()
    assert "surplus" in text


def test_no_rows_no_files():
    assert rejected_files([]) == {}
