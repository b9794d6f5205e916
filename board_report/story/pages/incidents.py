"""Incidents: the worst of the quarter hour by hour, the materiality reviews, and the counts."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.model import MetricResult, MetricSeries, State, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_pictures import clock_picture, reviews_picture
from board_report.story.incident_rows import (
    IncidentRow,
    gravest_first,
    incidents_of,
    never_graded,
    under_review,
    ungraded,
    unstated,
    worst_of,
)
from board_report.story.incident_words import context_of, sources_of, title_of
from board_report.story.key_figures import (
    bar_states,
    in_column,
    key_figure,
    short_number,
    shortened,
)
from board_report.story.page import FigureSpec, Page
from board_report.story.record_spans import span_words

REVIEWS_SHOWN = 3
UNITS_SHOWN = 5
QUARTERS_SHOWN = 4
_CELLS = {State.NOT_MEASURED: "n/m", State.WITHHELD: "w/h"}
_CELL_WORDS = {"n/m": "not measured", "w/h": "withheld"}


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, whether there was an incident or not."""
    happened = facts.now("incidents_detected").measured
    incidents = incidents_of(facts, facts.window) if happened else ()
    worst = worst_of(incidents)
    figures = {"major": _major_bars(facts), "all": _all_bars(facts)}
    if worst:
        figures["clock"] = clock_picture(facts, worst)
    reviews = _reviews(facts, incidents) if happened else []
    if reviews:
        figures["reviews"] = reviews_picture(facts, _fitting(reviews))
    return (
        Page(
            id="incidents",
            section="Incidents",
            title=title_of(facts, incidents),
            context=context_of(facts, incidents),
            owners=facts.owner("CISO"),
            sources=sources_of(facts),
            body={
                "state": _state(facts, worst),
                "quarter_long": str(facts.project.quarter),
                "quarter": facts.project.quarter.short,
                "reviews_more": len(reviews) - len(_fitting(reviews)),
                "no_reviews": _no_reviews(facts, ungraded(incidents)),
                "major_unit": _major_unit(facts),
                "units": _units(facts),
                "key_figures": in_column(_key_figures(facts)),
            },
            figures=figures,
            metric_ids=(
                "incidents_detected",
                "major_incidents",
                "materiality_reviews_open",
                "incident_cost",
                "outage_hours",
                "incidents_open",
                "mttd",
                "mttc",
                "mttr",
            ),
        ),
    )


def _state(facts: BoardFacts, worst: IncidentRow | None) -> str:
    """What stands in place of the clock: nothing but the ``worst`` has one."""
    now = facts.now("incidents_detected")
    if now.state is State.WITHHELD:
        return str(now.state)
    if span_words(facts, "incidents"):
        return "untold"
    return "worst" if worst else "none" if now.measured else str(now.state)


# --- materiality -------------------------------------------------------------------------------


def _reviews(facts: BoardFacts, incidents: tuple[IncidentRow, ...]) -> list[IncidentRow]:
    """Under review first (of whatever quarter), then the quarter's major incidents."""
    waiting = under_review(facts)
    others = [
        each
        for each in incidents
        if each.materiality != "under_review"
        and (each.is_major or each.materiality == "determined_material")
    ]
    return [*gravest_first(waiting), *gravest_first(others)]


def _fitting(reviews: list[IncidentRow]) -> list[IncidentRow]:
    """Three, or two where a line must say how many more there are."""
    return reviews[: REVIEWS_SHOWN if len(reviews) <= REVIEWS_SHOWN else REVIEWS_SHOWN - 1]


def _no_reviews(facts: BoardFacts, ungraded_now: int) -> str:
    if facts.now("incidents_detected").value is None:
        return f"{sentences.capital(formats.state_words(facts.now('incidents_detected').state))}."
    none = _no_major(facts, ungraded_now)
    if facts.now("materiality_reviews_open").value is None:
        return f"{none}; whether a review is open from before is not known."
    silent = unstated(facts)
    if silent:
        verb = "does" if silent == 1 else "do"
        return (
            f"{none}, and no review is known to be open from before; "
            f"{formats.counted(silent, 'incident')} {verb} not state it."
        )
    return f"{none}, and no review is open from before."


def _no_major(facts: BoardFacts, ungraded_now: int) -> str:
    """That there was no major incident, as far as it is known."""
    outside = span_words(facts, "incidents")
    if outside:
        return f"Not known: incident records {outside}"
    if ungraded_now and not facts.now("major_incidents").measured:
        return "Which incidents of this quarter were major is not known"
    if ungraded_now:
        return "No incident of this quarter is known to be major"
    return "No major incident this quarter"


# --- counts ------------------------------------------------------------------------------------


def _major_unit(facts: BoardFacts) -> str:
    """What the bars of major incidents count, and how many incidents may be missing from them."""
    silent = never_graded(facts)
    return f"{short_number(silent)} not stated" if silent else "incidents a quarter"


