"""Rows of the operating model's page: the matrix by groups, its findings, the line's conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board_report.governance.conflict_controls import Control, ControlCode, ControlState
from board_report.governance.conflicts import Conflict, ConflictState, ReportingReview
from board_report.governance.raci import OVERLAPS, RaciMatrix
from board_report.governance.raci_codes import RaciCode, RaciFinding
from board_report.governance.raci_review import RaciReview
from board_report.story import formats, sentences
from board_report.typeset import lines_needed, text_width

WIDTH = 568.0
"""Of the column with the matrix, in points."""
LINES_OF_FINDINGS = 3
_SMALL = 11.0
_BODY = 334.0
_HEAD, _GROUP_HEAD, _CONFLICT = 20.0, 18.0, 17.0
_ROWS = (22, 20, 18, 17, 16.5)
"""Heights of a row, the most comfortable first; rows that have no room at the least are counted."""
_LARGE = 20
_KINDS = {"A": "solid", "A/R": "solid", "R": "tint"}
_SUBJECTS = (
    "risk_acceptance",
    "disclosure",
    "ai_adoption",
    "secure_by_default",
    "policies",
    "vulnerability_management",
)
_SHORT = {
    ControlCode.DOTTED_LINE: "line to the directors",
    ControlCode.EXECUTIVE_SESSIONS: "sessions alone",
    ControlCode.SECOND_APPROVER: "second approver",
    ControlCode.BUDGET_VISIBILITY: "budget shown apart",
    ControlCode.DEPUTY: "a deputy",
}
_MARKS = {
    ControlState.ON_RECORD: "on",
    ControlState.NOT_ON_RECORD: "off",
    ControlState.NOTHING_TO_JUDGE: "later",
    ControlState.NOT_MEASURED: "none",
}
_CONFLICT_MARKS = {
    ConflictState.COMPENSATED: "on",
    ConflictState.OPEN: "off",
    ConflictState.NOTHING_TO_JUDGE: "later",
}


@dataclass(frozen=True)
class Matrix:
    """The matrix as it is placed."""

    groups: tuple[dict[str, object], ...]
    """Each with ``label`` and ``rows``, the last with a ``note`` where some have no room."""
    height: float
    """Of a row, in points."""


def activity_width(roles: int) -> float:
    """Width in points of the column with the activities' names."""
    return max(WIDTH - 36 * min(max(roles, 4), 10), 160.0)


def said_findings(review: RaciReview, title: str) -> tuple[list[str], int]:
    """Findings in words, as many as have room, and how many have not.

    What the title says already is not said again, nor that an overlap is missing: its row does.
    """
    said: list[str] = []
    rows = (each for each in review.of_rows if each.code is not RaciCode.OVERLAP_MISSING)
    found = (*rows, *review.of_decisions, *review.of_roles)
    waiting = [each.sentence for each in found if _gist(each) not in title]
    lines = 0
    for sentence in waiting:
        lines += _lines(sentence)
        if lines > LINES_OF_FINDINGS:
            break
        said.append(sentence)
    return said, len(waiting) - len(said)


def _gist(finding: RaciFinding) -> str:
    """What a title must say for the sentence to be said; two red letters show which two roles."""
    sentence = finding.sentence.rstrip(".")
    is_seen = finding.code is RaciCode.SEVERAL_ACCOUNTABLE
    return sentence.rpartition(": ")[0] if is_seen else sentence


def findings_height(said: Sequence[str], more: int) -> float:
    """Height in points of the findings under the matrix, with the space above them."""
    if not said:
        return 0.0
    last = f"{said[-1]} And {more} more." if more else said[-1]
    return 6 + 14 * sum(map(_lines, (*said[:-1], last)))


def _lines(sentence: str) -> int:
    return lines_needed(sentence, WIDTH - 24, _SMALL)


