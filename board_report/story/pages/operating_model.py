"""The operating model: who answers for what, to whom the CISO reports, and the joint KPIs."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.conflicts import (
    Control,
    ControlState,
    ReportingReview,
    review_reporting,
)
from board_report.governance.raci import (
    RaciCode,
    RaciFinding,
    RaciMatrix,
    raci_findings,
    raci_matrix,
)
from board_report.governance.roles import Structure
from board_report.governance.rows import plain_rows
from board_report.model import Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits
from board_report.story.left_out import is_left_out
from board_report.story.page import FigureSpec, Page

ACTIVITIES = 10
KPIS = 3
KPIS_WITHOUT_RACI = 5
_NOT_ONE = (RaciCode.NO_ACCOUNTABLE, RaciCode.SEVERAL_ACCOUNTABLE)
_KINDS = {"A": "solid", "A/R": "solid", "R": "tint"}
_MARKS = {
    ControlState.ON_RECORD: "on",
    ControlState.NOT_ON_RECORD: "off",
    ControlState.NOTHING_TO_JUDGE: "later",
    ControlState.NOT_MEASURED: "none",
}


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: the RACI matrix, the reporting lines with what compensates them, the joint KPIs.

    There is none where no RACI, no people and no joint KPIs were given and no leader wrote of it.
    """
    if is_left_out(facts, "operating-model"):
        return ()
    review = review_reporting(facts.tables, facts.window)
    matrix = raci_matrix(plain_rows(facts.rows("raci")))
    found = raci_findings(matrix)
    kpis = _kpis(facts)
    kpis_shown = KPIS if matrix.activities else KPIS_WITHOUT_RACI
    return (
        Page(
            id="operating-model",
            section="CISO and CTO operating model",
            title=_title(matrix, found, review),
            context=_context(matrix, found, review),
            owners=facts.owner("CEO"),
            sources=(
                "Sources: RACI, people and roles, committee calendar, risk acceptances. Checked by "
                "rule: exactly one A and at least one R in each row. Definitions: appendix."
            ),
            body={
                "roles": matrix.roles,
                "rows": _rows(matrix, found),
                "more": max(len(matrix.activities) - ACTIVITIES, 0),
                "findings": [each.sentence for each in found],
                "controls": [_control(each) for each in review.controls],
                "kpis": kpis[:kpis_shown],
                "kpis_more": max(len(kpis) - kpis_shown, 0),
            },
            figures={"lines": _lines(facts, review)},
            voices_room=(272, 340 - 130),
            metric_ids=tuple(str(each["id"]) for each in kpis),
        ),
    )


def _title(matrix: RaciMatrix, found: Sequence[RaciFinding], review: ReportingReview) -> str:
    if not matrix.activities:
        return f"No RACI was given; {_structure(review)}"
    faulty = list(dict.fromkeys(each.activity for each in found))
    if not faulty:
        every = formats.counted(len(matrix.activities), "activity", "activities")
        each = f"Each of {every}" if len(matrix.activities) > 1 else "The one activity"
        return f"{each} has one accountable officer; {_structure(review)}"
    count = sentences.capital(formats.counted(len(faulty), "activity", "activities"))
    verb = "breaks" if len(faulty) == 1 else "break"
    rule = f"{count} {verb} a rule of the RACI; {_structure(review)}"
    if len(faulty) == 1:
        fault = _fault(found[0])
        return first_that_fits(f"{fault}; {_structure(review)}", f"{fault}; {_line(review)}", rule)
    if all(each.code in _NOT_ONE for each in found):
        return f"{count} have no single accountable officer; {_structure(review)}"
    return rule


def _fault(finding: RaciFinding) -> str:
    """The finding's sentence without its full stop, to go on with."""
    return finding.sentence.rstrip(".")


def _line(review: ReportingReview) -> str:
    return {
        Structure.COMBINED: f"one person is CISO and {review.line.also_holds}",
        Structure.UNDER_CTO: "the CISO reports to the CTO",
        Structure.UNDER_CIO: "the CISO reports to the CIO",
        Structure.INDEPENDENT: f"the CISO reports to the {review.line.reports_to}",
        Structure.UNKNOWN: "to whom the CISO reports is not on record",
    }[review.line.structure]


