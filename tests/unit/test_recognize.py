"""A file is known by its content, and what its block says goes before what its reader knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.project import ColumnRule, SourceSpec
from board_report.sources.peek import field_of, has_field, peek, records_at
from board_report.sources.reader import Evidence, Header, Markup, Reader, Records, Signature
from board_report.sources.recognize import recognize, with_preset
from board_report.sources.resolve import resolve_sources
from tests.projects import found, load

KEV = (
    "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,"
    "dueDate,knownRansomwareCampaignUse,notes,cwes\n"
    "CVE-2026-0001,A,B,C,2026-07-01,d,e,2026-07-21,Unknown,,\n"
)


def reader(name: str, *signatures: Signature, preset: SourceSpec | None = None) -> Reader:
    """A reader for a test."""
    return Reader(
        id=name,
        tool="Tool",
        export="list",
        preset=preset or SourceSpec(table="incidents", file=""),
        signatures=signatures,
        evidence=Evidence.DOCUMENTED,
        reference="a test",
    )


def known(file: str, content: str | bytes, *readers: Reader) -> list[str]:
    data = content if isinstance(content, bytes) else content.encode()
    return [each.reader.id for each in recognize(peek(file, data), readers)]


# --- recognizing ---------------------------------------------------------------------------------


def test_a_header_below_a_preamble_with_another_delimiter() -> None:
    """Case, order, spaces and a byte order mark do not matter; where it stands is found."""
    one = reader("one", Header(has=("Plugin ID", "Host")))
    content = "\ufeffReport of June\nmade by us, all of us\nhost ;PLUGIN  ID;x\na;1;2\n"
    (match,) = recognize(peek("a.csv", content.encode()), [one])
    assert match.row is not None
    assert (match.row.skip_rows, match.row.delimiter) == (2, ";")
    resolved = with_preset(SourceSpec("", "a.csv"), match)
    assert (resolved.skip_rows, resolved.delimiter, resolved.reader) == (2, ";", "one")


def test_a_header_that_lacks_what_another_family_has() -> None:
    """Four families of one tool share half of their headers."""
    short = reader("short", Header(has=("Plugin ID", "Risk"), lacks=("First Found",)))
    long = reader("long", Header(has=("Plugin ID", "Risk", "First Found")))
    assert known("a.csv", "Plugin ID,Risk\n", short, long) == ["short"]
    assert known("a.csv", "Plugin ID,Risk,First Found\n", short, long) == ["long"]


def test_the_more_specific_signature_wins() -> None:
    """A reader that asks for all that another does, and for more, knows the file better."""
    wide = reader("wide", Header(has=("a",)))
    narrow = reader("narrow", Header(has=("a", "b")))
    assert known("a.csv", "a,b\n", wide, narrow) == ["narrow"]
    assert known("a.csv", "a,c\n", wide, narrow) == ["wide"]
    other = reader("other", Header(has=("b", "c")))
    assert known("a.csv", "a,b,c\n", wide, narrow, other) == ["narrow", "other"]


@pytest.mark.parametrize(
    ("document", "signature", "is_known"),
    [
        ([{"id": 1}], Records(has=("id",)), True),
        ({"id": 1}, Records(has=("id",)), True),
        ([{"user": {"mail": ""}}], Records(has=("user.mail",)), True),
        ([{"user.mail": ""}], Records(has=("user.mail",)), True),
        ([{"id": 1, "x": 0}], Records(has=("id",), lacks=("x",)), False),
        ([{"class": 2}], Records(has=(), equal=(("class", "2"),)), True),
        ([{"class": 3}], Records(has=(), equal=(("class", "2"),)), False),
        ([{"ok": True}], Records(has=(), equal=(("ok", "true"),)), True),
        ({"r": [{"v": None}, {"v": [{"id": 1}]}]}, Records(at="r.*.v", has=("id",)), True),
        ({"r": []}, Records(at="r.*.v", has=("id",)), False),
        ({"items": [{"id": 1}]}, Records(at="items", has=("id",), beside=("version",)), False),
        ({"version": 1, "items": [{"id": 1}]}, Records(at="items", has=("id",),
                                                       beside=("version",)), True),
        ("text", Records(has=("id",)), False),
        (None, Records(has=("id",)), False),
    ],
)  # fmt: skip
def test_json_records(document: object, signature: Records, is_known: bool) -> None:
    """By fields, values, and what stands beside the list."""
    content = json.dumps(document)
    assert known("a.json", content, reader("one", signature)) == ["one"] * is_known


def test_json_lines_whatever_the_name_says() -> None:
    """Search tools write one object a line into a file called .json."""
    one = reader("one", Records(has=("id",)))
    assert known("a.json", '{"id": 1}\n{"id": 2}\n', one) == ["one"]
    assert known("a.jsonl", '{"id": 1}\n', one) == ["one"]
    assert known("a.json", '{"id": 1}\n[broken', one) == []


def test_xml_by_its_outermost_element() -> None:
    """Without its prefix, and by what its head holds."""
    one = reader("one", Markup(root="Report"))
    two = reader("two", Markup(root="Report", has=("urn:x",)))
    assert known("a.xml", '<?xml version="1.0"?><!-- <no/> --><p:Report xmlns:p="urn:y"/>', one,
                 two) == ["one"]  # fmt: skip
    assert known("a.nessus", '<Report xmlns="urn:x"/>', one, two) == ["two"]
    assert known("a.xml", "<Other/>", one, two) == []


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.xml", "a.xlsx", "a.doc", "a"])
@pytest.mark.parametrize("content", [b"", b"\0\xff\xfe", b"[" * 100_000, b'{"a":', b"<a", b'"'])
def test_a_look_never_fails(name: str, content: bytes) -> None:
    """What cannot be understood is simply not known."""
    one = reader("one", Header(has=("a",)), Records(has=("a",)), Markup(root="b"))
    assert known(name, content, one) == []


def test_fields_by_their_path() -> None:
    """Nested, or with dots in the key itself."""
    record = {"a.b": {"c": 1}, "a": {"x": {"y": 2}}, "n": None}
    assert field_of(record, "a.b.c") == 1
    assert field_of(record, "a.x.y") == 2
    assert field_of(record, "a.x.z") is None
    assert has_field(record, "n")
    assert not has_field(record, "n.x")
    assert [dict(each) for each in records_at({"r": {"k1": [{"i": 1}], "k2": [{"i": 2}]}}, "r.*")] \
        == [{"i": 1}, {"i": 2}]  # fmt: skip


# --- what the block says -------------------------------------------------------------------------

PRESET = SourceSpec(
    table="incidents",
    file="",
    columns={"incident_id": "number", "severity": "priority"},
    rules={"title": ColumnRule(("short", "long"), how="first")},
    constants={"category": "other"},
    values={"severity": {"1": "critical", "2": "high"}},
    missing=("?",),
    date_format="%d/%m/%Y",
    leave_out={"state": ("cancelled",)},
)


def merged(block: SourceSpec) -> SourceSpec:
    (match,) = recognize(
        peek("a.csv", b"number,priority\n"),
        [reader("one", Header(has=("number", "priority")), preset=PRESET)],
    )
    return with_preset(block, match)


def test_a_bare_block_gets_all_of_the_preset() -> None:
    """And remembers which columns are the reader's."""
    got = merged(SourceSpec("", "a.csv", line=7))
    assert (got.table, got.file, got.line) == ("incidents", "a.csv", 7)
    assert got.columns == PRESET.columns
    assert got.values == PRESET.values
    assert got.from_reader == {"incident_id", "severity", "title", "leave_out.state"}
    assert (got.missing, got.date_format) == (("?",), "%d/%m/%Y")


