"""Ratings of third parties, and what rating services find about them."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.third_parties import bitsight, riskrecon, securityscorecard

READERS: tuple[Reader, ...] = (
    *securityscorecard.READERS,
    *bitsight.READERS,
    *riskrecon.READERS,
)
