"""The record of one incident: its entries, which of them count, and what they say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from board_report.governance.incident_kinds import (
    KIND_OF,
    Aspect,
    Bearing,
    Content,
    Correction,
    Delay,
    DelayBasis,
    Determination,
    Determined,
    Discovered,
    EntryKind,
    Event,
    Fact,
    Factor,
    FactorSaid,
    FactState,
    Filed,
    Form,
    Notified,
    Related,
    Statement,
    StatementAspect,
)

Said = TypeVar("Said", bound=Content)


@dataclass(frozen=True)
class Entry:
    """One entry, as its file holds it."""

    number: int
    """1 for the first of the incident."""
    incident_id: str
    at: datetime
    """When what it says happened or was said, with its offset from UTC."""
    zone: str
    """The time zone that the time was given in; empty where an offset was given."""
    role: str
    """Of whoever says so."""
    person: str
    """Who held the role on that day."""
    entered_at: datetime
    """When it was put on record."""
    content: Content
    previous_sha256: str = ""
    """Of the file before; empty for the first."""
    file: str = ""
    """Relative to the project."""

    @property
    def kind(self) -> EntryKind:
        """What kind of entry it is."""
        return KIND_OF[type(self.content)]

    @property
    def order(self) -> tuple[datetime, int]:
        """By which entries of one kind follow one another."""
        return self.at, self.number


@dataclass(frozen=True)
class IncidentRecord:
    """All entries of one incident that can be relied on, in the order of their numbers."""

    incident_id: str
    entries: tuple[Entry, ...]

    def with_entry(self, entry: Entry) -> IncidentRecord:
        """The record with one more entry."""
        return replace(self, entries=(*self.entries, entry))

    def known_at(self, instant: datetime) -> IncidentRecord:
        """The record as far as it speaks of what was before an instant."""
        kept = tuple(each for each in self.entries if each.at < instant)
        return IncidentRecord(self.incident_id, kept)

    @cached_property
    def corrected(self) -> Mapping[int, Entry]:
        """Number of each entry that no longer counts, and the entry that says so."""
        found = {}
        for each in self.entries:
            if isinstance(each.content, Correction):
                found[each.content.corrects] = each
        return found

    @cached_property
    def active(self) -> tuple[Entry, ...]:
        """The entries that count, without corrections."""
        return tuple(
            each
            for each in self.entries
            if each.number not in self.corrected and not isinstance(each.content, Correction)
        )

    def said(self, kind: type[Said]) -> Iterator[tuple[Entry, Said]]:
        """The entries of one kind that count, with what they say, the earliest first."""
        for each in sorted(self.active, key=lambda one: one.order):
            if isinstance(each.content, kind):
                yield each, each.content

    # --- discovery and determination -------------------------------------------------------------

    @cached_property
    def discovered(self) -> Entry | None:
        """The entry of the discovery; None where none counts."""
        return next((entry for entry, _ in self.said(Discovered)), None)

    @property
    def title(self) -> str:
        """What the incident is called; empty without a discovery."""
        content = self.discovered.content if self.discovered else None
        return content.title if isinstance(content, Discovered) else ""

    @cached_property
    def determinations(self) -> tuple[tuple[Entry, Determination], ...]:
        """Every determination, the earliest first."""
        return tuple(self.said(Determination))

    @property
    def state(self) -> Determined:
        """What was determined last; not yet determined where nothing was."""
        return self.determinations[-1][1].state if self.determinations else Determined.NOT_YET

    @cached_property
    def determined(self) -> Entry | None:
        """The entry from which what was determined last has held without a break."""
        found = None
        for entry, said in self.determinations:
            if said.state is not self.state:
                found = None
            elif found is None:
                found = entry
        return None if self.state is Determined.NOT_YET else found

    # --- facts, factors, related incidents -------------------------------------------------------

    @cached_property
    def facts(self) -> Mapping[str, tuple[tuple[Entry, Fact], ...]]:
        """Name of each fact and all that was said of it, the earliest first."""
        found: dict[str, list[tuple[Entry, Fact]]] = {}
        for entry, fact in self.said(Fact):
            found.setdefault(fact.name, []).append((entry, fact))
        return {name: tuple(each) for name, each in found.items()}

    def undetermined_at(self, instant: datetime) -> tuple[tuple[Entry, Fact], ...]:
        """The facts that were not determined or not available at an instant."""
        found = []
        for history in self.facts.values():
            before = [each for each in history if each[0].at <= instant]
            if before and before[-1][1].state is FactState.UNDETERMINED:
                found.append(before[-1])
        return tuple(found)

    @property
    def undetermined(self) -> tuple[tuple[Entry, Fact], ...]:
        """The facts that are not determined or not available yet."""
        return tuple(
            history[-1]
            for history in self.facts.values()
            if history[-1][1].state is FactState.UNDETERMINED
        )

    @property
    def undetermined_aspects(self) -> tuple[Aspect, ...]:
        """Aspects of Item 1.05(a) of which something is not determined, in their order."""
        found = {fact.aspect for _, fact in self.undetermined}
        return tuple(each for each in Aspect if each in found and each is not Aspect.OTHER)

    @cached_property
    def related(self) -> tuple[tuple[Entry, Related], ...]:
        """The incidents that this one is looked at together with, each once."""
        return tuple({said.other_id: (entry, said) for entry, said in self.said(Related)}.values())

    @cached_property
    def factors(self) -> tuple[tuple[Entry, FactorSaid], ...]:
        """What was said last of each factor; of aggregation, for each related incident."""
        last = {
            (each.factor, each.related_id): (entry, each) for entry, each in self.said(FactorSaid)
        }
        order = list(Factor)
        return tuple(
            sorted(last.values(), key=lambda one: (order.index(one[1].factor), one[1].related_id))
        )

    @property
    def unknown_factors(self) -> tuple[str, ...]:
        """Factors of which nobody has said whether they bear, in words: ``aggregation with A``."""
        known = {
            (each.factor, each.related_id)
            for _, each in self.factors
            if each.bearing is not Bearing.UNKNOWN
        }
        asked: list[tuple[Factor, str]] = [(each, "") for each in Factor]
        asked.remove((Factor.AGGREGATION, ""))
        asked += [(Factor.AGGREGATION, each.other_id) for _, each in self.related]
        if not self.related:
            asked.append((Factor.AGGREGATION, ""))
        return tuple(
            f"{factor} with {other}" if other else str(factor)
            for factor, other in asked
            if (factor, other) not in known
        )

    # --- what was said and done outside ----------------------------------------------------------

    @cached_property
    def statements(self) -> tuple[tuple[Entry, Statement], ...]:
        """The latest public statement of each aspect, in the order of the aspects."""
        last = {each.aspect: (entry, each) for entry, each in self.said(Statement)}
        return tuple(last[each] for each in StatementAspect if each in last)

    @cached_property
    def filings(self) -> tuple[tuple[Entry, Filed], ...]:
        """Every filing, the earliest first."""
        return tuple(self.said(Filed))

    def filed(self, *forms: Form) -> tuple[Entry, ...]:
        """The filings on some forms, the earliest first."""
        return tuple(entry for entry, each in self.filings if each.form in forms)

    def event(self, name: str) -> Entry | None:
        """The first entry that says that an event happened."""
        return next((entry for entry, each in self.said(Event) if each.event == name), None)

    def notified(self, duty: str) -> Entry | None:
        """The first entry that says that a duty was fulfilled."""
        return next((entry for entry, each in self.said(Notified) if each.duty == duty), None)

    def delays(self, basis: DelayBasis) -> tuple[tuple[Entry, Delay], ...]:
        """The steps of one kind of delay, the earliest first."""
        return tuple((entry, each) for entry, each in self.said(Delay) if each.basis is basis)
