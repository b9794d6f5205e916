"""The facts and text blocks that are compared, and how long a draft's are."""

from __future__ import annotations

from collections.abc import Mapping

from board_report.governance.filing_text import FilingText
from board_report.governance.peers.records import Block, Flag

FLAGS = (
    Flag("processes_integrated", "106(b)(1)(i)", "Processes are integrated"),
    Flag("third_party_engaged", "106(b)(1)(ii)", "Third parties are engaged"),
    Flag("third_party_oversight", "106(b)(1)(iii)", "Providers are overseen"),
    Flag("materially_affected", "106(b)(2)", "Material effects, past or likely"),
    Flag("positions_responsible", "106(c)(2)(i) positions", "Positions are responsible"),
    Flag("report_to_board", "106(c)(2)(iii)", "They report to the board"),
)
"""In the order of the rule."""

_B1 = ("106(b)(1)", "106(b)(1)(i)", "106(b)(1)(ii)", "106(b)(1)(iii)")
_C1 = ("106(c)(1) oversight", "106(c)(1) committee", "106(c)(1) informing")
_C2 = ("106(c)(2)(i) positions", "106(c)(2)(i) expertise", "106(c)(2)(ii)", "106(c)(2)(iii)")

BLOCKS = (
    Block("processes", _B1, "Processes", "processes"),
    Block("integrated", (_B1[1],), "Integration", "integration"),
    Block("materially_affected", ("106(b)(2)",), "Material effects", "material effects"),
    Block("board_oversight", _C1, "Board oversight", "board oversight"),
    Block("committee", (_C1[1],), "Committee", "the committee"),
    Block("informing_board", (_C1[2],), "Informing the board", "informing the board"),
    Block("role_of_management", _C2, "Role of management", "management’s role"),
    Block("positions", (_C2[0],), "Positions", "positions"),
    Block("expertise", (_C2[1],), "Expertise", "expertise"),
    Block("informing_management", (_C2[2],), "Informing management", "informing management"),
)
"""In the order of the rule, the wider before those that stand in it.

Which words stand in which block is how the drafts of this program are tagged, and how most of the
filers that were looked at tag theirs.
"""
OUTER = frozenset({"processes", "board_oversight", "role_of_management"})
"""Blocks in which others stand."""


def draft_lengths(text: FilingText) -> Mapping[str, int]:
    """Characters of each block of a draft, white space run together; 0 where it says nothing.

    The Commission's tables count the tagged words alike: without markup, with the blanks between
    words. Between paragraphs they have a blank or two more or less.
    """
    return {block.id: _length(text, block) for block in BLOCKS}


def _length(text: FilingText, block: Block) -> int:
    said = (text.item(each).text for each in block.sub_items)
    return len(" ".join(" ".join(said).split()))


def draft_answers(text: FilingText) -> Mapping[str, bool | None]:
    """The attested answer to each fact; None where there is none."""
    return {flag.id: text.item(flag.sub_item).answer for flag in FLAGS}
