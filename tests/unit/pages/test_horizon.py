"""The horizon: titles for none, one and many items, with and without actions, and the picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from board_report.charts import draw, theme
from board_report.story.commentary import Commentary
from board_report.story.horizon_rows import MOST, held
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import FigureSpec, Judgement, Page
from board_report.story.pages import horizon
from board_report.typeset import lines_needed
from tests.spec.tables import Row, tables
from tests.unit.pages.series_for import series_for

SAID = {
    "horizon": Commentary(
        "horizon", "commentary/horizon.md", recommends=(Judgement("CISO", "Begin."),)
    )
}
QUIET = {"horizon": Commentary("horizon", "commentary/horizon.md", notes=("Aside.",))}
ITEM: Row = {
    "theme": "regulation",
    "title": "A new rule",
    "expected_on": "2027-06-30",
    "certainty": "adopted",
    "source": "Official Journal",
    "source_dated_on": "2026-01-15",
    "ciso_action": "Compare controls",
    "ciso_due_on": "2026-12-18",
    "cto_action": "Plan the change",
    "cto_due_on": "2026-11-30",
}
HEAD, ROW = 36, 40
"""Points over the first row of a picture, and its height where there is one item."""
SVG = "{http://www.w3.org/2000/svg}"


def item(**changes: object) -> Row:
    return {**ITEM, **changes}


def many(count: int, **changes: object) -> list[Row]:
    return [item(title=f"Item {at}", **changes) for at in range(count)]


def pages_of(rows: Sequence[Row], **more: object) -> tuple[Page, ...]:
    pages = horizon.build(series_for({}, some=tables(horizon=rows), **more))  # type: ignore[arg-type]
    assert all(len(page.title) <= LONGEST_TITLE for page in pages)
    return pages


def texts(spec: FigureSpec) -> dict[str, tuple[float, str]]:
    """Words of a picture with where they start and in which colour."""
    root = ET.fromstring(draw(spec).svg)
    return {
        text.text or "": (float(text.get("x", "0")), text.get("style", "").rpartition("fill: ")[2])
        for text in root.iter(f"{SVG}text")
    }


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "Nothing that we know of is coming: the horizon has no item"),
        ([ITEM], "One rule is due within a year; both leaders have an action for it"),
        ([item(cto_action=None)], "One rule is due within a year; the CTO has no action for it"),
        (
            [item(ciso_action=None, cto_action=None)],
            "One rule is due within a year; the CISO and the CTO have no action for it",
        ),
        (
            [item(expected_on="2027-10-01")],
            "Nothing on the horizon is due within a year; both leaders have an action for it",
        ),
        (
            [*many(4), item(theme="technology", title="T"), *many(4, expected_on="2028-01-01"),
             item(ciso_action=None, expected_on="2028-01-01")],
            "Four rules and one technology shift are due within a year; both leaders have an "
            "action for nine of ten items",
        ),
        (
            [*many(2), item(theme="threat"), item(theme="ai_security"), item(theme="technology")],
            "Five changes are due within a year, two of them rules; both leaders have an action "
            "for each of five items",
        ),
        (
            [item(theme="security_as_code"), item(theme="threat"), item(theme="ai_security")],
            "Three changes are due within a year; both leaders have an action for each of three "
            "items",
        ),
        (
            many(2, theme="security_as_code", cto_action=None),
            "Two steps to security as code are due within a year; for none of two items do both "
            "leaders have an action",
        ),
        (
            many(1200),
            "1,200 rules are due within a year; both leaders have an action for each of 1,200 "
            "items",
        ),
    ],
)  # fmt: skip
def test_title(rows: list[Row], title: str) -> None:
    assert pages_of(rows)[0].title == title


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (many(4), "All four items have actions of both leaders; the next is due on 30 Nov 2026"),
        (
            many(5, ciso_due_on=None, cto_due_on="2026-09-30"),
            "All five items have actions of both leaders",
        ),
        (
            [*many(3), item(cto_action=None)],
            "Of four items on the horizon, the CTO has no action for one",
        ),
        (
            many(12, ciso_action=None, cto_action=None),
            "Of twelve items on the horizon, the CISO has no action for twelve and the CTO has no "
            "action for twelve",
        ),
    ],
)
def test_title_of_the_actions(rows: list[Row], title: str) -> None:
    assert pages_of(rows)[1].title.replace("\u00a0", " ") == title


def test_no_table_is_no_page_and_a_leaders_word_keeps_one() -> None:
    said = {"horizon": Commentary("horizon", "commentary/horizon.md", means=(("CISO", "Soon."),))}

    assert horizon.build(series_for({})) == ()
    (page,) = horizon.build(series_for({}, commentary=said))
    assert page.title == "What is coming was not given, so no action can be held against it"
    assert page.body["is_measured"] is False
    (empty,) = pages_of([])
    assert empty.body["is_measured"] is True


def test_ten_items_are_shown_and_the_rest_is_counted_those_without_action_first() -> None:
    near = many(10)
    far = [item(title="Far and open", expected_on="2035-01-01", cto_action=None)]
    timeline, actions = pages_of([*near, *far, item(title="Far", expected_on="2034-01-01")])

    rows: Any = actions.body["rows"]
    assert len(rows) == MOST
    assert [row["title"] for row in rows][-1] == "Far and open"
    assert "Far" not in [row["title"] for row in rows]
    assert (
        timeline.context
        == "12 items from dated sources: twelve adopted. Two further off are not shown."
    )
    assert actions.context == "No source is over a year old. Two further off are not shown."


def test_a_missing_action_is_said_in_the_cell_and_in_the_picture() -> None:
    (timeline,) = pages_of([item(cto_action=None), item(title="Other")])
    first, second = timeline.body["rows"]  # type: ignore[misc]

    assert first["is_faulty"] and not second["is_faulty"]
    assert first["actions"][1] == {"text": "", "by": "no action of the CTO"}
    assert second["actions"][1]["text"] == "Plan the change"
    drawn = texts(timeline.figures["timeline"])
    assert drawn["no action: CTO"][1] == "#a31621"
    assert "no action: CTO" not in texts(pages_of([ITEM])[0].figures["timeline"])


def test_an_old_source_is_marked_and_a_date_is_said_once() -> None:
    (page,) = pages_of([
        item(source="Watch, 29 September 2025", source_dated_on="2025-09-29"),
        item(source="Watch, 30 September 2025", source_dated_on="2025-09-30"),
    ])  # fmt: skip
    rows: Any = page.body["rows"]

    assert [row["source"]["name"] for row in rows] == ["Watch", "Watch"]
    assert [row["source"]["dated"].replace("\u00a0", " ") for row in rows] == [
        "29 Sep 2025, old",
        "30 Sep 2025",
    ]
    old = many(2, source_dated_on="2020-01-01")
    assert pages_of([*many(3), *old])[1].context == "Two sources are over a year old."
    assert pages_of([*many(3), old[0]])[1].context == "One source is over a year old."


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (3, 1), (4, 2), (10, 2)])
@pytest.mark.parametrize("said", [{}, QUIET, SAID])
def test_few_items_have_their_actions_under_the_picture_and_the_page_holds_both(
    count: int, pages: int, said: dict[str, Commentary]
) -> None:
    built = pages_of(many(count), commentary=said)
    body: Any = built[-1].body

    assert len(built) == pages
    assert len(body["rows"]) == count
    assert sum(body["widths"]) == (642 if said is SAID and pages == 1 else 864)
    top = built[0].figures["timeline"].height + 14 if pages == 1 else 0
    assert top + 26 + body["height"] * count <= 334


def test_marks_stand_in_the_order_of_their_days_and_nothing_leaves_the_sheet() -> None:
    days = ("2020-01-01", "2026-12-31", "2027-12-31", "2028-12-31", "2040-01-01")
    rows = [item(title=f"Item {day}", expected_on=day, cto_action=None) for day in days]
    spec = pages_of(rows)[0].figures["timeline"]
    data: Any = spec.data
    marks = [row["date"] for lane in data["lanes"] for row in lane["rows"]]

    assert marks == [date.fromisoformat(day) for day in days]
    words = texts(spec)
    starts = [words[f"31\u00a0Dec\u00a0{year}"][0] for year in (2026, 2027, 2028)]
    assert starts[0] < starts[1]
    assert all(0 <= x <= spec.width for x, _ in words.values())


def boxes(spec: FigureSpec) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the words of the first row, from capitals to baseline."""
    found = []
    for text in ET.fromstring(draw(spec).svg).iter(f"{SVG}text"):
        x, y, style = float(text.get("x", "0")), float(text.get("y", "0")), text.get("style", "")
        weight = 600 if "font-weight: 600" in style else 400
        if HEAD < y < HEAD + ROW and "anchor: start" in style:
            found.append((x, y - 7.3, x + theme.text_width(text.text or "", 11, weight), y))
    return found


