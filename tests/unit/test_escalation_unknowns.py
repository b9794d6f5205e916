"""Rows that no rule of escalation can judge are counted, and taken for nothing that they may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from board_report.governance.escalations import EscalationRule, Gap, escalations, gaps
from board_report.metrics.freshness import with_record_spans
from board_report.model import Target
from tests.spec.tables import Row, tables
from tests.unit.test_escalations import flaw, incident, watch

CLOCK = EscalationRule.CLOCK
JEWEL = EscalationRule.CROWN_JEWEL_OVERDUE
SILENT = EscalationRule.CONTROL_SILENT


def reasons(**given: list[Row]) -> dict[EscalationRule, Gap]:
    """The gaps of a part of the rows, by rule."""
    return {each.rule: each for each in gaps(watch(tables(**given))) if each.is_partial}


def rules(**given: list[Row]) -> set[EscalationRule]:
    return {each.rule for each in escalations(watch(tables(**given)))}


def alert(at: str, source: str | None) -> Row:
    return {"created_at": at, "source": source}


def test_an_incident_that_states_no_materiality_runs_no_clock_and_is_counted() -> None:
    rows = [incident(state=None), incident(state="not_required")]
    assert rules(incidents=rows) == set()
    gap = reasons(incidents=rows)[CLOCK]
    assert gap.reason == "1 of 2 security incidents does not say its materiality state"
    assert CLOCK not in reasons(incidents=rows[1:])


def test_what_was_detected_after_the_cutoff_is_not_asked() -> None:
    later = incident(state=None, detected="2026-10-01 12:00")
    assert reasons(incidents=[incident(state="not_required"), later]) == {}


def test_an_overdue_finding_of_unknown_tier_is_no_crown_jewel_and_is_counted() -> None:
    jewel = flaw("2026-08-01")
    unknown, other = {**jewel, "asset_tier": None}, {**jewel, "asset_tier": "workplace"}
    assert rules(vulnerability_findings=[unknown, other]) == set()
    gap = reasons(vulnerability_findings=[unknown, other])[JEWEL]
    assert gap.reason == "1 of 2 vulnerability findings does not say its asset tier"
    both = [jewel, unknown, {**unknown, "closed_on": "2026-08-02"}]
    assert rules(vulnerability_findings=both) == {JEWEL}
    assert "1 of 2 vulnerability findings in question" in (
        reasons(vulnerability_findings=both)[JEWEL].reason
    )
    assert reasons(vulnerability_findings=[jewel, other]) == {}


def test_a_crown_jewel_without_a_due_date_is_not_overdue_and_is_counted() -> None:
    jewel = flaw(None)
    other = flaw(None, tier="workplace")
    assert rules(vulnerability_findings=[jewel, other]) == set()
    dated = flaw("2026-12-01")
    gap = reasons(vulnerability_findings=[jewel, dated, other])[JEWEL]
    assert gap.reason == "1 of 2 vulnerability findings in question does not say its due date"


def test_an_alert_of_unknown_source_may_be_of_the_tool_that_seems_silent() -> None:
    before, now = "2026-05-04 12:00", "2026-08-04 12:00"
    silent = [alert(before, "edr"), alert(now, "siem")]
    assert rules(detections=silent) == {SILENT}
    unknown = [*silent, alert(now, None)]
    assert rules(detections=unknown) == set()
    coverage = {"control_coverage": []}
    gap = reasons(detections=unknown, **coverage)[SILENT]
    assert gap.reason == "1 of 3 detections does not say its source"
    assert SILENT not in reasons(detections=silent, **coverage)


def whole(**given: list[Row]) -> dict[EscalationRule, str]:
    """Why each rule could not be applied at all."""
    some = gaps(watch(tables(**given)))
    return {each.rule: each.reason for each in some if not each.is_partial}


def test_a_column_that_no_row_fills_stops_the_rule() -> None:
    state = [incident(state=None), incident(state=None)]
    assert (
        whole(incidents=state)[CLOCK] == "no row of security incidents says its materiality state"
    )
    tier = [{**flaw("2026-08-01"), "asset_tier": None}]
    assert whole(vulnerability_findings=tier)[JEWEL] == (
        "no row of vulnerability findings says its asset tier"
    )
    overdue, on_time = {**flaw("2026-08-01"), "asset_tier": None}, flaw("2026-12-01")
    assert whole(vulnerability_findings=[overdue, on_time])[JEWEL] == (
        "1 of 1 vulnerability findings in question does not say its asset tier"
    )


def test_records_that_begin_after_the_quarter_stop_the_rule() -> None:
    late = with_record_spans(
        tables(vulnerability_findings=[{**flaw("2027-08-01"), "first_seen_on": "2027-01-02"}]),
        time_zone="America/Chicago",
        as_of=date(2026, 9, 30),
        stale_after_days=45,
    )
    (reason,) = [each.reason for each in gaps(watch(late)) if each.rule is JEWEL]
    assert reason.replace("\u00a0", " ") == (
        "the records of vulnerability findings begin on 2 Jan 2027"
    )


def test_a_missed_target_without_the_quarters_before_is_not_cleared() -> None:
    """Off now and unknown before: it may be the third quarter, and nobody can say."""
    aims = {"mttr": Target("mttr", at_least=False, value=36.0, near=44.0)}
    aims["mttd"] = replace(aims["mttr"], metric_id="mttd")
    steady = (30.0,) * 5

    def missed(values: tuple[float | None, ...]) -> list[tuple[str, bool]]:
        given = watch(figures={"mttd": steady, "mttr": values}, targets=aims)
        return [
            (each.reason, each.is_partial)
            for each in gaps(given)
            if each.rule is EscalationRule.TARGET_MISSED
        ]

    assert missed((30.0, 30.0, None, 50.0, 50.0)) == [
        ("1 figure off target is not measured in the quarters before", True)
    ]
    assert missed((30.0, 30.0, 30.0, 50.0, 50.0)) == []
    assert missed((30.0, 30.0, None, 30.0, 30.0)) == []


def test_a_rule_without_one_of_its_files_is_told_once() -> None:
    """Without the controls' file the rule looked at the alerts alone."""
    found = gaps(watch(tables(detections=[alert("2026-08-04 12:00", None)])))
    (silent,) = [each for each in found if each.rule is SILENT]
    assert (silent.is_partial, silent.reason) == (True, "no file for control coverage")
