# ruff: noqa: DTZ001  cells hold naive UTC
"""One cell at a time: what it is read as, or why it is nothing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from board_report.tables.cells import parser_of
from board_report.tables.codes import Code
from board_report.tables.outcome import CellRules, Fault, Outcome, Parsed
from board_report.tables.schema import Column, Kind

CHICAGO = ZoneInfo("America/Chicago")


def read(kind: Kind, text: str, **rules: object) -> Outcome:
    """One cell of a column of this kind."""
    return parser_of(Column("x", kind, "X."), CellRules(**rules))(text)  # type: ignore[arg-type]


def value(kind: Kind, text: str, **rules: object) -> object:
    """The value that a cell is read as."""
    outcome = read(kind, text, **rules)
    assert isinstance(outcome, Parsed), outcome
    return outcome.value


def fault(kind: Kind, text: str, **rules: object) -> Code:
    """The reason why a cell is nothing."""
    outcome = read(kind, text, **rules)
    assert isinstance(outcome, Fault), outcome
    return outcome.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5", 1234.5),
        ("1,234.50", 1234.5),
        ("1,234,567", 1234567.0),
        ("$1,234.50", 1234.5),
        ("US$ 1,234", 1234.0),
        ("USD 1,200", 1200.0),
        ("1,200 USD", 1200.0),
        ("USD1200", 1200.0),
        ("(1,200)", -1200.0),
        ("($1,200.10)", -1200.1),
        ("$(5)", -5.0),
        ("-$1,200", -1200.0),
        ("$-1,200", -1200.0),
        ("−7", -7.0),
        ("1,200-", -1200.0),
        ("+3", 3.0),
        ("1 234.5", 1234.5),
        ("1\u00a0234", 1234.0),
        ("1'234", 1234.0),
        ("0.10", 0.1),
        (".5", 0.5),
        ("1e3", 1000.0),
    ],
)
def test_money(text: str, expected: float) -> None:
    """What accounting systems write."""
    assert value(Kind.MONEY, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,50 €", 1234.5),
        ("€ 0,10", 0.1),
        ("EUR 1.234", 1234.0),
        ("-1.234.567,89", -1234567.89),
    ],
)
def test_money_with_a_decimal_comma(text: str, expected: float) -> None:
    """Declared, never guessed."""
    assert value(Kind.MONEY, text, decimal_comma=True, currency="EUR") == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("twelve", Code.BAD_MONEY),
        ("$", Code.BAD_MONEY),
        ("-", Code.BAD_MONEY),
        ("1-2", Code.BAD_MONEY),
        ("(1", Code.BAD_MONEY),
        ("--1", Code.BAD_MONEY),
        ("1,23,456", Code.BAD_MONEY),
        ("1.2.3", Code.BAD_MONEY),
        ("0x10", Code.BAD_MONEY),
        ("nan", Code.BAD_MONEY),
        ("inf", Code.BAD_MONEY),
        ("1.234,50", Code.WRONG_DECIMAL_MARK),
        ("12,5", Code.WRONG_DECIMAL_MARK),
        ("EUR 1,200", Code.OTHER_CURRENCY),
        ("€5", Code.OTHER_CURRENCY),
        ("C$5", Code.OTHER_CURRENCY),
        ("1.2M", Code.ABBREVIATED_NUMBER),
        ("$500k", Code.ABBREVIATED_NUMBER),
        ("1e400", Code.NUMBER_TOO_LARGE),
        ("1,000,000,000,000,000", Code.NUMBER_TOO_LARGE),
        ("#REF!", Code.EXCEL_ERROR),
    ],
)
def test_text_that_is_no_money(text: str, code: Code) -> None:
    """Each with its own reason."""
    assert fault(Kind.MONEY, text) == code


def test_abbreviated_money_is_written_out_in_the_mend() -> None:
    """1.2M is 1200000."""
    outcome = read(Kind.MONEY, "1.2M")
    assert isinstance(outcome, Fault)
    assert outcome.facts["full"] == "1200000"


def test_money_is_rounded_half_up_with_a_remark() -> None:
    """Exactly: binary floats would round 1.005 down."""
    outcome = read(Kind.MONEY, "1.005")
    assert outcome == Parsed(1.01, (Code.MONEY_ROUNDED,))


def test_dollars_of_another_country() -> None:
    """A bare dollar sign is the report's own dollar."""
    assert value(Kind.MONEY, "$5", currency="CAD") == 5.0
    assert fault(Kind.MONEY, "US$5", currency="CAD") == Code.OTHER_CURRENCY
    assert fault(Kind.MONEY, "$5", currency="EUR") == Code.OTHER_CURRENCY


