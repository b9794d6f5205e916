"""Say a demand of a table in a sentence, for the data dictionary and for findings."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.tables.demands import (
    Below,
    Demand,
    Empty,
    Filled,
    Fits,
    Inside,
    OneOf,
    Together,
    Unlike,
    When,
)


def demand_in_words(demand: Demand) -> str:
    """One demand as a Markdown sentence."""
    match demand:
        case Filled():
            return f"{_all(demand.columns)} needed {_where(demand.when)}."
        case Empty():
            return f"{_all(demand.columns)} left empty {_where(demand.when)}."
        case Together():
            return f"{_all(demand.columns)} given together or not at all."
        case OneOf():
            return f"Exactly one of {names_in_words(demand.columns)} is given."
        case Inside():
            where = f" {_where(demand.when)}" if demand.when else ""
            return f"{names_in_words(demand.columns)} must be {bounds_in_words(demand)}{where}."
        case Below():
            where = _where(demand.when)
            return f"`{demand.lower}` must be below `{demand.upper}` {where}."
        case Fits():
            where = _where(demand.when)
            return f"`{demand.column}` is {names_in_words(demand.allowed, 'or')} {where}."
        case Unlike():
            return f"`{demand.column}` and `{demand.other}` may not name the same record."


def bounds_in_words(demand: Inside) -> str:
    """The bounds of a demand: ``from 0 to 1``, ``above 0 and below 1``, ``at most 1``."""
    if demand.least is not None and demand.most is not None:
        return f"from {demand.least:g} to {demand.most:g}"
    parts = {
        "at least": demand.least,
        "above": demand.above,
        "at most": demand.most,
        "below": demand.below,
    }
    return " and ".join(f"{word} {bound:g}" for word, bound in parts.items() if bound is not None)


def names_in_words(names: Sequence[str], last: str = "and") -> str:
    """Names in code marks: ``a``, ``b`` and ``c``; the one of an empty cell is ``empty``."""
    quoted = [f"`{name}`" if name else "empty" for name in names]
    if len(quoted) == 1:
        return quoted[0]
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def _all(columns: Sequence[str]) -> str:
    return f"{names_in_words(columns)} {'is' if len(columns) == 1 else 'are'}"


def _where(when: When) -> str:
    return f"where `{when.column}` is {names_in_words(when.values, 'or')}"
