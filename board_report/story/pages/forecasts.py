"""What was promised against what happened: targets over eight quarters, decisions, plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board_report.governance.decisions import DecisionTally, tally_decisions
from board_report.governance.rows import plain_rows, text_of
from board_report.metrics.targets import (
    TargetRecord,
    TargetTally,
    count_missed_running,
    missed_longest_first,
    tally_targets,
    target_records,
)
from board_report.model import State, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.measure_rows import course
from board_report.story.page import FigureSpec, Page

ROWS_A_COLUMN = 16
RUNNING = 3
"""Quarters in a row from which on a missed target is called out."""
PLANS = ("adoption_against_plan", "benefit_against_plan")
_ABSENT = {
    State.NOTHING_HAPPENED: "nothing",
    State.NOT_MEASURED: "absent",
    State.WITHHELD: "absent",
}


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: the matrix of targets, and beside it decisions and plans."""
    records = target_records(facts.figures)
    ordered = missed_longest_first(records)
    has_voices = facts.has_voices("forecasts")
    room = ROWS_A_COLUMN * (1 if has_voices else 2)
    shown = ordered if len(ordered) <= room else ordered[:room]
    columns = _columns(facts, shown)
    return (
        Page(
            id="forecasts",
            section="Forecasts against outcomes",
            title=_title(records),
            context=_context(facts, records),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Every past value is held against today’s target. Decisions: register, last four "
                "quarters. Adoption: users of the quarter; benefit: fiscal year to date. "
                "Definitions: appendix."
            ),
            body={
                "has_voices": has_voices,
                "quarters": [quarter.short for quarter in facts.quarters],
                "year": _years(facts),
                "columns": columns,
                "is_wide": len(columns) == 1 and not has_voices,
                "row_height": max(17.5, min(34.0, 280 / max(len(shown), 1)))
                if len(columns) == 1
                else 17.5,
                "tally": _tally(records, len(facts.windows)),
                "more": _more(ordered[len(shown) :]),
                "decisions": _decisions(facts),
                "plans": [_plan_words(facts, metric_id) for metric_id in PLANS],
                "key": _key(columns),
            },
            figures={metric_id: _plan_figure(facts, metric_id) for metric_id in PLANS},
            metric_ids=tuple(dict.fromkeys([*(each.metric_id for each in shown), *PLANS])),
        ),
    )


# --- words ---------------------------------------------------------------------------------------


def _title(records: Sequence[TargetRecord]) -> str:
    if not records:
        return "No target is declared, so nothing that was promised can be checked"
    tally = tally_targets(records)
    if not tally.judged:
        return f"None of {formats.counted(tally.total, 'target')} could be judged this quarter"
    start = _met(tally)
    missed = count_missed_running(records, RUNNING)
    if missed:
        have = "has" if missed == 1 else "have"
        return f"{start}; {formats.count_words(missed)} {have} been missed three quarters running"
    if tally.off and len(records[0].statuses) >= RUNNING:
        return f"{start}; none has been missed three quarters running"
    return start


def _met(tally: TargetTally) -> str:
    if tally.total == 1:
        words = "met" if tally.on else "nearly met" if tally.near else "missed"
        return f"The one target was {words} this quarter"
    if tally.on == tally.total:
        all_ = "Both" if tally.total == 2 else f"All {formats.count_words(tally.total)}"
        return f"{all_} targets were met this quarter"
    were = "was" if tally.on < 2 else "were"
    number = formats.count_words(tally.on) if tally.on else "none"
    nearly = f" and {formats.count_words(tally.near)} nearly" if tally.near else ""
    return (
        f"Of {formats.count_words(tally.total)} targets, {number} {were} met this quarter{nearly}"
    )


def _context(facts: BoardFacts, records: Sequence[TargetRecord]) -> str:
    if not records:
        return ""
    now = tally_targets(records)
    parts = []
    if len(facts.windows) > 4:
        before = tally_targets(records, -5)
        parts.append(
            "A year ago none could be judged."
            if not before.judged
            else f"A year ago {formats.count_words(before.on) if before.on else 'none'} of "
            f"{formats.count_words(before.judged)} that could be judged would have been met."
        )
    if now.absent:
        verb = "has" if now.absent == 1 else "have"
        number = sentences.capital(formats.count_words(now.absent))
        parts.append(f"{number} {verb} no value this quarter.")
    parts.append("Missed longest first.")
    return " ".join(parts)


