"""A mixed-integer program, written down column by column and row by row, and solved by HiGHS."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from board_report.risk.quantities import FloatArray

_STANDARD_OUTPUT = 1


@dataclass
class BinaryProgram:
    """Columns with bounds and rows of a mixed-integer program, as they are written down."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def column(self, lower: float, upper: float) -> int:
        """The number of a new column."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def row(
        self, weights: dict[int, float], low: float = -math.inf, high: float = math.inf
    ) -> None:
        """Ask for ``low <= weights . columns <= high``."""
        self.rows.append((weights, low, high))

    def solve(self, objective: Mapping[int, float], binary: int) -> FloatArray | None:
        """Columns of the least objective, the first ``binary`` of them 0 or 1; None if there is no
        solution.

        Raises:
            RuntimeError: the solver gives up.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        size = len(self.lower)
        cells = [
            (at, to, one) for at, (row, _, _) in enumerate(self.rows) for to, one in row.items()
        ]
        at, to, values = zip(*cells, strict=True) if cells else ((), (), ())
        matrix = coo_array((values, (at, to)), shape=(len(self.rows), size)).tocsr()
        lows, highs = [low for _, low, _ in self.rows], [high for _, _, high in self.rows]
        weights = np.zeros(size)
        weights[list(objective)] = list(objective.values())
        with silent():
            found = milp(
                weights,
                integrality=np.arange(size) < binary,
                bounds=Bounds(np.array(self.lower), np.array(self.upper)),
                constraints=LinearConstraint(matrix, lows, highs) if self.rows else (),
                options={"mip_rel_gap": 0.0},
            )
        if found.status == 2:
            return None
        if found.x is None:
            raise RuntimeError(f"the solver found no set of initiatives: {found.message}")
        return np.asarray(found.x, dtype=np.float64)


@contextmanager
def silent() -> Iterator[None]:
    """Nothing that the process writes to standard output meanwhile is seen.

    HiGHS 1.12 prints a line of its own there now and then, whatever it is told (known of it:
    jump-dev/HiGHS.jl, issue 312), and standard output is for the program's results.
    """
    try:
        kept = os.dup(_STANDARD_OUTPUT)
    except OSError:  # it is closed, so that nothing can be seen
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STANDARD_OUTPUT)
        yield
    finally:
        os.dup2(kept, _STANDARD_OUTPUT)
        os.close(kept)
        os.close(nowhere)
