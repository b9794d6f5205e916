"""Write the files: the same rows give the same bytes, on every machine."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

CELL = str | int | float | None
FIXED = (2026, 10, 9, 0, 0, 0)
"""The time stamped on every part of the workbook: the day the data were drawn."""
_CORE_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class Csv:
    """The shape of one CSV export."""

    header: tuple[str, ...]
    delimiter: str = ","
    byte_order_mark: bool = False
    blank_lines_after: tuple[int, ...] = ()
    """Numbers of the data rows (from 1) that a blank line follows."""


def write_csv(path: Path, shape: Csv, rows: Iterable[Sequence[CELL]]) -> None:
    """Write rows under a header, with line feeds only."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=shape.delimiter, lineterminator="\n")
    writer.writerow(shape.header)
    for number, row in enumerate(rows, start=1):
        writer.writerow(["" if cell is None else cell for cell in row])
        if number in shape.blank_lines_after:
            text.write("\n")
    encoding = "utf-8-sig" if shape.byte_order_mark else "utf-8"
    path.write_bytes(text.getvalue().encode(encoding))


def write_json(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    """Write records as an API export: one to a line, keys in the order given."""
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in records)
    path.write_bytes(f"[\n{lines}\n]\n".encode())


def write_workbook(
    path: Path,
    sheet: str,
    preamble: Sequence[str],
    header: Sequence[str],
    rows: Iterable[Sequence[CELL]],
) -> None:
    """Write a one-sheet workbook with lines above its header and dollar formats on numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    page = book.active
    page.title = sheet
    for line in preamble:
        page.append([line])
    page.append(list(header))
    for cell in page[len(preamble) + 1]:
        cell.font = Font(bold=True)
    for row in rows:
        page.append(list(row))
        for cell in page[page.max_row]:
            if isinstance(cell.value, int | float):
                cell.number_format = '"$"#,##0'
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_with_fixed_times(raw.getvalue()))


def _with_fixed_times(workbook: bytes) -> bytes:
    """The same workbook with one time on every part, so that two runs give the same bytes."""
    out = io.BytesIO()
    stamp = f"{datetime(*FIXED):%Y-%m-%dT%H:%M:%SZ}".encode()  # noqa: DTZ001
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = _CORE_TIME.sub(rb"\g<1>" + stamp, old.read(name))
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()
