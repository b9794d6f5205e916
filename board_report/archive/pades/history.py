"""The objects of a PDF as each of its revisions left them, and who refers to whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef

TRAILER = 0
"""Stands for the trailer among the numbers of objects, which begin at 1."""
_GAP = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]*+[\r\n])++"
_REFERENCE = re.compile(rb"(?<!\d)0*+(\d{1,9})" + _GAP + rb"\d++" + _GAP + rb"R")
"""Anything that a reader could take for a reference, and some text besides: never too few."""


class HistoryError(Exception):
    """A revision is not built as one that only adds, so that nothing can be proven about it."""


class History:
    """The revisions of one file, oldest first, beginning with 0.

    An object stream is unpacked once and its index read once: the file of a tagged report keeps
    thousands of objects in one, and reading the index again for every object is what made
    verification take minutes.
    """

    def __init__(self, reader: PdfFileReader) -> None:
        self._reader = reader
        self._streams: dict[tuple[int, int], _ObjectStream] = {}

    @property
    def count(self) -> int:
        """How many revisions there are."""
        found: int = self._reader.xrefs.total_revisions
        return found

    def changed(self, revision: int) -> set[int]:
        """Numbers of the objects that a revision defines.

        Raises:
            HistoryError: it frees objects, or gives numbers anew.
        """
        xrefs = self._reader.xrefs
        if xrefs.refs_freed_in_revision(revision):
            raise HistoryError("objects were removed")
        found = set()
        for reference in xrefs.explicit_refs_in_revision(revision):
            if reference.generation:
                raise HistoryError(f"object {reference.idnum} was given its number anew")
            found.add(reference.idnum)
        return found

    def exists(self, number: int, revision: int) -> bool:
        """Whether an object was defined by then."""
        return self._place(number, revision) is not None

    def value(self, number: int, revision: int) -> Any:
        """An object as a revision left it; its references are not followed."""
        place = self._place(number, revision)
        if isinstance(place, ObjStreamRef):
            return self._stream(place.obj_stream_id, revision).read(number)
        return self._reader.get_object(self._reference(number), revision=revision)

    def resolve(self, found: Any, revision: int) -> Any:
        """The object itself, where a reference to it is given."""
        if isinstance(found, generic.IndirectObject):
            if not self.exists(found.idnum, revision):
                return generic.NullObject()
            return self.value(found.idnum, revision)
        return found

    def trailer(self, revision: int) -> Any:
        """The trailer as a revision left it."""
        return self._reader.trailer.flatten(revision)

    def starts_at(self, number: int, revision: int) -> int:
        """The byte of the file at which an object, or the stream it is packed in, begins."""
        place = self._place(number, revision)
        if isinstance(place, ObjStreamRef):
            place = self._place(place.obj_stream_id, revision)
        if not isinstance(place, int):
            raise HistoryError(f"object {number} has no place")
        return place

    def referrers(self, watched: Iterable[int], revision: int) -> dict[int, set[int]]:
        """Who refers to each of some objects, in any revision up to this one.

        A reference counts even where a later revision took it back, and text that only looks
        like one may count: the answer may name too many, never too few.

        Returns:
            Number to the numbers of those that refer to it; ``TRAILER`` among them.
        """
        wanted = set(watched)
        found: dict[int, set[int]] = defaultdict(set)
        for owner, target in self._references(revision):
            if target in wanted:
                found[target].add(owner)
        return found

    def _references(self, revision: int) -> Iterator[tuple[int, int]]:
        trailers = {each.idnum for each in self._reader.xrefs.xref_stream_refs}
        for at in range(revision + 1):
            yield from ((TRAILER, each) for each in _targets(self.trailer(at)))
            packed = set()
            for number in self.changed(at):
                place = self._place(number, at)
                if isinstance(place, ObjStreamRef):
                    packed.add(place.obj_stream_id)
                elif place is not None:
                    owner = TRAILER if number in trailers else number
                    yield from ((owner, each) for each in _targets(self.value(number, at)))
            for stream in packed:
                yield from self._stream(stream, at).references

    def _place(self, number: int, revision: int) -> int | ObjStreamRef | None:
        found: int | ObjStreamRef | None = self._reader.xrefs.get_historical_ref(
            self._reference(number), revision
        )
        return found

    def _reference(self, number: int) -> Any:
        return generic.Reference(number, 0, self._reader)

    def _stream(self, number: int, revision: int) -> _ObjectStream:
        place = self._place(number, revision)
        if not isinstance(place, int):
            raise HistoryError(f"object stream {number} has no place")
        if (number, place) not in self._streams:
            found = self._reader.get_object(self._reference(number), revision=revision)
            if not isinstance(found, generic.StreamObject) or found["/Type"] != "/ObjStm":
                raise HistoryError(f"object {number} is no object stream")
            self._streams[number, place] = _ObjectStream(self._reader, found)
        return self._streams[number, place]


class _ObjectStream:
    """The objects packed into one stream."""

    def __init__(self, reader: PdfFileReader, stream: Any) -> None:
        self._reader = reader
        self._data: bytes = stream.data
        first, count = int(stream["/First"]), int(stream["/N"])
        header = [int(each) for each in self._data[:first].split()]
        if len(header) != 2 * count:
            raise HistoryError("the index of an object stream is damaged")
        self._offsets = {
            number: first + offset for number, offset in zip(header[::2], header[1::2], strict=True)
        }
        if len(self._offsets) != count:
            raise HistoryError("an object stream holds a number twice")

    def read(self, number: int) -> Any:
        if number not in self._offsets:
            raise HistoryError(f"object {number} is not in its stream")
        stream = BytesIO(self._data)
        stream.seek(self._offsets[number])
        return generic.read_object(stream, generic.Reference(number, 0, self._reader))

    @cached_property
    def references(self) -> tuple[tuple[int, int], ...]:
        """Who in here refers to whom."""
        places = sorted((offset, number) for number, offset in self._offsets.items())
        starts = [offset for offset, _ in places]
        return tuple(
            (places[bisect_right(starts, found.start()) - 1][1], int(found[1]))
            for found in _REFERENCE.finditer(self._data, starts[0] if starts else 0)
        )


def _targets(found: Any) -> Iterator[int]:
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, generic.IndirectObject):
            yield each.idnum
        elif isinstance(each, generic.DictionaryObject):
            waiting += [each.raw_get(key) for key in each]
        elif isinstance(each, generic.ArrayObject):
            waiting += [each.raw_get(index) for index in range(len(each))]


def same(one: Any, other: Any) -> bool:
    """Whether two objects are written alike: the same values, and references to the same."""
    if isinstance(one, generic.IndirectObject):
        return isinstance(other, generic.IndirectObject) and (one.idnum, one.generation) == (
            other.idnum,
            other.generation,
        )
    if type(one) is not type(other):
        return False
    if isinstance(one, generic.TextStringObject | generic.ByteStringObject):
        return bool(one.original_bytes == other.original_bytes)
    if isinstance(one, generic.ArrayObject):
        return len(one) == len(other) and all(
            same(one.raw_get(at), other.raw_get(at)) for at in range(len(one))
        )
    if isinstance(one, generic.DictionaryObject):
        if isinstance(one, generic.StreamObject) and one.encoded_data != other.encoded_data:
            return False
        return set(one) == set(other) and all(
            same(one.raw_get(key), other.raw_get(key)) for key in one
        )
    return bool(one == other)
