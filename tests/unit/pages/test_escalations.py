"""The escalations page counts with grammar, folds what is much, and says what it could not see."""

from dataclasses import replace
from datetime import date

import pytest

from board_report.charts import draw
from board_report.governance.escalations import Escalation, EscalationRule
from board_report.model import Target
from board_report.story.commentary import Commentary
from board_report.story.escalation_rows import LABELS, NOT_FOUND, to_lines
from board_report.story.page import Judgement
from board_report.story.pages import escalations
from tests.spec.tables import tables
from tests.unit.pages.series_for import series_for
from tests.unit.test_escalations import acceptance, coverage, flaw, incident, risk

UNDER = {"loss_1_in_20": (20e6,) * 8, "mttr": (30.0,) * 8}
OVER = {"loss_1_in_20": (40e6,) * 8, "mttr": (30.0,) * 8}
AIMS = {"mttr": Target("mttr", at_least=False, value=36.0, near=44.0)}
QUIET = {
    "incidents": [],
    "vulnerability_findings": [],
    "risk_acceptances": [],
    "control_coverage": [coverage("2026-Q2", "Sea"), coverage("2026-Q3", "Sea")],
    "detections": [],
    "risk_register": [risk("2026-Q2", 1.0), risk("2026-Q3", 1.0)],
}


def page(series=UNDER, **given):
    some = tables(**{**QUIET, **given})
    (one,) = escalations.build(series_for(series, some=some, targets=AIMS))
    return one


def reviews(count):
    return [{**incident(), "incident_id": f"INC-{at}"} for at in range(count)]


def lapsed(count):
    return [{**acceptance("2026-07-01"), "acceptance_id": f"RA-{at}"} for at in range(count)]


@pytest.mark.parametrize(
    ("series", "given", "title"),
    [
        (
            UNDER,
            {},
            "Nothing escalates by rule this quarter: no clock runs, the loss does not dwell over "
            "appetite and no risk rose a band",
        ),
        (
            UNDER,
            {"incidents": reviews(1)},
            "One matter escalates by rule: a materiality review is open",
        ),
        (
            UNDER,
            {"incidents": reviews(2)},
            "Two matters escalate by rule: two materiality reviews are open",
        ),
        (
            UNDER,
            {"incidents": [incident("determined_material", on="2026-09-28")]},
            "One matter escalates by rule: an incident was determined material",
        ),
        (
            UNDER,
            {"risk_acceptances": lapsed(1)},
            "One matter escalates by rule: one acceptance has lapsed",
        ),
        (
            UNDER,
            {"risk_acceptances": lapsed(40)},
            "One matter escalates by rule: 40 acceptances have lapsed",
        ),
        (
            OVER,
            {"incidents": reviews(1), "vulnerability_findings": [flaw("2026-08-01")]},
            "Three matters escalate by rule: a materiality review is open and the 1-in-20 loss "
            "dwells over tolerance",
        ),
        (
            {**UNDER, "mttr": (30.0, 50.0, 50.0, 50.0)},
            {"control_coverage": [coverage("2026-Q2", "Sea")]},
            "Two matters escalate by rule: one report went silent and one target is missed for a "
            "third quarter",
        ),
    ],
)
def test_title(series, given, title):
    assert page(series, **given).title == title
    assert len(title) <= 118


def test_nothing_given_is_not_nothing_found():
    facts = series_for({}, targets={}, risk=None)
    blind = replace(
        facts,
        project=replace(
            facts.project, risk=replace(facts.project.risk, tolerance=(), appetite=(), bands=())
        ),
    )
    (one,) = escalations.build(blind)
    assert one.title == (
        "No rule of escalation could be applied: what the rules look at was not given"
    )
    assert {row["label"]: row["result"] for row in one.body["others"]} == {
        "Clock running": "Could not be applied: no file for security incidents",
        "Over appetite": "Could not be applied: no appetite and no tolerance is declared",
        "Rose a band": "Could not be applied: no bands are declared",
        "Crown jewel overdue": "Could not be applied: no file for vulnerability findings",
        "Acceptance lapsed": "Could not be applied: no file for risk acceptances",
        "Stopped reporting": "Could not be applied: no file for control coverage and detections",
        "Target missed": "Could not be applied: no targets are declared",
    }
    assert one.figures == {}


def test_what_could_be_applied_is_said_to_be_no_more_than_that():
    (one,) = escalations.build(series_for(UNDER, some=tables(incidents=[]), targets=AIMS))
    assert one.title == (
        "Nothing escalates by the three rules that could be applied; four could not"
    )


def test_one_quarter_misses_no_target_for_a_third():
    """A figure on its target in one quarter alone says nothing of three running."""
    short = {"loss_1_in_20": (20e6,) * 8, "mttr": (30.0,)}
    one = page(short)
    assert one.title == "Nothing escalates by the six rules that could be applied; one could not"
    assert {row["label"]: row["result"] for row in one.body["others"]}["Target missed"] == (
        "Could not be applied: no figure with a target is measured in three quarters running"
    )


