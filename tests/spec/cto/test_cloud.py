"""Cloud cost: what the figures come to, by hand."""

import pytest

from board_report.metrics.cto.cloud import METRICS, OTHER, spend_by_category
from board_report.metrics.declare import Scope
from tests.spec.spec import Spec, check
from tests.spec.tables import tables, window_of


def charge(effective, full=None, on="2026-08-01", category="usage", service="Compute"):
    return {
        "charge_period_start": on,
        "charge_category": category,
        "effective_cost": effective,
        "list_cost": full,
        "service_category": service,
    }


SPECS = (
    Spec(
        metric="cloud_spend",
        title="charges of the quarter",
        rows={
            "cloud_costs": [
                charge(1.0000008, on="2026-07-01"),
                charge(2.5, on="2026-09-30", category="tax"),
                charge(-0.5, category="credit"),
                charge(9, on="2026-06-30"),
                charge(9, on="2026-10-01"),
            ]
        },
        expected="1.0000008 + 2.5 - 0.5",
        value=3.0000008,
        says="Charges whose period begins in the quarter, credits below zero, nothing rounded.",
        n=3,
        lines={"cloud_costs": (1, 2, 3)},
    ),
    Spec(
        metric="cloud_spend",
        title="as far as known",
        rows={"cloud_costs": [charge(1, on="2026-08-01"), charge(2, on="2026-08-11")]},
        as_of="2026-08-10",
        expected="1",
        value=1,
        says="A charge after the as-of date is not known.",
        n=1,
    ),
    Spec(
        metric="cloud_spend",
        title="no charge",
        rows={"cloud_costs": [charge(1, on="2026-06-30")]},
        expected="nothing happened",
        value=None,
        says="A quarter without a charge has no spend of zero.",
    ),
    Spec(
        metric="cloud_savings_rate",
        title="usage below its list price",
        rows={
            "cloud_costs": [
                charge(60, 100),
                charge(30, 50),
                charge(0, 500, category="purchase"),
                charge(-20, -20, category="credit"),
            ]
        },
        expected="((100 - 60) + (50 - 30)) / (100 + 50)",
        value=0.4,
        says="Of usage alone: what is bought in advance, and credits, have no list price of use.",
        n=2,
        parts={"numerator": 60, "denominator": 150},
        lines={"cloud_costs": (1, 2)},
    ),
    Spec(
        metric="cloud_savings_rate",
        title="a list cost not known",
        rows={"cloud_costs": [charge(60, 100), charge(30)]},
        expected="(100 - 60) / 100",
        value=0.4,
        says="Usage without a list cost is in neither sum, and is told.",
        note="1 of 2 cloud costs does not say its list cost",
        n=1,
    ),
    Spec(
        metric="cloud_savings_rate",
        title="no list cost known",
        rows={"cloud_costs": [charge(60), charge(30)]},
        expected="not measured",
        value=None,
        says="Bills without list costs say nothing of what is saved.",
        note="no row of cloud costs says its list cost",
    ),
    Spec(
        metric="cloud_savings_rate",
        title="listed at nothing",
        rows={"cloud_costs": [charge(1, 0)]},
        expected="withheld",
        value=None,
        says="Nothing can be saved of a list price of zero.",
        note="the list costs do not sum to more than zero",
    ),
    Spec(
        metric="cloud_savings_rate",
        title="no usage",
        rows={"cloud_costs": [charge(5, 5, category="tax")]},
        expected="nothing happened",
        value=None,
        says="Without usage there is nothing to save on.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)


def test_spend_by_category():
    """The categories add up to the quarter's spend, most first, and none is lost."""
    rows = [charge(1), charge(5, service="Storage"), charge(0.5), charge(2, service=None)]
    found = spend_by_category(Scope(tables(cloud_costs=rows), window_of()))
    assert found.to_dict("records") == [
        {"service_category": "Storage", "cost": 5.0, "charges": 1},
        {"service_category": OTHER, "cost": 2.0, "charges": 1},
        {"service_category": "Compute", "cost": 1.5, "charges": 2},
    ]
