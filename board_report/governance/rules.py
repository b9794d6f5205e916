"""Read the dated rule data: what Item 106 asks, in which order, and for which form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from board_report.errors import ProjectError


@dataclass(frozen=True)
class FormRule:
    """How one annual report calls and numbers the item."""

    form: str
    item: str
    """``Item 1C``."""
    title: str
    rule: str
    """``Item 106``."""
    rule_in_full: str
    prefix: str
    """What stands before a paragraph: ``106`` in ``106(b)(1)``."""
    note: str
    """What is not certain about it; empty when nothing is."""


@dataclass(frozen=True)
class SubItem:
    """One thing that the rule asks."""

    id: str
    """As in the ``sub_item`` column of the governance tables."""
    paragraph: str
    """``(b)(1)(i)``."""
    heading: str
    """Number of the heading that it stands under: ``1.2``."""
    label: str
    asks: str
    requirement: str
    always: bool = False
    """True where "not applicable" is no answer."""
    flag: str = ""
    """Element of the taxonomy for the yes-or-no fact; empty where there is none."""
    fact: str = ""
    no_is_told: bool = False
    """True where "no" is told in words as fully as "yes"."""
    names_committee: bool = False
    """True where the text has to name the committee that oversees."""
    names_positions: bool = False
    """True where the text names the officers who manage the risks, and may say their lines."""


@dataclass(frozen=True)
class Heading:
    """A numbered heading of the text."""

    number: str
    title: str


@dataclass(frozen=True)
class Section:
    """A numbered section of the text and its headings."""

    number: str
    title: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Rules:
    """The rule data of one date."""

    checked_on: date
    sources: tuple[str, ...]
    forms: Mapping[str, FormRule]
    sections: tuple[Section, ...]
    sub_items: tuple[SubItem, ...]

    def form(self, name: str) -> FormRule:
        """How a form calls and numbers the item.

        Raises:
            ProjectError: the item is not drafted for that form.
        """
        if name in self.forms:
            return self.forms[name]
        known = " or ".join(self.forms)
        raise ProjectError(
            f"no cybersecurity item is drafted for Form {name!r}.",
            where="report.toml: company.form",
            mend=f"Say {known}.",
        )


@cache
def load_rules() -> Rules:
    """The rule data shipped with the program."""
    text = Path(__file__).with_name("rules.toml").read_text(encoding="utf-8")
    return read_rules(text)


def read_rules(text: str) -> Rules:
    """Rule data from the text of a ``rules.toml``.

    Raises:
        ValueError: a sub-item stands under a heading that does not exist.
    """
    data = tomllib.loads(text)
    rules = Rules(
        checked_on=data["checked_on"],
        sources=tuple(data["sources"]),
        forms={name: FormRule(form=name, **form) for name, form in data["forms"].items()},
        sections=tuple(
            Section(
                each["number"],
                each["title"],
                tuple(Heading(**heading) for heading in each["headings"]),
            )
            for each in data["sections"]
        ),
        sub_items=tuple(SubItem(**each) for each in data["sub_items"]),
    )
    numbers = {heading.number for section in rules.sections for heading in section.headings}
    lost = [each.id for each in rules.sub_items if each.heading not in numbers]
    if lost:
        raise ValueError(f"no heading for {', '.join(lost)}")
    return rules
