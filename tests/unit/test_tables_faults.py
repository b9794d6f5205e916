"""One fault at a time: file, line, column, value, reason code and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.model import Severity
from board_report.project import load_project
from board_report.tables.load import LoadedTables, load_tables
from board_report.tables.schema import Column, Kind, Leader, TableSpec
from tests.projects import (
    INCIDENT_HEADER,
    REQUIRED,
    found,
    incident,
    incidents,
    load,
    make_project,
    told,
)

FILE = "ciso/incidents.csv"
SOURCE = '\n[[source]]\ntable = "incidents"\nfile = "ciso/incidents.csv"\n'


def load_incidents(folder: Path, *rows: str, report: str = "") -> LoadedTables:
    """The tiny project with these incidents."""
    return load(folder, {FILE: incidents(*rows)}, report)[1]


CELLS = {
    "category": ({"severity": "hgih"}, "severity", "hgih", "unknown_category", 'hgih = "high"'),
    "unit": (
        {"business_unit": "Retial"},
        "business_unit",
        "Retial",
        "unknown_business_unit",
        'Retial = "Retail"',
    ),
    "empty": ({"title": ""}, "title", "", "value_missing", "Fill it in"),
    "key": ({"incident_id": ""}, "incident_id", "", "key_missing", "Give the row its incident_id"),
    "no date": ({"detected_at": "soon"}, "detected_at", "soon", "bad_date", "2026-03-14"),
    "no such day": (
        {"detected_at": "2026-02-30"},
        "detected_at",
        "2026-02-30",
        "bad_date",
        "Correct it.",
    ),
    "serial": (
        {"detected_at": "46204.5"},
        "detected_at",
        "46204.5",
        "excel_serial_date",
        "yyyy-mm-dd",
    ),
    "epoch": (
        {"detected_at": "1783209600"},
        "detected_at",
        "1783209600",
        "epoch_time",
        'date_format = "epoch_seconds"',
    ),
    "never": (
        {"recovered_at": "9999-12-31"},
        "recovered_at",
        "9999-12-31",
        "implausible_date",
        'missing = ["9999-12-31"]',
    ),
    "currency text": ({"cost": "lots"}, "cost", "lots", "bad_money", 'missing = ["lots"]'),
    "other currency": (
        {"cost": "EUR 1200"},
        "cost",
        "EUR 1200",
        "other_currency",
        "Convert it to USD",
    ),
    "decimal mark": (
        {"cost": '"1.234,50"'},
        "cost",
        "1.234,50",
        "wrong_decimal_mark",
        "decimal_comma = true",
    ),
    "abbreviated": ({"cost": "$1.2M"}, "cost", "$1.2M", "abbreviated_number", "1200000"),
    "negative": ({"cost": "(1200)"}, "cost", "(1200)", "below_minimum", "Correct it"),
    "too large": ({"cost": "1e20"}, "cost", "1e20", "number_too_large", "999,999,999,999,999"),
    "excel error": ({"title": "#REF!"}, "title", "#REF!", "excel_error", "Mend the formula"),
    "nul": ({"title": "a\0b"}, "title", "a\0b", "control_character", "Remove it"),
}


@pytest.mark.parametrize("name", CELLS)
def test_faulty_cell_sets_its_row_aside(name: str, tmp_path: Path) -> None:
    """The rest of the file is used."""
    changes, column, value, code, mend = CELLS[name]
    bad = incident(**{"incident_id": "I-2", **changes})
    loaded = load_incidents(tmp_path, incident(), bad)
    told_of = found(loaded, code)
    assert told_of.severity is Severity.ERROR
    assert not told_of.stops
    assert (told_of.file, told_of.line, told_of.column) == (FILE, 3, column)
    assert (told_of.value, told_of.table) == (value, "incidents")
    assert mend in told_of.mend
    assert told(loaded) == {code}
    assert loaded.tables.frame("incidents")["_line"].tolist() == [2]
    assert [row.line for row in loaded.rejected] == [3]
    assert told_of.reason in loaded.rejected[0].reasons[0]


REMARKS = {
    "long name": ({"title": "x" * 301}, "title", "text_long", "Shorten it to 300"),
    "formula": ({"title": "=HYPERLINK(A1)"}, "title", "formula_text", "Remove the character"),
    "html": ({"title": "<script>x</script>"}, "title", "html_text", "plain text"),
    "skipped": (
        {"occurred_at": "2026-03-08 02:30"},
        "occurred_at",
        "time_skipped",
        "with their offset",
    ),
    "repeated": (
        {"occurred_at": "2025-11-02 01:30"},
        "occurred_at",
        "time_repeated",
        "with their offset",
    ),
    "date alone": ({"occurred_at": "2026-07-01"}, "occurred_at", "time_assumed", "time of day"),
    "thirds of a cent": ({"cost": "1.005"}, "cost", "money_rounded", "two decimals"),
}


@pytest.mark.parametrize("name", REMARKS)
def test_doubtful_cell_is_used_with_a_warning(name: str, tmp_path: Path) -> None:
    """The text itself is never changed."""
    changes, column, code, mend = REMARKS[name]
    loaded = load(
        tmp_path, {FILE: incidents(incident(**changes))}, SOURCE + 'time_zone = "America/Chicago"\n'
    )[1]
    told_of = found(loaded, code)
    assert told_of.severity is Severity.WARNING
    assert (told_of.file, told_of.line, told_of.column) == (FILE, 2, column)
    assert mend in told_of.mend
    assert told(loaded) == {code}
    frame = loaded.tables.frame("incidents")
    assert len(frame) == 1
    if column == "title":
        assert frame["title"].iloc[0] == changes["title"]


# --- files and columns -------------------------------------------------------------------------


def test_required_file_missing(tmp_path: Path) -> None:
    """It stops, and says where the file is looked for."""
    load(tmp_path)
    (tmp_path / FILE).unlink()
    loaded = load_tables(load_project(tmp_path))
    told_of = found(loaded, "required_file_missing")
    assert told_of.stops
    assert told_of.file == FILE
    assert told_of.mend == f"Put it at {FILE}, or name it in a [[source]] block of report.toml."
    assert not loaded.tables["incidents"].measured


def test_declared_file_missing(tmp_path: Path) -> None:
    """Even for a table that may be left out."""
    block = '\n[[source]]\ntable = "detections"\nfile = "ciso/siem.csv"\n'
    loaded = load(tmp_path, None, block)[1]
    told_of = found(loaded, "file_missing")
    assert (told_of.stops, told_of.file, told_of.table) == (True, "ciso/siem.csv", "detections")


def test_required_column_missing(tmp_path: Path) -> None:
    """The nearest header and the exact line to add are named; every row is accounted for."""
    text = incidents(incident()).replace(",detected_at,", ",Detected,")
    loaded = load(tmp_path, {FILE: text}, SOURCE)[1]
    told_of = found(loaded, "column_missing")
    assert told_of.stops
    assert (told_of.file, told_of.line, told_of.column) == (FILE, 1, "detected_at")
    assert told_of.mend == (
        'Below [[source]] on line 15 of report.toml write columns.detected_at = "Detected".'
    )
    (part,) = [each for each in loaded.reconciliation if each.table == "incidents"]
    assert (part.read, part.used, part.rejected) == (1, 0, 1)


def test_optional_column_missing_is_a_note(tmp_path: Path) -> None:
    """It is unknown in every row."""
    loaded = load(tmp_path)[1]
    notes = [each for each in loaded.findings if each.column == "outage_hours"]
    assert [(each.code, each.severity) for each in notes] == [("column_not_given", "note")]
    assert notes[0].mend.endswith('and columns.outage_hours = "...".')


def test_declared_header_that_is_not_there(tmp_path: Path) -> None:
    """A typing mistake in report.toml stops, even for a column that may be left out."""
    loaded = load(tmp_path, None, SOURCE + 'columns.cost = "Costs"\n')[1]
    told_of = found(loaded, "column_missing")
    assert (told_of.column, told_of.value, told_of.stops) == ("cost", "Costs", True)
    assert told_of.mend == 'On line 18 of report.toml change "Costs" to "cost".'


def test_column_given_twice(tmp_path: Path) -> None:
    """Which of the two is meant is not guessed."""
    text = f"{INCIDENT_HEADER},Severity\n{incident()},low\n"
    loaded = load(tmp_path, {FILE: text})[1]
    told_of = found(loaded, "column_twice")
    assert (told_of.stops, told_of.line, told_of.column) == (True, 1, "severity")


def test_default_file_that_leads_out_of_the_project(tmp_path: Path) -> None:
    """A link is no way out, declared or not."""
    folder = tmp_path / "project"
    load(folder)
    (tmp_path / "secret.csv").write_text("a\n", encoding="utf-8")
    (folder / "ciso" / "detections.csv").symlink_to(tmp_path / "secret.csv")
    told_of = found(load_tables(load_project(folder)), "file_outside")
    assert (told_of.stops, told_of.file) == (True, "ciso/detections.csv")


@pytest.mark.parametrize(
    ("row", "code"), [("I-2,x", "too_few_cells"), (",".join("abcdefghijklmn"), "too_many_cells")]
)
def test_row_of_another_width(tmp_path: Path, row: str, code: str) -> None:
    """Its cells may have moved, so none of them is judged."""
    loaded = load_incidents(tmp_path, incident(), row)
    told_of = found(loaded, code)
    assert (told_of.line, told_of.severity, told_of.stops) == (3, "error", False)
    assert told(loaded) == {code}
    assert loaded.rejected[0].cells == tuple(row.split(","))


def test_empty_cells_at_the_end_are_no_fault(tmp_path: Path) -> None:
    """Spreadsheets leave them behind."""
    assert told(load_incidents(tmp_path, incident() + ",,")) == set()


def test_lines_after_a_quoted_newline(tmp_path: Path) -> None:
    """A finding names the line that an editor shows."""
    first = incident(title='"two\nlines"')
    loaded = load_incidents(tmp_path, first, "", incident(incident_id="I-2", severity="huge"))
    assert found(loaded, "unknown_category").line == 5


# --- dates -------------------------------------------------------------------------------------


def with_dates(*days: str) -> str:
    """A detections file with these dates."""
    lines = ["detection_id,created_at,source,severity"]
    lines += [f"D-{at},{day},edr,low" for at, day in enumerate(days)]
    return "\n".join(lines) + "\n"


def test_ambiguous_dates_stop(tmp_path: Path) -> None:
    """Both readings are offered; one finding stands for the whole column."""
    text = with_dates("2026-07-01T10:00Z", "03/04/2026 10:00", "05/06/2026 11:00")
    loaded = load(tmp_path, {"ciso/detections.csv": text})[1]
    told_of = found(loaded, "ambiguous_date")
    assert told_of.stops
    assert (told_of.line, told_of.column, told_of.value) == (3, "created_at", "03/04/2026 10:00")
    assert told_of.reason.startswith("created_at has 2 values that could be read day first")
    assert 'date_format = "%m/%d/%Y %H:%M" (month first)' in told_of.mend
    assert 'or "%d/%m/%Y %H:%M" (day first)' in told_of.mend
    assert [row.line for row in loaded.rejected] == [3, 4]


@pytest.mark.parametrize(
    ("proof", "line", "word"),
    [
        ("13/04/2026", "%d/%m/%Y", "the day comes first"),
        ("04/13/2026", "%m/%d/%Y", "the month comes first"),
        ("4.13.2026", "%m.%d.%Y", "the month comes first"),
    ],
)
def test_dates_whose_order_shows_are_still_not_guessed(
    tmp_path: Path, proof: str, line: str, word: str
) -> None:
    """The exact line to write is given instead."""
    mark = "." if "." in proof else "/"
    text = with_dates(f"03{mark}04{mark}2026", proof)
    told_of = found(load(tmp_path, {"ciso/detections.csv": text})[1], "date_format_undeclared")
    assert told_of.stops
    assert word in told_of.reason
    assert f'date_format = "{line}"' in told_of.mend


def test_dates_of_both_orders(tmp_path: Path) -> None:
    """Two exports in one file."""
    text = with_dates("13/04/2026", "04/13/2026")
    told_of = found(load(tmp_path, {"ciso/detections.csv": text})[1], "date_format_undeclared")
    assert "one file must be two" in told_of.reason


def test_declared_format_settles_it(tmp_path: Path) -> None:
    """A date that does not fit it is a fault of its row alone."""
    block = (
        '\n[[source]]\ntable = "detections"\nfile = "ciso/detections.csv"\n'
        'date_format = "%m/%d/%Y %H:%M"\n'
    )
    text = with_dates("3/4/2026 10:00", "13/04/2026 10:00")
    loaded = load(tmp_path, {"ciso/detections.csv": text}, block)[1]
    told_of = found(loaded, "bad_date")
    assert (told_of.line, told_of.stops) == (3, False)
    assert "in the format %m/%d/%Y %H:%M" in told_of.reason
    when = loaded.tables.frame("detections")["created_at"].iloc[0]
    assert when.isoformat() == "2026-03-04T16:00:00+00:00"


def test_mixed_time_zones_stop_until_the_zone_is_declared(tmp_path: Path) -> None:
    """Nobody said which zone the bare times are in."""
    text = with_dates("2026-07-01T10:00Z", "2026-07-01T10:00")
    loaded = load(tmp_path, {"ciso/detections.csv": text})[1]
    told_of = found(loaded, "mixed_time_zones_undeclared")
    assert (told_of.stops, told_of.line, told_of.column) == (True, 3, "created_at")
    assert 'time_zone = "America/Chicago"' in told_of.mend


def test_mixed_time_zones_are_a_warning_once_declared(tmp_path: Path) -> None:
    """Bare times are read in the declared zone: 10:00 in Berlin is 08:00 UTC."""
    block = (
        '\n[[source]]\ntable = "detections"\nfile = "ciso/detections.csv"\n'
        'time_zone = "Europe/Berlin"\n'
    )
    text = with_dates("2026-07-01T10:00Z", "2026-07-01T10:00")
    loaded = load(tmp_path, {"ciso/detections.csv": text}, block)[1]
    told_of = found(loaded, "mixed_time_zones")
    assert (told_of.severity, told_of.line) == ("warning", 3)
    hours = loaded.tables.frame("detections")["created_at"].dt.hour.tolist()
    assert hours == [10, 8]


def test_times_after_the_as_of_date_are_kept_and_counted(tmp_path: Path) -> None:
    """They are not known yet; 30 September ends in Chicago at 05:00 UTC."""
    text = with_dates("2026-10-01T04:59:59Z", "2026-10-01T05:00Z", "2027-01-01T00:00Z")
    loaded = load(tmp_path, {"ciso/detections.csv": text})[1]
    told_of = found(loaded, "after_as_of")
    assert (told_of.severity, told_of.line, told_of.column) == ("note", 3, "created_at")
    assert told_of.reason.startswith("created_at has 2 values after the as-of date 2026-09-30")
    assert len(loaded.tables.frame("detections")) == 3


# --- rows --------------------------------------------------------------------------------------


def test_times_that_run_backwards(tmp_path: Path) -> None:
    """A negative duration would spoil every average."""
    bad = incident(contained_at="2026-07-01T07:00Z")
    loaded = load_incidents(tmp_path, bad)
    told_of = found(loaded, "out_of_order")
    assert (told_of.line, told_of.column, told_of.severity) == (2, "contained_at", "error")
    assert told_of.reason == (
        "contained_at 2026-07-01T07:00Z lies before detected_at 2026-07-01T10:00Z "
        "(a duration of -3.0 hours)."
    )
    assert "unknown time is left empty" in told_of.mend
    assert len(loaded.tables.frame("incidents")) == 0


def test_dates_that_run_backwards(tmp_path: Path) -> None:
    """Counted in days."""
    text = REQUIRED["governance/people.csv"].replace("since\n", "since,until\n")
    text = text.replace("2024-01-01\n", "2024-01-01,2023-12-30\n", 1).replace(
        "2024-01-01\n", "2024-01-01,\n"
    )
    told_of = found(load(tmp_path, {"governance/people.csv": text})[1], "out_of_order")
    assert told_of.reason == (
        "until 2023-12-30 lies before since 2024-01-01 (a duration of -2 days)."
    )


def test_part_above_whole(tmp_path: Path) -> None:
    """A vendor's own sample has 4 delivered and 20 clicked."""
    text = (
        "campaign_id,business_unit,sent_on,difficulty,delivered,clicked,reported\n"
        "C1,Retail,2026-08-01,easy,4,20,0\n"
    )
    told_of = found(load(tmp_path, {"ciso/phishing_campaigns.csv": text})[1], "part_above_whole")
    assert (told_of.line, told_of.column, told_of.value) == (2, "clicked", "20")
    assert told_of.reason == "clicked 20 is above delivered 4."


