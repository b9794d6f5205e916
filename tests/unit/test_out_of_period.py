"""Rows that no figure can come from are told apart from those that are used, and change nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from board_report.model import Reconciliation
from board_report.pipeline import compute_figures, read_inputs
from board_report.project import Project
from board_report.resources import sample_folder
from board_report.tables import load as loading
from board_report.tables.frames import Rows
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, TableSet, TableSpec
from tests.projects import incident, incidents, load

LATER = "2028-Q1"
"""A quarter for which half of the sample's history lies before the report's period."""


def only(rows: tuple[Reconciliation, ...], file: str) -> Reconciliation:
    (found,) = [each for each in rows if each.file == file]
    return found


@pytest.mark.parametrize(
    ("times", "is_out"),
    [
        # The oldest quarter shown is 2024-Q4; a trailing year begins three quarters before it.
        (("2023-12-30T08:00Z", "2023-12-30T09:00Z", "2023-12-30T10:00Z"), True),
        (("2023-12-30T08:00Z", "2023-12-30T09:00Z", ""), False),
        (("2023-12-30T08:00Z", "2023-12-30T09:00Z", "2024-01-02T10:00Z"), False),
        (("2024-01-02T08:00Z", "2024-01-02T09:00Z", "2024-01-02T10:00Z"), False),
        (("2026-09-30T08:00Z", "2026-10-01T04:59Z", ""), False),
        (("2026-09-30T08:00Z", "2026-10-01T05:00Z", ""), True),
    ],
)
def test_when_an_incident_is_out_of_period(
    times: tuple[str, str, str], is_out: bool, tmp_path: Path
) -> None:
    """Over before the period, or noticed after the as-of day in Chicago; one still open counts."""
    occurred, detected, recovered = times
    row = incident(
        occurred_at=occurred, detected_at=detected, contained_at="", recovered_at=recovered
    )
    loaded = load(tmp_path, {"ciso/incidents.csv": incidents(row)})[1]
    part = only(loaded.reconciliation, "ciso/incidents.csv")
    assert (part.read, part.used, part.out_of_period) == (1, 1 - is_out, int(is_out))
    assert len(loaded.tables.frame("incidents")) == 1, "it stays in the table all the same"


@pytest.mark.parametrize(("risk_id", "is_out"), [("", True), ("R-1", False)])
def test_an_incident_that_made_a_risk_real_counts_for_ever(
    risk_id: str, is_out: bool, tmp_path: Path
) -> None:
    """How often the risk comes true is told from all that is on record."""
    row = incident(
        occurred_at="2023-12-30T08:00Z", detected_at="2023-12-30T09:00Z", contained_at="",
        recovered_at="2023-12-30T10:00Z",
    )  # fmt: skip
    header, line = incidents(row).splitlines()
    text = f"{header},risk_id\n{line},{risk_id}\n"
    loaded = load(tmp_path, {"ciso/incidents.csv": text})[1]
    part = only(loaded.reconciliation, "ciso/incidents.csv")
    assert (part.used, part.out_of_period) == (1 - is_out, int(is_out))


@pytest.mark.parametrize(
    ("closed", "is_out"),
    [("", False), ("2023-12-30T12:00Z", True), ("2024-01-02T12:00Z", False)],
)
def test_an_incident_closed_without_a_recovery_is_over(
    closed: str, is_out: bool, tmp_path: Path
) -> None:
    """Any of the columns that end it is enough; closed inside the period, it counts."""
    content = (
        "incident_id,title,severity,detected_at,recovered_at,closed_at\n"
        f"I-1,Phish,high,2023-12-30T09:00Z,,{closed}\n"
    )
    loaded = load(tmp_path, {"ciso/incidents.csv": content})[1]
    part = only(loaded.reconciliation, "ciso/incidents.csv")
    assert (part.read, part.used, part.out_of_period) == (1, 1 - is_out, int(is_out))


def test_a_picture_of_another_quarter(tmp_path: Path) -> None:
    """Quarters that the report does not look back to, and quarters that lie ahead."""
    content = "quarter,pillar,stage,target_stage\n" + "".join(
        f"{quarter},data,1,2\n" for quarter in ("2023-Q4", "2024-Q1", "2026-Q3", "2026-Q4")
    )
    loaded = load(tmp_path, {"cto/zero_trust.csv": content})[1]
    part = only(loaded.reconciliation, "cto/zero_trust.csv")
    assert (part.used, part.out_of_period) == (2, 2)


def test_a_row_set_aside_is_not_out_of_period_too(tmp_path: Path) -> None:
    """Each row is counted once."""
    row = incident(occurred_at="", detected_at="1999-01-01T00:00Z", contained_at="",
                   recovered_at="1999-01-02T00:00Z", severity="odd")  # fmt: skip
    loaded = load(tmp_path, {"ciso/incidents.csv": incidents(row)})[1]
    part = only(loaded.reconciliation, "ciso/incidents.csv")
    assert (part.rejected, part.out_of_period) == (1, 0)


@pytest.mark.slow
def test_no_figure_comes_from_rows_out_of_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every metric and slice of the sample is the same without them, in every quarter shown."""
    dropped: dict[str, set[tuple[str, int]]] = {}
    judge = loading.out_of_period

    def remember(rows: Rows, spec: TableSpec, project: Project) -> set[int]:
        found = judge(rows, spec, project)
        dropped[spec.name] = {(rows.file(at), rows.line(at)) for at in found}
        return found

    monkeypatch.setattr(loading, "out_of_period", remember)
    inputs = read_inputs(sample_folder(), quarter=LATER)
    for name in ("incidents", "detections", "vulnerability_findings", "training_enrollments",
                 "phishing_campaigns", "deployments", "compliance_assessments"):  # fmt: skip
        assert dropped[name], f"no row of {name} is out of period, so nothing is tested"
    whole, _ = compute_figures(inputs)
    tables = TableSet(
        {
            name: replace(table, frame=_without(table.frame, dropped.get(name, set())))
            for name, table in inputs.loaded.tables.tables.items()
        }
    )
    rest, _ = compute_figures(replace(inputs, loaded=replace(inputs.loaded, tables=tables)))
    assert rest.series == whole.series
    assert rest.slices == whole.slices


def _without(frame, places):
    kept = [
        (file, line) not in places
        for file, line in zip(frame[SOURCE_COLUMN], frame[LINE_COLUMN], strict=True)
    ]
    return frame[kept]
