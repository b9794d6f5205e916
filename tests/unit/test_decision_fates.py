"""What became of a decision, judged as of a day, and what a leader must look at."""

from datetime import date

import pytest

from board_report.governance.decision_checks import (
    DECISION_FAULTS,
    DecisionCode,
    decision_findings,
)
from board_report.governance.decisions import DecisionTally, Fate, fate_of, tally_decisions
from board_report.governance.promises import Outcome, promises
from board_report.metrics.declare import Direction
from board_report.model import Severity
from tests.spec.tables import tables, window_of

DAY = date(2026, 9, 30)


def row(state, decided="2026-07-28", due="2026-09-15", done=None):
    def day(text):
        return date.fromisoformat(text) if text else None

    return {"state": state, "decided_on": day(decided), "due_on": day(due), "done_on": day(done)}


@pytest.mark.parametrize(
    ("given", "fate"),
    [
        (row("done", done="2026-09-15"), Fate.DONE),
        (row("done", done="2026-09-16"), Fate.DONE_LATE),
        (row("done", due=None, done="2026-09-16"), Fate.DONE),
        (row("done"), Fate.DONE),  # done, the day is not on record
        (row("approved", done="2026-09-11"), Fate.DONE),
        (row("approved"), Fate.LATE),
        (row("approved", due="2026-09-30"), Fate.UNDER_WAY),  # due on the day itself
        (row("approved", due="2026-09-29"), Fate.LATE),
        (row("approved", due=None), Fate.UNDER_WAY),
        (row("deferred", due=None), Fate.DEFERRED),
        (row("declined"), Fate.DECLINED),
        (row("asked", decided=None), Fate.UNDECIDED),
        (row("approved", decided="2026-10-02"), Fate.UNDECIDED),  # decided after the day
        (row("done", done="2026-10-02"), Fate.LATE),  # not yet done on the day
        (row("done", due="2026-12-31", done="2026-10-02"), Fate.UNDER_WAY),
    ],
)
def test_fate(given, fate):
    assert fate_of(given, DAY) is fate


def test_tally():
    rows = [
        row("done", done="2026-09-11"),
        row("done", done="2026-09-11"),
        row("done", done="2026-09-20"),
        row("approved"),
        row("approved", due="2027-01-31"),
        row("deferred"),
        row("declined"),
        row("asked", decided=None),
    ]
    assert tally_decisions(rows, DAY) == DecisionTally(
        asked=8, due=4, on_time=2, late=2, open=1, set_aside=2, undecided=1
    )
    assert tally_decisions([], DAY).asked == 0


# --- findings ------------------------------------------------------------------------------------

FINE = {
    "quarter": "2026-Q3",
    "state": "asked",
    "title": "Fund it",
    "recommendation_ciso": "Approve",
    "recommendation_cto": "Approve.",
}


def findings(rows, options=None, **kwargs):
    given = [{**each, "decision_id": f"D-{at}"} for at, each in enumerate(rows, 1)]
    if options is None:
        options = [(at, letter) for at in range(1, len(rows) + 1) for letter in "AB"]
    two = [
        {
            "decision_id": f"D-{each[0]}",
            "option": each[1],
            "is_recommended_by_ciso": each[2] if len(each) > 2 else None,
            "is_recommended_by_cto": each[3] if len(each) > 3 else None,
        }
        for each in options
    ]
    some = tables(decisions=given, decision_options=two)
    return [
        (DecisionCode(each.code), each.line, each.reason)
        for each in decision_findings(some, window_of(**kwargs))
    ]


def test_a_decision_with_options_and_one_advice_is_fine():
    assert findings([FINE]) == []
    assert findings([FINE] * 5) == []
    assert findings([{**FINE, "quarter": "2026-Q2"}], []) == []  # not asked this quarter


def test_more_than_five():
    (one,) = findings([FINE] * 7)
    assert one[:2] == (DecisionCode.TOO_MANY, 7)
    assert one[2] == (
        "7 decisions are asked in 2026-Q3, and a board can weigh five: D-6, D-7 stand in the "
        "register alone."
    )


@pytest.mark.parametrize(
    ("options", "words"), [([], "no options"), ([(1, "A")], "one option"), ([(2, "A")], "no opt")]
)
def test_fewer_than_two_options(options, words):
    (one,) = findings([FINE], options)
    assert one[0] is DecisionCode.WITHOUT_OPTIONS
    assert one[2].startswith(f"D-1 is asked with {words}")


