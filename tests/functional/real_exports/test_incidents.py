"""Exports of incidents: with the file's name alone, what plain Python counts."""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean, median, stdev
from typing import Any

import numpy as np
import pandas as pd
import pytest

from board_report.model import Reconciliation, State
from board_report.pipeline import Inputs, explain_metric, read_inputs
from board_report.project import SourceSpec
from board_report.sources.peek import peek
from board_report.sources.read import read_source
from board_report.sources.readers import readers_by_id
from board_report.sources.recognize import recognize
from board_report.sources.resolve import resolve_sources
from tests.functional.real_exports.conftest import REPORT, REQUIRED, MakeReal

pytestmark = pytest.mark.xdist_group("real_incidents")

LOG = "incidents/servicenow_uci498_upto_2016-04.csv.gz"
DASHES = "incidents/servicenow_uci498_dashdates_5998rows.csv"
VCDB = "incidents/vcdb_give.jsonl.gz"
PORTAL = "incidents/hhs_breach_portal_2023_2024-12.csv"
ARCHIVE = "incidents/hhs_breaches_ecdat.csv"


def project_of(
    folder: Path, shared: Path, file: str, source: str, quarter: str, more: str
) -> Inputs:
    """A project of one real file, for the fixtures that several tests share."""
    block = more or f'\n[[source]]\nfile = "{file}"\n'
    meeting = date(int(quarter[:4]) + 1, 1, 1)
    text = REPORT.format(quarter=quarter, meeting=meeting, share=0.05, units='"Corporate"')
    for name, content in {**REQUIRED, "report.toml": text + block}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    shutil.copyfile(shared / source, folder / file)
    return read_inputs(folder)


