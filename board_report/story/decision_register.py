"""The register of earlier decisions: what became of each, and of what it promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from board_report.governance.decisions import Fate, fate_of
from board_report.governance.promises import Outcome, Promise, promise_findings, promises
from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.metrics.declare import Direction
from board_report.model import Finding
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts

MARKS: Mapping[Fate, str] = {
    Fate.DONE: "on",
    Fate.DONE_LATE: "near",
    Fate.LATE: "off",
    Fate.UNDER_WAY: "later",
    Fate.DEFERRED: "later",
    Fate.DECLINED: "later",
    Fate.UNDECIDED: "near",
}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.KEPT: "on",
    Outcome.MISSED: "off",
    Outcome.NOT_YET: "later",
    Outcome.NOT_MEASURED: "none",
}
FOLLOWED_FOR = 4
"""Quarters over which a missed promise is warned about."""


# --- promises ------------------------------------------------------------------------------------


def promises_of(facts: BoardFacts, rows: Sequence[Row]) -> tuple[Promise, ...]:
    """The promises of these decisions against the figures of the quarter reported on."""

    def value_of(metric_id: str) -> float | None:
        series = facts.figures.series.get(metric_id)
        return series.now.value if series else None

    def direction_of(metric_id: str) -> Direction:
        return facts.figures.spec(metric_id).direction

    def shown(value: float, metric_id: str) -> float:
        return formats.shown(value, facts.unit(metric_id))

    return promises(rows, facts.as_of, value_of, direction_of, shown)


def decision_promise_findings(facts: BoardFacts) -> tuple[Finding, ...]:
    """A warning for each promise missed by a decision of the last four quarters."""
    return promise_findings(
        promises_of(facts, plain_rows(facts.rows("decisions"))),
        str(facts.project.quarter.shift(-FOLLOWED_FOR)),
        lambda metric_id: sentences.within(facts.figures.spec(metric_id).title),
        lambda value, metric_id: _amount(facts, value, metric_id).replace(formats.NO_BREAK, " "),
    )


def promised_metrics(facts: BoardFacts, rows: Sequence[Row]) -> tuple[str, ...]:
    """The metrics by which these decisions' promises are measured, as far as they are known."""
    known = [each.metric_id for each in promises_of(facts, rows)]
    return tuple(dict.fromkeys(each for each in known if each in facts.figures.series))


def _amount(facts: BoardFacts, value: float, metric_id: str) -> str:
    """A value in the metric's words; bare where the catalogue has no such metric."""
    if metric_id not in facts.figures.series:
        return formats.number(value, 0 if value == int(value) else 2)
    return facts.amount(value, metric_id).replace(".0%", "%")


def outcome_words(facts: BoardFacts, promise: Promise) -> str:
    """``promised 13, is 15``; the reason where nothing can be said."""
    start = f"promised {_amount(facts, promise.promised, promise.metric_id)}"
    if promise.actual is None:
        return f"{start}, not measured"
    return f"{start}, is {_amount(facts, promise.actual, promise.metric_id)}"


def promise_words(found: Sequence[Promise]) -> str:
    """``one of three measured promises is kept``; empty where none can be judged."""
    judged = [each.outcome for each in found if each.outcome in (Outcome.KEPT, Outcome.MISSED)]
    kept, count = judged.count(Outcome.KEPT), len(judged)
    if not judged:
        return ""
    if count == 1:
        return f"the one measured promise is {'kept' if kept else 'missed'}"
    if kept == count:
        both = "both" if count == 2 else f"all {formats.count_words(count)}"
        return f"{both} measured promises are kept"
    number = formats.count_words(kept) if kept else "none"
    verb = "is" if kept < 2 else "are"
    return f"{number} of {formats.count_words(count)} measured promises {verb} kept"


# --- rows ----------------------------------------------------------------------------------------


def register_rows(facts: BoardFacts, rows: Sequence[Row]) -> list[dict[str, str]]:
    """Rows of the register, each with its promise where it made one."""
    found = {text_of(each.row, "decision_id"): each for each in promises_of(facts, rows)}
    return [_registered(facts, row, found.get(text_of(row, "decision_id"))) for row in rows]


def _registered(facts: BoardFacts, row: Row, promise: Promise | None) -> dict[str, str]:
    fate = fate_of(row, facts.as_of)
    done = day_of(row, "done_on")
    decided = day_of(row, "decided_on")
    is_done = fate in (Fate.DONE, Fate.DONE_LATE) and done is not None
    return {
        "code": text_of(row, "decision_id"),
        "title": text_of(row, "title"),
        "decided": _day(facts, decided) if fate is not Fate.UNDECIDED and decided else "–",
        "owner": facts.surname(text_of(row, "owner_role")),
        "due": _day(facts, day_of(row, "due_on")),
        "status": MARKS[fate],
        "word": sentences.capital(str(fate)),
        "done": _day(facts, done) if is_done else "",
        "promise": text_of(row, "promise") or "None on record",
        "has_promise": "yes" if text_of(row, "promise") else "",
        "outcome": sentences.capital(str(promise.outcome)) if promise else "",
        "outcome_status": _OUTCOMES[promise.outcome] if promise else "",
        "against": outcome_words(facts, promise) if promise else "",
        "metric": _metric_name(facts, promise.metric_id) if promise else "",
        "result": text_of(row, "result") or ("" if promise else "–"),
    }


def _metric_name(facts: BoardFacts, metric_id: str) -> str:
    known = metric_id in facts.figures.series
    return facts.figures.spec(metric_id).title if known else metric_id


def _day(facts: BoardFacts, when: date | None) -> str:
    if when is None:
        return "–"
    return formats.day_short(when) if when.year == facts.as_of.year else formats.day(when)