def test_a_column_that_no_row_fills_clears_no_crown_jewel():
    """Not overdue, and of no known tier: whether a crown jewel fell behind cannot be said."""
    unsaid = [{**flaw("2026-12-01"), "asset_tier": None}]
    one = page(vulnerability_findings=unsaid)
    assert one.title == "Nothing escalates by the six rules that could be applied; one could not"
    assert "no crown jewel fell behind" not in str(one.body)
    assert {row["label"]: row["result"] for row in one.body["others"]}["Crown jewel overdue"] == (
        "Could not be applied: no row of vulnerability findings says its asset tier"
    )


def test_beside_a_matter_the_context_counts_the_rules_that_could_not_be_applied():
    one = page(incidents=reviews(1), vulnerability_findings=[{**flaw(None), "asset_tier": None}])
    assert "one of seven rules could not be applied" in one.context


def test_a_line_says_rule_since_owner_and_row():
    (line,) = page(incidents=reviews(1)).body["lines"]
    assert (line["label"], line["source"], line["more"]) == ("Clock running", "incidents.csv:2", "")
    assert (line["since"], line["stood"]) == ("16\u00a0Sep\u00a02026", "14\u00a0days")
    assert line["owner"] == "CISO"  # nobody on record holds the role


def test_a_figure_says_how_to_have_its_rows():
    (line,) = page(OVER).body["lines"]
    assert line["source"] == "board-report explain loss_1_in_20"
    assert line["stood"] == "8 quarters"
    assert page(OVER).metric_ids == ("loss_1_in_20",)


def test_many_of_one_rule_take_one_line_and_none_is_left_out():
    lines = page(risk_acceptances=lapsed(4), incidents=reviews(3)).body["lines"]
    assert [line["label"] for line in lines] == ["Clock running"] * 3 + ["Acceptance lapsed"]
    assert lines[-1]["sentence"].endswith("RA-0, RA-1, RA-2 and RA-3.")
    assert (lines[-1]["source"], lines[-1]["more"]) == ("risk_acceptances.csv:2", "and 3 more")


def escalation(rule):
    return Escalation(rule, 1, "", since=date(2026, 9, 1), subject="x", metric_id="mttr")


def test_at_most_nine_lines_whatever_happens():
    found = [escalation(rule) for rule in EscalationRule for _ in range(3)]
    lines = to_lines(found)
    assert len(lines) == 9
    # the least grave fold first, so that the clocks keep a line each
    assert [line.rule for line in lines[:3]] == [EscalationRule.CLOCK] * 3
    assert {line.rule for line in lines} == set(EscalationRule)


def test_longer_misses_are_only_counted():
    assert page({**UNDER, "mttr": (50.0,) * 8}).body["foot"] == [
        "One other figure has been off target for more than three quarters running and was "
        "escalated before: see forecasts, in the appendix."
    ]
    assert page().body["foot"] == []


def test_beside_voices_the_picture_gives_way():
    said = Commentary("escalations", "x.md", means=(Judgement("CISO", "Soon."),))
    facts = series_for(
        UNDER,
        some=tables(**{**QUIET, "incidents": reviews(1)}),
        targets=AIMS,
        commentary={"escalations": said},
    )
    (one,) = escalations.build(facts)
    assert one.body["is_narrow"] and one.figures == {}
    assert sum(one.body["widths"]) == 642
    assert sum(page().body["widths"]) == 864


def test_the_picture_places_what_is_new_in_the_quarter():
    spec = page(OVER, incidents=reviews(1)).figures["standing"]
    clock, loss = spec.data["starts"]
    assert spec.data["ends"] == ("Q4 2024", "now")
    # 1 Oct 2024 to 30 Sep 2026 is 729 days; 16 Sep 2026 is 715, 31 Dec 2024 is 91 from the start
    assert (round(clock, 4), round(loss, 4)) == (round(715 / 729, 4), round(91 / 729, 4))
    assert spec.alt.endswith("the longest, over tolerance, since 31\u00a0Dec\u00a02024.")
    assert b"<svg" in draw(spec).svg


def test_older_than_the_scale_gets_a_point():
    old = page(risk_acceptances=[acceptance("2020-01-31", accepted="2019-01-31")])
    spec = old.figures["standing"]
    assert spec.data["starts"][0] < 0
    plain = replace(spec, data={**spec.data, "starts": [0.0]})
    assert draw(spec).svg.count(b"<path") == draw(plain).svg.count(b"<path") + 1


def test_every_rule_has_its_words():
    assert set(LABELS) == set(NOT_FOUND) == set(EscalationRule)
