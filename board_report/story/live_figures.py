"""The figures that commentary may cite, and the formats in which it may print them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from board_report.metrics.declare import Unit
from board_report.metrics.evaluate import find_spec
from board_report.model import Change, MetricResult, State, Status
from board_report.story import formats

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures
    from board_report.model import MetricSeries

YEAR = 4
"""Quarters in a year."""
_ANSWERS = (
    "is_better", "is_worse", "is_unchanged", "is_within_chance", "on_target", "near_target",
    "off_target", "measured",
)  # fmt: skip
ATTRIBUTES = ("value", "number", "target", "status", "change", "before", "year_ago", "n", *_ANSWERS)
"""What every metric has, beside its parts."""


@dataclass(frozen=True)
class Citation:
    """Which figure a live text stands for."""

    metric_id: str = ""
    """Empty for quoted words."""
    ago: int = 0
    """Quarters before the one reported on."""
    part: str = ""
    """A part, ``target``, ``change``, ``status`` or ``n``; empty for the value itself."""


class LiveWord(str):
    """Words that a live reference gave: a status, or quoted words with their source."""

    citation: Citation

    def __new__(cls, words: str, citation: Citation) -> LiveWord:
        """The words, with what they stand for."""
        made = super().__new__(cls, words)
        made.citation = citation
        return made


class Share(float):
    """A ratio in a condition: 0 to 1, and not to be compared with a percentage."""

    def _checked(self, other: object) -> float:
        if isinstance(other, (int, float)) and abs(other) > 5:
            raise ValueError(f"a share is 0 to 1: write {other / 100:g}, not {other:g}")
        return float(other)  # type: ignore[arg-type]

    def __lt__(self, other: object) -> bool:
        return float(self) < self._checked(other)

    def __le__(self, other: object) -> bool:
        return float(self) <= self._checked(other)

    def __gt__(self, other: object) -> bool:
        return float(self) > self._checked(other)

    def __ge__(self, other: object) -> bool:
        return float(self) >= self._checked(other)


@dataclass(frozen=True, eq=False)
class LiveValue:
    """One number of the figures, as it prints and as it is compared."""

    text: str
    citation: Citation
    value: float | None
    """In the metric's unit; None where there is none."""
    unit: Unit | None
    """None for what is in percentage points."""
    currency: str

    @property
    def number(self) -> float:
        """For conditions.

        Raises:
            ValueError: there is no value.
        """
        if self.value is None:
            raise ValueError(f"{self.citation.metric_id} has no value; ask .measured first")
        return Share(self.value) if self.unit is Unit.RATIO else self.value

    def get(self, name: str) -> object:
        """The one attribute it has."""
        if name == "number":
            return self.number
        raise ValueError(f"{self.text!r} has no {name!r}; only .number can be asked of it")

    def __eq__(self, other: object) -> bool:
        raise TypeError("a figure cannot be compared; compare its .number")

    def __bool__(self) -> bool:
        raise TypeError("a figure is neither true nor false; ask .measured or compare its .number")

    __hash__ = None  # type: ignore[assignment]


