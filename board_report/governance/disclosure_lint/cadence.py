"""How often a board or committee is said to hear of cybersecurity, held against its calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from board_report.governance.disclosure_lint.reading import Reading, any_of
from board_report.governance.disclosure_lint.records import BodyMeetings, Hit, LintEvidence

CADENCES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("every month", 12, any_of(r"(?:monthly|(?:every|each|once a) month)\b")),
    ("every two months", 6, any_of(r"(?:bi-?monthly|every (?:two|other) months?)\b")),
    (
        "every quarter",
        4,
        any_of(
            r"quarterly\b",
            r"(?:every|each|once a|per) (?:fiscal )?quarter\b",
            r"four times (?:a|each) year\b",
        ),
    ),
    (
        "twice a year",
        2,
        any_of(
            r"(?:semi-?annual(?:ly)?|twice (?:a|each|per) year|bi-?annual(?:ly)?|half-yearly)\b"
        ),
    ),
    (
        "every year",
        1,
        any_of(
            r"(?:annual(?:ly)?|yearly)\b",
            r"(?:(?:once|at least once) (?:a|each|per)|every|each) year\b",
        ),
    ),
)
"""Words for how often, with the fewest meetings a year that they promise."""
_HEARS = any_of(
    r"(?:receiv(?:e|es|ed)|reports?|brief(?:s|ed|ings?)?|reviews?|meets?|discuss(?:es)?|"
    r"considers?|update[sd]?|presents?|presentations?|informed|hears?)\b"
)
_BOARD = any_of(r"(?:(?:full|entire|whole|our|the) )?board(?: of directors)?\b(?! committee)")
_COMMITTEE = any_of(r"committee\b")
_MANAGEMENT = any_of(
    r"(?:management|disclosure|steering|executive|working)[- ]?(?:\w+ )?committee\b"
)


def check_cadence(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """Promises of more meetings than the trailing year had; silent without a calendar."""
    if not evidence.meetings:
        return
    for said in reading.under("106(c)"):
        for clause in _clauses(said.text):
            if not _HEARS.search(clause):
                continue
            body = _body(clause, evidence)
            named = next(((name, least, words) for name, least, words in CADENCES
                          if words.search(clause)), None)  # fmt: skip
            if body is None or named is None:
                continue
            name, least, words = named
            found = words.search(clause)
            assert found
            had = body.quarters if least == 4 else body.meetings
            if had < least:
                what = "quarters" if least == 4 else "meetings"
                sentence = (
                    f"The text says {name}; in the trailing year cybersecurity was on the agenda "
                    f"of the {body.body} in {had} {what if had != 1 else what[:-1]}."
                )
                yield said.hit("filing_cadence", sentence, found.group(), is_private=True)


def _clauses(text: str) -> Iterator[str]:
    """A sentence in pieces of one body each: "to the committee every quarter, and to the board"."""
    yield from re.split(r";|,\s+(?:and|but|while)\s+", text)


def _body(clause: str, evidence: LintEvidence) -> BodyMeetings | None:
    """The body that a clause is about; None where it is none of the calendar's, or unclear."""
    named = [each for each in evidence.meetings if each.body.casefold() in clause.casefold()]
    if len(named) == 1:
        return named[0]
    committees = [each for each in evidence.meetings if not each.is_board]
    boards = [each for each in evidence.meetings if each.is_board]
    is_committee = bool(_COMMITTEE.search(clause)) and not _MANAGEMENT.search(clause)
    is_board = bool(_BOARD.search(clause))
    if is_committee and not is_board and len(committees) == 1:
        return committees[0]
    if is_board and not _COMMITTEE.search(clause) and len(boards) == 1:
        return boards[0]
    return None
