"""Technology adoption: the initiatives of now with their secure review, and how fast it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from board_report.metrics.cto.adoption import DAYS_AHEAD
from board_report.model import MetricResult, State
from board_report.period import Quarter
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.initiative_rows import (
    MARKS,
    Initiative,
    Review,
    initiatives,
    largest_first,
)
from board_report.story.key_figures import first_that_fits
from board_report.story.page import FigureSpec, Page

APPROVAL = "time_to_secure_approval"
ADOPTION = "adoption_against_plan"
ROWS_BESIDE_VOICES = 8
ROWS = 12
MOST_QUARTERS = 8
"""Quarters on the time axis; a launch after them runs off it and is named in words."""
FEWEST_QUARTERS = 6
QUARTERS_BEFORE = 1
"""How far before the fiscal year the axis may begin, to show reviews that came before it."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: with commentary the trends stand under the initiatives, without it beside them."""
    is_wide = "technology-adoption" not in facts.commentary
    measured = facts.tables.measured("technology_portfolio")
    chosen = initiatives(facts) if measured else ()
    shown = _shown(chosen, ROWS if is_wide else ROWS_BESIDE_VOICES)
    size = (272.0, 130.0 if is_wide else 90.0)
    figures = {
        "approval": _approval(facts, *size),
        "adoption": _adoption(facts, *size),
    }
    if shown:
        figures["plan"] = _plan(facts, shown, 308.0 if is_wide else 196.0)
    return (
        Page(
            id="technology-adoption",
            section="Technology adoption",
            title=_title(facts, chosen),
            context=_context(facts, shown, chosen),
            owners=facts.owner("CTO", "CISO"),
            sources=_sources(facts),
            body={
                "is_wide": is_wide,
                "measured": measured,
                "key": _key(shown),
                "approval_unit": _approval_unit(facts),
                "adoption_unit": _adoption_unit(facts),
            },
            figures=figures,
            metric_ids=(
                APPROVAL,
                ADOPTION,
                "secure_adoption_rate",
                "launches",
                "launches_without_review",
                "reviews_not_booked",
            ),
        ),
    )


# --- the title ---------------------------------------------------------------------------------


def _title(facts: BoardFacts, chosen: Sequence[Initiative]) -> str:
    if facts.now("launches").state in (State.NOT_MEASURED, State.WITHHELD):
        return f"Technology adoption is {facts.text('launches')}: the portfolio could not be used"
    full, short = _approval_words(facts)
    launched = _launch_words(facts)
    named, plain = _booking_words(facts, chosen, is_review_named=bool(launched[1]))
    join = " and" if launched[1] else ", but" if _is_missing(facts) else " and"
    told = f"{launched[0]}{join}"
    return first_that_fits(
        f"{full}; {told} {named}",
        f"{short}; {told} {named}",
        f"{full}; {told} {plain}",
        f"{short}; {told} {plain}",
    )


def _is_missing(facts: BoardFacts) -> bool:
    now = facts.now("reviews_not_booked")
    return bool(now.value or now.parts.get("slipped"))


def _approval_words(facts: BoardFacts) -> tuple[str, str]:
    """Long and short; compared with a year ago, and judged only where both have cases enough."""
    now, ago = facts.now(APPROVAL), facts.ago(APPROVAL, 4)
    if now.state is State.WITHHELD:
        return "Time to secure approval is withheld", "Approval time is withheld"
    if now.value is None:
        return "No secure approval was given this quarter", "None was approved this quarter"
    today = facts.text(APPROVAL)
    if ago is None or ago.value is None:
        few = _cases(facts, now)
        return f"Secure approval took {today}{few}", f"Approval took {today}"
    then = facts.text(APPROVAL, ago=4)
    if _is_few(facts, now) or _is_few(facts, ago):
        before = facts.bare(APPROVAL, ago=4)
        return (
            f"Secure approval took {today}, {before} a year ago",
            f"Approval took {today}, {before} a year ago",
        )
    if today == then:
        return f"Secure approval takes {today}, as a year ago", f"Approval takes {today}"
    moved = facts.move_text(APPROVAL, ago=4)
    word = "fewer" if now.value < ago.value else "more"
    return (
        f"Secure approval now takes {today}, {moved} {word} than a year ago",
        f"Approval takes {today}, {moved} {word} than a year ago",
    )


def _is_few(facts: BoardFacts, result: MetricResult) -> bool:
    return result.n < facts.figures.spec(APPROVAL).minimum_n


def _cases(facts: BoardFacts, now: MetricResult) -> str:
    return f" in {formats.counted(now.n, 'case')}" if _is_few(facts, now) else ""


def _launch_words(facts: BoardFacts) -> tuple[str, bool]:
    """What was launched this quarter, and whether any of it went live without its review."""
    launched = int(facts.now("launches").value or 0)
    without = int(facts.now("launches_without_review").value or 0)
    if not launched:
        return "nothing was launched", False
    if not without:
        every = {1: "the one launch", 2: "both launches"}.get(
            launched, f"all {formats.count_words(launched)} launches"
        )
        return f"{every} had a review", False
    return f"{formats.counted(without, 'launch', 'launches')} had no review in time", True


