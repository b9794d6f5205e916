"""What moved on its own: matters that rules bring before the board, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from board_report.governance.escalations import (
    ESCALATION_RULES,
    Escalation,
    EscalationRule,
    Gap,
    gaps,
    missed_longer,
)
from board_report.story import formats, sentences
from board_report.story.escalation_rows import (
    LABELS,
    NOT_FOUND,
    escalations_of,
    headline,
    label_of,
    line_of,
    standing,
    to_lines,
    watch_of,
)
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits
from board_report.story.page import FigureSpec, Page

BODY = 334.0
"""Points of the body box that may be filled."""
HEAD, FOOT_LINE, GAP, OTHER_ROW = 26.0, 14.0, 8.0, 28.0
OTHER_LINES_ROOM = 41.0
"""Height of a row of the other rules that holds three lines of small words."""
_TALLEST, _DENSE = 46.0, 36.0
"""Height of a line, and the height below which its words are set smaller."""
WIDE = (112.0, 322.0, 84.0, 122.0, 70.0, 154.0)
NARROW = (84.0, 254.0, 80.0, 0.0, 66.0, 158.0)
"""Widths of the columns: rule, sentence, since, picture (none beside voices), owner, rows."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, also where no rule found anything and where few could be applied."""
    found = escalations_of(facts)
    missing = gaps(watch_of(facts))
    lines = to_lines(found)
    widths = NARROW if facts.has_voices("escalations") else WIDE
    quiet = _quiet(found, missing)
    others = _others(quiet, missing)
    foot = _longer(facts)
    has_list = _has_room(len(lines), len(others), len(foot))
    if not has_list:
        foot = [*_in_words(quiet, missing), *foot]
    step = _step(len(lines), len(foot), len(others) if has_list else 0)
    other_row = _other_row(len(lines), len(others), len(foot), step)
    return (
        Page(
            id="escalations",
            section="Escalations",
            title=_title(found, lines, missing),
            context=_context(lines, missing),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                f"Source: the rows named, as they were known on {formats.day(facts.as_of)}; the "
                "rules are the same every quarter. Definitions: appendix."
            ),
            body={
                "widths": widths,
                "lines": [line_of(facts, each) for each in lines],
                "step": step,
                "is_dense": step < _DENSE,
                "held": max(int((step - 4) // (13 if step < _DENSE else 15)), 1),
                "others": others if has_list else [],
                "foot": foot,
                "other_row": other_row,
                "other_lines": 3 if other_row >= OTHER_LINES_ROOM else 2,
                "is_narrow": widths is NARROW,
            },
            figures={"standing": _figure(facts, lines, widths[3], step)}
            if lines and widths is WIDE
            else {},
            metric_ids=tuple(dict.fromkeys(each.metric_id for each in found if each.metric_id)),
        ),
    )


# --- words ---------------------------------------------------------------------------------------


def _title(found: Sequence[Escalation], lines: Sequence[Escalation], missing: Sequence[Gap]) -> str:
    if not found:
        return _nothing(missing)
    clauses = [headline(rule, list(some)) for rule, some in groupby(found, key=_rule)]
    number = sentences.capital(formats.counted(len(lines), "matter"))
    start = f"{number} {'escalates' if len(lines) == 1 else 'escalate'} by rule"
    if len(clauses) < 3:
        return first_that_fits(f"{start}: {formats.listed(clauses)}", f"{start}: {clauses[0]}")
    return first_that_fits(
        f"{start}: {clauses[0]}, {clauses[1]} and {clauses[2]}",
        f"{start}: {clauses[0]} and {clauses[1]}",
        f"{start}: {clauses[0]}",
    )


def _rule(one: Escalation) -> EscalationRule:
    return one.rule


def _nothing(missing: Sequence[Gap]) -> str:
    """A title without a matter, which never sums up a rule that could not be applied."""
    blind = [each for each in missing if not each.is_partial]
    applied, partly = len(LABELS) - len(blind), len(missing) - len(blind)
    if not applied:
        return "No rule of escalation could be applied: what the rules look at was not given"
    if not missing:
        said = formats.listed(list(NOT_FOUND.values())[:3])
        return f"Nothing escalates by rule this quarter: {said}"
    if not blind:
        return (
            f"Nothing escalates by what the rows say; {formats.count_words(partly)} of "
            f"{formats.counted(len(LABELS), 'rule')} could be applied in part only"
        )
    in_part = f", {formats.count_words(partly)} of them in part" if partly else ""
    in_part = in_part if applied > 1 else in_part and ", in part"
    return (
        f"Nothing escalates by the {formats.counted(applied, 'rule')} that could be applied"
        f"{in_part}; {formats.count_words(len(blind))} could not"
    )


def _context(lines: Sequence[Escalation], missing: Sequence[Gap]) -> str:
    if not lines:
        return "Seven rules look through the rows each quarter; nothing here is written by hand."
    blind = sum(not each.is_partial for each in missing)
    if blind:
        return (
            "Found by rule in the rows, worst first; "
            f"{formats.count_words(blind)} of {formats.counted(len(LABELS), 'rule')} could not be "
            "applied. Nothing here is a decision."
        )
    return (
        "Found by rule in the rows, worst first. Nothing here is written by hand, and nothing here "
        "is a decision."
    )


def _quiet(found: Sequence[Escalation], missing: Sequence[Gap]) -> list[EscalationRule]:
    """Rules that were applied in full and found nothing."""
    spoke = {each.rule for each in found} | {each.rule for each in missing}
    return [rule for rule in LABELS if rule not in spoke]


def _others(quiet: Sequence[EscalationRule], missing: Sequence[Gap]) -> list[dict[str, str]]:
    """The rules without a line, with what each looks for and why it has none."""
    reasons = {each.rule: f"{_limit(each)}: {each.reason}" for each in missing}
    return [
        {
            "label": LABELS[rule],
            "text": ESCALATION_RULES[rule],
            "result": reasons.get(rule, "Nothing found"),
            "is_blind": "yes" if rule in reasons else "",
        }
        for rule in LABELS
        if rule in quiet or rule in reasons
    ]


def _limit(gap: Gap) -> str:
    return "Applied in part" if gap.is_partial else "Could not be applied"


def _in_words(quiet: Sequence[EscalationRule], missing: Sequence[Gap]) -> list[str]:
    """The same in one line each, where the page has no room for a list."""
    said = []
    if quiet:
        clauses = formats.listed([NOT_FOUND[rule] for rule in quiet])
        said.append(f"Looked for as well: {clauses}.")
    for start, is_partial in (("Could not be applied", False), ("Applied in part", True)):
        each = [
            f"{sentences.within(LABELS[gap.rule])} ({gap.reason})"
            for gap in missing
            if gap.is_partial is is_partial
        ]
        if each:
            said.append(f"{start}: {'; '.join(each)}.")
    return said


def _longer(facts: BoardFacts) -> list[str]:
    """Figures off target for longer are only counted."""
    longer = missed_longer(watch_of(facts))
    if not longer:
        return []
    figures = sentences.capital(formats.counted(longer, "other figure"))
    have, were = ("has", "was") if longer == 1 else ("have", "were")
    return [
        f"{figures} {have} been off target for more than three quarters running and {were} "
        "escalated before: see forecasts, in the appendix."
    ]


# --- room ----------------------------------------------------------------------------------------


def _has_room(lines: int, others: int, foot: int) -> bool:
    """Whether the rules without a line can be listed under the lines."""
    needed = HEAD * (1 + bool(lines)) + _TALLEST * lines + OTHER_ROW * others
    return others > 0 and needed + 2 * GAP + 2 * FOOT_LINE * foot <= BODY


def _step(lines: int, foot: int, others: int) -> float:
    """Height of a line in points; what could not be looked for may take two lines of the foot."""
    under = GAP + FOOT_LINE * (foot + 1) if foot else 0.0
    room = BODY - HEAD - under - ((HEAD + GAP + OTHER_ROW * others) if others else 0.0)
    return round(min(room / max(lines, 1), _TALLEST), 2)


def _other_row(lines: int, others: int, foot: int, step: float) -> float:
    """Height of a row of the other rules: what the lines leave, up to two lines of words."""
    above = (HEAD + step * lines + GAP) if lines else 0.0
    under = GAP + FOOT_LINE * foot if foot else 0.0
    return round(min((BODY - HEAD - above - under) / max(others, 1), _TALLEST), 2)


def _figure(
    facts: BoardFacts, lines: Sequence[Escalation], width: float, step: float
) -> FigureSpec:
    place = standing(facts, lines)
    longest = min((each for each in lines if each.since), key=lambda e: e.since or facts.as_of)
    shown = width - 12
    return FigureSpec(
        kind="standing",
        data={"head": HEAD, "step": step, **place},
        width=shown,
        height=HEAD + step * len(lines),
        alt=(
            f"How long each has stood on {formats.day(facts.as_of)}; the longest, "
            f"{sentences.within(label_of(longest))}, since {formats.day(longest.since)}."
        ),
    )
