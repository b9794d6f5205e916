"""How long records are kept: years by kind of record, counted from the day of the seal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

DEFAULT_YEARS = 7
"""What auditors keep for (17 CFR 210.2-06), taken as the yardstick; see docs/archive.md."""
LONGEST_YEARS = 100
DEFAULT = "default"


def kept_until(at: str, years: int) -> str:
    """The last day on which a record must be kept.

    Args:
        at: when it was sealed, as ``2026-10-28T09:15:00Z``.
        years: 29 February counts from the day after, so that nothing is kept a day too short.

    Returns:
        A date, as ``2033-10-28``.
    """
    sealed = date.fromisoformat(at[:10])
    try:
        return sealed.replace(year=sealed.year + years).isoformat()
    except ValueError:
        return date(sealed.year + years, 3, 1).isoformat()


def retention_of(
    roles: Iterable[str], at: str, years: Mapping[str, int]
) -> list[dict[str, object]]:
    """The ``retention`` of a seal: for each kind of record its years and its last day.

    Args:
        roles: kinds of record that the seal keeps.
        at: when it was sealed.
        years: by kind; ``default`` for those that are not named.
    """
    usual = years.get(DEFAULT, DEFAULT_YEARS)
    return [
        {"role": role, "years": years.get(role, usual),
         "until": kept_until(at, years.get(role, usual))}
        for role in sorted(set(roles))
    ]  # fmt: skip


def read_retention(given: Any, at: str) -> dict[str, str] | None:
    """Kind of record to its last day, from an entry; None where it is not written as it must be."""
    if not isinstance(given, list):
        return None
    found: dict[str, str] = {}
    for each in given:
        if (
            not isinstance(each, dict)
            or each.keys() != {"role", "years", "until"}
            or not isinstance(each["role"], str)
            or type(each["years"]) is not int
            or not 0 <= each["years"] <= LONGEST_YEARS
            or each["role"] in found
            or each["until"] != kept_until(at, each["years"])
        ):
            return None
        found[each["role"]] = each["until"]
    return found
