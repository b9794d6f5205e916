"""Absolute claims about what is measured ("all", "never"), held against the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from board_report.governance.disclosure_lint.reading import Reading, any_of
from board_report.governance.disclosure_lint.records import Hit, LintEvidence, MeasuredFigure

_ALL = r"(?:all|every|each|the entire|100%|100 percent|the whole of)"
_NONE = r"(?:no|none of|not one|not a single|zero)"
_BETWEEN = r"(?:(?:of|our|the|its|these|those|such|[\w’'-]+)\s+){0,4}?"
_ADVERB = any_of(
    r"(?:always|fully|invariably|without exception|in every case|entirely|completely)\b"
)
_NEVER = any_of(r"never\b")
_SOFTENED = re.compile(
    r"(?:\b(?:not|nearly|almost|substantially|virtually|most|practically|not\s+yet)\s+|n[’']t\s+)$",
    re.IGNORECASE,
)
_AIM = any_of(
    r"(?:require[sd]?|must|should|are to|is to|will|aims?|intend\w*|seeks?|designed to|strives?|"
    r"goal|objective|expect\w*|plan(?:s|ned)? to|targets?|policy|endeavou?rs?|attempts?)\b",
    r"(?:where|when|wherever|whenever|if|unless|to the extent) (?:we are able|"
    r"(?:reasonably )?possible|practicable|feasible|appropriate|applicable)\b",
    r"except\b",
    r"subject to (?:exceptions|limited)\b",
)
_CLAUSES = re.compile(
    r";|\.\s|,\s+(?:and|but|while|although|though|however)\s+(?=we\b|our\b|the\b)"
)
HALF = 0.5


@dataclass(frozen=True)
class Subject:
    """Something measured, and the words in which a text claims it whole."""

    metric_id: str
    nouns: tuple[str, ...]
    """Patterns of what is counted: ``employees``."""
    all: tuple[str, ...]
    """Patterns of what is said of all of it (``complet\\w*``); each must stand in the clause."""
    none: tuple[str, ...]
    """Patterns of what is said of none of it; empty where nobody would put it so."""
    is_whole_at: float
    """The value with which the claim is true: 1 for a share, 0 for a count of exceptions."""


@dataclass(frozen=True)
class _Patterns:
    wholly: re.Pattern[str]
    none: re.Pattern[str]
    named: re.Pattern[str]
    all_verbs: Sequence[re.Pattern[str]]
    none_verbs: Sequence[re.Pattern[str]]


@lru_cache(maxsize=256)
def _patterns(subject: Subject) -> _Patterns:
    nouns = "|".join(subject.nouns)
    return _Patterns(
        wholly=any_of(rf"{_ALL}\s+{_BETWEEN}(?:{nouns})\b"),
        none=any_of(rf"{_NONE}\s+{_BETWEEN}(?:{nouns})\b"),
        named=any_of(rf"(?:{nouns})\b"),
        all_verbs=tuple(map(any_of, subject.all)),
        none_verbs=tuple(map(any_of, subject.none)),
    )


def check_claims(
    reading: Reading, evidence: LintEvidence, subjects: Sequence[Subject]
) -> Iterator[Hit]:
    """Each sentence that claims the whole of something of which the figure shows less."""
    for said in reading.sentences:
        for subject in subjects:
            figure = evidence.figures.get(subject.metric_id)
            if figure is None or not _falls_short(figure.value, subject):
                continue
            for clause in _CLAUSES.split(said.text):
                quote = _claimed(clause, subject)
                if quote:
                    sentence = f"The text claims the whole; {figure.title} is {_printed(figure)}."
                    yield said.hit("filing_absolute_claim", sentence, quote, is_private=True)
                    break


def _falls_short(value: float, subject: Subject) -> bool:
    return (
        value < subject.is_whole_at if subject.is_whole_at > HALF else value > subject.is_whole_at
    )


def _claimed(clause: str, subject: Subject) -> str:
    """The absolute words of a clause about the subject; empty where it claims nothing whole."""
    words = _patterns(subject)
    if _AIM.search(clause) or not words.named.search(clause):
        return ""
    found = None
    if words.all_verbs and all(each.search(clause) for each in words.all_verbs):
        found = words.wholly.search(clause) or _ADVERB.search(clause)
    denies = words.none_verbs and all(each.search(clause) for each in words.none_verbs)
    if found is None and denies:
        found = words.none.search(clause) or _NEVER.search(clause)
    if found is None or _SOFTENED.search(clause[: found.start()]):
        return ""
    return found.group()


def _printed(figure: MeasuredFigure) -> str:
    text = figure.text or f"{figure.value:g}"
    return text if figure.n is None else f"{text} (of {figure.n})"
