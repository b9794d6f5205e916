"""Libraries that only some sources need, and what to say where they are not installed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from board_report.sources.faults import ReadCode, ReadFaultError


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import an optional library inside of this.

    Args:
        name: the extra of the package that brings it: ``databases``, ``parquet`` and so on.

    Raises:
        ReadFaultError: it is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise ReadFaultError(ReadCode.EXTRA_MISSING, extra=name) from error


def silence(*names: str) -> None:
    """Keep what libraries log off the terminal and out of every log: it can name host and user.

    Args:
        names: of their loggers.
    """
    for name in names:
        logger = logging.getLogger(name)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
