"""Last year's item is read out of its tags: each passage once, where its own tag puts it."""

import pytest

from board_report.documents.xbrl.filed_item import read_filed_item
from board_report.documents.xbrl.writer import write_annual
from board_report.errors import DocumentError
from tests.unit.xbrl.samples import TEXTS, annual

OWN = [name for name in TEXTS if name not in ("106(b)(1)", "106(b)(1)(ii)", "106(b)(1)(iii)")]
"""Sub-items whose words stand in a text block that nothing else is in."""


def document() -> bytes:
    return write_annual(annual())["lkf-20261231.htm"]


def test_passages_come_back_as_they_were_written() -> None:
    item = read_filed_item(document())

    assert (item.fiscal_year, item.form) == (2026, "10-K")
    found: dict[str, list[str]] = {}
    for each in item.passages:
        found.setdefault(each.sub_item, []).append(each.text)
    assert {name: tuple(found[name]) for name in OWN} == {name: TEXTS[name] for name in OWN}
    assert found["106(b)(1)"] == [
        *TEXTS["106(b)(1)"], *TEXTS["106(b)(1)(ii)"], *TEXTS["106(b)(1)(iii)"],
    ]  # fmt: skip


def test_no_passage_is_read_twice() -> None:
    texts = [each.text for each in read_filed_item(document()).passages]

    assert sorted(texts) == sorted(text for some in TEXTS.values() for text in some)


def test_answers_stand_at_the_first_passage() -> None:
    item = read_filed_item(document())

    assert {each.sub_item: each.answer for each in item.passages if each.answer is not None} == {
        "106(b)(1)(i)": True,
        "106(b)(2)": False,
        "106(c)(2)(i) positions": True,
        "106(c)(2)(iii)": True,
    }
    effects = [each for each in item.passages if each.sub_item == "106(b)(2)"]
    assert [(each.position, each.answer) for each in effects] == [(1, False), (2, None)]


def test_facts_without_words_of_their_own_are_named() -> None:
    assert read_filed_item(document()).unplaced == (
        ("106(b)(1)(ii)", True),
        ("106(b)(1)(iii)", True),
    )


def test_year_is_that_of_the_period_where_the_cover_is_silent() -> None:
    silent = document().replace(b'"dei:DocumentFiscalYearFocus"', b'"dei:DocumentName"')

    assert read_filed_item(silent).fiscal_year == 2026


def test_document_without_the_item_is_refused() -> None:
    bare = document().replace(b"cyd:CybersecurityRisk", b"cyd:Unknown")

    with pytest.raises(DocumentError, match="no annual item"):
        read_filed_item(bare)
