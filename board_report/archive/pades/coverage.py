"""Which bytes of a file a signature covers, and that it leaves out nothing but itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from board_report.archive.pades.prefix import revision_ends

_HEX = re.compile(rb"<(?:[0-9a-f]++|[0-9A-F]++)>")


@dataclass(frozen=True)
class Coverage:
    """The range of a signature."""

    end: int
    """Bytes from the beginning of the file up to here are covered, apart from the gap."""
    container: bytes
    """What stands in the gap: the signature, as DER."""
    is_whole_file: bool


class CoverageError(Exception):
    """The range leaves out more than the signature, or is no range."""


def measure(data: bytes, byte_range: Any, revision: int) -> Coverage:
    """Hold the range of a signature against the file.

    Args:
        data: the file.
        byte_range: the four numbers of its ``/ByteRange``.
        revision: the revision that brought the signature.

    Raises:
        CoverageError: the range does not begin with the file, leaves out something other than
            the signature, or does not end where its revision ends.
    """
    try:
        begin, first, second, length = (int(each) for each in byte_range)
    except (TypeError, ValueError) as error:
        raise CoverageError("its range is not two pieces of the file") from error
    end = second + length
    if begin != 0 or not 0 < first < second <= end <= len(data):
        raise CoverageError("its range does not cover the file from the beginning")
    gap = data[first:second]
    if not _HEX.fullmatch(gap):
        raise CoverageError("its range leaves out more than the signature")
    ends = revision_ends(data)
    if revision >= len(ends) or end != ends[revision]:
        raise CoverageError("its range does not end where its revision of the file ends")
    return Coverage(end, _without_padding(bytes.fromhex(gap[1:-1].decode())), end == len(data))


def _without_padding(container: bytes) -> bytes:
    """The DER value at the front; after it there may be nothing but zeros."""
    size = _der_size(container)
    if size > len(container) or container[size:].strip(b"\0"):
        raise CoverageError("something was hidden behind the signature")
    return container[:size]


def _der_size(data: bytes) -> int:
    if len(data) < 2 or data[0] != 0x30:
        raise CoverageError("there is no signature in it")
    if data[1] < 0x80:
        return 2 + data[1]
    octets = data[1] & 0x7F
    if not 0 < octets <= 4 or len(data) < 2 + octets:
        raise CoverageError("there is no signature in it")
    return 2 + octets + int.from_bytes(data[2 : 2 + octets], "big")
