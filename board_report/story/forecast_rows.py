"""The pictures of the back-test: forecasts with what happened, and promises with outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.money_words import log_axis, round_axis
from board_report.story.page import FigureSpec
from board_report.story.risk_pictures import in_sentence, money_words

if TYPE_CHECKING:
    from board_report.risk.records import BackTest, Interval, PromiseOutcome, RiskForecast

ALL_SHOWN, SHOWN = 10, 9
MOST_PROMISES = 3
_HEIGHT, _TALLEST = 290.0, 36.0
_PROMISE_ROW = 31.0


def misses_first(found: Sequence[RiskForecast]) -> list[RiskForecast]:
    """Events outside their interval first, then losses, then by the events expected."""
    return sorted(
        found,
        key=lambda each: (
            each.is_inside,
            is_loss_inside(each) is not False,
            -each.events_expected,
        ),
    )


def is_loss_inside(found: RiskForecast) -> bool | None:
    """Whether the loss fell into its interval; None where it is not known yet."""
    if found.loss is None:
        return None
    return found.loss_interval.low <= found.loss <= found.loss_interval.high


def shown_count(found: Sequence[RiskForecast]) -> int:
    """Rows of the table."""
    return len(found) if len(found) <= ALL_SHOWN else SHOWN


def forecasts_table(facts: BoardFacts, test: BackTest, has_voices: bool) -> FigureSpec:
    """Each risk's forecast of events and of loss, with what happened as a mark."""
    shown = misses_first(test.rows)[: shown_count(test.rows)]
    return FigureSpec(
        kind="interval_table",
        data={
            "columns": _columns(facts, test, shown, has_voices),
            "rows": [
                *({"cells": _cells(facts, each, has_voices)} for each in shown),
                _total_row(facts, test, has_voices),
            ],
            "most": _TALLEST,
            "label_share": 0.34,
            "gap": 10 if has_voices else 14,
        },
        width=346 if has_voices else 568,
        height=min(42 + _TALLEST * (len(shown) + 1), _HEIGHT),
        alt=_alt(test, shown),
    )


def _columns(
    facts: BoardFacts, test: BackTest, shown: Sequence[RiskForecast], has_voices: bool
) -> list[dict[str, object]]:
    """Beside voices the losses stand without their intervals, for want of room."""
    counts = [each for one in shown for each in (one.events_interval.high, float(one.events))]
    losses = [
        each
        for one in shown
        for each in (one.loss_interval.low, one.loss_interval.high, one.loss or 0.0)
    ]
    losses += [test.total_interval.low, test.total_interval.high, test.total_loss or 0.0]
    happened: list[dict[str, object]] = []
    loss: list[dict[str, object]] = [{"kind": "words", "head": "loss"}]
    if not has_voices:
        happened.append({"kind": "words", "head": "happened"})
        axis = log_axis(facts, losses)
        loss.insert(0, {"kind": "plot", "title": "Loss", "unit": "90%, log", "axis": axis})
    return [
        {"kind": "label", "head": "Risk"},
        {"kind": "words", "head": ["chance", "forecast"]},
        *happened,
        {
            "kind": "plot",
            "title": "Events",
            "unit": "90%",
            "axis": round_axis([1.0, *counts], formats.number, 3),
        },
        {"kind": "words", "head": "events", "is_close": True},
        *loss,
    ]


def _total_row(facts: BoardFacts, test: BackTest, has_voices: bool) -> dict[str, object]:
    """The whole year's loss, which is forecast on its own."""
    loss, forecast = test.total_loss, test.total_interval
    inside = None if loss is None else forecast.low <= loss <= forecast.high
    words: dict[str, object] = {
        "text": "not known" if loss is None else money_words(facts, loss),
        **({"status": "off"} if inside is False else {}),
    }
    events = formats.number(sum(each.events for each in test.rows))
    picture = _interval(forecast, loss, inside)
    return {
        "is_total": True,
        "cells": [
            "The whole year",
            "",
            *([] if has_voices else [""]),
            {},
            events,
            *([words] if has_voices else [picture, words]),
        ],
    }


