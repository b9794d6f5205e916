"""What can be wrong with a tagged document, and how to mend it."""

from __future__ import annotations

from enum import StrEnum

from board_report.model import Finding, Severity
from board_report.sources.faults import Explanation, explained, warning


class XbrlCode(StrEnum):
    """Faults of an Inline XBRL document."""

    NOT_XHTML = "xbrl_not_xhtml"
    OUTSIDE = "xbrl_outside"
    NO_SCHEMA = "xbrl_no_schema"
    YEARS_DIFFER = "xbrl_years_differ"
    YEAR_UNKNOWN = "xbrl_year_unknown"
    INCIDENT_YEAR = "xbrl_incident_year"
    UNKNOWN_ELEMENT = "xbrl_unknown_element"
    ABSTRACT_ELEMENT = "xbrl_abstract_element"
    WRONG_REPORT = "xbrl_wrong_report"
    BAD_BOOLEAN = "xbrl_bad_boolean"
    NOT_ESCAPED = "xbrl_not_escaped"
    EMPTY_BLOCK = "xbrl_empty_block"
    HIDDEN = "xbrl_hidden"
    FORMAT_UNKNOWN = "xbrl_format_unknown"
    VALUE_UNREADABLE = "xbrl_value_unreadable"
    VALUES_DIFFER = "xbrl_values_differ"
    NO_CONTEXT = "xbrl_no_context"
    IDENTIFIER = "xbrl_identifier"
    NO_CIK = "xbrl_no_cik"
    CIK_DIFFERS = "xbrl_cik_differs"
    SEGMENT = "xbrl_segment"
    EVENT_DATE = "xbrl_event_date"
    FISCAL_YEAR = "xbrl_fiscal_year"
    NO_CYD_FACT = "xbrl_no_cyd_fact"
    COVER_FACT_MISSING = "xbrl_cover_fact_missing"
    NOT_ON_FILE = "xbrl_not_on_file"
    SCHEMA_ABSENT = "xbrl_schema_absent"
    FLAG_NOT_CARRIED = "xbrl_flag_not_carried"
    VALIDATOR = "xbrl_validator"
    NOT_VALIDATED = "xbrl_not_validated"
    RECONSTRUCTED = "xbrl_reconstructed"


def _error(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend)


def _note(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.NOTE, meaning, reason, mend)


