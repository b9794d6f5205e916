"""Figures of earlier quarters that read otherwise now than when the board was shown them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from board_report.governance.restatements import Restatement, restatement_findings
from board_report.governance.row_changes import Evidence, MovedRow, RowChange, TableChange
from board_report.model import Finding, State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import in_words
from board_report.typeset import lines_needed

ROWS_NAMED = 3
"""Rows that the page names for one figure; the ledger has all of them."""
NO_REASON = "No reason is on record yet."
NOT_ON_RECORD = "The rows behind it were not on record then."
LEDGER = "restatements.csv"
"""The file of a build that has every restatement, with every row."""
MORE_LINE = 20.0
"""Points of the line that counts those that are not shown."""
_BLOCK = 12 + 6.9 + 16 + 20
"""Gap, rule, and the lines of the title and of the two values, in points."""


def restated_figures(facts: BoardFacts) -> list[dict[str, str]]:
    """Each figure that reads otherwise than the board was shown it last, as it is printed.

    ``shown_on`` is empty where the day is not on record.
    """
    return [
        {
            "title": facts.figures.spec(each.metric_id).title,
            "quarter": str(each.quarter),
            "shown_on": formats.day(each.shown.on) if each.shown.on else "",
            "was": was_text(facts, each),
            "now": now_text(facts, each),
            "reason": each.shown.reason or NO_REASON,
            "rows": rows_words(each),
        }
        for each in restated(facts)
    ]


def restated(facts: BoardFacts) -> tuple[Restatement, ...]:
    """The restatements that a reader sees, of the newest quarter first.

    A value that vanishes in the printed digits is not restated, nor is one that a later deck
    showed otherwise already.
    """
    seen = [each for each in facts.restatements if each.is_latest and _is_seen(facts, each)]
    return tuple(sorted(seen, key=lambda each: -each.quarter.index))


def find_restated(facts: BoardFacts) -> tuple[Finding, ...]:
    """What the restatements that a reader sees lack."""
    seen = restated(facts)
    return restatement_findings(seen, {each.shown: _words(facts, each) for each in seen})


def was_text(facts: BoardFacts, each: Restatement) -> str:
    """The value as the board was shown it."""
    return facts.amount(each.shown.value, each.metric_id)


def now_text(facts: BoardFacts, each: Restatement) -> str:
    """The value of the same quarter now."""
    return formats.result(each.now, facts.unit(each.metric_id), facts.currency)


def _is_seen(facts: BoardFacts, each: Restatement) -> bool:
    return was_text(facts, each) != now_text(facts, each)


def _words(facts: BoardFacts, each: Restatement) -> tuple[str, str, str]:
    title = facts.figures.spec(each.metric_id).title
    was, now = (
        text.replace(formats.NO_BREAK, " ")
        for text in (was_text(facts, each), now_text(facts, each))
    )
    return title, was, now


# --- the column ----------------------------------------------------------------------------------


def height_of(figure: Mapping[str, str], width: float) -> float:
    """Points that a restated figure takes in a column of that width."""
    on = f"Shown on {figure['shown_on']}. " if figure["shown_on"] else ""
    head = lines_needed(f"{figure['title']}, {figure['quarter']}", width, 12, "sans-semibold")
    small = [each for each in (f"{on}{figure['reason']}", figure["rows"]) if each]
    return _BLOCK + 16 * (head - 1) + 14 * sum(lines_needed(each, width, 11) for each in small)


def that_fit(
    figures: Sequence[dict[str, str]], briefly: str, width: float, height: float
) -> list[dict[str, str]]:
    """As many as a column has room for, with a line that counts the others; at least the first.

    Args:
        figures: as :func:`restated_figures` gives them.
        briefly: the rows of the first where the column has no room for them in full; where it has
            none for that either they are left to the ledger.
        width: of the column, in points.
        height: of the column, in points.
    """
    for count in range(len(figures), 0, -1):
        more = MORE_LINE if count < len(figures) else 0
        if sum(height_of(each, width) for each in figures[:count]) + more <= height:
            return list(figures[:count])
    if not figures:
        return []
    more = MORE_LINE if len(figures) > 1 else 0
    brief = {**figures[0], "rows": briefly}
    return [brief if height_of(brief, width) + more <= height else {**brief, "rows": ""}]


# --- the rows ------------------------------------------------------------------------------------


def rows_words(each: Restatement) -> str:
    """``Rows: INC0014084, recovered at changed (ciso/incidents.csv:131); and 4 more rows.``"""
    if each.now.state is State.NOT_MEASURED:
        return "Its rows cannot be read now, so none can be compared."
    if not each.changes:
        return NOT_ON_RECORD
    words = [*_named(each.rows), *_unnamed(each.changes)]
    if words:
        return f"{'Rows: ' if each.rows else ''}{_begun(words, each)}."
    return "The same rows say the same: what they are held against, or how, has changed."


def rows_briefly(each: Restatement) -> str:
    """``Rows: INC0014084 and 4 more, in restatements.csv.``, without what became of them."""
    if not each.rows:
        return f"Its rows are in {LEDGER}."
    names = [row.record for row in each.rows[:ROWS_NAMED]]
    more = len(each.rows) - ROWS_NAMED
    if more > 0:
        return f"Rows: {', '.join(names)} and {formats.number(more)} more, in {LEDGER}."
    return f"Rows: {formats.listed(names)}, in {LEDGER}."


def _begun(words: Sequence[str], each: Restatement) -> str:
    """The parts of the sentence; a record keeps its letters, a word begins with a capital."""
    whole = "; ".join(words)
    return whole if each.rows else sentences.capital(whole)


def _named(rows: Sequence[MovedRow]) -> Iterable[str]:
    yield from map(row_words, rows[:ROWS_NAMED])
    more = len(rows) - ROWS_NAMED
    if more > 0:
        yield f"and {formats.number(more)} more {'row' if more == 1 else 'rows'}"


def row_words(row: MovedRow) -> str:
    """What became of one row, and where it stands."""
    place = f" ({row.place})" if row.place else ""
    if row.change is RowChange.CHANGED:
        columns = formats.listed([each.replace("_", " ") for each in row.columns])
        return f"{row.record}, {columns} changed{place}"
    if row.change is RowChange.ADDED:
        return f"{row.record}, new in the figure{place}"
    return f"{row.record}, no longer in {'the figure' if place else 'the data'}{place}"


def _unnamed(changes: Iterable[TableChange]) -> Iterable[str]:
    """What is known where no row can be named."""
    for each in changes:
        title = in_words(TABLES[each.table].title)
        if each.evidence is Evidence.INCOMPLETE:
            yield f"the record of its rows of {title} is not whole"
        elif each.evidence is Evidence.COUNTED and not each.is_same:
            then, now = formats.number(each.then), formats.number(each.now)
            what = (
                f"its {now} rows of {title} do not say the same as then"
                if each.then == each.now
                else f"{then} rows of {title} then and {now} now"
            )
            yield f"{what}, too many to keep one by one"
