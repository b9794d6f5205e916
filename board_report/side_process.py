"""A second process that makes one document while the first makes the other."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

Result = TypeVar("Result")


class SideProcess:
    """Runs functions beside this process; where it cannot, they run here when asked for.

    The answers are the same either way: functions handed over are pure. A process is started
    only where there are two cores, and early, so that it imports its libraries while this one
    still reads data.
    """

    def __init__(self, *, wanted: bool = True) -> None:
        self._pool: ProcessPoolExecutor | None = None
        if wanted and usable_cores() > 1:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            with _interrupts_held():
                self._pool.submit(warm_up)

    def run(self, function: Callable[..., Result], *arguments: object) -> Callable[[], Result]:
        """Begin a call; the callable that is returned waits for its answer.

        A process that was killed costs nothing but time: the call is made again here.
        """
        if self._pool is None:
            return lambda: function(*arguments)
        try:
            future = self._pool.submit(function, *arguments)
        except (BrokenProcessPool, RuntimeError):
            return lambda: function(*arguments)
        return lambda: _answer(future, function, arguments)

    def close(self) -> None:
        """Let the process end; work that was not asked for is given up."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def __enter__(self) -> SideProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _answer(
    future: Future[Result], function: Callable[..., Result], arguments: tuple[object, ...]
) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        return function(*arguments)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the process is started, which inherits that it does not hear it at all.

    It is then this process alone that stops and says one word about it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def warm_up() -> None:
    """Import what documents need, so that it is there when the work comes."""
    import matplotlib.figure
    import weasyprint

    from board_report.charts import theme

    with theme.applied():
        pass
    del matplotlib, weasyprint
