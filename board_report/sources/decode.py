"""Turn the bytes of a text file into text, or say which line cannot be."""

from __future__ import annotations

import codecs

from board_report.sources.faults import ReadCode, ReadFaultError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 1000
_GUESSED_FROM = 50_000
_TELLING = 20
"""Bytes beyond ASCII below which a guess is no better than the usual encoding."""
_TOLD_APART = (
    *("big5", "cp1251", "cp1253", "cp1255", "cp1256", "cp932", "cp949", "euc_jp", "euc_kr"),
    *("gb18030", "koi8_r", "shift_jis", "utf_16_be", "utf_16_le"),
)
"""Encodings that a guess is trusted to tell from the usual Western one."""


def decode(content: bytes, encoding: str) -> tuple[str, str]:
    """The text, and the encoding of its byte order mark (empty when it has none).

    A mark wins over the declared encoding, which it proves wrong.

    Raises:
        ReadFaultError: a byte does not fit the encoding, or the file is not text.
    """
    for mark, marked in MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], marked), marked
    text = _strictly(content, encoding)
    refuse_nul(content, text)
    return text, ""


def lenient(content: bytes) -> str:
    """The text for looking at, never for figures: what does not fit UTF-8 is replaced."""
    for mark, marked in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(marked, "replace")
    return content.decode("utf-8", "replace")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ReadFaultError(
            ReadCode.UNDECODABLE,
            line=line,
            byte=f"0x{content[error.start]:02X}",
            encoding=encoding.upper(),
            guess=guess_encoding(content, encoding),
        ) from error
    except UnicodeError as error:
        # A few encodings, such as those of host names, do not say which byte they refuse.
        raise ReadFaultError(
            ReadCode.UNDECODABLE, byte="of a value unknown", encoding=encoding.upper(),
            guess="utf-8",
        ) from error  # fmt: skip


def guess_encoding(content: bytes, declared: str) -> str:
    """The encoding that a file's bytes look most like, for the message that asks a person."""
    from charset_normalizer import from_bytes

    usual = "cp1252" if declared.lower() != "cp1252" else "utf-8"
    beyond = bytes(each for each in content if each > 127)[:_GUESSED_FROM]
    if len(beyond) < _TELLING:
        return usual
    best = from_bytes(content[:_GUESSED_FROM], cp_isolation=list(_TOLD_APART)).best()
    return str(best.encoding) if best else usual


def refuse_nul(content: bytes, text: str) -> None:
    """A stray NUL is a matter of its cell; many are a matter of the file.

    Raises:
        ReadFaultError: there are many.
    """
    head = content[:_HEAD]
    count = head.count(0)
    if count * 10 > len(head) and "\0" in text[:_HEAD]:
        guess = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
        raise ReadFaultError(ReadCode.NOT_TEXT, count=count, guess=guess)
