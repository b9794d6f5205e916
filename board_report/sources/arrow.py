"""Turn columns of Arrow, in which Parquet is read, into rows of Python values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyarrow import Array, ChunkedArray, RecordBatch, Schema


def column_names(schema: Schema) -> tuple[tuple[str, int], ...]:
    """Each column's name and how many of the same name stand before it.

    Fields of a nested record are columns of their own, named by their path: ``assignee.name``.
    """
    seen: dict[str, int] = {}
    names: list[tuple[str, int]] = []
    for name in _flat(schema.empty_table()).column_names:
        names.append((name, seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    return tuple(names)


def rows_of_batch(batch: RecordBatch) -> Iterator[Sequence[Any]]:
    """The rows of a batch, in the order of :func:`column_names`."""
    import pyarrow

    table = _flat(pyarrow.Table.from_batches([batch]))
    if not table.num_columns:
        return iter([()] * table.num_rows)
    return zip(*(_values(column) for column in table.columns), strict=True)


def _flat(table: Any) -> Any:
    import pyarrow.types

    while any(pyarrow.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def _values(column: Array | ChunkedArray) -> list[Any]:
    """A column as Python values; what Python has no value for comes as Arrow's own text."""
    import pyarrow
    import pyarrow.types

    kind = column.type
    if pyarrow.types.is_float32(kind) or pyarrow.types.is_float16(kind):
        # The shortest text that is the same number: 0.1, where 64 bits would show 0.10000000149.
        return [None if each is None else float(str(each)) for each in _numbers(column)]
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError, pyarrow.ArrowException):
        return list(column.cast(pyarrow.string()).to_pylist())


def _numbers(column: Array | ChunkedArray) -> Iterator[Any]:
    import numpy

    kind = numpy.float32 if str(column.type) == "float" else numpy.float16
    return (None if each is None else kind(each) for each in column.to_pylist())
