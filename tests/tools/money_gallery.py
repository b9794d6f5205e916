"""Decks of the pages of risk in money, over results that nobody simulated.

``python -m tests.tools.money_gallery FOLDER`` writes one PDF for each case in :data:`CASES`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from board_report.charts import draw_all
from board_report.documents.deck import deck_figures, render_deck
from board_report.documents.pdf import PdfResult
from board_report.resources import templates_folder
from board_report.risk.money import RiskInMoney
from board_report.risk.records import Interval
from board_report.story.commentary import Commentary
from board_report.story.facts import BoardFacts
from board_report.story.page import BoardContext, Page
from tests.tools.deck_gallery import LONG_VOICES, MOMENT, gallery
from tests.unit.pages.money_for import (
    LONG,
    back_test_of,
    budgets_of,
    initiative,
    money_of,
    promise,
    scenarios_of,
)
from tests.unit.pages.series_for import Value, series_for
from tests.unit.pages.test_risk_against_appetite import SETTINGS

MODULES = (
    "risk_against_appetite",
    "risks_in_money",
    "tail_drivers",
    "risk_bought_down",
    "budget_scenarios",
    "back_test",
    "loss_in_figures",
    "risk_assumptions",
)


def _worst() -> RiskInMoney:
    """Long names, amounts in billions, and initiatives that cost nothing or bring risk."""
    found = tuple(
        replace(each, title=LONG, short_title=f"{LONG} {at}")
        for at, each in enumerate(scenarios_of(12, 4.2e9))
    )
    free = initiative(0, name=LONG, annual_cost=0.0, rosi=None, rosi_interval=None)
    harm = initiative(
        5, name=f"{LONG} again", net_bought_down=-2.3e9, net_interval=Interval(-4.1e9, 0.4e9)
    )
    history = back_test_of(12, total_loss=None, uncosted=3, unassigned=14, promises=())
    rows = tuple(replace(each, short_title=f"{LONG} {at}") for at, each in enumerate(history.rows))
    least, *budgets = budgets_of(3.4e9, 85.0)
    return money_of(
        worst=3.7e9,
        total=4.2e9,
        tolerance=3.4e9,
        scenarios=found,
        initiatives=(free, harm, *(initiative(at) for at in range(1, 12))),
        back_test=replace(history, rows=rows),
        budgets=(replace(least, is_feasible=False, cost=1.1e9), *budgets),
    )


CASES: Mapping[str, Callable[[], RiskInMoney]] = {
    "one": lambda: money_of(
        1, initiatives=1, budgets=budgets_of()[1:2], back_test=back_test_of(1, promises=())
    ),
    "three": lambda: money_of(3, initiatives=3, sensitivities=()),
    "usual": lambda: money_of(12, back_test=back_test_of(12, promises=(promise(0), promise(1)))),
    "fifty": lambda: money_of(50, initiatives=14),
    "no-history": lambda: money_of(8, back_test=None, initiatives=0, correlated=False),
    "worst": _worst,
}


def facts_of(money: RiskInMoney, *, has_voices: bool = False) -> BoardFacts:
    """Facts around a result, with or without a leader's word on every page."""
    values: dict[str, list[Value]] = {"mttd": [23.0, 19.0], "patch_sla_compliance": [0.84, 0.88]}
    facts = series_for(values, risk=money.position, money=money, targets={})
    facts = replace(facts, project=replace(facts.project, risk=SETTINGS))
    if not has_voices:
        return facts
    ids = [name.replace("_", "-") for name in MODULES]
    said = {each: Commentary(each, "page.md", means=LONG_VOICES.means) for each in ids}
    return replace(facts, commentary=said)


def pages_of(facts: BoardFacts) -> tuple[Page, ...]:
    """The pages of risk in money, with the voices that their column holds."""
    built = [
        page
        for name in MODULES
        for page in import_module(f"board_report.story.pages.{name}").build(facts)
    ]
    return tuple(
        replace(page, voices=LONG_VOICES)
        if page.voices_room and facts.has_voices(page.id)
        else page
        for page in built
    )


def deck_of(money: RiskInMoney, *, has_voices: bool = False) -> BoardContext:
    """A deck of these pages after the gallery's cover."""
    usual, pages = gallery(), pages_of(facts_of(money, has_voices=has_voices))
    return replace(usual, is_draft=False, pages=(usual.pages[0], *pages))


def render(money: RiskInMoney, *, has_voices: bool = False) -> PdfResult:
    """The deck of these pages as it prints."""
    context = deck_of(money, has_voices=has_voices)
    return render_deck(
        context,
        templates=templates_folder(),
        drawings=draw_all(deck_figures(context)),
        generated_at=MOMENT,
    )


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for case in sys.argv[2:] or CASES:
        for voices in (False, True):
            result = render(CASES[case](), has_voices=voices)
            (out / f"{case}{'-voices' if voices else ''}.pdf").write_bytes(result.data)
            print(case, result.pages, *result.warnings, sep="\n  ")
