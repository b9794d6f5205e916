"""The joint KPIs: two owners, one target and one computation for each, and each leader's part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from board_report.governance.joint_kpis import JointKpi, joint_kpis
from board_report.metrics.targets import tally_targets, target_records
from board_report.model import Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits
from board_report.story.left_out import is_left_out
from board_report.story.measure_rows import has_history, sparkline, status_of, unit_note
from board_report.story.page import Page

MOST = 14
"""Rows that the page holds."""
_ROOM = 308.0
_TALLEST = 44.0
_TWO_LINES = 25.5
"""Points: a lower row holds one line of words."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page; none where no joint KPI was given and no leader wrote of them."""
    if is_left_out(facts, "joint-kpis"):
        return ()
    kpis = joint_kpis(facts.tables, facts.figures)
    shown = kpis[:MOST]
    height = min(_TALLEST, int(2 * _ROOM / max(len(shown), 1)) / 2)
    ids = [each.metric_id for each in shown]
    return (
        Page(
            id="joint-kpis",
            section="Joint KPIs",
            title=_title(facts, kpis),
            context=_context(facts, kpis),
            owners=facts.owner("CISO", "CTO"),
            sources=_sources(shown),
            body={
                "heads": {
                    "measure": "Measure"
                    + (f", {len(shown)} of {len(kpis)}" if len(kpis) > len(shown) else ""),
                    "history": _history(len(facts.windows)),
                    "value": facts.project.quarter.short,
                    "change": f"Change on {facts.project.quarter.previous.short}",
                },
                "row_height": height,
                "lines": 2 if height >= _TWO_LINES else 1,
                "groups": [
                    [_row(facts, each, is_low=height < _TWO_LINES) for each in group]
                    for _, group in groupby(shown, key=lambda each: each.status)
                ],
                "empty": _empty(facts),
            },
            figures={
                f"spark-{each}": sparkline(facts, each, width=80, height=min(24, height - 6))
                for each in ids
                if has_history(facts, each)
            },
            voices_room=None,
            metric_ids=tuple(ids),
        ),
    )


def _history(count: int) -> str:
    return sentences.capital(formats.counted(count, "quarter"))


def _title(facts: BoardFacts, kpis: Sequence[JointKpi]) -> str:
    judged = [each for each in kpis if each.status is not Status.NONE]
    if not kpis:
        return "No joint KPI is declared"
    if not judged:
        return _unjudged(facts, kpis)
    head = _standing(len(kpis), judged)
    move, rest = _move(facts, judged), _rest(facts, judged)
    return first_that_fits(f"{head}{move}{rest}", f"{head}{rest}", head)


def _unjudged(facts: BoardFacts, kpis: Sequence[JointKpi]) -> str:
    measured = any(facts.now(each.metric_id).measured for each in kpis)
    if len(kpis) == 1:
        lacks = "a target" if measured else "a value this quarter"
        return f"The one joint KPI lacks {lacks}"
    of = "Neither of two" if len(kpis) == 2 else f"None of {formats.count_words(len(kpis))}"
    has = "both a value and a target" if measured else "a value this quarter"
    return f"{of} joint KPIs has {has}"


def _standing(declared: int, judged: Sequence[JointKpi]) -> str:
    """How many of those judged are on target."""
    count = len(judged)
    on = sum(each.status is Status.ON for each in judged)
    which = "" if count == declared else " that could be judged"
    if count == 1:
        words = {Status.ON: "on target", Status.NEAR: "near its target"}
        return f"The one joint KPI{which} is {words.get(judged[0].status, 'off target')}"
    the = "the " if which else ""
    if on == count:
        every = "Both" if count == 2 else f"All {the}{formats.count_words(count)}"
        return f"{every} joint KPIs{which} are on target"
    of = f"of {the}{formats.count_words(count)} joint KPIs{which}"
    if not on:
        none = f"Neither {of}" if count == 2 else f"None {of}"
        return f"{none} is on target"
    number = sentences.capital(formats.count_words(on))
    return f"{number} {of} {'is' if on == 1 else 'are'} on target"


