"""What ``board-report explain --sentence`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from board_report.cli.output import put, say

if TYPE_CHECKING:
    from board_report.story.traced_sentences import TracedSentence


def put_sentences(found: Sequence[TracedSentence]) -> None:
    """Each sentence with its attestation, fact and figures."""
    for number, each in enumerate(found):
        if number:
            put("")
        put(f"{each.sub_item} {each.statement_id}: {each.text}")
        for name, text in _lines(each):
            put(f"  {name:<14} {text}")
    say("For counsel; not legal advice.")


def _lines(each: TracedSentence) -> list[tuple[str, str]]:
    on = each.attested_on
    who = f"{each.person}, {each.role}" if each.person else each.role
    lines = [
        ("in the draft", "yes" if each.is_printed else f"no. {each.withheld}".rstrip()),
        ("attested by", f"{who}, on {on}" if on else f"nobody yet; to be by {who}"),
        ("on record in", each.where),
        ("as filed for", f"{each.carried_from} ({each.filed_where})" if each.carried_from else ""),
        ("the rule asks", each.requirement),
        ("rules checked", str(each.rules_checked_on)),
    ]
    if each.fact:
        answer = each.fact.answer.replace("_", " ")
        dated = f"attested by {each.fact.role}, on {each.fact.attested_on}"
        dated = dated if each.fact.attested_on else f"not attested yet by {each.fact.role}"
        lines.insert(3, ("its fact", f"{answer}, {dated} ({each.fact.where})"))
    for figure in each.figures:
        lines.insert(3, ("live figure", _figure(figure.title, figure.text, figure.metric_id)))
    return [(name, text) for name, text in lines if text]


def _figure(title: str, text: str, metric_id: str) -> str:
    return f"{title}: {text}; its rows: board-report explain {metric_id}"


def sentence_records(found: Sequence[TracedSentence]) -> list[dict[str, Any]]:
    """The same for ``--json``."""
    return [
        {
            "text": each.text,
            "sub_item": each.sub_item,
            "statement_id": each.statement_id,
            "where": each.where,
            "carried_from": each.carried_from or None,
            "filed_where": each.filed_where,
            "role": each.role,
            "person": each.person,
            "attested_on": str(each.attested_on) if each.attested_on else None,
            "in_the_draft": each.is_printed,
            "withheld": each.withheld,
            "figures": [
                {"id": figure.metric_id, "title": figure.title, "text": figure.text}
                for figure in each.figures
            ],
            "fact": {
                "answer": each.fact.answer,
                "role": each.fact.role,
                "attested_on": str(each.fact.attested_on) if each.fact.attested_on else None,
                "where": each.fact.where,
            }
            if each.fact
            else None,
            "requirement": each.requirement,
            "rules_checked_on": str(each.rules_checked_on),
        }
        for each in found
    ]
