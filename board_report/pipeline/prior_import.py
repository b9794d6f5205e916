"""Bring a filed annual item into a project, as rows of ``governance/prior_disclosure.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import DocumentError, ProjectError

if TYPE_CHECKING:
    from board_report.documents.xbrl.filed_item import FiledItem

PRIOR = Path("governance", "prior_disclosure.csv")


@dataclass(frozen=True)
class Imported:
    """What a filing added to the project."""

    item: FiledItem
    file: Path


def import_prior(folder: Path, document: Path, filed_on: date) -> Imported:
    """Add the passages of a tagged filing to a project's record of what was filed.

    Rows are added and none is changed.

    Args:
        folder: the project.
        document: last year's report, with its Inline XBRL.
        filed_on: date of its filing, which no fact of it says.

    Raises:
        DocumentError: the document cannot be read, has no annual item on cybersecurity, or its
            fiscal year is on record already.
        ProjectError: the project keeps what was filed in another file.
    """
    from board_report.archive.synced import replace_file
    from board_report.documents.xbrl.filed_item import read_filed_item
    from board_report.project import load_project
    from board_report.tables.item_106 import PRIOR_DISCLOSURE

    project = load_project(folder)
    if any(each.table == PRIOR_DISCLOSURE.name for each in project.sources):
        raise ProjectError(
            f"a [[source]] block reads {PRIOR_DISCLOSURE.name} from another file.",
            where="report.toml",
            mend=f"Remove the block, and keep what was filed in {PRIOR.as_posix()}.",
        )
    try:
        item = read_filed_item(document.read_bytes())
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise DocumentError(f"{reason}.", where=str(document)) from error
    except DocumentError as error:
        where = ", ".join(each for each in (document.name, error.where) if each)
        raise DocumentError(error.what, where=where, mend=error.mend) from error
    path = folder / PRIOR
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    names = list(PRIOR_DISCLOSURE.column_names)
    heads = next(csv.reader(StringIO(before)), names)
    years = {row.get("fiscal_year", "") for row in csv.DictReader(StringIO(before))}
    if str(item.fiscal_year) in years:
        raise DocumentError(
            f"fiscal year {item.fiscal_year} is on record already.",
            where=PRIOR.as_posix(),
            mend="Remove its rows first, if those of this document are to take their place.",
        )
    if not set(names[:-1]) <= set(heads):
        raise DocumentError(
            f"it does not have the columns {', '.join(names[:-1])}.",
            where=PRIOR.as_posix(),
            mend="Give it those headers, or move it away.",
        )
    text = before or ",".join(names) + "\n"
    text += "" if text.endswith("\n") else "\n"
    path.parent.mkdir(exist_ok=True)
    replace_file(path, f"{text}{_rows(item, filed_on, heads)}".encode())
    return Imported(item, path)


def _rows(item: FiledItem, filed_on: date, heads: list[str]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, heads, restval="", extrasaction="ignore", lineterminator="\n")
    for each in item.passages:
        writer.writerow(
            {
                "fiscal_year": item.fiscal_year,
                "form": item.form.removesuffix("/A"),
                "filed_on": filed_on.isoformat(),
                "sub_item": each.sub_item,
                "position": each.position,
                "text": each.text,
                "answer": {True: "yes", False: "no", None: ""}[each.answer],
            }
        )
    return out.getvalue()
