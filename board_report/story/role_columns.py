"""What each of the two leaders looks at, answers for and owns, in words for two columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board_report.governance.roles import CIO, CISO, CTO, is_same_person, named
from board_report.governance.tools import CATEGORY_WORDS, Domain, Tool, ToolInventory
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.pages.executive_summary import scorecard
from board_report.typeset import lines_needed

LEADERS = (CISO, CTO)
LENSES: Mapping[str, tuple[str, str]] = {
    CISO: (
        "Operational truth: what can go wrong today, and whether what should stop it works.",
        "Hours to four quarters: from alert to repair.",
    ),
    CTO: (
        "Strategic truth: what we build and buy next, and whether it lasts and is safe.",
        "Quarters to three years: from plan to service.",
    ),
}
"""Lens and time horizon of each role: how this report reads the two, not data."""
METRICS_RULE = "Key metrics: each leader’s three of the executive summary."
COLUMN = 247.0
"""Width of one leader's column in points."""
_SIZE = 11.0


def reporting_words(facts: BoardFacts, role: str) -> str:
    """``Reports to the CTO (T. Renwick); dotted line to the chair (J. Amsel).``"""
    holder = facts.holders.get(role)
    if holder is None:
        return "Nobody is on record in this role."
    above = _above(facts, role)
    line = f"Reports to {_with_name(facts, above)}" if above else "Reports to nobody on record"
    dotted = holder.dotted_line_to
    return f"{line}; dotted line to {_with_name(facts, dotted)}." if dotted else f"{line}."


def _above(facts: BoardFacts, role: str) -> str:
    """The role above, past other roles of the same person."""
    seen = {role}
    above = facts.holders[role].reports_to
    while above in (CISO, CTO, CIO) and above not in seen and above in facts.holders:
        if not is_same_person(facts.holders[above], facts.holders[role]):
            break
        seen.add(above)
        above = facts.holders[above].reports_to
    return "" if above in seen else above


def _with_name(facts: BoardFacts, role: str) -> str:
    return f"{named(role)} ({facts.person(role)})" if role in facts.holders else named(role)


def key_metrics(facts: BoardFacts, role: str) -> list[dict[str, str]]:
    """The leader's measures, as :data:`METRICS_RULE` chooses them."""
    return [
        {
            "id": each,
            "title": facts.figures.spec(each).title,
            "value": facts.text(each),
            "is_measured": "yes" if facts.now(each).measured else "",
            "target": facts.target_text(each),
            "status": facts.status(each).name.lower(),
        }
        for each in dict(scorecard(facts))[role]
    ]


def tools_words(
    inventory: ToolInventory, role: str, domains: Sequence[Domain], lines: int
) -> dict[str, str]:
    """How many tools a role owns in some domains, and which, by category.

    Names of tools are left out from the end where they do not fit so many lines; then categories.
    """
    kinds = [kind for domain in domains for kind in inventory.by_category(role, domain).items()]
    count = formats.number(sum(len(tools) for _, tools in kinds))
    plain = [_kind(*each) for each in kinds]
    named_kinds = [_kind_with_names(*each) for each in kinds]
    ways = [[*named_kinds[:at], *plain[at:]] for at in range(len(kinds), -1, -1)]
    ways += [
        [*plain[:at], formats.counted(len(kinds) - at, "more kind", words=False)]
        for at in range(len(kinds) - 1, 0, -1)
    ]
    words = ["; ".join(each) for each in ways]
    last = formats.counted(len(kinds), "kind")
    return {
        "count": count,
        "words": next((each for each in words if _fits(f"{count}  {each}", lines)), last),
    }


def _kind(category: str, tools: Sequence[Tool]) -> str:
    """``identity and access (IAM) 2``; a single tool goes without its number."""
    words = CATEGORY_WORDS.get(category, category)
    return f"{words}{formats.NO_BREAK}{len(tools)}" if len(tools) > 1 else words


def _kind_with_names(category: str, tools: Sequence[Tool]) -> str:
    """``backup: Vault, Tape library``."""
    names = ", ".join(each.name for each in tools)
    return f"{CATEGORY_WORDS.get(category, category)}: {names}"


def _fits(words: str, lines: int) -> bool:
    return lines_needed(words, COLUMN - 10, _SIZE) <= lines
