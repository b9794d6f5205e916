"""A password from a file, the environment or the keyring: never from a command line."""

from __future__ import annotations

from pathlib import Path

from board_report.errors import SourceError
from board_report.sources.secret import Secret, read_variable

_LONGEST = 4096
"""Bytes of a password file; more is some other file."""


def find_password(source: str) -> Secret:
    """The password, from where the user says that it is.

    Args:
        source: ``env:NAME``, ``keyring:service/username``, or a file that holds nothing else;
            the end of its line is not part of the password.

    Raises:
        SourceError: nothing is there.
    """
    kind, _, name = source.partition(":")
    if kind == "env":
        found = read_variable(name)
        if not found:
            raise SourceError(
                f"the environment variable {name} holds no password.",
                mend="Set it before board-report is started.",
            )
        return found
    if kind == "keyring":
        return _from_keyring(name)
    return _from_file(Path(source))


def _from_keyring(name: str) -> Secret:
    service, _, username = name.partition("/")
    try:
        import keyring
    except ModuleNotFoundError as error:
        raise SourceError(
            "the keyring needs an extra that is not installed.",
            mend='Install it: pip install "board-report[keyring]"',
        ) from error
    try:
        found = keyring.get_password(service, username)
    except Exception as error:
        raise SourceError(
            f"the keyring cannot be read ({type(error).__name__}).",
            mend="Unlock it, or give the password in another way.",
        ) from error
    if not found:
        raise SourceError(
            f"the keyring has no password for {service}.",
            mend=f"Put it there: keyring set {service} {username or 'NAME'}",
        )
    return Secret(found)


def _from_file(path: Path) -> Secret:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LONGEST + 1)
        lines = data.decode().splitlines()
    except OSError as error:
        raise SourceError(
            f"the password file cannot be read: {(error.strerror or 'it is no file').lower()}.",
            where=str(path),
            mend="Name a file that holds the password and nothing else, env:NAME for an "
            "environment variable, or keyring:service/username.",
        ) from error
    except UnicodeDecodeError as error:
        raise _no_password(path) from error
    if len(lines) != 1 or not lines[0] or len(data) > _LONGEST:
        raise _no_password(path)
    return Secret(lines[0])


def _no_password(path: Path) -> SourceError:
    return SourceError(
        "the password file does not hold one line of text.",
        where=str(path),
        mend="It must hold the password and nothing else.",
    )
