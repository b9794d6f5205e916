"""Queries over a real PostgreSQL server, and objects of a real (local) store, as a user has them.

The tests start the server themselves, with passwords, and remove it. No message, file or traceback
may hold the address, the user or the password.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import logging
import os
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import boto3
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from moto.server import ThreadedMotoServer

from board_report.model import Finding, RawTable
from board_report.pipeline import Built, build
from board_report.project import SourceSpec
from board_report.sources import database
from board_report.sources.faults import ReadFaultError
from board_report.sources.read import Reading, read_source
from tests.conftest import CallCli
from tests.postgres import PASSWORD, READER, Server, find_programs, start_server
from tests.projects import make_project

VARIABLE = "WAREHOUSE_URL"
KEY_ID, KEY = "QZKEYIDENTITY", "qz/secret+key/of/the/store"
BUCKET = "qzlake"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A running server; on a build machine it must be possible."""
    programs = find_programs()
    if programs is None:
        reason = "the programs of a PostgreSQL server (initdb) are not installed"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with start_server(programs) as started:
        started.run(
            "create table alerts (id int primary key, at timestamptz, cost numeric(12, 4), "
            "tags text[], note text, ok boolean, raw bytea, extra jsonb, big bigint, share real, "
            "lasts interval)",
            "insert into alerts values (1, '2026-07-01 10:00+02', 1200.5, '{a,b,null}', null, "
            "true, '\\xff', '{\"a\": [1, 2.50]}', 9007199254740993, 0.1, '1 mon 36:00'), "
            "(2, 'infinity', 0.0001, '{}', '50% é', false, null, null, null, 3, null)",
        )
        yield started


@pytest.fixture
def ask(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Reading]:
    """Read a query over the server, as ``report.toml`` would ask it."""
    monkeypatch.setenv(VARIABLE, server.url())

    def read(query: str, **how: Any) -> Reading:
        return read_source(tmp_path, spec(query, **how))

    return read


def spec(query: str, **how: Any) -> SourceSpec:
    return SourceSpec("incidents", "the query", query=query, connection=f"env:{VARIABLE}", **how)


def table(reading: Reading) -> RawTable:
    assert reading.table is not None, reading.findings
    return reading.table


def fault(reading: Reading) -> Finding:
    assert reading.table is None
    (only,) = reading.findings
    assert only.stops
    return only


# What a query gives


def test_values_of_postgresql(ask: Callable[..., Reading]) -> None:
    """Times in UTC, decimals to the last digit, arrays, JSON as it is written, NULL as empty."""
    reading = ask("select * from alerts order by id")
    raw = table(reading)
    assert raw.columns == (
        "id", "at", "cost", "tags", "note", "ok", "raw", "extra", "big", "share", "lasts",
    )  # fmt: skip
    assert [(row.line, row.cells) for row in raw.rows] == [
        (
            1,
            (
                "1", "2026-07-01T08:00:00+00:00", "1200.5000", "a;b;", "", "true", "#BINARY!",
                '{"a": [1, 2.50]}', "9007199254740993", "0.1", "1 mon 36:00:00",
            ),
        ),
        (2, ("2", "infinity", "0.0001", "", "50% é", "false", "", "", "", "3", "")),
    ]  # fmt: skip
    assert [(each.code, each.column) for each in reading.findings] == [("binary_cells", "")]


