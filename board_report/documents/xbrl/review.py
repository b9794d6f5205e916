"""The tagged text for review: every tag beside the words that it is on, Letter size.

The words and their tags come from the same pieces that the document is written from; the values
are read back from the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.documents.paper import render_paper
from board_report.documents.pdf import PdfResult
from board_report.documents.xbrl.codes import XbrlCode
from board_report.documents.xbrl.inline import month_day_year
from board_report.documents.xbrl.pieces import Piece, pieces_of
from board_report.documents.xbrl.read_records import ReadFact
from board_report.documents.xbrl.reader import read_facts
from board_report.documents.xbrl.readiness import filing_findings, written
from board_report.documents.xbrl.records import AnnualRecord, CurrentReport, identifier

if TYPE_CHECKING:
    from board_report.model import Finding

TEMPLATE = "tagged/review.html"
DEPTH = 2
"""Text blocks stand in one another at most this deep."""
_PREFIXES = {True: "CybersecurityRisk", False: "MaterialCybersecurityIncident"}
"""What the names of the elements of an annual and of a current report begin with."""


@dataclass(frozen=True)
class TagNote:
    """One tag beside the row in which it begins, or goes on after a break."""

    words: tuple[str, ...]
    """The element's name in pieces at which a line may break, without its prefix; of one that
    goes on the first of them."""
    mark: str
    """``outer`` or ``inner`` for a text block, ``flag`` for a yes-or-no fact."""
    is_continued: bool = False
    value: str = ""
    """``True`` or ``False`` for a flag."""


@dataclass(frozen=True)
class ReviewRow:
    """A heading or a paragraph with its bars and notes."""

    level: int
    """1 to 3 for a heading, 0 for a paragraph."""
    before: str
    flagged: str
    """The words that the flag is on; empty where there is none."""
    after: str
    bars: tuple[str, ...]
    """For each depth ``on``, ``begin`` where another block ended just above, ``gap`` where the
    block goes on below, or ``off``."""
    notes: tuple[TagNote, ...]
    is_long: bool


@dataclass(frozen=True)
class CoverRow:
    """A fact of the cover page."""

    element: str
    value: str
    where: str
    """``cover page`` or ``hidden``."""


@dataclass(frozen=True)
class Review:
    """All that the template of the review sheet may see."""

    title: str
    document_type: str
    company: str
    file_name: str
    period: str
    identifier: str
    taxonomy_year: int
    prefix: str
    notice: tuple[str, ...]
    rows: tuple[ReviewRow, ...]
    cover: tuple[CoverRow, ...]
    open_points: tuple[str, ...]
    language: str = "en"


def render_tagged_review(
    record: AnnualRecord | CurrentReport, templates: Path, generated_at: datetime
) -> PdfResult:
    """The tagged text as a PDF with its tags in the margin.

    Args:
        record: what is reported.
        templates: the folder of templates, style sheets and fonts.
        generated_at: the date of the file, with its time zone.

    Raises:
        DocumentError: the page cannot be made.
        ValueError: a sub-item is not one that is tagged.
    """
    return render_paper(
        TEMPLATE,
        {"review": tagged_review(record)},
        templates=templates,
        generated_at=generated_at,
    )


def tagged_review(record: AnnualRecord | CurrentReport) -> Review:
    """What the review sheet says, from the document as it is written and read back."""
    is_annual = isinstance(record, AnnualRecord)
    name = f"{record.stem}.htm"
    facts = read_facts(written(record)[name])
    prefix = _PREFIXES[is_annual]
    values = {each.local_name: each.value for each in facts}
    return Review(
        title=_title(record),
        document_type=record.document_type,
        company=record.filer.registrant_name,
        file_name=name,
        period=_period(record),
        identifier=identifier(record.filer),
        taxonomy_year=record.taxonomy_year,
        prefix=prefix,
        notice=record.notice,
        rows=tuple(review_rows(pieces_of(record), prefix, values)),
        cover=tuple(map(_cover_row, _cover_facts(facts))),
        open_points=tuple(map(_open_point, filing_findings(record))),
    )


def _title(record: AnnualRecord | CurrentReport) -> str:
    if isinstance(record, AnnualRecord):
        return f"{record.item}. {record.item_title}"
    return f"Item {record.item} of Form {record.document_type}"


def _period(record: AnnualRecord | CurrentReport) -> str:
    if isinstance(record, AnnualRecord):
        return f"{month_day_year(record.year_starts)} to {month_day_year(record.year_ends)}"
    return month_day_year(record.event_date)


def review_rows(
    pieces: Sequence[Piece], prefix: str, values: Mapping[str, str]
) -> Iterator[ReviewRow]:
    """The pieces with bars and notes.

    Args:
        pieces: as the document is written from.
        prefix: left out of the elements' names.
        values: of each fact by its local name, as read back.
    """
    begun: set[str] = set()
    for at, piece in enumerate(pieces):
        before, after = pieces[at - 1] if at else Piece(""), pieces[at + 1 :]
        flag, text = piece.flag, piece.text
        start, end = (flag.start, flag.end) if flag else (len(text), len(text))
        yield ReviewRow(
            level=piece.level,
            before=text[:start],
            flagged=text[start:end],
            after=text[end:],
            bars=tuple(_bar(piece, before, depth, begun, after) for depth in range(DEPTH)),
            notes=tuple(_notes(piece, before, begun, prefix, values)),
            is_long=len(text) > 1200,
        )
        begun.update(piece.blocks)


def _bar(piece: Piece, before: Piece, depth: int, begun: set[str], after: Sequence[Piece]) -> str:
    if depth == 0 and piece.cover_fact:
        return "on"
    if len(piece.blocks) > depth:
        other = len(before.blocks) > depth and before.blocks[depth] != piece.blocks[depth]
        return "begin" if other else "on"
    coming = {each.blocks[depth] for each in after if len(each.blocks) > depth}
    return "gap" if piece.level and coming & begun else "off"


def _notes(
    piece: Piece,
    before: Piece,
    begun: set[str],
    prefix: str,
    values: Mapping[str, str],
) -> Iterator[TagNote]:
    """Where a block begins, and where it goes on after something that is not in it."""
    for depth, name in enumerate(piece.blocks):
        if name not in before.blocks:
            mark, parts = "inner" if depth else "outer", name_parts(name, prefix)
            is_continued = name in begun
            yield TagNote(parts[:2] if is_continued else parts, mark, is_continued=is_continued)
    if piece.cover_fact:
        yield TagNote(name_parts(piece.cover_fact, prefix), "outer")
    if piece.flag:
        name = piece.flag.element
        yield TagNote(name_parts(name, prefix), "flag", value=values[name].capitalize())


def name_parts(name: str, prefix: str) -> tuple[str, ...]:
    """``RoleOfManagementTextBlock`` as ``Role``, ``Of``, ``Management``, ``Text``, ``Block``."""
    return tuple(re.findall(r"[A-Z0-9]?[a-z]+|[A-Z0-9]+(?![a-z])", name.removeprefix(prefix)))


def _cover_facts(facts: Sequence[ReadFact]) -> list[ReadFact]:
    found = [each for each in facts if each.name.startswith("dei:")]
    return [each for each in found if each.local_name != "AmendmentDescription"]


def _cover_row(fact: ReadFact) -> CoverRow:
    return CoverRow(fact.local_name, fact.value, "hidden" if fact.is_hidden else "cover page")


def _open_point(finding: Finding) -> str:
    """One sentence; what is not on file is named by its key in ``report.toml``."""
    if finding.code == XbrlCode.NOT_ON_FILE:
        return f"Not on file in report.toml: {finding.column}."
    return f"{finding.reason[:1].upper()}{finding.reason[1:]}"
