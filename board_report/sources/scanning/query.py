"""Bring the result of a query within reach of the engine, streamed from its database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from board_report.project import SourceSpec
from board_report.sources.database import read_query
from board_report.sources.scanning.staged import Staged
from board_report.sources.scanning.stream import streamed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def stage_query(
    connection: DuckDBPyConnection, folder: Path, spec: SourceSpec, name: str
) -> Staged:
    """The rows of a query as a table of the engine, fetched in batches over its own connection.

    Raises:
        ReadFaultError: the query is refused or fails, or its database cannot be reached.
    """
    return streamed(
        connection, name, lambda store_of: read_query(folder, spec, store_of), spec.file
    )
