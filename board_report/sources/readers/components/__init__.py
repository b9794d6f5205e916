"""Vulnerabilities of software and images, and what is known of them."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.components import (
    cyclonedx,
    epss,
    grype,
    inspector,
    kev,
    sarif,
    trivy,
)

READERS: tuple[Reader, ...] = (
    *trivy.READERS,
    *grype.READERS,
    *inspector.READERS,
    *sarif.READERS,
    *cyclonedx.READERS,
    *kev.READERS,
    *epss.READERS,
)
