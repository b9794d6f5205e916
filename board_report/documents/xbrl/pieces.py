"""The tagged text as a flat list: each paragraph with the blocks around it and its flag.

The writer makes elements of it and the review sheet bars beside the text, so that both say the
same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from board_report.documents.xbrl.elements import cyd_elements
from board_report.documents.xbrl.records import (
    AnnualRecord,
    AspectKind,
    CurrentReport,
    TaggedItem,
)

_RISK = "CybersecurityRisk"
_INCIDENT = "MaterialCybersecurityIncident"

PROCESSES = f"{_RISK}ManagementProcessesForAssessingIdentifyingAndManagingThreatsTextBlock"
INTEGRATED = f"{_RISK}ManagementProcessesIntegratedTextBlock"
AFFECTED = f"{_RISK}MateriallyAffectedOrReasonablyLikelyToMateriallyAffectRegistrantTextBlock"
OVERSIGHT = f"{_RISK}BoardOfDirectorsOversightTextBlock"
COMMITTEE = f"{_RISK}BoardCommitteeOrSubcommitteeResponsibleForOversightTextBlock"
INFORMING_BOARD = (
    f"{_RISK}ProcessForInformingBoardCommitteeOrSubcommitteeResponsibleForOversightTextBlock"
)
MANAGEMENT = f"{_RISK}RoleOfManagementTextBlock"
POSITIONS = f"{_RISK}ManagementPositionsOrCommitteesResponsibleTextBlock"
EXPERTISE = f"{_RISK}ManagementExpertiseOfManagementResponsibleTextBlock"
INFORMING_MANAGEMENT = f"{_RISK}ProcessForInformingManagementOrCommitteesResponsibleTextBlock"

BLOCKS: dict[str, tuple[str, ...]] = {
    "106(b)(1)": (PROCESSES,),
    "106(b)(1)(i)": (PROCESSES, INTEGRATED),
    "106(b)(1)(ii)": (PROCESSES,),
    "106(b)(1)(iii)": (PROCESSES,),
    "106(b)(2)": (AFFECTED,),
    "106(c)(1) oversight": (OVERSIGHT,),
    "106(c)(1) committee": (OVERSIGHT, COMMITTEE),
    "106(c)(1) informing": (OVERSIGHT, INFORMING_BOARD),
    "106(c)(2)(i) positions": (MANAGEMENT, POSITIONS),
    "106(c)(2)(i) expertise": (MANAGEMENT, EXPERTISE),
    "106(c)(2)(ii)": (MANAGEMENT, INFORMING_MANAGEMENT),
    "106(c)(2)(iii)": (MANAGEMENT,),
}
"""Sub-item to the text blocks around what is said to it, the outermost first."""

SPEAKS_OF: dict[str, re.Pattern[str]] = {
    "106(b)(1)(i)": re.compile(r"integrat|enterprise risk|overall risk|part of"),
    "106(b)(1)(ii)": re.compile(r"engage|assessor|consultant|auditor|third part|independent|firm"),
    "106(b)(1)(iii)": re.compile(r"oversee|identify|third.part|provider|vendor|supplier"),
    "106(b)(2)": re.compile(r"materially affect|material|reasonably likely|affect|strategy"),
    "106(c)(2)(i) positions": re.compile(r"responsib|officer|committee|lead|head"),
    "106(c)(2)(iii)": re.compile(r"report|board|committee|inform|present"),
}
"""Sub-item with a flag to what a sentence about it has in it, in small letters."""

ASPECTS: dict[AspectKind, str] = {
    "nature": f"{_INCIDENT}NatureTextBlock",
    "scope": f"{_INCIDENT}ScopeTextBlock",
    "timing": f"{_INCIDENT}TimingTextBlock",
    "impact": f"{_INCIDENT}MaterialImpactOrReasonablyLikelyMaterialImpactTextBlock",
    "undetermined": f"{_INCIDENT}InformationNotAvailableOrUndeterminedTextBlock",
}
"""Aspect of an incident to its text block."""

ITEM_TITLES = {"1.05": "Material Cybersecurity Incidents", "8.01": "Other Events"}

_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Corp|Co|Ltd|No|Nos|Mr|Ms|Mrs|Dr|St|vs)|\b[A-Za-z])$")
_END = re.compile(r"[.!?][”’\"')\]]*(?=\s|$)")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True)
class Flag:
    """A yes-or-no fact, on the words of a paragraph that carry it."""

    element: str
    value: bool
    start: int
    end: int
    """The words are ``text[start:end]``."""


@dataclass(frozen=True)
class Piece:
    """A heading or a paragraph."""

    text: str
    level: int = 0
    """1 to 3 for a heading, 0 for a paragraph."""
    blocks: tuple[str, ...] = ()
    """Local names of the text blocks around it, the outermost first."""
    flag: Flag | None = None
    cover_fact: str = ""
    """Local name of the dei element that the whole paragraph is; empty for none."""
    sub_item: str = ""
    """What it answers, for whoever reviews it."""


def annual_pieces(record: AnnualRecord) -> tuple[Piece, ...]:
    """The item from its heading on; a heading under which nothing is said is left out."""
    found = [Piece(f"{record.item}. {record.item_title}", level=1)]
    for section in record.sections:
        said = [
            (heading.title, pieces)
            for heading in section.headings
            if (pieces := [piece for item in heading.items for piece in _said(item)])
        ]
        if said:
            found.append(Piece(plain(section.title), level=2))
        for title, pieces in said:
            found += [Piece(plain(title), level=3), *pieces]
    return tuple(found)


def _said(item: TaggedItem) -> Iterator[Piece]:
    """The paragraphs of a sub-item; its flag stands on the sentence that speaks of it most.

    Raises:
        ValueError: the sub-item is not one that is tagged.
    """
    if item.sub_item not in BLOCKS:
        raise ValueError(f"{item.sub_item!r} is not a sub-item that is tagged")
    paragraphs = _paragraphs(item.paragraphs)
    element = flag_element(item.sub_item)
    is_flagged = bool(element and paragraphs) and item.answer is not None
    carrier = flag_words(paragraphs, SPEAKS_OF[item.sub_item]) if is_flagged else None
    for at, text in enumerate(paragraphs):
        flag = None
        if carrier and carrier[0] == at:
            flag = Flag(element, bool(item.answer), *carrier[1:])
        yield Piece(text, blocks=BLOCKS[item.sub_item], flag=flag, sub_item=item.sub_item)


def flag_words(paragraphs: Sequence[str], speaks_of: re.Pattern[str]) -> tuple[int, int, int]:
    """Which words carry a flag: the first of the sentences that speak most of its subject.

    Only the place is chosen by words; the value never is.

    Args:
        paragraphs: what is said to the sub-item; at least one.
        speaks_of: what a sentence about the subject has in it.

    Returns:
        Number of the paragraph, and where in it the words begin and end.
    """
    spans = [(at, *span) for at, text in enumerate(paragraphs) for span in sentences(text)]
    return max(
        spans,
        key=lambda span: len({*speaks_of.findall(paragraphs[span[0]][span[1] : span[2]].lower())}),
    )


def flag_element(sub_item: str) -> str:
    """The element of a sub-item's yes-or-no fact; empty where it has none."""
    elements = cyd_elements().values()
    return next((each.name for each in elements if each.is_flag and each.sub_item == sub_item), "")


