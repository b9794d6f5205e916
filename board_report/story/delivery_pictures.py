"""Pictures of secure delivery: the rate and its bypasses, and a panel for each small figure."""

from __future__ import annotations

from board_report.model import MetricResult, Status
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import bar_states
from board_report.story.marks import aim, interval, share_axis
from board_report.story.page import FigureSpec

RATE = "secure_code_deployment_rate"
BYPASSES = "unapproved_bypasses"
UNAPPROVED = "unapproved-exceptions"
"""The fourth figure of the designs: a part of ``design_exceptions_lapsed``."""
SPARK = (64.0, 24.0)


def rate_unit(facts: BoardFacts) -> str:
    """What the picture of the rate shows, or why it shows nothing."""
    now = facts.now(RATE)
    if not now.measured:
        return formats.state_words(now.state)
    return f"% of {formats.number(now.n)}; clean: without a bypass"


def rate_picture(facts: BoardFacts) -> FigureSpec:
    """The joint KPI by quarter, and what is left of it without approved bypasses."""
    series = facts.series(RATE)
    clean = [each.parts.get("clean_share") for each in series.values]
    target = series.target
    held = [each for each in (*facts.values(RATE), *clean) if each is not None]
    share = facts.amount(clean[-1], RATE) if clean[-1] is not None else ""
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {"values": clean, "label": "clean" if share else "", "end": share},
                {
                    "values": facts.values(RATE),
                    "states": bar_states(facts, RATE),
                    "label": "",
                    "end": facts.text(RATE) if series.now.measured else "",
                },
            ],
            "target": {
                "value": target.value,
                "label": f"target {aim(facts, RATE)}",
                "is_limit": False,
            }
            if target and held
            else None,
            "axis": share_axis([*held, target.value if target else None], step=0.05),
        },
        width=346,
        height=122,
        alt=(
            f"Secure code deployment rate by quarter: {facts.text(RATE)} now"
            f"{f', {share} without approved bypasses' if share else ''}."
        ),
    )


def target_words(facts: BoardFacts, metric_id: str) -> str:
    """``target 0``; empty where none was declared."""
    text = facts.target_text(metric_id)
    return f"target {text}" if text else ""


def bypasses_picture(facts: BoardFacts) -> FigureSpec:
    """Unapproved bypasses by quarter."""
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


def panel(facts: BoardFacts, metric_id: str, label: str) -> dict[str, str]:
    """One small figure: its value, status and sparkline, and what it was a year ago."""
    now, status = facts.now(metric_id), facts.status(metric_id)
    is_judged = status is not Status.NONE and not _is_few(facts, now)
    return {
        "label": label,
        "value": facts.bare(metric_id) if now.measured else "–",
        "status": status.name.lower() if is_judged else "",
        "figure": f"spark-{metric_id}",
        "beside": _beside(facts, metric_id),
    }


def _is_few(facts: BoardFacts, result: MetricResult) -> bool:
    return result.n < facts.figures.spec(result.metric_id).minimum_n


def _beside(facts: BoardFacts, metric_id: str) -> str:
    """``13 a year ago; aim ≤ 10``, or why there is no value."""
    now, ago = facts.now(metric_id), facts.ago(metric_id, 4)
    if not now.measured:
        return formats.state_words(now.state)
    then = f"{facts.bare(metric_id, ago=4)} a year ago" if ago and ago.measured else ""
    goal = facts.target_text(metric_id)
    known = interval(facts, metric_id)
    few = f"n {now.n}, too few" if _is_few(facts, now) else ""
    sure = f"({known})" if known and not few else ""
    return "; ".join(filter(None, (sure, few or then, f"aim {goal}" if goal else "")))


def spark(facts: BoardFacts, metric_id: str) -> FigureSpec:
    """The course of one small figure."""
    series = facts.series(metric_id)
    title = facts.figures.spec(metric_id).title
    return FigureSpec(
        kind="sparkline",
        data={
            "values": facts.values(metric_id),
            "target": series.target.value if series.target and series.now.measured else None,
            "status": "none" if _is_few(facts, series.now) else series.status.name.lower(),
        },
        width=SPARK[0],
        height=SPARK[1],
        alt=f"{title} by quarter: {facts.text(metric_id)} now.",
    )


def _unapproved(facts: BoardFacts) -> list[float | None]:
    values = facts.series("design_exceptions_lapsed").values
    return [each.parts.get("unapproved") if each.measured else None for each in values]


def unapproved_panel(facts: BoardFacts) -> dict[str, str]:
    """The exceptions that nobody approved, as a small figure."""
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


def unapproved_spark(facts: BoardFacts) -> FigureSpec:
    """Their course."""
    values = _unapproved(facts)
    now = formats.number(values[-1]) if values[-1] is not None else "not measured"
    return FigureSpec(
        kind="sparkline",
        data={"values": values, "target": None, "status": "none"},
        width=SPARK[0],
        height=SPARK[1],
        alt=f"Design exceptions never approved by quarter: {now} now.",
    )
