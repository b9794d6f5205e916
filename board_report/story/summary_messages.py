"""The messages beside the scorecard: detection, recovery, and what a bad year costs."""

from __future__ import annotations

from board_report.metrics.declare import Unit
from board_report.model import MetricResult
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts

WITHOUT_MESSAGES = (
    "Security incidents (ciso/incidents.csv) give what there is to say of detection and recovery; "
    "a risk register (ciso/risk_register.csv) gives what a bad year costs."
)
"""What stands in place of the messages where none can be borne out."""


def summary_messages(facts: BoardFacts) -> list[dict[str, str]]:
    """Head, text and page of each message that the figures bear out; none without a value."""
    return [
        each for each in (_detection(facts), _recovery(facts), _money(facts)) if each is not None
    ]


def _detection(facts: BoardFacts) -> dict[str, str] | None:
    now, series = facts.now("mttd"), facts.series("mttd")
    if facts.is_thin("mttd"):
        return {
            "head": "Too few cases to judge detection.",
            "text": f"{sentences.capital(formats.counted(now.n, 'incident'))} of known start.",
            "page": "detect-and-respond",
        }
    if now.value is None:
        return None
    goal = sentences.against_target(
        series, "inside the target", "near the target", "over the target"
    )
    target = f", {goal} of {facts.amount(series.target.value, 'mttd')}" if series.target else ""
    return {
        "head": f"{_detection_head(facts)}.",
        "text": f"Median {_hours(facts, 'mttd')}{_then(facts, 'mttd')}{target}.",
        "page": "detect-and-respond",
    }


def _detection_head(facts: BoardFacts) -> str:
    """What the median bears out against a year ago; nothing is judged on too few cases."""
    now, ago = facts.now("mttd"), facts.ago("mttd", 4)
    if _is_few(facts, now):
        return "Too few cases to judge detection"
    if ago is None or ago.value is None or now.value is None or _is_few(facts, ago):
        return f"We detect in {_hours(facts, 'mttd')}"
    if facts.text("mttd") == facts.text("mttd", ago=4):
        return "Detection takes as long as a year ago"
    if not facts.is_told("mttd", ago=4):
        return "Detection shows no clear change"
    if now.value > ago.value:
        return "Detection has slowed"
    faster = sentences.times_faster(now.value, ago.value)
    return f"We detect {faster}" if faster else "Detection is hardly faster"


def _recovery(facts: BoardFacts) -> dict[str, str] | None:
    now, series = facts.now("mttr"), facts.series("mttr")
    if now.value is None:
        return None
    head = sentences.against_target(
        series,
        "We recover within the target.",
        "Recovery nearly meets its target.",
        "Recovery misses its target.",
        "Recovery has no target yet.",
    )
    aim = f" against {facts.amount(series.target.value, 'mttr')}" if series.target else ""
    opened = int(now.parts.get("open", 0))
    still = f"; {formats.counted(opened, 'case is', 'cases are')} still open" if opened else ""
    return {
        "head": "Too few cases to judge recovery." if _is_few(facts, now) else head,
        "text": f"Median {_hours(facts, 'mttr')}{aim}{_then(facts, 'mttr')}{still}.",
        "page": "detect-and-respond",
    }


def _is_few(facts: BoardFacts, result: MetricResult) -> bool:
    return result.n < facts.figures.spec(result.metric_id).minimum_n


def _hours(facts: BoardFacts, metric_id: str) -> str:
    text = facts.bare(metric_id)
    return f"{text} {'hour' if text == '1' else 'hours'}"


def _then(facts: BoardFacts, metric_id: str) -> str:
    ago = facts.ago(metric_id, 4)
    return f", {facts.bare(metric_id, ago=4)} a year ago" if ago and ago.measured else ""


def _money(facts: BoardFacts) -> dict[str, str] | None:
    risk = facts.measured_risk
    if risk is None:
        return None
    loss = formats.money(risk.loss_1_in_20, facts.currency)
    expected = formats.money(risk.expected_loss, facts.currency)
    tolerance = risk.tolerance_1_in_20
    if tolerance is None:
        rest = "No tolerance is set."
    else:
        apart = formats.difference(risk.loss_1_in_20, tolerance, Unit.MONEY, facts.currency)
        word = "over" if risk.loss_1_in_20 > tolerance else "under"
        is_same = loss == formats.money(tolerance, facts.currency)
        rest = "That is the tolerance." if is_same else f"That is {apart} {word} tolerance."
    return {
        "head": f"A bad year costs {loss}.",
        "text": f"One year in 20, before insurance. {rest} Expected loss is {expected} a year.",
        "page": "risk-against-appetite",
    }
