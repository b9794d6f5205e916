"""Figures of so few cases that a board could tell them apart are withheld, and say why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.metrics.catalogue import metric_catalogue
from board_report.metrics.ciso.clocks import mttd, mttr
from board_report.metrics.ciso.exposure import patch_sla_compliance
from board_report.metrics.ciso.incidents import incidents_detected
from board_report.metrics.declare import Comparison, Unit
from board_report.model import State
from tests.spec.tables import result_of, tables


def incident(hours: int) -> dict[str, str]:
    return {"occurred_at": "2026-08-01 00:00", "detected_at": f"2026-08-01 {hours:02d}:00"}


def test_two_cases_have_no_median() -> None:
    found = result_of(mttd, tables(incidents=[incident(2), incident(4)]))
    assert (found.state, found.value, found.n) == (State.WITHHELD, None, 2)
    assert found.note == "only 2 cases, too few for a median"
    assert "median" not in found.parts
    assert found.parts["population"] == 2, "how many there were is still said"


def test_three_cases_have_one() -> None:
    found = result_of(mttd, tables(incidents=[incident(2), incident(4), incident(9)]))
    assert (found.state, found.value) == (State.MEASURED, 4)


def test_the_reason_stands_before_what_else_is_said() -> None:
    rows = [{**incident(2), "recovered_at": "2026-08-02 02:00"}]
    found = result_of(mttr, tables(incidents=[*rows, {"occurred_at": None, **incident(3)}]))
    assert found.state is State.WITHHELD
    more = [*rows, *rows, incident(3)]
    assert result_of(mttr, tables(incidents=more)).value == 24


def test_a_share_of_one_is_withheld_and_its_parts_are_not() -> None:
    due = {"first_seen_on": "2026-07-01", "due_on": "2026-08-01", "closed_on": "2026-07-20"}
    found = result_of(patch_sla_compliance, tables(vulnerability_findings=[due]))
    assert (found.state, found.note) == (State.WITHHELD, "only 1 case, too few for a share")
    assert (found.parts["numerator"], found.parts["denominator"]) == (1, 1)
    assert result_of(patch_sla_compliance, tables(vulnerability_findings=[due] * 3)).value == 1


def test_a_count_of_one_is_printed() -> None:
    assert result_of(incidents_detected, tables(incidents=[incident(2)])).value == 1


NAMED = {
    *("audit_closed_on_time", "repeat_finding_share", "hunt_yield", "secure_adoption_rate"),
    *("ai_found_share", "sync_meetings_held", "joint_actions_on_time", "exercise_actions_closed"),
    *("incident_reviews_held", "vendor_decisions_with_both_scores", "threat_intel_acted_on"),
    "ciso_attendance",
}
"""Shares of cases that each have a name, and that pages print as so many of so many."""


@pytest.mark.parametrize("spec", metric_catalogue().values(), ids=lambda each: each.id)
def test_every_median_and_every_judged_share_has_the_rule(spec) -> None:
    """And no count, no money and no state that people set is withheld for being small."""
    thin = spec.headline == "median" or spec.compared_as is Comparison.SHARE
    assert spec.fewest == (3 if thin and spec.id not in NAMED else 0)
    if spec.unit in (Unit.COUNT, Unit.MONEY, Unit.STAGE):
        assert spec.fewest == 0


def test_a_declaration_overrides_the_rule() -> None:
    rows = tables(incidents=[incident(2), incident(4)])
    assert result_of(replace(mttd, withhold_below=2), rows).value == 3
    assert result_of(replace(incidents_detected, withhold_below=5), rows).value is None
