"""A plugin of pytest that keeps the files that the tests of the readers read, as seeds."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from board_report.project import SourceSpec
from board_report.sources import read

FOLDER = "BOARD_REPORT_FUZZ_SEEDS"
LONGEST = 40_000


@pytest.fixture(autouse=True)
def kept_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file that a test has read goes into the folder of its reader."""
    as_it_is = read._read_grid

    def keep(content: bytes, spec: SourceSpec) -> Any:
        if len(content) <= LONGEST:
            folder = Path(os.environ[FOLDER]) / (spec.reader or "plain")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / sha256(content).hexdigest()[:16]).write_bytes(content)
        return as_it_is(content, spec)

    monkeypatch.setattr(read, "_read_grid", keep)
