"""The words of one annual item, as drafted or as filed: what drafts are held against.

Redlines, lint, peers and tags all read this record, whether it was made from attestations, from
last year's filing or from another company's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from board_report.governance.item_106_records import Covered


@dataclass(frozen=True)
class FiledSentence:
    """One or more sentences that stand together, and what is behind them."""

    text: str
    source: str = ""
    """``AT-01`` for an attestation; empty where nothing of ours is behind it."""
    role: str = ""
    """Of whoever attested it."""
    attested_on: date | None = None


@dataclass(frozen=True)
class ItemText:
    """What is said to one sub-item, in order."""

    sub_item: str
    """As in the rule data: ``106(b)(1)(i)``, ``106(c)(1) committee``."""
    sentences: tuple[FiledSentence, ...]
    answer: bool | None = None
    """The yes-or-no fact; None where there is none or it is not known."""

    @property
    def text(self) -> str:
        """All of it, run together."""
        return " ".join(each.text for each in self.sentences)


@dataclass(frozen=True)
class FilingText:
    """The whole annual item of one fiscal year."""

    fiscal_year: int
    items: tuple[ItemText, ...]
    """In the order of the rule; a sub-item of which nothing is said may be missing."""
    form: str = "10-K"
    filed_on: date | None = None
    """None while it is a draft."""
    _by_id: Mapping[str, ItemText] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {each.sub_item: each for each in self.items})

    def item(self, sub_item: str) -> ItemText:
        """What is said to a sub-item; nothing where it is missing."""
        return self._by_id.get(sub_item) or ItemText(sub_item, ())

    def said(self) -> Iterator[tuple[str, FiledSentence]]:
        """Every sentence with the sub-item that it stands under, in order."""
        for item in self.items:
            for sentence in item.sentences:
                yield item.sub_item, sentence


def drafted(items: Iterable[Covered], *, fiscal_year: int, form: str) -> FilingText:
    """The draft as it would be filed: attested sentences and attested answers, and no gaps.

    Args:
        items: all sub-items with what answers them, in the order of the rule.
        fiscal_year: that the item reports on.
        form: ``10-K`` or ``20-F``.
    """
    return FilingText(
        fiscal_year=fiscal_year,
        form=form,
        items=tuple(
            ItemText(
                sub_item=each.sub_item.id,
                sentences=tuple(
                    FiledSentence(said.text, said.id, said.role, said.attested_on)
                    for said in each.statements
                ),
                answer=each.attested_answer,
            )
            for each in items
        ),
    )
