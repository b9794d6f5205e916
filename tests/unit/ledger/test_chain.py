"""What entries may say: seals, holds, releases, deletions; both verifiers judge alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.archive.ledger import Archive, ArchiveError, KeptFile, open_archive
from board_report.archive.ledger.actions import due, hold, prune, record, release
from board_report.archive.ledger.entries import (
    NOTHING_BEFORE,
    EntryFaultError,
    entry_bytes,
    entry_name,
    is_safe_name,
    read_entry,
    sha256_of,
)
from board_report.archive.ledger.local import LocalStore
from board_report.archive.ledger.retention import kept_until
from board_report.archive.ledger.sealing import seal
from board_report.archive.ledger.store import object_name
from tests.ledger_data import (
    ENTITY,
    FIRST,
    faults,
    found_both,
    local,
    request,
    sealed,
    stamp,
    standalone,
)

DUE = "2033-10-29T00:00:00Z"
"""The first moment after seven years from the first seal."""
LAST_DAY = "2033-10-28T23:59:59Z"


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return local(tmp_path / "archive")


@pytest.fixture
def archive(store: LocalStore) -> Archive:
    sealed(store, "2026-Q3", "2026-Q4")
    return open_archive(store)


def test_a_seal_keeps_what_it_was_given(archive: Archive) -> None:
    first, second = archive.seals()
    assert (first.quarter, second.quarter) == ("2026-Q3", "2026-Q4")
    assert (first.entity, first.is_draft, first.supersedes) == (ENTITY, False, None)
    deck = first.file("board-deck.pdf")
    assert deck is not None
    assert archive.read(deck.sha256) == b"deck 2026-Q3 " * 9
    assert first.entry.at == FIRST
    assert first.manifest_sha256 == sha256_of(b"manifest of 2026-Q3")
    assert archive.seals(quarter="2026-Q4") == (second,)
    assert archive.seals(entity="Other, Inc.") == ()


def test_entries_name_the_one_before_them(archive: Archive, tmp_path: Path) -> None:
    files = [(tmp_path / "archive" / entry_name(number)).read_bytes() for number in (1, 2, 3)]
    found = [json.loads(each)["previous"] for each in files]
    assert found == [NOTHING_BEFORE, sha256_of(files[0]), sha256_of(files[1])]
    assert archive.chain().head == sha256_of(files[2])


def test_equal_seals_are_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        sealed(local(tmp_path / name), "2026-Q3")
    names = local(tmp_path / "a").names()
    assert names == local(tmp_path / "b").names()
    assert all(
        (tmp_path / "a" / each).read_bytes() == (tmp_path / "b" / each).read_bytes()
        for each in names
    )


def test_a_quarter_is_sealed_again_only_with_a_reason_and_something_new(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="is sealed as it is, by entry 2 of 2026-10-28"):
        seal(archive.store, request("2026-Q3", reason="again"), stamp())
    changed = {"board-deck.pdf": (b"mended", "document")}
    with pytest.raises(ArchiveError, match="not the same any more") as refused:
        seal(archive.store, request("2026-Q3", changed), stamp())
    assert "--reason" in refused.value.mend
    with pytest.raises(ArchiveError, match="not sealed yet"):
        seal(archive.store, request("2027-Q1", reason="none is there"), stamp())
    done = seal(archive.store, request("2026-Q3", changed, reason="A figure was wrong"), stamp())
    assert (done.supersedes, done.reason, done.entry.kind) == (2, "A figure was wrong", "supersede")
    assert archive.seals(quarter="2026-Q3")[0].file("board-deck.pdf") is not None
    assert found_both(Path(archive.store.address)) == set()


def test_several_companies_share_one_archive(archive: Archive) -> None:
    seal(archive.store, request("2026-Q3", entity="Other, Inc."), stamp())
    assert [each.entity for each in archive.seals(quarter="2026-Q3")] == [ENTITY, "Other, Inc."]
    assert found_both(Path(archive.store.address)) == set()


def test_what_is_equal_is_kept_once(archive: Archive) -> None:
    """Both quarters have the same list of exploited flaws, and empty files."""
    one, other = (each.file("project/ciso/kev.csv") for each in archive.seals())
    assert one == other
    objects = [each for each in archive.store.names() if each.startswith("objects/")]
    hashes = {each.sha256 for one in archive.seals() for each in one.files}
    assert len(objects) == len(hashes) < sum(len(one.files) for one in archive.seals())


def test_the_public_pack_lists_public_files_alone(archive: Archive) -> None:
    pack = archive.seals()[0].file("public-pack.json")
    assert pack is not None
    data = archive.read(pack.sha256)
    assert [each["name"] for each in json.loads(data)["files"]] == ["governance-disclosure.pdf"]
    assert b"deck" not in data
    assert b"tickets" not in data


# --- holds and retention --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "years", "last"),
    [
        ("2026-10-28T09:15:00Z", 7, "2033-10-28"),
        ("2028-02-29T00:00:00Z", 7, "2035-03-01"),
        ("2028-02-29T00:00:00Z", 4, "2032-02-29"),
        ("2026-12-31T23:59:59Z", 0, "2026-12-31"),
    ],
)
def test_years_count_from_the_day_of_the_seal(at: str, years: int, last: str) -> None:
    assert kept_until(at, years) == last == standalone()["kept_until"](at, years)


def test_nothing_goes_on_its_last_day(archive: Archive) -> None:
    assert due(archive.chain().state, LAST_DAY[:10]) == ()
    assert prune(archive, stamp(LAST_DAY), reason="due") is None
    names = archive.store.names()
    assert prune(archive, stamp(DUE), reason="due") is not None
    assert found_both(Path(archive.store.address)) == set()
    gone = set(names) - set(archive.store.names())
    assert gone == {each for each in names if each.startswith("objects/")}


def test_kinds_of_record_have_their_own_years(store: LocalStore) -> None:
    seal(store, request(years={"default": 7, "source": 3}), stamp())
    archive = open_archive(store)
    (only,) = due(archive.chain().state, "2029-10-29")
    assert (only.number, only.roles, only.until) == (2, ("source",), "2029-10-28")
    entry = prune(archive, stamp("2029-10-29T08:00:00Z"), reason="Sources are kept three years")
    assert entry is not None
    assert entry.body["pruned"] == [{"entry": 2, "roles": ["source"]}]
    (done,) = archive.seals()
    deck, source = done.file("board-deck.pdf"), done.file("project/ciso/kev.csv")
    assert deck is not None and source is not None
    assert archive.read(deck.sha256)
    with pytest.raises(ArchiveError, match="no such file"):
        archive.read(source.sha256)
    assert found_both(Path(store.address)) == set()


def test_what_another_record_needs_stays(store: LocalStore) -> None:
    """The shared source is needed by a later quarter; the earlier quarter's own files go."""
    seal(store, request("2026-Q3"), stamp())
    seal(store, request("2026-Q4"), stamp("2027-02-01T09:00:00Z"))
    archive = open_archive(store)
    entry = prune(archive, stamp(DUE), reason="due")
    assert entry is not None
    removed = {each["sha256"] for each in entry.body["removed"]}
    first, second = (set(each.files) for each in archive.seals())
    shared = {each.sha256 for each in second}
    assert removed == {each.sha256 for each in first} - shared
    assert all(archive.store.exists(object_name(each)) for each in shared)
    assert found_both(Path(store.address)) == set()


