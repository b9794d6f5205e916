"""Inline XBRL elements: facts, continuations, contexts and the hidden header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from board_report.documents.xbrl.markup import fill, node
from board_report.documents.xbrl.names import (
    CIK_SCHEME,
    IX,
    LINK,
    XBRLDI,
    XBRLI,
    XLINK,
    XML,
)
from board_report.documents.xbrl.pieces import Piece

if TYPE_CHECKING:
    from lxml.etree import _Element

TRUE = "ixt:fixed-true"
FALSE = "ixt:fixed-false"
MONTH_DAY_YEAR = "ixt:date-monthname-day-year-en"
MONTH_DAY = "ixt:date-monthname-day-en"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
"""In English, whatever the machine's language is."""


@dataclass(frozen=True)
class Context:
    """Who a fact is about and when; with a class of stock, of which class."""

    id: str
    identifier: str
    start: date
    end: date
    member: str = ""
    """Qualified name of the class of stock; empty for the registrant as a whole."""


@dataclass
class Tagger:
    """Makes facts of one document, each with an id of its own."""

    context: str
    """Id of the context that facts have unless another is named."""
    prefix: str = "f-"
    _count: int = field(default=0, init=False)

    def fact(
        self,
        name: str,
        *children: _Element | str,
        format: str = "",
        escape: bool = False,
        context: str = "",
    ) -> _Element:
        """An ``ix:nonNumeric`` around its children.

        Args:
            name: qualified name of the element: ``dei:DocumentType``.
            children: what is tagged.
            format: qualified name of the transformation; empty for none.
            escape: true for a text block, whose value is the markup itself.
            context: id; empty for the usual one.
        """
        from lxml import etree

        element = etree.Element(f"{{{IX}}}nonNumeric")
        element.set("contextRef", context or self.context)
        element.set("name", name)
        element.set("id", self._next_id())
        if format:
            element.set("format", format)
        if escape:
            element.set("escape", "true")
        return fill(element, *children)

    def flag(self, name: str, value: bool, *children: _Element | str) -> _Element:
        """A yes-or-no fact on words or on a check box."""
        return self.fact(name, *children, format=TRUE if value else FALSE)

    def _next_id(self) -> str:
        self._count += 1
        return f"{self.prefix}{self._count}"

    def body(self, pieces: Sequence[Piece]) -> list[_Element]:
        """The pieces with their text blocks nested, and continued where something is between."""
        chains: dict[str, list[_Element]] = {}
        made = self._nested(pieces, 0, chains)
        for parts in chains.values():
            for number, (before, after) in enumerate(pairwise(parts), 1):
                continuation = f"{parts[0].get('id')}-{number}"
                before.set("continuedAt", continuation)
                after.set("id", continuation)
        return made

    def _nested(
        self, pieces: Sequence[Piece], depth: int, chains: dict[str, list[_Element]]
    ) -> list[_Element]:
        made: list[_Element] = []
        for name, group in groupby(
            pieces, key=lambda each: each.blocks[depth] if len(each.blocks) > depth else ""
        ):
            if not name:
                made += map(self._paragraph, group)
                continue
            block = self._block(name, chains)
            fill(block, *self._nested(list(group), depth + 1, chains))
            made.append(block)
        return made

    def _block(self, name: str, chains: dict[str, list[_Element]]) -> _Element:
        """The block, or where the text has it already, a continuation of it."""
        from lxml import etree

        if name in chains:
            block = etree.Element(f"{{{IX}}}continuation")
        else:
            block = self.fact(f"cyd:{name}", escape=True)
        chains.setdefault(name, []).append(block)
        return block

    def _paragraph(self, piece: Piece) -> _Element:
        if piece.level:
            return node(f"h{piece.level}", f"h{piece.level}", piece.text)
        if piece.cover_fact:
            return node("p", "p", self.fact(f"dei:{piece.cover_fact}", piece.text))
        if piece.flag is None:
            return node("p", "p", piece.text)
        flag, text = piece.flag, piece.text
        words = self.flag(f"cyd:{flag.element}", flag.value, text[flag.start : flag.end])
        return node("p", "p", text[: flag.start], words, text[flag.end :])


def month_day_year(day: date) -> str:
    """``December 31, 2026``."""
    return f"{month_day(day)}, {day.year}"


def month_day(day: date) -> str:
    """``December 31``."""
    return f"{MONTHS[day.month - 1]} {day.day}"


def header(hidden: Sequence[_Element], contexts: Sequence[Context], schema_file: str) -> _Element:
    """The hidden division with the facts that no page shows, the schema, and the contexts."""
    top = _ix("header")
    if hidden:
        fill(_child(top, IX, "hidden"), *hidden)
    references = _child(top, IX, "references")
    references.set(f"{{{XML}}}lang", "en-US")
    reference = _child(references, LINK, "schemaRef")
    reference.set(f"{{{XLINK}}}type", "simple")
    reference.set(f"{{{XLINK}}}href", schema_file)
    fill(_child(top, IX, "resources"), *map(_context, contexts))
    return node("div", "hidden", top)


def _context(given: Context) -> _Element:
    from lxml import etree

    made = etree.Element(f"{{{XBRLI}}}context", id=given.id)
    entity = _child(made, XBRLI, "entity")
    identifier = _child(entity, XBRLI, "identifier")
    identifier.set("scheme", CIK_SCHEME)
    identifier.text = given.identifier
    if given.member:
        segment = _child(entity, XBRLI, "segment")
        member = _child(segment, XBRLDI, "explicitMember")
        member.set("dimension", "us-gaap:StatementClassOfStockAxis")
        member.text = given.member
    period = _child(made, XBRLI, "period")
    _child(period, XBRLI, "startDate").text = given.start.isoformat()
    _child(period, XBRLI, "endDate").text = given.end.isoformat()
    return made


def _ix(tag: str) -> _Element:
    from lxml import etree

    return etree.Element(f"{{{IX}}}{tag}")


def _child(parent: _Element, space: str, tag: str) -> _Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{space}}}{tag}")
