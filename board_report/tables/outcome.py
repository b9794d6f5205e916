"""What comes of reading a cell, and the rules it is read by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from board_report.tables.codes import Code


@dataclass(frozen=True, slots=True)
class Parsed:
    """A typed value, and what was remarked about it."""

    value: Any
    remarks: tuple[Code, ...] = ()
    has_offset: bool = True
    """False for a time that was written without its offset from UTC."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell could not be read; the row is set aside."""

    code: Code
    facts: Mapping[str, object] = field(default_factory=dict)
    remarks: tuple[Code, ...] = ()


Outcome = Parsed | Fault


@dataclass(frozen=True)
class CellRules:
    """How the cells of one file are written."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """Zone of times without an offset."""
    day_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """Zone in which the company's days begin."""
    date_formats: tuple[str, ...] = ()
    decimal_comma: bool = False
    ratio_as: str = "fraction"
    currency: str = "USD"
    business_units: tuple[str, ...] = ()
