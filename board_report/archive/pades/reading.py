"""Open a PDF that may be damaged, or made to do harm."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from board_report.archive.pades.faults import not_a_pdf

_HEAD = 1024
"""A PDF says that it is one within its first bytes."""


def open_pdf(data: bytes) -> PdfFileReader:
    """A reader over the bytes, with its page tree and its signatures found.

    Raises:
        SigningError: they are no PDF, or one too damaged to be read.
    """
    if b"%PDF-" not in data[:_HEAD]:
        raise not_a_pdf("it does not begin as one")
    is_hybrid = False
    try:
        reader = PdfFileReader(BytesIO(data), strict=True)
        if not reader.encrypted:
            _ = reader.root["/Pages"], reader.embedded_signatures
            is_hybrid = reader.xrefs.hybrid_xrefs_present
    except Exception as error:
        raise not_a_pdf(f"it is damaged ({type(error).__name__})") from error
    if is_hybrid:
        raise not_a_pdf("it has two tables of its objects, and readers differ in which they use")
    return reader
