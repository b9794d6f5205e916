"""The appendix on data quality: where every row went, and which faults were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from board_report.model import Reconciliation, Severity
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import Page
from board_report.typeset import text_width

FILES_SHOWN = 11
FINDINGS_SHOWN = 9
COLUMNS = ("read", "used", "rejected", "duplicate")
HEADS = {
    "read": "Rows read",
    "used": "Used",
    "rejected": "Set aside",
    "duplicate": "Duplicate",
    "superseded": "Superseded",
    "left_out": "Left out",
    "out_of_period": "Out of period",
    "merged": "Merged",
    "unmatched": "Of no record",
    "elsewhere": "Elsewhere",
}
"""Superseded: earlier states of a record in a log of updates. Left out: by the source's choice.
Merged, of no record: rows of a file that completes the records of others."""

_WHERE_ANY = ("superseded", "left_out", "out_of_period", "merged", "unmatched")
ELSEWHERE = "elsewhere"
"""One column for all of these, where several are needed: a file's name needs its width too."""

_TABLES_NAMED, _CONTEXT_SIZE, _CONTEXT_WIDTH = 4, 12.0, 864
"""Tables that the context names at most; it keeps to its one line."""

_NAME_SIZE, _GAP = 12.0, 10
_WIDTH, _COUNT_WIDTH = 568, 66
"""Points of the table and of a column of counts; the file's name has the rest."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: files with the most rows set aside first, findings by reason beside them."""
    return (
        Page(
            id="data-quality",
            section="Data quality",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "The columns add up to the rows read; what was set aside is kept, with its reason, "
                f"in the folder “rejected” beside this report.{_elsewhere(facts)}"
            ),
            voices_room=None,
            body={
                "heads": [HEADS[name] for name in _columns(facts)],
                "files": _files(facts),
                "findings": _findings(facts),
            },
        ),
    )


def _title(facts: BoardFacts) -> str:
    read = sum(each.read for each in facts.reconciliation)
    aside = sum(each.rejected for each in facts.reconciliation)
    files = len({each.file for each in facts.reconciliation})
    rows = formats.counted(read, "row", words=False)
    were = "was" if read == 1 else "were"
    start = f"{rows} of {formats.counted(files, 'file')} {were} read; "
    if not aside:
        return f"{start}none had to be set aside"
    if aside == 1:
        return f"{start}one was set aside, with its reason"
    return f"{start}{formats.count_words(aside)} were set aside, each with its reason"


def _context(facts: BoardFacts) -> str:
    absent = [
        sentences.within(table.spec.title)
        for table in facts.tables.tables.values()
        if not table.measured
    ]
    limit = formats.percent(facts.project.max_rejected_share)
    rule = f"A figure is withheld where over {limit} of its rows are set aside."
    if not absent:
        return f"Every table of the report was given. {rule}"
    return next(
        (
            said
            for shown in range(_TABLES_NAMED, 0, -1)
            if text_width(said := _not_given(absent, shown, rule), _CONTEXT_SIZE) <= _CONTEXT_WIDTH
        ),
        rule,
    )


def _not_given(absent: Sequence[str], shown: int, rule: str) -> str:
    """The tables that were not given, the first of them by name, and the rule."""
    rest = ["others"] if len(absent) > shown else []
    return f"Not given, and so not measured: {formats.listed([*absent[:shown], *rest])}. {rule}"


def _ordered(facts: BoardFacts) -> list[Reconciliation]:
    return sorted(facts.reconciliation, key=lambda each: (-each.rejected, -each.read, each.file))


def _optional(facts: BoardFacts) -> list[str]:
    """The ends that some row came to, beside those that always stand in the table."""
    return [
        name for name in _WHERE_ANY if any(getattr(each, name) for each in facts.reconciliation)
    ]


def _columns(facts: BoardFacts) -> list[str]:
    """The counts that stand in the table; several optional ones share a column."""
    more = _optional(facts)
    return [*COLUMNS, *(more if len(more) < 2 else [ELSEWHERE])]


def _elsewhere(facts: BoardFacts) -> str:
    """What stands in the shared column, in words."""
    more = _optional(facts)
    if len(more) < 2:
        return ""
    totals = [(sum(getattr(row, name) for row in facts.reconciliation), name) for name in more]
    said = [f"{formats.number(count)} {HEADS[name].lower()}" for count, name in totals]
    return f" Elsewhere: {formats.listed(said)}."


def _count(each: Reconciliation, column: str) -> int:
    if column == ELSEWHERE:
        return sum(getattr(each, name) for name in _WHERE_ANY)
    return int(getattr(each, column))


def _files(facts: BoardFacts) -> list[dict[str, object]]:
    shown = _ordered(facts)
    rest = shown[FILES_SHOWN:]
    rows = [_counts(facts, each.file, [each]) for each in shown[:FILES_SHOWN]]
    if rest:
        others = formats.counted(len(rest), "other file", words=False)
        rows.append(_counts(facts, others, rest) | {"is_rest": True})
    return rows


def _counts(facts: BoardFacts, name: str, some: Sequence[Reconciliation]) -> dict[str, object]:
    """One line: where the rows of some files went."""
    return {
        "file": _one_line(name, _WIDTH - _COUNT_WIDTH * len(_columns(facts))),
        "is_rest": False,
        "cells": [
            {
                "text": formats.number(sum(_count(each, column) for each in some)),
                "is_alert": column == "rejected" and any(each.rejected for each in some),
            }
            for column in _columns(facts)
        ],
    }


def _one_line(name: str, width: float) -> str:
    """A file's name on one line: of a long one the middle is left out, its end tells most."""
    if text_width(name, _NAME_SIZE) <= width - _GAP:
        return name
    for kept in range(len(name) - 1, 2, -1):
        head = kept // 3
        short = f"{name[:head]}…{name[len(name) - (kept - head) :]}"
        if text_width(short, _NAME_SIZE) <= width - _GAP:
            return short
    return name[:3]


def _findings(facts: BoardFacts) -> list[dict[str, str]]:
    """Findings by code, errors first; notes tidy what changes no figure and are only counted."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    marks = {Severity.ERROR: "off", Severity.WARNING: "near", Severity.NOTE: "later"}
    found = Counter((each.severity, each.code) for each in facts.findings)
    ranked = sorted(found.items(), key=lambda one: (order[one[0][0]], -one[1], one[0][1]))
    return [
        {
            "status": marks[severity],
            "word": str(severity).capitalize(),
            "code": code.replace("_", " "),
            "count": formats.number(count),
        }
        for (severity, code), count in ranked[:FINDINGS_SHOWN]
    ]
