"""What is wrong, or new, about the CISO's reporting line, as findings."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from board_report.governance.conflict_controls import HOW_TO_HAVE
from board_report.governance.conflicts import Conflict, ReportingReview
from board_report.governance.roles import CISO, Structure, circles
from board_report.model import Finding, Severity
from board_report.sources.faults import Explanation, explained


class ReportingCode(StrEnum):
    """Findings about reporting lines."""

    CONFLICT_OPEN = "reporting_conflict_open"
    LINE_UNKNOWN = "reporting_line_unknown"
    LINE_CIRCULAR = "reporting_line_circular"
    CHANGED = "reporting_changed"


REPORTING_FAULTS: dict[ReportingCode, Explanation] = {
    ReportingCode.CONFLICT_OPEN: Explanation(
        Severity.WARNING,
        "The CISO's reporting line carries a conflict of interest that nothing on record "
        "compensates.",
        "{sentence} Nothing on record compensates it ({structure}). {evidence}",
        "To compensate it, {how}.",
    ),
    ReportingCode.LINE_UNKNOWN: Explanation(
        Severity.WARNING,
        "The structure cannot be told: there is no CISO on record, or the CISO's line leads to no "
        "known top.",
        "{what}",
        "Enter in people who holds each role and reports_to_role up to the top. Where one person "
        "is both CISO and CTO, give each role its row.",
    ),
    ReportingCode.LINE_CIRCULAR: Explanation(
        Severity.WARNING,
        "Roles report to one another in a circle.",
        "The reporting line runs in a circle: {circle}.",
        "Correct reports_to_role of one of them; the role at the top reports to nobody.",
    ),
    ReportingCode.CHANGED: Explanation(
        Severity.NOTE,
        "The reporting structure, or a line, is another one than a quarter ago.",
        "{what}",
        "Nothing needs doing, if it is so. Tell the board, and look at what compensates the line.",
    ),
}


def reporting_findings(review: ReportingReview) -> Iterator[Finding]:
    """Findings about the line: open conflicts, an unknown or circular line, what changed."""
    for circle in circles(review.holders):
        facts: dict[str, object] = {"circle": " to ".join((*circle, circle[0]))}
        yield _finding(review, ReportingCode.LINE_CIRCULAR, facts, circle[0])
    if review.line.structure is Structure.UNKNOWN:
        yield _finding(review, ReportingCode.LINE_UNKNOWN, {"what": _unknown(review)})
    for conflict in review.open:
        yield _open(review, conflict)
    if review.has_new_structure:
        what = f"The structure was {review.before.words}, and is now {review.line.words}."
        yield _finding(review, ReportingCode.CHANGED, {"what": what})
    for change in review.changed_lines:
        yield _finding(review, ReportingCode.CHANGED, {"what": change.sentence}, change.role)


def _unknown(review: ReportingReview) -> str:
    chain = review.line.chain
    if not chain:
        return "Nobody holds the role CISO on the as-of date."
    if len(chain) == 1:
        return "Nobody is on record whom the CISO reports to."
    if chain[-1] in review.holders:
        return f"The CISO's line runs in a circle: {' to '.join(chain)}."
    return f"The CISO's line breaks off at {chain[-1]}, a role that nobody holds."


def _open(review: ReportingReview, conflict: Conflict) -> Finding:
    facts: dict[str, object] = {
        "sentence": conflict.sentence,
        "structure": review.line.words,
        "evidence": " ".join(f"{each.title}: {each.evidence}" for each in conflict.controls),
        "how": ", or ".join(HOW_TO_HAVE[each.code] for each in conflict.controls),
    }
    return _finding(review, ReportingCode.CONFLICT_OPEN, facts, value=str(conflict.code))


def _finding(
    review: ReportingReview,
    code: ReportingCode,
    facts: dict[str, object],
    role: str = CISO,
    value: str = "",
) -> Finding:
    holder = review.holders.get(role)
    return explained(
        REPORTING_FAULTS[code],
        code,
        facts,
        file=holder.file if holder else "",
        line=holder.line if holder else 0,
        column="reports_to_role",
        value=value or role,
        table="people",
    )