def test_same_row_twice_is_counted_once(tmp_path: Path) -> None:
    """A note, because no figure changes."""
    loaded = load_incidents(tmp_path, incident(), incident(), incident())
    told_of = found(loaded, "duplicate_row")
    assert (told_of.severity, told_of.line, told_of.column) == ("note", 3, "incident_id")
    assert told_of.reason == (
        "2 rows repeated, the first of them the same as line 2; each is counted once."
    )
    (part,) = [each for each in loaded.reconciliation if each.table == "incidents"]
    assert (part.read, part.used, part.rejected, part.duplicate) == (3, 1, 0, 2)


def test_same_key_with_other_values_is_set_aside(tmp_path: Path) -> None:
    """The first is used; neither is overwritten or lost."""
    loaded = load_incidents(tmp_path, incident(), incident(title="Other"))
    told_of = found(loaded, "duplicate_key")
    assert (told_of.severity, told_of.line, told_of.value) == ("error", 3, "I-1")
    assert told_of.reason.startswith("I-1 was already given on line 2, with other values")
    assert loaded.tables.frame("incidents")["title"].tolist() == ["Phish"]
    assert [row.line for row in loaded.rejected] == [3]


def test_row_set_aside_does_not_hold_its_key(tmp_path: Path) -> None:
    """The good row is used though a bad one came first."""
    loaded = load_incidents(tmp_path, incident(severity="huge"), incident())
    assert told(loaded) == {"unknown_category"}
    assert loaded.tables.frame("incidents")["_line"].tolist() == [3]


