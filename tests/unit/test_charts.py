"""The kinds of chart: what is drawn for a value, for none, and for too much of everything."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from typing import Any

import pytest

from board_report.charts import draw, draw_all, theme
from board_report.charts.dots import swarm
from board_report.documents.deck import deck_figures
from board_report.story.page import FigureSpec
from tests.tools.deck_gallery import EIGHT, gallery

SVG = "{http://www.w3.org/2000/svg}"
SPECS = {
    f"{kind}/{name}": spec
    for kind in ("usual", "worst", "first")
    for name, spec in deck_figures(gallery(kind)).items()
}
FOUR = EIGHT[-4:]
Box = tuple[float, float, float, float]


def root_of(kind: str, data: dict[str, Any], width: float = 200, height: float = 150) -> ET.Element:
    return ET.fromstring(draw(FigureSpec(kind, data, width, height, "")).svg)


def words_of(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def paths(root: ET.Element, name: str, use: str = "fill") -> list[str]:
    """The outlines of all shapes filled (or stroked) in a colour."""
    wanted = f"{use}: {theme.color(name).lower()}"
    return [
        path.get("d", "")
        for path in root.iter(f"{SVG}path")
        if wanted in [part.strip() for part in path.get("style", "").split(";")]
    ]


def box_of(outline: str) -> Box:
    """Left, top, right, bottom of a shape of straight lines."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", outline)]
    xs, ys = numbers[::2], numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def text_boxes(root: ET.Element) -> list[tuple[str, Box]]:
    """Each line of words with the box from its capitals to its baseline."""
    found = []
    for text in root.iter(f"{SVG}text"):
        style = dict(part.split(":", 1) for part in text.get("style", "").split("; "))
        size = float(style["font-size"].strip().removesuffix("px"))
        weight = int(style.get("font-weight", "400"))
        wide = theme.text_width(text.text or "", size, weight)
        x, y = float(text.get("x", "0")), float(text.get("y", "0"))
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[style["text-anchor"].strip()]
        rise = size * 0.66
        if "rotate(" in text.get("transform", ""):
            bottom = y + wide * shift
            found.append((text.text or "", (x - rise, bottom - wide, x, bottom)))
        else:
            left = x - wide * shift
            found.append((text.text or "", (left, y - rise, left + wide, y)))
    return found


# --- every chart of the gallery ---


@pytest.mark.parametrize("name", SPECS)
def test_words_stay_on_the_sheet(name: str) -> None:
    spec = SPECS[name]
    outside = [
        words
        for words, (left, top, right, bottom) in text_boxes(ET.fromstring(draw(spec).svg))
        if left < -1 or top < -1 or right > spec.width + 1 or bottom > spec.height + 1
    ]
    assert outside == []


@pytest.mark.parametrize("name", SPECS)
def test_words_do_not_overlap(name: str) -> None:
    boxes = text_boxes(ET.fromstring(draw(SPECS[name]).svg))
    clashes = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]
    assert clashes == []


@pytest.mark.parametrize("name", SPECS)
def test_no_text_is_smaller_than_eleven_points(name: str) -> None:
    sizes = re.findall(rb"font-size: ([\d.]+)px", draw(SPECS[name]).svg)
    assert all(float(size) >= 11 for size in sizes)


def test_the_same_figures_give_the_same_bytes_alone_and_together() -> None:
    some = {name: SPECS[name] for name in list(SPECS)[::5]}
    assert draw_all(some) == {name: draw(spec) for name, spec in some.items()}


def test_svg_holds_nothing_of_the_program_or_the_day() -> None:
    for name in list(SPECS)[::7]:
        svg = draw(SPECS[name]).svg.decode()
        assert svg.startswith("<svg ")
        assert not re.search(r"metadata|matplotlib|<!--|<style|\d\.\d{3,}", svg)


# --- sparkline ---


def test_a_sparkline_breaks_where_there_is_no_value() -> None:
    root = root_of("sparkline", {"values": [1, 2, None, 3, 4]}, 104, 24)
    assert [outline.count("L") for outline in paths(root, "ctx", "stroke")] == [1, 1]


def test_a_sparkline_of_nothing_is_hatched() -> None:
    root = root_of("sparkline", {"values": [None, None], "target": 5}, 104, 24)
    assert len(paths(root, "ctx", "stroke")[0].split("M")) > 5


def test_the_last_point_has_the_colour_of_the_status() -> None:
    root = root_of("sparkline", {"values": [1, 2], "target": 3, "status": "off"}, 104, 24)
    assert len(paths(root, "off")) == 1


