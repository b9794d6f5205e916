"""Secure by design and DevSecOps: gates and bypasses, the four DORA keys, and the designs."""

from __future__ import annotations

import math
from collections.abc import Mapping

from board_report.metrics.declare import Unit
from board_report.model import MetricResult, MetricSeries, State, Status
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import bar_states, first_that_fits, shortened
from board_report.story.page import FigureSpec, Page

RATE = "secure_code_deployment_rate"
BYPASSES = "unapproved_bypasses"
DORA = (
    ("deployment_frequency", "Deployments a week"),
    ("lead_time", "Lead time, hours"),
    ("change_failure_rate", "Changes failed, %"),
    ("time_to_restore", "Hours to restore"),
)
DESIGN = (
    ("threat_model_coverage", "Threat-modelled, %"),
    ("secure_pattern_rate", "On secure pattern, %"),
    ("design_exceptions_lapsed", "Exceptions lapsed"),
)
UNAPPROVED = "unapproved-exceptions"
"""The fourth figure of the designs: a part of ``design_exceptions_lapsed``."""
UNITS = 11
LONGEST_UNIT = 22
SPARK = (64.0, 24.0)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, whatever is measured; business units stand where there is no commentary."""
    ids = [each for each, _ in (*DORA, *DESIGN)]
    units = _units(facts)
    return (
        Page(
            id="secure-by-design",
            section="Secure by design and DevSecOps",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CTO", "CISO"),
            sources=_sources(facts),
            body={
                "rate_unit": _rate_unit(facts),
                "bypass_unit": _target_words(facts, BYPASSES) or "a quarter",
                "dora": [_panel(facts, each, label) for each, label in DORA],
                "design": [
                    *(_panel(facts, each, label) for each, label in DESIGN),
                    _unapproved_panel(facts),
                ],
                "designs": _designs(facts),
                "quarter": facts.project.quarter.short,
                "units": units[:UNITS],
                "units_more": max(len(units) - UNITS, 0),
            },
            figures={
                "rate": _rate(facts),
                "bypasses": _bypasses(facts),
                **{f"spark-{each}": _spark(facts, each) for each in ids},
                f"spark-{UNAPPROVED}": _unapproved_spark(facts),
            },
            metric_ids=(RATE, BYPASSES, *ids),
        ),
    )


# --- the title ---------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    now = facts.now(RATE)
    if now.state is State.NOTHING_HAPPENED:
        return "Nothing was deployed this quarter, so no security gate was put to the test"
    if now.value is None:
        why = {State.WITHHELD: "withheld: too few rows could be used"}
        said = why.get(now.state, "not measured: no deployments could be used")
        return f"Secure delivery is {said}"
    if now.n < facts.figures.spec(RATE).minimum_n:
        every = formats.counted(now.n, "deployment")
        return f"Too few to judge secure delivery: {every} this quarter, {_secure(now)} secure"
    start = f"{facts.text(RATE)} of deployments were secure{_since(facts)}"
    return first_that_fits(
        *(f"{start}; {rest}" for rest in _verdicts(facts)), f"{facts.text(RATE)} were secure"
    )


def _secure(now: MetricResult) -> str:
    count = int(now.parts["numerator"])
    return formats.count_words(count) if count else "none"


def _since(facts: BoardFacts) -> str:
    now, ago = facts.now(RATE), facts.ago(RATE, 4)
    few = facts.figures.spec(RATE).minimum_n
    if ago is None or ago.value is None or now.value is None or ago.n < few:
        return ""
    before = facts.text(RATE, ago=4)
    if before == facts.text(RATE):
        return ", as a year ago"
    return f", {'up' if now.value > ago.value else 'down'} from {before} a year ago"


def _verdicts(facts: BoardFacts) -> tuple[str, ...]:
    """Against the target, and what is left of it without approved bypasses; fullest first."""
    now, target = facts.now(RATE), facts.series(RATE).target
    clean, status = now.parts.get("clean_share"), facts.status(RATE)
    approved = int(now.parts.get("approved_bypass", 0))
    without = facts.amount(clean, RATE) if clean is not None else ""
    if target is None:
        bypassed = _bypass_words(facts)
        return (f"{without} without approved bypasses", bypassed) if approved else (bypassed,)
    aim = facts.amount(target.value, RATE)
    if status is not Status.ON:
        return (f"the target is {aim}, and {_bypass_words(facts)}", f"the target is {aim}")
    if not approved:
        return (f"the {aim} target is met without a single approved bypass", f"on target, {aim}")
    if clean is not None and target.status(clean) is Status.ON:
        return (f"{without} without approved bypasses also meets {aim}", f"on target, {aim}")
    return (
        f"without approved bypasses {without}, short of the {aim} target",
        f"{without} without approved bypasses",
    )


def _bypass_words(facts: BoardFacts) -> str:
    count = int(facts.now(BYPASSES).value or 0)
    if not count:
        return "none bypassed a gate without approval"
    return f"{formats.count_words(count)} bypassed a gate without approval"


def _context(facts: BoardFacts) -> str:
    now = facts.now(RATE)
    if now.state is State.NOT_MEASURED:
        return "Give cto/deployments.csv, one row for each deployment to production."
    said = []
    if now.value is not None:
        approved = int(now.parts.get("approved_bypass", 0))
        few = formats.number(approved) if approved else "None"
        verb = "rests" if approved == 1 else "rest"
        said.append(
            f"{few} of {formats.counted(now.n, 'deployment', words=False)} {verb} on an approved "
            "bypass."
        )
    weakest = _weakest(facts)
    return " ".join([*said, weakest] if weakest else said)


def _weakest(facts: BoardFacts) -> str:
    """The unit with the lowest rate among those with cases enough, where they differ."""
    ranked = [each for each in _ranked(facts) if _is_judged(facts, each[1].now)]
    if len(ranked) < 2:
        return ""
    (name, low), (_, next_low) = ranked[0], ranked[1]
    share = formats.result(low.now, Unit.RATIO)
    if share == formats.result(next_low.now, Unit.RATIO):
        return ""
    return (
        f"Weakest business unit: {shortened(name, LONGEST_UNIT)}, {share} of "
        f"{formats.number(low.now.n)}."
    )


def _sources(facts: BoardFacts) -> str:
    bypassed = facts.now(RATE).parts.get("no_gate_required")
    ungated = (
        f" No gate was required of {formats.number(bypassed)}, which count as secure."
        if bypassed
        else ""
    )
    return (
        "Sources: pipeline deployments, design reviews. Secure: every required gate passed, or "
        f"bypassed with approval.{ungated} DORA: DevOps Research and Assessment. Definitions: "
        "appendix."
    )


# --- gates -------------------------------------------------------------------------------------


def _rate_unit(facts: BoardFacts) -> str:
    if not facts.now(RATE).measured:
        return formats.state_words(facts.now(RATE).state)
    return "% of deployments; clean: without approved bypass"


def _rate(facts: BoardFacts) -> FigureSpec:
    series = facts.series(RATE)
    clean = [each.parts.get("clean_share") for each in series.values]
    target = series.target
    held = [each for each in (*facts.values(RATE), *clean) if each is not None]
    low = _floor([*held, *([target.value] if target else [])])
    share = facts.amount(clean[-1], RATE) if clean[-1] is not None else ""
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {"values": clean, "label": "clean" if share else "", "end": share},
                {
                    "values": facts.values(RATE),
                    "label": "",
                    "end": facts.text(RATE) if series.now.measured else "",
                },
            ],
            "target": {
                "value": target.value,
                "label": f"target {facts.amount(target.value, RATE)}",
                "is_limit": False,
            }
            if target and held
            else None,
            "axis": {
                "low": low,
                "high": 1.0,
                "ticks": [[at, formats.percent(at)] for at in (low, (low + 1) / 2, 1.0)],
                "is_log": False,
            },
        },
        width=346,
        height=122,
        alt=(
            f"Secure code deployment rate by quarter: {facts.text(RATE)} now"
            f"{f', {share} without approved bypasses' if share else ''}."
        ),
    )


def _floor(values: list[float]) -> float:
    """A round share under all values: the axis need not begin at zero for a line."""
    return max(math.floor(min(values, default=0.0) * 10 - 1e-9) / 10, 0.0) if values else 0.0


def _target_words(facts: BoardFacts, metric_id: str) -> str:
    text = facts.target_text(metric_id)
    return f"target {text}" if text else ""


def _bypasses(facts: BoardFacts) -> FigureSpec:
    values = facts.values(BYPASSES)
    return FigureSpec(
        kind="bars",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "values": values,
            "labels": ["" if each is None else formats.number(each) for each in values],
            "states": bar_states(facts, BYPASSES),
        },
        width=198,
        height=122,
        alt=f"Unapproved gate bypasses by quarter: {facts.text(BYPASSES)} now.",
    )


# --- the eight small figures -------------------------------------------------------------------


def _panel(facts: BoardFacts, metric_id: str, label: str) -> dict[str, str]:
    now, ago = facts.now(metric_id), facts.ago(metric_id, 4)
    status = facts.status(metric_id)
    return {
        "label": label,
        "value": facts.bare(metric_id) if now.measured else "–",
        "status": "" if status is Status.NONE else status.name.lower(),
        "figure": f"spark-{metric_id}",
        "beside": _beside(facts, metric_id, now, ago),
    }


def _beside(facts: BoardFacts, metric_id: str, now: MetricResult, ago: MetricResult | None) -> str:
    """``131 a year ago; ≤ 10``, or why there is no value."""
    if not now.measured:
        return formats.state_words(now.state)
    then = f"{facts.bare(metric_id, ago=4)} a year ago" if ago and ago.measured else ""
    few = f"n {now.n}, too few" if now.n < facts.figures.spec(metric_id).minimum_n else ""
    aim = facts.target_text(metric_id)
    return "; ".join(filter(None, (few or then, f"aim {aim}" if aim else "")))


def _spark(facts: BoardFacts, metric_id: str) -> FigureSpec:
    series = facts.series(metric_id)
    title = facts.figures.spec(metric_id).title
    return FigureSpec(
        kind="sparkline",
        data={
            "values": facts.values(metric_id),
            "target": series.target.value if series.target and series.now.measured else None,
            "status": series.status.name.lower(),
        },
        width=SPARK[0],
        height=SPARK[1],
        alt=f"{title} by quarter: {facts.text(metric_id)} now.",
    )


def _unapproved(facts: BoardFacts) -> list[float | None]:
    values = facts.series("design_exceptions_lapsed").values
    return [each.parts.get("unapproved") if each.measured else None for each in values]


def _unapproved_panel(facts: BoardFacts) -> dict[str, str]:
    values = _unapproved(facts)
    now, ago = values[-1], values[-5] if len(values) > 4 else None
    state = facts.now("design_exceptions_lapsed").state
    return {
        "label": "Never approved",
        "value": formats.number(now) if now is not None else "–",
        "status": "",
        "figure": f"spark-{UNAPPROVED}",
        "beside": formats.state_words(state)
        if now is None
        else f"{formats.number(ago)} a year ago"
        if ago is not None
        else "",
    }


def _unapproved_spark(facts: BoardFacts) -> FigureSpec:
    values = _unapproved(facts)
    now = formats.number(values[-1]) if values[-1] is not None else "not measured"
    return FigureSpec(
        kind="sparkline",
        data={"values": values, "target": None, "status": "none"},
        width=SPARK[0],
        height=SPARK[1],
        alt=f"Design exceptions never approved by quarter: {now} now.",
    )


def _designs(facts: BoardFacts) -> str:
    """How many designs the shares are of."""
    now = facts.now("threat_model_coverage")
    if now.state is State.NOT_MEASURED:
        return "not measured: give cto/designs.csv"
    if not now.measured:
        return "none reviewed this quarter"
    return f"{formats.counted(now.n, 'design', words=False)} reviewed this quarter"


# --- business units ----------------------------------------------------------------------------


def _ranked(facts: BoardFacts) -> list[tuple[str, MetricSeries]]:
    """Units with a rate, the weakest first, then by name; those too small to judge come last."""
    units: Mapping[str, MetricSeries] = facts.figures.by(RATE, "business_unit")
    return sorted(
        ((name, series) for name, series in units.items() if series.now.value is not None),
        key=lambda each: (not _is_judged(facts, each[1].now), each[1].now.value, each[0]),
    )


def _is_judged(facts: BoardFacts, result: MetricResult) -> bool:
    return result.measured and result.n >= facts.figures.spec(RATE).minimum_n


def _units(facts: BoardFacts) -> list[dict[str, str]]:
    bypasses = facts.figures.by(BYPASSES, "business_unit")
    return [
        {
            "name": shortened(name, LONGEST_UNIT),
            "rate": formats.result(series.now, Unit.RATIO),
            "of": formats.number(series.now.n),
            "status": ""
            if series.status is Status.NONE or not _is_judged(facts, series.now)
            else series.status.name.lower(),
            "bypasses": formats.result(bypasses[name].now, Unit.COUNT),
        }
        for name, series in _ranked(facts)
    ]
