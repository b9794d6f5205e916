"""Cloud bills in FOCUS: many decimals, NULL texts, periods in UTC."""

from math import fsum
from pathlib import Path
from typing import Any

import pytest

from tests.projects import found, load

HEADER = (
    "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodEnd,ChargePeriodStart,EffectiveCost,"
    "ListCost,ProviderName,ServiceCategory,ServiceName,SubAccountId,SubAccountName,Tags\n"
)
LINE = (
    '0.00000080000,"USD","Usage","2026-07-02 00:00:00","2026-07-01 00:00:00",0.00000070000,'
    '0.00000090000,"AWS","Integration","Queues","51","Atlas",NULL\n'
)


def _load(tmp_path: Path, *lines: str) -> Any:
    block = '\n[[source]]\nfile = "bill.csv"\n'
    return load(tmp_path, {"bill.csv": HEADER + "".join(lines)}, block)[1]


def test_charges(tmp_path: Path) -> None:
    """Costs keep all their decimals; a charge's day is that of the bill, not of the company."""
    (row,) = _load(tmp_path, LINE).tables.frame("cloud_costs").to_dict("records")
    assert (row["billed_cost"], row["effective_cost"], row["list_cost"]) == (8e-7, 7e-7, 9e-7)
    assert str(row["charge_period_start"].date()) == "2026-07-01", "Chicago is still in June"
    assert str(row["charge_period_end"].date()) == "2026-07-02"
    assert (row["provider"], row["service_category"], row["service"]) == (
        *("AWS", "Integration", "Queues"),
    )
    assert (row["sub_account"], row["charge_category"]) == ("Atlas", "usage")


def test_equal_lines_are_two_charges(tmp_path: Path) -> None:
    """FOCUS numbers no charge, so that two lines alike are not one charge exported twice."""
    loaded = _load(tmp_path, LINE, LINE)
    frame = loaded.tables.frame("cloud_costs")
    assert fsum(frame["billed_cost"]) == 1.6e-6
    assert frame["charge_id"].isna().all()
    assert "duplicate_row" not in {each.code for each in loaded.findings}


def test_null_is_no_value(tmp_path: Path) -> None:
    """A list price that is NULL is unknown, and an account without a name is its number."""
    changed = LINE.replace("0.00000090000", "NULL").replace('"Atlas"', "NULL")
    (row,) = _load(tmp_path, changed).tables.frame("cloud_costs").to_dict("records")
    assert row["list_cost"] != row["list_cost"]
    assert row["sub_account"] == "51"


def test_a_charge_without_its_cost_is_set_aside(tmp_path: Path) -> None:
    """The cost that is summed is needed in each row."""
    loaded = _load(tmp_path, LINE, LINE.replace("0.00000070000", "NULL"))
    missing = found(loaded, "value_missing")
    assert (missing.line, missing.column) == (3, "effective_cost")
    assert len(loaded.tables.frame("cloud_costs")) == 1


def test_another_currency(tmp_path: Path) -> None:
    """Nothing is converted: each cost of such a row is a finding."""
    loaded = _load(tmp_path, LINE, LINE.replace('"USD"', '"EUR"'))
    faults = [each for each in loaded.findings if each.code == "other_currency"]
    assert {(each.line, each.column) for each in faults} == {
        (3, "billed_cost"),
        (3, "effective_cost"),
        (3, "list_cost"),
    }
    assert len(loaded.tables.frame("cloud_costs")) == 1


@pytest.mark.parametrize("text", ["2026-07-01T00:00:00Z", "2026-07-01", "2026-07-01 00:00:00"])
def test_forms_of_a_period(tmp_path: Path, text: str) -> None:
    """Each day is taken as it is billed, in UTC."""
    loaded = _load(tmp_path, LINE.replace("2026-07-01 00:00:00", text))
    days = loaded.tables.frame("cloud_costs")["charge_period_start"]
    assert days.astype(str).to_list() == ["2026-07-01"]


def test_credits_are_below_zero(tmp_path: Path) -> None:
    """A credit lowers the bill."""
    credit = LINE.replace('"Usage"', '"Credit"').replace("0.00000070000", "-3.0")
    (row,) = _load(tmp_path, credit).tables.frame("cloud_costs").to_dict("records")
    assert (row["charge_category"], row["effective_cost"]) == ("credit", -3.0)


def test_a_bill_in_parquet(tmp_path: Path) -> None:
    """As exports to object stores are: numbers and times are typed there, and mean the same."""
    pyarrow = pytest.importorskip("pyarrow")
    from datetime import UTC, datetime

    from pyarrow import parquet

    table = pyarrow.table(
        {
            "BilledCost": [8e-7],
            "EffectiveCost": [7e-7],
            "ListCost": [None],
            "BillingCurrency": ["USD"],
            "ChargeCategory": ["Usage"],
            "ChargePeriodStart": [datetime(2026, 7, 1, tzinfo=UTC)],
            "ChargePeriodEnd": [datetime(2026, 7, 2, tzinfo=UTC)],
            "ProviderName": ["AWS"],
            "ServiceCategory": ["Compute"],
            "ServiceName": ["Machines"],
            "SubAccountId": ["51"],
            "SubAccountName": [None],
        }
    )
    file = tmp_path / "bill.parquet"
    parquet.write_table(table, file)
    loaded = load(
        tmp_path, {"bill.parquet": file.read_bytes()}, '\n[[source]]\nfile = "bill.parquet"\n'
    )[1]
    (row,) = loaded.tables.frame("cloud_costs").to_dict("records")
    assert (row["billed_cost"], row["effective_cost"]) == (8e-7, 7e-7)
    assert row["list_cost"] != row["list_cost"]
    assert str(row["charge_period_start"].date()) == "2026-07-01"
    assert row["sub_account"] == "51"
