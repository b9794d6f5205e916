"""Which IT projects run over their budget and behind their plan, and what the cloud costs."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.rows import Row
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import in_column, key_figure
from board_report.story.page import FigureSpec, Page
from board_report.story.project_pictures import (
    HEAD,
    budgets,
    categories,
    overruns,
    overruns_figure,
    spend_figure,
)
from board_report.story.project_words import (
    absent_words,
    context_of,
    is_known,
    of_words,
    sources_of,
    title_of,
)
from board_report.story.record_spans import why_zero_is_not_known

ID = "projects-and-cloud"
PROJECTS, CLOUD = "it_projects", "cloud_costs"
OF_PROJECTS = ("projects_over_budget", "projects_late", "project_cost_variance")
SPEND = "cloud_spend"
OF_CLOUD = (SPEND, "cloud_savings_rate")
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
    rows = overruns(facts) if has_projects and is_known(facts, OF_PROJECTS[0]) else ()
    layout = _layout(has_projects=has_projects, has_cloud=has_cloud)
    has_voices = facts.has_voices(ID)
    metrics = (*(OF_PROJECTS if has_projects else ()), *(OF_CLOUD if has_cloud else ()))
    return (
        Page(
            id=ID,
            section="Projects and cloud",
            title=title_of(facts, has_projects=has_projects, has_cloud=has_cloud),
            context=context_of(facts, has_projects=has_projects),
            owners=facts.owner("CTO"),
            sources=sources_of(has_projects=has_projects, has_cloud=has_cloud),
            body={
                "layout": layout,
                "has_voices": has_voices,
                "has_overruns": bool(rows),
                "budgets": _budgets(facts, layout, has_voices) if not rows else [],
                "widths": _widths(layout, has_voices=has_voices),
                "absent": absent_words(facts) if has_projects and not rows else {},
                "category_widths": _category_widths(layout, has_voices=has_voices),
                "categories": categories(facts) if has_cloud and is_known(facts, SPEND) else [],
                "no_spend": (_absent(facts, SPEND) or facts.text(SPEND)) if has_cloud else "",
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
    return {**told, "beside": _absent(facts, metric_id) or told["beside"], "word": ""}


def _absent(facts: BoardFacts, metric_id: str) -> str:
    """What stands for a figure that has no value, or whose zero is none; empty for any other."""
    if why_zero_is_not_known(facts, metric_id):
        return "Not known"
    now = facts.now(metric_id)
    return "" if now.measured else sentences.capital(formats.state_words(now.state))


def _beside(facts: BoardFacts, metric_id: str) -> str:
    now = facts.now(metric_id)
    if metric_id == "project_cost_variance":
        return "all projects together; below zero: under plan"
    if metric_id == SPEND:
        return f"effective cost of {formats.counted(now.n, 'charge', words=False)}"
    if metric_id == "cloud_savings_rate":
        full = formats.money(now.parts.get("denominator", 0.0), facts.currency)
        return f"of usage worth {full} at list price"
    unknown = now.parts.get("unknown", 0.0)
    words = f"; {formats.number(unknown)} do not tell" if unknown else ""
    if metric_id == OF_PROJECTS[0]:
        words = " by 10% or more"
    return f"{of_words(now)}{words}"


def _budgets(facts: BoardFacts, layout: str, has_voices: bool) -> list[dict[str, str]]:
    """The largest budgets, as many as stand under the strip of large figures."""
    table = facts.tables[PROJECTS]
    if layout == "cloud" or table.rejected_share > facts.project.max_rejected_share:
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
