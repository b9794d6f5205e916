"""Vulnerabilities of hosts, from network and cloud scanners."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.vulnerabilities import (
    blackduck,
    bugcrowd,
    openvas,
    qualys,
    sysdig,
    tenable,
    wiz,
)

READERS: tuple[Reader, ...] = (
    *tenable.READERS,
    *qualys.READERS,
    *openvas.READERS,
    *wiz.READERS,
    *blackduck.READERS,
    *bugcrowd.READERS,
    *sysdig.READERS,
)
