"""Exposure: what is patched by its due date, and which exploited flaws are overdue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from board_report.model import MetricSeries, State, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import known
from board_report.story.key_figures import (
    aim_text,
    bar_states,
    first_that_fits,
    key_figure,
    shortened,
    what_to_give,
)
from board_report.story.page import FigureSpec, Page

FEWEST = 5
"""Below this many findings due a share is shown without a judgement."""
OVERDUE_SHOWN = 6
CROWN_JEWEL = "crown_jewel"
_TIERS = {
    "crown_jewel": "Crown jewels",
    "production": "Other production",
    "workplace": "Workplace devices",
}
_ABSENT = {State.NOTHING_HAPPENED: "none due", State.WITHHELD: "withheld"}
_TRENDS = ("internet_criticals_open", "vulnerabilities_overdue")


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, whatever is measured."""
    overdue = _overdue(facts) if facts.now("kev_overdue").value else []
    shown = overdue[:OVERDUE_SHOWN]
    return (
        Page(
            id="exposure",
            section="Exposure",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO", "CTO"),
            sources=_sources(facts),
            body={
                "quarter": facts.project.quarter.short,
                "before": facts.project.quarter.previous.short,
                "target": facts.target_text("kev_overdue"),
                "groups": _listed(shown),
                "more": len(overdue) - len(shown),
                "nothing_overdue": _nothing_overdue(facts),
                "trends": [_trend(facts, each) for each in _TRENDS],
                "key_figures": _key_figures(facts),
            },
            figures={
                "patched": _patched(facts),
                "overdue": _overdue_bars(facts),
                **{f"trend-{each}": _sparkline(facts, each) for each in _TRENDS},
            },
            metric_ids=(
                "patch_sla_compliance",
                "crown_jewel_patch_sla",
                "kev_overdue",
                *_TRENDS,
                "time_to_remediate",
            ),
        ),
    )


# --- words -------------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    patched, overdue = _patched_words(facts), _overdue_words(facts)
    if not patched and not overdue:
        return "Exposure is not measured: no scanner findings were given"
    if not overdue:
        return f"{patched[0]}; exploited flaws are not measured"
    if not patched:
        return f"Patching is not measured; {overdue}"
    return first_that_fits(*(f"{each}; {overdue}" for each in patched))


def _patched_words(facts: BoardFacts) -> tuple[str, ...]:
    """The crown jewels' share against a year ago, fullest words first; empty if not measured."""
    now, before = facts.now("crown_jewel_patch_sla"), facts.ago("crown_jewel_patch_sla", 4)
    if now.state is State.NOT_MEASURED:
        return ()
    if now.state is State.NOTHING_HAPPENED:
        return ("Nothing on crown jewels was due this quarter",)
    if now.value is None:
        return ("Patching of crown jewels is withheld",)
    if now.n < FEWEST:
        due = formats.counted(now.n, "crown-jewel flaw was", "crown-jewel flaws were")
        return (f"Only {due} due, too few to judge",)
    text = facts.text("crown_jewel_patch_sla")
    start = f"Crown jewels were patched on time in {text} of cases"
    if before is None or before.value is None or before.n < FEWEST:
        return (start, f"{text} of crown-jewel flaws were patched on time")
    then = facts.text("crown_jewel_patch_sla", ago=4)
    if then == text:
        return (f"{start}, as a year ago", start)
    way = "up" if now.value > before.value else "down"
    return (
        f"{start}, {way} from {then} a year ago",
        f"{start} ({then} a year ago)",
        f"{text} of crown-jewel flaws were patched on time ({then} a year ago)",
        f"{text} of crown-jewel flaws were patched on time",
    )


def _overdue_words(facts: BoardFacts) -> str:
    """How many exploited flaws are overdue, and how many of them on crown jewels."""
    now = facts.now("kev_overdue")
    if now.value is None:
        return "" if now.state is State.NOT_MEASURED else "exploited flaws are withheld"
    total = int(now.value)
    if not total:
        return "no exploited flaw is overdue"
    said = formats.counted(total, "exploited flaw is", "exploited flaws are") + " overdue"
    jewels = _on_crown_jewels(facts)
    if jewels is None:
        return said
    if total == 1:
        return f"{said}, {'on a crown jewel' if jewels else 'not on a crown jewel'}"
    if jewels == total:
        return f"{said}, all on crown jewels"
    return f"{said}, {formats.count_words(jewels) if jewels else 'none'} on crown jewels"


def _on_crown_jewels(facts: BoardFacts) -> int | None:
    series = facts.figures.by("kev_overdue", "asset_tier").get(CROWN_JEWEL)
    return int(series.now.value) if series and series.now.value is not None else None


def _context(facts: BoardFacts) -> str:
    now, patched = facts.now("kev_overdue"), facts.now("patch_sla_compliance")
    if patched.state is State.NOT_MEASURED:
        return what_to_give(facts, patched.note, "vulnerability_findings")
    if now.state is State.NOT_MEASURED:
        return what_to_give(facts, now.note, "kev_catalogue")
    said = "Exploited: in the CISA KEV catalogue, and overdue by the catalogue’s own date."
    age = now.parts.get("catalogue_age_days")
    if age is None:
        return said
    days = formats.counted(int(age), "day", words=False)
    return f"{said} The newest entry in our copy is {days} old."


