"""The appendix on data quality: where every row went, and which faults were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from board_report.model import Reconciliation, Severity
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

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
}
"""Superseded: earlier states of a record in a log of updates. Left out: by the source's choice.
Merged, of no record: rows of a file that completes the records of others."""

_WHERE_ANY = ("superseded", "left_out", "out_of_period", "merged", "unmatched")


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
                "in the folder “rejected” beside this report."
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
    named = formats.listed(absent[:4] + (["others"] if len(absent) > 4 else []))
    return f"Not given, and so not measured: {named}. {rule}"


def _ordered(facts: BoardFacts) -> list[Reconciliation]:
    return sorted(facts.reconciliation, key=lambda each: (-each.rejected, -each.read, each.file))


def _columns(facts: BoardFacts) -> list[str]:
    """The counts that stand in the table: always the first four, the others where there are any."""
    more = [
        name
        for name in _WHERE_ANY
        if any(getattr(each, name) for each in facts.reconciliation)
    ]
    return [*COLUMNS, *more]


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
        "file": name,
        "is_rest": False,
        "cells": [
            {
                "text": formats.number(sum(getattr(each, column) for each in some)),
                "is_alert": column == "rejected" and any(each.rejected for each in some),
            }
            for column in _columns(facts)
        ],
    }


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
