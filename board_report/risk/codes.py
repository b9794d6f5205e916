"""What can be wrong with what the loss model is told, and how to mend it."""

from __future__ import annotations

from enum import StrEnum

from board_report.model import Finding, Severity
from board_report.sources.faults import Explanation, warning


class RiskCode(StrEnum):
    """Faults of the register and of what describes its risks."""

    UNOWNED = "risk_unowned"
    CURRENCY_MIXED = "risk_currency_mixed"
    UNDESCRIBED = "risk_undescribed"
    FREQUENCY_TWICE = "risk_frequency_twice"
    INPUT_TWICE = "risk_input_twice"
    TREE_INCOMPLETE = "risk_tree_incomplete"
    INPUT_IMPOSSIBLE = "risk_input_impossible"
    TOO_FREQUENT = "risk_too_frequent"
    CORRELATIONS_CONTRADICT = "risk_correlations_contradict"
    CORRELATION_IDLE = "risk_correlation_idle"
    CORRELATION_TWICE = "risk_correlation_twice"
    INPUT_IDLE = "risk_input_idle"
    NO_HISTORY = "risk_no_history"
    OUTAGE_UNKNOWN = "risk_outage_unknown"


def _error(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend)


RISK_FAULTS: dict[RiskCode, Explanation] = {
    RiskCode.UNOWNED: warning(
        "A risk of the register has no owner. It counts all the same: leaving it out would make "
        "the loss look smaller.",
        "risk {risk}, “{title}”, has no owner.",
        "Agree on who owns it and enter that role as owner_role.",
    ),
    RiskCode.CURRENCY_MIXED: _error(
        "A risk's money is in another currency than the report's. All figures of risk in money "
        "are withheld until it is mended.",
        "the money of risk {risk} is in {value}; the report is in {currency}.",
        "Convert its amounts to {currency} and empty the cell; we convert nothing, since the "
        "rate would be our choice.",
    ),
    RiskCode.UNDESCRIBED: warning(
        "A risk has no interval above zero and nothing in risk_inputs for its frequency or its "
        "loss, so it cannot be put into money and is left out.",
        "risk {risk}, “{title}”, has no {missing}, so it is left out of the loss.",
        "Give it both 90% intervals, with lower ends above zero, or describe it in risk_inputs.",
    ),
    RiskCode.FREQUENCY_TWICE: _error(
        "A risk has both a frequency of loss events and one of threat events. All figures of risk "
        "in money are withheld until it is mended.",
        "risk {risk} has a loss event frequency and a threat event frequency as well.",
        "Keep the threat events with their vulnerability, or the loss events alone.",
    ),
    RiskCode.INPUT_TWICE: _error(
        "An input that a risk can have only once is given twice. All figures of risk in money are "
        "withheld until it is mended.",
        "risk {risk} says its {input} twice.",
        "Keep one of them: only losses and resistance strength have several parts, and "
        "vulnerability is either stated or follows from capability and resistance.",
    ),
    RiskCode.TREE_INCOMPLETE: _error(
        "An input of a risk needs another that is not given. All figures of risk in money are "
        "withheld until it is mended.",
        "risk {risk} has {given} and no {missing}.",
        "Add a row for {missing}, or remove this one.",
    ),
    RiskCode.INPUT_IMPOSSIBLE: _error(
        "An input of a risk cannot be a distribution as it stands. All figures of risk in money "
        "are withheld until it is mended.",
        "{input} of risk {risk}: {why}.",
        "Change the values of this row.",
    ),
    RiskCode.TOO_FREQUENT: _error(
        "A risk may happen so often that its events cannot be drawn one by one. All figures of "
        "risk in money are withheld until it is mended.",
        "risk {risk}: {why}.",
        "State it in larger events: the losses of a week or a month as one event.",
    ),
    RiskCode.CORRELATIONS_CONTRADICT: _error(
        "The correlations of some risks cannot all be true: their matrix is not positive definite. "
        "All figures of risk in money are withheld until it is mended.",
        "the correlations of {risks} contradict one another.",
        "Lower them: shrunk to {share} of what they are, all of them, they would fit.",
    ),
    RiskCode.CORRELATION_IDLE: warning(
        "A correlation names a risk that the register does not have in that quarter, so it does "
        "nothing.",
        "{risk} is not in the register of the quarter.",
        "Remove the row, correct the number, or add the risk to the register.",
    ),
    RiskCode.CORRELATION_TWICE: _error(
        "Two risks are correlated in two rows, with different numbers. All figures of risk in "
        "money are withheld until it is mended.",
        "{risk} and {other} are correlated by {value} here and by {before} in line {line}.",
        "Keep one of the two rows.",
    ),
    RiskCode.INPUT_IDLE: warning(
        "An input describes a risk that the register does not have in that quarter, so it does "
        "nothing.",
        "risk {risk} is not in the register of {quarter}.",
        "Add the risk to the register of that quarter, or correct its number or the quarter.",
    ),
    RiskCode.NO_HISTORY: warning(
        "An input is to be fitted from history and there is none, so the prior belief alone "
        "stands.",
        "no incident that names risk {risk} tells anything of its {input}, so the prior alone is "
        "used.",
        "Enter the risk's number as risk_id of the incidents that it made real, or state the "
        "belief as lognormal.",
    ),
    RiskCode.OUTAGE_UNKNOWN: warning(
        "The insurance has a waiting period, and a risk with lost productivity does not say how "
        "long an outage lasts; none of that loss is then taken as insured.",
        "risk {risk} has lost productivity and no outage_hours, so none of it counts as insured.",
        "Add a row with outage_hours for the risk.",
    ),
}


def risk_finding(
    code: RiskCode,
    place: tuple[str, int],
    *,
    table: str = "risk_register",
    column: str = "",
    value: str = "",
    **facts: object,
) -> Finding:
    """The finding of a fault at a file and line."""
    told = RISK_FAULTS[code]
    words = {"value": value, **{name: str(each) for name, each in facts.items()}}
    return Finding(
        severity=told.severity,
        code=str(code),
        reason=told.reason.format(**words),
        mend=told.mend.format(**words),
        file=place[0],
        line=place[1],
        column=column,
        value=value,
        table=table,
    )
