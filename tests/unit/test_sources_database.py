"""Databases that are files: read as they are, never written, and nothing beside them is read."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from board_report.model import Finding, RawTable
from board_report.project import SourceSpec
from board_report.sources import database
from board_report.sources.embedded import open_duckdb
from board_report.sources.read import Reading, read_source

Engine = tuple[str, Callable[[Path], Any]]
ENGINES: list[Engine] = [("sqlite", sqlite3.connect), ("duckdb", duckdb.connect)]


@pytest.fixture(params=ENGINES, ids=[name for name, _ in ENGINES])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param[0])


def make(engine: str, path: Path, *statements: str) -> None:
    """A database with what the statements make."""
    connection = dict(ENGINES)[engine](path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def ask(folder: Path, query: str, connection: str, **how: Any) -> Reading:
    """Read a query as ``report.toml`` would ask it."""
    return read_source(
        folder, SourceSpec("incidents", "the query", query=query, connection=connection, **how)
    )


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [row.cells for row in table(reading).rows]


def table(reading: Reading) -> RawTable:
    assert reading.table is not None, reading.findings
    return reading.table


def fault(reading: Reading) -> Finding:
    assert reading.table is None
    (only,) = reading.findings
    assert only.stops
    assert only.file == "the query"
    return only


ALERTS = (
    "create table alerts (id integer, note varchar)",
    "insert into alerts values (1, 'first'), (2, null), (3, 'it''s 50%')",
)


def test_rows_and_hash(tmp_path: Path, engine: str) -> None:
    """Numbered from 1; the hash is over the texts, and the same for both engines."""
    make(engine, tmp_path / "a.db", *ALERTS)
    reading = ask(
        tmp_path, "select id, note from alerts where 1 = 1 order by id;", f"{engine}:a.db"
    )
    raw = table(reading)
    assert raw.columns == ("id", "note")
    assert [(row.line, row.cells) for row in raw.rows] == [
        (1, ("1", "first")),
        (2, ("2", "")),
        (3, ("3", "it's 50%")),
    ]
    lines = [["id", "note"], ["1", "first"], ["2", ""], ["3", "it's 50%"]]
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    assert reading.source is not None
    assert reading.source.path == "the query"
    assert reading.source.sha256 == hashlib.sha256(content).hexdigest()
    assert reading.findings == ()


def test_types_of_duckdb(tmp_path: Path) -> None:
    """Exact decimals, times with their offset, nested values; bytes are noted and not read."""
    make(
        "duckdb",
        tmp_path / "a.db",
        "create table t as select 1.10::decimal(9,4) as d, "
        "timestamptz '2026-07-01 10:00:00+02' as z, timestamp '2026-07-01 10:00:00' as n, "
        "[1, null, 3] as l, {'a': 1} as s, true as b, date '2026-07-01' as y, 'x'::blob as r",
    )
    reading = ask(tmp_path, "select * from t", "duckdb:a.db")
    assert rows(reading) == [
        (
            "1.1000", "2026-07-01T08:00:00+00:00", "2026-07-01T10:00:00", "1;;3", '{"a": 1}',
            "true", "2026-07-01", "#BINARY!",
        )
    ]  # fmt: skip
    (noted,) = reading.findings
    assert (noted.code, noted.line) == ("binary_cells", 1)
    assert "r has 1 cell" in noted.reason


def test_many_rows_come_in_batches(tmp_path: Path, engine: str) -> None:
    """All of them, in their order."""
    make(engine, tmp_path / "a.db", "create table t (n integer)")
    count = database.BATCH * 2 + 1
    query = f"with recursive c(n) as (select 1 union all select n + 1 from c where n < {count}) "
    reading = ask(tmp_path, query + "select n from c order by n", f"{engine}:a.db")
    assert rows(reading) == [(str(n),) for n in range(1, count + 1)]


def test_no_rows(tmp_path: Path, engine: str) -> None:
    """Are said to be none, as for a file."""
    make(engine, tmp_path / "a.db", *ALERTS)
    reading = ask(tmp_path, "select id from alerts where id > 9", f"{engine}:a.db")
    assert rows(reading) == []
    assert [each.code for each in reading.findings] == ["no_rows"]


def test_too_many_rows(tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the reading, with what else can be done."""
    make(engine, tmp_path / "a.db", *ALERTS)
    monkeypatch.setattr("board_report.sources.typed_rows.LARGEST_ROWS", 2)
    told = fault(ask(tmp_path, "select * from alerts", f"{engine}:a.db"))
    assert told.code == "too_large"
    assert "2 rows" in told.reason
    assert "where they lie" in told.mend


