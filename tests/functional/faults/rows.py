"""Faults of whole rows: their width, their keys, the order of their times, their sums."""

from __future__ import annotations

from tests.functional.faults.cells import odd_cell
from tests.functional.faults.fault import (
    Told,
    noted,
    on_line,
    repeat_line,
    set_aside,
    set_cell,
    through,
)
from tests.functional.faults.files import AUDIT, INCIDENTS

DEPLOYMENTS = "cto/gitlab_deployments.csv"

ROW_FAULTS = (
    through(
        set_aside(
            "too_many_cells",
            on_line(AUDIT, 3, lambda line: line.replace(b"Leaver access", b"Leaver, access")),
            Told("too_many_cells", AUDIT, 3),
            "11 cells where the header has 10",
        )
    ),
    set_aside(
        "too_few_cells",
        on_line(AUDIT, 3, lambda line: line.rsplit(b",", 2)[0]),
        Told("too_few_cells", AUDIT, 3),
        "8 cells where the header has 10",
    ),
    noted(
        "row_given_twice",
        repeat_line(AUDIT, 3),
        Told("duplicate_row", AUDIT, 4, "audit_finding_id"),
        "line 3",
    ),
    through(
        set_aside(
            "key_given_twice",
            repeat_line(AUDIT, 3, lambda line: line.replace(b",medium,", b",low,")),
            Told("duplicate_key", AUDIT, 4, "audit_finding_id"),
            "line 3",
        )
    ),
    through(
        set_aside(
            "recovered_before_detected",
            set_cell(INCIDENTS, 3, "resolved_at", "2024-10-01 08:00:00"),
            Told("out_of_order", INCIDENTS, 3, "recovered_at"),
            "lies before detected_at",
        )
    ),
    set_aside(
        "closed_before_raised",
        set_cell(AUDIT, 3, "closed_on", "2024-07-01"),
        Told("out_of_order", AUDIT, 3, "closed_on", "2024-07-01"),
        "lies before raised_on",
    ),
    set_aside(
        "more_gates_passed_than_required",
        set_cell(DEPLOYMENTS, 3, "gates_passed", "9"),
        Told("part_above_whole", DEPLOYMENTS, 3, "gates_passed", "9"),
        "above gates_required",
    ),
    odd_cell(
        "incident_that_is_not_there",
        "ciso/splunk_notables.csv",
        "incident_ref",
        "INC-NONE",
        "unknown_reference",
        "INC-NONE is not among",
        column="incident_id",
    ),
)
