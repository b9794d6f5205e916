"""Plant a secret in every place that only the board may read, and look for secrets in a PDF.

``plant_tables`` does it with typed tables (every kind of column but yes-or-no, which can carry no
secret); ``plant`` with a project's folder (text columns of its CSV files, ``report.toml`` and
commentary), so that the whole program can be run over it.
"""

import csv
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from board_report.tables.catalogue import TABLES
from board_report.tables.schema import (
    LINE_COLUMN,
    SOURCE_COLUMN,
    Audience,
    Column,
    Kind,
    Table,
    TableSet,
)

_TEXTS = (Kind.ID, Kind.TEXT, Kind.CATEGORY, Kind.ROLE, Kind.QUARTER)
_NUMBERS = (Kind.INTEGER, Kind.NUMBER, Kind.RATIO, Kind.MONEY, Kind.AMOUNT)


@dataclass(frozen=True)
class Planted:
    """Secrets by where they were planted; each place has every spelling that a page might use."""

    tokens: Mapping[str, tuple[str, ...]]

    def found_in(self, text: str) -> dict[str, str]:
        """The secrets that stand in a text, blanks and case aside, by where they were planted."""
        squeezed = squeeze(text)
        return {
            place: token
            for place, tokens in self.tokens.items()
            for token in tokens
            if squeeze(token) in squeezed
        }


def squeeze(text: str) -> str:
    """The text without blanks and in small letters: a line break must not hide a secret."""
    return re.sub(r"\s+", "", text).casefold()


def token(number: int) -> str:
    """A word that stands nowhere else."""
    return f"qz{number:04d}xk"


# --- tables --------------------------------------------------------------------------------------


def plant_tables(tables: TableSet) -> tuple[TableSet, Planted]:
    """Fill every board column of every table with secrets; a table without rows gets one.

    Public columns keep their values, and are given plain ones in a row that is made here.
    """
    numbers = count(1)
    found: dict[str, tuple[str, ...]] = {}
    planted: dict[str, Table] = {}
    for name, table in tables.tables.items():
        frame = table.frame if len(table.frame) else _one_row(table)
        for column in table.spec.columns:
            if column.audience is Audience.BOARD and column.kind is not Kind.BOOLEAN:
                values = [_secret(column, next(numbers)) for _ in range(len(frame))]
                series = pd.Series([value for value, _ in values], index=frame.index)
                frame = frame.assign(**{column.name: series.astype(frame[column.name].dtype)})
                for row, (_, spelled) in enumerate(values):
                    found[f"{name}.{column.name}[{row}]"] = spelled
        origin = token(next(numbers))
        found[f"{name}.{SOURCE_COLUMN}"] = (origin,)
        frame = frame.assign(**{SOURCE_COLUMN: f"{origin}.csv"})
        planted[name] = replace(table, frame=frame, measured=True)
    return TableSet(planted), Planted(found)


def _one_row(table: Table) -> pd.DataFrame:
    empty: dict[str, Any] = {}
    for column in table.spec.columns:
        dtype = table.frame[column.name].dtype
        plain = pd.NaT if column.kind in (Kind.DATE, Kind.DATETIME) else None
        empty[column.name] = pd.Series([plain], dtype=dtype)
    return pd.DataFrame({**empty, SOURCE_COLUMN: ["planted.csv"], LINE_COLUMN: [2]})


def _secret(column: Column, number: int) -> tuple[Any, tuple[str, ...]]:
    """A value that a column can hold, and how it would be spelled on a page."""
    if column.kind in _TEXTS:
        return token(number), (token(number),)
    if column.kind is Kind.LIST:
        return (token(number),), (token(number),)
    if column.kind in _NUMBERS:
        value = 71_030_000 + number
        return value, (str(value), f"{value:,}")
    # In the past, so that who holds a role does not change; "until" lies far ahead.
    start = date(2093, 1, 1) if column.name == "until" else date(1911, 1, 1)
    day = start + timedelta(days=number)
    return pd.Timestamp(day, tz="UTC" if column.kind is Kind.DATETIME else None), (
        day.isoformat(),
        f"{day.day} {day:%b} {day.year}",
        f"{day.day} {day:%B} {day.year}",
    )