class LiveMetric:
    """What ``metric('id')`` gives: prints as its value, and has attributes."""

    def __init__(self, figures: Figures, currency: str, metric_id: str, ago: int = 0) -> None:
        self.spec = find_spec(figures.specs, metric_id)
        self._series: MetricSeries = figures[metric_id]
        self._currency, self._ago = currency, ago
        if not isinstance(ago, int) or ago < 0:
            raise ValueError(f"{metric_id} has no value {ago} quarters ago")

    def __eq__(self, other: object) -> bool:
        raise TypeError("a figure cannot be compared; compare its .number")

    def __bool__(self) -> bool:
        raise TypeError("a figure is neither true nor false; ask .measured or compare its .number")

    __hash__ = None  # type: ignore[assignment]

    def value(self, ago: int = 0) -> LiveValue:
        """The headline of this quarter, or of some quarters before it.

        What is asked for as "before" or "a year ago" is not measured where the series does not
        reach back so far.
        """
        if ago and self._find(self._ago + ago) is None:
            return self._live(str(State.NOT_MEASURED), None, "", self._ago + ago)
        found = self._at(self._ago + ago)
        said = formats.result(found, self.spec.unit, self._currency)
        return self._live(said, found.value, "", self._ago + ago)

    def part(self, name: str) -> LiveValue:
        """A named part.

        Raises:
            ValueError: the figure has none of that name; the message names the nearest.
        """
        parts = self._at(self._ago).parts
        if name not in parts:
            known = ", ".join(parts) or "none"
            raise ValueError(f"{self.spec.id} has no part {name!r} (it has: {known})")
        said = formats.part(name, parts[name], self.spec.unit, self._currency)
        in_unit = said == formats.with_unit(parts[name], self.spec.unit, self._currency)
        return self._live(said, parts[name], name, self._ago, Unit.COUNT if not in_unit else None)

    def get(self, name: str) -> object:
        """An attribute.

        Raises:
            ValueError: there is none of that name, or it cannot be told of this quarter.
        """
        if name in _ANSWERS:
            return self._answer(name)
        given: dict[str, Callable[[], object]] = {
            "value": self.value,
            "number": lambda: self.value().number,
            "target": self.target,
            "status": self._status,
            "change": self._change,
            "before": lambda: self.value(1),
            "year_ago": lambda: self.value(YEAR),
            "n": lambda: self._count("n", self._at(self._ago).n),
        }
        if name in given:
            return given[name]()
        parts = self._at(self._ago).parts
        if name in parts:
            return self.part(name)
        known = [*ATTRIBUTES, *parts]
        near = get_close_matches(name, known, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"it has: {', '.join(known)}"
        raise ValueError(f"{self.spec.id} has no {name!r}; {hint}")

    def target(self) -> LiveValue:
        """The declared target.

        Raises:
            ValueError: none is declared.
        """
        target = self._series.target
        if target is None:
            raise ValueError(f"no target is declared for {self.spec.id}")
        said = formats.with_unit(target.value, self.spec.unit, self._currency)
        return self._live(said, target.value, "target", self._ago)

    # --- parts of the above ----------------------------------------------------------------------

    def _find(self, ago: int) -> MetricResult | None:
        """The result of some quarters ago; None where the series does not reach back so far."""
        values = self._series.values
        return values[-1 - ago] if ago < len(values) else None

    def _at(self, ago: int) -> MetricResult:
        found = self._find(ago)
        if found is None:
            name = self.spec.id
            raise ValueError(
                f"{name} has no value {ago} quarter{'s' if ago > 1 else ''} ago; print it only "
                f"where it has: {{% if metric('{name}', ago={ago}).measured %}} ... {{% endif %}}"
            )
        return found

    def _live(
        self, said: str, value: float | None, part: str, ago: int, unit: Unit | None = None
    ) -> LiveValue:
        cited = Citation(self.spec.id, ago, part)
        return LiveValue(said, cited, value, unit or self.spec.unit, self._currency)

    def _count(self, part: str, value: int) -> LiveValue:
        return self._live(formats.number(value), float(value), part, self._ago, Unit.COUNT)

    def _status(self) -> LiveWord:
        target, value = self._series.target, self._at(self._ago).value
        if self._ago == 0:
            status = self._series.status
        else:
            status = target.status(value) if target and value is not None else Status.NONE
        return LiveWord(str(status), Citation(self.spec.id, self._ago, "status"))

    def _change(self) -> LiveValue:
        earlier = self._find(self._ago + 1)
        now, before = self._at(self._ago).value, earlier.value if earlier else None
        if now is None or before is None:
            raise ValueError(f"{self.spec.id} has no change: one of the quarters has no value")
        apart = formats.difference(now, before, self.spec.unit, self._currency)
        moved = abs(formats.shown(now, self.spec.unit) - formats.shown(before, self.spec.unit))
        cited = Citation(self.spec.id, self._ago, "change")
        if self.spec.unit is Unit.RATIO:
            said = f"{apart} {'point' if apart == '1' else 'points'}"
            return LiveValue(said, cited, moved * 100, None, self._currency)
        said = formats.with_unit(round(moved, 9), self.spec.unit, self._currency)
        return LiveValue(said, cited, moved, self.spec.unit, self._currency)

    def _answer(self, name: str) -> bool:
        if name == "measured":
            found = self._find(self._ago)
            return found is not None and found.measured
        if self._ago:
            raise ValueError(f".{name} is about the quarter reported on; leave out ago=")
        if name.endswith("_target"):
            return self._series.status is Status[name.removesuffix("_target").upper()]
        return self._moved() is Change(name.removeprefix("is_").replace("_", " "))

    def _moved(self) -> Change:
        """The change as the page tells it: a move that vanishes in the printed digits is none."""
        change = self._series.change
        if change in (Change.BETTER, Change.WORSE, Change.MOVED, Change.CHANCE) and (
            self.value().text == self.value(1).text
        ):
            return Change.UNCHANGED
        return change
