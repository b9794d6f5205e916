"""Large figures for the column beside a picture, where no commentary stands in it."""

from __future__ import annotations

from board_report.metrics.declare import Unit
from board_report.model import State, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.record_spans import span_words, what_to_export, why_zero_is_not_known
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import default_file
from board_report.typeset import lines_needed

LONGEST_TITLE = 118
"""Characters: what two lines of a page's title hold."""

_COLUMN = (198.0, 334.0)
"""Width and height in points of the column beside a picture."""
_GAPS = (18, 8)
"""Points between large figures, and the least that still parts them."""
_BLOCK = (63.0, 16.0, 14.0)
"""Heights of the macro ``kpi`` as ``deck.css`` sets it: rule, label and value; status; a line."""

_UNITS = {Unit.RATIO: "%", Unit.HOURS: "h", Unit.DAYS: "days", Unit.PER_WEEK: "a week"}


def key_figure(facts: BoardFacts, metric_id: str, beside: str) -> dict[str, str]:
    """One metric for the macro ``kpi``: label, value, unit, words beside it, status and its word.

    A metric without a value shows a dash and says why in place of the words beside it; so does a
    zero of records that ended before the quarter.
    """
    now, status = facts.now(metric_id), facts.status(metric_id)
    unit = _UNITS.get(facts.unit(metric_id), "")
    unknown = why_zero_is_not_known(facts, metric_id)
    if unknown:
        beside, status = f"Not known: {unknown}", Status.NONE
    elif now.value is None:
        reason = (
            "Nothing to measure this quarter"
            if now.state is State.NOTHING_HAPPENED
            else sentences.capital(formats.state_words(now.state))
        )
        beside = f"{reason}: {now.note}" if now.note else reason
    is_shown = now.measured and not unknown
    return {
        "label": facts.figures.spec(metric_id).title,
        "value": facts.bare(metric_id) if is_shown else "–",
        "unit": unit if is_shown else "",
        "beside": beside,
        "status": status.name.lower(),
        "word": "" if status is Status.NONE else _against(facts, metric_id, status),
    }


def _against(facts: BoardFacts, metric_id: str, status: Status) -> str:
    target = facts.series(metric_id).target
    aim = f": {aim_text(facts, metric_id, target.value)}" if target else ""
    return f"{sentences.capital(str(status))}{aim}"


def aim_text(facts: BoardFacts, metric_id: str, value: float) -> str:
    """A target in its unit, without a decimal that is zero: ``95%``, ``36 h``."""
    return facts.amount(value, metric_id).replace(".0%", "%")


def what_to_give(facts: BoardFacts, note: str, table: str) -> str:
    """Why nothing is measured, and which file would mend it."""
    if span_words(facts, table):
        return what_to_export(facts, table)
    said = sentences.capital(f"{note}. ") if note else ""
    if facts.tables.measured(table):
        return said.strip()
    return f"{said}Give {default_file(TABLES[table])}."


def first_that_fits(*titles: str) -> str:
    """The first of several titles, fullest first, that two lines hold; else the last."""
    return next((each for each in titles if len(each) <= LONGEST_TITLE), titles[-1])


def shortened(text: str, characters: int) -> str:
    """The text, or as many of its characters with an ellipsis at the end."""
    return text if len(text) <= characters else f"{text[: characters - 1].rstrip(' ,;')}…"


def bar_states(facts: BoardFacts, metric_id: str) -> list[str]:
    """The states of a series in the words that bars know."""
    return [
        "nothing" if state == State.NOTHING_HAPPENED else state for state in facts.states(metric_id)
    ]


def short_number(value: float) -> str:
    """A number for a narrow place: whole below a thousand, then ``9.2k``, ``17k``, ``1.3M``."""
    for factor, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        size = value / factor
        if abs(size) >= 0.9995:
            digits = formats.number(size, 1 if abs(size) < 9.95 else 0)
            return f"{digits.removesuffix('.0')}{letter}"
    return formats.number(value)


def in_column(items: list[dict[str, str]]) -> dict[str, object]:
    """Large figures under one another as ``items``, with the ``gap`` in points between them.

    Long words beside a figure first take from the gaps. Where that is not enough, the longest are
    cut with an ellipsis, since what runs under the body's end would stand in the source line.
    """
    held = [dict(each) for each in items]
    between = max(len(held) - 1, 1)
    while _height(held) + _GAPS[1] * between > _COLUMN[1]:
        longest = max(held, key=lambda each: _lines(each["beside"]))
        lines = _lines(longest["beside"]) - 1
        if not lines:
            break
        longest["beside"] = _cut(longest["beside"], lines)
    room = int((_COLUMN[1] - _height(held)) / between)
    return {"items": held, "gap": min(_GAPS[0], max(_GAPS[1], room))}


def _height(items: list[dict[str, str]]) -> float:
    block, status, line = _BLOCK
    return sum(
        block + (status if each["word"] else 0.0) + line * _lines(each["beside"]) for each in items
    )


def _lines(words: str) -> int:
    return lines_needed(words, _COLUMN[0], 11) if words else 0


def _cut(text: str, lines: int) -> str:
    """As many whole words as so many lines hold, and an ellipsis."""
    words = text.split(" ")
    while len(words) > 1 and _lines(f"{' '.join(words)}…") > lines:
        words.pop()
    return f"{' '.join(words).rstrip(' ,;:')}…"
