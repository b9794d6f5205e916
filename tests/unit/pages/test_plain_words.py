"""Directors read no words of the program: no name of a table, of a block or of a setting."""

from __future__ import annotations

import re

from board_report.resources import templates_folder
from board_report.story.key_figures import what_to_give
from board_report.story.pages import forecasts, risk_against_appetite
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import default_file
from tests.spec.tables import tables
from tests.unit.pages.series_for import series_for

PROGRAM_WORDS = re.compile(r"\[\[source|report\.toml|\[targets\]|the table [a-z]+_?[a-z]*[ ,.]as ")


def test_no_page_of_the_deck_asks_for_settings() -> None:
    pages = sorted((templates_folder() / "deck" / "pages").glob("*.html"))
    told = [each.name for each in pages if PROGRAM_WORDS.search(each.read_text("utf-8"))]
    assert told == ["provenance.html"]  # where the settings' own hash stands, by the file's name


def test_what_is_missing_is_asked_for_by_its_file_alone() -> None:
    facts = series_for({}, some=tables())
    for name in TABLES:
        assert what_to_give(facts, "", name) == f"Give {default_file(TABLES[name])}."
    for build in (risk_against_appetite.build, forecasts.build):
        for page in build(facts):
            assert not PROGRAM_WORDS.search(
                f"{page.title} {page.context} {page.sources} {page.body}"
            )
