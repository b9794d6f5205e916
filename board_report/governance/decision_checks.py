"""Findings about the decisions asked of the board and about those it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from board_report.governance.decisions import Fate, advice_on, fate_of
from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.model import Finding, Severity
from board_report.period import Window
from board_report.sources.faults import Explanation, explained
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, TableSet

MOST_ASKED = 5
"""Decisions that a board can be asked in one meeting."""
FEWEST_OPTIONS = 2


class DecisionCode(StrEnum):
    """What a leader must look at before a decision is asked, or after it was taken."""

    TOO_MANY = "decision_too_many"
    WITHOUT_OPTIONS = "decision_without_options"
    WITHOUT_RECOMMENDATION = "decision_without_recommendation"
    LEADERS_DIFFER = "decision_leaders_differ"
    LATE = "decision_late"
    PROMISE_MISSED = "decision_promise_missed"


DECISION_FAULTS: dict[DecisionCode, Explanation] = {
    DecisionCode.TOO_MANY: Explanation(
        Severity.WARNING,
        "More than five decisions are asked in one quarter.",
        "{count} decisions are asked in {quarter}, and a board can weigh five: {left} stand in the "
        "register alone.",
        "Take the least urgent ones to the committee, or to the next quarter.",
    ),
    DecisionCode.WITHOUT_OPTIONS: Explanation(
        Severity.WARNING,
        "A decision is asked with fewer than two options, so there is nothing to choose between.",
        "{id} is asked with {count}.",
        "Give it at least two rows in the table decision_options; doing nothing may be one.",
    ),
    DecisionCode.WITHOUT_RECOMMENDATION: Explanation(
        Severity.WARNING,
        "A decision is asked without a recommendation of both leaders.",
        "{id} has no recommendation of {who}.",
        "Fill the leader's recommendation, or mark the option that the leader recommends.",
    ),
    DecisionCode.LEADERS_DIFFER: Explanation(
        Severity.NOTE,
        "The two leaders recommend different things; the page states the disagreement.",
        "{id}: the CISO recommends {ciso}, the CTO {cto}.",
        "Nothing needs doing if both have agreed to let the board settle it.",
    ),
    DecisionCode.LATE: Explanation(
        Severity.WARNING,
        "A decision of the board was due and is not carried out.",
        "{id} was due on {due} and is not done: {title}.",
        "Tell the board why and by when, or record the date on which it was done.",
    ),
    DecisionCode.PROMISE_MISSED: Explanation(
        Severity.WARNING,
        "What a decision was to bring has not come about, by the figure it was to be measured by.",
        "{id} promised {metric} of {promised}; it is {actual}.",
        "Say in the decision's result why, and what will still bring it about.",
    ),
}
"""Each code's severity, meaning, message and how to mend it."""


def decision_findings(tables: TableSet, window: Window) -> tuple[Finding, ...]:
    """Findings about the decisions of the quarter and those that are late.

    Args:
        tables: with ``decisions`` and ``decision_options``.
        window: the quarter reported on; nothing after its cutoff counts.
    """
    rows = plain_rows(tables.frame("decisions"))
    options = plain_rows(tables.frame("decision_options"))
    asked = [row for row in rows if text_of(row, "quarter") == str(window.quarter)]
    return (
        *_too_many(asked, str(window.quarter)),
        *(found for row in asked for found in _of_asked(row, options)),
        *(found for row in rows for found in _late(row, window.cutoff_day)),
    )


def decision_finding(code: DecisionCode, row: Row, **facts: object) -> Finding:
    """A finding at the place of a row of ``decisions``."""
    line = row.get(LINE_COLUMN)
    return explained(
        DECISION_FAULTS[code],
        code,
        {"id": text_of(row, "decision_id"), **facts},
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
        value=text_of(row, "decision_id"),
        table="decisions",
    )


def _too_many(asked: Sequence[Row], quarter: str) -> Iterator[Finding]:
    if len(asked) > MOST_ASKED:
        left = ", ".join(text_of(row, "decision_id") for row in asked[MOST_ASKED:])
        yield decision_finding(
            DecisionCode.TOO_MANY, asked[MOST_ASKED], count=len(asked), quarter=quarter, left=left
        )


def _of_asked(row: Row, options: Sequence[Row]) -> Iterator[Finding]:
    advice = advice_on(row, options)
    if len(advice.options) < FEWEST_OPTIONS:
        count = "one option" if advice.options else "no options"
        yield decision_finding(DecisionCode.WITHOUT_OPTIONS, row, count=count)
    if advice.silent:
        who = " or ".join(f"the {leader}" for leader in advice.silent)
        yield decision_finding(DecisionCode.WITHOUT_RECOMMENDATION, row, who=who)
    elif advice.is_disputed:
        ciso, cto = (
            f"option {' and '.join(advice.chosen[leader])}"
            if advice.chosen[leader]
            else f"“{advice.words[leader]}”"
            for leader in ("CISO", "CTO")
        )
        yield decision_finding(DecisionCode.LEADERS_DIFFER, row, ciso=ciso, cto=cto)


def _late(row: Row, as_of: date) -> Iterator[Finding]:
    due = day_of(row, "due_on")
    if due and fate_of(row, as_of) is Fate.LATE:
        yield decision_finding(
            DecisionCode.LATE, row, due=due.isoformat(), title=text_of(row, "title")
        )
