"""Cloud cost, lists of IT projects and a Scorecard run, each by its file alone."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from math import fsum, isclose
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from board_report.metrics.cto.projects import is_late, is_over_budget
from board_report.model import Reconciliation
from board_report.project import load_project
from board_report.tables.load import LoadedTables, load_tables
from tests.functional.real_exports.conftest import MakeReal

FOCUS = "cto/focus_1.0_sample_1000.csv"
UNITED_STATES = "cto/us_itdashboard_projects_2011-2013.csv"
CANADA = "cto/gc_it_projects_{year}.csv"
SCORECARD = "cto/openssf_scorecard_check3.json"
PLANNED, ACTUAL = "Planned Cost ($ M)", "Projected/Actual Cost ($ M)"


@pytest.fixture(scope="session")
def expected(shared: Path) -> dict[str, Any]:
    """Aggregates of the same files that another script computed."""
    text = (shared / "reference/EXPECTED_give.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load(folder: Path) -> LoadedTables:
    loaded = load_tables(load_project(folder))
    assert not loaded.stops
    return loaded


def _counts(loaded: LoadedTables, file: str) -> Reconciliation:
    (counts,) = [each for each in loaded.reconciliation if each.file == file]
    ends = (counts.used, counts.rejected, counts.duplicate, counts.superseded, counts.left_out)
    assert counts.read == sum(ends)
    return counts


def test_cloud_bill(make_real: MakeReal, shared: Path, expected: dict[str, Any]) -> None:
    """Every line is used, and no cost is rounded before it is summed."""
    lines = _rows(shared / FOCUS)
    loaded = _load(make_real({"bill.csv": FOCUS}, "2024-Q3"))
    counts = _counts(loaded, "bill.csv")
    assert (counts.table, counts.read, counts.used) == ("cloud_costs", len(lines), 1000)
    frame = loaded.tables.frame("cloud_costs")
    for column, header in (
        ("billed_cost", "BilledCost"),
        ("effective_cost", "EffectiveCost"),
        ("list_cost", "ListCost"),
    ):
        exact = sum(Decimal(line[header]) for line in lines)
        assert fsum(frame[column]) == pytest.approx(float(exact), rel=1e-14)
        assert isclose(fsum(frame[column]), expected["focus"][f"{header}_sum"], rel_tol=1e-12)
    by_provider = frame.groupby("provider")["billed_cost"].agg(fsum)
    for provider, cost in expected["focus"]["by_provider"].items():
        assert isclose(by_provider[provider], cost, rel_tol=1e-9)
    starts = Counter(line["ChargePeriodStart"][:10] for line in lines)
    assert Counter(frame["charge_period_start"].dt.strftime("%Y-%m-%d")) == starts
    assert "NULL" not in set(frame.select_dtypes("str").to_numpy().ravel())


def test_cloud_bill_in_another_currency(make_real: MakeReal) -> None:
    """A report in euros takes none of the dollars."""
    folder = make_real({"bill.csv": FOCUS}, "2024-Q3")
    report = folder / "report.toml"
    report.write_text(report.read_text().replace('"USD"', '"EUR"'), encoding="utf-8")
    counts = _counts(_load(folder), "bill.csv")
    assert (counts.read, counts.used, counts.rejected) == (1000, 0, 1000)


def _is_backwards(line: dict[str, str]) -> bool:
    """A project that seems to end before it began."""
    end = line["Projected/Actual Project Completion Date (B2)"] or line["Completion Date (B1)"]
    return bool(line["Start Date"] and end and end < line["Start Date"])


def _distinct(lines: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        values = tuple(line.values())
        if values not in seen:
            seen.add(values)
            yield line


def test_projects_of_the_united_states(
    make_real: MakeReal, shared: Path, expected: dict[str, Any]
) -> None:
    """Each line is used, a repetition, or set aside since it ends before it begins."""
    lines = _rows(shared / UNITED_STATES)
    loaded = _load(make_real({"list.csv": UNITED_STATES}, "2012-Q3"))
    counts = _counts(loaded, "list.csv")
    assert counts.read == len(lines) == expected["us_itdashboard"]["rows"] == 2472
    different = list(_distinct(lines))
    good = [line for line in different if not _is_backwards(line)]
    assert counts.duplicate == len(lines) - len(different) == 4
    assert counts.rejected == sum(map(_is_backwards, different)) == 34
    assert counts.used == len(good) == 2434
    frame = loaded.tables.frame("it_projects")
    for column, header in (("planned_cost", PLANNED), ("actual_or_projected_cost", ACTUAL)):
        exact = sum(Decimal(line[header]) for line in good if line[header]) * 1_000_000
        assert fsum(frame[column].dropna()) == pytest.approx(float(exact), abs=0.01)
    assert frame["owner_area"].nunique() == expected["us_itdashboard"]["agencies"] == 26


def test_over_budget_and_late(make_real: MakeReal, shared: Path, expected: dict[str, Any]) -> None:
    """The counts over all lines, as the other script has them, fall to those of the lines used.

    One project is 10% over to the cent: "at least 10%" counts it, and "more than 10%" does not.
    """
    lines = _rows(shared / UNITED_STATES)
    both = [line for line in lines if line[PLANNED] and line[ACTUAL]]
    over = [line for line in both if Decimal(line[ACTUAL]) * 10 >= Decimal(line[PLANNED]) * 11]
    even = [line for line in over if Decimal(line[ACTUAL]) * 10 == Decimal(line[PLANNED]) * 11]
    late = [line for line in lines if int(line["Schedule Variance (in days)"] or 0) < 0]
    known = expected["us_itdashboard"]
    assert (len(both), len(over) - len(even)) == (known["n_both"], known["over_budget_by_10pct"])
    assert (len(over), len(even), len(late)) == (182, 1, known["late"])
    frame = _load(make_real({"list.csv": UNITED_STATES}, "2012-Q3")).tables.frame("it_projects")
    used = [line for line in _distinct(lines) if not _is_backwards(line)]
    assert int(is_over_budget(frame).sum()) == sum(line in over for line in used)
    assert int(is_late(frame).sum()) == sum(line in late for line in used)
    gone = [line for line in lines if _is_backwards(line)]
    repeated = len(lines) - len(list(_distinct(lines)))
    assert (repeated, len(gone)) == (4, 34)


@pytest.mark.parametrize(("year", "over_10_million"), [(2016, 130), (2019, 127)])
def test_projects_of_canada(
    make_real: MakeReal, shared: Path, expected: dict[str, Any], year: int, over_10_million: int
) -> None:
    """Budgets, blanks and dates in words; nothing is set aside in a report in Canadian dollars."""
    file = CANADA.format(year=year)
    lines = _rows(shared / file)
    folder = make_real({"list.csv": file}, f"{year}-Q4")
    report = folder / "report.toml"
    report.write_text(report.read_text().replace('"USD"', '"CAD"'), encoding="utf-8")
    loaded = _load(folder)
    counts, known = _counts(loaded, "list.csv"), expected[f"gc_{year}"]
    assert counts.read == counts.used == len(lines) == known["rows"]
    budgets = loaded.tables.frame("it_projects")["planned_cost"].to_numpy()
    assert int((~np.isnan(budgets)).sum()) == known["budget_parsed"]
    assert fsum(budgets[~np.isnan(budgets)]) == known["budget_sum"]
    assert int((budgets > 10_000_000).sum()) == known["over10M_col"] == over_10_million
    ends = loaded.tables.frame("it_projects")["completed_or_projected_on"]
    assert int(ends.notna().sum()) == sum(bool(line["estimatedCompletionDate"]) for line in lines)


def test_scorecard(make_real: MakeReal, shared: Path) -> None:
    """Three checks, the inconclusive one without a score."""
    run = json.loads((shared / SCORECARD).read_text(encoding="utf-8"))
    loaded = _load(make_real({"run.json": SCORECARD}, "2023-Q1"))
    counts = _counts(loaded, "run.json")
    assert (counts.read, counts.used) == (len(run["checks"]), 3)
    frame = loaded.tables.frame("repository_scores")
    scores = [each["score"] if each["score"] >= 0 else None for each in run["checks"]]
    assert [None if each != each else each for each in frame["score"]] == scores
    assert frame["check_name"].to_list() == [each["name"] for each in run["checks"]]
    assert set(frame["aggregate_score"]) == {run["score"]}
    assert set(frame["repository"]) == {run["repo"]["name"]}
