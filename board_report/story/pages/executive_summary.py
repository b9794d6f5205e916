"""The executive summary: nine measures of both leaders, and the three things to remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board_report.model import State, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.measure_rows import has_history, sparkline, status_of, unit_note
from board_report.story.page import Page
from board_report.story.summary_messages import WITHOUT_MESSAGES, summary_messages
from board_report.story.unfinished import context_words
from board_report.typeset import lines_needed

SCORECARD = (
    ("CISO", ("mttd", "mttr", "kev_overdue")),
    ("CTO", ("launches_without_review", "change_failure_rate", "systems_past_support")),
    ("Joint", ("secure_adoption_rate", "secure_code_deployment_rate", "loss_1_in_20")),
)
"""Measures in reading order, by the leader (or both) who answers for them."""

STAND_INS: Mapping[str, tuple[str, ...]] = {
    "CISO": (
        "vulnerabilities_overdue",
        "patch_sla_compliance",
        "mfa_coverage",
        "edr_coverage",
        "audit_findings_overdue",
        "training_completion",
        "phishing_report_rate",
    ),
    "CTO": (
        "unapproved_bypasses",
        "adoption_against_plan",
        "threat_model_coverage",
        "zero_trust_at_target",
        "ai_sensitive_ungated",
    ),
    "Joint": (
        "crown_jewel_patch_sla",
        "crown_jewels_zero_trust",
        "ai_gate_coverage",
        "joint_actions_on_time",
        "sync_meetings_held",
        "ciso_attendance",
    ),
}
"""Measures in order of rank that take the place of those for which no data were given."""

LOSS = "loss_1_in_20"
_CONTEXT_LINE = (864.0, 12.0)
"""Width of the line under the title and size of its letters, in points."""
_NO_TARGET = ", and none has a target"
NOT_COMPARED = "–"
"""What stands for a change where one of the two quarters has no value."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, whatever is measured; a measure without data says so in its row."""
    groups = scorecard(facts)
    ids = [metric_id for _, group in groups for metric_id in group]
    messages = summary_messages(facts)
    return (
        Page(
            id="executive-summary",
            section="Executive summary",
            title=_title(facts, ids),
            context=_context(facts, ids),
            owners=facts.owner("CISO", "CTO"),
            sources=_sources(ids),
            body={
                "heads": {
                    "history": "Eight quarters",
                    "messages": _messages_head(len(messages)),
                    "value": facts.project.quarter.short,
                    "change": f"Change on {facts.project.quarter.previous.short}",
                },
                "density": 35,
                "groups": [
                    {"label": name, "rows": [_row(facts, metric_id) for metric_id in group]}
                    for name, group in groups
                ],
                "messages": messages,
                "without_messages": "" if messages else WITHOUT_MESSAGES,
            },
            figures={
                f"spark-{metric_id}": sparkline(facts, metric_id)
                for metric_id in ids
                if has_history(facts, metric_id)
            },
            voices_room=None,
            metric_ids=tuple(ids),
        ),
    )


