"""What is not shown and why: a board must be able to see the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from board_report.model import MetricResult, Severity, State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.left_out import LeftOut, pages_left_out
from board_report.story.page import Page
from board_report.story.pages.executive_summary import SCORECARD
from board_report.story.restated import restated_figures
from board_report.typeset import lines_needed

ROOM, MORE = 297.0, 18.0
"""Points of height for the rows of gaps, and what the line takes that says how many more."""
ROWS = 10
_LEAST, _LEADING, _PADDING = 25.5, 13.0, 9.0
_CELLS = (("what", 133.0, "sans-semibold"), ("shown", 63.0, "sans"), ("why", 205.0, "sans"))
"""Width in points and face of the words of each cell."""

BY_CHOICE = (
    (
        "Attacks blocked, alerts and flaws counted",
        "They grow with the tools we buy and say nothing of risk; we show what is overdue.",
    ),
    (
        "One overall security score",
        "A mean of unlike things hides the worst of them; the weakest parts stand alone.",
    ),
    (
        "A verdict on materiality",
        "People determine it and the record of their reasons is kept; no formula does.",
    ),
    (
        "Names of hosts and unpatched flaws",
        "A board paper travels; the lists are with the owners named on each page.",
    ),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: what has no value or a caveat, what is left out by choice, what nobody can know."""
    pages = pages_left_out(facts)
    gaps = _gaps(facts)
    partial = _partial(facts)
    first = [*_restated(facts), *_left_out_rows(pages), *_old(facts), *_set_aside(facts)]
    is_grouped = len(first) + len(gaps) > ROWS
    rows = [*first, *(_by_reason(gaps) if is_grouped else gaps), *partial]
    shown = rows[: _fitting(rows)]
    return (
        Page(
            id="not-shown",
            section="What we do not show and why",
            title=_title(len(gaps), len(partial), len(pages)),
            context="A figure without data is left out and never printed as zero.",
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Not measured: no data were given. Withheld: data too thin, too old or too faulty. "
                "Every definition, file and row set aside: board-deck-appendix.pdf."
            ),
            voices_room=None,
            body={
                "rows": shown,
                "more": sum(int(each["count"]) for each in rows[len(shown) :]),
                "choices": [{"what": what, "why": why} for what, why in BY_CHOICE],
                "unknowable": [{"what": what, "why": why} for what, why in _unknowable(facts)],
            },
        ),
    )


def _fitting(rows: Sequence[Mapping[str, str]]) -> int:
    """How many of the rows the height holds."""
    heights = [_height(each) for each in rows]
    if sum(heights) <= ROOM:
        return len(rows)
    return next(at for at in range(len(rows), -1, -1) if sum(heights[:at]) <= ROOM - MORE)


def _height(row: Mapping[str, str]) -> float:
    """Points that a row takes: its cell of most lines."""
    lines = max(lines_needed(row[name], width, 11, face) for name, width, face in _CELLS)
    return max(_LEAST, _LEADING * lines + _PADDING)


def _line(what: str, shown: str, why: str, count: int = 1) -> dict[str, str]:
    return {"what": what, "shown": shown, "why": why, "count": str(count)}


def _title(gaps: int, partial: int, pages: int) -> str:
    start = (
        f"{sentences.capital(formats.counted(gaps, 'figure'))} "
        f"{'has' if gaps == 1 else 'have'} no value this quarter"
        if gaps
        else "Every figure of the catalogue could be taken"
    )
    if pages:
        left = f"{formats.counted(pages, 'page')} {'is' if pages == 1 else 'are'} left out"
        start = f"{start} and {left}" if gaps else f"{start}, and {left}"
    if not partial:
        by_choice = formats.counted(len(BY_CHOICE), "kind")
        return f"{start}; {by_choice} are {'so' if pages else 'left out'} by choice"
    verb = "carries" if partial == 1 else "carry"
    return f"{start}; {formats.count_words(partial)} {verb} a note on the cases behind them"


# --- what is missing or to be read with care -----------------------------------------------------


def _left_out_rows(pages: Sequence[LeftOut]) -> list[dict[str, str]]:
    return [
        _line(each.section, "Page left out", f"{sentences.capital(each.reason)}.") for each in pages
    ]


def _restated(facts: BoardFacts) -> list[dict[str, str]]:
    """What the board was shown before and what the data give now, with the reason.

    A figure that was restated for several quarters stands once, with the latest of them.
    """
    found: dict[str, list[dict[str, str]]] = {}
    for each in restated_figures(facts):
        found.setdefault(each["title"], []).append(each)
    return [_restated_line(title, some) for title, some in found.items()]


