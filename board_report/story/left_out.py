"""Pages that the deck leaves out because nothing was given for them, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from board_report.governance.conflicts import review_reporting
from board_report.model import Change
from board_report.story.facts import BoardFacts
from board_report.tables.catalogue import TABLES
from board_report.tables.mapping import default_file


@dataclass(frozen=True)
class LeftOut:
    """A page that is not in the deck."""

    section: str
    """As it would stand in the contents."""
    reason: str
    """Which files would bring it, or what it lacks."""


TABLES_OF: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "decisions": ("Decisions", ("decisions",)),
    "technology-adoption": ("Technology adoption", ("technology_portfolio", "technology_adoption")),
    "investment": ("Investment", ("investments",)),
    "roles-at-a-glance": ("Roles at a glance", ("tool_inventory", "people")),
    "operating-model": ("CISO and CTO operating model", ("raci", "people")),
    "joint-kpis": ("Joint KPIs", ("joint_kpis",)),
    "collaboration": (
        "Working together",
        ("sync_meetings", "incident_handovers", "incident_reviews", "disputes"),
    ),
    "horizon": ("Horizon", ("horizon",)),
}
"""Page to its section and to the tables without which it would stand nearly empty."""


OF_THE_MODEL = (
    "risks-in-money",
    "tail-drivers",
    "risk-bought-down",
    "budget-scenarios",
    "back-test",
    "loss-in-figures",
    "risk-assumptions",
)
"""Pages of what the loss model found; without it the page on risk against appetite says why."""
OF_INITIATIVES = ("risk-bought-down", "budget-scenarios")


def is_left_out(facts: BoardFacts, page: str) -> bool:
    """Whether a page stays out of the deck: without data, and without a leader's word on it."""
    return page not in facts.commentary and bool(_reason(facts, page))


def pages_left_out(facts: BoardFacts) -> Sequence[LeftOut]:
    """Every page that is left out, in the order of the deck."""
    sections = {
        "decisions": "Decisions",
        "what-changed": "What changed",
        **{page: section for page, (section, _) in TABLES_OF.items()},
        "provenance": "Provenance",
    }
    return [
        LeftOut(section, _reason(facts, page))
        for page, section in sections.items()
        if is_left_out(facts, page)
    ]


def why_not_built(facts: BoardFacts, page: str) -> str:
    """Why a page that can stand in a report does not stand in this one, though it has commentary.

    Args:
        facts: the tables that were given.
        page: id of a page that was not built.
    """
    if page == "vendor-scorecards":
        if not facts.tables.measured("vendor_selections"):
            return f"no file {default_file(TABLES['vendor_selections'])}"
        return "no vendor was chosen in four quarters and none is to be"
    if page == "configuration-checks":
        return f"no file {default_file(TABLES['configuration_checks'])}"
    if page == "projects-and-cloud":
        files = [default_file(TABLES[each]) for each in ("it_projects", "cloud_costs")]
        return f"no file {' or '.join(files)}"
    if page.startswith(OF_THE_MODEL):
        return _why_no_money(facts, page)
    first = next((each for each in TABLES_OF if page.startswith(f"{each}-")), "")
    if first and is_left_out(facts, first):
        return _reason(facts, first)
    return "what was given fits the pages before it"


def _why_no_money(facts: BoardFacts, page: str) -> str:
    """Why a page that shows what the loss model found is not there."""
    if facts.measured_money is None:
        if facts.is_loss_withheld:
            return "loss in money is withheld"
        return "no risk could be put in money"
    if page in OF_INITIATIVES:
        return "no initiative with its effect on a risk was given"
    return "what was given fits the pages before it"


def _reason(facts: BoardFacts, page: str) -> str:
    """Why a page has nothing to show; empty where it has something."""
    if page == "what-changed":
        return "" if _has_changes(facts) else "no figure has a value in this quarter and the last"
    if page == "provenance":
        return "" if facts.sources else "no input file was read"
    names = TABLES_OF[page][1]
    if any(facts.tables.measured(name) for name in names):
        return ""
    files = [default_file(TABLES[name]) for name in names]
    return f"no file {' or '.join((', '.join(files[:-1]), files[-1])) if files[1:] else files[0]}"


def _has_changes(facts: BoardFacts) -> bool:
    """Whether any figure can be set beside the last quarter's, or the past has changed."""
    return (
        facts.tables.measured("reported_figures")
        or any(each.change is not Change.NONE for each in facts.figures.series.values())
        or bool(review_reporting(facts.tables, facts.window).changes)
    )
