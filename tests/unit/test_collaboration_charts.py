"""The pictures of how the two offices work: meetings held, hand-overs, vendors over the weight."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from board_report.charts import draw
from board_report.story.page import FigureSpec


def svg(kind: str, data: dict[str, Any], width: float, height: float) -> str:
    return draw(FigureSpec(kind, data, width, height, "")).svg.decode()


def words(drawn: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", drawn)


def meetings(*groups: dict[str, int] | None) -> str:
    data = {
        "quarters": ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"][: len(groups)],
        "rows": [{"label": "Sync meetings", "groups": list(groups), "words": "1 of 2"}],
    }
    return svg("held_marks", data, 309, 90)


def test_a_year_is_named_at_its_first_quarter_alone() -> None:
    group = {"held": 1, "planned": 1}
    assert words(meetings(group, group, group, group))[:4] == ["Q4", "Q1 2026", "Q2", "Q3"]
    assert words(meetings(group))[0] == "Q4 2025"


def test_many_meetings_are_written_in_numbers() -> None:
    assert "23 of 26" in words(meetings({"held": 23, "planned": 26}))
    assert "3 of 4" not in words(meetings({"held": 3, "planned": 4}))


def test_a_quarter_not_measured_is_hatched_and_one_without_meetings_is_empty() -> None:
    empty, absent = meetings({"held": 0, "planned": 0}), meetings(None)
    assert len(absent) > len(empty)


def bar(**cells: Any) -> str:
    data = {"high": 48.0, "hours": 24.0, "is_open": False, "waits": [], **cells}
    return svg("hand_over_bar", data, 148, 18)


def test_a_wait_is_drawn_in_the_colour_of_whom_it_waits_for() -> None:
    wait = {"start": 1.0, "hours": 3.0, "to": "CTO"}
    assert "#0b4f8a" in bar(waits=[wait])
    assert "#6b9ac4" in bar(waits=[{**wait, "to": "CISO"}])
    assert "#0b4f8a" not in bar()


def test_a_wait_that_begins_after_the_right_edge_is_left_out() -> None:
    assert "#0b4f8a" not in bar(waits=[{"start": 60.0, "hours": 3.0, "to": "CTO"}])


def test_the_axis_has_its_words() -> None:
    data = {"high": 48.0, "ticks": [[0.0, "0 h"], [24.0, "1 day"], [48.0, "2 days"]]}
    assert words(svg("hand_over_bar", data, 148, 15)) == ["0 h", "1 day", "2 days"]


def lines(count: int, **cells: Any) -> str:
    data = {
        "vendors": [
            {"label": f"Vendor {at}", "left": 3.0, "right": 4.0, "is_chosen": at == 0}
            for at in range(count)
        ],
        "weight": 0.5,
        "weight_label": "declared: 50% CISO",
        "turns": [{"at": 0.48, "score": 3.5, "label": "48%"}],
        "ends": ["CTO alone", "CISO alone"],
        **cells,
    }
    return svg("weight_lines", data, 309, 90)


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_the_declared_weight_is_named_at_either_end(weight: float) -> None:
    assert "declared: 50% CISO" in words(lines(2, weight=weight))


def test_vendors_that_end_together_keep_their_names_apart() -> None:
    drawn = lines(4)
    places = [float(found[1]) for found in re.finditer(r'y="([-\d.]+)"[^>]*>Vendor', drawn)] or [
        float(found[1])
        for found in re.finditer(r"translate\([-\d.]+ ([-\d.]+)\)[^>]*>Vendor", drawn)
    ]
    assert len(places) == 4
    ordered = sorted(places)
    assert min(b - a for a, b in pairwise(ordered)) > 11


def test_where_the_first_changes_is_named() -> None:
    assert "48%" in words(lines(2))
    assert "48%" not in words(lines(2, turns=[]))
