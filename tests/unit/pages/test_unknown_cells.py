"""Pages over rows that leave cells empty: nothing is read into them, and nothing odd is printed."""

from __future__ import annotations

import re

import pytest

from board_report.charts import draw
from board_report.story.incident_rows import incidents_of, unstated
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import (
    disclosure_readiness,
    escalations,
    incidents,
    people,
    secure_by_design,
)
from tests import governance_data
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for
from tests.unit.pages.series_for import series_for
from tests.unit.pages.test_exposure import finding
from tests.unit.pages.test_exposure import page_of as exposure_of
from tests.unit.pages.test_incidents import facts_of as incident_facts
from tests.unit.pages.test_incidents import incident, minor
from tests.unit.pages.test_people import METRICS as PEOPLE
from tests.unit.pages.test_people import enrolled, sent
from tests.unit.pages.test_secure_by_design import METRICS as DELIVERY
from tests.unit.pages.test_secure_by_design import deployed
from tests.unit.pages.test_technology_adoption import UNBOOKED, initiative
from tests.unit.pages.test_technology_adoption import page_of as adoption_of
from tests.unit.pages.test_third_parties import page_of as vendors_of
from tests.unit.pages.test_third_parties import vendor

ODD = re.compile(r"\b(nan|NaN|NaT|None(?! of\b))\b|<NA>|, ,|, \.")


def checked(page: Page) -> Page:
    """The page, whose pictures can be drawn and whose words say nothing odd."""
    drawn = [draw(each).svg.decode() for each in page.figures.values()]
    texts = [re.sub(r"<[^>]*>", " ", each) for each in drawn]
    for text in (page.title, page.context, page.sources, *_texts(page.body), *texts):
        assert not ODD.search(text), text
    assert len(page.title) <= LONGEST_TITLE
    return page


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, (list, tuple)):
        return [text for each in value for text in _texts(each)]
    return []


# --- incidents -----------------------------------------------------------------------------------

UNSTATED = {"materiality_state": None, "materiality_determined_on": None}


def incidents_page(*rows: Row) -> Page:
    (page,) = incidents.build(incident_facts(tables(incidents=list(rows))))
    return checked(page)


def test_an_incident_without_a_unit_is_named_without_one() -> None:
    named = incidents_page(incident())
    page = incidents_page(incident(business_unit=None))
    assert "laboratory, Diagnostics, critical." in named.context
    assert "laboratory, critical." in page.context


def test_materiality_that_is_not_stated_reads_so() -> None:
    page = incidents_page(incident(**UNSTATED))
    (row,) = page.figures["reviews"].data["rows"]  # type: ignore[misc]
    assert (row["state"], row["words"]) == ("not stated", "Materiality not stated")
    assert "Not stated for 1 incident." in page.sources
    assert "materiality" not in page.title


def test_a_date_of_determination_alone_determines_nothing() -> None:
    """Neither one that has come, nor one still to come, says what was or will be determined."""
    for on in ("2026-07-21", "2026-10-20"):
        facts = incident_facts(
            tables(incidents=[incident(materiality_state=None, materiality_determined_on=on)])
        )
        (row,) = incidents_of(facts, facts.window)
        assert (row.materiality, row.determined_on) == ("", None)


def test_without_a_major_incident_no_review_is_said_to_be_closed() -> None:
    """Of thirty incidents one does not say: no review is known to be open. Of two: not known."""
    few = incidents_page(*[minor()] * 30, minor(**UNSTATED))
    assert few.body["no_reviews"] == (
        "No major incident this quarter, and no review is known to be open from before; "
        "one incident does not state it."
    )
    many = incidents_page(minor(), minor(**UNSTATED))
    assert many.body["no_reviews"] == (
        "No major incident this quarter; whether a review is open from before is not known."
    )
    none = incidents_page(minor())
    assert none.body["no_reviews"] == (
        "No major incident this quarter, and no review is open from before."
    )


def test_units_that_nobody_names_are_not_measured() -> None:
    page = incidents_page(incident(business_unit=None), minor(business_unit=None))
    rows: list[list[str]] = page.body["units"]["rows"]  # type: ignore[index]
    assert {cell for row in rows for cell in row[1:]} == {"n/m"}


