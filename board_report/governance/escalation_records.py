"""What an escalation is, the rules that may raise one, and what the rules may look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from board_report.model import RowRef, Severity
from board_report.sources.faults import Explanation

if TYPE_CHECKING:
    import pandas as pd

    from board_report.metrics.declare import Unit
    from board_report.metrics.evaluate import Figures
    from board_report.period import Window
    from board_report.tables.schema import TableSet

NO_BREAK = "\u00a0"


class EscalationRule(StrEnum):
    """Why a matter reaches the board without anybody asking for it; worst first."""

    CLOCK = "escalation_clock"
    OVER_APPETITE = "escalation_over_appetite"
    RISK_BAND = "escalation_risk_band"
    CROWN_JEWEL_OVERDUE = "escalation_crown_jewel_overdue"
    ACCEPTANCE_LAPSED = "escalation_acceptance_lapsed"
    CONTROL_SILENT = "escalation_control_silent"
    TARGET_MISSED = "escalation_target_missed"


def _note(meaning: str, mend: str) -> Explanation:
    return Explanation(Severity.NOTE, meaning, "{sentence}", mend)


ESCALATION_FAULTS: dict[EscalationRule, Explanation] = {
    EscalationRule.CLOCK: _note(
        "An incident's materiality is under review at the as-of date, or was determined material "
        "in the quarter.",
        "Tell the board where the review stands; record the determination and its date.",
    ),
    EscalationRule.OVER_APPETITE: _note(
        "The 1-in-20-year loss is above the board's appetite this quarter and was above it the "
        "quarter before; where it is above the tolerance for as long, that is said instead.",
        "Ask the board to fund a reduction, or to accept the loss until a date.",
    ),
    EscalationRule.RISK_BAND: _note(
        "A scenario's expected loss a year reached a higher band of the company's scale than "
        "a quarter ago.",
        "Review the scenario's treatment with its owner.",
    ),
    EscalationRule.CROWN_JEWEL_OVERDUE: _note(
        "Findings on a crown jewel became overdue in the quarter and are still open.",
        "Close them, or have somebody with the authority accept the risk until a date.",
    ),
    EscalationRule.ACCEPTANCE_LAPSED: _note(
        "The day until which a risk was accepted has gone by, and the risk is still open.",
        "Treat the risk, or renew the acceptance with a new date.",
    ),
    EscalationRule.CONTROL_SILENT: _note(
        "A control, a detection tool or a whole export that reported a quarter ago has stopped.",
        "Find out whether the control stopped or only its report did.",
    ),
    EscalationRule.TARGET_MISSED: _note(
        "A figure is off its target for exactly the third quarter running; longer ones were "
        "escalated before and are only counted.",
        "Say what is done about it, or propose another target.",
    ),
}
"""Each rule as a note among the findings."""

ESCALATION_RULES: dict[EscalationRule, str] = {
    rule: each.meaning for rule, each in ESCALATION_FAULTS.items()
}
"""What each rule looks for, in words."""

RULE_ORDER: tuple[EscalationRule, ...] = tuple(EscalationRule)
"""Worst first: what has a legal clock, then what the whole company could lose, then what the most
important systems carry unmended, then risks that nobody accepts, then what can no longer be seen,
then what is merely missed."""


@dataclass(frozen=True)
class Escalation:
    """One matter that a rule brings before the board. It asks for nothing and decides nothing."""

    rule: EscalationRule
    rank: int
    """Place in the list, 1 is the worst."""
    sentence: str
    """What happened, with its figures; the most important words first."""
    rows: tuple[RowRef, ...] = ()
    """Input rows behind it; a figure's rows are had from ``metric_id``."""
    metric_id: str = ""
    since: date | None = None
    """First day on which it is known to have stood so."""
    owner_role: str = ""
    """Who answers for it; ``BOTH`` for the CISO and the CTO together."""
    subject: str = ""
    """The matter in a few words, for a line that names several."""
    size: float = 0.0
    """By which the matters of one rule are ordered, in a unit of the rule's own."""
    count: int = 1
    """Rows or matters that it speaks of: overdue findings of the asset, units of the control."""


@dataclass(frozen=True)
class Gap:
    """A rule that could not be applied, wholly or in part."""

    rule: EscalationRule
    reason: str
    """As a clause: ``no bands are declared``."""
    is_partial: bool = False
    """True where the rule was applied to what is known, and some rows could not be judged."""


Say = Callable[[float, "Unit"], str]
"""A value in words, as the documents print it."""


@dataclass(frozen=True)
class Watch:
    """What the rules look at; nothing that was unknown at the as-of date counts."""

    figures: Figures
    tables: TableSet
    windows: Sequence[Window]
    """Of the figures, oldest first; the last is the quarter reported on."""
    bands: Sequence[tuple[str, float]]
    """(name, least expected loss a year) of each band, lowest first."""
    tolerance: float | None
    """The board's tolerance for the 1-in-20-year loss, reporting currency."""
    time_zone: str
    """In which an instant's day is taken."""
    say: Say
    appetite: float | None = None
    """The board's appetite for the 1-in-20-year loss; at most the tolerance."""
    currency: str = ""
    """Of the report, ISO code."""

    @property
    def window(self) -> Window:
        """The quarter reported on."""
        return self.windows[-1]

    @property
    def previous(self) -> Window | None:
        """The quarter before, where the figures reach back to it."""
        return self.windows[-2] if len(self.windows) > 1 else None

    @property
    def cutoff(self) -> date:
        """The last day that counts."""
        return self.window.cutoff_day

    def rows(self, table: str) -> pd.DataFrame:
        """The typed rows of a table."""
        return self.tables.frame(table)


def day(when: date) -> str:
    """``30 Sep 2026``, kept on one line."""
    return f"{when.day}{NO_BREAK}{when:%b}{NO_BREAK}{when.year}"


def days(count: int) -> str:
    """``1 day``, ``14 days``, kept on one line."""
    return f"{count:,}{NO_BREAK}{'day' if count == 1 else 'days'}"


def listed(items: Sequence[str], most: int = 4) -> str:
    """``a``, ``a and b``, ``a, b and 3 more``."""
    shown = list(items) if len(items) <= most else [*items[: most - 1]]
    if len(shown) < len(items):
        shown.append(f"{len(items) - len(shown)} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
