"""Each rule of escalation: a case that fires, one that must not, and the days between them."""

from dataclasses import replace
from datetime import date, timedelta
from math import inf

import pytest

from board_report.governance.escalations import (
    ESCALATION_FAULTS,
    ESCALATION_RULES,
    Escalation,
    EscalationRule,
    Watch,
    escalation_findings,
    escalations,
    folded,
    gaps,
    missed_longer,
)
from board_report.metrics.declare import Unit
from board_report.metrics.evaluate import Figures
from board_report.metrics.judge import judge
from board_report.model import MetricResult, Severity, State, Target
from board_report.period import Quarter
from board_report.pipeline import catalogue
from tests.spec.tables import tables, window_of

SPECS = catalogue()[0]
QUARTERS = Quarter.parse("2026-Q3").history(5)


def say(value, unit):
    return f"${value:,.0f}" if unit is Unit.MONEY else f"{value:g}"


def figures_of(given=(), targets=()):
    """Series of the last five quarters, oldest first; None is not measured."""
    specs = {name: SPECS[name] for name in dict(given)}

    def series(name, values):
        results = [
            MetricResult(name, quarter, State.NOT_MEASURED, None, 0)
            if value is None
            else MetricResult(name, quarter, State.MEASURED, value, 20)
            for quarter, value in zip(QUARTERS[-len(values) :], values, strict=True)
        ]
        return judge(specs[name], results, dict(targets).get(name), {})

    return Figures(specs, {name: series(name, values) for name, values in dict(given).items()})


def watch(
    some=None,
    *,
    figures=None,
    bands=(),
    tolerance=None,
    quarters=5,
    as_of=None,
    targets=(),
    appetite=None,
):
    windows = tuple(window_of(str(each), as_of) for each in QUARTERS[-quarters:])
    return Watch(
        figures_of(figures or {}, targets),
        some or tables(),
        windows,
        bands,
        tolerance,
        "America/Chicago",
        say,
        appetite,
    )


def found(rule, *args, **kwargs):
    some = escalations(watch(*args, **kwargs))
    assert {each.rule for each in some} <= {rule}
    return some


# --- clock ---------------------------------------------------------------------------------------


def incident(state="under_review", detected="2026-09-16 10:12", on=None):
    return {
        "incident_id": "INC-1",
        "title": "Data at a vendor",
        "detected_at": detected,
        "materiality_state": state,
        "materiality_determined_on": on,
    }


def clock(*rows, **kwargs):
    return found(EscalationRule.CLOCK, tables(incidents=list(rows)), **kwargs)


def test_an_open_review_runs_from_detection():
    (one,) = clock(incident())
    assert one.sentence == "Materiality under review for 14\u00a0days: INC-1, Data at a vendor."
    assert (one.rank, one.since, one.owner_role) == (1, date(2026, 9, 16), "CISO")
    assert [(ref.file, ref.line) for ref in one.rows] == [("incidents.csv", 2)]


def test_days_are_those_of_the_company():
    # 29 September, 23:30 in Chicago is the 30th in UTC
    assert "for 1\u00a0day:" in clock(incident(detected="2026-09-29 23:30"))[0].sentence
    assert "since today:" in clock(incident(detected="2026-09-30 23:30"))[0].sentence


@pytest.mark.parametrize(
    "row",
    [
        incident("not_required"),
        incident("determined_not_material", on="2026-09-30"),
        incident(detected="2026-10-01 00:00"),  # detected after the as-of day
        incident("determined_material", detected="2026-05-04 09:00", on="2026-06-30"),  # before
    ],
)
def test_no_clock(row):
    assert clock(row) == ()


def test_a_later_determination_had_not_come_yet():
    (one,) = clock(incident("determined_not_material", on="2026-10-01"))
    assert one.sentence.startswith("Materiality under review for 14")


