"""Findings of audits, regulators and penetration tests: open, overdue, on time, repeated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

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
    equals,
    known,
    metric,
    numbers,
    on_or_before,
    on_time_of,
    past,
    share_of,
    stands_at_cutoff,
)

SUBJECT = "Audit"
SPLITS = ("origin",)
TABLE = "audit_findings"
OPEN_COLUMNS = ("audit_findings.raised_on", "audit_findings.closed_on")
DUE = "audit_findings.due_on"
ORIGIN, SEVERITY = "audit_findings.origin", "audit_findings.severity"


def _open(scope: Scope) -> BoolArray:
    frame = scope.frame(TABLE)
    return stands_at_cutoff(frame["raised_on"], frame["closed_on"], scope.window)


def _may_have_fallen_due(scope: Scope) -> BoolArray:
    """Rows that stood on a day of the quarter, so that an unknown due date may lie in it."""
    frame = scope.frame(TABLE)
    raised = on_or_before(frame["raised_on"], scope.window)
    closed = frame["closed_on"].to_numpy(dtype="datetime64[D]")
    return raised & ~(closed < np.datetime64(scope.window.first_day))


@metric(
    id="audit_findings_open",
    title="Audit findings open",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Findings raised by the end of the quarter whose closure was not verified by then.",
    denominator="audit and penetration-test findings open at quarter end",
    empty="0",
    columns=OPEN_COLUMNS,
    splits=SPLITS,
    comparison=Comparison.STATED,
)
def audit_findings_open(scope: Scope) -> Measure:
    """A stock; a finding is closed when its closure was verified, not when it was claimed."""
    return count_of(TABLE, _open(scope))


@metric(
    id="audit_findings_overdue",
    title="Audit findings overdue",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Findings open at the end of the quarter whose agreed due date had gone by.",
    denominator="open findings past their due date",
    empty="0",
    columns=(*OPEN_COLUMNS, DUE),
    needs=(DUE,),
    splits=SPLITS,
    comparison=Comparison.STATED,
)
def audit_findings_overdue(scope: Scope) -> Measure:
    """A stock; a finding due on the last day is not yet overdue."""
    standing = _open(scope)
    overdue = standing & past(scope.frame(TABLE)["due_on"], scope.window)
    return replace(count_of(TABLE, overdue), judged={DUE: standing})


@metric(
    id="audit_closed_on_time",
    title="Audit findings on time",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Findings due in the quarter and closed by their due date / findings due.",
    denominator="audit and penetration-test findings due in the quarter",
    empty="nothing happened",
    columns=(*OPEN_COLUMNS, DUE),
    needs=(DUE,),
    splits=SPLITS,
    minimum_n=5,
    withhold_below=0,
)
def audit_closed_on_time(scope: Scope) -> Measure:
    """Divides by what was due, so that findings nobody closed stay in the figure."""
    frame = scope.frame(TABLE)
    share = on_time_of(TABLE, frame["due_on"], frame["closed_on"], scope.window)
    return replace(share, judged={DUE: _may_have_fallen_due(scope)})


@metric(
    id="repeat_finding_share",
    title="Repeat audit findings",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Findings that an earlier audit had raised / findings raised in four quarters.",
    denominator="findings raised in the four quarters that end with this one",
    empty="nothing happened",
    columns=("audit_findings.raised_on", "audit_findings.is_repeat"),
    splits=SPLITS,
    minimum_n=5,
    is_trailing=True,
    withhold_below=0,
)
def repeat_finding_share(scope: Scope) -> Measure:
    """Over four quarters, since a single audit would swing a quarter's share."""
    frame = scope.frame(TABLE)
    repeat = numbers(frame["is_repeat"])
    raised = days_in_trailing_year(frame["raised_on"], scope.window)
    return share_of(
        TABLE,
        repeat > 0,
        raised,
        unknown=raised & np.isnan(repeat),
        unknown_word="not said to be new or repeat",
    )


@metric(
    id="pentest_criticals_open",
    title="Pen-test criticals open",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Critical and high findings of penetration tests open at the end of the quarter.",
    denominator="open critical and high penetration-test findings",
    empty="0",
    columns=(*OPEN_COLUMNS, ORIGIN, SEVERITY),
    needs=(ORIGIN, SEVERITY),
    comparison=Comparison.STATED,
)
def pentest_criticals_open(scope: Scope) -> Measure:
    """A stock of what testers showed could be used, critical and high together."""
    frame = scope.frame(TABLE)
    grave = equals(frame["severity"], "critical", "high")
    tested = equals(frame["origin"], "penetration_test")
    standing = _open(scope)
    may_be_grave = grave | ~known(frame["severity"])
    return replace(
        count_of(TABLE, standing & grave & tested),
        judged={ORIGIN: standing & may_be_grave, SEVERITY: standing & tested},
    )


METRICS = (
    audit_findings_open,
    audit_findings_overdue,
    audit_closed_on_time,
    repeat_finding_share,
    pentest_criticals_open,
)