def _cells(facts: BoardFacts, found: RiskForecast, has_voices: bool) -> list[object]:
    events: dict[str, object] = {
        "text": formats.number(found.events),
        "is_strong": True,
        **({} if found.is_inside else {"status": "off"}),
    }
    inside = is_loss_inside(found)
    loss: dict[str, object] = {
        "text": "not known" if found.loss is None else money_words(facts, found.loss),
        "is_quiet": found.loss is None,
        **({"status": "off"} if inside is False else {}),
    }
    picture = _interval(found.loss_interval, found.loss, inside)
    return [
        found.short_title,
        formats.percent(found.chance),
        *([] if has_voices else ["yes" if found.events else "no"]),
        _interval(found.events_interval, float(found.events), found.is_inside),
        events,
        *([loss] if has_voices else [picture, loss]),
    ]


def _interval(forecast: Interval, actual: float | None, inside: bool | None) -> dict[str, object]:
    """The forecast as a band, and what happened as a ring inside it or a square outside."""
    return {
        "low": forecast.low,
        "high": forecast.high,
        "mid": actual,
        "status": "on" if inside else "off",
        "tint": "band",
    }


def _alt(test: BackTest, shown: Sequence[RiskForecast]) -> str:
    missed = [each for each in shown if not each.is_inside]
    said = [
        f"{in_sentence(each.short_title)} with {formats.counted(each.events, 'event')} against "
        f"{formats.number(each.events_interval.low)} to {formats.number(each.events_interval.high)}"
        for each in missed[:3]
    ]
    rest = f"; outside lay {formats.listed(said)}" if said else ""
    return (
        f"Events of the year against their forecasts: {formats.number(test.inside)} of "
        f"{formats.number(len(test.rows))} risks inside their 90% interval{rest}."
    )


# --- promises ------------------------------------------------------------------------------------


def promises_figure(found: Sequence[PromiseOutcome]) -> FigureSpec:
    """The reduction that was promised as a band, and the one that came as a mark."""
    shown = found[:MOST_PROMISES]
    known = [each for one in shown for each in _ends(one)]
    held = [min(max(each, -1.0), 1.0) for each in known]
    return FigureSpec(
        kind="interval_table",
        data={
            "columns": [
                {"kind": "label", "head": "Initiative"},
                {
                    "kind": "plot",
                    "title": "Fewer, %",
                    "axis": round_axis(held, lambda value: formats.number(value * 100), 2),
                },
                {"kind": "words", "head": ["promised", "realized"], "is_close": True},
            ],
            "rows": [
                {
                    "cells": [
                        {
                            "text": each.name,
                            "under": each.short_title,
                        },
                        _promise_cell(each),
                        {
                            "text": _shares(each.promised),
                            "under": (
                                "no events"
                                if each.realized is None
                                else formats.percent(each.realized)
                            ),
                        },
                    ]
                }
                for each in shown
            ],
            "most": _PROMISE_ROW,
            "label_share": 0.48,
            "gap": 10,
        },
        width=272,
        height=42 + _PROMISE_ROW * len(shown),
        alt="Promised and realized reductions of events: "
        + "; ".join(
            f"{in_sentence(each.name)} promised {_shares(each.promised)}, realized "
            + ("not known" if each.realized is None else formats.percent(each.realized))
            for each in shown
        )
        + ".",
    )


def _ends(found: PromiseOutcome) -> list[float]:
    realized = found.realized_interval
    own = [] if realized is None else [realized.low, realized.high]
    return [found.promised.low, found.promised.high, found.realized or 0.0, *own]


def _promise_cell(found: PromiseOutcome) -> dict[str, object]:
    realized = found.realized_interval
    kept = found.realized is not None and found.realized >= found.promised.low
    return {
        "low": found.promised.low,
        "high": found.promised.high,
        "whisker": None if realized is None else [realized.low, realized.high],
        "mid": found.realized,
        "status": "on" if kept else "off",
        "tint": "band",
    }


def _shares(interval: Interval) -> str:
    """``30% to 60%``."""
    low, high = formats.percent(interval.low), formats.percent(interval.high)
    return low if low == high else f"{low.removesuffix('%')} to {high}"