def untagged_answers(record: AnnualRecord) -> tuple[tuple[str, bool], ...]:
    """Answers that nothing in the text can carry, with their sub-items.

    A flag has to stand on visible words about what it answers, so where nothing is said there is
    no flag. Of 8,999 annual reports on record, 12% to 22% leave a given flag out in the same way.
    """
    return tuple(
        (item.sub_item, item.answer)
        for section in record.sections
        for heading in section.headings
        for item in heading.items
        if item.answer is not None
        and flag_element(item.sub_item)
        and not _paragraphs(item.paragraphs)
    )


def report_pieces(record: CurrentReport) -> tuple[Piece, ...]:
    """The item of a current report, with the note on why it amends before it."""
    found = []
    if record.amendment:
        note = plain(record.amendment)
        found += [Piece("Explanatory Note", level=2)]
        found += [Piece(note, cover_fact="AmendmentDescription")]
    found.append(Piece(f"Item {record.item} {ITEM_TITLES[record.item]}.", level=2))
    for aspect in record.aspects:
        element = ASPECTS[aspect.kind]
        found += [
            Piece(text, blocks=(element,), sub_item=f"1.05 {aspect.kind}")
            for text in _paragraphs(aspect.paragraphs)
        ]
    found += [Piece(text) for text in _paragraphs(record.paragraphs)]
    return tuple(found)


def pieces_of(record: AnnualRecord | CurrentReport) -> tuple[Piece, ...]:
    """The tagged text of either kind of report."""
    if isinstance(record, AnnualRecord):
        return annual_pieces(record)
    return report_pieces(record)


def _paragraphs(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for each in given if (text := plain(each)))


def plain(text: str) -> str:
    """One line of text, without what XML cannot hold; markup in it is text like any other."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends, its full stop left out."""
    found, start = [], 0
    for end in _END.finditer(text):
        if not _ABBREVIATED.search(text[: end.start()]) and end.start() > start:
            found.append((start, end.start()))
            start = end.end() + 1
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)