def _booking_words(
    facts: BoardFacts, chosen: Sequence[Initiative], *, is_review_named: bool
) -> tuple[str, str]:
    """Which launches ahead lack a review: with the name of the largest, and without it."""
    now = facts.now("reviews_not_booked")
    count, slipped = int(now.value or 0), int(now.parts.get("slipped", 0))
    rest = "none booked" if is_review_named else "no review booked"
    if not count and slipped:
        late = f"{formats.counted(slipped, 'late launch', 'late launches')}"
        words = f"{late} {'has' if slipped == 1 else 'have'} {rest}"
        return words, words
    if not count:
        clear = "no launch soon due lacks one" if is_review_named else "none soon due lacks one"
        return clear, clear
    largest = largest_first(each for each in chosen if each.review is Review.NOT_BOOKED)
    name = largest[0].name if largest else ""
    if count == 1:
        return f"{name} has {rest}", f"one soon due has {rest}"
    few = f"{formats.count_words(count)} soon due have {rest}"
    return f"{few}, the largest {name}", few


def _context(facts: BoardFacts, shown: Sequence[Initiative], chosen: Sequence[Initiative]) -> str:
    if facts.now("launches").state is State.NOT_MEASURED:
        return "Give cto/technology_portfolio.csv, one row for each initiative."
    return " ".join(filter(None, (_shown_words(shown, chosen), _approval_note(facts))))


def _approval_note(facts: BoardFacts) -> str:
    """That approvals are too few to judge, and how many requests wait; empty where neither is."""
    now = facts.now(APPROVAL)
    waiting = int(now.parts.get("waiting", 0))
    said = []
    if now.value is not None and _is_few(facts, now):
        verb = "is" if now.n == 1 else "are"
        said.append(f"{formats.counted(now.n, 'approval')} {verb} too few to judge")
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        said.append(f"{formats.counted(waiting, 'request')} {verb}")
    return f"{sentences.capital('; '.join(said))}." if said else ""


def _shown_words(shown: Sequence[Initiative], chosen: Sequence[Initiative]) -> str:
    if not chosen:
        return "No initiative went live this fiscal year and none is ahead."
    every = formats.counted(len(chosen), "initiative")
    if len(shown) == len(chosen):
        return f"{sentences.capital(every)} live this fiscal year or ahead."
    start = (
        f"{sentences.capital(formats.count_words(len(shown)))} of {every} live this year or ahead"
    )
    if all(each.is_problem for each in shown):
        return f"{start}: the largest whose review is missing."
    if any(each.is_problem for each in chosen):
        return f"{start}: the largest, and all whose review is missing."
    return f"{start}: the largest."


def _sources(facts: BoardFacts) -> str:
    now = facts.now("secure_adoption_rate")
    rate = ""
    if now.value is not None:
        passed = formats.number(now.parts["numerator"])
        rate = (
            f" Live with a secure review: {passed} of {formats.number(now.n)} launches in four "
            f"quarters, {facts.text('secure_adoption_rate')}."
        )
    return (
        f"Sources: technology portfolio, users by technology.{rate} A review is booked when a day "
        f"within {DAYS_AHEAD} days of launch is set. Definitions: appendix."
    )


# --- the initiatives ---------------------------------------------------------------------------


def _shown(chosen: Sequence[Initiative], most: int) -> list[Initiative]:
    """Those with a fault and then the largest, in the order of their launch."""
    ranked = [
        *largest_first(each for each in chosen if each.is_problem),
        *largest_first(each for each in chosen if not each.is_problem),
    ]
    return sorted(ranked[:most], key=lambda each: (each.go_live or date.max, each.technology_id))


def _key(shown: Sequence[Initiative]) -> list[tuple[str, str]]:
    """The signs that the picture uses, with their words."""
    kinds = {MARKS[each.review] for each in shown if each.mark_on}
    words = (
        ("on", "Review passed"),
        ("later", "Booked"),
        ("near", "Day went by"),
        ("off", "Bypassed or not booked"),
    )
    return [*(each for each in words if each[0] in kinds), ("tick", "Live, or planned to be")]


def _plan(facts: BoardFacts, shown: Sequence[Initiative], height: float) -> FigureSpec:
    quarters = _quarters(facts, shown)
    calendar = facts.project.calendar
    start, end = calendar.first_day(quarters[0]), calendar.first_day(quarters[-1].shift(1))
    symbol = formats.SYMBOLS.get(facts.currency, f"{facts.currency} ")
    return FigureSpec(
        kind="gantt",
        data={
            "start": start,
            "end": end,
            "today": facts.window.cutoff_day,
            "today_label": formats.day_short(facts.window.cutoff_day),
            "quarters": [
                {
                    "label": str(each),
                    "start": calendar.first_day(each),
                    "end": calendar.first_day(each.shift(1)),
                    "is_current": each == facts.project.quarter,
                }
                for each in quarters
            ],
            "rows": [_row(each, start, end) for each in shown],
            "heads": {"label": "Initiative", "value": f"{symbol}M"},
            "label_width": 160,
        },
        width=568,
        height=min(height, 34 + 34.0 * len(shown)),
        alt=_plan_alt(shown),
    )


