"""SQL that reads the texts of a column which provably mean the same to it and to our parsers.

Every other text is read by the parsers themselves, so that this is about speed alone: an expression
gives NULL for any text of which it is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import zip_longest
from zoneinfo import ZoneInfo

from board_report.sources.scanning.engine import quoted
from board_report.tables.cells import LONGEST_TEXT, longest_text
from board_report.tables.moments import EPOCHS, steady_offset
from board_report.tables.outcome import CellRules
from board_report.tables.schema import Column, Kind

DAY = 86_400
_FIRST, _LAST = date(1998, 1, 1), date(2042, 1, 1)
"""Days whose offsets from UTC are written into an expression; texts of others go the long way."""
_LATEST = 7_258_118_400
"""The first second of 2200, the first year that is not plausible."""

_PLAIN = r"[A-Za-z0-9]([A-Za-z0-9 _.:/\-]*[A-Za-z0-9])?"
_CVE = r"CVE-[0-9]{4}-[0-9]{4,12}"
_WHOLE = r"[0-9]{1,9}"
_YEAR, _MONTH, _DAY_OF_MONTH = "(19|2[01])[0-9]{2}", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_HOUR, _SIXTY = "([01][0-9]|2[0-3])", "[0-5][0-9]"
_ISO_DAY = f"{_YEAR}-{_MONTH}-{_DAY_OF_MONTH}"
_ISO_TIME = rf"[T ]{_HOUR}:{_SIXTY}(:{_SIXTY}([.,][0-9]{{1,9}})?)?"
_OFFSET = rf"[+\-]{_HOUR}:{_SIXTY}"
_COUNTED = "[0-9]{1,14}"

_DIRECTIVES = {
    "%Y": (4, _YEAR),
    "%m": (2, _MONTH),
    "%d": (2, _DAY_OF_MONTH),
    "%H": (2, _HOUR),
    "%M": (2, _SIXTY),
    "%S": (2, _SIXTY),
}


Let = tuple[str, str]
"""A name, and the expression that it stands for in the expressions after it."""


@dataclass(frozen=True)
class Fast:
    """Expressions over one cell of text."""

    value: str
    """The typed value, or NULL: text, a whole number, or seconds since 1970 for dates and times."""
    is_naive: str = "false"
    """True for a time that was written without its offset from UTC."""
    is_offset: str = "false"
    layers: tuple[tuple[Let, ...], ...] = ()
    """What the expressions build on, each layer on those before it, so that nothing is computed
    twice."""


def fast_path(column: Column, rules: CellRules, taken: Collection[str], cell: str) -> Fast | None:
    """The expressions for a column's cells; None where every text goes to the parser.

    Args:
        column: what the cells are.
        rules: how they are written.
        taken: texts (casefolded) that the source maps to others or declares to be no value.
        cell: SQL of the cell.
    """
    if column.name == "business_unit":
        return None
    free = _unless_taken(taken, cell)
    if column.name == "cve":
        return Fast(_matching(cell, _CVE, cell, free))
    if column.kind in (Kind.ID, Kind.TEXT):
        longest = min(longest_text(column), LONGEST_TEXT) if column.kind is Kind.TEXT else None
        fits = f"length({cell}) <= {longest or LONGEST_TEXT}"
        return Fast(_matching(cell, _PLAIN, cell, f"{free} AND {fits}"))
    if column.kind is Kind.INTEGER and not column.minimum and column.maximum is None:
        return Fast(_matching(cell, _WHOLE, _number(cell), free))
    if column.kind in (Kind.DATETIME, Kind.DATE):
        return _moments(column, rules, free, cell)
    return None


def _matching(cell: str, pattern: str, value: str, free: str = "true") -> str:
    return f"CASE WHEN regexp_full_match({cell}, {quoted(pattern)}) AND {free} THEN {value} END"


def _number(text: str) -> str:
    return f"TRY_CAST({text} AS BIGINT)"


def _unless_taken(taken: Collection[str], cell: str) -> str:
    # A text that the engine reads is ASCII, of which the small letters are those of casefold.
    texts = ", ".join(quoted(each) for each in sorted(taken))
    return f"lower({cell}) NOT IN ({texts})" if texts else "true"


def _moments(column: Column, rules: CellRules, free: str, cell: str) -> Fast | None:
    is_day, formats = column.kind is Kind.DATE, rules.date_formats
    if formats and formats[0] not in EPOCHS:
        return _of_format(column, rules, free, cell)
    counted = _counted(column, rules, free, cell) if formats else None
    if not all(each in EPOCHS for each in formats):
        return counted
    iso = _iso_day(column, rules, free, cell) if is_day else _iso_time(column, rules, free, cell)
    if counted is None:
        return iso
    layers = tuple(
        (*one, *other) for one, other in zip_longest(counted.layers, iso.layers, fillvalue=())
    )
    # Beside epochs no column is called mixed, so that the marks of its times do not matter.
    return Fast(f"coalesce({counted.value}, {iso.value})", layers=layers)


def _counted(column: Column, rules: CellRules, free: str, cell: str) -> Fast:
    """Seconds or milliseconds since 1970; without a unit 12 digits and more are milliseconds."""
    number = _number(cell)
    seconds = {
        "epoch_seconds": number,
        "epoch_milliseconds": f"({number} // 1000)",
    }.get(
        rules.date_formats[0],
        f"CASE WHEN length({cell}) >= 12 THEN {number} // 1000 ELSE {number} END",
    )
    name = f"{column.name}_s"
    layer = ((name, _matching(cell, _COUNTED, seconds, free)),)
    plausible = f"CASE WHEN {name} < {_LATEST} THEN {name} END"
    if column.kind is not Kind.DATE:
        return Fast(plausible, layers=(layer,))
    more, day = _day_of_instant(column, "e", plausible, rules.day_zone)
    return Fast(day, layers=(layer, *more))


def _iso(column: Column, free: str, cell: str) -> tuple[Let, ...]:
    """Midnight of the day as written, the time of day, whether there is an offset, and which."""
    pattern = f"{_ISO_DAY}({_ISO_TIME}( ?(Z|{_OFFSET}))?)?"
    day = _days(f"substr({cell}, 1, 10)")
    hours, minutes, seconds = (_number(f"substr({cell}, {at}, 2)") for at in (12, 15, 18))
    second = f"CASE WHEN substr({cell}, 17, 1) = ':' THEN {seconds} ELSE 0 END"
    east, past = _number(f"substr({cell}, -5, 2)"), _number(f"substr({cell}, -2, 2)")
    sign = f"CASE substr({cell}, -6, 1) WHEN '-' THEN -1 ELSE 1 END"
    offset = (
        f"CASE WHEN right({cell}, 1) = 'Z' THEN 0 ELSE {sign} * ({east} * 3600 + {past} * 60) END"
    )
    name = column.name
    return (
        (f"{name}_d", _matching(cell, pattern, day, free)),
        (
            f"{name}_t",
            f"CASE WHEN length({cell}) > 10 THEN {hours} * 3600 + {minutes} * 60 + {second} END",
        ),
        (f"{name}_z", f"regexp_matches({cell}, {quoted(f'(Z|{_OFFSET})$')})"),
        (f"{name}_o", offset),
    )


def _iso_time(column: Column, rules: CellRules, free: str, cell: str) -> Fast:
    name = column.name
    local, zone = f"{name}_d + {name}_t", _offset_of_day(f"{name}_d", rules.zone)
    value = f"CASE WHEN {name}_z THEN {local} - {name}_o ELSE {local} - ({zone}) END"
    return Fast(value, f"NOT {name}_z", f"{name}_z", (_iso(column, free, cell),))


def _iso_day(column: Column, rules: CellRules, free: str, cell: str) -> Fast:
    name = column.name
    instant = f"CASE WHEN {name}_z THEN {name}_d + {name}_t - {name}_o END"
    more, day = _day_of_instant(column, "i", instant, rules.day_zone)
    value = f"CASE WHEN {name}_z THEN {day} ELSE {name}_d END"
    return Fast(value, layers=(_iso(column, free, cell), *more))


def _days(text: str) -> str:
    """Midnight of a day written as 2026-03-14, in seconds; NULL where there is no such day."""
    return f"(date_diff('day', DATE '1970-01-01', TRY_CAST({text} AS DATE)) * {DAY})"


def _of_format(column: Column, rules: CellRules, free: str, cell: str) -> Fast | None:
    """A strptime format of numbers of fixed width with marks between; None for any other."""
    pattern, at, places = "", 1, {}
    for piece in re.findall(r"%?.", rules.date_formats[0], re.DOTALL):
        if piece in _DIRECTIVES and piece not in places:
            width, expression = _DIRECTIVES[piece]
            places[piece] = f"substr({cell}, {at}, {width})"
            pattern, at = pattern + expression, at + width
        elif piece in "/-.:T ":
            pattern, at = pattern + re.escape(piece), at + 1
        else:
            return None
    if not {"%Y", "%m", "%d"} <= places.keys():
        return None
    midnight = _days(f"{places['%Y']} || '-' || {places['%m']} || '-' || {places['%d']}")
    name = f"{column.name}_d"
    layer = ((name, _matching(cell, pattern, midnight, free)),)
    if column.kind is Kind.DATE:
        return Fast(name, layers=(layer,))
    if "%H" not in places:
        return None  # a day alone is remarked upon, which is the parser's to do
    clock = [
        f"{_number(places[piece])} * {factor}"
        for piece, factor in (("%H", 3600), ("%M", 60), ("%S", 1))
        if piece in places
    ]
    zone = _offset_of_day(name, rules.zone)
    return Fast(f"{' + '.join([name, *clock])} - ({zone})", "true", layers=(layer,))


def _offset_of_day(day: str, zone: ZoneInfo) -> str:
    """Seconds to take off a local time of a day; NULL on days on which clocks change."""
    return "0" if zone.key == "UTC" else _chosen(day, _steady_days(zone))


def _day_of_instant(
    column: Column, mark: str, seconds: str, zone: ZoneInfo
) -> tuple[tuple[tuple[Let, ...], ...], str]:
    """Layers and an expression for midnight of the zone's day; NULL near changes of clocks."""
    instant, moved = f"{column.name}_{mark}", f"{column.name}_{mark}m"
    offset = "0" if zone.key == "UTC" else _chosen(instant, _steady_instants(zone))
    layers = (((instant, seconds),), ((moved, f"{instant} + ({offset})"),))
    return layers, f"({moved} - (({moved} % {DAY}) + {DAY}) % {DAY})"