@pytest.mark.parametrize("on", ["2026-07-01", "2026-09-30"])
def test_determined_material_in_the_quarter_comes_before_reviews(on):
    old = {**incident("determined_material", on=on), "incident_id": "INC-2"}
    first, second = clock(incident(), {**old, "detected_at": "2026-06-20 09:00"})
    assert first.sentence.startswith("Determined material on ")
    assert (first.size, first.since) == (inf, date.fromisoformat(on))
    assert second.sentence.startswith("Materiality under review")


# --- loss ----------------------------------------------------------------------------------------


def losses(*values, tolerance=34.0, appetite=None):
    return found(
        EscalationRule.OVER_APPETITE,
        figures={"loss_1_in_20": values},
        tolerance=tolerance,
        appetite=appetite,
    )


def test_loss_that_dwells_over_appetite_and_not_over_tolerance():
    (one,) = losses(20.0, 20.0, 28.0, 27.0, 30.0, appetite=26.0)
    assert one.sentence == (
        "The 1-in-20-year loss is $30, over the appetite of $26 for 3 quarters running."
    )
    # over tolerance for the first quarter only: the longer dwelling over appetite is said
    (one,) = losses(20.0, 20.0, 28.0, 27.0, 37.0, appetite=26.0)
    assert "over the appetite of $26 for 3 quarters" in one.sentence
    # over tolerance for two: that is said, once
    (one,) = losses(20.0, 20.0, 28.0, 35.0, 37.0, appetite=26.0)
    assert "over the tolerance of $34 for 2 quarters" in one.sentence
    assert losses(20.0, 20.0, 20.0, 26.0, 30.0, appetite=26.0) == ()
    assert losses(20.0, 20.0, 28.0, 27.0, 30.0) == ()


def test_loss_that_dwells_over_tolerance():
    (one,) = losses(40.0, 33.0, 36.0, 35.0, 37.0)
    assert one.sentence == (
        "The 1-in-20-year loss is $37, over the tolerance of $34 for 3 quarters running."
    )
    assert (one.metric_id, one.since) == ("loss_1_in_20", date(2026, 3, 31))
    assert losses(35.0, 37.0, 36.0, 36.0, 36.0)[0].sentence.endswith(
        "for 5 quarters running, as far back as it is measured."
    )


@pytest.mark.parametrize(
    "values",
    [
        (40.0, 40.0, 40.0, 33.0, 37.0),  # over for the first quarter only
        (40.0, 40.0, 40.0, 40.0, 34.0),  # just what is tolerated
        (40.0, 40.0, 40.0, 40.0, None),
        (40.0, 40.0, 40.0, None, 40.0),  # a quarter without a value ends the run
    ],
)
def test_loss_that_does_not_dwell(values):
    assert losses(*values) == ()
    assert losses(*values, tolerance=None) == ()


# --- bands ---------------------------------------------------------------------------------------


def risk(quarter, loss, risk_id="R-1", **more):
    """A scenario whose interval is a point: one event a year of exactly this loss."""
    return {
        "quarter": quarter,
        "risk_id": risk_id,
        "title": "Long title",
        "short_title": f"Risk {risk_id}",
        "owner_role": "COO",
        "events_low": 1.0,
        "events_high": 1.0,
        "loss_low": loss,
        "loss_high": loss,
        **more,
    }


BANDS = (("moderate", 500.0), ("high", 1000.0), ("severe", 3000.0))


def bands(before, now, given=BANDS, **kwargs):
    rows = [risk("2026-Q2", before), risk("2026-Q3", now, reviewed_on="2026-09-24")]
    return found(EscalationRule.RISK_BAND, tables(risk_register=rows), bands=given, **kwargs)


def test_a_scenario_that_reaches_a_band():
    (one,) = bands(999.0, 1000.0)
    assert one.sentence == (
        "Risk R-1 rose from “moderate” to “high”: its expected loss a year went from $999 to "
        "$1,000."
    )
    assert [ref.line for ref in one.rows] == [3, 2]
    assert (one.since, one.owner_role) == (date(2026, 9, 24), "COO")
    assert "from below “moderate” to “severe”" in bands(10.0, 5000.0)[0].sentence


