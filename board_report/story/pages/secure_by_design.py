"""Secure by design and DevSecOps: gates and bypasses, the four DORA keys, and the designs."""

from __future__ import annotations

from collections.abc import Mapping

from board_report.metrics.declare import Unit
from board_report.model import MetricResult, MetricSeries, State, Status
from board_report.story import formats, sentences
from board_report.story.delivery_pictures import (
    BYPASSES,
    RATE,
    UNAPPROVED,
    bypasses_picture,
    panel,
    rate_picture,
    rate_unit,
    spark,
    target_words,
    unapproved_panel,
    unapproved_spark,
)
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, shortened
from board_report.story.marks import against_year_ago, aim
from board_report.story.page import Page
from board_report.story.record_spans import part_words, span_words, untold, what_to_export

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
UNITS = 6
LONGEST_UNIT = 22


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
                "rate_unit": rate_unit(facts),
                "bypass_unit": target_words(facts, BYPASSES) or "a quarter",
                "dora": [panel(facts, each, label) for each, label in DORA],
                "design": [
                    *(panel(facts, each, label) for each, label in DESIGN),
                    unapproved_panel(facts),
                ],
                "designs": _designs(facts),
                "span": formats.counted(len(facts.quarters), "quarter"),
                "quarter": facts.project.quarter.short,
                "units": units[:UNITS],
                "units_more": max(len(units) - UNITS, 0),
                "gates": _gates(facts),
            },
            figures={
                "rate": rate_picture(facts),
                "bypasses": bypasses_picture(facts),
                **{f"spark-{each}": spark(facts, each) for each in ids},
                f"spark-{UNAPPROVED}": unapproved_spark(facts),
            },
            metric_ids=(RATE, BYPASSES, *ids),
        ),
    )


# --- the title ---------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    now, outside = facts.now(RATE), untold(facts, "deployments", "Deployment records")
    if outside:
        return f"{outside}{_modelled(facts)}"
    if now.state is State.NOTHING_HAPPENED:
        return "Nothing was deployed this quarter, so no security gate was put to the test"
    is_thin = facts.is_thin(RATE)
    if now.value is None and not is_thin:
        why = {State.WITHHELD: "withheld: too few rows could be used"}
        none = "no deployments could be used"
        if facts.tables.measured("deployments"):
            none = "what became of the gates is not on record"
        said = why.get(now.state, f"not measured: {none}")
        return f"Secure delivery is {said}{_modelled(facts)}"
    if is_thin or now.n < facts.figures.spec(RATE).minimum_n:
        every = formats.counted(now.n, "deployment")
        return f"Too few to judge secure delivery: {every} this quarter, {_secure(now)} secure"
    start = f"{facts.text(RATE)} of deployments were secure{against_year_ago(facts, RATE)}"
    return first_that_fits(
        *(f"{start}; {rest}" for rest in _verdicts(facts)), f"{facts.text(RATE)} were secure"
    )


def _modelled(facts: BoardFacts) -> str:
    """What is known of the designs while nothing is of their delivery."""
    now = facts.now("threat_model_coverage")
    every = formats.counted(now.n, "design", words=False)
    if facts.is_thin("threat_model_coverage"):
        return f"; {formats.number(now.parts['numerator'])} of {every} had a threat model"
    if now.value is None:
        return ""
    return f"; {facts.text('threat_model_coverage')} of {every} had a threat model"


def _secure(now: MetricResult) -> str:
    count = int(now.parts["numerator"])
    return formats.count_words(count) if count else "none"


def _verdicts(facts: BoardFacts) -> tuple[str, ...]:
    """Against the target, and what is left of it without approved bypasses; fullest first."""
    now, target = facts.now(RATE), facts.series(RATE).target
    clean, status = now.parts.get("clean_share"), facts.status(RATE)
    approved = int(now.parts.get("approved_bypass", 0))
    without = facts.amount(clean, RATE) if clean is not None else ""
    if target is None:
        bypassed = _bypass_words(facts)
        return (f"{without} without approved bypasses", bypassed) if approved else (bypassed,)
    goal = aim(facts, RATE)
    if status is not Status.ON:
        return (f"the target is {goal}, and {_bypass_words(facts)}", f"the target is {goal}")
    if not approved:
        return (f"the {goal} target is met without a single approved bypass", f"on target, {goal}")
    if clean is not None and target.status(clean) is Status.ON:
        return (f"{without} without approved bypasses also meets {goal}", f"on target, {goal}")
    return (
        f"{without} without approved bypasses, short of the {goal} target",
        f"{without} without approved bypasses",
    )


