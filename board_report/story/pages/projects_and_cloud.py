"""Which IT projects run over their budget and behind their plan, and what the cloud costs."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.rows import Row
from board_report.model import MetricResult, State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, in_column, key_figure
from board_report.story.page import FigureSpec, Page
from board_report.story.project_pictures import (
    HEAD,
    budgets,
    categories,
    overruns,
    overruns_figure,
    spend_figure,
)

ID = "projects-and-cloud"
PROJECTS, CLOUD = "it_projects", "cloud_costs"
OF_PROJECTS = ("projects_over_budget", "projects_late", "project_cost_variance")
OF_CLOUD = ("cloud_spend", "cloud_savings_rate")
SHOWN = 10
MOST_SHARE = 9.995
"""A share from which on its digits would not fit, and say no more."""
UNDER_STRIP = 8
BODY = 334.0
"""Points of height that a page has for its columns."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page where a list of projects or a cloud bill was given; else none."""
    has_projects = facts.tables.measured(PROJECTS)
    has_cloud = facts.tables.measured(CLOUD)
    if not has_projects and not has_cloud:
        return ()
    rows = overruns(facts) if has_projects and _is_known(facts, OF_PROJECTS[0]) else ()
    layout = _layout(has_projects=has_projects, has_cloud=has_cloud)
    has_voices = facts.has_voices(ID)
    metrics = (*(OF_PROJECTS if has_projects else ()), *(OF_CLOUD if has_cloud else ()))
    return (
        Page(
            id=ID,
            section="Projects and cloud",
            title=_title(facts, has_projects=has_projects, has_cloud=has_cloud),
            context=_context(facts, has_projects=has_projects),
            owners=facts.owner("CTO"),
            sources=_sources(has_projects=has_projects, has_cloud=has_cloud),
            body={
                "layout": layout,
                "has_voices": has_voices,
                "has_overruns": bool(rows),
                "budgets": _budgets(facts, layout, has_voices) if not rows else [],
                "widths": _widths(layout, has_voices=has_voices),
                "absent": _absent(facts) if has_projects and not rows else {},
                "category_widths": _category_widths(layout, has_voices=has_voices),
                "categories": categories(facts) if has_cloud else [],
                **_key_figures(facts, layout, has_voices=has_voices),
            },
            figures=_figures(facts, rows, layout, has_voices=has_voices),
            metric_ids=metrics,
        ),
    )


def _layout(*, has_projects: bool, has_cloud: bool) -> str:
    if has_projects and has_cloud:
        return "both"
    return "projects" if has_projects else "cloud"


def _is_known(facts: BoardFacts, metric_id: str) -> bool:
    return facts.now(metric_id).measured


# --- words ---------------------------------------------------------------------------------------


def _title(facts: BoardFacts, *, has_projects: bool, has_cloud: bool) -> str:
    projects = _of_projects(facts) if has_projects else [""]
    cloud = _of_cloud(facts) if has_cloud else [""]
    tries = [(one, other) for other in cloud for one in projects]
    tries.sort(key=lambda pair: -len(pair[0]) - len(pair[1]))
    return first_that_fits(*(sentences.capital("; ".join(filter(None, pair))) for pair in tries))


def _of_projects(facts: BoardFacts) -> list[str]:
    """What the list of projects shows, the fullest words first."""
    over, late = facts.now("projects_over_budget"), facts.now("projects_late")
    if over.measured and late.measured:
        behind = _part(late) if over.n == late.n else _of(late)
        return [
            f"{_of(over)} IT projects {_verb(over)} 10% or more over budget, and {behind} "
            f"{_verb(late)} late",
            f"{_of(over)} IT projects {_verb(over)} well over budget, {behind} late",
        ]
    if over.measured:
        return [f"{_of(over)} IT projects {_verb(over)} 10% or more over budget"]
    if late.measured:
        said = f"{_of(late)} IT projects {_verb(late)} late"
        return [f"{said}, and whether they keep their budgets is not known", said]
    if over.state is State.NOTHING_HAPPENED:
        return ["no IT project was under way in the quarter"]
    return ["whether IT projects keep their budgets and dates is not known"]


def _part(share: MetricResult) -> str:
    return formats.number(share.parts.get("numerator", 0.0))


def _of(share: MetricResult) -> str:
    """``151 of 1,992``."""
    return f"{_part(share)} of {formats.number(share.n)}"


def _verb(share: MetricResult) -> str:
    return "is" if share.parts.get("numerator") == 1 else "are"


def _of_cloud(facts: BoardFacts) -> list[str]:
    """What the cloud costs, and whether that is more than before; the fullest words first."""
    if not _is_known(facts, "cloud_spend"):
        return ["no cloud charge fell in the quarter"]
    said = f"cloud spend is {facts.text('cloud_spend')}"
    moved = facts.series("cloud_spend").change_by
    apart = facts.move_text("cloud_spend")
    words = []
    if moved and apart and facts.bare("cloud_spend") != facts.bare("cloud_spend", ago=1):
        more = "more" if moved > 0 else "less"
        words.append(f"{said}, {apart} {more} than in the quarter before")
    if _is_known(facts, "cloud_savings_rate"):
        words.append(f"{said}, {_saved(facts)}")
    return [*words, said]


def _saved(facts: BoardFacts) -> str:
    """``27% below list price``."""
    value = facts.now("cloud_savings_rate").value or 0.0
    if value < 0:
        return f"{formats.percent(-value)} above list price"
    return f"{facts.text('cloud_savings_rate')} below list price"


