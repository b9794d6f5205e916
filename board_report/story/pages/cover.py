"""The cover: whose report, for which quarter, what is in it, and every incident of two years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec, Page

if TYPE_CHECKING:
    import pandas as pd

_HEIGHT_OF_PICTURE = 190


def build(facts: BoardFacts, pages: Sequence[Page]) -> tuple[Page, ...]:
    """The cover, with the contents of the pages that follow it."""
    count, picture = _timeline(facts)
    return (
        Page(
            id="cover",
            section="Cover",
            title="Cyber-risk report to the Board",
            context="",
            owners=facts.owner("CISO", "CTO"),
            voices_room=None,
            sources="",
            body={
                "as_of_long": formats.day_long(facts.as_of),
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
    quarters = formats.count_words(len(facts.quarters))
    if not facts.tables.measured("incidents"):
        return "No incident register was given"
    return f"Every incident of {quarters} quarters: {formats.number(count)}"


def _timeline(facts: BoardFacts) -> tuple[int, FigureSpec]:
    incidents = _incidents(facts)
    worst = _worst(facts, incidents)
    zone = facts.project.calendar.time_zone
    return len(incidents), FigureSpec(
        kind="incident_timeline",
        data={
            "quarters": [
                {
                    "label": str(each.quarter),
                    "start": each.first_day,
                    "end": facts.project.calendar.first_day(each.quarter.shift(1)),
                    "measured": facts.tables.measured("incidents"),
                }
                for each in facts.windows
            ],
            "incidents": [
                {
                    "at": row["detected_at"].tz_convert(zone).date(),
                    "hours": row["hours"],
                    "open": row["open"],
                }
                for row in incidents.to_dict("records")
            ],
            "highlight": worst,
            "empty": "No incident was detected in these quarters.",
        },
        width=864,
        height=_HEIGHT_OF_PICTURE,
        alt=_alt(facts, len(incidents), worst),
    )


def _incidents(facts: BoardFacts) -> pd.DataFrame:
    """Incidents detected in the quarters shown, each with its hours to recovery or its age."""
    rows = facts.rows("incidents")
    detected = rows["detected_at"]
    shown = rows[(detected >= facts.windows[0].start) & (detected < facts.window.cutoff)]
    known = shown["recovered_at"].where(shown["recovered_at"] < facts.window.known_at)
    ended = known.fillna(facts.window.cutoff)
    hours = (ended - shown["detected_at"]).dt.total_seconds() / 3600
    return shown.assign(hours=hours.clip(lower=0.1), open=known.isna())


def _worst(facts: BoardFacts, incidents: pd.DataFrame) -> dict[str, object] | None:
    """The critical incident of this quarter with the longest outage, if there is one."""
    now = incidents[
        (incidents["detected_at"] >= facts.window.start) & (incidents["severity"] == "critical")
    ]
    if now.empty:
        return None
    row = now.sort_values(["outage_hours", "hours"], ascending=False, na_position="last").iloc[0]
    at = row["detected_at"].tz_convert(facts.project.calendar.time_zone).date()
    still = "still open" if row["open"] else f"{formats.number(row['hours'])} hours"
    return {"at": at, "hours": float(row["hours"]), "label": f"{formats.day_short(at)}: {still}"}


def _alt(facts: BoardFacts, count: int, worst: dict[str, object] | None) -> str:
    picked = f" The critical one stands in red: {worst['label']}." if worst else ""
    return (
        f"A stem for each of {formats.counted(count, 'incident', words=False)} detected from "
        f"{facts.quarters[0]} to {facts.quarters[-1]}, as high as its hours to recovery.{picked}"
    )