def _sources(facts: BoardFacts) -> str:
    start = "Sources: scanner findings; dated copy of the KEV catalogue; assets by name only."
    without = int(facts.now("kev_overdue").parts.get("no_cve", 0))
    if without:
        verb = "has" if without == 1 else "have"
        start += (
            f" {formats.counted(without, 'open finding', words=False)} {verb} no CVE number and "
            "cannot be looked up."
        )
    return f"{start} Definitions: appendix."


def _nothing_overdue(facts: BoardFacts) -> str:
    now = facts.now("kev_overdue")
    if now.value is not None:
        return "No exploited flaw is open past its date."
    reason = f": {now.note}" if now.note else ""
    return f"{sentences.capital(formats.state_words(now.state))}{reason}."


# --- patched by the due date -------------------------------------------------------------------


def _patched(facts: BoardFacts) -> FigureSpec:
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
        height=240,
        alt="Share of findings closed by their due date. "
        + "; ".join(
            f"{_TIERS.get(name, name)} {_share(facts, series)}, {_of(series) or 'none due'}"
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
    """A row for each slice, except those in which nothing was due in any quarter shown."""
    return [
        {
            "label": names.get(name, sentences.capital(name)),
            "now": series.now.value,
            "year_ago": series.year_ago.value if series.year_ago else None,
            "status": _judged(series).name.lower(),
            "value": _share(facts, series) if series.now.measured else "",
            "detail": _of(series),
            "target": series.target.value if series.target and own_target else None,
            "absent": _ABSENT.get(series.now.state, "not measured"),
        }
        for name, series in slices.items()
        if any(each.state is not State.NOTHING_HAPPENED for each in series.values)
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


def _of(series: MetricSeries) -> str:
    """``102 of 112``."""
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


# --- exploited flaws ---------------------------------------------------------------------------


def _overdue_bars(facts: BoardFacts) -> FigureSpec:
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


def _overdue(facts: BoardFacts) -> list[dict[str, Any]]:
    """Open findings past the catalogue's date, the latest first; one row for each finding."""
    dates = _catalogue_dates(facts)
    frame = facts.rows("vulnerability_findings")
    rows = frame[frame["cve"].isin(list(dates))].to_dict("records")
    found = [
        {
            "name": _asset_name(row),
            "is_crown_jewel": row["asset_tier"] == CROWN_JEWEL,
            "days": (facts.as_of - dates[row["cve"]]).days,
        }
        for row in rows
        if _is_open(row, facts.as_of)
    ]
    return sorted(found, key=lambda each: (not each["is_crown_jewel"], -each["days"], each["name"]))


def _catalogue_dates(facts: BoardFacts) -> dict[str, date]:
    """The catalogue's due dates that have gone by, of entries known by the as-of date."""
    return {
        row["cve"]: row["kev_due_on"].date()
        for row in facts.rows("kev_catalogue").to_dict("records")
        if row["added_on"].date() <= facts.as_of and row["kev_due_on"].date() < facts.as_of
    }


def _is_open(row: Mapping[Any, Any], as_of: date) -> bool:
    closed = row["closed_on"]
    return row["first_seen_on"].date() <= as_of and not (known(closed) and closed.date() <= as_of)


def _asset_name(row: Mapping[Any, Any]) -> str:
    """What people call the asset; never its address, which has no place in a board paper."""
    name = row["asset_name"]
    return shortened(str(name), 24) if known(name) and str(name).strip() else "Asset without a name"


def _listed(overdue: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows under "On crown jewels" and "Elsewhere"; a group without rows is left out."""
    groups: list[dict[str, Any]] = []
    for title, wanted in (("On crown jewels", True), ("Elsewhere", False)):
        rows = [
            {"name": each["name"], "days": formats.number(each["days"])}
            for each in overdue
            if each["is_crown_jewel"] is wanted
        ]
        if rows:
            groups.append({"title": title, "rows": rows})
    return groups


# --- the backlog -------------------------------------------------------------------------------


def _trend(facts: BoardFacts, metric_id: str) -> dict[str, str]:
    now, status = facts.now(metric_id), facts.status(metric_id)
    absent = sentences.capital(formats.state_words(now.state))
    return {
        "figure": f"trend-{metric_id}",
        "name": facts.figures.spec(metric_id).title,
        "value": facts.bare(metric_id) if now.measured else "–",
        "target": facts.target_text(metric_id) or "–",
        "status": status.name.lower(),
        "word": "" if status is Status.NONE else sentences.capital(str(status)),
        "change": facts.change_text(metric_id) if now.measured else absent,
    }


def _sparkline(facts: BoardFacts, metric_id: str) -> FigureSpec:
    series = facts.series(metric_id)
    return FigureSpec(
        kind="sparkline",
        data={
            "values": facts.values(metric_id),
            "target": series.target.value if series.target else None,
            "status": series.status.name.lower(),
        },
        width=90,
        height=22,
        alt=f"{facts.figures.spec(metric_id).title} over the quarters shown: "
        f"{facts.text(metric_id)} now.",
    )


def _key_figures(facts: BoardFacts) -> list[dict[str, str]]:
    share, jewels = facts.series("patch_sla_compliance"), facts.series("crown_jewel_patch_sla")
    parts = facts.now("time_to_remediate").parts
    slow = parts.get("p90")
    nine = f"; nine in ten within {formats.days(slow)}" if slow is not None else ""
    return [
        key_figure(facts, "crown_jewel_patch_sla", f"{_of(jewels)} due in the quarter"),
        key_figure(facts, "patch_sla_compliance", f"{_of(share)} due in the quarter, all assets"),
        key_figure(facts, "time_to_remediate", f"Median of findings closed{nine}"),
    ]
