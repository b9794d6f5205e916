"""What can be wrong with a RACI and with decisions taken under it, and what a leader can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from board_report.model import Finding
from board_report.sources.faults import Explanation, explained, warning


class RaciCode(StrEnum):
    """Findings about the RACI, and about decisions and acceptances held against it."""

    NO_ACCOUNTABLE = "raci_no_accountable"
    SEVERAL_ACCOUNTABLE = "raci_several_accountable"
    NO_RESPONSIBLE = "raci_no_responsible"
    OVERLAP_MISSING = "raci_overlap_missing"
    ACCOUNTABLE_BELOW = "raci_accountable_below"
    OWN_WORK = "raci_own_work"
    OVERLOADED = "raci_overloaded"
    OWN_ACCEPTANCE = "raci_own_acceptance"
    DECIDED_BY_OTHER = "raci_decided_by_other"
    ACTIVITY_UNKNOWN = "raci_activity_unknown"


RACI_FAULTS: dict[RaciCode, Explanation] = {
    RaciCode.NO_ACCOUNTABLE: warning(
        "Nobody is accountable for an activity.",
        "Nobody is accountable for “{activity}”.",
        "Give the A for “{activity}” to {candidates}.",
    ),
    RaciCode.SEVERAL_ACCOUNTABLE: warning(
        "More than one role is accountable for an activity, so each may wait for the other.",
        "“{activity}” has {count} accountable roles: {names}.",
        "Leave the A for “{activity}” with {candidates}, and make the others R or C.",
    ),
    RaciCode.NO_RESPONSIBLE: warning(
        "Nobody is responsible for doing an activity.",
        "Nobody is responsible for doing “{activity}”.",
        "Give an R for “{activity}” to {candidates}.",
    ),
    RaciCode.OVERLAP_MISSING: warning(
        "One of the four decisions that lie with both leaders has no activity.",
        "The RACI has no activity for {subject}, which lies with both leaders.",
        "Add the activity with subject = {code}, or write {code} in the column subject of the "
        "activity that it has for it.",
    ),
    RaciCode.ACCOUNTABLE_BELOW: warning(
        "An accountable officer reports to somebody who does the work, and has no line of their "
        "own to the directors.",
        "For “{activity}” {role} answers for what {above} does, and reports to {above} without a "
        "line to the directors.",
        "Give the A for “{activity}” to {above} or somebody above both, or give {role} a line to "
        "the directors (dotted_line_to_role in people).",
    ),
    RaciCode.OWN_WORK: warning(
        "One officer of the two offices alone does and answers for accepting risk, or for "
        "disclosure, and so judges the officer's own work.",
        "For “{activity}” {names} alone does the work and answers for it, and so judges own work.",
        "Give the A for “{activity}” to {candidates}, or an R for it to a second officer.",
    ),
    RaciCode.OVERLOADED: warning(
        "A role is accountable for more than a third of all activities, or does the work in more "
        "than two thirds of them.",
        "{role} {does} {count} of {total} activities, more than {share}.",
        "Give some of them to another role; {role} has: {activities}.",
    ),
    RaciCode.OWN_ACCEPTANCE: warning(
        "A risk was accepted with the approval of nobody but whoever asked for it.",
        "Risk acceptance {number} was approved by whoever asked for it: {names}.",
        "Have {number} approved again by {candidates}.",
    ),
    RaciCode.DECIDED_BY_OTHER: warning(
        "A decision was taken by a role that is not accountable for the activity.",
        "{role} decided {entry}, “{title}”; the RACI gives that to {names}.",
        "Have {names} confirm {entry} of {day} or take it back, or give {role} the A for "
        "“{activity}”.",
    ),
    RaciCode.ACTIVITY_UNKNOWN: warning(
        "A decision was taken on an activity that the RACI does not have.",
        "{role} decided {entry}, “{title}”; the RACI has no activity “{activity}”.",
        "Add “{activity}” to the RACI with one A, or correct the activity of {entry}{hint}.",
    ),
}


@dataclass(frozen=True)
class RaciFinding:
    """Something that breaks a rule of the RACI, or was decided against it."""

    code: RaciCode
    activity: str
    """Empty when it is about a role or an acceptance."""
    roles: tuple[str, ...] = ()
    """The roles concerned; empty when the fault is that there is none."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What fills the braces of the explanation."""
    table: str = "raci"
    file: str = ""
    line: int = 0

    @property
    def sentence(self) -> str:
        """What is wrong."""
        said = RACI_FAULTS[self.code].reason.format(**self.facts)
        return said[:1].upper() + said[1:]

    @property
    def mend(self) -> str:
        """What a leader can do about it."""
        return RACI_FAULTS[self.code].mend.format(**self.facts)

    def finding(self) -> Finding:
        """The same as a finding of the input."""
        made = explained(
            RACI_FAULTS[self.code],
            self.code,
            dict(self.facts),
            file=self.file,
            line=self.line,
            value=self.activity or ", ".join(self.roles),
            table=self.table,
        )
        return replace(made, reason=self.sentence)
