"""The operating model: who answers for what, to whom the CISO reports, and what compensates it."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.conflict_controls import ControlCode, ControlState
from board_report.governance.conflicts import ReportingReview, review_reporting
from board_report.governance.raci_codes import RaciCode, RaciFinding
from board_report.governance.raci_review import RaciReview, review_raci
from board_report.governance.roles import Structure
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, shortened
from board_report.story.left_out import is_left_out
from board_report.story.operating_rows import (
    activity_width,
    changes_text,
    conflict_row,
    control_row,
    findings_height,
    matrix_rows,
    said_findings,
)
from board_report.story.page import FigureSpec, Page

_NOT_ONE = (RaciCode.NO_ACCOUNTABLE, RaciCode.SEVERAL_ACCOUNTABLE)
_RIGHT = 272.0
_PICTURE = 96.0
_SESSIONS = {
    ControlState.ON_RECORD: "without management",
    ControlState.NOT_ON_RECORD: "no session alone",
    ControlState.NOTHING_TO_JUDGE: "no session to judge",
    ControlState.NOT_MEASURED: "sessions not known",
}
"""What the line to the directors says of sessions without management."""
_LONGEST_CONTEXT = 150
"""Characters of the line under the title."""


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: the RACI with what breaks its rules, and the CISO's line with its conflicts.

    There is none where no RACI and no people were given and no leader wrote of it.
    """
    if is_left_out(facts, "operating-model"):
        return ()
    review = review_reporting(facts.tables, facts.window)
    raci = review_raci(facts.tables, facts.window)
    title = _title(raci, review)
    return (
        Page(
            id="operating-model",
            section="CISO and CTO operating model",
            title=title,
            context=_context(raci, review),
            owners=facts.owner("CEO"),
            sources=_sources(raci),
            body={
                **_matrix(raci, review, title),
                "conflicts": [conflict_row(each) for each in review.conflicts],
                "controls": [control_row(each) for each in review.controls],
            },
            figures={"lines": _lines(facts, review)},
            voices_room=(_RIGHT, 334 - 22 - _PICTURE - 12),
        ),
    )


def _sources(raci: RaciReview) -> str:
    if not raci.matrix.activities:
        return "Sources: people, committee calendar, risk acceptances. Rules: appendix."
    return (
        "A accountable, R responsible, C consulted, I informed. Checked by rule: one A and an R in "
        "each row, and who may hold it. Sources: RACI, people, committee calendar, risk "
        "acceptances, decisions taken."
    )


def _matrix(raci: RaciReview, review: ReportingReview, title: str) -> dict[str, object]:
    """What the template places of the matrix; no groups where no RACI was given."""
    matrix = raci.matrix
    if not matrix.activities:
        return {"groups": (), "findings": [], "findings_more": 0}
    said, more = said_findings(raci, title)
    placed = matrix_rows(raci, len(review.conflicts), findings_height(said, more))
    return {
        "roles": ["Board" if each == "BOARD" else each for each in matrix.roles],
        "groups": placed.groups,
        "height": placed.height,
        "width": activity_width(len(matrix.roles)),
        "findings": said,
        "findings_more": more,
    }


def _title(raci: RaciReview, review: ReportingReview) -> str:
    if not raci.matrix.activities:
        return _with_line("No RACI was given", review)
    faulty = {each.activity for each in raci.of_rows if each.activity}
    missing = len(raci.matrix.missing_overlaps)
    if not faulty and not missing:
        return _with_line(_without_faulty_rows(raci), review)
    if len(faulty) + missing == 1:
        return _title_of_one(raci.of_rows[0], review)
    if not faulty:
        lacks = formats.counted(missing, "decision")
        return _with_line(f"The RACI lacks {lacks} that lie with both leaders", review)
    count = sentences.capital(formats.counted(len(faulty), "activity", "activities"))
    if missing:
        said = f"{count} break{'s' if len(faulty) == 1 else ''} a rule of the RACI"
        are = "that both share is" if missing == 1 else "that both share are"
        return _with_line(f"{said} and {formats.count_words(missing)} {are} missing", review)
    if all(each.code in _NOT_ONE for each in raci.of_rows):
        return _with_line(f"{count} have no single accountable officer", review)
    return _with_line(f"{count} break a rule of the RACI", review)


def _with_line(said: str, review: ReportingReview) -> str:
    return first_that_fits(f"{said}; {_structure(review)}", f"{said}; {_line(review)}", said)


def _title_of_one(finding: RaciFinding, review: ReportingReview) -> str:
    fault, structure, line = finding.sentence.rstrip("."), _structure(review), _line(review)
    rule = _with_line("One activity breaks a rule of the RACI", review)
    brief = f"{fault.partition(': ')[0]}; {structure}"
    if review.open and finding.code is RaciCode.SEVERAL_ACCOUNTABLE:
        return first_that_fits(f"{fault}; {structure}", brief, rule)
    return first_that_fits(f"{fault}; {structure}", f"{fault}; {line}", rule)