@pytest.mark.parametrize(
    ("before", "now"),
    [(1500.0, 900.0), (1100.0, 2900.0), (400.0, 499.0), (3000.0, 9000.0)],
)
def test_downward_or_inside_a_band_is_nothing(before, now):
    assert bands(before, now) == ()


def test_without_bands_a_quarter_before_or_a_row_before_nothing_is_crossed():
    assert bands(1.0, 9000.0, given=()) == ()
    assert bands(1.0, 9000.0, quarters=1) == ()
    alone = tables(risk_register=[risk("2026-Q3", 9000.0), risk("2026-Q1", 1.0)])
    assert found(EscalationRule.RISK_BAND, alone, bands=BANDS) == ()


def test_a_band_is_by_what_risk_inputs_say():
    """Two events a year in this quarter's inputs, beside the register's one: twice the loss."""
    rows = [risk("2026-Q2", 600.0), risk("2026-Q3", 600.0)]
    inputs = [{"risk_id": "R-1", "input": "loss_event_frequency", "shape": "fixed", "likely": 2.0}]
    some = tables(risk_register=rows, risk_inputs=inputs)
    (one,) = found(EscalationRule.RISK_BAND, some, bands=BANDS)
    assert "from “moderate” to “high”" in one.sentence


def test_where_figures_are_withheld_no_band_is_crossed():
    rows = [risk("2026-Q2", 600.0), risk("2026-Q3", 9000.0, currency="EUR")]
    assert found(EscalationRule.RISK_BAND, tables(risk_register=rows), bands=BANDS) == ()


def test_the_larger_risk_comes_first():
    rows = [
        risk("2026-Q2", 400.0, "R-1"),
        risk("2026-Q2", 900.0, "R-2"),
        risk("2026-Q3", 600.0, "R-1"),
        risk("2026-Q3", 1200.0, "R-2"),
    ]
    some = found(EscalationRule.RISK_BAND, tables(risk_register=rows), bands=BANDS)
    assert [(each.rank, each.subject) for each in some] == [(1, "Risk R-2"), (2, "Risk R-1")]


# --- crown jewels --------------------------------------------------------------------------------


def flaw(due, closed=None, tier="crown_jewel", asset="cj-1", seen="2026-05-01", severity="high"):
    return {
        "asset_id": asset,
        "asset_name": f"Asset {asset}",
        "asset_tier": tier,
        "severity": severity,
        "first_seen_on": seen,
        "due_on": due,
        "closed_on": closed,
    }


def jewels(*rows, **kwargs):
    return found(
        EscalationRule.CROWN_JEWEL_OVERDUE, tables(vulnerability_findings=list(rows)), **kwargs
    )


@pytest.mark.parametrize("due", ["2026-06-30", "2026-07-01", "2026-09-29"])
def test_a_crown_jewel_that_fell_behind(due):
    (one,) = jewels(flaw(due))
    when = date.fromisoformat(due)
    assert one.since == when
    assert one.sentence == (
        f"Asset cj-1: a high finding was due {when.day}\u00a0{when:%b}\u00a02026 and is open."
    )


@pytest.mark.parametrize(
    "row",
    [
        flaw("2026-06-29"),  # overdue on the last quarter's last day already
        flaw("2026-09-30"),  # due on the day itself
        flaw("2026-08-01", closed="2026-09-30"),
        flaw("2026-08-01", tier="standard"),
        flaw("2026-08-01", seen="2026-10-01"),
    ],
)
def test_a_crown_jewel_that_did_not(row):
    assert jewels(row) == ()


def test_closed_after_the_day_was_still_open():
    assert len(jewels(flaw("2026-08-01", closed="2026-10-01"))) == 1