def _restated_line(title: str, some: Sequence[Mapping[str, str]]) -> dict[str, str]:
    last = max(some, key=lambda each: each["quarter"])
    more = len(some) - 1
    earlier = f", and {formats.counted(more, 'earlier quarter')}" if more else ""
    return _line(
        f"{title}, {last['quarter']}",
        f"Now {last['now']}",
        f"Shown as {last['was']}{earlier}. {last['reason']}",
    )


def _old(facts: BoardFacts) -> list[dict[str, str]]:
    """Tables whose last record lies too far back to trust what they do not say."""
    return [
        _line(
            table.spec.title,
            "Too old",
            f"Last record of {formats.day(table.records_to)}; its export may have stopped",
        )
        for table in facts.tables.tables.values()
        if table.is_stale
    ]


def _set_aside(facts: BoardFacts) -> list[dict[str, str]]:
    """One row for all rows that were not counted, with their commonest reasons."""
    aside = sum(each.rejected for each in facts.reconciliation)
    if not aside:
        return []
    read = sum(each.read for each in facts.reconciliation)
    reasons = Counter(
        each.code.replace("_", " ") for each in facts.findings if each.severity is Severity.ERROR
    ).most_common(3)
    words = ", ".join(f"{code} {count}" for code, count in reasons)
    return [
        _line(
            "Rows set aside",
            formats.counted(aside, "row", words=False),
            f"Of {formats.number(read)} read{f': {words}' if words else ''}",
        )
    ]


def _partial(facts: BoardFacts) -> list[dict[str, str]]:
    """Figures that were taken, with what their note says; those of the scorecard stand first."""
    headline = [metric_id for _, group in SCORECARD for metric_id in group]
    found = [
        (metric_id, spec)
        for metric_id, spec in facts.figures.specs.items()
        if facts.now(metric_id).measured and facts.now(metric_id).note
    ]
    found.sort(key=lambda one: one[0] not in headline)
    return [
        _line(spec.title, facts.text(name), sentences.capital(facts.now(name).note))
        for name, spec in found
    ]


def _gaps(facts: BoardFacts) -> list[dict[str, str]]:
    """Figures without a value, those for which data are wanting before those of nothing."""
    found = [
        _line(spec.title, sentences.capital(str(now.state)), sentences.capital(_reason(now)))
        for metric_id, spec in facts.figures.specs.items()
        if (now := facts.now(metric_id)).state is not State.MEASURED
    ]
    nothing = sentences.capital(str(State.NOTHING_HAPPENED))
    return sorted(found, key=lambda each: each["shown"] == nothing)


def _reason(now: MetricResult) -> str:
    if now.state is State.NOTHING_HAPPENED:
        return now.note or "nothing of the kind happened in the quarter"
    return now.note or "no data"


def _by_reason(gaps: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The same figures with one row for each reason, the reason of most figures first."""
    found: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for each in gaps:
        found.setdefault((each["shown"], each["why"]), []).append(each)
    return [
        _line(
            members[0]["what"] + (f" and {len(members) - 1} more" if members[1:] else ""),
            shown,
            why,
            len(members),
        )
        for (shown, why), members in sorted(found.items(), key=lambda one: -len(one[1]))
    ]


# --- what nobody can know ------------------------------------------------------------------------


def _unknowable(facts: BoardFacts) -> list[tuple[str, str]]:
    """What no figure of this report can tell, whatever the data."""
    found = [
        (
            "Attacks that nobody has noticed",
            "Times and counts begin with detection; what was never seen is in none of them.",
        )
    ]
    if facts.risk is not None:
        found.append(("Losses that come together", _together(facts)))
        found.append(_unquantified(facts.risk.unquantified))
    found.append(
        (
            "The state of vendors and of our own ratings",
            "Vendors’ answers and self-assessments are opinions until somebody has tested them.",
        )
    )
    return found


def _together(facts: BoardFacts) -> str:
    """Whether any two risks share their bad years in the simulation."""
    money = facts.measured_money
    if money is None or not money.correlated:
        return "Scenarios are simulated as independent; one cause behind two would cost more."
    return "Scenarios meet only where somebody said so; a cause that nobody sees would cost more."


def _unquantified(count: int) -> tuple[str, str]:
    if count:
        have = "has" if count == 1 else "have"
        return (
            f"{sentences.capital(formats.counted(count, 'risk'))} without an estimate",
            f"{'It stands' if count == 1 else 'They stand'} in the register and {have} no part in "
            "the estimated loss.",
        )
    return (
        "Risks that nobody has thought of",
        "The loss is that of the scenarios in the register; what is not in it costs nothing here.",
    )
