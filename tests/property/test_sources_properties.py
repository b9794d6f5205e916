"""The plain readers, whatever the bytes: a fault that is told, or every cell with its line."""

from __future__ import annotations

import csv
import functools
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from board_report.model import RawTable, SourceFile
from board_report.project import SourceSpec, load_project
from board_report.sources.faults import ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.peek import peek
from board_report.sources.read import read_source
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import Recognized, recognize, with_preset
from board_report.sources.records import read_records
from board_report.sources.survey import survey
from board_report.sources.text import read_text
from board_report.sources.workbook import first_rows, read_workbook
from board_report.tables.catalogue import TABLES
from board_report.tables.load import load_tables
from board_report.tables.proposals.block import source_block
from board_report.tables.proposals.propose import propose
from board_report.toml_reader import parse_toml
from tests.fuzz.mutate import mutated
from tests.projects import INCIDENT, INCIDENT_HEADER, incidents, make_project

several = settings(max_examples=150, deadline=None)
few = settings(max_examples=40, deadline=None)

Read = Callable[[bytes, SourceSpec], Grid]
RECORD = dict(zip(INCIDENT_HEADER.split(","), INCIDENT.split(","), strict=True))


@functools.cache
def workbook() -> bytes:
    """A workbook with texts, numbers, a date, an error and a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "a", "b"], ["1", 1.5, True], ["2", "=A1", "#REF!"], [None, "x", None]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


CSV_FILE = incidents(INCIDENT, '"I-2","a ""b"", c",' + ",".join("x" * 10)).encode()
JSON_FILE = json.dumps({"rows": [RECORD, {**RECORD, "tags": ["a", 1], "who": {"name": None}}]})
JSON_LINES = f"{json.dumps(RECORD)}\n{json.dumps({'incident_id': 2, 'a': {'b': [1]}})}\n"
PLAIN: dict[str, tuple[Read, str, Callable[[], bytes]]] = {
    "text": (read_text, "x.csv", lambda: CSV_FILE),
    "workbook": (read_workbook, "x.xlsx", workbook),
    "json": (read_records, "x.json", lambda: JSON_FILE.encode()),
    "json lines": (read_records, "x.jsonl", lambda: JSON_LINES.encode()),
}
kinds = pytest.mark.parametrize("kind", PLAIN)


def check(read: Read, content: bytes, spec: SourceSpec) -> None:
    """Nothing but a fault leaves a reader; lines lie in the file and never go back."""
    try:
        grid = read(content, spec)
    except ReadFaultError:
        return
    lines = [grid.header.line, *(row.line for row in grid.rows)]
    assert min(lines) >= 1
    if read is read_text:
        assert lines == sorted(set(lines))
        assert max(lines) <= content.count(b"\n") + content.count(b"\r") + 1
    assert all(isinstance(cell, str) for row in (grid.header, *grid.rows) for cell in row.cells)


@kinds
@several
@given(content=st.binary(max_size=400))
def test_any_bytes(kind: str, content: bytes) -> None:
    """Alone, and behind the beginning of a valid file."""
    read, file, valid = PLAIN[kind]
    spec = SourceSpec(table="incidents", file=file)
    for each in (content, valid()[:300] + content, content + valid()):
        check(read, each, spec)


@kinds
@several
@given(seed=st.integers(0, 2**32), sheet=st.sampled_from(("", "rows", "*", "rows.*.tags", "Sheet")))
def test_damaged_files(kind: str, seed: int, sheet: str) -> None:
    """Valid files with a few values, places, widths or parts changed."""
    read, file, valid = PLAIN[kind]
    check(read, mutated(valid(), seed), SourceSpec(table="incidents", file=file, sheet=sheet))


@several
@given(data=st.data())
def test_any_file_can_be_looked_at(data: st.DataObject) -> None:
    """Recognizing holds a file against every reader, and raises nothing."""
    _, file, valid = PLAIN[data.draw(st.sampled_from(sorted(PLAIN)))]
    content = mutated(valid(), data.draw(st.integers(0, 2**32)))
    for each in (content, data.draw(st.binary(max_size=300))):
        recognize(peek(file, each), tuple(readers_by_id().values()))


@pytest.mark.parametrize("depth", [10, 100, 300, 480, 700, 900, 960, 990, 1_010, 3_000])
@pytest.mark.parametrize("inner", ['{"a":', "["])
def test_nested_values_of_any_depth(tmp_path: Path, depth: int, inner: str) -> None:
    """Near the depth at which the interpreter gives up, a file is read or told, by every reader."""
    end = "}" if inner != "[" else "]"
    value = inner * depth + "1" + end * depth
    for reader in readers_by_id().values():
        for signature in reader.signatures:
            at = getattr(signature, "at", None)
            if at is None:
                continue
            record = "{" + ",".join(f'"{key}":{value}' for key in ("id", *signature.has)) + "}"
            text = f"[{record}]"
            for key in reversed(at.split(".") if at else []):
                text = f"[{text}]" if key == "*" else f'{{"{key}":{text}}}'
            (tmp_path / "x.json").write_text(text)
            block = SourceSpec(table="", file="x.json", reader=reader.id)
            peek("x.json", text.encode())
            read_source(tmp_path, with_preset(block, Recognized(reader)))


texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff"), max_size=12
)
words = texts.filter(str.strip)


@several
@given(
    rows=st.lists(st.lists(texts, min_size=2, max_size=5), max_size=8),
    header=st.lists(words, min_size=2, max_size=5, unique=True),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(("\n", "\r\n", "\r")),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)),
    marked=st.booleans(),
)
def test_what_the_standard_library_writes_is_read_back(
    rows: list[list[str]],
    header: list[str],
    delimiter: str,
    end: str,
    quoting: Any,
    marked: bool,
) -> None:
    """Cell for cell, each row with the line that it starts on; blank rows are counted."""
    # Its minimal quoting leaves out an end of line that is not the one it writes.
    ends = any(mark in cell for row in (header, *rows) for cell in row for mark in "\r\n")
    assume(not ends or quoting != csv.QUOTE_MINIMAL or end == "\r\n")
    lines, text = [], ""
    for row in (header, *rows):
        lines.append(len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting).writerow(row)
        text += buffer.getvalue()
    content = text.encode("utf-8-sig" if marked else "utf-8")
    grid = read_text(content, SourceSpec(table="", file="x.csv", delimiter=delimiter))
    expected = [
        (line, tuple(row))
        for line, row in zip(lines, (header, *rows), strict=True)
        if any(cell.strip() for cell in row)
    ]
    assert [(row.line, row.cells) for row in (grid.header, *grid.rows)] == expected
    assert len(grid.blank_lines) == 1 + len(rows) - len(expected)


scalars = st.one_of(st.none(), st.booleans(), st.integers(), texts)
numbers = st.floats(allow_nan=False, allow_infinity=False)
names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=6)


def as_cell(value: object) -> str:
    """A single value of JSON as the text that it is written as."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value)


