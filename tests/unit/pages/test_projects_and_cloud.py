"""The page on projects and cloud says what was given, and is not there without it."""

from dataclasses import replace

import pytest

from board_report.charts import draw
from board_report.story.commentary import Commentary
from board_report.story.left_out import why_not_built
from board_report.story.pages import projects_and_cloud
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for


def project(planned=100_000.0, actual=100_000.0, days=0, name="Mail", **more):
    return {
        "name": name,
        "planned_cost": planned,
        "actual_or_projected_cost": actual,
        "days_late": days,
        "started_on": "2026-01-01",
        "completed_or_projected_on": "2026-12-31",
        **more,
    }


def charge(cost=1000.0, full=None, on="2026-08-01", service="Compute", **more):
    return {
        "charge_period_start": on,
        "charge_category": "usage",
        "provider": "A",
        "service_category": service,
        "effective_cost": cost,
        "list_cost": full,
        **more,
    }


def build(*, said=False, **given):
    metrics = [
        *(projects_and_cloud.OF_PROJECTS if "it_projects" in given else ()),
        *(projects_and_cloud.OF_CLOUD if "cloud_costs" in given else ()),
    ]
    facts = facts_for(tables(**given), metrics)
    if said:
        words = Commentary("projects-and-cloud", "commentary/p.md", means=(("CTO", "Soon."),))
        facts = replace(facts, commentary={"projects-and-cloud": words})
    pages = projects_and_cloud.build(facts)
    for spec in (spec for page in pages for spec in page.figures.values()):
        assert draw(spec).svg.startswith(b"<svg")
    return pages


def test_no_page_without_the_tables():
    facts = facts_for(tables(), ())
    assert projects_and_cloud.build(facts) == ()
    assert why_not_built(facts, "projects-and-cloud") == (
        "no file cto/it_projects.csv or cto/cloud_costs.csv"
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [project(actual=150_000.0, days=5), project(days=7), project()],
            "1 of 3 IT projects is 10% or more over budget, and 2 are late",
        ),
        ([project()], "None of 1 IT projects is 10% or more over budget, and none is late"),
        (
            [project(days=1), project(days=None)],
            "None of 2 IT projects is 10% or more over budget, and 1 of 1 with known dates is late",
        ),
        ([project(days=None)], "None of 1 IT projects is 10% or more over budget"),
        (
            [project(actual=None, days=3)],
            "1 of 1 IT projects is late, and whether they keep their budgets is not known",
        ),
        (
            [project(actual=None, days=None)],
            "Whether IT projects keep their budgets and dates is not known",
        ),
        (
            [project(completed_or_projected_on="2026-02-01")],
            "No IT project was under way in the quarter",
        ),
    ],
)
def test_title_of_projects(rows, title):
    (page,) = build(it_projects=rows)
    assert page.title == title


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([charge(1_000.0)], "Cloud spend is $1K"),
        ([charge(780.0, 1_000.0)], "Cloud spend is $780, 22% below list price"),
        ([charge(1_100.0, 1_000.0)], "Cloud spend is $1.1K, 10% above list price"),
        (
            [charge(1_000.0, on="2026-05-01"), charge(1_500.0)],
            "Cloud spend is $1.5K, $500 more than in the quarter before",
        ),
        (
            [charge(1_000.0, on="2026-05-01"), charge(400.0)],
            "Cloud spend is $400, $600 less than in the quarter before",
        ),
        ([charge(1_000.0, on="2026-05-01")], "No cloud charge fell in the quarter"),
    ],
)
def test_title_of_cloud(rows, title):
    (page,) = build(cloud_costs=rows)
    assert page.title == title


def test_title_of_both_fits_two_lines():
    many = [project(actual=150_000.0, days=5), *(project() for _ in range(1_499))]
    (page,) = build(it_projects=many, cloud_costs=[charge(5.0, on="2026-05-01"), charge(9e6)])
    assert len(page.title) <= 118
    assert page.title.startswith("1 of 1,500 IT projects is")
    assert "; cloud spend is $9M" in page.title