def test_findings_are_grouped_by_asset_gravest_first():
    first, second = jewels(
        flaw("2026-07-20"),
        flaw("2026-07-10"),
        flaw("2026-09-20", asset="cj-2", severity="critical"),
    )
    assert first.sentence.startswith("Asset cj-2: a critical finding")
    assert second.sentence == (
        "Asset cj-1: 2 findings became overdue and are open, the oldest due 10\u00a0Jul\u00a02026."
    )
    assert [ref.line for ref in second.rows] == [3, 2]
    assert second.count == 2


# --- acceptances ---------------------------------------------------------------------------------


def acceptance(until, closed=None, accepted="2025-06-09"):
    return {
        "acceptance_id": "RA-1",
        "title": "Shared accounts",
        "approver_role": "CISO",
        "accepted_on": accepted,
        "expires_on": until,
        "closed_on": closed,
    }


def lapsed(*rows):
    return found(EscalationRule.ACCEPTANCE_LAPSED, tables(risk_acceptances=list(rows)))


@pytest.mark.parametrize(
    "row", [acceptance("2026-09-29"), acceptance("2026-09-29", closed="2026-10-01")]
)
def test_an_acceptance_that_lapsed(row):
    (one,) = lapsed(row)
    assert one.sentence == (
        "RA-1 held until 29\u00a0Sep\u00a02026 and is still open: Shared accounts."
    )
    assert (one.since, one.size, one.owner_role) == (date(2026, 9, 29), 1.0, "CISO")


@pytest.mark.parametrize(
    "row",
    [
        acceptance("2026-09-30"),  # it holds on the day itself
        acceptance("2026-07-01", closed="2026-09-30"),
        acceptance("2026-07-01", accepted="2026-10-01"),
    ],
)
def test_an_acceptance_that_holds_or_is_closed(row):
    assert lapsed(row) == ()


# --- silence -------------------------------------------------------------------------------------


def coverage(quarter, unit, control="edr"):
    return {"quarter": quarter, "control": control, "business_unit": unit, "asset_tier": "standard"}


def silence(some, **kwargs):
    return found(EscalationRule.CONTROL_SILENT, some, **kwargs)


def test_a_control_without_a_row_that_had_one():
    rows = [coverage("2026-Q2", unit) for unit in ("Europe", "Freight", "Rail")]
    (one,) = silence(tables(control_coverage=[*rows, coverage("2026-Q3", "Freight")]))
    assert one.sentence == (
        "No coverage of endpoint detection (EDR) is on record for Europe and Rail; 2026-Q2 had it."
    )
    assert ([ref.line for ref in one.rows], one.count) == ([2, 4], 2)


def test_a_control_that_reports_or_is_new_is_not_silent():
    rows = [coverage("2026-Q1", "Rail"), coverage("2026-Q2", "Sea"), coverage("2026-Q3", "Sea")]
    assert silence(tables(control_coverage=[*rows, coverage("2026-Q3", "Air")])) == ()


def test_nothing_is_silent_before_the_quarter_is_over():
    some = tables(control_coverage=[coverage("2026-Q2", "Sea")])
    assert len(silence(some)) == 1
    assert silence(some, as_of="2026-09-29") == ()
    assert silence(some, quarters=1) == ()


def alert(source, at):
    return {"source": source, "created_at": at}


def test_a_tool_without_an_alert_that_raised_some():
    some = tables(
        detections=[
            alert("edr", "2026-04-01 00:00"),
            alert("edr", "2026-06-30 23:59"),
            alert("cloud", "2026-06-01 08:00"),
            alert("cloud", "2026-07-01 00:00"),
            alert("email", "2026-03-31 23:59"),
            alert("edr", "2026-10-01 00:00"),  # not known yet
        ]
    )
    (one,) = silence(some)
    assert one.sentence == (
        "No alert from EDR since 30\u00a0Jun\u00a02026: 2 alerts in 2026-Q2, none in 2026-Q3."
    )
    assert [ref.line for ref in one.rows] == [3]


