"""The elements that can be tagged: cyd from a table of ours, dei from its published schema."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

BOOLEAN = "xbrli:booleanItemType"
TEXT_BLOCK = "dtr-types:textBlockItemType"
_HERE = Path(__file__).parent
_DEI = re.compile(r"<xs:element\b([^>]*)>")


@dataclass(frozen=True)
class Element:
    """One element of the cyd taxonomy, as seen in public filings."""

    name: str
    """Local name, without ``cyd:``."""
    type: str
    substitution_group: str
    is_abstract: bool
    network: str
    """``af`` for annual reports, ``cr`` for reports of incidents."""
    parent: str
    """The element above it in the presentation; empty for the head."""
    order: int
    sub_item: str
    """The sub-item that it answers, as in the rule data; empty for what carries no fact."""
    label: str
    """Standard label; empty where none was seen."""
    label_2024: str
    """The label of 2024, where it was another."""
    documentation: str
    """What it tags, in the program's own words."""

    @property
    def is_flag(self) -> bool:
        """Whether its fact is yes or no."""
        return self.type == BOOLEAN

    @property
    def is_text_block(self) -> bool:
        """Whether its fact is a stretch of the text."""
        return self.type == TEXT_BLOCK

    def label_of(self, year: int) -> str:
        """The label of a year's taxonomy."""
        return self.label_2024 if year == 2024 and self.label_2024 else self.label


@cache
def cyd_elements() -> Mapping[str, Element]:
    """Every cyd element on record by its local name, in the order of presentation."""
    with (_HERE / "cyd_elements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType(
        {
            row["element"]: Element(
                name=row["element"],
                type=row["type"],
                substitution_group=row["substitution_group"],
                is_abstract=row["abstract"] == "true",
                network=row["network"],
                parent=row["parent"],
                order=int(row["order"]),
                sub_item=row["sub_item"],
                label=row["label"],
                label_2024=row["label_2024"],
                documentation=row["documentation"],
            )
            for row in rows
        }
    )


def network_elements(network: str) -> tuple[Element, ...]:
    """The elements of one network, in the order of presentation."""
    return tuple(each for each in cyd_elements().values() if each.network == network)


@cache
def dei_schema_text() -> str:
    """The dei schema of 2024, which its authors placed in the public domain."""
    return (_HERE / "dei-2024.xsd").read_text(encoding="ascii")


@cache
def dei_types() -> Mapping[str, str]:
    """Type of each dei element that can carry a fact, by local name: ``xbrli:booleanItemType``."""
    found = {}
    for attributes in _DEI.findall(dei_schema_text()):
        given = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        if "name" in given and given.get("abstract") != "true":
            found[given["name"]] = given["type"]
    return MappingProxyType(found)
