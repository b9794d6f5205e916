"""Take a workbook's parts out of its archive within bounds, and refuse what would fill memory."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Collection
from itertools import pairwise

from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.packed import UNREADABLE, refuse_bomb, unpacked_limit

MOST_CELLS = 50_000_000
"""Cells of a sheet, empty ones within its extent among them: the library holds them all."""

_FEW_CELLS = 5_000_000
_EMPTY_PER_CELL = 50
"""Times its written cells that a sheet's extent may be: one cell in the last corner of a sheet
would otherwise take hundreds of gigabytes."""

_PIECE = 1 << 20

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files begin that are .xls, or protected with a password."""

_READ = re.compile(
    r"xl/(?!media/|embeddings/|drawings/|printerSettings/).*|_rels/.*|\[Content_Types\]\.xml"
)
_TAG = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_TEXT = rb"(?:\"[^\"<>]*\"|'[^'<>]*')"
_ANY = rb"(?:\s+[\w:.\-]+\s*=\s*" + _TEXT + rb")*\s*"
_OTHERS = rb"(?:\s+(?!r\s*=)[\w:.\-]+\s*=\s*" + _TEXT + rb")*"
_ADDRESS = rb"\s+r\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,7})[\"']"
_ADDRESSED = re.compile(rb"<(?:\w+:)?(?:c|row)" + _OTHERS + _ADDRESS + _ANY + rb"(/?)>")
_BARE = re.compile(rb"<(?:\w+:)?(c|row)" + _OTHERS + rb"\s*/?>")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s>/]")
_END_OF_ROW = re.compile(rb"</(?:\w+:)?row>")
_SHARED = re.compile(rb"<(?:\w+:)?si\b")
_SHARED_CELL = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})<")


def safe_archive(content: bytes) -> zipfile.ZipFile:
    """The parts of a workbook that are read, in an archive of our own, unpacked.

    What the file's archive says of its parts is believed by nobody after this: neither sizes, nor
    which of two directories counts.

    Raises:
        ReadFaultError: it is none, is protected, or holds more than a source may.
    """
    if content.startswith(_OLD):
        detail = "it is protected with a password, or is an .xls file"
        raise ReadFaultError(ReadCode.BAD_WORKBOOK, detail=detail)
    refuse_bomb(content)
    stored = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(stored, "w") as safe:
            for name in dict.fromkeys(packed.namelist()):
                if _READ.fullmatch(name):
                    # Piece by piece: read at once, a part is unpacked whole before it is cut to
                    # the size that is declared.
                    with packed.open(name) as part, safe.open(name, "w") as copy:
                        shutil.copyfileobj(part, copy, _PIECE)
    except UNREADABLE as error:
        raise ReadFaultError(ReadCode.BAD_WORKBOOK, detail=_why(error)) from error
    archive = zipfile.ZipFile(stored)
    _refuse_expansion(archive, unpacked_limit(content))
    return archive


def _why(error: Exception) -> str:
    words = str(error).rstrip(".")
    if "encrypted" in words:
        return "it is protected with a password"
    return words or "it is damaged"


def _refuse_expansion(archive: zipfile.ZipFile, limit: int) -> None:
    """Refuse a small sheet that is huge once it is read: by its extent, or by texts it repeats."""
    shared: list[int] = []
    for name in archive.namelist():  # a part is a sheet whatever its name is
        lengths = _lengths(archive.read(name))
        shared = max(shared, lengths, key=lambda each: max(each, default=0))
    for name in archive.namelist():
        sheet = archive.read(name)
        _refuse_extent(sheet)
        _refuse_repetition(sheet, shared, limit)


def _lengths(xml: bytes) -> list[int]:
    """At most so many characters each shared text has."""
    starts = [each.start() for each in _SHARED.finditer(xml)]
    return [after - at for at, after in pairwise([*starts, len(xml)])]


def _refuse_extent(sheet: bytes) -> None:
    count = len(_CELL_TAG.findall(sheet))
    most = min(MOST_CELLS, max(_FEW_CELLS, _EMPTY_PER_CELL * count))
    plain = _PLAIN_CELL.findall(sheet)
    if len(plain) == count and b":c" not in sheet and _size(plain) <= most:
        return
    size = _exact_size(sheet)
    if size > most:
        detail = f"a sheet reaches over {size:,} cells, more than {most:,}"
        raise ReadFaultError(ReadCode.BAD_WORKBOOK, detail=detail)


def _size(addresses: Collection[tuple[bytes, bytes]]) -> int:
    """Cells of the rectangle that reaches from the first cell to these."""
    rows = max((int(row) for _, row in addresses), default=0)
    columns = max(map(_column, {letters for letters, _ in addresses}), default=0)
    return rows * columns


def _exact_size(sheet: bytes) -> int:
    """Cells of the rectangle of those with a value; those without an address follow one another.

    Raises:
        ReadFaultError: a tag is written so that an address could hide in it.
    """
    addressed, bare = _ADDRESSED.findall(sheet), Counter(_BARE.findall(sheet))
    if len(_TAG.findall(sheet)) != len(addressed) + bare.total():
        detail = "its cells are written as no spreadsheet program writes them"
        raise ReadFaultError(ReadCode.BAD_WORKBOOK, detail=detail)
    found = {(letters, row) for letters, row, empty in addressed if not empty}
    rows = max((int(row) for _, row in found), default=0)
    columns = max(map(_column, {letters for letters, _ in found}), default=0)
    if bare[b"c"]:
        columns += max(len(_CELL_TAG.findall(each)) for each in _END_OF_ROW.split(sheet))
        rows += bare[b"row"]
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _refuse_repetition(sheet: bytes, shared: list[int], limit: int) -> None:
    if not shared or max(shared) * len(_CELL_TAG.findall(sheet)) <= limit:
        return
    uses = Counter(int(found[1]) for found in _SHARED_CELL.finditer(sheet))
    size = sum(count * shared[at] for at, count in uses.items() if at < len(shared))
    if size > limit:
        detail = f"its texts have {size:,} characters once repeated, more than {limit:,}"
        raise ReadFaultError(ReadCode.BAD_WORKBOOK, detail=detail)
