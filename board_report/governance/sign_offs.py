"""Who prepared, reviewed and approved a section, and whether that still holds for what it says.

A signature is for the words and figures as they were: it carries them and their hash. It stands
while the section says the same, and is void as soon as it says something else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from board_report.governance.sign_off_differences import Difference, differences

CHANGES_SHOWN = 5


class Step(StrEnum):
    """What a signature says."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    """Takes back all that the role signed in the section before."""


STEPS = (Step.PREPARED, Step.REVIEWED, Step.APPROVED)
"""The steps in their order."""


@dataclass(frozen=True)
class SignOff:
    """One signature, as its file holds it."""

    section: str
    step: Step
    role: str
    person: str
    """Who held the role on that day."""
    on: datetime
    """With its offset from UTC."""
    note: str
    content: Mapping[str, str]
    """What was signed: path to printed text, in the order of the pages."""
    content_sha256: str
    previous_sha256: str
    """Of the file before in the section; empty for the first."""
    number: int
    """1 for the first in the section."""
    file: str
    """Relative to the project."""

    @property
    def day(self) -> date:
        """The day on which it was signed, where the signer was."""
        return self.on.date()


class Validity(StrEnum):
    """Whether a signature holds."""

    VALID = "valid"
    VOID = "void"
    MISSING = "missing"


@dataclass(frozen=True)
class Mark:
    """Where one step stands, for one role where the role matters."""

    step: Step
    role: str
    """Who signed, or must sign; empty where anybody may and nobody did."""
    validity: Validity
    record: SignOff | None = None
    differences: tuple[Difference, ...] = ()
    """What voids it: figures first, then titles and the leaders' words, then the rest."""
    reason: str = ""
    """Why it is void although the section says the same."""

    @property
    def changes(self) -> tuple[str, ...]:
        """The first differences as sentences."""
        return tuple(each.sentence for each in self.differences[:CHANGES_SHOWN])

    @property
    def more(self) -> int:
        """How many differences :attr:`changes` leaves out."""
        return max(len(self.differences) - CHANGES_SHOWN, 0)


@dataclass(frozen=True)
class Standing:
    """Where a section stands on its way to approval."""

    section: str
    content_sha256: str
    prepared: Mark
    reviewed: Mark
    approved: tuple[Mark, ...]
    """One for each role that must approve."""
    preparers: frozenset[str]
    """Who prepared what the section says now; they may not review or approve it."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All steps in order."""
        return (self.prepared, self.reviewed, *self.approved)

    @property
    def is_approved(self) -> bool:
        """True when every role that must approve approved what the section says now."""
        return bool(self.approved) and all(
            each.validity is Validity.VALID for each in self.approved
        )

    @property
    def approved_on(self) -> date | None:
        """The day of the last approval that was needed; None while one is missing."""
        if not self.is_approved:
            return None
        return max(each.record.day for each in self.approved if each.record)

    @property
    def void(self) -> tuple[Mark, ...]:
        """The signatures that no longer hold."""
        return tuple(each for each in self.marks if each.validity is Validity.VOID)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be done, in order: ``prepared``, ``reviewed``, ``approved by CFO``."""
        return tuple(
            f"{each.step} by {each.role}" if each.step is Step.APPROVED else str(each.step)
            for each in self.marks
            if each.validity is not Validity.VALID
        )


def content_sha256(content: Mapping[str, str]) -> str:
    """Hash of what a section says, whatever the order of its entries."""
    text = json.dumps(dict(content), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def standing(
    section: str,
    content: Mapping[str, str],
    records: Iterable[SignOff],
    required_roles: Sequence[str],
) -> Standing:
    """Where a section stands.

    A review counts after a preparation, and an approval after a review, of the same content;
    neither counts for a person who prepared it.

    Args:
        section: its id.
        content: what it says now.
        records: its signatures that can be relied on.
        required_roles: who must approve it.
    """
    live = _not_withdrawn(records)
    sha256 = content_sha256(content)
    same = [each for each in live if each.content_sha256 == sha256]
    prepared = [each for each in same if each.step is Step.PREPARED]
    preparers = frozenset(each.person.casefold() for each in prepared)
    reviewed = _after(same, Step.REVIEWED, prepared, preparers)
    approved = _after(same, Step.APPROVED, reviewed, preparers)
    return Standing(
        section=section,
        content_sha256=sha256,
        prepared=_mark(Step.PREPARED, "", prepared, live, content),
        reviewed=_mark(Step.REVIEWED, "", reviewed, live, content),
        approved=tuple(
            _mark(
                Step.APPROVED,
                role,
                [each for each in approved if each.role == role],
                [each for each in live if each.role == role],
                content,
            )
            for role in required_roles
        ),
        preparers=preparers,
    )


def _not_withdrawn(records: Iterable[SignOff]) -> list[SignOff]:
    live: list[SignOff] = []
    for each in sorted(records, key=lambda one: one.number):
        if each.step is Step.WITHDRAWN:
            live = [kept for kept in live if kept.role != each.role]
        else:
            live.append(each)
    return live


def _after(
    records: Iterable[SignOff], step: Step, before: Sequence[SignOff], preparers: frozenset[str]
) -> list[SignOff]:
    """The signatures of a step that follow one of the step before, not by those who prepared."""
    first = min((each.number for each in before), default=None)
    return [
        each
        for each in records
        if each.step is step
        and first is not None
        and each.number > first
        and each.person.casefold() not in preparers
    ]


def _mark(
    step: Step,
    role: str,
    valid: Sequence[SignOff],
    live: Sequence[SignOff],
    content: Mapping[str, str],
) -> Mark:
    if valid:
        return Mark(step, valid[-1].role, Validity.VALID, valid[-1])
    old = [each for each in live if each.step is step]
    if not old:
        return Mark(step, role, Validity.MISSING)
    found = differences(old[-1].content, content)
    reason = "" if found else "what it rests on was withdrawn, or it is of the signer's own work"
    return Mark(step, old[-1].role, Validity.VOID, old[-1], found, reason)
