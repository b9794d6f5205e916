"""Tiny projects for tests: a valid report.toml, three required files, and one fault at a time."""

from __future__ import annotations

from pathlib import Path

from board_report.model import Finding
from board_report.project import Project, load_project
from board_report.tables.load import LoadedTables, load_tables

REPORT = """\
[company]
name = "Example, Inc."
currency = "USD"
employees = 100
annual_revenue = 1_000_000
business_units = ["Retail", "Home Care", "Europe"]

[calendar]
time_zone = "America/Chicago"

[report]
quarter = "2026-Q3"
meeting_on = 2026-10-27
"""

INCIDENT_HEADER = (
    "incident_id,title,business_unit,category,severity,occurred_at,detected_at,contained_at,"
    "recovered_at,detected_by,materiality_state,cost"
)
INCIDENT = (
    "I-1,Phish,Retail,phishing,high,2026-07-01T08:00Z,2026-07-01T10:00Z,2026-07-01T12:00Z,"
    "2026-07-02T10:00Z,employee,not_required,1200.50"
)

REQUIRED = {
    "ciso/incidents.csv": f"{INCIDENT_HEADER}\n{INCIDENT}\n",
    "cto/technology_portfolio.csv": (
        "technology_id,name,stage,objective,owner_role,requested_on\n"
        "T-1,Passkeys,adopt,protect,CTO,2026-01-05\n"
    ),
    "governance/people.csv": (
        "role,role_title,person_name,since\n"
        "CISO,Chief Information Security Officer,A. Example,2024-01-01\n"
        "CTO,Chief Technology Officer,B. Example,2024-01-01\n"
    ),
}


def incident(**changes: str) -> str:
    """One good incident as a CSV line, with some of its cells changed."""
    cells = dict(zip(INCIDENT_HEADER.split(","), INCIDENT.split(","), strict=True))
    assert set(changes) <= set(cells)
    return ",".join({**cells, **changes}.values())


def incidents(*rows: str) -> str:
    """An incidents file with these rows."""
    return "\n".join((INCIDENT_HEADER, *rows)) + "\n"


def make_project(
    folder: Path, files: dict[str, str | bytes] | None = None, report: str = ""
) -> Path:
    """Write a small valid project; ``files`` replace or add, ``report`` is added to report.toml."""
    content: dict[str, str | bytes] = {**REQUIRED, **(files or {}), "report.toml": REPORT + report}
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def load(
    folder: Path, files: dict[str, str | bytes] | None = None, report: str = ""
) -> tuple[Project, LoadedTables]:
    """A small project, loaded."""
    project = load_project(make_project(folder, files, report))
    return project, load_tables(project)


def found(loaded: LoadedTables, code: str) -> Finding:
    """The one finding of this code; fails when there is none or more than one."""
    (only,) = [each for each in loaded.findings if each.code == code]
    return only


def told(loaded: LoadedTables) -> set[str]:
    """The codes of all findings but those of tables and columns that were not given."""
    quiet = {"table_not_given", "column_not_given"}
    return {each.code for each in loaded.findings} - quiet
