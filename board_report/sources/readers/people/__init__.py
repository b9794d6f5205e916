"""Training and phishing simulations."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.people import knowbe4

READERS: tuple[Reader, ...] = (*knowbe4.READERS,)
