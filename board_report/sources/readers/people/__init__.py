"""Training and phishing simulations."""

from __future__ import annotations

from board_report.sources.reader import Reader

READERS: tuple[Reader, ...] = ()
