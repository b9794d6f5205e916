"""The cover: whose report, for which quarter, what is in it, and every incident of two years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import IncidentRow, incidents_of, worst_of
from board_report.story.page import FigureSpec, Page
from board_report.story.unfinished import cover_words

_HEIGHT_OF_PICTURE = 190


def build(facts: BoardFacts, pages: Sequence[Page], title: str) -> tuple[Page, ...]:
    """The cover, with the title of the deck and the contents of the pages that follow it."""
    count, picture = _timeline(facts)
    return (
        Page(
            id="cover",
            section="Cover",
            title=title,
            context="",
            owners=facts.owner("CISO", "CTO"),
            voices_room=None,
            sources="",
            body={
                "as_of_long": formats.day_long(facts.as_of),
                "not_over": cover_words(facts.window),
                "contents": _contents(pages),
                "picture_title": _picture_title(facts, count),
                "picture_unit": "height: hours from detection to recovery, log scale; "
                "arrowhead: still open",
            },
            figures={"timeline": picture},
            metric_ids=("incidents_detected",),
        ),
    )


def _contents(pages: Sequence[Page]) -> list[dict[str, object]]:
    """Sections with the page they begin on; the parts of one section stand once."""
    found: list[dict[str, object]] = []
    for at, page in enumerate(pages, 2):
        if not page.section.endswith(")"):
            found.append({"section": page.section, "id": page.id, "number": at})
    return found


def _picture_title(facts: BoardFacts, count: int) -> str:
    quarters = formats.counted(len(facts.quarters), "quarter")
    if not facts.tables.measured("incidents"):
        return "No incident register was given"
    return f"Every incident of {quarters}: {formats.number(count)}"


def _timeline(facts: BoardFacts) -> tuple[int, FigureSpec]:
    rows = [row for window in facts.windows for row in incidents_of(facts, window)]
    worst = _worst(facts)
    measured = facts.tables.measured("incidents")
    return len(rows), FigureSpec(
        kind="incident_timeline",
        data={
            "quarters": [
                {
                    "label": str(each.quarter),
                    "start": each.first_day,
                    "end": facts.project.calendar.first_day(each.quarter.shift(1)),
                    "measured": measured,
                }
                for each in facts.windows
            ],
            "incidents": [
                {
                    "at": _day(facts, row),
                    "hours": _hours(row),
                    "open": row.hours_to_recover is None,
                }
                for row in rows
            ],
            "highlight": worst,
            "empty": "No incident was detected in these quarters." if measured else "",
        },
        width=864,
        height=_HEIGHT_OF_PICTURE,
        alt=_alt(facts, len(rows), worst),
    )


def _hours(row: IncidentRow) -> float:
    """Hours to recovery, or the age so far; at least the tenth of an hour that can be drawn."""
    return max(row.age if row.hours_to_recover is None else row.hours_to_recover, 0.1)


def _hours_words(hours: float) -> str:
    text = formats.number(hours)
    return f"{text} {'hour' if text == '1' else 'hours'}"


def _day(facts: BoardFacts, row: IncidentRow) -> date:
    return row.detected.astimezone(ZoneInfo(facts.project.calendar.time_zone)).date()


def _worst(facts: BoardFacts) -> dict[str, object] | None:
    """The gravest incident of this quarter, where it is critical."""
    row = worst_of(incidents_of(facts, facts.window))
    if row is None or row.severity != "critical":
        return None
    hours = row.hours_to_recover
    still = "still open" if hours is None else _hours_words(hours)
    at = _day(facts, row)
    return {"at": at, "hours": _hours(row), "label": f"{formats.day_short(at)}: {still}"}


def _alt(facts: BoardFacts, count: int, worst: dict[str, object] | None) -> str:
    picked = f" The gravest stands in red: {worst['label']}." if worst else ""
    return (
        f"A stem for each of {formats.counted(count, 'incident', words=False)} detected from "
        f"{facts.quarters[0]} to {facts.quarters[-1]}, as high as its hours to recovery.{picked}"
    )
