"""What was filed for the last fiscal year before this one: the text that a draft starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from board_report.governance.filing_text import FiledSentence, FilingText, ItemText
from board_report.governance.rows import Row, day_of, text_of
from board_report.governance.statements import NO, NOT_APPLICABLE, YES, Fact

TABLE = "prior_disclosure"


@dataclass(frozen=True)
class PriorFiling:
    """The annual item as it was filed, and each of its passages by its place."""

    text: FilingText
    passages: Mapping[tuple[str, int], str]
    """(sub-item, position) to the passage, by rising position within each sub-item."""

    @property
    def year(self) -> int:
        """The fiscal year that it reports on."""
        return self.text.fiscal_year

    def passages_of(self, sub_item: str) -> tuple[str, ...]:
        """What was said to one sub-item, in order."""
        return tuple(text for (name, _), text in self.passages.items() if name == sub_item)

    def has_changed(self, sub_item: str, fact: Fact | None) -> bool:
        """Whether a yes-or-no fact is another than it was; False where one is not known."""
        before = self.text.item(sub_item).answer
        if before is None or fact is None:
            return False
        return fact.answer == NOT_APPLICABLE or (fact.answer == YES) is not before

    def answer_of(self, sub_item: str) -> str:
        """The fact as it was filed: ``yes``, ``no``, or empty where it is not known."""
        return {True: YES, False: NO, None: ""}[self.text.item(sub_item).answer]


def year_of(row: Row, column: str = "fiscal_year") -> int:
    """The year in a cell; 0 where there is none."""
    value = row.get(column)
    return value if isinstance(value, int) else 0


def prior_filing(rows: Iterable[Row], *, year: int, drawn_on: date) -> PriorFiling | None:
    """The last filing before a fiscal year; None where there is none on record.

    Of two filings for one year the one filed last counts, which is the amendment.

    Args:
        rows: of ``prior_disclosure``.
        year: the fiscal year that is drafted.
        drawn_on: the day on which the data were drawn; nothing can have been filed after it.
    """
    earlier = [
        (year_of(row), filed, row)
        for row in rows
        if year_of(row) < year and (filed := day_of(row, "filed_on")) and filed <= drawn_on
    ]
    if not earlier:
        return None
    last = max((its_year, filed) for its_year, filed, _ in earlier)
    return _filing([row for its_year, filed, row in earlier if (its_year, filed) == last], *last)


def _filing(rows: list[Row], year: int, filed_on: date) -> PriorFiling:
    from board_report.governance.rules import load_rules

    ordered = sorted(rows, key=lambda row: year_of(row, "position"))
    names = [each.id for each in load_rules().sub_items]
    passages = {
        (name, year_of(row, "position")): " ".join(text_of(row, "text").split())
        for name in names
        for row in ordered
        if text_of(row, "sub_item") == name
    }
    answers: dict[str, bool | None] = {}
    for row in ordered:
        said = {YES: True, NO: False}.get(text_of(row, "answer"))
        if said is not None:
            answers.setdefault(text_of(row, "sub_item"), said)
    items = tuple(
        ItemText(
            name,
            tuple(FiledSentence(text) for (place, _), text in passages.items() if place == name),
            answers.get(name),
        )
        for name in names
        if any(place == name for place, _ in passages)
    )
    form = text_of(ordered[0], "form")
    return PriorFiling(FilingText(year, items, form=form, filed_on=filed_on), passages)
