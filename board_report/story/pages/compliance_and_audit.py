"""Compliance and audit: scores of the frameworks, open findings, and what has lapsed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from board_report.metrics.declare import Unit, past, stands_at_cutoff
from board_report.model import MetricResult, State, Status
from board_report.story import formats, marks, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import bar_states, first_that_fits, key_figure, shortened
from board_report.story.page import FigureSpec, Page

FRAMEWORKS = {
    "soc2_score": ("soc2", "SOC 2"),
    "iso27001_score": ("iso27001", "ISO 27001"),
    "hipaa_score": ("hipaa", "HIPAA"),
    "gdpr_score": ("gdpr", "GDPR"),
    "pci_dss_score": ("pci_dss", "PCI DSS"),
}
ORIGINS = {
    "internal_audit": "Internal audit",
    "external_audit": "External audit",
    "regulator": "Regulator",
    "penetration_test": "Penetration test",
}
LAPSED_SHOWN = 2
_ASSESSORS = {"self": "self", "internal_audit": "internal audit", "external": "external"}
_MEASURES = {
    "audit_closed_on_time": "Findings closed on time",
    "pentest_criticals_open": "Pen-test criticals and highs",
    "policies_in_date": "Policies in date",
    "hunts_finished": "Threat hunts finished",
}
_KEYS = (
    ("audit_findings_overdue", "past the agreed date"),
    ("repeat_finding_share", "of findings raised in four quarters"),
    ("acceptances_lapsed", "risks carried after their acceptance ended"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: frameworks at the left, findings and lapsed acceptances beside them."""
    lapsed = _lapsed(facts)
    return (
        Page(
            id="compliance-and-audit",
            section="Compliance and audit",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO"),
            sources=(
                "Sources: compliance assessments, audit and penetration-test findings, policies, "
                "risk acceptances, threat hunts. Definitions: appendix."
            ),
            body={
                "quarter": facts.project.quarter.short,
                "measures": [_measure(facts, each) for each in _MEASURES],
                "hunts": _hunts(facts),
                "origins": _origins(facts),
                "lapsed": lapsed[:LAPSED_SHOWN],
                "lapsed_head": _lapsed_head(len(lapsed)),
                "acceptances": _acceptances(facts),
                "key_figures": [key_figure(facts, each, words) for each, words in _KEYS],
            },
            figures={"frameworks": _frameworks(facts), "findings": _findings(facts)},
            metric_ids=(
                *FRAMEWORKS,
                "audit_findings_open",
                "audit_findings_overdue",
                "repeat_finding_share",
                *_MEASURES,
                "hunt_yield",
                "detections_from_hunts",
                "acceptances_open",
                "acceptances_lapsed",
            ),
        ),
    )


# --- words -------------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    scores, findings, lapsed = _scores(facts), _overdue(facts), _lapsed_words(facts)
    rest = [each for each in (findings, lapsed) if each]
    if not scores and not rest:
        return "Neither compliance nor audit findings are measured"
    start = scores or ("No framework is measured",)
    return first_that_fits(
        *(f"{each}; {' and '.join(rest)}" for each in start if rest),
        *(f"{each}; {rest[0]}" for each in start if rest),
        start[-1],
    )


def _scores(facts: BoardFacts) -> tuple[str, ...]:
    """Which frameworks miss and which meet their targets, by name; empty if none is measured."""
    named = {
        status: [
            name
            for each, (_, name) in FRAMEWORKS.items()
            if facts.now(each).measured and facts.status(each) is status
        ]
        for status in Status
    }
    off, near, on = named[Status.OFF], named[Status.NEAR], named[Status.ON]
    if not any(named.values()):
        return ()
    if not off and not near and not on:
        return ("The frameworks have scores and no targets",)
    if off:
        miss = f"{formats.listed(off)} {_is(off)} off target"
        return (f"{miss}, {formats.listed(on)} {_is(on)} on it", miss) if on else (miss,)
    if near:
        return (f"No framework is off target, {formats.listed(near)} {_is(near)} near it",)
    if named[Status.NONE]:
        return ("Every framework that has a target meets it",)
    return ("Every framework measured meets its target",)


