"""What can be wrong with an incident's record, and why an entry is refused."""

from __future__ import annotations

from enum import StrEnum

from board_report.errors import BoardReportError
from board_report.model import Severity
from board_report.sources.faults import Explanation, warning


class IncidentCode(StrEnum):
    """Faults of records on file, and reasons for refusing an entry."""

    DAMAGED = "incident_entry_damaged"
    CHAIN_BROKEN = "incident_chain_broken"
    REMOVED = "incident_entry_removed"
    NOT_DISCOVERED = "incident_not_discovered"
    BEFORE_DISCOVERY = "incident_before_discovery"
    ALREADY_OPEN = "incident_already_open"
    ROLE_NOT_HELD = "incident_role_not_held"
    PERSON_DIFFERS = "incident_person_differs"
    NOTHING_SAID = "incident_nothing_said"
    MARKUP = "incident_markup"
    NOT_UNDETERMINED = "incident_fact_not_undetermined"
    RELATED_UNKNOWN = "incident_related_unknown"
    RELATED_SELF = "incident_related_to_itself"
    NOT_RELATED = "incident_not_related"
    FILED_EARLY = "incident_filed_before_determination"
    AMENDS_NOTHING = "incident_amends_nothing"
    FORM_DIFFERS = "incident_form_of_others"
    ACCESSION_WRONG = "incident_accession_number"
    DELAY_TOO_LONG = "incident_delay_too_long"
    DELAY_OUT_OF_ORDER = "incident_delay_out_of_order"
    DUTY_UNKNOWN = "incident_duty_unknown"
    EVENT_UNKNOWN = "incident_event_unknown"
    CORRECTS_NOTHING = "incident_corrects_nothing"
    STATE_DIFFERS = "incident_state_differs"
    DATE_DIFFERS = "incident_date_differs"
    NOT_IN_REGISTER = "incident_not_in_register"
    NO_RECORD = "incident_without_record"
    FACTORS_OPEN = "incident_factors_open"
    OVERDUE = "incident_clock_overdue"
    CLOSING_IDLE = "filing_closing_without_effect"
    ID_UNSAFE = "incident_id_unsafe"
    ID_TAKEN = "incident_id_taken"
    NOT_OPEN = "incident_not_open"
    TIME_UNREADABLE = "incident_time_unreadable"
    TIME_SKIPPED = "incident_time_skipped"
    TIME_TWICE = "incident_time_twice"
    OFFSET_DIFFERS = "incident_offset_differs"
    ZONE_UNKNOWN = "incident_zone_unknown"


def _refusal(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend)


