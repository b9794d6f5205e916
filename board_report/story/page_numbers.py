"""The figures that stand on a page: those of its metrics, and every number it prints elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from board_report.metrics.declare import Unit
from board_report.story import formats
from board_report.story.live_figures import ATTRIBUTES, YEAR
from board_report.story.prose_numbers import Kind, Number, numbers_in

if TYPE_CHECKING:
    from board_report.model import MetricSeries
    from board_report.story.facts import BoardFacts
    from board_report.story.page import Page

_KINDS = {
    Unit.RATIO: Kind.PERCENT,
    Unit.HOURS: Kind.HOURS,
    Unit.DAYS: Kind.DAYS,
    Unit.MONEY: Kind.MONEY,
    Unit.YEARS: Kind.YEARS,
}
"""All other units are bare numbers."""
_AGO = {0: "", 1: ", the quarter before", YEAR: ", a year ago"}
_OF = re.compile(r"\b(\d{1,3}(?:,\d{3})*) (?:of|out of) (\d{1,3}(?:,\d{3})*)\b")


@dataclass(frozen=True)
class Known:
    """One figure of a page."""

    kind: Kind
    value: float
    """Percent as 0 to 100."""
    printed: float
    """The value that its printed digits stand for."""
    text: str
    """As printed."""
    label: str
    """``Time to detect, a year ago``; empty for a number that only the page's words have."""
    cite: str = ""
    """How commentary would cite it: ``metric('mttd', ago=4)``."""
    metric_id: str = ""
    """Empty for a number of the page's words."""
    is_past: bool = False
    """True for the value of an earlier quarter, which only a sentence about the past can mean."""

    def agrees(self, number: Number) -> bool:
        """True when the figure, rounded as finely as the number was typed, is the number."""
        if number.kind is not self.kind:
            return False
        size = abs(number.value)
        if self.kind is Kind.TIMES and number.is_vague:
            return abs(abs(self.value) / size - 1) <= 0.14
        near = abs(abs(self.value) - size) <= number.slack + 1e-9 * max(size, 1.0)
        return near or abs(abs(self.printed) - size) <= 1e-9 * max(size, 1.0)

    def is_misrounded(self, number: Number) -> bool:
        """True when it would be the number, were it rounded the wrong way or too far."""
        if number.kind is not self.kind or number.is_vague:
            return False
        size, value = abs(number.value), abs(self.value)
        return abs(value - size) < number.step or (
            size >= 100 and _digits(value, _significant(size)) == size and value != 0
        )


def terms_of(facts: BoardFacts) -> tuple[str, ...]:
    """The company's own names that have a number in them, which are no figures."""
    project = facts.project
    names = (*project.glossary, project.company.name, *project.company.business_units)
    return tuple(each for each in names if numbers_in(each))


def figures_on(page: Page, facts: BoardFacts) -> tuple[Known, ...]:
    """All figures of a page: every quarter of its metrics, and the numbers of its words.

    The leaders' own words on the page are left out: a number does not bear itself out.
    """
    ids = [each for each in page.metric_ids if each in facts.figures.series]
    of_metrics = [known for each in ids for known in metric_figures(each, facts)]
    return (*of_metrics, *_printed(page, facts))


def metric_figures(metric_id: str, facts: BoardFacts) -> Iterator[Known]:
    """Each quarter's value and parts, the target, and the moves since a quarter and a year ago."""
    series, title = facts.series(metric_id), facts.figures.spec(metric_id).title
    unit = facts.unit(metric_id)
    for ago, found in enumerate(reversed(series.values)):
        when = _AGO.get(ago, f" in {found.quarter}")
        arguments = f"'{metric_id}'" + (f", ago={ago}" if ago else "")
        if found.value is not None:
            cite = f"metric({arguments})"
            known = _in_unit(facts, metric_id, found.value, f"{title}{when}", cite)
            yield replace(known, is_past=ago > 0)
        for name, value in found.parts.items():
            said = formats.part(name, value, unit, facts.currency)
            kind = _kind(unit) if _is_in_unit(facts, metric_id, said, value) else Kind.COUNT
            cite = f"metric({arguments}, part='{name}')"
            if not ago and name not in ATTRIBUTES:
                cite = f"metric({arguments}).{name}"
            scaled = value * 100 if kind is Kind.PERCENT else value
            label = f"{title} ({name}){when}"
            yield Known(kind, scaled, scaled, said, label, cite, metric_id, is_past=ago > 0)
        if not ago:
            said = formats.number(found.n)
            cite = f"metric('{metric_id}').n"
            yield Known(Kind.COUNT, found.n, found.n, said, f"{title} (cases)", cite, metric_id)
    if series.target is not None:
        cite = f"target('{metric_id}')"
        yield _in_unit(facts, metric_id, series.target.value, f"{title}, target", cite)
    yield from _moves(metric_id, series, facts)


