"""Incidents and alerts, from the tools in which they are handled."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.incidents import (
    elastic,
    hhs,
    jira,
    ocsf,
    servicenow,
    splunk,
    thehive,
    veris,
)

READERS: tuple[Reader, ...] = (
    *servicenow.READERS,
    *jira.READERS,
    *thehive.READERS,
    *veris.READERS,
    *hhs.READERS,
    *ocsf.READERS,
    *splunk.READERS,
    *elastic.READERS,
)
