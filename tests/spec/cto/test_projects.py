"""IT projects: what the figures come to, by hand."""

import pytest

from board_report.metrics.cto.projects import METRICS, overrun_table
from board_report.metrics.declare import Scope
from tests.spec.spec import Spec, check
from tests.spec.tables import tables, window_of


def project(planned=None, actual=None, start="2026-01-01", end="2026-12-31", **more):
    return {
        "planned_cost": planned,
        "actual_or_projected_cost": actual,
        "started_on": start,
        "completed_or_projected_on": end,
        **more,
    }


SPECS = (
    Spec(
        metric="projects_over_budget",
        title="a tenth over, to the cent",
        rows={
            "it_projects": [
                project(250_000, 275_000),
                project(250_000, 274_999.99),
                project(1.10, 1.21),
                project(0, 0),
                project(0, 5),
                project(100, 50),
            ]
        },
        expected="(1 + 1 + 1) / 6",
        value=0.5,
        says="Ten percent above plan counts and a cent less does not; nothing over nothing is not.",
        n=6,
        parts={"numerator": 3, "denominator": 6},
        lines={"it_projects": (1, 2, 3, 4, 5, 6)},
    ),
    Spec(
        metric="projects_over_budget",
        title="under way in the quarter",
        rows={
            "it_projects": [
                project(100, 200, end="2026-07-01"),
                project(100, 100, start=None, end=None),
                project(100, 200, end="2026-06-30"),
                project(100, 200, start="2026-10-01"),
            ]
        },
        expected="1 / 2",
        value=0.5,
        says="Begun by the end and not completed before the beginning; unknown dates count as so.",
        n=2,
        lines={"it_projects": (1, 2)},
    ),
    Spec(
        metric="projects_over_budget",
        title="a cost not known",
        rows={"it_projects": [project(100, 200), project(100, 100), project(100)]},
        expected="1 / 2",
        value=0.5,
        says="A project with one cost alone is in neither count, and is told.",
        note="1 of 3 IT projects does not say its actual or projected cost",
    ),
    Spec(
        metric="projects_over_budget",
        title="budgets alone",
        rows={"it_projects": [project(100), project(200)]},
        expected="not measured",
        value=None,
        says="A list of budgets cannot say whether they were kept.",
        note="no row of IT projects says its actual or projected cost",
    ),
    Spec(
        metric="projects_over_budget",
        title="none under way",
        rows={"it_projects": [project(100, 200, end="2026-03-31")]},
        expected="nothing happened",
        value=None,
        says="Without a project there is no share.",
    ),
    Spec(
        metric="project_cost_variance",
        title="all together",
        rows={"it_projects": [project(100, 150), project(300, 290)]},
        expected="(150 + 290 - 100 - 300) / (100 + 300)",
        value=0.1,
        says="Overruns and savings offset each other, as money does.",
        n=2,
        parts={"numerator": 40, "denominator": 400, "actual": 440},
        lines={"it_projects": (1, 2)},
    ),
    Spec(
        metric="project_cost_variance",
        title="under plan",
        rows={"it_projects": [project(200, 150)]},
        expected="(150 - 200) / 200",
        value=-0.25,
        says="Below zero is under plan.",
    ),
    Spec(
        metric="project_cost_variance",
        title="nothing planned",
        rows={"it_projects": [project(0, 10)]},
        expected="withheld",
        value=None,
        says="A cost cannot be over a plan of nothing by a share.",
        note="no cost was planned",
    ),
    Spec(
        metric="project_cost_variance",
        title="none under way",
        rows={"it_projects": [project(100, 200, start="2026-10-01")]},
        expected="nothing happened",
        value=None,
        says="A project that lies ahead has no variance yet.",
    ),
    Spec(
        metric="projects_late",
        title="by stated days, else by dates",
        rows={
            "it_projects": [
                project(days_late=153),
                project(days_late=-7, planned_completion_on="2026-01-01"),
                project(planned_completion_on="2026-12-30"),
                project(planned_completion_on="2026-12-31"),
                project(days_late=0),
            ]
        },
        expected="(1 + 1) / 5",
        value=0.4,
        says="The publisher's days go first; on the planned day is on time.",
        n=5,
        lines={"it_projects": (1, 2, 3, 4, 5)},
    ),
    Spec(
        metric="projects_late",
        title="not told",
        rows={"it_projects": [project(days_late=1), project(end=None), project()]},
        expected="1 / 1",
        value=1,
        says="A project without a plan to be held against is in neither count, and is told.",
        note="2 that do not tell whether they are late",
        n=1,
    ),
    Spec(
        metric="projects_late",
        title="none tells",
        rows={"it_projects": [project(), project()]},
        expected="not measured",
        value=None,
        says="A list without planned dates cannot say what is late.",
        note="no row of IT projects says whether it is late",
    ),
    Spec(
        metric="projects_late",
        title="none under way",
        rows={"it_projects": [project(days_late=5, end="2026-03-31")]},
        expected="nothing happened",
        value=None,
        says="Without a project there is no share.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)


def test_largest_overruns_first():
    """By money, not by share; a project without a plan has no share."""
    rows = [project(100, 300), project(1000, 1500), project(0, 250), project(1000, 1050)]
    found = overrun_table(Scope(tables(it_projects=rows), window_of()))
    assert found["project_id"].to_list() == ["project_id-2", "project_id-3", "project_id-1"]
    assert found["overrun"].to_list() == [500.0, 250.0, 200.0]
    assert found["over_by"].fillna(-1).to_list() == [0.5, -1, 2.0]
