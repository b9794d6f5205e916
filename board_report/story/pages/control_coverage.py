"""Control coverage: on which assets each control was seen working, crown jewels first."""

from __future__ import annotations

from board_report.model import MetricSeries, State, Status
from board_report.story import formats, marks, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, key_figure
from board_report.story.page import FigureSpec, Page

CONTROLS = {
    "edr_coverage": ("Endpoint detection (EDR)", "endpoint detection"),
    "mfa_coverage": ("Multifactor sign-in (MFA)", "multifactor sign-in"),
    "pam_coverage": ("Privileged access (PAM)", "privileged access"),
    "siem_coverage": ("Logging to the SIEM", "logging"),
    "firewall_review_coverage": ("Firewall rules reviewed", "firewall review"),
    "restore_tested_coverage": ("Restore tested", "tested restore"),
}
"""Each control's name in a table and in a sentence, in the order of the page."""
TIERS = {
    "crown_jewel": "Crown jewels",
    "production": "Other production",
    "workplace": "Workplace",
}
_KEYS = (
    ("crown_jewel_coverage", "of crown jewels, over all controls"),
    ("restore_tested_coverage", "of assets restored from backup in a test"),
    ("pam_coverage", "of privileged accounts"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: six controls by three tiers, with the unit that is lowest."""
    measured = any(facts.now(each).measured for each in CONTROLS)
    return (
        Page(
            id="control-coverage",
            section="Control coverage",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO", "CTO"),
            sources=(
                "Sources: asset register (in scope), consoles of the controls (working), at "
                "quarter end. Definitions: appendix."
            ),
            body={
                "measured": measured,
                "key": [
                    ("hollow", "a year ago"),
                    ("tick", "target"),
                    ("on", "on target"),
                    ("near", "near it"),
                    ("off", "off target; the bar is what is missing"),
                ],
                "key_figures": [key_figure(facts, each, words) for each, words in _KEYS],
            },
            figures={"coverage": _figure(facts)},
            metric_ids=("crown_jewel_coverage", *CONTROLS),
        ),
    )


# --- words -------------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    jewels, others = _jewels(facts), _others(facts)
    if not jewels and not others:
        return "Control coverage is not measured"
    if not others:
        has_target = any(facts.series(each).target for each in CONTROLS)
        return jewels[0] if has_target else f"{jewels[0]}; no control has a target"
    if not jewels:
        return f"Coverage of crown jewels is not measured; {others[0]}"
    return first_that_fits(*(f"{one}; {two}" for one in jewels for two in others))


def _jewels(facts: BoardFacts) -> tuple[str, ...]:
    """How far crown jewels are covered, against a year ago; empty if not measured."""
    now = facts.now("crown_jewel_coverage")
    is_thin = facts.is_thin("crown_jewel_coverage")
    if now.value is None and not is_thin:
        return {
            State.NOTHING_HAPPENED: ("No crown jewel is in scope of a control",),
            State.WITHHELD: ("Coverage of crown jewels is withheld",),
        }.get(now.state, ())
    if is_thin or now.n < marks.FEWEST:
        return (f"Too few crown jewels to judge ({formats.count_words(now.n)})",)
    controls = "six controls" if not now.note else "the controls recorded"
    text, since = facts.text("crown_jewel_coverage"), marks.against_year_ago(
        facts, "crown_jewel_coverage"
    )  # fmt: skip
    return (
        f"Across {controls}, crown jewels are {text} covered{since}",
        f"Across {controls}, crown jewels are {text} covered",
        f"Crown jewels are {text} covered",
    )


def _others(facts: BoardFacts) -> tuple[str, ...]:
    """The control furthest below its target, or that there is none; empty without targets."""
    judged = [
        (each, facts.series(each))
        for each in CONTROLS
        if facts.series(each).status is not Status.NONE
    ]
    off = [(each, series) for each, series in judged if series.status is Status.OFF]
    near = [series for _, series in judged if series.status is Status.NEAR]
    if not judged:
        return ()
    if not off:
        return (("no control is off target" if near else "every control measured is on target"),)
    worst = min(off, key=lambda one: _distance(one[1]))[0]
    name, text = CONTROLS[worst][1], facts.text(worst)
    if len(off) == 1:
        return (f"only {name} is off target, at {text}", f"{name} is off target, at {text}")
    return (f"{name} is furthest off target, at {text}", f"{name} lags most, at {text}")


def _distance(series: MetricSeries) -> float:
    """Only to sort by: how far the value stands above its target."""
    if series.now.value is None or series.target is None:
        return 0.0
    return series.now.value - series.target.value


def _context(facts: BoardFacts) -> str:
    absent = [name for each, (_, name) in CONTROLS.items() if not facts.now(each).measured]
    if len(absent) == len(CONTROLS):
        note = facts.now("crown_jewel_coverage").note
        return sentences.capital(f"{note}.") if note else ""
    said = (
        "Deployed is not working: an asset counts only where the control was seen working at "
        "quarter end."
    )
    if not absent:
        counted = marks.of(facts.now("crown_jewel_coverage"))
        return f"{said} Crown jewels: {counted}." if counted else said
    return f"{said} Without a figure: {formats.listed(absent)}."


# --- the picture -------------------------------------------------------------------------------


def _figure(facts: BoardFacts) -> FigureSpec:
    cells = {each: _cells(facts, each) for each in CONTROLS}
    numbers = [
        cell[key]
        for some in cells.values()
        for cell in some
        for key in ("now", "year_ago", "target")
    ]
    axis = marks.share_axis(numbers)
    said = "; ".join(
        f"{label}: {facts.text(each)} of all, {_tier_text(facts, each, 'crown_jewel')} of crown "
        "jewels"
        for each, (label, _) in CONTROLS.items()
    )
    return FigureSpec(
        kind="tracks",
        data={
            "head": "Control, over all tiers",
            "columns": [
                *(
                    {"title": title, "width": 130, "axis": axis, "has_gaps": True}
                    for title in TIERS.values()
                ),
                {"title": "Lowest unit", "width": 92, "anchor": "start"},
            ],
            "rows": [
                {
                    "label": label,
                    "under": _under(facts, each),
                    "is_emphasized": facts.status(each) is Status.OFF,
                    "cells": [*cells[each], _lowest(facts, each)],
                }
                for each, (label, _) in CONTROLS.items()
            ],
        },
        width=642,
        height=41 + 44 * len(CONTROLS),
        alt=f"Coverage of each control by tier, with targets and a year ago: {said}.",
    )


def _cells(facts: BoardFacts, metric_id: str) -> list[dict[str, object]]:
    by_tier = facts.figures.by(metric_id, "asset_tier")
    return [marks.mark(facts, by_tier[tier], nothing="none in scope") for tier in TIERS]


def _under(facts: BoardFacts, metric_id: str) -> str:
    """``97.9% of 8,566; target 98%``."""
    now, target = facts.now(metric_id), facts.series(metric_id).target
    if now.value is None:
        return formats.state_words(now.state)
    said = f"{facts.text(metric_id)} of {formats.number(now.n)}"
    return f"{said}; target {marks.aim(facts, metric_id)}" if target else said


def _lowest(facts: BoardFacts, metric_id: str) -> dict[str, object]:
    """The unit with the lowest coverage, where the control is not on target."""
    units = [
        (series.now.value, unit, series)
        for unit, series in facts.figures.by(metric_id, "business_unit").items()
        if series.now.value is not None and series.now.n >= marks.FEWEST
    ]
    if not units or facts.status(metric_id) is Status.ON:
        return {"words": "–" if not units else ""}
    value, unit, series = min(units, key=lambda one: one[0])
    is_off = series.status is Status.OFF
    return {"words": f"{facts.amount(value, metric_id)} {unit}", "status": "off" if is_off else ""}


def _tier_text(facts: BoardFacts, metric_id: str, tier: str) -> str:
    now = facts.figures.by(metric_id, "asset_tier")[tier].now
    return formats.result(now, facts.unit(metric_id), facts.currency)