def test_ten_largest_overruns():
    rows = [project(actual=110_000.0 + 1_000.0 * at, name=f"P{at}") for at in range(14)]
    (page,) = build(it_projects=rows)
    labels = [row["label"] for row in page.figures["overruns"].data["rows"]]
    assert labels == [f"P{at}" for at in range(13, 3, -1)]
    first = page.figures["overruns"].data["rows"][0]
    assert first["figures"] == ["$23K", "23%", "–"]
    assert (first["amounts"][0]["actual_text"], first["amounts"][0]["plan_text"]) == (
        *("$123K", "$100K"),
    )
    assert page.metric_ids == ("projects_over_budget", "projects_late", "project_cost_variance")


def test_budgets_where_no_cost_is_told():
    rows = [project(planned=float(at), actual=None, days=None) for at in (5, 9_000_000, 70)]
    (page,) = build(it_projects=rows)
    assert [row["budget"] for row in page.body["budgets"]] == ["$9M", "$70", "$5"]
    assert page.body["absent"]["line"] == "No row of IT projects says its actual or projected cost."
    assert page.figures == {}


def test_none_over_budget():
    (page,) = build(it_projects=[project()])
    assert page.body["absent"]["line"].startswith("None of 1 project is")


def test_categories_add_up_and_the_small_ones_stand_together():
    rows = [charge(100.0 * at, service=f"S{at}") for at in range(1, 10)]
    (page,) = build(cloud_costs=rows)
    listed = page.body["categories"]
    assert [row["name"] for row in listed] == ["S9", "S8", "S7", "S6", "S5", "Four others"]
    assert listed[-1]["cost"] == "$1K"
    assert listed[0]["share"] == "20%"
    (single,) = build(cloud_costs=[charge(0.004, service=None), charge(2.5)])
    assert [(row["name"], row["cost"]) for row in single.body["categories"]] == [
        ("Compute", "$2.50"),
        ("Not named", "$0.00"),
    ]


def test_figures_of_a_withheld_table_are_not_listed():
    """Too many rows set aside: neither their sums nor their parts are printed."""
    data = tables(cloud_costs=[charge()], it_projects=[project()])
    held = {
        name: replace(table, rejected=50, read=51) if table.measured else table
        for name, table in data.tables.items()
    }
    facts = facts_for(
        replace(data, tables=held), (*projects_and_cloud.OF_PROJECTS, *projects_and_cloud.OF_CLOUD)
    )
    (page,) = projects_and_cloud.build(facts)
    assert page.body["categories"] == []
    assert page.body["budgets"] == []


@pytest.mark.parametrize("said", [False, True])
@pytest.mark.parametrize("given", ["it_projects", "cloud_costs", "both"])
def test_each_layout_has_its_parts(given, said):
    rows = {"it_projects": [project(actual=1e9)], "cloud_costs": [charge(5.0, 9.0)]}
    chosen = rows if given == "both" else {given: rows[given]}
    (page,) = build(said=said, **chosen)
    assert ("overruns" in page.figures) == ("it_projects" in chosen)
    assert ("spend" in page.figures) == ("cloud_costs" in chosen)
    assert bool(page.body["strip"]) == (given == "both" and not said)
    assert bool(page.body["key_figures"]) == (given != "both" and not said)
    width = sum(spec.width for spec in page.figures.values())
    assert width + (24 if given == "both" else 0) <= (642 if said or given != "both" else 864)


def test_a_share_beyond_measure_is_cut_off():
    (page,) = build(it_projects=[project(planned=1.0, actual=1e9)], cloud_costs=[charge(1e9, 1.0)])
    values = {each["label"]: each["value"] for each in page.body["strip"]}
    assert values["Cloud savings rate"] == "< −999"


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (("2012-12-31", "2011-03-01"), "as last stated, none later than 31 Dec 2012."),
        (("2012-12-31", "2026-07-02"), "as last stated."),
        ((None, None), "as last stated."),
    ],
)
def test_a_list_older_than_the_quarter_says_its_newest_date(stated, words):
    rows = [project(name=f"P{at}", updated_on=each) for at, each in enumerate(stated)]
    (page,) = build(it_projects=rows)
    assert words in page.context.replace("\u00a0", " ")
