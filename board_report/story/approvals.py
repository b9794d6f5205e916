"""Where all sections of a report stand, and what follows for each document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from board_report.errors import ProjectError
from board_report.governance.sign_off_codes import SIGN_OFF_FAULTS, SignOffCode
from board_report.governance.sign_off_files import SectionFiles, read_section
from board_report.governance.sign_offs import Mark, Standing, standing
from board_report.model import Finding
from board_report.period import Quarter
from board_report.sources.faults import explained
from board_report.story import formats
from board_report.story.signed_sections import find_section


@dataclass(frozen=True)
class SignedSection:
    """One section: what it says, on which pages, and where it stands."""

    id: str
    pages: tuple[str, ...]
    """Ids of its pages; of the public document its file's name."""
    content: Mapping[str, str]
    required_roles: tuple[str, ...]
    files: SectionFiles
    standing: Standing

    @property
    def state(self) -> str:
        """``Approved 20 Oct 2026``, or what comes next."""
        if self.standing.approved_on:
            return f"Approved {formats.day(self.standing.approved_on)}"
        next_step = self.standing.missing[0]
        if self.standing.void:
            return f"Changed since it was signed; to be {next_step} again"
        return f"To be {next_step}"


@dataclass(frozen=True)
class Approvals:
    """Every section that this report has."""

    sections: tuple[SignedSection, ...]

    def __getitem__(self, section: str) -> SignedSection:
        """The section of that id."""
        return next(each for each in self.sections if each.id == section)

    def approved_on(self, sections: Iterable[str]) -> date | None:
        """The day on which the last of these sections was approved; None while one is not."""
        wanted = set(sections)
        days = [each.standing.approved_on for each in self.sections if each.id in wanted]
        known = [each for each in days if each is not None]
        return max(known) if known and len(known) == len(days) else None

    def find(self, name: str) -> SignedSection:
        """The section of that name, however it is written.

        Raises:
            ProjectError: there is none, or this report has no page of it.
        """
        section = find_section(name).id
        for each in self.sections:
            if each.id == section:
                return each
        raise ProjectError(
            f"this report has no page of the section {section}.",
            mend=f"Its sections are: {', '.join(each.id for each in self.sections)}.",
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Signatures that cannot be relied on, and those that no longer hold."""
        return tuple(
            finding
            for each in self.sections
            for finding in (*each.files.findings, *map(_void_finding, void_together(each)))
        )

    @property
    def record(self) -> list[dict[str, object]]:
        """For the manifest: each signature that was given, and whether it holds."""
        return [
            {
                "section": each.id,
                "step": str(mark.step),
                "role": mark.role,
                "on": mark.record.on.isoformat(),
                "content_sha256": mark.record.content_sha256,
                "state": str(mark.validity),
            }
            for each in self.sections
            for mark in each.standing.marks
            if mark.record is not None
        ]


def read_approvals(
    project: Path,
    quarter: Quarter,
    contents: Mapping[str, tuple[Sequence[str], Mapping[str, str]]],
    roles: Mapping[str, tuple[str, ...]],
) -> Approvals:
    """Hold what is on file against what the sections say.

    Args:
        project: the project's folder.
        quarter: that is reported on.
        contents: section to its pages' ids and what they say; one without pages is left out.
        roles: section to who must approve it.
    """
    return Approvals(
        tuple(
            sign_section(each, pages, said, roles[each], read_section(project, quarter, each))
            for each, (pages, said) in contents.items()
            if pages
        )
    )


def sign_section(
    section: str,
    pages: Sequence[str],
    said: Mapping[str, str],
    roles: tuple[str, ...],
    files: SectionFiles,
) -> SignedSection:
    """A section with where it stands by the signatures on file."""
    stands = standing(section, said, files.records, roles)
    return SignedSection(section, tuple(pages), said, roles, files, stands)


def void_together(section: SignedSection) -> tuple[tuple[Mark, ...], ...]:
    """The signatures that no longer hold, those with the same reason together, in order."""
    found: dict[tuple[object, ...], list[Mark]] = {}
    for mark in section.standing.void:
        found.setdefault((mark.differences, mark.reason), []).append(mark)
    return tuple(tuple(marks) for marks in found.values())


def signed_words(marks: Sequence[Mark]) -> str:
    """``what COO prepared on 18 Oct 2026 and CISO approved on 20 Oct 2026``."""
    each = [
        f"{mark.record.role} {mark.step} on {formats.day(mark.record.day)}"
        for mark in marks
        if mark.record
    ]
    return f"what {formats.listed(each)}"


def changes_words(mark: Mark) -> str:
    """Why a signature no longer holds, in one sentence without its full stop."""
    if mark.reason:
        return mark.reason
    more = f"; and {formats.counted(mark.more, 'more', 'more', words=False)}" if mark.more else ""
    return f"{'; '.join(mark.changes)}{more}"


def _void_finding(marks: Sequence[Mark]) -> Finding:
    record = marks[-1].record
    assert record is not None
    return explained(
        SIGN_OFF_FAULTS[SignOffCode.VOID],
        SignOffCode.VOID,
        {
            "section": record.section,
            "signed": signed_words(marks),
            "changes": changes_words(marks[-1]),
        },
        file=record.file,
    )
