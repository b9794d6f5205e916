"""Whoever writes into report.toml exactly what a message says is rid of the message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from board_report.errors import DataError, ProjectError
from board_report.model import Finding
from board_report.pipeline.inputs import compute_figures, read_inputs
from board_report.project import load_project
from board_report.tables.load import LoadedTables, load_tables
from tests.projects import INCIDENT_HEADER, found, incident, incidents, make_project

FILE = "ciso/incidents.csv"
START = '\n[[source]]\ntable = "incidents"\nfile = "ciso/incidents.csv"\n'


def follow(folder: Path, told: Finding, fill: str = "") -> LoadedTables:
    """Write what the mend says where it says, and load again.

    Args:
        folder: the project.
        told: the finding.
        fill: what a person puts in place of the dots.
    """
    path = folder / "report.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    below = re.search(r"elow (\[.*\]) on line (\d+) of report.toml write (\S.*)$", told.mend)
    swap = re.search(r'n line (\d+) of report.toml change ("[^"]*") to ("[^"]*")', told.mend)
    change = re.search(r"hange line (\d+) of report.toml to (\S.*)$", told.mend)
    braces = re.search(
        r"n line (\d+) of report.toml, inside the braces of .*, write (.*)$", told.mend
    )
    if below:
        assert lines[int(below[2]) - 1] == below[1]
        lines.insert(int(below[2]), _written(below[3], fill))
    elif swap:
        assert swap[2] in lines[int(swap[1]) - 1]
        lines[int(swap[1]) - 1] = lines[int(swap[1]) - 1].replace(swap[2], swap[3])
    elif change:
        lines[int(change[1]) - 1] = _written(change[2], fill)
    else:
        assert braces, told.mend
        line = lines[int(braces[1]) - 1]
        lines[int(braces[1]) - 1] = line.removesuffix("}") + f", {_written(braces[2], fill)} }}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_tables(load_project(folder))


def _written(advice: str, fill: str) -> str:
    """The key and its value, without what the sentence goes on to say."""
    value = re.match(r'[^=]*= (?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|true|false)', advice)
    assert value, advice
    return value[0].replace('"..."', f'"{fill}"')


BLOCKS = {
    "nothing": "",
    "dotted": 'columns.cost = "cost"\nvalues.severity.Sev1 = "critical"\n',
    "section": '[source.columns]\ncost = "cost"\n'
    '[source.values]\nseverity = { Sev1 = "critical" }\n',
    "sections": '[source.columns]\ncost = "cost"\n[source.values.severity]\nSev1 = "critical"\n',
    "braces": 'columns = { cost = "cost" }\nvalues = { severity = { Sev1 = "critical" } }\n',
    "dotted braces": 'values.severity = { Sev1 = "critical" }\n[source.columns]\ncost = "cost"\n',
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_column_of_another_name(block: str, tmp_path: Path) -> None:
    """However the block is written, what the message says is the way in."""
    text = incidents(incident()).replace("detected_at", "Detected")
    folder = make_project(tmp_path, {FILE: text}, START + BLOCKS[block])
    told = found(load_tables(load_project(folder)), "column_missing")
    loaded = follow(folder, told)
    assert not loaded.stops
    assert len(loaded.tables.frame("incidents")) == 1


@pytest.mark.parametrize("block", [name for name in BLOCKS if name != "braces"])
def test_a_word_that_nothing_is_like(block: str, tmp_path: Path) -> None:
    """No meaning is proposed; the person's own goes where the message says."""
    folder = make_project(tmp_path, {FILE: incidents(incident(severity="Sehr ernst"))}, START)
    (folder / "report.toml").write_text(
        (folder / "report.toml").read_text(encoding="utf-8") + BLOCKS[block], encoding="utf-8"
    )
    told = found(load_tables(load_project(folder)), "unknown_category")
    assert '"..."' in told.mend
    assert "critical, high, medium" in told.reason
    loaded = follow(folder, told, fill="high")
    assert loaded.tables.frame("incidents")["severity"].tolist() == ["high"]


@pytest.mark.parametrize("block", ["dotted", "section", "braces"])
def test_a_misspelled_header(block: str, tmp_path: Path) -> None:
    """What is there is changed, on its line."""
    wrong = BLOCKS[block].replace('"cost"', '"Costs"')
    folder = make_project(tmp_path, report=START + wrong)
    told = found(load_tables(load_project(folder)), "column_missing")
    assert told.value == "Costs"
    assert not follow(folder, told).stops


def test_settings_below_a_section(tmp_path: Path) -> None:
    """A setting goes to the block's beginning, though the block ends with a section."""
    text = f"{INCIDENT_HEADER}\n{incident(cost='x')}\n".replace(",x\n", ',"1.200,50"\n')
    folder = make_project(tmp_path, {FILE: text}, START + BLOCKS["section"])
    told = found(load_tables(load_project(folder)), "wrong_decimal_mark")
    assert follow(folder, told).tables.frame("incidents")["cost"].tolist() == [1200.5]


