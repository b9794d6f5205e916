"""Tell whether a text is one SQL statement that only reads, before any database sees it.

This is the first of three guards, and the one whose message is easy to understand. The others do
not depend on it: the transaction is read-only, and the protocol takes a single statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from board_report.project import SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.file_bytes import file_bytes

LONGEST = 1_000_000
"""Bytes of a query."""

_TOKEN = re.compile(
    r"""
      (?P<space> \s+ | --[^\n]* | /\*(?!!)(?:[^*]|\*(?!/))*\*/ )
    | (?P<quoted> [eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | `(?:[^`]|``)*`
      | \$(?P<tag>[A-Za-z_]\w*)?\$.*?\$(?(tag)(?P=tag))\$ )
    | (?P<word> [^\W\d][\w$]* )
    | (?P<mark> [();] )
    | (?P<open> ['"`] | /\* )
    | (?P<other> \d[\w$]* | [^\w\s] )
    """,
    re.VERBOSE | re.DOTALL,
)
_WRITES = frozenset({"insert", "update", "delete", "merge", "replace", "truncate"})
_QUOTED = "'quoted'"


@dataclass(frozen=True)
class _Token:
    text: str
    """A word in small letters, or a mark; one text stands for whatever is quoted."""
    start: int


def read_statement(folder: Path, spec: SourceSpec) -> str:
    """The query of a source, from the block or from its file, checked to be one that only reads.

    Raises:
        ReadFaultError: its file cannot be read, or it is not such a statement.
    """
    text = spec.query or _text_of(folder, spec.query_file)
    return check_statement(text)


def check_statement(text: str) -> str:
    """The statement without a semicolon at its end, which a cursor does not take.

    Raises:
        ReadFaultError: it is empty, several statements, or writes.
    """
    tokens, end = list(_tokens(text)), len(text)
    while tokens and tokens[-1].text == ";":
        end = tokens.pop().start
    words = [token.text for token in tokens]
    if not words:
        raise _refusal("it is empty")
    if ";" in words:
        raise _refusal("it has more than one statement")
    if next((word for word in words if word != "("), "") not in ("select", "with"):
        raise _refusal("it does not begin with SELECT or WITH")
    written = "into" if "into" in words else _written_by(words)
    if written:
        raise _refusal(f"it writes ({written.upper()})")
    return text[:end]


def _text_of(folder: Path, file: str) -> str:
    try:
        content = file_bytes(folder, file, LONGEST + 1)
    except ReadFaultError as fault:
        if fault.code is ReadCode.FILE_OUTSIDE:
            raise _refusal(f"its file {file} leads out of the project folder") from fault
        detail = fault.facts.get("detail", "No such file or directory")
        raise _refusal(f"its file {file} cannot be read ({detail})") from fault
    if len(content) > LONGEST:
        raise _refusal(f"its file {file} has more than {LONGEST:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(f"its file {file} is not UTF-8") from error


def _refusal(detail: str) -> ReadFaultError:
    return ReadFaultError(ReadCode.QUERY_REFUSED, detail=detail)


def _tokens(text: str) -> Iterator[_Token]:
    """Words, marks and quoted texts; spaces and comments are left out."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found or found["open"]:
            raise _refusal("a quotation mark or a comment in it is not closed, or not plain")
        if found["quoted"]:
            yield _Token(_QUOTED, at)
        elif not found["space"]:
            yield _Token(found[0].casefold(), at)
        at = found.end()


def _written_by(words: list[str]) -> str:
    """The word that begins a writing part: inside parentheses, or after those of a WITH."""
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        begins = word in _WRITES and before in ("(", ")")
        if begins and (after.isidentifier() or after == _QUOTED):
            return word
    return ""
