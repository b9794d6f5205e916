"""Unpack a compressed file within bounds, so that a small file cannot fill the memory."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

from board_report.sources.faults import ReadCode, ReadFaultError

LARGEST_UNPACKED = 1_000_000_000
"""Bytes that a compressed file may unpack to; a small file can hold far more than memory has."""

LARGEST_RATIO = 200
"""Times its size that a file of over 100 MB unpacked may hold; text packs up to about 50 times."""

_SUSPICIOUS = 100_000_000

UNREADABLE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError),
    *(KeyError, IndexError, ValueError, OverflowError, RuntimeError),
)
"""What the standard library raises about an archive that is damaged, or none."""


def bare_name(file: str) -> str:
    """The name of what is packed: ``log.csv`` of ``log.csv.gz``."""
    return file[: -len(".gz")] if file.lower().endswith(".gz") else file


def unpacked_limit(content: bytes) -> int:
    """Bytes that a compressed file of this size may unpack to."""
    return min(LARGEST_UNPACKED, max(_SUSPICIOUS, LARGEST_RATIO * len(content)))


def unpacked(file: str, content: bytes) -> bytes:
    """The bytes of a file, unpacked where its name says that it is packed.

    Raises:
        ReadFaultError: it breaks off, is damaged, or holds more than a source may.
    """
    if not file.lower().endswith(".gz"):
        return content
    limit = unpacked_limit(content)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            data = packed.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadFaultError(ReadCode.BAD_GZIP, detail=str(error).rstrip(".")) from error
    if len(data) > limit:
        raise ReadFaultError(ReadCode.BAD_GZIP, detail=f"it holds more than {limit:,} bytes")
    return data


MOST_OBJECTS = 10_000_000
"""Lists and objects of a JSON file; each takes hundreds of bytes of memory."""

MOST_VALUES = 100_000_000
"""Values of a JSON file."""


def refuse_crowd(content: bytes) -> None:
    """Refuse JSON that is many times its size once it is in memory, such as ``{},{},{}``.

    Raises:
        ReadFaultError: it has too many objects or values; marks within texts count too.
    """
    if content.count(b"{") + content.count(b"[") > MOST_OBJECTS:
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{MOST_OBJECTS:,} objects and lists")
    if content.count(b",") > MOST_VALUES:
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{MOST_VALUES:,} values")


def refuse_bomb(content: bytes) -> None:
    """Refuse an archive whose parts are declared to unpack to more than a source may hold.

    A part that is read piece by piece gives no more than is declared of it.

    Raises:
        ReadFaultError: it does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except UNREADABLE as error:
        raise ReadFaultError(ReadCode.BAD_WORKBOOK, detail="it is not a workbook") from error
    limit = unpacked_limit(content)
    if size > limit:
        raise ReadFaultError(
            ReadCode.BAD_WORKBOOK, detail=f"it unpacks to {size:,} bytes, more than {limit:,}"
        )
