"""Configuration checks: how many pass, what fails worst, and which frameworks that touches."""

from __future__ import annotations

from itertools import accumulate

from board_report.metrics.ciso.configuration import TABLE
from board_report.model import State, Status
from board_report.story import formats, marks, sentences
from board_report.story.configuration_rows import Checks, FailingCheck, checks_of
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, in_column, key_figure, shortened
from board_report.story.page import FigureSpec, Page
from board_report.typeset import lines_needed

RATE, FAILED, TOUCHED = (
    "configuration_pass_rate",
    "failed_critical_checks",
    "requirements_with_failed_checks",
)
CHECKS_SHOWN, PLACES_SHOWN, FRAMEWORKS_SHOWN = 10, 5, 3
_WIDTHS, _WIDTHS_BARE = (206, 68, 76, 70), (282, 68, 70)
"""Columns of the table of checks, with and without a place."""
_ROOM, _TIED = 296.0, 62.0
"""Points of height for rows of checks, and what the requirements beneath take of it."""
_ROWS = (22.0, 29.0)
"""Height of a row whose title takes one line, and two."""
_KEYS = (
    (RATE, "muted failures count as failed"),
    (FAILED, "failures of a resource that nobody muted"),
    (TOUCHED, "of frameworks, by the tools’ own ties"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page, or none where no checks were given."""
    if not facts.tables.measured(TABLE):
        return ()
    checks = checks_of(facts)
    place = _place(checks)
    shown = checks.worst[: _fitting(checks, place)]
    return (
        Page(
            id="configuration-checks",
            section="Configuration checks",
            title=_title(facts, checks, place),
            context=_context(facts, checks),
            owners=facts.owner("CISO"),
            sources=_sources(checks),
            body={
                "checks": [_check(each, place) for each in shown],
                "widths": _WIDTHS if place else _WIDTHS_BARE,
                "more": _more(len(checks.worst) - len(shown)),
                "value": facts.text(RATE) if facts.now(RATE).measured else "–",
                "nothing": _nothing(facts),
                "place": place,
                "places": _places(checks, place) if facts.now(FAILED).value else [],
                "results": _results(facts),
                "frameworks": _frameworks(checks),
                "has_history": _has_history(facts),
                "key_figures": in_column([key_figure(facts, *each) for each in _KEYS]),
            },
            figures={"rate": _rate(facts)},
            metric_ids=(RATE, FAILED, TOUCHED),
        ),
    )


# --- words -------------------------------------------------------------------------------------


def _title(facts: BoardFacts, checks: Checks, place: str) -> str:
    rates, failures = _rate_words(facts), _failure_words(facts, checks, place)
    if not failures:
        return rates[-1]
    return first_that_fits(*(f"{rate}; {words}" for words in failures for rate in rates))


def _rate_words(facts: BoardFacts) -> tuple[str, ...]:
    """How many checks pass, against a year ago; fullest words first."""
    now = facts.now(RATE)
    is_thin = facts.is_thin(RATE)
    if now.value is None and not is_thin:
        return {
            State.NOT_MEASURED: ("No configuration was checked this quarter",),
            State.WITHHELD: ("The share of configuration checks passed is withheld",),
        }.get(now.state, ("No configuration check passed or failed this quarter",))
    if is_thin or now.n < marks.FEWEST:
        return (f"Only {formats.counted(now.n, 'check')} passed or failed, too few to judge",)
    start = f"{facts.text(RATE)} of configuration checks passed"
    counted = f"{facts.text(RATE)} of {formats.number(now.n)} configuration checks passed"
    since = marks.against_year_ago(facts, RATE)
    return (*((f"{counted}{since}", f"{start}{since}") if since else (counted,)), start)


def _failure_words(facts: BoardFacts, checks: Checks, place: str) -> tuple[str, ...]:
    """How many failures are grave, and where most are; empty where nothing was checked."""
    now, rate = facts.now(FAILED), facts.now(RATE)
    if rate.value is None:
        return ()
    if now.value is None:
        word = "withheld" if now.state is State.WITHHELD else "not known"
        return (f"how grave the failures are is {word}",)
    total = int(now.value)
    if not total:
        return ("no failure is critical or high",)
    said = formats.counted(total, "failure is", "failures are") + " critical or high"
    name, most = checks.grave_by(place.lower())[0] if place else ("", 0)
    if total > 1 and name and name != "not named" and 2 * most > total and len(name) <= 24:
        part = "all" if most == total else "most"
        return (f"{said}, {part} of them in {name}", said)
    return (said,)


def _context(facts: BoardFacts, checks: Checks) -> str:
    now = facts.now(RATE)
    if not now.measured:
        return sentences.capital(f"{now.note}.") if now.note else ""
    days = checks.frame["checked_on"][checks.now.rows]
    accounts = len(checks.names("account"))
    where = f" in {formats.counted(accounts, 'account')}" if accounts else ""
    return (
        f"Last checked {formats.day(days.max())}{where}. Machines find this; whether a "
        "requirement is met, assessors judge."
    )


def _sources(checks: Checks) -> str:
    tools = [shortened(each, 24) for each in checks.names("tool")]
    named = formats.listed(tools[:3]) if tools else "tools that check configurations"
    more = f" and {len(tools) - 3} more tools" if len(tools) > 3 else ""
    return (
        f"Sources: exports of {named}{more}; the latest result of each check of each resource in "
        "the quarter. Definitions: appendix."
    )


def _nothing(facts: BoardFacts) -> str:
    """What stands in place of the checks that fail, where none does."""
    now = facts.now(RATE)
    if not now.measured:
        return "No check of the quarter can be judged."
    muted = int(now.parts["muted"])
    if not muted:
        return f"of {formats.counted(now.n, 'result', words=False)}; no check fails."
    return (
        f"of {formats.counted(now.n, 'result', words=False)}; "
        f"{formats.counted(muted, 'failure is', 'failures are', words=False)} muted, and no other "
        "check fails."
    )


# --- the tables --------------------------------------------------------------------------------


def _fitting(checks: Checks, place: str) -> int:
    """How many of the worst checks the height holds; their titles take one line or two."""
    room = _ROOM - (_TIED if checks.frameworks else 0.0)
    width = (_WIDTHS if place else _WIDTHS_BARE)[0] - 12.0
    heights = [
        _ROWS[min(lines_needed(each.title, width, 11), 2) - 1]
        for each in checks.worst[:CHECKS_SHOWN]
    ]
    return sum(used <= room for used in accumulate(heights))


def _check(check: FailingCheck, place: str) -> dict[str, str]:
    return {
        "title": check.title,
        "severity": sentences.capital(check.severity) or "–",
        "place": (check.account if place == "Account" else check.service) or "–",
        "failed": formats.number(check.failed),
        "judged": formats.number(check.judged),
    }


def _more(left: int) -> str:
    if left <= 0:
        return ""
    fail = "that fails" if left == 1 else "that fail"
    return f"and {formats.counted(left, 'more check', words=False)} {fail}"


def _place(checks: Checks) -> str:
    """What failures are counted by: the service where tools name one, else the account."""
    for column in ("service", "account"):
        if checks.names(column):
            return sentences.capital(column)
    return ""


def _places(checks: Checks, place: str) -> list[dict[str, str]]:
    """Critical and high failures by place; the rest in one row."""
    if not place:
        return []
    found = checks.grave_by(place.lower())
    shown, rest = found[:PLACES_SHOWN], found[PLACES_SHOWN:]
    rows = [{"name": name, "count": formats.number(count)} for name, count in shown]
    if rest:
        total = sum(count for _, count in rest)
        rows.append({"name": f"{len(rest)} others", "count": formats.number(total)})
    return rows


def _results(facts: BoardFacts) -> list[dict[str, str]]:
    """The counts of each result, which stand in place of a line of one quarter."""
    now = facts.now(RATE)
    if not now.measured:
        return []
    failed = now.parts["denominator"] - now.parts["numerator"]
    counts = (
        ("Passed", now.parts["numerator"]),
        ("Failed", failed),
        ("of which muted", now.parts["muted"]),
        ("Not checked", now.parts["not_checked"]),
        ("Not applicable", now.parts["not_applicable"]),
    )
    return [{"name": name, "count": formats.number(value)} for name, value in counts]


def _frameworks(checks: Checks) -> list[dict[str, str]]:
    return [
        {
            "name": shortened(name, 28),
            "touched": formats.number(touched),
            "checked": formats.number(checked),
        }
        for name, touched, checked in checks.frameworks[:FRAMEWORKS_SHOWN]
    ]


# --- the picture -------------------------------------------------------------------------------


def _has_history(facts: BoardFacts) -> bool:
    return sum(each is not None for each in facts.values(RATE)) > 1


def _rate(facts: BoardFacts) -> FigureSpec:
    """The share of checks passed, by quarter."""
    target, status = facts.series(RATE).target, facts.status(RATE)
    values = facts.values(RATE)
    said = ", ".join(facts.text(RATE, ago=ago) for ago in range(len(facts.quarters) - 1, -1, -1))
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {
                    "values": values,
                    "states": [
                        "nothing" if each == State.NOTHING_HAPPENED else each
                        for each in facts.states(RATE)
                    ],
                    "end": facts.text(RATE),
                    "color": "off" if status is Status.OFF else "accent",
                }
            ],
            "axis": marks.share_axis([*values, target.value if target else None]),
            "target": {
                "value": target.value,
                "label": f"target {marks.aim(facts, RATE)}",
                "is_limit": False,
            }
            if target
            else None,
        },
        width=198,
        height=126,
        alt=f"Share of configuration checks passed, {facts.quarters[0]} to "
        f"{facts.quarters[-1]}: {said}.",
    )
