"""Read the ``[[source]]`` blocks of ``report.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from board_report.project.column_rules import read_columns
from board_report.project.origins import KEYS as ORIGIN_KEYS
from board_report.project.origins import read_origin
from board_report.project.records import SourceSpec, Written
from board_report.toml_reader import Path as KeyPath
from board_report.toml_reader import Section

_KEYS = (
    *ORIGIN_KEYS,
    *("table", "columns", "values", "constants", "missing", "time_zone", "date_format"),
    *("decimal_comma", "ratio_as", "delimiter", "encoding", "sheet", "skip_rows"),
    *("only", "leave_out", "keep", "order_by", "due_within_days", "reader", "merge_by"),
    "engine",
)


def read_source_block(section: Section, folder: Path) -> SourceSpec:
    """One block, checked as far as that goes without knowing the tables.

    Raises:
        ProjectError: a key is unknown, or its value cannot be.
    """
    section.only(*_KEYS)
    values = section.section("values")
    formats = _date_formats(section)
    columns, rules = read_columns(section)
    keep, order_by = _keep(section)
    origin = read_origin(section, folder)
    return SourceSpec(
        table=section.text("table", ""),
        file=origin.file,
        columns=columns,
        rules=rules,
        values={column: values.text_map(column) for column in values.values},
        constants=section.text_map("constants"),
        only=_texts_by_header(section, "only"),
        leave_out=_texts_by_header(section, "leave_out"),
        engine=section.choice("engine", ("duckdb", "pandas"), ""),
        merge_by=section.texts("merge_by", ()),
        keep=keep,
        order_by=order_by,
        due_within_days=_due_within_days(section),
        missing=section.texts("missing", ()),
        time_zone=time_zone(section, ""),
        date_format=formats[0] if formats else "",
        other_date_formats=formats[1:],
        decimal_comma=section.boolean("decimal_comma", False),
        ratio_as=section.choice("ratio_as", ("fraction", "percent"), "fraction"),
        delimiter=_delimiter(section),
        encoding=_encoding(section),
        sheet=section.text("sheet", ""),
        skip_rows=section.integer("skip_rows", 0, least=0),
        line=section.line,
        written=_written(section),
        reader=section.text("reader", ""),
        query=origin.query,
        query_file=origin.query_file,
        connection=origin.connection,
        storage=origin.storage,
    )


def _written(section: Section) -> Written:
    """The lines of the block's own keys and sections, by their path in it."""
    depth = len(section.path)

    def inside(lines: Mapping[KeyPath, int]) -> dict[tuple[str, ...], int]:
        return {
            tuple(map(str, path[depth:])): line
            for path, line in lines.items()
            if path[:depth] == section.path and len(path) > depth
        }

    return Written(inside(section.lines.headers), inside(section.lines.given))


def _texts_by_header(section: Section, key: str) -> dict[str, tuple[str, ...]]:
    """Texts by header; a single one needs no list.

    An empty list under ``leave_out`` undoes what the file's reader leaves out by that header.
    """
    given = section.section(key)
    usual = () if key == "leave_out" else None
    return {
        header: given.texts(header, usual) if isinstance(each, list) else (given.text(header),)
        for header, each in given.values.items()
    }


def _keep(section: Section) -> tuple[str, str]:
    """``keep`` and ``order_by``, which need each other."""
    keep = section.choice("keep", ("all", "last"), "all")
    order_by = section.text("order_by", "")
    if keep == "last" and not order_by:
        mend = 'Add order_by = "..." with the header that numbers or dates the updates.'
        raise section.error("keep", "it does not say which row is the last.", mend)
    if order_by and keep != "last":
        raise section.error("order_by", "it has no effect.", 'Add keep = "last", or remove it.')
    return keep, order_by


def _due_within_days(section: Section) -> dict[str, int]:
    """Days by severity; one number stands for all of them."""
    given = section.values.get("due_within_days", {})
    if not isinstance(given, dict):
        return {"all": section.integer("due_within_days", least=0, most=3650)}
    days = section.section("due_within_days")
    return {name: days.integer(name, least=0, most=3650) for name in days.values}


def _date_formats(section: Section) -> tuple[str, ...]:
    given = section.values.get("date_format", "")
    formats = (
        section.texts("date_format")
        if isinstance(given, list)
        else tuple(filter(None, (section.text("date_format", ""),)))
    )
    for each in formats:
        named = each in ("epoch", "epoch_seconds", "epoch_milliseconds")
        if not named and not re.search(r"%[YyGcxD]", each):
            raise section.error(
                "date_format",
                f"{each!r} is not a date format.",
                'Write it with %Y, %m, %d, %H, %M, as in "%d/%m/%Y %H:%M".',
            )
        if "%Z" in each:
            raise section.error(
                "date_format",
                "%Z is not read: the name of a time zone does not tell its offset.",
                'Write the name itself, as in "%Y-%m-%d %H:%M MST", and say time_zone.',
            )
    return formats


def _delimiter(section: Section) -> str:
    delimiter = section.values.get("delimiter", "")
    if delimiter not in ("", ",", ";", "\t", "|", ":", "^", "~", " "):
        raise section.error(
            "delimiter", f"{delimiter!r} is not a delimiter.", 'Write one of ",", ";", "\\t", "|".'
        )
    return str(delimiter)


def _encoding(section: Section) -> str:
    encoding = section.text("encoding", "utf-8")
    try:
        "a".encode(encoding).decode(encoding)
    except (LookupError, ValueError, TypeError) as error:
        raise section.error(
            "encoding",
            f"there is no encoding {encoding!r}.",
            'Write "utf-8", "cp1252", "utf-16" or another that Python names.',
        ) from error
    return encoding


def time_zone(section: Section, default: str) -> str:
    """The section's ``time_zone`` by its IANA name.

    Raises:
        ProjectError: there is no such zone.
    """
    name = section.text("time_zone", default)
    try:
        if name:
            ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise section.error(
            "time_zone",
            f"there is no time zone {name!r}.",
            'Write its IANA name, such as "America/Chicago" or "UTC".',
        ) from error
    return name
