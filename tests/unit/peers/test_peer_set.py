"""Which filers a draft is held against."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.governance.peers.filings import load_filings
from board_report.governance.peers.industries import (
    UnknownIndustryError,
    checked_sic,
    code_at,
    find_industries,
    load_industries,
    plain_title,
    title_at,
)
from board_report.governance.peers.peer_set import MINIMUM, latest_filings, peer_set
from board_report.governance.peers.records import Filing, Level, PeerSet
from tests.unit.peers.filers import YEAR, filer


def chosen(*filings: Filing, sic: str = "5047", form: str = "10-K", minimum: int = 2) -> PeerSet:
    return peer_set(filings, sic, form, year_ends=YEAR, minimum=minimum)


def ciks(peers: PeerSet) -> list[int]:
    return [each.cik for each in peers.filings]


def test_latest_year_of_a_filer_counts_and_of_it_what_was_filed_last() -> None:
    older = filer(1, period=date(2025, 3, 31), filed_on=date(2026, 3, 1))
    report = filer(1, filed_on=date(2026, 2, 1))
    amended = filer(1, form="10-K/A", filed_on=date(2026, 4, 1))
    twin = filer(1, form="10-K/A", filed_on=date(2026, 4, 1), accession="0000000001-26-000002")

    assert latest_filings([amended, older, report]) == (amended,)
    assert latest_filings([twin, amended]) == latest_filings([amended, twin]) == (twin,)


def test_years_that_end_outside_the_window_and_other_forms_do_not_count() -> None:
    peers = chosen(
        filer(1),
        filer(2, period=date(2025, 1, 31)),
        filer(3, period=date(2026, 2, 28)),
        filer(4, form="20-F"),
        filer(5, form="10-KT", period=date(2025, 2, 28)),
    )
    assert ciks(peers) == [1, 5]


def test_search_goes_on_to_wider_industries_until_there_are_enough() -> None:
    filers = [filer(1), filer(2, "5045"), filer(3, "5099"), filer(4, "5122"), filer(5, "7372")]

    assert [
        (ciks(peers), peers.taken.level, peers.taken.code)
        for peers in (chosen(*filers, minimum=least) for least in (1, 2, 3, 4, 5))
    ] == [
        ([1], Level.INDUSTRY, "5047"),
        ([1, 2], Level.GROUP, "504"),
        ([1, 2, 3], Level.MAJOR_GROUP, "50"),
        ([1, 2, 3, 4], Level.DIVISION, "F"),
        ([1, 2, 3, 4, 5], Level.ALL, ""),
    ]
    assert [each.filers for each in chosen(*filers, minimum=4).tries] == [1, 2, 3, 4]


def test_too_few_filers_altogether_are_all_taken_and_said_to_be_few() -> None:
    peers = chosen(filer(1), filer(2, "7372"), minimum=3)

    assert ciks(peers) == [1, 2]
    assert peers.is_small
    assert not chosen(filer(1), filer(2), minimum=2).is_small


def test_filer_without_a_code_is_of_no_industry_and_counts_among_all() -> None:
    assert ciks(chosen(filer(1), filer(2, ""), minimum=1)) == [1]
    assert ciks(chosen(filer(1), filer(2, ""), sic="", minimum=1)) == [1, 2]


def test_nobody_is_its_own_peer() -> None:
    peers = peer_set([filer(1), filer(2)], "5047", "10-K", year_ends=YEAR, without_cik=1, minimum=1)

    assert ciks(peers) == [2]


def test_form_without_peers_is_refused() -> None:
    with pytest.raises(ValueError, match="40-F"):
        chosen(filer(1), form="40-F")


@given(st.sampled_from(sorted(load_industries())), st.sampled_from(["10-K", "20-F"]))
def test_every_industry_has_enough_peers_each_once(sic: str, form: str) -> None:
    data = load_filings()
    peers = peer_set(data.filings, sic, form, year_ends=(data.year_ends_from, data.year_ends_to))

    assert len(peers.filings) >= MINIMUM
    assert len(set(ciks(peers))) == len(peers.filings)
    assert all(each.filers < MINIMUM for each in peers.tries[:-1])
    assert [each.filers for each in peers.tries] == sorted(each.filers for each in peers.tries)


# Industries


def test_widths_of_a_code_and_their_titles() -> None:
    assert [(code_at("5047", each), title_at("5047", each)) for each in reversed(Level)] == [
        ("5047", "Wholesale: medical, dental and hospital equipment and supplies"),
        ("504", "Wholesale: professional and commercial equipment and supplies"),
        ("50", "Wholesale trade, durable goods"),
        ("F", "Wholesale trade"),
        ("", "All industries"),
    ]


def test_every_industry_has_a_major_group_and_a_division_with_a_title() -> None:
    assert all(
        title_at(sic, level)
        for sic in load_industries()
        for level in (Level.INDUSTRY, Level.MAJOR_GROUP, Level.DIVISION)
    )


@pytest.mark.parametrize("text", ["", "504", "50470", "5O47", "9999", "0000", "-504"])
def test_what_is_no_code_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UnknownIndustryError, match="four digits") as error:
        checked_sic(text, where="--sic")

    assert error.value.where == "--sic"


def test_code_that_no_filer_has_is_a_code_all_the_same() -> None:
    """Its group is there, and the search goes on to it."""
    assert checked_sic(" 5048 ") == "5048"
    assert title_at("5048", Level.INDUSTRY) == ""


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("medical wholesale", ["5047"]),
        ("Prepackaged Software", ["7372"]),
        ("gold", ["1040"]),
        ("distributors of gold", []),
        ("", []),
        ("and of the", []),
    ],
)
def test_industries_are_found_by_words(words: str, codes: list[str]) -> None:
    assert [each.sic for each in find_industries(words)] == codes


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Retail-retail stores, NEC", "Retail: stores, not elsewhere classified"),
        ("Services-services, NEC", "Services: not elsewhere classified"),
        ("X-ray apparatus & tubes", "X-ray apparatus and tubes"),
    ],
)
def test_titles_read_as_plain_words(title: str, plain: str) -> None:
    assert plain_title(title) == plain
