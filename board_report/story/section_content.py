"""What a section says, as a flat map from place to printed text: the thing that is signed.

Page numbers and the state of the document are left out: a page that moves, or an approval, changes
nothing that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum

from board_report.governance.sign_off_differences import FIGURE
from board_report.story.briefing_page import BriefingContext
from board_report.story.page import FigureSpec, Page
from board_report.story.public_page import PublicContext
from board_report.story.signed_sections import COVER, NOTES, PUBLIC, SECTIONS

_NOT_SIGNED = frozenset({"page", "pages", "density", "is_dense", "marked"})
"""Keys that point to a page, or only steer how closely or with what emphasis something is set."""
_ON_A_PAGE = ("section", "title", "context", "owners", "sources", "body", "figures", "voices")
_ELSEWHERE = frozenset({"id", "template", "voices_room", "metric_ids"})
"""Fields of a page that are not printed; any other is signed, also one that is added later."""
_NAMES = ("id", "code", "name", "label", "title", "head")
"""Keys that tell the entries of a list apart, so that a new one does not rename the others."""
_OF_THE_COVER = frozenset({"contents", "layout"})
"""What the cover repeats of the pages that follow it, by their numbers."""
_STATE = frozenset({"state", "is_draft", "approved_by", "language"})


def contents_of(
    pages: Mapping[str, Sequence[Page]],
    cover: Sequence[Page],
    figures: Mapping[str, str],
    notes: Sequence[BriefingContext],
    public: PublicContext | None,
) -> dict[str, tuple[tuple[str, ...], dict[str, str]]]:
    """What each section says: its pages' ids, and their content.

    Args:
        pages: all pages by the module that built them.
        cover: that of the full deck.
        figures: metric to its printed value.
        notes: the briefing books of the decks.
        public: the disclosure's context; None leaves out its section.
    """
    by_module = {**pages, COVER: [_without_contents(each) for each in cover]}
    found: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {}
    for section in SECTIONS:
        own = [page for module in section.modules for page in by_module.get(module, ())]
        if own:
            found[section.id] = tuple(each.id for each in own), section_content(own, figures)
    ids, said = found.get(NOTES, ((), {}))
    found[NOTES] = ids, {**said, **notes_content(notes)}
    if public is not None:
        found[PUBLIC] = (public.item,), public_content(public)
    return found


def _without_contents(cover: Page) -> Page:
    body = {key: value for key, value in cover.body.items() if key not in _OF_THE_COVER}
    return replace(cover, body=body)


def section_content(pages: Iterable[Page], figures: Mapping[str, str]) -> dict[str, str]:
    """Everything that stands on the pages of a section.

    Args:
        pages: the pages as built, without page numbers.
        figures: metric to its printed value, for the metrics on the pages.

    Returns:
        ``figure mttd`` to ``19 h``, then ``incidents / title`` and so on to their text.
    """
    pages = tuple(pages)
    said: dict[str, str] = {}
    for metric_id in dict.fromkeys(each for page in pages for each in page.metric_ids):
        said[f"{FIGURE}{metric_id}"] = figures[metric_id]
    for page in pages:
        for path, text in _of_page(page):
            _put(said, path, text)
    return said


def notes_content(books: Iterable[BriefingContext]) -> dict[str, str]:
    """What the briefing books have the leaders say; once where they say the same."""
    said: dict[str, str] = {}
    for page in (page for book in books for page in book.pages):
        asked = [{"text": each.text, "answer": each.answer} for each in page.questions]
        words = {"notes": page.notes.paragraphs, "questions": asked}
        for path, text in _flat(f"briefing / {page.id}", words):
            if text not in (said.get(path), said.get(f"{path} (2)")):
                _put(said, path, text)
    return said


def public_content(context: PublicContext) -> dict[str, str]:
    """Everything that stands in the disclosure, but its state."""
    said: dict[str, str] = {}
    for figure in context.figures:
        said[f"{FIGURE}{figure.metric_id}"] = figure.text
    for field in fields(context):
        if field.name not in _STATE:
            for path, text in _flat(f"{field.name}", getattr(context, field.name)):
                _put(said, path, text)
    return said


def _put(said: dict[str, str], path: str, text: str) -> None:
    """Keep both where two places have one path: nothing may go unsigned."""
    name, times = path, 1
    while name in said:
        times += 1
        name = f"{path} ({times})"
    said[name] = text


def _of_page(page: Page) -> Iterator[tuple[str, str]]:
    later = [each.name for each in fields(page) if each.name not in {*_ON_A_PAGE, *_ELSEWHERE}]
    for name in (*_ON_A_PAGE, *later):
        yield from _flat(f"{page.id} / {name}", getattr(page, name))


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, FigureSpec):
        yield from _flat(path, {"alt": value.alt, **value.data})
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _NOT_SIGNED:
                yield from _flat(f"{path} / {key}", inner)
    elif is_dataclass(value) and not isinstance(value, type):
        inside = {each.name: getattr(value, each.name) for each in fields(value)}
        yield from _flat(path, inside)
    elif isinstance(value, (Sequence, set, frozenset)) and not isinstance(value, (str, bytes)):
        yield from _entries(path, sorted(value) if isinstance(value, (set, frozenset)) else value)
    else:
        yield path, _text(value)


def _entries(path: str, entries: Sequence[object]) -> Iterator[tuple[str, str]]:
    """A list of numbers as one text; any other entry by entry, by name where each has its own."""
    if entries and all(each is None or isinstance(each, (int, float)) for each in entries):
        yield path, f"[{', '.join(map(_text, entries))}]"
        return
    names = _names(entries) or [str(at) for at in range(1, len(entries) + 1)]
    for name, inner in zip(names, entries, strict=True):
        yield from _flat(f"{path} / {name}", inner)


def _names(entries: Sequence[object]) -> list[str]:
    """What tells the entries apart; empty when nothing does."""
    if not all(isinstance(each, Mapping) for each in entries):
        return []
    for key in _NAMES:
        names = [each.get(key) for each in entries if isinstance(each, Mapping)]
        if all(isinstance(name, str) and name for name in names) and len(set(names)) == len(names):
            return [str(name) for name in names]
    return []


def _text(value: object) -> str:
    """A value as it is signed; nine digits of a number are more than a picture can show."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, (str, int)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    item = getattr(value, "item", None)
    if callable(item):
        return _text(item())
    raise TypeError(f"a page holds {type(value).__name__}, which has no words to be signed")
