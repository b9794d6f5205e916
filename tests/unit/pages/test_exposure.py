"""Exposure: what was due and closed, and exploited flaws overdue, by name and never by address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board_report.charts import draw
from board_report.story.page import FigureSpec, Page
from board_report.story.pages import exposure
from board_report.tables.schema import TableSet
from board_report.typeset import lines_needed
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    "patch_sla_compliance", "crown_jewel_patch_sla", "kev_overdue", "internet_criticals_open",
    "vulnerabilities_overdue", "time_to_remediate",
)  # fmt: skip
KEV: list[Row] = [
    {"cve": "CVE-1", "added_on": "2026-06-01", "kev_due_on": "2026-06-22"},
    {"cve": "CVE-2", "added_on": "2026-09-20", "kev_due_on": "2026-10-11"},
]


def finding(**given: object) -> Row:
    base: dict[str, object] = {
        "asset_id": "10.0.0.7",
        "asset_name": "Results interface",
        "asset_tier": "crown_jewel",
        "business_unit": "Europe",
        "severity": "critical",
        "exposure": "internal",
        "first_seen_on": "2026-05-01",
        "due_on": "2026-05-31",
    }
    return {**base, **given}


EPSS: list[Row] = [
    {"cve": "CVE-1", "scored_on": "2026-09-21", "epss": 0.4},
    {"cve": "CVE-2", "scored_on": "2026-09-21", "epss": 0.02},
]


def due(count: int, closed: int, quarter_end: str = "2026-08-31") -> list[Row]:
    """Crown-jewel findings due on a day, of which so many were closed that day."""
    return [
        finding(due_on=quarter_end, closed_on=quarter_end if at < closed else None,
                first_seen_on="2025-07-01", severity="high")
        for at in range(count)
    ]  # fmt: skip


def page_of(rows: list[Row] | None, kev: list[Row] | None = KEV, **more: object) -> Page:
    given = {"vulnerability_findings": rows, "kev_catalogue": kev}
    some = tables(**{name: each for name, each in given.items() if each is not None})
    (found,) = exposure.build(facts_for(some, METRICS, **more))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            due(200, 180) + due(200, 140, "2025-08-31"),
            "Crown jewels were patched on time in 90% of cases, up from 70% a year ago; "
            "no exploited flaw is overdue",
        ),
        (
            due(200, 140) + due(200, 180, "2025-08-31"),
            "Crown jewels were patched on time in 70% of cases, down from 90% a year ago; "
            "no exploited flaw is overdue",
        ),
        # one of ten more or less: p 1
        (
            due(10, 9) + due(10, 8, "2025-08-31"),
            "Crown jewels were patched on time in 90% of cases, no clear change from 80% a year "
            "ago; no exploited flaw is overdue",
        ),
        (
            due(10, 8) + due(10, 8, "2025-08-31"),
            "Crown jewels were patched on time in 80% of cases, as a year ago; "
            "no exploited flaw is overdue",
        ),
        (
            due(10, 8) + due(4, 4, "2025-08-31"),
            "Crown jewels were patched on time in 80% of cases; no exploited flaw is overdue",
        ),
        (
            due(1, 1),
            "Only one crown-jewel flaw was due, too few to judge; no exploited flaw is overdue",
        ),
        ([], "Nothing on crown jewels was due this quarter; no exploited flaw is overdue"),
        (
            [finding(cve="CVE-1")],
            "Nothing on crown jewels was due this quarter; one exploited flaw is overdue, "
            "on a crown jewel",
        ),
        (
            [finding(cve="CVE-1", asset_tier="workplace")],
            "Nothing on crown jewels was due this quarter; one exploited flaw is overdue, "
            "not on a crown jewel",
        ),
        (
            [finding(cve="CVE-1")] * 2,
            "Nothing on crown jewels was due this quarter; two exploited flaws are overdue, "
            "all on crown jewels",
        ),
        (
            [finding(cve="CVE-1")] + [finding(cve="CVE-1", asset_tier="production")] * 1299,
            "Nothing on crown jewels was due this quarter; 1,300 exploited flaws are overdue, "
            "one on crown jewels",
        ),
    ],
)
def test_the_title_says_what_the_figures_bear_out(rows: list[Row], title: str) -> None:
    assert page_of(rows).title == title


def test_a_long_title_gives_way_to_a_shorter_one_with_the_same_figures() -> None:
    rows = due(10, 9) + due(10, 8, "2025-08-31")
    rows += [finding(cve="CVE-1")] * 2 + [finding(cve="CVE-1", asset_tier="workplace")] * 4
    title = page_of(rows).title
    assert title == (
        "90% of crown-jewel flaws were patched on time (80% a year ago); "
        "six exploited flaws are overdue, two on crown jewels"
    )
    assert len(title) <= 118


def test_a_missing_catalogue_and_missing_findings_are_told_apart() -> None:
    without = page_of(due(10, 9), kev=None)
    assert without.title.endswith("; exploited flaws are not measured")
    assert "ciso/kev_catalogue.csv" in without.context
    absent = page_of(None)
    assert absent.title == "Exposure is not measured: no scanner findings were given"
    assert "ciso/vulnerability_findings.csv" in absent.context


def test_the_list_is_of_open_findings_past_the_catalogues_date() -> None:
    found = page_of(
        [
            finding(cve="CVE-1", asset_tier="production", asset_name="Portal"),
            finding(cve="CVE-1", asset_name="Results interface"),
            finding(cve="CVE-2", asset_name="Not due yet"),
            finding(cve="CVE-1", asset_name="Closed", closed_on="2026-09-30"),
            finding(cve="CVE-1", asset_name="Closed later", closed_on="2026-10-02"),
            finding(cve="CVE-9", asset_name="Not in the catalogue"),
            finding(cve=None, asset_name="Without a number"),
        ]
    )
    # 22 June to 30 September: 8 + 31 + 31 + 30 days
    assert found.body["groups"] == [
        {
            "title": "On crown jewels",
            "rows": [
                {"name": "Closed later", "days": "100"},
                {"name": "Results interface", "days": "100"},
            ],
        },
        {"title": "Elsewhere", "rows": [{"name": "Portal", "days": "100"}]},
    ]
    assert "three exploited flaws are overdue, two on crown jewels" in found.title
    assert "1 open finding has no CVE number" in found.sources


def test_no_address_of_a_host_reaches_the_page() -> None:
    found = page_of([finding(cve="CVE-1", asset_name=None)])
    assert found.body["groups"][0]["rows"][0]["name"] == "Asset without a name"  # type: ignore[index]
    assert "10.0.0.7" not in repr(found)


def test_more_than_fit_are_counted_and_long_names_cut() -> None:
    found = page_of([finding(cve="CVE-1", asset_name="N" * 300)] * 40)
    rows = found.body["groups"][0]["rows"]  # type: ignore[index]
    assert len(rows) == 6
    assert found.body["more"] == 34
    assert rows[0]["name"] == "N" * 23 + "…"


def test_a_share_with_few_cases_has_no_status_and_one_just_short_shows_it() -> None:
    few = page_of(due(4, 1)).figures["patched"].data["groups"][0]["rows"][0]  # type: ignore[index]
    assert (few["status"], few["detail"]) == ("none", "1 of 4")
    # 946 of 1000 is 94.6%; the target of crown jewels is 95%
    near = page_of(due(1000, 946)).figures["patched"].data["groups"][0]["rows"][0]  # type: ignore[index]
    assert (near["status"], near["value"]) == ("near", "94.6%")
    # 895 of 1000 would print as the 90% that is the target of all assets
    short = page_of(due(1000, 896)).figures["patched"].data["groups"][2]["rows"][0]  # type: ignore[index]
    assert (short["status"], short["value"]) == ("near", "89.6%")


def test_the_axis_holds_the_least_share() -> None:
    def low(rows: list[Row]) -> object:
        return page_of(rows).figures["patched"].data["axis"]["low"]  # type: ignore[index]

    assert low(due(100, 90)) == 0.8
    assert low(due(100, 70)) == 0.7
    assert low(due(100, 3)) == 0.0


def test_none_due_and_not_measured_read_differently() -> None:
    rows = due(10, 9, "2026-05-31")
    none_due = page_of(rows).figures["patched"].data["groups"][0]["rows"][0]  # type: ignore[index]
    assert (none_due["now"], none_due["absent"]) == (None, "none due")
    absent = page_of(None).figures["patched"].data["groups"][0]["rows"][0]  # type: ignore[index]
    assert (absent["now"], absent["absent"]) == (None, "not measured")


@pytest.mark.parametrize("rows", [None, [], due(10, 9), [finding(cve="CVE-1")] * 50])
def test_the_pictures_can_be_drawn(rows: list[Row] | None) -> None:
    for quarters in (1, 8):
        for spec in page_of(rows, quarters=quarters).figures.values():
            assert b"<svg" in draw(spec).svg
            assert spec.alt.endswith(".")


def test_the_words_beside_the_large_figures_stay_on_the_page() -> None:
    some = tables(vulnerability_findings=[finding(), *due(10, 9)], kev_catalogue=KEV)
    old = replace(some["vulnerability_findings"], is_stale=True, records_to=date(2025, 10, 4))
    facts = facts_for(TableSet({**some.tables, "vulnerability_findings": old}), METRICS)
    (found,) = exposure.build(facts)
    column = found.body["key_figures"]
    items: list[dict[str, str]] = column["items"]  # type: ignore[index]
    assert len(items) == 3
    heights = [
        63 + (16 if each["word"] else 0) + 14 * lines_needed(each["beside"], 198, 11)
        for each in items
    ]
    assert sum(heights) + 2 * column["gap"] <= 334  # type: ignore[index]


def test_where_nothing_was_due_at_all_the_rows_stay_and_say_so() -> None:
    def absent_of(due_on: str | None) -> list[list[str]]:
        groups = page_of([finding(due_on=due_on)]).figures["patched"].data["groups"]
        return [[row["absent"] for row in group["rows"]] for group in groups]  # type: ignore[attr-defined]

    assert absent_of("2027-01-31") == [["none due"] * 3, ["none due"] * 4, ["none due"] * 4]
    unknown = ["not measured"]
    assert absent_of(None) == [unknown * 3, unknown * 4, unknown * 4]


# --- quarters without a value, in lines ----------------------------------------------------------


def drawn(*series: dict[str, object], target: float | None = None) -> bytes:
    data = {
        "quarters": ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"],
        "series": list(series),
        "target": {"value": target, "label": "target"} if target is not None else None,
    }
    return draw(FigureSpec("lines", data, 400, 150, "")).svg


def test_lines_tell_a_quarter_in_which_nothing_happened_from_one_not_measured() -> None:
    values = [3.0, None, 4.0, 5.0]
    none = drawn({"values": values, "states": ["measured", "nothing", "measured", "measured"]})
    assert b">none<" in none
    assert b"not measured" not in none
    absent = drawn({"values": values})
    assert b">none<" not in absent
    assert b"not measured" in absent


def test_lines_name_each_reason_once_for_its_quarters() -> None:
    svg = drawn(
        {"values": [None, None, None, 5.0], "states": ["nothing", "nothing", "withheld", ""]}
    )
    assert svg.count(b">none<") == 1
    assert svg.count(b">withheld<") == 1
    assert b"not measured" not in svg


def test_one_series_that_is_not_measured_outweighs_one_that_had_nothing() -> None:
    gap = [3.0, None, 4.0, 5.0]
    nothing = {"values": gap, "states": ["", "nothing", "", ""]}
    missing = {"values": gap, "states": ["", "not measured", "", ""]}
    assert b"not measured" in drawn(nothing, missing)
    # a series that gives no states has no voice
    assert b"not measured" not in drawn({"values": gap}, nothing)


def test_the_word_none_keeps_clear_of_a_target_at_the_floor() -> None:
    def height_of(svg: bytes) -> float:
        element = next(each for each in svg.decode().split("<text")[1:] if ">none<" in each)
        return float(element.split('y="')[1].split('"')[0])

    gap = {"values": [3.0, None, 4.0, 5.0], "states": ["", "nothing", "", ""]}
    assert height_of(drawn(gap, target=4.0)) == height_of(drawn(gap))
    assert height_of(drawn(gap, target=0.0)) <= height_of(drawn(gap)) - 12


def test_bars_name_neighbours_without_a_value_each_by_its_reason() -> None:
    data = {
        "quarters": ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"],
        "values": [None, None, None, 5.0],
        "states": ["not measured", "withheld", "nothing", "measured"],
    }
    svg = draw(FigureSpec("bars", data, 400, 150, "")).svg
    assert all(word in svg for word in (b">not measured<", b">withheld<", b">none<"))


# --- exploit predictions -----------------------------------------------------------------------


def predicted(epss: list[Row] | None, kev: list[Row] = KEV) -> Page:
    rows = [finding(cve="CVE-1"), finding(cve="CVE-2"), finding(cve="CVE-1")]
    given = {"vulnerability_findings": rows, "kev_catalogue": kev, "exploit_predictions": epss}
    some = tables(**{name: each for name, each in given.items() if each is not None})
    (page,) = exposure.build(facts_for(some, (*METRICS, "likely_exploited_open")))
    return page


def test_a_third_stock_where_predictions_were_given() -> None:
    """With the day of the scores and what likely means; the chart above gives way to it."""
    page = predicted(EPSS)
    *others, row = page.body["trends"]
    assert [each["figure"] for each in others] == [
        "trend-internet_criticals_open", "trend-vulnerabilities_overdue",
    ]  # fmt: skip
    assert (row["name"], row["value"]) == ("Flaws likely exploited soon", "2")
    assert "; EPSS of 21 Sep 2026 (likely: 10% or more); assets" in plain_spaces(page.sources)
    assert "likely_exploited_open" in page.metric_ids
    assert page.figures["patched"].height == 240 - 20


def test_without_predictions_the_page_is_as_it_was() -> None:
    page = predicted(None)
    assert len(page.body["trends"]) == 2
    assert "EPSS" not in page.sources
    assert page.figures["patched"].height == 240


def test_predictions_made_after_the_quarter_say_nothing() -> None:
    page = predicted([{**EPSS[0], "scored_on": "2026-10-02"}])
    assert page.body["trends"][-1]["value"] == "–"
    assert "; EPSS (likely: 10% or more);" in page.sources


def test_a_copy_of_the_catalogue_that_says_its_day_has_an_age_of_its_own() -> None:
    released = [{**each, "released_on": "2026-09-28"} for each in KEV]
    assert "Our copy is 2 days old." in plain_spaces(predicted(None, released).context)
    assert "The newest entry in our copy is 10 days old." in plain_spaces(predicted(None).context)


def plain_spaces(text: str) -> str:
    return text.replace("\u00a0", " ")