def test_the_hash_proves_what_was_read(ask: Callable[..., Reading]) -> None:
    """It is the same in every session, whatever the session's zone, and follows the order."""
    query = "select id, at, note from alerts order by id"
    lines = [
        ["id", "at", "note"],
        ["1", "2026-07-01T08:00:00+00:00", ""],
        ["2", "infinity", "50% é"],
    ]
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    first = ask(query).source
    assert first is not None
    assert (first.sha256, first.size_bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert ask(f"{query};\n-- again").source == first
    backward = ask(f"{query} desc").source
    assert backward is not None
    assert backward.sha256 != first.sha256


def test_a_percent_sign_is_a_percent_sign(ask: Callable[..., Reading]) -> None:
    """Nothing in a query is taken for a parameter."""
    raw = table(ask("select id, ':x %s %(y)s' as t from alerts where note like '50%%'"))
    assert [row.cells for row in raw.rows] == [("2", ":x %s %(y)s")]


def test_rows_come_in_batches_from_the_server(
    ask: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result that is too large is left on the server, after the rows that showed it."""
    count = database.BATCH * 2 + 3
    raw = table(ask(f"select n from generate_series(1, {count}) as g(n)"))
    assert [row.cells[0] for row in raw.rows] == [str(n) for n in range(1, count + 1)]
    monkeypatch.setattr("board_report.sources.typed_rows.LARGEST_ROWS", 10)
    told = fault(ask("select generate_series(1, 100000000) as n"))
    assert told.code == "too_large"


# What it must not do

WRITES = (
    "delete from alerts",
    "update alerts set cost = 0",
    "with gone as (delete from alerts returning *) select * from gone",
    "with new as (insert into alerts values (3) returning *) select * from new",
    "select * into copied from alerts",
    "select 1; delete from alerts",
    "select 1; commit; delete from alerts",
    "copy alerts to '/tmp/qz-alerts'",
    "create table copied as select * from alerts",
    "select nextval('qzcounter')",
    "select set_config('transaction_read_only', 'off', false)",
)


@pytest.mark.parametrize("statement", WRITES)
def test_nothing_is_written(
    server: Server,
    ask: Callable[..., Reading],
    statement: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Refused before the server sees it or by the server, though the user has the right."""
    server.run("drop sequence if exists qzcounter", "create sequence qzcounter")
    everything = "select a::text from alerts a order by 1"
    before = server.ask(everything)
    assert fault(ask(statement)).code in ("query_refused", "query_failed")
    monkeypatch.setattr(database, "read_statement", lambda *_: statement)
    assert fault(ask(statement)).code in ("query_refused", "query_failed")
    assert server.ask(everything) == before
    assert server.ask("select to_regclass('copied')") == [(None,)]
    assert server.ask("select is_called from qzcounter") == [(False,)]


def test_the_user_could_have_written(server: Server) -> None:
    """So it is the connection that refuses, and not a lack of rights."""
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("delete from alerts returning id").fetchall() == [(1,), (2,)]
        connection.rollback()


# What fails, and what is said about it


@dataclass(frozen=True)
class Failure:
    """One way in which a query cannot be had."""

    code: str
    words: str
    query: str = "select id from alerts"
    changes: tuple[tuple[str, str], ...] = ()


FAILURES = {
    "wrong password": Failure(
        "connection_failed", "it refuses this login", changes=(("password", "qz-wrong-pass"),)
    ),
    "unknown user": Failure(
        "connection_failed", "it refuses this login", changes=(("user", "qznobody_here"),)
    ),
    "unknown database": Failure(
        "connection_failed", "no such database", changes=(("database", "qznone_such"),)
    ),
    "unknown host": Failure(
        "connection_failed", "no host of this name", changes=(("host", "qz-host.invalid"),)
    ),
    "nothing listens": Failure(
        "connection_failed", "refused the connection", changes=(("port", "1"),)
    ),
    "server ends it": Failure(
        "connection_failed",
        "the server ended the connection",
        query="select pg_terminate_backend(pg_backend_pid())",
    ),
    "no encryption": Failure(
        "connection_failed",
        "the encrypted connection",
        changes=(("database", "x?sslmode=require"),),
    ),
    "too many rows": Failure(
        "too_large", "5 rows", query="select generate_series(1, 100000000) as n"
    ),
    "no columns": Failure("query_refused", "asks for no column", query="select"),
    "unknown column": Failure(
        "query_failed",
        '(line 2 of it): column "nope" does not exist',
        query="select id,\n nope from alerts",
    ),
    "unknown table": Failure(
        "query_failed", '"nothing_here" does not exist', query="select 1 from nothing_here"
    ),
    "bad cast": Failure(
        "query_failed", "invalid input syntax", query="select note::int from alerts where id = 2"
    ),
    "fails on the way": Failure(
        "query_failed", "division by zero", query="select 1 / (id - 2) from alerts order by id"
    ),
    "quotes the user": Failure(
        "query_failed", "(hidden)", query="select current_user::name::text::int"
    ),
    "names the role": Failure(
        "query_failed", 'relation "(hidden).secrets"', query=f"select * from {READER}.secrets"
    ),
    "too slow": Failure(
        "query_failed",
        "statement timeout",
        query="select set_config('statement_timeout', '50', true), pg_sleep(0.01) "
        "union all select '', pg_sleep(30)",
    ),
    "writes": Failure("query_refused", "it does not begin with", query="delete from alerts"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILURES)
def test_failures_tell_no_secret(
    server: Server,
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call_cli: CallCli,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Neither in findings, nor on the terminal, nor in logs, nor in a traceback with its locals."""
    failure = FAILURES[name]
    changes = dict(failure.changes)
    monkeypatch.setenv(VARIABLE, server.url(**changes))
    monkeypatch.setattr("board_report.sources.typed_rows.LARGEST_ROWS", 5)
    hidden = secrets_of(server, changes)
    caplog.set_level(logging.DEBUG)

    told = fault(read_source(tmp_path, spec(failure.query)))
    assert told.code == failure.code
    assert failure.words in told.reason
    with pytest.raises(ReadFaultError) as raised:
        database.read_query(tmp_path, spec(failure.query))
    locals_too = everything_of(raised.value)

    block = f'\n[[source]]\ntable = "detections"\nconnection = "env:{VARIABLE}"\n'
    folder = make_project(tmp_path, report=f"{block}query = '''\n{failure.query}'''\n")
    outcome = call_cli("check", "--project", folder)
    assert outcome.exit_code == 2
    assert failure.code in outcome.stdout
    told_all = (repr(told), caplog.text, outcome.stdout, outcome.stderr, *capfd.readouterr())
    for word in hidden:
        assert word.casefold() not in "\n".join(told_all).casefold()
        # A query that names the user itself is among the locals.
        assert word in failure.query or word.casefold() not in locals_too.casefold()


def secrets_of(server: Server, changes: dict[str, str]) -> list[str]:
    """What must stand nowhere: also as an address writes it."""
    return [
        PASSWORD, READER, server.host, server.database, "qz%27Pa%3Ass%2Fw%40rd%257",
        *(value for key, value in changes.items() if key != "port"),
    ]  # fmt: skip


def everything_of(error: BaseException) -> str:
    """The whole chain with the locals of every frame, but those of this test."""
    assert error.__context__ is None
    assert error.__cause__ is None
    frames = traceback.TracebackException.from_exception(error, capture_locals=True)
    del frames.stack[0]
    return "".join(frames.format()) + repr(vars(error))


def test_the_short_name_of_postgresql(
    server: Server, ask: Callable[..., Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some providers write it so."""
    monkeypatch.setenv(VARIABLE, server.url().replace("postgresql://", "postgres://"))
    assert len(table(ask("select id from alerts")).rows) == 2
    assert '"nope" does not exist' in fault(ask("select nope from alerts")).reason


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set(
    tmp_path: Path, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is named, for it is the name that is missing."""
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    told = fault(read_source(tmp_path, spec("select 1")))
    assert told.code == "connection_missing"
    assert told.reason == f"the environment variable {VARIABLE} holds nothing."
    assert VARIABLE in told.mend


# Objects of a store


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of a store on this machine that has one bucket."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    address = f"http://{host}:{port}"
    put_objects(address, {"in/t.csv": b"a,b\n1,x\n"})
    yield address
    running.stop()


def put_objects(address: str, objects: dict[str, bytes]) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=KEY,
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=BUCKET)
    for name, content in objects.items():
        client.put_object(Bucket=BUCKET, Key=name, Body=content)
    client.close()


@pytest.fixture
def keys(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual variables, and no other way to a key."""
    forget_keys(monkeypatch)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY)
    monkeypatch.setenv("AWS_ENDPOINT_URL", store)


def forget_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("AWS_", "LAKE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)


def parquet_bytes(columns: dict[str, list[Any]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


OBJECTS: dict[str, bytes] = {
    "of each kind/t.csv": b"a,b\n1,x\n",
    "of each kind/t.csv.gz": gzip.compress(b"a,b\n1,x\n"),
    "of each kind/t.json": b'[{"a": 1, "b": "x"}]',
    "of each kind/t.parquet": parquet_bytes({"a": [1], "b": ["x"]}),
}


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_of_each_kind(name: str, store: str, keys: None, tmp_path: Path) -> None:
    """Is read as a file of that name would be; the hash is that of its bytes."""
    put_objects(store, OBJECTS)
    address = f"s3://{BUCKET}/{name}"
    reading = read_source(tmp_path, SourceSpec("incidents", address))
    raw = table(reading)
    assert raw.columns == ("a", "b")
    assert [row.cells for row in raw.rows] == [("1", "x")]
    assert reading.source is not None
    assert reading.source.path == address
    assert reading.source.sha256 == hashlib.sha256(OBJECTS[name]).hexdigest()
    assert reading.source.size_bytes == len(OBJECTS[name])


def test_variables_of_ones_own(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the prefix that ``storage`` names; the usual ones are then not looked at."""
    forget_keys(monkeypatch)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "other")
    source = SourceSpec("incidents", f"s3://{BUCKET}/in/t.csv", storage="env:LAKE")
    for name, value in (("ACCESS_KEY_ID", KEY_ID), ("SECRET_ACCESS_KEY", KEY)):
        told = fault(read_source(tmp_path, source))
        assert told.code == "connection_missing"
        assert f"LAKE_{name} holds nothing" in told.reason
        monkeypatch.setenv(f"LAKE_{name}", value)
    monkeypatch.setenv("LAKE_ENDPOINT_URL", store)
    assert len(table(read_source(tmp_path, source)).rows) == 1


OBJECT_FAILURES: dict[str, tuple[str, dict[str, str | None], str]] = {
    "no such object": (f"s3://{BUCKET}/in/none.csv", {}, "object_missing"),
    "no such bucket": ("s3://qznone/in/t.csv", {}, "object_missing"),
    "nothing listens": (
        f"s3://{BUCKET}/in/t.csv", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "connection_failed",
    ),
    "no address": (
        f"s3://{BUCKET}/in/t.csv", {"AWS_ENDPOINT_URL": "qz-nonsense"}, "connection_failed",
    ),
    "half a key": (
        f"s3://{BUCKET}/in/t.csv", {"AWS_SECRET_ACCESS_KEY": None}, "connection_missing",
    ),
    "no key": (
        f"s3://{BUCKET}/in/t.csv",
        {"AWS_SECRET_ACCESS_KEY": None, "AWS_ACCESS_KEY_ID": None},
        "connection_missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECT_FAILURES)
def test_objects_that_cannot_be_had(
    name: str,
    store: str,
    keys: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call_cli: CallCli,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """One finding each, without the key, its name, or where the store is."""
    from board_report.sources.objects import object_bytes

    monkeypatch.setattr("s3fs.S3FileSystem.retries", 1)  # it would wait between them
    address, changes, code = OBJECT_FAILURES[name]
    for variable, value in changes.items():
        if value is None:
            monkeypatch.delenv(variable)
        else:
            monkeypatch.setenv(variable, value)
    source = SourceSpec("incidents", address)
    told = fault(read_source(tmp_path, source))
    assert told.code == code
    with pytest.raises(ReadFaultError) as raised:
        object_bytes(source)
    folder = make_project(
        tmp_path, report=f'\n[[source]]\ntable = "detections"\nfile = "{address}"\n'
    )
    outcome = call_cli("check", "--project", folder)
    assert outcome.exit_code == 2
    shown = "\n".join(
        (repr(told), everything_of(raised.value), outcome.stdout, outcome.stderr)
    ) + "".join(capfd.readouterr())
    for word in (KEY_ID, KEY, "127.0.0.1", "qz-nonsense"):
        assert word not in shown


def test_a_store_that_refuses(keys: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is told from an object that is not there."""
    import fsspec

    class Refusing:
        def info(self, path: str) -> dict[str, int]:
            raise PermissionError(f"{KEY_ID} may not read {path}")

    monkeypatch.setattr(fsspec, "filesystem", lambda *_, **__: Refusing())
    told = fault(read_source(tmp_path, SourceSpec("incidents", f"s3://{BUCKET}/in/t.csv")))
    assert told.code == "object_refused"
    assert KEY_ID not in repr(told)


def test_an_object_that_is_too_large(
    store: str, keys: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is not fetched."""
    monkeypatch.setattr("board_report.sources.objects.LARGEST_FILE", 5)
    told = fault(read_source(tmp_path, SourceSpec("incidents", f"s3://{BUCKET}/in/t.csv")))
    assert told.code == "file_too_large"
    assert "8 bytes" in told.reason


# The same company, from other places

INCIDENTS = "ciso/servicenow_incidents.csv"
DETECTIONS = "ciso/splunk_notables.csv"
VULNERABILITIES = "ciso/tenable_vulnerabilities.csv"
QUERY_FILE = "ciso/incidents.sql"
LOCAL = ZoneInfo("America/Chicago")
TYPES = {
    "opened_at": "timestamptz", "u_occurred_at": "timestamptz", "u_detected_at": "timestamptz",
    "u_acknowledged_at": "timestamptz", "u_contained_at": "timestamptz",
    "u_first_resolved_at": "timestamptz", "resolved_at": "timestamptz",
    "reopen_count": "integer", "u_materiality_date": "date", "u_direct_cost": "numeric(14, 2)",
    "u_records_affected": "bigint", "u_outage_hours": "numeric",
}  # fmt: skip


@pytest.mark.slow
def test_the_same_figures_from_other_places(
    server: Server,
    store: str,
    keys: None,
    project: Path,
    tmp_path: Path,
    sample_build: Built,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Incidents of PostgreSQL, detections of a Parquet folder, vulnerabilities of a store."""
    monkeypatch.setenv(VARIABLE, server.url())
    content = (project / VULNERABILITIES).read_bytes()
    put_objects(store, {"scans/tenable.csv": content})
    fill_database(server, project / INCIDENTS)
    parts = fill_folder(project / DETECTIONS, project / "ciso" / "notables")
    for moved in (INCIDENTS, DETECTIONS, VULNERABILITIES):
        (project / moved).unlink()
    names = ", ".join(header(server))
    query = f"-- all of them\nselect {names}\nfrom incidents\norder by position;\n"
    (project / QUERY_FILE).write_text(query, encoding="utf-8")
    point_elsewhere(project / "report.toml")

    made = build(project, tmp_path / "output")

    expected = json.loads((sample_build.folder / "metrics.json").read_bytes())
    assert json.loads((made.folder / "metrics.json").read_bytes()) == expected
    inputs = {
        each["path"]: each
        for each in json.loads((made.folder / "manifest.json").read_bytes())["inputs"]
    }
    asked = f"query of {QUERY_FILE} over env:{VARIABLE}"
    assert inputs[asked]["rows"][0]["read"] == 152
    assert inputs[asked]["sha256"] == hash_of_rows(server, names)
    assert inputs[QUERY_FILE]["sha256"] == hashlib.sha256(query.encode()).hexdigest()
    assert inputs["ciso/notables"]["sha256"] == hashlib.sha256(parts.encode()).hexdigest()
    assert inputs["ciso/notables"]["rows"][0]["read"] == 6078
    address = f"s3://{BUCKET}/scans/tenable.csv"
    assert inputs[address]["sha256"] == hashlib.sha256(content).hexdigest()
    assert not {INCIDENTS, DETECTIONS, VULNERABILITIES} & set(inputs)
    aside = {each.name for each in (made.folder / "rejected").iterdir()}
    assert "query of ciso-incidents.sql over env-WAREHOUSE_URL.csv" in aside
    written = b"".join(
        each.read_bytes() for each in (tmp_path / "output").rglob("*") if each.is_file()
    )
    for word in (PASSWORD, READER, server.host, KEY_ID, KEY):
        assert word.encode() not in written


def point_elsewhere(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    for before, after in (
        (INCIDENTS, f'query_file = "{QUERY_FILE}"\nconnection = "env:{VARIABLE}"'),
        (DETECTIONS, 'file = "ciso/notables/"'),
        (VULNERABILITIES, f'file = "s3://{BUCKET}/scans/tenable.csv"'),
    ):
        assert text.count(f'file = "{before}"') == 1
        text = text.replace(f'file = "{before}"', after)
    report.write_text(text, encoding="utf-8")


def header(server: Server) -> list[str]:
    found = server.ask(
        "select column_name::text from information_schema.columns "
        "where table_name = 'incidents' and column_name <> 'position' order by ordinal_position"
    )
    return [name for (name,) in found]


def fill_database(server: Server, file: Path) -> None:
    """The export's rows as typed columns; a local time becomes a moment, ``?`` becomes NULL."""
    with file.open(encoding="utf-8", newline="") as stream:
        names, *rows = list(csv.reader(stream))
    columns = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in names)
    marks = ", ".join(["%s"] * len(names))
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"create table incidents (position serial, {columns})".encode())
        cursor.executemany(
            f"insert into incidents ({', '.join(names)}) values ({marks})".encode(),
            [[typed(name, cell) for name, cell in zip(names, row, strict=True)] for row in rows],
        )


def typed(name: str, cell: str) -> object:
    if cell in ("", "?"):
        return None
    if TYPES.get(name) == "timestamptz":
        return datetime.fromisoformat(cell).replace(tzinfo=LOCAL)
    return cell


def fill_folder(file: Path, folder: Path) -> str:
    """The export as one Parquet file a year, with times as such; the lines that prove them."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    lines = ""
    for year in sorted({row["_time"][:4] for row in rows}):
        some = [row for row in rows if row["_time"][:4] == year]
        columns: dict[str, Any] = {name: [row[name] or None for row in some] for name in some[0]}
        moments = [datetime.fromisoformat(text) for text in columns["_time"]]
        columns["_time"] = pa.array(moments, pa.timestamp("us", "UTC"))
        path = folder / year / "part-0.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.table(columns), path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines += f"{digest}  {year}/part-0.parquet\n"
    return lines


def hash_of_rows(server: Server, names: str) -> str:
    """Of one JSON array of texts a line, made here of what another driver's session gives."""
    texts = {
        "timestamptz": "to_char({} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS+00:00')",
    }
    asked = ", ".join(
        f"coalesce({texts.get(TYPES.get(name, ''), '{}::text').format(name)}, '')"
        for name in names.split(", ")
    )
    rows = [names.split(", "), *server.ask(f"select {asked} from incidents order by position")]
    lines = (json.dumps(list(row), ensure_ascii=False) + "\n" for row in rows)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
