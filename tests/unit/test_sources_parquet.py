"""Parquet files and folders of them are read as text, within bounds and with a hash."""

from __future__ import annotations

import hashlib
import io
import random
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from board_report.model import Finding, RawTable
from board_report.project import SourceSpec
from board_report.sources import parquet
from board_report.sources.faults import READ_FAULTS, ReadFaultError
from board_report.sources.parquet import parquet_columns
from board_report.sources.parquet_files import parquet_files
from board_report.sources.read import Reading, read_source


def write(path: Path, columns: dict[str, Any], **how: Any) -> bytes:
    """One Parquet file; its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path, **how)
    return path.read_bytes()


def read(folder: Path, file: str, **how: Any) -> Reading:
    return read_source(folder, SourceSpec("incidents", file, **how))


def table(reading: Reading) -> RawTable:
    assert reading.table is not None, reading.findings
    return reading.table


def fault(reading: Reading) -> Finding:
    assert reading.table is None
    (only,) = reading.findings
    assert only.stops
    return only


def test_values_of_one_file(tmp_path: Path) -> None:
    """Each kind of value as text, nested fields by their path; the hash is that of the bytes."""
    content = write(
        tmp_path / "t.parquet",
        {
            "id": pa.array([1, 2]),
            "z": pa.array([datetime(2026, 7, 1, 8, tzinfo=UTC), None], pa.timestamp("us", "UTC")),
            "zone": pa.array(
                [datetime(2026, 7, 1, 8, tzinfo=UTC), None], pa.timestamp("ms", "America/Chicago")
            ),
            "n": pa.array([datetime.fromisoformat("2026-07-01 08:00"), None], pa.timestamp("s")),
            "nano": pa.array([1_782_892_800_123_456_789, None], pa.timestamp("ns", "UTC")),
            "far": pa.array([10**12, None], pa.timestamp("s")),
            "d": pa.array([date(2026, 7, 1), None]),
            "m": pa.array([Decimal("1200.5000"), None], pa.decimal128(12, 4)),
            "f": pa.array([0.1, 3.0], pa.float32()),
            "g": pa.array([0.1, None]),
            "b": pa.array([True, False]),
            "s": pa.array(["x", None]).dictionary_encode(),
            "who": pa.array([{"name": "A", "at": {"floor": 3}}, None]),
            "tags": pa.array([["a", "b"], []]),
            "raw": pa.array([b"\xff", None]),
        },
    )
    reading = read(tmp_path, "t.parquet")
    raw = table(reading)
    assert dict(zip(raw.columns, raw.rows[0].cells, strict=True)) == {
        "id": "1",
        "z": "2026-07-01T08:00:00+00:00",
        "zone": "2026-07-01T03:00:00-05:00",
        "n": "2026-07-01T08:00:00",
        "nano": "2026-07-01T08:00:00.123456789+00:00",
        "far": "<value out of range: 1000000000000000>",
        "d": "2026-07-01",
        "m": "1200.5000",
        "f": "0.1",
        "g": "0.1",
        "b": "true",
        "s": "x",
        "who.name": "A",
        "who.at.floor": "3",
        "tags": "a;b",
        "raw": "#BINARY!",
    }
    empty = ("", "", "", "", "", "", "")
    assert raw.rows[1].cells == ("2", *empty, "3", "", "false", "", "", "", "", "")
    assert [row.line for row in raw.rows] == [1, 2]
    assert reading.source is not None
    assert reading.source.path == "t.parquet"
    assert reading.source.sha256 == hashlib.sha256(content).hexdigest()
    assert reading.source.size_bytes == len(content)
    assert [each.code for each in reading.findings] == ["binary_cells"]


def test_a_folder_is_one_source(tmp_path: Path) -> None:
    """Its files by name, also below it; the rows are numbered through, as is the hash over all."""
    contents = {
        "2026/a.parquet": write(tmp_path / "in/2026/a.parquet", {"id": [1], "note": ["x"]}),
        "2026/b.parquet": write(tmp_path / "in/2026/b.parquet", {"id": [2, 3]}),
        "c.parquet": write(tmp_path / "in/c.parquet", {"note": ["y"], "more": [True]}),
    }
    (tmp_path / "in" / "readme.txt").write_text("not a table", encoding="utf-8")
    for kept_back in ("_temporary/d.parquet", ".e.parquet", "_f.parquet"):
        write(tmp_path / "in" / kept_back, {"id": [9]})
    reading = read(tmp_path, "in/")
    raw = table(reading)
    assert raw.columns == ("id", "note", "more")
    assert [(row.line, row.cells) for row in raw.rows] == [
        (1, ("1", "x", "")),
        (2, ("2", "", "")),
        (3, ("3", "", "")),
        (4, ("", "y", "true")),
    ]
    lines = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items()
    )
    assert reading.source is not None
    assert reading.source.sha256 == hashlib.sha256(lines.encode()).hexdigest()
    assert reading.source.size_bytes == sum(len(content) for content in contents.values())


def test_values_in_the_names_of_folders(tmp_path: Path) -> None:
    """Are columns, as the tools that write such folders mean them, unless a file has its own."""
    write(tmp_path / "in/severity=high/unit=Home%20Care/a.parquet", {"id": [1]})
    write(tmp_path / "in/severity=low/unit=__HIVE_DEFAULT_PARTITION__/b.parquet", {"id": [2]})
    write(tmp_path / "in/severity=x/c.parquet", {"id": [3], "severity": ["medium"]})
    raw = table(read(tmp_path, "in"))
    assert raw.columns == ("id", "severity", "unit")
    assert [row.cells for row in raw.rows] == [
        ("1", "high", "Home Care"),
        ("2", "low", ""),
        ("3", "medium", ""),
    ]


def test_files_in_batches(tmp_path: Path) -> None:
    """Rows of all groups and batches come in order."""
    count = parquet.BATCH * 2 + 5
    write(tmp_path / "t.parquet", {"n": list(range(count))}, row_group_size=3_000)
    assert [row.cells[0] for row in table(read(tmp_path, "t.parquet")).rows] == [
        str(n) for n in range(count)
    ]


def test_what_others_may_use(tmp_path: Path) -> None:
    """The files of a source, and its columns without its rows."""
    write(tmp_path / "in/b.parquet", {"b": [1]})
    write(tmp_path / "in/a.PARQUET", {"a": [1], "x": [{"y": 1}]})
    spec = SourceSpec("detections", "in")
    assert [each.name for each in parquet_files(tmp_path, spec)] == ["a.PARQUET", "b.parquet"]
    assert parquet_columns(tmp_path, spec) == ("a", "x.y", "b")
    alone = SourceSpec("detections", "in/b.parquet")
    assert parquet_files(tmp_path, alone) == (tmp_path / "in/b.parquet",)


def test_no_rows_and_no_files(tmp_path: Path) -> None:
    """The one means that nothing happened, the other stops."""
    write(tmp_path / "t.parquet", {"id": pa.array([], pa.int64())})
    reading = read(tmp_path, "t.parquet")
    assert table(reading).columns == ("id",)
    assert [each.code for each in reading.findings] == ["no_rows"]
    (tmp_path / "empty").mkdir()
    told = fault(read(tmp_path, "empty"))
    assert (told.code, "it holds no .parquet file" in told.reason) == ("bad_parquet", True)
    assert fault(read(tmp_path, "none.parquet")).code == "file_missing"


def test_no_columns(tmp_path: Path) -> None:
    """Is not read as: nothing happened."""
    pq.write_table(pa.table({"id": [1, 2]}).select([]), tmp_path / "t.parquet")
    told = fault(read(tmp_path, "t.parquet"))
    assert (told.code, "it has no columns" in told.reason) == ("bad_parquet", True)


def test_links_out_of_the_project(tmp_path: Path) -> None:
    """Are not followed: neither the folder's nor that of a file in it."""
    project, outside = tmp_path / "project", tmp_path / "outside"
    write(outside / "x.parquet", {"id": [1]})
    write(project / "in/a.parquet", {"id": [1]})
    (project / "in/b.parquet").symlink_to(outside / "x.parquet")
    (project / "linked").symlink_to(outside)
    assert fault(read(project, "in")).code == "file_outside"
    assert fault(read(project, "linked")).code == "file_outside"
    assert fault(read(project, "in/b.parquet")).code == "file_outside"


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("typed_rows.LARGEST_ROWS", 5, "5 rows"),
        ("typed_rows.LARGEST_CELLS", 11, "11 cells"),
        ("parquet.LARGEST_UNPACKED", 100, "100 bytes unpacked"),
    ],
)
def test_sizes_are_known_before_anything_is_unpacked(
    tmp_path: Path, limit: str, value: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From what the files declare, all of them together."""
    for name in ("a", "b"):
        write(tmp_path / f"in/{name}.parquet", {"id": [1, 2, 3], "note": ["x" * 100] * 3})
    monkeypatch.setattr(f"board_report.sources.{limit}", value)
    monkeypatch.setattr(parquet, "_read_part", lambda *_: pytest.fail("it was unpacked"))
    told = fault(read(tmp_path, "in"))
    assert told.code == "too_large"
    assert words in told.reason


def test_a_small_file_that_unpacks_to_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that repeats is declared as one; memory holds it once, too."""
    content = write(tmp_path / "t.parquet", {"a": ["x" * 100_000] * 2_000})
    assert len(content) < 10_000
    raw = table(read(tmp_path, "t.parquet"))
    assert len({id(row.cells[0]) for row in raw.rows}) == 1
    monkeypatch.setattr("board_report.sources.typed_rows.LARGEST_SIZE", 1_000_000)
    assert fault(read(tmp_path, "t.parquet")).code == "too_large"
    plain = write(tmp_path / "p.parquet", {"a": ["x" * 1_000] * 3_000}, use_dictionary=False)
    assert len(plain) < 1_000_000
    monkeypatch.setattr(parquet, "LARGEST_UNPACKED", 1_000_000)
    assert fault(read(tmp_path, "p.parquet")).code == "too_large"


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its rows are not used: they would be those of neither state."""
    path = tmp_path / "t.parquet"
    write(path, {"id": [1, 2]})
    real = parquet.rows_of_batch

    def meanwhile(batch: Any) -> Any:
        with path.open("ab") as file:
            file.write(b"more")
        return real(batch)

    monkeypatch.setattr(parquet, "rows_of_batch", meanwhile)
    assert fault(read(tmp_path, "t.parquet")).code == "file_changed"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1PAR1", b"no table at all" * 100])
def test_what_is_no_parquet(tmp_path: Path, content: bytes) -> None:
    """Is one finding, with the name of the part where there are several."""
    write(tmp_path / "in/a.parquet", {"id": [1]})
    (tmp_path / "in/b.parquet").write_bytes(content)
    told = fault(read(tmp_path, "in"))
    assert told.code == "bad_parquet"
    assert told.reason.startswith("b.parquet cannot be read as Parquet: ")
    assert str(tmp_path) not in told.reason


@pytest.mark.parametrize("damage", ["flip", "cut", "zero"])
def test_damaged_bytes_never_raise_anything_else(tmp_path: Path, damage: str) -> None:
    """Whatever is changed: a table, or a finding with a known code."""
    path = tmp_path / "t.parquet"
    good = write(
        path,
        {"id": list(range(200)), "note": [f"text {n}" for n in range(200)], "x": [[1, 2]] * 200},
    )
    draw = random.Random(20260930)
    for _ in range(150):
        path.write_bytes(damaged(good, damage, draw))
        reading = read(tmp_path, "t.parquet")
        assert reading.table is not None or reading.findings[0].code in set(READ_FAULTS)


def damaged(good: bytes, damage: str, draw: random.Random) -> bytes:
    """The bytes with one fault."""
    at = draw.randrange(len(good))
    if damage == "cut":
        return good[:at]
    if damage == "zero":
        return good[:at] + b"\0" * min(8, len(good) - at) + good[at + 8 :]
    return good[:at] + bytes([good[at] ^ (1 << draw.randrange(8))]) + good[at + 1 :]


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finding says what to install."""
    write(tmp_path / "t.parquet", {"id": [1]})
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    told = fault(read(tmp_path, "t.parquet"))
    assert (told.code, "board-report[parquet]" in told.mend) == ("extra_missing", True)


def test_columns_of_one_name(tmp_path: Path) -> None:
    """Are both there, as in a text file, and noted."""
    pq.write_table(
        pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]),
        tmp_path / "t.parquet",
    )
    reading = read(tmp_path, "t.parquet")
    assert table(reading).columns == ("a", "a")
    assert table(reading).rows[0].cells == ("1", "2")
    assert [each.code for each in reading.findings] == ["duplicate_header"]


def test_bytes_that_are_already_here() -> None:
    """As those of an object in a store."""
    buffer = io.BytesIO()
    pq.write_table(pa.table({"a": [1, 2]}), buffer)
    grid = parquet.parquet_in_memory(buffer.getvalue(), SourceSpec("x", "s3://bucket/t.parquet"))
    assert grid.header.cells == ("a",)
    assert [row.cells for row in grid.rows] == [("1",), ("2",)]
    with pytest.raises(ReadFaultError):
        parquet.parquet_in_memory(b"x", SourceSpec("x", "s3://bucket/t.parquet"))