def test_what_the_block_says_goes_first() -> None:
    """Column by column and text by text; the rest stays the reader's."""
    block = SourceSpec(
        "",
        "a.csv",
        columns={"title": "u_title", "category": "u_kind"},
        constants={"severity": "low"},
        missing=("N/A",),
        values={"title": {"a": "b"}},
    )
    got = merged(block)
    assert got.columns == {"incident_id": "number", "title": "u_title", "category": "u_kind"}
    assert got.rules == {}
    assert got.constants == {"severity": "low"}
    assert got.values == {"title": {"a": "b"}, "severity": {}}
    assert got.missing == ("N/A",)
    assert got.from_reader == {"incident_id", "leave_out.state"}


def test_a_text_of_the_block_replaces_the_readers(tmp_path: Path) -> None:
    """``values`` are merged text by text while the column is the reader's."""
    got = merged(SourceSpec("", "a.csv", values={"severity": {"2": "critical", "3": "low"}}))
    assert got.values["severity"] == {"1": "critical", "2": "critical", "3": "low"}


# --- resolving -----------------------------------------------------------------------------------


def test_pointing_at_a_file_is_enough(tmp_path: Path) -> None:
    """Recognized, said, and read."""
    block = '\n[[source]]\nfile = "ciso/list.csv"\n'
    loaded = load(tmp_path, {"ciso/list.csv": KEV}, block)[1]
    assert len(loaded.tables.frame("kev_catalogue")) == 1
    told = found(loaded, "reader_found")
    assert (told.severity, told.file) == ("note", "ciso/list.csv")
    assert 'reader = "cisa-kev"' in told.mend


