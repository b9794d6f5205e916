"""The appendix of what is not shown and why: a board must be able to see the gaps."""

from __future__ import annotations

from board_report.model import State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

ROWS = 11

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
    return (
        Page(
            id="not-shown",
            section="What is not shown",
            title=_title(len(gaps)),
            context="A figure without data is left out and never printed as zero.",
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Not measured: no data were given. Withheld: data too thin, too old or too "
                "faulty. None: the data are there and nothing happened."
            ),
            body={
                "gaps": gaps[:ROWS],
                "more": max(len(gaps) - ROWS, 0),
                "choices": [{"what": what, "why": why} for what, why in BY_CHOICE],
            },
        ),
    )


def _title(gaps: int) -> str:
    choice = formats.counted(len(BY_CHOICE), "kind of figure", "kinds of figure")
    if not gaps:
        return f"Every figure of the catalogue could be taken; {choice} are left out by choice"
    verb = "is" if gaps == 1 else "are"
    missing = sentences.capital(formats.counted(gaps, "figure"))
    return f"{missing} {verb} not shown for want of data; {choice} are left out by choice"


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