# --- bars ---


def test_bars_are_as_tall_as_their_values_and_start_at_zero() -> None:
    root = root_of("bars", {"quarters": FOUR, "values": [10, 5, 20, 15]})
    boxes = [box_of(outline) for outline in paths(root, "bar") + paths(root, "accent")]
    assert len({round(box[3], 1) for box in boxes}) == 1
    heights = [box[3] - box[1] for box in boxes]
    assert [round(height / heights[0], 2) for height in heights] == [1, 0.5, 2, 1.5]


def test_a_loss_hangs_below_the_line() -> None:
    root = root_of("bars", {"quarters": FOUR[:2], "values": [10, -10]})
    gain, loss = box_of(paths(root, "bar")[0]), box_of(paths(root, "accent")[0])
    assert loss[1] == pytest.approx(gain[3], abs=0.02)


def test_zero_nothing_and_not_measured_are_three_pictures() -> None:
    data = {"quarters": FOUR[:3], "values": [0, None, None]}
    root = root_of("bars", {**data, "states": ["measured", "nothing", "not measured"]})
    assert {"0", "none", "not measured"} <= set(words_of(root))
    assert paths(root, "bar") == paths(root, "accent") == []


def test_the_red_part_stands_on_the_line_and_is_named() -> None:
    part = {"values": [0, 2], "label": "red: severity 1"}
    root = root_of("bars", {"quarters": FOUR[:2], "values": [4, 4], "part": part})
    red, whole = box_of(paths(root, "off")[0]), box_of(paths(root, "accent")[0])
    assert (red[3] - red[1]) * 2 == pytest.approx(whole[3] - whole[1], abs=0.05)
    assert "red: severity 1" in words_of(root)


def test_values_too_wide_for_their_bars_leave_the_last_and_the_largest() -> None:
    labels = ["$1.25B", "$0.9B", "$2.20B", "$1.1B", "$1.2B", "$1.3B", "$1.4B", "$1.5B"]
    data = {"quarters": EIGHT, "values": [1.25, 0.9, 2.2, 1.1, 1.2, 1.3, 1.4, 1.5]}
    root = root_of("bars", {**data, "labels": labels})
    assert [words for words in words_of(root) if "$" in words] == ["$2.20B", "$1.5B"]


def test_the_year_stands_once_under_its_first_quarter_where_it_fits() -> None:
    years = {}
    for width in (200, 300):
        root = root_of("bars", {"quarters": EIGHT, "values": [1] * 8}, width)
        years[width] = [words for words in words_of(root) if words.startswith("20")]
    assert years == {200: ["2025", "2026"], 300: ["2024", "2025", "2026"]}


# --- lines ---


def test_a_line_breaks_where_there_is_no_value_and_the_gap_is_named() -> None:
    series = [{"values": [1, 2, None, None, 3, 4], "end": "4"}]
    root = root_of("lines", {"quarters": EIGHT[:6], "series": series}, 400)
    assert [outline.count("L") for outline in paths(root, "accent", "stroke")] == [1, 1]
    assert "not measured" in words_of(root)


def test_lines_that_end_together_keep_their_names_apart() -> None:
    series = [{"values": [1, 5.0 + at / 100], "label": name} for at, name in enumerate("abcde")]
    root = root_of("lines", {"quarters": FOUR[:2], "series": series}, 300)
    heights = sorted(box[3] for words, box in text_boxes(root) if words in "abcde")
    assert all(b - a >= 14 for a, b in pairwise(heights))


def test_an_axis_without_bounds_starts_at_zero() -> None:
    series = [{"values": [80, 90, 95, 93]}]
    assert "0" in words_of(root_of("lines", {"quarters": FOUR, "series": series}))


# --- dots ---


def dots_data(durations: list[list[float]], **more: Any) -> dict[str, Any]:
    panel = {"title": "A", "durations": durations, "medians": [None] * len(durations), **more}
    return {"quarters": EIGHT[-len(durations) :], "panels": [panel]}


def test_there_is_one_dot_for_each_case() -> None:
    root = root_of("dots", dots_data([[5, 5, 5, 60], [1, 700]]), 300, 250)
    past, now = paths(root, "ctx", "stroke"), paths(root, "accent", "stroke")
    assert (past[0].count("M"), now[0].count("M")) == (4, 2)


