"""What of an incident may be made public: attested statements, dates and forms, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class IncidentStatement:
    """A statement that somebody attested for the public, on one aspect of an incident."""

    aspect: str
    """``nature``, ``scope``, ``timing``, ``impact`` or ``undetermined``."""
    text: str
    role: str
    """Of whoever attested it, as ``GC``."""
    role_title: str
    """The role in full."""
    attested_on: date


@dataclass(frozen=True)
class PriorFiling:
    """An earlier filing on the same incident."""

    form: str
    """``8-K``, ``8-K/A`` or ``6-K``."""
    item: str
    """``1.05`` or ``8.01``; empty where the form has no items."""
    filed_on: date
    """The business day on which it counts as filed."""
    accession_number: str
    """Empty where it is not on record."""
    amendment: int = 0
    """1 for the first amendment; 0 for a report that amends none."""


@dataclass(frozen=True)
class IncidentPublicRecord:
    """All that a current report on an incident may be made from; nothing names the incident."""

    form: str
    """``8-K``, ``8-K/A`` or ``6-K``."""
    item: str
    """``1.05`` or ``8.01``; empty where the form has no items."""
    amendment: int
    """1 for the first amendment; 0 for a report that amends none."""
    event_on: date | None
    """The day of the determination, in the zone it was made in; None where there is none."""
    statements: tuple[IncidentStatement, ...]
    """The latest of each aspect, in the order of the aspects."""
    undetermined: tuple[str, ...]
    """Aspects of which something is not determined or not available yet."""
    prior_filings: tuple[PriorFiling, ...]
    """In the order of their dates."""
