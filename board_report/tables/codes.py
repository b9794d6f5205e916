"""Every kind of finding: its code, what it means, how much it matters, and how it is mended."""

from __future__ import annotations

from enum import StrEnum

from board_report.model import Finding, Severity
from board_report.sources.faults import READ_FAULTS, Explanation, ReadCode, explained, warning


class Code(StrEnum):
    """The reason code of a finding about tables, rows and cells; those of reading a file are
    :class:`~board_report.sources.faults.ReadCode`. Tests and scripts match on codes, never on the
    prose."""

    # Tables and columns.
    REQUIRED_FILE_MISSING = "required_file_missing"
    TABLE_NOT_GIVEN = "table_not_given"
    SEVERAL_FILES = "several_files"
    COLUMN_MISSING = "column_missing"
    COLUMN_NOT_GIVEN = "column_not_given"
    COLUMN_TWICE = "column_twice"
    HEADER_MISSING = "header_missing"
    LOOKS_LIKE_EXPORT = "looks_like_export"
    HEADER_ELSEWHERE = "header_elsewhere"
    AMBIGUOUS_DATE = "ambiguous_date"
    DATE_FORMAT_UNDECLARED = "date_format_undeclared"
    MIXED_TIME_ZONES = "mixed_time_zones"
    MIXED_TIME_ZONES_UNDECLARED = "mixed_time_zones_undeclared"
    RATIO_LOOKS_LIKE_FRACTION = "ratio_looks_like_fraction"
    AFTER_AS_OF = "after_as_of"
    RECORDS_OLD = "records_old"
    # Rows.
    TOO_MANY_CELLS = "too_many_cells"
    TOO_FEW_CELLS = "too_few_cells"
    KEY_MISSING = "key_missing"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE_KEY = "duplicate_key"
    SUPERSEDED = "superseded"
    ORDER_TIED = "order_tied"
    BAD_ORDER = "bad_order"
    MERGE_DIFFERS = "merge_differs"
    MERGE_UNUSED = "merge_unused"
    MATCHED = "matched"
    MATCH_UNCLEAR = "match_unclear"
    ALL_OUT_OF_PERIOD = "all_out_of_period"
    SAMPLE_LEFT = "sample_left"
    LEFT_OUT = "left_out"
    HEADER_REPEATED = "header_repeated"
    CHOICE_ABSENT = "choice_absent"
    DUE_FROM_POLICY = "due_from_policy"
    TABLE_REDUCED = "table_reduced"
    ENGINE_REFUSED = "engine_refused"
    ENGINE_NOT_USED = "engine_not_used"
    MORE_OF_THE_SAME = "more_of_the_same"
    REJECTED_NOT_KEPT = "rejected_not_kept"
    OUT_OF_ORDER = "out_of_order"
    PART_ABOVE_WHOLE = "part_above_whole"
    NOT_BELOW = "not_below"
    OUTSIDE_BOUNDS = "outside_bounds"
    VALUE_NEEDED = "value_needed"
    VALUE_OUT_OF_PLACE = "value_out_of_place"
    VALUES_CLASH = "values_clash"
    SAME_RECORD_TWICE = "same_record_twice"
    UNKNOWN_REFERENCE = "unknown_reference"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_METRIC = "unknown_metric"
    # Cells.
    VALUE_MISSING = "value_missing"
    EXCEL_ERROR = "excel_error"
    BINARY_VALUE = "binary_value"
    CONTROL_CHARACTER = "control_character"
    TEXT_LONG = "text_long"
    FORMULA_TEXT = "formula_text"
    HTML_TEXT = "html_text"
    SEVERAL_CVES = "several_cves"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_BUSINESS_UNIT = "unknown_business_unit"
    BAD_DATE = "bad_date"
    IMPLAUSIBLE_DATE = "implausible_date"
    EXCEL_SERIAL_DATE = "excel_serial_date"
    EPOCH_TIME = "epoch_time"
    TIME_ASSUMED = "time_assumed"
    TIME_SKIPPED = "time_skipped"
    TIME_REPEATED = "time_repeated"
    BAD_QUARTER = "bad_quarter"
    BAD_BOOLEAN = "bad_boolean"
    BAD_INTEGER = "bad_integer"
    BAD_NUMBER = "bad_number"
    WRONG_DECIMAL_MARK = "wrong_decimal_mark"
    NUMBER_TOO_LARGE = "number_too_large"
    BAD_MONEY = "bad_money"
    OTHER_CURRENCY = "other_currency"
    ABBREVIATED_NUMBER = "abbreviated_number"
    MONEY_ROUNDED = "money_rounded"
    RATIO_OUT_OF_RANGE = "ratio_out_of_range"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"


