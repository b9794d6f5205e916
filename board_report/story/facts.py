"""All that a page may be built from, and the few questions that nearly every page asks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from board_report.governance.roles import is_same_person
from board_report.model import (
    Change,
    Finding,
    MetricResult,
    MetricSeries,
    Reconciliation,
    SourceFile,
    State,
    Status,
)
from board_report.story import formats

if TYPE_CHECKING:
    import pandas as pd

    from board_report.governance.disclosure_lint.records import LintFinding
    from board_report.governance.incident_register import IncidentRegister
    from board_report.governance.restatements import Restatement
    from board_report.governance.roles import Holder
    from board_report.metrics.declare import Unit
    from board_report.metrics.evaluate import Figures
    from board_report.period import Quarter, Window
    from board_report.project import Project
    from board_report.risk.money import RiskInMoney
    from board_report.risk.position import RiskPosition
    from board_report.story.commentary import Commentary
    from board_report.tables.schema import TableSet

_CHANGE_WORDS = {
    Change.TOO_FEW: "Too few to tell",
    Change.UNCHANGED: "Unchanged",
    Change.CHANCE: "Within chance",
}

LOSS = "loss_1_in_20"
"""The figure that stands for all that the risk model says."""


@dataclass(frozen=True)
class BoardFacts:
    """Figures, rows, governance and commentary of one report. Pages read it and compute nothing."""

    project: Project
    windows: Sequence[Window]
    figures: Figures
    tables: TableSet
    """For listings: names, dates and amounts of single rows, never for sums."""
    risk: RiskPosition | None
    holders: Mapping[str, Holder]
    """Who holds each role at the as-of date."""
    commentary: Mapping[str, Commentary]
    """By page id."""
    findings: Sequence[Finding]
    reconciliation: Sequence[Reconciliation]
    sources: Sequence[SourceFile]
    money: RiskInMoney | None = None
    """All that the loss model found; None where the register gave it nothing to simulate."""
    restatements: Sequence[Restatement] = ()
    """Values that a board was shown and that read otherwise now."""
    incident_register: IncidentRegister | None = None
    """The records of incidents; None where they were not read."""

    # --- the disclosure ------------------------------------------------------------------------

    @cached_property
    def disclosure_lint(self) -> tuple[LintFinding, ...]:
        """What a reader would object to in the disclosure's draft; found once, as it is long work.

        Raises:
            CommentaryError: a statement cites a figure that is not public or does not exist.
        """
        from board_report.story.disclosure_lint import find_objections

        return find_objections(self)

    # --- the period ----------------------------------------------------------------------------

    @property
    def window(self) -> Window:
        """The quarter reported on."""
        return self.windows[-1]

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters of every series, oldest first."""
        return tuple(each.quarter for each in self.windows)

    @property
    def as_of(self) -> date:
        """The last day that counts."""
        return self.window.cutoff_day

    @property
    def measured_risk(self) -> RiskPosition | None:
        """The position on risk; None where none was given or its figure is withheld."""
        return None if self.is_loss_withheld else self.risk

    @property
    def is_loss_withheld(self) -> bool:
        """Whether there are risks, too faulty to print a loss from."""
        return LOSS in self.figures.series and self.now(LOSS).state is State.WITHHELD

    @property
    def measured_money(self) -> RiskInMoney | None:
        """Risk in money; None where none was given or the figure that stands for it is withheld."""
        return self.money if self.measured_risk is not None else None

    # --- people --------------------------------------------------------------------------------

    def person(self, role: str) -> str:
        """``I. Drummond``; the role itself where nobody is on record."""
        holder = self.holders.get(role)
        return formats.initial_name(holder.person_name) if holder else role

    def surname(self, role: str) -> str:
        """``Drummond``; ``Both`` for BOTH unless it is one person; the role where it is nobody."""
        if role == "BOTH" and not self.has_one_leader:
            return "Both"
        role = "CISO" if role == "BOTH" else role
        holder = self.holders.get(role)
        return formats.surname(holder.person_name) if holder else role

    def owner(self, *roles: str) -> str:
        """``I. Drummond, CISO; D. Lyle, CFO`` for the page's corner; one person stands once."""
        of = {role: [each for each in roles if self._is_one_person(role, each)] for role in roles}
        named = [
            f"{self.person(role)}, {formats.listed(of[role])}" if role in self.holders else role
            for role in roles
            if role not in self.holders or role == of[role][0]
        ]
        return "; ".join(named)

    @property
    def has_one_leader(self) -> bool:
        """Whether one person is both the CISO and the CTO."""
        return self._is_one_person("CISO", "CTO")

    @property
    def leaders(self) -> str:
        """``Ilse Drummond, CISO and Tobias Renwick, CTO``; one person in both roles stands once."""
        if self.has_one_leader:
            return f"{self.holders['CISO'].person_name}, CISO and CTO"
        return formats.listed(
            [
                f"{self.holders[role].person_name}, {role}"
                for role in ("CISO", "CTO")
                if role in self.holders
            ]
        )

    def _is_one_person(self, role: str, other: str) -> bool:
        """Whether both roles are on record as held by the same person."""
        one, two = self.holders.get(role), self.holders.get(other)
        return one is not None and two is not None and is_same_person(one, two)

    # --- commentary ----------------------------------------------------------------------------

    def has_voices(self, page: str) -> bool:
        """Whether a leader's words stand on that page: notes and answers do not."""
        said = self.commentary.get(page)
        return said is not None and said.is_heard

    # --- figures -------------------------------------------------------------------------------

    @property
    def currency(self) -> str:
        """The reporting currency's code."""
        return self.project.company.currency

    def unit(self, metric_id: str) -> Unit:
        """The metric's unit."""
        return self.figures.spec(metric_id).unit

    def series(self, metric_id: str) -> MetricSeries:
        """The metric over the quarters, judged."""
        return self.figures[metric_id]

    def now(self, metric_id: str) -> MetricResult:
        """The metric in the quarter reported on."""
        return self.figures.now(metric_id)

    def ago(self, metric_id: str, quarters: int) -> MetricResult | None:
        """The metric some quarters ago, where the series reaches back so far."""
        values = self.figures[metric_id].values
        return values[-1 - quarters] if quarters < len(values) else None

    def values(self, metric_id: str) -> list[float | None]:
        """The series as numbers, None where there is none, oldest first."""
        return [each.value for each in self.figures[metric_id].values]

    def states(self, metric_id: str) -> list[str]:
        """The state behind each value of the series."""
        return [str(each.state) for each in self.figures[metric_id].values]

    def text(self, metric_id: str, *, ago: int = 0) -> str:
        """The value as it reads in a sentence: ``19 h``, ``91%``, ``not measured``."""
        found = self.ago(metric_id, ago)
        if found is None:
            return "not measured"
        return formats.result(found, self.unit(metric_id), self.currency)

    def bare(self, metric_id: str, *, ago: int = 0) -> str:
        """The value as it stands in a column, without its unit."""
        found = self.ago(metric_id, ago)
        if found is None or found.value is None:
            return formats.state_words(found.state) if found else "not measured"
        return formats.bare(found.value, self.unit(metric_id), self.currency)

    def amount(self, value: float, metric_id: str) -> str:
        """Any number in a metric's unit, as it reads in a sentence (a target, a part)."""
        return formats.with_unit(value, self.unit(metric_id), self.currency)

    def target_text(self, metric_id: str) -> str:
        """``≤ 24``, ``≥ 95``, ``0``; empty where no target was declared."""
        target = self.figures[metric_id].target
        if target is None:
            return ""
        value = formats.bare(target.value, self.unit(metric_id), self.currency).removesuffix(".0")
        if not target.at_least and target.value == 0:
            return value
        return f"{'≥' if target.at_least else '≤'} {value}"

    def change_text(self, metric_id: str) -> str:
        """``Better by 7``, ``Worse by 2``, ``Unchanged``, ``Within chance`` and the like, or ``–``.

        A move that vanishes in the printed digits reads "Unchanged", so that the words never say
        more than the figures beside them; one that chance makes as well is not called good or bad.
        """
        series, change = self.figures[metric_id], self.change(metric_id)
        if change is Change.NONE or series.change_by is None:
            return "–"
        if change in (Change.TOO_FEW, Change.UNCHANGED, Change.CHANCE):
            return _CHANGE_WORDS[change]
        word = {Change.BETTER: "Better by", Change.WORSE: "Worse by"}.get(
            change, "Up by" if series.change_by > 0 else "Down by"
        )
        return f"{word} {self.move_text(metric_id)}"

    def change(self, metric_id: str, *, ago: int = 1) -> Change:
        """The move since the quarter before, or since a year ago (``ago=4``), as pages tell it.

        What vanishes in the printed digits is unchanged, whatever was found of it.
        """
        series = self.figures[metric_id]
        change = series.change if ago == 1 else series.year_change
        if change in (Change.NONE, Change.TOO_FEW):
            return change
        is_same = self.bare(metric_id) == self.bare(metric_id, ago=ago)
        return Change.UNCHANGED if is_same else change

    def is_told(self, metric_id: str, *, ago: int = 1) -> bool:
        """Whether it can be said which way it moved: it is news, or stands still."""
        no_word = (Change.CHANCE, Change.TOO_FEW, Change.NONE)
        return self.change(metric_id, ago=ago) not in no_word

    def is_thin(self, metric_id: str) -> bool:
        """Whether there are cases, and too few of them to print a figure from."""
        now = self.now(metric_id)
        return now.state is State.WITHHELD and 0 < now.n < self.figures.spec(metric_id).fewest

    def is_chance(self, metric_id: str, *, ago: int = 1) -> bool:
        """Whether it moved in the printed digits, and chance alone moves it as far."""
        return self.change(metric_id, ago=ago) is Change.CHANCE

    def move_text(self, metric_id: str, *, ago: int = 1) -> str:
        """How far it moved in some quarters, unsigned, in the printed digits; empty if unknown."""
        now, before = self.now(metric_id), self.ago(metric_id, ago)
        if before is None or now.value is None or before.value is None:
            return ""
        return formats.difference(now.value, before.value, self.unit(metric_id), self.currency)

    def status(self, metric_id: str) -> Status:
        """On, near or off target, or no target."""
        return self.figures[metric_id].status

    def is_better(self, metric_id: str) -> bool:
        """True when it moved the good way in the printed digits."""
        return self.change_text(metric_id).startswith("Better")

    def is_worse(self, metric_id: str) -> bool:
        """True when it moved the bad way in the printed digits."""
        return self.change_text(metric_id).startswith("Worse")

    # --- rows ----------------------------------------------------------------------------------

    def rows(self, table: str) -> pd.DataFrame:
        """The typed rows of a table, for listings."""
        return self.tables.frame(table)
