"""Facts read back: continuation, nesting, nil, formats, numbers, and a stranger's tricks."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from board_report.documents.xbrl.read_records import ReadFact
from board_report.documents.xbrl.reader import read_document, read_facts
from board_report.documents.xbrl.transforms import IXT_SEC, UnknownFormatError, transformed
from board_report.documents.xbrl.writer import write_annual
from board_report.errors import DocumentError
from tests.tools.record_filed_facts import RECORDED, filings, recorded_value
from tests.unit.xbrl.samples import annual

VARIABLE = "BOARD_REPORT_SHARED_DATA"
NEW = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
OLD = "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26"

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
 xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:dei="http://xbrl.sec.gov/dei/2026" xmlns:cyd="http://xbrl.sec.gov/cyd/2026">
<body><div style="display:none"><ix:header><ix:resources><xbrli:context id="c">
<xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001234567</xbrli:identifier>
</xbrli:entity><xbrli:period><xbrli:instant>2026-08-17</xbrli:instant></xbrli:period>
</xbrli:context></ix:resources></ix:header></div>{body}</body></html>"""


def facts(body: str) -> list[ReadFact]:
    return list(read_facts(PAGE.replace("{body}", body).encode()))


def only(body: str) -> ReadFact:
    (found,) = facts(body)
    return found


def test_continuations_are_joined_in_their_order() -> None:
    """The order of the chain, not that of the page."""
    found = only(
        '<p><ix:continuation id="b">three</ix:continuation></p>'
        '<p><ix:nonNumeric contextRef="c" name="dei:X" continuedAt="a">one </ix:nonNumeric></p>'
        '<p>between</p><p><ix:continuation id="a" continuedAt="b">two </ix:continuation></p>'
    )
    assert (found.value, found.continuations, found.fault) == ("one two three", 2, "")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<ix:nonNumeric contextRef="c" name="dei:X" continuedAt="z">a</ix:nonNumeric>', "'z'"),
        (
            '<ix:nonNumeric contextRef="c" name="dei:X" continuedAt="a">a</ix:nonNumeric>'
            '<ix:continuation id="a" continuedAt="a">b</ix:continuation>',
            "circle",
        ),
    ],
)
def test_a_broken_chain_is_told(body: str, fault: str) -> None:
    assert fault in only(body).fault


def test_escaped_values_keep_markup_and_lose_tags() -> None:
    outer, inner = facts(
        '<ix:nonNumeric contextRef="c" name="cyd:A" escape="true"><p class="a&amp;b">x &lt; '
        '<ix:nonNumeric contextRef="c" name="cyd:B">y</ix:nonNumeric> <br/></p></ix:nonNumeric>'
    )
    assert outer.value == '<p class="a&amp;b">x &lt; y <br/></p>'
    assert (outer.text, outer.is_escaped) == ("x < y", True)
    assert (inner.value, inner.is_escaped) == ("y", False)


def test_excluded_words_are_no_part_of_a_value() -> None:
    found = only(
        '<ix:nonNumeric contextRef="c" name="cyd:A" escape="true">one'
        "<ix:exclude> page 7 </ix:exclude> two</ix:nonNumeric>"
    )
    assert (found.value, found.text) == ("one two", "one two")


def test_blocks_are_told_apart_in_text() -> None:
    found = only(
        '<ix:nonNumeric contextRef="c" name="cyd:A" escape="true"><div>one</div><div>two</div>'
        "</ix:nonNumeric>"
    )
    assert found.text == "one two"


def test_nil_has_no_value() -> None:
    found = only('<ix:nonNumeric contextRef="c" name="dei:X" xsi:nil="true"/>')
    assert (found.value, found.is_nil) == ("", True)


@pytest.mark.parametrize(
    ("attributes", "shown", "value"),
    [
        ("", "1234", "1234"),
        ('format="ixt:num-dot-decimal" scale="6"', "1,234.5", "1234500000"),
        ('format="ixt:num-dot-decimal" sign="-"', "7", "-7"),
        ('scale="-2"', "45", "0.45"),
    ],
)
def test_numbers_are_scaled_and_signed(attributes: str, shown: str, value: str) -> None:
    found = only(
        f'<ix:nonFraction contextRef="c" unitRef="u" name="dei:X" {attributes}>{shown}'
        "</ix:nonFraction>"
    )
    assert (found.value, found.is_number, found.fault) == (value, True, "")


def test_a_number_that_is_none_is_told() -> None:
    found = only('<ix:nonFraction contextRef="c" name="dei:X">many</ix:nonFraction>')
    assert found.fault == "'many' is no number"