def _moves(metric_id: str, series: MetricSeries, facts: BoardFacts) -> Iterator[Known]:
    """How far it moved, in the printed digits and as a share, and how many times over."""
    title, unit = facts.figures.spec(metric_id).title, facts.unit(metric_id)
    for ago in (1, YEAR):
        if ago >= len(series.values):
            continue
        now, then = series.now.value, series.values[-1 - ago].value
        if now is None or then is None:
            continue
        label = f"{title}, moved since {'last quarter' if ago == 1 else 'a year ago'}"
        cite = f"metric('{metric_id}').change" if ago == 1 else ""
        apart = abs(formats.shown(now, unit) - formats.shown(then, unit))
        text = formats.difference(now, then, unit, facts.currency)
        kind = Kind.POINTS if unit is Unit.RATIO else _kind(unit)
        moved = apart * 100 if unit is Unit.RATIO else apart
        yield Known(kind, moved, round(moved, 6), text, label, cite, metric_id)
        if kind is Kind.COUNT and unit is not Unit.COUNT:
            yield Known(Kind.POINTS, moved, round(moved, 6), text, label, cite, metric_id)
        if now and then:
            share = abs(now / then - 1) * 100
            said = formats.number(share)
            yield Known(Kind.RELATIVE, share, share, f"{said}%", label, "", metric_id)
            for times in (now / then, then / now):
                said = f"{formats.number(times, 1)} times"
                yield Known(Kind.TIMES, times, times, said, label, "", metric_id)
            part = 100 * now / then
            yield Known(Kind.RELATIVE, part, part, f"{formats.number(part)}%", label, "", metric_id)


def _in_unit(facts: BoardFacts, metric_id: str, value: float, label: str, cite: str) -> Known:
    unit = facts.unit(metric_id)
    factor = 100 if unit is Unit.RATIO else 1
    printed = round(formats.shown(value, unit) * factor, 6)
    text = facts.amount(value, metric_id)
    return Known(_kind(unit), value * factor, printed, text, label, cite, metric_id)


def _kind(unit: Unit) -> Kind:
    return _KINDS.get(unit, Kind.COUNT)


def _is_in_unit(facts: BoardFacts, metric_id: str, said: str, value: float) -> bool:
    return facts.unit(metric_id) is not Unit.COUNT and said == facts.amount(value, metric_id)


# --- the page's own words ------------------------------------------------------------------------


def _printed(page: Page, facts: BoardFacts) -> Iterator[Known]:
    said = facts.commentary.get(page.id)
    titles = () if said and said.title else (page.title,)
    texts = (
        *titles,
        page.context,
        page.owners,
        page.sources,
        *strings(page.body),
        *(text for spec in page.figures.values() for text in (spec.alt, *strings(spec.data))),
    )
    terms = terms_of(facts)
    for text in dict.fromkeys(texts):
        for each in numbers_in(text, terms):
            yield _word(each.kind, each.value, each.text)
        for part, whole in _OF.findall(text):
            share = 100 * float(part.replace(",", "")) / (float(whole.replace(",", "")) or 1.0)
            yield Known(Kind.PERCENT, share, round(share), f"{part} of {whole}", "")


def _word(kind: Kind, value: float, text: str) -> Known:
    return Known(kind, value, value, text, "")


def strings(value: object) -> Iterator[str]:
    """Every text within mappings, lists and tuples, but for the labels of an axis.

    An axis has round numbers everywhere; they measure, and say nothing of the company.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key != "ticks":
                yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)


# --- rounding ------------------------------------------------------------------------------------


def _significant(value: float) -> int:
    """Digits of a whole number up to its trailing zeros: two for 1,300."""
    digits = f"{value:.0f}".rstrip("0")
    return max(len(digits), 1)


def _digits(value: float, digits: int) -> float:
    return formats.significant(value, digits)


def nearest(number: Number, known: Iterable[Known], count: int = 3) -> list[Known]:
    """The figures nearest to a number: of its kind first, and those that can be cited live."""

    def distance(each: Known) -> tuple[bool, bool, float, int]:
        size = max(abs(each.value), abs(number.value), 1e-9)
        apart = round(abs(abs(each.value) - abs(number.value)) / size, 6)
        return each.kind is not number.kind, not each.cite, apart, len(each.label)

    found: list[Known] = []
    usable = [each for each in known if each.cite or each.kind is number.kind]
    for each in sorted(usable, key=distance):
        if all((each.text, each.kind) != (one.text, one.kind) for one in found):
            found.append(each)
        if len(found) == count:
            break
    return found
