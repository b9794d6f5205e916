"""``board-report map``: a file that nobody declared is proposed, corrected, written and read."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from board_report.project import load_project
from board_report.tables.load import load_tables
from board_report.toml_reader import parse_toml
from tests.conftest import CallCli
from tests.projects import make_project

GERMAN = (
    "Vorfallsliste;;;;;;\nStand: 30.09.2026;;;;;;\n"
    "Nummer;Betreff;Bereich;Schweregrad;Eröffnet;Behoben;Kosten\n"
    "V-1;Phishing im Einkauf;Retail;Hoch;29.07.2026 08:15;30.07.2026 10:00;1.200,50\n"
    "V-2;Verlorenes Gerät;Europe;Niedrig;03.08.2026 09:00;04.08.2026 09:30;\n"
    "V-3;Schadsoftware;Retail;Kritisch;05.09.2026 07:00;;12.000,00\n"
)


@pytest.fixture
def run(call_cli: CallCli) -> CallCli:
    """The program in this process."""
    return call_cli


def project_with(folder: Path, name: str, content: str | bytes) -> Path:
    """A small project with one more file."""
    return make_project(folder, {name: content})


def mapped(run: CallCli, folder: Path, name: str, *more: str) -> tuple[dict, str]:
    """The proposal as a record, and its block."""
    done = run("map", folder / name, "--project", folder, "--json", *more)
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    return record, record["block"]


def headers(record: dict) -> dict[str, str]:
    return {each["column"]: each["header"] for each in record["columns"]}


def test_a_german_list_with_a_preamble(run: CallCli, tmp_path: Path) -> None:
    """Delimiter, encoding, preamble, order of the date, decimal comma, severities: all found."""
    folder = project_with(tmp_path, "ciso/vorfälle.csv", GERMAN.encode("cp1252"))
    record, block = mapped(run, folder, "ciso/vorfälle.csv")
    assert record["table"] == "incidents"
    assert headers(record) == {
        "incident_id": "Nummer",
        "title": "Betreff",
        "business_unit": "Bereich",
        "severity": "Schweregrad",
        "detected_at": "Eröffnet",
        "recovered_at": "Behoben",
        "cost": "Kosten",
    }
    values = parse_toml(block.encode(), "block").sections("source")[0].values
    assert values["delimiter"] == ";"
    assert values["encoding"] == "cp1252"
    assert values["skip_rows"] == 2
    assert values["date_format"] == "%d.%m.%Y %H:%M"
    assert values["decimal_comma"] is True
    assert values["values"]["severity"] == {
        "Hoch": "high", "Niedrig": "low", "Kritisch": "critical",
    }  # fmt: skip
    assert record["rows"]["used"] == 3


def test_the_block_is_written_and_read(run: CallCli, tmp_path: Path) -> None:
    """At the end of report.toml; what was there stays byte for byte; the figures follow."""
    folder = project_with(tmp_path, "ciso/vorfälle.csv", GERMAN.encode("cp1252"))
    (folder / "ciso" / "incidents.csv").unlink()
    before = (folder / "report.toml").read_bytes()
    done = run("map", folder / "ciso/vorfälle.csv", "--project", folder, "--write")
    assert done.exit_code == 0
    after = (folder / "report.toml").read_bytes()
    assert after.startswith(before)
    assert "Added to report.toml, line 15." in done.stderr
    assert after.decode().splitlines()[14].startswith("# Proposed by `board-report map`")
    loaded = load_tables(load_project(folder))
    frame = loaded.tables.frame("incidents").set_index("incident_id")
    assert frame["cost"].fillna(-1).to_dict() == {"V-1": 1200.5, "V-2": -1, "V-3": 12000}
    # 29 July 2026, 08:15 in Chicago is 13:15 in UTC.
    assert str(frame.loc["V-1", "detected_at"]) == "2026-07-29 13:15:00+00:00"
    again = run("map", folder / "ciso/vorfälle.csv", "--project", folder, "--write")
    assert again.exit_code == 2
    assert "has a block already" in again.stderr
    assert (folder / "report.toml").read_bytes() == after
    assert not list(folder.glob(".*.new"))


def test_no_column_of_the_file_is_dropped_in_silence(run: CallCli, tmp_path: Path) -> None:
    """Thousands are read from the header's unit; what has no place is listed."""
    text = (
        "Nr.;Beschreibung;Schweregrad;Gemeldet am;Gelöst am;Schaden (T€);Art;Entdeckt durch;Farbe\n"
        "1;Laptop;Hoch;29.07.2026 08:15;30.07.2026 10:00;12,5;Diebstahl;Mitarbeiter;rot\n"
        "2;Virus;Niedrig;03.08.2026 09:00;;0,2;Schadsoftware;SOC;blau\n"
    )
    folder = project_with(tmp_path, "ciso/vorfälle.csv", text)
    record, block = mapped(run, folder, "ciso/vorfälle.csv")
    assert record["table"] == "incidents"
    assert 'cost = { from = "Schaden (T€)", times = "1000" }' in block
    assert headers(record)["category"] == "Art"
    assert headers(record)["detected_by"] == "Entdeckt durch"
    assert record["unused_headers"] == ["Farbe"]
    assert '# not used: "Farbe"    # "rot", "blau"' in block
    assert record["days"] == ["2026-07-29", "2026-08-03"]
    values = parse_toml(block.encode(), "block").sections("source")[0].values["values"]
    assert values["category"] == {"Diebstahl": "lost_device", "Schadsoftware": "malware"}
    assert values["detected_by"] == {"Mitarbeiter": "employee", "SOC": "own_monitoring"}