def _stop(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend, stops=True)


def _error(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend)


def _note(meaning: str, reason: str, mend: str = "Nothing needs doing.") -> Explanation:
    return Explanation(Severity.NOTE, meaning, reason, mend)


_TABLES: dict[Code | ReadCode, Explanation] = {
    Code.REQUIRED_FILE_MISSING: _stop(
        "No file was given for a table without which no report can be made.",
        "there is no file for {title}, which every report needs.",
        "Put it at {file}, or name it in a [[source]] block of report.toml.",
    ),
    Code.TABLE_NOT_GIVEN: _note(
        "No file was given for a table: its figures are not measured.",
        "there is no file for {title}: its figures are not measured.",
        "To measure them, put it at {file}, or name it in a [[source]] block of report.toml.",
    ),
    Code.SEVERAL_FILES: warning(
        "Several files lie where a table is looked for; the first is read.",
        "{others} lies beside it and was not read.",
        "Remove the one that is not meant, or name the one that is in a [[source]] block.",
    ),
    Code.COLUMN_MISSING: _stop(
        "A file has no column for a value that every row must have.",
        "there is no column for {column}{looked}.",
        "{advice}",
    ),
    Code.COLUMN_NOT_GIVEN: _note(
        "A file has no column for a value that may be missing: it is unknown in every row.",
        "there is no column for {column}: it is unknown in every row.",
        "Where the file has it under another name, {addition}.",
    ),
    Code.COLUMN_TWICE: _stop(
        "A header that a column is read from occurs more than once.",
        "the header {value} occurs {count} times, and {column} is read from it.",
        "Rename or remove the one that is not meant.",
    ),
    Code.HEADER_MISSING: _stop(
        "A file does not have the header that `order_by`, `only` or `leave_out` names.",
        "there is no header {value}, which {key} names.",
        "Correct {key} in {block}; {nearest}.",
    ),
    Code.LOOKS_LIKE_EXPORT: _stop(
        "A file is a tool's export that a reader knows, and its block says otherwise; this stands "
        "in place of every column that is missing.",
        "this is an export that is known: {export}; {what} not fit it.",
        "{advice}",
    ),
    Code.HEADER_ELSEWHERE: _stop(
        "Columns are missing, and another row looks like the header: a title stands above it.",
        "the columns are not found on line {read}; the header seems to stand on line {line}.",
        "{block:skip_rows} {skip_rows}.",
    ),
    Code.AMBIGUOUS_DATE: _stop(
        "No date in a column tells whether the day or the month comes first.",
        "{column} has {count} that could be read day first or month first.",
        '{block:date_format} "{month_first}" (month first) or "{day_first}" (day first).',
    ),
    Code.DATE_FORMAT_UNDECLARED: _stop(
        "Dates are not ISO 8601, and report.toml does not say how they are written.",
        "{column} has {count} not written as 2026-03-14; {evidence}.",
        '{block:date_format} "{guess}".',
    ),
    Code.MIXED_TIME_ZONES: warning(
        "Some times of a column have an offset and others none; those without are read in the "
        "declared zone.",
        "{column} has {naive} without an offset beside {offset} with one; read in {zone}.",
        "Make sure that the times without an offset are in {zone}.",
    ),
    Code.MIXED_TIME_ZONES_UNDECLARED: _stop(
        "Some times of a column have an offset and others none, and no zone is declared.",
        "{column} has {naive} without an offset beside {offset} with one.",
        'Say which zone those without are in: {block:-time_zone} "{zone}".',
    ),
    Code.RATIO_LOOKS_LIKE_FRACTION: warning(
        "Shares are declared as percentages, and not one of them is above 1.",
        "{column} is declared as percent, and no value is above 1.",
        'If 0.85 means 85%, {block:-ratio_as} "fraction".',
    ),
    Code.AFTER_AS_OF: _note(
        "Events dated after the as-of date are kept and not counted yet.",
        "{column} has {count} after the as-of date {as_of}: kept, and not known yet.",
    ),
}

