"""Big tables reduced where they lie: the same figures, findings and pages as reading them whole."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.ciso import predicted
from board_report.model import Finding
from board_report.pipeline.inputs import compute_figures, read_inputs
from board_report.pipeline.story import gather_facts
from board_report.project import SourceSpec, load_project
from board_report.sources.scanning import scan
from board_report.story.escalation_rows import escalations_of
from board_report.story.facts import BoardFacts
from board_report.story.pages import exposure
from board_report.tables.catalogue import TABLES
from board_report.tables.engine import choice, settled, signatures
from board_report.tables.engine.plans import PLANS
from board_report.tables.load import load_tables
from tests.conftest import CallCli
from tests.projects import found, make_project
from tests.property.test_engine_properties import assert_same

HEADER = "detection_id,created_at,source,severity,verdict,triaged_at,business_unit,incident_id"
DETECTIONS = SourceSpec(table="detections", file="ciso/detections.csv", engine="duckdb")


def row(at: int, **changes: str) -> str:
    """One good alert as a line, with some of its cells changed."""
    cells = {
        "detection_id": f"D-{at}",
        "created_at": f"2026-07-{at % 28 + 1:02d}T10:{at % 60:02d}:00Z",
        "source": ("edr", "siem", "cloud")[at % 3],
        "severity": ("critical", "high", "medium", "low")[at % 4],
        "verdict": ("true_positive", "false_positive", "benign", "")[at % 4],
        "triaged_at": f"2026-08-{at % 28 + 1:02d}T11:{at % 59:02d}:07Z" if at % 4 < 3 else "",
        "business_unit": ("Retail", "Home Care", "Europe", "")[at % 4],
        "incident_id": "",
    }
    return ",".join({**cells, **changes}.values())


def lines(count: int, **changes: str) -> str:
    return "\n".join((HEADER, *(row(at, **changes) for at in range(count)))) + "\n"


# --- the sample company --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def by_engine(tmp_path_factory: pytest.TempPathFactory, pristine_project: Path) -> Path:
    """The sample company, whose two big tables are held by the engine."""
    folder = tmp_path_factory.mktemp("engine") / "project"
    shutil.copytree(pristine_project, folder)
    report = folder / "report.toml"
    text, count = re.subn(
        r'^table = "(detections|vulnerability_findings)"$',
        r'table = "\1"\nengine = "duckdb"',
        report.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert count == 2
    report.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_sample_has_the_same_figures(by_engine: Path, pristine_project: Path) -> None:
    """All metrics and slices over eight quarters, with their parts and notes."""
    whole, reduced = read_inputs(pristine_project), read_inputs(by_engine)
    assert all(reduced.loaded.tables[name].is_reduced for name in PLANS)
    one, other = compute_figures(whole)[0], compute_figures(reduced)[0]
    assert other.series == one.series
    assert other.slices == one.slices
    assert other.series["time_to_triage"].now.value is not None
    assert reduced.loaded.reconciliation == whole.loaded.reconciliation
    assert sorted(reduced.loaded.rejected, key=repr) == sorted(whole.loaded.rejected, key=repr)
    assert _places(reduced.loaded.findings) == _places(whole.loaded.findings)


def _places(findings: Sequence[Finding]) -> set[tuple[object, ...]]:
    """Findings but for the words that name a line of report.toml, which has two more."""
    return {
        (each.code, each.file, each.line, each.column, each.value, each.reason)
        for each in findings
        if each.code != "table_reduced"
    }


@pytest.mark.slow
def test_sample_has_the_same_pages(by_engine: Path, pristine_project: Path) -> None:
    """Escalations and the page of exposure name the same assets, in the same order."""
    told = []
    for folder in (pristine_project, by_engine):
        inputs = read_inputs(folder)
        facts = gather_facts(inputs, *compute_figures(inputs))
        (page,) = exposure.build(facts)
        told.append((page.title, page.body, page.sources, _escalated(facts)))
    assert told[1] == told[0]
    assert told[0][1]["groups"]


def _escalated(facts: BoardFacts) -> list[tuple[object, ...]]:
    return [
        (each.rule, each.sentence, each.count, each.since, each.size)
        for each in escalations_of(facts)
    ]


def test_explain_says_what_stands_behind(by_engine: Path, call_cli: CallCli) -> None:
    """The number of rows of the input, and real rows as examples with their lines."""
    outcome = call_cli("explain", "alerts_raised", "--project", by_engine, "--limit", 3)
    assert outcome.exit_code == 0, outcome.stderr
    said = call_cli("explain", "alerts_raised", "--project", by_engine, "--json").stdout
    record = json.loads(said)
    assert record["rows_total"] == record["value"] == record["n"]
    assert record["rows_traced"] < record["rows_total"]
    assert f"3 of {record['rows_total']:,} rows shown, as examples" in outcome.stderr
    text = (by_engine / record["rows"][0]["file"]).read_text(encoding="utf-8").split("\n")
    for each in record["rows"]:
        assert each["values"]["detection_id"] in text[each["line"] - 1]


# --- spellings of a file -------------------------------------------------------------------------

TEXTS = {
    "plain": lines(40),
    "no newline at the end": lines(40).rstrip("\n"),
    "carriage returns": lines(40).replace("\n", "\r\n"),
    "lone carriage returns": lines(40).replace("\n", "\r"),
    "mixed line ends": lines(40).replace("\n", "\r\n", 7),
    "all in quotes": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in lines(40).split("\n")[:-1]
    ),
    "a line end in quotes": lines(9) + row(9, business_unit='"Home\nCare"') + "\n" + row(10) + "\n",
    "doubled quotes": lines(9) + row(9, incident_id='"I ""1"""') + "\n",
    "a quote inside a cell": lines(9) + row(9, incident_id='I"1') + "\n" + row(10) + "\n",
    "a space before a quote": lines(9) + row(9, incident_id=' "I-1"') + "\n" + row(10) + "\n",
    "quotes that do not pair": lines(9) + row(9, incident_id='"I-1') + "\n" + row(10) + "\n",
    "blank lines": lines(9).replace("\n", "\n\n", 4) + " \n,,,,,,,\n" + row(11) + "\n",
    "too few cells": lines(9) + "D-x,2026-07-01T10:00:00Z\n" + row(10) + "\n",
    "too many cells": lines(9) + row(9) + ",x\n" + row(10) + ",,\n" + row(11) + "\n",
    "the header again": f"{lines(9)}{HEADER}\n{row(10)}\n {HEADER},\n{HEADER},x\n{row(11)}\n",
    "a mark of byte order": "\ufeff" + lines(9),
    "semicolons": lines(9).replace(",", ";"),
    "a preamble": "Report\n\n" + lines(9),
    "a NUL": lines(9) + row(9, incident_id="I\0") + "\n",
    "no rows": HEADER + "\n",
    "empty": "",
    "a long cell": lines(9) + row(9, incident_id="x" * 140_000) + "\n",
    "a header twice": lines(9).replace("incident_id", "severity", 1),
    "no such column": lines(9).replace("created_at", "raised", 1),
    "a missing optional column": lines(9).replace("incident_id", "case", 1),
}


