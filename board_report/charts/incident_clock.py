"""Clocks of incidents on one line of days: since when each runs, until when, and where it stands.

Data:
    start, end: dates of the left and right edge.
    ticks: list of ``{"at": date, "label": "7 Sep"}``.
    closed: list of dates that are no business days, shaded; none where the line is long.
    now: ``{"at": float, "label": "30 Sep"}``; ``at`` is a day with its fraction, as an ordinal.
    events: list of ``{"at": float, "label": "Discovered"}``, over the rows; may be empty.
    rows: list of, from the top,
        label: the clock in a few words.
        detail: its rule, or the incident; in what room there is.
        words: ``due Fri 11 Sep, 5:30 p.m.``
        more: ``2 business days left``; may be empty.
        from: float, or None where it has not started.
        due: float, or None where it has no end.
        done: float, or None.
        state: ``running``, ``met``, ``met late``, ``overdue``, ``delayed``, ``superseded`` or
            ``not started``.
    label_width, words_width: points for the words on the left and on the right.

Rows of 40 points have two lines of words; below 28 the second is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import DASH, Canvas
from board_report.charts.scales import Scale

_FOOT = 20.0
_LINE = 14.0
_GAP = 14.0
_MOST_STEP = 54.0
_LEAST_TWO = 27.0
_INKS = {
    "running": "accent",
    "delayed": "near",
    "overdue": "off",
    "met": "on",
    "met late": "off",
    "superseded": "ctx",
    "not started": "ctx",
}


@dataclass(frozen=True)
class Frame:
    """Where things stand, in points."""

    along: Scale
    head: float
    step: float
    rows: int
    words_at: float

    @property
    def foot(self) -> float:
        """The y under the last row."""
        return self.head + self.step * self.rows

    def middle(self, at: int) -> float:
        """The y of a row."""
        return self.head + self.step * (at + 0.5)


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the clocks under their events, on one line of days."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    events = sorted(data.get("events", ()), key=lambda each: each["at"])
    left = float(data["label_width"]) + _GAP
    right = width - float(data["words_width"]) - _GAP
    along = Scale(data["start"].toordinal(), data["end"].toordinal(), left, right)
    levels = _levels(events, along, left, right)
    head = _LINE * (max(levels, default=-1) + 1) + (8 if events else 4) + _LINE
    step = min((height - head - _FOOT) / max(len(rows), 1), _MOST_STEP)
    frame = Frame(along, head, step, len(rows), right + _GAP)
    _draw_days(canvas, data, frame)
    _draw_now(canvas, data["now"], frame)
    _draw_events(canvas, events, levels, frame)
    for at, row in enumerate(rows):
        if at:
            y = head + step * at
            canvas.line([(0, y), (width, y)], "hair", 0.75)
        _draw_row(canvas, row, frame, frame.middle(at), float(data["now"]["at"]))
    return canvas.svg()


def _draw_days(canvas: Canvas, data: Mapping[str, Any], frame: Frame) -> None:
    along = frame.along
    for day in data.get("closed", ()):
        x = along(day.toordinal())
        wide = along(day.toordinal() + 1) - x
        canvas.rect(x, frame.head, wide, frame.foot - frame.head, "wash")
    taken = along.start - _GAP
    for tick in data["ticks"]:
        x = along(tick["at"].toordinal())
        canvas.line([(x, frame.head), (x, frame.foot + 4)], "hair", 0.75)
        wide = theme.text_width(tick["label"]) / 2
        at = min(max(x, along.start + wide), along.end - wide)
        if at - wide < taken + 6:
            continue
        canvas.text(at, frame.foot + 16, tick["label"], anchor="middle")
        taken = at + wide
    canvas.line([(along.start, frame.foot), (along.end, frame.foot)], "rule", 0.75)


def _draw_now(canvas: Canvas, now: Mapping[str, Any], frame: Frame) -> None:
    x = frame.along(float(now["at"]))
    canvas.line([(x, frame.head - 3), (x, frame.foot)], "ink", 1.3)
    half = theme.text_width(str(now["label"]), weight=600) / 2
    at = min(max(x, frame.along.start + half), frame.along.end - half)
    y = frame.head - 7
    canvas.text(at, y, str(now["label"]), weight=600, color="ink", anchor="middle", plate=True)


# --- events --------------------------------------------------------------------------------------


def _levels(
    events: Sequence[Mapping[str, Any]], along: Scale, left: float, right: float
) -> list[int]:
    """The line of words that each event gets, so that no two of one line touch."""
    ends: list[float] = []
    levels = []
    for each in events:
        start, wide = _place(each, along, left, right)
        level = next((at for at, end in enumerate(ends) if end <= start), len(ends))
        ends[level : level + 1] = [start + wide + 8]
        levels.append(level)
    return levels


def _place(
    event: Mapping[str, Any], along: Scale, left: float, right: float
) -> tuple[float, float]:
    """Where the words of an event begin, and how wide they are."""
    wide = theme.text_width(str(event["label"]))
    return max(min(along(float(event["at"])) + 5, right - wide), left), wide


def _draw_events(
    canvas: Canvas, events: Sequence[Mapping[str, Any]], levels: Sequence[int], frame: Frame
) -> None:
    for each, level in zip(events, levels, strict=True):
        x = frame.along(float(each["at"]))
        y = _LINE * level + 11
        start, _ = _place(each, frame.along, frame.along.start, frame.along.end)
        canvas.line([(x, y - 8), (x, frame.foot)], "rule", 0.75)
        canvas.text(start, y, str(each["label"]), color="text2", plate=True)


# --- rows ----------------------------------------------------------------------------------------


def _draw_row(canvas: Canvas, row: Mapping[str, Any], frame: Frame, y: float, now: float) -> None:
    ink = _INKS[row["state"]]
    room = frame.along.start - _GAP
    has_two = frame.step >= _LEAST_TWO
    lift = 5.5 if has_two and row.get("detail") else -4.0
    label = theme.fit(str(row["label"]), room, 12, 600)
    canvas.text(0, y - lift, label, size=12, weight=600, color="ink")
    if has_two and row.get("detail"):
        canvas.text(0, y + 9.5, theme.fit(str(row["detail"]), room))
    _draw_words(canvas, row, frame, y, ink, has_two=has_two)
    _draw_bar(canvas, row, frame, y, now, ink)


def _draw_words(
    canvas: Canvas, row: Mapping[str, Any], frame: Frame, y: float, ink: str, *, has_two: bool
) -> None:
    x, room = frame.words_at, canvas.width - frame.words_at
    color = "muted" if ink == "ctx" else ink
    more = str(row.get("more", ""))
    if not has_two and more:
        both = f"{row['words']}; {more}"
        words = both if theme.text_width(both, weight=600) <= room else str(row["words"])
        more = ""
    else:
        words = str(row["words"])
    lift = 5.5 if more else -4.0
    shown = theme.fit(words, room, weight=600)
    canvas.text(x, y - lift, shown, weight=600, color=color)
    canvas.text(x, y + 9.5, theme.fit(more, room), color="text2")


def _draw_bar(
    canvas: Canvas, row: Mapping[str, Any], frame: Frame, y: float, now: float, ink: str
) -> None:
    along = frame.along
    if row["from"] is None:
        canvas.line([(along.start, y), (along.end, y)], "rule", 0.75, DASH)
        return
    left = along(float(row["from"]))
    done = row["done"]
    end = along(float(done)) if done is not None else along(now)
    due = along(float(row["due"])) if row["due"] is not None else None
    if due is not None and due > end:
        canvas.line([(end, y), (min(due, along.end), y)], ink, 1.2, DASH)
    split = min(end, due) if due is not None and row["state"] in ("overdue", "met late") else end
    canvas.line([(left, y), (max(split, left), y)], "ctx" if split < end else ink, 3.4)
    if split < end:
        canvas.line([(split, y), (end, y)], "off", 3.4)
    canvas.line([(left, y - 5), (left, y + 5)], "ink", 1.6)
    if due is not None:
        tall = min(8.0, frame.step * 0.38)
        canvas.line([(due, y - tall), (due, y + tall)], "ink", 2.4)
    _draw_end(canvas, str(row["state"]), end, y, ink)


def _draw_end(canvas: Canvas, state: str, x: float, y: float, ink: str) -> None:
    if state in ("running", "delayed"):
        canvas.triangles([(x, y)], 11, "paper", edge=ink, edge_width=1.8)
    elif state in ("overdue", "met late"):
        canvas.mark("off", x, y, 10)
    elif state == "met":
        canvas.mark("on", x, y, 10)
    else:
        canvas.circle(x, y, 3.6, "paper", edge="ctx", edge_width=1.6)
