"""A file is read once and whole, from within the project, and bounded in every way."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from board_report.sources import file_bytes as reading
from board_report.sources.faults import ReadFaultError
from board_report.sources.file_bytes import file_bytes
from board_report.sources.packed import refuse_bomb, unpacked


def code_of(folder: Path, file: str) -> str:
    with pytest.raises(ReadFaultError) as told:
        file_bytes(folder, file)
    return told.value.code


def test_links_within_the_project_are_followed(tmp_path: Path) -> None:
    """Those out of it are not, nor those that lead nowhere or to themselves."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "real.csv").write_bytes(b"a\n1\n")
    (tmp_path / "secret.csv").write_bytes(b"s")
    (project / "link.csv").symlink_to("real.csv")
    (project / "out.csv").symlink_to(tmp_path / "secret.csv")
    (project / "gone.csv").symlink_to("nothing.csv")
    (project / "loop.csv").symlink_to("loop.csv")
    assert file_bytes(project, "link.csv") == b"a\n1\n"
    assert code_of(project, "out.csv") == "file_outside"
    assert code_of(project, "../secret.csv") == "file_outside"
    assert code_of(project, "gone.csv") == "file_missing"
    assert code_of(project, "loop.csv") in ("file_missing", "file_unreadable")


def test_what_is_no_plain_file(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes to, and names that cannot be."""
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    assert code_of(tmp_path, "folder.csv") == "file_unreadable"
    assert code_of(tmp_path, "pipe.csv") == "file_unreadable"
    assert code_of(tmp_path, "x" * 5000) in ("file_missing", "file_unreadable")
    assert code_of(tmp_path, "a\0b") == "file_unreadable"


@pytest.mark.parametrize("change", ["replaced", "appended to", "overwritten"])
def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """After it was opened: never half of one content and half of another."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    look, looked = os.fstat, []

    def meddle(handle: int) -> os.stat_result:
        state = look(handle)
        if not looked:
            _change(path, change)
        looked.append(handle)
        return state

    monkeypatch.setattr(reading.os, "fstat", meddle)
    assert code_of(tmp_path, "a.csv") == "file_changed"


def _change(path: Path, how: str) -> None:
    if how == "replaced":
        fresh = path.with_suffix(".new")
        fresh.write_bytes(b"a,b\n3,4\n")
        fresh.replace(path)
    elif how == "appended to":
        with path.open("ab") as stream:
            stream.write(b"5,6\n")
    else:
        with path.open("r+b") as stream:
            stream.write(b"a,b\n9,9\n")
        os.utime(path, ns=(1, 1))


def test_a_file_larger_than_memory_should_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused before a byte is read; a look at its beginning is allowed."""
    (tmp_path / "a.csv").write_bytes(b"x" * 100)
    monkeypatch.setattr(reading, "LARGEST_FILE", 99)
    assert code_of(tmp_path, "a.csv") == "file_too_large"
    assert file_bytes(tmp_path, "a.csv", most=10) == b"x" * 10


def test_packed_bombs_are_refused_early() -> None:
    """A megabyte that would unpack to a thousand is not unpacked to the end."""
    bomb = gzip.compress(b"\0" * 300_000_000, compresslevel=9)
    assert len(bomb) < 400_000
    with pytest.raises(ReadFaultError, match="bad_gzip"):
        unpacked("a.csv.gz", bomb)
    honest = gzip.compress(b"a,b\n1,2\n" * 10_000)
    assert len(unpacked("a.csv.GZ", honest)) == 80_000
    with pytest.raises(ReadFaultError, match="bad_gzip"):
        unpacked("a.csv.gz", honest[:-20])
    assert unpacked("a.csv", honest) == honest


def test_workbook_bombs_are_refused_before_they_are_opened() -> None:
    """By the sizes that the archive declares."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 300_000_000)
    with pytest.raises(ReadFaultError, match="bad_workbook"):
        refuse_bomb(buffer.getvalue())
    with pytest.raises(ReadFaultError, match="bad_workbook"):
        refuse_bomb(b"PK\3\4 no archive")
