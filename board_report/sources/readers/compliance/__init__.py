"""Checks of configurations and controls, and what assessors found."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.compliance import (
    fedramp,
    oscal,
    prowler,
    prowler_earlier,
    security_hub,
    xccdf,
)

READERS: tuple[Reader, ...] = (
    *prowler.READERS,
    *prowler_earlier.READERS,
    *security_hub.READERS,
    *xccdf.READERS,
    *oscal.READERS,
    *fedramp.READERS,
)
