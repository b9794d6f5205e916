"""What SQL reads of a text is what our parsers read of it; of other texts it says nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.tables.catalogue import TABLES
from board_report.tables.cells import parser_of
from board_report.tables.engine.fast import fast_path
from board_report.tables.outcome import CellRules, Parsed
from board_report.tables.schema import Column, Kind
from board_report.tables.tidy import trim

some = settings(max_examples=150, deadline=None)

COLUMNS = {
    name: TABLES[table].column(name)
    for table, name in (
        ("detections", "detection_id"),
        ("detections", "created_at"),
        ("vulnerability_findings", "asset_name"),
        ("vulnerability_findings", "cve"),
        ("vulnerability_findings", "first_seen_on"),
        ("vulnerability_findings", "reopened_count"),
    )
}
RULES = [
    CellRules(zone=ZoneInfo(zone), day_zone=ZoneInfo(own), date_formats=formats)
    for zone, own in (
        ("UTC", "UTC"),
        ("America/Chicago", "America/Chicago"),
        ("Asia/Kolkata", "Australia/Lord_Howe"),
    )
    for formats in (
        (),
        ("epoch_seconds",),
        ("epoch_milliseconds",),
        ("epoch",),
        ("%d/%m/%Y %H:%M", "%Y-%m-%d"),
        ("%Y%m%d%H%M%S",),
        ("%m/%d/%Y",),
        ("%Y-%d-%m",),
    )
]

two = st.integers(0, 61).map(lambda each: f"{each:02d}")
year = st.sampled_from(("1899", "1900", "1969", "1998", "2025", "2026", "2042", "2199", "2200"))
clock = st.one_of(
    st.builds(lambda a, b: f"{a}:{b}", two, two),
    st.builds(lambda a, b, c: f"{a}:{b}:{c}", two, two, two),
    st.sampled_from(("02:30:00", "01:30:00", "23:59:59.999999999", "00:00:00,5", "24:00", "9:05")),
)
zone = st.sampled_from(
    (
        *("", "Z", " Z", "z", " UTC", "+00:00 UTC", "+05:30", "-06:00", "+0530", "-06"),
        *("+14:00", "+24:00", " +01:00", "-23:59", "+00:60"),
    )
)
date = st.one_of(
    st.builds(lambda y, m, d: f"{y}-{m}-{d}", year, two, two),
    st.sampled_from(("2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2026-02-29")),
)
moments = st.one_of(
    date,
    st.builds(lambda d, t, c, z: f"{d}{t}{c}{z}", date, st.sampled_from("T t"), clock, zone),
    st.integers(0, 10**14).map(str),
    st.builds(lambda d, m, y, c: f"{d}/{m}/{y} {c}", two, two, year, clock),
    st.builds(lambda d, m, y: f"{d}/{m}/{y}", two, two, year),
    st.builds(lambda y, *rest: y + "".join(rest), year, two, two, two, two, two),
)
words = st.one_of(
    st.text(max_size=12),
    st.text("abcAZ019 _.:/-<>=@+#'\"\t\u00a0é", max_size=8),
    st.sampled_from(("CVE-2026-1234", "cve-2026-1234", "CVE-2026-123", "#REF!", "x" * 301, "N/A")),
    st.integers(-5, 10**12).map(str),
)
texts = st.one_of(moments, moments, words)
_CONNECTION = duckdb.connect(config={"threads": 1})


def by_sql(column: Column, rules: CellRules, text: str, taken: frozenset[str]) -> Any:
    """The value that the expressions give, or None."""
    fast = fast_path(column, rules, taken, "cell")
    if fast is None:
        return None
    relation = "(SELECT ?::VARCHAR AS cell)"
    for layer in fast.layers:
        lets = "".join(f", {expression} AS {name}" for name, expression in layer)
        relation = f"(SELECT *{lets} FROM {relation})"
    sql = f"SELECT {fast.value}, {fast.is_naive}, {fast.is_offset} FROM {relation}"
    return _CONNECTION.execute(sql, [text]).fetchone()


def as_value(value: object) -> object:
    return int(value.replace(tzinfo=UTC).timestamp()) if isinstance(value, datetime) else value


@pytest.mark.parametrize("name", COLUMNS)
@some
@given(text=texts, rules=st.sampled_from(RULES), taken=st.sampled_from(("", "n/a", "2026-03-08")))
def test_sql_reads_what_the_parsers_read(
    name: str, text: str, rules: CellRules, taken: str
) -> None:
    column, no_value = COLUMNS[name], frozenset({taken} - {""})
    found = by_sql(column, rules, text, no_value)
    if found is None or found[0] is None:
        return
    value, is_naive, is_offset = found
    assert trim(text) == text
    assert text.casefold() not in no_value
    outcome = parser_of(column, rules)(text)
    assert isinstance(outcome, Parsed), outcome
    assert outcome.remarks == ()
    assert as_value(outcome.value) == value
    if column.kind is Kind.DATETIME and not any("epoch" in each for each in rules.date_formats):
        assert (is_naive, is_offset) == (not outcome.has_offset, outcome.has_offset)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("detection_id", "INC-0001 a/b"),
        ("created_at", "2026-07-01T10:00:00Z"),
        ("created_at", "2026-07-01T10:00:00.123+02:00"),
        ("first_seen_on", "2026-07-01"),
        ("cve", "CVE-2026-12345"),
        ("reopened_count", "12"),
    ],
)
def test_the_usual_texts_are_fast(name: str, text: str) -> None:
    """Else the tests above would say nothing."""
    assert by_sql(COLUMNS[name], CellRules(), text, frozenset())[0] is not None
