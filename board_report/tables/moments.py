"""Read dates and points in time, without ever guessing which number is the month."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from board_report.tables.codes import Code
from board_report.tables.outcome import CellRules, Fault, Outcome, Parsed

EPOCHS = {"epoch": 0, "epoch_seconds": 1, "epoch_milliseconds": 1000}
"""Names that ``date_format`` may have beside strptime formats."""

FIRST_YEAR, LAST_YEAR = 1900, 2199

_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r" ?(Z|(?:\+00:?00 )?UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_NUMERIC = re.compile(
    r"([0-9]{1,2})([/.\-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})"
    r"([ T]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?)?"
)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_EPOCH = re.compile(r"[0-9]{10}|[0-9]{13}")
GUESSES = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d/%b/%y",
    "%d/%b/%Y",
    "%d/%b/%y %I:%M %p",
    "%d/%b/%Y %H:%M",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d-%b-%Y %H:%M",
    "%Y-%m-%d %I:%M %p",
)
_COUNTED = re.compile(r"[0-9]{1,14}(?:\.[0-9]{1,9})?")
_BASE = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's day 0 has no zone


def parse_datetime(text: str, rules: CellRules) -> Outcome:
    """A point in time as a naive UTC datetime in whole seconds.

    A time without an offset is read in the rules' zone. One that clocks skipped is read as if they
    had not moved yet; of one that happened twice, the first is taken. Both are remarked.
    """
    found = _read(text, rules)
    if isinstance(found, Fault):
        return found
    moment, whole_day = found
    remarks: tuple[Code, ...] = (Code.TIME_ASSUMED,) if whole_day else ()
    has_offset = moment.tzinfo is not None
    if has_offset:
        utc = moment.astimezone(UTC).replace(tzinfo=None)
    else:
        offset, change = _local_offset(moment, rules.zone)
        utc, remarks = moment - offset, remarks + change
    if utc.microsecond:
        utc = utc.replace(microsecond=0)
    return Parsed(utc, remarks, has_offset=has_offset or whole_day)


def parse_date(text: str, rules: CellRules) -> Outcome:
    """A calendar date, as a datetime at midnight without a zone.

    Of a time without an offset the date is taken as it is written; one with an offset is first
    moved to the zone of the company's calendar.
    """
    found = _read(text, rules)
    if isinstance(found, Fault):
        return found
    moment, _ = found
    if moment.tzinfo is not None:
        moment = moment.astimezone(rules.day_zone)
    return Parsed(datetime(moment.year, moment.month, moment.day))  # noqa: DTZ001  a date


def _local_offset(moment: datetime, zone: ZoneInfo) -> tuple[timedelta, tuple[Code, ...]]:
    """The offset from UTC of a local time, and the remark if clocks change over it."""
    steady = steady_offset(zone, moment.date())
    if steady is not None:
        return steady, ()
    first, second = _offsets(zone, moment)
    if first == second:
        return first, ()
    return first, (Code.TIME_SKIPPED if second > first else Code.TIME_REPEATED,)


@lru_cache(maxsize=10_000)
def steady_offset(zone: ZoneInfo, day: date) -> timedelta | None:
    """The offset of a whole day; None when clocks change on it."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  local, in the zone given
    offsets = {*_offsets(zone, midnight), *_offsets(zone, midnight + timedelta(days=1))}
    return offsets.pop() if len(offsets) == 1 else None


def _offsets(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, timedelta]:
    """The offsets before and after a change of clocks, the same where there is none."""
    first = moment.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
    second = moment.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    return first, second


def _read(text: str, rules: CellRules) -> tuple[datetime, bool] | Fault:
    """The moment as written, and whether it is a date alone."""
    try:
        found = _by_format(text, rules.date_formats) or _by_iso(text)
    except (ValueError, OverflowError, OSError):
        return Fault(Code.BAD_DATE, {"expected": "that exists", "advice": "Correct it."})
    if found is None:
        return _diagnose(text, rules)
    if not FIRST_YEAR <= found[0].year <= LAST_YEAR:
        return Fault(Code.IMPLAUSIBLE_DATE)
    return found


