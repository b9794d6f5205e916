"""Records within JSON are found at a path, each with the line that it begins on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.model import RawTable
from board_report.project import SourceSpec
from board_report.sources.located import located
from board_report.sources.read import read_source

TEXT = """\
{"name": "scan", "Results": [
 {"Target": "a", "V": [
   {"id": 1},
   {"id": 2}]},
 {"Target": "b"},
 {"Target": "c", "V": []},
 {"Target": "d", "Meta": {"os": "x"}, "V": [{"id": 3,
   "Target": "own"}]}]}
"""


def read(folder: Path, text: str, sheet: str) -> RawTable:
    (folder / "a.json").write_text(text)
    reading = read_source(folder, SourceSpec("incidents", "a.json", sheet=sheet))
    assert reading.table is not None, reading.findings
    return reading.table


def test_lines_values_and_what_is_around() -> None:
    """Branches without the path are passed over."""
    found = list(located(TEXT, ("Results", "*", "V", "*")))
    assert [each.line for each in found] == [3, 4, 7]
    assert [each.value["id"] for each in found] == ["1", "2", "3"]
    assert [each.parents[-1]["Target"] for each in found] == ["a", "a", "d"]
    assert found[0].parents[0]["name"] == "scan"


def test_objects_by_name_have_items_too() -> None:
    """``*`` stands for each member of an object as well."""
    found = list(located('{"x": {"k1": {"i": 1},\n"k2": {"i": 2}}}', ("x", "*")))
    assert [(each.line, each.value["i"]) for each in found] == [(1, "1"), (2, "2")]


def test_a_path_in_sheet_gives_columns_of_the_objects_around(tmp_path: Path) -> None:
    """The record's own fields keep their names; those above are ``../``."""
    raw = read(tmp_path, TEXT, "Results.*.V")
    rows = [dict(zip(raw.columns, row.cells, strict=True)) for row in raw.rows]
    assert [row.line for row in raw.rows] == [3, 4, 7]
    assert [row["../Target"] for row in rows] == ["a", "a", "d"]
    assert [row["../../name"] for row in rows] == ["scan"] * 3
    assert (rows[2]["Target"], rows[2]["../Meta.os"]) == ("own", "x")


def test_a_path_without_records_is_an_empty_table(tmp_path: Path) -> None:
    """Nothing happened; a first key that is not there is a mistake."""
    assert read(tmp_path, '{"Results": [{"Target": "a"}]}', "Results.*.V").rows == ()
    (tmp_path / "b.json").write_text('{"Result": []}')
    reading = read_source(tmp_path, SourceSpec("incidents", "b.json", sheet="Results.*.V"))
    assert reading.findings[0].code == "sheet_missing"
    assert '"Result"' in reading.findings[0].mend


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner,
                                                               max_size=3),
    max_leaves=12,
)  # fmt: skip


def plainly(value: object, path: tuple[str, ...]) -> list[object]:
    """The values at a path, found by plain recursion."""
    if not path:
        return [value]
    key, *rest = path
    if key == "*":
        inner = value.values() if isinstance(value, dict) else value
        inner = inner if isinstance(value, (dict, list)) else ()
        return [found for each in inner for found in plainly(each, tuple(rest))]
    if isinstance(value, dict) and key in value:
        return plainly(value[key], tuple(rest))
    return []


@given(_VALUES, st.lists(st.sampled_from(["*", "a", ""]), max_size=4), st.sampled_from([None, 1]))
def test_the_same_values_as_by_plain_recursion(
    value: object, path: list[str], indent: int | None
) -> None:
    """Whatever the JSON, and however it is laid out."""
    text = json.dumps(value, indent=indent)
    found = [each.value for each in located(text, path)]
    assert json.dumps(found) == json.dumps(json.loads(json.dumps(plainly(value, tuple(path))),
                                                      parse_int=str))  # fmt: skip


@pytest.mark.parametrize("indent", [None, 1])
def test_lines_count_the_ends_of_lines_before(indent: int | None) -> None:
    """Against a search for each record's own mark."""
    rows = [{"mark": f"m{at}", "more": {"x": [at]}} for at in range(30)]
    text = json.dumps({"a": {"rows": rows}}, indent=indent)
    for each in located(text, ("a", "rows", "*")):
        before = text[: text.index(f'"{each.value["mark"]}"')]
        opened = before.rindex("{")
        assert each.line == before[:opened].count("\n") + 1
