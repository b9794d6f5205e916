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
    CELL_TOO_LONG = "cell_too_long"
    DUPLICATE_HEADER = "duplicate_header"
    BLANK_LINES = "blank_lines"
    BAD_GZIP = "bad_gzip"
    BAD_WORKBOOK = "bad_workbook"
    SHEET_MISSING = "sheet_missing"
    SHEET_NOT_DECLARED = "sheet_not_declared"
    BAD_JSON = "bad_json"
    NOT_RECORDS = "not_records"
    CONNECTION_MISSING = "connection_missing"
    CONNECTION_FAILED = "connection_failed"
    QUERY_REFUSED = "query_refused"
    QUERY_FAILED = "query_failed"
    OBJECT_MISSING = "object_missing"
    OBJECT_REFUSED = "object_refused"
    BAD_PARQUET = "bad_parquet"
    TOO_LARGE = "too_large"
    BINARY_CELLS = "binary_cells"
    EXTRA_MISSING = "extra_missing"
    BAD_XML = "bad_xml"
    XML_FORBIDDEN = "xml_forbidden"
    TOO_WIDE = "too_wide"
    FILE_CHANGED = "file_changed"
    FILE_TOO_LARGE = "file_too_large"
    NO_FILES = "no_files"
    NOT_RECOGNIZED = "not_recognized"
    SEVERAL_READERS = "several_readers"
    READER_DIFFERS = "reader_differs"
    READER_FOUND = "reader_found"
    NO_SCAN = "no_scan"
    RELEVANCE_UNKNOWN = "relevance_unknown"


def _stop(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend, stops=True)


def _note(meaning: str, reason: str, mend: str = "Nothing needs doing.") -> Explanation:
    return Explanation(Severity.NOTE, meaning, reason, mend)


