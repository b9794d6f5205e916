"""Technology adoption: the initiatives of now with their secure review, and how fast it comes."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.metrics.cto.adoption import DAYS_AHEAD
from board_report.model import MetricResult, State
from board_report.story import formats, sentences
from board_report.story.adoption_pictures import (
    ADOPTION,
    APPROVAL,
    adoption_picture,
    adoption_unit,
    approval_picture,
    approval_unit,
    plan_key,
    plan_picture,
    shown_first,
)
from board_report.story.facts import BoardFacts
from board_report.story.initiative_rows import Initiative, Review, initiatives, largest_first
from board_report.story.key_figures import first_that_fits
from board_report.story.left_out import is_left_out
from board_report.story.page import Page

ROWS_BESIDE_VOICES = 8
ROWS = 12


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: with commentary the trends stand under the initiatives, without it beside them.

    There is none where neither table was given and no leader wrote of it.
    """
    if is_left_out(facts, "technology-adoption"):
        return ()
    is_wide = not facts.has_voices("technology-adoption")
    measured = facts.tables.measured("technology_portfolio")
    chosen = initiatives(facts) if measured else ()
    shown = shown_first(chosen, ROWS if is_wide else ROWS_BESIDE_VOICES)
    size = (272.0, 130.0 if is_wide else 90.0)
    figures = {
        "approval": approval_picture(facts, *size),
        "adoption": adoption_picture(facts, *size),
    }
    if shown:
        figures["plan"] = plan_picture(facts, shown, 308.0 if is_wide else 196.0)
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
                "key": plan_key(shown),
                "approval_unit": approval_unit(facts),
                "adoption_unit": adoption_unit(facts),
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
    launched, is_bad = _launch_words(facts)
    named, plain = _booking_words(facts, chosen, is_review_named=is_bad is not None)
    told = f"{launched}{' and' if is_bad in (None, _is_missing(facts)) else ', but'}"
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
    if facts.is_thin(APPROVAL):
        asked = formats.counted(now.n, "request")
        return f"{sentences.capital(asked)} for approval: too few to judge", "Too few requests"
    if now.state is State.WITHHELD:
        return "Time to secure approval is withheld", "Approval time is withheld"
    if now.value is None:
        return "No secure approval was asked for this quarter", "No approval was asked for"
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
    if not facts.is_told(APPROVAL, ago=4):
        before = facts.bare(APPROVAL, ago=4)
        return (
            f"Secure approval takes {today}, no clear change from {before} a year ago",
            f"Approval takes {today}, no clear change from {before}",
        )
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


def _launch_words(facts: BoardFacts) -> tuple[str, bool | None]:
    """What was launched this quarter, and whether any of it lacked its review (None: nothing)."""
    launched = int(facts.now("launches").value or 0)
    without = int(facts.now("launches_without_review").value or 0)
    if not launched:
        return "nothing was launched", None
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
    if now.value is None:
        untold = f"reviews of launches ahead are {formats.state_words(now.state)}"
        return untold, untold
    count, slipped = int(now.value or 0), int(now.parts.get("slipped", 0))
    rest = "none booked" if is_review_named else "no review booked"
    if not count and slipped:
        late = f"{formats.counted(slipped, 'late launch', 'late launches')}"
        words = f"{late} {'has' if slipped == 1 else 'have'} {rest}"
        return words, words
    if not count:
        clear = f"no launch soon due lacks {'one' if is_review_named else 'a review'}"
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
    """That requests are too few to judge, and how many requests wait; empty where neither is."""
    now = facts.now(APPROVAL)
    waiting = int(now.parts.get("waiting", 0))
    said = []
    if now.value is not None and _is_few(facts, now):
        verb = "is" if now.n == 1 else "are"
        said.append(f"{formats.counted(now.n, 'request')} {verb} too few to judge")
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        which = formats.count_words(waiting) if said else formats.counted(waiting, "request")
        said.append(f"{which} {verb}")
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
        f"Sources: technology portfolio, users by technology.{rate} Not booked: launch due "
        f"within {DAYS_AHEAD} days, no review passed or set. Definitions: appendix."
    )
