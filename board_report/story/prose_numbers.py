"""Find the numbers that stand in a text, with what they count and how finely they are given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from board_report.story.prose_names import named_spans


class Kind(StrEnum):
    """What a number counts; numbers of different kinds are never the same figure."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    HOURS = "hours"
    DAYS = "days"
    MONEY = "money"
    TIMES = "times"
    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    MINUTES = "minutes"
    RELATIVE = "percent more or less"
    """A share followed by "faster", "fewer": how far something moved."""


@dataclass(frozen=True)
class Number:
    """One number of a text."""

    start: int
    end: int
    text: str
    kind: Kind
    value: float
    """Percent as 0 to 100, money in full."""
    step: float = 1.0
    """What the last digit typed counts."""
    scale: float = 1.0
    """A million for "4.6M"."""
    is_vague: bool = False
    """A fraction in words: "a third" is fair within 3.5 points, "three times" from 2.7 to 3.4."""

    @property
    def slack(self) -> float:
        """How far a figure may lie from it."""
        if not self.is_vague:
            return self.step / 2
        return 3.5 if self.kind in (Kind.PERCENT, Kind.RELATIVE) else 0.35


_ONES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {
    **{word: at for at, word in enumerate(_ONES, 2)},
    **{word: 10 * at for at, word in enumerate(_TENS, 2)},
    **{
        f"{tens}{join}{one}": 10 * at + unit
        for at, tens in enumerate(_TENS, 2)
        for unit, one in enumerate(("one", *_ONES[:8]), 1)
        for join in ("-", " ")
    },
    "half a dozen": 6, "a dozen": 12,
}  # fmt: skip
_SCALES = {"k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12,
           "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9,
           "trillion": 1e12}  # fmt: skip
_UNITS = (
    (Kind.POINTS, r"percentage[\s\u00a0-]points?|points?|pts?|pp"),
    (Kind.PERCENT, r"%|percent|per[\s\u00a0]cent|pct"),
    (Kind.HOURS, r"hours?|hrs?|h"),
    (Kind.DAYS, r"(?:business|working|calendar)[\s\u00a0]days?|days?|d"),
    (Kind.TIMES, r"times|fold|x|×"),
    (Kind.MONEY, r"(?:US[\s\u00a0])?(?:dollars?|euros?|pounds?)|USD|EUR|GBP|CHF|JPY|CAD|AUD"),
    (Kind.YEARS, r"years?"),
    (Kind.MONTHS, r"months?"),
    (Kind.WEEKS, r"weeks?"),
    (Kind.MINUTES, r"minutes?|mins?"),
)
_FRACTIONS = {"half": 50.0, "a half": 50.0, "a third": 100 / 3, "one third": 100 / 3,
              "two thirds": 200 / 3, "a quarter": 25.0, "one quarter": 25.0,
              "three quarters": 75.0, "a fifth": 20.0, "one fifth": 20.0, "two fifths": 40.0,
              "three fifths": 60.0, "four fifths": 80.0, "a tenth": 10.0,
              "one tenth": 10.0}  # fmt: skip
_GAP = r"[\s\u00a0]"
_COMPARED = (
    rf"{_GAP}*(?:of{_GAP}them{_GAP})?(?:faster|slower|sooner|quicker|less|more|fewer|lower|higher|"
    r"better|worse|shorter|longer|cheaper|larger|smaller)\b"
)
_OF_BEFORE = rf"{_COMPARED}|{_GAP}(?:as|the{_GAP}time|of{_GAP}(?:what|last|that|those))\b"
"""After a share of what there was before: ``half as many``, ``a third of what it was``."""
_MOVED = re.compile(
    rf"\b(?:fell|fallen|down|dropped|shrank|shrunk|rose|risen|grew|grown|up|increased|decreased|"
    rf"reduced|declined|cut|improved|worsened|by){_GAP}(?:(?:by|about|some|nearly|almost){_GAP})*$"
)
_WORD = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<cur>(?:US|CA?|AU?)?\$|[€£¥]|\b(?:USD|EUR|GBP|CHF|JPY|CAD|AUD)[\s\u00a0]?)?"
    r"(?P<num>(?<![\w])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w])\d+(?:\.\d+)?|(?<![\w.])\.\d+|"
    rf"(?i:\b(?:{_WORD})\b)|(?i:\b(?:a|one)(?={_GAP}(?:hundred|thousand|million|billion)\b)))"
    rf"(?P<scale>{_GAP}?(?:[KMB]|MM|bn|mn|tn)(?![\w])|[km](?![\w])|"
    rf"(?i:[\s\u00a0-](?:hundred|thousand|million|billion|trillion)\b))?"
    rf"(?:{_GAP}?-?(?P<unit>(?i:{'|'.join(words for _, words in _UNITS)}))(?![A-Za-z]))?"
)
_SHARE = "|".join(each.replace(" ", "[ -]") for each in sorted(_FRACTIONS, key=len, reverse=True))
_FRACTION = re.compile(
    rf"(?i:\b({_SHARE})\b)(?={_GAP}(?:of|the|our|all|its|their|as)\b|{_COMPARED})"
)
_ONE_IN = re.compile(rf"(?i:\b(one|two|three|1|2|3){_GAP}(?:in|out{_GAP}of){_GAP}(\d+|{_WORD})\b)")
_JOIN = re.compile(
    rf"^{_GAP}*(?:–|-|—|→|to|against|from|versus|vs\.?|and|or|down{_GAP}from|up{_GAP}from){_GAP}*$"
)
_AGAINST = re.compile(
    rf"^[^;:.!?]{{0,40}}[,(]{_GAP}*(?:up{_GAP}|down{_GAP})?"
    rf"(?:against|after|from|versus|vs\.?|compared{_GAP}with){_GAP}$"
)
_BY_ITSELF = re.compile(
    rf"{_GAP}*(?:[.,;:)!]|$)|{_GAP}(?:a{_GAP}year|last|the{_GAP}(?:quarter|year)|in{_GAP}(?:Q|20))"
)


