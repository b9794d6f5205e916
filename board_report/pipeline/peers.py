"""The filers of an industry, and where the draft of a project stands among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from board_report.errors import ProjectError

if TYPE_CHECKING:
    from board_report.governance.filing_text import FilingText
    from board_report.governance.peers.industries import Industry
    from board_report.governance.peers.records import Compared
    from board_report.metrics.evaluate import Figures
    from board_report.pipeline.inputs import Inputs


def find_peers(sic: str, form: str, *, without_cik: str = "") -> Compared:
    """The filers of an industry, compared with no draft.

    Args:
        sic: four digits; empty takes all filers of the form.
        form: ``10-K`` or ``20-F``.
        without_cik: number of a filer that is left out.
    """
    from board_report.governance.filing_text import FilingText

    return _compare(FilingText(0, (), form), sic, without_cik)


def draft_peers(inputs: Inputs, *, sic: str = "", form: str = "") -> Compared:
    """Where the draft of a project stands.

    Args:
        inputs: the project.
        sic: instead of the company's own code.
        form: instead of the company's own form.

    Raises:
        ProjectError: neither a code is given nor has the company one.
        DataError: findings stand that stop a build.
        CommentaryError: the draft cannot be made.
    """
    from board_report.governance.peers.industries import MEND
    from board_report.pipeline.inputs import catalogue, compute_figures
    from board_report.tables.schema import Audience

    company = inputs.project.company
    sic = sic or company.sic
    if not sic:
        raise ProjectError(
            "the company has no SIC code, and peers are found by it.",
            where="report.toml: company.sic",
            mend=MEND,
        )
    specs, _ = catalogue(inputs.project)
    public = [each for each, spec in specs.items() if spec.audience is Audience.PUBLIC]
    figures, _ = compute_figures(inputs, only=public)
    text = draft_text(inputs, figures)
    return _compare(text, sic, company.cik, form or company.form)


def draft_text(inputs: Inputs, figures: Figures) -> FilingText:
    """The draft as it would be filed, without what is not attested.

    Raises:
        CommentaryError: a statement cites a figure that is not public or does not exist.
    """
    from board_report.governance.filing_text import drafted
    from board_report.story.public import coverage_of
    from board_report.story.public_record import public_record

    record = public_record(inputs.project, inputs.loaded.tables, figures)
    coverage, _ = coverage_of(record)
    return drafted(coverage.items, fiscal_year=record.fiscal_year, form=record.form)


def compare(inputs: Inputs, text: FilingText) -> Compared:
    """A draft among the peers of the company itself, of all industries where it has no code."""
    return _compare(text, inputs.project.company.sic, inputs.project.company.cik)


def _compare(text: FilingText, sic: str, cik: str, form: str = "") -> Compared:
    from board_report.governance.peers.filings import load_filings
    from board_report.governance.peers.peer_set import peer_set
    from board_report.governance.peers.records import Compared
    from board_report.governance.peers.standing import standing

    data = load_filings()
    peers = peer_set(
        data.filings,
        sic,
        form or text.form,
        year_ends=(data.year_ends_from, data.year_ends_to),
        without_cik=int(cik or 0),
    )
    return Compared(data, peers, standing(text, peers))


def industries(words: str) -> tuple[Industry, ...]:
    """Industries of filers whose titles have these words."""
    from board_report.governance.peers.industries import find_industries

    return find_industries(words)


def checked_sic(text: str, where: str) -> str:
    """A code as it was typed, when it is one.

    Raises:
        UnknownIndustryError: it is none.
    """
    from board_report.governance.peers.industries import checked_sic as check

    return check(text, where=where)