_ROWS: dict[Code | ReadCode, Explanation] = {
    Code.TOO_MANY_CELLS: _error(
        "A row has more cells than the header, so that its values may have moved.",
        "{count} cells where the header has {expected}.",
        "Put the cell that holds the separator in quotation marks.",
    ),
    Code.TOO_FEW_CELLS: _error(
        "A row has fewer cells than the header, so that its values may have moved.",
        "{count} cells where the header has {expected}.",
        "Complete the row, or join it with the line that it was cut from.",
    ),
    Code.KEY_MISSING: _error(
        "A row has no value in a column that identifies it.",
        "{column} is empty, and it identifies the row.",
        "Give the row its {column}.",
    ),
    Code.DUPLICATE_ROW: _note(
        "Rows say exactly what an earlier row says; each is counted once.",
        "{count} repeated, the first of them the same as {first}; each is counted once.",
        "Export each record once.",
    ),
    Code.DUPLICATE_KEY: _error(
        "A row has the key of an earlier row and says something else; the earlier one is used.",
        "{key} was already given on {first}, with other values; that row is used.",
        "Keep the row that is right and remove the other; a record has one row. If the file has a "
        'row for each update, write keep = "last" and order_by in its [[source]] block, below its '
        "line [[source]].",
    ),
    Code.SUPERSEDED: _note(
        "Rows of a log tell of earlier states of their record; the last state is used.",
        "{count} with an earlier state of their record left aside; "
        "{records} last states, by {header}, are used.",
    ),
    Code.ORDER_TIED: warning(
        "A log has two last states of a record in the same place; the one further down is used.",
        "{key} has several last rows with the same {header}; the one furthest down is used.",
        "Order the log by a header that tells them apart.",
    ),
    Code.BAD_ORDER: _error(
        "A row of a log does not say where it stands among the updates.",
        "{header} is neither a number nor a time that can be read, and it orders the updates.",
        "Correct it, or name another header in order_by.",
    ),
    Code.MERGE_DIFFERS: warning(
        "A row that completes a record, or is matched with it, says otherwise; the record stands.",
        "{column} is {value} here and {other} in the record on {first}, where that stands.",
        "Correct the one that is wrong.",
    ),
    Code.MERGE_UNUSED: _note(
        "Rows of a file that completes records speak of records that no other file has.",
        "{count} of no record that can be completed: no other file has their {names}.",
        "Where records were expected, compare how {names} is written in the files.",
    ),
    Code.MATCHED: _note(
        "A row speaks of the same thing as a row of another file, by a [[match]] rule; it is "
        "counted once.",
        "the same as {first}, by the rule on line {rule} of report.toml; it is counted once.",
        "If they are two, narrow the rule.",
    ),
    Code.MATCH_UNCLEAR: warning(
        "A row could be the same as several rows of another file; all are counted.",
        "it could be the same as {others}, by the rule on line {rule} of report.toml; all count.",
        "Narrow the rule, or give the row the other's number in the column that refers names.",
    ),
    Code.ALL_OUT_OF_PERIOD: warning(
        "No row of a file falls in the time that the report looks at.",
        "none of its {count} falls in the time that the report looks at, {first} to {last}: they "
        "are of {oldest} to {newest}.",
        "Make sure that the quarter in report.toml is the one that is meant, and the file the "
        "newest.",
    ),
    Code.SAMPLE_LEFT: warning(
        "A file, or the settings of risk, are the sample company's, in the report of another.",
        "{what} of the sample company, word for word.",
        "Put your own in its place, or delete it{more}.",
    ),
    Code.LEFT_OUT: _note(
        "Rows are left out because `only` or `leave_out` says so; they are counted.",
        "{count} left out: {why}.",
    ),
    Code.HEADER_REPEATED: _note(
        "Rows repeat the header, as in files that were joined; they are left out and counted.",
        "{count} left out: the header is repeated there.",
    ),
    Code.CHOICE_ABSENT: warning(
        "A text that `only` or `leave_out` lists is in no row.",
        "no row has {value} in {header}, which {key} lists.",
        "Check its spelling, or remove it from {key} in {block}.",
    ),
    Code.TABLE_REDUCED: _note(
        "A big table was reduced where it lies: rows that no figure tells apart stand as one.",
        "{count} of it are used, and no more than {most} rows of them are held at a time; every "
        "figure is exact.",
    ),
    Code.ENGINE_REFUSED: _stop(
        'A block asks for `engine = "duckdb"`, and its table cannot be reduced by it.',
        "the table cannot be reduced where it lies: {why}.",
        "{way}",
    ),
    Code.ENGINE_NOT_USED: warning(
        "A file is large, and its table is read into memory all the same.",
        "the file is large and is read into memory whole: {why}.",
        "{way}",
    ),
    Code.MORE_OF_THE_SAME: _note(
        "Further findings of a kind, beyond those of a big file that are told one by one.",
        "{count} more of the same kind ({code}) in this file are not listed.",
        "Mend those that are listed, and look for their cause in the export.",
    ),
    Code.REJECTED_NOT_KEPT: warning(
        "More rows of a big table were set aside than are written out as they were.",
        "{count} rows were set aside; the first {kept} of them are written out as they were.",
        "Mend the cause of those first; all of them are counted.",
    ),
    Code.DUE_FROM_POLICY: _note(
        "Due dates that the file does not give are computed from the days that policy allows.",
        "{count} without a due date: it is {start} and the days of due_within_days.",
    ),
    Code.OUT_OF_ORDER: _error(
        "Two times of a row run backwards, so that a duration would be negative.",
        "{later_column} {later} lies before {earlier_column} {earlier} (a duration of {gap}).",
        "Correct the one that is wrong; an unknown time is left empty.",
    ),
    Code.PART_ABOVE_WHOLE: _error(
        "A part is greater than its whole.",
        "{column} {part} is above {whole_column} {whole}.",
        "Correct the one that is wrong.",
    ),
    Code.NOT_BELOW: _error(
        "Two numbers of a row that must differ are the same, or run backwards.",
        "{column} {value} is not below {other_column} {other}, and must be where {condition}.",
        "Correct the one that is wrong, or {by}.",
    ),
    Code.OUTSIDE_BOUNDS: _error(
        "A number lies outside the bounds that the rest of its row sets.",
        "{column} {value} must be {wanted}{condition}.",
        "Correct it.",
    ),
    Code.VALUE_NEEDED: _error(
        "A value is missing that another value of the row needs.",
        "{column} is empty, and is needed where {condition}.",
        "Fill it in, or correct {by}.",
    ),
    Code.VALUE_OUT_OF_PLACE: _error(
        "A value is given where the rest of the row has no use for it.",
        "{column} is {value}, and nothing reads it where {condition}.",
        "Empty it, or correct {by}.",
    ),
    Code.VALUES_CLASH: _error(
        "Two values of a row do not go together.",
        "{column} {value} does not go with a row where {condition}; these do: {allowed}.",
        "Correct the one that is wrong.",
    ),
    Code.SAME_RECORD_TWICE: _error(
        "A row names the same record in two columns that must differ.",
        "{same} stands in {first} and in {column}.",
        "Correct the one that is wrong.",
    ),
    Code.UNKNOWN_REFERENCE: warning(
        "A row refers to a record that the other table does not have.",
        "{value} is not among the {title}{times}.",
        "Correct it, or add the record to {title}.",
    ),
    Code.UNKNOWN_ROLE: warning(
        "A role is named that governance/people.csv does not list.",
        "nobody holds the role {value} in the people table{times}.",
        "Correct it, or add the role to the people table{hint}.",
    ),
    Code.RECORDS_OLD: warning(
        "A table that a tool fills steadily has no recent row: its export may have stopped.",
        "the newest of the {title} is of {newest}, {age} days before the as-of date.",
        "Export it again; until then its figures carry that date.",
    ),
    Code.UNKNOWN_METRIC: warning(
        "A row names a figure that the catalogue does not have; no page shows it.",
        "{value} is no figure of the catalogue.",
        "{hint}",
    ),
}

