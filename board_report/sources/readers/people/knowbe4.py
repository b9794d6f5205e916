"""Training enrollments and phishing tests of KnowBe4, as its reporting API gives them."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Reader, Records

_REFERENCE = "KnowBe4, Reporting API (vendor demo values)"

READERS = (
    Reader(
        id="knowbe4-training",
        tool="KnowBe4",
        export="training enrollments, as JSON of the reporting API",
        preset=SourceSpec(
            table="training_enrollments",
            file="",
            columns={
                "enrollment_id": "enrollment_id",
                "course": "module_name",
                "assigned_on": "enrollment_date",
                "completed_on": "completion_date",
            },
        ),
        signatures=(
            Records(has=("enrollment_id", "module_name", "enrollment_date", "completion_date")),
        ),
        evidence=Evidence.SAMPLE,
        reference=_REFERENCE,
        traps=(
            "The API has no due date, so that training on time is not measured unless "
            "due_within_days or a due date of your own is given.",
            "It names neither business unit nor audience; a course completed before it was "
            "assigned, as the vendor's own sample has it, is set aside.",
            "The reports that are downloaded as CSV are not recognized: their headers could not "
            "be confirmed, so map their columns yourself.",
        ),
    ),
    Reader(
        id="knowbe4-phishing",
        tool="KnowBe4",
        export="phishing security tests, as JSON of the reporting API",
        preset=SourceSpec(
            table="phishing_campaigns",
            file="",
            columns={
                "campaign_id": "pst_id",
                "sent_on": "started_at",
                "delivered": "delivered_count",
                "clicked": "clicked_count",
                "reported": "reported_count",
            },
        ),
        signatures=(
            Records(has=("pst_id", "phish_prone_percentage", "delivered_count", "clicked_count")),
        ),
        evidence=Evidence.SAMPLE,
        reference=_REFERENCE,
        traps=(
            "Each phishing security test is a row; its campaign may have several.",
            "Only clicks are counted: KnowBe4's own percentage also counts replies, opened "
            "attachments and entered data, so that it may be higher.",
            "It names neither business unit nor difficulty; a test with more clicks than "
            "deliveries, as the vendor's own sample has it, is set aside.",
        ),
    ),
)
