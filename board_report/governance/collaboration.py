"""What can be questioned in how the two offices work together, as findings.

Reviews and disputes are looked at over the four quarters that end with the one reported on;
vendors are in :mod:`board_report.governance.vendor_findings`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.governance.disputes import DAYS_OPEN, Dispute, disputes_of
from board_report.governance.incident_reviews import (
    DAYS_TO_REVIEW,
    Review,
    ReviewState,
    incident_reviews,
)
from board_report.model import Finding, Severity
from board_report.sources.faults import Explanation, explained

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.tables.schema import TableSet


class CollaborationCode(StrEnum):
    """What can be questioned."""

    REVIEW_MISSING = "review_missing"
    REVIEW_ONE_OFFICE = "review_one_office"
    DISPUTE_OPEN_LONG = "dispute_open_long"


COLLABORATION_FAULTS: dict[CollaborationCode, Explanation] = {
    CollaborationCode.REVIEW_MISSING: Explanation(
        Severity.WARNING,
        f"A major incident was recovered more than {DAYS_TO_REVIEW} days before the quarter's end "
        "and no review was held.",
        "{value} ({title}) was recovered {days} days before {cutoff} and no review was held.",
        "Hold the review with an owner of each office, or enter the date on which it was held.",
    ),
    CollaborationCode.REVIEW_ONE_OFFICE: Explanation(
        Severity.WARNING,
        "A post-incident review has an owner in one office only, or in none.",
        "the review {value} of {incident} has no owner in {offices}.",
        "Name an owner of the review in each office.",
    ),
    CollaborationCode.DISPUTE_OPEN_LONG: Explanation(
        Severity.WARNING,
        f"A dispute between the two offices is open for more than {DAYS_OPEN} days.",
        "{value} ({subject}) is open for {days} days; {raiser} raised it on {raised}.",
        "Settle it, or bring it to whoever both leaders report to.",
    ),
}
"""What each code means; every code has one."""


def collaboration_findings(tables: TableSet, window: Window) -> tuple[Finding, ...]:
    """What can be questioned in reviews and disputes; nothing is said of files not given."""
    reviews = incident_reviews(tables, window) if tables.measured("incident_reviews") else ()
    return (
        *(finding for each in reviews for finding in _of_review(each, window)),
        *(_of_dispute(each) for each in disputes_of(tables, window) if each.is_open_long),
    )


def _of_review(review: Review, window: Window) -> Iterator[Finding]:
    incident = review.incident
    if review.state is ReviewState.MISSING and incident.recovered:
        code = CollaborationCode.REVIEW_MISSING
        yield explained(
            COLLABORATION_FAULTS[code],
            code,
            {
                "title": incident.title,
                "days": (window.cutoff - incident.recovered).days,
                "cutoff": window.cutoff_day.isoformat(),
            },
            file=review.file or incident.file,
            line=review.line or incident.line,
            column="held_on" if review.line else "incident_id",
            value=incident.incident_id,
            table="incident_reviews" if review.line else "incidents",
        )
    if review.state is ReviewState.HELD and review.offices_without_owner:
        code = CollaborationCode.REVIEW_ONE_OFFICE
        offices = [f"the {each}'s office" for each in review.offices_without_owner]
        yield explained(
            COLLABORATION_FAULTS[code],
            code,
            {"incident": incident.incident_id, "offices": " or ".join(offices)},
            file=review.file,
            line=review.line,
            column=f"{review.offices_without_owner[0].lower()}_office_owner",
            value=review.review_id,
            table="incident_reviews",
        )


def _of_dispute(dispute: Dispute) -> Finding:
    code = CollaborationCode.DISPUTE_OPEN_LONG
    return explained(
        COLLABORATION_FAULTS[code],
        code,
        {
            "subject": dispute.subject,
            "days": dispute.days,
            "raiser": f"the {dispute.raised_by}",
            "raised": dispute.raised_on.isoformat(),
        },
        file=dispute.file,
        line=dispute.line,
        column="settled_on",
        value=dispute.dispute_id,
        table="disputes",
    )
