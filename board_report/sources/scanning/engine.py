"""Open the embedded engine that reduces big tables, confined to the project and its own scratch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from board_report.sources.extras import extra

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DISK = "disk"
"""Name of the engine's own database on disk, for tables as long as the input."""
MEMORY_LIMIT = "512MB"
"""What the engine may hold at a time; what does not fit goes to its scratch folder on disk."""
THREADS = 4


def has_engine() -> bool:
    """True when the extra ``engine`` is installed."""
    return find_spec("duckdb") is not None


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def open_engine(folder: Path) -> Iterator[DuckDBPyConnection]:
    """An engine that reads files below the project alone, and whose scratch is removed afterwards.

    It downloads nothing, reaches no network, and its settings cannot be changed any more.

    Args:
        folder: the project.

    Raises:
        ReadFaultError: DuckDB is not installed.
    """
    with extra("engine"):
        import duckdb
    with TemporaryDirectory(prefix="board-report-", ignore_cleanup_errors=True) as scratch:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_unsigned_extensions": False,
            "allow_community_extensions": False,
            "memory_limit": MEMORY_LIMIT,
            "threads": THREADS,
            "temp_directory": scratch,
            "preserve_insertion_order": True,
            # Objects of a data frame are texts, whatever the first of them look like.
            "pandas_analyze_sample": 0,
        }
        connection = duckdb.connect(":memory:", config=settings)
        try:
            connection.execute(f"ATTACH {quoted(str(Path(scratch) / 'rows.duckdb'))} AS {DISK}")
            allowed = ", ".join(quoted(f"{each}/") for each in (folder.resolve(), scratch))
            connection.execute(f"SET allowed_directories = [{allowed}]")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET lock_configuration = true")
            yield connection
        finally:
            connection.close()
