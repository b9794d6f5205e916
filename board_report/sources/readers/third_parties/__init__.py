"""Ratings of third parties."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.third_parties import bitsight, securityscorecard

READERS: tuple[Reader, ...] = (*securityscorecard.READERS, *bitsight.READERS)