def test_unknown_reference_is_a_warning(tmp_path: Path) -> None:
    """Told once for each value, with its first line."""
    text = with_dates("2026-07-01T10:00Z", "2026-07-01T11:00Z").replace(
        "severity\n", "severity,incident_id\n"
    )
    text = text.replace("edr,low", "edr,low,I-9")
    told_of = found(load(tmp_path, {"ciso/detections.csv": text})[1], "unknown_reference")
    assert (told_of.severity, told_of.line, told_of.column) == ("warning", 2, "incident_id")
    assert told_of.reason == "I-9 is not among the security incidents (2 rows)."


def test_unknown_role_is_a_warning(tmp_path: Path) -> None:
    """BOTH and BOARD are held by nobody alone."""
    text = REQUIRED["cto/technology_portfolio.csv"]
    text += "T-2,SSO,adopt,protect,BOTH,2026-01-05\nT-3,EDR,adopt,protect,CTOO,2026-01-05\n"
    told_of = found(load(tmp_path, {"cto/technology_portfolio.csv": text})[1], "unknown_role")
    assert (told_of.severity, told_of.line) == ("warning", 4)
    assert (told_of.column, told_of.value) == ("owner_role", "CTOO")
    assert "did you mean CTO?" in told_of.mend


def test_bad_integers_and_ratings(tmp_path: Path) -> None:
    """Counts below zero, ratings out of range, whole numbers that are none."""
    header = "quarter,vendor_id,vendor_name,tier,rating,open_criticals\n"
    text = header + "2026-Q3,V1,A,tier_1,901,0\n2026-Q3,V2,B,tier_1,50,-1\n"
    text += "2026-Q3,V3,C,tier_1,50,2.5\nQ3/26,V4,D,tier_1,50,2\n"
    loaded = load(tmp_path, {"ciso/third_parties.csv": text})[1]
    above, below = found(loaded, "above_maximum"), found(loaded, "below_minimum")
    assert (above.line, above.column, above.value) == (2, "rating", "901")
    assert (below.line, below.column, below.value) == (3, "open_criticals", "-1")
    whole, quarter = found(loaded, "bad_integer"), found(loaded, "bad_quarter")
    assert (whole.line, whole.column, whole.value) == (4, "open_criticals", "2.5")
    assert (quarter.line, quarter.column, quarter.value) == (5, "quarter", "Q3/26")


