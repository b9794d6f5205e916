"""The guides on data: their blocks are understood, and the first one reads real files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from board_report.model import Reconciliation
from board_report.pipeline import read_inputs
from board_report.project import load_project
from board_report.sources.readers import reader_named
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import check_sources
from board_report.tables.match import check_matches
from tests.functional.real_exports.conftest import REPORT, MakeReal

ROOT = Path(__file__).parents[3]
GUIDES = ("bring-your-own-data.md", "databases.md")
FILES = {
    "ciso/servicenow_log.csv.gz": "incidents/servicenow_uci498_upto_2016-04.csv.gz",
    "ciso/thehive_cases.json": "formats/thehive5_cases_api.json",
    "ciso/tenable.csv": "vulns/tenable__tenable_many_vuln.csv",
    "ciso/qualys.csv": "vulns/qualys__Qualys_Sample_Report.csv",
    "ciso/cisa_kev.csv": "vulns/cisa_kev.csv",
    "ciso/prowler.csv": "compliance/prowler__example_output_aws.csv",
    "ciso/knowbe4_enrollments.json": "training/knowbe4_training_enrollments_api.json",
    "cto/it_projects.csv": "cto/us_itdashboard_projects_2011-2013.csv",
    "cto/cloud_cost.csv": "cto/focus_1.0_sample_1000.csv",
}
"""The guide's names, and the real files that stand behind them."""


def blocks(guide: str) -> list[str]:
    """The TOML of a guide, block by block."""
    page = (ROOT / "docs" / "guides" / guide).read_text(encoding="utf-8")
    return re.findall(r"^```toml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def project_text(*blocks: str) -> str:
    head = REPORT.format(units='"Corporate"', quarter="2026-Q3", meeting="2026-10-20", share=0.05)
    return head + "\n".join(blocks)


@pytest.mark.parametrize("guide", GUIDES)
def test_blocks_are_understood(guide: str, tmp_path: Path) -> None:
    """Every key, reader, table, column and value exists."""
    found = blocks(guide)
    assert found
    for block in found:
        (tmp_path / "report.toml").write_text(project_text(block), encoding="utf-8")
        project = load_project(tmp_path)
        check_sources([each for each in project.sources if each.table], TABLES)
        check_matches(project.matches, TABLES)
        for each in project.sources:
            assert not each.reader or reader_named(each.reader)


def test_the_first_block_names_these_files() -> None:
    """So that none is added to the guide and not tried."""
    assert re.findall(r'^file = "(.+)"$', blocks(GUIDES[0])[0], re.MULTILINE) == list(FILES)


def test_pointing_at_real_files_is_enough(make_real: MakeReal) -> None:
    """As the guide writes it, and no key more: every row is accounted for."""
    folder = make_real(FILES, "2016-Q2", more_toml=blocks(GUIDES[0])[0])
    inputs = read_inputs(folder)
    assert inputs.stops == ()
    by_file = {each.file: each for each in inputs.loaded.reconciliation}
    for file in FILES:
        assert by_file[file].read == ends(by_file[file]) > 0
    log = by_file["ciso/servicenow_log.csv.gz"]
    assert (log.read, log.used, log.superseded) == (101_045, 17_136, 83_909)
    assert by_file["ciso/cisa_kev.csv"].used == 1_404
    projects = by_file["cto/it_projects.csv"]
    assert projects.read == 2_472
    assert by_file["cto/cloud_cost.csv"].read == 1_000


def ends(part: Reconciliation) -> int:
    """All counts but those read."""
    names = ("used", "rejected", "duplicate", "superseded", "left_out", "out_of_period")
    return sum(getattr(part, name) for name in (*names, "merged", "unmatched"))
