"""The page of vendor scorecards: titles, verdicts on the weights, and what cannot be ranked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from board_report.story.commentary import Commentary
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Judgement, Page
from board_report.story.pages import vendor_scorecards
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.series_for import series_for
from tests.unit.pages.test_collaboration import held, of

IDS = ("vendor_decisions_with_both_scores",)


def pages_of(**given: Any) -> tuple[Page, ...]:
    return vendor_scorecards.build(facts_for(tables(**given), IDS))


def scores(selection: str = "VS-1") -> list[dict[str, Any]]:
    return [
        {"selection_id": selection, "vendor_name": vendor, "scored_by_role": office,
         "criterion": "all", "weight": 1.0, "score": score}
        for vendor, office, score in (
            ("Alder", "CISO", 4.0), ("Alder", "CTO", 2.0),
            ("Birch", "CISO", 2.0), ("Birch", "CTO", 4.0),
        )
    ]  # fmt: skip


def choice(**cells: Any) -> dict[str, Any]:
    return {
        "selection_id": "VS-1",
        "title": "Network sensors",
        "ciso_weight": 0.7,
        "decided_on": "2026-08-20",
        "chosen_vendor": "Alder",
        "decided_by_role": "CISO",
        **cells,
    }


def vendor_page(*choices: dict[str, Any], some: list[dict[str, Any]] | None = None) -> Page:
    given = {"vendor_scores": scores() if some is None else some}
    (page,) = pages_of(vendor_selections=list(choices), **given)
    assert page.id == "vendor-scorecards"
    assert len(page.title) <= LONGEST_TITLE
    return page


def test_one_vendor_chosen_by_a_ranking_that_holds() -> None:
    page = vendor_page(choice())
    (panel,) = of(page, "panels")

    assert page.title == "The one vendor chosen was scored by both offices"
    assert panel["weights"] == "CISO 70%, CTO 30%"
    # 4w + 2(1-w) = 2w + 4(1-w) at w = 1/2
    assert (panel["status"], panel["turn"]) == ("on", "under 50%: Birch")
    assert [(row["name"], row["total"]) for row in panel["rows"]] == [
        ("Alder", "3.40"),  # .7 * 4 + .3 * 2
        ("Birch", "2.60"),
    ]


def test_a_ranking_that_hangs_on_the_weights() -> None:
    page = vendor_page(choice(ciso_weight=0.55))
    assert page.title == (
        "The one vendor chosen was scored by both offices; the ranking for network sensors hangs "
        "on the weights"
    )
    assert of(page, "panels")[0]["status"] == "near"


def test_a_choice_against_the_ranking() -> None:
    page = vendor_page(choice(chosen_vendor="Birch"))
    assert page.title == (
        "The one vendor chosen was scored by both offices; one choice did not follow the ranking"
    )
    panel = of(page, "panels")[0]
    assert (panel["status"], panel["turn"]) == ("off", "Birch was chosen, Alder is first")


def test_a_choice_to_come() -> None:
    page = vendor_page(choice(decided_on=None, chosen_vendor=None))
    assert page.title == "No vendor was chosen in four quarters"
    assert of(page, "panels")[0]["state"] == "to be decided"


@pytest.mark.parametrize(
    ("both", "made", "title"),
    [
        (0, 1, "The one vendor chosen was not scored by both offices"),
        (2, 2, "Both vendors chosen were scored by both offices"),
        (5, 5, "All five vendors chosen were scored by both offices"),
        (1, 4, "One of four vendors chosen was scored by both offices"),
        (0, 4, "None of four vendors chosen was scored by both offices"),
    ],
)
def test_how_many_vendors_both_scored(both: int, made: int, title: str) -> None:
    facts = series_for(
        {"vendor_decisions_with_both_scores": [held(both, made)]},
        some=tables(vendor_selections=[choice()], vendor_scores=scores()),
    )
    (page,) = vendor_scorecards.build(facts)
    assert page.title == title


def test_a_vendor_that_one_office_scored_has_no_rank() -> None:
    page = vendor_page(
        choice(), some=[each for each in scores() if each["scored_by_role"] == "CTO"]
    )
    assert of(page, "panels") == []
    (other,) = of(page, "others")
    assert (other["status"], other["word"]) == ("off", "Not scored by the CISO: no ranking")


def test_without_scores_nothing_is_judged() -> None:
    (page,) = pages_of(vendor_selections=[choice()])
    (other,) = of(page, "others")
    assert page.title == "Whether both offices scored each vendor chosen is not measured"
    assert (other["status"], other["word"]) == ("none", "Not measured")
    assert "governance/vendor_scores.csv" in page.context


def test_the_vendor_chosen_is_listed_among_many() -> None:
    more = [
        {"selection_id": "VS-1", "vendor_name": f"Vendor {at}", "scored_by_role": office,
         "criterion": "all", "weight": 1.0, "score": 4.5}
        for at in range(7)
        for office in ("CISO", "CTO")
    ]  # fmt: skip
    page = vendor_page(choice(), some=[*scores(), *more])

    panel = of(page, "panels")[0]
    assert [row["name"] for row in panel["rows"] if row["is_chosen"]] == ["Alder"]
    assert (len(panel["rows"]), panel["more"]) == (5, "and 4 more")


def test_no_selection_in_a_year_gives_no_page() -> None:
    assert pages_of(vendor_selections=[choice(decided_on="2025-06-10")], vendor_scores=[]) == ()


def test_the_panels_make_room_for_the_leaders_words() -> None:
    def width(facts: BoardFacts) -> object:
        return vendor_scorecards.build(facts)[0].body["width"]

    some = tables(vendor_selections=[choice()], vendor_scores=scores())
    said = Commentary("vendor-scorecards", "x.md", facts=(Judgement("", "Both scored."),))
    quiet = replace(said, facts=(), notes=("Aside.",))
    assert width(series_for({}, some=some)) == 864
    assert width(series_for({}, some=some, commentary={said.page: said})) == 642
    assert width(series_for({}, some=some, commentary={said.page: quiet})) == 864
