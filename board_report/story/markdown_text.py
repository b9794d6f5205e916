"""Inline Markdown with live figures in it, as plain words, as safe markup, and as pieces.

CommonMark as markdown-it reads it: emphasis and code. HTML is printed as it was typed, of links
the words alone, and images are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from board_report.story.live_figures import Citation
from board_report.story.live_text import LiveText, TextLine, live_index

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKS = {"strong_open": "<strong>", "strong_close": "</strong>", "em_open": "<em>",
          "em_close": "</em>"}  # fmt: skip
_BREAKS = ("softbreak", "hardbreak")
_ITEM = re.compile(r"^\s*[-*+]\s+(.*)$")


@dataclass(frozen=True)
class Piece:
    """A stretch of printed text that was typed on one line, or that a live reference gave."""

    text: str
    line: int
    live: Citation | None = None
    """None for what was typed."""


@dataclass(frozen=True)
class Words:
    """A paragraph as it is printed."""

    pieces: tuple[Piece, ...] = ()
    marked: str = ""
    """Safe markup (``markupsafe.Markup``) where there is emphasis; else empty."""

    @property
    def text(self) -> str:
        """Without emphasis."""
        return "".join(each.text for each in self.pieces)

    @property
    def line(self) -> int:
        """Of the file, where it begins; 0 for no words."""
        return self.pieces[0].line if self.pieces else 0


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def words_of(
    lines: Sequence[TextLine], live: Sequence[LiveText], refuse: Callable[[str, int], Exception]
) -> Words:
    """One paragraph.

    Args:
        lines: of the text, with the figures in place.
        live: the figures.
        refuse: makes the error for a reason and a line.

    Raises:
        Exception: what ``refuse`` makes, for an image.
    """
    lines = [each for each in lines if each.text.strip()]
    if not lines:
        return Words()
    source = "\n".join(each.text.strip() for each in lines)
    (block,) = _parser().parseInline(source)
    pieces: list[Piece] = []
    markup: list[str] = []
    at = 0
    for token in block.children or ():
        number = lines[min(at, len(lines) - 1)].line
        if token.type == "image":
            raise refuse("a picture cannot stand in commentary.", number)
        at += token.type in _BREAKS
        pieces += _pieces(_plain(token), number, live)
        markup.append(_markup(token, live))
    is_marked = any(token.type in _MARKS for token in block.children or ())
    return Words(_trimmed(pieces), _safe(markup) if is_marked else "")


def _plain(token: Token) -> str:
    if token.type in _BREAKS:
        return " "
    return token.content if token.type in ("text", "code_inline") else ""


def _pieces(text: str, line: int, live: Sequence[LiveText]) -> Iterator[Piece]:
    """The typed stretches and the live texts of one token, in order."""
    typed = ""
    for sign in text:
        index = live_index(sign)
        if index < 0:
            typed += sign
            continue
        if typed:
            yield Piece(typed, line)
        yield Piece(live[index].text, line, live[index].citation)
        typed = ""
    if typed:
        yield Piece(typed, line)


def _trimmed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Joined where they follow one another on a line, without the blanks at both ends."""
    found: list[Piece] = []
    for each in pieces:
        last = found[-1] if found else None
        if last and last.live is None and each.live is None and last.line == each.line:
            found[-1] = Piece(last.text + each.text, each.line)
        else:
            found.append(each)
    if found and found[0].live is None:
        found[0] = Piece(found[0].text.lstrip(), found[0].line)
    if found and found[-1].live is None:
        found[-1] = Piece(found[-1].text.rstrip(), found[-1].line)
    return tuple(each for each in found if each.text)


def _markup(token: Token, live: Sequence[LiveText]) -> str:
    from markupsafe import escape

    if token.type in _MARKS:
        return _MARKS[token.type]
    return str(escape("".join(each.text for each in _pieces(_plain(token), 0, live))))


def _safe(markup: Sequence[str]) -> str:
    """Marked as safe: every word in it was escaped, and the tags are the four above."""
    from markupsafe import Markup

    return Markup("".join(markup).strip())


# --- blocks --------------------------------------------------------------------------------------


def paragraphs(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines between blank ones, each item of a list by itself and without its bullet."""
    found: list[list[TextLine]] = []
    is_open = False
    for each in lines:
        item = _ITEM.match(each.text)
        if not each.text.strip():
            is_open = False
        elif item or not is_open:
            found.append([TextLine(item[1], each.line) if item else each])
            is_open = True
        else:
            found[-1].append(each)
    return found


def is_item(line: TextLine) -> bool:
    """True for a line that begins an item of a list."""
    return bool(_ITEM.match(line.text))


def split_at_bars(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The parts of ``text | role | date``, each with the lines that it stands on."""
    parts: list[list[TextLine]] = [[]]
    for each in lines:
        first, *more = each.text.split("|")
        parts[-1].append(TextLine(first, each.line))
        parts += [[TextLine(one, each.line)] for one in more]
    return parts
