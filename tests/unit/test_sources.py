"""Files are read as they are: text cells with true line numbers, and faults as findings."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from board_report.model import Finding, RawTable, Severity
from board_report.project import SourceSpec
from board_report.sources.faults import READ_FAULTS, ReadCode
from board_report.sources.read import Reading, read_source


def read(folder: Path, name: str, content: bytes | str, **how: object) -> Reading:
    """Write one file and read it."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(folder, SourceSpec("incidents", name, **how))  # type: ignore[arg-type]


def table(reading: Reading) -> RawTable:
    """The table that was read."""
    assert reading.table is not None, reading.findings
    return reading.table


def fault(reading: Reading) -> Finding:
    """The one fault of a file that could not be read."""
    assert reading.table is None
    (only,) = reading.findings
    assert only.stops
    assert only.severity is Severity.ERROR
    return only


def note(reading: Reading, code: str) -> Finding:
    """The one finding of this code about a file that could be read."""
    assert reading.table is not None
    (only,) = [each for each in reading.findings if each.code == code]
    assert not only.stops
    return only


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# --- text --------------------------------------------------------------------------------------


def test_cells_come_back_as_they_are(tmp_path: Path) -> None:
    """Nothing is trimmed, typed or dropped."""
    content = 'a,b\n 1 ,"x, ""y"""\n,=2\n'
    reading = read(tmp_path, "t.csv", content)
    raw = table(reading)
    assert raw.columns == ("a", "b")
    assert [(row.line, row.cells) for row in raw.rows] == [(2, (" 1 ", 'x, "y"')), (3, ("", "=2"))]
    assert reading.findings == ()
    assert reading.source is not None
    assert reading.source.sha256 == sha256(content.encode()).hexdigest()
    assert reading.source.size_bytes == len(content)


