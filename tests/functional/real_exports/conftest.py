"""The folder of real exports, and projects made of its files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from board_report.tables.catalogue import TABLES

VARIABLE = "BOARD_REPORT_SHARED_DATA"

REPORT = """\
[company]
name = "Example, Inc."
currency = "USD"
employees = 100
annual_revenue = 1_000_000
business_units = [{units}]

[report]
quarter = "{quarter}"
meeting_on = {meeting}

[data_quality]
max_rejected_share = {share}
"""
REQUIRED = {
    "ciso/incidents.csv": ",".join(TABLES["incidents"].column_names) + "\n",
    "cto/technology_portfolio.csv": ",".join(TABLES["technology_portfolio"].column_names) + "\n",
    "governance/people.csv": (
        "role,role_title,person_name,since\nCISO,Chief,A. Example,2005-01-01\n"
        "CTO,Chief,B. Example,2005-01-01\n"
    ),
}
"""What every project must have; a header without rows says that nothing happened."""


class MakeReal(Protocol):
    """Makes a project of real files."""

    def __call__(
        self,
        files: Mapping[str, str],
        quarter: str,
        more_toml: str = "",
        business_units: Sequence[str] = ("Corporate",),
        share: float = 0.05,
    ) -> Path:
        """The project's folder.

        Args:
            files: name in the project to the path below the shared folder; each gets a
                ``[[source]]`` block that names the file alone, unless ``more_toml`` names it.
            quarter: reported on.
            more_toml: added to report.toml.
            business_units: of the company.
            share: of rows set aside above which figures are withheld.
        """


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real exports; on a build server it must be there."""
    folder = os.environ.get(VARIABLE, "")
    if folder and Path(folder, "incidents").is_dir():
        return Path(folder)
    reason = f"{VARIABLE} does not name the folder of real exports: {folder or 'it is not set'}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def make_real(shared: Path, tmp_path: Path) -> MakeReal:
    """Makes projects in a folder of this test."""

    def make(
        files: Mapping[str, str],
        quarter: str,
        more_toml: str = "",
        business_units: Sequence[str] = ("Corporate",),
        share: float = 0.05,
    ) -> Path:
        units = ", ".join(f'"{each}"' for each in business_units)
        meeting = date(int(quarter[:4]) + 1, 1, 1)
        text = REPORT.format(quarter=quarter, meeting=meeting, share=share, units=units)
        for name, source in files.items():
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(shared / source, target)
            if f'"{name}"' not in more_toml:
                text += f'\n[[source]]\nfile = "{name}"\n'
        for name, content in REQUIRED.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        (tmp_path / "report.toml").write_text(text + more_toml, encoding="utf-8")
        return tmp_path

    return make