@several
@given(
    records=st.lists(
        st.dictionaries(names, st.one_of(scalars, numbers, st.lists(scalars, max_size=3))),
        min_size=1, max_size=6,
    ),
    form=st.sampled_from(("list", "object", "lines")),
    indent=st.sampled_from((None, 1)),
)  # fmt: skip
def test_records_are_read_back(
    records: list[dict[str, Any]], form: str, indent: int | None
) -> None:
    """Every value as it is written, lists joined, absent ones empty, in the order of the file."""
    assume(form != "lines" or len(records) > 1)
    if form == "lines":
        content = "\n".join(json.dumps(each) for each in records)
    else:
        content = json.dumps(records if form == "list" else {"x": records}, indent=indent)
    file = "x.jsonl" if form == "lines" else "x.json"
    grid = read_records(content.encode(), SourceSpec(table="", file=file))
    columns = list(dict.fromkeys(key for each in records for key in each))
    assert list(grid.header.cells) == columns
    assert [list(row.cells) for row in grid.rows] == [
        [
            ";".join(map(as_cell, each.get(key))) if isinstance(each.get(key), list)
            else as_cell(each.get(key))
            for key in columns
        ]
        for each in records
    ]  # fmt: skip
    if form == "lines":
        assert [row.line for row in grid.rows] == list(range(1, len(records) + 1))


written = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="_="), max_size=12
).filter(str.strip)
cell_values = st.one_of(st.integers(-(10**9), 10**9), st.booleans(), written)


@few
@given(cells=st.lists(st.lists(cell_values, min_size=3, max_size=3), min_size=1, max_size=6))
def test_cells_of_a_workbook_are_read_back(cells: list[list[Any]]) -> None:
    """Texts, whole numbers and truth values, each row with the number that is shown of it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["a", "b", "c"], *cells):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    buffer = io.BytesIO()
    book.save(buffer)
    grid = read_workbook(buffer.getvalue(), SourceSpec(table="", file="x.xlsx"))
    shown = [
        [str(each).lower() if isinstance(each, bool) else str(each) for each in row]
        for row in cells
    ]
    assert [list(row.cells) for row in grid.rows] == shown
    assert [row.line for row in grid.rows] == list(range(2, len(cells) + 2))
    assert first_rows(buffer.getvalue(), 3)["Sheet"][0] == ("a", "b", "c")


@few
@given(
    header=st.lists(
        st.one_of(st.sampled_from(INCIDENT_HEADER.split(",")), st.text(max_size=15)),
        min_size=2, max_size=8, unique=True,
    ),
    data=st.data(),
)  # fmt: skip
def test_a_proposal_is_always_a_block(header: list[str], data: st.DataObject) -> None:
    """Whatever headers and cells a file has, what is proposed is TOML that names its headers."""
    cell = st.one_of(
        st.text(max_size=12), st.sampled_from(("2026-07-01", "31/12/2025", "1,5", "high"))
    )
    rows = data.draw(
        st.lists(st.lists(cell, min_size=len(header), max_size=len(header)), max_size=5)
    )
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([header, *rows])
    content = buffer.getvalue().encode("utf-8", "surrogatepass")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "x.csv").write_bytes(content)
        try:
            _, _, spec = survey(folder, "x.csv")
            grid = read_text(content, spec)
        except ReadFaultError:
            return
    source = SourceFile("x.csv", "0" * 64, len(content))
    columns = tuple(each.strip() for each in grid.header.cells)
    proposal = propose(RawTable(source, columns, grid.rows), spec, TABLES, table="incidents")
    assert proposal is not None
    block = source_block(proposal)
    (section,) = parse_toml(block.encode(), "the proposed block").sections("source")
    assert section.text("table") == "incidents"
    assert set(section.section("columns").values.values()) <= {*columns}
    assert all(line.isprintable() for line in block.split("\n"))


keys = st.sampled_from(("I-1", "I-2", "I-3", "I-4", ""))
CHOICES = (
    "", 'only = { severity = ["high", "urgent"] }', 'leave_out = { severity = "canceled" }'
)  # fmt: skip
severities = st.sampled_from(("high", "low", "urgent", "canceled", ""))
hours = st.integers(0, 23)


@few
@given(
    own=st.lists(st.tuples(keys, severities, hours), max_size=8),
    other=st.lists(st.tuples(keys, severities, hours), max_size=6),
    more=st.lists(st.tuples(keys, st.sampled_from(("5", "x", "", "7"))), max_size=6),
    keep=st.booleans(),
    choice=st.sampled_from(CHOICES),
    match=st.booleans(),
)  # fmt: skip
def test_every_row_ends_in_one_place(
    own: list[tuple[str, str, int]],
    other: list[tuple[str, str, int]],
    more: list[tuple[str, str]],
    keep: bool,
    choice: str,
    match: bool,
) -> None:
    """With logs, choices, completing files and matches, the ends of each file's rows add up."""
    logged = 'keep = "last"\norder_by = "detected_at"\n' if keep else ""
    report = (
        f'\n[[source]]\nfile = "a.csv"\ntable = "incidents"\n{logged}{choice}\n'
        '\n[[source]]\nfile = "b.csv"\ntable = "incidents"\n'
        '\n[[source]]\nfile = "c.csv"\ntable = "incidents"\nmerge_by = ["incident_id"]\n'
    )
    if match:
        report += (
            '\n[[match]]\ntable = "incidents"\nfiles = ["a.csv", "b.csv"]\n'
            'same = ["severity"]\nwithin_hours = { detected_at = 2 }\n'
        )
    with tempfile.TemporaryDirectory() as name:
        folder = make_project(
            Path(name),
            {
                "a.csv": _file(own),
                "b.csv": _file(other),
                "c.csv": "incident_id,cost\n" + "".join(f"{key},{cost}\n" for key, cost in more),
            },
            report,
        )
        (folder / "ciso/incidents.csv").unlink()
        loaded = load_tables(load_project(folder))
    read = {"a.csv": len(own), "b.csv": len(other), "c.csv": _filled(more)}
    found = {each.file: each for each in loaded.reconciliation if each.table == "incidents"}
    assert {file: each.read for file, each in found.items()} == read
    for each in found.values():
        ends = (each.used, each.rejected, each.duplicate, each.superseded, each.left_out)
        assert each.read == sum(ends) + each.out_of_period + each.merged + each.unmatched
    aside = [row for row in loaded.rejected if row.table == "incidents"]
    assert len(aside) == sum(each.rejected for each in found.values())
    assert all(row.reasons for row in aside)