def _by_format(text: str, formats: tuple[str, ...]) -> tuple[datetime, bool] | None:
    for each in formats:
        if each in EPOCHS:
            if _COUNTED.fullmatch(text):
                return _since_1970(text, EPOCHS[each]), False
            continue
        try:
            moment = datetime.strptime(text, each)  # noqa: DTZ007  the zone is added later
        except ValueError:
            continue
        return moment, not any(part in each for part in ("%H", "%I", "%X", "%c"))
    return None


def _since_1970(text: str, per_second: int) -> datetime:
    """The moment so many seconds or milliseconds after 1970.

    Without a declared unit 12 digits and more are milliseconds: as seconds they would lie beyond
    the year 5000, and fewer digits as milliseconds before 1974.
    """
    whole, _, rest = text.partition(".")
    per_second = per_second or (1000 if len(whole) >= 12 else 1)
    return datetime.fromtimestamp(float(f"{whole}.{rest or 0}") / per_second, UTC)


def _by_iso(text: str) -> tuple[datetime, bool] | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    day, clock, zone = found.groups()
    if clock is None:
        return datetime.fromisoformat(day), True
    offset = "+00:00" if zone and zone.endswith(("Z", "UTC", "GMT")) else zone or ""
    return datetime.fromisoformat(f"{day}T{clock[:8]}{offset}"), False


def _diagnose(text: str, rules: CellRules) -> Fault:
    """Why a text is not a date, with the line of report.toml that would make it one."""
    if _SERIAL.fullmatch(text):
        meant = _BASE + timedelta(days=float(text.replace(",", ".")))
        return Fault(Code.EXCEL_SERIAL_DATE, {"meant": meant.date().isoformat()})
    if _EPOCH.fullmatch(text):
        unit = "seconds" if len(text) == 10 else "milliseconds"
        return Fault(Code.EPOCH_TIME, {"unit": unit, "guess": f"epoch_{unit}"})
    numeric = _NUMERIC.fullmatch(text)
    if numeric and not rules.date_formats:
        return _numeric(numeric)
    if numeric:
        return Fault(Code.BAD_DATE, _expected(rules, _other_order(numeric)))
    guess = next((each for each in GUESSES if _fits(text, each)), "")
    advice = "Write it as 2026-03-14, or 2026-03-14T09:30Z for a time."
    if guess:
        formats = ", ".join(f'"{each}"' for each in (*rules.date_formats, guess))
        advice = f"If it is right, {{block:-date_format}} [{formats}]."
    return Fault(Code.BAD_DATE, _expected(rules, advice))


def _expected(rules: CellRules, advice: str) -> dict[str, object]:
    formats = " or ".join(rules.date_formats)
    return {
        "expected": f"in the format {formats}" if formats else "as in ISO 8601",
        "advice": advice,
    }


def _fits(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)  # noqa: DTZ007  only whether it fits
    except ValueError:
        return False
    return True


def _numeric(found: re.Match[str]) -> Fault:
    """A date of numbers alone: the column decides what is said about it."""
    first, second = int(found[1]), int(found[3])
    return Fault(
        Code.AMBIGUOUS_DATE,
        {"first": first, "second": second, "tail": _tail(found), "mark": found[2]},
    )


def _other_order(found: re.Match[str]) -> str:
    """The format that a date of numbers alone has; a format beside it would mix the orders."""
    tail = _tail(found)
    day_first, month_first = (
        f'"{each}{tail}"' for each in (f"%d{found[2]}%m{found[2]}", f"%m{found[2]}%d{found[2]}")
    )
    first, second = int(found[1]), int(found[3])
    guess = f"{day_first} (day first) or {month_first} (month first)"
    if (first > 12) is not (second > 12):
        guess = day_first if first > 12 else month_first
    return f"If all are written so, {{block:-date_format}} {guess}."


def _tail(found: re.Match[str]) -> str:
    """The format of what follows day and month."""
    year = "%Y" if len(found[4]) == 4 else "%y"
    if not found[5]:
        return year
    clock = "%I:%M" if found[7] else "%H:%M"
    seconds = ":%S" if found[6] else ""
    half = f"{' ' if ' ' in found[7] else ''}%p" if found[7] else ""
    return f"{year}{'T' if 'T' in found[5] else ' '}{clock}{seconds}{half}"


def after(day: date) -> datetime:
    """Midnight after a day, without a zone: the first value of a date column that lies after it."""
    return datetime(day.year, day.month, day.day) + timedelta(days=1)  # noqa: DTZ001  a date
