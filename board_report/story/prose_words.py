"""Find what a text claims of a figure: that it improved, doubled, is a record, met its target.

Only statements are claims: what is asked, wished, planned or made a condition is none. Comparisons
with anything but an earlier time ("faster than planned") are left alone, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from board_report.story.prose_lexicon import ALWAYS, PATTERNS, Claim

_UNREAL = re.compile(
    r"\b(?:will|would|should|shall|must|may|might|can|could|need|needs|want|wants|if|unless|until|"
    r"when|whether|once|before|aims?|plans?|planned|expect|expects|expected|hopes?|let|helps?|so\sthat|"
    r"promised?|promises|as\ssoon\sas|than\swe)\b|\bto(?:\s(?:be|have|get|become|go|see|keep))?$|[’'](?:ll|d)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.IGNORECASE)
_DOUBTFUL = re.compile(
    r"\b(?:no|hardly|barely|scarcely|nor|neither|without|nobody|nothing|none|few|fail(?:ed|s)?|"
    r"stopped|yet\sto|far\sfrom|instead\sof|rather\sthan|less|least|almost|nearly|not\sonly|not\sjust)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;:]\s|,\s|\s[–—]\s|—|\s(?:but|while|whereas|yet|although|though|because|so|which)\s|"
    r"\sas\s(?=we\b|the\b|it\b|our\b|they\b)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|or)\s", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[^a-z\s])")


@dataclass(frozen=True)
class Stretch:
    """Part of a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """One claim, where it stands and how."""

    claim: Claim
    start: int
    end: int
    clause: Stretch
    is_negated: bool = False
    """"has not improved": the claim is that it did not."""


def sentences(text: str) -> list[Stretch]:
    """Where each sentence begins and ends."""
    cuts = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    return [Stretch(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def claims_in(text: str, sentence: Stretch) -> list[Said]:
    """Every claim of one sentence, each in the clause that it stands in.

    A question claims nothing.

    Args:
        text: the paragraph, with what was not typed blotted out by U+FFFC.
        sentence: of :func:`sentences`.
    """
    if text[sentence.start : sentence.end].rstrip('"”’) ').endswith("?"):
        return []
    hits: list[tuple[Claim, int, int]] = []
    for claim, pattern in PATTERNS:
        for found in pattern.finditer(text, sentence.start, sentence.end):
            if not any(a < found.end() and found.start() < b for _, a, b in hits):
                hits.append((claim, *found.span()))
    clauses = clauses_of(text, sentence, [(a, b) for _, a, b in hits])
    found_ = [_said(text, hit, clauses) for hit in sorted(hits, key=lambda each: each[1])]
    return [each for each in found_ if each is not None]


def _said(text: str, hit: tuple[Claim, int, int], clauses: list[Stretch]) -> Said | None:
    claim, start, end = hit
    clause = next((each for each in clauses if each.start <= start < each.end), clauses[-1])
    before = text[clause.start : start]
    near = " ".join(before.split()[-6:])
    if claim not in ALWAYS and _UNREAL.search(near):
        return None
    if claim in (*ALWAYS, Claim.SAME):
        return Said(claim, start, end, clause)
    close = " ".join(before.split()[-4:]) + " " + text[start:end]
    if _DOUBTFUL.search(close):
        return None
    return Said(claim, start, end, clause, is_negated=bool(_NOT.search(close)))


def clauses_of(text: str, sentence: Stretch, hits: list[tuple[int, int]]) -> list[Stretch]:
    """The parts of a sentence: cut at commas, colons and "but", and at "and" between two claims."""
    inside = text[sentence.start : sentence.end]
    cuts = [sentence.start + found.end() for found in _BREAK.finditer(inside)]
    for found in _AND.finditer(inside):
        at = sentence.start + found.start()
        left = max([sentence.start, *(cut for cut in cuts if cut <= at)])
        right = min([sentence.end, *(cut for cut in cuts if cut > at)])
        if any(left <= a < at for a, _ in hits) and any(at < a < right for a, _ in hits):
            cuts.append(sentence.start + found.end())
    edges = sorted({sentence.start, *cuts, sentence.end})
    return [Stretch(a, b) for a, b in pairwise(edges)]