def test_the_last_day_is_never_proposed_as_the_first(run: CallCli, tmp_path: Path) -> None:
    """A flaw would look younger than it is."""
    text = "Finding ID,Host,Severity,Last Detected,Due\n1,a,high,2026-07-01,2026-08-01\n"
    folder = project_with(tmp_path, "ciso/scan.csv", text)
    record, block = mapped(run, folder, "ciso/scan.csv", "--table", "vulnerability_findings")
    assert "first_seen_on" not in headers(record)
    assert "# first_seen_on" in block
    assert '# not used: "Last Detected"' in block


def test_a_file_that_only_completes_records(run: CallCli, tmp_path: Path) -> None:
    """Numbers and units: the block says how to merge them."""
    text = "Ticket,Business unit\nI-1,Retail\nI-2,Europe\n"
    folder = project_with(tmp_path, "ciso/incident_units.csv", text)
    _, block = mapped(run, folder, "ciso/incident_units.csv", "--table", "incidents")
    assert '# merge_by = ["incident_id"]' in block


AMBIGUOUS = "Ticket,Summary,Severity,Opened\nA-1,One,high,03/04/2026\nA-2,Two,low,05/06/2026\n"


def test_dates_that_cannot_be_told_are_asked_about(run: CallCli, tmp_path: Path) -> None:
    """No format is written, both are offered, and the load stops until a person says it."""
    folder = project_with(tmp_path, "ciso/tickets.csv", AMBIGUOUS)
    record, block = mapped(run, folder, "ciso/tickets.csv")
    assert record["is_date_order_open"]
    assert "date_format" not in parse_toml(block.encode(), "block").sections("source")[0].values
    assert '# date_format = "%d/%m/%Y"    # day first' in block
    assert '# date_format = "%m/%d/%Y"    # month first' in block
    assert record["rows"] is None
    assert "ambiguous_date" in {each["code"] for each in record["findings"]}
    done = run("map", folder / "ciso/tickets.csv", "--project", folder)
    assert "say --dates day-first or --dates month-first" in done.stderr


