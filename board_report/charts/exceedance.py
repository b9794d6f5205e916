"""The loss exceedance curve: how often a year's losses exceed an amount, against what was set.

Money is linear and runs to the right; the chance of a year is logarithmic and falls downwards.

Data:
    gross: ``[[chance, loss], ...]``, most likely first: losses before insurance; may be empty.
    net: the same after insurance; empty without a policy.
    band: ``[[chance, low, high], ...]``: the P10 and P90 of the estimate of the gross curve, under
        all curves; may be empty (optional), with ``band_label`` as its words.
    tolerance, appetite: points ``[chance, loss]`` that the board has set; each may be empty.
        Between two points both curves are straight on this page.
    currency: code of the losses, as ``USD``.
    names: ``{"gross": ..., "net": ..., "tolerance": ..., "appetite": ...}``: names of the curves.
    year_20: the 1-in-20 year, or None; its label names the gross curve, which then has no other:
        loss: losses before insurance.
        label: ``$37.3M before insurance``.
        verdict: ``$3.3M over tolerance``; may be empty.
        status: ``off`` or ``on``: the verdict's colour; ``none``: grey.
        net_loss: losses after insurance, or None.
        net_label: ``$17.3M after insurance``.
    year_100: ``{"loss": float, "label": "$74.3M"}`` or None.
    layer: ``{"low": float, "high": float, "label": "Insured: $20M above $5M"}`` or None.
    payers: who pays the 1-in-20 year, in order along the money axis: list of
        ``{"low": float, "high": float, "label": "insurers 20", "is_ours": bool}``; may be empty.
    payers_label: words after the bar: ``we bear $17.3M``.
    empty: words where there is no curve of losses.

Losses over tolerance are a red wedge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.charts import theme
from board_report.charts.canvas import DASH, DOTS
from board_report.charts.exceedance_names import name_band, name_curve, write
from board_report.charts.exceedance_sheet import (
    PAYER_BAR,
    PAYERS,
    Sheet,
    make_sheet,
    x_at,
)
from board_report.charts.scales import tick_values
from board_report.story.formats import money

_YEARS = (2, 5, 10, 20, 50, 100)


def draw(data: Mapping[str, Any], width: float, height: float) -> bytes:
    """Draw the curves, the wedge over tolerance, and who pays the 1-in-20 year."""
    sheet = make_sheet(data, width, height)
    _draw_layer(sheet, data.get("layer"))
    _draw_band(sheet)
    _draw_axes(sheet, height)
    _draw_wedge(sheet)
    _draw_curves(sheet)
    if not data["gross"]:
        _draw_empty(sheet, str(data.get("empty", "not measured")))
    _draw_years(sheet, data)
    for name in ("tolerance", "appetite", "net", "gross"):
        if name != "gross" or not data.get("year_20"):
            name_curve(sheet, name, str(data["names"].get(name, "")))
    name_band(sheet, str(data.get("band_label", "")))
    _draw_payers(sheet, data)
    return sheet.canvas.svg()


# --- what lies under the curves ------------------------------------------------------------------


def _draw_layer(sheet: Sheet, layer: Mapping[str, Any] | None) -> None:
    if not layer:
        return
    canvas, left, right = sheet.canvas, sheet.money(layer["low"]), sheet.money(layer["high"])
    canvas.rect(left, sheet.top, right - left, sheet.bottom - sheet.top, "wash")
    for x, value in ((left, layer["low"]), (right, layer["high"])):
        if sheet.money.holds(value):
            canvas.line([(x, sheet.top), (x, sheet.bottom)], "muted", 0.75, DOTS)
    words = theme.fit(str(layer["label"]), canvas.width - left)
    canvas.text(left, sheet.top - 7, words)


def _draw_band(sheet: Sheet) -> None:
    """What is not known of the estimate, cut at the right edge of the plot."""
    low, high = sheet.band
    if low and high:
        sheet.canvas.polygon([*low, *reversed(high)], "band")


def _draw_axes(sheet: Sheet, height: float) -> None:
    canvas, left, right = sheet.canvas, sheet.money.start, sheet.money.end
    for years in _YEARS:
        y, is_key = sheet.chance(1 / years), years == 20
        canvas.line([(left, y), (right, y)], "ink" if is_key else "hair", 0.9 if is_key else 0.75)
        words = f"1 year in {years}" if years == 2 else f"1 in {years}"
        weight, ink = (600, "ink") if is_key else (400, "muted")
        canvas.text(left - 6, y, words, weight=weight, color=ink, anchor="end", valign="middle")
    for value in tick_values(sheet.money.low, sheet.money.high, sheet.step):
        words = money(value, sheet.currency)
        canvas.text(sheet.money(value), height - 4, words, anchor="middle")


def _draw_empty(sheet: Sheet, words: str) -> None:
    """Nothing was simulated: hatched and named, so that it is not taken for a curve at zero."""
    canvas, left, right = sheet.canvas, sheet.money.start, sheet.money.end
    middle = sheet.chance(1 / 20)
    tall = 26.0
    canvas.hatched(left, middle - tall / 2, right - left, tall)
    x = (left + right) / 2
    canvas.text(x, middle, words, color="text2", anchor="middle", valign="middle", plate=True)
    wide = theme.text_width(words) / 2
    sheet.taken.append((x - wide, middle - tall / 2, x + wide, middle + tall / 2))


# --- curves --------------------------------------------------------------------------------------


def _draw_wedge(sheet: Sheet) -> None:
    """Where losses exceed tolerance at the same chance."""
    gross, limit = sheet.curves.get("gross"), sheet.curves.get("tolerance")
    if not gross or not limit:
        return
    y = max(gross[0][1], limit[0][1])
    end = min(gross[-1][1], limit[-1][1])
    rows: list[tuple[float, float, float]] = []
    while y <= end:
        inner, outer = x_at(limit, y), x_at(gross, y)
        if inner is not None and outer is not None:
            rows.append((y, inner, max(outer, inner)))
        y = end if y < end < y + 1 else y + 1
    if any(outer - inner > 0.3 for _, inner, outer in rows):
        there = [(inner, y) for y, inner, _ in rows]
        back = [(outer, y) for y, _, outer in reversed(rows)]
        sheet.canvas.polygon([*there, *back], "off-tint")


def _draw_curves(sheet: Sheet) -> None:
    looks: dict[str, tuple[str, float, Sequence[float]]] = {
        "appetite": ("ink", 1.1, DASH),
        "tolerance": ("ink", 1.6, ()),
        "net": ("accent-mid", 1.8, ()),
        "gross": ("accent", 2.8, ()),
    }
    for name, (color, width, dash) in looks.items():
        if name in sheet.curves:
            sheet.canvas.line(sheet.curves[name], color, width, dash)


def _draw_years(sheet: Sheet, data: Mapping[str, Any]) -> None:
    """The 1-in-20 and the 1-in-100 year: dots with their amounts."""
    rare, year = data.get("year_100"), data.get("year_20")
    if rare:
        x, words = sheet.money(rare["loss"]), str(rare["label"])
        sheet.canvas.circle(x, sheet.bottom, 4, "paper", edge="accent", edge_width=2)
        wide = theme.text_width(words, weight=600)
        left = min(x + 8, sheet.canvas.width - wide)
        box = (left, sheet.bottom - 18, left + wide, sheet.bottom - 2)
        write(sheet, box, words, "accent", 600, plate=not sheet.is_free(box))
    if year:
        _draw_year_20(sheet, year)


def _draw_year_20(sheet: Sheet, year: Mapping[str, Any]) -> None:
    y, x = sheet.chance(1 / 20), sheet.money(year["loss"])
    if year.get("net_loss") is not None:
        _draw_net_year(sheet, sheet.money(year["net_loss"]), y, str(year.get("net_label", "")))
    sheet.canvas.circle(x, y, 4.5, "accent", edge="paper", edge_width=1.5)
    crossing = [x_at(curve, y) for curve in sheet.curves.values()]
    left = max([x, *(each for each in crossing if each is not None)]) + 12
    lines = [(str(year["label"]), "accent", 13.0)]
    if year.get("verdict"):
        ink = {"off": "off", "on": "on"}.get(str(year.get("status")), "text2")
        lines.append((str(year["verdict"]), ink, 11.0))
    wide = max(theme.text_width(words, size, 600) for words, _, size in lines)
    left = min(left, sheet.canvas.width - wide)
    below = y - 7
    for words, ink, size in reversed(lines):
        sheet.canvas.text(left, below, words, size=size, weight=600, color=ink, plate=True)
        below -= size + 4
    sheet.taken.append((left, below, left + wide, y - 2))


def _draw_net_year(sheet: Sheet, x: float, y: float, words: str) -> None:
    """The 1-in-20 loss after insurance; its words only where there is room left of the curve."""
    wide = theme.text_width(words, weight=600)
    box = (x - 8 - wide, y + 2, x - 8, y + 18)
    if words and sheet.is_free(box):
        write(sheet, box, words, "band-label", 600)
    sheet.canvas.circle(x, y, 3.6, "paper", edge="band-label", edge_width=1.8)


# --- who pays ------------------------------------------------------------------------------------


def _draw_payers(sheet: Sheet, data: Mapping[str, Any]) -> None:
    payers: Sequence[Mapping[str, Any]] = data.get("payers") or ()
    if not payers:
        return
    canvas, top = sheet.canvas, sheet.bottom + (PAYERS - PAYER_BAR) - 1
    middle = top + PAYER_BAR / 2
    label_x = sheet.money.start - 6
    canvas.text(label_x, middle - 3, "Who pays", weight=600, color="ink", anchor="end")
    canvas.text(label_x, middle + 10, "1 in 20", weight=600, color="ink", anchor="end")
    for payer in payers:
        _draw_payer(sheet, payer, top)
    x = sheet.money(payers[-1]["high"]) + 10
    words = theme.fit(str(data.get("payers_label", "")), canvas.width - x, weight=600)
    canvas.text(x, middle, words, weight=600, color="accent", valign="middle")


def _draw_payer(sheet: Sheet, payer: Mapping[str, Any], top: float) -> None:
    canvas = sheet.canvas
    left, right = sheet.money(payer["low"]), sheet.money(payer["high"])
    if right - left < 0.2:
        return
    fill, ink = ("accent", "paper") if payer["is_ours"] else ("hair", "ink")
    canvas.rect(left, top, right - left, PAYER_BAR, fill, edge="paper", edge_width=1)
    x, y = (left + right) / 2, top + PAYER_BAR / 2
    weight = 600 if payer["is_ours"] else 400
    for words in (str(payer["label"]), str(payer.get("short", ""))):
        if not words or theme.text_width(words, weight=weight) + 2 > right - left:
            continue
        canvas.text(x, y, words, weight=weight, color=ink, anchor="middle", valign="middle")
        return