Interval = tuple[int, int, int]
"""First second, last second, offset from UTC in seconds."""


def _chosen(seconds: str, intervals: tuple[Interval, ...]) -> str:
    """The offset of the interval that a time falls in, by halves; NULL between intervals."""
    if len(intervals) == 1:
        first, last, offset = intervals[0]
        return f"CASE WHEN {seconds} BETWEEN {first} AND {last} THEN {offset} END"
    middle = len(intervals) // 2
    below, above = _chosen(seconds, intervals[:middle]), _chosen(seconds, intervals[middle:])
    return f"CASE WHEN {seconds} < {intervals[middle][0]} THEN {below} ELSE {above} END"


@cache
def _steady_days(zone: ZoneInfo) -> tuple[Interval, ...]:
    """Stretches of days on which the offset stays, in local time."""
    found = ((day, steady_offset(zone, day)) for day in _every_day())
    return tuple(_merged((_seconds(day), offset) for day, offset in found))


@cache
def _steady_instants(zone: ZoneInfo) -> tuple[Interval, ...]:
    """Stretches of days of UTC through which the offset stays."""

    def offset(day: date) -> timedelta | None:
        begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
        both = {each.astimezone(zone).utcoffset() for each in (begins, begins + timedelta(days=1))}
        return both.pop() if len(both) == 1 else None

    return tuple(_merged((_seconds(day), offset(day)) for day in _every_day()))


def _every_day() -> Iterator[date]:
    return (_FIRST + timedelta(days=at) for at in range((_LAST - _FIRST).days))


def _seconds(day: date) -> int:
    return (day - date(1970, 1, 1)).days * DAY


def _merged(days: Iterator[tuple[int, timedelta | None]]) -> Iterator[Interval]:
    first = last = 0
    known: timedelta | None = None
    for begins, offset in days:
        if offset != known and known is not None:
            yield first, last, int(known.total_seconds())
        if offset != known:
            first, known = begins, offset
        last = begins + DAY - 1
    if known is not None:
        yield first, last, int(known.total_seconds())
