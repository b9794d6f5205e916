"""The engine and reading whole give the same, whatever a file holds."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.declare import Settings
from board_report.metrics.evaluate import evaluate
from board_report.model import Finding
from board_report.period import windows
from board_report.project import ColumnRule, Project, SourceSpec, load_project
from board_report.tables.catalogue import TABLES
from board_report.tables.load import LoadedTables, load_tables
from tests.projects import make_project

NEEDED = ("incidents", "kev_catalogue", "exploit_predictions")
KEV = (
    "cve,added_on,kev_due_on\n"
    "CVE-2025-0001,2025-02-01,2025-03-01\n"
    "CVE-2025-0002,2026-07-01,2026-07-20\n"
    "CVE-2025-0003,2026-09-01,2026-12-01\n"
)
EPSS = (
    "cve,scored_on,epss\n"
    "CVE-2025-0001,2025-12-01,0.05\n"
    "CVE-2025-0001,2026-08-01,0.5\n"
    "CVE-2025-0004,2026-08-01,0.10\n"
)
QUIET = {"table_reduced", "table_not_given"}

few = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def odd(*good: str) -> st.SearchStrategy[str]:
    """Mostly good cells, some empty, some that are none or look like another."""
    strange = (
        *("", "", "N/A", " ", "?", "#REF!", "=1+1", "<b>x</b>", "\u00a0", "é", "-1", "1.5"),
        *("31/12/2025", "12/31/2025", "2026-02-30", "1753000000", "45992", "never", "x" * 301),
        *("2026-07-01", "2026-07-01T25:00:00Z", "2026-11-01T01:30:00", "2026-03-08 02:30:00"),
    )
    return st.one_of(*[st.sampled_from(good)] * 6, st.sampled_from(strange))


def times() -> st.SearchStrategy[str]:
    """Points in time around the quarters of the report, in several spellings."""
    day = st.sampled_from(
        (
            *("2024-09-30", "2024-10-01", "2025-12-31", "2026-06-30", "2026-07-01"),
            *("2026-07-02", "2026-09-30", "2026-10-01", "2026-11-01"),
        )
    )
    clock = st.sampled_from(
        (
            *("T00:00:00Z", "T05:00:00Z", "T04:59:59Z", "T23:59:59.999Z", " 12:00:00+02:00"),
            *("T12:00Z", "T12:00:30,5Z", " 08:15:00 UTC", "T01:00:00-0500"),
        )
    )
    return st.builds(lambda a, b: a + b, day, clock)


def days() -> st.SearchStrategy[str]:
    """Days around the ends of quarters."""
    return st.sampled_from(
        (
            *("2024-01-05", "2025-03-31", "2026-04-01", "2026-06-29", "2026-06-30"),
            *("2026-07-01", "2026-08-15", "2026-09-29", "2026-09-30", "2026-10-01"),
            *("2026-07-01T23:30:00Z", "2026-07-01 08:00:00"),
        )
    )


def mostly(good: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(*[good] * 12, odd(""))


DETECTION = {
    "detection_id": st.one_of(st.sampled_from(("D-1", "D-2", "d 3", "D/4")), odd("D-5")),
    "created_at": mostly(times()),
    "source": odd("edr", "siem", "EDR", " email "),
    "severity": odd("critical", "High", "low", "P1"),
    "verdict": odd("true_positive", "False Positive", "benign", "undetermined", ""),
    "triaged_at": mostly(st.one_of(times(), st.just(""))),
    "business_unit": odd("Retail", "home care", "Europe", ""),
    "incident_id": odd("", "", "I-1", "I-2"),
}
FINDING = {
    "finding_id": st.one_of(st.integers(0, 30).map(lambda at: f"F-{at}"), odd("F-x")),
    "asset_id": odd("A-1", "A-2", "A 3"),
    "asset_name": odd("", "Ledger", "Ledger database of the north", "web"),
    "asset_tier": odd("crown_jewel", "production", "workplace", ""),
    "business_unit": odd("Retail", "Home Care", "Europe"),
    "severity": odd("critical", "high", "medium", "low", "P1"),
    "cve": odd(
        *("", "CVE-2025-0001", "cve-2025-0002", "CVE-2025-0003 CVE-2025-0009", "CVE-2025-0004"),
        *("CVE-2025-0007", "GHSA-1", "CVE-2025-0001\u00a0(bad)"),
    ),
    "exposure": odd("internet", "internal", ""),
    "first_seen_on": mostly(days()),
    "due_on": mostly(st.one_of(days(), st.just(""))),
    "closed_on": mostly(st.one_of(days(), st.just(""))),
    "reopened_count": odd("", "0", "1", "2", "3.0"),
}


@st.composite
def tables(draw: st.DrawFn, columns: dict[str, st.SearchStrategy[str]]) -> list[dict[str, str]]:
    rows = draw(st.lists(st.fixed_dictionaries(columns), max_size=30))
    # Exports repeat rows: the same once more, and the same with one cell changed.
    for row in list(rows[:4]):
        if draw(st.booleans()):
            rows.append(dict(row))
    return rows


def as_csv(header: list[str], rows: list[dict[str, str]]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def both_ways(project: Project, source: SourceSpec) -> tuple[LoadedTables, LoadedTables]:
    """One table read whole and reduced by the engine, with those that it needs."""
    specs = TABLES
    return tuple(  # type: ignore[return-value]
        load_tables(replace(project, sources=(replace(source, engine=engine),)), specs)
        for engine in ("pandas", "duckdb")
    )


def told(loaded: LoadedTables) -> set[Finding]:
    return {each for each in loaded.findings if each.code not in QUIET}


def figures(project: Project, loaded: LoadedTables, table: str):
    specs = {
        name: each
        for name, each in metric_catalogue().items()
        if table in each.tables and set(each.tables) <= {table, *NEEDED}
    }
    found = evaluate(
        specs,
        loaded.tables,
        windows(project.calendar, project.quarter, project.as_of),
        settings=Settings(),
        targets={},
        reported={},
        business_units=project.company.business_units,
    )
    return found.series, found.slices


def assert_same(project: Project, source: SourceSpec) -> None:
    whole, reduced = both_ways(project, source)
    assert told(whole) == told(reduced)
    assert whole.reconciliation == reduced.reconciliation
    assert sorted(whole.rejected, key=repr) == sorted(reduced.rejected, key=repr)
    assert whole.sources == reduced.sources
    one, other = (each.tables[source.table] for each in (whole, reduced))
    assert (one.read, one.rejected, one.measured) == (other.read, other.rejected, other.measured)
    assert len(one.frame) == other.size
    assert figures(project, whole, source.table) == figures(project, reduced, source.table)


BLOCKS = st.sampled_from(
    (
        {},
        {"missing": ("N/A", "?", "2026-07-01")},
        {"time_zone": "America/Chicago", "missing": ("?",)},
        {"values": {"severity": {"P1": "critical", "": "low"}, "source": {"edr": "siem"}}},
        {"only": {"severity": ("critical", "HIGH", "nowhere")}},
        {"leave_out": {"severity": ("low", "?"), "business_unit": ("Retail",)}},
        {"date_format": "%d/%m/%Y"},
        {"date_format": "epoch_seconds"},
    )
)


MADE = st.sampled_from(
    (
        {"rules": {"detection_id": ColumnRule(("detection_id", "source", "incident_id"))}},
        {"rules": {"detection_id": ColumnRule(("incident_id", "detection_id"), how="first")}},
        {"rules": {"severity": ColumnRule(("severity",), split="i", part=1, default="high")}},
        {"rules": {"severity": ColumnRule(("verdict",), bands=(("1", "low"), ("-1", "high")))}},
        {"columns": {"source": "no such header"}},
        {"constants": {"source": "edr", "triaged_at": "2026-09-01"}},
        {"constants": {"business_unit": "Home Care"}, "missing": ("N/A",), "date_format": "epoch"},
        {"columns": {"incident_id": "detection_id"}, "other_date_formats": ("%d/%m/%Y",)},
    )
)


@pytest.mark.slow
@few
@given(tables(DETECTION), st.one_of(BLOCKS, MADE))
def test_detections(rows: list[dict[str, str]], block: dict[str, object]) -> None:
    compare("detections", as_csv(list(DETECTION), rows), block)


@pytest.mark.slow
@few
@given(
    tables(FINDING),
    BLOCKS.filter(lambda each: "values" not in each),
    st.sampled_from(({}, {"due_within_days": {"critical": 15, "all": 90}})),
)
def test_findings(
    rows: list[dict[str, str]], block: dict[str, object], policy: dict[str, object]
) -> None:
    compare("vulnerability_findings", as_csv(list(FINDING), rows), {**block, **policy})


def compare(table: str, text: str, block: dict[str, object]) -> None:
    with TemporaryDirectory() as name:
        file = f"ciso/{table}.csv"
        folder = make_project(
            Path(name),
            {file: text, "ciso/kev_catalogue.csv": KEV, "ciso/exploit_predictions.csv": EPSS},
        )
        assert_same(load_project(folder), SourceSpec(table=table, file=file, **block))  # type: ignore[arg-type]