def stale(some, newest, *, is_stale=True):
    table = replace(some["detections"], records_to=newest, is_stale=is_stale)
    return replace(some, tables={**some.tables, "detections": table})


def test_an_export_that_stopped_stands_for_the_tools_in_it():
    some = tables(detections=[alert("edr", "2026-05-01 09:00"), alert("siem", "2026-04-03 09:00")])
    (one,) = silence(stale(some, date(2026, 5, 1)))
    assert one.sentence == (
        "Detections: no record for 152\u00a0days, the newest is of 1\u00a0May\u00a02026."
    )
    assert [ref.line for ref in one.rows] == [2]
    tools = silence(stale(some, date(2026, 5, 1), is_stale=False))
    assert [each.subject for each in tools] == ["alerts from EDR", "alerts from SIEM"]


def test_an_old_copy_of_a_public_list_is_no_export_of_ours_that_stopped():
    some = tables(exploit_predictions=[{"scored_on": "2026-05-01", "epss": 0.5}])
    table = replace(some["exploit_predictions"], records_to=date(2026, 5, 1), is_stale=True)
    assert silence(replace(some, tables={**some.tables, "exploit_predictions": table})) == ()


def test_records_up_to_the_quarters_end_have_not_stopped():
    """Seen long after the quarter the export is old, but it covers the quarter."""
    some = tables(detections=[alert("edr", "2026-09-30 09:00")])
    assert silence(stale(some, date(2026, 9, 30)), as_of="2027-03-01") == ()


# --- targets -------------------------------------------------------------------------------------

AIMS = {
    "mttr": Target("mttr", at_least=False, value=36.0, near=44.0),
    "siem_coverage": Target("siem_coverage", at_least=True, value=0.95, near=0.9),
    "loss_1_in_20": Target("loss_1_in_20", at_least=False, value=34.0, near=34.0),
}


def missed(**given):
    return found(EscalationRule.TARGET_MISSED, figures=given, targets=AIMS)


def test_missed_for_exactly_the_third_quarter():
    (one,) = missed(mttr=(50.0, 44.0, 45.0, 45.0, 46.0))
    title = SPECS["mttr"].title
    assert one.sentence == (
        f"{title} is off target for the third quarter running: 46 against at most 36."
    )
    assert (one.metric_id, one.since, one.owner_role) == ("mttr", date(2026, 3, 31), "CISO")
    assert one.rows == ()


@pytest.mark.parametrize(
    ("values", "longer"),
    [
        ((30.0, 45.0, 45.0, 45.0, 45.0), 1),  # the fourth
        ((30.0, 30.0, 30.0, 45.0, 45.0), 0),  # the second
        ((45.0, 45.0, 45.0, 45.0, 44.0), 0),  # near is not off
        ((45.0, 45.0, 45.0, 45.0, None), 0),
        ((30.0, 45.0, 45.0, None, 45.0), 0),
    ],
)
def test_not_the_third_quarter(values, longer):
    assert missed(mttr=values) == ()
    assert missed_longer(watch(figures={"mttr": values}, targets=AIMS)) == longer


def test_the_loss_has_a_rule_of_its_own():
    assert missed(loss_1_in_20=(30.0, 30.0, 35.0, 35.0, 35.0)) == ()
    values = {"loss_1_in_20": (35.0,) * 5}
    assert missed_longer(watch(figures=values, targets=AIMS)) == 0


def test_the_farther_from_its_target_comes_first():
    some = missed(mttr=(30.0, 30.0, 45.0, 45.0, 45.0), siem_coverage=(0.96, 0.96, 0.5, 0.5, 0.1))
    assert [each.metric_id for each in some] == ["siem_coverage", "mttr"]


# --- together ------------------------------------------------------------------------------------


