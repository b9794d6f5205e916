"""What is said in a report: facts, pages, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from board_report.errors import CommentaryError
from board_report.model import Finding
from board_report.pipeline.inputs import Inputs, report_windows
from board_report.pipeline.shown import restated

if TYPE_CHECKING:
    from board_report.metrics.evaluate import Figures
    from board_report.risk.metrics import RiskModel
    from board_report.story.approvals import Approvals
    from board_report.story.facts import BoardFacts
    from board_report.story.page import Page
    from board_report.story.public_page import PublicContext


@dataclass(frozen=True)
class Story:
    """Everything that is said in a report, before it is set: facts, pages, findings."""

    facts: BoardFacts
    pages: Mapping[str, tuple[Page, ...]]
    """By the module that built them."""
    findings: tuple[Finding, ...]
    """About governance, the leaders' words and the deck; those of the data stand in the inputs."""
    approvals: Approvals | None = None
    """Where its sections stand; None until they were held against what is on file."""
    public: PublicContext | None = None
    """What the disclosure says, with its state; None where it cannot be drafted."""

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Findings with which no document can be made."""
        return tuple(each for each in self.findings if each.stops)


def gather_facts(inputs: Inputs, figures: Figures, model: RiskModel) -> BoardFacts:
    """Everything the deck's pages are built from."""
    from board_report.governance.incident_register import read_register
    from board_report.governance.roles import holders_at
    from board_report.governance.rows import plain_rows
    from board_report.risk.report import risk_in_money
    from board_report.story.commentary import read_commentary
    from board_report.story.facts import BoardFacts

    project, loaded = inputs.project, inputs.loaded
    tables = loaded.tables
    windows = report_windows(project)
    money = risk_in_money(
        model,
        tables,
        windows,
        discount_rate=project.discount_rate,
        time_zone=project.calendar.time_zone,
    )
    return BoardFacts(
        project=project,
        windows=windows,
        figures=figures,
        tables=tables,
        risk=money.position if money else None,
        money=money,
        holders=holders_at(plain_rows(tables.frame("people")), project.as_of),
        commentary=read_commentary(
            project.folder, figures, project.company.currency, project.quarter
        ),
        findings=loaded.findings,
        reconciliation=loaded.reconciliation,
        sources=loaded.sources,
        restatements=restated(inputs, figures),
        incident_register=read_register(project, tables),
    )


def tell_story(inputs: Inputs, figures: Figures, model: RiskModel) -> Story:
    """Build every page and review what is said on them.

    Raises:
        CommentaryError: commentary cannot be read at all.
    """
    from board_report.governance.escalations import escalation_findings
    from board_report.governance.findings import governance_findings
    from board_report.governance.peers.findings import sic_findings
    from board_report.governance.prior_findings import prior_findings
    from board_report.governance.shown_figures import row_findings
    from board_report.risk.report import risk_findings
    from board_report.story.decision_register import decision_promise_findings
    from board_report.story.deck import build_pages
    from board_report.story.deck_lint import lint_findings
    from board_report.story.disclosure_lint import disclosure_findings
    from board_report.story.escalation_rows import escalations_of
    from board_report.story.prose_check import prose_findings
    from board_report.story.restated import find_restated

    facts = gather_facts(inputs, figures, model)
    pages = build_pages(facts)
    every = tuple(page for some in pages.values() for page in some)
    draft: tuple[Finding, ...] = ()
    with suppress(CommentaryError):  # a disclosure that cannot be drafted says so by itself
        draft = disclosure_findings(facts)
    found = (
        *risk_findings(model, facts.tables, facts.windows, figures.specs),
        *governance_findings(facts.tables, facts.window, figures),
        *_incident_findings(facts),
        *row_findings(facts.tables),
        *prior_findings(facts.tables, facts.project),
        *sic_findings(facts.project.company),
        *find_restated(facts),
        *decision_promise_findings(facts),
        *escalation_findings(escalations_of(facts)),
        *prose_findings(every, facts),
        *lint_findings(every, facts),
        *draft,
    )
    return Story(facts, pages, found)


def _incident_findings(facts: BoardFacts) -> tuple[Finding, ...]:
    """What is wrong with the records of incidents."""
    from board_report.governance.incident_register import register_findings

    register = facts.incident_register
    if register is None:
        return ()
    return register_findings(register, facts.project, facts.tables, facts.window)


def refuse(story: Story) -> None:
    """Stop where what is said cannot stand.

    Raises:
        CommentaryError: with the first finding that stops the build; all were shown before.
    """
    if not story.stops:
        return
    first, more = story.stops[0], len(story.stops) - 1
    rest = f" ({more} more such {'finding' if more == 1 else 'findings'}.)" if more else ""
    raise CommentaryError(
        f"{first.reason}{rest}", where=f"{first.file}:{first.line}", mend=first.mend
    )
