"""Columns made by rule: the steps, their order, and rules that cannot be."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.errors import ProjectError
from board_report.project import ColumnRule, SourceSpec, load_project
from board_report.tables.column_rules import made, scaled
from tests.projects import found, load, make_project

BLOCK = '\n[[source]]\ntable = "incidents"\nfile = "ciso/t.csv"\n\n[source.columns]\n'


def one(rule: ColumnRule, *cells: str, **how: object) -> str:
    """The text that a rule makes of one row."""
    source = SourceSpec("incidents", "a.csv", missing=("N/A",), **how)  # type: ignore[arg-type]
    (text,) = made(rule, [[cell] for cell in cells], source)
    return text


@pytest.mark.parametrize(
    ("rule", "cells", "text"),
    [
        (ColumnRule(("a", "b")), (" x ", "y"), "x/y"),
        (ColumnRule(("a", "b")), ("x", "N/A"), "x/"),
        (ColumnRule(("a", "b")), ("", "n/a"), ""),
        (ColumnRule(("a", "b"), between=" - "), ("x", "y"), "x - y"),
        (ColumnRule(("a", "b"), how="first"), ("N/A", " y "), "y"),
        (ColumnRule(("a", "b"), how="first"), ("x", "y"), "x"),
        (ColumnRule(("a",), split="-", part=1), ("Retail-2041-x",), "Retail"),
        (ColumnRule(("a",), split="-", part=-1), ("Retail-2041-x",), "x"),
        (ColumnRule(("a",), split="-", part=2), ("Retail",), ""),
        (ColumnRule(("a",), match=r"([0-9]+) days"), ("in 12 days or so",), "12"),
        (ColumnRule(("a",), match=r"([0-9]+) days"), ("soon",), ""),
        (ColumnRule(("a",), times="1000000"), ("15.297",), "15297000"),
        (ColumnRule(("a",), times="1/60"), ("90",), "1.5"),
        (ColumnRule(("a",), times="1000"), ("1,234.5",), "1234500"),
        (ColumnRule(("a",), times="1000"), ("lots",), "lots"),
        (ColumnRule(("c", "a"), between=" ", times="1000000"), ("USD", "0.179"), "USD 179000"),
        (ColumnRule(("c", "a"), between=" ", times="1000000"), ("USD", "EUR 1"), "USD EUR 1"),
        (ColumnRule(("a",), bands=(("9", "critical"), ("7", "high"))), ("9.0",), "critical"),
        (ColumnRule(("a",), bands=(("9", "critical"), ("7", "high"))), ("8.99",), "high"),
        (ColumnRule(("a",), bands=(("9", "critical"), ("7", "high"))), ("6.9",), ""),
        (ColumnRule(("a",), bands=(("9", "critical"),)), ("unknown",), "unknown"),
        (ColumnRule(("a",), default="other"), ("",), "other"),
        (ColumnRule(("a",), bands=(("9", "critical"),), default="low"), ("1",), "low"),
        (ColumnRule(("a",), match="([0-9.]+)", bands=(("7", "high"),)), ("8.1 (AV:N)",), "high"),
    ],
)
def test_steps(rule: ColumnRule, cells: tuple[str, ...], text: str) -> None:
    """Choose or join, cut, find, scale, name, fill in."""
    assert one(rule, *cells) == text


def test_a_decimal_comma_is_kept() -> None:
    """What comes out is written as the file writes its numbers."""
    assert one(ColumnRule(("a",), times="1000"), "1.234,5", decimal_comma=True) == "1234500"
    assert one(ColumnRule(("a",), times="0.5"), "3", decimal_comma=True) == "1,5"


@given(
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False),
    st.sampled_from(["1000", "1000000", "0.01", "24"]),
)
def test_factors_are_exact(number: Decimal, factor: str) -> None:
    """No cent is lost to binary fractions."""
    text = scaled(f"{number:f}", factor, decimal_comma=False)
    assert Decimal(text) == number * Decimal(factor)


def test_rules_in_a_project(tmp_path: Path) -> None:
    """As the guide writes them."""
    columns = """\
incident_id = "Ticket"
title = ["Kind", "Place"]
detected_at = { first = ["Reported", "Opened"] }
business_unit = { from = "Centre", split = "-", part = 1 }
severity = { from = "CVSS", bands = { critical = 9.0, high = 7.0, medium = 4.0, low = 0 } }
outage_hours = { from = "Down (min)", times = "1/60" }
cost = { from = "Cost ($ M)", times = 1_000_000 }
records_affected = { from = "Note", match = '([0-9]+) records' }
category = { from = "Type", default = "other" }
"""
    text = (
        "Ticket,Kind,Place,Reported,Opened,Centre,CVSS,Down (min),Cost ($ M),Note,Type\n"
        "1,Virus,Hall 3,,2026-07-02T08:00Z,Retail-9,9.1,90,0.25,lost 12 records,\n"
        "2,Theft,Van,2026-07-03T08:00Z,2026-07-04T08:00Z,Europe-1,0,,,,malware\n"
    )
    frame = load(tmp_path, {"ciso/t.csv": text}, BLOCK + columns)[1].tables.frame("incidents")
    first, second = frame.to_dict("records")
    assert (first["title"], first["business_unit"], first["severity"]) == (
        *("Virus/Hall 3", "Retail", "critical"),
    )
    assert (first["outage_hours"], first["cost"]) == (1.5, 250_000)
    assert (first["records_affected"], first["category"]) == (12, "other")
    assert str(second["detected_at"]) == "2026-07-03 08:00:00+00:00"
    assert (second["severity"], second["category"]) == ("low", "malware")


def test_a_header_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    """Also within a rule."""
    text = "Ticket,Titel,Severity,Opened\n1,x,high,2026-07-02T08:00Z\n"
    columns = 'incident_id = "Ticket"\ntitle = { from = "Title" }\ndetected_at = "Opened"\n'
    told = found(load(tmp_path, {"ciso/t.csv": text}, BLOCK + columns)[1], "column_missing")
    assert (told.column, told.value) == ("title", "Title")
    assert told.mend == 'On line 21 of report.toml change "Title" to "Titel".'


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("{ split = '-' }", "names no header"),
        ('{ from = "A", first = ["B"] }', "both from and first"),
        ('{ from = "A", part = 0 }', "no piece 0"),
        ("{ from = \"A\", match = '(' }", "no regular expression"),
        ("{ from = \"A\", match = '[0-9]+' }", "it has 0 groups"),
        ('{ from = "A", times = "ten" }', "'ten' is not a factor"),
        ('{ from = "A", times = 0 }', "'0' is not a factor"),
        ('{ from = "A", times = "1/0" }', "'1/0' is not a factor"),
        ('{ from = "A", times = true }', "not a factor"),
        ('{ from = "A", bands = { high = "x" } }', "is not what it must be"),
        ('{ from = "A", defualt = "x" }', "Did you mean default?"),
    ],
)
def test_rules_that_cannot_be(tmp_path: Path, rule: str, says: str) -> None:
    """The file, the key and what to write."""
    folder = make_project(tmp_path, report=f"{BLOCK}title = {rule}\n")
    with pytest.raises(ProjectError) as told:
        load_project(folder)
    assert says in told.value.message
    assert "columns.title" in told.value.where
