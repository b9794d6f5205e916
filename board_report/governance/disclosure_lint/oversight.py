"""The paragraph on the board (106(c)(1)): the committee, and how it is informed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from board_report.governance.disclosure_lint.reading import Reading, Said, any_of
from board_report.governance.disclosure_lint.records import Hit, LintEvidence

BOARD, COMMITTEE, INFORMING = (
    "106(c)(1) oversight",
    "106(c)(1) committee",
    "106(c)(1) informing",
)
COMMITTEE_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]+(?:,?\s+(?:and\s+|&\s+|of\s+)?)?(?:[A-Z&][\w’'-]*,?\s+(?:and\s+|&\s+)?)*)"
    r"[Cc]ommittee\b"
)
_A_COMMITTEE = any_of(
    r"(?:sub)?committees? of (?:the|our|its) board\b",
    r"board (?:sub)?committees?\b",
    r"(?:the|our|its|a|this|that|each) (?:\w+ ){0,4}(?:sub)?committee\b",
)
_BOARD = any_of(r"(?:board|directors)\b")
_WHOLE_BOARD = any_of(
    r"(?:full|entire|whole) board\b",
    r"board(?: of directors)? (?:as a whole|itself|, as a whole|directly)\b",
    r"(?:not|no) (?:\w+ ){0,4}(?:delegated?|committees?|assigned)\b",
)
_TOLD = any_of(
    r"(?:receiv(?:e|es|ing)|reports?|reporting|brief(?:s|ed|ings?)?|inform(?:s|ed|ation)?|"
    r"updates?|updated|present(?:s|ed|ations?)?|told|appris(?:e|es|ed)|notif(?:y|ies|ied)|"
    r"provid(?:e|es|ed)|communicat\w+|discuss(?:es|ed)?|escalat\w+|advis(?:es|ed))\b"
)
_OVERSEES = any_of(r"(?:oversees?|oversight|overseeing|responsib\w+|supervis\w+)\b")


def check_oversight(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """Oversight, committee or informing of which nothing is said."""
    board = [
        each for each in reading.sentences if _BOARD.search(each.text) or _has_committee(each.text)
    ]
    if not any(_OVERSEES.search(each.text) for each in board) and not reading.answered(BOARD):
        sentence = "No sentence tells of the board's oversight."
        yield Hit("filing_item_missing", sentence, BOARD)
        return
    named = any(
        _has_committee(each.text) or _WHOLE_BOARD.search(each.text)
        for each in (*reading.under("106(c)(1)"), *board)
    )
    if not named and not reading.answered(COMMITTEE):
        sentence = (
            "No committee is named, and nothing says that the whole board oversees these risks."
        )
        yield Hit("filing_committee_missing", sentence, COMMITTEE)
    if not any(_TOLD.search(each.text) for each in board) and not reading.answered(INFORMING):
        sentence = "No sentence tells how the board or its committee is informed."
        yield Hit("filing_informing_missing", sentence, INFORMING)


def _has_committee(text: str) -> bool:
    return bool(COMMITTEE_NAME.search(text) or _A_COMMITTEE.search(text))


def committees_of(said: tuple[Said, ...]) -> dict[str, Said]:
    """Committees named in some sentences, in small letters, each with the first sentence."""
    found: dict[str, Said] = {}
    for each in said:
        for match in COMMITTEE_NAME.finditer(each.text):
            name = re.sub(r"^(?:The|Our|A|Its|This|In|Each)\s+", "", match.group())
            if len(name.split()) > 1:
                found.setdefault(" ".join(name.casefold().split()), each)
    return found
