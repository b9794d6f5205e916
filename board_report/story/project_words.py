"""What the page on projects and cloud cost says: its title, its context, what is absent."""

from __future__ import annotations

from board_report.model import MetricResult, State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits
from board_report.story.record_spans import NOT_KNOWN, span_words


def is_known(facts: BoardFacts, metric_id: str) -> bool:
    """Whether a figure has a value this quarter."""
    return facts.now(metric_id).measured


def title_of(facts: BoardFacts, *, has_projects: bool, has_cloud: bool) -> str:
    """The headline: as much of what both tables show as two lines hold."""
    projects = _of_projects(facts) if has_projects else [""]
    cloud = _of_cloud(facts) if has_cloud else [""]
    tries = [(one, other) for other in cloud for one in projects]
    tries.sort(key=lambda pair: -len(pair[0]) - len(pair[1]))
    return first_that_fits(*(sentences.capital("; ".join(filter(None, pair))) for pair in tries))


def _of_projects(facts: BoardFacts) -> list[str]:
    """What the list of projects shows, the fullest words first."""
    over, late = facts.now("projects_over_budget"), facts.now("projects_late")
    if over.measured and late.measured:
        behind = _part(late) if over.n == late.n else f"{_share(late)} with known dates"
        return [
            f"{_share(over)} IT projects {_verb(over)} 10% or more over budget, and {behind} "
            f"{_verb(late)} late",
            f"{_share(over)} IT projects {_verb(over)} well over budget, {behind} late",
        ]
    if over.measured:
        return [f"{_share(over)} IT projects {_verb(over)} 10% or more over budget"]
    if late.measured:
        said = f"{_share(late)} IT projects {_verb(late)} late"
        return [f"{said}, and whether they keep their budgets is not known", said]
    if over.state is State.NOTHING_HAPPENED:
        return ["no IT project was under way in the quarter"]
    return ["whether IT projects keep their budgets and dates is not known"]


def of_words(share: MetricResult) -> str:
    """``151 of 1,992``."""
    part, whole = share.parts.get("numerator", 0.0), share.n
    return f"{formats.number(part)} of {formats.number(whole)}"


def _part(share: MetricResult) -> str:
    part = share.parts.get("numerator", 0.0)
    return formats.number(part) if part else "none"


def _share(share: MetricResult) -> str:
    """``151 of 1,992``, or ``none of 12``."""
    return f"{_part(share)} of {formats.number(share.n)}"


def _verb(share: MetricResult) -> str:
    return "is" if share.parts.get("numerator", 0.0) in (0, 1) else "are"


def _of_cloud(facts: BoardFacts) -> list[str]:
    """What the cloud costs, and whether that is more than before; the fullest words first."""
    now, outside = facts.now("cloud_spend"), span_words(facts, "cloud_costs")
    if outside:
        return [f"records of cloud charges {outside}: {NOT_KNOWN}", f"cloud charges {outside}"]
    if now.state is State.NOTHING_HAPPENED:
        return ["no cloud charge fell in the quarter"]
    if not now.measured:
        return [f"cloud spend is {formats.state_words(now.state)}"]
    said = f"cloud spend is {facts.text('cloud_spend')}"
    moved = facts.series("cloud_spend").change_by
    apart = facts.move_text("cloud_spend")
    words = []
    is_news = facts.is_told("cloud_spend")
    if (
        moved
        and apart
        and is_news
        and facts.bare("cloud_spend") != facts.bare("cloud_spend", ago=1)
    ):
        more = "more" if moved > 0 else "less"
        words.append(f"{said}, {apart} {more} than in the quarter before")
    if is_known(facts, "cloud_savings_rate"):
        words.append(f"{said}, {_saved(facts)}")
    return [*words, said]


def _saved(facts: BoardFacts) -> str:
    """``27% below list price``."""
    value = facts.now("cloud_savings_rate").value or 0.0
    if value < 0:
        return f"{formats.percent(-value)} above list price"
    return f"{facts.text('cloud_savings_rate')} below list price"


def context_of(facts: BoardFacts, *, has_projects: bool) -> str:
    """The line under it: what all projects come to, or what effective cost is."""
    if not has_projects:
        return "Effective cost: after discounts, with what was paid in advance spread over its use."
    spent = facts.now("project_cost_variance")
    said = f"Projects under way or completed in the quarter, as last stated{_newest(facts)}."
    if spent.measured:
        actual = formats.money(spent.parts["actual"], facts.currency)
        planned = formats.money(spent.parts["denominator"], facts.currency)
        said += f" Together they cost {actual}, spent or projected, against {planned} planned."
    return said


def _newest(facts: BoardFacts) -> str:
    """``, none later than 31 Dec 2012``, where the list's newest statement is of before."""
    stated = facts.rows("it_projects")["updated_on"].dropna()
    newest = stated.max().date() if len(stated) else None
    is_old = newest is not None and newest < facts.window.first_day
    return f", none later than {formats.day(newest)}" if is_old else ""


def sources_of(*, has_projects: bool, has_cloud: bool) -> str:
    """The source line, of the tables that were given."""
    named = [
        *(["list of IT projects"] if has_projects else []),
        *(["bills of cloud providers, at effective cost"] if has_cloud else []),
    ]
    word = "Sources" if len(named) > 1 else "Source"
    behind = " Behind plan: days stated, else between the two dates." if has_projects else ""
    return f"{word}: {'; '.join(named)}.{behind} Definitions: appendix."


def absent_words(facts: BoardFacts) -> dict[str, str]:
    """What stands in place of the overruns: in large words, under them, and as one line."""
    over = facts.now("projects_over_budget")
    if over.measured:
        projects = formats.counted(over.n, "project", words=False)
        text = f"of {projects} is 10% or more over its budget."
        return {"big": "None", "text": text, "line": f"None {text}"}
    note = over.note.split(", ")[0] or "nothing of the kind happened in the quarter"
    reason = sentences.capital(note)
    big = sentences.capital(formats.state_words(over.state))
    return {"big": big, "text": f"{reason}.", "line": f"{reason}."}
