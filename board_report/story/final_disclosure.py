"""What keeps a disclosure from being final, point by point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.errors import DocumentError
from board_report.story import formats

if TYPE_CHECKING:
    from board_report.story.approvals import SignedSection
    from board_report.story.public_page import PublicContext


@dataclass(frozen=True)
class OpenPoint:
    """One thing that has to be done before the disclosure is final."""

    where: str
    """The sub-item, or what else of the disclosure it is about."""
    sentence: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence} {self.mend}".strip()


class NotFinalError(DocumentError):
    """The disclosure was to be final and is not."""

    def __init__(self, points: Sequence[OpenPoint]) -> None:
        self.points = tuple(points)
        some = formats.counted(len(points), "point keeps", "points keep")
        listed = "\n".join(f"  {each}" for each in points)
        super().__init__(
            f"{some} it from being final.\n{listed}\n",
            where="the disclosure",
            mend="Nothing was written. Without --final the draft is built with its gaps marked.",
        )


def open_points(
    context: PublicContext, signed: SignedSection, more: Sequence[OpenPoint] = ()
) -> tuple[OpenPoint, ...]:
    """Everything that is missing, does not agree, or is not approved; empty when it is final.

    Args:
        context: what the disclosure says, held against the signatures.
        signed: where its section stands.
        more: what others found that a final disclosure may not have.
    """
    return (
        *_gaps(context),
        *_disagreements(context),
        *more,
        *_approval(context, signed),
    )


def _gaps(context: PublicContext) -> Iterator[OpenPoint]:
    entries = (
        entry
        for section in context.sections
        for heading in section.headings
        for entry in heading.entries
    )
    for entry in entries:
        for gap in entry.gaps:
            who = f" by {gap.owner}" if gap.owner else ""
            yield OpenPoint(
                entry.sub_item,
                gap.text,
                f"Have it attested{who} in governance/attestations.csv.",
            )


def _disagreements(context: PublicContext) -> Iterator[OpenPoint]:
    for check in context.checks:
        for sentence in check.to_mend:
            where, _, what = sentence.partition(": ")
            yield OpenPoint(where, what, "Mend the one that is wrong.")


def _approval(context: PublicContext, signed: SignedSection) -> Iterator[OpenPoint]:
    if signed.standing.approved_on is not None:
        return
    step = signed.standing.missing[0]
    first = "It can be approved when nothing else is open." if not context.is_complete else ""
    yield OpenPoint(
        "Approval",
        f"{signed.state}. {first}".rstrip(),
        f"Use: board-report sign-off {signed.id} --step {step.split()[0]} --role ROLE",
    )