def scorecard(facts: BoardFacts) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The measures shown, by leader: a stand-in for each that has no data, while there is one.

    A measure of which nothing happened, or that is withheld, keeps its place: that says something.
    """
    return tuple((name, _chosen(facts, group, STAND_INS[name])) for name, group in SCORECARD)


def _chosen(facts: BoardFacts, group: Sequence[str], ranked: Sequence[str]) -> tuple[str, ...]:
    """As many as the group has: its own with data first, then stand-ins, then those without."""
    kept = [each for each in group if _is_given(facts, each)]
    without = [each for each in group if each not in kept]
    spare = [each for each in ranked if each in facts.figures.specs and _is_given(facts, each)]
    stand_ins = spare[: len(without)]
    return tuple([*kept, *stand_ins, *without][: len(group)]) if stand_ins else tuple(group)


def _is_given(facts: BoardFacts, metric_id: str) -> bool:
    return facts.now(metric_id).state is not State.NOT_MEASURED


def _messages_head(count: int) -> str:
    if not count:
        return "No message yet"
    return sentences.capital(formats.counted(count, "message"))


def _sources(ids: Sequence[str]) -> str:
    """The rules of comparison, and how many measures stand in for others."""
    usual = [metric_id for _, group in SCORECARD for metric_id in group]
    count = sum(each not in usual for each in ids)
    stand_ins = (
        f"{sentences.capital(formats.counted(count, 'measure'))} "
        f"{'stands' if count == 1 else 'stand'} in for {'one' if count == 1 else 'others'} "
        "without data. "
        if count
        else ""
    )
    start = "Dashed line: target. " if not count else ""
    return (
        f"{start}{stand_ins}Better, worse: by more than chance. Below five cases: too few to tell. "
        "In brackets: 95% interval of a median. Definitions: appendix."
    )


def _title(facts: BoardFacts, ids: list[str]) -> str:
    measured = [metric_id for metric_id in ids if facts.now(metric_id).measured]
    if not measured:
        others = _off_elsewhere(facts, [])
        are = "is" if others == 1 else "are"
        figures = formats.counted(others, "other figure")
        tail = f"; {figures} {are} off target" if others else ""
        return f"None of the nine measures could be taken this quarter{tail}"
    better = sum(facts.is_better(metric_id) for metric_id in measured)
    return f"{_moved(facts, measured, better)}{_turn(facts, measured, better)}"


def _moved(facts: BoardFacts, measured: list[str], better: int) -> str:
    """How many got better since the last quarter, in words that hold for none, one and all."""
    every = formats.counted(len(measured), "measure")
    if all(facts.change_text(each) == NOT_COMPARED for each in measured):
        return f"{sentences.capital(every)} cannot be compared with last quarter"
    worse = sum(facts.is_worse(each) for each in measured)
    if not better and not worse and any(facts.is_chance(each) for each in measured):
        return f"No clear change since last quarter on {_any_of(len(measured))}"
    if len(measured) == 1:
        return f"The one measure taken is {'' if better else 'not '}better than last quarter"
    if not better:
        clearly = "clearly " if any(facts.is_chance(each) for each in measured) else ""
        return f"None of {every} is {clearly}better than last quarter"
    if better == len(measured):
        all_of_them = "Both measures" if better == 2 else f"All {every}"
        return f"{all_of_them} are better than last quarter"
    return f"Better than last quarter on {formats.count_words(better)} of {every}"


def _any_of(count: int) -> str:
    return "the one measure taken" if count == 1 else f"any of {formats.counted(count, 'measure')}"


def _turn(facts: BoardFacts, measured: list[str], better: int) -> str:
    """The second half of the title: tolerance first, else how many are off target.

    Figures that are not shown count as well: a title that left them out would clear them.
    """
    off = [metric_id for metric_id in measured if facts.status(metric_id) is Status.OFF]
    others = _off_elsewhere(facts, measured)
    are = "is" if others == 1 else "are"
    figures = formats.counted(others, "other figure")
    if LOSS in off:
        still = " still" if _was_off(facts, LOSS) else ""
        joined = "yet" if better else "and"
        return f", {joined} a bad year would{still} cost more than we tolerate"
    if off:
        verb = "is" if len(off) == 1 else "are"
        told = f"; {formats.count_words(len(off))} {verb} off target"
        return f"{told}, and so {are} {figures}" if others else told
    if all(facts.status(each) is Status.NONE for each in measured):
        return f", and none has a target; {figures} {are} off target" if others else _NO_TARGET
    if others:
        none = "it is not" if len(measured) == 1 else "none of them is"
        return f"; {none} off target, but {figures} {are}"
    return ", and none is off target"


def _off_elsewhere(facts: BoardFacts, shown: Sequence[str]) -> int:
    """How many figures are off their target that the page does not show."""
    return sum(
        series.status is Status.OFF
        for metric_id, series in facts.figures.series.items()
        if metric_id not in shown
    )


def _was_off(facts: BoardFacts, metric_id: str) -> bool:
    """Whether it was off today's target a quarter ago."""
    before, target = facts.ago(metric_id, 1), facts.series(metric_id).target
    if before is None or before.value is None or target is None:
        return False
    return target.status(before.value) is Status.OFF


def _context(facts: BoardFacts, ids: list[str]) -> str:
    """What moved and what is off target, without the names where the line does not hold them."""
    off = _also_off(facts, ids)
    tries = [
        " ".join(filter(None, (_changes(facts, ids, with_names=with_names), off)))
        for with_names in (True, False)
    ]
    fits = [each for each in tries if lines_needed(each, *_CONTEXT_LINE) == 1]
    return (fits or tries[-1:])[0] if off else tries[0]


def _also_off(facts: BoardFacts, ids: list[str]) -> str:
    """All that is off target, where the title has room for the loss alone."""
    if facts.status(LOSS) is not Status.OFF or LOSS not in ids:
        return ""
    here = sum(facts.status(each) is Status.OFF for each in ids)
    others = _off_elsewhere(facts, ids)
    if not others:
        return ""
    return (
        f"Off target: {formats.count_words(here)} of these and "
        f"{formats.counted(others, 'other figure')}."
    )


def _changes(facts: BoardFacts, ids: list[str], *, with_names: bool) -> str:
    """Which measures got worse, and how many did not move or cannot be told."""
    if all(facts.change_text(each) == NOT_COMPARED for each in ids):
        earlier = [facts.ago(each, 1) for each in ids]
        if not facts.window.is_over and any(each and each.measured for each in earlier):
            return context_words(facts.window)
        return "None of these measures has a value last quarter to compare with."

    def named(wanted: str) -> str:
        chosen = [each for each in ids if facts.change_text(each).startswith(wanted)]
        names = formats.listed(
            [sentences.within(facts.figures.spec(each).title) for each in chosen]
        )
        count = formats.count_words(len(chosen)) if chosen else "none"
        return f"{count} ({names})" if chosen and with_names else count

    counts = {
        words: sum(facts.change_text(each) == words for each in ids)
        for words in ("Within chance", "Unchanged", "Too few to tell")
    }
    told = [
        f"; {sentences.within(words)} on {formats.count_words(count)}"
        for words, count in counts.items()
        if count
    ]
    return f"Worse on {named('Worse')}{''.join(told)}."


def _row(facts: BoardFacts, metric_id: str) -> dict[str, object]:
    spec, now = facts.figures.spec(metric_id), facts.now(metric_id)
    change = facts.change_text(metric_id)
    return {
        "id": metric_id,
        "name": spec.title,
        "unit": unit_note(facts, metric_id),
        "figure": f"spark-{metric_id}" if has_history(facts, metric_id) else "",
        "value": facts.bare(metric_id),
        "absent": "" if now.measured else formats.state_words(now.state),
        "target": facts.target_text(metric_id),
        **status_of(facts, metric_id),
        "change": change,
        "change_is_quiet": not change.startswith(("Better", "Worse")),
        "owner": _owner(facts, str(spec.owner)),
    }


def _owner(facts: BoardFacts, owner: str) -> str:
    return "Both" if owner == "CISO and CTO" else facts.surname(owner)
