"""Where a draft stands: shares, coverage and lengths, against values counted by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.governance.peers.blocks import BLOCKS, FLAGS, draft_lengths
from board_report.governance.peers.filings import load_filings
from board_report.governance.peers.records import FlagStanding, LengthStanding, Quartiles
from board_report.governance.peers.standing import (
    FEWEST_TEXTS,
    flag_standing,
    length_standing,
    standing,
)
from tests.filings import shared_sec
from tests.unit.peers.filers import draft, filer
from tests.unit.peers.test_peer_set import chosen

REPORT = next(flag for flag in FLAGS if flag.id == "report_to_board")
PROCESSES = BLOCKS[0]


def lengths(values: Sequence[int | None], ours: int) -> LengthStanding:
    filers = [
        filer(at, lengths={} if each is None else {"processes": each})
        for at, each in enumerate(values)
    ]
    return length_standing(PROCESSES, filers, ours)


def answers(yes: int, no: int, untagged: int) -> FlagStanding:
    given = [{REPORT.id: True}] * yes + [{REPORT.id: False}] * no + [{}] * untagged
    return flag_standing(REPORT, [filer(at, flags=each) for at, each in enumerate(given)], True)


def test_answers_are_counted_and_what_is_not_tagged_is_neither() -> None:
    """Nine of ten: Clopper-Pearson's 55.5% to 99.7% is in the tables."""
    found = answers(9, 1, 5)

    assert (found.yes, found.no, found.untagged, found.tagged) == (9, 1, 5, 10)
    assert found.interval == pytest.approx((0.5550, 0.9975), abs=5e-5)


def test_nobody_who_answered_gives_no_share() -> None:
    assert answers(0, 0, 3).interval is None
    assert flag_standing(REPORT, [], None).interval is None


def test_quartiles_and_place_of_a_text() -> None:
    """Of 100, 200 ... 1,300 the quartiles are the fourth, the seventh and the tenth."""
    found = lengths([each * 100 for each in range(13, 0, -1)], 1000)

    assert found.quartiles == Quartiles(400, 700, 1000)
    assert (found.shortest, found.longest) == (100, 1300)
    assert (found.shorter, found.equal, found.longer) == (9, 1, 3)
    assert found.place == pytest.approx(9.5 / 13)


def test_text_that_is_not_tagged_or_empty_is_no_short_text() -> None:
    found = lengths([*[100] * 10, None, 0], 50)

    assert (found.tagged, found.untagged, found.shortest) == (10, 2, 100)


def test_few_texts_have_no_quartiles_and_no_place_but_are_counted() -> None:
    found = lengths([100] * (FEWEST_TEXTS - 1), 500)

    assert found.quartiles is None
    assert found.place is None
    assert (found.tagged, found.shorter) == (9, 9)


def test_draft_that_says_nothing_has_no_place() -> None:
    assert lengths([100] * 20, 0).place is None
    assert lengths([], 0).longest == 0


@given(st.lists(st.integers(1, 5000), min_size=FEWEST_TEXTS, max_size=60), st.integers(1, 6000))
def test_a_longer_draft_never_stands_lower(values: list[int], ours: int) -> None:
    now, longer = lengths([*values], ours), lengths([*values], ours + 1)

    assert now.place is not None and longer.place is not None
    assert 0 <= now.place <= longer.place <= 1
    assert now.shorter + now.equal + now.longer == len(values)


def test_words_of_a_sub_item_count_in_every_block_they_stand_in() -> None:
    text = draft(b1="Twelve chars", b1i="Five5", oversight="Abc", committee="De  f\n g", c2iii="Hi")

    assert draft_lengths(text) == {
        "processes": 12 + 1 + 5,
        "integrated": 5,
        "materially_affected": 0,
        "board_oversight": 3 + 1 + 6,
        "committee": 6,
        "informing_board": 0,
        "role_of_management": 2,
        "positions": 0,
        "expertise": 0,
        "informing_management": 0,
    }


def test_draft_is_held_against_every_fact_and_block() -> None:
    peers = chosen(filer(1), filer(2), minimum=1)
    found = standing(draft({"106(c)(2)(iii)": False}, b1="Few words."), peers)

    assert [each.flag for each in found.flags] == list(FLAGS)
    assert [each.block for each in found.lengths] == list(BLOCKS)
    assert (found.flags[-1].yes, found.flags[-1].ours) == (2, False)
    assert found.flags[0].ours is None
    assert (found.lengths[0].tagged, found.lengths[0].ours, found.lengths[0].longer) == (2, 10, 2)


# How the Commission's tables count


CIKS = {
    "adbe": 796343, "amzn": 1018724, "ba": 12927, "googl": 1652044, "ibm": 51143, "ko": 21344,
    "nke": 320187, "nvda": 1045810, "pg": 80424, "wmt": 104169,
}  # fmt: skip
ELEMENTS = {
    "processes": "ManagementProcessesForAssessingIdentifyingAndManagingThreats",
    "integrated": "ManagementProcessesIntegrated",
    "materially_affected": "MateriallyAffectedOrReasonablyLikelyToMateriallyAffectRegistrant",
    "board_oversight": "BoardOfDirectorsOversight",
    "committee": "BoardCommitteeOrSubcommitteeResponsibleForOversight",
    "informing_board": "ProcessForInformingBoardCommitteeOrSubcommitteeResponsibleForOversight",
    "role_of_management": "RoleOfManagement",
    "positions": "ManagementPositionsOrCommitteesResponsible",
    "expertise": "ManagementExpertiseOfManagementResponsible",
    "informing_management": "ProcessForInformingManagementOrCommitteesResponsible",
}


def test_lengths_are_those_of_the_words_as_they_were_filed() -> None:
    """Ten filers' texts, counted as a draft's are, against the Commission's own counts."""
    texts = json.loads((shared_sec() / "item_1c_ten_filers.json").read_text(encoding="utf-8"))
    first = {}
    for each in sorted(load_filings().filings, key=lambda each: each.period, reverse=True):
        first[each.cik] = each
    apart = []
    for name, cik in CIKS.items():
        for block, element in ELEMENTS.items():
            said = texts[name].get(f"CybersecurityRisk{element}TextBlock")
            if said:
                own = len(" ".join(said["text_or_flag"].split()))
                apart.append((abs(own - first[cik].lengths[block]), own))

    assert len(apart) == 91
    assert sum(gap == 0 for gap, _ in apart) == 62
    assert max(gap for gap, _ in apart) == 24
    assert max(gap / own for gap, own in apart) < 0.012
