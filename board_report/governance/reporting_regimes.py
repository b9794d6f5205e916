"""Notifications that other regimes ask for: read from dated data, and chosen by the company's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from board_report.toml_reader import Section, parse_toml

FILE = "governance/reporting_regimes.toml"
"""Where a project keeps its own."""
DISCOVERED = "discovered"
NOTIFIED = "notified:"
CHECKED = ("secondary", "memory", "source")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True)
class Limit:
    """How long a notification may take, from what."""

    after: str
    """An event's name, ``discovered``, or ``notified:ID``."""
    hours: int = 0
    days: int = 0
    months: int = 0

    @property
    def is_of_days(self) -> bool:
        """Whether it ends with a day, and not at an hour of one."""
        return not self.hours

    def due(self, start: datetime) -> datetime:
        """The instant at which it runs out.

        Hours are exact. Days and months end with their last day, by the clocks of ``start``; a
        day that a month does not have is its last.
        """
        if self.hours:
            return (start.astimezone(UTC) + timedelta(hours=self.hours)).astimezone(start.tzinfo)
        later = _months_later(start, self.months) if self.months else start
        return (later + timedelta(days=self.days)).replace(hour=23, minute=59, second=59)

    @property
    def words(self) -> str:
        """``72 hours``."""
        units = ((self.hours, "hour"), (self.days, "day"), (self.months, "month"))
        count, unit = next(each for each in units if each[0])
        return f"{count} {unit}{'' if count == 1 else 's'}"


def _months_later(start: datetime, months: int) -> datetime:
    years, month = divmod(start.month - 1 + months, 12)
    first = start.replace(year=start.year + years, month=month + 1, day=1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(start.day, last.day))


@dataclass(frozen=True)
class Duty:
    """One notification that a regime asks for."""

    id: str
    regime: str
    matches: tuple[str, ...]
    """As a company may call the regime."""
    name: str
    rule: str
    to: str
    limits: tuple[Limit, ...]
    checked: str
    """``source``, ``secondary`` or ``memory``: what it was checked against."""
    source: str
    note: str
    checked_on: date
    later_alone: str = ""
    """An event whose limit holds alone where it happens after the others have run out."""

    def is_asked(self, regimes: Iterable[str]) -> bool:
        """Whether a company that is under these regimes owes it."""
        own = {_plain(each) for each in (self.regime, *self.matches)}
        return any(_plain(each) in own for each in regimes)

    @property
    def checked_words(self) -> str:
        """What it was checked against, and when."""
        how = {
            "source": "checked against the source",
            "secondary": "checked against secondary copies",
            "memory": "from memory, checked by nobody",
        }[self.checked]
        return f"{how}, {self.checked_on.isoformat()}"


@dataclass(frozen=True)
class Regimes:
    """All notifications that are known, and the words of the events that start their clocks."""

    duties: tuple[Duty, ...]
    events: Mapping[str, str]

    def asked(self, regimes: Iterable[str]) -> Regimes:
        """Those that a company owes, with the events that start their clocks."""
        named = tuple(regimes)
        duties = tuple(each for each in self.duties if each.is_asked(named))
        wanted = {limit.after for duty in duties for limit in duty.limits}
        return Regimes(
            duties, {name: words for name, words in self.events.items() if name in wanted}
        )

    def duty(self, duty_id: str) -> Duty | None:
        """The notification of that id; None where there is none."""
        return next((each for each in self.duties if each.id == duty_id), None)

    def words(self, after: str) -> str:
        """What starts a limit, in words."""
        if after == DISCOVERED:
            return "discovery"
        if after.startswith(NOTIFIED):
            duty = self.duty(after.removeprefix(NOTIFIED))
            return f"making the {duty.name[:1].lower()}{duty.name[1:]}" if duty else after
        return self.events.get(after, after)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def load_regimes(folder: Path | None = None) -> Regimes:
    """What comes with the program, with what a project adds or puts in its place.

    Raises:
        ProjectError: the project's file cannot be read, or says what cannot be.
    """
    shipped = _shipped()
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return shipped
    own = read_regimes(path.read_bytes(), FILE, shipped)
    kept = {each.id: each for each in shipped.duties} | {each.id: each for each in own.duties}
    return Regimes(tuple(kept.values()), {**shipped.events, **own.events})


@cache
def _shipped() -> Regimes:
    path = Path(__file__).with_name("reporting_regimes.toml")
    return read_regimes(path.read_bytes(), path.name)


def read_regimes(content: bytes, file: str, known: Regimes | None = None) -> Regimes:
    """Regimes from the bytes of a ``reporting_regimes.toml``.

    Args:
        content: of the file.
        file: its name, for messages.
        known: regimes whose events and notifications a limit may start from, too.

    Raises:
        ProjectError: something in it cannot be; with the key and its line.
    """
    top = parse_toml(content, file)
    top.only("checked_on", "duties", "events")
    checked_on = top.day("checked_on")
    if checked_on is None:
        raise top.error("checked_on", "it is missing.", "Add checked_on = 2026-11-28.")
    events = top.text_map("events")
    duties = tuple(_duty(each, checked_on) for each in top.sections("duties"))
    _check(top, duties, events, known or Regimes((), {}))
    return Regimes(duties, events)


def _duty(section: Section, checked_on: date) -> Duty:
    section.only(
        *("id", "regime", "matches", "name", "rule", "to", "limits", "checked", "source", "note"),
        *("checked_on", "later_alone"),
    )
    name = section.text("id")
    if not _NAME.fullmatch(name):
        raise section.error("id", f"{name!r} is no id.", "Use small letters, digits and _.")
    limits = tuple(_limit(each) for each in section.sections("limits"))
    if not limits:
        raise section.error(
            "limits", "it is missing.", 'Add limits = [{ after = "...", hours = 72 }].'
        )
    return Duty(
        id=name,
        regime=section.text("regime"),
        matches=section.texts("matches", ()),
        name=section.text("name"),
        rule=section.text("rule"),
        to=section.text("to", ""),
        limits=limits,
        checked=section.choice("checked", CHECKED),
        source=section.text("source"),
        note=section.text("note", ""),
        checked_on=section.day("checked_on") or checked_on,
        later_alone=section.text("later_alone", ""),
    )


def _limit(section: Section) -> Limit:
    section.only("after", "hours", "days", "months")
    given = [each for each in ("hours", "days", "months") if each in section.values]
    if len(given) != 1:
        raise section.error("", "a limit has exactly one length.", "Give hours, days or months.")
    length = {given[0]: section.integer(given[0], least=1, most=9999)}
    return Limit(section.text("after"), **length)


def _check(
    top: Section, duties: tuple[Duty, ...], events: Mapping[str, str], known: Regimes
) -> None:
    ids = {each.id for each in (*duties, *known.duties)}
    starts = {DISCOVERED, *events, *known.events, *(f"{NOTIFIED}{each}" for each in ids)}
    for section, duty in zip(top.sections("duties"), duties, strict=True):
        for limit in duty.limits:
            if limit.after not in starts:
                raise section.error(
                    "limits",
                    f"{limit.after!r} starts no clock.",
                    f'Say in [events] what it is: {limit.after} = "...".',
                )
    if len({each.id for each in duties}) < len(duties):
        raise top.error("duties", "an id is given twice.", "Give each notification its own id.")
