"""Jira Cloud's CSV: repeated headers, a mark, dates of the site's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.readers.handled import UTC, read_incidents

HEADER = (
    "Summary,Issue key,Issue id,Issue Type,Status,Priority,Resolution,Created,Updated,Resolved,"
    "Labels,Labels,Custom field (Severity),Comment,Comment"
)
ROW = (
    "Phishing of payroll,SEC-12,10012,Incident,Done,High,Done,25/Jul/26 10:17 PM,"
    "26/Jul/26 8:00 AM,26/Jul/26 9:30 AM,mail,,Sev-2,first,"
)
READ = {
    "incident_id": "SEC-12",
    "title": "Phishing of payroll",
    "severity": "high",
    "detected_at": "2026-07-25T22:17:00Z",
    "recovered_at": "2026-07-26T09:30:00Z",
}


def export(*rows: str) -> bytes:
    """As Jira writes it: a byte order mark, and CRLF."""
    return ("\ufeff" + "\r\n".join((HEADER, *rows)) + "\r\n").encode()


def test_export(tmp_path: Path) -> None:
    """Repeated headers are noted, and no error where no column is read from one."""
    read = read_incidents(tmp_path, "jira.csv", export(ROW), UTC)
    assert (read.reader, read.rows, read.faults) == ("jira-cloud", [READ], [])
    assert {each.value for each in read.found("duplicate_header")} == {"Labels", "Comment"}


@pytest.mark.parametrize(
    "written",
    ["25/Jul/26 22:17", "25/Jul/2026 10:17 PM", "Jul 25, 2026, 10:17 PM", "2026-07-25 22:17"],
)
def test_dates_of_other_sites(written: str, tmp_path: Path) -> None:
    """Those with an English name of the month, or with the year in front."""
    row = ROW.replace("25/Jul/26 10:17 PM", f'"{written}"')
    read = read_incidents(tmp_path, "jira.csv", export(row), UTC)
    assert read.rows == [READ]


def test_dates_of_numbers_need_a_format(tmp_path: Path) -> None:
    """No other format is tried on them: which number is the month is not guessed."""
    row = ROW.replace("25/Jul/26 10:17 PM", "7/25/2026 22:17")
    read = read_incidents(tmp_path, "jira.csv", export(row), UTC)
    assert [each[:3] for each in read.faults] == [("bad_date", 2, "detected_at")]
    more = UTC + 'date_format = ["%m/%d/%Y %H:%M", "%d/%b/%y %I:%M %p"]\n'
    again = read_incidents(tmp_path, "jira.csv", export(row), more)
    assert again.rows == [READ]


def test_kinds_of_issue_are_chosen_by_the_block(tmp_path: Path) -> None:
    """Duplicates are left out without being told."""
    story = ROW.replace("Incident", "Story").replace("SEC-12", "SEC-13")
    duplicate = ROW.replace(",Done,25", ",Duplicate,25").replace("SEC-12", "SEC-14")
    content = export(ROW, story, duplicate)
    read = read_incidents(
        tmp_path, "jira.csv", content, UTC + 'only = { "Issue Type" = ["Incident"] }\n'
    )
    assert (read.rows, read.ends) == ([READ], {"used": 1, "left_out": 2})


def test_column_of_a_repeated_header_is_refused(tmp_path: Path) -> None:
    """It cannot be told which of the two is meant."""
    more = UTC + '[source.columns]\ncategory = "Labels"\n'
    read = read_incidents(tmp_path, "jira.csv", export(ROW), more)
    assert [each[0] for each in read.faults] == ["column_twice"]


def test_severity_of_another_field(tmp_path: Path) -> None:
    """The block's column and words take the place of the reader's."""
    more = UTC + (
        '[source.columns]\nseverity = "Custom field (Severity)"\n'
        '[source.values.severity]\nSev-2 = "critical"\n'
    )
    read = read_incidents(tmp_path, "jira.csv", export(ROW), more)
    assert read.rows == [{**READ, "severity": "critical"}]
