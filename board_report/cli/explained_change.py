"""What ``explain`` says of chance: the interval of a value, and how its moves are told from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.cli.output import put

if TYPE_CHECKING:
    from board_report.metrics.declare import MetricSpec
    from board_report.model import Compared, MetricResult
    from board_report.pipeline import Inputs


def put_change(inputs: Inputs, spec: MetricSpec) -> None:
    """What each move of the figure is held against, and what comes of it by itself."""
    from board_report.pipeline import explain_change

    currency = inputs.project.company.currency
    pair = explain_change(inputs, spec)
    for name, each in zip(("last quarter", "a year ago"), pair, strict=True):
        if each is not None:
            put(f"  {name:<12} {_words(each, spec, currency)}")


def _words(compared: Compared, spec: MetricSpec, currency: str) -> str:
    from board_report.model import Verdict
    from board_report.story import formats

    told = [f"against {compared.against}: {compared.test}"]
    if compared.chance is not None:
        told.append(f"p {compared.chance:.2g}")
    if compared.is_level and compared.low is not None and compared.high is not None:
        ends = (compared.low, compared.high)
        low, high = (formats.with_unit(end, spec.unit, currency) for end in ends)
        told.append(f"limits {low} to {high}")
    is_open = compared.chance is not None and compared.alone is Verdict.SIGNAL
    more = " by itself; a report holds it against all its figures" if is_open else ""
    return f"{', '.join(told)}: {compared.alone}{more}"


def interval_words(spec: MetricSpec, result: MetricResult, currency: str) -> str:
    """``88% to 93%``; empty where none can be given."""
    from board_report.metrics.precision import interval_of
    from board_report.story import formats

    found = interval_of(spec, result)
    return " to ".join(formats.with_unit(end, spec.unit, currency) for end in found or ())
