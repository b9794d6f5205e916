"""Exposure: what is patched by its due date, and which exploited flaws are overdue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from board_report.metrics.ciso.exploited import FINDINGS, cves_in
from board_report.model import State, Status
from board_report.story import formats, marks, sentences
from board_report.story.exposure_pictures import (
    FEWEST,
    closed_of_due,
    overdue_picture,
    patched_picture,
    trend_picture,
)
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import known
from board_report.story.key_figures import (
    first_that_fits,
    in_column,
    key_figure,
    shortened,
    what_to_give,
)
from board_report.story.page import Page
from board_report.story.record_spans import part_words, span_words, untold, why_zero_is_not_known

OVERDUE_SHOWN = 6
CROWN_JEWEL = "crown_jewel"
_PLACES = ("On crown jewels", "Asset tier not known", "Elsewhere")
_TRENDS = ("internet_criticals_open", "vulnerabilities_overdue")
_PREDICTED = "likely_exploited_open"
"""A third stock, where a file of exploit predictions was given."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, whatever is measured."""
    overdue = _overdue(facts) if facts.now("kev_overdue").value else []
    shown, trends = overdue[:OVERDUE_SHOWN], _trends(facts)
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
                # Of a reduced table only the first of the overdue are here by name.
                "more": int(facts.now("kev_overdue").value or 0) - len(shown),
                "nothing_overdue": _nothing_overdue(facts),
                "trends": [_trend(facts, each) for each in trends],
                "key_figures": in_column(_key_figures(facts)),
            },
            figures={
                # The table below it stands at the foot: a third row takes its height.
                "patched": patched_picture(facts, height=240 if trends == _TRENDS else 220),
                "overdue": overdue_picture(facts),
                **{f"trend-{each}": trend_picture(facts, each) for each in trends},
            },
            metric_ids=(
                "patch_sla_compliance",
                "crown_jewel_patch_sla",
                "kev_overdue",
                *trends,
                "time_to_remediate",
            ),
        ),
    )


# --- words -------------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    outside = untold(facts, FINDINGS, "Scanner records")
    if outside:
        return outside
    patched, overdue = _patched_words(facts), _overdue_words(facts)
    if not patched and not overdue:
        if facts.tables.measured(FINDINGS):
            return "Neither patching in time nor exploited flaws are measured"
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
    is_thin = facts.is_thin("crown_jewel_patch_sla")
    if is_thin or (now.value is not None and now.n < FEWEST):
        due = formats.counted(now.n, "crown-jewel flaw was", "crown-jewel flaws were")
        return (f"Only {due} due, too few to judge",)
    if now.value is None:
        return ("Patching of crown jewels is withheld",)
    text = facts.text("crown_jewel_patch_sla")
    start = f"Crown jewels were patched on time in {text} of cases"
    if before is None or before.value is None or before.n < FEWEST:
        return (start, f"{text} of crown-jewel flaws were patched on time")
    then = facts.text("crown_jewel_patch_sla", ago=4)
    if then == text:
        return (f"{start}, as a year ago", start)
    way = "up" if now.value > before.value else "down"
    if facts.is_chance("crown_jewel_patch_sla", ago=4):
        way = "no clear change"
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
    """How many are; None where it is not known of every one of them."""
    tiers = [each.now.value for each in facts.figures.by("kev_overdue", "asset_tier").values()]
    series = facts.figures.by("kev_overdue", "asset_tier").get(CROWN_JEWEL)
    if sum(each or 0 for each in tiers) != facts.now("kev_overdue").value:
        return None
    return int(series.now.value) if series and series.now.value is not None else None


def _context(facts: BoardFacts) -> str:
    now, patched = facts.now("kev_overdue"), facts.now("patch_sla_compliance")
    if patched.state is State.NOT_MEASURED or span_words(facts, FINDINGS):
        return what_to_give(facts, patched.note, FINDINGS)
    if now.state is State.NOT_MEASURED:
        return what_to_give(facts, now.note, "kev_catalogue")
    part = part_words(facts, FINDINGS)
    said = "Exploited: in the CISA KEV catalogue, and overdue by the catalogue’s own date."
    said = f"{part} {said}" if part else said
    copy, entry = now.parts.get("copy_age_days"), now.parts.get("catalogue_age_days")
    if copy is not None:
        return f"{said} Our copy is {formats.counted(int(copy), 'day', words=False)} old."
    if entry is None:
        return said
    days = formats.counted(int(entry), "day", words=False)
    return f"{said} The newest entry in our copy is {days} old."


