"""Faults of single cells: what cannot be read, and what is read with a remark."""

from __future__ import annotations

from tests.functional.faults.fault import (
    Damage,
    Fault,
    Told,
    noted,
    on_line,
    replace,
    rewrite,
    set_aside,
    set_cell,
    stops,
    then,
    through,
)
from tests.functional.faults.files import AUDIT, INCIDENTS, PEOPLE

DECISIONS = "governance/decisions.csv"
VENDORS = "ciso/securityscorecard_portfolio.csv"
REGISTER = "ciso/risk_register.csv"
LONG_NAME = "A name that goes on and on " * 12


def bad_cell(
    name: str, file: str, header: str, text: str, code: str, *words: str, column: str = ""
) -> Fault:
    """A cell of line 3 that sets its row aside."""
    told = Told(code, file, 3, column or header, text)
    return set_aside(name, set_cell(file, 3, header, text), told, *words)


def odd_cell(
    name: str, file: str, header: str, text: str, code: str, *words: str, column: str = ""
) -> Fault:
    """A cell of line 3 that is used as it is, with a remark."""
    told = Told(code, file, 3, column or header, text)
    return noted(name, set_cell(file, 3, header, text), told, *words)


def day_first_dates() -> Damage:
    """Every date of a column as a day and a month that could be either."""

    def change(content: bytes) -> bytes:
        lines = content.decode().splitlines()
        rest = [line.split(",") for line in lines[1:]]
        for cells in rest:
            cells[3] = f"0{len(cells[0]) % 9 + 1}/05/2025"
        return "\n".join([lines[0], *(",".join(cells) for cells in rest)]).encode() + b"\n"

    return rewrite("governance/sync_meetings.csv", change)


CELL_FAULTS = (
    bad_cell("value_missing", AUDIT, "title", "", "value_missing", "title is empty"),
    bad_cell("key_missing", AUDIT, "audit_finding_id", "", "key_missing"),
    bad_cell("excel_error", AUDIT, "due_on", "#REF!", "excel_error", "#REF!"),
    through(
        bad_cell("unknown_severity", AUDIT, "severity", "urgent", "unknown_category", "critical")
    ),
    bad_cell(
        "unknown_business_unit",
        AUDIT,
        "business_unit",
        "Freight",
        "unknown_business_unit",
        "Distribution",
    ),
    bad_cell("date_that_does_not_exist", AUDIT, "raised_on", "2024-02-30", "bad_date"),
    bad_cell("date_as_a_serial_number", AUDIT, "raised_on", "45460", "excel_serial_date", "2024"),
    bad_cell("date_that_means_never", AUDIT, "due_on", "9999-12-31", "implausible_date"),
    bad_cell("neither_true_nor_false", AUDIT, "is_repeat", "maybe", "bad_boolean"),
    bad_cell("quarter_in_words", REGISTER, "quarter", "third quarter", "bad_quarter", "2026-Q3"),
    bad_cell("money_with_words", DECISIONS, "cost", "about 2 million", "bad_money"),
    bad_cell("money_in_another_currency", DECISIONS, "cost", "€350,000", "other_currency", "EUR"),
    bad_cell("money_abbreviated", DECISIONS, "cost", "2.7M", "abbreviated_number", "2700000"),
    bad_cell("negative_cost", DECISIONS, "cost", "-350000", "below_minimum", "below 0"),
    bad_cell("rating_of_140", VENDORS, "score", "140", "part_above_whole", "100", column="rating"),
    bad_cell("number_with_words", REGISTER, "events_low", "rarely", "bad_number", "rarely"),
    bad_cell(
        "fraction_of_a_finding", VENDORS, "open_criticals", "1.5", "bad_integer", "whole number"
    ),
    through(
        set_aside(
            "nul_byte",
            on_line(AUDIT, 3, lambda line: line.replace(b"Leaver", b"Lea\0ver")),
            Told("control_character", AUDIT, 3, "title"),
            "control character",
        )
    ),
    through(
        noted(
            "name_of_300_characters",
            set_cell(PEOPLE, 3, "role_title", LONG_NAME.strip()),
            Told("text_long", PEOPLE, 3, "role_title"),
            "323 characters",
        )
    ),
    through(
        odd_cell("formula", AUDIT, "title", '=HYPERLINK("http://a.example","Open")', "formula_text")
    ),
    through(odd_cell("html", AUDIT, "title", "<script>alert(1)</script>", "html_text")),
    through(odd_cell("role_nobody_holds", AUDIT, "owner_role", "CDO", "unknown_role", "CDO")),
    odd_cell(
        "time_without_a_time_of_day",
        "ciso/splunk_notables.csv",
        "review_time",
        "2024-10-05",
        "time_assumed",
        column="triaged_at",
    ),
    stops(
        "day_or_month_first",
        day_first_dates(),
        Told("ambiguous_date", "governance/sync_meetings.csv", 2, "planned_on"),
        "%d/%m/%Y",
        "%m/%d/%Y",
    ),
    noted(
        "time_with_an_offset_among_local_times",
        set_cell(INCIDENTS, 3, "u_detected_at", "{}-05:00"),
        Told("mixed_time_zones", INCIDENTS, 2, "detected_at"),
        "America/Chicago",
    ),
    stops(
        "time_with_an_offset_and_no_zone_declared",
        then(
            set_cell(INCIDENTS, 3, "u_detected_at", "{}-05:00"),
            replace("report.toml", 'time_zone = "America/Chicago"     #', "#"),
        ),
        Told("mixed_time_zones_undeclared", INCIDENTS, 2, "detected_at"),
        "time_zone =",
    ),
)
