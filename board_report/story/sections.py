"""The sections of one file of commentary, each put where the page or the briefing book wants it.

=============================  ================================================================
``## The facts``               what happened, paragraph by paragraph; ``: ROLE`` may follow
``## What it means: ROLE``     the judgement of a leader
``## What we do``              a list of ``text | role | 2026-12-15``
``## What we recommend: ROLE`` what a leader recommends
``## What we need``            ``what is asked | detail``
``## Notes``                   for the speaker: in the briefing book alone
``## Questions``               a list of ``question | answer``: in the briefing book alone
=============================  ================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from board_report.errors import CommentaryError
from board_report.story.live_text import Resolver, TextLine
from board_report.story.markdown_text import (
    Piece,
    Words,
    is_item,
    paragraphs,
    split_at_bars,
    words_of,
)
from board_report.story.page import Ask, Judgement

FACTS, MEANS, DOES = "The facts", "What it means", "What we do"
RECOMMENDS, NEEDS, NOTES, QUESTIONS = "What we recommend", "What we need", "Notes", "Questions"
HEADINGS = {
    FACTS: "may", MEANS: "must", DOES: "", RECOMMENDS: "must", NEEDS: "", NOTES: "", QUESTIONS: "",
}  # fmt: skip
"""Each heading, and whether a role must or may follow it."""
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")


@dataclass(frozen=True)
class CommentaryAction:
    """One line under "What we do"."""

    text: str
    role: str
    by: date | None
    marked: str = ""


@dataclass(frozen=True)
class Passage:
    """Words of one section in a row, with what was typed in them and what is live."""

    section: str
    """The heading without its role, or ``title``."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """As printed, without emphasis."""
        return "".join(each.text for each in self.pieces)

    def line_at(self, place: int) -> int:
        """The line of the file that a place of the text comes from."""
        for each in self.pieces:
            if place < len(each.text):
                return each.line
            place -= len(each.text)
        return self.pieces[-1].line if self.pieces else 0


@dataclass
class Sections:
    """What has been read of one file so far."""

    resolve: Resolver
    facts: list[Judgement] = field(default_factory=list)
    means: list[Judgement] = field(default_factory=list)
    does: list[CommentaryAction] = field(default_factory=list)
    recommends: list[Judgement] = field(default_factory=list)
    needs: Ask | None = None
    notes: list[str] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def read(self, lines: Sequence[TextLine]) -> None:
        """Take the lines of the file's body, figures in place.

        Raises:
            CommentaryError: a heading is not known, or a section is not of its form.
        """
        section, role, at, text = "", "", 0, list[TextLine]()
        for line in lines:
            heading = _HEADING.match(line.text)
            if not heading:
                text.append(line)
                continue
            self._take(section, role, text, at)
            section, role = self._heading(heading, line.line)
            text, at = [], line.line
        self._take(section, role, text, at)

    def refuse(self, what: str, line: int, mend: str = "") -> CommentaryError:
        """The error for a line of this file."""
        return CommentaryError(what, where=f"{self.resolve.file}:{line}", mend=mend)

    # --- headings --------------------------------------------------------------------------------

    def _heading(self, found: re.Match[str], line: int) -> tuple[str, str]:
        """The section and its role."""
        name, colon, role = (part.strip() for part in found[2].partition(":"))
        known = {each.lower(): each for each in HEADINGS}
        section = known.get(name.lower(), "")
        takes = HEADINGS.get(section, "")
        if section and found[1] == "##" and not (colon and not takes):
            if takes == "must" and not role:
                raise self.refuse(
                    f"the heading {found[2]!r} does not say who speaks.",
                    line,
                    f"Write '## {section}: CISO'.",
                )
            return section, role
        near = section or next(
            iter(known[each] for each in get_close_matches(name.lower(), known, 1, 0.4)), ""
        )
        shape = f"{near}: {role or 'CISO'}" if HEADINGS.get(near) == "must" else near
        hint = f"Did you mean '## {shape}'? " if near else ""
        raise self.refuse(
            f"the heading {found[2]!r} is not known.",
            line,
            f"{hint}The headings are: {', '.join(HEADINGS)}.",
        )

    # --- sections --------------------------------------------------------------------------------

    def _take(self, section: str, role: str, lines: list[TextLine], at: int) -> None:
        """Put one section's text where it belongs; an empty one is left out."""
        blocks = paragraphs(lines)
        if not blocks:
            return
        if not section:
            raise self.refuse(
                "these words stand before the first heading.",
                blocks[0][0].line,
                "Put them under a heading, as '## What it means: CISO'.",
            )
        self._refuse_remarks(lines)
        if section == FACTS:
            self.facts += [_judgement(role, self._words(section, each)) for each in blocks]
        elif section in (MEANS, RECOMMENDS):
            said = self._words(section, [line for block in blocks for line in block])
            (self.means if section == MEANS else self.recommends).append(_judgement(role, said))
        elif section == NEEDS:
            self._need(blocks, at)
        elif section == NOTES:
            self.notes += [self._words(section, each).text for each in blocks]
        else:
            self._refuse_loose_lines(section, lines)
            for block in blocks:
                (self._action if section == DOES else self._question)(block)

    def _words(self, section: str, lines: Sequence[TextLine]) -> Words:
        said = words_of(lines, self.resolve.live, self.refuse)
        if said.pieces:
            self.passages.append(Passage(section, said.pieces))
        return said

    def _refuse_remarks(self, lines: Sequence[TextLine]) -> None:
        for each in lines:
            if "<!--" in each.text:
                raise self.refuse(
                    "a remark like this one would be printed.",
                    each.line,
                    "Write remarks as {# ... #}.",
                )

    def _refuse_loose_lines(self, section: str, lines: Sequence[TextLine]) -> None:
        """Words before the first item of a list would be taken for one."""
        first = next(each for each in lines if each.text.strip())
        if not is_item(first):
            form = "- text | role | 2026-12-15" if section == DOES else "- question | answer"
            raise self.refuse(
                f"what stands under '## {section}' is a list.", first.line, f"Write '{form}'."
            )

    def _need(self, blocks: Sequence[Sequence[TextLine]], at: int) -> None:
        if self.needs is not None:
            raise self.refuse(
                f"'## {NEEDS}' stands here twice.", at, "Ask for one thing, or join the two."
            )
        asked, *rest = split_at_bars([line for block in blocks for line in block])
        said = self._words(NEEDS, asked)
        detail = self._words(NEEDS, [line for part in rest for line in part])
        self.needs = Ask(said.text, detail.text, said.marked)

    def _action(self, block: Sequence[TextLine]) -> None:
        parts = [*split_at_bars(block), [], []]
        said = self._words(DOES, parts[0])
        role, when = (words_of(each, self.resolve.live, self.refuse).text for each in parts[1:3])
        try:
            by = date.fromisoformat(when) if when else None
        except ValueError as error:
            raise self.refuse(
                f"{when!r} is not a date.",
                block[0].line,
                "Write the action as 'text | role | 2026-12-15'.",
            ) from error
        self.does.append(CommentaryAction(said.text, role, by, said.marked))

    def _question(self, block: Sequence[TextLine]) -> None:
        asked, *rest = split_at_bars(block)
        question = self._words(QUESTIONS, asked)
        answer = self._words(QUESTIONS, [line for part in rest for line in part])
        if not (question.pieces and answer.pieces):
            raise self.refuse(
                "this question has no answer.", block[0].line, "Write '- question | answer'."
            )
        self.questions.append((question.text, answer.text))


def _judgement(role: str, said: Words) -> Judgement:
    return Judgement(role, said.text, said.marked)
