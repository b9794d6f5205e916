"""What the guide to databases shows is true: its blocks are read, its proofs come out."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from board_report.project import SourceSpec, load_project
from board_report.sources import objects, parquet, typed_rows
from board_report.sources.faults import ReadCode
from board_report.sources.read import read_source
from tests.projects import make_project

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "databases.md").read_text("utf-8")


def snippets(language: str) -> list[str]:
    """The guide's blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", snippets("toml"))
def test_blocks_are_read(block: str, tmp_path: Path) -> None:
    """Each as it stands there."""
    project = load_project(make_project(tmp_path, report=f"\n{block}"))
    (written,) = tomllib.loads(block)["source"]
    (source,) = project.sources
    assert source.table == written["table"]
    assert source.connection == written.get("connection", "")
    assert source.query_file == written.get("query_file", "")


def test_connections_of_the_table_are_known(tmp_path: Path) -> None:
    """The guide lists the four kinds that there are."""
    kinds = re.findall(r'^\| `"((?:env|keyring|sqlite|duckdb):[^"]+)"` \|', GUIDE, re.MULTILINE)
    assert [kind.partition(":")[0] for kind in kinds] == ["env", "keyring", "sqlite", "duckdb"]
    for kind in kinds:
        block = f'\n[[source]]\ntable = "detections"\nquery = "select 1"\nconnection = "{kind}"\n'
        (source,) = load_project(make_project(tmp_path, report=block)).sources
        assert source.connection == kind


def test_a_folder_is_proved_by_usual_tools(tmp_path: Path) -> None:
    """With the command that the guide shows."""
    for name in ("b/a.parquet", "B.parquet", "a b/é.parquet", "a.parquet"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table({"id": [name]}), path)
    source = read_source(tmp_path, SourceSpec("detections", "in")).source
    (command,) = [each for each in snippets("sh") if each.startswith("find")]
    # The guide's command is for names without spaces, as such tools write them.
    command = command.replace("| xargs ", "| tr '\\n' '\\0' | xargs -0 ")
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path / "in", capture_output=True, text=True, check=True
    )
    assert source is not None
    assert done.stdout.split()[0] == source.sha256


def test_a_result_is_proved_by_a_few_lines(tmp_path: Path) -> None:
    """Of an export with the same cells."""
    rows = [("id", "note"), ("1", 'é, "x"\nmore'), ("2", "")]
    with (tmp_path / "export.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (script,) = snippets("python")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    store = typed_rows.RowStore(rows[0])
    store.add([(1, rows[1][1]), (2, None)])
    assert done.stdout.strip() == store.source("query").sha256


def test_limits_and_findings_are_those_of_the_program() -> None:
    """Each number of the table, and each finding that a reader of it can meet."""
    limits = dict(re.findall(r"^\| ([^|]+?) \| ([\d,]+)(?: \w+)? \|$", GUIDE, re.MULTILINE))
    assert {name: int(number.replace(",", "")) for name, number in limits.items()} == {
        "rows": typed_rows.LARGEST_ROWS,
        "cells": typed_rows.LARGEST_CELLS,
        "different text": typed_rows.LARGEST_TEXT,
        "all text": typed_rows.LARGEST_SIZE,
        "Parquet, as its files declare it unpacked": parquet.LARGEST_UNPACKED,
        "an object": objects.LARGEST_FILE,
        "time to connect": 15,
    }
    table = GUIDE.partition("## When it does not work")[2]
    assert set(re.findall(r"`(\w+_\w+)`", table)) <= set(ReadCode)
