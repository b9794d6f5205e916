"""A project's files become typed tables that account for every row."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from board_report.model import Reconciliation
from board_report.tables.catalogue import TABLES
from board_report.tables.dictionary import dictionary_page
from board_report.tables.frames import empty_frame
from board_report.tables.likeness import most_alike
from board_report.tables.mapping import default_file
from board_report.tables.schema import Kind
from tests.projects import found, incident, incidents, load, told

DTYPES = {
    Kind.DATETIME: "datetime64[s, UTC]",
    Kind.DATE: "datetime64[s]",
    Kind.INTEGER: "Int64",
    Kind.BOOLEAN: "boolean",
    Kind.NUMBER: "float64",
    Kind.RATIO: "float64",
    Kind.MONEY: "float64",
    Kind.AMOUNT: "float64",
    Kind.LIST: "object",
}


def test_valid_project_has_no_findings(tmp_path: Path) -> None:
    """The tiny project that the other tests break in one place each."""
    _, loaded = load(tmp_path)
    assert told(loaded) == set()
    assert not loaded.stops
    frame = loaded.tables.frame("incidents")
    (row,) = frame.to_dict("records")
    assert row["incident_id"] == "I-1"
    assert row["detected_at"] == pd.Timestamp("2026-07-01T10:00Z")
    assert row["cost"] == 1200.50
    assert pd.isna(row["acknowledged_at"])
    assert (row["_source"], row["_line"]) == ("ciso/incidents.csv", 2)


def test_every_table_has_its_types_measured_or_not() -> None:
    """Code that follows need not ask whether a file was given."""
    for spec in TABLES.values():
        frame = empty_frame(spec)
        assert list(frame) == [*spec.column_names, "_source", "_line"]
        for column in spec.columns:
            assert str(frame[column.name].dtype) == DTYPES.get(column.kind, "str"), column


def test_types_of_a_table_with_rows(tmp_path: Path) -> None:
    """Missing values included."""
    _, loaded = load(
        tmp_path,
        {
            "ciso/third_parties.csv": (
                "quarter,vendor_id,vendor_name,tier,rating,last_assessed_on,open_criticals,"
                "processes,annual_spend\n"
                '2026-Q3,V1,Vendor one,Tier 1,,,3,billing; claims,"1,200"\n'
                "2026-Q3,V2,Vendor two,tier_2,88,2026-05-01,0,,\n"
            )
        },
    )
    frame = loaded.tables.frame("third_parties")
    spec = TABLES["third_parties"]
    for column in spec.columns:
        assert str(frame[column.name].dtype) == DTYPES.get(column.kind, "str"), column
    assert frame["processes"].tolist() == [("billing", "claims"), ()]
    assert frame["open_criticals"].tolist() == [3, 0]
    assert frame["annual_spend"].iloc[0] == 1200.0
    assert frame["rating"].isna().tolist() == [True, False]


def test_table_that_is_not_given(tmp_path: Path) -> None:
    """Its figures are not measured, which is neither zero nor an error."""
    _, loaded = load(tmp_path)
    table = loaded.tables["detections"]
    assert not table.measured
    assert len(table.frame) == 0
    notes = [each for each in loaded.findings if each.code == "table_not_given"]
    assert {each.table for each in notes} == set(TABLES) - {
        "incidents",
        "technology_portfolio",
        "people",
    }
    assert all(each.severity == "note" and not each.stops for each in notes)


def test_header_only_is_measured(tmp_path: Path) -> None:
    """A file without rows says that nothing happened."""
    _, loaded = load(tmp_path, {"ciso/incidents.csv": incidents()})
    assert loaded.tables["incidents"].measured
    assert len(loaded.tables.frame("incidents")) == 0
    assert found(loaded, "no_rows").file == "ciso/incidents.csv"


def test_empty_json_list_is_measured(tmp_path: Path) -> None:
    """It has no columns to miss."""
    _, loaded = load(tmp_path, {"ciso/detections.json": "[]"})
    assert loaded.tables["detections"].measured
    assert told(loaded) == {"no_rows"}


def test_columns_values_constants_and_missing(tmp_path: Path) -> None:
    """A tool's own words become the canonical ones."""
    block = """
[[source]]
table = "incidents"
file = "ciso/export.csv"
time_zone = "Europe/Berlin"
date_format = ["%d/%m/%Y %H:%M"]
missing = ["?", "n/a"]
columns.incident_id = "Number"
columns.title = "Short description"
columns.severity = "Priority"
columns.business_unit = "Dept"
columns.detected_at = "Opened"
columns.recovered_at = "Resolved"
values.severity = { "1 - Critical" = "critical", "3 - Moderate" = "medium" }
values.business_unit = { "Stores" = "Retail" }
constants.category = "other"
constants.detected_by = "employee"
constants.materiality_state = "not_required"
"""
    rows = (
        "number;Short  description;Priority;Dept;Opened;Resolved;Extra\n"
        " N1 ;Disk\u00a0full;1 - critical;stores;3/7/2026 9:05;?;x\n"
        "N2;Lost key;3 - Moderate;Europe;13/07/2026 12:00;N/A;y\n"
    )
    _, loaded = load(tmp_path, {"ciso/export.csv": rows}, block)
    assert told(loaded) == {"delimiter_found"}
    frame = loaded.tables.frame("incidents")
    assert frame["incident_id"].tolist() == ["N1", "N2"]
    assert frame["severity"].tolist() == ["critical", "medium"]
    assert frame["business_unit"].tolist() == ["Retail", "Europe"]
    assert frame["category"].tolist() == ["other", "other"]
    assert frame["recovered_at"].isna().all()
    # 09:05 in Berlin in July is two hours ahead of UTC
    assert frame["detected_at"].iloc[0] == pd.Timestamp("2026-07-03T07:05Z")


