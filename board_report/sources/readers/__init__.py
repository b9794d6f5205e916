"""The readers of all tools' exports, each declared in a module of its own."""

from __future__ import annotations

from functools import cache

from board_report.sources.reader import Reader


@cache
def readers_by_id() -> dict[str, Reader]:
    """Every reader by its id, in the order of the chapters of the docs."""
    from board_report.sources.readers import (
        compliance,
        components,
        incidents,
        people,
        technology,
        third_parties,
        vulnerabilities,
    )

    chapters = (
        incidents,
        vulnerabilities,
        components,
        compliance,
        people,
        third_parties,
        technology,
    )
    return {each.id: each for chapter in chapters for each in chapter.READERS}


def reader_named(reader_id: str) -> Reader | None:
    """The reader of that id; None when there is none."""
    return readers_by_id().get(reader_id)
