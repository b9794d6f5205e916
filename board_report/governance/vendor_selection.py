"""Vendors weighed by two offices: scores, ranking, and how far the winner hangs on the weights.

An office's score of a vendor is the mean of its criteria by their weights, 0 to 5. The total is
``w * CISO + (1 - w) * CTO``. Over w from 0 to 1 each vendor is a straight line, so the winner
changes only where two lines cross. All of it is reckoned in fractions: a tie is a tie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations, groupby, pairwise
from typing import TYPE_CHECKING

from board_report.governance.rows import Row, day_of, plain_rows, text_of, trailing_year
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.tables.schema import TableSet

OFFICES = ("CISO", "CTO")
FRAGILE = Fraction(1, 10)
"""A winner that changes within this distance of the declared weight hangs on the weight."""


@dataclass(frozen=True)
class Vendor:
    """One vendor of a selection and its scores, 0 to 5."""

    name: str
    ciso: Fraction | None
    """None where that office did not score it."""
    cto: Fraction | None
    weights: Mapping[str, Fraction]
    """Sum of the criteria's weights as given, by office that scored it."""
    line: int = 0
    """Of its first score in the file; 0 where it has none."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The offices that did not score it."""
        scores = zip(OFFICES, (self.ciso, self.cto), strict=True)
        return tuple(office for office, score in scores if score is None)

    def total(self, weight: Fraction) -> Fraction:
        """The weighed score at a weight of the CISO's office from 0 to 1.

        Raises:
            ValueError: an office did not score it.
        """
        if self.ciso is None or self.cto is None:
            raise ValueError(f"{self.name} was not scored by both offices")
        return weight * self.ciso + (1 - weight) * self.cto


@dataclass(frozen=True)
class Turn:
    """A weight of the CISO's office at which the winner changes."""

    weight: Fraction
    before: tuple[str, ...]
    """First below that weight; several where their lines lie on one another."""
    after: tuple[str, ...]


@dataclass(frozen=True)
class Selection:
    """A choice of a vendor as it was scored, and the ranking that follows from it."""

    selection_id: str
    title: str
    weight: Fraction
    """Of the CISO's office, 0 to 1; the CTO's is the rest."""
    decided_on: date | None
    chosen: str
    """As the selection spells it; empty while open."""
    decided_by: str
    ranked: tuple[Vendor, ...]
    """Scored by both, best first at the declared weight; alike ones by name."""
    unranked: tuple[Vendor, ...]
    """Not scored by both, in the order of the file."""
    turns: tuple[Turn, ...]
    """By weight; empty where one vendor is first at every weight."""
    file: str = ""
    line: int = 0

    @property
    def top(self) -> tuple[str, ...]:
        """First at the declared weight; several when alike, none where none is ranked."""
        return winners(self.ranked, self.weight)

    @property
    def ciso_top(self) -> tuple[str, ...]:
        """First by the CISO's scores alone."""
        return winners(self.ranked, Fraction(1))

    @property
    def cto_top(self) -> tuple[str, ...]:
        """First by the CTO's scores alone."""
        return winners(self.ranked, Fraction(0))

    @property
    def is_choice_top(self) -> bool | None:
        """Whether the chosen vendor is first; None where none is chosen or none is ranked."""
        if not self.chosen or not self.ranked:
            return None
        return same_name(self.chosen) in map(same_name, self.top)

    @property
    def nearest_turn(self) -> Turn | None:
        """Where the winner changes nearest to the declared weight; None where it never does."""
        return min(self.turns, key=lambda each: abs(each.weight - self.weight), default=None)

    @property
    def is_fragile(self) -> bool:
        """Whether the winner changes within a tenth of the declared weight."""
        turn = self.nearest_turn
        return turn is not None and abs(turn.weight - self.weight) <= FRAGILE


def winners(vendors: Sequence[Vendor], weight: Fraction) -> tuple[str, ...]:
    """The vendors with the highest total at a weight, in the order given."""
    totals = [each.total(weight) for each in vendors]
    best = max(totals, default=None)
    return tuple(each.name for each, total in zip(vendors, totals, strict=True) if total == best)