_TEXTS: dict[Code | ReadCode, Explanation] = {
    Code.VALUE_MISSING: _error(
        "A value that every row must have is missing.",
        "{column} is empty.",
        "Fill it in; {meaning}",
    ),
    Code.EXCEL_ERROR: _error(
        "A cell holds the error of a spreadsheet formula.",
        "{value} is the error of a spreadsheet formula.",
        "Mend the formula, or empty the cell if the value is unknown.",
    ),
    Code.BINARY_VALUE: _error(
        "A cell of a database or a Parquet file holds bytes, which are not read as text.",
        "it holds bytes, which are not read as text.",
        "Turn the column into text in the query or the export.",
    ),
    Code.CONTROL_CHARACTER: _error(
        "A cell holds a character that cannot be printed.",
        "it holds the control character {character}.",
        "Remove it, or export the file again.",
    ),
    Code.TEXT_LONG: warning(
        "A text is longer than a page has room for; it is kept whole.",
        "{length} characters, where a page has room for {limit}.",
        "Shorten it to {limit} characters.",
    ),
    Code.FORMULA_TEXT: warning(
        "A text would be run as a formula if it were opened in a spreadsheet; it is kept as text.",
        "it begins with {character}, as a formula does; it is kept as text.",
        "Remove the character if it is not meant.",
    ),
    Code.HTML_TEXT: warning(
        "A text holds HTML; it is kept as text and printed as it is written.",
        "it holds HTML, which is printed as it is written.",
        "Write plain text.",
    ),
    Code.SEVERAL_CVES: warning(
        "A cell names several CVEs: one finding, known exploited when any of them is.",
        "it names several CVEs, which count as one finding.",
        "Export one row for each CVE where each is to count.",
    ),
    Code.UNKNOWN_CATEGORY: _error(
        "A value is not one of those that the column allows.",
        "{value} is not one of: {allowed}.",
        "Correct it, or {addition}.",
    ),
    Code.UNKNOWN_BUSINESS_UNIT: _error(
        "A business unit is not listed in report.toml.",
        "{value} is not one of company.business_units: {allowed}.",
        "Add it to company.business_units, or {addition}.",
    ),
    Code.BAD_QUARTER: _error(
        "A text is not a fiscal quarter.",
        "{value} is not a quarter.",
        "Write it as 2026-Q3.",
    ),
    Code.BAD_BOOLEAN: _error(
        "A text is neither true nor false.",
        "{value} is neither true nor false.",
        "Write true or false (yes, no, y, n, 1 and 0 are understood).",
    ),
}

