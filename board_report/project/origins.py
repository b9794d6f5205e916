"""Where the rows of a ``[[source]]`` block come from: a file, an object in a store, or a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from board_report.toml_reader import Section

KEYS = ("file", "query", "query_file", "connection", "storage")

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_VARIABLE = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
_KEYRING = re.compile(r"keyring:([^/\s:@?]+)/([^/\s:@?]+)")
_EMBEDDED = re.compile(r"(sqlite|duckdb):(?!//)(.+)")
_OBJECT = re.compile(r"s3://[a-zA-Z0-9.\-_]+/[^?#]*[^/?#]")
_HOW = (
    'Write connection = "env:NAME" and put the address into the environment variable NAME, or '
    '"keyring:service/username", or "sqlite:..." or "duckdb:..." with a file of the project.'
)
_OF_FILES = ("reader", "delimiter", "encoding", "sheet", "skip_rows")


@dataclass(frozen=True)
class Origin:
    """What the keys of a block say about the place of its rows."""

    file: str
    """A path in the project, the address of an object, or words that name a query."""
    query: str = ""
    query_file: str = ""
    connection: str = ""
    storage: str = ""


def read_origin(section: Section, folder: Path) -> Origin:
    """The keys ``file`` and ``storage``, or ``connection`` with ``query`` or ``query_file``.

    No message repeats an address that was refused: it may hold a password.

    Raises:
        ProjectError: a key is missing, has no effect, or its value cannot be.
    """
    if any(key in section.values for key in ("query", "query_file", "connection")):
        return _query(section, folder)
    file = _plain_text(section, "file")
    if not _LINK.match(file):
        if "storage" in section.values:
            raise section.error("storage", "it has no effect on a file of the project.", "Remove.")
        return Origin(project_path(section, "file", folder))
    if not _OBJECT.fullmatch(file):
        raise section.error(
            "file",
            "an address that is no object of an S3 store is not read, and is not repeated here.",
            'Write a file of the project, or "s3://bucket/key.csv" without user, password or "?"; '
            'for a folder of objects, name each. A database goes into connection = "env:NAME".',
        )
    return Origin(file, storage=_storage(section))


def is_object(file: str) -> bool:
    """True for the address of an object in a store, false for a path in the project."""
    return file.startswith("s3://")


def embedded_file(connection: str) -> tuple[str, str]:
    """The engine and the file of an embedded database; two empty texts for any other."""
    found = _EMBEDDED.fullmatch(connection)
    return (found[1], found[2]) if found else ("", "")


def project_path(section: Section, key: str, folder: Path, file: str = "") -> str:
    """The path as written, once it is sure to lie in the project (its links followed).

    Args:
        section: the block.
        key: names the path, for the message.
        folder: the project.
        file: the path, where it is not the key's whole value.

    Raises:
        ProjectError: it leads out of the project.
    """
    path = (file or section.text(key)).replace("\\", "/")
    if "\0" in path or not _is_inside(folder, path):
        raise section.error(
            key,
            f"{path!r} lies outside the project folder.",
            "Copy the file into the project; links that lead out of it are not followed.",
        )
    return Path(path).as_posix()


def _is_inside(folder: Path, path: str) -> bool:
    try:
        return (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True  # links in a circle lead nowhere; whoever opens the file says so


def _query(section: Section, folder: Path) -> Origin:
    for key in ("file", "storage", *_OF_FILES):
        if key in section.values:
            raise section.error(key, "it has no effect on a query.", "Remove it.")
    if ("query" in section.values) == ("query_file" in section.values):
        raise section.error(
            "query",
            "a source with a connection has one query.",
            'Write either query = "select ..." or query_file = "ciso/detections.sql".',
        )
    section.text("table")
    connection = _connection(section, folder)
    query_file = ""
    if "query_file" in section.values:
        query_file = project_path(section, "query_file", folder)
    query = section.text("query") if not query_file else ""
    what = f"of {query_file}" if query_file else f"on line {section.line} of report.toml"
    over = connection.rpartition("/")[0] if connection.startswith("keyring:") else connection
    return Origin(f"query {what} over {over}", query, query_file, connection)


def _connection(section: Section, folder: Path) -> str:
    """Where to find the connection; an address itself is refused, as this file is archived."""
    connection = _plain_text(section, "connection")
    engine, file = embedded_file(connection)
    if engine:
        return f"{engine}:{project_path(section, 'connection', folder, file)}"
    if _VARIABLE.fullmatch(connection) or _KEYRING.fullmatch(connection):
        return connection
    raise section.error(
        "connection",
        "it must say where the address of the database is found, and not be one: this file is "
        "kept and passed on, and an address can hold a password (so it is not repeated here).",
        _HOW,
    )


def _storage(section: Section) -> str:
    if "storage" not in section.values:
        return ""
    storage = _plain_text(section, "storage")
    if not _VARIABLE.fullmatch(storage):
        raise section.error(
            "storage",
            "it must name environment variables, and hold no key itself (it is not repeated here).",
            'Write storage = "env:PREFIX", and give PREFIX_ACCESS_KEY_ID, PREFIX_SECRET_ACCESS_KEY '
            "and, for a store that is not Amazon's, PREFIX_ENDPOINT_URL in the environment.",
        )
    return storage


def _plain_text(section: Section, key: str) -> str:
    """A text; a value of another kind is refused without being shown."""
    value = section.values.get(key)
    if value is not None and not isinstance(value, str):
        raise section.error(key, "it is not a text.", f'Write {key} = "...".')
    return section.text(key)
