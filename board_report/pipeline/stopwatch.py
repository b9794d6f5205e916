"""How long each stage takes, and who is told that it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""


@dataclass
class Stopwatch:
    """How long each stage took, for the benchmarks."""

    seconds: dict[str, float] = field(default_factory=dict)
    progress: Progress = lambda _: None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Announce a stage and measure it."""
        self.progress(name)
        start = perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start