def _quarters(facts: BoardFacts, shown: Sequence[Initiative]) -> list[Quarter]:
    """From the fiscal year's first quarter, or the first review, to the last launch, in bounds."""
    now, quarter_of = facts.project.quarter, facts.project.calendar.quarter_of
    year = Quarter(now.year, 1)
    reviews = [quarter_of(each.mark_on) for each in shown if each.mark_on]
    launches = [quarter_of(each.go_live) for each in shown if each.go_live]
    first = max(min([year, *reviews]), year.shift(-QUARTERS_BEFORE))
    count = max([now, *launches]).index - first.index + 1
    return [first.shift(at) for at in range(min(max(count, FEWEST_QUARTERS), MOST_QUARTERS))]


def _row(each: Initiative, start: date, end: date) -> dict[str, object]:
    beyond = each.go_live is not None and each.go_live >= end
    mark = each.mark_on
    words = each.words
    if beyond and each.go_live:
        later = f"live {each.go_live:%b}{formats.NO_BREAK}{each.go_live.year}"
        words = f"{words}; {later}" if words else later
    kind = MARKS[each.review]
    return {
        "label": each.name,
        "value": _millions(each.budget),
        "start": max(each.requested, start),
        "live": None if beyond else each.go_live,
        "marks": [{"date": min(max(mark, start), end), "kind": kind}] if mark else [],
        "note": words,
        "note_status": kind if kind in ("off", "near") else "none",
        "is_emphasized": each.is_problem,
    }


def _millions(budget: float | None) -> str:
    if budget is None:
        return "–"
    text = formats.money_millions(budget)
    return "<0.1" if text == "0.0" and budget > 0 else text


def _plan_alt(shown: Sequence[Initiative]) -> str:
    faults = [f"{each.name} ({each.words})" for each in shown if each.is_problem]
    said = f"; at fault: {formats.listed(faults)}" if faults else "; none at fault"
    count = formats.counted(len(shown), "initiative")
    return f"{sentences.capital(count)} from request to go-live with their secure review{said}."


# --- the trends --------------------------------------------------------------------------------


def _approval(facts: BoardFacts, width: float, height: float) -> FigureSpec:
    series = facts.series(APPROVAL)
    p90 = [each.parts.get("p90") for each in series.values]
    target = series.target
    now = series.now.parts.get("p90")
    said = f", nine in ten within {facts.amount(now, APPROVAL)}" if now is not None else ""
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {
                    "values": facts.values(APPROVAL),
                    "label": "",
                    "end": facts.bare(APPROVAL) if series.now.measured else "",
                    "band": {"low": facts.values(APPROVAL), "high": p90, "label": ""},
                }
            ],
            "target": {
                "value": target.value,
                "label": f"target {formats.bare(target.value, facts.unit(APPROVAL))}",
                "is_limit": False,
            }
            if target and any(each.measured for each in series.values)
            else None,
        },
        width=width,
        height=height,
        alt=f"Median days to secure approval by quarter: {facts.text(APPROVAL)} now{said}.",
    )


def _approval_unit(facts: BoardFacts) -> str:
    now = facts.now(APPROVAL)
    if now.value is None:
        return formats.state_words(now.state)
    return f"median, band to P90; n {formats.number(now.n)}"


def _adoption(facts: BoardFacts, width: float, height: float) -> FigureSpec:
    series, values = facts.series(ADOPTION), facts.values(ADOPTION)
    target = series.target
    highest = max([1.0, *(each for each in values if each is not None)])
    top = 1.0 if highest <= 1.0 else -(-highest // 0.5) * 0.5
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [
                {
                    "values": values,
                    "label": "",
                    "end": facts.text(ADOPTION) if series.now.measured else "",
                }
            ],
            "target": {
                "value": target.value,
                "label": f"target {formats.percent(target.value)}",
                "is_limit": False,
            }
            if target
            else None,
            "axis": {
                "low": 0.0,
                "high": top,
                "ticks": [[each, formats.percent(each)] for each in (0.0, top / 2, top)],
                "is_log": False,
            },
        },
        width=width,
        height=height,
        alt=f"Users against plan by quarter: {facts.text(ADOPTION)} now.",
    )


def _adoption_unit(facts: BoardFacts) -> str:
    now = facts.now(ADOPTION)
    if now.value is None:
        return formats.state_words(now.state)
    unknown = int(now.parts.get("unknown", 0))
    left = f", {formats.number(unknown)} unknown" if unknown else ""
    return f"% of users{left}"