def matrix_rows(review: RaciReview, conflicts: int, findings: float) -> Matrix:
    """The four overlaps on top, then faulty activities and the decisions that matter, as fit.

    Args:
        review: the matrix and what breaks its rules.
        conflicts: rows of the table under it.
        findings: height in points of the findings between the two.
    """
    matrix = review.matrix
    shared = [each for subject in OVERLAPS for each in matrix.about(subject) or (subject,)]
    others = _others(review, shared)
    room = _BODY - _HEAD - findings - (26 + _CONFLICT * conflicts if conflicts else 0)
    room -= _GROUP_HEAD if others else 0
    wanted = len(shared) + len(others)
    height = next((each for each in _ROWS if each * wanted <= room), _ROWS[-1])
    chosen = others[: max(int(room // height) - len(shared), 0)]
    width = activity_width(len(matrix.roles)) - 12
    faults = _faults(review)
    size = 12.0 if height >= _LARGE else _SMALL

    def rows(names: Sequence[str]) -> list[dict[str, object]]:
        return [_row(matrix, each, faults, width, size) for each in names]

    chosen = [each for each in _in_order(review, shared) if each in chosen]
    shown = sum(each in matrix.activities for each in (*shared, *chosen))
    total = len(matrix.activities)
    groups: list[dict[str, object]] = [
        {"label": "Shared between both leaders", "rows": rows(shared)}
    ]
    if chosen:
        groups.append({"label": "Other decisions", "rows": rows(chosen)})
    if shown < total:
        groups[-1]["note"] = f"{shown} of {total} activities shown"
    return Matrix(tuple(groups), height)


def _in_order(review: RaciReview, shared: Sequence[str]) -> list[str]:
    """Activities that are not shared: the subjects that boards ask about, then the file's order."""
    matrix = review.matrix
    about = [each for subject in _SUBJECTS for each in matrix.about(subject)]
    rest = [each for each in matrix.activities if each not in (*about, *shared)]
    return [*about, *rest]


def _others(review: RaciReview, shared: Sequence[str]) -> list[str]:
    """The same with the faulty ones first: the order in which they get a place."""
    faulty = {each.activity for each in review.of_rows}
    return sorted(_in_order(review, shared), key=lambda each: each not in faulty)


def _faults(review: RaciReview) -> dict[str, set[str]]:
    """Activity to the roles concerned, of findings about rows."""
    found: dict[str, set[str]] = {}
    for each in review.of_rows:
        found.setdefault(each.activity, set()).update(each.roles)
    return found


def _row(
    matrix: RaciMatrix, activity: str, faults: dict[str, set[str]], width: float, size: float
) -> dict[str, object]:
    is_missing = activity not in matrix.activities
    name = sentences.capital(OVERLAPS[activity]) if is_missing else activity
    return {
        "activity": cut(name, width, size),
        "is_missing": is_missing,
        "is_faulty": is_missing or activity in faults,
        "cells": [
            _cell(matrix.cells.get((activity, role), ""), role in faults.get(activity, ()))
            for role in matrix.roles
        ],
    }


def _cell(letter: str, is_conflict: bool) -> dict[str, str]:
    return {"letter": letter, "kind": "conflict" if is_conflict else _KINDS.get(letter, "")}


def cut(text: str, width: float, size: float) -> str:
    """The text, or as much of it as a line of that width holds, with an ellipsis."""
    if text_width(text, size, "sans-semibold") <= width:
        return text
    end = len(text)
    while end and text_width(f"{text[:end].rstrip()}…", size, "sans-semibold") > width:
        end -= 1
    return f"{text[:end].rstrip()}…"


def conflict_row(conflict: Conflict) -> dict[str, str]:
    """A conflict, its mark, and what compensates it in a few words and at length."""
    on = [each for each in conflict.controls if each.state is ControlState.ON_RECORD]
    words = {
        ConflictState.COMPENSATED: sentences.capital(", ".join(_SHORT[each.code] for each in on)),
        ConflictState.OPEN: "Open: nothing on record",
        ConflictState.NOTHING_TO_JUDGE: "Nothing to judge",
    }[conflict.state]
    return {
        "sentence": conflict.sentence,
        "status": _CONFLICT_MARKS[conflict.state],
        "words": words,
    }


def control_row(control: Control) -> dict[str, str]:
    """A control, its state and the ground for it."""
    return {
        "title": control.title,
        "status": _MARKS[control.state],
        "word": sentences.capital(str(control.state)),
        "evidence": control.evidence,
    }


def changes_text(review: ReportingReview) -> str:
    """What is new since last quarter in the structure or its lines; empty where nothing is."""
    moved = review.changed_lines
    if review.has_new_structure:
        was = review.before.words
        return f"New since last quarter: {review.line.words}; before, {was}"
    if not moved:
        return ""
    more = f", and {formats.counted(len(moved) - 1, 'other line')}" if moved[1:] else ""
    return f"New since last quarter: {moved[0].sentence.rstrip('.')}{more}"
