"""Last year's words for this year: where an officer confirms them and their fact still holds."""

from __future__ import annotations

from dataclasses import replace

from board_report.governance.item_106_records import Gap, GapCode
from board_report.governance.prior_filing import PriorFiling
from board_report.governance.statements import Fact, Statement


def carried(statement: Statement, prior: PriorFiling | None, fact: Fact | None) -> Statement:
    """The statement with the words that it carries forward; any other stays as it is.

    Where there is nothing to carry forward it is withheld, with the reason.

    Args:
        statement: an attestation; it carries forward where it names a fiscal year.
        prior: the last filing; None where there is none on record.
        fact: this year's yes-or-no fact of its sub-item.
    """
    year = statement.carried_from
    if not year:
        return statement
    if prior is None:
        why = f"no filing for fiscal year {year} is on record to carry it forward from"
    elif prior.year != year:
        why = f"it carries forward fiscal year {year}, and the last filing is for {prior.year}"
    elif (statement.sub_item, statement.position) not in prior.passages:
        why = f"the filing for fiscal year {year} has no passage {statement.position} here"
    elif prior.has_changed(statement.sub_item, fact):
        why = f"its words do not carry forward, as {was_and_is(prior, fact)}"
    else:
        text = prior.passages[statement.sub_item, statement.position]
        return replace(statement, text=text)
    return replace(statement, withheld=why)


def was_and_is(prior: PriorFiling, fact: Fact | None) -> str:
    """How a fact changed, in words."""
    assert fact is not None, "only a fact on file can have changed"
    was, now = prior.answer_of(fact.sub_item), fact.answer.replace("_", " ")
    return f"the fact was “{was}” for fiscal year {prior.year} and is “{now}” now"


def unanswered(sub_item: str, prior: PriorFiling | None, fact: Fact | None) -> Gap:
    """The gap of a sub-item for which nothing is on file, with last year's words if they may stand.

    Args:
        sub_item: its id.
        prior: the last filing; None where there is none on record.
        fact: this year's yes-or-no fact.
    """
    role = fact.role if fact else ""
    words = prior.passages_of(sub_item) if prior else ()
    if prior is None or not words:
        sentence = "No attestation is on file, so nothing is claimed."
        return Gap(GapCode.NO_STATEMENT, sentence, role)
    if prior.has_changed(sub_item, fact):
        sentence = (
            "No attestation is on file, so nothing is claimed. Last year's words do not carry "
            f"forward, as {was_and_is(prior, fact)}."
        )
        return Gap(GapCode.NO_STATEMENT, sentence, role)
    sentence = (
        f"Carried forward from the filing for fiscal year {prior.year} and not attested, "
        "so nothing is claimed by it."
    )
    return Gap(GapCode.CARRIED_FORWARD, sentence, role, words)
