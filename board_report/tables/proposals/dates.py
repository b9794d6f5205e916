"""Find how the dates of a column are written, and say when the order cannot be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from board_report.tables.codes import Code
from board_report.tables.moments import FIRST_YEAR, GUESSES, LAST_YEAR, parse_date
from board_report.tables.outcome import CellRules, Fault, Parsed

ENOUGH = 0.9
"""Share of the different texts that must be dates for the column to hold dates."""


_FIRST = 100
_SAMPLE = 25
_HALF = 0.5


@dataclass(frozen=True)
class DateForm:
    """How the dates of a column are written."""

    formats: tuple[str, ...]
    """For ``date_format``; empty for ISO 8601, and while the order is not known."""
    day_first: tuple[str, ...] = ()
    """The formats if the day comes first, where numbers alone do not tell."""
    month_first: tuple[str, ...] = ()
    example: str = ""
    """A text that can be read both ways."""

    @property
    def is_ambiguous(self) -> bool:
        """True when no date tells whether the day or the month comes first."""
        return bool(self.day_first)


def date_form(texts: Sequence[str]) -> DateForm | None:
    """How a column's different texts are written as dates; None when they are none."""
    first = texts[:_FIRST]
    if not texts or not _could_be(first):
        return None
    if len(texts) > _FIRST and _form(texts[:_SAMPLE], _HALF) is None:
        return None  # before thousands of texts are tried in every usual format
    return _form(texts, ENOUGH)


def _form(texts: Sequence[str], share: float) -> DateForm | None:
    """How texts are written as dates, when at least this share of them are dates."""
    outcomes = {text: parse_date(text, CellRules()) for text in texts}
    iso = [text for text, each in outcomes.items() if isinstance(each, Parsed)]
    faults = {text: each for text, each in outcomes.items() if isinstance(each, Fault)}
    numeric = {text: each for text, each in faults.items() if each.code is Code.AMBIGUOUS_DATE}
    epochs = [text for text, each in faults.items() if each.code is Code.EPOCH_TIME]
    words, formats = _by_guess([text for text in faults if text not in numeric])
    if len(epochs) == len(texts):
        return DateForm(("epoch",))
    if (len(iso) + len(numeric) + words) / len(texts) < share or not (iso or numeric or words):
        return None
    if not numeric:
        return DateForm(formats)
    return _numeric(numeric, formats)


def _could_be(texts: Sequence[str]) -> bool:
    """True unless hardly any of the texts has the digits and the length of a date."""
    likely = sum(
        6 <= len(text) <= 40 and sum(each.isdigit() for each in text) >= 3 for text in texts
    )
    return likely >= _HALF * len(texts)


def _by_guess(texts: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many of the texts some usual formats read, and those formats."""
    left, formats = list(texts), []
    for each in GUESSES:
        rest = [text for text in left if not _reads(each, text)]
        if len(rest) < len(left):
            formats.append(each)
            left = rest
    return len(texts) - len(left), tuple(formats)


def _reads(pattern: str, text: str) -> bool:
    """True for a plausible date; to say why a text is none would try every format again."""
    try:
        year = datetime.strptime(text, pattern).year  # noqa: DTZ007  only whether it fits
    except ValueError:
        return False
    return FIRST_YEAR <= year <= LAST_YEAR


def _numeric(faults: dict[str, Fault], others: tuple[str, ...]) -> DateForm:
    """Dates of numbers alone: the order is taken only from a day above 12."""
    facts = [each.facts for each in faults.values()]
    day_first = _formats(facts, "%d{mark}%m{mark}{tail}")
    month_first = _formats(facts, "%m{mark}%d{mark}{tail}")
    first = any(int(str(each["first"])) > 12 for each in facts)
    second = any(int(str(each["second"])) > 12 for each in facts)
    if first != second:
        return DateForm((*(day_first if first else month_first), *others))
    example = next(iter(faults))
    return DateForm((), (*day_first, *others), (*month_first, *others), example)


def _formats(facts: Sequence[object], pattern: str) -> tuple[str, ...]:
    made = (pattern.format(mark=each["mark"], tail=each["tail"]) for each in facts)  # type: ignore[index]
    return tuple(dict.fromkeys(made))


def settle(forms: Sequence[DateForm], order: str = "") -> tuple[tuple[str, ...], DateForm | None]:
    """The formats of a whole file, and one form whose order is still open.

    One column that shows the order shows it for the file, which one program wrote.

    Args:
        forms: of the columns that are read as dates.
        order: ``day-first`` or ``month-first`` where a person said it.
    """
    formats = list(dict.fromkeys(each for form in forms for each in form.formats))
    open_forms = [form for form in forms if form.is_ambiguous]
    for form in open_forms:
        chosen = _chosen(form, order, formats)
        if chosen is None:
            return tuple(formats), form
        formats += [each for each in chosen if each not in formats]
    return tuple(formats), None


def _chosen(form: DateForm, order: str, known: Sequence[str]) -> tuple[str, ...] | None:
    if order:
        return form.day_first if order == "day-first" else form.month_first
    starts = {each[:2] for each in known if each[:2] in ("%d", "%m") and each[2:3] in "/.-"}
    if starts == {"%d"}:
        return form.day_first
    return form.month_first if starts == {"%m"} else None
