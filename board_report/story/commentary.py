"""Read the two leaders' commentary: which page, which quarter, and what is said in each section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import CommentaryError, ProjectError
from board_report.period import Quarter
from board_report.story.live_text import Resolver
from board_report.story.markdown_text import words_of
from board_report.story.page import Ask, Judgement
from board_report.story.sections import CommentaryAction, Passage, Sections

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures

KEYS = ("page", "quarter", "title")
"""What the lines between the two ``---`` may set."""


@dataclass(frozen=True)
class Commentary:
    """One page's commentary, with its figures already in it."""

    page: str
    file: str
    title: str = ""
    """Replaces the computed title where a leader wrote one."""
    facts: tuple[Judgement, ...] = ()
    means: tuple[Judgement, ...] = ()
    does: tuple[CommentaryAction, ...] = ()
    recommends: tuple[Judgement, ...] = ()
    needs: Ask | None = None
    notes: tuple[str, ...] = ()
    """Paragraphs for the speaker, which stand in the briefing book alone."""
    questions: tuple[tuple[str, str], ...] = ()
    """(question, answer) that a director may ask; in the briefing book alone."""
    passages: tuple[Passage, ...] = ()
    """All of the above as it was written, for the checks."""
    line: int = 2
    """Of the file, where it names the page."""

    @property
    def is_heard(self) -> bool:
        """True when something of it stands in the page's column."""
        return bool(self.facts or self.means or self.does or self.recommends or self.needs)


def read_commentary(
    project_folder: Path, figures: Figures, currency: str, quarter: Quarter
) -> dict[str, Commentary]:
    """All of ``commentary/*.md``, by page id.

    A file begins with ``---``, lines such as ``page: detect-and-respond`` and ``---``; with a line
    ``quarter: 2026-Q3`` it speaks of that quarter alone and is left out of any other. Then come
    the sections (see :mod:`board_report.story.sections`). Figures are written live, as
    ``{{ metric('mttd') }}``.

    Raises:
        CommentaryError: a file is not of that form, or names a figure that does not exist.
    """
    folder = project_folder / "commentary"
    found: dict[str, Commentary] = {}
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        name = path.relative_to(project_folder).as_posix()
        lines = _read(path, name)
        head, start = _front_matter(lines, name)
        if not _is_of(head, quarter, name):
            continue
        commentary = _parse(lines, head, start, Resolver(figures, currency, name))
        if commentary.page in found:
            raise CommentaryError(
                f"the page {commentary.page!r} already has commentary in "
                f"{found[commentary.page].file}.",
                where=name,
                mend="Join the two files.",
            )
        found[commentary.page] = commentary
    return found


def _is_of(head: Mapping[str, tuple[str, int]], quarter: Quarter, name: str) -> bool:
    """Whether the file speaks of this quarter (or of any)."""
    if "quarter" not in head:
        return True
    words, line = head["quarter"]
    try:
        return Quarter.parse(words) == quarter
    except ProjectError as error:
        raise CommentaryError(error.what, where=f"{name}:{line}", mend=error.mend) from error


def _read(path: Path, name: str) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise CommentaryError(
            f"byte {error.start} is not UTF-8.", where=name, mend="Save the file as UTF-8."
        ) from error


def _front_matter(lines: list[str], name: str) -> tuple[dict[str, tuple[str, int]], int]:
    """The keys, each with its line, and where the text begins (counted from 0)."""
    end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if not lines or lines[0].strip() != "---" or end is None:
        raise CommentaryError(
            "the file does not begin with its page.",
            where=f"{name}:1",
            mend="Begin it with a line '---', a line 'page: NAME' and a line '---'.",
        )
    head = {}
    for at, line in enumerate(lines[1:end], 2):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon and line.strip():
            raise CommentaryError(
                f"{line.strip()!r} is not of the form 'key: value'.", where=f"{name}:{at}"
            )
        if colon and key not in KEYS:
            raise CommentaryError(
                f"{key!r} is not known here.",
                where=f"{name}:{at}",
                mend=f"The keys are: {', '.join(KEYS)}.",
            )
        if colon:
            head[key] = (value, at)
    if not head.get("page", ("", 0))[0]:
        raise CommentaryError("no page is named.", where=f"{name}:1", mend="Add 'page: NAME'.")
    return head, end + 1


def _parse(
    lines: list[str], head: Mapping[str, tuple[str, int]], start: int, resolve: Resolver
) -> Commentary:
    sections = Sections(resolve)
    title = ""
    if head.get("title", ("", 0))[0]:
        words, line = head["title"]
        said = words_of(resolve(words, line), resolve.live, sections.refuse)
        title = said.text
        sections.passages.append(Passage("title", said.pieces))
    sections.read(resolve("\n".join(lines[start:]), start + 1))
    return Commentary(
        page=head["page"][0],
        file=resolve.file,
        title=title,
        facts=tuple(sections.facts),
        means=tuple(sections.means),
        does=tuple(sections.does),
        recommends=tuple(sections.recommends),
        needs=sections.needs,
        notes=tuple(sections.notes),
        questions=tuple(sections.questions),
        passages=tuple(sections.passages),
        line=head["page"][1],
    )
