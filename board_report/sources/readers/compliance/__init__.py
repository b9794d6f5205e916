"""Checks of configurations and controls."""

from __future__ import annotations

from board_report.sources.reader import Reader

READERS: tuple[Reader, ...] = ()
