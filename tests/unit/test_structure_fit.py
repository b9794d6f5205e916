"""The judgement on the reporting structure: which rules speak, and what they add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.governance.roles import Structure
from board_report.governance.structure_fit import Fit, judge_structure
from board_report.governance.structure_rules import GENERAL, Option, Situation, sector_of

START_UP = Situation(
    employees=80, annual_revenue=9e6, growth_stage="start_up", present=Structure.COMBINED
)
LARGE = Situation(
    employees=6400,
    annual_revenue=1.9e9,
    growth_stage="established",
    industry="Medical distribution and diagnostics",
    regimes=("HIPAA", "GDPR"),
    loss_1_in_20=40e6,
    tolerance_1_in_20=34e6,
    major_incidents=(1.0, 0.0, 0.0, 2.0),
    present=Structure.UNDER_CTO,
)
MIDDLE = Situation(
    employees=900,
    annual_revenue=200e6,
    growth_stage="growing",
    industry="Furniture",
    loss_1_in_20=1e6,
    tolerance_1_in_20=2e6,
    major_incidents=(0.0, 0.0, 0.0, 0.0),
    present=Structure.UNDER_CTO,
)


def scores(situation: Situation) -> dict[Option, int]:
    fit = judge_structure(situation)
    return {option: fit.score(option) for option in Option}


def rules(situation: Situation, option: Option, *, is_for: bool) -> list[str]:
    fit = judge_structure(situation)
    return [each.rule for each in fit.of(option, is_for=is_for) if each.counts]


def test_a_start_up_of_eighty_may_have_one_officer_for_both() -> None:
    fit = judge_structure(START_UP)

    assert (fit.preferred, fit.fit) == (Option.COMBINED, Fit.FITS)
    # Size and growth each speak for one officer and against an office of its own.
    assert scores(START_UP) == {Option.COMBINED: 2, Option.UNDER_CTO: 0, Option.SEPARATE: -2}


def test_a_large_regulated_company_over_tolerance_needs_a_separate_ciso() -> None:
    fit = judge_structure(LARGE)

    assert (fit.preferred, fit.present, fit.fit) == (
        Option.SEPARATE, Option.UNDER_CTO, Fit.DOES_NOT_FIT,
    )  # fmt: skip
    # For: size, growth, regulation, industry, loss, incidents.
    # Against the combined officer: size, regulation, loss, incidents; against the CTO: loss.
    assert scores(LARGE) == {Option.COMBINED: -4, Option.UNDER_CTO: -1, Option.SEPARATE: 6}
    assert fit.not_known == ()


def test_a_growing_company_within_tolerance_does_well_under_the_cto() -> None:
    fit = judge_structure(MIDDLE)

    assert (fit.preferred, fit.fit) == (Option.UNDER_CTO, Fit.FITS)
    # Size, growth, loss and no incident for it; growth against one officer, loss and no incident
    # for one officer.
    assert scores(MIDDLE) == {Option.COMBINED: 1, Option.UNDER_CTO: 4, Option.SEPARATE: 0}
    assert fit.not_known == ("rules it is under",)


def test_reasons_that_balance_give_no_clear_preference() -> None:
    even = replace(MIDDLE, growth_stage="established", regimes=("GDPR",), major_incidents=())
    fit = judge_structure(even)

    # Under the CTO: size and loss. Separate: growth and regulation.
    assert scores(even) == {Option.COMBINED: 0, Option.UNDER_CTO: 2, Option.SEPARATE: 2}
    assert (fit.preferred, fit.fit) == (None, Fit.FITS)
    combined = judge_structure(replace(even, present=Structure.COMBINED))
    assert (combined.preferred, combined.fit) == (None, Fit.DOES_NOT_FIT)


@pytest.mark.parametrize(
    ("employees", "revenue", "rule_for"),
    [
        (249, 50e6, Option.COMBINED),
        (250, 50e6, Option.UNDER_CTO),
        (249, 50.1e6, Option.UNDER_CTO),
        (2000, 1e9, Option.UNDER_CTO),
        (2001, 1e9, Option.SEPARATE),
        (10, 1.235e9, Option.SEPARATE),
        (80, None, Option.COMBINED),
        (None, 2e9, Option.SEPARATE),
    ],
)
def test_size_has_two_thresholds(
    employees: int | None, revenue: float | None, rule_for: Option
) -> None:
    situation = Situation(employees=employees, annual_revenue=revenue)
    found = [each.option for each in judge_structure(situation).reasons
             if each.rule == "size" and each.is_for]  # fmt: skip

    assert found == [rule_for]


def test_revenue_in_a_currency_far_from_the_thresholds_is_not_compared() -> None:
    yen = Situation(employees=80, annual_revenue=9e9, currency="JPY")

    assert "size" in rules(yen, Option.COMBINED, is_for=True)
    assert "size" in judge_structure(replace(yen, employees=None)).not_known


@pytest.mark.parametrize(
    ("loss", "tolerance", "side"),
    [(34e6, 34e6, True), (34.1e6, 34e6, False), (1e6, 34e6, True)],
)
def test_a_loss_at_the_tolerance_is_tolerated(loss: float, tolerance: float, side: bool) -> None:
    situation = Situation(loss_1_in_20=loss, tolerance_1_in_20=tolerance)

    assert rules(situation, Option.COMBINED, is_for=side) == ["loss"]
    assert rules(situation, Option.COMBINED, is_for=not side) == []


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0.0, 0.0, 0.0, 0.0), (["incidents"], [])),
        ((0.0, 1.0, 0.0, 0.0), ([], [])),
        ((1.0, 0.0, 1.0, 0.0), ([], ["incidents"])),
        ((5.0, 0.0, 0.0, 0.0, 0.0), (["incidents"], [])),
        ((3.0, None, 0.0, 0.0), ([], [])),
        ((3.0,), ([], [])),
    ],
)
def test_incidents_of_the_last_four_quarters_all_of_which_are_known(
    counts: tuple[float | None, ...], expected: tuple[list[str], list[str]]
) -> None:
    situation = Situation(major_incidents=counts)

    assert rules(situation, Option.COMBINED, is_for=True) == expected[0]
    assert rules(situation, Option.COMBINED, is_for=False) == expected[1]


@pytest.mark.parametrize(
    ("industry", "sector"),
    [
        ("Medical distribution and diagnostics", "health"),
        ("Regional bank", "finance"),
        ("Oil and gas", "energy"),
        ("Water works", "water"),
        ("Gaskets, railings and waterproofing", ""),
        ("Retail", ""),
        ("", ""),
    ],
)
def test_critical_sectors_are_known_by_words(industry: str, sector: str) -> None:
    assert sector_of(industry) == sector


def test_restructuring_speaks_against_whoever_cuts() -> None:
    situation = Situation(growth_stage="restructuring")

    assert rules(situation, Option.SEPARATE, is_for=True) == ["growth"]
    assert rules(situation, Option.UNDER_CTO, is_for=False) == ["growth"]


def test_too_little_known_prefers_nothing_and_says_what_is_missing() -> None:
    fit = judge_structure(Situation(employees=80, present=Structure.UNDER_CTO))

    assert (fit.preferred, fit.fit, fit.known) == (None, Fit.NOT_JUDGED, ("size",))
    assert fit.not_known == (
        "loss against tolerance", "rules it is under", "major incidents", "growth stage",
        "industry",
    )  # fmt: skip


def test_an_unknown_line_is_not_judged_while_the_rules_still_prefer() -> None:
    fit = judge_structure(replace(LARGE, present=Structure.UNKNOWN))

    assert (fit.preferred, fit.present, fit.fit) == (Option.SEPARATE, None, Fit.NOT_JUDGED)


@pytest.mark.parametrize(
    ("structure", "fit"),
    [
        (Structure.UNDER_CIO, Fit.DOES_NOT_FIT),
        (Structure.COMBINED, Fit.DOES_NOT_FIT),
        (Structure.INDEPENDENT, Fit.FITS),
    ],
)
def test_the_present_structure_is_held_against_the_best(structure: Structure, fit: Fit) -> None:
    assert judge_structure(replace(LARGE, present=structure)).fit is fit


def test_sentences_carry_the_companys_figures() -> None:
    fit = judge_structure(LARGE, lambda amount: f"${amount / 1e6:.0f}M")
    said = [each.sentence for each in fit.of(Option.SEPARATE, is_for=True)]

    assert said[2] == "6,400 people and $1900M of revenue carry an office of its own."
    assert any("HIPAA and GDPR" in each for each in said)
    assert any("$40M, over the $34M tolerated" in each for each in said)
    assert any(each.startswith("3 major incidents in four quarters") for each in said)


def test_general_reasons_stand_last_and_do_not_count() -> None:
    fit = judge_structure(Situation())

    assert {(each.option, each.is_for) for each in GENERAL} == {
        (option, side) for option in Option for side in (True, False)
    }
    assert all(fit.score(option) == 0 for option in Option)
    assert judge_structure(LARGE).of(Option.SEPARATE, is_for=True)[-1].rule == "general"
