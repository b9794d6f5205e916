"""A file whose columns do not fit: a known export, a title above the header, one header short."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.project import load_project
from board_report.tables.load import LoadedTables, load_tables
from tests.projects import found, incident, incidents, make_project
from tests.unit.readers.scans import csv_of
from tests.unit.readers.test_qualys import REPORT, flaw

FINDINGS = "ciso/vulnerability_findings.csv"
SAMPLE = f"""
[[source]]
table = "vulnerability_findings"
file = "{FINDINGS}"
[source.columns]
finding_id = "Finding"
asset_id = "Host"
[source.values.severity]
Sev1 = "critical"
"""
EXPORT = csv_of(REPORT, flaw("1"), flaw("2"))
INCIDENTS = '\n[[source]]\ntable = "incidents"\nfile = "ciso/incidents.csv"\n'


def load_file(folder: Path, content: str, report: str, file: str = FINDINGS) -> LoadedTables:
    """The small project with this file."""
    return load_tables(load_project(make_project(folder, {file: content}, report)))


def test_an_export_under_the_block_of_the_sample(tmp_path: Path) -> None:
    """One finding in place of all missing columns; following it makes the file readable."""
    loaded = load_file(tmp_path, EXPORT, SAMPLE)
    told = found(loaded, "looks_like_export")
    assert told.stops
    assert "Qualys Vulnerability Management" in told.reason
    assert not [each for each in loaded.findings if each.code == "column_missing"]
    assert told.mend.startswith(
        "Remove table, columns and values from the [[source]] block on line 15 of report.toml"
    )
    (part,) = [each for each in loaded.reconciliation if each.file == FINDINGS]
    assert (part.read, part.rejected) == (2, 2)
    mended = load_file(tmp_path, EXPORT, f'\n[[source]]\nfile = "{FINDINGS}"\n')
    assert not mended.stops
    assert len(mended.tables.frame("vulnerability_findings")) == 2
    mended = load_file(
        tmp_path, EXPORT, f'\n[[source]]\nfile = "{FINDINGS}"\nreader = "qualys-vm"\n'
    )
    assert len(mended.tables.frame("vulnerability_findings")) == 2


def test_an_export_at_a_default_place(tmp_path: Path) -> None:
    """Without a block, the block to write is given."""
    told = found(load_file(tmp_path, EXPORT, ""), "looks_like_export")
    assert told.mend == (
        f'Add a [[source]] block to report.toml with file = "{FINDINGS}" and reader = "qualys-vm".'
    )


def test_an_export_of_another_table(tmp_path: Path) -> None:
    """It may not stay where the other table is looked for."""
    loaded = load_file(tmp_path, EXPORT, "", "ciso/detections.csv")
    told = found(loaded, "looks_like_export")
    assert "move it away from ciso/detections.csv" in told.mend


def test_one_header_misspelled_in_a_hand_written_block(tmp_path: Path) -> None:
    """A block that fits but for one header is right but for that: the header is named."""
    block = f"""
[[source]]
table = "vulnerability_findings"
file = "{FINDINGS}"
date_format = "%m/%d/%Y %H:%M:%S"
[source.columns]
finding_id = "QID"
asset_id = "IP"
severity = "Severity"
first_seen_on = "First Detectd"
"""
    loaded = load_file(tmp_path, EXPORT, block)
    assert found(loaded, "column_missing").mend == (
        'On line 23 of report.toml change "First Detectd" to "First Detected".'
    )


@pytest.mark.parametrize("title", ["Incidents of the quarter\n", "Incidents;;\nof Q3\n\n"])
def test_a_title_above_the_header(title: str, tmp_path: Path) -> None:
    """The line of the header is told, and what to write; nothing else of the columns."""
    content = title + incidents(incident())
    loaded = load_file(tmp_path, content, INCIDENTS, "ciso/incidents.csv")
    told = found(loaded, "header_elsewhere")
    above = title.count("\n")
    assert f"the header seems to stand on line {above + 1}." in told.reason
    written = f"skip_rows = {above}"
    assert told.mend == f"Below [[source]] on line 15 of report.toml write {written}."
    assert not [each for each in loaded.findings if each.code == "column_missing"]
    mended = load_file(tmp_path, content, f"{INCIDENTS}{written}\n", "ciso/incidents.csv")
    assert len(mended.tables.frame("incidents")) == 1


def test_a_title_above_a_header_of_other_names(tmp_path: Path) -> None:
    """Where no header is known, the shape of the rows tells."""
    content = "Vorfälle\n\nNummer,Kurztext,Zeit\n" + "".join(f"{at},x,y\n" for at in range(5))
    loaded = load_file(tmp_path, content, INCIDENTS, "ciso/incidents.csv")
    assert found(loaded, "header_elsewhere").mend.endswith("write skip_rows = 2.")


def test_an_export_that_lacks_a_header(tmp_path: Path) -> None:
    """The tool is named, and what is lacking."""
    content = EXPORT.replace("First Detected", "First Seen", 1)
    loaded = load_file(tmp_path, content, f'\n[[source]]\nfile = "{FINDINGS}"\n')
    reason = found(loaded, "not_recognized").reason
    assert "it looks like Qualys Vulnerability Management" in reason
    assert reason.endswith("but lacks First Detected.")


def test_a_file_that_is_like_nothing(tmp_path: Path) -> None:
    """No tool is named for the sake of a header or two."""
    content = "CVE ID,Severity,Port\nCVE-2021-1,5,80\n"
    loaded = load_file(tmp_path, content, f'\n[[source]]\nfile = "{FINDINGS}"\n')
    assert found(loaded, "not_recognized").reason == "no reader knows this file."


def test_an_export_that_only_its_reader_reads(tmp_path: Path) -> None:
    """XML is no table by itself: what it is is told in place of its being none."""
    content = (
        '<?xml version="1.0"?><NessusClientData_v2><Report name="r"><ReportHost name="h">'
        '<ReportItem port="1" severity="2" pluginID="1" pluginName="x"/>'
        "</ReportHost></Report></NessusClientData_v2>"
    )
    file = "ciso/scan.xml"
    block = SAMPLE.replace(FINDINGS, file)
    loaded = load_file(tmp_path, content, block, file)
    assert "Tenable" in found(loaded, "looks_like_export").reason
    assert not [each for each in loaded.findings if each.code == "format_unknown"]