@pytest.mark.parametrize("name", TEXTS)
def test_same_rows_however_the_text_is_written(tmp_path: Path, name: str) -> None:
    folder = make_project(tmp_path, {DETECTIONS.file: TEXTS[name]})
    skip = 1 if name == "a preamble" else 0
    assert_same(load_project(folder), replace(DETECTIONS, skip_rows=skip))


def test_same_rows_of_other_encodings(tmp_path: Path) -> None:
    text = lines(9) + row(9, business_unit="Café") + "\n"
    for encoding in ("utf-16", "cp1252", "utf-8"):
        folder = make_project(tmp_path / encoding, {DETECTIONS.file: text.encode(encoding)})
        assert_same(load_project(folder), replace(DETECTIONS, encoding="cp1252"))


def test_same_findings_of_bytes_that_do_not_fit(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {DETECTIONS.file: lines(9).encode() + b"D-9,\xff\n"})
    assert_same(load_project(folder), DETECTIONS)


def test_same_rows_of_packed_text(tmp_path: Path) -> None:
    for name, text in (("plain", TEXTS["plain"]), ("quoted", TEXTS["doubled quotes"])):
        packed = gzip.compress(text.encode(), mtime=0)
        folder = make_project(tmp_path / name, {f"{DETECTIONS.file}.gz": packed})
        source = replace(DETECTIONS, file=f"{DETECTIONS.file}.gz")
        assert_same(load_project(folder), source)
        broken = make_project(tmp_path / f"{name}-broken", {source.file: packed[:-20]})
        loaded = load_tables(replace(load_project(broken), sources=(source,)))
        assert found(loaded, "bad_gzip").stops


def test_same_rows_of_records(tmp_path: Path) -> None:
    """What the engine cannot scan is read as ever and handed over."""
    records = [dict(zip(HEADER.split(","), row(at).split(","), strict=True)) for at in range(30)]
    folder = make_project(tmp_path, {"ciso/detections.json": json.dumps(records)})
    assert_same(load_project(folder), replace(DETECTIONS, file="ciso/detections.json"))


