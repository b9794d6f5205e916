"""Who oversees cyber risk, and how often they met on it in the trailing year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from board_report.governance.rows import Row, day_of, flag_of, text_of

_BOARD = ("board", "board of directors", "supervisory board", "full board")


@dataclass(frozen=True)
class CommitteeMeeting:
    """One meeting of the board or of a committee; None where nothing was recorded."""

    committee: str
    on: date
    is_cyber_on_agenda: bool | None
    is_ciso_present: bool | None
    is_cto_present: bool | None
    is_executive_session: bool | None
    minutes_ref: str


@dataclass(frozen=True)
class Oversight:
    """The committee that oversees cyber risk and the meetings of a stretch of time."""

    committee: str
    """Empty when no meeting of any committee had the subject on its agenda."""
    first_day: date
    last_day: date
    meetings: tuple[CommitteeMeeting, ...]
    """Every meeting of the board or a committee in that time, by date."""

    @property
    def cyber_meetings(self) -> tuple[CommitteeMeeting, ...]:
        """Those with cybersecurity on the agenda."""
        return tuple(each for each in self.meetings if each.is_cyber_on_agenda)

    @property
    def executive_sessions(self) -> tuple[CommitteeMeeting, ...]:
        """Those in which the CISO met the directors without management."""
        return tuple(each for each in self.meetings if each.is_executive_session)

    @property
    def last(self) -> CommitteeMeeting | None:
        """The latest meeting with cybersecurity on the agenda."""
        return self.cyber_meetings[-1] if self.cyber_meetings else None


def committee_meetings(rows: Iterable[Row]) -> tuple[CommitteeMeeting, ...]:
    """The rows of ``committee_calendar`` as meetings, by date; columns that are absent are None."""
    found = (
        CommitteeMeeting(
            committee=text_of(row, "committee"),
            on=on,
            is_cyber_on_agenda=flag_of(row, "is_cyber_on_agenda"),
            is_ciso_present=flag_of(row, "is_ciso_present"),
            is_cto_present=flag_of(row, "is_cto_present"),
            is_executive_session=flag_of(row, "is_executive_session"),
            minutes_ref=text_of(row, "minutes_ref"),
        )
        for row in rows
        if (on := day_of(row, "meeting_on")) is not None
    )
    return tuple(sorted(found, key=lambda each: (each.on, each.committee)))


def oversight(
    meetings: Sequence[CommitteeMeeting], first_day: date, last_day: date, *, named: str = ""
) -> Oversight:
    """The meetings between two days (both included), and the committee that oversees.

    Args:
        meetings: as made by :func:`committee_meetings`.
        first_day: usually the first day of the trailing year.
        last_day: the last day that counts, usually the as-of date.
        named: the committee that ``report.toml`` names; empty takes the committee that most often
            had cybersecurity on its agenda, and the board itself only where no committee did.
    """
    held = tuple(each for each in meetings if first_day <= each.on <= last_day)
    return Oversight(named or _overseer(held), first_day, last_day, held)


def _overseer(meetings: Sequence[CommitteeMeeting]) -> str:
    counts = Counter(each.committee for each in meetings if each.is_cyber_on_agenda)
    ranked = sorted(counts, key=lambda name: (is_board(name), -counts[name], name))
    return ranked[0] if ranked else ""


def is_board(name: str) -> bool:
    """True when the name is the board's own and not a committee's."""
    return name.casefold() in _BOARD


def next_meeting(meetings: Sequence[CommitteeMeeting], after: date) -> CommitteeMeeting | None:
    """The first meeting after a day, where one is in the calendar."""
    return next((each for each in meetings if each.on > after), None)