def test_incidents_after_the_as_of_date_are_not_counted_as_unstated() -> None:
    later = minor(detected_at="2026-10-02 12:00", **UNSTATED)
    assert unstated(incident_facts(tables(incidents=[minor(), later]))) == 0
    assert unstated(incident_facts(tables(incidents=[minor(**UNSTATED), later]))) == 1


def test_readiness_counts_what_the_register_does_not_state() -> None:
    some = governance_data.tables(incidents=[minor(), minor(**UNSTATED), minor(**UNSTATED)])
    (page,) = disclosure_readiness.build(series_for({"materiality_reviews_open": [0]}, some=some))
    labels = [each["label"] for each in page.body["reviews"]]  # type: ignore[attr-defined]
    assert labels[0] == "incidents under materiality review (2 more do not state it)"


# --- exposure ------------------------------------------------------------------------------------


def test_an_overdue_flaw_of_unknown_tier_stands_under_neither_heading() -> None:
    rows = [
        finding(cve="CVE-1"),
        finding(cve="CVE-1", asset_tier=None, asset_name="Depot printer"),
        finding(cve="CVE-1", asset_tier="workplace", asset_name="Desktop"),
    ]
    page = checked(exposure_of(rows))
    groups = {each["title"]: each["rows"] for each in page.body["groups"]}  # type: ignore[attr-defined]
    assert list(groups) == ["On crown jewels", "Asset tier not known", "Elsewhere"]
    assert [each["name"] for each in groups["Asset tier not known"]] == ["Depot printer"]
    assert page.title.endswith("three exploited flaws are overdue")


@pytest.mark.parametrize("tier", ["crown_jewel", "workplace"])
def test_one_flaw_of_unknown_tier_among_many_keeps_the_title_from_all_and_none(tier: str) -> None:
    rows = [finding(cve="CVE-1", asset_tier=tier)] * 30
    known = exposure_of(rows).title
    page = checked(exposure_of([*rows, finding(cve="CVE-1", asset_tier=None)]))
    assert known.endswith({"crown_jewel": "all on crown jewels"}.get(tier, "none on crown jewels"))
    assert page.title.endswith("31 exploited flaws are overdue")


def test_due_dates_that_nobody_gives_are_no_reason_to_ask_for_the_file() -> None:
    rows = [finding(due_on=None)]
    assert checked(exposure_of(rows)).title == (
        "Patching is not measured; no exploited flaw is overdue"
    )
    page = checked(exposure_of(rows, kev=None))
    assert page.title == "Neither patching in time nor exploited flaws are measured"
    assert page.context == "No row of vulnerability findings says its due date."
    assert "none due" not in page.figures["patched"].alt


# --- third parties -------------------------------------------------------------------------------


def test_vendors_of_unknown_tier_are_not_said_to_be_out_of_tier_1() -> None:
    page = checked(vendors_of([vendor(at, tier=None) for at in range(3)]))
    assert page.body["state"] == "untold"
    assert page.title.startswith("The assessment of tier 1 vendors is not measured; ")
    assert "No vendor’s tier is known." in page.context


def test_a_few_vendors_of_unknown_tier_are_counted_beside_the_others() -> None:
    """Forty in tier 2, and one that may be in tier 1: none is *known* to be."""
    rows = [vendor(at, tier="tier_2") for at in range(40)]
    clear = checked(vendors_of(rows))
    assert clear.body["state"] == "none"
    assert clear.title.startswith("No vendor is in tier 1; ")
    page = checked(vendors_of([*rows, vendor(40, tier=None)]))
    assert page.body["state"] == "untold"
    assert page.title.startswith("No vendor is known to be in tier 1; ")
    assert "The tier of 1 of 41 vendors is not known." in page.context


def test_findings_of_a_vendor_of_unknown_tier_may_be_in_tier_1() -> None:
    rows = [vendor(0), *[vendor(at, tier="tier_2", open_criticals=1) for at in range(1, 41)]]
    known = checked(vendors_of(rows)).title
    assert known.endswith("40 critical findings are open, none in tier 1")
    page = checked(vendors_of([*rows, vendor(41, tier=None, open_criticals=1)]))
    assert page.title.endswith("41 critical findings are open")


