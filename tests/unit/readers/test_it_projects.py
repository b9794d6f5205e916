"""Lists of IT projects of the United States and of Canada."""

from pathlib import Path
from typing import Any

import pytest

from tests.projects import REPORT, REQUIRED, found, load

US_HEADER = (
    "Unique Investment Identifier,Agency Name,Project ID,Project Name,Start Date,"
    "Completion Date (B1),Planned Project Completion Date (B2),"
    "Projected/Actual Project Completion Date (B2),Lifecycle Cost ($ M),"
    "Schedule Variance (in days),Cost Variance ($ M),Planned Cost ($ M),"
    "Projected/Actual Cost ($ M),Updated Date\n"
)
US_LINE = (
    "005-1,Department of Examples,{id},Virtual servers,2025-01-10T00:00:00Z,2026-12-31T00:00:00Z,"
    "{planned},{actual},15.297,{days},-0.05,0.179,0.229123,2026-09-22T00:00:00Z\n"
)
PLAN = {"planned": "2026-03-31T00:00:00Z", "actual": "2026-09-01T00:00:00Z", "days": "-154"}
CA_HEADER = "uniqueId,department,projectName,totalBudget,estimatedCompletionDate,asOfDate\n"


def _us(tmp_path: Path, *lines: str) -> Any:
    block = '\n[[source]]\nfile = "list.csv"\n'
    return load(tmp_path, {"list.csv": US_HEADER + "".join(lines)}, block)[1]


def test_us_project(tmp_path: Path) -> None:
    """Millions are written out, and a variance of -154 days is 154 days late."""
    (row,) = (
        _us(tmp_path, US_LINE.format(id=1, **PLAN)).tables.frame("it_projects").to_dict("records")
    )
    assert (row["project_id"], row["name"]) == ("005-1/1", "Virtual servers")
    assert row["owner_area"] == "Department of Examples"
    assert (row["planned_cost"], row["actual_or_projected_cost"]) == (179_000.0, 229_123.0)
    assert (row["lifecycle_cost"], row["days_late"]) == (15_297_000.0, 154)
    assert str(row["planned_completion_on"].date()) == "2026-03-31"
    assert str(row["completed_or_projected_on"].date()) == "2026-09-01"


def test_us_dollars_are_not_taken_for_euros(tmp_path: Path) -> None:
    """The list says $ alone; in a report in euros its costs are set aside, and a row without any
    is used."""
    report = REPORT.replace('"USD"', '"EUR"') + '\n[[source]]\nfile = "list.csv"\n'
    bare = US_LINE.replace("15.297,{days},-0.05,0.179,0.229123", ",{days},,,")
    content = US_HEADER + US_LINE.format(id=1, **PLAN) + bare.format(id=2, **PLAN)
    loaded = _loaded(tmp_path, report, content)
    told = [each for each in loaded.findings if each.code == "other_currency"]
    assert {each.line for each in told} == {2}
    assert {each.column for each in told} == {
        "planned_cost", "actual_or_projected_cost", "lifecycle_cost"
    }  # fmt: skip
    frame = loaded.tables.frame("it_projects")
    assert frame["project_id"].to_list() == ["005-1/2"]
    assert frame["planned_cost"].isna().all()


@pytest.mark.parametrize("cost", ["n/a", "0.1 m", "USD 0.179", "EUR 1"])
def test_a_us_cost_that_is_no_number_of_millions_is_set_aside(cost: str, tmp_path: Path) -> None:
    """It is not read as something else, and not lost either."""
    line = US_LINE.replace("0.179", cost).format(id=1, **PLAN)
    loaded = _us(tmp_path, line)
    told = [each for each in loaded.findings if each.column == "planned_cost" and each.line == 2]
    assert len(told) == 1
    assert cost in told[0].value
    assert loaded.tables.frame("it_projects").empty


def test_us_project_without_dates_of_its_own(tmp_path: Path) -> None:
    """The business case's date of completion is taken; no plan is made up for it."""
    plan = {"planned": "", "actual": "", "days": "0"}
    (row,) = (
        _us(tmp_path, US_LINE.format(id=1, **plan)).tables.frame("it_projects").to_dict("records")
    )
    assert str(row["completed_or_projected_on"].date()) == "2026-12-31"
    assert row["planned_completion_on"] != row["planned_completion_on"]
    assert row["days_late"] == 0


def test_us_rows_repeated(tmp_path: Path) -> None:
    """The extract repeats some rows; each project counts once."""
    line = US_LINE.format(id=1, **PLAN)
    loaded = _us(tmp_path, line, line, US_LINE.format(id=2, **PLAN))
    assert loaded.tables.frame("it_projects")["project_id"].to_list() == ["005-1/1", "005-1/2"]
    (counts,) = [each for each in loaded.reconciliation if each.table == "it_projects"]
    assert (counts.read, counts.used, counts.duplicate) == (3, 2, 1)


def test_us_project_that_ends_before_it_begins(tmp_path: Path) -> None:
    """Such a row is set aside with both of its dates."""
    plan = {**PLAN, "actual": "2024-12-01T00:00:00Z"}
    told = found(_us(tmp_path, US_LINE.format(id=1, **plan)), "out_of_order")
    assert "2024-12-01" in told.reason
    assert "2025-01-10" in told.reason


def _ca(tmp_path: Path, currency: str, *lines: str) -> Any:
    report = REPORT.replace('"USD"', f'"{currency}"') + '\n[[source]]\nfile = "list.csv"\n'
    return _loaded(tmp_path, report, CA_HEADER + "".join(lines))


def _loaded(tmp_path: Path, report: str, content: str) -> Any:
    from board_report.project import load_project
    from board_report.tables.load import load_tables

    files = {**REQUIRED, "report.toml": report, "list.csv": content}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return load_tables(load_project(tmp_path))


CA_LINE = 'aafc-x,Agriculture,MyHR,"$6,279,429","December 1, 2026","June 9, 2026"\n'
CA_BLANK = 'aafc-y,Agriculture,Portal,,,"June 9, 2026"\n'


def test_canadian_projects(tmp_path: Path) -> None:
    """Dates in words, amounts with commas, and blanks that stay unknown."""
    rows = _ca(tmp_path, "CAD", CA_LINE, CA_BLANK).tables.frame("it_projects").to_dict("records")
    assert [row["project_id"] for row in rows] == ["aafc-x", "aafc-y"]
    assert rows[0]["planned_cost"] == 6_279_429.0
    assert str(rows[0]["completed_or_projected_on"].date()) == "2026-12-01"
    assert str(rows[0]["updated_on"].date()) == "2026-06-09"
    for name in ("planned_cost", "completed_or_projected_on", "actual_or_projected_cost"):
        assert rows[1][name] != rows[1][name]


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_canadian_dollars_are_not_taken_for_others(tmp_path: Path, currency: str) -> None:
    """The list writes $ alone; a budget in a report of another currency is set aside."""
    loaded = _ca(tmp_path, currency, CA_LINE, CA_BLANK)
    assert found(loaded, "other_currency").line == 2
    assert loaded.tables.frame("it_projects")["project_id"].to_list() == ["aafc-y"]


def test_a_row_of_another_width_is_still_found_out(tmp_path: Path) -> None:
    """The field that is added does not make up for one that is missing."""
    loaded = _ca(tmp_path, "CAD", CA_LINE, "aafc-z,Agriculture,Short\n")
    assert found(loaded, "too_few_cells").line == 3
