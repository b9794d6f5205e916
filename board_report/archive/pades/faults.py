"""What can stop a signature or its verification, as one message that says how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from board_report.errors import BoardReportError
from board_report.sources.extras import silence

INSTALL = 'pip install "board-report[sign]"'


class SigningError(BoardReportError):
    """A PDF cannot be signed, or its signatures cannot be read."""


@contextmanager
def pyhanko_installed() -> Iterator[None]:
    """Load pyHanko inside of this, and keep what it logs (certificates, keys, paths) to itself.

    Raises:
        SigningError: it is not installed.
    """
    silence("pyhanko", "pyhanko_certvalidator", "aiohttp", "asyncio")
    try:
        yield
    except ModuleNotFoundError as error:
        raise SigningError(
            f"signatures need the extra `sign`, which is not installed ({error.name}).",
            mend=f"Install it: {INSTALL}",
        ) from error


def not_a_pdf(detail: str) -> SigningError:
    """The message for bytes that cannot be read as a PDF."""
    return SigningError(
        f"this cannot be read as a PDF: {detail}.",
        mend="Name a PDF as `board-report build` wrote it, or fetch an undamaged copy.",
    )
