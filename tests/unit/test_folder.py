"""A quarter's folder is written whole or not at all, and nothing in it is lost."""

import errno
import json
import os

import pytest

from board_report.archive import folder as folders
from board_report.errors import DocumentError


def manifest_of(*names):
    return json.dumps({"outputs": [{"path": name} for name in names]}).encode()


def test_new_files_replace_those_of_the_last_build(tmp_path):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(
        quarter, {"a.pdf": b"1", "old.pdf": b"x", "manifest.json": manifest_of("a.pdf", "old.pdf")}
    )
    folders.write_quarter(quarter, {"a.pdf": b"2", "manifest.json": manifest_of("a.pdf")})
    assert (quarter / "a.pdf").read_bytes() == b"2"
    assert not (quarter / "old.pdf").exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["2026-Q3"]


def test_files_that_no_build_wrote_are_carried_over(tmp_path):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, {"a.pdf": b"1", "manifest.json": manifest_of("a.pdf")})
    (quarter / "notes").mkdir()
    (quarter / "notes" / "mine.txt").write_text("keep me")
    carried = folders.write_quarter(quarter, {"b.pdf": b"2", "manifest.json": manifest_of("b.pdf")})
    assert carried == ("notes/mine.txt",)
    assert (quarter / "notes" / "mine.txt").read_text() == "keep me"
    assert not (quarter / "a.pdf").exists()


def test_kept_document_of_the_last_build_stays(tmp_path):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, {"a.pdf": b"1", "manifest.json": manifest_of("a.pdf")})
    folders.write_quarter(
        quarter, {"b.pdf": b"2", "manifest.json": manifest_of("b.pdf")}, keep=frozenset({"a.pdf"})
    )
    assert (quarter / "a.pdf").read_bytes() == b"1"


@pytest.mark.parametrize("failing_write", [1, 2, 3])
def test_a_full_disk_leaves_the_old_files(tmp_path, monkeypatch, failing_write):
    quarter = tmp_path / "2026-Q3"
    folders.write_quarter(quarter, {"a.pdf": b"old", "manifest.json": manifest_of("a.pdf")})
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
