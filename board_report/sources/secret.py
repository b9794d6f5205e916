"""Credentials from the environment or the keyring, kept out of everything that is shown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from board_report.sources.extras import extra, silence
from board_report.sources.faults import ReadCode, ReadFaultError

_HIDDEN = "(hidden)"
_LONG = 4
"""Letters of a word that is hidden inside of others, too."""


class Secret:
    """A text that shows itself only when asked to: no message, log or traceback holds it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one call that needs it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return _HIDDEN

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(_HIDDEN, spec)

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


def read_variable(name: str) -> Secret:
    """An environment variable; empty when it is not set.

    The environment is read here and not in ``cli``, because no stage in between has any business
    holding a password.
    """
    return Secret(os.environ.get(name, "").strip())


def find_connection(connection: str) -> Secret:
    """The address of a database, from where report.toml says that it is found.

    Args:
        connection: ``env:NAME`` or ``keyring:service/username``.

    Raises:
        ReadFaultError: nothing is there, or there is no keyring.
    """
    kind, _, name = connection.partition(":")
    if kind == "env":
        found = read_variable(name)
        if not found:
            place = f"the environment variable {name}"
            advice = f"Set {name} to the address of the database, before board-report is started."
            raise ReadFaultError(ReadCode.CONNECTION_MISSING, place=place, detail="", advice=advice)
        return found
    service, _, username = name.partition("/")
    return _from_keyring(service, username)


def _from_keyring(service: str, username: str) -> Secret:
    detail = ""
    with extra("keyring"):
        import keyring
    silence("keyring")
    found: str | None = None
    try:
        found = keyring.get_password(service, username)
    except Exception as error:  # noqa: BLE001  (each system's keyring has errors of its own)
        detail = f" that can be read ({type(error).__name__})"
    if found and found.strip():
        return Secret(found.strip())
    raise ReadFaultError(
        ReadCode.CONNECTION_MISSING,
        place=f"the keyring's entry for {service}",
        detail=detail,
        advice=f"Put the address of the database there: keyring set {service} and the name that "
        "stands behind the slash in report.toml.",
    )


def scrub(text: str, hidden: Iterable[str | None]) -> str:
    """A driver's message in one line, without any of the texts that are to stay hidden.

    Args:
        text: what the driver says.
        hidden: password, user, host and the like, plain; they are also found as an address
            writes them.
    """
    line = " ".join(text.split())
    words = {" ".join(word.split()) for word in hidden if word and word.strip()}
    for word in sorted(words, key=len, reverse=True):
        line = re.sub(_pattern(word), _HIDDEN, line, flags=re.IGNORECASE)
    return line


def _pattern(word: str) -> str:
    """Short words are hidden where they stand alone: ``a`` is a user, and also a letter."""
    pattern = "".join(
        letter if letter.isascii() and letter.isalnum() else _either(letter) for letter in word
    )
    if len(word) >= _LONG:
        return pattern
    return rf"(?<![^\W_]){pattern}(?![^\W_])"


def _either(letter: str) -> str:
    """A sign as it is, or as an address escapes it."""
    plain = r"[ +]" if letter == " " else re.escape(letter)
    escaped = "".join(f"%{byte:02x}" for byte in letter.encode("utf-8", "surrogatepass"))
    return f"(?:{plain}|{escaped})"