def test_a_deleted_file_may_be_sealed_again(archive: Archive) -> None:
    assert prune(archive, stamp(DUE), reason="due") is not None
    again = {"x.pdf": (b"deck 2026-Q3 " * 9, "document")}
    done = seal(archive.store, request("2033-Q3", again), stamp(DUE))
    kept = done.file("x.pdf")
    assert kept is not None
    assert archive.read(kept.sha256) == b"deck 2026-Q3 " * 9
    assert found_both(Path(archive.store.address)) == set()


@pytest.mark.parametrize(
    ("quarter", "entity", "held"),
    [("2026-Q3", "", {2}), ("", ENTITY, {2, 3}), ("", "", {2, 3}), ("2026-Q4", ENTITY, {3})],
)
def test_a_hold_keeps_what_it_covers(
    archive: Archive, quarter: str, entity: str, held: set[int]
) -> None:
    entry = hold(archive, stamp(), reason="Matter 1", quarter=quarter, entity=entity)
    found = due(archive.chain().state, DUE[:10])
    assert {each.number for each in found if each.holds} == held
    done = prune(archive, stamp(DUE), reason="due")
    assert {each["entry"] for each in (done.body["pruned"] if done else [])} == {2, 3} - held
    release(archive, stamp(DUE), number=entry.number, reason="Matter 1 is closed")
    again = prune(archive, stamp(DUE), reason="due")
    assert again is not None
    assert {each["entry"] for each in again.body["pruned"]} == held
    assert found_both(Path(archive.store.address)) == set()


def test_a_hold_covers_what_is_sealed_later(archive: Archive) -> None:
    hold(archive, stamp(), reason="Matter 1")
    seal(archive.store, request("2027-Q1"), stamp())
    assert prune(archive, stamp("2090-01-01T00:00:00Z"), reason="due") is None