def test_rating_beyond_its_scale(tmp_path: Path) -> None:
    """A rating that does not name its scale ends at 100; one of 900 may be higher."""
    header = "quarter,vendor_id,vendor_name,rating,rating_out_of\n"
    text = header + "2026-Q3,V1,A,101,\n2026-Q3,V2,B,740,900\n2026-Q3,V3,C,100,\n"
    loaded = load(tmp_path, {"ciso/third_parties.csv": text})[1]
    above = found(loaded, "part_above_whole")
    assert (above.line, above.column, above.value) == (2, "rating", "101")
    assert loaded.tables.frame("third_parties")["rating"].to_list() == [740.0, 100.0]


def test_bad_boolean(tmp_path: Path) -> None:
    """Neither yes nor no."""
    text = "committee,meeting_on,is_cyber_on_agenda\nBoard,2026-07-01,perhaps\n"
    told_of = found(load(tmp_path, {"governance/committee_calendar.csv": text})[1], "bad_boolean")
    assert (told_of.line, told_of.column, told_of.value) == (2, "is_cyber_on_agenda", "perhaps")


def test_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """A file-level fault is one finding among all."""
    bad = "name\nCafé\n".encode("cp1252")
    loaded = load(tmp_path, {FILE: incidents(incident(severity="x")), "ciso/detections.csv": bad})[
        1
    ]
    assert told(loaded) == {"undecodable", "unknown_category"}


