"""Reporting lines in the words of the disclosure, and typed words that disagree with them."""

from datetime import date
from typing import Any

import pytest

from board_report.governance.line_words import (
    Office,
    disagreements,
    lowered,
    offices,
    speaks_of_lines,
)
from board_report.governance.roles import holders_at
from tests.governance_data import person

COMMITTEES = ("Technology and Risk Committee", "Board of Directors")


def company(to: str = "CTO", dotted: str = "CHAIR", cto: str = "Marek") -> list[dict[str, Any]]:
    return [
        person("CISO", "Chief Information Security Officer", "Ilse", to, dotted),
        person("CTO", "Chief Technology Officer", cto, "CEO"),
        person("CEO", "Chief Executive Officer", "Tamsin", "BOARD"),
        person("CHAIR", "Chair, Technology and Risk Committee", "Josune"),
    ]


def known(rows: list[dict[str, Any]]) -> dict[str, Office]:
    dated = [{**row, "since": date(2020, 1, 1)} for row in rows]
    return offices(holders_at(dated, date(2026, 9, 30)), COMMITTEES)


CHIEF = "reports to the chief technology officer"
LINE = "has a direct line to the chair of the technology and risk committee"


@pytest.mark.parametrize(
    ("rows", "role", "words"),
    [
        (company(), "CISO", f"{CHIEF} and {LINE}"),
        (company(dotted=""), "CISO", CHIEF),
        (company("BOARD", ""), "CISO", "reports to the board of directors"),
        (company("CEO", "Technology and Risk Committee"), "CISO",
         "reports to the chief executive officer and has a direct line to the technology and risk "
         "committee"),
        (company(), "CEO", "reports to the board of directors"),
        # one person: nobody reports to oneself
        (company(cto="Ilse"), "CISO",
         "is also the chief technology officer, reports to the chief executive officer and "
         f"{LINE}"),
        (company("CEO", "", cto="Ilse"), "CISO",
         "is also the chief technology officer and reports to the chief executive officer"),
        # not on record, in whole or in part
        (company(""), "CISO", ""),
        (company("VP"), "CISO", ""),
        (company("CTO", "VP"), "CISO", ""),
        (company(), "CHAIR", ""),
    ],
)  # fmt: skip
def test_line_in_words(rows: list[dict[str, Any]], role: str, words: str) -> None:
    assert known(rows)[role].words == words


def test_no_person_is_named() -> None:
    said = repr(known(company()))

    assert not any(name in said for name in ("Ilse", "Marek", "Tamsin", "Josune"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Chief Technology Officer", "chief technology officer"),
        ("Chair, Audit Committee", "chair of the audit committee"),
        ("Vice President, IT", "vice president of the IT"),
        ("General Counsel", "general counsel"),
    ],
)
def test_title_within_a_sentence(title: str, expected: str) -> None:
    assert lowered(title) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"Our chief information security officer {CHIEF} and {LINE}.",
        "Our CISO reports to the CTO.",
        "Our CISO reports directly to our Chief Technology Officer.",
        "Our CTO, who reports to the chief executive officer, runs the systems.",
        "Our CISO reports to the CTO, who reports to the CEO.",
        "The CTO runs the systems. The officer reports to the chief executive officer.",
        "Our CISO has a direct line to the chair of the committee.",
        "Our CISO and our CTO report to the committee each quarter.",
        "Our CISO reports on these matters to the board.",
        "Our CEO reports to the board.",
        "No line is named.",
    ],
)
def test_words_that_agree(text: str) -> None:
    assert disagreements([text], known(company())) == ()


@pytest.mark.parametrize("to", ["CEO", "CTO"])
def test_the_line_of_one_person_in_both_roles_agrees_with_its_own_words(to: str) -> None:
    """The second role is no new officer: the direct line is still the first one's."""
    record = known(company(to, cto="Ilse"))
    text = f"Our chief information security officer {record['CISO'].words}."
    assert "is also the chief technology officer" in text
    assert disagreements([text], record) == ()


@pytest.mark.parametrize(
    ("text", "rows", "said"),
    [
        ("Our CISO reports to the chief executive officer.", company(),
         "The text says that the CISO reports to “the chief executive officer”, and the record has "
         "the chief technology officer and the chair of the technology and risk committee."),
        ("Our CISO reports to the head of IT.", company(), "“the head of IT”"),
        ("The officer reports to the chief executive officer.", company(dotted=""),
         "the record has the chief technology officer."),
        ("Our CISO reports to the CTO.", company(""), "chair of the technology and risk"),
        ("Our CISO reports to the CTO.", company("", ""), "no line is on record"),
        ("Our CISO has a direct line to the chair of the committee.", company(dotted=""),
         "the CISO has a direct line to"),
        ("Our CISO reports to the CTO and has a dotted line to the board.", company(dotted=""),
         "the CISO has a direct line to “the board”"),
        ("Our CISO reports to the CTO.", company(cto="Ilse"), "chief executive officer"),
    ],
)  # fmt: skip
def test_words_that_disagree(text: str, rows: list[dict[str, Any]], said: str) -> None:
    (found,) = disagreements([text], known(rows))

    assert said in found


def test_text_without_a_line_says_none() -> None:
    assert not speaks_of_lines(["Our CISO reports to the committee every quarter."])
    assert speaks_of_lines(["It is so.", "It is run well. Our CISO reports to the CTO."])
