"""The joint KPIs: their order, how far each is off, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from board_report.governance.joint_kpis import (
    KPI_FAULTS,
    KpiCode,
    joint_kpi_findings,
    joint_kpis,
    shortfall,
)
from board_report.model import Severity, State, Target
from tests.spec.tables import tables
from tests.unit.pages.series_for import Value, series_for

JOINT = (
    "secure_code_deployment_rate",
    "secure_adoption_rate",
    "crown_jewels_zero_trust",
    "ai_gate_coverage",
    "crown_jewel_patch_sla",
    "sync_meetings_held",
    "joint_actions_on_time",
    "joint_actions_overdue",
)


def row(metric_id: str, **cells: Any) -> dict[str, Any]:
    return {
        "metric_id": metric_id,
        "ciso_part": "Sets the rule",
        "cto_part": "Keeps it",
        **cells,
    }


def aim(name: str, value: float, near: float, *, at_least: bool = True) -> Target:
    return Target(name, at_least, value, near)


def given(
    values: Mapping[str, Value],
    rows: list[dict[str, Any]],
    targets: dict[str, Target] | None = None,
) -> Any:
    facts = series_for(
        {name: [value] for name, value in values.items()},
        targets=targets if targets is not None else {each: aim(each, 0.9, 0.8) for each in values},
    )
    return tables(joint_kpis=rows), facts.figures


def found(*args: Any) -> list[tuple[str, int, str]]:
    some, figures = given(*args)
    return [(each.code, each.line, each.value) for each in joint_kpi_findings(some, figures)]


def test_eight_joint_metrics_with_targets_and_parts_are_sound() -> None:
    values = dict.fromkeys(JOINT, 0.95)
    assert found(values, [row(each) for each in JOINT]) == []


def test_seven_are_too_few() -> None:
    some, figures = given(dict.fromkeys(JOINT[:7], 0.95), [row(each) for each in JOINT[:7]])

    (told,) = joint_kpi_findings(some, figures)

    assert (told.code, told.severity) == ("kpi_too_few", Severity.WARNING)
    assert (told.file, told.line) == ("joint_kpis.csv", 0)
    assert told.reason == "7 joint KPIs are declared; at least 8 are expected."


def test_none_is_too_few_and_a_file_not_given_is_no_finding() -> None:
    some, figures = given({}, [])
    (told,) = joint_kpi_findings(some, figures)
    assert told.reason == "no joint KPI is declared; at least 8 are expected."
    assert joint_kpi_findings(tables(), figures) == ()


def test_a_metric_of_one_leader() -> None:
    values = {**dict.fromkeys(JOINT, 0.95), "mttd": 0.95}
    rows = [row(each) for each in (*JOINT, "mttd")]
    some, figures = given(values, rows)

    (told,) = joint_kpi_findings(some, figures)

    assert (told.code, told.line, told.column) == ("kpi_not_joint", 10, "metric_id")
    assert told.reason == "mttd is answered for by the CISO alone."


def test_a_metric_without_target() -> None:
    values = dict.fromkeys(JOINT, 0.95)
    targets = {each: aim(each, 0.9, 0.8) for each in JOINT[1:]}

    assert found(values, [row(each) for each in JOINT], targets) == [
        ("kpi_without_target", 2, JOINT[0])
    ]


@pytest.mark.parametrize("part", ["-", "n/a", "TBD", "To be agreed.", "...", "None"])
def test_a_part_that_is_a_placeholder(part: str) -> None:
    values = dict.fromkeys(JOINT, 0.95)
    rows = [row(each) for each in JOINT]
    rows[3] = row(JOINT[3], cto_part=part)

    assert found(values, rows) == [("kpi_part_missing", 5, part)]


@pytest.mark.parametrize("part", ["Agrees it", "None of the systems goes live without it", "Nil"])
def test_a_part_that_says_something(part: str) -> None:
    values = dict.fromkeys(JOINT, 0.95)
    rows = [row(each) for each in JOINT]
    rows[3] = row(JOINT[3], ciso_part=part)

    assert [code for code, *_ in found(values, rows)] == (
        ["kpi_part_missing"] if part == "Nil" else []
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (State.NOT_MEASURED, ["kpi_not_measured"]),
        (State.WITHHELD, ["kpi_not_measured"]),
        (State.NOTHING_HAPPENED, []),
        (0.0, []),
    ],
)
def test_a_metric_without_a_value(value: Value, expected: list[str]) -> None:
    values: dict[str, Value] = {**dict.fromkeys(JOINT, 0.95), JOINT[2]: value}

    assert [code for code, *_ in found(values, [row(each) for each in JOINT])] == expected


def test_a_metric_that_the_catalogue_does_not_know_is_left_to_others() -> None:
    values = dict.fromkeys(JOINT, 0.95)
    some, figures = given(values, [*(row(each) for each in JOINT), row("no_such_metric")])

    assert joint_kpi_findings(some, figures) == ()
    assert len(joint_kpis(some, figures)) == 8


# --- order -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (0.70, aim("sync_meetings_held", 0.9, 0.8), 2.0),  # .2 below, margin .1
        (0.85, aim("sync_meetings_held", 0.9, 0.8), 0.5),
        (0.90, aim("sync_meetings_held", 0.9, 0.8), 0.0),
        (1.00, aim("sync_meetings_held", 0.9, 0.8), 0.0),
        (36.0, aim("sync_meetings_held", 24, 30, at_least=False), 2.0),  # 12 over, margin 6
        (5.0, aim("sync_meetings_held", 0, 0, at_least=False), 5.0),  # no margin: one unit
        (44.0, aim("sync_meetings_held", 40, 40, at_least=False), 0.1),  # no margin: its size
    ],
)
def test_the_miss_is_counted_in_the_targets_own_margin(
    value: float, target: Target, expected: float
) -> None:
    facts = series_for({"sync_meetings_held": [value]}, targets={"sync_meetings_held": target})

    assert shortfall(facts.series("sync_meetings_held")) == pytest.approx(expected)


def test_without_target_or_value_there_is_no_miss() -> None:
    facts = series_for({"sync_meetings_held": [0.5]}, targets={})
    assert shortfall(facts.series("sync_meetings_held")) == 0.0


def test_the_worst_stands_first_and_like_ones_in_the_order_of_the_file() -> None:
    some, figures = given(
        {
            JOINT[0]: 0.95,
            JOINT[1]: 0.75,
            JOINT[2]: 0.85,
            JOINT[3]: 0.6,
            JOINT[4]: None,
            JOINT[5]: 1,
        },
        [row(each) for each in JOINT[:6]],
        {each: aim(each, 0.9, 0.8) for each in JOINT[:5]} | {JOINT[5]: aim(JOINT[5], 1, 0.9)},
    )

    ordered = [each.metric_id for each in joint_kpis(some, figures)]

    assert ordered == [JOINT[3], JOINT[1], JOINT[2], JOINT[0], JOINT[5], JOINT[4]]


def test_every_code_is_explained() -> None:
    assert set(KPI_FAULTS) == set(KpiCode)
    assert all(str(code).startswith("kpi_") for code in KpiCode)