@pytest.mark.parametrize(
    ("text", "expected"), [("5", 5), ("5.0", 5), ("-3", -3), ("1,234", 1234), ("007", 7)]
)
def test_integers(text: str, expected: int) -> None:
    """Also as a table with gaps writes them."""
    assert value(Kind.INTEGER, text) == expected


@pytest.mark.parametrize("text", ["5.5", "five", "1 of 2", "1/2", "٣", "5%"])
def test_text_that_is_no_integer(text: str) -> None:
    """Digits of other scripts are not read either."""
    assert fault(Kind.INTEGER, text) == Code.BAD_INTEGER


def test_bounds() -> None:
    """Both are allowed values."""
    column = Column("x", Kind.NUMBER, "X.", minimum=0, maximum=4)
    parse = parser_of(column, CellRules())
    assert [parse(text) for text in ("0", "4")] == [Parsed(0.0), Parsed(4.0)]
    assert parse("-0.1") == Fault(Code.BELOW_MINIMUM, {"minimum": "0"})
    assert parse("4.1") == Fault(Code.ABOVE_MAXIMUM, {"maximum": "4"})


def test_ratios() -> None:
    """As declared; a percent sign speaks for itself."""
    assert value(Kind.RATIO, "0.85") == 0.85
    assert value(Kind.RATIO, "1") == 1.0
    assert value(Kind.RATIO, "85%") == 0.85
    assert value(Kind.RATIO, "85 %") == 0.85
    assert value(Kind.RATIO, "85", ratio_as="percent") == 0.85
    assert value(Kind.RATIO, "0,85", decimal_comma=True) == 0.85
    assert fault(Kind.RATIO, "-0.1") == Code.RATIO_OUT_OF_RANGE
    assert fault(Kind.RATIO, "101", ratio_as="percent") == Code.RATIO_OUT_OF_RANGE
    assert fault(Kind.RATIO, "101%") == Code.RATIO_OUT_OF_RANGE


def test_ratio_above_one_says_what_to_declare() -> None:
    """The usual reason is a percentage."""
    outcome = read(Kind.RATIO, "85")
    assert isinstance(outcome, Fault)
    assert '{block:-ratio_as} "percent"' in str(outcome.facts["advice"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-04T05:06:07Z", datetime(2026, 3, 4, 5, 6, 7)),
        ("2026-03-04 05:06:07", datetime(2026, 3, 4, 11, 6, 7)),
        ("2026-03-04T05:06", datetime(2026, 3, 4, 11, 6)),
        ("2026-03-04T05:06:07.999999+01:00", datetime(2026, 3, 4, 4, 6, 7)),
        ("2026-03-04T05:06:07,5+0100", datetime(2026, 3, 4, 4, 6, 7)),
        ("2026-03-04 05:06:07 UTC", datetime(2026, 3, 4, 5, 6, 7)),
        ("2026-07-04T05:06-05", datetime(2026, 7, 4, 10, 6)),
    ],
)
def test_times(text: str, expected: datetime) -> None:
    """In UTC, whole seconds; those without an offset in the declared zone (Chicago: -6 h)."""
    assert value(Kind.DATETIME, text, zone=CHICAGO) == expected


def test_time_that_clocks_skipped() -> None:
    """2026-03-08 02:30 is not on Chicago's clocks: 02:30-06:00 is 08:30 UTC, 03:30 there."""
    outcome = read(Kind.DATETIME, "2026-03-08 02:30", zone=CHICAGO)
    expected = datetime(2026, 3, 8, 8, 30)
    assert outcome == Parsed(expected, (Code.TIME_SKIPPED,), has_offset=False)


def test_time_that_happened_twice() -> None:
    """2026-11-01 01:30 is 06:30 UTC and, an hour later, 07:30 UTC: the first is taken."""
    outcome = read(Kind.DATETIME, "2026-11-01 01:30", zone=CHICAGO)
    expected = datetime(2026, 11, 1, 6, 30)
    assert outcome == Parsed(expected, (Code.TIME_REPEATED,), has_offset=False)