def _more(rest: Sequence[TargetRecord]) -> str:
    """``+ 25 more targets, of which none was missed``: what the matrix leaves out."""
    if not rest:
        return ""
    tally = tally_targets(rest)
    said = [
        f"{formats.number(count)} {words}"
        for count, words in (
            (tally.off, "missed"),
            (tally.near, "nearly met"),
            (tally.on, "met"),
            (tally.absent, "without a value"),
        )
        if count
    ]
    return f"+ {formats.counted(len(rest), 'more target', words=False)}: {formats.listed(said)}"


def _years(facts: BoardFacts) -> list[str]:
    """The year over its first quarter, where two quarters of it leave room; else empty."""
    years = [quarter.year for quarter in facts.quarters]
    starts = [at for at, year in enumerate(years) if at == 0 or years[at - 1] != year]
    ends = [*starts[1:], len(years) + 1]
    shown = {at for at, end in zip(starts, ends, strict=True) if end - at > 1}
    return [f"{year}" if at in shown else "" for at, year in enumerate(years)]


# --- the matrix ----------------------------------------------------------------------------------


def _columns(facts: BoardFacts, records: Sequence[TargetRecord]) -> list[list[dict[str, object]]]:
    rows = [_row(facts, each) for each in records]
    half = max(ROWS_A_COLUMN, 1)
    return [rows[at : at + half] for at in range(0, len(rows), half)]


def _row(facts: BoardFacts, record: TargetRecord) -> dict[str, object]:
    spec = facts.figures.spec(record.metric_id)
    return {
        "name": spec.title,
        "target": facts.target_text(record.metric_id),
        "marks": [
            _ABSENT[state] if status is Status.NONE else status.name.lower()
            for status, state in zip(record.statuses, record.states, strict=True)
        ],
        "words": [
            str(state) if status is Status.NONE else str(status)
            for status, state in zip(record.statuses, record.states, strict=True)
        ],
        "is_missed": record.missed_running >= RUNNING,
    }


def _key(columns: Sequence[Sequence[Mapping[str, Any]]]) -> list[tuple[str, str]]:
    """The marks that stand in the matrix, with their meaning."""
    found = {mark for rows in columns for row in rows for mark in row["marks"]}
    order = (
        ("off", "missed"),
        ("near", "near"),
        ("on", "met"),
        ("nothing", "none"),
        ("absent", "no value"),
    )
    return [(mark, words) for mark, words in order if mark in found]


def _tally(records: Sequence[TargetRecord], quarters: int) -> list[str]:
    """Targets met in each quarter, oldest first."""
    return [formats.number(tally_targets(records, at).on) for at in range(quarters)]


# --- beside it -----------------------------------------------------------------------------------


def _decisions(facts: BoardFacts) -> dict[str, str]:
    if not facts.tables.measured("decisions"):
        return {"value": "Not on record", "text": "Give governance/decisions.csv.", "is_large": ""}
    since = str(facts.project.quarter.shift(-4))
    now = str(facts.project.quarter)
    rows = [
        row for row in plain_rows(facts.rows("decisions")) if since <= text_of(row, "quarter") < now
    ]
    tally = tally_decisions(rows, facts.as_of)
    if not tally.asked:
        return {"value": "None", "text": "None was asked in four quarters.", "is_large": ""}
    if not tally.due:
        return {"value": "None due", "text": _rest_of(tally), "is_large": ""}
    return {
        "value": f"{formats.number(tally.on_time)} of {formats.number(tally.due)}",
        "text": f"done on time. {_rest_of(tally)}".strip(),
        "is_large": "yes",
    }


def _rest_of(tally: DecisionTally) -> str:
    """What the decisions that were not done on time came to."""
    said = [
        f"{formats.count_words(count)} {words}"
        for count, words in (
            (tally.late, "late"),
            (tally.open, "under way"),
            (tally.set_aside, "deferred or declined"),
            (tally.undecided, "undecided"),
        )
        if count
    ]
    asked = formats.count_words(tally.asked)
    return f"Of {asked} asked: {formats.listed(said)}." if said else ""


def _plan_words(facts: BoardFacts, metric_id: str) -> dict[str, str]:
    now = facts.now(metric_id)
    aim = facts.target_text(metric_id)
    span = formats.counted(len(facts.windows), "quarter")
    return {
        "id": metric_id,
        "title": facts.figures.spec(metric_id).title,
        "value": facts.text(metric_id),
        "note": f"{f'target {aim}%' if aim else 'no target'}; {span}",
        "measured": "yes" if now.measured else "",
    }


def _plan_figure(facts: BoardFacts, metric_id: str) -> FigureSpec:
    now, ago = facts.text(metric_id), facts.text(metric_id, ago=4)
    return course(facts, metric_id, f"by quarter: {now} now, {ago} a year ago.")