@pytest.mark.parametrize(
    ("order", "format_"), [("day-first", "%d/%m/%Y"), ("month-first", "%m/%d/%Y")]
)
def test_the_answer_is_taken(run: CallCli, tmp_path: Path, order: str, format_: str) -> None:
    """As an option here; on a terminal as the answer to a question."""
    folder = project_with(tmp_path, "ciso/tickets.csv", AMBIGUOUS)
    record, block = mapped(run, folder, "ciso/tickets.csv", "--dates", order)
    assert not record["is_date_order_open"]
    assert f'date_format = "{format_}"' in block
    assert record["rows"]["used"] == 2


def test_a_person_at_a_terminal_is_asked(
    run: CallCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an example; what is answered stands in the block."""
    folder = project_with(tmp_path, "ciso/tickets.csv", AMBIGUOUS)
    monkeypatch.setattr("sys.stdin", io.StringIO("dya\nd\n"))
    done = run("map", folder / "ciso/tickets.csv", "--project", folder, terminal=True)
    assert done.exit_code == 0
    assert "in dates such as 03/04/2026?" in done.stderr
    assert 'date_format = "%d/%m/%Y"' in done.stdout


def test_one_column_shows_the_order_for_the_file(run: CallCli, tmp_path: Path) -> None:
    """The opened dates are all below 13, one of the closed ones is not."""
    text = AMBIGUOUS.replace("Opened", "Opened,Resolved").replace(
        "03/04/2026", "03/04/2026,29/04/2026"
    )
    folder = project_with(tmp_path, "ciso/tickets.csv", text.replace("05/06/2026", "05/06/2026,"))
    record, block = mapped(run, folder, "ciso/tickets.csv")
    assert 'date_format = "%d/%m/%Y"' in block
    assert record["rows"]["used"] == 2


def test_a_workbook_of_the_cto(run: CallCli, tmp_path: Path) -> None:
    """A title above the header, amounts in millions, and words for stages."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Radar"
    sheet.append(["Technology portfolio, third quarter"])
    sheet.append([])
    sheet.append(["ID", "Technology", "Ring", "Objective", "Owner", "Budget (USD m)", "Requested"])
    sheet.append(["T-1", "Passkeys", "Pilot", "protect", "CTO", 1.5, "2026-03-29"])
    sheet.append(["T-2", "Service mesh", "In production", "modernize", "CTO", 0.25, "2026-01-13"])
    buffer = io.BytesIO()
    book.save(buffer)
    folder = project_with(tmp_path, "cto/radar.xlsx", buffer.getvalue())
    record, block = mapped(run, folder, "cto/radar.xlsx")
    assert record["table"] == "technology_portfolio"
    assert 'budget = { from = "Budget (USD m)", times = "1000000" }' in block
    source = parse_toml(block.encode(), "block").sections("source")[0].values
    assert source["skip_rows"] == 2
    assert source["values"]["stage"] == {"Pilot": "trial", "In production": "adopt"}
    assert record["rows"]["used"] == 2


def test_a_log_of_updates_is_noticed(run: CallCli, tmp_path: Path) -> None:
    """Several rows of one key, told apart by a count: the last is the state."""
    text = "Ref,Subject,Level,Opened,Version\n" + "".join(
        f"INC{ticket},Mail down,high,2026-07-0{ticket}T08:00Z,{update}\n"
        for ticket in (1, 2, 3)
        for update in (0, 1, 2)
    )
    folder = project_with(tmp_path, "ciso/incident_log.csv", text)
    record, block = mapped(run, folder, "ciso/incident_log.csv")
    assert 'keep = "last"' in block
    assert 'order_by = "Version"' in block
    assert (record["rows"]["used"], record["rows"]["superseded"]) == (3, 6)


def test_a_key_of_several_headers(run: CallCli, tmp_path: Path) -> None:
    """A plugin is found on many hosts."""
    text = "Finding ID,Host,Severity,First Seen\n" + "".join(
        f"{plugin},{host},high,2026-07-01\n" for plugin in (10, 20) for host in ("a", "b")
    )
    folder = project_with(tmp_path, "ciso/scan.csv", text)
    record, block = mapped(run, folder, "ciso/scan.csv")
    assert 'finding_id = ["Finding ID", "Host"]' in block
    assert record["rows"]["used"] == 4


def test_what_is_not_sure_is_left_to_a_person(run: CallCli, tmp_path: Path) -> None:
    """Bare digits could be either way up; a word that is unknown stays open."""
    text = "Ticket,Summary,Priority,Opened\n" + "".join(
        f"A-{at},One,{level},2026-07-01T08:00Z\n" for at, level in enumerate(("1", "2", "wild"))
    )
    folder = project_with(tmp_path, "ciso/tickets.csv", text)
    _, block = mapped(run, folder, "ciso/tickets.csv", "--table", "incidents")
    for text in ("1", "2", "wild"):
        assert f'# {text} = "..."    # one of: critical, high, medium, low' in block


def test_json_records(run: CallCli, tmp_path: Path) -> None:
    """Nested fields by their path."""
    rows = [
        {"case": {"id": f"C-{at}"}, "summary": "x", "severity": "high", "opened": f"2026-07-0{at}"}
        for at in (1, 2)
    ]
    folder = project_with(tmp_path, "ciso/cases.json", json.dumps({"cases": rows}))
    record, _ = mapped(run, folder, "ciso/cases.json")
    assert headers(record)["incident_id"] == "case.id"
    assert record["rows"]["used"] == 2


def test_a_known_export_needs_no_mapping(run: CallCli, tmp_path: Path) -> None:
    """The block fixes the reader and lists what the tool does not say."""
    text = (
        "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,"
        "requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes\n"
        "CVE-2026-0001,A,B,C,2026-07-01,d,e,2026-07-21,Unknown,,\n"
    )
    folder = project_with(tmp_path, "ciso/list.csv", text)
    record, block = mapped(run, folder, "ciso/list.csv")
    assert record["reader"] == "cisa-kev"
    assert 'reader = "cisa-kev"' in block
    assert record["rows"]["used"] == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ciso/empty.csv", "", "the file is empty"),
        ("ciso/odd.csv", "a,b\n1,2\n", "no table fits"),
        ("ciso/page.docx", "x", "not a kind of file that can be read"),
        ("ciso/broken.json", "[{", "not JSON"),
        ("ciso/bad.xlsx", "no workbook", "workbook"),
    ],
)
def test_files_that_cannot_be_mapped(
    run: CallCli, tmp_path: Path, name: str, content: str, says: str
) -> None:
    """One message with the file, exit code 2, and nothing written."""
    folder = project_with(tmp_path, name, content)
    before = (folder / "report.toml").read_bytes()
    done = run("map", folder / name, "--project", folder, "--write")
    assert done.exit_code == 2
    assert says in done.stderr
    assert name.rpartition("/")[2] in done.stderr
    assert (folder / "report.toml").read_bytes() == before


def test_files_and_tables_that_are_not_there(run: CallCli, tmp_path: Path) -> None:
    """The nearest table is named; a file outside is not read."""
    folder = project_with(tmp_path / "project", "ciso/a.csv", AMBIGUOUS)
    outside = tmp_path / "outside.csv"
    outside.write_text(AMBIGUOUS)
    done = run("map", folder / "ciso/a.csv", "--project", folder, "--table", "incident")
    assert (done.exit_code, "Did you mean incidents?" in done.stderr) == (2, True)
    assert "lies outside the project" in run("map", outside, "--project", folder).stderr
    assert "there is no file" in run("map", "nope.csv", "--project", folder).stderr
    assert run("map", "--project", folder).exit_code == 2


def test_the_readers_are_listed(run: CallCli) -> None:
    """One line each: what `reader` may say."""
    lines = run("map", "--readers").stdout.splitlines()
    assert lines[0] == "reader\ttool\texport\ttable"
    assert any(line.startswith("cisa-kev\tCISA\t") for line in lines)
    assert len(json.loads(run("map", "--readers", "--json").stdout)) == len(lines) - 1
