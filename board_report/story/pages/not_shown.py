"""The appendix of what is not shown and why: a board must be able to see the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board_report.model import State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.left_out import pages_left_out
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
    """One page: pages left out, then figures without data, beside what is left out by choice."""
    pages = pages_left_out(facts)
    gaps = _gaps(facts)
    partial = _partial(facts)
    room = ROWS - len(pages)
    rows = gaps if len(gaps) <= room else _by_reason(gaps)
    room_for_partial = max(room - len(rows), 0)
    return (
        Page(
            id="not-shown",
            section="What is not shown",
            title=_title(len(gaps), len(partial), len(pages)),
            context="A figure without data is left out and never printed as zero.",
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Not measured: no data were given. Withheld: data too thin, too old or too "
                "faulty. None: the data are there and nothing happened."
            ),
            voices_room=None,
            body={
                "pages": [
                    {"title": each.section, "reason": f"{sentences.capital(each.reason)}."}
                    for each in pages
                ],
                "is_grouped": len(gaps) > room,
                "gaps": rows[:room],
                "more": len(gaps) - sum(int(each.get("count", "1")) for each in rows[:room]),
                "partial": partial[:room_for_partial],
                "partial_more": max(len(partial) - room_for_partial, 0),
                "choices": [{"what": what, "why": why} for what, why in BY_CHOICE],
            },
        ),
    )


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


def _by_reason(gaps: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The same figures with one row for each reason, the reason of most figures first."""
    found: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for each in gaps:
        found.setdefault((each["state"], each["reason"]), []).append(each)
    return [
        {
            **members[0],
            "title": members[0]["title"] + (f" and {len(members) - 1} more" if members[1:] else ""),
            "count": str(len(members)),
        }
        for members in sorted(found.values(), key=len, reverse=True)
    ]
