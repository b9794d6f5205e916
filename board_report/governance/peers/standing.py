"""Where a draft stands among filers: shares of answers, coverage, and lengths."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import quantiles

from board_report.governance.filing_text import FilingText
from board_report.governance.peers.blocks import BLOCKS, FLAGS, draft_answers, draft_lengths
from board_report.governance.peers.records import (
    Block,
    Filing,
    Flag,
    FlagStanding,
    LengthStanding,
    PeerSet,
    Quartiles,
    Standing,
)
from board_report.metrics.statistics.intervals import share_interval

FEWEST_TEXTS = 10
"""Texts under which no quartile of their lengths is told, and no place among them."""


def standing(text: FilingText, peers: PeerSet) -> Standing:
    """Hold a draft against the filers of a set.

    Args:
        text: the draft; an empty one has no answers and no lengths, and what the filers did is
            told all the same.
        peers: as made by :func:`~board_report.governance.peers.peer_set.peer_set`.
    """
    answers, lengths = draft_answers(text), draft_lengths(text)
    return Standing(
        flags=tuple(flag_standing(flag, peers.filings, answers[flag.id]) for flag in FLAGS),
        lengths=tuple(length_standing(each, peers.filings, lengths[each.id]) for each in BLOCKS),
    )


def flag_standing(flag: Flag, filings: Sequence[Filing], ours: bool | None) -> FlagStanding:
    """How filers answer one fact; the interval is Clopper-Pearson's, at 95%."""
    answers = [each.flags[flag.id] for each in filings if flag.id in each.flags]
    yes = sum(answers)
    return FlagStanding(
        flag=flag,
        yes=yes,
        no=len(answers) - yes,
        untagged=len(filings) - len(answers),
        interval=share_interval(yes, len(answers)) if answers else None,
        ours=ours,
    )


def length_standing(block: Block, filings: Sequence[Filing], ours: int) -> LengthStanding:
    """How long filers' texts of one block are, in characters.

    A block that was tagged around nothing at all counts as not tagged. Quartiles are interpolated
    between the texts at hand (type 7 of Hyndman and Fan, The American Statistician 50, 1996).
    """
    lengths = sorted(each.lengths[block.id] for each in filings if each.lengths.get(block.id))
    enough = len(lengths) >= FEWEST_TEXTS
    return LengthStanding(
        block=block,
        tagged=len(lengths),
        untagged=len(filings) - len(lengths),
        quartiles=Quartiles(*quantiles(lengths, n=4, method="inclusive")) if enough else None,
        shortest=lengths[0] if lengths else 0,
        longest=lengths[-1] if lengths else 0,
        ours=ours,
        shorter=sum(each < ours for each in lengths),
        equal=sum(each == ours for each in lengths),
    )
