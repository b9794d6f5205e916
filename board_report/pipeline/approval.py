"""Who signed what a report says, whether that still holds, and recording a further signature."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.errors import CommentaryError
from board_report.model import Finding
from board_report.pipeline.contexts import briefing_context, deck_context, disclosure_context
from board_report.pipeline.inputs import Inputs, compute_figures, read_inputs, required_approvers
from board_report.pipeline.names import DECKS
from board_report.pipeline.story import Story, refuse, tell_story
from board_report.story.page import Mode

if TYPE_CHECKING:
    from board_report.governance.sign_offs import SignOff
    from board_report.metrics.evaluate import Figures
    from board_report.story.approvals import Approvals, SignedSection


def with_approvals(
    inputs: Inputs, figures: Figures, story: Story, *, needs_disclosure: bool = True
) -> Story:
    """Hold what every section says against the signatures on file.

    Raises:
        CommentaryError: the disclosure is needed and cannot be drafted.
    """
    from board_report.story.approvals import read_approvals
    from board_report.story.public import with_approval
    from board_report.story.section_content import contents_of
    from board_report.story.signed_sections import PUBLIC

    project, facts = inputs.project, story.facts
    public = None
    with nullcontext() if needs_disclosure else suppress(CommentaryError):
        public = disclosure_context(inputs, figures)
    approvals = read_approvals(
        project.folder,
        project.quarter,
        contents_of(
            story.pages,
            deck_context(story).pages[:1],
            {metric_id: facts.text(metric_id) for metric_id in figures.specs},
            [briefing_context(story, Mode(mode)) for mode in DECKS],
            public,
        ),
        required_approvers(project, inputs.loaded.tables),
    )
    if public is not None:
        signed = approvals[PUBLIC]
        public = with_approval(public, signed.standing.approved_on, signed.required_roles)
    found = (*story.findings, *approvals.findings)
    return replace(story, approvals=approvals, public=public, findings=found)


def refuse_unless_final(story: Story) -> None:
    """Stop a build that was to be final.

    Raises:
        NotFinalError: something is missing, does not agree or is not approved; all of it is told.
    """
    from board_report.story.disclosure_lint import lint_points
    from board_report.story.final_disclosure import NotFinalError, open_points
    from board_report.story.signed_sections import PUBLIC

    assert story.public is not None
    assert story.approvals is not None
    more = lint_points(story.facts.disclosure_lint)
    points = open_points(story.public, story.approvals[PUBLIC], more)
    if points:
        raise NotFinalError(points)


def check_story(inputs: Inputs) -> tuple[Finding, ...]:
    """What is wrong with what would be said, where the data allow a report at all.

    Raises:
        CommentaryError: commentary cannot be read at all.
        ProjectError: ``[approvers]`` names what there is not.
    """
    from board_report.governance.sign_off_files import signed_files

    if inputs.stops:
        return ()
    figures, model = compute_figures(inputs)
    story = tell_story(inputs, figures, model)
    if not signed_files(inputs.project.folder, inputs.project.quarter):
        return story.findings
    return with_approvals(inputs, figures, story, needs_disclosure=False).findings


@dataclass(frozen=True)
class Reviewed:
    """A report that is told and not printed, with where its sections stand."""

    inputs: Inputs
    story: Story
    approvals: Approvals


def review(
    folder: Path,
    *,
    quarter: str | None = None,
    as_of: date | None = None,
    on_findings: Callable[[Inputs], None] = lambda _: None,
) -> Reviewed:
    """Everything that a build says, and where its sections stand; nothing is written.

    Raises:
        BoardReportError: the report cannot be built as it is, so there is nothing to sign.
    """
    inputs = read_inputs(folder, quarter=quarter, as_of=as_of)
    on_findings(inputs)
    figures, model = compute_figures(inputs)
    story = with_approvals(inputs, figures, tell_story(inputs, figures, model))
    refuse(story)
    assert story.approvals is not None
    return Reviewed(inputs, story, story.approvals)


def sign_off(
    reviewed: Reviewed, section: str, step: str, role: str, *, on: datetime, note: str = ""
) -> tuple[SignOff, SignedSection]:
    """Record a signature in the project.

    Args:
        reviewed: what the report says.
        section: its id, however it is written.
        step: ``prepared``, ``reviewed``, ``approved`` or ``withdrawn``.
        role: of whoever signs.
        on: date and time with offset.
        note: of whoever signs, for the record.

    Returns:
        The record, and where the section stands with it.

    Raises:
        SignOffError: it may not be given; nothing was recorded.
        ProjectError: there is no such section.
    """
    from board_report.archive.sign_off_record import add_record
    from board_report.governance.rows import plain_rows
    from board_report.governance.sign_off_files import read_section, record_text, section_folder
    from board_report.governance.sign_offs import Step
    from board_report.governance.signing import Request, signature
    from board_report.story.approvals import sign_section

    project, told = reviewed.inputs.project, reviewed.approvals.find(section)

    def on_file() -> SignedSection:
        """Read anew, since somebody may have signed while this report was told."""
        files = read_section(project.folder, project.quarter, told.id)
        return sign_section(told.id, told.pages, told.content, told.required_roles, files)

    signed = on_file()
    record = signature(
        Request(signed.id, Step(step), role, on, note, _incomplete(reviewed.story, signed.id)),
        plain_rows(reviewed.inputs.loaded.tables.frame("people")),
        signed.content,
        signed.standing,
        signed.files,
        section_folder(project.quarter, signed.id),
    )
    add_record(project.folder / record.file, record_text(record))
    return record, on_file()


def _incomplete(story: Story, section: str) -> str:
    """Why the disclosure cannot be approved as it is; empty for every other section."""
    from board_report.story.signed_sections import PUBLIC

    public = story.public
    return public.summary if section == PUBLIC and public and not public.is_complete else ""
