"""What each initiative buys: expected loss bought down for its cost, and the risk that it opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.money_words import fitting, named, run_words
from board_report.story.page import FigureSpec, Page
from board_report.story.return_rows import (
    MOST_CURVES,
    STAGES,
    both_ends,
    by_return,
    curves_figure,
    one_unit,
    returns_table,
    status_of,
)

if TYPE_CHECKING:
    from board_report.risk.records import InitiativeReturn

METRICS = ("expected_loss", "loss_1_in_20")
ID = "risk-bought-down"
_STAGE_KEY = tuple((str(stage), words) for stage, words in STAGES.items())
_ROOM = 334.0
_KEY, _MORE, _TITLE_ROOM = 26.0, 20.0, 22.0
"""Points of the key under the table, of a line that names the rest, and of a picture's title."""
_GUTTER = 24.0


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none without initiatives."""
    money = facts.measured_money
    if money is None or not money.initiatives:
        return ()
    has_voices = facts.has_voices(ID)
    ordered = by_return(money.initiatives)
    shown, rest = both_ends(ordered)
    table = returns_table(facts, shown, _ROOM - _KEY - (_MORE if rest else 0), has_voices)
    curves = _curves(facts, ordered, table.height, has_voices)
    return (
        Page(
            id=ID,
            section="Risk bought down",
            title=_title(facts, ordered),
            context=_context(facts, ordered),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "ROSI = (expected loss without − with − annual cost) / annual cost. Source: "
                f"initiatives; {run_words(money)}; with and without on the same years."
            ),
            body={
                "has_voices": has_voices,
                "more": _more(rest),
                "key": _key(facts, shown),
                "curves": [
                    {"figure": name, "title": found.name}
                    for name, found in zip(curves, ordered, strict=False)
                ],
            },
            figures={"returns": table, **curves},
            metric_ids=METRICS,
        ),
    )


def _curves(
    facts: BoardFacts, found: Sequence[InitiativeReturn], above: float, has_voices: bool
) -> dict[str, FigureSpec]:
    """A picture for each initiative, where few leave room under the table."""
    if len(found) > MOST_CURVES:
        return {}
    whole = 642.0 if has_voices else 864.0
    width = (whole - _GUTTER * (len(found) - 1)) / len(found)
    size = (width, _ROOM - above - _KEY - _TITLE_ROOM - 12)
    curves = [curve for each in found for curve in (each.curve_with, each.curve_without)]
    largest = max(loss for curve in curves for _, loss in curve)
    return {
        f"curves-{at}": curves_figure(facts, each, largest, size)
        for at, each in enumerate(found, 1)
    }


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, found: Sequence[InitiativeReturn]) -> str:
    start, best, worst = _count(facts, found), found[0], found[-1]
    harm = [each for each in found if each.net_bought_down < 0]
    if len(found) == 1:
        return start
    if harm:
        name = named(harm[-1].name, "one of them")
        ends = (
            [f"{name} opens more risk than it takes away", "one opens more risk than it takes away"]
            if len(harm) == 1
            else [f"{formats.count_words(len(harm))} open more risk than they take away"]
        )
        return fitting(*(f"{start}; {each}" for each in ends), start)
    first, last = named(best.name, ""), named(worst.name, "")
    ends = [f"{start}; {first} returns most, {last} least"] if first and last else []
    return fitting(*ends, start)


def _count(facts: BoardFacts, found: Sequence[InitiativeReturn]) -> str:
    """How many buy down more expected loss than they cost."""
    good = sum(each.net_bought_down > each.annual_cost for each in found)
    if len(found) == 1:
        return _only(facts, found[0])
    count = formats.count_words(len(found))
    if good == len(found):
        every = "Both" if good == 2 else f"All {count}"
        return f"{every} initiatives buy down more expected loss than they cost"
    if not good:
        none = "Neither initiative" if len(found) == 2 else f"None of {count} initiatives"
        return f"{none} buys down as much expected loss as it costs"
    verb = "buys" if good == 1 else "buy"
    whose = "it costs" if good == 1 else "they cost"
    return (
        f"{sentences.capital(formats.count_words(good))} of {count} initiatives {verb} down more "
        f"expected loss than {whose}"
    )


def _only(facts: BoardFacts, found: InitiativeReturn) -> str:
    name = sentences.capital(named(found.name, "The one initiative"))
    if found.net_bought_down < 0:
        return f"{name} opens more risk than it takes away"
    down = formats.money(found.net_bought_down, facts.currency)
    if found.per_unit is None:
        return f"{name} costs nothing and buys down {down} of expected loss a year"
    cost = formats.money(found.annual_cost, facts.currency)
    return f"{name} costs {cost} a year and buys down {down} of expected loss"


def _context(facts: BoardFacts, found: Sequence[InitiativeReturn]) -> str:
    """What the mean leaves out: initiatives that pay in the rare year alone."""
    unit = one_unit(facts)
    rests = [
        each
        for each in found
        if each.annual_cost > each.net_bought_down >= 0 and each.var_95_with < each.var_95_without
    ]
    if not rests:
        return (
            f"Mean and P10–P90, net of the risk that each opens; past {unit} it pays by avoided "
            "loss alone."
        )
    least = rests[-1]
    lower = formats.money(least.var_95_without - least.var_95_with, facts.currency)
    name = named(least.name, "the last of them")
    return (
        f"Mean and P10–P90, net of the risk opened. Below {unit} the case rests on value or the "
        f"rare year: {name} takes {lower} off 1 in 20."
    )


def _key(facts: BoardFacts, shown: Sequence[InitiativeReturn]) -> list[tuple[str, str]]:
    """The marks that stand in the table, with their meaning."""
    unit = one_unit(facts)
    stages = {str(each.decision) for each in shown}
    marks = {status_of(each) for each in shown if each.per_unit is not None}
    return [
        *((kind, words) for kind, words in _STAGE_KEY if kind in stages),
        *(
            (kind, words)
            for kind, words in (
                ("dot", f"buys down {unit} or more"),
                ("near", f"less than {unit}"),
                ("off", "opens more than it takes away"),
            )
            if {"dot": "none"}.get(kind, kind) in marks
        ),
    ]


def _more(rest: Sequence[InitiativeReturn]) -> str:
    """The initiatives not shown, by name."""
    if not rest:
        return ""
    said = [_short(each.name) for each in rest[:2]]
    if len(rest) > 2:
        said.append(f"{formats.count_words(len(rest) - 2)} more")
    return f"Between the last two and the others, not shown: {formats.listed(said)}."


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39].rstrip()}…"
