"""What the board is asked to decide, and what became of what it decided last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from board_report.governance.decisions import Fate, fate_of
from board_report.governance.rows import Row, day_of, plain_rows, text_of
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import Page

ASKED_SHOWN = 5
BODY = 334.0
"""Points of the body box that may be filled."""
_HEAD, _ASKED_ROW, _GAP, _FATE_HEAD = 25.0, 58.0, 16.0, 25.0
_FATE_ROWS = (28, 22, 18)
_FATES_A_PAGE = 10
_MARKS: Mapping[Fate, str] = {
    Fate.DONE: "on",
    Fate.DONE_LATE: "near",
    Fate.LATE: "off",
    Fate.UNDER_WAY: "later",
    Fate.DEFERRED: "later",
    Fate.DECLINED: "later",
    Fate.UNDECIDED: "near",
}
_ORDER = (
    (Fate.DONE, "done"),
    (Fate.DONE_LATE, "done late"),
    (Fate.LATE, "late"),
    (Fate.UNDER_WAY, "under way"),
    (Fate.DEFERRED, "deferred"),
    (Fate.DECLINED, "declined"),
    (Fate.UNDECIDED, "undecided"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; a second one for the earlier decisions where the first has no room for them."""
    rows = plain_rows(facts.rows("decisions"))
    quarter, last = str(facts.project.quarter), str(facts.project.quarter.previous)
    asked = [row for row in rows if text_of(row, "quarter") == quarter]
    before = [row for row in rows if text_of(row, "quarter") == last]
    older = [row for row in rows if _is_left_over(row, last, facts.as_of)]
    followed = [*before, *older]
    density = _density(min(len(asked), ASKED_SHOWN), len(followed))
    first = Page(
        id="decisions",
        section="Decisions",
        title=_title(facts, asked, before),
        context=_context(asked),
        owners=facts.owner("CISO", "CTO"),
        sources=_sources(facts),
        body={
            "asked": [_asked(facts, row) for row in asked[:ASKED_SHOWN]],
            "size": "larger" if len(asked) <= 2 else "usual",
            "rest": _rest(asked),
            "none_asked": _none_asked(facts),
            "fates": _fates(facts, followed, density) if density else None,
        },
    )
    return (first, *_follow_up(facts, before, followed)) if not density else (first,)


def _density(asked: int, fates: int) -> int:
    """Height of a row of the lower table; 0 where it does not fit under the upper one."""
    room = BODY - _GAP - _FATE_HEAD - (_HEAD + _ASKED_ROW * asked if asked else 2 * _HEAD)
    rows = max(fates, 1)
    return next((height for height in _FATE_ROWS if rows * height <= room), 0)


def _is_left_over(row: Row, last: str, as_of: date) -> bool:
    """Agreed before the last quarter and still not carried out."""
    return text_of(row, "quarter") < last and fate_of(row, as_of) in (Fate.LATE, Fate.UNDER_WAY)


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, asked: Sequence[Row], before: Sequence[Row]) -> str:
    if not facts.tables.measured("decisions"):
        return "What was asked of the Board is not on record: no list of decisions was given"
    number = formats.counted(len(asked), "decision")
    start = f"{sentences.capital(number)} {'is' if len(asked) == 1 else 'are'} asked today"
    if not before:
        return f"{start}; none was asked last quarter"
    return f"{start}; {_became([fate_of(row, facts.as_of) for row in before])}"


def _became(fates: Sequence[Fate]) -> str:
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


def _context(asked: Sequence[Row]) -> str:
    """Whether the two leaders recommend the same; each difference is said in the row itself."""
    apart = [text_of(row, "decision_id") for row in asked if _leaders_differ(row)]
    silent = [
        text_of(row, "decision_id") for row in asked if not all(_recommendations(row).values())
    ]
    if not asked:
        return ""
    if apart:
        return f"The leaders’ recommendations differ on {_named(apart)}, as the row says."
    if silent:
        return f"A recommendation of both leaders is not on record for {_named(silent)}."
    same = {text_of(row, "recommendation_ciso").casefold() for row in asked}
    if same == {"approve"}:
        which = {1: "it", 2: "both"}.get(len(asked), f"all {formats.count_words(len(asked))}")
        return f"The CISO and the CTO recommend {which}."
    return "The CISO and the CTO recommend the same, as each row says."


def _named(ids: Sequence[str]) -> str:
    shown = list(ids[:4]) + ([f"{len(ids) - 4} more"] if len(ids) > 4 else [])
    return formats.listed(shown)


def _recommendations(row: Row) -> dict[str, str]:
    return {
        "CISO": text_of(row, "recommendation_ciso"),
        "CTO": text_of(row, "recommendation_cto"),
    }


