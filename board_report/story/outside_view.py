"""What rating services find at third parties, in a sentence under the picture of vendors."""

from __future__ import annotations

from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.typeset import lines_needed

OUTSIDE = "third_party_outside_findings"
_ROOM = (642.0, 11.0, 2)
"""Width in points, size of the letters, and the lines that fit between the picture and its key."""


def outside_line(facts: BoardFacts, hidden: str) -> str:
    """Grave findings that services list as open; empty where the figure was not measured.

    It stands apart from the criticals of the picture, which are those of our own assessments.

    Args:
        facts: of the report.
        hidden: words that stand before it; empty too where both need more lines than there are.
    """
    if OUTSIDE not in facts.figures.series:
        return ""
    now = facts.now(OUTSIDE)
    if now.value is None:
        return ""
    count = formats.counted(int(now.value), "critical or high finding", words=False)
    said = f"From outside, {_who(facts, int(now.parts['services']))} {count}."
    width, size, most = _ROOM
    return said if lines_needed(f"{hidden} {said}".strip(), width, size) <= most else ""


def _who(facts: BoardFacts, services: int) -> str:
    """``RiskRecon lists``, ``two services list``."""
    if services > 1:
        return f"{formats.count_words(services)} services list"
    rows = facts.rows("third_party_findings")
    return f"{rows['service'][rows['quarter'] == str(facts.project.quarter)].iloc[0]} lists"
