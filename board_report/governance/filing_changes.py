"""What changed between two filings of the annual item, paragraph by paragraph.

Paragraphs are those of the newer text; what was struck out of an older paragraph stands where it
stood, by itself where nothing took its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from board_report.governance.word_changes import NEW, OLD, Mark, Run, compare_texts


@dataclass(frozen=True)
class ChangedParagraph:
    """A paragraph with what became of its words."""

    runs: tuple[Run, ...]
    at: int | None
    """Its number among the newer paragraphs of its sub-item, from 0; None where all of it went."""

    @property
    def is_changed(self) -> bool:
        """Whether a reader would see a difference."""
        return any(each.is_change for each in self.runs)

    @property
    def text(self) -> str:
        """The newer text."""
        return _words(each for each in self.runs if each.mark in NEW)

    @property
    def old_text(self) -> str:
        """The older text."""
        return _words(each for each in self.runs if each.mark in OLD)


@dataclass(frozen=True)
class Counts:
    """How much changed. A passage that moved is one move, whatever was edited in it."""

    insertions: int
    deletions: int
    moves: int
    words_inserted: int
    words_deleted: int
    changed: int
    """Paragraphs."""
    as_filed: int


def filing_changes(
    old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]
) -> dict[str, tuple[ChangedParagraph, ...]]:
    """The paragraphs of every sub-item.

    Args:
        old: sub-item to its paragraphs as they were filed.
        new: the same as they are drafted.
    """
    found = compare_texts(
        {name: "\n".join(paragraphs) for name, paragraphs in old.items()},
        {name: "\n".join(paragraphs) for name, paragraphs in new.items()},
    )
    return {name: tuple(_paragraphs(runs)) for name, runs in found.items()}


def count_changes(paragraphs: Iterable[ChangedParagraph]) -> Counts:
    """How much changed in all of them."""
    given = list(paragraphs)
    runs = [each for paragraph in given for each in paragraph.runs if each.is_change]
    inserted = [each.text for each in runs if each.mark is Mark.INSERT]
    deleted = [each.text for each in runs if each.mark is Mark.DELETE]
    changed = sum(each.is_changed for each in given)
    return Counts(
        insertions=len(inserted),
        deletions=len(deleted),
        moves=len({each.move for each in runs if each.mark is Mark.MOVED_TO}),
        words_inserted=sum(len(each.split()) for each in inserted),
        words_deleted=sum(len(each.split()) for each in deleted),
        changed=changed,
        as_filed=len(given) - changed,
    )


def _paragraphs(runs: Iterable[Run]) -> Iterator[ChangedParagraph]:
    at = 0
    for chunk in _split(runs, NEW):
        for part in _apart(chunk):
            if any(each.mark in NEW and each.text.strip() for each in part):
                yield ChangedParagraph(part, at)
                at += 1
            elif any(each.text.strip() for each in part):
                yield ChangedParagraph(part, None)


def _split(runs: Iterable[Run], marks: frozenset[Mark]) -> Iterator[list[Run]]:
    """The runs by paragraph: a new line in a run of these marks ends one."""
    part: list[Run] = []
    for each in runs:
        first, *others = each.text.split("\n") if each.mark in marks else [each.text]
        part.append(replace(each, text=first))
        for text in others:
            yield part
            part = [replace(each, text=text)]
    yield part


def _apart(chunk: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """Older paragraphs of which nothing is left, before and after what the newer one is made of."""
    said = [at for at, each in enumerate(chunk) if each.mark in NEW and each.text.strip()]
    first, last = (said[0], said[-1] + 1) if said else (len(chunk), len(chunk))
    *before, joins = _split(chunk[:first], OLD)
    follows, *after = _split(chunk[last:], OLD)
    for part in before:
        yield _filled(part)
    yield _filled([*joins, *chunk[first:last], *follows])
    for part in after:
        yield _filled(part)


def _filled(part: Iterable[Run]) -> tuple[Run, ...]:
    """The runs that have text; other new lines part nothing that a reader would see."""
    return tuple(replace(each, text=each.text.replace("\n", " ")) for each in part if each.text)


def _words(runs: Iterable[Run]) -> str:
    return " ".join("".join(each.text for each in runs).split())
