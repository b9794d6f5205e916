"""Read numbers and amounts of money exactly, through Decimal."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from board_report.tables.codes import Code
from board_report.tables.outcome import CellRules, Fault, Outcome, Parsed

LARGEST = Decimal(10) ** 15
"""Amounts below this keep their cents in a float."""

_SYMBOLS: dict[str, tuple[str, ...]] = {
    "US$": ("USD",),
    "CA$": ("CAD",),
    "C$": ("CAD",),
    "A$": ("AUD",),
    "NZ$": ("NZD",),
    "HK$": ("HKD",),
    "S$": ("SGD",),
    "R$": ("BRL",),
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "TWD", "CLP", "COP", "ARS"),
    "€": ("EUR",),
    "£": ("GBP", "EGP"),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₺": ("TRY",),
    "₽": ("RUB",),
    "zł": ("PLN",),
}
_SPACES = "\u0020\u00a0\u2009\u202f"
_POINT = re.compile(
    rf"[+-]?(?:[0-9]{{1,3}}(?:([,'’{_SPACES}])[0-9]{{3}}(?:\1[0-9]{{3}})*)?|[0-9]+)?"
    r"(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?"
)
_COMMA = re.compile(
    rf"[+-]?(?:[0-9]{{1,3}}(?:([.'’{_SPACES}])[0-9]{{3}}(?:\1[0-9]{{3}})*)?|[0-9]+)?"
    r"(?:,[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?"
)
_CODE = re.compile(r"^([A-Z]{3})(?![A-Za-z])\s*|\s*(?<![A-Za-z])([A-Z]{3})$")
_ABBREVIATED = re.compile(
    r"(.*[0-9])\s*(k|m|mm|mn|bn|b|thousand|million|billion)\.?", re.IGNORECASE
)
_FACTORS = {"k": 3, "t": 3, "m": 6, "b": 9}


def parse_integer(text: str, rules: CellRules) -> Outcome:
    """A whole number; ``5.0`` is one."""
    number = _decimal(text, rules, Code.BAD_INTEGER)
    if isinstance(number, Fault):
        return number
    if number != number.to_integral_value():
        return Fault(Code.BAD_INTEGER)
    return Parsed(int(number))


def parse_number(text: str, rules: CellRules) -> Outcome:
    """A number, as a float."""
    number = _decimal(text, rules, Code.BAD_NUMBER)
    return number if isinstance(number, Fault) else Parsed(float(number))


def parse_ratio(text: str, rules: CellRules) -> Outcome:
    """A share as 0 to 1; a percent sign speaks for itself, whatever is declared."""
    signed = text.endswith("%")
    number = _decimal(text.removesuffix("%").rstrip(), rules, Code.BAD_NUMBER)
    if isinstance(number, Fault):
        return number
    as_percent = signed or rules.ratio_as == "percent"
    limit = 100 if as_percent else 1
    if not 0 <= number <= limit:
        advice = "Correct it."
        if not as_percent and 1 < number <= 100:
            advice = 'If 85 means 85%, {block:-ratio_as} "percent".'
        return Fault(Code.RATIO_OUT_OF_RANGE, {"limit": limit, "advice": advice})
    return Parsed(float(number / limit))


def exact_number(text: str, *, decimal_comma: bool) -> Decimal | None:
    """The number that a text writes, with its thousands set off or not; None where it is none."""
    number = _decimal(text, CellRules(decimal_comma=decimal_comma), Code.BAD_NUMBER)
    return None if isinstance(number, Fault) else number


def parse_money(text: str, rules: CellRules) -> Outcome:
    """An amount in the reporting currency, exact to two decimals.

    Understood: ``$1,234.50``, ``1.234,50 €`` (with a decimal comma), ``USD 1,200``, ``(1,200)`` and
    ``1,200-`` as negative.
    """
    number = _money(text, rules)
    if isinstance(number, Fault):
        return number
    cents = number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Parsed(float(cents), () if cents == number else (Code.MONEY_ROUNDED,))


def parse_amount(text: str, rules: CellRules) -> Outcome:
    """An amount in the reporting currency with all its decimals, as the lines of a cloud bill are.

    It is written as money is (:func:`parse_money`), and not rounded: of a million lines of a
    hundredth of a cent each nothing would be left.
    """
    number = _money(text, rules)
    return number if isinstance(number, Fault) else Parsed(float(number))


def _money(text: str, rules: CellRules) -> Decimal | Fault:
    """The exact amount, when the currency written beside it is the report's."""
    bare = _without_currency(_unsigned(text), rules.currency)
    if isinstance(bare, Fault):
        return bare
    abbreviated = _ABBREVIATED.fullmatch(bare)
    if abbreviated:
        return _abbreviated(abbreviated, rules)
    return _decimal(bare, rules, Code.BAD_MONEY)


