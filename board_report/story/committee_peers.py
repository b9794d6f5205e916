"""The disclosure committee's page on peers: two pictures and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from board_report.governance.peers.blocks import OUTER
from board_report.governance.peers.records import Compared, FlagStanding, LengthStanding
from board_report.story import formats, peer_words
from board_report.story.committee_page import PaperFigure, PicturePart
from board_report.story.page import FigureSpec

WIDTH = 516.0
"""Points: the text column of the paper."""
_FLAG_ROW, _LENGTH_ROW, _HEAD = 25.0, 20.0, 20.0
_TICKS = (10, 30, 100, 300, 1000, 3000, 10_000, 30_000)
_SHOWN = (30, 10_000)
"""Characters that the axis shows at least; longer and shorter texts stand at its ends."""


def peers_part(compared: Compared) -> PicturePart:
    """Where the draft stands among its peers."""
    peers, found = compared.peers, compared.standing
    lead = f"Compared with {peer_words.population(peers)}, {peer_words.window(peers)}."
    return PicturePart(
        title=peer_words.standing_title(found, peers),
        lead=" ".join(filter(None, (lead, peer_words.widened(peers), _small(compared)))),
        figures=(
            PaperFigure(
                "peer-answers.svg",
                "Answers to the yes-or-no facts",
                _answers(found.flags),
                (
                    "Filers that answered yes (dark), no (light) and that did not tag the fact "
                    "(hatched); the triangle is the draft’s answer. Share of yes among those that "
                    "answered, with its exact 95% interval.",
                ),
            ),
            PaperFigure(
                "peer-lengths.svg",
                "Length of each text, in characters",
                _lengths(found.lengths),
                (
                    "Line: shortest to longest. Bar: the middle half. Tick: the median. Dot: the "
                    "draft. Equal steps along the scale are equal factors; what lies beyond "
                    "the scale stands at its end.",
                ),
            ),
        ),
        notes=(
            peer_words.NOT_QUALITY,
            peer_words.NOT_TAGGED,
            *compared.data.notes[:1],
            peer_words.source(compared.data),
        ),
    )


def _small(compared: Compared) -> str:
    if not compared.peers.is_small:
        return ""
    return "So few cannot tell what is usual."


def _answers(flags: Sequence[FlagStanding]) -> FigureSpec:
    rows = [
        {
            "label": each.flag.label,
            "yes": each.yes,
            "no": each.no,
            "absent": each.untagged,
            "ours": "" if each.ours is None else peer_words.answer(each.ours),
            "value": peer_words.share_words(each),
            "answer": peer_words.answer(each.ours).capitalize(),
        }
        for each in flags
    ]
    return FigureSpec(
        kind="peer_answers",
        data={"rows": rows, "heads": {"label": "Fact", "value": "yes, 95%", "answer": "draft"}},
        width=WIDTH,
        height=_HEAD + _FLAG_ROW * len(rows),
        alt=_answers_alt(flags),
    )


def _answers_alt(flags: Iterable[FlagStanding]) -> str:
    said = [
        f"{each.flag.label}: {each.yes} yes, {each.no} no, {each.untagged} not tagged, "
        f"draft {peer_words.answer(each.ours)}"
        for each in flags
    ]
    return f"{'; '.join(said)}."


def _lengths(lengths: Sequence[LengthStanding]) -> FigureSpec:
    rows = [_length_row(each) for each in lengths]
    low, high = _bounds(lengths)
    ticks = [[tick, formats.number(tick)] for tick in _TICKS if low <= tick <= high]
    return FigureSpec(
        kind="peer_lengths",
        data={
            "rows": rows,
            "axis": {"low": low, "high": high, "ticks": ticks},
            "heads": {"label": "Text", "ours": "draft", "value": "the draft is"},
        },
        width=WIDTH,
        height=_HEAD + _LENGTH_ROW * len(rows),
        alt=_lengths_alt(lengths),
    )


def _bounds(lengths: Sequence[LengthStanding]) -> tuple[int, int]:
    """From the nearest tick below the shortest middle half, and the draft, to that above."""
    shown = [
        value
        for each in lengths
        for value in (
            *((each.quartiles.low, each.quartiles.high) if each.quartiles else ()),
            *((each.ours,) if each.ours else ()),
        )
    ]
    least, most = min([*shown, _SHOWN[0]]), max([*shown, _SHOWN[1]])
    low = max((tick for tick in _TICKS if tick <= least), default=_TICKS[0])
    return low, min((tick for tick in _TICKS if tick >= most), default=_TICKS[-1])


def _length_row(each: LengthStanding) -> dict[str, object]:
    parts = each.quartiles
    return {
        "label": each.block.label,
        "is_part": each.block.id not in OUTER and each.block.id != "materially_affected",
        "shortest": max(each.shortest, 1) if parts else None,
        "lower": parts.low if parts else None,
        "middle": parts.middle if parts else None,
        "upper": parts.high if parts else None,
        "longest": each.longest if parts else None,
        "ours": each.ours or None,
        "ours_words": formats.number(each.ours) if each.ours else "",
        "value": peer_words.place_words(each) if parts or not each.ours else "",
        "absent": f"too few texts: {each.tagged}" if each.tagged else "tagged by nobody",
    }


def _lengths_alt(lengths: Iterable[LengthStanding]) -> str:
    said = [
        f"{each.block.label}: median {formats.number(each.quartiles.middle)} characters, draft "
        f"{formats.number(each.ours)}, {peer_words.place_words(each)}"
        for each in lengths
        if each.quartiles
    ]
    return f"{'; '.join(said)}." if said else "Too few filers tagged these texts."