def test_several_files_feed_one_table(tmp_path: Path) -> None:
    """Each keeps its own count, and a key given in both is noticed."""
    block = "".join(
        f'[[source]]\ntable = "incidents"\nfile = "ciso/{name}.csv"\n' for name in ("a", "b")
    )
    files: dict[str, str | bytes] = {
        "ciso/a.csv": incidents(incident(), incident(incident_id="I-2")),
        "ciso/b.csv": incidents(
            incident(incident_id="I-2", title="Other"), incident(incident_id="I-3")
        ),
    }
    _, loaded = load(tmp_path, files, "\n" + block)
    assert loaded.tables.frame("incidents")["incident_id"].tolist() == ["I-1", "I-2", "I-3"]
    told_of = found(loaded, "duplicate_key")
    assert (told_of.file, told_of.line) == ("ciso/b.csv", 2)
    assert "line 3 of ciso/a.csv" in told_of.reason
    of_incidents = [each for each in loaded.reconciliation if each.table == "incidents"]
    assert of_incidents == [
        Reconciliation("incidents", "ciso/a.csv", read=2, used=2, rejected=0, duplicate=0),
        Reconciliation("incidents", "ciso/b.csv", read=2, used=1, rejected=1, duplicate=0),
    ]
    assert [each.path for each in loaded.sources] == [
        "ciso/a.csv",
        "ciso/b.csv",
        "cto/technology_portfolio.csv",
        "governance/people.csv",
    ]


def test_rejected_rows_are_kept_as_they_were(tmp_path: Path) -> None:
    """With every reason against them."""
    bad = incident(incident_id="I-2", severity="huge", cost="lots")
    _, loaded = load(tmp_path, {"ciso/incidents.csv": incidents(incident(), bad)})
    (row,) = loaded.rejected
    assert (row.table, row.file, row.line) == ("incidents", "ciso/incidents.csv", 3)
    assert dict(zip(row.columns, row.cells, strict=True))["severity"] == "huge"
    assert len(row.reasons) == 2
    assert row.reasons[0].startswith("severity: huge is not one of")
    table = loaded.tables["incidents"]
    assert (table.read, table.rejected, table.rejected_share) == (2, 1, 0.5)


def test_all_faults_of_all_files_come_in_one_pass(tmp_path: Path) -> None:
    """Nobody should have to mend one to see the next."""
    _, loaded = load(
        tmp_path,
        {
            "ciso/incidents.csv": incidents(incident(severity="huge"), incident(cost="lots")),
            "cto/technology_portfolio.csv": "",
            "governance/people.csv": "role,since\nCISO,2024-01-01\n",
        },
    )
    assert told(loaded) == {"unknown_category", "bad_money", "empty_file", "column_missing"}
    assert loaded.stops
    missing = [each.column for each in loaded.findings if each.code == "column_missing"]
    assert missing == ["person_name", "role_title"]


def test_two_default_files(tmp_path: Path) -> None:
    """The first is read, and the other is named."""
    _, loaded = load(tmp_path, {"ciso/incidents.json": "[]"})
    assert len(loaded.tables.frame("incidents")) == 1
    assert "ciso/incidents.json" in found(loaded, "several_files").reason


def test_what_is_alike() -> None:
    """Whole words in common or letters alike; not a little word, one of several, or letters."""
    assert most_alike("asset_tier", ["Quarter", "Tier"]) == "Tier"
    assert most_alike("severity", ["Severity level", "Serenity"]) == "Severity level"
    assert most_alike("severity", ["Qqq", "Severty"]) == "Severty"
    for name, other in (
        ("contained_at", "opened_at"),
        ("materiality_state", "incident_state"),
        ("materiality_state", "u_symptom"),
        ("cost", "u_priority_confirmation"),
        ("asset_tier", "Last Detected"),
        ("Mitarbeiter", "attacker"),
        ("Schadsoftware", "ransomware"),
        ("Sonstiges", "insider"),
        ("SOC", "law_enforcement"),
        ("not material", "material"),
    ):
        assert most_alike(name, [other]) == "", (name, other)


def test_dictionary_names_every_table_and_column() -> None:
    """The page is made from the declarations themselves."""
    page = dictionary_page()
    for spec in TABLES.values():
        assert f"### {spec.title} (`{spec.name}`)" in page
        assert default_file(spec) in page
        for column in spec.columns:
            assert f"| `{column.name}` |" in page
            assert column.meaning in page