def test_an_open_case_is_a_hollow_triangle_at_its_age() -> None:
    root = root_of("dots", dots_data([[5], [6]], open=[[], [100, 200]]), 300, 250)
    triangles = [outline for outline in paths(root, "accent", "stroke") if outline.endswith("z")]
    assert len(triangles) == 2


def test_a_quarter_without_records_is_named_and_an_empty_one_is_not() -> None:
    named = root_of("dots", dots_data([[], [5]], measured=[False, True]), 300, 250)
    assert "not measured" in words_of(named)
    assert "not measured" not in words_of(root_of("dots", dots_data([[], [5]]), 300, 250))


def test_the_axis_holds_the_longest_case() -> None:
    assert "5 years" in words_of(root_of("dots", dots_data([[20000.0]]), 300, 250))


def test_dots_do_not_touch_while_there_is_room() -> None:
    places = swarm([10.0] * 7, 50, 20, 2)
    assert {y for _, y in places} == {10.0}
    gaps = [abs(a[0] - b[0]) for a, b in combinations(places, 2)]
    assert min(gaps) >= 4


def test_crowded_dots_stay_in_their_column() -> None:
    assert all(abs(x - 50) <= 8 for x, _ in swarm([10.0] * 300, 50, 8, 2))


# --- rows ---

AXIS = {"low": 0.0, "high": 1.0, "ticks": [[0, "0%"], [1, "100%"]]}


def test_a_dumbbell_shows_now_and_a_year_ago_and_hatches_what_is_not_assessed() -> None:
    rows = [
        {"label": "A", "now": 0.9, "year_ago": 0.5, "status": "off", "value": "90%"},
        {"label": "B", "now": None, "absent": "not assessed", "value": "–"},
    ]
    root = root_of("dumbbell", {"groups": [{"rows": rows}], "axis": AXIS}, 400)
    assert {"90%", "not assessed"} <= set(words_of(root))
    assert len(paths(root, "off")) == 1


def test_a_value_outside_the_axis_is_pointed_at() -> None:
    inside = [{"label": "A", "now": 0.9, "value": "90%"}]
    beyond = [{"label": "A", "now": 1.9, "value": "190%"}]
    shown = [
        len(paths(root_of("dumbbell", {"groups": [{"rows": rows}], "axis": AXIS}, 400), "ink"))
        for rows in (inside, beyond)
    ]
    assert shown == [0, 1]


def test_an_interval_runs_from_its_low_to_its_high() -> None:
    rows = [{"label": "A", "low": 0.2, "mid": 0.5, "high": 0.6, "value": "0.5"}]
    root = root_of("ranges", {"rows": rows, "axis": {**AXIS, "ticks": []}}, 400)
    left, _, right, _ = box_of(paths(root, "accent-mid")[0])
    whole = [{"label": "A", "low": 0.0, "mid": 0.5, "high": 1.0, "value": "0.5"}]
    full = root_of("ranges", {"rows": whole, "axis": {**AXIS, "ticks": []}}, 400)
    start, _, end, _ = box_of(paths(full, "accent-mid")[0])
    assert (right - left) / (end - start) == pytest.approx(0.4, abs=0.001)


def test_a_long_name_takes_two_lines_in_a_tall_row() -> None:
    rows = [{"label": "Pharmaceutical cold-chain logistics West", "low": 1, "mid": 2, "high": 3}]
    axis = {"low": 0.0, "high": 4.0, "ticks": []}
    words = words_of(root_of("ranges", {"rows": rows, "axis": axis}, 300, 60))
    assert " ".join(words).startswith("Pharmaceutical cold-chain logistics West")


def test_a_plan_without_a_date_is_dashed() -> None:
    spec = SPECS["usual/gallery-plan--gantt.svg"]
    assert draw(spec).svg.count(b"stroke-dasharray") == 1


# --- the cover ---


def test_the_cover_says_when_there_is_no_incident() -> None:
    spec = SPECS["first/cover--timeline.svg"]
    assert "No incident on record" in words_of(ET.fromstring(draw(spec).svg))


def test_there_is_one_stem_for_each_incident() -> None:
    spec = SPECS["usual/cover--timeline.svg"]
    root = ET.fromstring(draw(spec).svg)
    past = max(paths(root, "ctx", "stroke"), key=len).count("M")
    now = max(paths(root, "accent", "stroke"), key=len).count("M")
    current = spec.data["quarters"][-1]["start"]  # type: ignore[index]
    expected = [each["at"] >= current for each in spec.data["incidents"]]  # type: ignore[attr-defined]
    assert (past, now) == (expected.count(False), expected.count(True))