# --- shares ------------------------------------------------------------------------------------

SHARES = TableSpec(
    name="shares",
    title="Shares",
    meaning="A table with a share.",
    leader=Leader.CISO,
    key=("id",),
    columns=(Column("id", Kind.ID, "Number."), Column("share", Kind.RATIO, "Share.")),
)


def load_shares(folder: Path, *shares: str, report: str = "") -> LoadedTables:
    """A table of shares, read on its own."""
    text = "id,share\n" + "".join(f"{at},{share}\n" for at, share in enumerate(shares))
    block = f'\n[[source]]\ntable = "shares"\nfile = "ciso/shares.csv"\n{report}'
    project = load_project(make_project(folder, {"ciso/shares.csv": text}, block))
    return load_tables(project, {"shares": SHARES})


def test_percentages_where_fractions_are_expected(tmp_path: Path) -> None:
    """The exact setting is named; a percent sign speaks for itself."""
    loaded = load_shares(tmp_path, "0.9", "85", "85%")
    told_of = found(loaded, "ratio_out_of_range")
    assert (told_of.line, told_of.column, told_of.value) == (3, "share", "85")
    assert 'below [[source]] on line 15 of report.toml write ratio_as = "percent"' in told_of.mend
    assert loaded.tables.frame("shares")["share"].tolist() == [0.9, 0.85]