def test_equal_cells_are_held_once(tmp_path: Path) -> None:
    """An export of 100,000 rows repeats a few texts: memory follows the different ones."""
    text = "a,b\n" + 'a long text that is no constant of the program,"x"\n' * 3
    first, second, third = table(read(tmp_path, "t.csv", text)).rows
    assert first.cells[0] is second.cells[0]
    assert second.cells[0] is third.cells[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(tmp_path: Path, end: str) -> None:
    """Of any system, also within quotes and without one at the end of the file."""
    content = end.join(("a,b", f'1,"x{end}y"', "2,z"))
    rows = table(read(tmp_path, "t.csv", content)).rows
    assert [(row.line, row.cells) for row in rows] == [(2, ("1", f"x{end}y")), (4, ("2", "z"))]


def test_packed_files_are_read(tmp_path: Path) -> None:
    """Of each kind; the hash and the size are those of the file as it lies there."""
    packed = gzip.compress(b"a,b\n1,2\n") + gzip.compress(b"3,4\n")
    reading = read(tmp_path, "t.CSV.gz", packed)
    assert [row.cells for row in table(reading).rows] == [("1", "2"), ("3", "4")]
    assert reading.source is not None
    assert reading.source.sha256 == sha256(packed).hexdigest()
    assert reading.source.size_bytes == len(packed)
    assert reading.source.path == "t.CSV.gz"
    lines = gzip.compress(b'{"a": 1}\n{"a": 2}\n')
    assert len(table(read(tmp_path, "t.jsonl.gz", lines)).rows) == 2
    assert fault(read(tmp_path, "t.doc.gz", lines)).code == "format_unknown"


def test_damaged_packed_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not packed, broken off, changed on the way, or far larger than a source can be."""
    packed = gzip.compress(b"a,b\n1,2\n" * 100)
    changed = packed[:-8] + b"\0\0\0\0" + packed[-4:]
    for content in (b"a,b\n", packed[:-10], changed):
        told = fault(read(tmp_path, "t.csv.gz", content))
        assert (told.code, told.file) == ("bad_gzip", "t.csv.gz")
    monkeypatch.setattr("board_report.sources.packed.LARGEST_UNPACKED", 799)
    assert "more than 799 bytes" in fault(read(tmp_path, "t.csv.gz", packed)).reason


def test_lines_are_true_after_quoted_newlines_and_blank_lines(tmp_path: Path) -> None:
    """A row is named by the line it starts on, whatever came before it."""
    reading = read(tmp_path, "t.csv", 'a,b\r\n1,"two\r\nlines"\r\n\r\n,\r\n2,x\r\n')
    assert [row.line for row in table(reading).rows] == [2, 6]
    told = note(reading, "blank_lines")
    assert (told.line, told.reason) == (4, "2 lines without any value skipped.")
    assert told.severity is Severity.NOTE


def test_preamble_is_skipped_and_counted(tmp_path: Path) -> None:
    """Lines stay those of the file."""
    reading = read(tmp_path, "t.csv", 'Report "X\n\nmade,by,us\na;b\n1;2\n', skip_rows=3)
    assert table(reading).header_line == 4
    assert table(reading).rows[0].line == 5
    assert table(reading).rows[0].cells == ("1", "2")


@pytest.mark.parametrize(("mark", "word"), [(";", '";"'), ("\t", '"\\t"'), ("|", '"|"')])
def test_delimiter_is_found_and_noted(tmp_path: Path, mark: str, word: str) -> None:
    """The one that splits the header into most columns; commas in a header do not fool it."""
    reading = read(tmp_path, "t.csv", f'"a, b"{mark}c{mark}d\n1{mark}2{mark}3\n')
    assert table(reading).columns == ("a, b", "c", "d")
    told = note(reading, "delimiter_found")
    assert f"delimiter = {word}" in told.mend


def test_wrong_delimiter(tmp_path: Path) -> None:
    """A declared delimiter is not overruled; what would work is said."""
    told = fault(read(tmp_path, "t.csv", "a;b\n1;2\n", delimiter=","))
    assert (told.code, told.file, told.line, told.value) == ("wrong_delimiter", "t.csv", 1, "a;b")
    assert told.mend.endswith('delimiter = ";".')


def test_one_column_is_no_wrong_delimiter(tmp_path: Path) -> None:
    """A file may have a single column."""
    assert table(read(tmp_path, "t.csv", "a\n1\n", delimiter=";")).columns == ("a",)


def test_byte_order_mark_is_left_out_and_noted(tmp_path: Path) -> None:
    """Excel writes it; the first header must not begin with it."""
    reading = read(tmp_path, "t.csv", b"\xef\xbb\xbfa,b\n1,2\n")
    assert table(reading).columns == ("a", "b")
    assert note(reading, "byte_order_mark").line == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_a_mark_is_read(tmp_path: Path, encoding: str) -> None:
    """Excel's "Unicode text" is UTF-16 with tabs."""
    reading = read(tmp_path, "t.txt", "\ufeffä\tb\n1\t2\n".encode(encoding))
    assert table(reading).columns == ("ä", "b")


def test_declared_encoding(tmp_path: Path) -> None:
    """Files of older Windows programs."""
    content = "name\nCafé\n".encode("cp1252")
    assert table(read(tmp_path, "t.csv", content, encoding="cp1252")).rows[0].cells == ("Café",)


def test_undecodable_names_line_and_byte(tmp_path: Path) -> None:
    """And the line of report.toml that would help."""
    told = fault(read(tmp_path, "t.csv", "name\nok\nCafé\n".encode("cp1252")))
    assert (told.code, told.line) == ("undecodable", 3)
    assert told.reason == "byte 0xE9 on this line is not UTF-8."
    assert 'encoding = "cp1252"' in told.mend


def test_utf_16_without_a_mark(tmp_path: Path) -> None:
    """Every other byte is NUL: the file is not what it is declared to be."""
    told = fault(read(tmp_path, "t.csv", "name,x\nok,1\n".encode("utf-16-le")))
    assert told.code == "not_text"
    assert 'encoding = "utf-16-le"' in told.mend


def test_unterminated_quote(tmp_path: Path) -> None:
    """The row that opens the quotation is named, not the end of the file."""
    told = fault(read(tmp_path, "t.csv", 'a,b\n1,2\n3,"open\n4,5\n6,7\n'))
    assert (told.code, told.line) == ("bad_quoting", 3)
    assert "do not pair up" in told.reason
    assert "Close the quotation" in told.mend


def test_quote_closed_too_early(tmp_path: Path) -> None:
    """Text after a closing quotation mark is not guessed at."""
    assert fault(read(tmp_path, "t.csv", 'a,b\n"x"y,2\n')).line == 2


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" , \n"])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    """Without a header there is nothing to read."""
    told = fault(read(tmp_path, "t.csv", content))
    assert told.code == "empty_file"
    assert "Export it again" in told.mend


def test_header_only_is_a_warning(tmp_path: Path) -> None:
    """It may be true that nothing happened."""
    told = note(read(tmp_path, "t.csv", "a,b\n"), "no_rows")
    assert told.severity is Severity.WARNING
    assert "nothing happened" in told.reason


def test_repeated_header_is_noted(tmp_path: Path) -> None:
    """Jira repeats Comment and Watchers; both columns stay."""
    reading = read(tmp_path, "t.csv", "id,Comment,Comment\n1,x,y\n")
    assert table(reading).columns == ("id", "Comment", "Comment")
    told = note(reading, "duplicate_header")
    assert (told.value, told.line) == ("Comment", 1)