def _context(facts: BoardFacts, *, has_projects: bool) -> str:
    if not has_projects:
        return "Effective cost: after discounts, with what was paid in advance spread over its use."
    spent = facts.now("project_cost_variance")
    said = "Projects under way or completed in the quarter, as last stated."
    if spent.measured:
        actual = formats.money(spent.parts["actual"], facts.currency)
        planned = formats.money(spent.parts["denominator"], facts.currency)
        said += f" Together they cost {actual}, spent or projected, against {planned} planned."
    return said


def _sources(*, has_projects: bool, has_cloud: bool) -> str:
    named = [
        *(["list of IT projects (it_projects)"] if has_projects else []),
        *(["bills of cloud providers (cloud_costs), at effective cost"] if has_cloud else []),
    ]
    word = "Sources" if len(named) > 1 else "Source"
    behind = " Behind plan: days stated, else between the two dates." if has_projects else ""
    return f"{word}: {'; '.join(named)}.{behind} Definitions: appendix."


def _absent(facts: BoardFacts) -> dict[str, str]:
    """What stands in place of the overruns."""
    over = facts.now("projects_over_budget")
    if over.measured:
        projects = formats.counted(over.n, "project", words=False)
        return {"big": "None", "text": f"of {projects} is 10% or more over its budget."}
    note = over.note.split(", ")[0] or "nothing of the kind happened in the quarter"
    reason = sentences.capital(note)
    return {"big": sentences.capital(formats.state_words(over.state)), "text": f"{reason}."}


# --- figures -------------------------------------------------------------------------------------


def _key_figures(facts: BoardFacts, layout: str, *, has_voices: bool) -> dict[str, object]:
    """Large figures: in the column where no leader speaks, or in a strip over the projects."""
    items = {
        "projects": OF_PROJECTS,
        "cloud": OF_CLOUD,
        "both": (*OF_PROJECTS[:2], "cloud_savings_rate"),
    }[layout]
    if has_voices:
        return {"key_figures": {}, "strip": []}
    told = [_large(facts, each) for each in items]
    if layout == "both":
        return {
            "key_figures": {},
            "strip": [_in_strip(facts, *each) for each in zip(items, told, strict=True)],
        }
    return {"key_figures": in_column(told), "strip": []}


def _large(facts: BoardFacts, metric_id: str) -> dict[str, str]:
    """A large figure; a share beyond all measure, as of a plan of next to nothing, is cut off."""
    told = key_figure(facts, metric_id, _beside(facts, metric_id))
    value = facts.now(metric_id).value
    if value is None or told["unit"] != "%" or abs(value) < MOST_SHARE:
        return told
    return {**told, "value": f"< {formats.MINUS}999" if value < 0 else "> 999"}


def _in_strip(facts: BoardFacts, metric_id: str, told: dict[str, str]) -> dict[str, str]:
    """A large figure with one line of words: why it is absent stands elsewhere."""
    now = facts.now(metric_id)
    absent = sentences.capital(formats.state_words(now.state))
    return {**told, "beside": told["beside"] if now.measured else absent, "word": ""}


def _beside(facts: BoardFacts, metric_id: str) -> str:
    now = facts.now(metric_id)
    if metric_id == "project_cost_variance":
        return "all projects together; below zero: under plan"
    if metric_id == "cloud_spend":
        return f"effective cost of {formats.counted(now.n, 'charge', words=False)}"
    if metric_id == "cloud_savings_rate":
        full = formats.money(now.parts.get("denominator", 0.0), facts.currency)
        return f"of usage worth {full} at list price"
    words = " by 10% or more" if metric_id == OF_PROJECTS[0] else ""
    return f"{_of(now)}{words}"


def _budgets(facts: BoardFacts, layout: str, has_voices: bool) -> list[dict[str, str]]:
    """The largest budgets, as many as stand under the strip of large figures."""
    if layout == "cloud":
        return []
    return budgets(facts, UNDER_STRIP if layout == "both" and not has_voices else SHOWN)


def _widths(layout: str, *, has_voices: bool) -> tuple[float, ...]:
    """Widths of the table of budgets in points; the narrow one has no room for who runs them."""
    if layout == "projects":
        return (274.0, 194.0, 80.0, 94.0)
    return (246.0, 80.0, 94.0) if has_voices else (240.0, 154.0, 80.0, 94.0)


def _category_widths(layout: str, *, has_voices: bool) -> tuple[float, ...]:
    """Widths of the table of kinds of service in points: name, charges, cost and share."""
    if layout == "cloud":
        return (342.0, 100.0, 100.0, 100.0)
    return (124.0, 74.0) if has_voices else (136.0, 76.0, 60.0)


def _figures(
    facts: BoardFacts, rows: Sequence[Row], layout: str, *, has_voices: bool
) -> dict[str, FigureSpec]:
    figures: dict[str, FigureSpec] = {}
    narrow = layout == "both" and has_voices
    if rows:
        width = 642.0 if layout == "projects" else 420.0 if narrow else 568.0
        room = BODY - (92.0 if layout == "both" and not has_voices else 0.0)
        step = max((room - HEAD) / SHOWN, 1.0)
        shown = rows[:SHOWN]
        height = min(room, HEAD + max(step, 22.0) * len(shown))
        figures["overruns"] = overruns_figure(facts, shown, width, height)
    if layout != "projects":
        width = 642.0 if layout == "cloud" else 198.0 if narrow else 272.0
        figures["spend"] = spend_figure(facts, width, 130.0)
    return figures