_MOMENTS: dict[Code | ReadCode, Explanation] = {
    Code.BAD_DATE: _error(
        "A text is not a date, or not one that exists.",
        "{value} is not a date {expected}.",
        "{advice}",
    ),
    Code.IMPLAUSIBLE_DATE: _error(
        "A date lies outside the years 1900 to 2199.",
        "{value} is not a plausible date.",
        'Correct it; if it stands for "never", {block:-missing} {missing}.',
    ),
    Code.EXCEL_SERIAL_DATE: _error(
        "A date is written as a spreadsheet's serial number.",
        "{value} is a spreadsheet's serial number ({meant} if so).",
        "Format the column as a date (yyyy-mm-dd) in the spreadsheet and export it again.",
    ),
    Code.EPOCH_TIME: _error(
        "A time is written as seconds or milliseconds since 1970.",
        "{value} looks like {unit} since 1970.",
        '{block:date_format} "{guess}".',
    ),
    Code.TIME_ASSUMED: warning(
        "A point in time is given as a date alone; it is read as midnight.",
        "{column} has {count} without a time of day; read as midnight.",
        "Export the time of day too: durations are off by up to a day without it.",
    ),
    Code.TIME_SKIPPED: warning(
        "A local time does not exist, because clocks went forward over it.",
        "{value} does not exist in {zone}: clocks went forward over it; read as one hour later.",
        "Export times with their offset, or in UTC.",
    ),
    Code.TIME_REPEATED: warning(
        "A local time happened twice, because clocks went back; the first is taken.",
        "{value} happened twice in {zone}, when clocks went back; the first is taken.",
        "Export times with their offset, or in UTC.",
    ),
}

