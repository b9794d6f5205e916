"""A PostgreSQL server of the tests' own: started on this machine with a password, and removed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

ADMINISTRATOR = "qzadmin"
READER = "qzreader_of_alerts"
PASSWORD = "qz'Pa:ss/w@rd%7"
"""Has every character that an address must escape."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    admin_password: str
    host: str = "127.0.0.1"
    database: str = "qzwarehouse"

    def url(self, **changes: str) -> str:
        """The address of the database for the user who may only read, with parts changed."""
        from urllib.parse import quote

        given = {
            "user": READER, "password": PASSWORD, "host": self.host, "port": str(self.port),
            "database": self.database, **changes,
        }  # fmt: skip
        user, password = quote(given["user"], safe=""), quote(given["password"], safe="")
        return f"postgresql://{user}:{password}@{given['host']}:{given['port']}/{given['database']}"

    def run(self, *statements: str, database: str = "") -> None:
        """Run statements as the administrator."""
        with self.connect(database) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[arg-type, call-overload]

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query, asked by the administrator with the driver itself."""
        with self.connect() as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type, call-overload]

    def connect(self, database: str = "") -> psycopg.Connection[tuple[Any, ...]]:
        """A connection of the administrator, each of whose statements counts at once."""
        return psycopg.connect(
            host=self.host, port=self.port, user=ADMINISTRATOR, password=self.admin_password,
            dbname=database or self.database, autocommit=True,
        )  # fmt: skip


def find_programs() -> Path | None:
    """The folder of ``initdb``, ``pg_ctl`` and ``postgres``; None when they are not installed."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def start_server(programs: Path) -> Iterator[Server]:
    """A server on a free port of the loopback, with passwords, as long as the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _other_user()
    try:
        server = Server(_free_port(), admin_password="qz-admin-secret-0815")
        _initialize(programs, folder, user, server)
        options = f"-h {server.host} -p {server.port} -k {folder} -F"
        control = [programs / "pg_ctl", "-D", folder / "data", "-w"]
        _run([*control, "-t", "60", "-l", folder / "log", "-o", options, "start"], folder, user)
        try:
            _make_reader(server)
            yield server
        finally:
            _run([*control, "-m", "immediate", "stop"], folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> pwd.struct_passwd | None:
    """Who runs the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name: each for each in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _initialize(programs: Path, folder: Path, user: pwd.struct_passwd | None, own: Server) -> None:
    password = folder / "password"
    password.write_text(own.admin_password, encoding="utf-8")
    if user:
        for path in (folder, password):
            os.chown(path, user.pw_uid, user.pw_gid)
    _run(
        [
            programs / "initdb", "-D", folder / "data", "-U", ADMINISTRATOR, "--pwfile", password,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync",
        ],
        folder,
        user,
    )  # fmt: skip


def _make_reader(server: Server) -> None:
    server.run(f"create database {server.database}", database="postgres")
    secret = PASSWORD.replace("'", "''")
    server.run(
        f"create role {READER} login password '{secret}'",
        # May write: the tests show that nothing is written all the same.
        f"alter default privileges grant all on tables to {READER}",
        f"grant create, usage on schema public to {READER}",
    )


def _run(command: list[Any], folder: Path, user: pwd.struct_passwd | None) -> None:
    other: dict[str, Any] = {}
    if user:
        other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        # Not a pipe: the server inherits it and would keep it open.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        **other,
    )
    log = folder / "log"
    told = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}: {told}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