events = st.lists(
    st.tuples(st.sampled_from(("high", "low")), st.integers(0, 300)), max_size=8
)  # fmt: skip


@few
@given(own=events, other=events, minutes=st.sampled_from((0, 1, 15, 60, 240)))
def test_matches_are_those_of_every_pair(
    own: list[tuple[str, int]], other: list[tuple[str, int]], minutes: int
) -> None:
    """As found by holding every row of one file against every row of the other."""
    report = (
        '\n[[source]]\nfile = "a.csv"\ntable = "incidents"\n'
        '\n[[source]]\nfile = "b.csv"\ntable = "incidents"\n'
        '\n[[match]]\ntable = "incidents"\nfiles = ["a.csv", "b.csv"]\nsame = ["severity"]\n'
        f"within_hours = {{ detected_at = {minutes / 60} }}\n"
    )
    with tempfile.TemporaryDirectory() as name:
        files = {"a.csv": _events("A", own), "b.csv": _events("B", other)}
        folder = make_project(Path(name), files, report)
        (folder / "ciso/incidents.csv").unlink()
        loaded = load_tables(load_project(folder))
    near = [
        [
            at
            for at, (same, when) in enumerate(own)
            if same == severity and abs(when - minute) <= minutes
        ]
        for severity, minute in other
    ]
    wanted = [at for some in near for at in some]
    clear = {at for at, some in enumerate(near) if len(some) == 1 and wanted.count(some[0]) == 1}
    found = {
        code: {each.value for each in loaded.findings if each.code == code}
        for code in ("matched", "match_unclear")
    }
    assert found["matched"] == {f"B-{at}" for at in clear}
    assert found["match_unclear"] == {
        f"B-{at}" for at, some in enumerate(near) if some and at not in clear
    }


def _events(prefix: str, rows: list[tuple[str, int]]) -> str:
    return incidents(
        *(
            f"{prefix}-{at},T,Retail,phishing,{severity},,2026-07-01T{minute // 60:02d}:"
            f"{minute % 60:02d}Z,,,employee,not_required,"
            for at, (severity, minute) in enumerate(rows)
        )
    )


def _file(rows: list[tuple[str, str, int]]) -> str:
    lines = [
        f"{key},T,Retail,phishing,{severity},,2026-07-01T{hour:02d}:00Z,,,employee,not_required,"
        for key, severity, hour in rows
    ]
    return incidents(*lines)


def _filled(rows: list[tuple[str, str]]) -> int:
    """Rows with a value: lines without any are no rows."""
    return sum(bool(key or cost) for key, cost in rows)
