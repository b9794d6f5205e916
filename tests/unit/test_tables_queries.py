"""A query's rows are typed as a file's are: faults by row, set aside as they were, and counted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from board_report.project import load_project
from board_report.tables.load import load_tables
from board_report.tables.rejected import rejected_files
from tests.projects import INCIDENT, INCIDENT_HEADER, found, make_project

BLOCK = """
[[source]]
table = "incidents"
connection = "sqlite:ciso/[old] tickets.db"
query_file = "ciso/all [of them].sql"
"""
ORIGIN = "query of ciso/all [of them].sql over sqlite:ciso/[old] tickets.db"


def make(folder: Path, *titles: object) -> Path:
    """A project whose incidents come from a database, one for each title."""
    sql = "select * from tickets order by incident_id;"
    make_project(folder, {"ciso/all [of them].sql": sql}, BLOCK)
    (folder / "ciso/incidents.csv").unlink()
    names = INCIDENT_HEADER.split(",")
    with sqlite3.connect(folder / "ciso/[old] tickets.db") as database:
        database.execute(f"create table tickets ({', '.join(names)})")
        for at, title in enumerate(titles, start=1):
            cells: list[object] = [*INCIDENT.split(",")]
            cells[:2] = [f"I-{at}", title]
            database.execute(f"insert into tickets values ({', '.join('?' * len(cells))})", cells)
    database.close()
    return folder


def test_rows_are_used_and_set_aside_by_their_number(tmp_path: Path) -> None:
    """Bytes in a column that is needed are an error of their row alone."""
    loaded = load_tables(load_project(make(tmp_path, "Phish", b"\xff", "=1+1")))
    told = found(loaded, "binary_value")
    assert (told.file, told.line, told.column) == (ORIGIN, 2, "title")
    assert not told.stops
    (counts,) = [each for each in loaded.reconciliation if each.table == "incidents"]
    assert (counts.file, counts.read, counts.used, counts.rejected) == (ORIGIN, 3, 2, 1)
    assert found(loaded, "formula_text").line == 3
    assert ORIGIN in {each.path for each in loaded.sources}


def test_rows_set_aside_have_a_file_name_of_every_system(tmp_path: Path) -> None:
    """The name of a query has a colon, which not every system allows."""
    loaded = load_tables(load_project(make(tmp_path, b"\xff")))
    (name,) = rejected_files(loaded.rejected)
    assert name == ("query of ciso-all [of them].sql over sqlite-ciso-[old] tickets.db.csv")
    assert not set('<>:"/\\|?*') & set(name)


def test_a_fault_of_the_query_stops_the_report(tmp_path: Path) -> None:
    """With the query's name, and without a figure made of nothing."""
    folder = make(tmp_path, "Phish")
    (folder / "ciso/all [of them].sql").write_text("select * from nowhere", encoding="utf-8")
    loaded = load_tables(load_project(folder))
    assert loaded.stops
    told = found(loaded, "query_failed")
    assert (told.file, told.table) == (ORIGIN, "incidents")
    assert "nowhere" in told.reason