@pytest.mark.parametrize(
    ("change", "who"),
    [
        ({"recommendation_cto": None}, "the CTO"),
        ({"recommendation_ciso": None, "recommendation_cto": None}, "the CISO or the CTO"),
    ],
)
def test_without_a_recommendation(change, who):
    (one,) = findings([{**FINE, **change}])
    assert one == (
        DecisionCode.WITHOUT_RECOMMENDATION, 2, f"D-1 has no recommendation of {who}."
    )  # fmt: skip


def test_a_marked_option_is_a_recommendation():
    row = {**FINE, "recommendation_ciso": None, "recommendation_cto": None}
    assert findings([row], [(1, "A", True, True), (1, "B", False, False)]) == []


def test_leaders_differ_by_option_or_by_words():
    (one,) = findings([FINE], [(1, "A", True, False), (1, "B", False, True)])
    assert one[0] is DecisionCode.LEADERS_DIFFER
    assert one[2] == "D-1: the CISO recommends option A, the CTO option B."
    (one,) = findings([{**FINE, "recommendation_cto": "Defer"}])
    assert one[2] == "D-1: the CISO recommends “Approve”, the CTO “Defer”."
    assert (
        findings([{**FINE, "recommendation_cto": "Later"}], [(1, "A", True, True), (1, "B")]) == []
    )


@pytest.mark.parametrize(
    ("due", "as_of", "is_late"),
    [
        ("2026-09-29", None, True),
        ("2026-09-30", None, False),
        ("2026-09-29", "2026-09-29", False),
        ("2025-01-31", None, True),
    ],
)
def test_agreed_due_and_not_done(due, as_of, is_late):
    late = {**FINE, "quarter": "2024-Q4", "state": "approved", "due_on": due}
    found = findings([late], as_of=as_of)
    assert [each[0] for each in found] == [DecisionCode.LATE] * is_late
    assert findings([{**late, "done_on": "2026-09-30"}], as_of="2026-09-30") == []


def test_every_code_is_explained():
    assert set(DECISION_FAULTS) == set(DecisionCode)
    assert DECISION_FAULTS[DecisionCode.LEADERS_DIFFER].severity is Severity.NOTE
    assert all(str(code).startswith("decision_") for code in DecisionCode)
    assert not any(each.stops for each in DECISION_FAULTS.values())


# --- promises ------------------------------------------------------------------------------------


def promise(given, value, promised=10.0, good=Direction.DOWN):
    one = {**given, "promised_metric_id": "m", "promised_value": promised}
    found = promises([one], DAY, lambda _: value, lambda _: good, lambda each, _: round(each))
    return found[0].outcome if found else None


DONE = row("done", done="2026-09-11")


@pytest.mark.parametrize(
    ("given", "value", "good", "outcome"),
    [
        (DONE, 10.0, Direction.DOWN, Outcome.KEPT),
        (DONE, 10.4, Direction.DOWN, Outcome.KEPT),  # prints as 10
        (DONE, 11.0, Direction.DOWN, Outcome.MISSED),
        (DONE, 9.0, Direction.DOWN, Outcome.KEPT),
        (DONE, 9.0, Direction.UP, Outcome.MISSED),
        (DONE, 11.0, Direction.UP, Outcome.KEPT),
        (DONE, 10.0, Direction.NEITHER, Outcome.NOT_MEASURED),
        (DONE, None, Direction.UP, Outcome.NOT_MEASURED),
        (row("approved"), 11.0, Direction.DOWN, Outcome.MISSED),  # due and not done
        (row("approved", due="2026-09-30"), 11.0, Direction.DOWN, Outcome.NOT_YET),
        (row("approved", due=None), 1.0, Direction.DOWN, Outcome.NOT_YET),
        (row("deferred"), 1.0, Direction.DOWN, None),  # nothing was agreed
        (row("asked", decided=None), 1.0, Direction.DOWN, None),
    ],
)
def test_promise(given, value, good, outcome):
    assert promise(given, value, good=good) is outcome


def test_words_alone_are_no_measured_promise():
    assert promise(DONE, 1.0, promised=None) is None
    assert promises([DONE], DAY, lambda _: 1.0, lambda _: Direction.UP, lambda v, _: v) == ()
