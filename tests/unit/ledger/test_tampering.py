"""Whatever is done to an archive, both verifiers find it, name it, and agree."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from board_report.archive.ledger import open_archive, verify
from board_report.archive.ledger.actions import hold, prune, record, release
from board_report.archive.ledger.entries import Stamp, entry_bytes, entry_name, sha256_of
from board_report.archive.ledger.faults import fault
from board_report.archive.ledger.local import LocalStore
from board_report.archive.ledger.sealing import seal
from board_report.archive.ledger.store import object_name
from tests.ledger_data import faults, found_both, local, request, sealed, stamp, writable

SEED = 20261028
TIMES = 2000
LATER = "2034-01-05T10:00:00Z"


def make_archive(folder: Path) -> Path:
    """Every kind of entry; what the second seal alone kept was deleted."""
    store = local(folder)
    sealed(store, "2026-Q3", "2026-Q4")
    files = {"board-deck.pdf": (b"mended deck", "document"), "b.pdf": (b"x" * 300, "document")}
    seal(store, request("2026-Q3", files, reason="A figure was restated"), stamp())
    archive = open_archive(store)
    hold(archive, stamp(), reason="Matter 1", quarter="2026-Q3")
    hold(archive, stamp(), reason="Matter 2", quarter="2026-Q4")
    release(archive, stamp(), number=6, reason="Matter 2 is closed")
    prune(archive, stamp(LATER), reason="Retention schedule")
    record(archive, stamp(LATER), {"action": "verify"})
    return folder


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("pristine") / "archive")


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "archive", symlinks=True))


def files_of(folder: Path) -> list[Path]:
    """All files that count: neither the lock nor the index is one."""
    names = [each for each in local(folder).names() if each not in ("lock", "index.sqlite")]
    return [folder / each for each in names]


Change = Callable[[Path, random.Random], set[Path]]
"""Does something to an archive; gives the files of which at least one must be named."""


def rewrite(path: Path, data: bytes) -> set[Path]:
    assert path.read_bytes() != data
    writable(path)
    path.write_bytes(data)
    return {path}


def full(folder: Path, chance: random.Random) -> tuple[Path, bytes]:
    path = chance.choice([each for each in files_of(folder) if each.stat().st_size > 1])
    return path, path.read_bytes()


def flip_a_bit(folder: Path, chance: random.Random) -> set[Path]:
    path, data = full(folder, chance)
    at = chance.randrange(len(data))
    return rewrite(path, data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])


def flip_a_bit_of_an_entry(folder: Path, chance: random.Random) -> set[Path]:
    path = chance.choice(sorted((folder / "entries").iterdir()))
    data = path.read_bytes()
    at = chance.randrange(len(data))
    return rewrite(path, data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])


def cut(folder: Path, chance: random.Random) -> set[Path]:
    path, data = full(folder, chance)
    return rewrite(path, data[: chance.randrange(len(data))])


def add_bytes(folder: Path, chance: random.Random) -> set[Path]:
    path = chance.choice(files_of(folder))
    data = path.read_bytes()
    at = chance.randrange(len(data) + 1)
    return rewrite(path, data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[at:])


def swap_bytes(folder: Path, chance: random.Random) -> set[Path]:
    while True:
        path, data = full(folder, chance)
        one, other = sorted(chance.randrange(len(data)) for _ in range(2))
        if data[one] != data[other]:
            break
    turned = bytearray(data)
    turned[one], turned[other] = data[other], data[one]
    return rewrite(path, bytes(turned))


def put_a_line_end(folder: Path, chance: random.Random) -> set[Path]:
    """As a program does that opens a text file and stores it again."""
    path = chance.choice(sorted((folder / "entries").iterdir()))
    return rewrite(path, path.read_bytes() + b"\n")


def swap_files(folder: Path, chance: random.Random) -> set[Path]:
    one, other = chance.sample(files_of(folder), 2)
    first, second = one.read_bytes(), other.read_bytes()
    return rewrite(one, second) | rewrite(other, first)


def swap_entries(folder: Path, chance: random.Random) -> set[Path]:
    one, other = chance.sample(sorted((folder / "entries").iterdir()), 2)
    first, second = one.read_bytes(), other.read_bytes()
    return rewrite(one, second) | rewrite(other, first)


def remove(folder: Path, chance: random.Random) -> set[Path]:
    """Anything but the last entry, which needs a hash kept elsewhere."""
    last = max((folder / "entries").iterdir())
    path = chance.choice([each for each in files_of(folder) if each != last])
    path.unlink()
    return {path}


def remove_several_entries(folder: Path, chance: random.Random) -> set[Path]:
    entries = sorted((folder / "entries").iterdir())
    one = chance.randrange(len(entries) - 2)
    other = chance.randrange(one + 1, len(entries) - 1)
    for each in entries[one : other + 1]:
        each.unlink()
    return {entries[one]}


def close_the_gap(folder: Path, chance: random.Random) -> set[Path]:
    """Remove an entry and give those after it the numbers before."""
    entries = sorted((folder / "entries").iterdir())
    at = chance.randrange(len(entries) - 1)
    for one, other in zip(entries[at:], entries[at + 1 :], strict=False):
        other.replace(one)
    return {entries[at]}


def rename_an_object(folder: Path, chance: random.Random) -> set[Path]:
    path = chance.choice([each for each in files_of(folder) if "objects" in each.parts])
    other = folder / object_name(chance.randbytes(32).hex())
    other.parent.mkdir(exist_ok=True)
    path.rename(other)
    return {path}


def add_an_object(folder: Path, chance: random.Random) -> set[Path]:
    data = chance.randbytes(chance.randrange(60))
    path = folder / object_name(sha256_of(data))
    if path.exists():
        return {path, rename_an_object(folder, chance).pop()}
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return {path}


def add_an_entry(folder: Path, chance: random.Random) -> set[Path]:
    """A copy of another, with the next number or one far ahead."""
    entries = sorted((folder / "entries").iterdir())
    path = folder / entry_name(len(entries) + chance.choice((1, 2, 50)))
    path.write_bytes(chance.choice(entries).read_bytes())
    return {path}


def add_a_file(folder: Path, chance: random.Random) -> set[Path]:
    word = chance.randbytes(4).hex()
    where = chance.choice(
        ("", "entries/", "objects/", "objects/00/", "incoming/", "entries/00000001.json.", "new/")
    )
    path = folder / f"{where}{word}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"added")
    return {path}


def put_a_link(folder: Path, chance: random.Random) -> set[Path]:
    """To a copy elsewhere, with the same bytes."""
    path = chance.choice(files_of(folder))
    copy = folder.parent / "copy"
    shutil.copy(path, copy)
    path.unlink()
    path.symlink_to(copy)
    return {path}


def put_a_folder(folder: Path, chance: random.Random) -> set[Path]:
    path = chance.choice([each for each in files_of(folder) if "objects" in each.parts])
    path.unlink()
    path.mkdir()
    (path / "inside").write_bytes(b"")
    return {path}


def write_an_entry_anew(folder: Path, chance: random.Random) -> set[Path]:
    """With its own hash right again, as somebody does who knows the format."""
    entries = open_archive(folder).chain().entries
    each = chance.choice(entries[:-1])
    again = Stamp(each.at, "Somebody Else", each.command["name"], {}, each.command["program"])
    data = entry_bytes(each.number, each.kind, again, each.previous, each.body)
    rewrite(folder / entry_name(each.number), data)
    return {folder / entry_name(each.number + 1)}


CHANGES: tuple[Change, ...] = (
    flip_a_bit, flip_a_bit, flip_a_bit_of_an_entry, cut, add_bytes, swap_bytes, put_a_line_end,
    swap_files, swap_entries, remove, remove_several_entries, close_the_gap, rename_an_object,
    add_an_object, add_an_entry, add_a_file, put_a_link, put_a_folder, write_an_entry_anew,
)  # fmt: skip


class Restored:
    """Puts an archive back to what it was, touching only what differs."""

    def __init__(self, pristine: Path, folder: Path) -> None:
        self.folder = folder
        self.before = {
            each.relative_to(pristine): each.read_bytes()
            for each in pristine.rglob("*")
            if each.is_file()
        }

    def again(self) -> None:
        for path in sorted(self.folder.rglob("*"), reverse=True):
            name = path.relative_to(self.folder)
            if name in self.before:
                if path.is_symlink() or not path.is_file():
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            elif path.is_symlink() or path.is_file():
                path.unlink()
            elif path.name != "incoming" and not any(path.iterdir()):
                path.rmdir()
        for name, data in self.before.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            if not path.exists() or path.read_bytes() != data:
                writable(path)
                path.write_bytes(data)


def changes() -> Iterator[tuple[int, Change, random.Random]]:
    for number in range(TIMES):
        yield number, CHANGES[number % len(CHANGES)], random.Random(SEED + number)


@pytest.mark.slow
def test_every_change_is_found_and_named_by_both(pristine: Path, folder: Path) -> None:
    assert found_both(pristine) == set()
    restored = Restored(pristine, folder)
    unseen = []
    for number, change, chance in changes():
        touched = {each.relative_to(folder).as_posix() for each in change(folder, chance)}
        found = found_both(folder)
        if not any(
            where == each or where.startswith(f"{each}/")
            for _, _, where in found
            for each in touched
        ):
            unseen.append((number, change.__name__, touched, found))
        restored.again()
    assert unseen == []
    assert found_both(folder) == set()


def test_what_is_added_without_harm_is_a_notice(folder: Path) -> None:
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "incoming/77-0.part").write_bytes(b"x")
    assert found_both(folder) == {
        ("notice", "stray", ".DS_Store"),
        ("notice", "leftover", "incoming/77-0.part"),
    }
    assert verify(folder).is_intact


def test_a_name_that_is_no_text_is_told_all_the_same(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff"))).write_bytes(b"x")
    assert found_both(folder) == {("notice", "stray", "\\udcff")}


def test_a_removed_tail_shows_only_with_a_hash_kept_elsewhere(folder: Path) -> None:
    """The last entry keeps nothing, so that nothing else is missing."""
    head = open_archive(folder).chain().head
    (folder / entry_name(9)).unlink()
    assert found_both(folder) == set()
    assert faults(found_both(folder, head)) == {("fault", "head", "entries")}


def test_a_removed_tail_shows_by_what_it_kept(tmp_path: Path) -> None:
    sealed(local(tmp_path), "2026-Q3", "2026-Q4")
    (tmp_path / entry_name(3)).unlink()
    assert {code for _, code, _ in faults(found_both(tmp_path))} == {"object-unnamed"}


def test_an_archive_made_anew_shows_only_with_a_hash_kept_elsewhere(tmp_path: Path) -> None:
    sealed(local(tmp_path / "a"), "2026-Q3")
    head = open_archive(tmp_path / "a").chain().head
    seal(
        local(tmp_path / "b"),
        request("2026-Q3", {"board-deck.pdf": (b"forged", "document")}),
        stamp(),
    )
    assert found_both(tmp_path / "b") == set()
    assert faults(found_both(tmp_path / "b", head)) == {("fault", "head", "entries")}


def test_an_older_hash_vouches_for_what_came_before_it(folder: Path) -> None:
    third = open_archive(folder).entry(3).sha256
    assert found_both(folder, third.upper()) == set()
    assert verify(folder, head=third).anchored == 3
    assert verify(folder).anchored is None


def test_a_writer_at_work_is_no_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object is there, its note is cleared away, and the entry came after the look."""
    store = local(folder)
    names = type(store).names
    waiting = [request("2035-Q1")]

    def late(self: LocalStore, below: str = "") -> list[str]:
        found = names(self, below)
        if not below and waiting:
            made = seal(local(folder), waiting.pop(), stamp(LATER))
            found = sorted({*found, *(object_name(each.sha256) for each in made.files)})
        return found

    monkeypatch.setattr(type(store), "names", late)
    report = verify(store)
    assert report.faults == ()
    assert report.head_number == 10


