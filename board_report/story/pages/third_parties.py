"""Third parties: the vendors that carry processes, how they are rated, and when we looked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isnan
from typing import Any

from board_report.metrics.ciso.third_parties import USUAL_SCALE
from board_report.model import MetricResult, State
from board_report.story import formats, marks
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, key_figure
from board_report.story.outside_view import OUTSIDE, outside_line
from board_report.story.page import FigureSpec, Page

Row = Mapping[Any, Any]
"""A vendor's cells by column, and its ``age``: days since our last assessment, or None."""
SHOWN = 9
ROOMY = 5
"""Up to so many rows, the other tiers stand in a table under them rather than in a line."""
DUE_AFTER = 365
LONGEST_AGE = 730
CRITICAL = "tier_1"
_OTHERS = {"tier_2": "Tier 2", "tier_3": "Tier 3"}
_BY_TIER = (
    "third_parties_count",
    "third_party_rating",
    "third_parties_unrated",
    "third_party_criticals",
)
_KEYS = (
    ("tier_1_assessed_share", "assessed in the past 365 days"),
    ("third_party_criticals", "critical findings held against vendors, all tiers"),
    ("third_party_rating", "median of the vendors that have a rating"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: the critical vendors row by row, and the others in a line."""
    vendors = _critical_vendors(facts)
    shown = vendors[:SHOWN]
    others = _others(facts) if len(shown) <= ROOMY else []
    hidden = _others_line(facts, len(vendors) - len(shown))
    outside = outside_line(facts, "" if others else hidden) if shown else ""
    return (
        Page(
            id="third-parties",
            section="Third parties",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO"),
            sources=(
                "Sources: register of third parties; ratings of an outside service, which sees a "
                "vendor’s internet face alone. Definitions: appendix."
            ),
            body={
                "state": _state(facts, shown),
                "untold": _untold(facts),
                "wanted": marks.wanted(facts, "third_parties"),
                "others": others,
                "others_line": hidden,
                "outside_line": outside,
                "key": _key(shown),
                "key_figures": [key_figure(facts, each, words) for each, words in _KEYS],
            },
            figures={"vendors": _figure(facts, shown)} if shown else {},
            metric_ids=(
                "third_parties_count",
                "tier_1_assessed_share",
                "third_party_rating",
                "third_parties_unrated",
                "third_party_criticals",
                *((OUTSIDE,) if outside else ()),
            ),
        ),
    )


# --- words -------------------------------------------------------------------------------------


def _state(facts: BoardFacts, shown: list[Row]) -> str:
    if facts.now("third_parties_count").value is None:
        return "absent"
    if shown:
        return "shown"
    return "untold" if _without_tier(facts) else "none"


def _without_tier(facts: BoardFacts) -> int:
    """Vendors at quarter end whose tier is not known."""
    if facts.now("third_parties_count").value is None:
        return 0
    frame = facts.rows("third_parties")
    now = frame[frame["quarter"] == str(facts.project.quarter)]
    return int(now["tier"].isna().sum())


def _title(facts: BoardFacts) -> str:
    everyone = facts.now("third_parties_count")
    if everyone.value is None:
        return (
            "Third parties are not measured: no register of vendors could be used"
            if everyone.state is State.NOT_MEASURED
            else "The figures on third parties are withheld"
        )
    assessed, criticals = _assessed(facts), _criticals(facts)
    unrated = _unrated(facts)
    pairs = [
        (assessed[0], criticals[0]),
        (assessed[0], criticals[-1]),
        (assessed[-1], criticals[0]),
        (assessed[-1], criticals[-1]),
    ]
    return first_that_fits(
        *(f"{one}; {two}{unrated}" for one, two in pairs),
        *(f"{one}; {two}" for one, two in pairs),
    )


def _assessed(facts: BoardFacts) -> tuple[str, ...]:
    """How many critical vendors were assessed in time, against a year ago; fullest first."""
    now, before = facts.now("tier_1_assessed_share"), facts.ago("tier_1_assessed_share", 4)
    if now.state is State.NOTHING_HAPPENED:
        return (f"No vendor is {'known to be ' if _without_tier(facts) else ''}in tier 1",)
    if now.value is None:
        return (f"The assessment of tier 1 vendors is {formats.state_words(now.state)}",)
    done = int(now.parts["numerator"])
    if now.n == 1:
        return (f"The one tier 1 vendor was {'' if done else 'not '}assessed within a year",)
    verb = "was" if done == 1 else "were"
    start = f"{_share(now)} tier 1 vendors {verb} assessed within a year"
    if before is None or not marks.is_comparable(now) or not marks.is_comparable(before):
        return (start,)
    if (done, now.n) == (int(before.parts["numerator"]), before.n):
        return (f"{start}, as a year ago", start)
    return (f"{start}, {_share(before).lower()} a year ago", start)


def _share(result: MetricResult) -> str:
    """``Seven of nine``, ``All nine``, ``None of nine``."""
    done, whole = int(result.parts["numerator"]), result.n
    if done == whole:
        return "Both" if whole == 2 else f"All {formats.count_words(whole)}"
    word = formats.count_words(done).capitalize() if done else "None"
    return f"{word} of {formats.count_words(whole)}"


def _criticals(facts: BoardFacts) -> tuple[str, ...]:
    """Open critical findings, with how many of them in tier 1, and without."""
    now = facts.now("third_party_criticals")
    if now.value is None:
        return ("their critical findings are not known",)
    if not now.value:
        return ("no critical finding is open",)
    said = formats.counted(int(now.value), "critical finding is", "critical findings are") + " open"
    tiers = facts.figures.by("third_party_criticals", "tier")
    critical = tiers[CRITICAL].now.value
    is_split = sum(each.now.value or 0 for each in tiers.values()) == now.value
    if critical is None or not is_split or critical == now.value or now.value == 1:
        return (said,)
    return (f"{said}, {formats.count_words(int(critical)) if critical else 'none'} in tier 1", said)


def _unrated(facts: BoardFacts) -> str:
    """Only critical vendors: ``, and one tier 1 vendor has no rating``."""
    count = facts.figures.by("third_parties_unrated", "tier")[CRITICAL].now.value
    if not count:
        return ""
    vendors = formats.counted(int(count), "tier 1 vendor has", "tier 1 vendors have")
    return f", and {vendors} no rating"


def _context(facts: BoardFacts) -> str:
    everyone = facts.now("third_parties_count")
    if everyone.value is None:
        return _not_measured(facts)
    unrated = facts.now("third_parties_unrated").value
    said = ""
    if unrated and everyone.value == 1:
        said = " The one vendor has no rating."
    elif unrated:
        has = "has" if unrated == 1 else "have"
        count = formats.count_words(int(unrated)).capitalize()
        said = f" {count} of {formats.counted(int(everyone.value), 'vendor', words=False)} {has} no"
        said += " rating."
    said += _tier_words(_without_tier(facts), int(everyone.value))
    return (
        "Tier 1: a process would stop without them. Rated from outside, "
        f"0 to {formats.number(_scale_top(facts))}; assessed by us every {DUE_AFTER} days. "
        f"Worst first.{said}"
    )


def _tier_words(untold: int, everyone: int) -> str:
    """Of how many vendors the tier is not known; empty where it is of each."""
    if not untold:
        return ""
    if untold == everyone:
        return " No vendor’s tier is known."
    count = formats.counted(everyone, "vendor", words=False)
    return f" The tier of {formats.number(untold)} of {count} is not known."


def _untold(facts: BoardFacts) -> str:
    """What stands where vendors could be in tier 1 and none is known to be."""
    if not _without_tier(facts):
        return ""
    return (
        "Which vendors a process would stop without cannot be said: give each its tier in the "
        "register of third parties."
    )


def _not_measured(facts: BoardFacts) -> str:
    note = facts.now("third_parties_count").note
    return f"{note[:1].upper()}{note[1:]}." if note else ""


def _others_line(facts: BoardFacts, hidden: int) -> str:
    """What the picture leaves out, in a line."""
    said = [f"{formats.number(hidden)} more in tier 1"] if hidden > 0 else []
    for name, vendors, rating, unrated, criticals in _others(facts):
        known = [f"median {rating}"] if rating != "–" else []
        notes = [f"{count} {word}" for count, word in ((unrated, "unrated"),) if count != "0"]
        found = "critical" if criticals == "1" else "criticals"
        notes += [f"{criticals} {found}"] if criticals not in ("0", "–") else []
        said.append(f"{name}: {', '.join([vendors, *known, *notes])}")
    return f"Not shown: {'; '.join(said)}." if said else ""


def _others(facts: BoardFacts) -> list[list[str]]:
    """A row for each other tier: its name, vendors, median rating, unrated, open criticals."""
    rows = []
    for tier, name in _OTHERS.items():
        if not facts.figures.by(_BY_TIER[0], "tier")[tier].now.value:
            continue
        rows.append([name, *(_bare(facts, each, tier) for each in _BY_TIER)])
    return rows


def _bare(facts: BoardFacts, metric_id: str, tier: str) -> str:
    now = facts.figures.by(metric_id, "tier")[tier].now
    if now.value is None:
        return "–"
    return formats.bare(now.value, facts.unit(metric_id), facts.currency)


# --- the picture -------------------------------------------------------------------------------


def _critical_vendors(facts: BoardFacts) -> list[Row]:
    """The rows of tier 1 at quarter end, worst first."""
    if facts.now("third_parties_count").value is None:
        return []
    frame = facts.rows("third_parties")
    now = frame[(frame["quarter"] == str(facts.project.quarter)) & (frame["tier"] == CRITICAL)]
    rows = [{**row, "age": _age(row, facts.as_of)} for row in now.to_dict("records")]
    return sorted(rows, key=_rank)


def _age(row: Row, as_of: date) -> int | None:
    """Days since our last assessment; None if there was none by the as-of date."""
    when = row["last_assessed_on"]
    if when != when or when.date() > as_of:
        return None
    return int((as_of - when.date()).days)


def _rank(row: Row) -> tuple[float, float, float, str]:
    rating = row["rating"]
    age = row["age"] if row["age"] is not None else float("inf")
    criticals = _count(row["open_criticals"]) or 0
    return (-criticals, -age, -1.0 if isnan(rating) else rating, str(row["vendor_id"]))


def _count(cell: Any) -> int | None:
    return int(cell) if isinstance(cell, int) or hasattr(cell, "__index__") else None


def _ratings_year_ago(facts: BoardFacts) -> dict[str, float]:
    frame = facts.rows("third_parties")
    before = frame[frame["quarter"] == str(facts.project.quarter.shift(-4))]
    return {
        row["vendor_id"]: float(row["rating"])
        for row in before.to_dict("records")
        if row["rating"] == row["rating"] and _out_of(row) == _scale_top(facts)
    }


def _out_of(row: Row) -> float:
    """The top of the scale that a vendor is rated on."""
    out_of = float(row["rating_out_of"])
    return USUAL_SCALE if isnan(out_of) else out_of


def _scale_top(facts: BoardFacts) -> float:
    """The top of the scale that most vendors are rated on this quarter."""
    frame = facts.rows("third_parties")
    now = frame[(frame["quarter"] == str(facts.project.quarter)) & frame["rating"].notna()]
    tops = [_out_of(row) for row in now.to_dict("records")]
    return max(dict.fromkeys(tops), key=tops.count, default=USUAL_SCALE)


def _figure(facts: BoardFacts, shown: list[Row]) -> FigureSpec:
    before, top = _ratings_year_ago(facts), _scale_top(facts)
    return FigureSpec(
        kind="tracks",
        data={
            "head": "Vendor, and what it carries",
            "columns": [
                {
                    "title": "Rating",
                    "width": 168,
                    "axis": {
                        "low": 0.0,
                        "high": top,
                        "ticks": [[each, formats.number(each)] for each in (0.0, top / 2, top)],
                    },
                },
                {
                    "title": "Days since our assessment",
                    "width": 166,
                    "axis": {
                        "low": 0.0,
                        "high": float(LONGEST_AGE),
                        "ticks": [[0.0, "0"], [float(DUE_AFTER), "365"], [730.0, "730"]],
                    },
                    "target": float(DUE_AFTER),
                },
                {"title": "Criticals", "width": 50},
                {"title": "Spend a year", "width": 80},
            ],
            "rows": [_row(facts, each, before) for each in shown],
        },
        width=642,
        height=41 + min(46 * len(shown), 252),
        alt=(
            "Tier 1 vendors with rating, days since our assessment, open critical findings and "
            f"yearly spend: {_said(shown)}."
        ),
    )


def _row(facts: BoardFacts, vendor: Row, before: Mapping[str, float]) -> dict[str, object]:
    criticals, spend = _count(vendor["open_criticals"]), vendor["annual_spend"]
    is_late = vendor["age"] is None or vendor["age"] > DUE_AFTER
    return {
        "label": str(vendor["vendor_name"]),
        "under": ", ".join(vendor["processes"]) or "carries no named process",
        "is_emphasized": bool(criticals) or is_late,
        "cells": [
            _rating(vendor, before.get(vendor["vendor_id"]), _scale_top(facts)),
            _assessed_ago(vendor["age"]),
            {
                "words": "–" if criticals is None else formats.number(criticals),
                "status": "off" if criticals else "none",
            },
            {"words": "–" if isnan(spend) else formats.money(spend, facts.currency)},
        ],
    }


def _rating(vendor: Row, before: float | None, top: float) -> dict[str, object]:
    rating = float(vendor["rating"])
    if isnan(rating):
        return {"now": None, "absent": "not rated"}
    if _out_of(vendor) != top:
        words = f"{formats.number(rating)} of {formats.number(_out_of(vendor))}"
        return {"now": None, "absent": words}
    return {
        "now": rating,
        "year_ago": before,
        "status": "none",
        "value": formats.number(rating),
    }


def _assessed_ago(age: int | None) -> dict[str, object]:
    if age is None:
        return {"now": None, "absent": "never assessed"}
    return {
        "now": float(age),
        "status": "off" if age > DUE_AFTER else "on",
        "value": formats.number(age),
    }


def _key(shown: list[Row]) -> list[tuple[str, str]]:
    signs = [("hollow", "rating a year ago")]
    if any(each["age"] is not None and each["age"] <= DUE_AFTER for each in shown):
        signs.append(("on", "assessed in time"))
    if any(each["age"] is not None and each["age"] > DUE_AFTER for each in shown):
        signs.append(("off", "overdue"))
    return signs


def _said(shown: list[Row]) -> str:
    return "; ".join(
        f"{each['vendor_name']} "
        f"{'not rated' if isnan(each['rating']) else formats.number(each['rating'])}, "
        f"{'never assessed' if each['age'] is None else formats.counted(each['age'], 'day')}"
        for each in shown[:3]
    )
