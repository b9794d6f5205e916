"""The page of the year's loss as figures: titles by rule, and every point of the board's curves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.story.pages import loss_in_figures
from tests.tools.money_gallery import facts_of
from tests.unit.pages.money_for import money_of

KEPT, OVER = (0.5, 6e6, 0.387), (0.05, 34e6, 0.067)


def page_of(tolerance=(), appetite=(), **more):
    money = money_of(3, **more)
    position = replace(
        money.position, limit_exceedance=tuple(tolerance), appetite_exceedance=tuple(appetite)
    )
    (page,) = loss_in_figures.build(facts_of(replace(money, position=position)))
    return page


@pytest.mark.parametrize(
    ("tolerance", "appetite", "title"),
    [
        ([KEPT], [], "Tolerance is kept to at the one point of its curve"),
        ([KEPT, KEPT], [OVER, OVER],
         "Tolerance is kept to at every point of its curve; appetite is exceeded at every point "
         "of its curve"),
        ([KEPT, OVER], [OVER, KEPT, OVER],
         "Tolerance is exceeded at one of two points of its curve; appetite is exceeded at two of "
         "three points of its curve"),
        ([], [OVER], "Appetite is exceeded at the one point of its curve"),
    ],
)  # fmt: skip
def test_the_title_counts_points(tolerance, appetite, title):
    assert page_of(tolerance, appetite).title == title


def test_without_curves_the_title_says_what_a_year_costs():
    page = page_of()
    assert page.title.startswith("Half of all years cost $")
    assert page.body["curves"] == []


def test_a_point_is_over_where_the_model_gives_more_than_is_allowed():
    """To the limit itself is kept."""
    page = page_of([KEPT, OVER, (0.1, 23e6, 0.1)])
    (curve,) = page.body["curves"]
    assert [(row["loss"], row["allowed"], row["given"], row["word"]) for row in curve["rows"]] == [
        ("$6M", "50.0%", "38.7%", "kept"),
        ("$34M", "5.0%", "6.7%", "exceeded"),
        ("$23M", "10.0%", "10.0%", "kept"),
    ]
    assert curve["more"] == ""


def test_a_long_curve_says_where_the_rest_is():
    (curve,) = page_of([KEPT] * 8).body["curves"]
    assert (len(curve["rows"]), curve["more"]) == (6, "2 more points, in losses.csv")


def test_rows_are_the_records_figures():
    money = money_of(3)
    rows = page_of().body["year"]
    assert [row["name"] for row in rows][:2] == [
        "Expected, mean of a year", "One year in ten costs at most"
    ]  # fmt: skip
    assert rows[0]["gross"] == f"${money.statistics.expected / 1e6:.1f}M"
    insured = page_of().body["is_insured"]
    assert insured is (money.net is not None)
    assert all(row["net"] == "" for row in page_of(net=None).body["year"])