def test_further_checks_are_asked(folder: Path) -> None:
    """As of signatures, by whoever knows of them."""
    wrong = fault("signature", "entries/00000002.json", "it is not the signer's")
    report = verify(folder, checks=[lambda archive, chain: [wrong] if chain.last == 9 else []])
    assert report.faults == (wrong,)
    assert not report.is_intact


def test_an_index_that_says_otherwise_is_named(folder: Path) -> None:
    import sqlite3

    assert len(open_archive(folder).lines()) == 9
    with sqlite3.connect(folder / "index.sqlite") as index:
        index.execute("UPDATE entry SET by = 'Somebody Else' WHERE number = 2")
    index.close()
    (one,) = verify(folder).faults
    assert (one.code, one.where) == ("index", "index.sqlite")
    assert "entries/00000002.json" in one.what


def test_an_index_that_knows_more_bears_witness(folder: Path) -> None:
    """It is left as it is, and the reader is told to verify."""
    open_archive(folder).lines()
    before = (folder / "index.sqlite").read_bytes()
    (folder / entry_name(9)).unlink()
    with pytest.raises(Exception, match="which is not in its place"):
        open_archive(folder).lines()
    assert (folder / "index.sqlite").read_bytes() == before
    assert [each.code for each in verify(folder).faults] == ["index"]


@pytest.mark.parametrize("data", [b"", b"no database at all" * 99])
def test_an_index_that_is_none_is_made_anew(folder: Path, data: bytes) -> None:
    lines = open_archive(folder).lines()
    (folder / "index.sqlite").write_bytes(data)
    assert open_archive(folder).lines() == lines
    assert verify(folder).faults == ()