def test_date_for_a_time_is_midnight_with_a_remark() -> None:
    """Midnight of the declared zone."""
    outcome = read(Kind.DATETIME, "2026-07-04", zone=CHICAGO)
    assert outcome == Parsed(datetime(2026, 7, 4, 5), (Code.TIME_ASSUMED,))


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2026-07-04", (), datetime(2026, 7, 4)),
        ("2026-07-04T23:30:00", (), datetime(2026, 7, 4)),
        ("2026-07-05T03:30:00Z", (), datetime(2026, 7, 4)),
        ("4/7/2026", ("%d/%m/%Y",), datetime(2026, 7, 4)),
        ("4/7/2026 10:17 PM", ("%d/%m/%Y", "%d/%m/%Y %I:%M %p"), datetime(2026, 7, 4)),
        ("2026-07-04", ("%d/%m/%Y",), datetime(2026, 7, 4)),
        ("1783209600", ("epoch_seconds",), datetime(2026, 7, 4)),
        ("1783209600000", ("epoch_milliseconds",), datetime(2026, 7, 4)),
    ],
)
def test_dates(text: str, formats: tuple[str, ...], expected: datetime) -> None:
    """A time with an offset belongs to the company's day: 03:30 UTC is the evening before."""
    got = value(Kind.DATE, text, date_formats=formats, zone=CHICAGO, day_zone=CHICAGO)
    assert got == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("soon", Code.BAD_DATE),
        ("2026-02-30", Code.BAD_DATE),
        ("2026-07-04T25:00", Code.BAD_DATE),
        ("July 4, 2026", Code.BAD_DATE),
        ("20260704", Code.BAD_DATE),
        ("46207", Code.EXCEL_SERIAL_DATE),
        ("46207.5", Code.EXCEL_SERIAL_DATE),
        ("1783209600", Code.EPOCH_TIME),
        ("1783209600000", Code.EPOCH_TIME),
        ("03/04/2026", Code.AMBIGUOUS_DATE),
        ("9999-12-31", Code.IMPLAUSIBLE_DATE),
        ("0001-01-01", Code.IMPLAUSIBLE_DATE),
    ],
)
def test_text_that_is_no_date(text: str, code: Code) -> None:
    """Each with its own reason, and none guessed at."""
    assert fault(Kind.DATE, text) == code
    assert fault(Kind.DATETIME, text) == code


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("July 4, 2026", "%B %d, %Y"),
        ("25/Feb/26 10:17 PM", "%d/%b/%y %I:%M %p"),
        ("Feb 03, 2026 07:00 AM", "%b %d, %Y %I:%M %p"),
        ("2026/07/04", "%Y/%m/%d"),
        ("2026-7-4 9:05", "%Y-%m-%d %H:%M"),
    ],
)
def test_a_known_format_is_offered(text: str, line: str) -> None:
    """Formats seen in exports of ticketing tools and scanners."""
    outcome = read(Kind.DATETIME, text)
    assert isinstance(outcome, Fault)
    assert f'"{line}"' in str(outcome.facts["advice"])


def test_serial_number_says_what_it_would_mean() -> None:
    """Day 46207 of a spreadsheet is 2026-07-04."""
    outcome = read(Kind.DATE, "46207")
    assert isinstance(outcome, Fault)
    assert outcome.facts["meant"] == "2026-07-04"


def test_categories() -> None:
    """Case, spaces, hyphens and underscores do not matter; nothing else is forgiven."""
    column = Column("x", Kind.CATEGORY, "X.", allowed=("crown_jewel", "A/R", "low"))
    parse = parser_of(column, CellRules())
    assert parse("Crown-Jewel") == parse("crown jewel") == Parsed("crown_jewel")
    assert parse("a/r") == Parsed("A/R")
    assert parse("crown") == Fault(
        Code.UNKNOWN_CATEGORY, {"allowed": "crown_jewel, A/R, low", "nearest": "crown_jewel"}
    )


def test_business_units() -> None:
    """As report.toml spells them."""
    parse = parser_of(
        Column("business_unit", Kind.TEXT, "Unit."), CellRules(business_units=("Home Care", "EU"))
    )
    assert parse("home care") == Parsed("Home Care")
    outcome = parse("Homecare")
    assert isinstance(outcome, Fault)
    assert (outcome.code, outcome.facts["nearest"]) == (Code.UNKNOWN_BUSINESS_UNIT, "Home Care")