def _bypass_words(facts: BoardFacts) -> str:
    now = facts.now(BYPASSES)
    if now.value is None:
        return f"bypasses without approval are {formats.state_words(now.state)}"
    count = int(now.value)
    if not count:
        return "none bypassed a gate without approval"
    return f"{formats.count_words(count)} bypassed a gate without approval"


def _context(facts: BoardFacts) -> str:
    now = facts.now(RATE)
    if span_words(facts, "deployments"):
        return what_to_export(facts, "deployments")
    if now.state is State.NOT_MEASURED:
        if facts.tables.measured("deployments"):
            return f"{sentences.capital(now.note)}." if now.note else ""
        return "Give cto/deployments.csv, one row for each deployment to production."
    said = []
    if _is_judged(facts, now):
        approved = int(now.parts.get("approved_bypass", 0))
        few = formats.number(approved) if approved else "None"
        verb = "rests" if approved <= 1 else "rest"
        said.append(
            f"{few} of {formats.counted(now.n, 'deployment', words=False)} {verb} on an approved "
            "bypass."
        )
    weakest = _weakest(facts)
    part = part_words(facts, "deployments")
    return " ".join(filter(None, [part, *said, weakest]))


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
        f"bypassed with approval.{ungated} DORA: DevOps Research and Assessment. In brackets: 95% "
        "interval. Definitions: appendix."
    )


def _designs(facts: BoardFacts) -> str:
    """How many designs the shares are of."""
    now = facts.now("threat_model_coverage")
    if now.state is State.NOT_MEASURED:
        return "not measured: give cto/designs.csv"
    if not now.n:
        return "none reviewed this quarter"
    return f"{formats.counted(now.n, 'design', words=False)} reviewed this quarter"


# --- business units ----------------------------------------------------------------------------


def _ranked(facts: BoardFacts) -> list[tuple[str, MetricSeries]]:
    """Units with a rate, the weakest first, then by name; those too small to judge come last."""
    units: Mapping[str, MetricSeries] = facts.figures.by(RATE, "business_unit")
    return sorted(
        ((name, series) for name, series in units.items() if series.now.n),
        key=lambda each: (not _is_judged(facts, each[1].now), each[1].now.value or 0.0, each[0]),
    )


def _is_judged(facts: BoardFacts, result: MetricResult) -> bool:
    return result.measured and result.n >= facts.figures.spec(RATE).minimum_n


def _units(facts: BoardFacts) -> list[dict[str, str]]:
    bypasses = facts.figures.by(BYPASSES, "business_unit")
    return [
        {
            "name": shortened(name, LONGEST_UNIT),
            "rate": formats.result(series.now, Unit.RATIO) if series.now.measured else "–",
            "of": formats.number(series.now.n),
            "status": ""
            if series.status is Status.NONE or not _is_judged(facts, series.now)
            else series.status.name.lower(),
            "bypasses": formats.result(bypasses[name].now, Unit.COUNT),
        }
        for name, series in _ranked(facts)
    ]


def _gates(facts: BoardFacts) -> list[dict[str, str]]:
    """How the deployments of the quarter came through their gates, each counted once."""
    parts = facts.now(RATE).parts
    rows = (
        ("Passed every gate", "clean"),
        ("Bypass approved", "approved_bypass"),
        ("Gate failed", "failed_gate"),
        ("Bypass not approved", "unapproved_bypass"),
        ("Not known", "not_known"),
    )
    return [
        {"name": name, "count": formats.number(parts[part])} for name, part in rows if part in parts
    ]
