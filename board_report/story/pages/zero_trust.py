"""Zero trust: the stage of each pillar against its target, and the crown jewels under it."""

from __future__ import annotations

from board_report.model import MetricSeries, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import bar_states
from board_report.story.page import FigureSpec, Page

STAGES = ("traditional", "initial", "advanced", "optimal")


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: the ladder of pillars, and the share of crown jewels over the quarters."""
    targets = _targets(facts)
    return (
        Page(
            id="zero-trust",
            section="Zero trust",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CTO"),
            sources=(
                "Sources: zero-trust self-assessment by pillar, asset register. Stages of the CISA "
                "Zero Trust Maturity Model; the weakest pillar is the stage of the whole, never a "
                "mean. Definitions: appendix."
            ),
            body={
                "at_target": facts.text("zero_trust_at_target"),
                "lowest": _stage_words(facts.now("zero_trust_stage").value),
                "jewels": _jewels(facts),
                "next": _next_dates(facts),
            },
            figures={"pillars": _pillars(facts, targets), "jewels": _jewels_figure(facts)},
            voices_room=(272, 340),
            metric_ids=("zero_trust_stage", "zero_trust_at_target", "crown_jewels_zero_trust"),
        ),
    )


def pillar_words(pillar: str) -> str:
    """``applications_and_workloads`` as ``Applications and workloads``."""
    return sentences.capital(pillar.replace("_", " "))


def _stage_words(value: float | None) -> str:
    return STAGES[round(value) - 1] if value is not None else "not assessed"


def _targets(facts: BoardFacts) -> dict[str, tuple[int, object]]:
    """Each pillar's target stage and its date, as the quarter's rows state them."""
    rows = facts.rows("zero_trust")
    now = rows[rows["quarter"] == str(facts.project.quarter)]
    return {
        row["pillar"]: (int(row["target_stage"]), row["target_on"])
        for row in now.to_dict("records")
    }


def _title(facts: BoardFacts) -> str:
    now = facts.now("zero_trust_at_target")
    jewels = facts.now("crown_jewels_zero_trust")
    if now.value is None:
        pillars = "Zero-trust maturity was not assessed"
    else:
        met, all_of = int(now.parts["numerator"]), int(now.parts["denominator"])
        few = sentences.capital(formats.count_words(met)) if met else "None"
        verb = "is" if met <= 1 else "are"
        pillars = f"{few} of {formats.counted(all_of, 'pillar')} {verb} at the target stage"
    if jewels.value is None:
        return f"{pillars}; crown jewels under zero trust: {facts.text('crown_jewels_zero_trust')}"
    share = facts.text("crown_jewels_zero_trust")
    return f"{pillars}; {share} of crown jewels are under zero trust{_since(facts)}"


def _since(facts: BoardFacts) -> str:
    """How far the share moved in a year, in the printed digits."""
    now, ago = facts.now("crown_jewels_zero_trust"), facts.ago("crown_jewels_zero_trust", 4)
    if ago is None or ago.value is None or now.value is None:
        return ""
    before = facts.text("crown_jewels_zero_trust", ago=4)
    if before == facts.text("crown_jewels_zero_trust"):
        return ", as a year ago"
    if not facts.is_told("crown_jewels_zero_trust", ago=4):
        return f", {before} a year ago"
    return f", {'up' if now.value > ago.value else 'down'} from {before} a year ago"


def _context(facts: BoardFacts) -> str:
    now = facts.now("zero_trust_stage")
    if now.value is None:
        return "Give cto/zero_trust.csv to show the stage of each pillar."
    weakest = [
        pillar_words(pillar).lower()
        for pillar, series in facts.figures.by("zero_trust_stage", "pillar").items()
        if series.now.value == now.value
    ]
    return (
        f"The whole stands where its weakest part stands: {_stage_words(now.value)} "
        f"({formats.listed(weakest)}). Hollow: a year ago."
    )


def _row(
    pillar: str, series: MetricSeries, targets: dict[str, tuple[int, object]]
) -> dict[str, object]:
    now, ago = series.now.value, series.year_ago.value if series.year_ago else None
    target = targets.get(pillar, (None, None))[0]
    status = Status.NONE
    if now is not None and target is not None:
        short = target - now
        status = Status.ON if short <= 0 else Status.NEAR if short <= 1 else Status.OFF
    return {
        "label": pillar_words(pillar),
        "now": now,
        "year_ago": ago,
        "status": status.name.lower(),
        "value": sentences.capital(_stage_words(now)) if now is not None else "",
        "detail": f"aim {_stage_words(target)}" if target is not None else "",
        "target": target,
        "absent": "not assessed",
    }


def _pillars(facts: BoardFacts, targets: dict[str, tuple[int, object]]) -> FigureSpec:
    series = facts.figures.by("zero_trust_stage", "pillar")
    said = ", ".join(
        f"{pillar_words(pillar)} {_stage_words(each.now.value)}" for pillar, each in series.items()
    )
    return FigureSpec(
        kind="dumbbell",
        data={
            "groups": [
                {"title": "", "target": None, "target_label": "", "rows": [
                    _row(pillar, each, targets) for pillar, each in series.items()
                ]}
            ],
            "axis": {
                "low": 0.8,
                "high": 4.2,
                "ticks": [[at, sentences.capital(name)] for at, name in enumerate(STAGES, 1)],
                "is_log": False,
            },
        },
        width=568,
        height=168,
        alt=f"Stage of each zero-trust pillar now, a year ago and aimed at: {said}.",
    )  # fmt: skip


def _jewels(facts: BoardFacts) -> str:
    now = facts.now("crown_jewels_zero_trust")
    if now.value is None:
        return ""
    return (
        f"{formats.number(now.parts['numerator'])} of {formats.number(now.n)} crown-jewel systems "
        "in service"
    )


def _jewels_figure(facts: BoardFacts) -> FigureSpec:
    series = facts.series("crown_jewels_zero_trust")
    target = series.target
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {
                    "values": facts.values("crown_jewels_zero_trust"),
                    "states": bar_states(facts, "crown_jewels_zero_trust"),
                    "label": "",
                    "end": facts.text("crown_jewels_zero_trust"),
                }
            ],
            "target": {
                "value": target.value,
                "label": f"target {formats.percent(target.value)}",
                "is_limit": False,
            }
            if target
            else None,
            "axis": {
                "low": 0.0,
                "high": 1.0,
                "ticks": [[0.0, "0%"], [0.5, "50%"], [1.0, "100%"]],
                "is_log": False,
            },
        },
        width=568,
        height=108,
        alt=(
            f"Share of crown jewels under zero trust over eight quarters: "
            f"{facts.text('crown_jewels_zero_trust')} now."
        ),
    )


def _next_dates(facts: BoardFacts) -> list[dict[str, str]]:
    """Pillars below their target with the date they aim at, the earliest first."""
    series = facts.figures.by("zero_trust_stage", "pillar")
    late = [
        (when, pillar, stage)
        for pillar, (stage, when) in _targets(facts).items()
        if pillar in series and (series[pillar].now.value or 0) < stage
    ]
    return [
        {
            "pillar": pillar_words(pillar),
            "stage": _stage_words(stage),
            "by": formats.day(when.date()),
        }
        for when, pillar, stage in sorted(late, key=lambda one: str(one[0]))
        if hasattr(when, "date")
    ]
