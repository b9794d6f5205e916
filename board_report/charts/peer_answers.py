"""How others answered yes-or-no questions, and how we do: a bar of counts for each question.

Data:
    rows: list of
        label: ``Processes are integrated``.
        yes, no, absent: how many answered so, or did not answer.
        ours: ``yes``, ``no`` or empty where there is no answer of ours.
        value: words in the column before the last: ``100% (91–100%)``.
        answer: words in the last column, in bold: ``Yes``.
    heads: ``{"label": ..., "value": ..., "answer": ...}``, words over the columns.

"Yes" is blue, "no" grey, and what was not answered is hatched; a triangle over a part is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import Canvas
from board_report.charts.furniture import row_label
from board_report.charts.scales import Scale

_HEAD = 20.0
_BAR = 13.0
_GAP = 16.0
_MARK = 8.0
_PARTS = (("yes", "accent", "paper"), ("no", "bar", "ink"), ("absent", "", "text2"))
"""Key, fill (none is hatched) and the ink of the number on it."""


@dataclass(frozen=True)
class _Columns:
    label: float
    """Width."""
    left: float
    right: float
    """Of the bars."""
    value: float
    answer: float
    """Where the words of the two columns end."""


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    heads: Mapping[str, str] = data["heads"]
    columns = _columns(rows, heads, width)
    canvas.text(0, 12, heads["label"])
    canvas.text(columns.value, 12, heads["value"], anchor="end")
    canvas.text(columns.answer, 12, heads["answer"], anchor="end")
    canvas.line([(0, _HEAD), (width, _HEAD)], "ink", 0.9)
    step = (height - _HEAD) / max(len(rows), 1)
    for at, row in enumerate(rows):
        top = _HEAD + step * at
        if at:
            canvas.line([(0, top), (width, top)], "hair", 0.75)
        _draw_row(canvas, row, columns, top + step / 2, step)
    return canvas.svg()


def _columns(rows: Sequence[Mapping[str, Any]], heads: Mapping[str, str], width: float) -> _Columns:
    def widest(name: str, weight: int) -> float:
        own = (theme.text_width(str(row[name]), weight=weight) for row in rows)
        return max([*own, theme.text_width(heads[name])])

    label = min(widest("label", 400) + 2, width * 0.36)
    value = width - widest("answer", 600) - _GAP
    return _Columns(label, label + _GAP, value - widest("value", 400) - _GAP, value, width)


def _draw_row(
    canvas: Canvas, row: Mapping[str, Any], columns: _Columns, y: float, step: float
) -> None:
    row_label(canvas, 0, y, str(row["label"]), columns.label, step)
    total = sum(row[key] for key, _, _ in _PARTS)
    across = Scale(0.0, max(total, 1), columns.left, columns.right)
    top, done = y - _BAR / 2 + 2, 0
    for key, fill, ink in _PARTS:
        left, right = across(done), across(done + row[key])
        _draw_part(canvas, (left, top, right - left), int(row[key]), fill, ink)
        if key == row["ours"]:
            canvas.polygon(_pointer((left + right) / 2, top - 1.5), "ink")
        done += row[key]
    canvas.text(columns.value, y, str(row["value"]), color="text2", anchor="end", valign="middle")
    canvas.text(
        columns.answer, y, str(row["answer"]), weight=600, color="ink", anchor="end",
        valign="middle",
    )  # fmt: skip


def _draw_part(
    canvas: Canvas, place: tuple[float, float, float], count: int, fill: str, ink: str
) -> None:
    """One part with its number, where it has room for it."""
    left, top, wide = place
    if not count:
        return
    if fill:
        canvas.rect(left, top, wide, _BAR, fill, edge="paper", edge_width=0.75)
    else:
        canvas.hatched(left + 0.5, top, wide - 0.5, _BAR)
    words = f"{count:,}"
    if theme.text_width(words, weight=600) + 5 <= wide:
        canvas.text(
            left + wide / 2, top + _BAR / 2, words, weight=600, color=ink, anchor="middle",
            valign="middle", plate=not fill,
        )  # fmt: skip


def _pointer(x: float, tip: float) -> list[tuple[float, float]]:
    """A triangle that stands on its tip."""
    return [(x, tip), (x - _MARK / 2, tip - _MARK * 0.8), (x + _MARK / 2, tip - _MARK * 0.8)]
