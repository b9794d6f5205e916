"""What is signed: every figure and sentence, no page number; which section has which page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from board_report.errors import ProjectError
from board_report.governance.sign_offs import content_sha256
from board_report.story import formats, modes
from board_report.story.page import Action, Ask, FigureSpec, Judgement, Mode, Page, Voices
from board_report.story.public import public_context, with_approval
from board_report.story.section_content import public_content, section_content
from board_report.story.signed_sections import (
    COVER,
    NOTES,
    PUBLIC,
    SECTIONS,
    find_section,
    required_roles,
    section_of,
    sections_of,
)
from tests.governance_data import record

FIGURES = {"mttd": "19 h", "mttr": "49 h"}
PAGE = Page(
    id="incidents",
    section="Incidents",
    title="Two major incidents",
    context="17 in Q3",
    owners="I. Drummond, CISO",
    sources="Source: incident register. Mean 27 h.",
    body={
        "rows": [{"name": "Europe", "value": "3"}, {"name": "Corporate", "value": "2"}],
        "messages": [{"head": "We detect twice as fast.", "page": "incidents", "pages": "page 4"}],
        "density": 35,
        "cost": 3_100_000.0,
        "is_over": True,
        "on": date(2026, 7, 14),
        "nothing": None,
    },
    figures={
        "clock": FigureSpec("gantt", {"hours": [1.5, None, 47]}, 420, 200, "47 h to recover.")
    },
    voices=Voices(
        means=(Judgement("CISO", "It held."),),
        does=(Action("Separate analyzers", "Renwick", "30 Nov 2026"),),
        needs=Ask("Nothing today", "Next report"),
    ),
    metric_ids=("mttd",),
)


def of(page: Page, figures: dict[str, str] = FIGURES) -> dict[str, str]:
    return section_content([page], figures)


def test_content_is_flat_and_figures_come_first() -> None:
    said = of(PAGE)

    assert list(said.items())[:3] == [
        ("figure mttd", "19 h"),
        ("incidents / section", "Incidents"),
        ("incidents / title", "Two major incidents"),
    ]
    assert "figure mttr" not in said
    wanted = {
        "incidents / sources": "Source: incident register. Mean 27 h.",
        "incidents / body / rows / Europe / value": "3",
        "incidents / body / cost": "3100000",
        "incidents / body / is_over": "yes",
        "incidents / body / on": "2026-07-14",
        "incidents / figures / clock / alt": "47 h to recover.",
        "incidents / figures / clock / hours": "[1.5, none, 47]",
        "incidents / voices / means / 1 / text": "It held.",
        "incidents / voices / does / 1 / by": "30 Nov 2026",
        "incidents / voices / needs / detail": "Next report",
    }
    assert {path: said.get(path) for path in wanted} == wanted


def body(**changes: Any) -> Page:
    return replace(PAGE, body={**PAGE.body, **changes})


CHANGED: dict[str, Callable[[], Page]] = {
    "title": lambda: replace(PAGE, title="Three major incidents"),
    "context": lambda: replace(PAGE, context="18 in Q3"),
    "owners": lambda: replace(PAGE, owners="T. Renwick, CTO"),
    "sources": lambda: replace(PAGE, sources="Source: incident register. Mean 28 h."),
    "row": lambda: body(rows=[{"name": "Europe", "value": "4"}, PAGE.body["rows"][1]]),
    "row gone": lambda: body(rows=[PAGE.body["rows"][0]]),
    "message": lambda: body(messages=[{"head": "We detect as fast.", "page": "incidents"}]),
    "cost": lambda: body(cost=3_100_001.0),
    "flag": lambda: body(is_over=False),
    "picture": lambda: replace(
        PAGE, figures={"clock": replace(PAGE.figures["clock"], data={"hours": [1.5, None, 48]})}
    ),
    "description": lambda: replace(
        PAGE, figures={"clock": replace(PAGE.figures["clock"], alt="48 h to recover.")}
    ),
    "judgement": lambda: replace(
        PAGE, voices=replace(PAGE.voices, means=(Judgement("CISO", "It did not hold."),))
    ),
    "author": lambda: replace(
        PAGE, voices=replace(PAGE.voices, means=(Judgement("CTO", "It held."),))
    ),
    "ask": lambda: replace(PAGE, voices=replace(PAGE.voices, needs=Ask("Approve $1M", ""))),
}


@pytest.mark.parametrize("what", CHANGED)
def test_change_of_a_figure_or_a_sentence_changes_the_hash(what: str) -> None:
    assert content_sha256(of(CHANGED[what]())) != content_sha256(of(PAGE))


def test_change_of_a_printed_metric_changes_the_hash() -> None:
    assert content_sha256(of(PAGE, {**FIGURES, "mttd": "20 h"})) != content_sha256(of(PAGE))
    assert content_sha256(of(PAGE, {**FIGURES, "mttr": "50 h"})) == content_sha256(of(PAGE))


@pytest.mark.parametrize(
    "page",
    [
        body(messages=[{**PAGE.body["messages"][0], "pages": "page 9"}]),
        body(density=28),
        replace(PAGE, voices=replace(PAGE.voices, is_dense=True)),
        replace(PAGE, template="other", voices_room=None),
    ],
)
def test_page_number_and_density_do_not_change_it(page: Page) -> None:
    assert of(page) == of(PAGE)


def test_new_row_renames_no_other() -> None:
    rows = [{"name": "Retail", "value": "9"}, *PAGE.body["rows"]]
    was, now = of(PAGE), of(body(rows=rows))

    assert {path for path in now if now[path] != was.get(path)} == {
        "incidents / body / rows / Retail / name",
        "incidents / body / rows / Retail / value",
    }


def test_two_places_of_one_name_are_both_signed() -> None:
    said = of(body(**{"a": {"b / c": "1"}, "a / b": {"c": "2"}}))

    assert said["incidents / body / a / b / c"] == "1"
    assert said["incidents / body / a / b / c (2)"] == "2"


def test_numbers_of_arrays_are_as_good_as_any() -> None:
    assert of(body(cost=np.float64(3_100_000.0), n=np.int64(4))) == of(body(cost=3_100_000, n=4))


def test_last_digit_of_a_computed_number_is_not_signed() -> None:
    assert of(body(cost=0.1 + 0.2)) == of(body(cost=0.3))


def test_thing_without_words_is_refused() -> None:
    with pytest.raises(TypeError, match="no words"):
        of(body(cost=object()))


# The disclosure


def test_disclosure_is_signed_without_its_state() -> None:
    context = public_context(record())
    approved = replace(context, state="Approved 20 Oct 2026", is_draft=False, approved_by="GC")

    assert public_content(approved) == public_content(context)
    assert public_content(replace(context, summary="All is well.")) != public_content(context)


def test_disclosure_says_approved_only_when_it_is_complete() -> None:
    complete = replace(public_context(record()), is_complete=True)
    on = date(2026, 10, 20)

    approved = with_approval(complete, on, ("GC", "CISO"))
    assert (approved.state, approved.is_draft) == (f"Approved {formats.day(on)}", False)
    assert approved.approved_by == "GC and CISO"
    assert with_approval(complete, None, ("GC",)) == complete
    assert complete.is_draft
    gap = replace(complete, is_complete=False)
    assert with_approval(gap, on, ("GC",)) == gap


# Sections and roles


def test_every_page_is_in_exactly_one_section() -> None:
    every = [COVER, *modes.PAGES, modes.GLOSSARY]
    held = [module for section in SECTIONS for module in section.modules]

    assert sorted(held) == sorted(every)
    assert [section_of(module).id for module in every]


def test_every_built_page_is_of_a_module_that_is_signed() -> None:
    folder = Path(modes.__file__).parent / "pages"
    names = {path.stem for path in folder.glob("*.py")} - {"__init__"}

    assert {name for section in SECTIONS for name in section.modules} <= names
    assert {name for name in names if "def build(" in (folder / f"{name}.py").read_text()} <= {
        name for section in SECTIONS for name in section.modules
    }


@pytest.mark.parametrize(
    ("mode", "without"),
    [
        (Mode.FULL, {"disclosure-readiness", NOTES, PUBLIC}),
        (Mode.BRIEF, {"security", "technology", "disclosure-readiness", NOTES, PUBLIC}),
        (Mode.AUDIT_COMMITTEE, {"technology", NOTES, PUBLIC}),
    ],
)
def test_deck_waits_for_the_sections_of_its_pages(mode: Mode, without: set[str]) -> None:
    assert set(sections_of(mode)) == {each.id for each in SECTIONS} - without


def test_briefing_book_waits_for_its_notes_too() -> None:
    assert set(sections_of(Mode.BRIEF, has_notes=True)) == {*sections_of(Mode.BRIEF), NOTES}


def test_usual_roles_can_be_replaced() -> None:
    usual = required_roles({}, ())
    assert usual["summary-and-decisions"] == ("CISO", "CTO")
    assert usual["risk-and-money"] == ("CFO",)
    assert usual[PUBLIC] == ("GC",)

    roles = required_roles({"security": ("CISO", "CAE", "CISO")}, ("CAE",))

    assert roles == {**usual, "security": ("CISO", "CAE")}


@pytest.mark.parametrize(
    ("approvers", "message"),
    [
        ({"securty": ("CISO",)}, r"\[approvers\] securty.*Did you mean security\?"),
        ({"security": ("CISSO",)}, r"role 'CISSO'\. Did you mean CISO\?"),
        ({"security": ()}, "approved by nobody"),
    ],
)
def test_approvers_that_cannot_be_are_refused(
    approvers: dict[str, tuple[str, ...]], message: str
) -> None:
    with pytest.raises(ProjectError, match=message):
        required_roles(approvers, ("CAE",))


def test_section_is_found_however_it_is_written() -> None:
    assert find_section(" Risk_and Money ").id == "risk-and-money"
    with pytest.raises(ProjectError, match="Did you mean technology"):
        find_section("technolgy")
