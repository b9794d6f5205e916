"""Amounts against plan, row under row: a bar for the actual, a tick for the plan, and the figures.

Data:
    label_head: words over the names, as ``Initiative``.
    measures: one or two, each
        title: ``Spend``; in bold over its bars.
        unit: ``$M, year to date``; after the title.
        color: ``ctx`` or ``accent``: the bars' colour.
    columns: heads of further figures at the right, as ``["ROI", "NPV", "Payback"]``.
    rows: list of
        label: the name.
        amounts: one for each measure: ``{"actual": float | None, "plan": float | None,
            "actual_text": ..., "plan_text": ..., "is_open": bool}``; without an actual the bar is
            hatched. An open amount is not complete yet: its tick is dashed.
        figures: words, one for each column.
        is_total: set apart by a rule above, in bold, without bars (optional).
        note: words in place of a total's bar, as ``97.4% of plan``, one for each measure
            (optional).
    label_width: points for the names (default: as wide as the widest, at most 28%).

Each measure has one scale from zero (or from its least amount, where that is below zero).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import DASH, Canvas
from board_report.charts.furniture import not_measured, row_label
from board_report.charts.scales import Scale

HEAD = 36.0
TALLEST = 36.0
_GAP = 18.0


@dataclass(frozen=True)
class Block:
    """Where one measure stands across the sheet, in points."""

    left: float
    scale: Scale
    actual_right: float
    plan_right: float


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the rows under their heads."""
    canvas = Canvas(width, height)
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    step = min((height - HEAD) / max(len(rows), 1), TALLEST)
    label, blocks, rights = _places(data, width)
    _draw_heads(canvas, data, blocks, rights, width)
    for at, row in enumerate(rows):
        top = HEAD + step * at
        if row.get("is_total"):
            canvas.line([(0, top), (width, top)], "ink", 0.9)
        _draw_row(canvas, row, (label, blocks, rights), data, top + step / 2, step)
        canvas.line([(0, top + step), (width, top + step)], "hair", 0.75)
    return canvas.svg()


def _places(
    data: Mapping[str, Any], width: float
) -> tuple[float, tuple[Block, ...], tuple[float, ...]]:
    """The width of the names, a block for each measure, and right edges of the figures."""
    rows = data["rows"]
    widest = max((theme.text_width(str(row["label"]), 12, 600) for row in rows), default=0.0) + 4
    label = float(data.get("label_width") or min(max(widest, 60.0), width * 0.28))
    rights, x = [], width
    for at, head in reversed(list(enumerate(data.get("columns", ())))):
        rights.append(x)
        words = [str(row["figures"][at]) for row in rows]
        x -= max(_widest(words, 12, 600), theme.text_width(str(head))) + 12
    measures = data["measures"]
    left = label + 12
    share = (x + (12 if not rights else 0) - left) / max(len(measures), 1)
    blocks = tuple(_block(data, at, left + share * at, share) for at in range(len(measures)))
    return label, blocks, tuple(reversed(rights))


def _block(data: Mapping[str, Any], at: int, left: float, width: float) -> Block:
    amounts = [row["amounts"][at] for row in data["rows"]]
    is_last = at == len(data["measures"]) - 1
    plan_right = left + width - (12.0 if is_last else _GAP)
    plan = max(_widest([str(each["plan_text"]) for each in amounts], 11), theme.text_width("plan"))
    actual_right = plan_right - plan - 10
    actual = max(
        _widest([str(each["actual_text"]) for each in amounts], 12, 600),
        theme.text_width("actual"),
    )
    shown = [row["amounts"][at] for row in data["rows"] if not row.get("is_total")]
    known = [each[key] for each in shown for key in ("actual", "plan") if each[key] is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    scale = Scale(low, high if high > low else low + 1, left, actual_right - actual - 10)
    return Block(left, scale, actual_right, plan_right)


def _widest(words: Sequence[str], size: float, weight: int = 400) -> float:
    return max((theme.text_width(each, size, weight) for each in words), default=0.0)


def _draw_heads(
    canvas: Canvas,
    data: Mapping[str, Any],
    blocks: Sequence[Block],
    rights: Sequence[float],
    width: float,
) -> None:
    base = HEAD - 7
    canvas.text(0, base, str(data["label_head"]))
    for measure, block in zip(data["measures"], blocks, strict=True):
        title = str(measure["title"])
        canvas.text(block.left, 11, title, size=12, weight=600, color="ink")
        after = block.left + theme.text_width(title, 12, 600) + 5
        canvas.text(after, 11, str(measure.get("unit", "")))
        canvas.text(block.actual_right, base, "actual", anchor="end")
        canvas.text(block.plan_right, base, "plan", anchor="end")
        room = block.actual_right - theme.text_width("actual") - block.left
        hint = next(
            (
                words
                for words in ("bar: actual, tick: plan", "tick: plan")
                if theme.text_width(words) + 8 <= room
            ),
            "",
        )
        canvas.text(block.left, base, hint)
    for head, right in zip(data.get("columns", ()), rights, strict=True):
        canvas.text(right, base, str(head), anchor="end")
    canvas.line([(0, HEAD), (width, HEAD)], "ink", 0.9)


def _draw_row(
    canvas: Canvas,
    row: Mapping[str, Any],
    places: tuple[float, Sequence[Block], Sequence[float]],
    data: Mapping[str, Any],
    y: float,
    step: float,
) -> None:
    label, blocks, rights = places
    total = bool(row.get("is_total"))
    row_label(canvas, 0, y, str(row["label"]), label, step, size=12, weight=600 if total else 400)
    for at, block in enumerate(blocks):
        amount = row["amounts"][at]
        if total:
            words = str((row.get("note") or [""] * len(blocks))[at])
            if theme.text_width(words) > block.scale.end - block.left:
                words = words.split(" ")[0]
            canvas.text(block.left, y, words, color="text2", valign="middle")
        else:
            _draw_amount(canvas, amount, block, str(data["measures"][at]["color"]), y, step)
        _write(canvas, block.actual_right, y, str(amount["actual_text"]), 600)
        _write(canvas, block.plan_right, y, str(amount["plan_text"]), 400, size=11, color="text2")
    for words, right in zip(row["figures"], rights, strict=True):
        _write(canvas, right, y, str(words), 600 if total else 400)


def _write(
    canvas: Canvas,
    x: float,
    y: float,
    words: str,
    weight: int,
    *,
    size: float = 12,
    color: str = "ink",
) -> None:
    canvas.text(x, y, words, size=size, weight=weight, color=color, anchor="end", valign="middle")


def _draw_amount(
    canvas: Canvas, amount: Mapping[str, Any], block: Block, color: str, y: float, step: float
) -> None:
    tall = min(step * 0.5, 13.0)
    scale, zero = block.scale, block.scale(0.0)
    if amount["actual"] is None:
        wide = max(scale(amount["plan"] or 0.0) - zero, 24.0)
        not_measured(canvas, zero, y - tall / 2, wide, tall, "")
    else:
        end = scale(amount["actual"])
        canvas.rect(min(zero, end), y - tall / 2, max(abs(end - zero), 0.8), tall, color)
    if scale.low < 0:
        canvas.line([(zero, y - step / 2), (zero, y + step / 2)], "rule", 0.75)
    if amount["plan"] is not None:
        x, reach = scale(amount["plan"]), min(tall / 2 + 3.5, step / 2 - 1)
        dash = DASH if amount.get("is_open") else ()
        canvas.line([(x, y - reach), (x, y + reach)], "ink", 1.8, dash)
