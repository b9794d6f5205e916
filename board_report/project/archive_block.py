"""Read ``[archive]``: where quarters are sealed, what is kept of them and for how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from board_report.toml_reader import Section

ROLES = (
    "document",
    "public",
    "data",
    "manifest",
    "source",
    "approval",
    "settings",
    "commentary",
    "signature",
)
"""Kinds of record that an archive keeps."""
DEFAULT = "default"
YEARS = 7
LONGEST_YEARS = 100
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_OBJECTS = re.compile(r"s3://[a-zA-Z0-9.\-_]+(/[^?#]*)?")


@dataclass(frozen=True)
class ArchiveSettings:
    """What ``report.toml`` says of the archive."""

    folder: str = "archive"
    """In the project unless it is absolute; or ``s3://bucket/prefix``."""
    keep_sources: bool = True
    """Whether the bytes of the source files are kept; their hashes always are."""
    retention_years: Mapping[str, int] = field(default_factory=lambda: {DEFAULT: YEARS})
    """Kind of record to years; ``default`` for those that are not named."""
    by: str = ""
    """Who seals, where the command does not say."""


def read_archive_block(section: Section) -> ArchiveSettings:
    """What the block says; the usual where it is missing.

    Args:
        section: ``[archive]``.

    Raises:
        ProjectError: a value cannot be what it is given as.
    """
    section.only("folder", "sources", "retention_years", "by")
    return ArchiveSettings(
        folder=_folder(section),
        keep_sources=section.choice("sources", ("include", "exclude"), "include") == "include",
        retention_years=_years(section),
        by=section.text("by", ""),
    )


def _folder(section: Section) -> str:
    folder = section.text("folder", "archive")
    if not folder or (_ADDRESS.match(folder) and not _OBJECTS.fullmatch(folder)):
        raise section.error(
            "folder",
            "an archive lies in a folder or in an S3 store.",
            'Write "archive" or "s3://bucket/prefix", without user, password or "?".',
        )
    return folder


def _years(section: Section) -> dict[str, int]:
    """One number for all, or a table by kind of record."""
    if not isinstance(section.values.get("retention_years"), dict):
        years = section.integer("retention_years", YEARS, least=1, most=LONGEST_YEARS)
        return {DEFAULT: years}
    table = section.section("retention_years")
    table.only(DEFAULT, *ROLES)
    given = {key: table.integer(key, least=1, most=LONGEST_YEARS) for key in table.values}
    return {DEFAULT: YEARS, **given}
