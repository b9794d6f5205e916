"""The annual item of a tagged filing, passage by passage: what last year's text is read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

from board_report.documents.xbrl.elements import cyd_elements
from board_report.documents.xbrl.pieces import MANAGEMENT, OVERSIGHT, PROCESSES
from board_report.documents.xbrl.reader import read_document
from board_report.errors import DocumentError
from board_report.governance.rules import load_rules

if TYPE_CHECKING:
    from board_report.documents.xbrl.read_records import ReadDocument, ReadFact

_OUTER = {PROCESSES: "", OVERSIGHT: "", MANAGEMENT: "106(c)(2)(iii)"}
"""Text blocks with others inside, and the sub-item of what none of those has, if not its own: of
management's role only the reporting to the board has no text block."""
_HEADINGS = re.compile(r"<(h[1-6])\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_BLOCKS = re.compile(r"</?(?:p|div|li|ul|ol|tr|td|th|table|tbody|br)\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class FiledPassage:
    """One passage as it was filed."""

    sub_item: str
    position: int
    text: str
    answer: bool | None = None
    """The fact of the sub-item, at its first passage."""


@dataclass(frozen=True)
class FiledItem:
    """The annual item of one filing."""

    fiscal_year: int
    form: str
    passages: tuple[FiledPassage, ...]
    unplaced: tuple[tuple[str, bool], ...]
    """Facts of sub-items that have no text block of their own: their words stand elsewhere."""


def read_filed_item(data: bytes) -> FiledItem:
    """The annual cybersecurity item of an Inline XBRL document.

    Raises:
        DocumentError: it is not well-formed, or no annual item on cybersecurity is tagged in it.
    """
    document = read_document(data)
    elements = cyd_elements()
    facts = [each for each in document.facts if each.local_name in elements and not each.is_nil]
    annual = [each for each in facts if elements[each.local_name].network == "af"]
    blocks: dict[str, list[str]] = {}
    for each in annual:
        if elements[each.local_name].is_text_block:
            blocks.setdefault(each.local_name, []).extend(_paragraphs(each))
    if not blocks:
        raise DocumentError(
            "no annual item on cybersecurity is tagged in it.",
            mend="Name last year's report itself, the .htm file, with its Inline XBRL.",
        )
    answers = {
        elements[each.local_name].sub_item: each.value == "true"
        for each in annual
        if elements[each.local_name].is_flag
    }
    passages = tuple(_passages(blocks, answers))
    placed = {each.sub_item for each in passages}
    return FiledItem(
        fiscal_year=_fiscal_year(document, annual),
        form=_fact(document, "DocumentType") or "10-K",
        passages=passages,
        unplaced=tuple((name, said) for name, said in answers.items() if name not in placed),
    )


def _passages(blocks: dict[str, list[str]], answers: dict[str, bool]) -> Iterable[FiledPassage]:
    """By sub-item in the order of the elements; each stretch of text once, where it says most."""
    placed: dict[str, list[str]] = {}
    for name, element in cyd_elements().items():
        if name not in blocks:
            continue
        others = [text for other, some in blocks.items() if other != name for text in some]
        own = _without(blocks[name], others) if name in _OUTER else blocks[name]
        placed.setdefault(_OUTER.get(name) or element.sub_item, []).extend(own)
    for sub_item in (each.id for each in load_rules().sub_items):
        texts = placed.get(sub_item, ())
        for at, text in enumerate(dict.fromkeys(texts), start=1):
            yield FiledPassage(sub_item, at, text, answers.get(sub_item) if at == 1 else None)


def _paragraphs(fact: ReadFact) -> list[str]:
    """The paragraphs of a text block, without headings and markup."""
    if not fact.is_escaped:
        return [fact.text] if fact.text else []
    parts = _BLOCKS.split(_HEADINGS.sub("<br/>", fact.value))
    texts = (" ".join(unescape(_TAGS.sub("", part)).split()) for part in parts)
    return [text for text in texts if any(each.isalnum() for each in text)]


def _without(paragraphs: Sequence[str], others: Iterable[str]) -> list[str]:
    """What is left of the paragraphs when all that stands in others is taken out."""
    left = list(paragraphs)
    for text in sorted(set(others), key=len, reverse=True):
        left = [" ".join(each.replace(text, " ").split()) for each in left]
    return [each for each in left if any(letter.isalnum() for letter in each)]


def _fact(document: ReadDocument, name: str) -> str:
    return next((each.value for each in document.facts if each.local_name == name), "")


def _fiscal_year(document: ReadDocument, facts: Sequence[ReadFact]) -> int:
    """As the cover says; else the year in which the period of the text ends."""
    said = _fact(document, "DocumentFiscalYearFocus")
    if re.fullmatch(r"20\d\d", said):
        return int(said)
    contexts = (document.contexts.get(each.context_id) for each in facts)
    ends = [each.end for each in contexts if each and isinstance(each.end, date)]
    if not ends:
        raise DocumentError(
            "it does not say which fiscal year it is of.",
            mend="Put its rows into governance/prior_disclosure.csv by hand.",
        )
    return max(ends).year