def _move(facts: BoardFacts, judged: Sequence[JointKpi]) -> str:
    """Against last quarter, where the same ones had a value then: held against today's targets."""
    ids = {each.metric_id for each in judged}
    records = [each for each in target_records(facts.figures) if each.metric_id in ids]
    if len(judged) == 1 or len(facts.windows) < 2:
        return ""
    before = tally_targets(records, -2)
    on = sum(each.status is Status.ON for each in judged)
    if before.absent:
        return ""
    if before.on == on:
        return ", as last quarter"
    return f", {'up' if on > before.on else 'down'} from {_few(before.on)} last quarter"


def _few(count: int) -> str:
    return formats.count_words(count) if count else "none"


def _rest(facts: BoardFacts, judged: Sequence[JointKpi]) -> str:
    """Which one is furthest off; or, where none is off, that the others are near."""
    if len(judged) == 1:
        return ""
    if judged[0].status is Status.OFF:
        name = sentences.within(facts.figures.spec(judged[0].metric_id).title)
        return f"; furthest off: {name}"
    near = sum(each.status is Status.NEAR for each in judged)
    if not near:
        return ""
    if near == len(judged):
        return f"; {'both' if near == 2 else 'all'} are near it"
    others = "the other one is" if near == 1 else f"the other {formats.count_words(near)} are"
    return f"; {others} near it"


def _context(facts: BoardFacts, kpis: Sequence[JointKpi]) -> str:
    """That each has two owners and one computation; how they moved; which cannot be judged."""
    said = "Each has two owners, one target and one computation."
    words = [facts.change_text(each.metric_id) for each in kpis]
    counts = [
        (sum(each.startswith("Better") for each in words), "better"),
        (sum(each.startswith("Worse") for each in words), "worse"),
        (words.count("Within chance"), "within chance"),
        (words.count("Unchanged"), "unchanged"),
        (words.count("Too few to tell"), "too few to tell"),
    ]
    told = [f"{name} on {formats.count_words(count)}" for count, name in counts if count]
    if told:
        said += f" Since last quarter {', '.join(told)}."
    unjudged = sum(each.status is Status.NONE for each in kpis)
    return f"{said} Not judged: {formats.count_words(unjudged)}." if unjudged else said


def _sources(shown: Sequence[JointKpi]) -> str:
    margin = (
        "Furthest off: the miss counted in the margin from a target to the worst value still near. "
        if sum(each.status is Status.OFF for each in shown) > 1
        else ""
    )
    return (
        "Dashed line: target, as today in all quarters. In brackets: 95% interval of a median. "
        f"{margin}Definitions: appendix."
    )


def _row(facts: BoardFacts, kpi: JointKpi, *, is_low: bool) -> dict[str, object]:
    name = kpi.metric_id
    now, change = facts.now(name), facts.change_text(name)
    return {
        "name": facts.figures.spec(name).title,
        "unit": "" if is_low else unit_note(facts, name),
        "figure": f"spark-{name}" if has_history(facts, name) else "",
        "value": facts.text(name) if is_low else facts.bare(name),
        "absent": "" if now.measured else formats.state_words(now.state),
        "target": facts.target_text(name),
        **status_of(facts, name),
        "change": change,
        "change_is_quiet": not change.startswith(("Better", "Worse")),
        "ciso": kpi.ciso_part,
        "cto": kpi.cto_part,
    }


def _empty(facts: BoardFacts) -> str:
    """What to do where no joint KPI can be shown."""
    if facts.tables.measured("joint_kpis"):
        return "Name at least eight metrics in governance/joint_kpis.csv, with each leader's part."
    return "Give governance/joint_kpis.csv: a metric, the CISO's part and the CTO's part in a row."