def text_of(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")


def plain(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with the line that each starts on, by the standard library alone."""
    reader = csv.reader(io.StringIO(text_of(path), newline=""))
    header = next(reader)
    rows, starts = [], reader.line_num + 1
    for cells in reader:
        if any(cells):
            rows.append((starts, dict(zip(header, cells, strict=False))))
        starts = reader.line_num + 1
    return rows


def part_of(inputs: Inputs, file: str) -> Reconciliation:
    """Where the rows of a file went; they add up."""
    (part,) = [each for each in inputs.loaded.reconciliation if each.file == file]
    ends = (part.used, part.rejected, part.duplicate, part.superseded, part.left_out)
    assert part.read == sum(ends) + part.out_of_period
    return part


def expected(shared: Path, name: str) -> Any:
    """What another script made of the same files."""
    return json.loads((shared / "reference" / "EXPECTED_give.json").read_text())[name]


def reader_of(inputs: Inputs, file: str) -> str:
    (told,) = [
        each for each in inputs.loaded.findings if each.code == "reader_found" and each.file == file
    ]
    return told.mend.split('"')[1]


def none_or(moment: Any) -> datetime | None:
    return None if pd.isna(moment) else moment.to_pydatetime()


# --- ServiceNow ----------------------------------------------------------------------------------


def last_states(path: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """The last update of each ticket with its line, by hand."""
    last: dict[str, tuple[int, dict[str, str]]] = {}
    for line, row in plain(path):
        before = last.get(row["number"])
        if before is None or int(row["sys_mod_count"]) >= int(before[1]["sys_mod_count"]):
            last[row["number"]] = (line, row)
    return last


def moment_of(text: str) -> datetime | None:
    """A time of the log, the day first, with slashes or dashes."""
    if text == "?":
        return None
    return datetime.strptime(text.replace("-", "/"), "%d/%m/%Y %H:%M").replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def log(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """The whole log, by its name alone."""
    return project_of(tmp_path_factory.mktemp("log"), shared, "ciso/log.csv.gz", LOG, "2016-Q2", "")


def test_log_is_folded(log: Inputs) -> None:
    """101,045 updates are 17,136 tickets."""
    assert reader_of(log, "ciso/log.csv.gz") == "servicenow-log"
    part = part_of(log, "ciso/log.csv.gz")
    assert (part.read, part.used, part.superseded) == (101_045, 17_136, 83_909)
    assert (part.rejected, part.left_out, log.errors) == (0, 0, ())
    check_tickets(log, last_states(log.project.folder / "ciso" / "log.csv.gz"))


def test_log_with_dashes_is_folded(make_real: MakeReal) -> None:
    """The same system with other dates: 5,998 updates are 890 tickets."""
    inputs = read_inputs(make_real({"ciso/log.csv": DASHES}, "2016-Q2"))
    assert reader_of(inputs, "ciso/log.csv") == "servicenow-log"
    part = part_of(inputs, "ciso/log.csv")
    assert (part.read, part.used, part.superseded) == (5998, 890, 5108)
    assert (part.rejected, part.left_out, inputs.errors) == (0, 0, ())
    check_tickets(inputs, last_states(inputs.project.folder / "ciso" / "log.csv"))


def check_tickets(inputs: Inputs, tickets: dict[str, tuple[int, dict[str, str]]]) -> None:
    """Each ticket's line, title, severity and times; what the log does not know is unknown."""
    names = {"1": "critical", "2": "high", "3": "medium", "4": "low"}
    frame = inputs.loaded.tables.frame("incidents")
    rows = {row["incident_id"]: row for row in frame.to_dict("records")}
    assert set(rows) == set(tickets)
    for key, (line, last) in tickets.items():
        row = rows[key]
        assert (row["_line"], row["severity"]) == (line, names[last["priority"][0]])
        parts = [last[name] for name in ("number", "category", "subcategory")]
        assert row["title"] == "/".join("" if part == "?" else part for part in parts)
        assert row["detected_at"] == moment_of(last["opened_at"])
        assert none_or(row["recovered_at"]) == moment_of(last["resolved_at"])
        assert none_or(row["closed_at"]) == moment_of(last["closed_at"])
        assert row["reopened_count"] == int(last["reopen_count"])
    unknown = ["category", "detected_by", "materiality_state", "occurred_at", "contained_at"]
    assert not frame[unknown].notna().to_numpy().any()


def test_log_agrees_with_a_second_opinion(shared: Path, log: Inputs) -> None:
    """Hours to resolve of all tickets, and of each priority."""
    want = expected(shared, "servicenow")
    frame = log.loaded.tables.frame("incidents")
    hours = (frame["recovered_at"] - frame["detected_at"]).dt.total_seconds() / 3600
    known = hours.dropna()
    assert len(frame) == want["incidents"]
    assert int(hours.isna().sum()) == want["resolved_missing"]
    assert int((frame["reopened_count"] > 0).sum()) == want["reopened"]
    told = want["resolve_hours_all"]
    assert (len(known), known.median(), known.mean(), np.quantile(known, 0.9), known.max()) == (
        pytest.approx((told["n"], told["median"], told["mean"], told["p90_linear"], told["max"]))
    )
    for priority, severity in (
        ("1 - Critical", "critical"), ("2 - High", "high"), ("3 - Moderate", "medium"),
        ("4 - Low", "low"),
    ):  # fmt: skip
        some = hours[frame["severity"] == severity]
        by_hand = want["by_priority"][priority]
        assert len(some) == by_hand["n"]
        assert some.median() == pytest.approx(by_hand["median_resolve_h"])
    months = Counter(frame["detected_at"].dt.strftime("%Y-%m"))
    assert months == want["opened_by_month"]


def test_tickets_closed_without_a_time_of_recovery_are_not_open(shared: Path, log: Inputs) -> None:
    """All 1,230 that were never resolved were closed; the open ones of a quarter by hand."""
    tickets = [row for _, row in last_states(log.project.folder / "ciso" / "log.csv.gz").values()]
    unresolved = [each for each in tickets if moment_of(each["resolved_at"]) is None]
    want = expected(shared, "servicenow")
    assert len(unresolved) == want["resolved_missing"] == 1230
    assert all(moment_of(each["closed_at"]) for each in unresolved)
    for quarter, first, end in (
        ("2016-Q1", datetime(2016, 1, 1, tzinfo=UTC), datetime(2016, 4, 1, tzinfo=UTC)),
        ("2016-Q2", datetime(2016, 4, 1, tzinfo=UTC), datetime(2016, 7, 1, tzinfo=UTC)),
    ):
        inputs = read_inputs(log.project.folder, quarter=quarter)
        opened = explain_metric(inputs, "incidents_open")[1]
        mttr = explain_metric(inputs, "mttr")[1]
        seen = [each for each in tickets if moment_of(each["opened_at"]) < end]
        standing = [each for each in seen if not _over_by(each, end)]
        assert opened.value == len(standing)
        ours = [each for each in seen if moment_of(each["opened_at"]) >= first]
        known_at = inputs.project.calendar.end_of_day(inputs.project.as_of)
        resolved = [each for each in ours if _is_before(each["resolved_at"], known_at)]
        still = [each for each in ours if not _over_by(each, known_at)]
        assert (mttr.parts["measured"], mttr.parts["open"]) == (len(resolved), len(still))
        assert mttr.n == len(resolved) + len(still), "open ones count for as long as they are open"
        assert mttr.parts["unknown"] == len(ours) - len(resolved) - len(still)


def _is_before(text: str, moment: datetime) -> bool:
    found = moment_of(text)
    return found is not None and found < moment


def _over_by(ticket: dict[str, str], moment: datetime) -> bool:
    return _is_before(ticket["resolved_at"], moment) or _is_before(ticket["closed_at"], moment)


def test_record_of_the_table_api(shared: Path, make_real: MakeReal) -> None:
    """One record alone, priority 4, still open."""
    source = "formats/servicenow_incident_table_api_record.json"
    inputs = read_inputs(make_real({"ciso/incident.json": source}, "2019-Q3"))
    record = json.loads((shared / source).read_text())
    assert reader_of(inputs, "ciso/incident.json") == "servicenow-api"
    (row,) = inputs.loaded.tables.frame("incidents").to_dict("records")
    assert (row["incident_id"], row["title"]) == (record["number"], record["short_description"])
    assert (record["priority"], row["severity"]) == ("4", "low")
    assert f"{row['detected_at']:%Y-%m-%d %H:%M:%S}" == record["opened_at"]
    assert pd.isna(row["recovered_at"])
    assert pd.isna(row["category"]), "its category, network, is none of our kinds"


# --- Jira and TheHive ----------------------------------------------------------------------------


def test_header_of_jira_is_known(shared: Path) -> None:
    """No whole export is at hand; its true header is found below a line of comment."""
    path = shared / "formats" / "jira_cloud_csv_header.txt"
    (known,) = recognize(peek(path.name, path.read_bytes()), readers_by_id().values())
    assert known.reader.id == "jira-cloud"
    assert known.row is not None
    assert (known.row.skip_rows, known.row.delimiter) == (1, ",")
    header = set(path.read_text(encoding="utf-8").splitlines()[1].split(","))
    preset = known.reader.preset
    assert {*preset.columns.values(), *preset.leave_out} <= header


def test_cases_of_thehive(shared: Path, make_real: MakeReal) -> None:
    """Two open cases in milliseconds."""
    source = "formats/thehive5_cases_api.json"
    inputs = read_inputs(make_real({"ciso/cases.json": source}, "2023-Q4"))
    cases = json.loads((shared / source).read_text())
    assert reader_of(inputs, "ciso/cases.json") == "thehive-cases"
    assert part_of(inputs, "ciso/cases.json").used == len(cases) == 2
    for row, case in zip(
        inputs.loaded.tables.frame("incidents").to_dict("records"), cases, strict=True
    ):
        assert (row["incident_id"], row["title"], row["severity"]) == (
            case["_id"], case["title"], "low"
        )  # fmt: skip
        seconds = case["startDate"] // 1000
        assert row["detected_at"] == datetime.fromtimestamp(seconds, UTC)
        assert pd.isna(row["recovered_at"])


# --- VERIS ---------------------------------------------------------------------------------------

HOURS = {
    "Seconds": 1 / 3600, "Minutes": 1 / 60, "Hours": 1.0, "Days": 24.0, "Weeks": 168.0,
    "Months": 730.5, "Years": 8766.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def records(shared: Path) -> list[dict[str, Any]]:
    """Every incident of the database, by plain Python."""
    return [json.loads(line) for line in text_of(shared / VCDB).split("\n") if line]


def hours_of(record: dict[str, Any], span: str) -> float | None:
    """The hours of a span that has a number and a unit of time."""
    found = record["timeline"].get(span, {})
    unit, value = HOURS.get(found.get("unit", "")), found.get("value")
    return None if unit is None or value is None else value * unit


def day_of(record: dict[str, Any]) -> date | None:
    """The incident's day, where year, month and day are known and make one."""
    parts = record["timeline"]["incident"]
    try:
        return date(parts["year"], parts["month"], parts["day"])
    except (KeyError, ValueError):
        return None


def counted(records: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], datetime]]:
    """Confirmed incidents of a known day."""
    for record in records:
        day = day_of(record)
        if record["security_incident"] == "Confirmed" and day:
            yield record, datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.fixture(scope="module")
def columns(shared: Path) -> dict[str, list[str]]:
    """What the reader gives of the whole database: its texts by column."""
    sources, _ = resolve_sources(shared, (SourceSpec(table="", file=VCDB),))
    table = read_source(shared, sources[0]).table
    assert table is not None
    cells = zip(*(row.cells for row in table.rows), strict=True)
    return {name: list(texts) for name, texts in zip(table.columns, cells, strict=True)}


def test_texts_of_veris_agree_with_a_second_opinion(
    shared: Path, columns: dict[str, list[str]]
) -> None:
    """Every span with a number, its unit as found, and every loss, of all 5,749 incidents."""
    want = expected(shared, "vcdb")
    assert len(columns["incident_id"]) == len(set(columns["incident_id"])) == want["incidents"]
    years = [int(each) for each in columns["timeline.incident.year"]]
    assert [min(years), max(years)] == want["years"]
    for span in ("compromise", "exfiltration", "discovery", "containment"):
        units = Counter(columns[f"timeline.{span}.unit"])
        told = want[span]
        assert {unit: units[unit] for unit in told["units"]} == told["units"]
        hours = [float(each) for each in columns[f"timeline.{span}.hours"] if each]
        stats = told["hours"]
        found = (len(hours), fmean(hours), median(hours), np.quantile(hours, 0.9),
                 np.quantile(hours, 0.95), max(hours), min(hours))  # fmt: skip
        names = ("n", "mean", "median", "p90_linear", "p95_linear", "max", "min")
        assert found == pytest.approx(tuple(stats[name] for name in names))
    amounts = [float(each) for each in columns["impact.overall_amount"] if each]
    losses = [each for each in amounts if each > 0]
    logs = [math.log(each) for each in losses]
    told = want["loss_amounts"]
    assert (len(losses), median(losses), fmean(logs), stdev(logs)) == pytest.approx(
        (told["n"], told["median"], told["lognormal_mu"], told["lognormal_sigma_ddof1"])
    )


def test_losses_stand_by_currency(
    records: list[dict[str, Any]], columns: dict[str, list[str]]
) -> None:
    """Each amount whose currency is known, in the column of its own currency alone."""
    want: dict[str, list[float]] = {}
    for record in records:
        impact = record.get("impact", {})
        if "overall_amount" in impact and "iso_currency_code" in impact:
            want.setdefault(impact["iso_currency_code"], []).append(impact["overall_amount"])
    assert {code: len(each) for code, each in want.items()} == {
        "USD": 110, "GBP": 20, "EUR": 6, "THB": 1, "ZAR": 1, "AUD": 1, "CZK": 1, "INR": 1
    }  # fmt: skip
    for code, amounts in want.items():
        found = [each for each in columns[f"impact.overall_amount.{code}"] if each]
        assert [each.split(" ")[0] for each in found] == [code] * len(found)
        assert [float(each.split(" ")[1]) for each in found] == pytest.approx(amounts)


@pytest.fixture(scope="module")
def vcdb(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    """The database by its name, and its losses in dollars."""
    file = "ciso/vcdb.jsonl.gz"
    block = f'\n[[source]]\nfile = "{file}"\n[source.columns]\n'
    more = f'{block}cost = "impact.overall_amount.USD"\n'
    return project_of(tmp_path_factory.mktemp("vcdb"), shared, file, VCDB, "2025-Q4", more)


def test_where_the_incidents_of_veris_go(vcdb: Inputs, records: list[dict[str, Any]]) -> None:
    """2,665 have a day and are used; the others are left out, or name a day that is none."""
    part = part_of(vcdb, "ciso/vcdb.jsonl.gz")
    used = [record for record, _ in counted(records)]
    confirmed = [each for each in records if each["security_incident"] == "Confirmed"]
    parts = [set(each["timeline"]["incident"]) - {"time"} for each in confirmed]
    impossible = sum(each == {"year", "month", "day"} for each in parts) - len(used)
    assert (part.read, part.used, part.rejected) == (len(records), len(used), impossible)
    assert (part.read, part.used, part.rejected, part.left_out) == (5749, 2665, 2, 3082)
    assert (part.duplicate, part.superseded, part.out_of_period) == (0, 0, 0)
    assert vcdb.loaded.tables.frame("incidents")["severity"].isna().all()
    (note,) = [each for each in vcdb.loaded.findings if each.code == "left_out"]
    months = sum(each == {"year", "month"} for each in parts)
    years = sum("month" not in each for each in parts)
    assert note.reason == (
        f"3,082 rows left out: security_incident is Suspected (40), Near miss (6); "
        f"timeline.incident.precision is year ({years:,}), month ({months:,})."
    )


def test_times_of_veris(vcdb: Inputs, records: list[dict[str, Any]]) -> None:
    """Every incident's three times: from a span with a number, or not at all."""
    frame = vcdb.loaded.tables.frame("incidents").set_index("incident_id")
    spans = 0
    for record, day in counted(records):
        row = frame.loc[record["incident_id"]]
        discovery, containment = hours_of(record, "discovery"), hours_of(record, "containment")
        detected = day + timedelta(hours=discovery or 0)
        near = timedelta(seconds=1)
        assert abs(row["detected_at"] - detected) <= near
        assert none_or(row["occurred_at"]) == (None if discovery is None else day)
        if containment is None:
            assert pd.isna(row["contained_at"])
        else:
            assert abs(row["contained_at"] - detected - timedelta(hours=containment)) <= near
        spans += discovery is not None
    measured = (frame["detected_at"] - frame["occurred_at"]).dropna()
    assert len(measured) == spans == 539
    assert frame["recovered_at"].isna().all()


def test_facts_of_veris(vcdb: Inputs, records: list[dict[str, Any]]) -> None:
    """Records, kinds and discoverers."""
    frame = vcdb.loaded.tables.frame("incidents")
    used = [record for record, _ in counted(records)]
    totals = [
        record["attribute"].get("confidentiality", {}).get("data_total", 0)
        for record in used
        if "attribute" in record
    ]
    assert int(frame["records_affected"].sum()) == sum(totals)

    def variety(record: dict[str, Any], action: str, name: str) -> bool:
        return name in record["action"].get(action, {}).get("variety", [])

    kinds = Counter(frame["category"].dropna())
    ransom = [each for each in used if variety(each, "malware", "Ransomware")]
    denial = [
        each
        for each in used
        if any(variety(each, action, "DoS") for action in ("hacking", "malware"))
        and each not in ransom
    ]
    phishing = [
        each for each in used
        if variety(each, "social", "Phishing") and each not in ransom and each not in denial
    ]  # fmt: skip
    first = [*ransom, *denial, *phishing]
    rest = [each for each in used if each not in first]
    malware = [each for each in rest if "malware" in each["action"]]
    hacking = [
        each for each in rest if "hacking" in each["action"] and "malware" not in each["action"]
    ]
    assert (kinds["ransomware"], kinds["denial_of_service"]) == (len(ransom), len(denial))
    assert (kinds["phishing"], kinds["malware"]) == (len(phishing), len(malware))
    assert kinds["unauthorized_access"] == len(hacking)
    unknown = [each for each in used if set(each["action"]) == {"unknown"}]
    assert int(frame["category"].isna().sum()) == len(unknown)
    outside = [each.get("discovery_method", {}).get("external", {}) for each in used]
    by_police = [each for each in outside if each.get("variety") == ["Law enforcement"]]
    assert int((frame["detected_by"] == "law_enforcement").sum()) == len(by_police)


def test_figures_of_veris_in_a_quarter(vcdb: Inputs, records: list[dict[str, Any]]) -> None:
    """Incidents counted and median hours to detect, of those detected in the quarter."""
    first, end = datetime(2013, 4, 1, tzinfo=UTC), datetime(2013, 7, 1, tzinfo=UTC)
    found = []
    for record, day in counted(records):
        hours = hours_of(record, "discovery")
        detected = day + timedelta(hours=hours or 0)
        if first <= detected < end:
            found.append(hours)
    inputs = read_inputs(vcdb.project.folder, quarter="2013-Q2")
    assert explain_metric(inputs, "incidents_detected")[1].value == len(found)
    major = explain_metric(inputs, "major_incidents")[1]
    assert (major.state, major.value) == (State.NOT_MEASURED, None)
    assert major.note == "no row of security incidents says its severity"
    mttd = explain_metric(inputs, "mttd")[1]
    known = [each for each in found if each is not None]
    assert mttd.n == len(known)
    assert mttd.value == pytest.approx(median(known), abs=1 / 3600)


def test_dollars_by_one_line(vcdb: Inputs, records: list[dict[str, Any]]) -> None:
    """The amounts in dollars of the incidents that are used; all others have no cost."""
    frame = vcdb.loaded.tables.frame("incidents")
    impacts = [record.get("impact", {}) for record, _ in counted(records)]
    dollars = [each["overall_amount"] for each in impacts if each.get("iso_currency_code") == "USD"]
    assert frame["cost"].notna().sum() == len(dollars)
    assert frame["cost"].sum() == pytest.approx(sum(dollars))


# --- HHS -----------------------------------------------------------------------------------------


def test_portal_of_breaches(shared: Path, make_real: MakeReal) -> None:
    """Counts by kind and quarter, and all individuals; every row has a key of its own."""
    file = "ciso/portal.csv"
    inputs = read_inputs(make_real({file: PORTAL}, "2024-Q4"))
    rows = [row for _, row in plain(shared / PORTAL)]
    part = part_of(inputs, file)
    assert (part.read, part.used, part.duplicate) == (len(rows), len(rows), 0) == (853, 853, 0)
    frame = inputs.loaded.tables.frame("incidents")
    assert int(frame["records_affected"].sum()) == sum(
        int(row["Individuals Affected"]) for row in rows
    )
    kinds = Counter(row["Type of Breach"] for row in rows)
    found = Counter(frame["category"].dropna())
    assert found["unauthorized_access"] == kinds["Hacking/IT Incident"] == 738
    paper = sum(
        row["Type of Breach"] in ("Theft", "Loss")
        and row["Location of Breached Information"] in ("Paper/Films", "Other")
        for row in rows
    )
    assert found["lost_device"] == kinds["Theft"] + kinds["Loss"] - paper
    assert found["data_exposure"] == (
        kinds["Unauthorized Access/Disclosure"] + kinds["Improper Disposal"] + paper
    )
    in_quarter = sum("2024-10-01" <= row["Breach Submission Date"] <= "2024-12-31" for row in rows)
    assert explain_metric(inputs, "incidents_detected")[1].value == in_quarter
    assert frame["occurred_at"].isna().all()


def test_archive_of_breaches(shared: Path, make_real: MakeReal) -> None:
    """All but the one whose name holds a control character, each on the day it began."""
    file = "ciso/archive.csv"
    inputs = read_inputs(make_real({file: ARCHIVE}, "2014-Q4"))
    want = expected(shared, "hhs_ecdat")
    rows = [row for _, row in plain(shared / ARCHIVE)]
    (aside,) = [row for row in rows if "\x19" in row["Name_of_Covered_Entity"]]
    part = part_of(inputs, file)
    assert (part.read, part.used, part.rejected) == (want["rows"], want["rows"] - 1, 1)
    frame = inputs.loaded.tables.frame("incidents").set_index("incident_id")
    affected = int(frame["records_affected"].sum()) + int(aside["Individuals_Affected"])
    assert affected == want["individuals_sum"]
    started = {row["Number"]: row["breach_start"] for row in rows if row is not aside}
    assert {key: f"{at:%Y-%m-%d}" for key, at in frame["detected_at"].items()} == started
    assert frame["occurred_at"].isna().all(), "so that no time to detect is made up"
    several = sum(
        "," in row["Type_of_Breach"] or row["Type_of_Breach"] == "Unknown" for row in rows
    )
    assert int(frame["category"].isna().sum()) == several