WRITES = (
    "insert into alerts values (4, 'x')",
    "delete from alerts",
    "drop table alerts",
    "create table other (a integer)",
)


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_is_written(
    tmp_path: Path, engine: str, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of the statement refuses; without it, the connection does."""
    path = tmp_path / "a.db"
    make(engine, path, *ALERTS)
    before = path.read_bytes()
    assert fault(ask(tmp_path, statement, f"{engine}:a.db")).code == "query_refused"
    monkeypatch.setattr(database, "read_statement", lambda *_: statement)
    assert fault(ask(tmp_path, statement, f"{engine}:a.db")).code in (
        "query_failed",
        "query_refused",
    )
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize(
    ("engine", "statement"),
    [
        ("duckdb", "select * from '{outside}/secret.csv'"),
        ("duckdb", "select * from read_text('{outside}/secret.csv')"),
        ("duckdb", "select * from '{project}/../outside/secret.csv'"),
        ("duckdb", "select * from 's3://bucket/secret.csv'"),
        ("duckdb", "copy alerts to '{project}/copied.csv'"),
        ("duckdb", "attach '{project}/other.db'"),
        ("duckdb", "install httpfs"),
        ("duckdb", "set enable_external_access = true"),
        ("sqlite", "attach '{outside}/secret.db' as other"),
        ("sqlite", "pragma journal_mode = wal"),
        ("sqlite", "select load_extension('{outside}/secret.csv')"),
    ],
)
def test_nothing_else_is_reached(
    tmp_path: Path, engine: str, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other file, no network, no setting: also where the check of the statement is passed."""
    project, outside = tmp_path / "project", tmp_path / "outside"
    project.mkdir()
    outside.mkdir()
    (outside / "secret.csv").write_text("a\nqz-secret\n", encoding="utf-8")
    make(engine, project / "a.db", *ALERTS)
    text = statement.format(project=project, outside=outside)
    monkeypatch.setattr(database, "read_statement", lambda *_: text)
    told = fault(ask(project, text, f"{engine}:a.db"))
    assert told.code in ("query_failed", "query_refused")
    assert "qz-secret" not in told.reason
    assert str(project) not in told.reason
    assert [each.name for each in project.iterdir()] == ["a.db"]


def test_files_of_the_project_may_be_read_by_duckdb(tmp_path: Path) -> None:
    """A view over Parquet or CSV in the project is a table like any other."""
    (tmp_path / "x.csv").write_text("a\n7\n", encoding="utf-8")
    make("duckdb", tmp_path / "a.db", f"create view v as select * from '{tmp_path}/x.csv'")
    assert rows(ask(tmp_path, "select a from v", "duckdb:a.db")) == [("7",)]


def test_a_query_without_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is not read as: nothing happened."""
    make("sqlite", tmp_path / "a.db", *ALERTS)
    monkeypatch.setattr(database, "_rows_of", lambda _: ([], iter(())))
    told = fault(ask(tmp_path, "select 1", "sqlite:a.db"))
    assert (told.code, "no column" in told.reason) == ("query_refused", True)


def test_a_text_that_is_not_utf_8(tmp_path: Path) -> None:
    """Costs its own cell, as bytes do."""
    make("sqlite", tmp_path / "a.db", *ALERTS)
    query = "select id, case id when 2 then cast(x'ff41' as text) else note end as n from alerts"
    reading = ask(tmp_path, query, "sqlite:a.db")
    assert [cells[1] for cells in rows(reading)] == ["first", "#BINARY!", "it's 50%"]


def test_a_long_message_is_cut(tmp_path: Path) -> None:
    """It can quote a whole cell."""
    make("duckdb", tmp_path / "a.db", *ALERTS)
    told = fault(ask(tmp_path, f"select cast('{'x' * 5000}' as integer)", "duckdb:a.db"))
    assert "Could not convert" in told.reason
    assert len(told.reason) < 400


def test_a_query_that_fails(tmp_path: Path, engine: str) -> None:
    """Tells the database's own words, without a path of the machine."""
    make(engine, tmp_path / "a.db", *ALERTS)
    told = fault(ask(tmp_path, "select id,\n nope from alerts", f"{engine}:a.db"))
    assert told.code == "query_failed"
    assert "nope" in told.reason
    if engine == "duckdb":
        assert "(line 2 of it)" in told.reason
    assert str(tmp_path) not in told.reason


def test_a_file_that_is_no_database(tmp_path: Path, engine: str) -> None:
    """Missing, or of another kind, or reached through a link that leads out."""
    (tmp_path / "p").mkdir()
    told = fault(ask(tmp_path / "p", "select 1", f"{engine}:a.db"))
    assert (told.code, "it is not in the project" in told.reason) == ("connection_failed", True)
    (tmp_path / "p" / "a.db").write_bytes(b"no database" * 1000)
    told = fault(ask(tmp_path / "p", "select count(*) from alerts", f"{engine}:a.db"))
    assert told.code in ("connection_failed", "query_failed")
    assert "no" in told.reason
    (tmp_path / "p" / "a.db").unlink()
    make(engine, tmp_path / "out.db", *ALERTS)
    (tmp_path / "p" / "a.db").symlink_to(tmp_path / "out.db")
    told = fault(ask(tmp_path / "p", "select 1", f"{engine}:a.db"))
    assert "leads out of the project" in told.reason


def test_an_embedded_database_over_an_address(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lie elsewhere, where whoever sets the environment says so; it is not written."""
    make(engine, tmp_path / "a b.db", *ALERTS)
    monkeypatch.setenv("QZ_URL", f"{engine}:///{tmp_path}/a b.db")
    project = tmp_path / "project"
    project.mkdir()
    assert len(rows(ask(project, "select * from alerts", "env:QZ_URL"))) == 3
    monkeypatch.setattr(database, "read_statement", lambda *_: "delete from alerts")
    told = fault(ask(project, "delete from alerts", "env:QZ_URL"))
    assert str(tmp_path) not in told.reason


@pytest.mark.parametrize(
    ("module", "extra", "connection"),
    [
        ("duckdb", "engine", "duckdb:a.db"),
        ("sqlalchemy.engine", "databases", "env:QZ_URL"),
        ("psycopg", "databases", "env:QZ_URL"),
        ("keyring", "keyring", "keyring:lake/reader"),
    ],
)
def test_what_is_not_installed(
    tmp_path: Path,
    module: str,
    extra: str,
    connection: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Is named with the command that installs it."""
    make("duckdb", tmp_path / "a.db", *ALERTS)
    monkeypatch.setenv("QZ_URL", "postgresql://reader:qz-secret@127.0.0.1:1/lake")
    monkeypatch.setitem(sys.modules, module, None)
    told = fault(ask(tmp_path, "select 1", connection))
    assert told.code == "extra_missing"
    assert told.mend == f'Install them: pip install "board-report[{extra}]"'


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("qz-secret", "what is found there is not an address"),
        ("host=db user=qz-secret", "what is found there is not an address"),
        ("nosuch://reader:qz-secret@db/lake", "no driver for this kind of database is installed"),
        ("mysql://reader:qz-secret@db/lake", "no driver for this kind of database is installed"),
    ],
)
def test_what_is_no_address(
    tmp_path: Path, address: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is said, and not repeated."""
    monkeypatch.setenv("QZ_URL", address)
    told = fault(ask(tmp_path, "select 1", "env:QZ_URL"))
    assert told.code == "connection_failed"
    assert "the database of env:QZ_URL" in told.reason
    assert words in told.reason
    assert "qz-secret" not in repr(told)


def test_an_engine_in_memory_reads_one_folder(tmp_path: Path) -> None:
    """For tables that are larger than memory: the same confinement, and times in UTC."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "x.csv").write_text("a\n7\n", encoding="utf-8")
    connection = open_duckdb(None, inside)
    assert connection.execute(f"select a from '{inside}/x.csv'").fetchall() == [(7,)]
    assert connection.execute("select current_setting('TimeZone')").fetchall() == [("UTC",)]
    (inside / "link.csv").symlink_to(outside / "x.csv")
    for file in (outside / "x.csv", inside / "link.csv"):
        with pytest.raises(duckdb.PermissionException):
            connection.execute(f"select a from '{file}'")
    connection.close()
    alone = open_duckdb(None)
    with pytest.raises(duckdb.PermissionException):
        alone.execute(f"select a from '{inside}/x.csv'")
    alone.close()


def test_one_file_may_be_open_twice(tmp_path: Path) -> None:
    """The second opening shares the first one's confinement."""
    make("duckdb", tmp_path / "a.db", *ALERTS)
    first = open_duckdb(tmp_path / "a.db", tmp_path)
    second = open_duckdb(tmp_path / "a.db", tmp_path)
    assert second.execute("select count(*) from alerts").fetchall() == [(3,)]
    first.close()
    second.close()