def numbers_in(text: str, terms: Iterable[str] = ()) -> list[Number]:
    """Every number that is a figure, in order.

    Dates, names and identifiers are none (see :mod:`board_report.story.prose_names`), and neither
    are "one", "a" and ordinals.

    Args:
        text: a paragraph; signs that were not typed may be blotted out in it.
        terms: the company's own names that have a number in them.
    """
    taken = named_spans(text, terms)
    found: list[Number] = []
    for each in (*_one_in(text), *_fractions(text)):
        if not _is_in(each.start, each.end, taken):
            found.append(each)
            taken.append((each.start, each.end))
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        is_name = end < len(text) and (text[end].isalnum() or text[end] == "_")
        if not is_name and not _is_in(start, end, taken):
            found.append(_read(match, text))
    return _inherited(sorted(found, key=lambda each: each.start), text)


def _is_in(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _read(match: re.Match[str], text: str) -> Number:
    scale = _SCALES[match["scale"].strip(" \u00a0-").lower()] if match["scale"] else 1.0
    digits = match["num"].replace(",", "").lower()
    word = WORDS.get(digits, 1 if digits in ("a", "one") else None)
    base = float(word) if word is not None else float(digits)
    decimals = len(digits.partition(".")[2]) if word is None else 0
    kind = _kind(match)
    if kind is Kind.PERCENT and _is_relative(match.end(), match.start(), text):
        kind = Kind.RELATIVE
    return Number(
        match.start(),
        match.end(),
        match[0].strip(),
        kind,
        base * scale,
        10.0**-decimals * scale,
        scale,
        is_vague=kind is Kind.TIMES and word is not None,
    )


def _kind(match: re.Match[str]) -> Kind:
    if match["cur"]:
        return Kind.MONEY
    unit = match["unit"]
    if not unit:
        return Kind.COUNT
    return next(kind for kind, words in _UNITS if re.fullmatch(words, unit, re.IGNORECASE))


def _is_relative(end: int, start: int, text: str) -> bool:
    """``6% faster``, ``fell by 6%``."""
    is_moved = _MOVED.search(text[:start]) and not re.match(rf"{_GAP}of\b", text[end:])
    return bool(re.match(_COMPARED, text[end:]) or is_moved)


def _fractions(text: str) -> Iterable[Number]:
    for match in _FRACTION.finditer(text):
        value = _FRACTIONS[match[1].lower().replace("-", " ")]
        is_move = re.match(_OF_BEFORE, text[match.end() :]) is not None
        kind = Kind.RELATIVE if is_move else Kind.PERCENT
        yield Number(*match.span(), match[0], kind, value, is_vague=True)


def _one_in(text: str) -> Iterable[Number]:
    small = {"one": 1, "two": 2, "three": 3, "1": 1, "2": 2, "3": 3}
    for match in _ONE_IN.finditer(text):
        if "out" in match[0].lower() and match[1].isdigit():
            continue  # "2 out of 14" are two counts
        whole = float(WORDS.get(match[2].lower(), 0) or match[2])
        value = 100 * small[match[1].lower()] / whole
        yield Number(*match.span(), match[0], Kind.PERCENT, value, is_vague=True)


def _inherited(numbers: list[Number], text: str) -> list[Number]:
    """``from 43 to 19 hours``, ``$20–25M``: a number without a unit has that of its neighbor.

    So has the second one of ``19 hours to detect, against 41 a year ago``.
    """
    for at in range(len(numbers) - 1):
        first, second = numbers[at : at + 2]
        if _AGAINST.match(text[first.end : second.start]) and _BY_ITSELF.match(text[second.end :]):
            numbers[at + 1] = _like(second, first)
        if _JOIN.match(text[first.end : second.start]):
            numbers[at] = _like(first, second)
            numbers[at + 1] = _like(second, numbers[at])
    return numbers


def _like(number: Number, other: Number) -> Number:
    """The number in the unit of the other, where it has none of its own."""
    if number.kind is not Kind.COUNT and not number.kind is other.kind is Kind.MONEY:
        return number
    factor = other.scale if number.scale == 1 and number.value < 1000 else 1.0
    kind = other.kind if number.kind is Kind.COUNT else number.kind
    return replace(
        number, kind=kind, value=number.value * factor, step=number.step * factor,
        scale=number.scale * factor,
    )  # fmt: skip
