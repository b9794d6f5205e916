"""Plain faults of drafting: holes, doubled words, open brackets, what is said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from board_report.governance.disclosure_lint.officers import TITLE
from board_report.governance.disclosure_lint.oversight import COMMITTEE_NAME
from board_report.governance.disclosure_lint.reading import Reading, Said, any_of
from board_report.governance.disclosure_lint.records import Hit, LintEvidence

_PLACEHOLDER = re.compile(
    r"\[\s*(?:●|•|\*|_+|-+|\.{2,}|…|x+|tbd|tbc|todo|\$|date|name|number|amount|insert[^\]]*|"
    r"company[^\]]*|placeholder[^\]]*|to\s+(?:come|be\s+\w+)[^\]]*|note[^\]]*|confirm[^\]]*|"
    r"describe[^\]]*|if\s+applicable[^\]]*)\s*\]"
    r"|●|_{3,}|\bTB[DC]\b|\bTODO\b|\bXX+\b|\?\?+|\{\{[^}]*\}?\}?|\}\}|<<[^>]*>>"
    r"|\blorem ipsum\b|\$\s?\[|\binsert\s+(?:name|date|number|text)\b",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"\b([A-Za-z]+)\s+\1\b")
_MAY_DOUBLE = frozenset({"that", "had", "as", "is", "so", "very"})
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}
_PLAN = any_of(
    r"we (?:currently )?(?:plan|intend|expect|anticipate|hope) to (?:\w+ )?(?:implement|adopt|"
    r"establish|hire|appoint|engage|develop|create|introduce|deploy|form|build|begin|launch|put)\b",
    r"we are (?:\w+ )?(?:planning|preparing) to\b",
    r"(?:are|is) in the process of (?:\w+ )?(?:implementing|adopting|establishing|hiring|"
    r"developing|creating|introducing|deploying|forming|building|setting|formalizing)\b",
    r"(?:will|shall) (?:\w+ )?(?:implement|adopt|establish|hire|appoint|introduce|form|launch)\b",
)
_ENUMERATION = re.compile(r"(?:(?<=\s)|^)(?:[a-z]|[ivx]{1,4}|\d{1,2})\)")
_SPECIFIC = (
    re.compile(r"\d"),
    re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+"),
    any_of(
        r"(?:for example|for instance|such as)\b",
        r"(?:annual|quarter|month|week|daily|twice|each year|every year)\w*",
        r"(?:penetration|tabletop|phishing|red team|simulation|training|questionnaire|insurance|"
        r"internal audit|multi-?factor|backup|encrypt|scan)\w*",
    ),
    TITLE,
    COMMITTEE_NAME,
)
"""Marks of a text that was written for one company: numbers, names, how often, what exactly."""
FEWEST_WORDS = 8
"""Of a sentence that counts as repeated; shorter ones may stand twice."""


def check_drafting(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """Faults within one statement."""
    for said in reading.whole:
        for found in _PLACEHOLDER.finditer(said.text):
            yield said.hit(
                "draft_placeholder", "Something is still to be filled in.", found.group()
            )
        for found in _DOUBLE.finditer(said.text):
            if found[1].casefold() not in _MAY_DOUBLE:
                yield said.hit("draft_double_word", "A word stands twice.", found.group())
        yield from _unclosed(said)
    for said in reading.sentences:
        plan = _PLAN.search(said.text)
        if plan and said.sub_item.startswith(("106(b)(1)", "106(c)")):
            sentence = "A plan stands where the rule asks for the processes that there are."
            yield said.hit("draft_plan", sentence, plan.group())


def _unclosed(said: Said) -> Iterator[Hit]:
    text = _ENUMERATION.sub("", said.text)
    for opening, closing in _PAIRS.items():
        depth = 0
        for sign in text:
            depth += (sign == opening) - (sign == closing)
            if depth < 0:
                break
        if depth:
            sign = opening if depth > 0 else closing
            sentence = f"A “{sign}” has no partner." if sign not in "“”" else (
                "A quotation mark has no partner."
            )  # fmt: skip
            yield said.hit("draft_unclosed", sentence, sign)
    if text.count('"') % 2:
        yield said.hit("draft_unclosed", "A quotation mark has no partner.", '"')


def check_repeated(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """A sentence that stands in two places."""
    seen: dict[str, Said] = {}
    for said in reading.sentences:
        words = re.findall(r"\w+", said.text.casefold())
        if len(words) < FEWEST_WORDS:
            continue
        earlier = seen.setdefault(" ".join(words), said)
        if earlier is not said:
            where = earlier.sub_item or earlier.source or "the text before"
            yield said.hit("draft_repeated", f"The same sentence stands under {where}.")


def check_boilerplate(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """A whole part of the item in which nothing is of this company."""
    for prefix, name in (("106(b)(1)", "processes"), ("106(c)", "governance")):
        said = reading.under(prefix)
        if len(said) >= 3 and not any(_is_specific(each.text) for each in said):
            sentence = f"Nothing in the part on {name} could not be said by any other company."
            yield said[0].hit("draft_boilerplate", sentence)


def _is_specific(text: str) -> bool:
    return any(each.search(text) for each in _SPECIFIC)
