"""The page of vendor scorecards: both offices' scores, their weights, and what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.vendor_selection import Selection, vendor_selections
from board_report.model import State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, shortened
from board_report.story.page import Page
from board_report.story.vendor_panels import MOST_VENDORS, lines_of, other_of, panel_of

PAGE = "vendor-scorecards"
METRIC = "vendor_decisions_with_both_scores"
MOST_PANELS = 2
MOST_OTHERS = 3
MOST_ALONE = 15
"""Selections listed where none can be ranked."""
_GAP = 24.0
_WIDE, _BESIDE_VOICES = 864.0, 642.0
_ROOM = 334.0
_PANEL_HEAD = 57.0
"""Title, weights and verdict of a panel, with the gaps between them."""
_TABLE_HEAD, _ROW = 25.0, 18.0
_OTHERS = 37.0
"""Table head of the others and the gap over it."""
_LEAST_CHART = 84.0


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page where a vendor was chosen in the last four quarters or is to be; else none."""
    selections = vendor_selections(facts.tables, facts.window)
    if not selections:
        return ()
    shown = _shown(facts, selections)
    others = [each for each in selections if each not in shown]
    width = _BESIDE_VOICES if facts.has_voices(PAGE) else _WIDE
    panel = (width - _GAP * (len(shown) - 1)) / max(len(shown), 1)
    rows = max((min(_vendors(each), MOST_VENDORS + 1) for each in shown), default=0)
    height = _ROOM - _PANEL_HEAD - _TABLE_HEAD - _ROW * rows
    spare = int((height - _LEAST_CHART - _OTHERS) / _ROW) if shown else len(others)
    listed = max(min(len(others), MOST_OTHERS if shown else MOST_ALONE, spare), 0)
    height -= _OTHERS + _ROW * listed if listed else 0
    return (
        Page(
            id=PAGE,
            section="Vendor scorecards",
            title=_title(facts, selections),
            context=_context(facts, shown),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Sources: vendor selections and scores of four quarters, and those to be decided. "
                "A ranking hangs on the weights when a tenth more or less of weight would change "
                "the first. Definitions: appendix."
            ),
            body={
                "width": width,
                "panel": panel,
                "gap": _GAP,
                "panels": [panel_of(facts, each, at) for at, each in enumerate(shown)],
                "others": [other_of(facts, each) for each in others[:listed]],
                "others_head": ("Also chosen or to be chosen" if shown else "Chosen or to be")
                + (f", {listed} of {len(others)}" if len(others) > listed else ""),
            },
            figures={f"lines-{at}": lines_of(each, panel, height) for at, each in enumerate(shown)},
            metric_ids=(METRIC,) if METRIC in facts.figures.specs else (),
        ),
    )


def _shown(facts: BoardFacts, selections: Sequence[Selection]) -> list[Selection]:
    """Those that can be ranked: chosen in the quarter, then to be chosen, then earlier ones."""
    first = facts.window.first_day
    ranked = [each for each in selections if each.ranked]
    now = [each for each in ranked if each.decided_on and each.decided_on >= first]
    due = [each for each in ranked if not each.decided_on]
    ordered = {each.selection_id: each for each in (*now[:1], *due, *now[1:], *ranked)}
    return list(ordered.values())[:MOST_PANELS]


def _vendors(selection: Selection) -> int:
    return len(selection.ranked) + len(selection.unranked)


def _context(facts: BoardFacts, shown: Sequence[Selection]) -> str:
    if not facts.tables.measured("vendor_scores"):
        return "No scores were given (governance/vendor_scores.csv), so that nothing can be ranked."
    if not shown:
        return "No vendor was scored by both offices, so that nothing can be ranked."
    return (
        "Each office scores a vendor from 0 to 5 by weighed criteria; the total weighs the two "
        "offices. A line shows the total at every weight."
    )


# --- title -------------------------------------------------------------------------------------


def _title(facts: BoardFacts, selections: Sequence[Selection]) -> str:
    head = _scored(facts)
    return first_that_fits(*(f"{head}; {tail}" for tail in _turns(selections)), head)


def _scored(facts: BoardFacts) -> str:
    """In how many choices both offices scored the vendor chosen."""
    now = facts.now(METRIC)
    if now.state is State.NOTHING_HAPPENED:
        return "No vendor was chosen in four quarters"
    if not now.measured:
        return "Whether both offices scored each vendor chosen is not measured"
    both, made = int(now.parts["numerator"]), int(now.parts["denominator"])
    if made == 1:
        return f"The one vendor chosen was {'' if both else 'not '}scored by both offices"
    if both == made:
        every = "Both" if made == 2 else f"All {formats.count_words(made)}"
        return f"{every} vendors chosen were scored by both offices"
    number = sentences.capital(formats.count_words(both) if both else "none")
    return (
        f"{number} of {formats.count_words(made)} vendors chosen "
        f"{'was' if both <= 1 else 'were'} scored by both offices"
    )


def _turns(selections: Sequence[Selection]) -> tuple[str, ...]:
    """What is to be noticed first: a ranking not followed, then one that hangs on the weights.

    The same in full and in short, for a title that has room for one of them.
    """
    against = [each for each in selections if each.is_choice_top is False]
    if against:
        return (f"{formats.counted(len(against), 'choice')} did not follow the ranking",)
    fragile = [each for each in selections if each.is_fragile]
    if len(fragile) > 1:
        return (f"{formats.count_words(len(fragile))} rankings hang on the weights",)
    if fragile:
        name = sentences.within(shortened(fragile[0].title, 40))
        full = f"the ranking for {name} hangs on the weights"
        return (full, "one ranking hangs on the weights")
    return ()