@pytest.mark.parametrize("year", range(2026, 2032))
@pytest.mark.parametrize("lacking", [(), ("cto_action",), ("ciso_action", "cto_action")])
def test_words_of_a_row_never_stand_on_each_other(year: int, lacking: tuple[str, ...]) -> None:
    title = "A rule with a name that is so long that it takes two whole lines beside the axis"
    for month in (1, 6, 11):
        row = item(title=title, expected_on=f"{year}-{month:02d}-15", **dict.fromkeys(lacking))
        spec = pages_of([row], commentary=SAID)[0].figures["timeline"]
        assert spec.width == 642
        found = boxes(spec)
        assert len(found) == 4 + bool(lacking)  # lane, two lines of title, day, note
        for one, other in combinations(found, 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1], (year, month)
        assert all(left >= 0 and right <= spec.width for left, _, right, _ in found)


def test_certainty_changes_the_mark() -> None:
    drawn = {
        certainty: draw(pages_of([item(certainty=certainty)])[0].figures["timeline"]).svg
        for certainty in ("adopted", "proposed", "expected", "in_force")
    }

    assert len(set(drawn.values())) == 4


@pytest.mark.parametrize("text", ["Short", "Many words " * 30, "W" * 300, "", "ab " + "W" * 200])
def test_what_is_held_fits_two_lines_with_what_follows(text: str) -> None:
    shown = held(text, 200, more=" 30 Sep 2026")

    assert lines_needed(f"{shown} 30 Sep 2026", 200 - 12, 11) <= 2
    assert shown == text or shown.endswith("…") or shown == " ".join(text.split())