def _sources(facts: BoardFacts) -> str:
    start = (
        f"Sources: scanner findings; dated copy of the KEV catalogue;{_scores(facts)} assets by "
        "name only."
    )
    without = int(facts.now("kev_overdue").parts.get("no_cve", 0))
    if without:
        verb = "has" if without == 1 else "have"
        start += (
            f" {formats.counted(without, 'open finding', words=False)} {verb} no CVE number and "
            "cannot be looked up."
        )
    return f"{start} Definitions: appendix."


def _scores(facts: BoardFacts) -> str:
    """What likely means, and of which day the newest scores are; empty where none were given."""
    if _PREDICTED not in _trends(facts):
        return ""
    age = facts.now(_PREDICTED).parts.get("scores_age_days")
    if age is None:
        return " EPSS (likely: 10% or more);"
    made = facts.as_of - timedelta(days=int(age))
    return f" EPSS of {formats.day(made)} (likely: 10% or more);"


def _nothing_overdue(facts: BoardFacts) -> str:
    now, unknown = facts.now("kev_overdue"), why_zero_is_not_known(facts, "kev_overdue")
    if unknown:
        return f"Not known: {unknown}."
    if now.value is not None:
        return "No exploited flaw is open past its date."
    reason = f": {now.note}" if now.note else ""
    return f"{sentences.capital(formats.state_words(now.state))}{reason}."


# --- exploited flaws ---------------------------------------------------------------------------


def _overdue(facts: BoardFacts) -> list[dict[str, Any]]:
    """Open findings past the catalogue's date, the latest first; one row for each finding."""
    dates = _catalogue_dates(facts)
    frame = facts.rows(FINDINGS)
    rows = [row for row in frame.to_dict("records") if _due(row, dates)]
    found = [
        {
            "name": _asset_name(row),
            "place": _place(row["asset_tier"]),
            "days": (facts.as_of - _due(row, dates)[0]).days,
        }
        for row in rows
        if _is_open(row, facts.as_of)
    ]
    return sorted(
        found, key=lambda each: (_PLACES.index(each["place"]), -each["days"], each["name"])
    )


def _place(tier: Any) -> str:
    """The heading under which a finding stands; an unknown tier is no claim of either."""
    if not known(tier):
        return _PLACES[1]
    return _PLACES[0] if tier == CROWN_JEWEL else _PLACES[2]


def _due(row: Mapping[Any, Any], dates: Mapping[str, date]) -> list[date]:
    """The catalogue's dates for the CVEs of a finding, the earliest first."""
    return sorted(dates[cve] for cve in cves_in(row["cve"]) if cve in dates)


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
    """Rows under the heading of their place; a group without rows is left out."""
    groups: list[dict[str, Any]] = []
    for title in _PLACES:
        rows = [
            {"name": each["name"], "days": formats.number(each["days"])}
            for each in overdue
            if each["place"] == title
        ]
        if rows:
            groups.append({"title": title, "rows": rows})
    return groups


# --- the backlog -------------------------------------------------------------------------------


def _trends(facts: BoardFacts) -> tuple[str, ...]:
    given = facts.tables.measured("exploit_predictions")
    is_shown = given and _PREDICTED in facts.figures.series
    return (*_TRENDS, _PREDICTED) if is_shown else _TRENDS


def _trend(facts: BoardFacts, metric_id: str) -> dict[str, str]:
    now, status = facts.now(metric_id), facts.status(metric_id)
    absent = sentences.capital(formats.state_words(now.state))
    is_shown = now.measured
    if why_zero_is_not_known(facts, metric_id):
        is_shown, status, absent = False, Status.NONE, "Not known"
    return {
        "figure": f"trend-{metric_id}",
        "name": facts.figures.spec(metric_id).title,
        "value": facts.bare(metric_id) if is_shown else "–",
        "target": facts.target_text(metric_id) or "–",
        "status": status.name.lower(),
        "word": "" if status is Status.NONE else sentences.capital(str(status)),
        "change": facts.change_text(metric_id) if is_shown else absent,
    }


def _key_figures(facts: BoardFacts) -> list[dict[str, str]]:
    share, jewels = facts.series("patch_sla_compliance"), facts.series("crown_jewel_patch_sla")
    parts = facts.now("time_to_remediate").parts
    slow = parts.get("p90")
    nine = f"; nine in ten within {formats.days(slow)}" if slow is not None else ""
    known = marks.interval(facts, "time_to_remediate")
    sure = f" ({known}, 95%)" if known else ""
    return [
        key_figure(facts, "crown_jewel_patch_sla", f"{closed_of_due(jewels)} due in the quarter"),
        key_figure(facts, "patch_sla_compliance", f"{closed_of_due(share)} due, all assets"),
        key_figure(facts, "time_to_remediate", f"Median of findings first seen{sure}{nine}"),
    ]
