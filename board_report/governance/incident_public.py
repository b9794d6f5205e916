"""What of an incident may be made public: attested statements, dates and forms, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from board_report.governance.filing_calendar import EASTERN, FilingCalendar, local_day
from board_report.governance.incident_checks import statement_fault
from board_report.governance.incident_kinds import Determined, Form, Statement
from board_report.governance.incident_record import Entry, IncidentRecord
from board_report.governance.roles import holders_at
from board_report.governance.rows import Row

_FORMS = {
    Form.ITEM_1_05: ("8-K", "1.05"),
    Form.AMENDMENT: ("8-K/A", "1.05"),
    Form.ITEM_8_01: ("8-K", "8.01"),
    Form.SIX_K: ("6-K", ""),
}
"""Form and item as they are printed."""


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
    """The day of the determination, in Eastern time; None where there is none."""
    statements: tuple[IncidentStatement, ...]
    """The latest of each aspect, in the order of the aspects."""
    undetermined: tuple[str, ...]
    """Aspects of which something is not determined or not available yet."""
    prior_filings: tuple[PriorFiling, ...]
    """In the order of their dates."""


def form_to_file(record: IncidentRecord, *, is_foreign: bool = False) -> tuple[Form, int]:
    """The report that would be made next, and its number where it is an amendment.

    Nothing says that it must be made: before a determination of "material", and after one of
    "not material", it is the voluntary Item 8.01.
    """
    if is_foreign:
        return Form.SIX_K, 0
    if record.state is not Determined.MATERIAL:
        return Form.ITEM_8_01, 0
    if not record.filed(Form.ITEM_1_05):
        return Form.ITEM_1_05, 0
    return Form.AMENDMENT, len(record.filed(Form.AMENDMENT)) + 1


def incident_public_record(
    record: IncidentRecord,
    people: Iterable[Row],
    calendar: FilingCalendar,
    *,
    is_foreign: bool = False,
    form: Form | None = None,
    day_zone: str = EASTERN,
) -> IncidentPublicRecord:
    """What of an incident may be made public, for one report.

    A statement with markup or hidden signs is left out, as if nobody had attested it.

    Args:
        record: the incident's, as far as it is known.
        people: rows of the table ``people``, for the titles of roles.
        calendar: by which a filing counts on a day.
        is_foreign: whether the company files Form 6-K.
        form: the report; the one that would be made next when None.
        day_zone: where the day of the determination is read off.
    """
    rows = tuple(people)
    wanted, amendment = form_to_file(record, is_foreign=is_foreign)
    if form is not None and form is not wanted:
        wanted = form
        amendment = len(record.filed(form)) + 1 if form is Form.AMENDMENT else 0
    name, item = _FORMS[wanted]
    determined = record.determined
    return IncidentPublicRecord(
        form=name,
        item=item,
        amendment=amendment,
        event_on=local_day(determined.at, day_zone) if determined else None,
        statements=tuple(
            _public(entry, said, rows)
            for entry, said in record.statements
            if not statement_fault(said.text)
        ),
        undetermined=tuple(str(each) for each in record.undetermined_aspects),
        prior_filings=tuple(_prior_filings(record, calendar)),
    )


def _public(entry: Entry, said: Statement, people: Iterable[Row]) -> IncidentStatement:
    holder = holders_at(people, entry.at.date()).get(entry.role)
    return IncidentStatement(
        aspect=str(said.aspect),
        text=said.text.strip(),
        role=entry.role,
        role_title=holder.role_title if holder else entry.role,
        attested_on=entry.at.date(),
    )


def _prior_filings(record: IncidentRecord, calendar: FilingCalendar) -> Iterator[PriorFiling]:
    amendments = 0
    for entry, filed in record.filings:
        name, item = _FORMS[filed.form]
        amendments += filed.form is Form.AMENDMENT
        yield PriorFiling(
            form=name,
            item=item,
            filed_on=calendar.filed_on(entry.at),
            accession_number=filed.accession_number,
            amendment=amendments if filed.form is Form.AMENDMENT else 0,
        )
