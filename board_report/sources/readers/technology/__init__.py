"""Money, projects, code and deployments of the CTO."""

from __future__ import annotations

from board_report.sources.reader import Reader
from board_report.sources.readers.technology import (
    focus,
    github,
    gitlab,
    it_dashboard,
    radar,
    scorecard,
)

READERS: tuple[Reader, ...] = (
    *focus.READERS,
    *it_dashboard.READERS,
    *radar.READERS,
    *scorecard.READERS,
    *github.READERS,
    *gitlab.READERS,
)
