"""What rating services see at third parties from outside: grave findings that they list as open.

The table has a list for each quarter: a quarter without one was not measured.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from board_report.metrics.ciso.third_parties import SUBJECT
from board_report.metrics.declare import (
    BoolArray,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    equals,
    known,
    metric,
    not_measured,
    numbers,
    of_quarter,
    remark,
    stands_at_cutoff,
)

if TYPE_CHECKING:
    import pandas as pd

    from board_report.period import Window

TABLE = "third_party_findings"
GRAVE = ("critical", "high")
NEAR_DAYS = 45
"""Half a quarter: a list whose newest sighting is further from the day that is counted stands
nearer to another quarter's end, and says nothing of this one."""
LONG_UNSEEN_DAYS = 90
"""A quarter: findings that a service still lists as open, but last saw longer ago, are noted."""


@metric(
    id="third_party_outside_findings",
    title="Outside findings on vendors",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Critical and high findings that rating services list as open at quarter end.",
    denominator="critical and high findings listed as open at quarter end",
    empty="not measured",
    columns=tuple(
        f"{TABLE}.{each}"
        for each in (
            *("quarter", "service", "severity", "first_seen_on", "last_seen_on", "closed_on"),
            *("analyst_verdict", "is_false_positive"),
        )
    ),
    reference="An outside view, of a vendor's internet face alone; not our own assessments",
    only_if_given=True,
)
def third_party_outside_findings(scope: Scope) -> Measure:
    """A stock as each service lists it; what it marks as no finding is left out and noted.

    A weakness that two services report counts twice, since their findings have no common number.
    ``parts`` has the critical, the high, those dismissed, those long unseen, and the services.
    """
    frame, window = scope.frame(TABLE), scope.window
    listed = of_quarter(frame["quarter"], window)
    if not listed.any():
        return not_measured(f"no outside findings recorded for {window.quarter}")
    far = _of_another_quarter(frame, listed, window)
    if far:
        return not_measured(far)
    stands = listed & stands_at_cutoff(frame["first_seen_on"], frame["closed_on"], window)
    grave = stands & equals(frame["severity"], *GRAVE)
    dismissed = equals(frame["analyst_verdict"], "dismissed")
    dismissed |= numbers(frame["is_false_positive"]) == 1
    counted = grave & ~dismissed
    parts = {each: float((counted & equals(frame["severity"], each)).sum()) for each in GRAVE}
    parts["dismissed"] = float((grave & dismissed).sum())
    parts["long_unseen"] = float((counted & _long_unseen(frame, window)).sum())
    parts["services"] = float(frame["service"][listed].nunique())
    note = remark(
        (parts["services"] if parts["services"] > 1 else 0, "services added up"),
        (parts["long_unseen"], f"last seen over {LONG_UNSEEN_DAYS} days before"),
        (parts["dismissed"], "more called no finding by the service"),
    )
    return replace(count_of(TABLE, counted, note=note), parts=parts)


def _of_another_quarter(frame: pd.DataFrame, listed: BoolArray, window: Window) -> str:
    """A note naming the first service whose list was not drawn near the day that is counted."""
    day = np.datetime64(window.cutoff_day)
    seen = frame["last_seen_on"].to_numpy(dtype="datetime64[D]")
    for service in sorted(set(frame["service"][listed])):
        own = listed & equals(frame["service"], service) & known(frame["last_seen_on"])
        if not own.any():
            continue
        newest = seen[own].max()
        if abs((newest - day).astype(int)) > NEAR_DAYS:
            said: date = newest.astype(date)
            words = f"{said.day} {said:%b %Y}"
            return f"the newest sighting of {service} for {window.quarter} is of {words}"
    return ""


def _long_unseen(frame: pd.DataFrame, window: Window) -> BoolArray:
    limit = np.datetime64(window.cutoff_day) - np.timedelta64(LONG_UNSEEN_DAYS, "D")
    return frame["last_seen_on"].to_numpy(dtype="datetime64[D]") < limit


METRICS = (third_party_outside_findings,)
