"""``report.toml`` is read whole and typed, and every mistake in it is named with its place."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.period import Quarter
from board_report.project import PROJECT_FILE, ColumnRule, CurvePoint, Insurance, load_project
from board_report.tables.load import load_tables
from tests.projects import REPORT, make_project

SOURCE = """
[[source]]
table = "incidents"
file = "ciso/incidents.csv"
"""
RISK = """
[risk]
seed = 7
trials = 5000
set_on = 2026-01-27
insurance = { retention = 5, limit = 20 }
appetite = [[0.5, 4], [0.1, 17]]
tolerance = [[0.5, 6], [0.1, 23]]
"""


def refused(folder: Path, report: str) -> ProjectError:
    """The error that this report.toml gives."""
    make_project(folder)
    (folder / PROJECT_FILE).write_text(report, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        load_tables(load_project(folder))
    return caught.value


def line_of(report: str, start: str) -> int:
    """The number of the first line that starts like this."""
    return next(at for at, line in enumerate(report.splitlines(), 1) if line.startswith(start))


def test_minimal_file_has_defaults(tmp_path: Path) -> None:
    """What may be left out has the documented value."""
    project = load_project(make_project(tmp_path))
    assert project.company.short_name == "Example, Inc."
    assert project.company.form == "10-K"
    assert project.quarter == Quarter(2026, 3)
    assert project.as_of == date(2026, 9, 30)
    assert project.frozen_on == date(2026, 9, 30)
    assert project.meeting.committee == "Board of Directors"
    assert project.sources == ()
    assert project.targets == {}
    assert project.risk.insurance is None
    assert (project.discount_rate, project.max_rejected_share) == (0.08, 0.05)


def test_hash_is_that_of_the_file(tmp_path: Path) -> None:
    """The manifest can prove which settings a report was made with."""
    project = load_project(make_project(tmp_path))
    assert project.config_sha256 == sha256((tmp_path / PROJECT_FILE).read_bytes()).hexdigest()


def test_everything_is_read(tmp_path: Path) -> None:
    """A full [[source]] block, targets, appetite and insurance."""
    block = SOURCE + (
        'time_zone = "Europe/Berlin"\ndate_format = ["%d.%m.%Y %H:%M", "%d.%m.%Y"]\n'
        'missing = ["N/A", "?"]\ndelimiter = ";"\ndecimal_comma = true\nratio_as = "percent"\n'
        'encoding = "cp1252"\nsheet = "Plan"\nskip_rows = 3\n'
        'columns.incident_id = "Number"\ncolumns.severity = "Priority"\n'
        'values.severity = { "1 - Critical" = "critical" }\n'
        'constants.detected_by = "employee"\n'
        'columns.title = ["Kind", "Place"]\nonly.State = "Open"\n'
        'leave_out = { Kind = ["Test", ""] }\nkeep = "last"\norder_by = "Update"\n'
        "due_within_days = { high = 30 }\n"
    )
    targets = (
        "\n[targets]\nmttd = { at_most = 24, near = 30 }\nedr_coverage = { at_least = 0.98 }\n"
        '"mttr.critical" = { at_most = 8 }\nmtta.high = { at_most = 2 }\n'
    )
    project = load_project(make_project(tmp_path, report=RISK + targets + block))
    (source,) = project.sources
    assert source.date_format == "%d.%m.%Y %H:%M"
    assert source.other_date_formats == ("%d.%m.%Y",)
    assert source.columns == {"incident_id": "Number", "severity": "Priority"}
    assert source.values == {"severity": {"1 - Critical": "critical"}}
    assert source.constants == {"detected_by": "employee"}
    assert source.rules == {"title": ColumnRule(("Kind", "Place"))}
    assert (source.only, source.leave_out) == ({"State": ("Open",)}, {"Kind": ("Test", "")})
    assert (source.keep, source.order_by) == ("last", "Update")
    assert source.due_within_days == {"high": 30}
    assert (source.missing, source.delimiter, source.decimal_comma) == (("N/A", "?"), ";", True)
    assert (source.ratio_as, source.encoding, source.sheet) == ("percent", "cp1252", "Plan")
    assert (source.skip_rows, source.time_zone) == (3, "Europe/Berlin")
    assert source.line == line_of(REPORT + RISK + targets + block, "[[source]]")
    assert project.risk.appetite == (CurvePoint(0.5, 4), CurvePoint(0.1, 17))
    assert project.risk.insurance == Insurance(5, 20)
    assert (project.risk.seed, project.risk.trials) == (7, 5000)
    assert set(project.targets) == {"mttd", "edr_coverage", "mttr.critical", "mtta.high"}
    assert (project.targets["mttd"].value, project.targets["mttd"].near) == (24, 30)
    assert project.targets["mtta.high"].metric_id == "mtta"
    assert project.targets["edr_coverage"].near == 0.98


def test_caller_names_another_quarter(tmp_path: Path) -> None:
    """The file's as-of date belongs to the file's quarter and is left aside."""
    make_project(tmp_path)
    text = REPORT.replace('"2026-Q3"', '"2026-Q3"\nas_of = 2026-10-05')
    (tmp_path / PROJECT_FILE).write_text(text, encoding="utf-8")
    assert load_project(tmp_path).as_of == date(2026, 10, 5)
    assert load_project(tmp_path, quarter=Quarter(2026, 3)).as_of == date(2026, 10, 5)
    assert load_project(tmp_path, quarter=Quarter(2026, 2)).as_of == date(2026, 6, 30)
    assert load_project(tmp_path, as_of=date(2026, 8, 31)).as_of == date(2026, 8, 31)


def test_as_of_before_the_quarter_is_refused(tmp_path: Path) -> None:
    """Nothing of the quarter would be known."""
    make_project(tmp_path)
    with pytest.raises(ProjectError, match="2026-06-30 lies before 2026-Q3 begins, on 2026-07-01"):
        load_project(tmp_path, as_of=date(2026, 6, 30))


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A folder that is no project."""
    with pytest.raises(ProjectError) as caught:
        load_project(tmp_path)
    assert caught.value.where == "report.toml"
    assert "board-report init" in caught.value.mend


