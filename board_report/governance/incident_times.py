"""Read an instant as a person writes it: with an offset, or by the clocks of a time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from board_report.governance.incident_codes import IncidentCode, IncidentError

_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2})?\s*(Z|[+-]\d{2}:?\d{2})?", re.I)
YEARS = range(2000, 2101)
"""Years that an incident can be of."""


def read_instant(text: str, zone: str, *, is_zone_asked: bool = False) -> tuple[datetime, str]:
    """An instant with its offset, and the zone that it was given in.

    Args:
        text: ``2026-09-05 23:40`` (by the clocks of the zone) or ``2026-09-05T23:40-05:00``.
        zone: the zone of a time without an offset.
        is_zone_asked: whether somebody named the zone for this time; a time with an offset must
            then be one of that zone.

    Returns:
        The instant with a fixed offset, and the zone; empty where the text had an offset and
        nobody named a zone.

    Raises:
        IncidentError: it is no time, the zone is not known, or the clocks of the zone never
            showed that time, or showed it twice.
    """
    place = find_zone(zone)
    moment = _parsed(text)
    if moment.tzinfo is not None:
        is_in_zone = moment.astimezone(place).utcoffset() == moment.utcoffset()
        if is_zone_asked and not is_in_zone:
            local = moment.astimezone(place)
            raise IncidentError(
                IncidentCode.OFFSET_DIFFERS, value=text, zone=zone, local=local.isoformat()
            )
        return moment, zone if is_zone_asked else ""
    return _settled(moment, place, text), zone


def _parsed(text: str) -> datetime:
    written = text.strip()
    if not _SHAPE.fullmatch(written):
        raise IncidentError(IncidentCode.TIME_UNREADABLE, value=text)
    day, clock = re.split(r"[T ]", written, maxsplit=1, flags=re.I)
    hour, _, rest = clock.replace(" ", "").partition(":")
    try:
        moment = datetime.fromisoformat(f"{day}T{hour:0>2}:{rest.upper()}")
    except ValueError as error:
        raise IncidentError(IncidentCode.TIME_UNREADABLE, value=text) from error
    if moment.year not in YEARS:
        raise IncidentError(IncidentCode.TIME_UNREADABLE, value=text)
    return moment


def _settled(moment: datetime, place: ZoneInfo, text: str) -> datetime:
    """A local time with its offset, where there is exactly one."""
    first, second = (moment.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return fixed(first)
    earlier, later = (each.astimezone(UTC).astimezone(place) for each in (second, first))
    if later.replace(tzinfo=None) != moment:
        raise IncidentError(
            IncidentCode.TIME_SKIPPED,
            value=text,
            zone=place.key,
            before=earlier.isoformat(timespec="minutes"),
            after=later.isoformat(timespec="minutes"),
        )
    raise IncidentError(
        IncidentCode.TIME_TWICE,
        value=text,
        zone=place.key,
        first=first.isoformat(timespec="minutes"),
        second=second.isoformat(timespec="minutes"),
    )


def fixed(moment: datetime) -> datetime:
    """The same instant, with its offset alone."""
    return datetime.fromisoformat(moment.isoformat(timespec="seconds"))


def find_zone(name: str) -> ZoneInfo:
    """The time zone of a name.

    Raises:
        IncidentError: there is none; the message names the nearest.
    """
    if name in _zones():
        return ZoneInfo(name)
    near = get_close_matches(name[:60], _zones(), n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "Write it as America/Chicago."
    raise IncidentError(IncidentCode.ZONE_UNKNOWN, value=name, hint=hint)


@cache
def _zones() -> frozenset[str]:
    """Those that are the same on every machine."""
    return frozenset(available_timezones() - {"localtime", "posixrules", "Factory"})
