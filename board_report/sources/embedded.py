"""Open a database that is a file, so that it can be read and nothing else can be touched."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from board_report.sources.extras import extra
from board_report.sources.faults import ReadCode, ReadFaultError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)


def project_database(folder: Path, file: str) -> Path:
    """The file of an embedded database, once it is sure to be there and to lie in the project.

    Raises:
        ReadFaultError: it is missing, or a link leads out of the project.
    """
    path = folder / file
    try:
        is_inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:
        raise _failed(file, "its name cannot be") from error
    if not is_inside:
        raise _failed(file, "it leads out of the project folder")
    if not path.is_file():
        raise _failed(file, "it is not in the project")
    return path


def open_sqlite(path: Path) -> sqlite3.Connection:
    """An SQLite file, read-only: no other file is attached, no setting changed, nothing written.

    Raises:
        sqlite3.Error: it is no such database.
    """
    connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)
    connection.set_authorizer(_authorize)
    connection.text_factory = _text_or_bytes
    return connection


def _text_or_bytes(content: bytes) -> str | bytes:
    """A text that is not UTF-8 stays bytes, so that it costs its row and not the whole reading."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content


def _authorize(action: int, _: str | None, second: str | None, *__: str | None) -> int:
    """Allow what a SELECT needs; a function that loads code is none of it."""
    loads = action == sqlite3.SQLITE_FUNCTION and second == "load_extension"
    return sqlite3.SQLITE_OK if action in _ALLOWED and not loads else sqlite3.SQLITE_DENY


def open_duckdb(path: Path | None, readable: Path | None = None) -> DuckDBPyConnection:
    """A DuckDB file, read-only, or (without one) an engine in memory.

    It reaches no network, installs nothing, and reads no file but its own and those of one folder.
    Times with a zone are given in UTC, whatever the machine's zone is.

    Args:
        path: the database; None for one in memory, with which to query Parquet and CSV files.
        readable: folder whose files its SQL may read, such as the project's; None for no file.

    Raises:
        ReadFaultError: DuckDB is not installed.
        duckdb.Error: it is no such database.
    """
    with extra("engine"):
        import duckdb
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_unsigned_extensions": False,
        "allow_community_extensions": False,
    }
    target = ":memory:" if path is None else str(path.resolve())
    connection = duckdb.connect(target, read_only=path is not None, config=settings)
    _confine(connection, readable)
    return connection


def _confine(connection: DuckDBPyConnection, readable: Path | None) -> None:
    """Take away all reach, for good; a second opening of one file shares the first one's."""
    found = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
    if found and found[0]:
        return
    if readable is not None:
        folder = str(readable.resolve()).replace("'", "''")
        connection.execute(f"SET allowed_directories = ['{folder}/']")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET lock_configuration = true")


def check_duckdb_statement(connection: DuckDBPyConnection, statement: str) -> None:
    """Refuse what DuckDB itself does not take for one SELECT: it could write into the folder.

    Raises:
        ReadFaultError: it is none.
        duckdb.Error: it is no SQL.
    """
    import duckdb

    kinds = [each.type for each in connection.extract_statements(statement)]
    if kinds != [duckdb.StatementType.SELECT]:
        raise ReadFaultError(
            ReadCode.QUERY_REFUSED, detail="the database says that it is no SELECT"
        )


def _failed(file: str, detail: str) -> ReadFaultError:
    return ReadFaultError(ReadCode.CONNECTION_FAILED, place=f"the database {file}", detail=detail)
