"""The risk page says what the simulated loss bears out, whatever is set or missing."""

from dataclasses import replace
from datetime import date

import pytest

from board_report.charts import draw
from board_report.model import State
from board_report.period import Quarter
from board_report.project import CurvePoint, Insurance, RiskSettings
from board_report.risk.position import CURVE_PROBABILITIES, RiskPosition, TopRisk
from board_report.risk.records import Interval
from board_report.story.pages import risk_against_appetite as page_module
from board_report.story.summary_messages import summary_messages
from tests.spec.tables import tables
from tests.unit.pages.facts_for import facts_for, sample_project
from tests.unit.pages.series_for import series_for

SETTINGS = RiskSettings(
    tolerance=(CurvePoint(0.5, 6e6), CurvePoint(0.05, 34e6), CurvePoint(0.01, 70e6)),
    appetite=(CurvePoint(0.5, 4e6), CurvePoint(0.05, 26e6), CurvePoint(0.01, 55e6)),
    set_on=date(2026, 1, 27),
    insurance=Insurance(5e6, 20e6),
)


def risk(name="Dispatch ransomware", expected=3.0e6):
    return TopRisk("R-1", name, "CISO", 0.12, 2e6, 6e6, 18e6, expected)


def position(worst=44e6, tolerance=34e6, top=None, **more):
    top = top or (risk(), risk("Data breach", 1.0e6))
    scale = {p: worst * (0.05 / p) ** 0.7 for p in CURVE_PROBABILITIES}
    given = {
        "quarter": Quarter(2026, 3),
        "trials": 100_000,
        "seed": 7,
        "expected_loss": sum(each.expected_loss for each in top),
        "exceedance": tuple(scale.items()),
        "loss_1_in_20": worst,
        "loss_1_in_20_error": (worst * 0.99, worst * 1.01),
        "loss_1_in_100": scale[0.01],
        "tolerance_1_in_20": tolerance,
        "tolerance_exceedance": None if tolerance is None else 0.06,
        "net_exceedance": tuple((p, max(x - 20e6, min(x, 5e6))) for p, x in scale.items()),
        "payers_1_in_20": (5e6, 20e6, worst - 25e6),
        "top": tuple(top),
        "unquantified": 0,
    }
    return RiskPosition(**{**given, **more})


def build(found, settings=SETTINGS, given=None):
    project = replace(sample_project(), risk=settings)
    facts = replace(facts_for(given or tables(risk_register=[]), ()), risk=found, project=project)
    (page,) = page_module.build(facts)
    for spec in page.figures.values():
        assert draw(spec).svg.startswith(b"<svg")
    return page


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (
            position(),
            "One year in 20 would cost $44M or more, $10M over tolerance; dispatch ransomware is "
            "75% of expected loss",
        ),
        (
            position(worst=30e6),
            "One year in 20 would cost $30M or more, $4M under tolerance; dispatch ransomware is "
            "75% of expected loss",
        ),
        (
            position(worst=34.01e6),  # the printed digits are the tolerance's
            "One year in 20 would cost $34M or more, just what we tolerate; dispatch ransomware "
            "is 75% of expected loss",
        ),
        (
            position(tolerance=None, top=[risk("EDI outage")]),
            "One year in 20 would cost $44M or more; no tolerance is set; all of it comes from EDI "
            "outage",
        ),
        (
            position(worst=0.0),
            "Nineteen years in 20 would cost nothing, $34M under tolerance; dispatch ransomware is "
            "75% of expected loss",
        ),
        (
            position(worst=3.2e9, top=[risk("A" + "b" * 299)] * 2),
            "One year in 20 would cost $3.2B or more, $3.17B over tolerance; the largest risk is "
            "50% of expected loss",
        ),
    ],
)
def test_title(found, title):
    assert build(found).title == title


def test_insurance_is_said_gross_and_net():
    page = build(position())
    assert page.context == (
        "Expected loss is $4M a year; insurance leaves $24M of the 1-in-20 year to us. By "
        "simulation alone, 1 in 20 lies between $43.6M and $44.4M (95%)."
    )
    curve = page.figures["curve"].data
    assert [bar["label"] for bar in curve["payers"]] == ["$5M", "insurers $20M", "$19M"]
    assert curve["payers_label"] == "we bear $24M"
    assert "after insurance $24M remains" in page.figures["curve"].alt


