"""Which pages stand in which deck."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.pipeline import DECKS
from board_report.story.modes import GLOSSARY, MODULES, PAGES, TITLES, pages_in
from board_report.story.page import Mode, Page


def page(name: str) -> Page:
    return Page(name, name.capitalize(), "A title", "", "", "", {})


def one_each() -> dict[str, tuple[Page, ...]]:
    return {name: (page(name),) for name in (*PAGES, GLOSSARY)}


@pytest.mark.parametrize(
    ("mode", "count"), [(Mode.FULL, 30), (Mode.BRIEF, 5), (Mode.AUDIT_COMMITTEE, 9)]
)
def test_a_deck_has_its_pages_and_a_cover(mode: Mode, count: int) -> None:
    """With the cover 31, 6 and 10; a page that goes on from another comes on top in the first."""
    assert len(pages_in(mode, one_each())) == count


def test_every_deck_follows_the_order_of_the_full_one() -> None:
    full = MODULES[Mode.FULL]
    for mode in (Mode.BRIEF, Mode.AUDIT_COMMITTEE):
        places = [full.index(name) for name in MODULES[mode] if name in full]
        assert places == sorted(places)


def test_the_brief_shows_nothing_that_the_full_deck_does_not() -> None:
    assert set(MODULES[Mode.BRIEF]) <= set(MODULES[Mode.FULL])


def test_every_page_stands_in_the_full_deck_or_in_the_appendix_and_in_no_two() -> None:
    assert sorted((*PAGES, GLOSSARY)) == sorted(MODULES[Mode.FULL] + MODULES[Mode.APPENDIX])


def test_short_decks_leave_out_what_follows_up_and_nothing_that_is_asked() -> None:
    """A register of earlier decisions may wait; a decision asked today may not."""
    asked = (page("decisions"), page("decisions-2"))
    pages = one_each() | {
        "decisions": (*asked, replace(page("decisions-3"), is_follow_up=True)),
    }

    def ids(mode: Mode) -> list[str]:
        return [each.id for each in pages_in(mode, pages) if each.id.startswith("decisions")]

    assert ids(Mode.FULL) == ["decisions", "decisions-2", "decisions-3"]
    assert ids(Mode.BRIEF) == ids(Mode.AUDIT_COMMITTEE) == ["decisions", "decisions-2"]


def test_a_page_that_was_left_out_is_missed_by_nobody() -> None:
    pages = one_each() | {"decisions": ()}
    assert "decisions" not in [each.id for each in pages_in(Mode.BRIEF, pages)]
    assert len(pages_in(Mode.BRIEF, pages)) == 4


def test_audit_and_full_close_with_what_is_not_shown() -> None:
    assert {MODULES[mode][-1] for mode in (Mode.FULL, Mode.AUDIT_COMMITTEE)} == {"not_shown"}


def test_every_mode_has_a_title_and_but_for_the_appendix_a_file() -> None:
    assert set(TITLES) == set(Mode)
    assert set(DECKS) == {str(mode) for mode in Mode} - {"appendix"}
    assert len(set(DECKS.values())) == 3