_ON_FILE = {
    IncidentCode.DAMAGED: warning(
        "An entry of an incident's record cannot be read, or was changed after it was written; "
        "it does not count.",
        "the entry cannot be relied on: {detail}.",
        "Put back the file as it was, or record the entry again.",
    ),
    IncidentCode.CHAIN_BROKEN: warning(
        "The entry before this one was changed or removed; from here on the record rests on this "
        "program's word alone.",
        "the entry before it is not the one that it followed.",
        "Put back the files as they were.",
    ),
    IncidentCode.REMOVED: warning(
        "An incident's record ended with an entry that is no longer there.",
        "entry {number} was on record and is no longer there.",
        "Put back its file from the project's version control.",
    ),
    IncidentCode.NOT_DISCOVERED: warning(
        "An entry speaks of an incident of which no discovery is on record.",
        "{incident} has no discovery on record, before which nothing can be {kind}.",
        'First: board-report incident open {incident} --role ROLE --at "2026-09-16 10:12".',
    ),
    IncidentCode.BEFORE_DISCOVERY: warning(
        "An entry is dated before the discovery of its incident.",
        "{when} lies before the discovery, {discovered}.",
        "Give the time at which it happened with --at, or correct the discovery.",
    ),
    IncidentCode.ALREADY_OPEN: warning(
        "The discovery of an incident is on record twice.",
        "the discovery of {incident} is on record already, as entry {number}.",
        "If it is wrong: board-report incident correct {incident} {number} --reason ..., and "
        "open it again.",
    ),
    IncidentCode.ROLE_NOT_HELD: warning(
        "A role that says something of an incident is held by nobody on record on that day.",
        "nobody on record holds the role {role} on {day}.{near}",
        "Write in governance/people.csv who holds it since when.",
    ),
    IncidentCode.PERSON_DIFFERS: warning(
        "The person who speaks in a role is not the one on record for that day.",
        "{person} speaks as {role}, which on {day} is held by {holder}.",
        "Correct governance/people.csv, or correct the entry.",
    ),
    IncidentCode.NOTHING_SAID: warning(
        "An entry lacks the words that it is made for.",
        "{what} is empty.",
        "Say it in a sentence.",
    ),
    IncidentCode.MARKUP: warning(
        "A public statement holds markup or signs that cannot be seen.",
        "the statement holds {value}, which no filing may print.",
        "Write it as plain text.",
    ),
    IncidentCode.NOT_UNDETERMINED: warning(
        "A fact is said to have become available that was never undetermined.",
        "{value} was not on record as undetermined, so it cannot become available.",
        "Record it as known; or give the name of the fact that was undetermined.{near}",
    ),
    IncidentCode.RELATED_UNKNOWN: warning(
        "A related incident is in no register and has no record.",
        "there is no incident {value}.{near}",
        "Give the number that it has in the register of incidents.",
    ),
    IncidentCode.RELATED_SELF: warning(
        "An incident is related to itself.",
        "{value} is the incident itself.",
        "Name another incident.",
    ),
    IncidentCode.NOT_RELATED: warning(
        "Aggregation is weighed with an incident that is not on record as related.",
        "{value} is not on record as related to {incident}.",
        "First: board-report incident relate {incident} {value} --reason ...",
    ),
    IncidentCode.FILED_EARLY: warning(
        "A report under Item 1.05 is dated before any determination that the incident is material.",
        "Form {form} is dated {when}, when no determination of “material” was on record.",
        "Record the determination with board-report incident determine, or give the form that "
        "was filed.",
    ),
    IncidentCode.AMENDS_NOTHING: warning(
        "An amendment is on record without the report under Item 1.05 that it amends.",
        "no report under Item 1.05 was filed before {when}, so there is nothing to amend.",
        "Record that report first.",
    ),
    IncidentCode.FORM_DIFFERS: warning(
        "A form is on record that the company does not file.",
        "a company that files Form {annual} reports incidents on {wanted}, not on {form}.",
        "Give the form that was filed, or correct company.form in report.toml.",
    ),
    IncidentCode.ACCESSION_WRONG: warning(
        "An accession number is not of the form that EDGAR gives.",
        "{value} is not an accession number.",
        "Write it as 0001234567-26-000123, or leave it out.",
    ),
    IncidentCode.DELAY_TOO_LONG: warning(
        "A delay is longer than Item 1.05(c) allows.",
        "{days} days are more than the {most} that the {which} period can have.",
        "Give the days that were granted; beyond the third period only an order of the Commission "
        "helps, which the clock does not know.",
    ),
    IncidentCode.DELAY_OUT_OF_ORDER: warning(
        "A step of a delay does not follow from those before it.",
        "{what}.",
        "Record the steps of a delay as they were taken, or correct the wrong one.",
    ),
    IncidentCode.DUTY_UNKNOWN: warning(
        "A notification is on record that no regime of the company asks for.",
        "no regime that the company is under asks for {value}.{near}",
        "`board-report incident clock` lists them; regimes stand in report.toml under "
        "[company] regimes, and in governance/reporting_regimes.toml.",
    ),
    IncidentCode.EVENT_UNKNOWN: warning(
        "An event is on record that starts no clock.",
        "{value} starts no clock of a regime that the company is under.{near}",
        "`board-report incident clock` names the events that start clocks.",
    ),
    IncidentCode.CORRECTS_NOTHING: warning(
        "A correction names an entry that is not there, or counts no more, or is itself one.",
        "entry {number} cannot be corrected: {what}.",
        "`board-report incident show` lists the entries with their numbers.",
    ),
}

