"""The lint's findings beside those of the data: same codes, with file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from board_report.governance.disclosure_lint.records import LintFinding, LintSeverity
from board_report.governance.disclosure_lint.rules import load_lint_rules
from board_report.model import Finding, Severity
from board_report.sources.faults import Explanation, explained

TABLE = "attestations"
FILE = "governance/attestations.csv"
LONGEST_QUOTE = 90
"""Characters of a quote in a message; the file has the rest."""

DISCLOSURE_FAULTS: dict[str, Explanation] = {
    rule.code: Explanation(
        # A draft is a draft: nothing in its words stops a deck. What is an error here keeps the
        # disclosure from being final, which `--final` says.
        Severity.NOTE if rule.severity is LintSeverity.NOTE else Severity.WARNING,
        rule.looks_for,
        "{sub_item}{sentence}",
        rule.mend,
    )
    for rule in load_lint_rules().rules.values()
}
"""Every kind of finding of the disclosure lint."""


def as_findings(
    findings: Sequence[LintFinding], places: Mapping[str, tuple[str, int]]
) -> tuple[Finding, ...]:
    """Each as a finding at the line of its statement, or of the file where it has none.

    Args:
        findings: of the lint.
        places: file and line of each statement, by its number.
    """
    return tuple(_finding(each, *places.get(each.source, (FILE, 0))) for each in findings)


def _finding(each: LintFinding, file: str, line: int) -> Finding:
    place = " ".join(filter(None, (each.source, each.sub_item)))
    facts: dict[str, object] = {
        "sub_item": f"{place}: " if place else "",
        "sentence": each.sentence,
    }
    return explained(
        DISCLOSURE_FAULTS[each.code],
        each.code,
        facts,
        file=file,
        line=line,
        column="statement",
        value=shortened(each.quote),
        table=TABLE,
    )


def shortened(quote: str) -> str:
    """A quote of readable length, cut between words."""
    if len(quote) <= LONGEST_QUOTE:
        return quote
    return f"{quote[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
