"""The page of all findings, made from the codes that the modules declare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from board_report.documents.xbrl.codes import XBRL_FAULTS
from board_report.governance.collaboration import COLLABORATION_FAULTS
from board_report.governance.decision_checks import DECISION_FAULTS
from board_report.governance.disclosure_lint.findings import DISCLOSURE_FAULTS
from board_report.governance.escalation_records import ESCALATION_FAULTS
from board_report.governance.horizon import HORIZON_FAULTS
from board_report.governance.incident_codes import INCIDENT_FAULTS
from board_report.governance.item_106_findings import ITEM_106_FAULTS
from board_report.governance.joint_kpis import KPI_FAULTS
from board_report.governance.peers.findings import PEER_FAULTS
from board_report.governance.prior_findings import PRIOR_FAULTS
from board_report.governance.raci_codes import RACI_FAULTS
from board_report.governance.reporting import REPORTING_FAULTS
from board_report.governance.restatements import RESTATEMENT_FAULTS
from board_report.governance.shown_figures import ROW_FAULTS
from board_report.governance.sign_off_codes import SIGN_OFF_FAULTS
from board_report.governance.tool_findings import TOOL_FAULTS
from board_report.governance.vendor_findings import VENDOR_FAULTS
from board_report.model import Severity
from board_report.risk.back_test_findings import BACK_TEST_FAULTS
from board_report.risk.codes import RISK_FAULTS
from board_report.risk.initiative_findings import INITIATIVE_FAULTS
from board_report.sources.faults import Explanation
from board_report.story.lint_codes import LINT_FAULTS
from board_report.story.prose_codes import PROSE_FAULTS
from board_report.tables.codes import EXPLANATIONS

_PLACE = re.compile(r"\{block:(-?)([\w.]+)\}")
Faults = Mapping[str, Explanation]

GROUPS: tuple[tuple[str, str, Faults], ...] = (
    (
        "Reporting lines",
        "From `people`, the committee calendar and the risk acceptances.",
        {str(code): each for code, each in REPORTING_FAULTS.items()},
    ),
    (
        "RACI",
        "From `raci`, `people`, the risk acceptances and the log of decisions taken.",
        {str(code): each for code, each in RACI_FAULTS.items()},
    ),
    (
        "Tools",
        "From the tool inventory.",
        {str(code): each for code, each in TOOL_FAULTS.items()},
    ),
    (
        "Risk in money",
        "From `risk_register`, `risk_inputs`, `risk_correlations` and the insurance of "
        "`report.toml`.",
        {str(code): each for code, each in RISK_FAULTS.items()},
    ),
    (
        "Initiatives",
        "From `initiatives` and `initiative_effects`, held against the risks in money.",
        {str(code): each for code, each in INITIATIVE_FAULTS.items()},
    ),
    (
        "Last year's forecasts",
        "From the incidents of the year, held against the risk register of a year ago.",
        {str(code): each for code, each in BACK_TEST_FAULTS.items()},
    ),
    (
        "Working together",
        "From joint KPIs, hand-overs, reviews, disputes and vendor scores.",
        {
            str(code): each
            for faults in (KPI_FAULTS, COLLABORATION_FAULTS, VENDOR_FAULTS)
            for code, each in faults.items()
        },
    ),
    (
        "Decisions and horizon",
        "From `decisions`, their options and the horizon.",
        {
            str(code): each
            for faults in (DECISION_FAULTS, HORIZON_FAULTS)
            for code, each in faults.items()
        },
    ),
    (
        "Incidents",
        "From the records of incidents, held against the register; and why an entry is refused. "
        "[Incidents](incident-clock.md) has the rules.",
        {str(code): each for code, each in INCIDENT_FAULTS.items()},
    ),
    (
        "Escalations",
        "What moved on its own since the last quarter. None is written by hand and none is a "
        "decision; the deck shows them worst first.",
        {str(code): each for code, each in ESCALATION_FAULTS.items()},
    ),
    (
        "Commentary",
        "What the leaders wrote, held against the figures of its page. "
        "[Writing commentary](guides/commentary.md) has the rules.",
        {str(code): each for code, each in PROSE_FAULTS.items()},
    ),
    (
        "The deck",
        "What a director would object to.",
        {str(code): each for code, each in LINT_FAULTS.items()},
    ),
    (
        "Restatements",
        "Figures that a board was shown and that read otherwise now, and the record of the rows "
        "behind them. [Compliance](guides/compliance.md#restatements) has the rules.",
        {
            str(code): each
            for faults in (RESTATEMENT_FAULTS, ROW_FAULTS)
            for code, each in faults.items()
        },
    ),
    (
        "The disclosure's text",
        "What a reader of filings would object to in the draft. "
        "[Disclosure lint](disclosure-lint.md) has each rule with an example and where it is from; "
        "rules on reports of incidents are applied to their statements alone.",
        DISCLOSURE_FAULTS,
    ),
    (
        "Disclosure against its record",
        "From `attestations`, `item_106_facts`, the committee calendar, `people` and "
        "`report.toml`. They keep the disclosure from being final.",
        ITEM_106_FAULTS,
    ),
    (
        "Last year's filing",
        "From `prior_disclosure`, and from what `attestations` carry forward from it. "
        "[Redline](redline.md) has the rules.",
        {str(code): each for code, each in PRIOR_FAULTS.items()},
    ),
    (
        "Peers",
        "From `company.sic` in `report.toml`. [Peers](peers.md) has the rules.",
        {str(code): each for code, each in PEER_FAULTS.items()},
    ),
    (
        "Sign-off",
        "What is wrong with the records of preparation, review and approval. "
        "[Sign-off](guides/sign-off.md) has the rules.",
        {str(code): each for code, each in SIGN_OFF_FAULTS.items()},
    ),
    (
        "Inline XBRL",
        "From a tagged document, by `board-report xbrl check`. "
        "[Inline XBRL](inline-xbrl.md) has the rules.",
        {str(code): each for code, each in XBRL_FAULTS.items()},
    ),
)
"""Heading, where the findings come from, and the findings; those of the input come before."""

_SEVERITIES = (
    (
        Severity.ERROR,
        "Errors",
        "The row is set aside; where the last column says so, the build stops.",
    ),
    (Severity.WARNING, "Warnings", "The row is used, and a person should look at it."),
    (Severity.NOTE, "Notes", "Nothing that changes a figure."),
)


def findings_page() -> str:
    """The list of all findings as a Markdown page."""
    lines = [
        "# Findings",
        "",
        "What `board-report check` can say, by reason code.",
        "Each finding also names the file, the line, the column and the value.",
        "Words in braces stand for the facts of the case.",
        "",
        "## The input",
    ]
    for severity, title, meaning in _SEVERITIES:
        rows = [
            _row(str(code), each, last="yes" if each.stops else "")
            for code, each in EXPLANATIONS.items()
            if each.severity is severity
        ]
        lines += ["", f"### {title}", "", meaning, "", *_table("stops", rows)]
    for title, meaning, faults in GROUPS:
        rows = [_row(code, each, last=_matters(each)) for code, each in faults.items()]
        lines += ["", f"## {title}", "", meaning, "", *_table("matters as", rows)]
    return "\n".join(lines) + "\n"


def _table(last: str, rows: Iterable[str]) -> list[str]:
    return [f"| code | meaning | what to do | {last} |", "| --- | --- | --- | --- |", *rows]


def _row(code: str, each: Explanation, *, last: str) -> str:
    mend = _PLACE.sub(_in_its_block, each.mend)
    mend = mend.replace("{{", "{").replace("}}", "}").replace("|", "\\|")
    return f"| `{code}` | {each.meaning} | {mend} | {last} |"


def _in_its_block(place: re.Match[str]) -> str:
    """A message says on which line; the page cannot know."""
    write = "write" if place[1] else "Write"
    return f"{write} in its [[source]] block {place[2]} ="


def _matters(each: Explanation) -> str:
    return "error, stops" if each.stops else str(each.severity)