def test_refusals(archive: Archive) -> None:
    before = archive.store.names()
    with pytest.raises(ArchiveError, match="nothing of 2019-Q1 is sealed"):
        hold(archive, stamp(), reason="x", quarter="2019-Q1")
    with pytest.raises(ArchiveError, match="entry 2 holds nothing"):
        release(archive, stamp(), number=2, reason="x")
    with pytest.raises(ArchiveError, match="reason is needed"):
        hold(archive, stamp(), reason=" ")
    with pytest.raises(ArchiveError, match="reason is needed"):
        release(archive, stamp(), number=2, reason="")
    with pytest.raises(ArchiveError, match="reason is needed"):
        prune(archive, stamp(DUE), reason="")
    assert archive.store.names() == before


def test_a_place_that_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ArchiveError, match=r"holds other files, such as notes\.txt"):
        seal(local(tmp_path), request(), stamp())
    with pytest.raises(ArchiveError, match="there is no archive"):
        open_archive(tmp_path)
    with pytest.raises(ArchiveError, match="there is no archive"):
        open_archive(tmp_path / "nowhere")
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError, match="Not a directory"):
        seal(local(tmp_path / "file"), request(), stamp())


# --- entries that say what cannot be --------------------------------------------------------------


def put(archive: Archive, kind: str, body: dict[str, object], at: str = FIRST) -> int:
    """Add an entry that is written rightly and says anything; gives its number."""
    chain = archive.chain()
    data = entry_bytes(chain.last + 1, kind, stamp(at), chain.head, body)
    archive.store.write_once(entry_name(chain.last + 1), [data])
    return chain.last + 1


def manifest_body(archive: Archive, **changes: object) -> dict[str, object]:
    """The body of the first seal, with some of it changed."""
    return {**archive.seals()[0].entry.body, **changes}


