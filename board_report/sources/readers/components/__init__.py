"""Vulnerabilities of software and images, and what is known of them."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.components import kev

READERS: tuple[Reader, ...] = (*kev.READERS,)