def test_a_pattern_takes_every_file_that_fits(tmp_path: Path) -> None:
    """By name; each is counted by itself."""
    files: dict[str, str | bytes] = {
        "ciso/kev/b.csv": KEV.replace("0001", "0002"),
        "ciso/kev/a.csv": KEV,
        "ciso/kev/notes.txt": "x",
    }
    loaded = load(tmp_path, files, '\n[[source]]\nfile = "ciso/kev/*.csv"\n')[1]
    assert loaded.tables.frame("kev_catalogue")["cve"].tolist() == [
        "CVE-2026-0001",
        "CVE-2026-0002",
    ]
    none = load(tmp_path, files, '\n[[source]]\nfile = "ciso/none/*.csv"\n')[1]
    assert found(none, "no_files").stops


@pytest.mark.parametrize(
    ("block", "code", "says"),
    [
        ('file = "ciso/odd.csv"', "not_recognized", "board-report map ciso/odd.csv"),
        ('file = "ciso/gone.csv"', "file_missing", "is not in the project"),
        ('file = "ciso/odd.docx"', "not_recognized", "of a kind that cannot be read"),
        ('file = "ciso/odd.csv"\nreader = "cisa-kev"', "reader_differs", "no reader knows it"),
    ],
)
def test_files_that_are_not_known(tmp_path: Path, block: str, code: str, says: str) -> None:
    """Each stops the build and says what to do."""
    files: dict[str, str | bytes] = {"ciso/odd.csv": "a,b\n1,2\n", "ciso/odd.docx": "x"}
    loaded = load(tmp_path, files, f"\n[[source]]\n{block}\n")[1]
    told = found(loaded, code)
    assert told.stops
    assert says in f"{told.reason} {told.mend}"


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ('reader = "cisa-kew"', "Did you mean cisa-kev?"),
        ('reader = "cisa-kev"\ntable = "incidents"', "fills kev_catalogue"),
    ],
)
def test_readers_that_cannot_be(tmp_path: Path, block: str, says: str) -> None:
    """The line of the block, and the nearest."""
    with pytest.raises(ProjectError, match=r"report\.toml, line") as told:
        load(tmp_path, {"ciso/a.csv": KEV}, f'\n[[source]]\nfile = "ciso/a.csv"\n{block}\n')
    assert says in told.value.message


def test_two_readers_that_know_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody chooses between them but a person."""
    (tmp_path / "a.csv").write_text("a,b\n")
    readers = {name: reader(name, Header(has=(name,))) for name in ("a", "b")}
    monkeypatch.setattr("board_report.sources.resolve.readers_by_id", lambda: readers)
    sources, findings = resolve_sources(tmp_path, [SourceSpec("", "a.csv")])
    assert sources == ()
    assert findings[0].code == "several_readers"
    assert 'reader = "a"' in findings[0].mend