REASON = {"reason": "because"}
WRONG: dict[str, tuple[str, dict[str, object]]] = {
    "second beginning": ("begin", {"schema": 1, "tools": []}),
    "hold without reason": ("hold", {"quarter": "", "entity": ""}),
    "hold of nothing said": ("hold", {**REASON}),
    "release of no hold": ("release", {"hold": 2, **REASON}),
    "release by a text": ("release", {"hold": "2", **REASON}),
    "prune of nothing": ("prune", {"pruned": [], "removed": [], **REASON}),
    "prune too early": (
        "prune",
        {"pruned": [{"entry": 2, "roles": ["document"]}], "removed": [], **REASON},
    ),
    "prune of no entry": (
        "prune",
        {"pruned": [{"entry": 9, "roles": ["document"]}], "removed": [], **REASON},
    ),
    "prune of a kind that is not kept": (
        "prune",
        {"pruned": [{"entry": 2, "roles": ["film"]}], "removed": [], **REASON},
    ),
    "prune of a list that is none": ("prune", {"pruned": 4, "removed": 5, **REASON}),
    "prune of mixed roles": (
        "prune",
        {"pruned": [{"entry": 2, "roles": ["data", 3]}], "removed": [], **REASON},
    ),
    "seal of nothing": ("seal", {}),
    "supersede of nothing": ("supersede", {"quarter": "2026-Q3", "entity": ENTITY}),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_found_by_both(archive: Archive, case: str) -> None:
    kind, body = WRONG[case]
    number = put(archive, kind, body)
    found = faults(found_both(Path(archive.store.address)))
    assert ("fault", "entry-meaning", entry_name(number)) in found


@pytest.mark.parametrize(
    "changes",
    [
        {"quarter": "2027-Q1", "retention": []},
        {
            "quarter": "2027-Q1",
            "retention": [{"role": "document", "years": 1, "until": "2099-01-01"}],
        },
        {"quarter": "2027-Q1", "retention": 7},
        {"quarter": "2027-Q1", "retention": [{"role": "document", "years": True, "until": ""}]},
        {"quarter": "2027-Q1", "manifest_sha256": "0" * 64},
        {"quarter": "", "entity": ""},
        {},
    ],
    ids=lambda each: ",".join(each),
)
def test_a_seal_that_cannot_be(archive: Archive, changes: dict[str, object]) -> None:
    number = put(archive, "seal", manifest_body(archive, **changes))
    found = faults(found_both(Path(archive.store.address)))
    assert found == {("fault", "entry-meaning", entry_name(number))}


def test_a_deletion_under_a_hold_is_found(archive: Archive) -> None:
    """Somebody writes the entry by hand and removes the file."""
    hold(archive, stamp(), reason="Matter 1", quarter="2026-Q3")
    deck = archive.seals()[0].file("board-deck.pdf")
    assert deck is not None
    removed = [{"sha256": deck.sha256, "bytes": deck.size_bytes}]
    pruned = [{"entry": 2, "roles": ["document"]}]
    body: dict[str, object] = {"pruned": pruned, "removed": removed, **REASON}
    number = put(archive, "prune", body, DUE)
    archive.store.remove(object_name(deck.sha256))
    found = found_both(Path(archive.store.address))
    assert found == {("fault", "entry-meaning", entry_name(number))}


def test_a_file_of_another_length_than_is_said(archive: Archive) -> None:
    files = [dict(each) for each in archive.seals()[0].entry.body["files"]]
    files[0]["bytes"] += 1
    number = put(archive, "seal", manifest_body(archive, quarter="2027-Q1", files=files))
    found = faults(found_both(Path(archive.store.address)))
    assert found == {("fault", "entry-meaning", entry_name(number))}


def test_kinds_of_later_versions_are_kept_and_checked(archive: Archive) -> None:
    """Their files must be there, and stay for good where they say nothing else."""
    data = b"a signature"
    kept = KeptFile("board-deck.pdf.p7s", sha256_of(data), len(data), "signature")
    number = put(archive, "signature", {"seal": 2, "files": [kept.record()]})
    folder = Path(archive.store.address)
    assert found_both(folder) == {("fault", "object-missing", object_name(kept.sha256))}
    archive.store.write_once(object_name(kept.sha256), [data])
    assert found_both(folder) == set()
    assert prune(archive, stamp("2090-01-01T00:00:00Z"), reason="due") is not None
    assert archive.read(kept.sha256) == data
    assert number in archive.chain().state.records
    assert found_both(folder) == set()


def test_a_clock_that_went_back_is_told(archive: Archive) -> None:
    record(archive, stamp("2026-10-27T00:00:00Z"), {"action": "verify"})
    assert found_both(Path(archive.store.address)) == {("notice", "time-went-back", entry_name(4))}


# --- one entry ------------------------------------------------------------------------------------


@given(
    number=st.integers(1, 99_999_999),
    by=st.text(st.characters(codec="utf-8"), min_size=1),
    note=st.text(st.characters(codec="utf-8")),
)
@settings(max_examples=60)
def test_an_entry_is_read_back_as_it_was_written(number: int, by: str, note: str) -> None:
    data = entry_bytes(number, "audit", stamp(by=by), "0" * 64, {"note": note})
    entry = read_entry(data)
    assert (entry.number, entry.by, entry.body) == (number, by, {"note": note})
    assert entry.sha256 == sha256_of(data)
    assert standalone()["read_entry"](data)["body"] == {"note": note}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"previous":"0', b'"previous":"00', "entry-hash"),
        (b'"previous":"0', b'"previous":"', "entry-hash"),
        (b'"by":"A', b'"by":"B', "entry-hash"),
        (b'"own_sha256"', b'"own_sha257"', "entry-form"),
        (b'"number":2', b'"number":true', "entry-hash"),
        (b'"kind":"audit"', b'"kind":"audit" ', "entry-form"),
    ],
)
def test_both_say_the_same_of_an_entry_that_was_edited(old: bytes, new: bytes, code: str) -> None:
    data = entry_bytes(2, "audit", stamp(), "0" * 64, {"action": "verify"})
    assert data.count(old) == 1
    edited = data.replace(old, new)
    with pytest.raises(EntryFaultError) as ours:
        read_entry(edited)
    with pytest.raises(standalone()["NoEntryError"]) as alone:
        standalone()["read_entry"](edited)
    assert ours.value.code == alone.value.args[0] == code


@pytest.mark.parametrize("at", ["2026-10-28", "2026-13-01T00:00:00Z", "2026-10-28T24:00:00Z", ""])
def test_a_time_must_exist(at: str) -> None:
    with pytest.raises(EntryFaultError):
        entry_bytes(2, "audit", stamp(at), "0" * 64, {})


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [
        ("board-deck.pdf", True),
        ("project/ciso/Zürich tickets.csv", True),
        ("a..b", True),
        ("", False),
        ("/etc/passwd", False),
        ("../up", False),
        ("a/../../up", False),
        ("a//b", False),
        ("a/./b", False),
        ("a\\b", False),
        ("C:b", False),
        ("a\nb", False),
        ("a\x7fb", False),
        (None, False),
    ],
)
def test_names_lead_nowhere_else(name: object, is_safe: bool) -> None:
    assert is_safe_name(name) == is_safe == standalone()["is_safe"](name)
