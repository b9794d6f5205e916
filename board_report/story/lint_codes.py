"""What a director would object to in a deck, and how it is mended."""

from __future__ import annotations

from enum import StrEnum

from board_report.model import Severity
from board_report.sources.faults import Explanation, warning

MOST_WORDS = 350
"""Words that a page may hold: what a director reads in 90 seconds, at some 230 words a minute. The
sample's fullest page, of two roles side by side, has 340."""


class LintCode(StrEnum):
    """The reason code of a finding about the deck's words."""

    DENSITY = "lint_density"
    JARGON = "lint_jargon"
    VANITY = "lint_vanity"
    VANITY_METRIC = "lint_vanity_metric"
    FEAR = "lint_fear"
    PERCENT = "lint_percent_without_denominator"
    NO_ASK = "lint_no_ask"
    NO_DECISION = "lint_no_decision"
    LONG_TITLE = "lint_long_title"


LINT_FAULTS: dict[LintCode, Explanation] = {
    LintCode.DENSITY: warning(
        f"A page holds more than {MOST_WORDS} words, which is more than a director reads in 90 "
        "seconds.",
        "the page {page} holds {count} words; {most} is what a director reads in 90 seconds.",
        "Shorten the commentary, or move detail to the briefing book (## Notes).",
    ),
    LintCode.JARGON: warning(
        "The leaders use an abbreviation that is explained nowhere: it is in no glossary, and no "
        "role, unit, rule or record of the company.",
        "{value} is explained nowhere.",
        'Write it out, or add {value} = "what it means" under [glossary] in report.toml.',
    ),
    LintCode.VANITY: warning(
        "The leaders report a volume of work (attacks blocked, alerts processed) without what "
        "came of it.",
        "“{value}” tells of volume and not of risk.",
        "Say what came of it: what is overdue, how fast, how much loss.",
    ),
    LintCode.VANITY_METRIC: warning(
        "The leaders cite a figure that has no target and of which neither more nor less is good.",
        "{title} has no target, and neither more nor less of it is good.",
        "Cite a figure that the board can hold somebody to.",
    ),
    LintCode.FEAR: warning(
        "The leaders use a word that frightens and does not inform.",
        "“{value}” frightens and does not inform.",
        "Say how large, how likely, and what can be done.",
    ),
    LintCode.PERCENT: warning(
        "The leaders write a percentage, and neither the sentence nor a figure of the page says "
        "what it is a share of.",
        "neither the sentence nor the page says what {value} is a share of.",
        "Write “{value} of ...”, or cite the figure as {{{{ metric('...') }}}} on its own page.",
    ),
    LintCode.NO_ASK: warning(
        "A page has commentary that does not say what is needed of the board.",
        "the commentary on {page} does not say what is needed of the board.",
        "Add '## What we need'; where nothing is needed, 'Nothing today | Next report: ...'.",
    ),
    LintCode.NO_DECISION: Explanation(
        Severity.NOTE,
        "No decision is asked of the board this quarter.",
        "no decision is asked of the board in {quarter}.",
        "Make sure that nothing waits for the board.",
    ),
    LintCode.LONG_TITLE: warning(
        "A title takes more than two lines at the smallest size.",
        "the title of {page} takes {count} lines.",
        "Shorten it to about 118 characters.",
    ),
}
"""Every kind of finding of the deck lint."""
