"""Combine fields of a VERIS record into the few that stand for it: dates, hours, leading words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from board_report.sources.readers.incidents.wrapped import Texts

SECONDS = {
    "Seconds": Decimal(1),
    "Minutes": Decimal(60),
    "Hours": Decimal(3600),
    "Days": Decimal(86_400),
    "Weeks": Decimal(7 * 86_400),
    "Months": Decimal("730.5") * 3600,
    "Years": Decimal(8766) * 3600,
}
"""Length of each unit of VERIS; a month of 730.5 and a year of 8,766 hours are our convention."""

ORDER = (
    ("malware", "Ransomware"),
    ("hacking", "DoS"),
    ("malware", "DoS"),
    ("social", "Phishing"),
    ("malware", ""),
    ("hacking", ""),
    ("misuse", ""),
    ("physical", "Theft"),
    ("error", "Loss"),
    ("physical", ""),
    ("error", ""),
    ("social", ""),
    ("environmental", ""),
    ("unknown", ""),
)
"""(action, variety) pairs: the first that a record has is its leading action."""

_SPANS = ("compromise", "exfiltration", "discovery", "containment")
_SIDES = {"Int": "internal", "Ext": "external", "Prt": "partner"}
"""How VERIS before 1.3.6 wrote who discovered an incident: ``Ext - customer``."""
_LONGEST = 10**12
"""Units beyond which no moment can be computed, nor need be."""
_NO_DEVICE = ("M - Documents", "M - Payment card")


def derived(record: Mapping[str, Any], flat: Texts) -> dict[str, str]:
    """The fields that are made of a record's own.

    ``timeline.incident.precision`` is day, month, year or none: how much of the date is known.
    ``timeline.*.hours`` are the spans that have a number and a unit of time. Where the day is
    known, ``timeline.detected`` is that day plus the span to discovery and ``timeline.occurred``
    the day; without a number for that span, the day is ``timeline.detected`` alone.
    ``timeline.contained`` is ``timeline.detected`` plus the span from discovery to containment.
    """
    seconds = {name: _seconds(flat, f"timeline.{name}") for name in _SPANS}
    precision, day = _date(flat)
    return {
        **{f"timeline.{name}.hours": _hours(each) for name, each in seconds.items()},
        "timeline.incident.precision": precision,
        **dict(_moments(day, seconds["discovery"], seconds["containment"])),
        "attribute.availability.interruption_hours": _interruption(flat),
        "action.leading": _leading_action(record, flat),
        "discovery_method.leading": _discovered_by(record.get("discovery_method")),
        **_amount(flat),
    }


def _seconds(flat: Texts, span: str) -> Decimal | None:
    """The length of a span that has a number and a unit of time; one beyond bounds is infinite."""
    unit = SECONDS.get(flat.get(f"{span}.unit", ""))
    try:
        value = Decimal(flat.get(f"{span}.value", ""))
    except ArithmeticError:
        return None
    if not unit or not value.is_finite():
        return None
    if value.adjusted() >= 12:
        return Decimal("Infinity")
    return (value * unit).quantize(Decimal("0.000001"))


def _hours(seconds: Decimal | None) -> str:
    return "" if seconds is None else f"{(seconds / 3600).normalize():f}"


def _date(flat: Texts) -> tuple[str, str]:
    """How much of the incident's date is known, and the date where it is all known."""
    year, month, day = (flat.get(f"timeline.incident.{part}", "") for part in _PARTS)
    if year and month and day:
        return "day", f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    if year and month:
        return "month", ""
    return ("year" if year else "none"), ""


_PARTS = ("year", "month", "day")


def _moments(
    day: str, discovery: Decimal | None, containment: Decimal | None
) -> Iterator[tuple[str, str]]:
    if not day:
        return
    yield "timeline.occurred", "" if discovery is None else day
    yield "timeline.detected", _after(day, discovery)
    if containment is not None:
        yield "timeline.contained", _after(day, containment + (discovery or 0))


def _after(day: str, seconds: Decimal | None) -> str:
    """The moment so long after the beginning of a day; a date that cannot be stays as written."""
    if seconds is None:
        return day
    if abs(seconds) > _LONGEST:
        return f"{day} + {seconds} seconds"
    try:
        moment = datetime.fromisoformat(day) + timedelta(seconds=round(seconds))
    except (ValueError, OverflowError):
        return f"{day} + {seconds} seconds"
    return moment.isoformat(timespec="seconds")


def _interruption(flat: Texts) -> str:
    """Hours that something was out of service; a lost or stolen thing is no interruption."""
    varieties = flat.get("attribute.availability.variety", "").split(";")
    if "Interruption" not in varieties:
        return ""
    return _hours(_seconds(flat, "attribute.availability.duration"))


def _leading_action(record: Mapping[str, Any], flat: Texts) -> str:
    """The action that stands for the incident, such as ``malware.Ransomware``."""
    actions = _keys(record.get("action"))
    for action, variety in ORDER:
        varieties = flat.get(f"action.{action}.variety", "").split(";")
        if action in actions and (not variety or variety in varieties):
            name = f"{action}.{variety}" if variety else action
            detail = _detail(name, record)
            return f"{name} ({detail})" if detail else name
    return ""


def _detail(name: str, record: Mapping[str, Any]) -> str:
    """What decides about the kind of incident beside its action."""
    if name == "misuse":
        return "internal" if "internal" in _keys(record.get("actor")) else ""
    if name == "error":
        return "disclosure" if "confidentiality" in _keys(record.get("attribute")) else ""
    if name not in ("physical.Theft", "error.Loss"):
        return ""
    assets = set(_assets(record))
    if any(each[:1] in "MNSTU" and each not in _NO_DEVICE for each in assets):
        return "device"
    return "documents" if "M - Documents" in assets else ""


def _assets(record: Mapping[str, Any]) -> Iterator[str]:
    """Varieties of the assets: ``U - Laptop``."""
    asset = record.get("asset")
    listed = asset.get("assets") if isinstance(asset, dict) else None
    for each in listed if isinstance(listed, list) else ():
        variety = each.get("variety") if isinstance(each, dict) else None
        if isinstance(variety, str) and variety[1:4] == " - ":
            yield variety


def _discovered_by(method: Any) -> str:
    """Who discovered it, as ``internal.Log review``; ``several`` where it was more than one."""
    if isinstance(method, str):
        side, dash, variety = method.partition(" - ")
        return f"{_SIDES.get(side, side)}.{variety}" if dash else method
    named = [
        f"{side}.{variety}" for side in _SIDES.values() for variety in _varieties(method, side)
    ]
    if len(named) > 1:
        return "several"
    return named[0] if named else next(iter(_keys(method)), "")


def _varieties(method: Any, side: str) -> list[str]:
    found = method.get(side) if isinstance(method, dict) else None
    listed = found.get("variety") if isinstance(found, dict) else None
    return [str(each) for each in listed] if isinstance(listed, list) else []


def _amount(flat: Texts) -> dict[str, str]:
    """The loss in a field of its own currency, ``impact.overall_amount.EUR``, with its code."""
    currency, amount = (flat.get(f"impact.{name}", "") for name in _MONEY)
    return (
        {f"impact.overall_amount.{currency}": f"{currency} {amount}"} if currency and amount else {}
    )


_MONEY = ("iso_currency_code", "overall_amount")


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, dict) else ()
