"""Durations that were published with what comes of them, and those that tests make up."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from board_report.metrics.statistics.compare import Sample

# Weeks of remission in leukaemia (Freireich et al., Blood 21, 1963); a plus is still in remission.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def read(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Durations and whether each is censored, of ``6 6+ 7``."""
    cells = text.split()
    return (
        np.array([float(each.rstrip("+")) for each in cells]),
        np.array([each.endswith("+") for each in cells], dtype=bool),
    )


def sample(text: str) -> Sample:
    """The same as a sample in which each row stands for itself."""
    durations, censored = read(text)
    return Sample(durations, censored, np.ones(len(durations), dtype=np.int64))


ROWS = st.lists(
    st.tuples(st.integers(0, 12), st.booleans(), st.integers(1, 4)), min_size=1, max_size=14
)
"""Duration, whether censored, weight."""


def weighted(rows: list[tuple[int, bool, int]]) -> Sample:
    return Sample(
        np.array([each[0] for each in rows], dtype="float64"),
        np.array([each[1] for each in rows], dtype=bool),
        np.array([each[2] for each in rows], dtype=np.int64),
    )


def repeated(rows: list[tuple[int, bool, int]]) -> Sample:
    return weighted([(at, goes_on, 1) for at, goes_on, times in rows for _ in range(times)])