def test_booleans_and_quarters_and_lists() -> None:
    """The few ways to write them."""
    yes = [value(Kind.BOOLEAN, text) for text in ("true", "YES", "y", "1")]
    no = [value(Kind.BOOLEAN, text) for text in ("False", "no", "N", "0")]
    assert (yes, no) == ([True] * 4, [False] * 4)
    assert fault(Kind.BOOLEAN, "maybe") == Code.BAD_BOOLEAN
    assert value(Kind.QUARTER, "2026q3") == "2026-Q3"
    assert fault(Kind.QUARTER, "Q3 2026") == fault(Kind.QUARTER, "2026-Q5") == Code.BAD_QUARTER
    assert value(Kind.LIST, "a; b ;;c") == ("a", "b", "c")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|x", "-cmd"])
def test_formulas_are_kept_as_text_with_a_remark(text: str) -> None:
    """A register opened in a spreadsheet would run them."""
    assert read(Kind.TEXT, text) == Parsed(text, (Code.FORMULA_TEXT,))


@pytest.mark.parametrize("text", ["-5", "+1 555 0100", "- a list item", "a=b", "a < b > c", "-"])
def test_text_that_only_looks_like_a_formula(text: str) -> None:
    """Numbers, dashes and comparisons are ordinary text."""
    assert read(Kind.TEXT, text) == Parsed(text)


def test_html_and_length_are_remarked() -> None:
    """The text itself is never changed."""
    assert read(Kind.TEXT, "<b>x</b>") == Parsed("<b>x</b>", (Code.HTML_TEXT,))
    assert read(Kind.TEXT, "x" * 300) == Parsed("x" * 300)
    assert read(Kind.TEXT, "x" * 301) == Parsed("x" * 301, (Code.TEXT_LONG,))


@pytest.mark.parametrize(("text", "name"), [("a\0b", "U+0000"), ("\x1b[31m", "U+001B")])
def test_control_characters_are_refused(text: str, name: str) -> None:
    """They cannot be printed, and a terminal would obey them."""
    assert read(Kind.TEXT, text) == Fault(Code.CONTROL_CHARACTER, {"character": name})


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#n/a"])
@pytest.mark.parametrize("kind", list(Kind))
def test_spreadsheet_errors_are_errors_in_every_column(kind: Kind, text: str) -> None:
    """Even where any text is allowed."""
    assert fault(kind, text) == Code.EXCEL_ERROR


def test_cve_numbers() -> None:
    """In capitals, so that they are found in the catalogue; several in one cell are remarked."""
    column = Column("cve", Kind.ID, "CVE number.")
    parse = parser_of(column, CellRules())
    assert parse("cve-2021-44228") == Parsed("CVE-2021-44228")
    assert parse("CVE-2021-1, x") == Parsed("CVE-2021-1, x")
    both = "CVE-2021-44228, cve-2021-45046"
    assert parse(both) == Parsed("CVE-2021-44228 CVE-2021-45046", (Code.SEVERAL_CVES,))


@pytest.mark.parametrize("text", ["2025-04-03 20:20:00.43042 +0000 UTC", "2025-04-03T20:20Z"])
def test_offset_that_its_name_confirms(text: str) -> None:
    """As programs written in Go print a time."""
    assert value(Kind.DATETIME, text).replace(second=0) == datetime(2025, 4, 3, 20, 20)


def test_offset_that_its_name_denies() -> None:
    """Central Europe is not at +0000: one of the two is wrong."""
    assert fault(Kind.DATETIME, "2025-04-03 20:20:00 +0000 CET") == Code.BAD_DATE


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0.00000080000", 8e-7), ("USD -2.6137", -2.6137), ("$1,234.5678", 1234.5678), ("8E-7", 8e-7)],
)
def test_amounts_keep_all_decimals(text: str, expected: float) -> None:
    """The lines of a cloud bill are fractions of a cent, and are summed before they are rounded."""
    assert value(Kind.AMOUNT, text) == expected


def test_amount_in_another_currency() -> None:
    """As for money, nothing is converted."""
    assert fault(Kind.AMOUNT, "EUR 0.0000008") == Code.OTHER_CURRENCY
