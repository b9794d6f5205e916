"""The cover: whose report, for which quarter, what is in it, and every incident of two years.

The appendix, which is looked up and not presented, says how its figures are read instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from board_report.metrics.freshness import lies_after, lies_before
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import IncidentRow, alike, incidents_of, worst_of
from board_report.story.modes import TITLES
from board_report.story.page import FigureSpec, Mode, Page
from board_report.story.record_spans import span_words
from board_report.story.unfinished import cover_words

_HEIGHT_OF_PICTURE = {"messages": 150, "one": 166, "two": 166}
_FEW = 5
"""Up to so many entries, the contents have room for what each page says."""
_ONE_COLUMN = 12

WHERE_DEFINED = "Definitions, data quality and provenance of every figure: board-deck-appendix.pdf."


def build(facts: BoardFacts, pages: Sequence[Page], mode: Mode) -> tuple[Page, ...]:
    """The cover, with the title of the deck and the contents of the pages that follow it."""
    is_appendix = mode is Mode.APPENDIX
    contents = _contents(pages)
    layout = _layout(len(contents))
    rows = [row for window in facts.windows for row in incidents_of(facts, window)]
    picture = _timeline(facts, rows, _HEIGHT_OF_PICTURE[layout])
    return (
        Page(
            id="cover",
            section="Cover",
            title=_unbroken(TITLES[mode]),
            context="",
            owners=facts.owner("CISO", "CTO"),
            voices_room=None,
            sources="" if is_appendix else WHERE_DEFINED,
            body={
                "as_of_long": formats.day_long(facts.as_of),
                "not_over": cover_words(facts.window),
                "contents": contents,
                "layout": layout,
                "picture_title": "" if is_appendix else _picture_title(facts, len(rows)),
                "picture_unit": _picture_unit(rows),
                "reading": how_to_read(facts) if is_appendix else [],
            },
            figures={} if is_appendix else {"timeline": picture},
            metric_ids=() if is_appendix else ("incidents_detected",),
        ),
    )


def _unbroken(title: str) -> str:
    """The title with its reader kept on one line: ``to the Audit Committee``."""
    start, to, reader = title.partition(" to the ")
    if not to or not reader[:1].isupper():
        return title
    return f"{start} {f'to the {reader}'.replace(' ', formats.NO_BREAK)}"


def _layout(entries: int) -> str:
    """``messages``: each with what its page says; ``one`` column; or ``two``."""
    if entries <= _FEW:
        return "messages"
    return "one" if entries <= _ONE_COLUMN else "two"


def _contents(pages: Sequence[Page]) -> list[dict[str, object]]:
    """Sections with the page they begin on and its title; the parts of a section stand once."""
    found: list[dict[str, object]] = []
    for at, page in enumerate(pages, 2):
        if not page.section.endswith(")") and ", continued" not in page.section:
            entry = {"section": page.section, "id": page.id, "number": at, "title": page.title}
            found.append(entry)
    return found


def how_to_read(facts: BoardFacts) -> list[dict[str, object]]:
    """What the marks and words beside a figure mean, in blocks: head and (mark, word, meaning)."""
    blocks = [
        ("Against the target", [
            ("on", "On target", "reached or better"),
            ("near", "Near target", "within the margin declared with it"),
            ("off", "Off target", "beyond that margin"),
            ("none", "No target", "none was declared"),
        ]),
        ("Against last quarter", [
            ("", "Better, worse by", "more than chance: printed digits"),
            ("", "Within chance", "chance alone moves it as far"),
            ("", "Unchanged", "the same printed figure"),
            ("", "Too few to tell; –", "too few cases; nothing to compare with"),
        ]),
        ("Where there is no value", [
            ("", "None", "data are there and nothing happened"),
            ("", "Not measured", "no data were given"),
            ("", "Withheld", "data too thin, too old or too faulty"),
            ("", "0", "counted, and there is none"),
        ]),
    ]  # fmt: skip
    if facts.risk is not None:
        trials = formats.number(facts.risk.trials)
        blocks.append(
            ("Estimates of loss", [
                ("", "Expected", "mean of a year, over many years"),
                ("", "1 in 20", "reached or passed in one year of 20"),
                ("", "Before insurance", "unless the figure says net"),
                ("", "Simulated", f"{trials} years, risks independent"),
            ])
        )  # fmt: skip
    return [
        {"head": head, "rows": [dict(zip(("mark", "word", "meaning"), row, strict=True))
                                for row in rows]}
        for head, rows in blocks
    ]  # fmt: skip


def _picture_title(facts: BoardFacts, count: int) -> str:
    quarters = formats.counted(len(facts.quarters), "quarter")
    if not facts.tables.measured("incidents"):
        return "No incident register was given"
    outside, counted = span_words(facts, "incidents"), formats.number(count)
    if outside:
        return f"Incident records {outside}" + (f": {counted} of {quarters}" if count else "")
    return f"Every incident of {quarters}: {formats.number(count)}"


def _picture_unit(rows: Sequence[IncidentRow]) -> str:
    """What a stem is, and how many incidents have none: closed without a time of recovery."""
    unit = "height: hours from detection to recovery, log scale; arrowhead: still open"
    untimed = sum(each.length is None for each in rows)
    return f"{unit}; {formats.number(untimed)} closed, recovery unknown" if untimed else unit


def _timeline(facts: BoardFacts, rows: Sequence[IncidentRow], height: float) -> FigureSpec:
    worst = _worst(facts)
    table = facts.tables["incidents"]
    told = [
        table.measured and not lies_before(table, each) and not lies_after(table, each)
        for each in facts.windows
    ]
    return FigureSpec(
        kind="incident_timeline",
        data={
            "quarters": [
                {
                    "label": str(each.quarter),
                    "start": each.first_day,
                    "end": facts.project.calendar.first_day(each.quarter.shift(1)),
                    "measured": is_told,
                }
                for each, is_told in zip(facts.windows, told, strict=True)
            ],
            "incidents": [
                {
                    "at": _day(facts, row),
                    "hours": _hours(row),
                    "open": row.is_open,
                }
                for row in rows
                if row.length is not None
            ],
            "highlight": worst,
            "empty": "No incident was detected in these quarters." if all(told) else "",
        },
        width=864,
        height=height,
        alt=_alt(facts, rows, worst),
    )


def _hours(row: IncidentRow) -> float:
    """Hours to recovery, or the age so far; at least the tenth of an hour that can be drawn."""
    return max(row.length or 0.0, 0.1)


def _hours_words(hours: float) -> str:
    text = formats.number(hours)
    return f"{text} {'hour' if text == '1' else 'hours'}"


def _day(facts: BoardFacts, row: IncidentRow) -> date:
    return row.detected.astimezone(ZoneInfo(facts.project.calendar.time_zone)).date()


def _worst(facts: BoardFacts) -> dict[str, object] | None:
    """The gravest incident of this quarter, where it is critical and has hours to draw."""
    row = worst_of(incidents_of(facts, facts.window))
    if row is None or row.severity != "critical" or row.length is None:
        return None
    hours = row.hours_to_recover
    still = "still open" if hours is None else _hours_words(hours)
    at = _day(facts, row)
    return {"at": at, "hours": _hours(row), "label": f"{formats.day_short(at)}: {still}"}


def _alt(facts: BoardFacts, rows: Sequence[IncidentRow], worst: dict[str, object] | None) -> str:
    count = sum(each.length is not None for each in rows)
    is_one = alike(incidents_of(facts, facts.window)) == 1
    grade = "gravest" if is_one else "longest of the gravest"
    picked = f" The {grade} stands in red: {worst['label']}." if worst else ""
    return (
        f"A stem for each of {formats.counted(count, 'incident', words=False)} detected from "
        f"{facts.quarters[0]} to {facts.quarters[-1]}, as high as its hours to recovery.{picked}"
    )
