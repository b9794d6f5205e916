"""What a shown text means as a value: the transformations that filings use.

The registries are XBRL International's (``ixt``) and the Commission's (``ixt-sec``). Here are
those that cover pages, flags and plain numbers need; a format that is not here is told of, and
its text is given as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from board_report.documents.xbrl.inline import MONTHS
from board_report.project.edgar_codes import ADDRESS, EXCHANGE, INCORPORATION, edgar_codes

IXT_PREFIX = "http://www.xbrl.org/inlineXBRL/transformation/"
IXT_SEC = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
FIRST_FIXED = "2020-02-12"
"""The first registry of XBRL International that has ``fixed-true``."""


class UnknownFormatError(ValueError):
    """A transformation that is not known here."""


def transformed(text: str, namespace: str, name: str) -> str:
    """The value that a shown text stands for.

    Args:
        text: as shown.
        namespace: of the registry.
        name: of the transformation, without a prefix.

    Raises:
        UnknownFormatError: the registry or the transformation is not known here.
        ValueError: the text is not what the transformation takes.
    """
    table: Mapping[str, Callable[[str], str]]
    if namespace == IXT_SEC:
        table = _SEC
    elif namespace.startswith(IXT_PREFIX):
        table = _fixed(namespace)
    else:
        raise UnknownFormatError(f"{namespace} is no registry that is known here")
    if name not in table:
        raise UnknownFormatError(f"{name} is not known in {namespace}")
    return table[name](text.replace("\xa0", " ").strip())


def _fixed(namespace: str) -> Mapping[str, Callable[[str], str]]:
    """The registry of a date; fixed values and names with hyphens came in 2020."""
    is_new = namespace.removeprefix(IXT_PREFIX) >= FIRST_FIXED
    return _NEW if is_new else _OLD


def _constant(value: str) -> Callable[[str], str]:
    return lambda _: value


def _month(word: str) -> int:
    found = [
        number
        for number, name in enumerate(MONTHS, 1)
        if len(word) >= 3 and name.casefold().startswith(word.casefold())
    ]
    if len(found) != 1:
        raise ValueError(f"{word!r} is no month")
    return found[0]


def _matched(pattern: str, text: str) -> re.Match[str]:
    found = re.fullmatch(pattern, text)
    if not found:
        raise ValueError(f"{text!r} is not of that form")
    return found


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) < 3 else 0)


def _month_day_year(text: str) -> str:
    month, day, year = _matched(r"([A-Za-z]+)\D*?(\d{1,2})\D+(\d{1,4})", text).groups()
    return date(_year(year), _month(month), int(day)).isoformat()


def _day_month_year(text: str) -> str:
    day, month, year = _matched(r"(\d{1,2})\D*?([A-Za-z]+)\D*?(\d{1,4})", text).groups()
    return date(_year(year), _month(month), int(day)).isoformat()


def _month_day(text: str) -> str:
    month, day = _matched(r"([A-Za-z]+)\D*?(\d{1,2})[a-z]{0,2}", text).groups()
    return _of_any_year(_month(month), int(day))


def _day_month(text: str) -> str:
    day, month = _matched(r"(\d{1,2})[a-z]{0,2}[^0-9A-Za-z]+([A-Za-z]+)", text).groups()
    return _of_any_year(_month(month), int(day))


def _of_any_year(month: int, day: int) -> str:
    """``--12-31``; a leap year knows every day of a month."""
    date(2000, month, day)
    return f"--{month:02}-{day:02}"


def _numeric_month_day_year(text: str) -> str:
    month, day, year = _matched(r"(\d{1,2})\D+(\d{1,2})\D+(\d{1,4})", text).groups()
    return date(_year(year), int(month), int(day)).isoformat()


def _number(text: str) -> str:
    """Digits with commas or spaces between thousands and a point before decimals."""
    bare = _matched(r"[\d,\s]*\d(?:\.\d+)?|\.\d+|[\d,\s]*\d\.?", text)[0]
    return re.sub(r"[,\s]", "", bare)


def _zero_dash(text: str) -> str:
    _matched(r"[-\u002d\u058a\u05be\u2010-\u2015\ufe58\ufe63\uff0d]", text)
    return "0"


_OLD: dict[str, Callable[[str], str]] = {
    "booleantrue": _constant("true"),
    "booleanfalse": _constant("false"),
    "nocontent": _constant(""),
    "zerodash": _zero_dash,
    "numdotdecimal": _number,
    "datemonthdayyearen": _month_day_year,
    "datelongus": _month_day_year,
    "datedaymonthyearen": _day_month_year,
    "datemonthdayen": _month_day,
    "datedaymonthen": _day_month,
    "datemonthdayyear": _numeric_month_day_year,
}
_NEW: dict[str, Callable[[str], str]] = {
    "fixed-true": _constant("true"),
    "fixed-false": _constant("false"),
    "fixed-empty": _constant(""),
    "fixed-zero": _constant("0"),
    "num-dot-decimal": _number,
    "date-monthname-day-year-en": _month_day_year,
    "date-day-monthname-year-en": _day_month_year,
    "date-monthname-day-en": _month_day,
    "date-day-monthname-en": _day_month,
    "date-month-day-year": _numeric_month_day_year,
}


def _place(kinds: tuple[str, ...], text: str) -> str:
    """The code of a state or country by its name, or a code itself."""
    for kind in kinds:
        codes = edgar_codes(kind)
        for code, name in codes.items():
            if text.casefold() in (name.casefold(), code.casefold()):
                return code
    raise ValueError(f"{text!r} is no state or country that is known here")


_EXCHANGES = {
    "the new york stock exchange": "NYSE",
    "nyse american": "NYSEAMER",
    "nasdaq": "NASDAQ",
    "chicago stock exchange": "CHX",
}
"""Further words, in small letters, for exchanges beside the names of the list."""


def _exchange(text: str) -> str:
    words = " ".join(text.casefold().replace("\u2019", "'").split())
    for code, name in edgar_codes(EXCHANGE).items():
        if words in (name.casefold(), code.casefold()):
            return code
    if words in _EXCHANGES:
        return _EXCHANGES[words]
    if "nasdaq" in words:  # "The Nasdaq Global Select Market" and other tiers of one exchange
        return "NASDAQ"
    if words.startswith("new york stock exchange"):
        return "NYSE"
    raise ValueError(f"{text!r} is no exchange that is known here")


def _ballot_box(text: str) -> str:
    if text in ("\u2610", "\u25a1", "\ua658"):
        return "false"
    if text in ("\u2611", "\u2612", "\u2713", "\u2714", "\u00fe", "\u00fd", "x", "X"):
        return "true"
    raise ValueError(f"{text!r} is no ballot box")


_SEC: dict[str, Callable[[str], str]] = {
    "stateprovnameen": partial(_place, (ADDRESS, INCORPORATION)),
    "edgarprovcountryen": partial(_place, (INCORPORATION,)),
    "exchnameen": _exchange,
    "boolballotbox": _ballot_box,
}
