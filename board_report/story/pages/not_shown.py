"""The appendix of what is not shown and why: a board must be able to see the gaps."""

from __future__ import annotations

from board_report.model import State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

ROWS = 10

BY_CHOICE = (
    (
        "Attacks blocked, raw alert and vulnerability counts",
        "They grow with the tools we buy and say nothing of risk; we show what is overdue.",
    ),
    (
        "One overall security score",
        "A mean of unlike things hides the worst of them; weakest parts stand by themselves.",
    ),
    (
        "A verdict on materiality",
        "People determine it and the record of their reasons is kept; no formula does.",
    ),
    (
        "Names of hosts, addresses and unpatched flaws",
        "A board paper travels; the lists are with the owners named on each page.",
    ),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: figures without data first, then what is left out by choice."""
    gaps = _gaps(facts)
    partial = _partial(facts)
    return (
        Page(
            id="not-shown",
            section="What is not shown",
            title=_title(len(gaps), len(partial)),
            context="A figure without data is left out and never printed as zero.",
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Not measured: no data were given. Withheld: data too thin, too old or too "
                "faulty. None: the data are there and nothing happened."
            ),
            voices_room=None,
            body={
                "gaps": gaps[:ROWS],
                "more": max(len(gaps) - ROWS, 0),
                "partial": partial[: max(ROWS - len(gaps), 0)],
                "partial_more": max(len(partial) - max(ROWS - len(gaps), 0), 0),
                "choices": [{"what": what, "why": why} for what, why in BY_CHOICE],
            },
        ),
    )


def _title(gaps: int, partial: int) -> str:
    start = (
        f"{sentences.capital(formats.counted(gaps, 'figure'))} "
        f"{'has' if gaps == 1 else 'have'} no value this quarter"
        if gaps
        else "Every figure of the catalogue could be taken"
    )
    if not partial:
        return f"{start}; {formats.counted(len(BY_CHOICE), 'kind')} are left out by choice"
    verb = "carries" if partial == 1 else "carry"
    return f"{start}; {formats.count_words(partial)} {verb} a note on the cases behind them"


def _partial(facts: BoardFacts) -> list[dict[str, str]]:
    """Figures that were taken, with what their note says: still open, unknown, not assessed."""
    return [
        {
            "title": spec.title,
            "value": facts.text(metric_id),
            "reason": sentences.capital(facts.now(metric_id).note),
        }
        for metric_id, spec in facts.figures.specs.items()
        if facts.now(metric_id).measured and facts.now(metric_id).note
    ]


def _gaps(facts: BoardFacts) -> list[dict[str, str]]:
    found = []
    for metric_id, spec in facts.figures.specs.items():
        now = facts.now(metric_id)
        if now.state is State.MEASURED:
            continue
        reason = now.note or (
            "nothing of the kind happened in the quarter"
            if now.state is State.NOTHING_HAPPENED
            else "no data"
        )
        found.append(
            {
                "title": spec.title,
                "state": sentences.capital(str(now.state)),
                "reason": sentences.capital(reason),
                "owner": str(spec.owner),
            }
        )
    return found
