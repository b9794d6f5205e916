"""Figures of earlier quarters that read otherwise now than when the board was shown them."""

from __future__ import annotations

from board_report.model import MetricSeries
from board_report.period import Quarter
from board_report.story import formats
from board_report.story.facts import BoardFacts


def restated_figures(facts: BoardFacts) -> list[dict[str, str]]:
    """Each figure that reads otherwise than the board was shown it: both values and the reason.

    A value that vanishes in the printed digits is not restated.
    """
    reasons = {
        (row["metric_id"], row["quarter"]): row["restatement_reason"]
        for row in facts.rows("reported_figures").to_dict("records")
    }
    found = []
    for metric_id, series in facts.figures.series.items():
        for quarter, was in series.reported_before.items():
            shown, now = facts.amount(was, metric_id), _at(facts, series, quarter)
            if shown == now:
                continue
            reason = reasons.get((metric_id, str(quarter)))
            found.append(
                {
                    "title": facts.figures.spec(metric_id).title,
                    "quarter": str(quarter),
                    "was": shown,
                    "now": now,
                    "reason": reason
                    if isinstance(reason, str) and reason
                    else "No reason is on record yet.",
                }
            )
    return found


def _at(facts: BoardFacts, series: MetricSeries, quarter: Quarter) -> str:
    for each in series.values:
        if each.quarter == quarter:
            return formats.result(each, facts.unit(series.metric_id), facts.currency)
    return "not measured"