_TOGETHER = {
    IncidentCode.STATE_DIFFERS: warning(
        "The register of incidents and an incident's record say different things of materiality.",
        "the register says {value}, and the record of {incident} says {recorded}.",
        "Correct the one that is wrong; the record by an entry of its own.",
    ),
    IncidentCode.DATE_DIFFERS: warning(
        "The register of incidents and an incident's record date a determination differently.",
        "the register says {value}, and the record of {incident} says {recorded}.",
        "Correct the one that is wrong; the record by an entry of its own.",
    ),
    IncidentCode.NOT_IN_REGISTER: warning(
        "An incident has a record and is not in the register of incidents.",
        "the register of incidents has no {incident}.",
        "Add it to the register, or correct its number.",
    ),
    IncidentCode.NO_RECORD: warning(
        "The register says that an incident was determined material, and it has no record.",
        "{incident} was determined material, and why is not on record.",
        "board-report incident open {incident}, and what is known of it.",
    ),
    IncidentCode.FACTORS_OPEN: warning(
        "A determination stands while it is open whether some factors bear on it.",
        "{incident} was determined {state}, and whether these factors bear is not on record: "
        "{factors}.",
        "board-report incident factor {incident} FACTOR, with the reason.",
    ),
    IncidentCode.OVERDUE: warning(
        "A deadline has passed and what was due is not on record.",
        "{clock} was due {due}.",
        "Speak with counsel; if it was done, record it.",
    ),
    IncidentCode.CLOSING_IDLE: Explanation(
        Severity.NOTE,
        "A day without filings is a weekend or a holiday anyhow.",
        "{value} is no business day anyhow ({why}).",
        "Make sure that the date is right.",
    ),
}

_REFUSED = {
    IncidentCode.ID_UNSAFE: _refusal(
        "An incident's number cannot name a folder.",
        "{value} cannot name a folder.",
        "Use letters, digits, dots, hyphens and underlines, beginning with a letter or digit; at "
        "most 64.",
    ),
    IncidentCode.ID_TAKEN: _refusal(
        "Two incidents' numbers differ in capitals alone.",
        "{other} has a record, and differs from {value} in capitals alone.",
        "Write {other}.",
    ),
    IncidentCode.NOT_OPEN: _refusal(
        "An incident that is asked for has no record.",
        "there is no record of the incident {value}.{near}",
        'First: board-report incident open {value} --role ROLE --at "2026-09-16 10:12".',
    ),
    IncidentCode.TIME_UNREADABLE: _refusal(
        "A time cannot be read, or has no time of day.",
        "{value} is not a date with a time of day.",
        "Write it as 2026-09-16 10:12, by the clocks of the time zone, or as "
        "2026-09-16T10:12-05:00.",
    ),
    IncidentCode.TIME_SKIPPED: _refusal(
        "A local time never was: the clocks were put forward over it.",
        "the clocks of {zone} never showed {value}.",
        "They were put forward over it. Write {before} or {after}.",
    ),
    IncidentCode.TIME_TWICE: _refusal(
        "A local time was twice: the clocks were put back over it.",
        "the clocks of {zone} showed {value} twice.",
        "Write {first} or {second}.",
    ),
    IncidentCode.OFFSET_DIFFERS: _refusal(
        "A time has another offset than the zone that is named with it.",
        "{value} is not a time of {zone}.",
        "Leave --zone out, or write {local}.",
    ),
    IncidentCode.ZONE_UNKNOWN: _refusal(
        "A time zone is not known.",
        "{value} is not a time zone.",
        "{hint}",
    ),
}

INCIDENT_FAULTS: dict[IncidentCode, Explanation] = {**_ON_FILE, **_TOGETHER, **_REFUSED}


class IncidentError(BoardReportError):
    """An entry is refused; nothing was recorded."""

    def __init__(self, code: IncidentCode, where: str = "incident", **facts: object) -> None:
        self.code = code
        self.facts = facts
        why = INCIDENT_FAULTS[code]
        super().__init__(why.reason.format(**facts), where=where, mend=why.mend.format(**facts))