def test_rows_of_other_widths_are_kept_as_they_are(tmp_path: Path) -> None:
    """It is not for the reader to judge them."""
    rows = table(read(tmp_path, "t.csv", "a,b\n1\n1,2,3\n")).rows
    assert [len(row.cells) for row in rows] == [1, 3]


# --- any file ----------------------------------------------------------------------------------


def test_missing_file(tmp_path: Path) -> None:
    """A file that report.toml names."""
    told = fault(read_source(tmp_path, SourceSpec("incidents", "ciso/x.csv", line=9)))
    assert (told.code, told.file, told.table) == ("file_missing", "ciso/x.csv", "incidents")


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """What the operating system says is passed on."""
    (tmp_path / "x.csv").mkdir()
    assert fault(read_source(tmp_path, SourceSpec("incidents", "x.csv"))).code == "file_unreadable"


def test_link_out_of_the_project(tmp_path: Path) -> None:
    """Checked again when the file is opened."""
    (tmp_path / "project").mkdir()
    (tmp_path / "secret.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "project" / "x.csv").symlink_to(tmp_path / "secret.csv")
    told = fault(read_source(tmp_path / "project", SourceSpec("incidents", "x.csv")))
    assert told.code == "file_outside"


def test_unknown_format(tmp_path: Path) -> None:
    """What can be read is said."""
    told = fault(read(tmp_path, "t.pdf", b"%PDF"))
    assert told.code == "format_unknown"
    assert ".xlsx" in told.mend


def test_every_fault_is_explained() -> None:
    """Each code has a meaning and a way to mend it."""
    assert set(READ_FAULTS) == set(ReadCode)
    assert all(each.meaning.endswith(".") and each.mend for each in READ_FAULTS.values())


# --- workbooks ---------------------------------------------------------------------------------


def test_workbook_values_become_unambiguous_text(tmp_path: Path) -> None:
    """Dates as ISO 8601, whole numbers without a point, rows as the spreadsheet numbers them."""
    rows: list[list[object]] = [
        ["id", "at", "on", "n", "share", "flag", "clock", "span"],
        [],
        [
            7,
            datetime(2026, 3, 4, 5, 6),  # noqa: DTZ001  cells have no zone
            date(2026, 3, 4),
            1234567,
            0.85,
            True,
            time(3, 4),
            timedelta(hours=30),
        ],
    ]
    reading = read(tmp_path, "t.xlsx", workbook({"Plan": rows}))
    raw = table(reading)
    assert raw.sheet == "Plan"
    assert [row.line for row in raw.rows] == [3]
    assert raw.rows[0].cells == (
        *("7", "2026-03-04T05:06:00", "2026-03-04", "1234567", "0.85", "true"),
        *("03:04:00", "30:00:00"),
    )
    assert note(reading, "blank_lines").line == 2


def test_workbook_numbers_follow_the_declared_decimal_mark(tmp_path: Path) -> None:
    """Or 1.234 would be read as one thousand two hundred and thirty-four."""
    content = workbook({"Plan": [["a"], [1.234]]})
    assert table(read(tmp_path, "t.xlsx", content, decimal_comma=True)).rows[0].cells == ("1,234",)


def test_workbook_errors_and_uncalculated_formulas_are_seen(tmp_path: Path) -> None:
    """The library reads them as empty, which would turn an error into "unknown"."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "b", "c"])
    sheet.append([1, "#REF!", "=1+1"])
    sheet["A3"] = "#DIV/0!"
    buffer = io.BytesIO()
    book.save(buffer)
    rows = table(read(tmp_path, "t.xlsx", buffer.getvalue())).rows
    assert rows[0].cells == ("1", "#REF!", "=1+1")
    assert rows[1].cells[0] == "#DIV/0!"


def test_sheet_missing(tmp_path: Path) -> None:
    """The nearest name is offered."""
    told = fault(read(tmp_path, "t.xlsx", workbook({"Plan": [["a"]], "Old": [["b"]]}), sheet="Pan"))
    assert (told.code, told.value) == ("sheet_missing", 'sheet "Pan"')
    assert told.mend.endswith('sheet = "Plan".')


def test_sheet_not_declared(tmp_path: Path) -> None:
    """Which of two is meant is not guessed; empty sheets do not count."""
    two = workbook({"Plan": [["a"], [1]], "Old": [["b"], [2]], "Empty": []})
    assert fault(read(tmp_path, "t.xlsx", two)).code == "sheet_not_declared"
    one = workbook({"Empty": [], "Plan": [["a"], [1]]})
    assert table(read(tmp_path, "t.xlsx", one)).sheet == "Plan"
    named = workbook({"Notes": [["b"]], "incidents": [["a"], [1]]})
    assert table(read(tmp_path, "t.xlsx", named)).sheet == "incidents"


def test_workbook_that_is_none(tmp_path: Path) -> None:
    """A CSV that was given the name of a workbook."""
    assert fault(read(tmp_path, "t.xlsx", "a,b\n")).code == "bad_workbook"


def test_workbook_preamble(tmp_path: Path) -> None:
    """Titles above the header."""
    content = workbook({"Plan": [["Report of"], ["a", "b"], [1, 2]]})
    raw = table(read(tmp_path, "t.xlsx", content, skip_rows=1))
    assert (raw.columns, raw.header_line, raw.rows[0].line) == (("a", "b"), 2, 3)


# --- records -----------------------------------------------------------------------------------


def test_records_have_their_line(tmp_path: Path) -> None:
    """The line on which each record begins."""
    text = (
        '[\n  {"id": "1", "n": 2.50},\n  {"id": "2",\n   "x": null}, {"id": "3", "ok": true}\n]\n'
    )
    raw = table(read(tmp_path, "t.json", text))
    assert raw.columns == ("id", "n", "x", "ok")
    assert [(row.line, row.cells) for row in raw.rows] == [
        (2, ("1", "2.50", "", "")),
        (3, ("2", "", "", "")),
        (4, ("3", "", "", "true")),
    ]


def test_records_nest(tmp_path: Path) -> None:
    """Paths name the columns; lists of plain values are joined."""
    text = json.dumps(
        [{"who": {"name": "A", "team": {"id": 7}}, "tags": ["x", "y"], "l": [{"a": 1}]}]
    )
    raw = table(read(tmp_path, "t.json", text))
    assert raw.columns == ("who.name", "who.team.id", "tags", "l")
    assert raw.rows[0].cells == ("A", "7", "x;y", '{"a": "1"}')


def test_list_inside_an_object(tmp_path: Path) -> None:
    """The one list of records is found; the KEV catalogue looks like this."""
    text = '{"title": "KEV", "count": 2, "tags": ["x"],\n "items": [\n{"id": 1},\n{"id": 2}]}'
    raw = table(read(tmp_path, "t.json", text))
    assert [(row.line, row.cells) for row in raw.rows] == [(3, ("1",)), (4, ("2",))]


def test_declared_list_inside_an_object(tmp_path: Path) -> None:
    """Where there are several, ``sheet`` names one, by its path."""
    text = '{"a": {"rows": [{"id": 1}]}, "b": [{"id": 2}], "c": [{"id": 3}]}'
    assert table(read(tmp_path, "t.json", text, sheet="a.rows")).rows[0].cells == ("1",)
    assert fault(read(tmp_path, "t.json", text)).code == "sheet_not_declared"
    told = fault(read(tmp_path, "t.json", text, sheet="bb"))
    assert (told.code, told.value) == ("sheet_missing", 'key "bb"')


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("3", "a number"),
        ('"x"', "a single value"),
        ('{"a": 1}', "an object without such a list"),
        ("[1, 2]", "a list that holds a number"),
        ('[{"a": 1},\n[2]]', "a list that holds a list"),
    ],
)
def test_json_that_is_not_records(tmp_path: Path, text: str, detail: str) -> None:
    """What it is instead is said."""
    told = fault(read(tmp_path, "t.json", text))
    assert told.code == "not_records"
    assert detail in told.reason


def test_broken_json_names_its_line(tmp_path: Path) -> None:
    """An export that broke off."""
    told = fault(read(tmp_path, "t.json", '[\n{"id": 1},\n{"id": '))
    assert (told.code, told.line) == ("bad_json", 3)


def test_deep_json_is_refused(tmp_path: Path) -> None:
    """Nesting that no export has is no crash."""
    assert fault(read(tmp_path, "t.json", "[" * 200_000)).code == "bad_json"


def test_json_lines(tmp_path: Path) -> None:
    """One record a line."""
    raw = table(read(tmp_path, "t.jsonl", '{"id": 1}\n\n{"id": 2}\n'))
    assert [row.line for row in raw.rows] == [1, 3]
    assert fault(read(tmp_path, "t.jsonl", '{"id": 1}\n{oops}\n')).line == 2


def test_json_numbers_follow_the_declared_decimal_mark(tmp_path: Path) -> None:
    """As in a workbook: they are numbers, whatever the texts beside them look like."""
    raw = table(read(tmp_path, "t.json", '[{"a": 1.5, "b": "1,5"}]', decimal_comma=True))
    assert raw.rows[0].cells == ("1,5", "1,5")


def test_empty_list_is_no_rows(tmp_path: Path) -> None:
    """Nothing happened; but without names there are no columns either."""
    assert table(read(tmp_path, "t.json", "[]")).rows == ()
