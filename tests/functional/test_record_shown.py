"""From a deck that a board was shown to the next one, which names the row that changed a figure."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from board_report.pipeline import APPENDIX, LEDGER_CSV, build, read_inputs
from board_report.pipeline.approval import check_story
from tests.conftest import CallCli
from tests.projects import incident, incidents, make_project

MAY = [
    incident(incident_id=f"I-{day}", occurred_at=f"2026-05-0{day}T08:00Z",
             detected_at=f"2026-05-0{day}T10:00Z", contained_at=f"2026-05-0{day}T12:00Z",
             recovered_at=f"2026-05-0{day + 1}T10:00Z")
    for day in (1, 2)
]  # fmt: skip
"""Two incidents of 1,200.50 each; I-2 stands on line 3."""
DEARER = [MAY[0], MAY[1].replace("1200.50", "2000.50")]
FIGURES, ROWS = "governance/reported_figures.csv", "governance/reported_rows.csv"


def project_of(folder: Path, rows: list[str], quarter: str, meeting_on: str) -> Path:
    made = make_project(folder, {"ciso/incidents.csv": incidents(*rows)})
    report = made / "report.toml"
    text = report.read_text(encoding="utf-8").replace("2026-Q3", quarter)
    report.write_text(text.replace("2026-10-27", meeting_on), encoding="utf-8")
    return made


@pytest.fixture
def shown(tmp_path: Path, call_cli: CallCli) -> Path:
    """A project whose second quarter was shown in July, now in its third."""
    folder = project_of(tmp_path / "project", MAY, "2026-Q2", "2026-07-28")
    outcome = call_cli("record-shown", "--project", folder)
    assert outcome.exit_code == 0, outcome.stderr
    assert re.match(r"2026-Q2: \d+ figures recorded as shown on 28 Jul 2026\.", outcome.stdout)
    return project_of(folder, MAY, "2026-Q3", "2026-10-27")


def make_dearer(folder: Path) -> None:
    (folder / "ciso/incidents.csv").write_text(incidents(*DEARER), encoding="utf-8")


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def words(pdf: Path) -> str:
    pages = (each.extract_text() for each in PdfReader(pdf).pages)
    return re.sub(r"\s+", " ", " ".join(pages))


def give_a_reason(folder: Path, reason: str) -> None:
    path = folder / FIGURES
    text = path.read_text(encoding="utf-8")
    line = "incident_cost,2026-Q2,2401,2026-07-28,"
    assert f"{line}\n" in text
    path.write_text(text.replace(f"{line}\n", f"{line}{reason}\n"), encoding="utf-8")


def test_a_changed_row_is_named_on_the_page_and_in_the_ledger(
    shown: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    make_dearer(shown)
    give_a_reason(shown, "I-2 was billed late.")
    built = build(shown, tmp_path / "output", only="appendix")

    (line,) = table((built.folder / LEDGER_CSV).read_bytes())
    assert (line["metric_id"], line["quarter"], line["shown_on"]) == (
        "incident_cost", "2026-Q2", "2026-07-28",
    )  # fmt: skip
    assert (line["value_shown"], line["value_now"], line["difference"]) == (
        "2401.0",
        "3201.0",
        "800.0",
    )
    assert (line["row_change"], line["record"], line["columns"]) == (
        "changed", "I-2", "cost",
    )  # fmt: skip
    assert (line["file"], line["line"]) == ("ciso/incidents.csv", "3")
    page = words(built.folder / APPENDIX)
    assert "Shown on 28 Jul 2026. I-2 was billed late." in page
    assert "Rows: I-2, cost changed" in page
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    assert LEDGER_CSV in {each["path"] for each in manifest["outputs"]}
    assert {FIGURES, ROWS} <= {each["path"] for each in manifest["inputs"]}

    told = call_cli("explain", "incident-cost", "--project", shown)
    assert "2026-Q2: shown as $2.4K on 2026-07-28, now $3.2K. I-2 was billed late." in (
        told.stdout.replace("\xa0", " ")
    )
    assert "I-2, cost changed (ciso/incidents.csv:3)" in told.stdout
    as_json = json.loads(call_cli("explain", "incident-cost", "--json", "--project", shown).stdout)
    (past,) = as_json["restated"]
    assert (past["value_shown"], past["value_now"]) == (2401.0, 3201.0)
    assert [each["record"] for each in past["rows"]] == ["I-2"]


def test_without_a_reason_check_says_where_to_write_it(shown: Path, call_cli: CallCli) -> None:
    make_dearer(shown)
    outcome = call_cli("check", "--project", shown)
    (line,) = [each for each in outcome.stdout.splitlines() if "restated_without_reason" in each]
    lines = (shown / FIGURES).read_text(encoding="utf-8").splitlines()
    at = 1 + next(at for at, each in enumerate(lines) if each.startswith("incident_cost,"))
    assert line.startswith(f"{FIGURES}:{at}: warning restated_without_reason restatement_reason")
    give_a_reason(shown, "I-2 was billed late.")
    assert "restated_without_reason" not in call_cli("check", "--project", shown).stdout


def test_nothing_changed_is_an_empty_ledger(shown: Path, tmp_path: Path) -> None:
    first = build(shown, tmp_path / "one", only="appendix").folder / LEDGER_CSV
    second = build(shown, tmp_path / "two", only="appendix").folder / LEDGER_CSV
    assert table(first.read_bytes()) == []
    assert first.read_bytes() == second.read_bytes()


def test_recording_again_writes_nothing(shown: Path, call_cli: CallCli) -> None:
    """And recording the third quarter only adds to what is there."""
    before = [(shown / name).read_bytes() for name in (FIGURES, ROWS)]
    make_dearer(shown)
    outcome = call_cli("record-shown", "--project", shown)
    assert "earlier quarters: 1 figure recorded with the corrected value." in outcome.stdout
    after = [(shown / name).read_bytes() for name in (FIGURES, ROWS)]
    for one, other in zip(before, after, strict=True):
        assert other.startswith(one)
        assert len(other) > len(one)

    again = call_cli("record-shown", "--project", shown)
    assert "are on record; nothing was written" in again.stdout
    assert [(shown / name).read_bytes() for name in (FIGURES, ROWS)] == after


def test_the_report_reads_the_same_after_its_figures_were_recorded(
    shown: Path, call_cli: CallCli, tmp_path: Path
) -> None:
    make_dearer(shown)
    before = (build(shown, tmp_path / "one", only="appendix").folder / LEDGER_CSV).read_bytes()
    assert call_cli("record-shown", "--project", shown).exit_code == 0
    after = (build(shown, tmp_path / "two", only="appendix").folder / LEDGER_CSV).read_bytes()
    assert table(after) == [{**table(before)[0], "shown_again_on": ""}]


def test_another_value_for_the_same_meeting_is_refused(shown: Path, call_cli: CallCli) -> None:
    assert call_cli("record-shown", "--project", shown, "--metric", "mttr").exit_code == 2
    arguments = ("record-shown", "--project", shown, "--metric", "incidents-detected")
    assert call_cli(*arguments).exit_code == 0
    data = shown / "ciso/incidents.csv"
    data.write_text(incidents(*MAY, incident(incident_id="I-9")), encoding="utf-8")
    before = (shown / FIGURES).read_bytes()

    refused = call_cli(*arguments)
    assert refused.exit_code == 2
    assert "--on" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (shown / FIGURES).read_bytes() == before
    assert call_cli(*arguments, "--on", "2026-11-10").exit_code == 0


def test_a_quarter_of_the_past_needs_its_date(shown: Path, call_cli: CallCli) -> None:
    refused = call_cli("record-shown", "--project", shown, "--quarter", "2026-Q1")
    assert (refused.exit_code, "--on" in refused.stderr) == (2, True)


def test_a_table_that_is_read_from_elsewhere_is_not_added_to(
    shown: Path, call_cli: CallCli
) -> None:
    (shown / "governance/board.csv").write_bytes((shown / FIGURES).read_bytes())
    report = shown / "report.toml"
    block = '\n[[source]]\ntable = "reported_figures"\nfile = "governance/board.csv"\n'
    text = report.read_text(encoding="utf-8")
    report.write_text(text + block, encoding="utf-8")
    refused = call_cli("record-shown", "--project", shown)
    assert refused.exit_code == 2
    assert "report.toml:" in refused.stderr
    assert f'file = "{FIGURES}"' in refused.stderr

    report.write_text(text, encoding="utf-8")
    (shown / FIGURES).rename(shown / "governance/reported_figures.json")
    refused = call_cli("record-shown", "--project", shown)
    assert (refused.exit_code, "no longer be read" in refused.stderr) == (2, True)


COST = "incident_cost,2026-Q2,2026-07-28,incidents,I-1,1,"
"""How a line of the record begins."""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (COST, COST.replace("2026-07-28", "28.7."), "bad_date"),
        (COST, COST.replace("2026-Q2", "2nd"), "bad_quarter"),
        (COST, COST.replace(",1,", ",-1,"), "below_minimum"),
        (COST, COST.replace("incident_cost", ""), "key_missing"),
        (COST, COST.replace("incident_cost", "incident_cst"), "unknown_reference"),
        ("incidents,I-1,1,x", "incidents,I-1,1,?", "reported_rows_digest_unreadable"),
        ("2026-07-28,incidents,", "2026-07-28,incident,", "reported_rows_table_unknown"),
        ("table,record", "tabel,record", "column_missing"),
    ],
)
def test_a_damaged_record_of_rows_has_findings_and_no_traceback(
    shown: Path, call_cli: CallCli, old: str, new: str, code: str
) -> None:
    make_dearer(shown)
    path = shown / ROWS
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    outcome = call_cli("check", "--project", shown)
    assert f" {code} " in outcome.stdout
    assert "Traceback" not in outcome.stderr


def test_lines_set_aside_make_a_record_that_is_not_whole(shown: Path) -> None:
    """No row is then named as new that is only missing on record."""
    make_dearer(shown)
    path = shown / ROWS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(COST, COST.replace("2026-07-28", "someday")), encoding="utf-8")
    found = {each.code for each in check_story(read_inputs(shown))}
    assert "reported_rows_incomplete" in found


def test_the_record_cannot_be_written(
    shown: Path, call_cli: CallCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_dearer(shown)
    before = [(shown / name).read_bytes() for name in (FIGURES, ROWS)]

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    refused = call_cli("record-shown", "--project", shown)
    assert refused.exit_code == 2
    assert "No space left on device" in refused.stderr
    assert [(shown / name).read_bytes() for name in (FIGURES, ROWS)] == before