def test_several_blocks_of_one_file_and_several_files(tmp_path: Path) -> None:
    """Each row is counted where it is taken; a key in two files is used once."""
    folder = make_project(
        tmp_path,
        {DETECTIONS.file: lines(40), "ciso/more.csv": lines(12, severity="low", source="email")},
    )
    project = load_project(folder)
    sources = (
        replace(DETECTIONS, only={"severity": ("critical",)}),
        replace(DETECTIONS, leave_out={"severity": ("critical", "low")}),
        replace(DETECTIONS, file="ciso/more.csv"),
    )
    whole, reduced = (
        load_tables(replace(project, sources=tuple(replace(x, engine=e) for x in sources)))
        for e in ("pandas", "duckdb")
    )
    assert reduced.reconciliation == whole.reconciliation
    assert reduced.tables["detections"].size == len(whole.tables["detections"].frame)
    codes = {"duplicate_key", "left_out"}
    assert {x for x in reduced.findings if x.code in codes} == {
        x for x in whole.findings if x.code in codes
    }


# --- Parquet and databases -----------------------------------------------------------------------


def frame_of_rows(count: int):
    import pandas as pd

    rows = [dict(zip(HEADER.split(","), row(at).split(","), strict=True)) for at in range(count)]
    frame = pd.DataFrame(rows).replace({"": None})
    for name in ("created_at", "triaged_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    frame["is_new"], frame["score"], frame["rank"] = True, 0.5, range(count)
    return frame


def test_parquet_is_scanned_in_place(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    frame_of_rows(60).to_parquet(folder / "ciso/detections.parquet")
    assert_same(load_project(folder), replace(DETECTIONS, file="ciso/detections.parquet"))


def test_parquet_folder(tmp_path: Path) -> None:
    """Rows are numbered through its files; folders give columns, and one file lacks a column."""
    folder = make_project(tmp_path)
    frame = frame_of_rows(60)
    for at, severity in enumerate(("critical", "high", "medium", "low")):
        part = folder / f"ciso/alerts/severity={severity}"
        part.mkdir(parents=True)
        some = frame[frame["severity"] == severity].drop(columns=["severity"])
        some = some.drop(columns=["business_unit"]) if at == 2 else some
        some.to_parquet(part / "part.parquet")
    assert_same(load_project(folder), replace(DETECTIONS, file="ciso/alerts"))


def test_parquet_with_lists_is_streamed(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    frame = frame_of_rows(20)
    frame["tags"] = [["a", "b"]] * 20
    frame.to_parquet(folder / "ciso/detections.parquet")
    assert_same(load_project(folder), replace(DETECTIONS, file="ciso/detections.parquet"))


def test_query_over_a_database(tmp_path: Path) -> None:
    import duckdb

    folder = make_project(tmp_path)
    frame = frame_of_rows(60).drop(columns=["is_new", "score"])
    with duckdb.connect(str(folder / "ciso/alerts.duckdb")) as connection:
        connection.register("given", frame)
        connection.execute("CREATE TABLE alerts AS SELECT * FROM given")
    source = replace(
        DETECTIONS,
        file="query on line 1 of report.toml over duckdb:ciso/alerts.duckdb",
        connection="duckdb:ciso/alerts.duckdb",
        query="SELECT * FROM alerts ORDER BY rank",
    )
    assert_same(load_project(folder), source)


# --- findings of many rows -----------------------------------------------------------------------


def test_many_faults_are_told_in_part_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled, "KEPT", 30)
    bad = "\n".join(row(at, severity="urgent") for at in range(100, 350))
    folder = make_project(tmp_path, {DETECTIONS.file: f"{lines(40)}{bad}\n"})
    loaded = load_tables(replace(load_project(folder), sources=(DETECTIONS,)))
    told = [each for each in loaded.findings if each.code == "unknown_category"]
    assert [each.line for each in told] == list(range(42, 142))
    assert "150 more of the same kind" in found(loaded, "more_of_the_same").reason
    assert [each.line for each in loaded.rejected] == list(range(42, 72))
    assert "250 rows were set aside; the first 30" in found(loaded, "rejected_not_kept").reason
    assert loaded.tables["detections"].rejected == 250


def test_duplicates_without_end(tmp_path: Path) -> None:
    text = lines(3) + "\n".join([row(1)] * 500 + [row(1, source="edr")]) + "\n"
    folder = make_project(tmp_path, {DETECTIONS.file: text})
    assert_same(load_project(folder), DETECTIONS)


# --- which way is taken --------------------------------------------------------------------------


def test_large_files_go_to_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_project(tmp_path, {DETECTIONS.file: lines(20)})
    project = load_project(folder)
    assert not load_tables(project).tables["detections"].is_reduced
    monkeypatch.setattr(scan, "LARGE_BYTES", 100)
    assert load_tables(project).tables["detections"].is_reduced
    whole = replace(project, sources=(replace(DETECTIONS, engine="pandas"),))
    assert not load_tables(whole).tables["detections"].is_reduced


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for, it stops and names the extra; by size alone, the file is read with a warning."""
    folder = make_project(tmp_path, {DETECTIONS.file: lines(20)})
    project = load_project(folder)
    monkeypatch.setattr(choice, "has_engine", lambda: False)
    monkeypatch.setattr(scan, "LARGE_BYTES", 100)
    asked = load_tables(replace(project, sources=(DETECTIONS,)))
    assert found(asked, "engine_refused").stops
    assert "board-report[engine]" in found(asked, "engine_refused").mend
    loaded = load_tables(project)
    assert "board-report[engine]" in found(loaded, "engine_not_used").mend
    assert len(loaded.tables["detections"].frame) == 20


@pytest.mark.parametrize(
    "change",
    [
        {"keep": "last", "order_by": "created_at"},
        {"table": "incidents", "file": "ciso/incidents.csv"},
    ],
)
def test_what_the_engine_refuses(tmp_path: Path, change: dict[str, str]) -> None:
    folder = make_project(tmp_path, {DETECTIONS.file: lines(5)})
    source = replace(DETECTIONS, **change)  # type: ignore[arg-type]
    loaded = load_tables(replace(load_project(folder), sources=(source,)))
    assert found(loaded, "engine_refused").stops


def test_an_engine_that_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is read into memory, and a warning says so."""
    from board_report.tables.engine import load

    def fail(*_: object) -> None:
        import duckdb

        raise duckdb.OutOfMemoryException("no room on the disk.")

    monkeypatch.setattr(load, "judge_rows", fail)
    monkeypatch.setattr(scan, "LARGE_BYTES", 100)
    folder = make_project(tmp_path, {DETECTIONS.file: lines(20)})
    loaded = load_tables(load_project(folder))
    assert "no room on the disk" in found(loaded, "engine_not_used").reason
    assert len(loaded.tables["detections"].frame) == 20


# --- every figure has a view ---------------------------------------------------------------------


def test_every_figure_of_a_reduced_table_has_a_view() -> None:
    """One that reads what no view keeps would fail in front of a user."""
    for spec in metric_catalogue().values():
        for name in set(spec.tables) & PLANS.keys():
            plan = PLANS[name]
            read = {each.split(".")[1] for each in spec.columns if each.startswith(f"{name}.")}
            read |= set(spec.splits) & set(TABLES[name].column_names)
            times = {x.name for x in TABLES[name].columns if x.kind in ("date", "datetime")}
            views = [set(each.columns) for each in plan.views]
            views.append({*plan.told_apart, *plan.signs, *times})
            assert any(read <= each for each in views), spec.id


def test_likely_means_the_same_in_both_places() -> None:
    assert signatures.LIKELY == predicted.LIKELY


# --- memory --------------------------------------------------------------------------------------

WRITE = """
import numpy as np, sys
count = int(sys.argv[1])
rng = np.random.default_rng(7)
with open(sys.argv[2], "w") as file:
    file.write("detection_id,created_at,source,severity,verdict,triaged_at\\n")
    for first in range(0, count, 100_000):
        begun = np.datetime64("2024-10-01T00:00:00") + rng.integers(0, 63_000_000, 100_000)
        done = begun + rng.integers(0, 2_000_000, 100_000)
        level = rng.choice(["critical", "high", "medium", "low"], 100_000)
        file.writelines(
            f"D-{first + at},{a}Z,edr,{c},benign,{b}Z\\n"
            for at, (a, b, c) in enumerate(zip(begun, done, level))
        )
"""
PEAK = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from board_report.project import SourceSpec, load_project
from board_report.sources.scanning import engine
from board_report.tables.load import load_tables
engine.MEMORY_LIMIT = "256MB"
project = load_project(Path(sys.argv[1]))
source = SourceSpec(table="detections", file="ciso/detections.csv", engine="duckdb")
loaded = load_tables(replace(project, sources=(source,)))
assert loaded.tables["detections"].size == int(sys.argv[2]), loaded.findings
# What getrusage says begins with the memory of the process that started this one.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
own = [int(each.split()[1]) for each in lines if each.startswith("VmHWM:")]
print((own or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0] // 1024)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Four times the rows, and what is held stays within the engine's limit (here 256 MB).

    Reading the two million rows whole takes more than two gigabytes.
    """
    peaks = []
    for count in (500_000, 2_000_000):
        folder = make_project(tmp_path / str(count))
        for code, given in ((WRITE, (count, folder / DETECTIONS.file)), (PEAK, (folder, count))):
            done = subprocess.run(
                [sys.executable, "-c", code, *map(str, given)], capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 150
    assert peaks[1] < 600
