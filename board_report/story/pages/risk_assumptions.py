"""What the loss figures rest on: assumptions, the run with its precision, and definitions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.money_words import interval_words
from board_report.story.page import Page
from board_report.story.risk_definitions import DEFINITIONS
from board_report.story.risk_pictures import money_words
from board_report.typeset import lines_needed

if TYPE_CHECKING:
    from board_report.risk.money import RiskInMoney

ID = "risk-assumptions"
_ROOM, _WIDTH = 306.0, 490.0
"""Points for the statements under each other, and of a line of them."""
_SETTINGS = {"": (12.0, 16.0, 10.5), "small": (11.0, 14.0, 7.5)}
"""Size, leading, and what stands around a statement, by the class that sets it."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """The statements beside the run, as many pages as they take, then the definitions."""
    money = facts.measured_money
    if money is None:
        return ()
    kind, parts = _parts(money.assumptions.statements)
    pages = [_page(facts, money, part, at, kind) for at, part in enumerate(parts, 1)]
    return (*pages, _definitions(facts, len(pages) + 1))


def _page(facts: BoardFacts, money: RiskInMoney, part: Sequence[str], at: int, kind: str) -> Page:
    return Page(
        id=ID if at == 1 else f"{ID}-{at}",
        template=ID,
        section="Assumptions of the loss figures" + (", continued" if at > 1 else ""),
        title=_title(money),
        context=(
            "Standard errors say how far the figures may lie off because only so many years were "
            "simulated; the P10–P90 of an estimate is wider."
        ),
        owners=facts.owner("CISO", "CFO"),
        sources=(
            "The same register, settings and libraries give the same figures to the last digit. "
            "Files and settings: provenance."
        ),
        voices_room=None,
        body={
            "layout": "statements",
            "density": kind,
            "statements": list(part),
            "run": _run(facts, money) if at == 1 else [],
        },
    )


def _parts(statements: Sequence[str]) -> tuple[str, list[list[str]]]:
    """The statements by page, and how they are set: closer where one page then holds them."""
    for kind, setting in _SETTINGS.items():
        heights = [_height(each, setting) for each in statements]
        if sum(heights) <= _ROOM:
            return kind, [list(statements)]
    parts: list[list[str]] = [[]]
    share = sum(heights) / math.ceil(sum(heights) / (_ROOM * 0.9))  # even pages, none nearly empty
    used = 0.0
    for each, tall in zip(statements, heights, strict=True):
        if (parts[-1] and used + tall / 2 > share) or used + tall > _ROOM:
            parts.append([])
            used = 0.0
        parts[-1].append(each)
        used += tall
    return kind, parts


def _height(statement: str, setting: tuple[float, float, float]) -> float:
    size, leading, around = setting
    return leading * lines_needed(statement, _WIDTH, size) + around


def _definitions(facts: BoardFacts, at: int) -> Page:
    half = (len(DEFINITIONS) + 1) // 2
    rows = [{"term": term, "words": words} for term, words in DEFINITIONS]
    return Page(
        id=f"{ID}-{at}",
        template=ID,
        section="Words of the loss figures",
        title="What the words of the loss figures mean, and how each figure is computed",
        context="",
        owners=facts.owner("CISO", "CFO"),
        sources="Definitions of all other figures: the pages on definitions in this appendix.",
        voices_room=None,
        body={"layout": "definitions", "columns": [rows[:half], rows[half:]]},
    )


# --- words ---------------------------------------------------------------------------------------


def _title(money: RiskInMoney) -> str:
    run = money.convergence
    years = f"{formats.number(run.trials)} simulated years"
    if run.precision is None:
        return f"The loss figures rest on {years}, a number set by hand"
    wanted = formats.percent(run.precision, 1).replace(".0%", "%")
    if not run.is_reached:
        return f"The loss figures rest on {years}, which did not reach the {wanted} asked for"
    return f"The loss figures rest on {years}, enough for the {wanted} asked for"


def _run(facts: BoardFacts, money: RiskInMoney) -> list[dict[str, str]]:
    """The run as it has to be repeated, and how precise it is."""
    run, given = money.convergence, money.assumptions
    reached = "reached" if run.is_reached else "not reached"
    wanted = (
        "set by hand"
        if run.precision is None
        else f"{formats.percent(run.precision, 1)}, {reached}"
    )
    pairs = given.correlation_pairs
    rows = (
        ("Formula version", given.formula_version),
        ("Simulated years", formats.number(run.trials)),
        ("Seed", str(run.seed)),
        ("Random numbers", given.generator),
        ("Relative precision", wanted),
        ("Standard error, expected loss", money_words(facts, run.expected_error)),
        ("Standard error, 1 in 20", money_words(facts, run.var_95_error)),
        ("1 in 20, 95% by simulation", interval_words(facts, run.var_95_interval)),
        (
            "Risks drawn together",
            formats.counted(pairs, "pair", words=False) if pairs else "none, all independent",
        ),
        *((f"Library {name}", version) for name, version in given.versions.items()),
    )
    return [{"name": name, "value": value} for name, value in rows]
