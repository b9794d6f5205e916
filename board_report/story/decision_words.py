"""Titles and context of the decisions pages, computed from the rows."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.decisions import Advice, Fate, fate_of
from board_report.governance.promises import Promise
from board_report.governance.rows import Row, text_of
from board_report.story import formats, sentences
from board_report.story.decision_register import promise_words
from board_report.story.decision_rows import leaders_differ, recommendations, recommended_words
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits

ASKED_SHOWN = 5
"""Decisions asked that have a place on the pages."""
_CONTEXT = 150
"""Letters of the context line."""
_ORDER = (
    (Fate.DONE, "done"),
    (Fate.DONE_LATE, "done late"),
    (Fate.LATE, "late"),
    (Fate.UNDER_WAY, "under way"),
    (Fate.DEFERRED, "deferred"),
    (Fate.DECLINED, "declined"),
    (Fate.UNDECIDED, "undecided"),
)


def title_of(facts: BoardFacts, asked: Sequence[Row], before: Sequence[Row]) -> str:
    """What is asked, and what became of the last quarter's decisions."""
    if not facts.tables.measured("decisions"):
        return "What was asked of the Board is not on record: no list of decisions was given"
    number = formats.counted(len(asked), "decision")
    start = f"{sentences.capital(number)} {'is' if len(asked) == 1 else 'are'} asked today"
    if not before:
        return f"{start}; none was asked last quarter"
    return f"{start}; {became([fate_of(row, facts.as_of) for row in before])}"


def became(fates: Sequence[Fate]) -> str:
    """``of last quarter's five, three are done, one is late and one is deferred``."""
    counts = [(fates.count(fate), words) for fate, words in _ORDER if fate in fates]
    if len(fates) == 1:
        return f"the one of last quarter is {counts[0][1]}"
    if len(counts) == 1:
        number = "both" if len(fates) == 2 else f"all {formats.count_words(len(fates))}"
        return f"{number} of last quarter are {counts[0][1]}"
    said = [
        f"{formats.count_words(count)} {'is' if count == 1 else 'are'} {words}"
        for count, words in counts
    ]
    return f"of last quarter’s {formats.count_words(len(fates))}, {formats.listed(said)}"


def register_title(
    facts: BoardFacts, before: Sequence[Row], rows: Sequence[Row], found: Sequence[Promise]
) -> str:
    """What became of the last quarter's decisions, and of what all those shown promised."""
    kept = promise_words(found)
    if before:
        start = sentences.capital(became([fate_of(row, facts.as_of) for row in before]))
        return first_that_fits(f"{start}; {kept}", start) if kept else start
    if not rows:
        return "What the CISO and the CTO recommend on each decision"
    start = "No decision was asked last quarter"
    fates = {fate_of(row, facts.as_of) for row in rows}
    if fates & {Fate.LATE, Fate.UNDER_WAY}:
        return f"{start}; earlier ones are still open"
    return f"{start}; {kept}" if kept else f"{start}, and none before it is still open"


# --- what the leaders recommend ------------------------------------------------------------------


def options_context(asked: Sequence[Row], advice: Sequence[Advice], one_leader: str = "") -> str:
    """On which decisions the two leaders agree, differ, or say nothing.

    Nobody agrees with themselves: where one person is both, their name is handed in.
    """
    if one_leader:
        return f"{one_leader} is CISO and CTO: no second officer has weighed these options."
    names = [text_of(row, "decision_id") for row in asked]
    differ = [name for name, each in zip(names, advice, strict=True) if each.is_disputed]
    silent = [name for name, each in zip(names, advice, strict=True) if each.silent]
    agree = [name for name in names if name not in differ and name not in silent]
    if len(agree) == len(names):
        return f"The CISO and the CTO recommend the same on {_all_of(len(names))}."
    parts = []
    if agree:
        parts.append(f"agree on {named(agree)}")
    if differ:
        parts.append(f"differ on {named(differ)}, which the Board settles")
    said = f"The CISO and the CTO {' and '.join(parts)}." if parts else ""
    if silent:
        said += f" On {named(silent)} not both have made a recommendation."
    return said.strip()