def _is(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _overdue(facts: BoardFacts) -> str:
    now = facts.now("audit_findings_overdue")
    if now.value is None:
        return ""
    if not now.value:
        return "no audit finding is overdue"
    return formats.counted(int(now.value), "audit finding is", "audit findings are") + " overdue"


def _lapsed_words(facts: BoardFacts) -> str:
    count = facts.now("acceptances_lapsed").value
    if not count:
        return ""
    return formats.counted(int(count), "risk acceptance has", "risk acceptances have") + " lapsed"


def _context(facts: BoardFacts) -> str:
    thin = [
        name for each, (_, name) in FRAMEWORKS.items() if facts.now(each).state is State.WITHHELD
    ]
    said = "Score: requirements met of those assessed. What nobody assessed neither raises nor "
    said += "lowers it"
    if not thin:
        return f"{said}; it is named under the framework."
    return f"{said}. Too little assessed for a score: {formats.listed(thin)}."


# --- frameworks --------------------------------------------------------------------------------


def _frameworks(facts: BoardFacts) -> FigureSpec:
    cells = {each: marks.mark(facts, facts.series(each)) for each in FRAMEWORKS}
    numbers = [cell[key] for cell in cells.values() for key in ("now", "year_ago", "target")]
    return FigureSpec(
        kind="tracks",
        data={
            "head": "Framework, assessed by",
            "columns": [
                {
                    "title": "",
                    "width": 128,
                    "axis": marks.share_axis(numbers, step=0.05),
                    "has_gaps": True,
                },
                {"title": "met", "width": 46},
            ],
            "rows": [
                {
                    "label": name,
                    "under": _assessed(facts, each, framework),
                    "is_emphasized": facts.status(each) is Status.OFF,
                    "cells": [
                        cells[each],
                        {"words": marks.of(facts.now(each)) if facts.now(each).measured else ""},
                    ],
                }
                for each, (framework, name) in FRAMEWORKS.items()
            ],
        },
        width=346,
        height=186,
        alt="Requirements met of those assessed, against targets: "
        + ", ".join(f"{name} {facts.text(each)}" for each, (_, name) in FRAMEWORKS.items())
        + ".",
    )


def _assessed(facts: BoardFacts, metric_id: str, framework: str) -> str:
    """``external; 6 not assessed``: who assessed, and what nobody did."""
    now = facts.now(metric_id)
    if now.state is State.NOT_MEASURED:
        return ""
    missing = int(now.parts.get("not_assessed", 0))
    by = _assessors(facts, framework)
    left = f"{formats.number(missing)} not assessed" if missing else "all assessed"
    return "; ".join(each for each in (by, left) if each)


def _assessors(facts: BoardFacts, framework: str) -> str:
    """Who assessed the framework this quarter, by the rows; several are all named."""
    rows = facts.rows("compliance_assessments")
    some = rows[(rows["quarter"] == str(facts.project.quarter)) & (rows["framework"] == framework)]
    found = {row["assessor"] for row in some.to_dict("records")}
    return formats.listed([words for each, words in _ASSESSORS.items() if each in found])


# --- audit findings ----------------------------------------------------------------------------


def _findings(facts: BoardFacts) -> FigureSpec:
    values, overdue = facts.values("audit_findings_open"), facts.values("audit_findings_overdue")
    return FigureSpec(
        kind="bars",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "values": values,
            "labels": ["" if each is None else formats.number(each) for each in values],
            "states": bar_states(facts, "audit_findings_open"),
            "part": {"values": [each or 0 for each in overdue], "label": ""},
        },
        width=272,
        height=92,
        alt=(
            f"Audit findings open by quarter: {facts.text('audit_findings_open')} now, of which "
            f"{facts.text('audit_findings_overdue')} overdue."
        ),
    )