# --- people --------------------------------------------------------------------------------------


def people_page(**given: list[Row]) -> Page:
    (page,) = people.build(facts_for(tables(**given), PEOPLE))
    return checked(page)


def test_rates_on_templates_of_unknown_difficulty_are_compared_with_care() -> None:
    rows = [*sent("2026-08-10", ("easy", 1000, 40)), *sent("2025-08-11", ("easy", 1000, 80))]
    ungraded = [{**row, "difficulty": None} for row in rows]
    same = people_page(phishing_campaigns=rows)
    page = people_page(phishing_campaigns=ungraded)
    assert same.title.endswith("4.0% clicked on simulated phishing, down from 8.0% a year ago")
    assert page.title.endswith("down from 8.0% on templates not all graded")
    assert page.body["mix"] == []
    assert "not every template of a known difficulty" in page.sources


def test_a_mix_known_in_part_adds_up_with_what_is_not_graded() -> None:
    rows = sent("2026-08-10", ("easy", 100, 4), ("hard", 300, 9))
    page = people_page(phishing_campaigns=[rows[0], {**rows[1], "difficulty": None}])
    assert page.body["mix"] == ["Sent in Q3: 25% easy and 75% not graded."]


def test_training_of_nobody_knows_which_unit_is_not_measured_by_unit() -> None:
    rows = [{**row, "business_unit": None, "audience_group": None} for row in enrolled(10, 9)]
    page = people_page(training_enrollments=rows)
    groups = page.figures["training"].data["groups"]
    absent = {row["absent"] for group in groups for row in group["rows"]}  # type: ignore[attr-defined]
    assert absent == {"not measured"}
    assert page.title.startswith("90% of training was done on time")


# --- delivery and adoption -----------------------------------------------------------------------


def delivery_page(rows: list[Row]) -> Page:
    (page,) = secure_by_design.build(facts_for(tables(deployments=rows), DELIVERY))
    return checked(page)


def test_bypasses_that_are_not_on_record_are_not_none() -> None:
    rows = [{**row, "bypass": None, "gates_passed": None} for row in deployed(30)]
    page = delivery_page(rows)
    assert page.title == (
        "Secure delivery is not measured: what became of the gates is not on record"
    )
    assert page.context == "No row of production deployments says its state of bypass."
    assert not page.body["units"]


def test_deployments_of_unknown_gates_have_a_line_of_their_own() -> None:
    rows = [*deployed(30, failed=2), {**deployed(1)[0], "gates_passed": None}]
    page = delivery_page(rows)
    gates = {each["name"]: each["count"] for each in page.body["gates"]}  # type: ignore[attr-defined]
    assert (gates["Passed every gate"], gates["Gate failed"], gates["Not known"]) == (
        "30",
        "2",
        "1",
    )
    assert "Not known" not in str(delivery_page(deployed(30, failed=2)).body["gates"])


def test_an_initiative_without_a_date_of_request_is_shown_from_the_left_edge() -> None:
    page = checked(adoption_of([{**UNBOOKED, "requested_on": None}, initiative("Other")]))
    rows = {row["label"]: row for row in page.figures["plan"].data["rows"]}  # type: ignore[attr-defined]
    assert rows["Order platform"]["start"] is None
    assert rows["Other"]["start"] is not None
    assert "reviews of launches ahead are withheld" in page.title


# --- escalations ---------------------------------------------------------------------------------


def test_rules_that_saw_a_part_say_so() -> None:
    from tests.unit.pages.test_escalations import QUIET, UNDER

    some = tables(**{**QUIET, "incidents": [minor(), minor(**UNSTATED)]})
    (page,) = escalations.build(series_for(UNDER, some=some))
    assert "no clock runs" not in page.title
    lines = {each["label"]: each["result"] for each in page.body["others"]}  # type: ignore[attr-defined]
    assert lines["Clock running"] == (
        "Applied in part: 1 of 2 security incidents does not say its materiality state"
    )