@pytest.mark.parametrize(
    ("space", "name", "shown", "value"),
    [
        (NEW, "fixed-true", "anything at all", "true"),
        (NEW, "fixed-false", "yes", "false"),
        (NEW, "fixed-empty", "None", ""),
        (OLD, "booleantrue", "no", "true"),
        (OLD, "zerodash", "—", "0"),
        (NEW, "date-monthname-day-year-en", "June\xa021, 2025", "2025-06-21"),
        (NEW, "date-monthname-day-en", "December 31", "--12-31"),
        (NEW, "date-day-monthname-year-en", "3 Feb 2026", "2026-02-03"),
        (OLD, "datemonthdayyearen", "Sept. 9, 2025", "2025-09-09"),
        (OLD, "datemonthdayen", "February 29", "--02-29"),
        (IXT_SEC, "stateprovnameen", "British Columbia", "BC"),
        (IXT_SEC, "edgarprovcountryen", "British Columbia", "A1"),
        (IXT_SEC, "stateprovnameen", "NEW YORK", "NY"),
        (IXT_SEC, "exchnameen", "The Nasdaq Global Select Market", "NASDAQ"),
        (IXT_SEC, "exchnameen", "New York Stock Exchange", "NYSE"),
        (IXT_SEC, "boolballotbox", "☒", "true"),
        (IXT_SEC, "boolballotbox", "☐", "false"),
    ],
)
def test_formats_are_applied(space: str, name: str, shown: str, value: str) -> None:
    assert transformed(shown, space, name) == value


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("date-monthname-day-year-en", "Juny 1, 2025"),
        ("date-monthname-day-year-en", "June 31, 2025"),
        ("date-monthname-day-year-en", "Ju 1, 2025"),
        ("num-dot-decimal", "1.2.3"),
    ],
)
def test_a_text_that_does_not_fit_its_format_is_refused(name: str, shown: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        transformed(shown, NEW, name)


@pytest.mark.parametrize(
    ("space", "name"),
    [(OLD, "fixed-true"), (NEW, "booleantrue"), (NEW, "perhaps"), ("http://other", "fixed-true")],
)
def test_a_format_that_a_registry_does_not_have_is_unknown(space: str, name: str) -> None:
    with pytest.raises(UnknownFormatError):
        transformed("x", space, name)


def test_an_instant_is_a_day_without_a_start() -> None:
    context = read_document(PAGE.replace("{body}", "").encode()).contexts["c"]
    assert context.start is None
    assert context.end is not None
    assert context.end.isoformat() == "2026-08-17"


def test_the_wrapper_of_a_full_submission_is_taken_off() -> None:
    page = write_annual(annual())["lkf-20261231.htm"]
    wrapped = read_facts(b"<XBRL>\n" + page + b"\n</XBRL>\n")
    assert [each.value for each in wrapped] == [each.value for each in read_facts(page)]


def test_what_a_browser_would_fetch_or_run_is_seen() -> None:
    body = (
        '<script>x</script><img src="https://a.example/x.png"/><img src="x.png"/>'
        '<p style="background:URL(x)">y</p><iframe/>'
    )
    found = read_document(PAGE.replace("{body}", body).encode()).outside
    assert [what for _, what in found] == [
        "<script>",
        "https://a.example/x.png",
        "url() in a style",
        "<iframe>",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>", "not well-formed"),
        (b"", "not well-formed"),
        (b"\x00\xff", "not well-formed"),
        (b'<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>', "document type"),
        (
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
            "document type",
        ),
        (
            "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a><a/>".encode("utf-16"),
            "document type",
        ),
        (b"<a>" * 300 + b"</a>" * 300, "not well-formed"),
    ],
)
def test_a_strangers_file_is_refused_with_a_reason(data: bytes, words: str) -> None:
    """No entity is resolved, nothing is read, and depth has an end."""
    with pytest.raises(DocumentError, match=words):
        read_facts(data)


def test_a_huge_file_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("board_report.documents.xbrl.reader.MOST_BYTES", 10)
    with pytest.raises(DocumentError, match="larger"):
        read_facts(b"<a>" + b" " * 20 + b"</a>")


# --- real reports ---------------------------------------------------------------------------------

PLACES = {
    "0001020859-25-000036": {"EntityIncorporationStateCountryCode": "DE"},
    "0001193125-25-119311": {"EntityIncorporationStateCountryCode": "DE"},
    "0001193125-25-143135": {"EntityIncorporationStateCountryCode": "DE"},
    "0001437749-25-006475": {
        "EntityIncorporationStateCountryCode": "WI",
        "EntityAddressStateOrProvince": "WI",
    },
    "0001493152-26-013239": {
        "EntityIncorporationStateCountryCode": "DE",
        "EntityAddressStateOrProvince": "NJ",
    },
    "0001677703-25-000067": {
        "EntityIncorporationStateCountryCode": "NY",
        "EntityAddressStateOrProvince": "NJ",
    },
    "0001834584-25-000196": {
        "EntityIncorporationStateCountryCode": "DE",
        "EntityAddressStateOrProvince": "WA",
    },
    "0001834584-25-000202": {
        "EntityIncorporationStateCountryCode": "DE",
        "EntityAddressStateOrProvince": "WA",
    },
}
"""By hand from the words on the cover pages: the Commission's formats, which Arelle lacks."""
ON_NASDAQ = ("0001079973-25-001631", "0001493152-26-013239", "0001677703-25-000067")
UNREAD = "(ixTransformValueError)"
"""What Arelle gives for a format of the Commission's registry."""


def expected(report: str, name: str, value: str) -> str:
    """Arelle's value, or what the cover page says where Arelle has none."""
    local = name.partition(":")[2]
    if value != UNREAD:
        return value
    if local == "SecurityExchangeName":
        return "NASDAQ" if report in ON_NASDAQ else "NYSE"
    return PLACES[report].get(local, "false")


def reports() -> list[Path]:
    """The nine real reports; none where the shared folder is not there."""
    return filings(Path(os.environ[VARIABLE])) if VARIABLE in os.environ else []


def test_the_real_reports_are_there_on_a_build_server() -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert len(recorded) == 9
    assert sum(len(each) for each in recorded.values()) == 246
    if os.environ.get("CI") == "true" and VARIABLE in os.environ:
        assert sorted(recorded) == [each.stem for each in reports()]


@pytest.mark.parametrize("report", reports(), ids=lambda each: each.stem)
def test_real_reports_read_as_arelle_reads_them(report: Path) -> None:
    """Every fact, its context and its value; long ones by the hash of their words."""
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))[report.stem]
    theirs = sorted(
        [name, context, expected(report.stem, name, value)] for name, context, value in recorded
    )
    ours = sorted(
        [each.name, each.context_id, recorded_value(each.value)]
        for each in read_facts(report.read_bytes())
    )
    assert ours == theirs
