"""Black Duck: levels, states of remediation, and identifiers that are no CVEs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.scans import DAY, csv_of, read_scan

HEADER = (
    *("Project id", "Version id", "Channel version id", "Project name", "Version"),
    *("Vulnerability id", "Published on", "Base score", "Vulnerability source"),
    *("Remediation status", "Remediation target date", "Remediation actual date", "Security Risk"),
)


def flaw(name: str, **cells: str) -> dict[str, str]:
    """A row with some of its cells changed."""
    usual = {
        "Project id": "p",
        "Version id": "v",
        "Channel version id": "c",
        "Project name": "Apache Tomcat",
        "Version": "6.0.18",
        "Vulnerability id": name,
        "Published on": "4/29/14",
        "Base score": "10.0",
        "Remediation status": "NEW",
        "Security Risk": "HIGH",
    }
    return usual | {name.replace("_", " "): text for name, text in cells.items()}


def test_states(tmp_path: Path) -> None:
    """Two states close, on the actual date; the day of the scan comes from the user."""
    done = {"Remediation_actual_date": "8/20/26", "Remediation_target_date": "9/30/26"}
    content = csv_of(
        HEADER,
        flaw("CVE-2016-5005", Remediation_status="REMEDIATION_COMPLETE", **done),
        flaw("CVE-2016-5006", Remediation_status="PATCHED", **done),
        flaw("CVE-2016-5007", Remediation_status="IGNORED", **done),
        flaw("106409"),
        flaw("BDSA-2018-1 (CVE-2018-1111)"),
        flaw("CVE-2016-5008", Remediation_status="DUPLICATE"),
        flaw("CVE-2016-5009", Remediation_status="PATCHED"),
    )
    scan = read_scan(tmp_path, "security.csv", content, DAY)
    assert scan.reader == "black-duck"
    assert scan.ends == (7, 5, 1, 0, 1)
    assert scan.column("closed_on") == ["2026-08-20", "2026-08-20", None, None, None]
    assert scan.column("due_on") == ["2026-09-30"] * 3 + [None] * 2
    assert scan.column("cve")[3:] == [None, "CVE-2018-1111"]
    assert scan.column("severity") == ["high"] * 5
    assert scan.column("asset_id") == ["Apache Tomcat 6.0.18"] * 5
    assert scan.column("first_seen_on") == ["2026-08-03"] * 5


@pytest.mark.parametrize(
    ("score", "level"),
    [("9.0", "critical"), ("8.9", "high"), ("6.9", "medium"), ("3.9", "low"), ("0.1", "low")],
)
def test_score_gives_the_level_that_is_absent(tmp_path: Path, score: str, level: str) -> None:
    """Where the report has no column for the tool's own."""
    row = {name: text for name, text in flaw("106409").items() if name != "Security Risk"}
    content = csv_of(HEADER[:-1], {**row, "Base score": score})
    assert read_scan(tmp_path, "security.csv", content, DAY).column("severity") == [level]


def test_publication_is_no_detection(tmp_path: Path) -> None:
    """A vulnerability of 2014 was not found in 2014."""
    scan = read_scan(tmp_path, "security.csv", csv_of(HEADER, flaw("106409")))
    (told,) = scan.found("column_missing")
    assert 'constants.first_seen_on = "YYYY-MM-DD", with the day of the scan' in told.mend
    assert "Publi" not in told.mend