def _major_bars(facts: BoardFacts) -> FigureSpec:
    critical = facts.figures.by("major_incidents", "severity").get("critical")
    parts = [each.value for each in critical.values] if critical else []
    off = facts.status("major_incidents") is Status.OFF
    silent = never_graded(facts)
    unsaid = f" Severity not stated: {formats.number(silent)}." if silent else ""
    return FigureSpec(
        kind="bars",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "values": facts.values("major_incidents"),
            "labels": _bar_labels(facts, "major_incidents"),
            "states": bar_states(facts, "major_incidents"),
            "part": {"values": parts, "label": "red: critical"} if any(parts) else None,
            "top": _top(facts),
        },
        width=198,
        height=132,
        alt=_bars_alt(facts, "major_incidents", "Critical and high incidents a quarter")
        + (" Off its target." if off else "")
        + unsaid,
    )


def _all_bars(facts: BoardFacts) -> FigureSpec:
    return FigureSpec(
        kind="bars",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "values": facts.values("incidents_detected"),
            "labels": _bar_labels(facts, "incidents_detected"),
            "states": bar_states(facts, "incidents_detected"),
            "top": _top(facts),
        },
        width=198,
        height=132,
        alt=_bars_alt(facts, "incidents_detected", "Incidents of all severities a quarter"),
    )


def _bar_labels(facts: BoardFacts, metric_id: str) -> list[str]:
    """Counts over the bars, short enough for each to stand over its own."""
    return [short_number(each) if each is not None else "" for each in facts.values(metric_id)]


def _top(facts: BoardFacts) -> float | None:
    """One scale for both charts: the tallest bar of the one that holds the other."""
    return max((each for each in facts.values("incidents_detected") if each), default=None)


def _bars_alt(facts: BoardFacts, metric_id: str, name: str) -> str:
    words = ", ".join(
        facts.text(metric_id, ago=ago) for ago in range(len(facts.quarters) - 1, -1, -1)
    )
    return f"{name}, {facts.quarters[0]} to {facts.quarters[-1]}: {words}."


def _units(facts: BoardFacts) -> dict[str, object]:
    """Incidents by business unit in the last quarters; zero and not measured stay apart."""
    slices = facts.figures.by("incidents_detected", "business_unit")
    shown = list(slices.items())
    rest = _unit_unstated(facts, [each for _, each in shown])
    room = UNITS_SHOWN - bool(rest)
    if len(shown) > room:
        shown = sorted(shown, key=lambda one: -(one[1].now.value or 0))[:room]
    rows = [[shortened(name, 15), *_unit_cells(series)] for name, series in shown]
    rows += [["Not stated", *rest]] if rest else []
    used = {cell for row in rows for cell in row[1:]}
    notes = [f"{each}: {words}" for each, words in _CELL_WORDS.items() if each in used]
    if any(cell.endswith("k") for cell in used):
        notes.append("k: thousand")
    more = len(slices) - len(shown)
    if more:
        notes.insert(0, f"and {formats.counted(more, 'other unit', words=False)}")
    return {
        "heads": [each.short for each in facts.quarters[-QUARTERS_SHOWN:]],
        "rows": rows,
        "note": "; ".join(notes),
    }


def _unit_unstated(facts: BoardFacts, parts: Sequence[MetricSeries]) -> list[str]:
    """Incidents of no stated unit by quarter, so that the table adds up; empty without any."""
    cells, is_any = [], False
    for at in range(-min(QUARTERS_SHOWN, len(facts.quarters)), 0):
        whole = facts.series("incidents_detected").values[at]
        hidden = next((each.values[at] for each in parts if not _is_told(each.values[at])), None)
        missing = (whole.value or 0) - sum(each.values[at].value or 0 for each in parts)
        is_any = is_any or (hidden is None and missing > 0)
        state = hidden.state if hidden else whole.state
        cells.append(_CELLS.get(state, short_number(missing)))
    return cells if is_any else []


def _is_told(result: MetricResult) -> bool:
    return result.state not in _CELLS


def _unit_cells(series: MetricSeries) -> list[str]:
    return [
        short_number(each.value) if each.value is not None else _CELLS.get(each.state, "0")
        for each in series.values[-QUARTERS_SHOWN:]
    ]


def _key_figures(facts: BoardFacts) -> list[dict[str, str]]:
    def without(metric_id: str) -> str:
        note = facts.now(metric_id).note
        if not facts.now("incidents_detected").value:
            return "No incident this quarter"
        return f"Without {note}" if note else "Known for every incident of the quarter"

    earlier = facts.ago("incidents_open", 1)
    before = f"; {facts.text('incidents_open', ago=1)} a quarter ago" if earlier else ""
    return [
        key_figure(facts, "incident_cost", without("incident_cost")),
        key_figure(facts, "outage_hours", without("outage_hours")),
        key_figure(facts, "incidents_open", f"At quarter end, of any quarter{before}"),
    ]