def test_fractions_where_percentages_are_declared(tmp_path: Path) -> None:
    """All at or below 1: probably fractions, so a person should look."""
    loaded = load_shares(tmp_path, "0.9", "0.85", report='ratio_as = "percent"\n')
    told_of = found(loaded, "ratio_looks_like_fraction")
    assert (told_of.severity, told_of.line, told_of.column) == ("warning", 2, "share")
    assert 'ratio_as = "fraction"' in told_of.mend


def test_declared_percentages(tmp_path: Path) -> None:
    """Stored as 0 to 1."""
    loaded = load_shares(tmp_path, "90", "0.5", report='ratio_as = "percent"\n')
    assert told(loaded) == set()
    assert loaded.tables.frame("shares")["share"].tolist() == [0.9, 0.005]


def test_header_repeated_among_the_rows(tmp_path: Path) -> None:
    """Joined files: one note for all such rows, which are left out and counted; others stand."""
    other = incident(incident_id="I-2")
    loaded = load_incidents(tmp_path, incident(), INCIDENT_HEADER, other, INCIDENT_HEADER)
    note = found(loaded, "header_repeated")
    assert (note.severity, note.line) == (Severity.NOTE, 3)
    assert note.reason.startswith("2 rows left out")
    assert told(loaded) == {"header_repeated"}
    (part,) = [each for each in loaded.reconciliation if each.table == "incidents"]
    assert (part.read, part.used, part.left_out, part.rejected) == (4, 2, 2, 0)


def test_header_repeated_and_rows_chosen(tmp_path: Path) -> None:
    """A repeated header is not counted among the texts that `only` leaves out."""
    rows = (incident(), INCIDENT_HEADER, incident(incident_id="I-2", severity="low"))
    loaded = load_incidents(tmp_path, *rows, report=SOURCE + 'only.severity = "high"\n')
    assert found(loaded, "left_out").reason == "1 row left out: severity is low (1)."
    (part,) = [each for each in loaded.reconciliation if each.table == "incidents"]
    assert (part.read, part.used, part.left_out) == (3, 1, 2)


def test_times_that_run_backwards_are_quoted_as_written(tmp_path: Path) -> None:
    """Both cells as the file has them, in the company's zone; an empty one is not judged."""
    row = incident(
        occurred_at="",
        detected_at="02.01.2026 00:00",
        contained_at="",
        recovered_at=" 01.01.2026 00:00",
    )
    report = SOURCE + 'date_format = "%d.%m.%Y %H:%M"\n'
    told_of = found(load_incidents(tmp_path, row, report=report), "out_of_order")
    assert told_of.value == "01.01.2026 00:00"
    assert told_of.reason == (
        "recovered_at 01.01.2026 00:00 lies before detected_at 02.01.2026 00:00 "
        "(a duration of -24.0 hours)."
    )
