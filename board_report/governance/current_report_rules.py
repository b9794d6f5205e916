"""Read the dated data on current reports: what each form is called and what each item asks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

UNDETERMINED = "undetermined"
"""The aspect under which is said what is not determined or not available."""


@dataclass(frozen=True)
class ReportForm:
    """What stands on the cover of a form."""

    kind: str
    pursuant: str
    event_label: str
    is_domestic: bool


@dataclass(frozen=True)
class ReportItem:
    """An item of a form, and the aspects without which it is not complete."""

    title: str
    asks: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    """For counsel: head and text."""


@dataclass(frozen=True)
class ReportAspect:
    """One thing that is said of an incident."""

    label: str
    paragraph: str


@dataclass(frozen=True)
class ReportRules:
    """The rule data of one date."""

    checked_on: date
    sources: tuple[str, ...]
    forms: Mapping[str, ReportForm]
    items: Mapping[str, ReportItem]
    """By number; empty for a form that has no items."""
    aspects: Mapping[str, ReportAspect]
    """In the order of the text."""


@cache
def load_report_rules() -> ReportRules:
    """The rule data shipped with the program."""
    path = Path(__file__).with_name("current_reports.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return ReportRules(
        checked_on=data["checked_on"],
        sources=tuple(data["sources"]),
        forms={name: ReportForm(**each) for name, each in data["forms"].items()},
        items={
            name: ReportItem(
                each["title"],
                tuple(each["asks"]),
                tuple((note["head"], note["text"]) for note in each["notes"]),
            )
            for name, each in data["items"].items()
        },
        aspects={name: ReportAspect(**each) for name, each in data["aspects"].items()},
    )
