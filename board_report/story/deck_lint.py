"""What a director would object to in a deck, by rule: too much, too vague, too loud, no ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from board_report.governance.rows import plain_rows, text_of
from board_report.metrics.declare import Direction, Unit
from board_report.model import Finding
from board_report.sources.faults import explained
from board_report.story.facts import BoardFacts
from board_report.story.glossary import glossary
from board_report.story.lint_codes import LINT_FAULTS, MOST_WORDS, LintCode
from board_report.story.lint_words import (
    ABBREVIATION,
    HAS_WHOLE,
    NUMERALS,
    PERCENT,
    fear_words,
    vanity_phrases,
)
from board_report.story.modes import MODULES
from board_report.story.page import Mode, Page
from board_report.story.page_text import count_words, page_texts
from board_report.tables.schema import LINE_COLUMN, SOURCE_COLUMN
from board_report.typeset import lines_needed

TITLE = (850.0, 20.0, "display")
"""Width, smallest size and face in which a title may be set, in points."""
_DECISION_WORDS = (
    "title", "buys", "cost_words", "if_not", "recommendation_ciso", "recommendation_cto", "result",
    "promise",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Words of a leader, and where they stand."""

    text: str
    file: str
    line: int
    page: str = ""
    """Page id; empty for the rows of a table."""


def lint_findings(pages: Sequence[Page], facts: BoardFacts) -> tuple[Finding, ...]:
    """All findings about the deck's words, page by page and file by file.

    Args:
        pages: all pages, whatever deck is printed; those of the appendix are looked up and not
            read, so that their length is not judged.
        facts: with commentary and the glossary.
    """
    by_id = {page.id: page for page in pages}
    said = list(leaders_words(facts))
    return tuple(
        dict.fromkeys(
            [
                *_densities(pages, facts),
                *_long_titles(pages, facts),
                *_asks(facts),
                *_jargon(said, facts),
                *_loud(said),
                *_cited(facts),
                *_percentages(said, by_id, facts),
            ]
        )
    )


def leaders_words(facts: BoardFacts) -> Iterator[Said]:
    """What the leaders wrote: commentary on any page, then this quarter's decisions."""
    for page, commentary in facts.commentary.items():
        for passage in commentary.passages:
            line = passage.pieces[0].line if passage.pieces else 0
            yield Said(passage.text, commentary.file, line, page)
    for row in plain_rows(facts.rows("decisions")):
        if text_of(row, "quarter") != str(facts.project.quarter):
            continue
        for column in _DECISION_WORDS:
            if words := text_of(row, column):
                at = row.get(LINE_COLUMN)
                place = at if isinstance(at, int) else 0
                yield Said(words, text_of(row, SOURCE_COLUMN), place)


def _found(code: LintCode, said: Said, value: str = "", **more: object) -> Finding:
    return explained(
        LINT_FAULTS[code], code, dict(more), file=said.file, line=said.line, value=value
    )


# --- pages ---------------------------------------------------------------------------------------


def _is_reference(page: Page) -> bool:
    """Whether a page stands in the appendix; the parts of one page share its name."""
    names = [name.replace("_", "-") for name in MODULES[Mode.APPENDIX]]
    return any(page.id == name or page.id.startswith(f"{name}-") for name in names)


def _densities(pages: Sequence[Page], facts: BoardFacts) -> Iterator[Finding]:
    for page in pages:
        count = count_words(page_texts(page))
        if count > MOST_WORDS and not _is_reference(page):
            commentary = facts.commentary.get(page.id)
            said = Said("", commentary.file if commentary else "", 0)
            limit = {"page": page.id, "count": count, "most": MOST_WORDS}
            yield _found(LintCode.DENSITY, said, page.id, **limit)


def _long_titles(pages: Sequence[Page], facts: BoardFacts) -> Iterator[Finding]:
    for page in pages:
        width, size, face = TITLE
        count = lines_needed(page.title, width, size, face)
        if count > 2:
            commentary = facts.commentary.get(page.id)
            file = commentary.file if commentary and commentary.title else ""
            said = Said(page.title, file, 0)
            yield _found(LintCode.LONG_TITLE, said, page.id, page=page.id, count=count)


