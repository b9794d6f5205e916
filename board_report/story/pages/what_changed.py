"""What changed since the last report: figures that moved, figures restated, roles that moved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from board_report.governance.conflicts import review_reporting
from board_report.model import Change, MetricSeries, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.fit import DENSE, voices_height
from board_report.story.left_out import is_left_out
from board_report.story.page import Page, Voices
from board_report.story.page_voices import voices_of
from board_report.story.restated import (
    LEDGER,
    MORE_LINE,
    height_of,
    restated_figures,
    rows_briefly,
    that_fit,
)
from board_report.story.restated import restated as restatements
from board_report.story.unfinished import context_words
from board_report.tables.mapping import default_file
from board_report.typeset import lines_needed

ROWS = 9
WIDTH, HEIGHT, HEADING, GAP = 272.0, 340.0, 16.0, 18.0
"""Of the column of what was restated and of the voices, of a heading, and before the next block, in
points."""
_SUMS = "counts and sums"
_NOTHING = 12 + 6.9 + 2 * 16
"""Height of the words that nothing was restated, in points."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page of three columns: worse, better, and what was said before and is now different.

    There is none where nothing can be set beside an earlier figure and no leader wrote of it.
    """
    if is_left_out(facts, "what-changed"):
        return ()
    worse = _ranked(facts, Change.WORSE)
    better = _ranked(facts, Change.BETTER)
    restated = restated_figures(facts)
    changes = [each.sentence for each in review_reporting(facts.tables, facts.window).changes][:3]
    room = HEIGHT - HEADING - _changes_height(changes)
    briefly = next(map(rows_briefly, restatements(facts)), "")
    shown = that_fit(restated, briefly, WIDTH, room - _voices_least(facts))
    taken = sum(height_of(each, WIDTH) for each in shown) if shown else _NOTHING
    more = len(restated) - len(shown)
    before = facts.project.quarter.previous
    return (
        Page(
            id="what-changed",
            section="What changed",
            title=_title(len(worse), len(better), _restated_words(facts, len(restated))),
            context=_context(facts),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Usual change: mean absolute move of the quarters before. A figure with fewer "
                "than five cases is not judged. Restated: as shown to the Board, and as the data "
                "give it now. Definitions: appendix."
            ),
            body={
                "now": facts.project.quarter.short,
                "before": before.short,
                "worse": [_row(facts, each) for each in worse[:ROWS]],
                "worse_more": max(len(worse) - ROWS, 0),
                "better": [_row(facts, each) for each in better[:ROWS]],
                "better_more": max(len(better) - ROWS, 0),
                "restated": shown,
                "nothing_restated": _nothing_restated(facts),
                "restated_more": more,
                "ledger": LEDGER,
                "changes": changes,
            },
            voices_room=(WIDTH, room - taken - (MORE_LINE if more else 0) - GAP),
            metric_ids=tuple(worse[:ROWS] + better[:ROWS]),
        ),
    )


def _changes_height(changes: Sequence[str]) -> float:
    """Of the roles and reporting lines that changed, with their heading."""
    if not changes:
        return 0.0
    lines = sum(12.9 + 16 * lines_needed(each, WIDTH, 12) for each in changes)
    return GAP + HEADING + lines


def _voices_least(facts: BoardFacts) -> float:
    """The least height that the leaders' words need under what was restated."""
    commentary = facts.commentary.get("what-changed")
    if commentary is None or not commentary.is_heard:
        return 0.0
    return voices_height(voices_of(commentary, Voices(), facts), WIDTH, DENSE) + GAP


def _title(worse: int, better: int, restated: str) -> str:
    if not worse and not better:
        return f"No figure can be said to be better or worse than last quarter; {restated}"
    return (
        f"{sentences.capital(formats.counted(better, 'figure'))} got better since the last "
        f"quarter and {formats.count_words(worse) if worse else 'none'} got worse; {restated}"
    )


def _restated_words(facts: BoardFacts, restated: int) -> str:
    if not facts.tables.measured("reported_figures"):
        return "what you saw before is not on record"
    if not restated:
        return "nothing that you saw before has been restated"
    have = "has" if restated == 1 else "have"
    return f"{formats.count_words(restated)} that you saw before {have} been restated"


def _nothing_restated(facts: BoardFacts) -> str:
    if facts.tables.measured("reported_figures"):
        return "Every figure that earlier decks showed still reads the same."
    return (
        "What earlier decks showed is not on record: give "
        f"{default_file(facts.tables['reported_figures'].spec)}."
    )


def _context(facts: BoardFacts) -> str:
    """What the figures are held against; first of all that a quarter is not over."""
    if not facts.window.is_over:
        return context_words(facts.window)
    words = facts.project.quarter.previous.words.lower()
    start = f"Against the {words.replace('quarter ', 'quarter of ', 1)}"
    count = sum(map(_covers_part, facts.figures.series.values()))
    if count:
        return (
            f"{start}. {sentences.capital(formats.counted(count, 'count or sum', _SUMS))} "
            f"{'is' if count == 1 else 'are'} not compared: the records cover a quarter in part."
        )
    return (
        f"{start}, of {len(facts.figures.specs)} figures. First those that moved furthest beyond "
        "their usual quarterly change."
    )


def _covers_part(series: MetricSeries) -> bool:
    """Whether both quarters have a value and are yet not compared."""
    before = series.before
    return (
        series.change is Change.NONE
        and series.now.value is not None
        and before is not None
        and before.value is not None
    )


def _ranked(facts: BoardFacts, wanted: Change) -> list[str]:
    """Metrics that moved that way in the printed digits, the most unusual move first."""
    word = "Worse" if wanted is Change.WORSE else "Better"
    chosen = [each for each in facts.figures.specs if facts.change_text(each).startswith(word)]
    return sorted(
        chosen,
        key=lambda each: (
            wanted is Change.WORSE and facts.status(each) is not Status.OFF,
            -unusualness(facts.series(each)),
            each,
        ),
    )


def unusualness(series: MetricSeries) -> float:
    """The last move over the mean absolute move before it; 1 where there is no history.

    Only the order of a list depends on it; it is printed nowhere.
    """
    values = [each.value for each in series.values if each.value is not None]
    moves = [abs(later - earlier) for earlier, later in pairwise(values)]
    if len(moves) < 3:
        return 1.0
    usual = fmean(moves[:-1])
    return moves[-1] / usual if usual else float("inf") if moves[-1] else 0.0


def _row(facts: BoardFacts, metric_id: str) -> dict[str, str]:
    status = facts.status(metric_id)
    return {
        "title": facts.figures.spec(metric_id).title,
        "before": facts.text(metric_id, ago=1),
        "now": facts.text(metric_id),
        "status": "" if status is Status.NONE else status.name.lower(),
    }