def _structure(review: ReportingReview) -> str:
    """The line of the CISO, and what is on record to compensate its conflict."""
    line = _line(review)
    missing = [each for each in review.controls if each.state is ControlState.NOT_ON_RECORD]
    if review.line.structure in (Structure.UNKNOWN, Structure.INDEPENDENT):
        return line
    if missing:
        return f"{line}, with no {missing[0].title.lower()} on record"
    if not any(each.state is ControlState.ON_RECORD for each in review.controls):
        return f"{line}, a conflict that nothing on record mitigates"
    return f"{line}, a conflict that is mitigated but not removed"


def _context(matrix: RaciMatrix, found: Sequence[RaciFinding], review: ReportingReview) -> str:
    faulty = {each.activity for each in found if each.code in _NOT_ONE}
    good = len(matrix.activities) - len(faulty)
    said = (
        f"{sentences.capital(formats.count_words(good)) if good else 'None'} of "
        f"{formats.counted(len(matrix.activities), 'activity', 'activities')} "
        f"{'has' if good <= 1 else 'have'} one accountable officer. "
        if matrix.activities
        else ""
    )
    return f"{said}{review.conflicts[0]}"


def _rows(matrix: RaciMatrix, found: Sequence[RaciFinding]) -> list[dict[str, object]]:
    """Faulty activities are always shown, the others in the order of the file."""
    faulty = {each.activity: set(each.roles) for each in found}
    kept = [each for each in matrix.activities if each in faulty]
    room = max(ACTIVITIES - len(kept), 0)
    others = [each for each in matrix.activities if each not in faulty][:room]
    chosen = [each for each in matrix.activities if each in kept[:ACTIVITIES] or each in others]
    return [
        {
            "activity": activity,
            "is_faulty": activity in faulty,
            "cells": [
                _cell(matrix.cells.get((activity, role), ""), role in faulty.get(activity, ()))
                for role in matrix.roles
            ],
        }
        for activity in chosen
    ]


def _cell(letter: str, is_conflict: bool) -> dict[str, str]:
    return {"letter": letter, "kind": "conflict" if is_conflict else _KINDS.get(letter, "")}


def _control(control: Control) -> dict[str, str]:
    return {
        "title": control.title,
        "status": _MARKS[control.state],
        "word": sentences.capital(str(control.state)),
        "evidence": control.evidence,
    }


def _kpis(facts: BoardFacts) -> list[dict[str, object]]:
    """The joint KPIs of the project that the catalogue knows, worst status first."""
    order = {Status.OFF: 0, Status.NEAR: 1, Status.ON: 2, Status.NONE: 3}
    ids = [
        each
        for each in facts.rows("joint_kpis")["metric_id"].tolist()
        if each in facts.figures.specs
    ]
    return [
        {
            "id": each,
            "title": facts.figures.spec(each).title,
            "value": facts.text(each),
            "target": facts.target_text(each),
            "status": facts.status(each).name.lower(),
        }
        for each in sorted(ids, key=lambda one: order[facts.status(one)])
    ]


def _lines(facts: BoardFacts, review: ReportingReview) -> FigureSpec:
    def person(role: str) -> dict[str, str]:
        return {"role": role, "name": facts.person(role) if role in review.holders else ""}

    line = review.line
    sessions = next(each for each in review.controls if each.code == "executive_sessions")
    conflict = line.structure in (Structure.UNDER_CTO, Structure.UNDER_CIO, Structure.COMBINED)
    chain = [person(role) for role in line.chain] if len(line.chain) > 1 else []
    to = line.dotted_line_to
    return FigureSpec(
        kind="reporting_lines",
        data={
            "chain": chain,
            "directors": person(to) if to and to != line.reports_to else None,
            "line_label": "reports to",
            "directors_label": "without management"
            if sessions.state is ControlState.ON_RECORD
            else "no session alone",
            "is_conflict": conflict,
            "empty": "No reporting line is on record.",
        },
        width=272,
        height=96,
        alt=(
            f"Reporting line of the CISO: {' to '.join(line.chain) or 'not on record'}"
            f"{f', with a line to {to}' if to else ''}."
        ),
    )
