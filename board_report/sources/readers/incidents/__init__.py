"""Incidents and alerts, from the tools in which they are handled."""

from __future__ import annotations

from board_report.sources.reader import Reader

READERS: tuple[Reader, ...] = ()