def _unsigned(text: str) -> str:
    """The same amount with its sign in front: brackets and a minus at the end are accounting's."""
    text = text.replace("−", "-").strip()
    if text.startswith("(") and text.endswith(")"):
        return f"-{text[1:-1].strip()}"
    if text.endswith("-") and len(text) > 1 and not text.startswith("-"):
        return f"-{text[:-1].strip()}"
    return text


def _without_currency(text: str, currency: str) -> str | Fault:
    """The digits and their sign, when the currency written beside them is the report's."""
    sign = text[:1] if text[:1] in ("-", "+") else ""
    body = text[len(sign) :].strip()
    code = _CODE.search(body)
    if code:
        found = code[1] or code[2]
        if found != currency:
            return Fault(Code.OTHER_CURRENCY, {"found": found, "currency": currency})
        body = (body[: code.start()] + body[code.end() :]).strip()
    for symbol, meant in _SYMBOLS.items():
        if body.startswith(symbol) or body.endswith(symbol):
            if currency not in meant:
                return Fault(Code.OTHER_CURRENCY, {"found": meant[0], "currency": currency})
            body = body.removeprefix(symbol).removesuffix(symbol).strip()
            break
    if sign and body[:1] in ("-", "+"):
        return Fault(Code.BAD_MONEY)
    return _unsigned(f"{sign}{body}")


def _abbreviated(found: re.Match[str], rules: CellRules) -> Fault:
    number = _decimal(found[1], rules, Code.BAD_MONEY)
    if isinstance(number, Fault):
        return Fault(Code.BAD_MONEY)
    full = number.scaleb(_FACTORS[found[2][0].lower()])
    return Fault(Code.ABBREVIATED_NUMBER, {"full": f"{full.normalize():f}"})


def _decimal(text: str, rules: CellRules, code: Code) -> Decimal | Fault:
    """The exact number, or the reason why the text is none."""
    text = text.replace("−", "-").strip()
    own, other = (_COMMA, _POINT) if rules.decimal_comma else (_POINT, _COMMA)
    digits = any("0" <= letter <= "9" for letter in text)
    if digits and own.fullmatch(text) and text[:1] not in ("e", "E"):
        return _exact(text, rules.decimal_comma)
    if digits and other.fullmatch(text) and text[:1] not in ("e", "E"):
        marks = ("comma", "point") if rules.decimal_comma else ("point", "comma")
        setting = "false" if rules.decimal_comma else "true"
        return Fault(
            Code.WRONG_DECIMAL_MARK, {"mark": marks[0], "other": marks[1], "setting": setting}
        )
    return Fault(code)


def _exact(text: str, decimal_comma: bool) -> Decimal | Fault:
    mark, group = (",", ".") if decimal_comma else (".", ",")
    for each in (group, "'", "’", *_SPACES):
        text = text.replace(each, "")
    number_text = text.replace(mark, ".")
    if not re.search(r"[0-9]\.?|\.[0-9]", re.split("[eE]", number_text)[0]):
        return Fault(Code.BAD_NUMBER)
    number = Decimal(number_text)
    # Compared, not computed with: a number of a million digits is beyond what can be.
    return number if number.copy_abs() < LARGEST else Fault(Code.NUMBER_TOO_LARGE)