def test_the_estimate_is_a_band_and_its_interval_is_said():
    scale = position().exceedance
    found = position(
        band=tuple((p, x * 0.7, x * 1.3) for p, x in scale),
        estimate_1_in_20=Interval(30.8e6, 57.2e6),
    )
    page = build(found)
    assert page.context == (
        "Expected loss is $4M a year; insurance leaves $24M of the 1-in-20 year to us. The "
        "1-in-20 estimate is uncertain: P10–P90 $30.8M to $57.2M."
    )
    assert "its estimate lies between $30.8M and $57.2M (P10 to P90)" in page.figures["curve"].alt
    drawn, plain = (draw(build(each).figures["curve"]).svg for each in (found, position()))
    assert b"#cbdded" in drawn.lower()
    assert b"P10" in drawn
    assert b"P10" not in plain


def test_loss_within_the_retention_is_all_ours():
    found = position(worst=3e6, payers_1_in_20=(3e6, 0.0, 0.0))
    curve = build(found).figures["curve"].data
    assert [(bar["label"], bar["is_ours"]) for bar in curve["payers"]] == [("$3M", True)]


def test_without_insurance_nobody_else_pays():
    found = position(net_exceedance=(), payers_1_in_20=None)
    page = build(found, replace(SETTINGS, insurance=None))
    assert page.figures["curve"].data["payers"] == []
    assert page.figures["curve"].data["layer"] is None
    assert "insurance" not in page.context
    assert page.body["curve_unit"] == "not insured"


def test_not_given_and_nothing_for_the_quarter_are_two_things():
    missing = build(None, given=tables())
    assert missing.title == "Loss in money is not measured: no risk register was given"
    assert missing.body["absent"]["mend"].endswith("ciso/risk_register.csv.")
    assert missing.figures["curve"].data["gross"] == []
    empty = build(None)
    assert empty.title == (
        "The risk register has no risk with an interval for the third quarter 2026"
    )
    assert set(empty.figures) == {"curve"}


@pytest.mark.parametrize("count", [1, 2, 7, 8, 50])
def test_any_number_of_risks(count):
    page = build(position(top=[risk(f"Risk {at}", 1e6) for at in range(count)]))
    shown = page.figures["risks"].data["rows"]
    assert len(shown) == min(count, 7)
    rest = {8: "1 other: $1M expected a year", 50: "43 others: $43M expected a year"}
    assert page.body["others"] == rest.get(count, "")


def test_risks_without_interval_are_counted():
    assert "Two risks without an interval left out." in build(position(unquantified=2)).sources


def test_wedge_is_drawn_only_over_tolerance():
    over = draw(build(position()).figures["curve"]).svg
    under = draw(build(position(worst=10e6)).figures["curve"]).svg
    assert b"#dda7ab" in over.lower()
    assert b"#dda7ab" not in under.lower()


def test_a_faulty_risk_is_not_called_a_missing_one():
    """Where a risk contradicts itself the model does not run, so there is no position at all."""
    facts = series_for({"loss_1_in_20": [State.WITHHELD]}, risk=None, targets={})
    (page,) = page_module.build(facts)
    assert page.title == "Loss in money is withheld: a risk cannot be taken as it stands"
    assert page.body["absent"]["head"] == "Withheld."
    assert "board-report check" in page.body["absent"]["mend"]


@pytest.mark.parametrize("state", [State.WITHHELD, 37.3e6])
def test_a_loss_that_is_withheld_is_on_no_page(state):
    """The model ran over what was left of the register; its figures may not be printed."""
    facts = series_for({"loss_1_in_20": [state]}, risk=position(), targets={})
    (page,) = page_module.build(facts)
    messages = [each["head"] for each in summary_messages(facts)]
    if state is State.WITHHELD:
        assert (
            page.title == "Loss in money is withheld: too much of the risk register was set aside"
        )
        assert page.body["absent"]["head"] == "Withheld."
        assert set(page.figures) == {"curve"}
        assert not any("bad year" in each for each in messages)
    else:
        assert page.title.startswith("One year in 20 would cost $44M")
        assert "A bad year costs $44M." in messages