def _without_faulty_rows(raci: RaciReview) -> str:
    """What is wrong though every row is sound, or that nothing is."""
    codes = [each.code for each in raci.findings]
    taken = codes.count(RaciCode.DECIDED_BY_OTHER)
    if taken:
        said = sentences.capital(formats.counted(taken, "decision"))
        if taken == 1:
            return f"{said} was taken by an officer who is not accountable for it"
        return f"{said} were taken by officers who are not accountable for them"
    alone = codes.count(RaciCode.OWN_ACCEPTANCE)
    if alone:
        said = sentences.capital(formats.counted(alone, "risk"))
        return f"{said} {'was' if alone == 1 else 'were'} accepted by whoever asked for it"
    if raci.of_roles:
        return raci.of_roles[0].sentence.rstrip(".")
    count = len(raci.matrix.activities)
    every = formats.counted(count, "activity", "activities")
    each = f"Each of {every}" if count > 1 else "The one activity"
    return f"{each} has one accountable officer"


def _line(review: ReportingReview) -> str:
    return {
        Structure.COMBINED: f"one person is CISO and {review.line.also_holds}",
        Structure.UNDER_CTO: "the CISO reports to the CTO",
        Structure.UNDER_CIO: "the CISO reports to the CIO",
        Structure.INDEPENDENT: f"the CISO reports to the {review.line.reports_to}",
        Structure.UNKNOWN: "to whom the CISO reports is not on record",
    }[review.line.structure]


def _structure(review: ReportingReview) -> str:
    """The line of the CISO, and whether anything on record compensates its conflicts."""
    line = _line(review)
    if review.open:
        return f"{line}, with {formats.counted(len(review.open), 'conflict')} of interest open"
    if review.line.structure in (Structure.UNKNOWN, Structure.INDEPENDENT):
        return line
    return f"{line}, with no conflict of interest open"


def _context(raci: RaciReview, review: ReportingReview) -> str:
    """What is new about the line, or how much of the RACI is sound and how the line stands."""
    new = changes_text(review)
    if new:
        return _that_fits(f"{new}{_compensated(review)}.", f"{new}.")
    line = sentences.capital(review.line.words)
    still = f"{line}, as a quarter ago{_compensated(review)}."
    return _that_fits(f"{_sound(raci)}{still}", still, f"{line}.")


def _sound(raci: RaciReview) -> str:
    matrix = raci.matrix
    if not matrix.activities:
        return ""
    good = sum(len(matrix.assigned(each, "A")) == 1 for each in matrix.activities)
    return (
        f"{sentences.capital(formats.count_words(good)) if good else 'None'} of "
        f"{formats.counted(len(matrix.activities), 'activity', 'activities')} "
        f"{'has' if good <= 1 else 'have'} one accountable officer. "
    )


def _that_fits(*texts: str) -> str:
    fits = (each for each in texts if len(each) <= _LONGEST_CONTEXT)
    return next(fits, shortened(texts[-1], _LONGEST_CONTEXT))


def _compensated(review: ReportingReview) -> str:
    total, still = len(review.conflicts), len(review.open)
    if not total:
        return ", so no conflict can be judged"
    if not still:
        return ": no conflict is open"
    if total == 1:
        return ": its one conflict is open"
    return f": {formats.count_words(still)} of {formats.counted(total, 'conflict')} open"


def _lines(facts: BoardFacts, review: ReportingReview) -> FigureSpec:
    line = review.line
    also = line.also_holds if line.structure is Structure.COMBINED else ""

    def person(role: str) -> dict[str, str]:
        label = f"{role}/{also}" if role == "CISO" and also else role
        return {"role": label, "name": facts.person(role) if role in review.holders else ""}

    sessions = [each for each in review.controls if each.code is ControlCode.EXECUTIVE_SESSIONS]
    chain: Sequence[str] = [each for each in line.chain if not also or each != also]
    to = line.dotted_line_to
    peer = review.holders.get("CTO")
    is_peer = len(chain) == 2 and not to and peer is not None and peer.reports_to == chain[1]
    label = _SESSIONS[sessions[0].state] if sessions else "dotted line"
    words = " to ".join(person(each)["role"] for each in chain) or "not on record"
    return FigureSpec(
        kind="reporting_lines",
        data={
            "chain": [person(role) for role in chain] if len(chain) > 1 else [],
            "directors": person(to) if to and to != line.reports_to else None,
            "beside": person("CTO") if is_peer and not also else None,
            "line_label": "reports to",
            "directors_label": label,
            "is_conflict": bool(review.open) or line.structure is not Structure.INDEPENDENT,
            "empty": "No reporting line is on record.",
        },
        width=_RIGHT,
        height=_PICTURE,
        alt=f"Reporting line of the CISO: {words}{f', with a line to {to}' if to else ''}.",
    )