MISTAKES = {
    "no name": ('name = "Example, Inc."\n', "", "company.name", "missing", "Add name = a text"),
    "empty name": ('name = "Example, Inc."', 'name = " "', "company.name", "empty", "name ="),
    "wrong type": ("employees = 100", 'employees = "many"', "company.employees", "many", "whole"),
    "boolean is no number": (
        "employees = 100",
        "employees = true",
        "company.employees",
        "True",
        "whole number",
    ),
    "unknown key": (
        "employees = 100",
        "employes = 100",
        "company.employes",
        "not a key",
        "Did you mean employees?",
    ),
    "currency": ('"USD"', '"dollars"', "company.currency", "dollars", "ISO 4217"),
    "SIC": ("employees = 100", 'sic = "504"\nemployees = 100', "company.sic", "504", "four digits"),
    "units twice": ('"Europe"]', '"retail"]', "company.business_units", "twice", "once"),
    "units empty": (
        '["Retail", "Home Care", "Europe"]',
        "[]",
        "company.business_units",
        "not a list",
        "...",
    ),
    "time zone": (
        '"America/Chicago"',
        '"Chicago"',
        "calendar.time_zone",
        "no time zone 'Chicago'",
        "America/Chicago",
    ),
    "quarter": ('"2026-Q3"', '"2026-Q5"', "report.quarter", "2026-Q5", "2026-Q3"),
    "date": ("2026-10-27", '"27/10/2026"', "report.meeting_on", "27/10/2026", "2026-09-30"),
    "time for a date": (
        "2026-10-27",
        "2026-10-27T10:00:00",
        "report.meeting_on",
        "2026-10-27T10:00:00",
        "2026-09-30",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    """File, line and key; what is wrong; what to write."""
    old, new, key, what, mend = MISTAKES[name]
    assert old in REPORT
    text = REPORT.replace(old, new)
    error = refused(tmp_path, text)
    key_line = line_of(text, f"{key.split('.')[1]} =") if new else line_of(text, "[company]")
    assert error.where == f"report.toml, line {key_line}, {key}"
    assert what in error.what
    assert mend in error.mend


ADDED = {
    "unknown section": ("[apetite]\n", "apetite", "not a key", "Known keys"),
    "both bounds": (
        "[targets]\nmttd = {at_least=1, at_most=2}\n",
        "targets.mttd",
        "both",
        "either",
    ),
    "no bound": ("[targets]\nmttd = {near=2}\n", "targets.mttd", "no bound", "at_least"),
    "target no table": ("[targets]\nmttd = 24\n", "targets.mttd", "24", "mttd = { at_most"),
    "near on the wrong side": (
        "[targets]\nmttd = {at_most=24, near=20}\n",
        "targets.mttd.near",
        "20 is better than the target 24",
        "worst value",
    ),
    "chance above one": ("[risk]\nappetite = [[1.5, 4]]\n", "risk.appetite", "[1.5, 4]", "pairs"),
    "not a pair": ("[risk]\nappetite = [[0.5, 4, 5]]\n", "risk.appetite", "pair", "pairs"),
    "curve falls": (
        "[risk]\nappetite = [[0.5, 9], [0.1, 4]]\n",
        "risk.appetite",
        "from 9 to 4",
        "rarer",
    ),
    "tolerance inside appetite": (
        "[risk]\nappetite = [[0.5, 9]]\ntolerance = [[0.5, 8]]\n",
        "risk.tolerance",
        "below the appetite",
        "outer limit",
    ),
    "too few trials": ("[risk]\ntrials = 10\n", "risk.trials", "below 1000", "Correct"),
    "rate": ("[finance]\ndiscount_rate = 9\n", "finance.discount_rate", "above 1", "Correct"),
    "source without file": (
        '[[source]]\ntable = "incidents"\n',
        "source[1].file",
        "missing",
        "Add file =",
    ),
    "source key": (SOURCE + 'sheets = "A"\n', "source[1].sheets", "not a key", "mean sheet?"),
    "source zone": (SOURCE + 'time_zone = "EST5"\n', "source[1].time_zone", "EST5", "IANA"),
    "encoding": (SOURCE + 'encoding = "utf9"\n', "source[1].encoding", "utf9", "cp1252"),
    "delimiter": (SOURCE + 'delimiter = "::"\n', "source[1].delimiter", "::", '";"'),
    "date format": (SOURCE + 'date_format = "dd/mm"\n', "source[1].date_format", "dd/mm", "%d/%m"),
    "ratio": (SOURCE + 'ratio_as = "percents"\n', "source[1].ratio_as", "percents", '"percent"'),
    "columns no text": (SOURCE + "columns.cost = [1]\n", "source[1].columns.cost", "[1]", ""),
    "zone by name": (
        SOURCE + 'date_format = "%Y-%m-%d %H:%M %Z"\n',
        "source[1].date_format",
        "does not tell its offset",
        "time_zone",
    ),
    "last by nothing": (SOURCE + 'keep = "last"\n', "source[1].keep", "which row", "order_by ="),
    "order of all": (SOURCE + 'order_by = "n"\n', "source[1].order_by", "no effect", "keep ="),
    "keep": (SOURCE + 'keep = "first"\n', "source[1].keep", "'first'", "last"),
    "days": (
        SOURCE + "due_within_days = { high = -1 }\n",
        "source[1].due_within_days.high",
        "below 0",
        "Correct",
    ),
    "only no text": (SOURCE + "only.State = [1]\n", "source[1].only.State", "[1]", "Write"),
    "outside": (
        '[[source]]\ntable = "incidents"\nfile = "../x.csv"\n',
        "source[1].file",
        "outside the project",
        "Copy",
    ),
    "absolute": (
        '[[source]]\ntable = "incidents"\nfile = "/etc/hosts"\n',
        "source[1].file",
        "outside the project",
        "Copy",
    ),
}


@pytest.mark.parametrize("name", ADDED)
def test_added_mistake_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    """Sections that may be left out are checked as strictly."""
    added, key, what, mend = ADDED[name]
    error = refused(tmp_path, REPORT + "\n" + added)
    assert error.where.startswith("report.toml, line ")
    assert error.where.endswith(f", {key}")
    assert what in error.what
    assert mend in error.mend


MAPPED = {
    "table": ('table = "incidnets"', "source.table", "no 'incidnets'", "Did you mean incidents?"),
    "column": ('columns.severty = "P"', "source.columns.severty", "severty", "mean severity?"),
    "value": ('values.severity = {"1" = "hi"}', "source.values.severity", "'hi'", "mean high?"),
    "constant column": ('constants.x = "y"', "source.constants.x", "no 'x'", "There are"),
    "constant value": ('constants.severity = "hgih"', "source.constants.severity", "hgih", "high"),
    "constant date": (
        'constants.detected_at = "soon"',
        "source.constants.detected_at",
        "soon is not a date",
        "Correct it.",
    ),
    "joined column": ('columns.titel = ["a", "b"]', "source.columns.titel", "titel", "mean title?"),
    "joined and constant": (
        'columns.title = ["a", "b"]\nconstants.title = "x"',
        "source.constants.title",
        "column too",
        "one of the two",
    ),
    "days without due date": (
        "due_within_days = 30",
        "source.due_within_days",
        "incidents has no due date",
        "Remove it.",
    ),
    "column and constant": (
        'columns.cost = "Cost"\nconstants.cost = "1"',
        "source.constants.cost",
        "column too",
        "one of the two",
    ),
}


@pytest.mark.parametrize("name", MAPPED)
def test_source_that_names_what_does_not_exist(name: str, tmp_path: Path) -> None:
    """Tables, columns and allowed values are checked against the data dictionary."""
    line, key, what, mend = MAPPED[name]
    block = SOURCE.replace('table = "incidents"', line) if name == "table" else SOURCE + line + "\n"
    error = refused(tmp_path, REPORT + block)
    assert error.where == f"report.toml, line {line_of(REPORT + block, '[[source]]')}, {key}"
    assert what in error.what
    assert mend in error.mend


def test_empty_choice_of_rows(tmp_path: Path) -> None:
    """It undoes what a reader leaves out; it cannot choose rows, for it would choose none."""
    (source,) = load_project(
        make_project(tmp_path, report=SOURCE + "leave_out.State = []\n")
    ).sources
    assert source.leave_out == {"State": ()}
    error = refused(tmp_path, REPORT + SOURCE + "only.State = []\n")
    assert error.where.endswith("source[1].only.State")
    assert "[] is not a list of texts" in error.what


def test_toml_that_is_none(tmp_path: Path) -> None:
    """The parser's line is passed on."""
    error = refused(tmp_path, "[company]\nname = Example\n")
    assert error.where == "report.toml, line 2"
    assert "not TOML" in error.what


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("name = Example AG", 'Put the value of name in quotation marks: name = "Example AG".'),
        ('name = Example AG"', 'Put the value of name in quotation marks: name = "Example AG".'),
        ('name = "Example AG', "Close the quotation marks of the value of name."),
        ("name =", 'Give name a value (name = "..."), or remove the line.'),
        ("name", "Texts stand in quotation marks"),
    ],
)
def test_toml_without_quotation_marks(line: str, mend: str, tmp_path: Path) -> None:
    """The key is named whose value lacks them, and what to write."""
    error = refused(tmp_path, f"[company]\n{line}\n")
    assert error.where == "report.toml, line 2"
    assert error.mend.startswith(mend)


def test_report_that_is_not_utf_8(tmp_path: Path) -> None:
    """Saved by an old editor."""
    make_project(tmp_path)
    (tmp_path / PROJECT_FILE).write_bytes(b'[company]\nname = "Caf\xe9"\n')
    with pytest.raises(ProjectError, match="line 2: it is not UTF-8"):
        load_project(tmp_path)


def test_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    """A declared file may not be a way to another folder."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n", encoding="utf-8")
    folder = make_project(tmp_path / "project", report=SOURCE.replace("incidents.csv", "link.csv"))
    (folder / "ciso" / "link.csv").symlink_to(secret)
    with pytest.raises(ProjectError, match="lies outside the project folder"):
        load_project(folder)


def test_link_within_the_project_is_followed(tmp_path: Path) -> None:
    """``latest.csv`` may point at this month's export."""
    folder = make_project(tmp_path, report=SOURCE.replace("incidents.csv", "latest.csv"))
    (folder / "ciso" / "latest.csv").symlink_to(folder / "ciso" / "incidents.csv")
    assert len(load_tables(load_project(folder)).tables.frame("incidents")) == 1