def _asks(facts: BoardFacts) -> Iterator[Finding]:
    """Pages whose commentary asks for nothing and does not say so; a quarter without a decision."""
    for page, commentary in facts.commentary.items():
        if commentary.is_heard and commentary.needs is None:
            yield _found(LintCode.NO_ASK, Said("", commentary.file, 0), page=page)
    if facts.tables.measured("decisions"):
        quarter = str(facts.project.quarter)
        rows = plain_rows(facts.rows("decisions"))
        if not any(text_of(row, "quarter") == quarter for row in rows):
            yield _found(LintCode.NO_DECISION, Said("", "", 0), quarter=quarter)


# --- words ---------------------------------------------------------------------------------------


def _jargon(said: Sequence[Said], facts: BoardFacts) -> Iterator[Finding]:
    """Each abbreviation that nobody explains, once in a file."""
    known = known_abbreviations(facts)
    told: set[tuple[str, str]] = set()
    for each in said:
        for word in ABBREVIATION.findall(each.text):
            if word not in known and (each.file, word) not in told:
                told.add((each.file, word))
                yield _found(LintCode.JARGON, each, word)


def known_abbreviations(facts: BoardFacts) -> frozenset[str]:
    """Capitals that a reader can look up: terms, roles, units, rules, names, figures."""
    company = facts.project.company
    texts = [
        *(term.term for term in glossary(facts.project.glossary)),
        *(spec.title for spec in facts.figures.specs.values()),
        *(metric_id.upper() for metric_id in facts.figures.specs),
        *company.business_units,
        *company.regimes,
        company.name,
        company.short_name,
        company.currency,
        company.board_committee,
        "BOTH",
        "BOARD",
    ]
    for table, column in (("people", "role"), ("raci", "role")):
        texts += [text_of(row, column) for row in plain_rows(facts.rows(table))]
    words = {word for text in texts for word in re.findall(r"[A-Z]{2,6}", text)}
    return frozenset(words | NUMERALS | set(facts.holders))


def _loud(said: Sequence[Said]) -> Iterator[Finding]:
    for each in said:
        for words in vanity_phrases(each.text):
            yield _found(LintCode.VANITY, each, words)
        for words in fear_words(each.text):
            yield _found(LintCode.FEAR, each, words)


def _cited(facts: BoardFacts) -> Iterator[Finding]:
    """Figures cited live that nobody can be held to."""
    for commentary in facts.commentary.values():
        for passage in commentary.passages:
            for piece in passage.pieces:
                metric_id = piece.live.metric_id if piece.live else ""
                if metric_id and _is_vain(facts, metric_id):
                    said = Said(piece.text, commentary.file, piece.line)
                    title = facts.figures.spec(metric_id).title
                    yield _found(LintCode.VANITY_METRIC, said, metric_id, title=title)


def _is_vain(facts: BoardFacts, metric_id: str) -> bool:
    spec = facts.figures.spec(metric_id)
    return spec.direction is Direction.NEITHER and facts.series(metric_id).target is None


def _percentages(
    said: Sequence[Said], pages: dict[str, Page], facts: BoardFacts
) -> Iterator[Finding]:
    """Percentages whose whole neither their sentence nor a share on their page gives."""
    for each in said:
        shares = _shares_of(pages[each.page], facts) if each.page in pages else frozenset()
        for match in PERCENT.finditer(each.text.replace("\u00a0", " ")):
            is_said = HAS_WHOLE.match(each.text[match.end() :].replace("\u00a0", " "))
            if not is_said and _digits(match[1]) not in shares:
                yield _found(LintCode.PERCENT, each, match[0])


def _shares_of(page: Page, facts: BoardFacts) -> frozenset[str]:
    """The printed digits of every share on a page: its quarters, its target, its slices."""
    found: set[str] = set()
    for metric_id in page.metric_ids:
        if metric_id not in facts.figures.series or facts.unit(metric_id) is not Unit.RATIO:
            continue
        series = facts.series(metric_id)
        values = [each.value for each in series.values]
        values += [series.target.value, series.target.near] if series.target else []
        for column in facts.figures.spec(metric_id).splits:
            parts = facts.figures.slices.get((metric_id, column), {})
            values += [one.value for part in parts.values() for one in part.values]
        found |= {
            _digits(facts.amount(value, metric_id).removesuffix("%"))
            for value in values
            if value is not None
        }
    return frozenset(found)


def _digits(text: str) -> str:
    """``95`` for ``95.0``, so that what is typed and what is printed can be compared."""
    plain = text.strip().replace(",", ".")
    return plain.removesuffix(".0")
