"""The disclosure committee's paper: what each part says, what is missing, and that it is set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from board_report.charts import draw_all
from board_report.documents.committee_paper import committee_html, render_committee_paper
from board_report.governance.disclosure_lint.records import LintFinding, LintSeverity
from board_report.governance.filing_text import FilingText
from board_report.governance.peers.filings import load_filings
from board_report.governance.peers.peer_set import peer_set
from board_report.governance.peers.records import Compared
from board_report.governance.peers.standing import standing
from board_report.period import Quarter
from board_report.project import load_project
from board_report.resources import sample_folder, templates_folder
from board_report.story.committee_page import CommitteePaper, PaperFigure, PicturePart
from board_report.story.committee_paper import committee_paper, paper_findings
from board_report.story.page import FigureSpec
from board_report.story.public import public_context, with_approval
from board_report.story.public_page import CheckRow, PublicContext
from tests.governance_data import record, tables
from tests.unit.peers.filers import draft

MOMENT = datetime(2026, 10, 9, 12, tzinfo=UTC)
COMPANY = load_project(sample_folder()).company


def public(**changes: Any) -> PublicContext:
    return public_context(record(tables(**changes)))


def paper(context: PublicContext | None = None, **parts: Any) -> CommitteePaper:
    return committee_paper(
        context or public(), company=COMPANY, quarter=Quarter(2026, 3), created=MOMENT, **parts
    )


def found(severity: str = "warning", **more: Any) -> LintFinding:
    given: dict[str, Any] = {
        "code": "filing_how_missing",
        "theme": "Integration asserted without how",
        "sub_item": "106(b)(1)(i)",
        "source": "AT-02",
        "quote": "are integrated",
        "sentence": "It does not say how.",
        "mend": "Say how.",
        "reference": "106(b)(1)(i)",
        "checked_on": date(2026, 11, 23),
        "is_verified": True,
    }
    return LintFinding(severity=LintSeverity(severity), **{**given, **more})


def compared(text: FilingText, sic: str = "5047", form: str = "10-K", most: int = 0) -> Compared:
    data = load_filings()
    some = [each for each in data.filings if each.form == form][-most:] if most else data.filings
    peers = peer_set(some, sic, form, year_ends=(data.year_ends_from, data.year_ends_to))
    return Compared(data, peers, standing(text, peers))


def page_text(made: CommitteePaper) -> str:
    return " ".join(committee_html(made, templates_folder()).split())


# Where the draft stands


def test_open_points_are_listed_with_whoever_they_wait_for() -> None:
    disagreeing = CheckRow("Dates", "1 to mend", "square", ("106(c)(1): the day is wrong.",))
    context = replace(public(), checks=(disagreeing,))
    gap = next(
        gap
        for section in context.sections
        for heading in section.headings
        for entry in heading.entries
        for gap in entry.gaps
    )
    made = paper(context).standing

    assert (made.points[0].kind, made.points[0].sentence) == ("Gap", gap.text)
    assert made.points[0].owner == gap.owner
    assert (made.points[-1].kind, made.points[-1].where) == ("Disagreement", "106(c)(1)")
    assert made.points[-1].sentence == "the day is wrong."
    names = {
        each.who
        for row in context.completeness
        if row.sub_item == "106(c)(1)"
        for each in row.attested
    }
    assert set(made.points[-1].owner.split("; ")) == names
    assert made.title.endswith("keep the draft of Item 1C from approval")


def test_title_of_a_complete_and_of_an_approved_draft() -> None:
    whole = replace(public(), sections=(), checks=(), is_complete=True, summary="All are complete.")
    approved = with_approval(whole, date(2026, 10, 20), ["GC"])

    assert paper(whole).standing.title == (
        "The draft of Item 1C is complete, and waits for its approval"
    )
    assert "approved 20\u00a0Oct\u00a02026 by the GC" in paper(approved).standing.title
    assert paper(whole).standing.lead == (
        "All are complete. State of the disclosure: draft for counsel."
    )
    assert "State of the disclosure: approved 20" in paper(approved).standing.lead


# What a reader would object to


def test_findings_stand_by_weight() -> None:
    made = paper(findings=paper_findings([found("note"), found("error"), found("warning")])).lint
    assert made is not None

    assert [each.word for each in made.groups] == [
        "To mend before it is final",
        "For counsel to look at",
        "Worth a thought",
    ]
    assert [len(each.findings) for each in made.groups] == [1, 1, 1]


@pytest.mark.parametrize(
    ("severities", "title"),
    [
        ([], "The rules find nothing that a reader of filings would object to"),
        (["note"], "Nothing has to be mended; what is noted is found in many filings"),
        (
            ["warning"],
            "One point is for counsel to look at; it does not keep the text from being final",
        ),
        (
            ["warning"] * 2,
            "Two points are for counsel to look at; none keeps the text from being final",
        ),
        (["error"], "One point has to be mended before the text is final"),
        (
            ["error", "error", "warning"],
            "Two points have to be mended before the text is final; one more is for counsel",
        ),
    ],
)
def test_title_of_the_lint(severities: list[str], title: str) -> None:
    made = paper(findings=paper_findings([found(each) for each in severities])).lint

    assert made is not None
    assert made.title == title


def test_draft_without_a_word_is_not_praised() -> None:
    context = public(attestations=[])
    made = paper(context, findings=()).lint

    assert made is not None
    assert made.title == "The draft says nothing yet that a reader could object to"


def test_what_is_not_public_and_what_nobody_checked_is_marked() -> None:
    findings = paper_findings([found(is_private=True, is_verified=False), found()])
    text = page_text(paper(findings=findings))

    assert text.count("<b>not public</b>") == 1
    assert text.count("· from memory") == 1
    assert "is for this paper alone" in text
    assert "23 Nov 2026" in text
    plain = page_text(paper(findings=paper_findings([found()])))
    assert "not public" not in plain and "from memory" not in plain


# Peers and clocks


def test_peers_are_named_with_their_number_industry_and_years() -> None:
    made = paper(compared=compared(draft(b1="x" * 400))).peers
    assert made is not None

    assert made.lead.startswith("Compared with 47 filers of Form 10-K in wholesale trade, durable")
    assert "SIC 5047 has 2 filers" in made.lead
    assert "1\u00a0Feb\u00a02025" in made.lead
    assert any("Length is not quality" in each for each in made.notes)
    assert [each.name for each in made.figures] == ["peer-answers.svg", "peer-lengths.svg"]


def test_few_peers_are_said_to_be_few() -> None:
    made = paper(compared=compared(draft(), sic="", form="10-K", most=12)).peers

    assert made is not None
    assert "So few cannot tell what is usual." in made.lead


def test_parts_that_are_not_there_are_left_out() -> None:
    bare = page_text(paper())
    clocks = PicturePart("A deadline runs", "", (), ("Nothing is decided here.",))

    assert bare.count("<h1>") == 1
    assert page_text(paper(findings=(), clocks=clocks)).count("<h1>") == 3
    assert "Nothing is decided here." in page_text(paper(clocks=clocks))


# The page


def test_words_are_escaped_and_the_paper_says_what_it_is() -> None:
    text = page_text(paper(findings=paper_findings([found(quote="<b>all</b> & more")])))

    assert "&lt;b&gt;all&lt;/b&gt; &amp; more" in text
    assert "Confidential: Board of Directors" in text
    assert "Not filed; not legal advice. Rules checked on" in text


def worst() -> CommitteePaper:
    """Everything at once: gaps throughout, long findings, few peers, and a made-up clock."""
    long = "Whatever an officer may write at some length about what it is that they do. " * 4
    findings = [
        found(severity, quote=long[:160], sentence=long, mend=long[:120], is_private=at % 2 == 0)
        for severity in ("error", "warning", "note")
        for at in range(6)
    ]
    spec = FigureSpec(
        "peer_answers",
        {"rows": [], "heads": dict.fromkeys(("label", "value", "answer"), "x")},
        516,
        60,
        "A clock.",
    )
    clocks = PicturePart(
        "A deadline runs", "In days.", (PaperFigure("clock-1.svg", "INC-1", spec),)
    )
    text = draft({"106(b)(2)": True}, b1="x" * 60_000, b2="y", committee="z")
    return paper(
        public(attestations=[], item_106_facts=[]),
        findings=paper_findings(findings),
        compared=compared(text, sic="", form="20-F", most=14),
        clocks=clocks,
    )


def empty() -> CommitteePaper:
    return paper(
        public(attestations=[], item_106_facts=[]), findings=(), compared=compared(draft(), sic="")
    )


def rendered(made: CommitteePaper) -> PdfReader:
    result = render_committee_paper(
        made,
        templates=templates_folder(),
        drawings=draw_all(made.figures),
        generated_at=MOMENT,
    )
    assert result.warnings == ()
    return PdfReader(BytesIO(result.data))


@pytest.mark.parametrize(("made", "least"), [(worst, 5), (empty, 2)])
def test_every_paper_is_set_without_a_warning(made: Any, least: int) -> None:
    reader = rendered(made())
    first = reader.pages[0].extract_text()

    assert len(reader.pages) >= least
    assert "Paper for the disclosure committee" in first
    assert all("Not filed" in page.extract_text() for page in reader.pages)


def test_peers_stand_on_one_page() -> None:
    reader = rendered(paper(compared=compared(draft(b1="x" * 400, b2="y" * 100))))
    pages = [
        at for at, page in enumerate(reader.pages) if "Length is not quality" in page.extract_text()
    ]

    assert len(pages) == 1
    assert "Answers to the yes-or-no facts" in reader.pages[pages[0]].extract_text()
    assert len(reader.pages) == pages[0] + 1


def test_same_paper_has_the_same_bytes() -> None:
    made = empty()
    drawings = draw_all(made.figures)
    one, two = (
        render_committee_paper(
            made, templates=templates_folder(), drawings=drawings, generated_at=MOMENT
        ).data
        for _ in range(2)
    )
    assert one == two
