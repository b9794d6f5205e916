"""What has digits or number words in it and is no figure: dates, names, identifiers, places.

The list is documented in ``docs/guides/commentary.md``; a project adds its own by ``[glossary]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_GAP = r"[\s\u00a0]"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_TWO_UP = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_ORDINAL = r"(?:first|second|third|fourth|last|next|previous|this|past|coming|each|every|per)"

DATES = (
    r"\d{4}-(?:\d{2}(?:-\d{2})?|[Qq][1-4])\b",
    rf"\b{_DAY}(?:{_GAP}?[-–]{_GAP}?{_DAY}|{_GAP}(?:to|and){_GAP}{_DAY})?{_GAP}{_MONTH}"
    rf"(?:,?{_GAP}\d{{4}})?(?![\w])",
    rf"\b{_MONTH}{_GAP}{_DAY}(?:{_GAP}?[-–]{_GAP}?{_DAY}|{_GAP}(?:to|and){_GAP}{_DAY})?"
    rf"(?:,{_GAP}?\d{{4}})?(?![\w%]|[.,]\d)",
    rf"\b{_MONTH}{_GAP}\d{{4}}\b",
    rf"(?<![\w$€£¥.,]){_YEAR}(?:/\d{{2}}|[-–]\d{{2}})?(?![\w%]|[.,]\d|{_GAP}?%)",
    r"[’']\d{2}\b",
    rf"\b(?:FY|CY|fiscal|calendar){_GAP}?(?:year{_GAP})?'?\d{{2}}(?:\d{{2}})?(?:[/–-]\d{{2}})?\b",
    rf"\b(?:Q[1-4]|H[12]|[1-4]Q|[12]H)(?:{_GAP}?(?:FY)?'?\d{{2,4}})?\b",
    rf"(?i:\b{_ORDINAL}{_GAP}(?:half|third|quarter)s?\b)(?!{_GAP}of{_GAP}(?:our|all|them|its|their)\b)",
    rf"(?i:\b(?:{_TWO_UP}|\d{{1,2}}){_GAP}(?:\w+{_GAP})?quarters?\b)(?!{_GAP}of\b)",
    rf"(?i:\b(?:{_TWO_UP}|\d{{1,2}}){_GAP}(?:years?|months?|weeks?|quarters?|days?){_GAP}"
    r"(?:ago|earlier|before|in a row|running)\b)",
    rf"(?i:\b(?:for|over|last|past|next|every|first|these){_GAP}(?:the{_GAP})?(?:last{_GAP}|past{_GAP}|"
    rf"next{_GAP})?(?:{_TWO_UP}|\d{{1,2}}){_GAP}(?:years?|months?|weeks?)\b)",
    r"\b\d{1,2}:\d{2}\b",
    rf"\b\d{{1,2}}{_GAP}?[ap]\.?m\b",
    r"\b\d+(?:st|nd|rd|th)\b",
)
"""Days, months, quarters, years, spans of them ("for two years"), times of day, ordinals."""

IDENTIFIERS = (
    r"(?<![\w$€£])(?!(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|US|CA?|AU?)\d)[A-Z][A-Za-z]*[-‑/]?\d[\w.‑-]*\w",
    r"(?<![\w$€£])(?!(?:USD|EUR|GBP|CHF|JPY|CAD|AUD)\d)[A-Z][A-Za-z]*[-‑]?\d\b",
    r"(?<![\w$€£.,])[a-z]+\d+\w*",
    r"\b\d{1,3}-[A-Z]\b(?:/A)?",
    r"\b\d+[a-z]?(?:\([a-z0-9]{1,3}\))+",
    r"\b\d+[A-Za-z]-\d+\b",
    r"#\d+\b",
    rf"(?i:§+|\b(?:items?|rules?|sections?|sec\.|articles?|art\.|clauses?|annex|appendix|chapters?|"
    rf"regulation|title|part|pages?|slides?|figure|table|lines?|note|versions?|releases?|builds?|"
    rf"tiers?|levels?|phases?|waves?|types?|options?|proposals?|steps?|priority|severity|sev|"
    rf"pillar|class|category|group|day|round|ticket|decisions?|number|no\.|room|question|"
    rf"scenario)){_GAP}(?:\d[\w.()]*\w|\d|{_TWO_UP})\b(?!{_GAP}?%)"
    rf"(?:(?:,{_GAP}|{_GAP}(?:and|or|to){_GAP}|[-–])\d+\b(?!{_GAP}?[%a-z]))*",
)
"""D-31, R-04, INC0014186, CVE-2026-1234, 106(b)(1), 8-K, Item 1.05, page 6, tier 1, phase two."""

NAMES = (
    rf"\bISO(?:/IEC)?{_GAP}?\d+(?:[-:]\d+)*", rf"\bIEC{_GAP}?\d+(?:-\d+)*",
    rf"\bSOC{_GAP}?[123]\b", rf"\bCSF{_GAP}\d(?:\.\d)?", rf"\bPCI(?:{_GAP}DSS)?{_GAP}v?\d(?:\.\d)*",
    rf"\bNIST(?:{_GAP}SP)?{_GAP}?\d+(?:-\d+)*", rf"\bSP{_GAP}800-\d+", rf"\bFIPS{_GAP}\d+(?:-\d)?",
    rf"\bCMMC{_GAP}\d(?:\.\d)?", rf"\bCIS{_GAP}(?:Controls{_GAP})?v?\d+(?:\.\d)?",
    rf"\bTLS{_GAP}\d(?:\.\d)?", rf"\bIPv{_GAP}?\d", rf"\bNIS{_GAP}?2\b", rf"\bCOBIT{_GAP}\d+",
    rf"\bITIL{_GAP}\d", rf"\bBasel{_GAP}\d", rf"\bTop{_GAP}(?:10|25|Ten)\b",
    rf"\b(?:Windows|Server|Office|Microsoft|SQL|Exchange|Python|Java|Oracle|Wi-Fi|GPT|AES|SHA|RSA|"
    rf"Industry|Web|Log4)(?:{_GAP}|-)?(?:Server{_GAP})?\d+(?:\.\d+)*\b",
    r"\b24(?:x|×|/)7(?:(?:x|×|/)365)?\b", r"\b802\.\d\w*", r"\b\d-\d-\d(?:-\d)*\b",
    r"\b(?:2FA|3DES|[345]G|2SV|3D|2D)\b", r"\b(?:9/11|50/50)\b",
    r"\b1[-‑\s\u00a0]in[-‑\s\u00a0](?:10|20|50|100|200)(?:[-‑\s\u00a0]year)?\b",
    rf"\bone{_GAP}(?:year{_GAP})?in{_GAP}(?:twenty|a{_GAP}hundred)\b",
    rf"(?i:\b(?:one|nine){_GAP}(?:\w+{_GAP})?(?:in|out{_GAP}of){_GAP}ten\b)",
    r"(?i:\bzero[-‑\s](?:trust|days?|knowledge)\b)",
    rf"(?i:\b{_TWO_UP}[-‑](?:factor|step|eyes?|way|tier|layer|party|person|sided|stage|man)\b)",
    rf"(?i:\bthree{_GAP}lines?{_GAP}of{_GAP}defen[cs]e\b)", rf"(?i:\bfour{_GAP}eyes\b)",
    r"(?i:\b(?:half|quarter)[-‑](?:year(?:ly)?|day|hour|hearted|time|end|way|truth)\w*\b)",
    rf"(?i:\bhalf{_GAP}(?:a|an|of{_GAP}the){_GAP}(?:day|hour|year|quarter|month)\b)",
)  # fmt: skip
"""Standards and products whose name has a number, and fixed expressions."""


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each) for each in (*DATES, *IDENTIFIERS, *NAMES))


def named_spans(text: str, terms: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Where names, dates and identifiers stand, as (start, end); they may overlap.

    Args:
        text: a paragraph.
        terms: the company's own names that have a number in them.
    """
    spans = [found.span() for each in _compiled() for found in each.finditer(text)]
    for term in terms:
        spans += [found.span() for found in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text)]
    return spans
