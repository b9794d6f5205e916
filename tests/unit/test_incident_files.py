"""Entries on file: written whole, never over another, and every tampering told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.archive import incident_entries
from board_report.archive.incident_entries import add_entry
from board_report.errors import DocumentError
from board_report.governance.incident_codes import IncidentCode, IncidentError
from board_report.governance.incident_files import (
    LATEST,
    entry_text,
    file_of,
    incident_files,
    incident_ids,
    latest_text,
    read_incident,
    safe_id,
)
from board_report.governance.incident_kinds import (
    Aspect,
    Bearing,
    Content,
    Correction,
    Delay,
    DelayBasis,
    DelayStage,
    Determination,
    Determined,
    Discovered,
    Event,
    Fact,
    Factor,
    FactorSaid,
    FactState,
    Filed,
    Form,
    Notified,
    Related,
    Statement,
    StatementAspect,
)
from board_report.governance.incident_record import Entry

AT = datetime(2026, 9, 4, 22, 40, tzinfo=UTC)
INCIDENT = "INC-7"
FOLDER = Path("governance") / "incidents" / INCIDENT


def write(project: Path, *contents: Content) -> list[Entry]:
    """Write entries one after the other, as the program does."""
    entries = []
    for content in contents:
        files = read_incident(project, INCIDENT)
        entry = Entry(
            files.next_number, INCIDENT, AT, "UTC", "GC", "R. Achterberg", AT, content,
            files.last_sha256,
        )  # fmt: skip
        path = project / file_of(entry)
        add_entry(path, entry_text(entry), path.with_name(LATEST), latest_text(entry))
        entries.append(replace(entry, file=file_of(entry)))
    return entries


FOUR = (
    Discovered("Ordering stopped"),
    Fact("records", FactState.UNDETERMINED, Aspect.SCOPE, "“So” many — and é."),
    Determination(Determined.MATERIAL, "Because."),
    Filed(Form.ITEM_1_05, ""),
)


def codes(project: Path) -> list[str]:
    return [str(each.code) for each in read_incident(project, INCIDENT).findings]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    entries = write(tmp_path, *FOUR)
    files = read_incident(tmp_path, INCIDENT)
    assert files.record.entries == tuple(entries)
    assert (files.findings, files.next_number) == ((), 5)
    assert incident_ids(tmp_path) == (INCIDENT,)
    names = [path.rsplit("/", 1)[1] for path in incident_files(tmp_path)]
    assert names == [
        "0001-discovered.json", "0002-fact.json", "0003-determination.json", "0004-filed.json",
        LATEST,
    ]  # fmt: skip


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert incident_ids(tmp_path) == ()
    assert incident_files(tmp_path) == ()
    assert read_incident(tmp_path, INCIDENT).record.entries == ()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_entry_breaks_the_chain(tmp_path: Path, number: int) -> None:
    entries = write(tmp_path, *FOUR)
    (tmp_path / entries[number - 1].file).unlink()
    assert codes(tmp_path) == [IncidentCode.CHAIN_BROKEN]


def test_a_removed_last_entry_is_told_and_its_number_not_taken_silently(tmp_path: Path) -> None:
    entries = write(tmp_path, *FOUR)
    (tmp_path / entries[-1].file).unlink()
    (found,) = read_incident(tmp_path, INCIDENT).findings
    assert (found.code, found.file) == (IncidentCode.REMOVED, (FOLDER / LATEST).as_posix())
    assert "entry 4" in found.reason


def test_an_edited_entry_does_not_count(tmp_path: Path) -> None:
    entries = write(tmp_path, *FOUR)
    path = tmp_path / entries[2].file
    path.write_text(
        path.read_text(encoding="utf-8").replace("Because", "Perhaps"), encoding="utf-8"
    )
    files = read_incident(tmp_path, INCIDENT)
    assert [each.number for each in files.record.entries] == [1, 2, 4]
    assert {str(each.code) for each in files.findings} == {
        IncidentCode.DAMAGED, IncidentCode.CHAIN_BROKEN,
    }  # fmt: skip
    assert all(each.file for each in files.findings)


def test_an_edit_with_a_new_hash_breaks_the_chain(tmp_path: Path) -> None:
    entries = write(tmp_path, *FOUR)
    forged = replace(entries[2], content=Determination(Determined.NOT_MATERIAL, "Because."))
    (tmp_path / forged.file).write_text(entry_text(forged), encoding="utf-8")
    assert codes(tmp_path) == [IncidentCode.CHAIN_BROKEN]


def test_an_entry_that_was_slipped_in_breaks_the_chain(tmp_path: Path) -> None:
    entries = write(tmp_path, *FOUR)
    slipped = replace(entries[3], number=5, previous_sha256="0" * 64)
    (tmp_path / file_of(slipped)).write_text(entry_text(slipped), encoding="utf-8")
    assert codes(tmp_path) == [IncidentCode.CHAIN_BROKEN]


def test_a_file_moved_to_another_incident_does_not_count(tmp_path: Path) -> None:
    entries = write(tmp_path, *FOUR)
    other = tmp_path / "governance" / "incidents" / "INC-8"
    other.mkdir()
    (other / "0001-discovered.json").write_bytes((tmp_path / entries[0].file).read_bytes())
    found = read_incident(tmp_path, "INC-8")
    assert (found.record.entries, [each.code for each in found.findings]) == (
        (), [IncidentCode.DAMAGED],
    )  # fmt: skip


def test_ends_of_lines_that_version_control_rewrote_are_the_same(tmp_path: Path) -> None:
    for entry in write(tmp_path, *FOUR):
        path = tmp_path / entry.file
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    "change",
    [
        {"format": "else"}, {"format_version": 2}, {"kind": "guess"}, {"at": "yesterday"},
        {"at": "2026-09-04T18:40:00"}, {"at": "9999-09-04T18:40:00Z"}, {"role": 5},
        {"content": {"title": 5}}, {"content": {}}, {"content": {"title": "x", "score": "1"}},
        {"content": []}, {"number": 2}, {"incident": "INC-8"},
    ],
)  # fmt: skip
def test_a_file_that_says_what_cannot_be_is_damaged(
    tmp_path: Path, change: dict[str, object]
) -> None:
    """Even where its own hash was made to hold."""
    import hashlib

    (entry,) = write(tmp_path, FOUR[0])
    told = json.loads((tmp_path / entry.file).read_text(encoding="utf-8"))
    told |= change
    told.pop("entry_sha256")
    told["entry_sha256"] = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    (tmp_path / entry.file).write_text(json.dumps(told), encoding="utf-8")
    assert codes(tmp_path) == [IncidentCode.DAMAGED]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 100_000, b"[]", b"{}"])
def test_any_bytes_are_damaged_and_never_a_crash(tmp_path: Path, data: bytes) -> None:
    (entry,) = write(tmp_path, FOUR[0])
    (tmp_path / entry.file).write_bytes(data)
    assert codes(tmp_path) == [IncidentCode.DAMAGED]


def test_an_entry_is_never_written_over_another(tmp_path: Path) -> None:
    (entry,) = write(tmp_path, FOUR[0])
    path = tmp_path / entry.file
    before = path.read_bytes()
    with pytest.raises(DocumentError, match="somebody else"):
        add_entry(path, "other", path.with_name(LATEST), "0001 0\n")
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == ["0001-discovered.json", LATEST]


def test_without_hard_links_it_is_never_written_over_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr("os.link", refuse)
    (entry,) = write(tmp_path, FOUR[0])
    path = tmp_path / entry.file
    with pytest.raises(DocumentError, match="somebody else"):
        add_entry(path, "other", path.with_name(LATEST), "0001 0\n")


def test_a_crash_before_the_latest_is_named_loses_no_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, FOUR[0])

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(incident_entries, "replace_file", crash)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, FOUR[1])
    assert codes(tmp_path) == []
    write(tmp_path, FOUR[2])
    assert [each.number for each in read_incident(tmp_path, INCIDENT).record.entries] == [1, 2, 3]


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "governance").write_text("a file", encoding="utf-8")
    with pytest.raises(DocumentError, match="cannot be recorded"):
        write(tmp_path, FOUR[0])


@pytest.mark.parametrize(
    "name",
    [
        *("", "..", ".hidden", "a/b", "a\\b", "CON", "nul.txt", "com1", "a b", "x" * 65, "ends."),
        *("é", "a\nb"),
    ],
)  # fmt: skip
def test_a_number_that_is_no_safe_folder_is_refused(name: str) -> None:
    with pytest.raises(IncidentError) as refused:
        safe_id(name)
    assert refused.value.code is IncidentCode.ID_UNSAFE


@given(st.text(max_size=70))
def test_a_safe_number_stays_in_its_folder(name: str) -> None:
    try:
        safe = safe_id(name)
    except IncidentError:
        return
    root = Path("/project/governance/incidents")
    assert (root / safe).resolve().parent == root.resolve()
    assert safe.isascii()


words = st.text(min_size=1, max_size=30)
contents = st.one_of(
    st.builds(Discovered, words),
    st.builds(Fact, words, st.sampled_from(FactState), st.sampled_from(Aspect), words),
    st.builds(FactorSaid, st.sampled_from(Factor), st.sampled_from(Bearing), words, words),
    st.builds(Related, words, words),
    st.builds(Event, words, words),
    st.builds(Determination, st.sampled_from(Determined), words),
    st.builds(Statement, st.sampled_from(StatementAspect), words),
    st.builds(Notified, words, words),
    st.builds(Filed, st.sampled_from(Form), words),
    st.builds(
        Delay, st.sampled_from(DelayBasis), st.sampled_from(DelayStage), st.integers(0, 99), words
    ),
    st.builds(Correction, st.integers(1, 99), words),
)


@given(st.lists(contents, min_size=1, max_size=5), st.integers(0, 10**6))
def test_whatever_is_said_is_read_as_it_was_written(said: list[Content], seconds: int) -> None:
    """Through a folder in memory, as bytes; also what has line ends, quotes and odd signs in it."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        before = ""
        for number, content in enumerate(said, 1):
            at = AT + timedelta(seconds=seconds * number)
            entry = Entry(number, INCIDENT, at, "", "GC", "R. A.", at, content, before)
            path = project / file_of(entry)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(entry_text(entry).encode("utf-8", "surrogatepass"))
            before = latest_text(entry).split()[1]
        files = read_incident(project, INCIDENT)
        assert files.findings == ()
        assert [each.content for each in files.record.entries] == said