READ_FAULTS: dict[ReadCode, Explanation] = {
    ReadCode.FILE_MISSING: _stop(
        "A file that report.toml names is not there.",
        "{file} is not in the project.",
        "Put the file there, correct `file` in {block}{near}, or delete the block.",
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
        'Save the file as UTF-8, or {block:-encoding} "{guess}".',
    ),
    ReadCode.NOT_TEXT: _stop(
        "A text file is full of NUL bytes: it is UTF-16 without a mark, or not text at all.",
        "the file has {count} NUL bytes among its first 1,000.",
        'Save it as UTF-8, or {block:-encoding} "{guess}".',
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
        "To say so once and for all, {block:-delimiter} {delimiter}.",
    ),
    ReadCode.WRONG_DELIMITER: _stop(
        "The declared delimiter does not separate the header.",
        "the declared delimiter {delimiter} does not separate the header; {other} would.",
        "{block:delimiter} {other}.",
    ),
    ReadCode.BAD_QUOTING: _stop(
        "Quotation marks do not pair up, so that cells cannot be told apart.",
        "the quotation marks of the row that starts here do not pair up: {detail}.",
        "Close the quotation, or double the quotation marks inside the cell.",
    ),
    ReadCode.CELL_TOO_LONG: _stop(
        "A cell of a text file is longer than any text: a quotation is never closed, or it is no "
        "table.",
        "a cell of the row that starts here has more than {most} characters.",
        "Close its quotation, shorten it, or make sure that this is the file that is meant.",
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
        '{block:sheet} "{nearest}".',
    ),
    ReadCode.SHEET_NOT_DECLARED: _stop(
        "A workbook has several sheets with values (or a JSON file several lists), and "
        "report.toml does not say which one to read.",
        "several could be meant: {others}.",
        'Name one: {block:-sheet} "{nearest}".',
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
    ReadCode.BAD_XML: _stop(
        "An XML file breaks off or is not XML.",
        "this is not XML: {detail}.",
        "Export the file again, completely.",
    ),
    ReadCode.XML_FORBIDDEN: _stop(
        "An XML file declares entities or refers to other files, as attacks do.",
        "the file declares entities or refers to other files ({detail}); it was not read.",
        "Find out where it comes from; no tool's export needs them.",
    ),
    ReadCode.TOO_WIDE: _stop(
        "A table has more columns than any export.",
        "it has {count} columns, and at most {most} are read.",
        "Make sure that this is the file that is meant, and that its delimiter is right.",
    ),
    ReadCode.FILE_CHANGED: _stop(
        "A file was replaced or written to while it was read.",
        "{file} changed while it was read.",
        "Wait until its export has ended, and run this again.",
    ),
    ReadCode.FILE_TOO_LARGE: _stop(
        "A file is larger than can be read into memory.",
        "{file} has {size} bytes, and at most {most} are read into memory.",
        "Export a shorter period, or keep it as Parquet or in a database.",
    ),
    ReadCode.NO_FILES: _stop(
        "No file has a name that a pattern in report.toml fits.",
        "no file in the project fits {file}.",
        "Put the files there, correct `file` in {block}, or delete the block.",
    ),
    ReadCode.NOT_RECOGNIZED: _stop(
        "No reader knows a file, and its block does not say which table it fills.",
        "no reader knows this file{near}.",
        "Run `board-report map {file}`, which proposes how to read it, or name its table.",
    ),
    ReadCode.SEVERAL_READERS: _stop(
        "Several readers could read a file.",
        "it could be read by: {others}.",
        'Name one of them: {block:-reader} "{nearest}".',
    ),
    ReadCode.READER_DIFFERS: _stop(
        "A file does not look like what its reader reads.",
        "it does not look like {export}; {looked}.",
        "Correct reader in {block}, or remove it to have the file recognized.",
    ),
    ReadCode.READER_FOUND: _note(
        "A file was recognized by its content.",
        "recognized as {export}; it is read as {table}.",
        'To say so once and for all, {block:-reader} "{reader}".',
    ),
}

_NOT_FINDINGS: dict[ReadCode, Explanation] = {
    ReadCode.NO_SCAN: _stop(
        "A file holds no vulnerabilities because nobody looked for them in it: it is a list of "
        "components, say, which is no scan.",
        "this is {what}; that it lists no vulnerability says nothing about how many there are.",
        "Take it out of report.toml and give a scanner's report instead; where a scan really found "
        "none, give vulnerability_findings a CSV file with its header alone.",
    ),
    ReadCode.RELEVANCE_UNKNOWN: _stop(
        "A SARIF file does not say which of its rules are about security.",
        "no rule of {tool} is marked as being about security, so that it cannot be told how many "
        "of its {count} are vulnerabilities.",
        'If all are, {block:-only.standing} ["open", "unmarked"]; if none is, remove the block.',
    ),
}
"""Files that are well-formed, and from which a number of findings would be a wrong one."""

READ_FAULTS |= _NOT_FINDINGS

_ELSEWHERE: dict[ReadCode, Explanation] = {
    ReadCode.CONNECTION_MISSING: _stop(
        "The address or the key of a database or store is not in the environment or the keyring.",
        "{place} holds nothing{detail}.",
        "{advice}",
    ),
    ReadCode.CONNECTION_FAILED: _stop(
        "A database or a store cannot be reached, or lets nobody in. "
        "Address, user and password are never shown.",
        "{place} cannot be used: {detail}.",
        "Try the same address with another program, from this machine.",
    ),
    ReadCode.QUERY_REFUSED: _stop(
        "A query is not one statement that only reads.",
        "the query is not run: {detail}.",
        "Write one SELECT (or WITH ... SELECT).",
    ),
    ReadCode.QUERY_FAILED: _stop(
        "The database cannot run a query.",
        "the database cannot run the query{where}: {detail}.",
        "Correct the query, and try it in the database's own program.",
    ),
    ReadCode.OBJECT_MISSING: _stop(
        "An object that report.toml names is not in its store.",
        "{file} is not there.",
        "Put the object there, correct `file` in {block}, or delete the block.",
    ),
    ReadCode.OBJECT_REFUSED: _stop(
        "A store refuses to hand out an object.",
        "the store refuses to hand out {file}: {detail}.",
        "Check the key, and that it may read this object.",
    ),
    ReadCode.BAD_PARQUET: _stop(
        "A Parquet file or a folder of such files cannot be read.",
        "{part} cannot be read as Parquet: {detail}.",
        "{advice}",
    ),
    ReadCode.TOO_LARGE: _stop(
        "A source holds more than is read into memory.",
        "it holds more than {limit}, the most that is read into memory.",
        "Choose fewer rows or columns. Detections and vulnerability findings of any size can be "
        'counted where they lie: {block:-engine} "duckdb".',
    ),
    ReadCode.BINARY_CELLS: warning(
        "A column holds bytes, which are no text: rows in which they are needed are set aside.",
        "{column} has {count} of bytes, which are not read as text.",
        "If the column is needed, turn it into text in the query or the export.",
    ),
    ReadCode.EXTRA_MISSING: _stop(
        "What is needed to read a source of this kind is not installed.",
        "the packages for it are not installed.",
        'Install them: pip install "board-report[{extra}]"',
    ),
}
"""Sources that are no text file of the project."""

READ_FAULTS |= _ELSEWHERE


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
