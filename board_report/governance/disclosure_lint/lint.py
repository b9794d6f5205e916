"""The lint: every rule over a text, with or without what is on record beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from board_report.governance.disclosure_lint.cadence import check_cadence
from board_report.governance.disclosure_lint.claims import check_claims
from board_report.governance.disclosure_lint.drafting import (
    check_boilerplate,
    check_drafting,
    check_repeated,
)
from board_report.governance.disclosure_lint.effects import check_effects
from board_report.governance.disclosure_lint.expertise import check_expertise, check_providers
from board_report.governance.disclosure_lint.filed import check_filed
from board_report.governance.disclosure_lint.frameworks import check_frameworks
from board_report.governance.disclosure_lint.hypothetical import check_hypothetical, check_pending
from board_report.governance.disclosure_lint.last_year import check_last_year
from board_report.governance.disclosure_lint.oversight import check_oversight
from board_report.governance.disclosure_lint.processes import (
    check_answered,
    check_integration,
    check_third_parties,
)
from board_report.governance.disclosure_lint.reading import Reading
from board_report.governance.disclosure_lint.records import (
    Hit,
    IncidentStatement,
    LintEvidence,
    LintFinding,
)
from board_report.governance.disclosure_lint.reports import as_reading, check_report
from board_report.governance.disclosure_lint.rules import LintRules
from board_report.governance.disclosure_lint.technical import check_people, check_technical
from board_report.governance.filing_text import FilingText

Check = Callable[[Reading, LintEvidence], Iterator[Hit]]

_OF_ANY_TEXT: tuple[Check, ...] = (check_technical, check_people, check_drafting, check_repeated)
_OF_THE_ITEM: tuple[Check, ...] = (
    check_answered,
    check_integration,
    check_third_parties,
    check_effects,
    check_oversight,
    check_expertise,
    check_providers,
    check_hypothetical,
    check_pending,
    check_frameworks,
    check_cadence,
    check_last_year,
    check_filed,
    *_OF_ANY_TEXT,
    check_boilerplate,
)


def lint(text: FilingText, evidence: LintEvidence, *, rules: LintRules) -> tuple[LintFinding, ...]:
    """Everything that a reader would object to in the annual item, in the order of the text.

    It never says whether an incident is material. Findings marked private tell what is not public
    and belong into papers of the board alone.

    Args:
        text: as drafted, as filed last year, or of another company.
        evidence: what it is held against; rules that need what is not there say nothing.
        rules: the rule data.
    """
    reading = Reading(text)
    hits = [
        *(hit for check in _OF_THE_ITEM for hit in check(reading, evidence)),
        *check_claims(reading, evidence, rules.subjects),
    ]
    return _findings(hits, rules, [each.sub_item for each in text.items])


def lint_statements(
    statements: Sequence[IncidentStatement], evidence: LintEvidence, *, rules: LintRules
) -> tuple[LintFinding, ...]:
    """Everything that a reader would object to in the statements of one current report.

    Args:
        statements: in the order of the report, by aspect or as running text.
        evidence: what they are held against.
        rules: the rule data.
    """
    reading = as_reading(statements)
    hits = [
        *check_report(statements, reading),
        *(hit for check in _OF_ANY_TEXT for hit in check(reading, evidence)),
    ]
    return _findings(hits, rules, [each.aspect for each in statements])


def _findings(
    hits: Iterable[Hit], rules: LintRules, order: Sequence[str]
) -> tuple[LintFinding, ...]:
    """Each finding once, by the place of its sub-item; those of one place in the rules' order."""
    places = {name: place for place, name in reversed(list(enumerate(order)))}
    codes = {code: place for place, code in enumerate(rules.rules)}
    once = dict.fromkeys(hits)
    ordered = sorted(once, key=lambda hit: (places.get(hit.sub_item, len(order)), codes[hit.code]))
    return tuple(rules.finding(each) for each in ordered)
