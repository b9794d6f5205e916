"""How people are named on a page: shortly, and once where one person holds two roles."""

from datetime import date

import pytest

from board_report.governance.roles import holders_at
from board_report.story import formats
from board_report.story.facts import BoardFacts
from tests.governance_data import person
from tests.unit.pages.series_for import series_for


def facts(ciso: str, cto: str) -> BoardFacts:
    rows = [
        person("CISO", "Chief Information Security Officer", ciso, "CEO"),
        person("CTO", "Chief Technology Officer", cto, "CEO"),
        person("CEO", "Chief Executive Officer", "Paloma Arkwright"),
    ]
    dated = [{**row, "since": date(2020, 1, 1)} for row in rows]
    return series_for({}, holders=holders_at(dated, date(2026, 9, 30)))


@pytest.mark.parametrize(
    ("ciso", "cto", "roles", "owner"),
    [
        ("Ilse Drummond", "Tobias Renwick", ("CISO", "CTO"), "I. Drummond, CISO; T. Renwick, CTO"),
        ("Tobias Renwick", "Tobias Renwick", ("CISO", "CTO"), "T. Renwick, CISO and CTO"),
        ("Tobias Renwick", "Tobias Renwick", ("CTO", "CISO"), "T. Renwick, CTO and CISO"),
        ("Tobias Renwick", "Tobias Renwick", ("CTO", "CFO"), "T. Renwick, CTO; CFO"),
        ("Ilse Drummond", "Tobias Renwick", ("CFO", "GC"), "CFO; GC"),
    ],
)
def test_owner(ciso: str, cto: str, roles: tuple[str, ...], owner: str) -> None:
    assert facts(ciso, cto).owner(*roles) == owner


def test_both_leaders_are_both_only_where_they_are_two() -> None:
    assert facts("Ilse Drummond", "Tobias Renwick").surname("BOTH") == "Both"
    assert facts("Tobias Renwick", "Tobias Renwick").surname("BOTH") == "Renwick"
    assert series_for({}).surname("BOTH") == "Both"


@pytest.mark.parametrize(
    ("name", "initial", "surname"),
    [
        ("Ilse Drummond", "I. Drummond", "Drummond"),
        ("Tobias", "Tobias", "Tobias"),
        ("Ilse Maria Drummond-Featherstonehaugh of Ashby", "I. Maria Drummond-Featherston…",
         "Ashby"),
        ("Ilse Drummond-Featherstonehaugh", "I. Drummond-Featherstonehaugh",
         "Drummond-Featherst…"),
        ("Ilse Drummond-Featherston", "I. Drummond-Featherston", "Drummond-Featherst…"),
    ],
)  # fmt: skip
def test_long_names_are_cut_to_what_a_corner_holds(name: str, initial: str, surname: str) -> None:
    assert formats.initial_name(name) == initial
    assert len(formats.initial_name(name)) <= 30
    assert formats.surname(name)[:18] == surname[:18]
    assert len(formats.surname(name)) <= 20
