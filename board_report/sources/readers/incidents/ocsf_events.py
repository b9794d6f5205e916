"""What the events of OCSF say together: when a finding was created, and since when resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

Event = Mapping[str, str]

_CREATE = "1"
"""activity_id of the event that reports the creation of a finding."""
_RESOLVED = ("4", "5")
"""status_id of an incident that is resolved or closed."""


def text_of(event: Event, *names: str) -> str:
    """The first of these fields that has a value."""
    return next(filter(None, (event.get(name, "") for name in names)), "")


def finding_uid(event: Event) -> str:
    """The finding's identifier, under its name of today or that of class 2001."""
    return text_of(event, "finding_info.uid", "finding.uid")


def _time(event: Event) -> str:
    return text_of(event, "time", "time_dt")


def place_of(time: str) -> tuple[bool, Decimal, str]:
    """Where a time stands among others: numbers by size, other texts after them."""
    try:
        number = Decimal(time)
    except ArithmeticError:
        return True, Decimal(0), time
    return (False, number, "") if number.is_finite() else (True, Decimal(0), time)


def created_times(events: list[dict[str, str]], key_of: Callable[[Event], str]) -> dict[str, str]:
    """The time of each key's earliest Create event."""
    found: dict[str, str] = {}
    for event in events:
        if event.get("activity_id") == _CREATE:
            key, time = key_of(event), _time(event)
            found[key] = min(found.get(key, time), time, key=place_of)
    return found


def resolved_since(events: list[dict[str, str]], key_of: Callable[[Event], str]) -> list[str]:
    """For each event the time since which its incident has been resolved or closed."""
    since: dict[str, str] = {}
    found = [""] * len(events)
    for at in sorted(range(len(events)), key=lambda at: place_of(_time(events[at]))):
        key, event = key_of(events[at]), events[at]
        is_resolved = event.get("status_id") in _RESOLVED
        since[key] = (since.get(key) or _time(event)) if is_resolved else ""
        found[at] = since[key]
    return found