XBRL_FAULTS: dict[XbrlCode, Explanation] = {
    XbrlCode.NOT_XHTML: _error(
        "The root of the document is no html element of the XHTML namespace.",
        "the root element is {value}, not html in the XHTML namespace.",
        "A fragment is checked where it is pasted; a document begins with <html "
        'xmlns="http://www.w3.org/1999/xhtml">.',
    ),
    XbrlCode.OUTSIDE: _error(
        "The document fetches or runs something, which EDGAR refuses.",
        "it has {value}.",
        "Remove it: a filing stands by itself.",
    ),
    XbrlCode.NO_SCHEMA: _error(
        "The document does not name exactly one schema.",
        "it names {count} schemas, not one.",
        "Put one link:schemaRef with the filer's own schema into ix:references.",
    ),
    XbrlCode.YEARS_DIFFER: warning(
        "Elements of the cover and of cybersecurity are of different years. EDGAR has taken such "
        "reports, but not for every pair of years.",
        "dei is of {dei} and cyd of {cyd}.",
        "Use the taxonomies of one year.",
    ),
    XbrlCode.YEAR_UNKNOWN: warning(
        "Elements are of a year of which there is no record here, so they were not looked up.",
        "there is no record of {value}.",
        "Check the document with the genuine taxonomy of that year.",
    ),
    XbrlCode.INCIDENT_YEAR: warning(
        "A report of an incident uses cyd 2024, in which Scope has the label of Timing.",
        "it uses cyd 2024.",
        "Use cyd 2025 or later.",
    ),
    XbrlCode.UNKNOWN_ELEMENT: _error(
        "An element does not exist in its taxonomy.",
        "{column} is not an element of {value}.",
        "Correct its name; `board-report xbrl facts` lists what is tagged.",
    ),
    XbrlCode.ABSTRACT_ELEMENT: _error(
        "An element that carries no facts is used for one.",
        "{column} is abstract: it heads others and has no value.",
        "Tag with one of the elements under it.",
    ),
    XbrlCode.WRONG_REPORT: warning(
        "An element of annual reports stands in a report of an incident, or the other way round.",
        "{column} belongs to {value}.",
        "Tag with the elements of this report.",
    ),
    XbrlCode.BAD_BOOLEAN: _error(
        "A yes-or-no fact is neither true nor false.",
        "{column} is {value}, which is neither true nor false.",
        'Give it the format "ixt:fixed-true" or "ixt:fixed-false".',
    ),
    XbrlCode.NOT_ESCAPED: _error(
        "A text block is not escaped, so its paragraphs are lost.",
        '{column} lacks escape="true".',
        'Add escape="true" to the element.',
    ),
    XbrlCode.EMPTY_BLOCK: _error(
        "A text block has no words.",
        "{column} has no words.",
        "Remove the tag, or put it around what is said.",
    ),
    XbrlCode.HIDDEN: _error(
        "A fact on cybersecurity is hidden; it has to stand on words that people see.",
        "{column} is in ix:hidden.",
        "Tag words of the text with it.",
    ),
    XbrlCode.FORMAT_UNKNOWN: warning(
        "A fact has a format that is not known here, so its text was taken as its value.",
        "{column}: {fault}.",
        "See that the prefix names the registry that has it; the validator knows more formats.",
    ),
    XbrlCode.VALUE_UNREADABLE: _error(
        "The value of a fact cannot be made of its text.",
        "{column}: {fault}.",
        "Correct the text, the format or the continuation.",
    ),
    XbrlCode.VALUES_DIFFER: _error(
        "One fact is given twice with different values.",
        "{column} has another value in line {first}.",
        "Tag it once, or with the same value.",
    ),
    XbrlCode.NO_CONTEXT: _error(
        "A fact names a context that does not exist.",
        "{column} names the context {value}, which does not exist.",
        "Name one of the contexts in ix:resources.",
    ),
    XbrlCode.IDENTIFIER: _error(
        "The entity of a context is not a CIK of ten digits.",
        "the context {context} has the identifier {value} in the scheme {scheme}.",
        "Write ten digits in the scheme http://www.sec.gov/CIK.",
    ),
    XbrlCode.NO_CIK: warning(
        "The CIK is all zeros: the document is a draft of a registrant that has none.",
        "the CIK is 0000000000, which is nobody's.",
        "Give the company's own as cik in [company] of report.toml; a final document needs it.",
    ),
    XbrlCode.CIK_DIFFERS: _error(
        "The entity of a context is another than the cover names.",
        "the context {context} is about {value} and the cover about {cover}.",
        "Correct the one that is wrong.",
    ),
    XbrlCode.SEGMENT: _error(
        "A fact on cybersecurity is not about the registrant as a whole.",
        "{column} is about {value}.",
        "Give it the context without a segment.",
    ),
    XbrlCode.EVENT_DATE: _error(
        "The context of a current report is not the day of the event.",
        "{column} is from {start} to {end}; the earliest event is of {event}.",
        "Begin and end the context on the date of the earliest event reported.",
    ),
    XbrlCode.FISCAL_YEAR: _error(
        "The context of an annual report is not its fiscal year.",
        "{column} is from {start} to {end}; the fiscal year ends on {event}.",
        "Begin and end the context with the fiscal year.",
    ),
    XbrlCode.NO_CYD_FACT: _error(
        "A report that has to be tagged has no fact on cybersecurity (EFM 6.5.77, DQC_0202).",
        "the {report} has no fact of the cyd taxonomy.",
        "Tag the text.",
    ),
    XbrlCode.COVER_FACT_MISSING: _error(
        "A fact that the cover page needs is missing.",
        "{column} is missing on the cover of a {report}.",
        "Give it in [filer] of report.toml, or tag it.",
    ),
    XbrlCode.NOT_ON_FILE: _error(
        "What a cover page says of the registrant is not on file. A draft prints so; a document "
        "cannot be final without it.",
        "{column} is not on file.",
        "Give it in {file}; docs/data-formats.md says what each key means.",
    ),
    XbrlCode.SCHEMA_ABSENT: warning(
        "The document's own schema is not beside it, so the validator was not asked: it would "
        "object to every element.",
        "its schema {value} is not beside it, so it was held against the program's own rules "
        "alone.",
        "Put the filer's schema and what it names into the same folder.",
    ),
    XbrlCode.FLAG_NOT_CARRIED: _note(
        "An answer is on file, and nothing is said in the text that could carry its flag.",
        "the answer to {column} is {value}, and nothing is said to it.",
        "Say it in a sentence if it is to be tagged; otherwise nothing needs doing.",
    ),
    XbrlCode.VALIDATOR: _error(
        "The validator (Arelle) objects; its own code and words are given.",
        "{value}: {message}",
        "See the validator's message.",
    ),
    XbrlCode.NOT_VALIDATED: warning(
        "The validator is not installed, so only the program's own rules were applied.",
        "Arelle is not installed, so the document was held against the program's own rules alone.",
        'Install it: pip install "board-report[xbrl]".',
    ),
    XbrlCode.RECONSTRUCTED: _note(
        "The document was validated against a taxonomy rebuilt from public filings.",
        "it was validated against a RECONSTRUCTED taxonomy, which is not the Commission's.",
        "Give the genuine one with --taxonomy-package before filing.",
    ),
}


def xbrl_finding(
    code: XbrlCode,
    *,
    line: int = 0,
    column: str = "",
    value: str = "",
    file: str = "",
    **facts: object,
) -> Finding:
    """A finding about a tagged document; ``column`` is the element that it is about."""
    return explained(
        XBRL_FAULTS[code], code, facts, file=file, line=line, column=column, value=value
    )
