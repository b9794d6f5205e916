"""The metric catalogue says of each metric what its declaration and its examples say."""

import pytest

from board_report.metrics.catalogue_page import catalogue_page, examples_by_metric
from board_report.metrics.cto.delivery import METRICS as DELIVERY
from board_report.metrics.declare import MetricSpec
from board_report.metrics.joint.collaboration import METRICS as COLLABORATION
from tests.spec.joint.test_collaboration import SPECS
from tests.spec.spec import Spec
from tests.tools.make_metric_catalogue import PAGE, make_page

METRICS = {spec.id: spec for spec in (*COLLABORATION, *DELIVERY)}


@pytest.fixture(scope="module")
def page():
    return catalogue_page(METRICS, examples_by_metric(SPECS))


def section(page, metric_id):
    return page.split(f'<a id="{metric_id}"></a>')[1].split("<a id=")[0]


def test_subjects_stand_once_and_in_order(page):
    heads = [line for line in page.splitlines() if line.startswith("## ")]

    assert heads == ["## Working together", "## Delivery"]


def test_a_subject_taken_up_again_is_still_one_chapter():
    first, *_, last = DELIVERY
    page = catalogue_page({spec.id: spec for spec in (first, COLLABORATION[0], last)}, {})

    assert page.count("## Delivery") == 1
    assert page.index(last.title) < page.index("## Working together")


@pytest.mark.parametrize("spec", METRICS.values(), ids=METRICS)
def test_every_field_of_the_declaration_is_there(page, spec: MetricSpec):
    said = section(page, spec.id)

    assert f"### {spec.title}" in said
    for words in (spec.formula, spec.denominator, spec.empty, spec.direction, spec.owner):
        assert words in said
    for name in (*spec.columns, *spec.splits):
        assert f"`{name}`" in said
    assert spec.reference in said


def test_what_a_metric_lacks_has_no_line(page):
    assert "Also given by" not in section(page, "joint_actions_overdue")
    assert "Fewest to judge" not in section(page, "joint_actions_overdue")


def test_an_example_shows_its_rows_and_its_sum(page):
    said = section(page, "joint_actions_overdue")

    assert "| raised_on | due_on | closed_on |" in said
    assert "| 2026-05-04 | 2025-12-01 | 2026-10-01 |" in said
    assert "Result: `1 + 1` = 2." in said
    assert "Due before the last day and not done by it" in said


def test_empty_and_missing_tables_are_told_apart(page):
    said = section(page, "sync_meetings_held")

    assert "`sync_meetings` has no rows." in said
    assert "No file is given." in said
    assert "Result: not measured." in said


def test_notes_and_single_numbers_are_quoted(page):
    assert 'note: "1 closed late, 1 still open".' in section(page, "joint_actions_on_time")
    assert "Result: 0." in section(page, "joint_actions_overdue")


def test_cells_are_written_as_they_stand_in_a_file():
    example = Spec(
        metric="launches",
        title="cells",
        rows={"deployments": [{"a": True, "b": None, "c": ("x", "y"), "d": "p|q"}]},
        expected="1",
        value=1,
        says="It says.",
        as_of="2026-08-15",
    )
    page = catalogue_page({DELIVERY[0].id: DELIVERY[0]}, {DELIVERY[0].id: [example]})

    assert "| true |  | x; y | p\\|q |" in page
    assert "(2026-Q3, as known on 2026-08-15)" in page


def test_the_page_in_the_docs_is_current():
    assert PAGE.read_text(encoding="utf-8") == make_page(), (
        "run: python -m tests.tools.make_metric_catalogue"
    )