def _origins(facts: BoardFacts) -> list[list[str]]:
    """Open, overdue and repeated findings by who raised them, and in all."""
    ids = ("audit_findings_open", "audit_findings_overdue", "repeat_finding_share")
    if facts.now(ids[0]).value is None:
        return []
    by = [facts.figures.by(each, "origin") for each in ids]
    rows = [
        [name, *(_number(series[origin].now) for series in by[:2]), _of(by[2][origin].now)]
        for origin, name in ORIGINS.items()
    ]
    total = [facts.now(each) for each in ids]
    return [*rows, ["All", *(_number(each) for each in total[:2]), _of(total[2])]]


def _number(result: MetricResult) -> str:
    return "–" if result.value is None else formats.number(result.value)


def _of(result: MetricResult) -> str:
    return marks.of(result) if result.n else "none raised"


# --- small measures ----------------------------------------------------------------------------


def _measure(facts: BoardFacts, metric_id: str) -> dict[str, str | bool]:
    now, status = facts.now(metric_id), facts.status(metric_id)
    value = facts.text(metric_id)
    target = facts.target_text(metric_id)
    sign = "%" if target and facts.unit(metric_id) is Unit.RATIO else ""
    if now.measured and "denominator" in now.parts:
        value = f"{value} ({marks.of(now)})"
    return {
        "name": _MEASURES[metric_id],
        "value": value,
        "is_measured": now.measured,
        "target": f"{target}{sign}" or "–",
        "status": status.name.lower(),
        "word": "" if status is Status.NONE else status.name.capitalize(),
    }


def _hunts(facts: BoardFacts) -> str:
    """``Two of seven hunts found something; eight detections added.``"""
    found, added = facts.now("hunt_yield"), facts.now("detections_from_hunts")
    if found.value is None or added.value is None:
        return ""
    count = int(found.parts["numerator"])
    rules = formats.counted(int(added.value), "detection")
    if found.n == 1:
        return f"The one hunt found {'something' if count else 'nothing'}; {rules} added."
    said = formats.count_words(count) if count else "none"
    hunts = formats.counted(found.n, "hunt")
    return sentences.capital(f"{said} of {hunts} found something; {rules} added.")


# --- acceptances -------------------------------------------------------------------------------


def _lapsed(facts: BoardFacts) -> list[dict[str, str]]:
    """Acceptances that are open and past their date, the longest lapsed first."""
    if not facts.now("acceptances_lapsed").value:
        return []
    rows, window = facts.rows("risk_acceptances"), facts.window
    lapsed = rows[
        stands_at_cutoff(rows["accepted_on"], rows["closed_on"], window)
        & past(rows["expires_on"], window)
    ]
    return [
        _acceptance(facts, each) for each in lapsed.sort_values("expires_on").to_dict("records")
    ]


def _lapsed_head(count: int) -> str:
    if count <= LAPSED_SHOWN:
        return "Acceptances of risk that lapsed"
    return f"Lapsed acceptances, {LAPSED_SHOWN} of {formats.number(count)}"


def _acceptance(facts: BoardFacts, row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        "title": shortened(row["title"], 36),
        "by": _approver(facts, row["approver_role"]),
        "on": formats.day(row["expires_on"].date()),
    }


def _approver(facts: BoardFacts, role: str) -> str:
    """``approved by I. Drummond, CISO``, or the role alone where nobody is on record."""
    return f"approved by {facts.owner(role)}"


def _acceptances(facts: BoardFacts) -> str:
    """What stands where no acceptance has lapsed."""
    now, opened = facts.now("acceptances_lapsed"), facts.now("acceptances_open")
    if now.value is None:
        return sentences.capital(f"{formats.state_words(now.state)}.")
    if not opened.value:
        return "No risk stands accepted."
    if opened.value == 1:
        return "The one open acceptance has not lapsed."
    return f"None of {formats.counted(int(opened.value), 'open acceptance')} has lapsed."
