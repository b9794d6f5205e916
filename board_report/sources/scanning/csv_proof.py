"""Find out, in one pass over a text file, whether the engine's own reader sees what ours does."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from board_report.sources.decode import MARKS, guess_encoding
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.packed import LARGEST_RATIO

CHUNK = 1 << 20
_SUSPICIOUS = 100_000_000
_PLAIN = ("utf-8", "utf8", "ascii", "us-ascii")


@dataclass
class Proof:
    """What one pass over a file's bytes told."""

    sha256: str = ""
    size: int = 0
    encoding: str = ""
    """In which the text is read: of its byte order mark, or as declared."""
    mark: bytes = b""
    lines: int = 0
    """Lines of text, an unfinished last one among them."""
    is_plain: bool = True
    """True when every line is a record and every quotation mark stands at the edge of a cell, so
    that all readers of delimited text see the same cells."""
    newline: str = "\n"
    _counts: dict[bytes, int] = field(default_factory=dict)


@contextmanager
def opened(path: Path, file: str) -> Iterator[IO[bytes]]:
    """The bytes of a file's text, unpacked where its name says that it is packed.

    Raises:
        ReadFaultError: it cannot be opened or unpacked, is no plain file, unpacks to too much, or
            changed while it was read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        detail = error.strerror or "unknown reason"
        raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail=detail) from error
    with os.fdopen(handle, "rb") as raw:
        before = os.fstat(raw.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise ReadFaultError(ReadCode.FILE_UNREADABLE, detail="it is not a plain file")
        try:
            if file.lower().endswith(".gz"):
                with gzip.GzipFile(fileobj=raw) as packed:
                    yield io.BufferedReader(_Bounded(packed, before.st_size), CHUNK)
            else:
                yield raw
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ReadFaultError(ReadCode.BAD_GZIP, detail=str(error).rstrip(".")) from error
        now = path.stat()
        if (now.st_ino, now.st_size, now.st_mtime_ns) != (
            before.st_ino,
            before.st_size,
            before.st_mtime_ns,
        ):
            raise ReadFaultError(ReadCode.FILE_CHANGED)


class _Bounded(io.RawIOBase):
    """What a packed file holds, up to what a file of its size may."""

    def __init__(self, packed: gzip.GzipFile, size: int) -> None:
        self._packed, self._left = packed, max(_SUSPICIOUS, LARGEST_RATIO * size)
        self._limit = self._left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._packed.read(len(buffer))
        self._left -= len(found)
        if self._left < 0:
            detail = f"it holds more than {self._limit:,} bytes"
            raise ReadFaultError(ReadCode.BAD_GZIP, detail=detail)
        buffer[: len(found)] = found
        return len(found)


def head_of(path: Path, file: str) -> bytes:
    """The first bytes of a file's text."""
    with opened(path, file) as stream:
        return stream.read(CHUNK)


def prove(path: Path, file: str, declared: str, delimiter: str) -> Proof:
    """Read a file once: its hash, its encoding, and whether it is plain.

    Args:
        path: where it lies.
        file: its name in the project.
        declared: its encoding as its block says.
        delimiter: what separates its cells.

    Raises:
        ReadFaultError: it cannot be read, or a byte does not fit its encoding.
    """
    proof = Proof(encoding=declared)
    digest = hashlib.sha256()
    with path.open("rb") as raw:
        while packed := raw.read(CHUNK):
            digest.update(packed)
            proof.size += len(packed)
    proof.sha256 = digest.hexdigest()
    with opened(path, file) as stream:
        _read_through(stream, proof, delimiter)
    return proof


def _read_through(stream: IO[bytes], proof: Proof, delimiter: str) -> None:
    chunk = stream.read(CHUNK)
    for mark, marked in MARKS:
        if chunk.startswith(mark):
            proof.encoding, proof.mark = marked, mark
            break
    decoder = codecs.getincrementaldecoder(proof.encoding)()
    marks = _Marks(delimiter)
    chunk = chunk[len(proof.mark) :]
    seen_lines, head = 0, chunk
    while chunk:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            raise _undecodable(error, seen_lines, proof.encoding, head) from error
        seen_lines += chunk.count(b"\n")
        marks.add(chunk)
        chunk = stream.read(CHUNK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _undecodable(error, seen_lines, proof.encoding, head) from error
    proof.lines, proof.newline = marks.lines, marks.newline
    proof.is_plain = marks.are_plain and proof.encoding.lower() in _PLAIN


def _undecodable(
    error: UnicodeDecodeError, lines: int, encoding: str, head: bytes
) -> ReadFaultError:
    found = bytes(error.object)
    return ReadFaultError(
        ReadCode.UNDECODABLE,
        line=lines + found[: error.start].count(b"\n") + 1,
        byte=f"0x{found[error.start]:02X}",
        encoding=encoding.upper(),
        guess=guess_encoding(head, encoding),
    )


class _Marks:
    """Counts of line ends and of quotation marks, by what stands beside them."""

    def __init__(self, delimiter: str) -> None:
        mark = delimiter.encode()
        self._starts = (mark + b'"', b'\n"')
        self._ends = (b'"' + mark, b'"\n', b'"\r')
        before, after = (mark, b"\n"), (mark, b"\n", b"\r")
        self._lone = tuple(left + b'"' + right for left in before for right in after)
        self._quotes = self._at_start = self._at_end = 0
        self._feeds = self._returns = self._pairs = 0
        self._has_lone = self._has_nul = False
        self._last = b""
        self._is_single = len(mark) == 1

    def add(self, chunk: bytes) -> None:
        """Take the next bytes of the file."""
        joined = self._last[-1:] + chunk
        self._has_nul = self._has_nul or b"\0" in chunk
        self._feeds += chunk.count(b"\n")
        self._returns += chunk.count(b"\r")
        self._pairs += joined.count(b"\r\n")
        quotes = chunk.count(b'"')
        self._quotes += quotes
        if quotes or self._last.endswith(b'"'):
            # The file's first mark has nothing before it, and its last nothing after it.
            self._at_start += sum(joined.count(each) for each in self._starts)
            self._at_start += not self._last and chunk.startswith(b'"')
            self._at_end += sum(joined.count(each) for each in self._ends)
            wide = self._last[-2:] + chunk
            found = any(each in wide for each in self._lone)
            at_front = not self._last and chunk.startswith(tuple(self._ends))
            self._has_lone = self._has_lone or found or at_front
        self._last = wide[-2:] if len(wide := self._last + chunk) > 2 else wide

    @property
    def lines(self) -> int:
        """Lines, the last one also where nothing ends it."""
        return self._feeds + (bool(self._last) and not self._last.endswith(b"\n"))

    @property
    def newline(self) -> str:
        """How lines end."""
        return "\r\n" if self._returns else "\n"

    @property
    def are_plain(self) -> bool:
        """See :attr:`Proof.is_plain`; equal counts prove it only where no mark is both."""
        ends = self._at_end + self._last.endswith(b'"')
        is_even = self._returns in (0, self._feeds) and self._returns == self._pairs
        is_lone = self._has_lone or self._last in self._starts or self._last == b'"'
        at_edges = not is_lone and self._quotes == self._at_start + ends
        return is_even and at_edges and not self._has_nul and self._is_single
