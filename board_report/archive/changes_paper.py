"""What changed between two reports, as text for a terminal and as a paper for a director."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.archive.quarter_changes import (
    PUBLIC_SECTION,
    FigureChange,
    PlainChange,
    QuarterChanges,
    WordChange,
)
from board_report.documents.paper import render_paper
from board_report.documents.pdf import PdfResult
from board_report.governance.word_runs import Mark, Run
from board_report.model import Status
from board_report.story import formats
from board_report.story.redline import pieces_of

if TYPE_CHECKING:
    from board_report.archive.quarter_changes import DefinitionChange
    from board_report.story.redline_page import Piece

TEMPLATE = "archive/changes.html"
_LONG = 1200
_STANDINGS = (str(Status.OFF), str(Status.NEAR), str(Status.ON))
"""From worst to best."""
_MARKED = {
    Mark.DELETE: ("[-", "-]"),
    Mark.INSERT: ("{+", "+}"),
    Mark.MOVED_FROM: ("[<", "<]"),
    Mark.MOVED_TO: ("{>", ">}"),
}


@dataclass(frozen=True)
class FigureRow:
    """A figure that reads otherwise."""

    title: str
    owner: str
    was: str
    now: str
    status: str


@dataclass(frozen=True)
class FigurePart:
    """Figures under one head."""

    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class WordsRow:
    """A passage with its changes."""

    page: str
    part: str
    pieces: tuple[Piece, ...]
    is_long: bool


@dataclass(frozen=True)
class PlainPart:
    """Named things under one head."""

    title: str
    head: str
    rows: tuple[PlainChange, ...]


@dataclass(frozen=True)
class ChangesPaper:
    """All that the paper's template may see."""

    company_name: str
    classification: str
    origin: str
    """``From the archive``: what the two reports were read from."""
    was: str
    now: str
    title: str
    lead: str
    figures: tuple[FigurePart, ...]
    definitions: tuple[DefinitionChange, ...]
    words: tuple[WordsRow, ...]
    plain: tuple[PlainPart, ...]


def changes_paper(
    changes: QuarterChanges, *, company_name: str, classification: str, origin: str
) -> ChangesPaper:
    """Set every word of the paper.

    Args:
        changes: between the two reports.
        company_name: for the head of each page.
        classification: for the foot of each page.
        origin: what the reports were read from.
    """
    worse = [each for each in changes.figures if _turn(each) < 0]
    better = [each for each in changes.figures if _turn(each) > 0]
    others = [each for each in changes.figures if _turn(each) == 0]
    figures = (
        ("Worse against their targets", worse),
        ("Better against their targets", better),
        ("Other figures", others),
    )
    plain = (("Approvals", "Section", changes.approvals), ("Program", "Part", changes.program))
    return ChangesPaper(
        company_name=company_name,
        classification=classification,
        origin=origin,
        was=changes.was,
        now=changes.now,
        title=_title(changes, len(worse), len(better)),
        lead=_lead(changes),
        figures=tuple(FigurePart(head, tuple(map(_row, rows))) for head, rows in figures if rows),
        definitions=changes.definitions,
        words=tuple(map(_words, changes.words)),
        plain=tuple(PlainPart(title, head, rows) for title, head, rows in plain if rows),
    )


def render_changes(paper: ChangesPaper, *, templates: Path, generated_at: datetime) -> PdfResult:
    """The paper as a tagged, archival PDF, Letter size.

    Args:
        paper: what is printed.
        templates: the folder of templates, style sheets and fonts.
        generated_at: the date of the file, with its time zone.

    Raises:
        DocumentError: the page cannot be made.
    """
    return render_paper(TEMPLATE, {"paper": paper}, templates=templates, generated_at=generated_at)


def changes_lines(changes: QuarterChanges) -> Iterator[str]:
    """The same as plain lines, part by part."""
    yield f"{changes.was} -> {changes.now}: {_lead(changes)}"
    for figure in changes.figures:
        row = _row(figure)
        yield f"figure {figure.metric_id}: {row.was} -> {row.now} ({row.status})"
    for each in changes.definitions:
        yield f"definition {each.metric_id}, {each.part}: {each.was or '-'} -> {each.now or '-'}"
    for passage in changes.words:
        yield f"words {_page(passage)}, {passage.part}: {_marked(passage)}"
    for name, rows in (("approval", changes.approvals), ("program", changes.program)):
        for row_ in rows:
            yield f"{name} {row_.name}: {row_.was or '-'} -> {row_.now or '-'}"


def _turn(change: FigureChange) -> int:
    """How many steps it stands better against its target; 0 without one in both reports."""
    if change.status_was not in _STANDINGS or change.status_now not in _STANDINGS:
        return 0
    return _STANDINGS.index(change.status_now) - _STANDINGS.index(change.status_was)


def _title(changes: QuarterChanges, worse: int, better: int) -> str:
    whole = len(changes.figures) + changes.same_figures
    if not changes.figures:
        return f"All {whole} figures of {changes.now} read as in {changes.was}"
    start = f"{len(changes.figures)} of {whole} figures read otherwise than in {changes.was}"
    if not worse and not better:
        return f"{start}; none stands otherwise against its target"
    turned = [
        f"{formats.count_words(count)} {word}"
        for count, word in ((worse, "worse"), (better, "better"))
        if count
    ]
    return f"{start}; against their targets {formats.listed(turned)}"


def _lead(changes: QuarterChanges) -> str:
    passages = len(changes.words) + changes.same_passages
    counts = (
        (len(changes.definitions), "definition", "definitions"),
        (len(changes.approvals), "approval", "approvals"),
        (len(changes.program), "part of the program", "parts of the program"),
    )
    others = [formats.counted(count, one, many) for count, one, many in counts if count]
    said = f"{len(changes.words)} of {passages} passages are said otherwise."
    if not others:
        return f"{said} Definitions, approvals and program are the same."
    return f"{said} Changed besides: {formats.listed(others)}."


def _row(change: FigureChange) -> FigureRow:
    was, now = change.status_was, change.status_now
    status = now if was == now else f"{_short(was)} → {_short(now)}"
    return FigureRow(
        change.title, change.owner, change.was or "not in it", change.now or "not in it", status
    )


def _short(status: str) -> str:
    return status.removesuffix(" target") or "not in it"


def _words(change: WordChange) -> WordsRow:
    length = sum(len(run.text) for run in change.runs)
    return WordsRow(_page(change), change.part, tuple(pieces_of(change.runs)), length > _LONG)


def _page(change: WordChange) -> str:
    if change.section == PUBLIC_SECTION:
        return f"Disclosure {change.part}"
    return change.page.replace("-", " ").capitalize()


def _marked(change: WordChange) -> str:
    return "".join(_with_marks(change.runs))


def _with_marks(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        start, end = _MARKED.get(run.mark, ("", ""))
        text = run.text.rstrip()
        yield f"{start}{text}{end}{run.text[len(text) :]}"
