"""What an archive needs of the place it lies in: read, write once, list, exists, remove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

INCOMING = "incoming/"
"""Where things are written before they get their name, and where a writer says what it is about."""
OBJECTS = "objects/"
ENTRIES = "entries/"
INDEX = "index.sqlite"
LOCK = "lock"
README = "README.txt"
VERIFIER = "verify_archive.py"


class Store(Protocol):
    """A place for files by name: relative, with forward slashes.

    Whatever a method cannot do is an OSError: FileNotFoundError where there is no such file.
    """

    @property
    def address(self) -> str:
        """The place, for messages."""
        ...

    def read(self, name: str) -> bytes:
        """A file's bytes."""
        ...

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's bytes, part by part, for files that memory should not hold."""
        ...

    def write_once(self, name: str, chunks: Iterable[bytes]) -> bool:
        """Write a file whole or not at all; False, with nothing written, where the name is taken.

        The file's bytes are safe when this returns; its name is after :meth:`settle`.
        """
        ...

    def settle(self) -> None:
        """Wait until every name that was given or taken is as safe as the bytes."""
        ...

    def names(self, below: str = "") -> list[str]:
        """The names of all files, sorted; what is neither file nor folder as well.

        Args:
            below: a folder, with its slash, of which alone they are wanted.
        """
        ...

    def exists(self, name: str) -> bool:
        """Whether a file of that name is there."""
        ...

    def remove(self, name: str) -> None:
        """Take a file away; nothing happens where there is none."""
        ...

    def lock(self, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Keep other writers out; gives False where that cannot be had.

        Args:
            wait: for a writer that is at work; else False is given.
        """
        ...


def object_name(sha256: str) -> str:
    """``objects/ab/<sha256>``."""
    return f"{OBJECTS}{sha256[:2]}/{sha256}"