def turns_of(vendors: Sequence[Vendor]) -> tuple[Turn, ...]:
    """The weights above 0 and below 1 at which the winner changes.

    Between two neighbouring crossings of any lines the order of all vendors stands still, so one
    weight between them tells who wins there.
    """
    crossings = {_crossing(one, other) for one, other in combinations(vendors, 2)} - {None}
    inside = sorted(each for each in crossings if each is not None and 0 < each < 1)
    bounds = [Fraction(0), *inside, Fraction(1)]
    leading = [winners(vendors, (low + high) / 2) for low, high in pairwise(bounds)]
    return tuple(
        Turn(at, before, after)
        for at, (before, after) in zip(inside, pairwise(leading), strict=True)
        if before != after
    )


def _crossing(one: Vendor, other: Vendor) -> Fraction | None:
    """The weight at which two vendors are alike; None where their lines run side by side."""
    at_none, at_all = (one.total(Fraction(w)) - other.total(Fraction(w)) for w in (0, 1))
    return at_none / (at_none - at_all) if at_none != at_all else None


def vendor_selections(tables: TableSet, window: Window) -> tuple[Selection, ...]:
    """The selections decided in the four quarters to the cutoff, then those still open.

    The latest decided comes first. One decided after the cutoff is still open.
    """
    first, last = trailing_year(window)
    scores = scores_by_selection(plain_rows(tables.frame("vendor_scores")))
    every = [
        _selection(row, scores.get(text_of(row, "selection_id"), ()), last)
        for row in plain_rows(tables.frame("vendor_selections"))
    ]
    decided = [each for each in every if each.decided_on and each.decided_on >= first]
    decided.sort(key=lambda each: (each.decided_on or last, each.selection_id), reverse=True)
    return (*decided, *(each for each in every if not each.decided_on))


def scores_by_selection(rows: Sequence[Row]) -> dict[str, tuple[Row, ...]]:
    """The rows of ``vendor_scores`` by selection, each in the order of the file."""
    ordered = sorted(rows, key=lambda row: text_of(row, "selection_id"))
    groups = groupby(ordered, key=lambda row: text_of(row, "selection_id"))
    return {name: tuple(group) for name, group in groups}


def _selection(row: Row, scores: Sequence[Row], last: date) -> Selection:
    decided = day_of(row, "decided_on")
    is_open = decided is None or decided > last
    weight = fraction_of(row, "ciso_weight")
    vendors = [
        _vendor(name, [each for each in scores if text_of(each, "vendor_name") == name])
        for name in dict.fromkeys(text_of(each, "vendor_name") for each in scores)
    ]
    ranked = sorted(
        (each for each in vendors if not each.missing),
        key=lambda each: (-each.total(weight), each.name),
    )
    return Selection(
        selection_id=text_of(row, "selection_id"),
        title=text_of(row, "title"),
        weight=weight,
        decided_on=None if is_open else decided,
        chosen="" if is_open else text_of(row, "chosen_vendor"),
        decided_by="" if is_open else text_of(row, "decided_by_role"),
        ranked=tuple(ranked),
        unranked=tuple(each for each in vendors if each.missing),
        turns=turns_of(ranked),
        file=text_of(row, SOURCE_COLUMN),
        line=line_of(row),
    )


def _vendor(name: str, rows: Sequence[Row]) -> Vendor:
    of_office = {
        office: [row for row in rows if text_of(row, "scored_by_role") == office]
        for office in OFFICES
    }
    ciso, cto = (_mean(of_office[office]) for office in OFFICES)
    weights = {office: _weight(some) for office, some in of_office.items() if some}
    return Vendor(name, ciso, cto, weights, line_of(rows[0]))


def _mean(rows: Sequence[Row]) -> Fraction | None:
    """The mean of the scores by their weights; None without weight or score."""
    weight = _weight(rows)
    weighed = (fraction_of(row, "weight") * fraction_of(row, "score") for row in rows)
    return sum(weighed, Fraction()) / weight if weight else None


def _weight(rows: Sequence[Row]) -> Fraction:
    return sum((fraction_of(row, "weight") for row in rows), Fraction())


def fraction_of(row: Row, column: str) -> Fraction:
    """The number as it is written: 0.1 is a tenth, not the nearest binary fraction."""
    value = row.get(column)
    return Fraction(str(value)) if value is not None else Fraction()


def line_of(row: Row) -> int:
    """The line of the file that a row stands on; 0 where it is not known."""
    value = row.get(LINE_COLUMN)
    return value if isinstance(value, int) else 0


def same_name(name: str) -> str:
    """A vendor's name as it is compared: without regard to case and blanks."""
    return " ".join(name.split()).casefold()
