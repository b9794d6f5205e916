"""Pictures of exposure: shares patched in time, exploited flaws overdue, and the backlog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from board_report.model import MetricSeries, State, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import aim_text, bar_states
from board_report.story.measure_rows import course
from board_report.story.page import FigureSpec

FEWEST = 5
"""Below this many findings due a share is shown without a judgement."""
_TIERS = {
    "crown_jewel": "Crown jewels",
    "production": "Other production",
    "workplace": "Workplace devices",
}
_ABSENT = {State.NOTHING_HAPPENED: "none due", State.WITHHELD: "withheld"}


def patched_picture(facts: BoardFacts, height: int = 240) -> FigureSpec:
    """Shares of findings closed by their due date, by tier and by severity."""
    tiers = facts.figures.by("patch_sla_compliance", "asset_tier")
    jewels = facts.figures.by("crown_jewel_patch_sla", "severity")
    severities = facts.figures.by("patch_sla_compliance", "severity")
    groups = [
        {"title": "By asset tier", "rows": _rows(facts, tiers, _TIERS, own_target=True)},
        _group(facts, "Crown jewels by severity", "crown_jewel_patch_sla", jewels),
        _group(facts, "All assets by severity", "patch_sla_compliance", severities),
    ]
    axis = _axis([*tiers.values(), *jewels.values(), *severities.values()])
    return FigureSpec(
        kind="dumbbell",
        data={"groups": groups, "axis": axis, "detail_head": "closed of due"},
        width=420,
        height=height,
        alt="Share of findings closed by their due date. "
        + "; ".join(
            f"{_TIERS.get(name, name)} {_share(facts, series)}, "
            f"{closed_of_due(series) or _ABSENT.get(series.now.state, 'not measured')}"
            for name, series in tiers.items()
        )
        + ".",
    )


def _group(
    facts: BoardFacts, title: str, metric_id: str, slices: Mapping[str, MetricSeries]
) -> dict[str, object]:
    target = facts.series(metric_id).target
    return {
        "title": title,
        "target": target.value if target else None,
        "target_label": f"target {aim_text(facts, metric_id, target.value)}" if target else "",
        "rows": _rows(facts, slices, {}),
    }


def _rows(
    facts: BoardFacts,
    slices: Mapping[str, MetricSeries],
    names: Mapping[str, str],
    *,
    own_target: bool = False,
) -> list[dict[str, object]]:
    """A row for each slice, except those in which nothing was due in any quarter shown.

    Where that holds for all of them they stay, and each says that none was due.
    """
    due = {
        name: series
        for name, series in slices.items()
        if any(each.state is not State.NOTHING_HAPPENED for each in series.values)
    }
    return [
        {
            "label": names.get(name, sentences.capital(name)),
            "now": series.now.value,
            "year_ago": series.year_ago.value if series.year_ago else None,
            "status": _judged(series).name.lower(),
            "value": _share(facts, series) if series.now.measured else "",
            "detail": closed_of_due(series),
            "target": series.target.value if series.target and own_target else None,
            "absent": _ABSENT.get(series.now.state, "not measured"),
        }
        for name, series in (due or slices).items()
    ]


def _judged(series: MetricSeries) -> Status:
    return series.status if series.now.n >= FEWEST else Status.NONE


def _share(facts: BoardFacts, series: MetricSeries) -> str:
    """The share; with a decimal where without one it would read as a target that it misses."""
    text = formats.result(series.now, facts.unit(series.metric_id), facts.currency)
    target = series.target
    if target and series.now.value is not None and series.status is not Status.ON:
        aim = aim_text(facts, series.metric_id, target.value)
        return formats.percent(series.now.value, 1) if text == aim else text
    return text


def closed_of_due(series: MetricSeries) -> str:
    """``102 of 112``; empty where nothing was due."""
    parts = series.now.parts
    if not parts.get("denominator"):
        return ""
    return f"{formats.number(parts['numerator'])} of {formats.number(parts['denominator'])}"


def _axis(slices: Iterable[MetricSeries]) -> dict[str, object]:
    """From the tick below the least share (or target) to 100%."""
    held = [1.0]
    for series in slices:
        pair = (series.now, series.year_ago)
        held += [each.value for each in pair if each and each.value is not None]
        held += [series.target.value] if series.target else []
    step, low = next(
        (step, edge)
        for step, edge in ((0.05, 0.8), (0.1, 0.7), (0.1, 0.5), (0.25, 0.0))
        if min(held) >= edge
    )
    count = round((1 - low) / step)
    ticks = [round(low + step * at, 2) for at in range(count + 1)]
    return {
        "low": low,
        "high": 1.0,
        "ticks": [[each, formats.percent(each)] for each in ticks],
    }


def overdue_picture(facts: BoardFacts) -> FigureSpec:
    """Exploited flaws overdue at the end of each quarter."""
    status = facts.status("kev_overdue")
    return FigureSpec(
        kind="bars",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "values": facts.values("kev_overdue"),
            "states": bar_states(facts, "kev_overdue"),
            "current_color": "off" if status is Status.OFF else "accent",
        },
        width=198,
        height=112,
        alt=f"Exploited flaws overdue at quarter end, {facts.quarters[0]} to "
        f"{facts.quarters[-1]}: "
        + ", ".join(
            facts.text("kev_overdue", ago=ago) for ago in range(len(facts.quarters) - 1, -1, -1)
        )
        + ".",
    )


def trend_picture(facts: BoardFacts, metric_id: str) -> FigureSpec:
    """The course of a stock over the quarters."""
    said = f"over the quarters shown: {facts.text(metric_id)} now."
    return course(facts, metric_id, said, width=90, height=22)