_NUMBERS: dict[Code | ReadCode, Explanation] = {
    Code.BAD_INTEGER: _error(
        "A text is not a whole number.",
        "{value} is not a whole number.",
        "Write digits only; leave it empty if it is unknown.",
    ),
    Code.BAD_NUMBER: _error(
        "A text is not a number.",
        "{value} is not a number.",
        'Write digits only; if it stands for "unknown", {block:-missing} {missing}.',
    ),
    Code.WRONG_DECIMAL_MARK: _error(
        "A number is written with the other decimal mark.",
        "{value} is not a number with a decimal {mark}.",
        "If decimals are set off by a {other}, {block:-decimal_comma} {setting}.",
    ),
    Code.NUMBER_TOO_LARGE: _error(
        "A number is too large to be kept exactly.",
        "{value} is too large to be kept exactly.",
        "Correct it; the largest is 999,999,999,999,999.",
    ),
    Code.BAD_MONEY: _error(
        "A text is not an amount of money.",
        "{value} is not an amount of money.",
        'Write digits only; if it stands for "unknown", {block:-missing} {missing}.',
    ),
    Code.OTHER_CURRENCY: _error(
        "An amount is in another currency than the report.",
        "{value} is in {found}, and the report is in {currency}.",
        "Convert it to {currency}; nothing is converted here.",
    ),
    Code.ABBREVIATED_NUMBER: _error(
        "An amount is abbreviated with a letter for thousands, millions or billions.",
        "{value} is abbreviated.",
        "Write it out in full, as {full}.",
    ),
    Code.MONEY_ROUNDED: warning(
        "Amounts have more than two decimals; they are rounded to two, half up.",
        "{column} has {count} with more than two decimals; rounded to two.",
        "Export amounts with two decimals.",
    ),
    Code.RATIO_OUT_OF_RANGE: _error(
        "A share lies outside 0 to 1, or 0 to 100 where percent is declared.",
        "{value} lies outside 0 to {limit}.",
        "{advice}",
    ),
    Code.BELOW_MINIMUM: _error(
        "A number is below the least that the column allows.",
        "{value} is below {minimum}.",
        "Correct it; leave it empty if it is unknown.",
    ),
    Code.ABOVE_MAXIMUM: _error(
        "A number is above the most that the column allows.",
        "{value} is above {maximum}.",
        "Correct it; leave it empty if it is unknown.",
    ),
}

EXPLANATIONS: dict[Code | ReadCode, Explanation] = {
    **dict[Code | ReadCode, Explanation](READ_FAULTS.items()),
    **_TABLES,
    **_ROWS,
    **_TEXTS,
    **_MOMENTS,
    **_NUMBERS,
}
"""What each code means; every code has one."""


def finding(
    code: Code,
    facts: dict[str, object] | None = None,
    *,
    file: str = "",
    line: int = 0,
    column: str = "",
    value: str = "",
    table: str = "",
) -> Finding:
    """A finding of this kind, with the facts of the case put into its sentences."""
    return explained(
        EXPLANATIONS[code],
        code,
        facts or {},
        file=file,
        line=line,
        column=column,
        value=value,
        table=table,
    )
