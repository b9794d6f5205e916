"""What the deck lint looks for in words: lists and patterns, each with why it is there."""

from __future__ import annotations

import re

FEAR = (
    "apocalypse",
    "apocalyptic",
    "armageddon",
    "bad actors",
    "bloodbath",
    "catastrophic",
    "catastrophe",
    "cyber bomb",
    "cyber war",
    "cyberwar",
    "cyber weapon",
    "devastating",
    "devastated",
    "digital pearl harbor",
    "doomsday",
    "existential threat",
    "explosion of attacks",
    "hackers",
    "horrific",
    "keeps us up at night",
    "nightmare",
    "not a matter of if",
    "not if but when",
    "only a matter of time",
    "perfect storm",
    "sitting duck",
    "skyrocket",
    "skyrocketed",
    "skyrocketing",
    "terrifying",
    "ticking time bomb",
    "time bomb",
    "tsunami",
    "unprecedented",
    "wake-up call",
    "war zone",
    "weaponized",
)
"""Words that frighten and inform nobody. A board acts on size, likelihood and options."""

_THINGS = (
    r"(?:attacks?|threats?|intrusions?|attempts?|malware|viruses|spam|e-?mails?|messages|"
    r"connections|scans|probes|events|phish(?:es|ing e-?mails?)?)"
)
_STOPPED = r"(?:blocked|stopped|prevented|repelled|thwarted|deflected|filtered|fended off|averted)"
_AMOUNT = r"(?:\d[\d.,]*\s*(?:k|m|bn|thousand|million|billion)?|thousands|millions|hundreds|every)"

VANITY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "blocked 2.4 million attacks"
        rf"\b{_STOPPED}\b[^.;]{{0,40}}?\b{_AMOUNT}[^.;]{{0,30}}?\b{_THINGS}\b",
        # "2.4 million attacks were blocked", "attacks stopped"
        rf"\b{_THINGS}\b(?:\s+(?:were|was|have been|had been|are))?\s+{_STOPPED}\b",
        # "14,000 alerts processed", "300 patches applied"
        rf"\b{_AMOUNT}\s*(?:[a-z-]+\s+)?(?:alerts?|events?|logs?|tickets?|scans?|patches|records)\b"
        r"(?:\s+(?:were|was|have been))?\s+(?:processed|handled|analy[sz]ed|reviewed|ingested|"
        r"closed|applied|monitored|collected)\b",
        # "processed 14,000 alerts"
        r"\b(?:processed|handled|analy[sz]ed|ingested|monitored|collected)\b[^.;]{0,20}?\b"
        rf"{_AMOUNT}\s*(?:[a-z-]+\s+)?(?:alerts?|events?|logs?|tickets?|records)\b",
    )
)
"""Volume of work without what came of it: it grows with the tools and says nothing of risk."""

ABBREVIATION = re.compile(r"(?<![\w.-])([A-Z]{2,6})(?:s|’s|'s)?(?![\w]|-?\d|-[A-Z]*\d)")
"""Two to six capitals; not part of a record's number, such as RA-36."""
NUMERALS = frozenset({"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"})

PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|percent\b|per cent\b)")
HAS_WHOLE = re.compile(r"^\s*(?:%|percent|per cent)?\s*(?:points?\b|of\b)")
"""What follows a percentage that says what it is a share of (or that it is a difference)."""


def fear_words(text: str) -> list[str]:
    """The fear words of a text, as they stand there, in order."""
    return [each.group(0) for each in _FEAR.finditer(text.replace("\u00a0", " "))]


def vanity_phrases(text: str) -> list[str]:
    """The boasts of volume in a text, in order; each stretch once."""
    plain = text.replace("\u00a0", " ")
    found = sorted(
        (each.start(), each.group(0)) for pattern in VANITY for each in pattern.finditer(plain)
    )
    kept: list[tuple[int, str]] = []
    for start, words in found:
        if not kept or start >= kept[-1][0] + len(kept[-1][1]):
            kept.append((start, words))
    return [words for _, words in kept]


def sentence_around(text: str, at: int) -> str:
    """The sentence of a text that holds a position."""
    start = max(text.rfind(mark, 0, at) for mark in (". ", "! ", "? ", "; ")) + 1
    ends = [end for mark in (". ", "! ", "? ", "; ") if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))].strip()


_FEAR = re.compile(
    r"\b(?:" + "|".join(r"[\s,-]+".join(re.split("[ -]", each)) for each in FEAR) + r")\b",
    re.IGNORECASE,
)
