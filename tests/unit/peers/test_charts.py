"""The pictures of peers: what is drawn for usual, scarce and extreme data."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations
from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.page import FigureSpec
from tests.unit.test_charts import box_of, paths, text_boxes, words_of

HEADS = {"label": "Fact", "value": "yes, 95%", "answer": "draft"}
TICKS = [[30, "30"], [100, "100"], [300, "300"], [1000, "1,000"], [3000, "3,000"]]


def answers(*rows: dict[str, Any]) -> FigureSpec:
    data = {"rows": list(rows), "heads": HEADS}
    return FigureSpec("peer_answers", data, 516, 20 + 23 * len(rows), "")


def answer(yes: int, no: int, absent: int, ours: str = "", **more: Any) -> dict[str, Any]:
    words = {"label": "Processes are integrated", "value": "91% (80–97%)"}
    counts = {"yes": yes, "no": no, "absent": absent, "ours": ours}
    return {**words, **counts, "answer": ours.capitalize() or "None", **more}


def lengths(*rows: dict[str, Any], wide: bool = False) -> FigureSpec:
    ticks = [[10, "10"], *TICKS, [10_000, "10,000"], [30_000, "30,000"]] if wide else TICKS
    data = {
        "rows": list(rows),
        "axis": {"low": ticks[0][0], "high": ticks[-1][0], "ticks": ticks},
        "heads": {"label": "Text", "ours": "draft", "value": "the draft is"},
    }
    return FigureSpec("peer_lengths", data, 516, 20 + 20 * len(rows), "")


def length(ours: int | None, *parts: float | None, **more: Any) -> dict[str, Any]:
    names = ("shortest", "lower", "middle", "upper", "longest")
    given = dict(zip(names, parts or (50, 100, 300, 900, 2500), strict=True))
    words = {"label": "Informing management", "is_part": True, "absent": "too few texts: 3"}
    ours_words = f"{ours:,}" if ours else ""
    value = "shorter than 4,641 of 4,694"
    return {**words, **given, "ours": ours, "ours_words": ours_words, "value": value, **more}


USUAL = {
    "answers": answers(answer(40, 0, 7, "yes"), answer(4, 39, 4, "no"), answer(0, 0, 47)),
    "answers, many": answers(answer(4102, 98, 494, "no"), answer(1, 4693, 0, "yes")),
    "answers, none": answers(answer(0, 0, 0), answer(0, 20, 0, "yes")),
    "lengths": lengths(length(250), length(None), length(80_000), length(1)),
    "lengths, scarce": lengths(length(200, *[None] * 5, value=""), length(None, *[None] * 5)),
    "lengths, wide": lengths(length(1), length(80_000), wide=True),
    "lengths, alike": lengths(length(300, *[300] * 5)),
}


@pytest.mark.parametrize("name", USUAL)
def test_words_stay_on_the_sheet_apart_and_large_enough(name: str) -> None:
    spec = USUAL[name]
    svg = draw(spec).svg
    boxes = text_boxes(ET.fromstring(svg))
    clashes = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]

    assert clashes == []
    assert all(left > -1 and right < spec.width + 1 for _, (left, _, right, _) in boxes)
    assert all(top > -1 and bottom < spec.height + 1 for _, (_, top, _, bottom) in boxes)
    assert all(float(size) >= 11 for size in re.findall(rb"font-size: ([\d.]+)px", svg))


def test_parts_are_as_wide_as_their_numbers() -> None:
    """Thirty of forty is three times ten of forty; what is not answered has no fill at all."""
    root = ET.fromstring(draw(answers(answer(30, 10, 20))).svg)
    (yes,), (no,) = paths(root, "accent"), paths(root, "bar")
    wide = [box_of(each)[2] - box_of(each)[0] for each in (yes, no)]

    assert wide[0] == pytest.approx(3 * wide[1], rel=0.01)
    assert {"30", "10", "20"} <= set(words_of(root))


def test_our_answer_points_at_its_part_though_nobody_gave_it() -> None:
    def pointer(row: dict[str, Any]) -> float:
        left, _, right, _ = box_of(paths(ET.fromstring(draw(answers(row)).svg), "ink")[0])
        return (left + right) / 2

    assert pointer(answer(10, 30, 0, "yes")) < pointer(answer(10, 30, 0, "no"))
    assert pointer(answer(0, 40, 0, "yes")) < pointer(answer(0, 40, 0, "no"))
    assert not paths(ET.fromstring(draw(answers(answer(10, 30, 0))).svg), "ink")


def test_our_text_stands_where_its_length_is() -> None:
    def dot(ours: int) -> float:
        row = length(ours, ours_words="88,888")
        left, _, right, _ = box_of(
            paths(ET.fromstring(draw(lengths(row)).svg), "accent", "stroke")[0]
        )
        return (left + right) / 2

    assert dot(100) < dot(300) < dot(3000)
    assert dot(300) - dot(30) == pytest.approx(dot(3000) - dot(300), abs=0.2)
    assert dot(80_000) == pytest.approx(dot(3000), abs=0.1)
    assert dot(1) == pytest.approx(dot(30), abs=0.1)


def test_too_few_texts_are_hatched_and_named() -> None:
    scarce = ET.fromstring(draw(lengths(length(200, *[None] * 5, value=""))).svg)

    assert "too few texts: 3" in words_of(scarce)
    assert not paths(scarce, "band")
    assert paths(ET.fromstring(draw(lengths(length(200))).svg), "band")
