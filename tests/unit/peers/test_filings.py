"""The shipped table of filings: what is in it, that it can be made again, and what it counts."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from board_report.documents.xbrl import pieces
from board_report.governance.peers.blocks import BLOCKS, FLAGS, OUTER
from board_report.governance.peers.filings import COLUMNS, load_filings, read_filings
from board_report.governance.peers.industries import load_industries
from board_report.governance.peers.peer_set import FORMS
from board_report.governance.rules import load_rules
from tests.filings import shared_sec
from tests.tools.make_peer_data import TABLE, shipped_text

HEAD = ",".join(COLUMNS)
FOLDED_HEAD = ",".join(
    [
        *("adsh", "cik", "name", "sic", "form", "period", "filed", "taxonomy"),
        *(flag.id for flag in FLAGS),
        *(f"{block.id}_chars" for block in BLOCKS),
    ]
)


def test_row_is_read_as_it_was_filed() -> None:
    row = '7,"A, B CO",5047,10-K/A,20251231,20260211,0000000007-26-000001,tf---t,9,,,,,,,,0,1'
    (filing,) = read_filings(f"{HEAD}\n{row}\n")

    assert (filing.cik, filing.name, filing.form) == (7, "A, B CO", "10-K/A")
    assert (filing.period, filing.filed_on) == (date(2025, 12, 31), date(2026, 2, 11))
    assert filing.flags == {
        "processes_integrated": True,
        "third_party_engaged": False,
        "report_to_board": True,
    }
    assert filing.lengths == {"processes": 9, "expertise": 0, "informing_management": 1}


def test_table_with_other_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="other columns"):
        list(read_filings("cik,name\n1,A\n"))


def test_shipped_filings_are_annual_reports_each_with_something_tagged() -> None:
    data = load_filings()

    assert len(data.filings) == 10_789
    assert {each.form for each in data.filings} <= {
        each for forms in FORMS.values() for each in forms
    }
    assert all(each.flags or each.lengths for each in data.filings)
    assert len({each.accession for each in data.filings}) == len(data.filings)
    assert (
        min(each.filed_on for each in data.filings),
        max(each.filed_on for each in data.filings),
    ) == (data.filed_from, data.filed_to)


def test_window_is_one_year_and_ends_before_the_last_reports_were_due() -> None:
    """Else a filer would stand in it twice, or those that file late would be missing."""
    data = load_filings()

    assert data.year_ends_from.replace(year=data.year_ends_from.year + 1) > data.year_ends_to
    assert (data.filed_to - data.year_ends_to).days >= 90 + 15


def test_every_industry_of_the_filings_has_a_title() -> None:
    codes = {each.sic for each in load_filings().filings} - {""}

    assert codes == set(load_industries())


def test_flags_are_those_of_the_rule_and_blocks_nest_as_drafts_are_tagged() -> None:
    """What is compared is what this program would tag around the same words."""
    by_flag = {each.id for each in load_rules().sub_items if each.flag}
    tagged = {sub_item: len(blocks) for sub_item, blocks in pieces.BLOCKS.items()}
    compared = {each: sum(each in block.sub_items for block in BLOCKS) for each in pieces.BLOCKS}

    assert {flag.sub_item for flag in FLAGS} == by_flag
    assert compared == tagged
    outer = {blocks[0] for blocks in pieces.BLOCKS.values() if len(blocks) > 1}
    assert len(outer) == len(OUTER)


# Making the table


def folded(*rows: str) -> str:
    return "\n".join([FOLDED_HEAD, *rows, ""])


def test_counts_other_than_those_told_are_refused() -> None:
    row = "0000000001-26-000001,1,A,5047,10-K,20251231,20260211,cyd/2025,true,,,false,,,9,,,,,,,,,"
    with pytest.raises(ValueError, match=r"about\.toml"):
        shipped_text(folded(row))


def test_fact_that_is_neither_yes_nor_no_is_refused() -> None:
    from tests.tools import make_peer_data

    row = dict.fromkeys(FOLDED_HEAD.split(","), "") | {"processes_integrated": "maybe"}
    with pytest.raises(KeyError, match="maybe"):
        make_peer_data._shipped(row)


def test_table_is_made_again_byte_for_byte() -> None:
    source = shared_sec() / "peer_disclosures.csv.gz"
    text = shipped_text(gzip.decompress(source.read_bytes()).decode("utf-8"))

    assert gzip.decompress(TABLE.read_bytes()).decode("utf-8") == text
