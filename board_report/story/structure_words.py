"""The judgement on the reporting structure, in words for one narrow column."""

from __future__ import annotations

from board_report.governance.roles import ReportingLine, Structure, is_directors, named
from board_report.governance.structure_fit import LEAST_KNOWN, Fit, StructureFit, judge_structure
from board_report.governance.structure_rules import Option, Reason, Situation
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import incidents_of, ungraded
from board_report.typeset import lines_needed

WIDTH = 272.0
LINES = 8
"""Lines of reasons that the column holds, for all structures together."""
_LOSS, _MAJOR = "loss_1_in_20", "major_incidents"
METRICS = (_LOSS, _MAJOR)
"""Figures that the judgement looks at."""
_SIZE = 12.0


def structure_fit(facts: BoardFacts, line: ReportingLine) -> StructureFit:
    """The judgement from the company's settings and from the report's own figures."""
    company = facts.project.company
    return judge_structure(
        Situation(
            employees=company.employees,
            annual_revenue=company.annual_revenue,
            currency=company.currency,
            growth_stage=company.growth_stage,
            industry=company.industry,
            regimes=company.regimes,
            loss_1_in_20=_value(facts, _LOSS),
            tolerance_1_in_20=_tolerance(facts),
            major_incidents=known_major_incidents(facts) if _has(facts, _MAJOR) else (),
            present=line.structure,
        ),
        lambda amount: formats.money(amount, facts.currency),
    )


def _has(facts: BoardFacts, metric_id: str) -> bool:
    return metric_id in facts.figures.specs


def known_major_incidents(facts: BoardFacts) -> tuple[float | None, ...]:
    """Those of four quarters; a zero is not known where an incident does not state its severity."""
    values, windows = facts.values(_MAJOR)[-4:], facts.windows[-4:]
    return tuple(
        value if value or not ungraded(incidents_of(facts, window)) else None
        for value, window in zip(values, windows, strict=True)
    )


def _value(facts: BoardFacts, metric_id: str) -> float | None:
    return facts.now(metric_id).value if _has(facts, metric_id) else None


def _tolerance(facts: BoardFacts) -> float | None:
    target = facts.series(_LOSS).target if _has(facts, _LOSS) else None
    return target.value if target else None


def fit_body(facts: BoardFacts, line: ReportingLine) -> dict[str, object]:
    """Verdict, the reasons of each structure, and what it rests on, for the template."""
    fit = structure_fit(facts, line)
    room, hidden = LINES, 0
    options: list[dict[str, object]] = []
    said: set[str] = set()
    for option in sorted(Option, key=fit.score, reverse=True):
        shown, used = _reasons(fit, option, said, room - 2 * (len(Option) - 1 - len(options)))
        room -= used
        counted = [each for each in fit.reasons if each.option is option and each.counts]
        hidden += max(len(counted) - len(shown), 0)
        options.append(
            {
                "name": sentences.capital(str(option)),
                "count": _count(fit, option),
                "is_present": option is fit.present,
                "reasons": shown,
            }
        )
    return {"verdict": _verdict(facts, fit, line), "options": options, "basis": _basis(fit, hidden)}


def _count(fit: StructureFit, option: Option) -> str:
    """``5 for, 1 against``, of the reasons that count."""
    sides = [sum(each.counts for each in fit.of(option, is_for=side)) for side in (True, False)]
    return f"{sides[0]} for, {sides[1]} against"


def _reasons(
    fit: StructureFit, option: Option, said: set[str], room: int
) -> tuple[list[dict[str, str]], int]:
    """Reasons on both sides in turn while there is room, and the lines that they take.

    What no other structure was judged by comes first; ``said`` gathers the rules that spoke.
    What holds in any company is said only of a structure on which the company gives no reason.
    """
    sides = []
    for is_for in (True, False):
        found = fit.of(option, is_for=is_for)
        sides.append([each for each in found if each.counts])
    if not any(sides):
        sides = [list(fit.of(option, is_for=side)) for side in (True, False)]
    turns = [side[at] for at in range(max(map(len, sides))) for side in sides if at < len(side)]
    shown: list[dict[str, str]] = []
    used = 0
    for each in sorted(turns, key=lambda one: one.rule in said):
        head = _head(each)
        lines = lines_needed(f"{head} {each.sentence}", WIDTH, _SIZE, "serif-italic")
        if used + lines > room:
            continue
        shown.append({"head": head, "text": each.sentence})
        used += lines
        said.add(each.rule)
    return shown, used


def _head(reason: Reason) -> str:
    side = "For" if reason.is_for else "Against"
    return f"{side}:" if reason.counts else f"{side}, in any company:"


def _verdict(facts: BoardFacts, fit: StructureFit, line: ReportingLine) -> str:
    """Which structure is preferred, and whether the one of today suits."""
    kind = str(fit.present).removeprefix("a ").removeprefix("one ")
    today = f"today’s {kind}" if fit.present else "today’s is not on record"
    best = (
        f"{sentences.capital(str(fit.preferred))} suits the company best" if fit.preferred else ""
    )
    if fit.preferred and fit.preferred is fit.present:
        return f"{best}, and it has one{_without_line(facts, line)}."
    if fit.fit is Fit.NOT_JUDGED:
        if fit.preferred:
            return f"{best}; {today}."
        if len(fit.known) < LEAST_KNOWN:
            return "Too little is known of the company to prefer a structure."
        return f"No structure is clearly better than the next; {today}."
    does = "fits" if fit.fit is Fit.FITS else "does not fit"
    if not fit.preferred:
        return f"No structure is clearly better than the next; {today} {does}."
    if fit.fit is Fit.FITS:
        return f"{best}; {today} fits as well."
    return f"{best}; {today} {does}{_softened(facts, line)}."


def _without_line(facts: BoardFacts, line: ReportingLine) -> str:
    """Whether a CISO outside the CTO's line lacks the one to the directors."""
    if line.structure is not Structure.INDEPENDENT:
        return ""
    has_line = any(is_directors(to, facts.holders) for to in (line.reports_to, line.dotted_line_to))
    return "" if has_line else ", without the dotted line"


def _softened(facts: BoardFacts, line: ReportingLine) -> str:
    """What the dotted line makes up for, where there is one to the directors."""
    to = line.dotted_line_to
    is_under = line.structure in (Structure.UNDER_CTO, Structure.UNDER_CIO)
    if not is_under or not is_directors(to, facts.holders):
        return ""
    return f", though its dotted line to {named(to)} helps"


def _basis(fit: StructureFit, hidden: int) -> str:
    """That it is a judgement, by which rules, how many reasons stand nowhere, what is not known."""
    said = "By rules of thumb, each counted once; no measurement."
    if hidden:
        said += f" {sentences.capital(formats.counted(hidden, 'more reason'))} not shown."
    if not fit.not_known:
        return said
    return f"{said} Not known: {formats.listed(fit.not_known)}."