def everything():
    some = tables(
        incidents=[incident()],
        vulnerability_findings=[flaw("2026-08-01")],
        risk_acceptances=[acceptance("2026-07-01")],
        control_coverage=[coverage("2026-Q2", "Sea")],
        risk_register=[risk("2026-Q2", 1.0), risk("2026-Q3", 9000.0)],
    )
    figures = {"loss_1_in_20": (40.0,) * 5, "mttr": (30.0, 30.0, 45.0, 45.0, 45.0)}
    return watch(some, figures=figures, targets=AIMS, bands=BANDS, tolerance=34.0)


def test_worst_first():
    some = escalations(everything())
    assert [each.rule for each in some] == [
        EscalationRule.CLOCK,
        EscalationRule.OVER_APPETITE,
        EscalationRule.RISK_BAND,
        EscalationRule.CROWN_JEWEL_OVERDUE,
        EscalationRule.ACCEPTANCE_LAPSED,
        EscalationRule.CONTROL_SILENT,
        EscalationRule.TARGET_MISSED,
    ]
    assert [each.rank for each in some] == [1, 2, 3, 4, 5, 6, 7]


def test_each_is_a_note_at_its_first_row():
    notes = escalation_findings(escalations(everything()))
    assert {each.severity for each in notes} == {Severity.NOTE}
    assert not any(each.stops for each in notes)
    assert (notes[0].file, notes[0].line, notes[0].table) == ("incidents.csv", 2, "incidents")
    assert notes[0].reason == "Materiality under review for 14 days: INC-1, Data at a vendor."
    assert (notes[-1].file, notes[-1].value) == ("", "mttr")
    assert [each.code for each in notes] == [str(rule) for rule in EscalationRule]


def test_every_rule_is_explained():
    assert set(ESCALATION_FAULTS) == set(ESCALATION_RULES) == set(EscalationRule)
    assert all(str(rule).startswith("escalation_") for rule in EscalationRule)


def test_nothing_given_is_said():
    said = {each.rule: each.reason for each in gaps(watch())}
    assert said == {
        EscalationRule.CLOCK: "no file for security incidents",
        EscalationRule.OVER_APPETITE: "no appetite and no tolerance is declared",
        EscalationRule.RISK_BAND: "no bands are declared",
        EscalationRule.CROWN_JEWEL_OVERDUE: "no file for vulnerability findings",
        EscalationRule.ACCEPTANCE_LAPSED: "no file for risk acceptances",
        EscalationRule.CONTROL_SILENT: "no file for control coverage and detections",
        EscalationRule.TARGET_MISSED: "no targets are declared",
    }
    assert escalations(watch()) == ()


def test_all_given_leaves_no_gap_but_the_table_left_out():
    assert [(each.rule, each.reason) for each in gaps(everything())] == [
        (EscalationRule.CONTROL_SILENT, "no file for detections")
    ]


def test_a_register_without_the_quarter_before_is_a_gap():
    some = tables(risk_register=[risk("2026-Q3", 1.0)])
    said = {each.rule: each.reason for each in gaps(watch(some, bands=BANDS))}
    assert said[EscalationRule.RISK_BAND] == "the risk register has no 2026-Q2"


def test_several_in_one_line():
    some = tuple(
        Escalation(
            EscalationRule.CROWN_JEWEL_OVERDUE,
            at,
            "",
            since=date(2026, 7, 1) + timedelta(days=at),
            owner_role="BOTH",
            subject=f"Asset {at}",
            count=at,
        )
        for at in (3, 4, 5)
    )
    one = folded(EscalationRule.CROWN_JEWEL_OVERDUE, some)
    assert one.sentence == (
        "12 findings on 3 crown jewels became overdue and are open, the oldest due "
        "4\u00a0Jul\u00a02026: Asset 3 and 2 more."
    )
    assert (one.rank, one.count, one.since, one.owner_role) == (3, 12, date(2026, 7, 4), "BOTH")
