"""Say why a database cannot be read, without its address, its user or its password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.secret import read_variable, scrub

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_REASONS = (
    (r"password|authenticat|access denied|no pg_hba|login failed", "it refuses this login"),
    (r"role .* does not exist|not permitted to log in", "it refuses this login"),
    (r"database .* does not exist|unknown database", "the server has no such database"),
    (r"resolve|translate host|not known|nodename|name resolution|unknown .*host", "there is no "
     "host of this name"),
    (r"terminating|shutdown|closed the connection|connection .*lost", "the server ended the "
     "connection"),
    (r"refused", "the server refused the connection: nothing listens there"),
    (r"timeout|timed out", "the server did not answer in time"),
    (r"ssl|certificate|tls", "the encrypted connection could not be made"),
    (r"too many|remaining connection slots", "the server has no connection left"),
    (r"unreachable|no route", "there is no way to the host"),
    (r"could not set lock|conflicting lock", "another program has it open for writing"),
    (r"not a (valid )?(duckdb )?database|file is not a database", "it is no such database"),
    (r"unable to open|cannot open", "it cannot be opened"),
    (r"load plugin|no module named", "no driver for this kind of database is installed"),
)  # fmt: skip
_LINE = re.compile(r"^\w+ (\d+): ", re.MULTILINE)
_SECRET_KEYS = ("host", "hostaddr", "user", "password", "passfile", "sslkey", "service")
_SECRET_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGUSER", "PGPASSWORD")
_LONGEST = 300
"""Letters of a database's message that are shown: it can quote a whole cell."""
_WRITES = ("25006", "0A000")
"""SQLSTATE: a read-only transaction, and a cursor over a statement that changes data."""


@dataclass(frozen=True)
class Place:
    """One database: how a message may call it, and what no message may hold."""

    words: str
    dialect: str = ""
    hidden: tuple[str, ...] = ()

    @classmethod
    def of_url(cls, words: str, url: URL) -> Place:
        """The place of an address; its user, password and host are kept out of messages."""
        asked = [url.query.get(key) for key in _SECRET_KEYS]
        parts = [url.username, url.password, url.host]
        parts += [each for value in asked for each in ([value] if isinstance(value, str) else [])]
        parts += [read_variable(name).reveal() for name in _SECRET_VARIABLES]
        return cls(words, url.get_backend_name(), tuple(str(each) for each in parts if each))

    def __repr__(self) -> str:
        return f"Place({self.words!r})"


def connection_fault(error: BaseException | None, place: Place) -> ReadFaultError:
    """Why there is no connection: one of a few sentences of our own, never the driver's.

    Args:
        error: what the driver raised; None when the address is none.
        place: the database.
    """
    if error is None:
        detail = (
            "what is found there is not an address such as postgresql://user:password@host/database"
        )
        return ReadFaultError(ReadCode.CONNECTION_FAILED, place=place.words, detail=detail)
    said = str(error).casefold()
    found = (words for pattern, words in _REASONS if re.search(pattern, said))
    reason = next(found, "the connection could not be made")
    detail = f"{reason} ({_kind(error)})"
    return ReadFaultError(ReadCode.CONNECTION_FAILED, place=place.words, detail=detail)


def query_fault(error: BaseException, place: Place) -> ReadFaultError:
    """Why a query failed: the database's own words where we know their shape, scrubbed.

    Args:
        error: what the driver raised, or what SQLAlchemy made of it.
        place: the database.
    """
    own = _own(error)
    state = str(getattr(own, "sqlstate", "") or "")
    if state.startswith(("08", "57P")) or (
        not state and getattr(error, "connection_invalidated", False)
    ):
        return connection_fault(error, place)
    if state in _WRITES and place.dialect == "postgresql":
        detail = "the database says that it writes, or could"
        return ReadFaultError(ReadCode.QUERY_REFUSED, detail=detail)
    line = _LINE.search(str(own))
    where = f" (line {line[1]} of it)" if line else ""
    detail = scrub(_words(own, place), place.hidden)[:_LONGEST].rstrip(".") or _kind(error)
    return ReadFaultError(ReadCode.QUERY_FAILED, where=where, detail=detail)


def _own(error: BaseException) -> BaseException:
    """The driver's error, where another was made of it."""
    own = getattr(error, "orig", None)
    return own if isinstance(own, BaseException) else error


def _kind(error: BaseException) -> str:
    return type(_own(error)).__name__


def _words(own: BaseException, place: Place) -> str:
    """What the database says; of a kind whose messages we do not know, the error's name alone."""
    if place.dialect == "postgresql":
        told = getattr(own, "diag", None)
        parts = (getattr(told, "message_primary", ""), getattr(told, "message_hint", ""))
        return ". ".join(part for part in parts if part)
    if place.dialect in ("sqlite", "duckdb"):
        return str(own).partition("\n")[0]
    code = getattr(own, "sqlstate", None)
    return f"{type(own).__name__} {code}" if isinstance(code, str) else type(own).__name__
