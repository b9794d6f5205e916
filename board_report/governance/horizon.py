"""What is coming, from dated sources, and whether both leaders have an action for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.model import Finding, Severity
from board_report.period import Window
from board_report.sources.faults import Explanation, explained
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN, TableSet
from board_report.tables.working_together import HORIZON_THEMES

TABLE = "horizon"
YEAR = timedelta(days=365)
LEADERS = ("CISO", "CTO")


class Certainty(StrEnum):
    """How sure an item is, surest first."""

    IN_FORCE = "in_force"
    ADOPTED = "adopted"
    PROPOSED = "proposed"
    EXPECTED = "expected"


class HorizonCode(StrEnum):
    """What can be wrong with an item of the horizon."""

    ACTION_MISSING = "horizon_action_missing"
    CERTAINTY_BEHIND = "horizon_certainty_behind"
    SOURCE_OLD = "horizon_source_old"


HORIZON_FAULTS: dict[HorizonCode, Explanation] = {
    HorizonCode.ACTION_MISSING: Explanation(
        Severity.WARNING,
        "An item of the horizon has no action of one of the two leaders.",
        "“{value}” has no action of {leaders}.",
        "Enter what {leaders} will do about it and by when, or write that nothing is needed.",
    ),
    HorizonCode.CERTAINTY_BEHIND: Explanation(
        Severity.WARNING,
        "The certainty of an item and its date contradict each other.",
        "“{value}” is marked {certainty} and its date, {expected}, {verb}.",
        "Correct the date, or say how sure the item is today.",
    ),
    HorizonCode.SOURCE_OLD: Explanation(
        Severity.NOTE,
        "The source of an item of the horizon is more than a year old.",
        "the source of “{value}”, {source}, is of {dated}: more than a year old.",
        "Look whether a newer source says the same, and enter it.",
    ),
}


@dataclass(frozen=True)
class LeaderAction:
    """What one leader does about an item."""

    leader: str
    """``CISO`` or ``CTO``."""
    text: str
    """Empty when there is none."""
    due_on: date | None


@dataclass(frozen=True)
class HorizonItem:
    """One item as known on the last day that counts."""

    item_id: str
    theme: str
    title: str
    expected_on: date
    certainty: Certainty
    source: str
    source_dated_on: date
    actions: tuple[LeaderAction, LeaderAction]
    """The CISO's, then the CTO's."""
    today: date
    file: str
    line: int

    @property
    def is_source_old(self) -> bool:
        """Whether its source is dated more than a year before today."""
        return self.source_dated_on < self.today - YEAR

    @property
    def is_past(self) -> bool:
        """Whether its day has come."""
        return self.expected_on <= self.today

    @property
    def is_within_a_year(self) -> bool:
        """Whether its day is ahead, and at most a year away."""
        return self.today < self.expected_on <= self.today + YEAR

    @property
    def is_consistent(self) -> bool:
        """Whether what is in force has come, and what has come is in force."""
        return self.is_past == (self.certainty is Certainty.IN_FORCE)

    @property
    def without_action(self) -> tuple[str, ...]:
        """The leaders who have none."""
        return tuple(each.leader for each in self.actions if not each.text)


@dataclass(frozen=True)
class Horizon:
    """All items: by theme, and by day within a theme."""

    items: tuple[HorizonItem, ...]

    @property
    def within_a_year(self) -> tuple[HorizonItem, ...]:
        """Those whose day comes within a year."""
        return tuple(each for each in self.items if each.is_within_a_year)

    @property
    def with_both_actions(self) -> int:
        """Number of items for which both leaders have an action."""
        return sum(not each.without_action for each in self.items)

    def without_action_of(self, leader: str) -> int:
        """Number of items for which a leader has no action."""
        return sum(leader in each.without_action for each in self.items)

    @property
    def next_due(self) -> date | None:
        """The first day after today by which an action is due; None where none is dated."""
        days = [
            action.due_on
            for item in self.items
            for action in item.actions
            if action.text and action.due_on and action.due_on > item.today
        ]
        return min(days, default=None)

    @property
    def old_sources(self) -> int:
        """Number of items whose source is more than a year old."""
        return sum(each.is_source_old for each in self.items)


def read_horizon(rows: Iterable[Row], today: date) -> Horizon:
    """The rows of ``horizon`` as items, in the order of the themes and of their days."""
    items = [_item(row, today) for row in rows]
    return Horizon(tuple(sorted(items, key=_order)))


def _order(item: HorizonItem) -> tuple[int, date, str]:
    return HORIZON_THEMES.index(item.theme), item.expected_on, item.item_id


def _item(row: Row, today: date) -> HorizonItem:
    line = row.get(LINE_COLUMN)
    ciso, cto = (_action(row, leader) for leader in LEADERS)
    return HorizonItem(
        item_id=text_of(row, "item_id"),
        theme=text_of(row, "theme"),
        title=text_of(row, "title"),
        expected_on=_day(row, "expected_on"),
        certainty=Certainty(text_of(row, "certainty")),
        source=text_of(row, "source"),
        source_dated_on=_day(row, "source_dated_on"),
        actions=(ciso, cto),
        today=today,
        file=text_of(row, SOURCE_COLUMN),
        line=line if isinstance(line, int) else 0,
    )


def _action(row: Row, leader: str) -> LeaderAction:
    name = leader.lower()
    return LeaderAction(leader, text_of(row, f"{name}_action"), day_of(row, f"{name}_due_on"))


def _day(row: Row, column: str) -> date:
    """A date that the table requires, so that a row without it never comes this far."""
    found = day_of(row, column)
    if found is None:
        raise ValueError(f"{TABLE}.{column} is required")
    return found


def horizon_findings(tables: TableSet, window: Window) -> tuple[Finding, ...]:
    """What a leader must look at on the horizon, as known at the window's cutoff."""
    horizon = read_horizon(plain_rows(tables.frame(TABLE)), window.cutoff_day)
    return tuple(found for item in horizon.items for found in _faults(item))


def _faults(item: HorizonItem) -> Iterator[Finding]:
    if item.without_action:
        leaders = " or ".join(f"the {each}" for each in item.without_action)
        column = f"{item.without_action[0].lower()}_action"
        yield _finding(HorizonCode.ACTION_MISSING, item, column, leaders=leaders)
    if not item.is_consistent:
        yield _finding(
            HorizonCode.CERTAINTY_BEHIND,
            item,
            "certainty",
            certainty=item.certainty.replace("_", " "),
            expected=item.expected_on.isoformat(),
            verb="has come" if item.is_past else "is still ahead",
        )
    if item.is_source_old:
        dated = item.source_dated_on.isoformat()
        yield _finding(
            HorizonCode.SOURCE_OLD, item, "source_dated_on", source=item.source, dated=dated
        )


def _finding(code: HorizonCode, item: HorizonItem, column: str, **facts: str) -> Finding:
    return explained(
        HORIZON_FAULTS[code],
        code,
        dict(facts),
        file=item.file,
        line=item.line,
        column=column,
        value=item.title,
        table=TABLE,
    )
