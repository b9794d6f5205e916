"""Have PostgreSQL's values come as its own text where Python's would not be the same value."""

from __future__ import annotations

from typing import Any


def read_as_text(connection: Any, _: object) -> None:
    """Read JSON, intervals and times that Python has no value for as the text that is sent.

    One ``infinity`` would otherwise end the whole reading, a month become 30 days, and a number
    in JSON lose digits.

    Args:
        connection: a psycopg connection that was just made.
    """
    from psycopg import DataError
    from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader
    from psycopg.types.string import TextLoader

    def patient(loader: Any) -> Any:
        def load(self: Any, data: Any) -> Any:
            try:
                return loader.load(self, data)
            except DataError:
                return bytes(data).decode()

        return type(f"Patient{loader.__name__}", (loader,), {"load": load})

    adapters = connection.adapters
    adapters.register_loader("date", patient(DateLoader))
    adapters.register_loader("timestamp", patient(TimestampLoader))
    adapters.register_loader("timestamptz", patient(TimestamptzLoader))
    for name in ("interval", "json", "jsonb"):
        adapters.register_loader(name, TextLoader)