# --- a project's folder --------------------------------------------------------------------------


def plant(project: Path, destination: Path) -> Planted:
    """Copy a project and plant secrets in what only the board may read of it.

    Text columns of CSV files that are for the board (free text only, so that every row stays
    valid), the board's words in ``report.toml``, and every page of commentary.
    """
    shutil.copytree(project, destination)
    numbers = count(5000)
    found: dict[str, tuple[str, ...]] = {}

    def secret(place: str) -> str:
        word = token(next(numbers))
        found[place] = (word,)
        return word

    for path, delimiter, headers in _csv_files(destination):
        _plant_csv(path, delimiter, headers, secret)
    settings = destination / "report.toml"
    text = settings.read_text("utf-8")
    for key in ("industry", "classification", "short_name", "meeting_of"):
        text = re.sub(
            rf'^({key} = ".*)"$',
            lambda line, key=key: f'{line[1]} {secret(f"report.toml: {key}")}"',
            text,
            flags=re.MULTILINE,
        )
    settings.write_text(text, "utf-8")
    for page in sorted((destination / "commentary").glob("*.md")):
        lines = page.read_text("utf-8").splitlines()
        at = next((n for n, line in enumerate(lines) if line.startswith("## What it means")), None)
        if at is not None:
            # In place of a sentence, since a page has no room for more.
            lines[at + 1] = f"Nobody may read {secret(page.name)}."
            page.write_text("\n".join(lines) + "\n", "utf-8")
    return Planted(found)


def _csv_files(project: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Each CSV file, its delimiter, and its headers of free text for the board by column."""
    settings = tomllib.loads((project / "report.toml").read_text("utf-8"))
    blocks = {block["table"]: block for block in settings.get("source", ())}
    for name, spec in TABLES.items():
        block = blocks.get(name, {})
        folder = {"CISO": "ciso", "CTO": "cto"}.get(spec.leader.value, "governance")
        path = project / str(block.get("file", f"{folder}/{name}.csv"))
        columns = [
            column.name
            for column in spec.columns
            if column.kind is Kind.TEXT
            and column.audience is Audience.BOARD
            and column.name != "business_unit"
            and column.name not in spec.key
        ]
        if path.suffix == ".csv" and path.is_file():
            headers = {column: block.get("columns", {}).get(column, column) for column in columns}
            yield path, str(block.get("delimiter", ",")), headers


def _plant_csv(path: Path, delimiter: str, headers: dict[str, str], secret: Any) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    for column, header in headers.items():
        if header in rows[0]:
            at, word = rows[0].index(header), secret(f"{path.name}: {column}")
            for row in rows[1:]:
                if len(row) > at and row[at]:
                    row[at] = f"{row[at][: 300 - len(word) - 1]} {word}"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)


# --- a PDF ---------------------------------------------------------------------------------------


def everything_in(data: bytes) -> str:
    """All that a PDF says anywhere: text of pages, metadata, bookmarks, descriptions, attachments.

    Every object of the file is read, every stream decompressed, and every string decoded, whatever
    refers to it.
    """
    reader = PdfReader(BytesIO(data))
    said = [page.extract_text() for page in reader.pages]
    for number in range(1, int(reader.trailer["/Size"])):
        said.extend(_strings(IndirectObject(number, 0, reader).get_object(), set()))
    said.extend(_strings(reader.trailer, set()))
    return "\n".join(said)


def _strings(value: object, seen: set[int]) -> Iterator[str]:
    if id(value) in seen or isinstance(value, IndirectObject):
        return
    seen.add(id(value))
    if isinstance(value, StreamObject):
        content = value.get_data()
        yield content.decode("latin-1")
        yield content.decode("utf-8", "ignore")
        yield content.decode("utf-16-be", "ignore")
    if isinstance(value, DictionaryObject):
        for key, each in value.items():
            yield str(key)
            yield from _strings(each, seen)
    elif isinstance(value, ArrayObject):
        for each in value:
            yield from _strings(each, seen)
    elif isinstance(value, TextStringObject):
        yield str(value)
    elif isinstance(value, ByteStringObject):
        yield bytes(value).decode("latin-1")