def _leaders_differ(row: Row) -> bool:
    said = [words.casefold() for words in _recommendations(row).values() if words]
    return len(set(said)) > 1


def _sources(facts: BoardFacts) -> str:
    day = formats.day(facts.as_of)
    return (
        f"Source: register of decisions (decisions). Late: due before {day} and not done. What "
        "happened after that day is in the next report."
    )


def _none_asked(facts: BoardFacts) -> str:
    if not facts.tables.measured("decisions"):
        return "Not on record. Give the table decisions, as governance/decisions.csv."
    return "Nothing is asked of the Board this quarter."


# --- rows ----------------------------------------------------------------------------------------


def _asked(facts: BoardFacts, row: Row) -> dict[str, str]:
    decide_by = day_of(row, "decide_by")
    cost = row.get("cost")
    amount = formats.money(cost, facts.currency) if isinstance(cost, float | int) else ""
    words = text_of(row, "cost_words")
    return {
        "code": text_of(row, "decision_id"),
        "asked": text_of(row, "title"),
        "buys": text_of(row, "buys"),
        "cost": amount or words or "Not stated",
        "cost_is_amount": "yes" if amount else "",
        "cost_detail": words if amount else "",
        "otherwise": text_of(row, "if_not"),
        "owner": facts.surname(text_of(row, "owner_role")),
        "by": f"by {formats.day_short(decide_by)}" if decide_by else "",
        "recommended": _recommended(row),
    }


def _recommended(row: Row) -> str:
    """What each leader recommends, where they differ or it is more than "approve"."""
    said = {role: words for role, words in _recommendations(row).items() if words}
    if not said:
        return ""
    if _leaders_differ(row):
        return "; ".join(f"{role}: {_plain(words)}" for role, words in said.items())
    words = next(iter(said.values()))
    if len(said) == 2:
        return "" if words.casefold() == "approve" else f"Both: {_plain(words)}"
    return f"{next(iter(said))}: {_plain(words)}"


def _plain(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")


def _rest(asked: Sequence[Row]) -> str:
    """Decisions beyond those shown, by number and short title."""
    more = asked[ASKED_SHOWN:]
    if not more:
        return ""
    named = formats.listed([text_of(row, "decision_id") for row in more[:12]])
    beyond = f" and {len(more) - 12} more" if len(more) > 12 else ""
    return f"Also asked, in the register: {named}{beyond}."


def _fates(facts: BoardFacts, rows: Sequence[Row], density: int) -> dict[str, object]:
    last = facts.project.quarter.previous
    decided = {day_of(row, "decided_on") for row in rows if text_of(row, "quarter") == str(last)}
    day = next(iter(decided)) if len(decided) == 1 else None
    when = f"of {formats.day_long(day)}" if day else f"of the {last.words.lower()}"
    return {
        "head": f"What became of the decisions {when}",
        "density": density,
        "rows": [_fate(facts, row) for row in rows],
        "none": (
            f"No decision was asked in the {last.words.lower()}, and none is left from before."
            if facts.tables.measured("decisions")
            else "not on record"
        ),
    }


def _fate(facts: BoardFacts, row: Row) -> dict[str, str]:
    fate = fate_of(row, facts.as_of)
    due = day_of(row, "due_on")
    return {
        "code": text_of(row, "decision_id"),
        "title": text_of(row, "title"),
        "owner": facts.surname(text_of(row, "owner_role")),
        "due": formats.day_short(due) if due and due.year == facts.as_of.year else formats.day(due),
        "status": _MARKS[fate],
        "word": sentences.capital(str(fate)),
        "result": text_of(row, "result") or "–",
        "done": formats.day(day_of(row, "done_on")),
    }


def _follow_up(
    facts: BoardFacts, before: Sequence[Row], followed: Sequence[Row]
) -> tuple[Page, ...]:
    """The earlier decisions on a page of their own."""
    pages = max(-(-len(followed) // _FATES_A_PAGE), 1)
    fates = [fate_of(row, facts.as_of) for row in before]
    return tuple(
        Page(
            id=f"decisions-{at + 2}",
            template="decisions",
            section="Decisions, followed up",
            title=sentences.capital(_became(fates))
            if fates
            else "Earlier decisions are still open",
            context=(
                "Those of the last quarter first, then what was agreed earlier and is not done."
            ),
            owners=facts.owner("CISO", "CTO"),
            sources=_sources(facts),
            body={
                "asked": [],
                "size": "usual",
                "rest": "",
                "none_asked": "",
                "fates": _fates(facts, followed[at * _FATES_A_PAGE : (at + 1) * _FATES_A_PAGE], 28),
            },
        )
        for at in range(pages)
    )
