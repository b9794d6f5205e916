"""The clocks: each of them started, met, late, overdue, put off, and given way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board_report.governance.filing_calendar import cut_off, load_filing_calendar
from board_report.governance.incident_clock import incident_clocks
from board_report.governance.incident_clock_state import Clock, ClockState
from board_report.governance.incident_kinds import (
    Aspect,
    Correction,
    Delay,
    DelayBasis,
    DelayStage,
    Determined,
    Event,
    Fact,
    FactState,
    Filed,
    Form,
    Notified,
)
from board_report.governance.incident_record import IncidentRecord
from tests.incident_data import Step, by_id, determined, opened, record_of, settings

SATURDAY = "2026-09-05T11:00:00-04:00"
"""The day after the discovery, two days before Labor Day: due on Friday the 11th."""
AG, FCC = DelayBasis.ATTORNEY_GENERAL, DelayBasis.FCC


def clocks(now: str, *steps: Step, **how: object) -> dict[str, Clock]:
    regimes = how.get("regimes", ())
    assert isinstance(regimes, tuple)
    is_foreign = bool(how.get("is_foreign"))
    counted_by = settings(*regimes, is_foreign=is_foreign)
    return by_id(incident_clocks(record_of(*steps), datetime.fromisoformat(now), counted_by))


def report(now: str, *steps: Step) -> Clock:
    return clocks(now, opened(), *steps)["8-K 1.05"]


def filed(at: str, form: Form = Form.ITEM_1_05) -> Step:
    return (at, Filed(form))


# --- Item 1.05 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "state", "days"),
    [
        ("2026-09-05T11:00:00-04:00", ClockState.RUNNING, 4),
        ("2026-09-08T09:00:00-04:00", ClockState.RUNNING, 3),
        ("2026-09-11T17:30:00-04:00", ClockState.RUNNING, 0),
        ("2026-09-11T17:30:01-04:00", ClockState.OVERDUE, None),
    ],
)
def test_the_report_runs_four_business_days(now: str, state: ClockState, days: int | None) -> None:
    clock = report(now, determined(SATURDAY))
    assert (clock.state, clock.due_on, clock.business_days_left) == (state, date(2026, 9, 11), days)
    assert (clock.hours_left is None) == (state is ClockState.OVERDUE)


def test_without_a_determination_or_before_it_nothing_runs() -> None:
    assert report("2026-09-08T09:00:00-04:00").state is ClockState.NOT_STARTED
    before = report("2026-09-05T10:59:59-04:00", determined(SATURDAY))
    assert before.state is ClockState.NOT_STARTED
    not_yet = report("2026-09-08T09:00:00-04:00", determined(SATURDAY, Determined.NOT_YET))
    assert not_yet.state is ClockState.NOT_STARTED


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-09-11T17:30:00-04:00", ClockState.MET),
        ("2026-09-11T17:30:01-04:00", ClockState.MET_LATE),
        ("2026-09-10T20:00:00-04:00", ClockState.MET),  # after the cut-off: counts as Friday
        ("2026-09-14T09:00:00-04:00", ClockState.MET_LATE),
    ],
)
def test_a_report_is_met_by_the_business_day_that_it_counts_on(at: str, state: ClockState) -> None:
    assert report("2026-09-30T09:00:00-04:00", determined(SATURDAY), filed(at)).state is state


def test_a_determination_that_is_taken_back_ends_the_clock() -> None:
    clock = report(
        "2026-09-10T09:00:00-04:00",
        determined(SATURDAY),
        determined("2026-09-08T09:00:00-04:00", Determined.NOT_MATERIAL),
    )
    assert clock.state is ClockState.SUPERSEDED
    assert "not material since" in clock.note


def test_a_corrected_determination_never_was() -> None:
    clock = report(
        "2026-09-10T09:00:00-04:00",
        determined(SATURDAY),
        ("2026-09-08T09:00:00-04:00", Correction(2, "Meant for another incident.")),
    )
    assert clock.state is ClockState.NOT_STARTED


def test_found_material_after_it_was_not_starts_anew() -> None:
    clock = report(
        "2026-10-01T09:00:00-04:00",
        determined(SATURDAY, Determined.NOT_MATERIAL),
        filed("2026-09-09T09:00:00-04:00", Form.ITEM_8_01),
        determined("2026-09-28T09:00:00-04:00"),
    )
    assert (clock.state, clock.due_on) == (ClockState.RUNNING, date(2026, 10, 2))


def test_the_other_day_of_a_late_hour_is_told_where_it_matters() -> None:
    """Half past eleven in the evening of a Monday in Chicago is a Tuesday in New York."""
    clock = report("2026-09-15T09:00:00-04:00", determined("2026-09-14T23:30:00-05:00"))
    assert clock.due_on == date(2026, 9, 21)
    assert "2026-09-14" in clock.note
    assert "2026-09-18" in clock.note
    # On a Friday the Saturday gives the same deadline, and nothing is said.
    assert report("2026-09-19T09:00:00-04:00", determined("2026-09-18T23:30:00-05:00")).note == ""


def test_an_unverified_closing_and_the_calendars_end_are_told() -> None:
    doubtful = by_id(
        incident_clocks(
            record_of(opened("2024-12-18T09:00:00-05:00"), determined("2024-12-19T09:00:00-05:00")),
            datetime.fromisoformat("2024-12-20T09:00:00-05:00"),
            settings(),
        )
    )["8-K 1.05"]
    assert doubtful.due_on == date(2024, 12, 27)
    assert "2024-12-26" in doubtful.note
    ahead = by_id(
        incident_clocks(
            record_of(opened(), determined("2026-12-18T09:00:00-05:00")),
            datetime.fromisoformat("2026-12-18T10:00:00-05:00"),
            settings(known_through=None),
        )
    )["8-K 1.05"]
    assert ahead.is_past_known
    assert ahead.state_words == "running, past the calendar's end"


# --- delays --------------------------------------------------------------------------------------


def step(at: str, basis: DelayBasis, stage: DelayStage, days: int = 0) -> Step:
    return (at, Delay(basis, stage, days))


REQUESTED = step("2026-09-06T09:00:00-04:00", AG, DelayStage.REQUESTED)
GRANTED = step("2026-09-10T09:00:00-04:00", AG, DelayStage.GRANTED, 30)
"""Until 11 October, a Sunday, 30 days after 11 September; Monday the 12th is a holiday."""


def test_asking_does_not_stop_the_clock() -> None:
    found = clocks("2026-09-11T18:00:00-04:00", opened(), determined(SATURDAY), REQUESTED)
    assert found["8-K 1.05"].state is ClockState.OVERDUE
    assert "does not stop" in found["8-K 1.05"].note
    assert found["1.05(c) request"].state is ClockState.OVERDUE


def test_a_granted_delay_puts_it_off_and_then_four_business_days_run() -> None:
    steps = (opened(), determined(SATURDAY), REQUESTED, GRANTED)
    inside = clocks("2026-09-20T09:00:00-04:00", *steps)
    # 12 October is a holiday: the 13th, 14th, 15th and 16th are counted.
    assert (inside["8-K 1.05"].state, inside["8-K 1.05"].due_on) == (
        ClockState.DELAYED, date(2026, 10, 16),
    )  # fmt: skip
    assert inside["1.05(c) period 1"].due_on == date(2026, 10, 11)
    after = clocks("2026-10-13T09:00:00-04:00", *steps)
    assert after["8-K 1.05"].state is ClockState.RUNNING
    assert after["1.05(c) period 1"].state is ClockState.SUPERSEDED
    late = clocks("2026-10-16T17:31:00-04:00", *steps)
    assert late["8-K 1.05"].state is ClockState.OVERDUE


def test_periods_follow_one_another() -> None:
    """30, 30 and 60 days after 11 September: 11 October, 10 November, 9 January 2027."""
    found = clocks(
        "2026-11-12T09:00:00-05:00",
        opened(),
        determined(SATURDAY),
        GRANTED,
        step("2026-10-08T09:00:00-04:00", AG, DelayStage.GRANTED, 30),
        step("2026-11-09T09:00:00-05:00", AG, DelayStage.GRANTED, 60),
    )
    ends = [found[f"1.05(c) period {at}"].due_on for at in (1, 2, 3)]
    assert ends == [date(2026, 10, 11), date(2026, 11, 10), date(2027, 1, 9)]
    # 9 January 2027 is a Saturday: Monday to Thursday.
    assert found["8-K 1.05"].due_on == date(2027, 1, 14)


def test_a_grant_after_the_filing_was_due_does_not_count() -> None:
    clock = report(
        "2026-09-14T12:00:00-04:00",
        determined(SATURDAY),
        step("2026-09-14T09:00:00-04:00", AG, DelayStage.GRANTED, 30),
    )
    assert clock.state is ClockState.OVERDUE
    assert "does not count" in clock.note


def test_a_further_grant_after_the_first_ran_out_does_not_count() -> None:
    clock = report(
        "2026-10-14T12:00:00-04:00",
        determined(SATURDAY),
        GRANTED,
        step("2026-10-13T09:00:00-04:00", AG, DelayStage.GRANTED, 30),
    )
    assert clock.due_on == date(2026, 10, 16)


def test_a_declined_request_leaves_the_deadline() -> None:
    found = clocks(
        "2026-09-10T12:00:00-04:00",
        opened(),
        determined(SATURDAY),
        REQUESTED,
        step("2026-09-09T09:00:00-04:00", AG, DelayStage.DECLINED),
    )
    assert found["8-K 1.05"].due_on == date(2026, 9, 11)
    assert "declined" in found["8-K 1.05"].note
    assert "1.05(c) request" not in found


def test_a_delay_that_ends_early_leaves_four_business_days() -> None:
    clock = report(
        "2026-09-22T12:00:00-04:00",
        determined(SATURDAY),
        GRANTED,
        step("2026-09-21T09:00:00-04:00", AG, DelayStage.ENDED_EARLY),
    )
    assert (clock.state, clock.due_on) == (ClockState.RUNNING, date(2026, 9, 25))


def test_an_fcc_notification_puts_it_off_seven_business_days_at_the_most() -> None:
    """With correspondence in time: notified on Tuesday the 8th, until Thursday the 17th."""
    steps = (determined(SATURDAY), step("2026-09-08T09:00:00-04:00", FCC, DelayStage.NOTIFIED))
    without = report("2026-09-10T12:00:00-04:00", *steps)
    assert without.due_on == date(2026, 9, 11)
    assert "correspondence" in without.note
    told = step("2026-09-11T10:00:00-04:00", FCC, DelayStage.CORRESPONDENCE)
    clock = report("2026-09-14T12:00:00-04:00", *steps, told)
    assert (clock.state, clock.due_on) == (ClockState.DELAYED, date(2026, 9, 17))
    late = step("2026-09-11T18:00:00-04:00", FCC, DelayStage.CORRESPONDENCE)
    assert report("2026-09-14T12:00:00-04:00", *steps, late).state is ClockState.OVERDUE
    early = step("2026-09-04T19:00:00-04:00", FCC, DelayStage.NOTIFIED)
    brought = report("2026-09-08T12:00:00-04:00", determined(SATURDAY), early, told)
    assert brought.due_on == date(2026, 9, 11)


# --- amendments ----------------------------------------------------------------------------------


def fact(at: str, state: FactState, name: str = "records", aspect: Aspect = Aspect.SCOPE) -> Step:
    return (at, Fact(name, state, aspect, "So many."))


BEFORE_FILING = "2026-09-09T09:00:00-04:00"
FILED = filed("2026-09-11T10:00:00-04:00")
AVAILABLE = fact("2026-09-22T10:00:00-04:00", FactState.AVAILABLE)


def test_what_was_undetermined_starts_an_amendment_when_it_is_available() -> None:
    steps = (opened(), determined(SATURDAY), fact(BEFORE_FILING, FactState.UNDETERMINED), FILED)
    waiting = clocks("2026-09-20T09:00:00-04:00", *steps)["8-K/A: records"]
    assert waiting.state is ClockState.NOT_STARTED
    running = clocks("2026-09-23T09:00:00-04:00", *steps, AVAILABLE)["8-K/A: records"]
    assert (running.state, running.due_on) == (ClockState.RUNNING, date(2026, 9, 28))
    done = clocks(
        "2026-09-30T09:00:00-04:00", *steps, AVAILABLE,
        filed("2026-09-28T16:00:00-04:00", Form.AMENDMENT),
    )["8-K/A: records"]  # fmt: skip
    assert done.state is ClockState.MET
    early = clocks(
        "2026-09-30T09:00:00-04:00", *steps,
        filed("2026-09-21T16:00:00-04:00", Form.AMENDMENT), AVAILABLE,
    )["8-K/A: records"]  # fmt: skip
    assert early.state is ClockState.OVERDUE, "an amendment before it was available did not give it"


def test_what_was_known_by_the_filing_or_is_of_no_aspect_needs_no_amendment() -> None:
    found = clocks(
        "2026-09-30T09:00:00-04:00",
        opened(),
        determined(SATURDAY),
        fact(BEFORE_FILING, FactState.UNDETERMINED),
        fact("2026-09-10T09:00:00-04:00", FactState.AVAILABLE),
        fact(BEFORE_FILING, FactState.UNDETERMINED, "tool", Aspect.OTHER),
        FILED,
        fact("2026-09-15T09:00:00-04:00", FactState.UNDETERMINED, "new"),
    )
    assert [name for name in found if name.startswith("8-K/A")] == []


# --- the rest ------------------------------------------------------------------------------------


def test_time_since_the_discovery_has_no_limit() -> None:
    found = clocks("2026-09-14T18:40:00-04:00", opened())["without_delay"]
    assert (found.state, found.elapsed_days, found.due_at) == (ClockState.RUNNING, 10.0, None)
    late = clocks("2026-09-14T18:40:00-04:00", opened(), determined("2026-09-06T18:40:00-04:00"))
    assert (late["without_delay"].state, late["without_delay"].elapsed_days) == (
        ClockState.MET,
        2.0,
    )


def test_item_8_01_is_voluntary_and_gives_way() -> None:
    now = "2026-09-14T09:00:00-04:00"
    assert clocks(now, opened())["8-K 8.01"].state is ClockState.NOT_STARTED
    voluntary = filed("2026-09-08T09:00:00-04:00", Form.ITEM_8_01)
    assert clocks(now, opened(), voluntary)["8-K 8.01"].state is ClockState.MET
    later = determined("2026-09-10T09:00:00-04:00")
    found = clocks(now, opened(), voluntary, later)
    assert found["8-K 8.01"].state is ClockState.SUPERSEDED
    assert "8-K 8.01" not in clocks(now, opened(), later)


def test_a_foreign_issuer_has_no_four_days() -> None:
    found = clocks("2026-12-14T11:00:00-04:00", opened(), determined(SATURDAY), is_foreign=True)
    assert set(found) == {"without_delay", "6-K"}
    assert (found["6-K"].state, found["6-K"].due_at, found["6-K"].elapsed_days) == (
        ClockState.RUNNING, None, 100.0,
    )  # fmt: skip
    done = clocks(
        "2026-12-14T11:00:00-04:00", opened(), determined(SATURDAY),
        filed("2026-09-09T09:00:00-04:00", Form.SIX_K), is_foreign=True,
    )  # fmt: skip
    assert done["6-K"].state is ClockState.MET


NOON = "2026-09-07T12:00:00+02:00"


@pytest.mark.parametrize(
    ("regime", "events", "duty", "due"),
    [
        ("NIS2", {"aware_of_significant_incident": NOON}, "nis2_early_warning",
         "2026-09-08T12:00:00+02:00"),
        ("NIS2", {"aware_of_significant_incident": NOON}, "nis2_notification",
         "2026-09-10T12:00:00+02:00"),
        ("GDPR", {"aware_of_personal_data_breach": NOON}, "gdpr_authority",
         "2026-09-10T12:00:00+02:00"),
        ("NYDFS", {"determined_nydfs_incident": NOON}, "nydfs_notice",
         "2026-09-10T12:00:00+02:00"),
        ("NYDFS", {"extortion_payment": NOON}, "nydfs_extortion_payment",
         "2026-09-08T12:00:00+02:00"),
        ("NYDFS", {"extortion_payment": NOON}, "nydfs_extortion_explanation",
         "2026-10-07T23:59:59+02:00"),
        ("HIPAA", {"discovered_health_information_breach": NOON}, "hipaa_individuals",
         "2026-11-06T23:59:59+02:00"),
        # the earlier of four hours after classification and 24 after awareness
        ("DORA", {"classified_major": NOON}, "dora_initial", "2026-09-07T16:00:00+02:00"),
        ("DORA", {"aware_of_ict_incident": NOON}, "dora_initial", "2026-09-08T12:00:00+02:00"),
        (
            "DORA",
            {"aware_of_ict_incident": NOON, "classified_major": "2026-09-08T11:00:00+02:00"},
            "dora_initial", "2026-09-08T12:00:00+02:00",
        ),
        # classified after the 24 hours: the four hours alone
        (
            "DORA",
            {"aware_of_ict_incident": NOON, "classified_major": "2026-09-10T11:00:00+02:00"},
            "dora_initial", "2026-09-10T15:00:00+02:00",
        ),
    ],
)  # fmt: skip
def test_other_regimes_run_from_the_event_that_was_recorded(
    regime: str, events: dict[str, str], duty: str, due: str
) -> None:
    steps: list[Step] = [opened(), *((at, Event(name)) for name, at in events.items())]
    found = clocks("2026-09-10T11:30:00+02:00", *steps, regimes=(regime,))[duty]
    assert found.due_at == datetime.fromisoformat(due)


def test_a_regime_without_its_event_has_not_started_and_one_of_others_is_not_there() -> None:
    found = clocks("2026-09-10T11:00:00+02:00", opened(), regimes=("GDPR",))
    assert found["gdpr_authority"].state is ClockState.NOT_STARTED
    assert "becoming aware" in found["gdpr_authority"].trigger
    assert "hipaa_individuals" not in found


def test_a_notification_meets_its_clock_and_starts_the_next() -> None:
    steps = (
        opened(),
        (NOON, Event("aware_of_significant_incident")),
        ("2026-09-08T12:00:00+02:00", Notified("nis2_early_warning")),
        ("2026-09-10T12:00:01+02:00", Notified("nis2_notification")),
    )
    found = clocks("2026-09-20T12:00:00+02:00", *steps, regimes=("nis 2",))
    assert found["nis2_early_warning"].state is ClockState.MET
    assert found["nis2_notification"].state is ClockState.MET_LATE
    assert found["nis2_final_report"].due_at == datetime.fromisoformat("2026-10-10T23:59:59+02:00")


def test_days_end_by_the_clocks_of_the_zone_that_the_event_was_given_in() -> None:
    """60 days from September reach over the end of summer time."""
    steps = record_of(opened(), ("2026-09-16T10:12:00-05:00", Event("discovered_breach_of_500")))
    entries = tuple(
        type(each)(**{**each.__dict__, "zone": "America/Chicago"}) for each in steps.entries
    )
    found = by_id(
        incident_clocks(
            IncidentRecord("INC-7", entries),
            datetime.fromisoformat("2026-09-30T10:00:00-05:00"),
            settings("HIPAA"),
        )
    )["hipaa_secretary"]
    assert found.due_at == datetime(2026, 11, 15, 23, 59, 59, tzinfo=ZoneInfo("America/Chicago"))
    assert found.is_whole_day


days = st.integers(0, 400)


@given(days, st.integers(0, 23), days, st.integers(0, 23))
def test_a_report_is_due_on_a_business_day_and_never_earlier_for_a_later_determination(
    first: int, hour: int, more: int, other: int
) -> None:
    start = datetime.fromisoformat("2026-01-01T00:00:00-05:00")
    one = start + timedelta(days=first, hours=hour)
    two = one + timedelta(days=more, hours=other)
    due = []
    for at in (one, two):
        steps = (opened("2025-12-31T00:00:00-05:00"), determined(at.isoformat()))
        clock = by_id(incident_clocks(record_of(*steps), at, settings()))["8-K 1.05"]
        assert clock.due_on is not None
        assert load_filing_calendar().is_business_day(clock.due_on)
        assert clock.due_at == cut_off(clock.due_on)
        assert clock.state is ClockState.RUNNING
        due.append(clock.due_on)
    assert due[0] <= due[1]
