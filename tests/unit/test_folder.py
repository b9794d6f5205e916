"""A quarter's folder is written whole or not at all, and nothing in it is lost."""

import errno
import hashlib
import json
import os

import pytest

from board_report.archive import folder as folders
from board_report.errors import DocumentError


def build_of(**files):
    """Files as a build writes them, with the manifest that lists them; ``a_pdf`` is ``a.pdf``."""
    named = {name.replace("_", "."): data for name, data in files.items()}
    outputs = [
        {"path": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in named.items()
    ]
    return named | {"manifest.json": json.dumps({"outputs": outputs}).encode()}


def names_in(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_new_files_replace_those_of_the_last_build(tmp_path):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, build_of(a_pdf=b"1", old_pdf=b"x"))
    assert folders.write_quarter(quarter, build_of(a_pdf=b"2")) == ()
    assert (quarter / "a.pdf").read_bytes() == b"2"
    assert names_in(tmp_path) == ["2026-Q3/a.pdf", "2026-Q3/manifest.json"]


def test_files_that_no_build_wrote_are_carried_over(tmp_path):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, build_of(a_pdf=b"1"))
    (quarter / "notes").mkdir()
    (quarter / "notes" / "mine.txt").write_text("keep me")
    assert folders.write_quarter(quarter, build_of(b_pdf=b"2")) == ("notes/mine.txt",)
    assert (quarter / "notes" / "mine.txt").read_text() == "keep me"
    assert not (quarter / "a.pdf").exists()


def test_a_document_that_was_changed_since_is_kept_beside_the_new_one(tmp_path):
    """Somebody wrote notes into last week's deck: the new deck does not bury them."""
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, build_of(a_pdf=b"1"))
    (quarter / "a.pdf").write_bytes(b"1 with notes")
    carried = folders.write_quarter(quarter, build_of(a_pdf=b"2"))
    mark = hashlib.sha256(b"1 with notes").hexdigest()[:8]
    assert carried == (f"kept/a-{mark}.pdf",)
    assert (quarter / f"kept/a-{mark}.pdf").read_bytes() == b"1 with notes"
    assert (quarter / "a.pdf").read_bytes() == b"2"


def test_what_was_kept_once_stays(tmp_path):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, build_of(a_pdf=b"1"))
    (quarter / "a.pdf").write_bytes(b"notes")
    (kept,) = folders.write_quarter(quarter, build_of(a_pdf=b"2"))
    assert folders.write_quarter(quarter, build_of(a_pdf=b"3")) == (kept,)


def test_as_built_means_byte_for_byte(tmp_path):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, build_of(a_pdf=b"1"))
    assert folders.is_as_built(quarter, "a.pdf")
    (quarter / "a.pdf").write_bytes(b"2")
    assert not folders.is_as_built(quarter, "a.pdf")
    assert not folders.is_as_built(quarter, "other.pdf")


@pytest.mark.parametrize("failing_write", [1, 2, 3])
def test_a_full_disk_leaves_the_old_files(tmp_path, monkeypatch, failing_write):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, build_of(a_pdf=b"old"))
    real, calls = os.fsync, []

    def full(handle):
        calls.append(handle)
        if len(calls) == failing_write:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentError, match="No space left"):
        folders.write_quarter(quarter, {"a.pdf": b"new", "b.pdf": b"new"})
    assert (quarter / "a.pdf").read_bytes() == b"old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["2026-Q3"]


def test_a_crash_between_the_renames_is_mended(tmp_path):
    """Killed after the old folder was set aside: the next command puts it back."""
    (tmp_path / ".2026-Q3.previous").mkdir()
    (tmp_path / ".2026-Q3.previous" / "a.pdf").write_bytes(b"old")
    assert folders.recover(tmp_path / "2026-Q3")
    assert (tmp_path / "2026-Q3" / "a.pdf").read_bytes() == b"old"


def test_a_crash_after_the_renames_only_leaves_something_to_sweep(tmp_path):
    for name in ("2026-Q3", ".2026-Q3.previous"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.pdf").write_text(name)
    assert not folders.recover(tmp_path / "2026-Q3")
    assert (tmp_path / "2026-Q3" / "a.pdf").read_text() == "2026-Q3"
    assert not (tmp_path / ".2026-Q3.previous").exists()


def test_an_unreadable_manifest_counts_every_file_as_the_users(tmp_path):
    quarter = tmp_path / "2026-Q3"
    quarter.mkdir()
    (quarter / "manifest.json").write_text("{broken")
    (quarter / "mine.pdf").write_bytes(b"1")
    assert folders.write_quarter(quarter, {"a.pdf": b"2"}) == ("mine.pdf",)