def test_a_text_for_no_value_beside_others(tmp_path: Path) -> None:
    """The ones that the block has stay."""
    rows = incidents(incident(cost="n/a"), incident(incident_id="I-2", cost="tbd"))
    folder = make_project(tmp_path, {FILE: rows}, START + 'missing = ["n/a"]\n')
    told = found(load_tables(load_project(folder)), "bad_money")
    loaded = follow(folder, told)
    assert loaded.tables.frame("incidents")["cost"].isna().tolist() == [True, True]


@pytest.mark.parametrize(
    ("declared", "cell"),
    [("%m/%d/%Y %H:%M", "13/07/2026 10:00"), ("%d.%m.%Y %H:%M", "2026/07/13 10:00")],
)
def test_a_date_format_that_does_not_fit(declared: str, cell: str, tmp_path: Path) -> None:
    """The format is what is to change, and the one that fits is named."""
    row = incident(occurred_at="", detected_at=cell, contained_at="", recovered_at="")
    report = START + f'date_format = "{declared}"\n'
    folder = make_project(tmp_path, {FILE: incidents(row)}, report)
    told = found(load_tables(load_project(folder)), "bad_date")
    assert "date_format" in told.mend
    moments = follow(folder, told).tables.frame("incidents")["detected_at"].dt.date
    assert [str(each) for each in moments] == ["2026-07-13"]


def test_a_file_without_a_block(tmp_path: Path) -> None:
    """Its block has to be written whole."""
    folder = make_project(
        tmp_path, {FILE: incidents(incident()).replace("detected_at", "Detected")}
    )
    told = found(load_tables(load_project(folder)), "column_missing")
    given = re.search(
        r"ive it a \[\[source\]\] block in report.toml, with (.*), (.*) and (.*)\.$", told.mend
    )
    assert given, told.mend
    with (folder / "report.toml").open("a", encoding="utf-8") as report:
        report.write("\n".join(("\n[[source]]", *given.groups(), "")))
    assert not load_tables(load_project(folder)).stops


def test_no_header_is_like_it(tmp_path: Path) -> None:
    """The headers that there are are named, and none is proposed."""
    text = incidents(incident()).replace("detected_at", "Zeitpunkt")
    folder = make_project(tmp_path, {FILE: text}, START)
    told = found(load_tables(load_project(folder)), "column_missing")
    assert 'columns.detected_at = "..."' in told.mend
    assert '"Zeitpunkt"' in told.mend
    assert not follow(folder, told, fill="Zeitpunkt").stops


def test_a_folder_of_other_files(tmp_path: Path) -> None:
    """A folder is read as Parquet alone; the pattern that reads its files is given."""
    block = START.replace('"ciso/incidents.csv"', '"exports"')
    files = {"exports/a.csv": incidents(incident()), "exports/b.csv": incidents()}
    folder = make_project(tmp_path, {**files}, block)
    told = found(load_tables(load_project(folder)), "bad_parquet")
    assert "it is a folder, and it holds no .parquet file" in told.reason
    loaded = follow(folder, told)
    assert not loaded.stops
    assert len(loaded.tables.frame("incidents")) == 1


def test_a_missing_file(tmp_path: Path) -> None:
    """Its block's line, a name like its own, and the way out."""
    block = '\n[[source]]\ntable = "detections"\nfile = "ciso/incident.csv"\n'
    told = found(load_tables(load_project(make_project(tmp_path, report=block))), "file_missing")
    assert "the [[source]] block on line 15 of report.toml" in told.mend
    assert "(ciso/incidents.csv is there)" in told.mend
    assert "or delete the block" in told.mend


def test_a_stopped_build_names_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its folder's own name, also from within."""
    folder = make_project(tmp_path / "our-company", report=START.replace("incidents.csv", "no.csv"))
    monkeypatch.chdir(folder)
    with pytest.raises(DataError) as caught:
        compute_figures(read_inputs(Path()))
    assert caught.value.where == "our-company"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('constants.business_unit = "Nowhere"', "Nowhere is not one of company.business_units"),
        ('constants.cost = "lots"', "lots is not an amount of money"),
        ('constants.contained_at = "soon"', "soon is not a date"),
        ('constants.contained_at = "2026/07/01"', "2026/07/01 is not a date"),
        ('constants.contained_at = "03/04/2026"', "could be read day first or month first"),
        ('constants.cost = "1.200,50"', "is not a number with a decimal point"),
        ('constants.contained_at = "9999-12-31"', "is not a plausible date"),
    ],
)
def test_a_constant_that_its_column_cannot_hold(line: str, reason: str, tmp_path: Path) -> None:
    """Refused in words, whatever is wrong with it."""
    folder = make_project(tmp_path, report=f"{START}{line}\n")
    with pytest.raises(ProjectError) as caught:
        load_tables(load_project(folder))
    assert reason in caught.value.what
