"""What can be wrong with a file before a single cell is interpreted, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from board_report.model import Finding, Severity


@dataclass(frozen=True)
class Explanation:
    """One kind of finding: how much it matters, what it means, and how it is mended."""

    severity: Severity
    meaning: str
    """One sentence for the list of findings."""
    reason: str
    """Template of the message; the facts of the case fill the braces."""
    mend: str
    """Template of what to do."""
    stops: bool = False
    """True when no figure can be made while it stands."""


def warning(meaning: str, reason: str, mend: str) -> Explanation:
    """A kind of finding that somebody must look at; it sets no row aside and stops nothing."""
    return Explanation(Severity.WARNING, meaning, reason, mend)


class ReadCode(StrEnum):
    """Faults and notes of reading a file."""

    FILE_MISSING = "file_missing"
    FILE_OUTSIDE = "file_outside"
    FILE_UNREADABLE = "file_unreadable"
    FORMAT_UNKNOWN = "format_unknown"
    UNDECODABLE = "undecodable"
    NOT_TEXT = "not_text"
    BYTE_ORDER_MARK = "byte_order_mark"
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    DELIMITER_FOUND = "delimiter_found"
    WRONG_DELIMITER = "wrong_delimiter"
    BAD_QUOTING = "bad_quoting"
    DUPLICATE_HEADER = "duplicate_header"
    BLANK_LINES = "blank_lines"
    BAD_GZIP = "bad_gzip"
    BAD_WORKBOOK = "bad_workbook"
    SHEET_MISSING = "sheet_missing"
    SHEET_NOT_DECLARED = "sheet_not_declared"
    BAD_JSON = "bad_json"
    NOT_RECORDS = "not_records"


def _stop(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend, stops=True)


def _note(meaning: str, reason: str, mend: str = "Nothing needs doing.") -> Explanation:
    return Explanation(Severity.NOTE, meaning, reason, mend)


READ_FAULTS: dict[ReadCode, Explanation] = {
    ReadCode.FILE_MISSING: _stop(
        "A file that report.toml names is not there.",
        "{file} is not in the project.",
        "Put the file there, or correct `file` in its [[source]] block.",
    ),
    ReadCode.FILE_OUTSIDE: _stop(
        "A file is reached through a link that leads out of the project folder.",
        "{file} leads out of the project folder.",
        "Copy the file itself into the project; links out of it are not followed.",
    ),
    ReadCode.FILE_UNREADABLE: _stop(
        "The operating system refuses to read a file.",
        "{file} cannot be read: {detail}.",
        "Check that it is a file and that you may read it.",
    ),
    ReadCode.FORMAT_UNKNOWN: _stop(
        "A file is of a kind that cannot be read.",
        "{file} is not a kind of file that can be read.",
        "Save it as .csv, .tsv, .xlsx, .json or .jsonl (or one of these with .gz).",
    ),
    ReadCode.UNDECODABLE: _stop(
        "A file has bytes that its encoding does not allow.",
        "byte {byte} on this line is not {encoding}.",
        'Save the file as UTF-8, or add encoding = "{guess}" to its [[source]] block.',
    ),
    ReadCode.NOT_TEXT: _stop(
        "A text file is full of NUL bytes: it is UTF-16 without a mark, or not text at all.",
        "the file has {count} NUL bytes among its first 1,000.",
        'Save it as UTF-8, or add encoding = "{guess}" to its [[source]] block.',
    ),
    ReadCode.BYTE_ORDER_MARK: _note(
        "A file begins with a byte order mark, which was left out of the first header.",
        "the file begins with a byte order mark ({encoding}); it was left out.",
    ),
    ReadCode.EMPTY_FILE: _stop(
        "A file has no header.",
        "the file is empty.",
        "Export it again; a file without rows still needs its header.",
    ),
    ReadCode.NO_ROWS: Explanation(
        Severity.WARNING,
        "A file has a header and no rows, which is read as: nothing happened.",
        "the file has a header and no rows; it is read as: nothing happened.",
        "Make sure that the export was complete.",
    ),
    ReadCode.DELIMITER_FOUND: _note(
        "Cells are separated by something other than a comma, found from the header.",
        "cells are separated by {delimiter}, as found from the header.",
        "To say so once and for all, add delimiter = {delimiter} to the [[source]] block.",
    ),
    ReadCode.WRONG_DELIMITER: _stop(
        "The declared delimiter does not separate the header.",
        "the declared delimiter {delimiter} does not separate the header; {other} would.",
        "Write delimiter = {other} in its [[source]] block.",
    ),
    ReadCode.BAD_QUOTING: _stop(
        "Quotation marks do not pair up, so that cells cannot be told apart.",
        "the quotation marks of the row that starts here do not pair up: {detail}.",
        "Close the quotation, or double the quotation marks inside the cell.",
    ),
    ReadCode.DUPLICATE_HEADER: _note(
        "A header occurs more than once (an error of its own if a column is read from it).",
        "the header {value} occurs {count} times.",
    ),
    ReadCode.BLANK_LINES: _note(
        "Lines without any value were skipped.",
        "{count} without any value skipped.",
    ),
    ReadCode.BAD_GZIP: _stop(
        "A compressed file cannot be unpacked.",
        "the file cannot be unpacked: {detail}.",
        "Export it again, or put the unpacked file there.",
    ),
    ReadCode.BAD_WORKBOOK: _stop(
        "A workbook cannot be opened.",
        "the workbook cannot be opened: {detail}.",
        "Open it in a spreadsheet program and save it again as .xlsx, without a password.",
    ),
    ReadCode.SHEET_MISSING: _stop(
        "A workbook does not have the declared sheet, or a JSON file the declared key.",
        "there is no {value}; there are: {others}.",
        'Write sheet = "{nearest}" in its [[source]] block.',
    ),
    ReadCode.SHEET_NOT_DECLARED: _stop(
        "A workbook has several sheets with values (or a JSON file several lists), and "
        "report.toml does not say which one to read.",
        "several could be meant: {others}.",
        'Name one: add sheet = "{nearest}" to its [[source]] block.',
    ),
    ReadCode.BAD_JSON: _stop(
        "A JSON file breaks off or is not JSON.",
        "this is not JSON: {detail}.",
        "Export the file again, completely.",
    ),
    ReadCode.NOT_RECORDS: _stop(
        "A JSON file is not a list of records.",
        "a list of records was expected; this is {detail}.",
        'Export a list of objects, or an object with one such list, as in [{{"id": 1}}].',
    ),
}


def explained(
    explanation: Explanation,
    code: str,
    facts: dict[str, object],
    *,
    file: str = "",
    line: int = 0,
    column: str = "",
    value: str = "",
    table: str = "",
) -> Finding:
    """A finding with the facts of the case put into its templates."""
    known = {"file": file, "value": value, "column": column, **facts}
    return Finding(
        severity=explanation.severity,
        code=str(code),
        reason=explanation.reason.format(**known),
        mend=explanation.mend.format(**known),
        file=file,
        line=line,
        column=column,
        value=value,
        table=table,
        stops=explanation.stops,
    )


class ReadFaultError(Exception):
    """Carries a finding out of a reader when the file cannot be read on; never leaves sources."""

    def __init__(self, code: ReadCode, *, line: int = 0, value: str = "", **facts: object) -> None:
        self.code = code
        self.line = line
        self.value = value
        self.facts = facts
        super().__init__(str(code))
