"""What became of a decision, judged as of a day."""

from datetime import date

import pytest

from board_report.governance.decisions import DecisionTally, Fate, fate_of, tally_decisions

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
