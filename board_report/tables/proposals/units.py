"""Find the unit that a header names, and the factor that makes it the column's own."""

from __future__ import annotations

import re

from board_report.tables.schema import Column, Kind

_Units = tuple[tuple[re.Pattern[str], str], ...]

_MONEY: _Units = (
    (re.compile(r"[(\[].*\b(?:m|mn|mm|mio|million|millions)\b.*[)\]]", re.I), "1000000"),
    (re.compile(r"[(\[].*\b(?:k|thousand|thousands|'?000s?|tsd)\b.*[)\]]", re.I), "1000"),
    (re.compile(r"\b(?:T|k) ?(?:€|\$|£|EUR\b|USD\b|GBP\b|CHF\b)|\bTEUR\b"), "1000"),
    (re.compile(r"[(\[].*\b(?:bn|billion|billions)\b.*[)\]]", re.I), "1000000000"),
    (re.compile(r"\bcents?\b", re.I), "1/100"),
)
_HOURS: _Units = (
    (re.compile(r"\b(?:min|mins|minute|minutes)\b", re.I), "1/60"),
    (re.compile(r"\b(?:s|sec|secs|second|seconds)\b", re.I), "1/3600"),
    (re.compile(r"\b(?:d|day|days)\b", re.I), "24"),
)


def factor_of(column: Column, header: str) -> str:
    """The factor for ``times``; empty where the header names no other unit."""
    words = header.replace("_", " ")
    if column.kind is Kind.MONEY:
        found = _MONEY
    elif column.unit == "hours":
        found = _HOURS
    else:
        return ""
    return next((factor for pattern, factor in found if pattern.search(words)), "")
