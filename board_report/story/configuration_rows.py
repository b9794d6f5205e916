"""Failing configuration checks as a page lists them: by check, by place, by framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from board_report.metrics.ciso.configuration import GRAVE, TABLE, Standing, standing
from board_report.metrics.declare import BoolArray, equals

if TYPE_CHECKING:
    import pandas as pd

    from board_report.story.facts import BoardFacts

_GRAVITY = ("critical", "high", "medium", "low", "informational", "")
_UNNAMED = "not named"


@dataclass(frozen=True)
class FailingCheck:
    """One check that resources fail, none of them muted."""

    title: str
    severity: str
    """Empty where the tool gives none."""
    service: str
    account: str
    """Empty where its failures are in several, or the tool names none."""
    failed: int
    judged: int
    """Resources that passed or failed it."""


@dataclass(frozen=True)
class Checks:
    """The results that stand in the quarter reported on."""

    frame: pd.DataFrame
    now: Standing

    @cached_property
    def worst(self) -> tuple[FailingCheck, ...]:
        """Checks that fail and are not muted: gravest first, then those that most fail."""
        keys = [self._text("tool"), self._text("check_id")]
        judged = self._counts(self.now.passed | self.now.failed, keys)
        open_now = self.now.failed & ~self.now.muted
        found = [
            self._check(rows, judged[key])
            for key, rows in self._part(open_now).groupby(
                [each[open_now] for each in keys], sort=False
            )
        ]
        return tuple(
            sorted(found, key=lambda one: (_GRAVITY.index(one.severity), -one.failed, one.title))
        )

    def _check(self, rows: pd.DataFrame, judged: int) -> FailingCheck:
        first = rows.iloc[0].fillna("")
        known = [each for each in _GRAVITY if each in set(rows["severity"].fillna(""))]
        return FailingCheck(
            title=str(first["title"] or first["check_id"]),
            severity=known[0],
            service=str(first["service"]),
            account=str(first["account"]) if rows["account"].nunique() == 1 else "",
            failed=len(rows),
            judged=judged,
        )

    def grave_by(self, column: str) -> list[tuple[str, int]]:
        """Critical and high failures, not muted, by a column: most first; not named ones last."""
        rows = self.now.failed & ~self.now.muted & equals(self.frame["severity"], *GRAVE)
        counts = Counter(self._text(column)[rows])
        return sorted(
            ((name or _UNNAMED, count) for name, count in counts.items()),
            key=lambda one: (one[0] == _UNNAMED, -one[1], one[0]),
        )

    def names(self, column: str) -> list[str]:
        """The values of a column among the results that stand."""
        return sorted({each for each in self._text(column)[self.now.rows] if each})

    @property
    def frameworks(self) -> list[tuple[str, int, int]]:
        """(framework, requirements with a failed check, requirements checked), most first."""
        touched = self._requirements(self.now.failed)
        checked = self._requirements(self.now.passed | self.now.failed)
        found = [(name, touched[name], count) for name, count in checked.items()]
        return sorted(found, key=lambda one: (-one[1], -one[2], one[0]))

    def _requirements(self, rows: BoolArray) -> Counter[str]:
        several = {each for some in self.frame["requirements"][rows] for each in some}
        return Counter(each.partition(":")[0].strip() for each in several)

    def _text(self, column: str) -> pd.Series:
        return self.frame[column].fillna("")

    def _part(self, rows: BoolArray) -> pd.DataFrame:
        return self.frame.loc[rows, ["check_id", "title", "severity", "service", "account"]]

    def _counts(self, rows: BoolArray, keys: list[pd.Series]) -> Mapping[Any, int]:
        """How many of the rows have each pair of keys."""
        return Counter(zip(*(each[rows] for each in keys), strict=True))


def checks_of(facts: BoardFacts) -> Checks:
    """The checks of the quarter reported on, up to the as-of date."""
    frame = facts.rows(TABLE)
    return Checks(frame, standing(frame, facts.window))
