"""Read the result of a SQL query as rows of text, over a connection that cannot write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from board_report.model import SourceFile
from board_report.project import SourceSpec
from board_report.project.origins import embedded_file
from board_report.sources.database_faults import Place, connection_fault, query_fault
from board_report.sources.embedded import (
    check_duckdb_statement,
    open_duckdb,
    open_sqlite,
    project_database,
)
from board_report.sources.extras import extra, silence
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.postgres_text import read_as_text
from board_report.sources.secret import find_connection
from board_report.sources.statement import read_statement
from board_report.sources.typed_rows import RowStore, StoreOf

if TYPE_CHECKING:
    from sqlalchemy.engine import URL, Connection

BATCH = 2_000
"""Rows that are fetched at a time."""
_SECONDS_TO_CONNECT = 15
_STREAMED = {"stream_results": True, "yield_per": BATCH, "no_parameters": True}

Fetch = Callable[[str], tuple[Sequence[str], Iterator[Sequence[Sequence[Any]]]]]
"""Runs a statement: the names of its columns, and its rows in batches."""


def read_query(
    folder: Path, spec: SourceSpec, store_of: StoreOf = RowStore
) -> tuple[SourceFile, Grid]:
    """The result of a source's query, with row numbers as lines, and a hash over its texts.

    The hash is over header and rows in the order in which they came (see :class:`RowStore`): a
    query without ORDER BY may give another order, and then another hash.

    Raises:
        ReadFaultError: the query is refused or fails, or its database cannot be reached. Neither
            the fault nor what led to it holds the address, the user or the password.
    """
    statement = read_statement(folder, spec)
    place, database = _database(folder, spec)
    store: RowStore | None = None
    # A driver's error can hold anything of the address. It is turned into a fault here, and the
    # fault is raised after the handler was left: so it carries no trace of that error.
    fault: ReadFaultError | None = None
    is_open = False
    try:
        with database() as fetch:
            is_open = True
            header, batches = fetch(statement)
            if not header:
                raise ReadFaultError(ReadCode.QUERY_REFUSED, detail="it asks for no column")
            store = store_of(tuple(header), spec.decimal_comma)
            for batch in batches:
                store.add(batch)
    except ReadFaultError as own:
        fault = own
    except Exception as error:  # noqa: BLE001  (whatever the driver raises, see above)
        fault = query_fault(error, place) if is_open else connection_fault(error, place)
    if fault or store is None:
        # Without the frames that it came through: they hold the address.
        raise (fault or connection_fault(None, place)).with_traceback(None)
    return store.source(spec.file), store.grid()


def _database(folder: Path, spec: SourceSpec) -> tuple[Place, Callable[[], Any]]:
    """How to call a source's database in a message, and how to open it."""
    engine, file = embedded_file(spec.connection)
    if engine:
        path = project_database(folder, file)
        place = Place(f"the database {file}", dialect=engine, hidden=(str(folder.resolve()),))
        return place, _embedded(engine, path, folder)
    address = find_connection(spec.connection)
    with extra("databases"):
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError
    url: URL | None = None
    try:
        url = make_url(address.reveal())
    except (ArgumentError, ValueError):
        url = None
    place = Place(f"the database of {spec.connection.rpartition('/')[0] or spec.connection}")
    if url is None:
        raise connection_fault(None, place)
    if url.get_backend_name() == "postgres":
        url = url.set(drivername="postgresql")
    place = Place.of_url(place.words, url)
    if url.get_backend_name() in ("sqlite", "duckdb"):
        return place, _embedded(url.get_backend_name(), Path(url.database or ""), None)
    return place, lambda: _server(url)


def _embedded(engine: str, path: Path, readable: Path | None) -> Callable[[], Any]:
    @contextmanager
    def opened() -> Iterator[Fetch]:
        if engine == "sqlite":
            with closing(open_sqlite(path)) as file:
                yield lambda statement: _rows_of(file.execute(statement))
        else:
            with closing(open_duckdb(path, readable)) as lake:

                def fetch(statement: str) -> tuple[Sequence[str], Iterator[Any]]:
                    check_duckdb_statement(lake, statement)
                    return _rows_of(lake.execute(statement))

                yield fetch

    return opened


def _rows_of(cursor: Any) -> tuple[Sequence[str], Iterator[Any]]:
    names = [column[0] for column in cursor.description or ()]
    return names, iter(lambda: cursor.fetchmany(BATCH), [])


@contextmanager
def _server(url: URL) -> Iterator[Fetch]:
    """A server's database in a read-only transaction that is rolled back at the end."""
    import sqlalchemy

    silence("sqlalchemy", "psycopg")
    dialect = url.get_backend_name()
    given: dict[str, Any] = {}
    if dialect == "postgresql":
        with extra("databases"):
            import psycopg  # noqa: F401  (SQLAlchemy looks it up by name)
        url = url.set(drivername="postgresql+psycopg")
        if "connect_timeout" not in url.query:
            given["connect_timeout"] = _SECONDS_TO_CONNECT
    engine = sqlalchemy.create_engine(
        url, poolclass=sqlalchemy.NullPool, connect_args=given, hide_parameters=True
    )
    if dialect == "postgresql":
        sqlalchemy.event.listen(engine, "connect", read_as_text)
    with engine.connect() as connection, ExitStack() as opened:
        _make_read_only(connection, dialect)

        def fetch(statement: str) -> tuple[Sequence[str], Iterator[Any]]:
            result = connection.exec_driver_sql(statement, execution_options=_STREAMED)
            opened.callback(result.close)
            return list(result.keys()), iter(result.partitions(BATCH))

        yield fetch
        connection.rollback()


def _make_read_only(connection: Connection, dialect: str) -> None:
    """Begin a transaction that cannot write, where the database has such; times come in UTC."""
    if dialect == "postgresql":
        connection.execution_options(postgresql_readonly=True)
        connection.exec_driver_sql("SET TIME ZONE 'UTC'")
        connection.exec_driver_sql("SET IntervalStyle = 'postgres'")
    elif dialect in ("mysql", "mariadb", "oracle"):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
