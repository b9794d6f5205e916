"""Lines added to the record of what was shown: at its end, in its style, all or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.archive import synced
from board_report.archive.shown_record import added_to, write_record
from board_report.errors import DocumentError

COLUMNS = ("metric_id", "quarter", "value", "reported_on", "restatement_reason")
LINE = dict(zip(COLUMNS, ("mttr", "2026-Q3", "49.5", "2026-10-27", ""), strict=True))


def added(path: Path, before: bytes) -> bytes:
    path.write_bytes(before)
    return added_to(path, COLUMNS, [LINE])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reported_figures.csv"


def test_a_file_that_is_not_there_begins_with_its_header(path: Path) -> None:
    assert added_to(path, COLUMNS, [LINE]).decode() == (
        "metric_id,quarter,value,reported_on,restatement_reason\nmttr,2026-Q3,49.5,2026-10-27,\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"metric_id,quarter,value,reported_on,restatement_reason\n",
            b"mttr,2026-Q3,49.5,2026-10-27,\n",
        ),
        # no end of line at the end of the file
        (b"metric_id,quarter,value,reported_on\nx,2026-Q1,1,2026-04-28",
         b"\nmttr,2026-Q3,49.5,2026-10-27\n"),
        (b"quarter;metric_id;value;reported_on\r\n", b"2026-Q3;mttr;49.5;2026-10-27\r\n"),
        (b"\xef\xbb\xbfmetric_id,quarter,value,reported_on\n", b"mttr,2026-Q3,49.5,2026-10-27\n"),
        # a column of the company's own stays empty
        (b"metric_id,quarter,value,reported_on,who\n", b"mttr,2026-Q3,49.5,2026-10-27,\n"),
    ],
)  # fmt: skip
def test_what_was_there_stays_and_the_new_is_in_its_style(
    path: Path, before: bytes, after: bytes
) -> None:
    assert added(path, before) == before + after


def test_a_file_that_has_no_place_for_a_cell_is_refused(path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        added(path, b"metric,quarter,value,reported_on\n")
    assert "no column metric_id" in refused.value.what
    assert str(path) in refused.value.where


def test_a_file_that_is_no_text_is_refused(path: Path) -> None:
    with pytest.raises(DocumentError, match="UTF-8"):
        added(path, b"\xff\xfe\x00m")


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DocumentError):
        added_to(path, COLUMNS, [LINE])


@pytest.mark.parametrize("broken", ["write", "rename"])
def test_a_write_that_fails_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """A full disk, or a crash between writing and renaming."""
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if broken == "write":
        monkeypatch.setattr(synced.os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(DocumentError, match="No space left on device"):
        write_record({path: b"new"})
    assert path.read_bytes() == b"old"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_files_after_one_that_fails_are_as_they_were(tmp_path: Path) -> None:
    first, second = tmp_path / "rows.csv", tmp_path / "figures.csv"
    first.mkdir()
    second.write_bytes(b"old")
    with pytest.raises(DocumentError):
        write_record({first: b"new", second: b"new"})
    assert second.read_bytes() == b"old"
