"""The appendix of definitions: every figure once, with its formula, denominator and value."""

from __future__ import annotations

from itertools import pairwise

from board_report.metrics.declare import MetricSpec
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

ROWS_A_PAGE = 11


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """As many pages as the catalogue needs, each with much the same share of it, in its order."""
    specs = list(facts.figures.specs.values())
    pages = -(-len(specs) // ROWS_A_PAGE)
    ends = [len(specs) * at // pages for at in range(pages + 1)] if pages else [0]
    chunks = [specs[start:end] for start, end in pairwise(ends)]
    return tuple(_page(facts, chunk, at, chunks) for at, chunk in enumerate(chunks))


def _page(
    facts: BoardFacts, specs: list[MetricSpec], at: int, chunks: list[list[MetricSpec]]
) -> Page:
    total = sum(len(each) for each in chunks)
    first = sum(len(each) for each in chunks[:at]) + 1
    subjects = list(dict.fromkeys(each.subject for each in specs))
    shown = formats.listed([subjects[0], *(sentences.within(each) for each in subjects[1:])])
    title = (
        f"{formats.number(total)} figures carry this report; each has one definition, one owner "
        "and one denominator, and reads the same on every page"
        if at == 0
        else f"Definitions {first} to {first + len(specs) - 1} of {total}: {shown}"
    )
    return Page(
        id=f"definitions-{at + 1}",
        template="definitions",
        section="Definitions" if at == 0 else f"Definitions, continued ({at + 1} of {len(chunks)})",
        title=title,
        context=f"{shown}." if at == 0 else "",
        owners=facts.owner("CISO", "CTO"),
        sources=(
            "Percentiles interpolate linearly (Excel: PERCENTILE.INC). Quarters begin at midnight, "
            f"{facts.project.calendar.time_zone}. Formulas in full: metric catalogue; rows behind "
            "a figure: board-report explain."
        ),
        body={
            "quarter": facts.project.quarter.short,
            "rows": [_row(facts, each) for each in specs],
        },
        voices_room=None,
        metric_ids=tuple(each.id for each in specs),
    )


def _row(facts: BoardFacts, spec: MetricSpec) -> dict[str, object]:
    now = facts.now(spec.id)
    return {
        "title": spec.title,
        "formula": spec.formula.rstrip("."),
        "n": formats.number(now.n) if now.measured else "–",
        "of": spec.denominator,
        "value": facts.text(spec.id),
        "is_absent": not now.measured,
        "owner": str(spec.owner).replace(" and ", ", "),
    }
