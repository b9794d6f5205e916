"""The board's oversight: meetings on cyber risk, the CISO's presence, and executive sessions."""

from __future__ import annotations

from board_report.metrics.cto.reading import is_true
from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    days_in_trailing_year,
    known,
    metric,
    remark,
    share_of,
)
from board_report.tables.schema import Audience

SUBJECT = "Oversight"
CALENDAR = "committee_calendar"


def _meetings(scope: Scope) -> BoolArray:
    """Meetings of the four quarters that end with the one reported on."""
    return days_in_trailing_year(scope.frame(CALENDAR)["meeting_on"], scope.window)


@metric(
    id="committee_cyber_meetings",
    title="Board meetings on cyber",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Board and committee meetings with cybersecurity on the agenda.",
    denominator="meetings on cybersecurity in the four quarters to quarter end",
    empty="0",
    columns=(f"{CALENDAR}.meeting_on", f"{CALENDAR}.is_cyber_on_agenda"),
    audience=Audience.PUBLIC,
    reference="Four quarters to quarter end; meetings planned after the as-of date do not count.",
    comparison=Comparison.STATED,
)
def committee_cyber_meetings(scope: Scope) -> Measure:
    """Meetings of the board or its committee with cybersecurity on the agenda, four quarters."""
    agenda = is_true(scope.frame(CALENDAR)["is_cyber_on_agenda"])
    return count_of(CALENDAR, _meetings(scope) & agenda)


@metric(
    id="ciso_attendance",
    title="CISO at cyber meetings",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Cyber meetings that the CISO attended / cyber meetings with attendance recorded.",
    denominator="meetings on cybersecurity in four quarters with attendance recorded",
    empty="nothing happened",
    columns=(
        f"{CALENDAR}.meeting_on",
        f"{CALENDAR}.is_cyber_on_agenda",
        f"{CALENDAR}.is_ciso_present",
    ),
    minimum_n=5,
    reference="Four quarters to quarter end; withheld when no attendance is recorded.",
    is_trailing=True,
    withhold_below=0,
)
def ciso_attendance(scope: Scope) -> Measure:
    """Cyber meetings with the CISO present, over those of known attendance, four quarters."""
    frame = scope.frame(CALENDAR)
    meetings = _meetings(scope) & is_true(frame["is_cyber_on_agenda"])
    present = frame["is_ciso_present"]
    return share_of(
        CALENDAR,
        is_true(present),
        meetings,
        unknown=meetings & ~known(present),
        unknown_word="of unknown attendance",
    )


@metric(
    id="executive_sessions",
    title="Executive sessions",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.UP,
    owner=Owner.JOINT,
    formula="Meetings at which the CISO met the directors without management.",
    denominator="executive sessions with the CISO in the four quarters to quarter end",
    empty="0",
    columns=(f"{CALENDAR}.meeting_on", f"{CALENDAR}.is_executive_session"),
    reference="Four quarters to quarter end; a meeting without a record counts as none.",
    comparison=Comparison.STATED,
)
def executive_sessions(scope: Scope) -> Measure:
    """Meetings of four quarters with a session of the CISO without management."""
    session = scope.frame(CALENDAR)["is_executive_session"]
    meetings = _meetings(scope)
    note = remark(((meetings & ~known(session)).sum(), "without a record of it"))
    return count_of(CALENDAR, meetings & is_true(session), note=note)


METRICS = (committee_cyber_meetings, ciso_attendance, executive_sessions)