def _all_of(count: int) -> str:
    return {1: "it", 2: "both"}.get(count, f"all {formats.count_words(count)}")


def context_of(asked: Sequence[Row]) -> str:
    """What the two leaders recommend, in full where a line holds it."""
    if not asked:
        return ""
    said = [(text_of(row, "decision_id"), recommended_words(row)) for row in asked]
    notable = [f"{number}: {words}." for number, words in said if words]
    if notable:
        apart = [text_of(row, "decision_id") for row in asked if leaders_differ(row)]
        start = "The leaders differ. " if apart else ""
        whole = f"{start}{' '.join(notable)}"
        if len(whole) <= _CONTEXT:
            return whole
        if len(asked) == 1:
            return "The CISO and the CTO differ." if apart else ""
        if apart:
            return f"The CISO and the CTO differ on {named(apart)}: next page."
        return "What the CISO and the CTO recommend stands on the next page."
    if not all(all(recommendations(row).values()) for row in asked):
        return "No recommendation of the CISO or the CTO is on record."
    return f"The CISO and the CTO recommend {_all_of(len(asked))}."


def needs_words(asked: Sequence[Row]) -> bool:
    """Whether the recommendations go on the next page, because the context cannot hold them."""
    context = context_of(asked)
    return len(asked) > 1 and any(words not in context for words in map(recommended_words, asked))


def pointer(row: Row, asked: Sequence[Row]) -> str:
    """What a row says of its recommendations: all of it on a row alone, else where to read it."""
    if len(asked) == 1:
        return recommended_words(row) if recommended_words(row) not in context_of(asked) else ""
    if not needs_words(asked) or not recommended_words(row):
        return ""
    return "The leaders differ: next page" if leaders_differ(row) else "Recommended: next page"


def named(ids: Sequence[str]) -> str:
    """Numbers of decisions, at most four of them."""
    shown = list(ids[:4]) + ([f"{len(ids) - 4} more"] if len(ids) > 4 else [])
    return formats.listed(shown)


# --- what stands around the tables ---------------------------------------------------------------


def nothing_asked(facts: BoardFacts, fates: Sequence[Row]) -> dict[str, str]:
    """What stands in place of the decisions asked; large where nothing else is on the page."""
    if not facts.tables.measured("decisions"):
        return {
            "big": "Not on record",
            "text": (
                "Give governance/decisions.csv: each decision asked, with "
                "its owner, its cost, its date, and later what came of it."
            ),
        }
    text = "Nothing is asked of the Board this quarter."
    if fates:
        return {"big": "", "text": text}
    return {"big": "None", "text": f"{text} None was asked before, and none is left open."}


def rest_of(asked: Sequence[Row]) -> str:
    """Decisions beyond those shown, by number and short title."""
    more = asked[ASKED_SHOWN:]
    if not more:
        return ""
    names = formats.listed([text_of(row, "decision_id") for row in more[:12]])
    beyond = f" and {len(more) - 12} more" if len(more) > 12 else ""
    return f"Also asked, in the register: {names}{beyond}."


def sources_of(facts: BoardFacts) -> str:
    """Where the rows come from, and when a decision is late."""
    day = formats.day(facts.as_of)
    return (
        f"Source: register of decisions (decisions). Late: due before {day} and not done. What "
        "happened after that day is in the next report."
    )


def register_context(before: Sequence[Row], followed: Sequence[Row], rows: Sequence[Row]) -> str:
    """Which earlier decisions stand in the register, in order."""
    parts = []
    if before:
        parts.append("those of the last quarter")
    if len(followed) > len(before):
        parts.append("what was agreed earlier and is not done")
    if len(rows) > len(followed):
        parts.append("what was closed before")
    return f"{sentences.capital(', then '.join(parts))}." if parts else ""
