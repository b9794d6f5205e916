"""The document as it was before anybody signed it: the beginning of the signed file."""

from __future__ import annotations

import re
from itertools import pairwise

from board_report.archive.pades.faults import SigningError

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF(\r\n|\r|\n)?")
_TAIL = 2048
_PREVIOUS = re.compile(rb"/Prev\s+(\d+)")
_RANGE = re.compile(rb"/ByteRange\s*\[")


def unsigned_prefix(data: bytes) -> bytes:
    """The bytes of a signed PDF as they were before its first signature.

    A signature is appended, so that the file begins with the unsigned document: its SHA-256 is
    that of the document as built. The document ends with its end mark and the end of that line.

    Raises:
        SigningError: the file holds no signature, or no document before it.
    """
    ends = [end for end in revision_ends(data) if end <= len(data)]
    for before, after in pairwise(ends):
        if _RANGE.search(data, before, after):
            return data[:before]
    raise SigningError(
        "it holds no signature that was appended to an unsigned document.",
        mend="Name a PDF that `board-report sign` made.",
    )


def revision_ends(data: bytes) -> list[int]:
    """Where each revision of a PDF ends, oldest first: after ``%%EOF`` and its line end.

    Empty when the chain of cross-reference sections cannot be followed.
    """
    found = list(_START.finditer(data, max(0, len(data) - _TAIL)))
    if not found:
        return []
    ends, section, seen = [], int(found[-1][1]), set()
    while section not in seen and 0 <= section < len(data):
        seen.add(section)
        end = _START.search(data, section)
        if end is None:
            return []
        ends.append(end.end())
        previous = _PREVIOUS.search(data, section, end.start())
        if previous is None:
            break
        section = int(previous[1])
    return sorted(ends)
