"""Check what a renderer does not say: words that left their place on a page of the deck.

``check_layout(pdf)`` returns one sentence for each fault; an empty list is a clean deck.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import pypdfium2
from pypdfium2 import raw

LEFT, RIGHT = 48.0, 912.0
BODY_END, SOURCE_START = 474.0, 478.0
COVER_END = 494.0
PAGE_END = 530.0
SMALL = 9.6
"""Points: text up to this size is source line or footer."""
SLACK = 1.0
FLOOR = 10.5


@dataclass(frozen=True)
class Word:
    """A word and the box of its ink, in points from the top-left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    def overlaps(self, other: "Word") -> bool:
        """Whether the two boxes share more than a touch."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 0.8 and tall > 1.2


def check_layout(data: bytes) -> list[str]:
    """All faults of a deck: words off the grid, under the body's end, too small, or colliding."""
    return [
        f"page {number}: {fault}"
        for number, words in pages_of(data)
        for fault in _faults(words, COVER_END if number == 1 else BODY_END)
    ]


def pages_of(data: bytes) -> Iterator[tuple[int, list[Word]]]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, start=1):
            yield number, _words(page)
    finally:
        document.close()


def text_of(words: list[Word]) -> str:
    """A page's words in the order of the document, one space between."""
    return " ".join(word.text for word in words)


def _faults(words: list[Word], body_end: float) -> Iterator[str]:
    for word in words:
        where = f"{word.text!r} at {word.left:.0f}, {word.top:.0f}"
        if word.left < LEFT - SLACK or word.right > RIGHT + SLACK:
            yield f"{where} is outside the margins"
        if word.bottom > body_end + SLACK and word.size > SMALL:
            yield f"{where} is under the body's end"
        if word.bottom > PAGE_END:
            yield f"{where} leaves the page"
        if SMALL < word.size < FLOOR:
            yield f"{where} is set in {word.size:.1f} points"
        if word.size <= SMALL and word.top < SOURCE_START - SLACK:
            yield f"{where} is too small for the body"
    # A ligature's box reaches over the next letters, so neighbours of one line are not compared.
    following = set(pairwise(words))
    for one, other in combinations(sorted(words, key=lambda word: word.left), 2):
        if (one, other) in following:
            continue
        if other.left < one.right and one.overlaps(other):
            yield f"{one.text!r} and {other.text!r} overlap at {one.left:.0f}, {one.top:.0f}"


def _words(page: pypdfium2.PdfPage) -> list[Word]:
    text = page.get_textpage()
    height = page.get_height()
    found: list[Word] = []
    letters: list[tuple[str, tuple[float, float, float, float], float]] = []
    for at in range(text.count_chars()):
        letter = text.get_text_range(at, 1)
        size = _size(text, at)
        box = text.get_charbox(at)
        if not letter.strip() or letter == "\u00a0":
            found += _joined(letters, height)
            letters = []
            continue
        if letters and _breaks(letters[-1][1], box):
            found += _joined(letters, height)
            letters = []
        letters.append((letter, box, size))
    return found + _joined(letters, height)


def _size(text: pypdfium2.PdfTextPage, at: int) -> float:
    """The size that prints: the font's size as the page scales it."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, matrix)
    return float(raw.FPDFText_GetFontSize(text, at) * (matrix.c**2 + matrix.d**2) ** 0.5)


def _breaks(
    before: tuple[float, float, float, float], box: tuple[float, float, float, float]
) -> bool:
    return box[0] < before[0] - 1 or box[0] - before[2] > 6 or abs(box[1] - before[1]) > 9


def _joined(
    letters: list[tuple[str, tuple[float, float, float, float], float]], height: float
) -> list[Word]:
    if not letters:
        return []
    boxes = [box for _, box, _ in letters]
    return [
        Word(
            "".join(letter for letter, _, _ in letters),
            min(box[0] for box in boxes),
            height - max(box[3] for box in boxes),
            max(box[2] for box in boxes),
            height - min(box[1] for box in boxes),
            letters[0][2],
        )
    ]
