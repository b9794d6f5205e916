"""What is found in a tagged document: its facts, their contexts, and what is around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ReadContext:
    """Who facts are about and when."""

    id: str
    scheme: str
    identifier: str
    start: date | None
    """None for an instant."""
    end: date | None
    """The instant, where there is no period; None where the dates cannot be read."""
    members: tuple[tuple[str, str], ...] = ()
    """(axis, member) pairs; empty for the registrant as a whole."""


@dataclass(frozen=True)
class ReadFact:
    """One fact as it is found."""

    name: str
    """As tagged: ``cyd:...``."""
    namespace: str
    local_name: str
    context_id: str
    value: str
    """Transformed; of a text block its markup without ``ix`` elements; empty when nil."""
    text: str
    """The words alone, white space squeezed."""
    format: str
    """As tagged: ``ixt:fixed-true``; empty for none."""
    is_escaped: bool
    is_hidden: bool
    is_nil: bool
    id: str
    line: int
    continuations: int = 0
    is_number: bool = False
    """True of an ``ix:nonFraction``."""
    fault: str = ""
    """Why the value could not be made: a format unknown or not met, a continuation missing."""
    is_format_unknown: bool = False
    """True where the fault is that we do not know the format; others may."""


@dataclass(frozen=True)
class ReadDocument:
    """Everything of a document that its checks need."""

    facts: tuple[ReadFact, ...]
    """In the order of the document."""
    contexts: Mapping[str, ReadContext]
    schema_refs: tuple[str, ...]
    namespaces: Mapping[str, str]
    """Prefixes of the root element."""
    text: str
    """All visible words, white space squeezed."""
    outside: tuple[tuple[int, str], ...] = ()
    """(line, what) of everything that a browser would fetch or run."""
    has_xhtml_root: bool = True
