"""The paper for the disclosure committee: where the draft stands, and what is said against it.

It is a paper of the board. It may tell what is not public, and nothing that is filed is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.committee_page import (
    CommitteePaper,
    FindingGroup,
    LintPart,
    PaperFinding,
    PaperPoint,
    PicturePart,
    StandingPart,
)
from board_report.story.committee_peers import peers_part

if TYPE_CHECKING:
    from board_report.governance.disclosure_lint.records import LintFinding
    from board_report.governance.peers.records import Compared
    from board_report.model import Company
    from board_report.period import Quarter
    from board_report.story.public_page import PublicContext

_GROUPS = (
    ("error", "To mend before it is final", "square"),
    ("warning", "For counsel to look at", "ring"),
    ("note", "Worth a thought", "thin"),
)


def committee_paper(
    public: PublicContext,
    *,
    company: Company,
    quarter: Quarter,
    created: datetime,
    findings: Sequence[PaperFinding] | None = None,
    compared: Compared | None = None,
    clocks: PicturePart | None = None,
) -> CommitteePaper:
    """Set the paper.

    Args:
        public: what the disclosure says, with its state.
        company: whose paper it is.
        quarter: reported on.
        created: the document's date.
        findings: of the disclosure lint; None leaves that part out.
        compared: the draft among its peers; None leaves that part out.
        clocks: of incidents; None leaves that part out.
    """
    return CommitteePaper(
        company_name=public.company_name,
        classification=company.classification,
        form=public.form,
        item=public.item,
        item_title=public.item_title,
        rule=public.rule,
        fiscal_year=public.fiscal_year,
        as_of=public.as_of,
        quarter_words=quarter.words,
        rules_checked_on=public.rules_checked_on,
        state=public.state,
        created=created.isoformat(),
        standing=_standing(public),
        lint=None if findings is None else _lint(findings, is_said=_is_said(public)),
        peers=None if compared is None else peers_part(compared),
        clocks=clocks,
        language=public.language,
    )


def paper_findings(found: Iterable[LintFinding]) -> tuple[PaperFinding, ...]:
    """The lint's findings as the paper prints them."""
    return tuple(
        PaperFinding(
            code=each.code,
            theme=each.theme,
            severity=str(each.severity),
            sub_item=each.sub_item,
            source=each.source,
            quote=each.quote,
            sentence=each.sentence,
            mend=each.mend,
            is_private=each.is_private,
            is_verified=each.is_verified,
            checked_on=each.checked_on,
        )
        for each in found
    )


# --- where the draft stands ----------------------------------------------------------------------


def _standing(public: PublicContext) -> StandingPart:
    points = (*_gaps(public), *_disagreements(public))
    return StandingPart(
        title=_standing_title(public, points),
        lead=_standing_lead(public),
        points=points,
        rows=public.completeness,
    )


def _standing_title(public: PublicContext, points: Sequence[PaperPoint]) -> str:
    if not points:
        done = "is complete" if public.is_complete else "has no open point"
        return f"The draft of {public.item} {done}, and {_state(public)}"
    gaps = sum(each.kind == "Gap" for each in points)
    counts = [
        formats.counted(number, noun)
        for number, noun in ((gaps, "gap"), (len(points) - gaps, "disagreement"))
        if number
    ]
    said = formats.listed(counts)
    verb = "keeps" if len(points) == 1 else "keep"
    return f"{said[:1].upper()}{said[1:]} {verb} the draft of {public.item} from approval"


def _standing_lead(public: PublicContext) -> str:
    """How much is complete, and the state that the disclosure prints on its pages."""
    complete = public.summary.partition(". ")[0].rstrip(".")
    return f"{complete}. State of the disclosure: {public.state[:1].lower()}{public.state[1:]}."


def _state(public: PublicContext) -> str:
    """``it is approved by the GC``; or what it waits for."""
    if public.is_draft:
        return "waits for its approval"
    by = f" by the {public.approved_by}" if public.approved_by else ""
    return f"{public.state[:1].lower()}{public.state[1:]}{by}"


def _gaps(public: PublicContext) -> Iterable[PaperPoint]:
    for section in public.sections:
        for heading in section.headings:
            for entry in heading.entries:
                for gap in entry.gaps:
                    yield PaperPoint("Gap", entry.sub_item, gap.text, gap.owner)


def _disagreements(public: PublicContext) -> Iterable[PaperPoint]:
    owners: dict[str, dict[str, None]] = {}
    for row in public.completeness:
        owners.setdefault(row.sub_item, {}).update(dict.fromkeys(e.who for e in row.attested))
    for check in public.checks:
        for sentence in check.to_mend:
            where, _, what = sentence.partition(": ")
            if not what:
                where, what = "", sentence
            yield PaperPoint("Disagreement", where, what, "; ".join(owners.get(where, ())))


# --- what a reader would object to ---------------------------------------------------------------


def _is_said(public: PublicContext) -> bool:
    """Whether the draft says anything at all."""
    return any(heading.is_said for section in public.sections for heading in section.headings)


def _lint(findings: Sequence[PaperFinding], *, is_said: bool) -> LintPart:
    if not is_said and not findings:
        lead = "The rules are held against attested words, of which there are none."
        return LintPart("The draft says nothing yet that a reader could object to", lead, ())
    groups = tuple(
        FindingGroup(word, mark, tuple(each for each in findings if each.severity == severity))
        for severity, word, mark in _GROUPS
    )
    return LintPart(
        title=_lint_title(findings),
        lead=_lint_lead(findings),
        groups=tuple(each for each in groups if each.findings),
    )


def _lint_title(findings: Sequence[PaperFinding]) -> str:
    if not findings:
        return "The rules find nothing that a reader of filings would object to"
    errors = sum(each.severity == "error" for each in findings)
    warnings = sum(each.severity == "warning" for each in findings)
    if errors:
        what = formats.counted(errors, "point has", "points have")
        more = formats.counted(warnings, "more is", "more are") if warnings else ""
        rest = f"; {more} for counsel" if more else ""
        return f"{what[:1].upper()}{what[1:]} to be mended before the text is final{rest}"
    if warnings:
        what = formats.counted(warnings, "point is", "points are")
        none = "it does not keep" if warnings == 1 else "none keeps"
        start = f"{what[:1].upper()}{what[1:]} for counsel to look at"
        return f"{start}; {none} the text from being final"
    return "Nothing has to be mended; what is noted is found in many filings"


def _lint_lead(findings: Sequence[PaperFinding]) -> str:
    parts = ["Held against rules on words, facts on record and last year’s text."]
    if any(each.is_private for each in findings):
        parts.append(
            "Marked “not public”: the reason tells what is not public and is for this paper alone."
        )
    dates = [each.checked_on for each in findings if each.checked_on]
    if dates:
        parts.append(f"Rules of the lint checked on {formats.day(min(dates))} or later.")
    if any(not each.is_verified for each in findings):
        parts.append("Marked “from memory”: nobody has checked that theme against a source.")
    return " ".join(parts)
