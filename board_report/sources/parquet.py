"""Read a Parquet file, or a folder of them, as rows of text, one group of rows at a time."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from board_report.model import SourceFile
from board_report.project import SourceSpec
from board_report.sources.arrow import column_names, rows_of_batch
from board_report.sources.extras import extra
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.parquet_files import Part, parts_of
from board_report.sources.typed_rows import RowStore, StoreOf, check_size

if TYPE_CHECKING:
    from pyarrow.parquet import FileMetaData, ParquetFile

LARGEST_UNPACKED = 2_000_000_000
"""Bytes that the files of one source may unpack to, as they declare; a small file can hold far
more than memory has."""
BATCH = 1_024
"""Rows that are unpacked at a time."""

_LONGEST_DETAIL = 200

Column = tuple[str, int]
"""A column's name, and how many columns of the same name stand before it in its file."""


@dataclass(frozen=True)
class _Known:
    """What a part's last bytes tell about it."""

    part: Part
    columns: tuple[Column, ...]
    rows: int
    unpacked: int
    state: tuple[Any, ...]


def read_parquet(
    folder: Path, spec: SourceSpec, store_of: StoreOf = RowStore
) -> tuple[SourceFile, Grid]:
    """The rows of a Parquet file or folder, numbered through from 1, in the order of the names.

    A column that one of the files does not have is empty in its rows. The hash of one file is that
    of its bytes; of a folder it is the hash of one line for each file, ``<sha256>  <name>``, as
    sha256sum prints them.

    Raises:
        ReadFaultError: it cannot be read, is larger than memory should hold, or changes meanwhile.
    """
    is_folder = (folder / spec.file).is_dir()
    return read_parts(parts_of(folder, spec), spec, is_folder=is_folder, store_of=store_of)


def read_parts(
    parts: Sequence[Part],
    spec: SourceSpec,
    *,
    is_folder: bool = False,
    store_of: StoreOf = RowStore,
) -> tuple[SourceFile, Grid]:
    """The rows of some Parquet files as one table; see :func:`read_parquet`.

    Raises:
        ReadFaultError: as there.
    """
    known = [_look_at(part) for part in parts]
    columns = _joined_columns(known)
    if not columns:
        raise _bad(spec.file, "it has no columns")
    store = store_of(tuple(name for name, _ in columns), spec.decimal_comma)
    if store.is_bounded:
        _check_sizes(known, len(columns))
    hashes: list[str] = []
    size = 0
    for each in known:
        digest, length = _read_part(each, columns, store)
        hashes.append(f"{digest}  {each.part.name}\n")
        size += length
    if is_folder:
        digest = hashlib.sha256("".join(hashes).encode("utf-8", "surrogateescape")).hexdigest()
    return SourceFile(spec.file, digest, size), store.grid()


def parquet_in_memory(content: bytes, spec: SourceSpec) -> Grid:
    """The rows of a Parquet file whose bytes are already here, as of an object in a store.

    Raises:
        ReadFaultError: as with :func:`read_parquet`.
    """
    name = PurePosixPath(spec.file).name
    return read_parts([Part(name, lambda: io.BytesIO(content))], spec)[1]


def parquet_columns(folder: Path, spec: SourceSpec) -> tuple[str, ...]:
    """The names of a Parquet source's columns, without reading a row.

    Raises:
        ReadFaultError: it cannot be read.
    """
    known = [_look_at(part) for part in parts_of(folder, spec)]
    return tuple(name for name, _ in _joined_columns(known))


@contextmanager
def _opened(part: Part, stream: IO[bytes]) -> Iterator[ParquetFile]:
    """The stream as Parquet; whatever its bytes make the library raise is one fault."""
    with extra("parquet"):
        from pyarrow.parquet import ParquetFile
    try:
        yield ParquetFile(stream)
    except ReadFaultError:
        raise
    except Exception as error:  # damaged files raise errors of many classes
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise _bad(part.name, lines[0][:_LONGEST_DETAIL].rstrip(".")) from error


def _bad(part: str, detail: str) -> ReadFaultError:
    return ReadFaultError(ReadCode.BAD_PARQUET, part=part, detail=detail)


def _look_at(part: Part) -> _Known:
    with part.open_file() as stream, _opened(part, stream) as file:
        names = column_names(file.schema_arrow)
        own = [name for name, _ in names]
        folders = tuple((name, 0) for name in part.folders if name not in own)
        metadata = file.metadata
        return _Known(
            part, (*names, *folders), metadata.num_rows, _unpacked_size(metadata), _state(stream)
        )


def _unpacked_size(metadata: FileMetaData) -> int:
    groups = (metadata.row_group(at) for at in range(metadata.num_row_groups))
    return sum(group.total_byte_size for group in groups)


def _joined_columns(known: Sequence[_Known]) -> list[Column]:
    return list(dict.fromkeys(column for each in known for column in each.columns))


def _check_sizes(known: Sequence[_Known], columns: int) -> None:
    check_size(sum(each.rows for each in known), columns)
    if sum(each.unpacked for each in known) > LARGEST_UNPACKED:
        raise ReadFaultError(ReadCode.TOO_LARGE, limit=f"{LARGEST_UNPACKED:,} bytes unpacked")


def _read_part(known: _Known, columns: Sequence[Column], store: RowStore) -> tuple[str, int]:
    """Take the rows of one file; its hash and its size are of the bytes that were read."""
    part, folders = known.part, known.part.folders
    with part.open_file() as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
        length = stream.tell()
        stream.seek(0)
        with _opened(part, stream) as file:
            own = {column: at for at, column in enumerate(column_names(file.schema_arrow))}
            places = [own.get(column) for column in columns]
            fixed = [folders.get(name, "") if not nth else "" for name, nth in columns]
            for batch in file.iter_batches(batch_size=BATCH):
                store.add(
                    [
                        fixed[to] if at is None else row[at]
                        for to, at in enumerate(places)
                    ]
                    for row in rows_of_batch(batch)
                )  # fmt: skip
        if _state(stream) != known.state:
            raise ReadFaultError(ReadCode.FILE_CHANGED)
    return digest, length


def _state(stream: IO[bytes]) -> tuple[Any, ...]:
    """What tells that a file on a disk was replaced or written; nothing of one in memory."""
    try:
        state = os.fstat(stream.fileno())
    except OSError:
        return ()
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
