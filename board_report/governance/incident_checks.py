"""What is wrong with one entry beside the others: why it is refused, or a finding when on file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches

from board_report.governance.incident_codes import INCIDENT_FAULTS, IncidentCode, IncidentError
from board_report.governance.incident_delays import delay_faults
from board_report.governance.incident_kinds import (
    Correction,
    Delay,
    Determination,
    Determined,
    Discovered,
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
)
from board_report.governance.incident_record import Entry, IncidentRecord
from board_report.governance.reporting_regimes import Regimes
from board_report.governance.roles import holders_at
from board_report.governance.rows import Row
from board_report.model import Finding
from board_report.sources.faults import explained

Fault = tuple[IncidentCode, dict[str, object]]
FOREIGN = "20-F"
"""The annual report of a foreign private issuer."""
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w{1,31};|\{\{|\{%|\{#")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_MAY_BE_EMPTY = ("note", "related_id", "accession_number")
_BY_DISCOVERY = (Discovered, Correction, Related, Fact)
"""What may be dated before the discovery: a fact is known when it is known."""


@dataclass(frozen=True)
class Surroundings:
    """What entries are held against."""

    people: Sequence[Row]
    """Rows of the table ``people``."""
    known: frozenset[str]
    """Numbers of the incidents that are in the register or have a record."""
    regimes: Regimes
    """Those that the company is under."""
    annual_form: str
    """``10-K`` or ``20-F``."""


def refuse_faulty(entry: Entry, record: IncidentRecord, around: Surroundings) -> None:
    """Stop before an entry is recorded that cannot stand beside the others.

    Raises:
        IncidentError: for the first fault.
    """
    for code, facts in entry_faults(entry, record, around):
        raise IncidentError(code, where=f"incident {entry.incident_id}", **facts)


def record_findings(record: IncidentRecord, around: Surroundings) -> tuple[Finding, ...]:
    """What is wrong with the entries on file that count, each with its file."""
    return tuple(
        explained(INCIDENT_FAULTS[code], code, facts, file=entry.file)
        for entry in (*record.active, *record.corrected.values())
        for code, facts in entry_faults(entry, record, around)
    )


def entry_faults(entry: Entry, record: IncidentRecord, around: Surroundings) -> Iterator[Fault]:
    """What is wrong with an entry, beside all others of its record.

    Args:
        entry: on record, or about to be.
        record: its incident's, with or without it.
        around: what it is held against.
    """
    others = IncidentRecord(
        record.incident_id, tuple(each for each in record.entries if each.number != entry.number)
    )
    yield from _who(entry, around)
    yield from _words(entry)
    yield from _discovery(entry, others)
    content = entry.content
    if isinstance(content, Statement):
        yield from _statement(content)
    elif isinstance(content, Fact):
        yield from _fact(entry, content, others)
    elif isinstance(content, Related):
        yield from _related(content.other_id, record, around)
    elif isinstance(content, FactorSaid):
        yield from _factor(content, others)
    elif isinstance(content, Filed):
        yield from _filed(entry, content, others, around)
    elif isinstance(content, Delay):
        yield from delay_faults(entry, content, others)
    elif isinstance(content, Notified | Event):
        yield from _regime(content, around)
    elif isinstance(content, Correction):
        yield from _correction(content, others)


def _who(entry: Entry, around: Surroundings) -> Iterator[Fault]:
    day = entry.at.date()
    holders = holders_at(around.people, day)
    if entry.role not in holders:
        near = near_to(entry.role, holders)
        yield IncidentCode.ROLE_NOT_HELD, {"role": entry.role, "day": day, "near": near}
    elif holders[entry.role].person_name.casefold() != entry.person.casefold():
        yield (
            IncidentCode.PERSON_DIFFERS,
            {
                "person": entry.person,
                "role": entry.role,
                "day": day,
                "holder": holders[entry.role].person_name,
            },
        )


def near_to(value: str, known: Iterable[str]) -> str:
    """`` Did you mean GC?``; empty where nothing is near."""
    by_plain = {each.casefold(): each for each in known}
    near = get_close_matches(value.casefold()[:100], list(by_plain), n=1, cutoff=0.5)
    return f" Did you mean {by_plain[near[0]]}?" if near else ""


def _words(entry: Entry) -> Iterator[Fault]:
    for each in fields(entry.content):
        value = getattr(entry.content, each.name)
        if isinstance(value, str) and not value.strip() and each.name not in _MAY_BE_EMPTY:
            yield IncidentCode.NOTHING_SAID, {"what": f"the {each.name.replace('_', ' ')}"}


def _discovery(entry: Entry, others: IncidentRecord) -> Iterator[Fault]:
    discovered = others.discovered
    if isinstance(entry.content, Discovered):
        if discovered is not None:
            number = discovered.number
            yield IncidentCode.ALREADY_OPEN, {"incident": entry.incident_id, "number": number}
        return
    if isinstance(entry.content, Correction):
        return
    if discovered is None:
        kind = {Determination: "determined", Filed: "filed", Delay: "put off"}
        yield (
            IncidentCode.NOT_DISCOVERED,
            {
                "incident": entry.incident_id,
                "kind": kind.get(type(entry.content), "recorded"),
            },
        )
    elif entry.at < discovered.at and not isinstance(entry.content, _BY_DISCOVERY):
        yield (
            IncidentCode.BEFORE_DISCOVERY,
            {"when": moment(entry), "discovered": moment(discovered)},
        )


def moment(entry: Entry) -> str:
    """``2026-09-16 10:12-05:00``."""
    return entry.at.isoformat(sep=" ", timespec="minutes")


def statement_fault(text: str) -> str:
    """What a public statement holds that no filing may print; empty where there is nothing."""
    markup = _MARKUP.search(text)
    hidden = (each for each in text if unicodedata.category(each) in _UNSEEN)
    unseen = next((each for each in hidden if each != "\n"), "")
    return markup[0] if markup else f"U+{ord(unseen):04X}" if unseen else ""


def _statement(content: Statement) -> Iterator[Fault]:
    fault = statement_fault(content.text)
    if fault:
        yield IncidentCode.MARKUP, {"value": fault}


def _fact(entry: Entry, content: Fact, others: IncidentRecord) -> Iterator[Fault]:
    if content.state is not FactState.AVAILABLE:
        return
    before = [each for each in others.facts.get(content.name, ()) if each[0].order < entry.order]
    if not before or before[-1][1].state is not FactState.UNDETERMINED:
        names = [fact.name for _, fact in others.undetermined]
        yield (
            IncidentCode.NOT_UNDETERMINED,
            {"value": content.name, "near": near_to(content.name, names)},
        )


def _related(other: str, record: IncidentRecord, around: Surroundings) -> Iterator[Fault]:
    if other == record.incident_id:
        yield IncidentCode.RELATED_SELF, {"value": other}
    elif other not in around.known:
        yield IncidentCode.RELATED_UNKNOWN, {"value": other, "near": near_to(other, around.known)}


def _factor(content: FactorSaid, others: IncidentRecord) -> Iterator[Fault]:
    if not content.related_id:
        return
    related = {each.other_id for _, each in others.related}
    if content.factor is not Factor.AGGREGATION or content.related_id not in related:
        yield (
            IncidentCode.NOT_RELATED,
            {"value": content.related_id, "incident": others.incident_id},
        )


def _filed(
    entry: Entry, content: Filed, others: IncidentRecord, around: Surroundings
) -> Iterator[Fault]:
    form = content.form
    is_foreign = around.annual_form == FOREIGN
    if is_foreign != (form is Form.SIX_K):
        wanted = str(Form.SIX_K) if is_foreign else "8-K"
        facts = {"annual": around.annual_form, "wanted": f"Form {wanted}", "form": f"Form {form}"}
        yield IncidentCode.FORM_DIFFERS, dict(facts)
    if form is Form.ITEM_1_05:
        before = others.known_at(entry.at)
        is_material = any(each.state is Determined.MATERIAL for _, each in before.determinations)
        same = any(
            each.at == entry.at and said.state is Determined.MATERIAL
            for each, said in others.determinations
        )
        if not is_material and not same:
            yield IncidentCode.FILED_EARLY, {"form": form, "when": moment(entry)}
    if form is Form.AMENDMENT and not any(
        each.at <= entry.at for each in others.filed(Form.ITEM_1_05)
    ):
        yield IncidentCode.AMENDS_NOTHING, {"when": moment(entry)}
    if content.accession_number and not _ACCESSION.fullmatch(content.accession_number):
        yield IncidentCode.ACCESSION_WRONG, {"value": content.accession_number}


def _regime(content: Notified | Event, around: Surroundings) -> Iterator[Fault]:
    if isinstance(content, Notified):
        ids = [each.id for each in around.regimes.duties]
        if content.duty not in ids:
            near = near_to(content.duty, ids)
            yield IncidentCode.DUTY_UNKNOWN, {"value": content.duty, "near": near}
    elif content.event not in around.regimes.events:
        near = near_to(content.event, around.regimes.events)
        yield IncidentCode.EVENT_UNKNOWN, {"value": content.event, "near": near}


def _correction(content: Correction, others: IncidentRecord) -> Iterator[Fault]:
    aim = next((each for each in others.entries if each.number == content.corrects), None)
    if aim is None:
        what = "there is none of that number"
    elif isinstance(aim.content, Correction):
        what = "it is itself a correction; record what counts anew"
    elif content.corrects in others.corrected:
        what = "it was corrected already"
    else:
        return
    yield IncidentCode.CORRECTS_NOTHING, {"number": content.corrects, "what": what}
