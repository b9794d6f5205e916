"""Detect and respond: sentences follow from the medians, and open cases are never hidden."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from board_report.charts import draw
from board_report.story.page import Page
from board_report.story.pages import detect_and_respond
from board_report.typeset import text_width
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    "incidents_detected", "mttd", "mtta", "mttc", "dwell_time", "mttr", "self_detected_share",
)  # fmt: skip
CHICAGO = ZoneInfo("America/Chicago")
NOW, YEAR_AGO = datetime(2026, 8, 3, 12, tzinfo=CHICAGO), datetime(2025, 8, 4, 12, tzinfo=CHICAGO)


def case(at: datetime, detect: float | None, recover: float | None, **given: object) -> Row:
    """One incident detected at a time, with its hours to detect and to recover."""
    return {
        "title": "Malware on a laptop",
        "business_unit": "Europe",
        "severity": "low",
        "detected_by": "own_monitoring",
        "materiality_state": "not_required",
        "detected_at": at.isoformat(),
        "occurred_at": (at - timedelta(hours=detect)).isoformat() if detect is not None else None,
        "contained_at": (at + timedelta(hours=1)).isoformat(),
        "recovered_at": (at + timedelta(hours=recover)).isoformat()
        if recover is not None
        else None,
        **given,
    }


def cases(count: int, at: datetime, detect: float | None, recover: float | None) -> list[Row]:
    return [case(at, detect, recover) for _ in range(count)]


def page_of(*rows: Row, given: bool = True, quarters: int = 8, **more: object) -> Page:
    some = tables(incidents=list(rows)) if given else tables()
    (found,) = detect_and_respond.build(facts_for(some, METRICS, quarters=quarters, **more))  # type: ignore[arg-type]
    return found


def title_of(now: tuple[float, float], before: tuple[float, float]) -> str:
    found = page_of(*cases(5, NOW, *now), *cases(5, YEAR_AGO, *before))
    return found.title.replace(chr(160), " ")


@pytest.mark.parametrize(
    ("now", "before", "title"),
    [
        (
            (20, 50),
            (40, 50),
            "Detection is twice as fast as a year ago; recovery has not moved and still misses "
            "its target",
        ),
        (
            (30, 40),
            (20, 30),
            "Detection has slowed to 30 h from 20 h a year ago; recovery has slowed and is near "
            "its target",
        ),
        (
            (20, 30),
            (20, 60),
            "Detection takes 20 h, as a year ago; recovery is twice as fast and meets its target",
        ),
        (
            (15, 50),
            (20, 30),
            "Detection is 25% faster than a year ago; recovery has slowed and misses its target",
        ),
        (
            (39, 49),
            (40, 50),
            "Detection is hardly faster than a year ago (39 h against 40 h); recovery is hardly "
            "faster and still misses its target",
        ),
        (
            (10, 20),
            (40, 30),
            "Detection is 75% faster than a year ago; recovery is 33% faster and meets its target",
        ),
        (
            (20, 35),
            (20, 30),
            "Detection takes 20 h, as a year ago; recovery has slowed but meets its target",
        ),
    ],
)
def test_the_title_compares_with_a_year_ago_and_with_the_target(
    now: tuple[float, float], before: tuple[float, float], title: str
) -> None:
    assert title_of(now, before) == title


def test_without_a_year_ago_the_title_names_the_targets() -> None:
    found = page_of(*cases(5, NOW, 20, 50), quarters=1)
    assert found.title.replace(chr(160), " ") == (
        "Detection takes 20 h, within its target of 24 h; "
        "recovery takes 50 h, over its target of 36 h"
    )


def test_too_few_a_year_ago_are_not_compared_with() -> None:
    found = page_of(*cases(5, NOW, 20, 40), *cases(4, YEAR_AGO, 40, 80))
    assert "year ago" not in found.title
    assert "near its target of 36" in found.title


def test_without_targets_none_is_spoken_of() -> None:
    found = page_of(*cases(5, NOW, 20, 50), quarters=1, targets={})
    assert found.title.replace(chr(160), " ") == (
        "Detection takes 20 h, with no target set; recovery takes 50 h, with no target set"
    )


def test_open_cases_are_in_the_title_and_in_the_line_under_it() -> None:
    # eight hours of 30 and three open since August: a test tells the eight from eight of 60
    found = page_of(*cases(8, NOW, 20, 30), *cases(3, NOW, 20, None), *cases(8, YEAR_AGO, 40, 60))
    assert found.title == (
        "Detection is twice as fast as a year ago; recovery shows no clear change and meets its "
        "target, three still open"
    )
    assert "Three incidents of this quarter are still open and count" in found.context
    more = page_of(*cases(30, NOW, 20, 30), *cases(3, NOW, 20, None), *cases(30, YEAR_AGO, 40, 60))
    assert more.title == (
        "Detection is twice as fast as a year ago; recovery is twice as fast and meets its "
        "target, with three cases still open"
    )


def test_what_chance_moves_as_far_is_no_news() -> None:
    """Ten and twenty and so on to fifty hours after twenty to sixty: half of all deals do more."""
    hours = [(10, 20), (20, 30), (30, 40), (40, 50), (50, 60)]
    found = page_of(
        *(case(NOW, one, one) for one, _ in hours),
        *(case(YEAR_AGO, other, other) for _, other in hours),
    )
    assert found.title == (
        "Neither detection nor recovery shows a clear change in a year; recovery meets its target"
    )


def test_half_open_says_how_long_at_least() -> None:
    """Two ended after 10 hours, three are open: noon on 3 August to the end of 30 September."""
    found = page_of(*cases(2, NOW, 20, 10), *cases(3, NOW, 20, None))
    assert "half of all cases or more are still open" in found.title
    assert "1,404 h or more" in found.title.replace(chr(160), " ")  # 58.5 days


def test_one_open_case_is_in_the_singular() -> None:
    found = page_of(*cases(5, NOW, 20, 30), case(NOW, None, None))
    assert found.title.endswith("target of 36\xa0h, one still open")
    assert "One incident of this quarter is still open and counts at its age" in found.context
    assert "One of unknown start is counted" in found.context


def test_fewer_than_five_are_not_judged() -> None:
    found = page_of(*cases(1, NOW, 20, 50), *cases(5, YEAR_AGO, 40, 60))
    assert found.title == "Too few cases to judge detection (one) or recovery (one)"
    assert [panel["verdict"] for panel in found.figures["times"].data["panels"]] == [  # type: ignore[attr-defined]
        "Too few to judge (n 1)"
    ] * 3


def test_all_open_is_no_recovery_and_no_number() -> None:
    found = page_of(*cases(6, NOW, 20, None))
    assert found.title.endswith("; no case has been recovered yet, six still open")


def test_a_case_closed_without_a_recovery_is_unknown_and_not_open() -> None:
    closed = case(NOW, 20, None, contained_at=None, closed_at="2026-08-09T12:00")
    found = page_of(*cases(5, NOW, 20, 30), closed)
    assert "open" not in found.title
    assert "open" not in found.context
    _, contained, recovered = found.figures["times"].data["panels"]  # type: ignore[misc]
    for panel in (contained, recovered):
        assert panel["open"][-1] == []  # type: ignore[index]
        assert [row[-1] for row in panel["rows"]] == ["5", "1", "–"]  # type: ignore[index]
    assert "open" not in [sign for sign, _ in found.body["key"]]  # type: ignore[attr-defined]


def test_without_any_time_of_recovery_none_is_told_and_none_called_open() -> None:
    found = page_of(*(case(NOW, 20, None, closed_at="2026-08-09T12:00") for _ in range(6)))
    assert found.title.endswith("; no time of recovery is on record")


def test_no_incident_and_no_register_are_two_things() -> None:
    assert page_of(*cases(5, YEAR_AGO, 1, 1)).title.startswith("No incident was detected")
    absent = page_of(given=False)
    assert absent.title == (
        "Detection and recovery are not measured: no register of incidents was given"
    )
    panel = absent.figures["times"].data["panels"][0]  # type: ignore[index]
    assert not any(panel["measured"])


def test_every_case_is_drawn_once_open_ones_at_their_age() -> None:
    grave = case(NOW, 10, 41, severity="critical")
    found = page_of(grave, *cases(2, NOW, 20, 50), case(NOW, None, None))
    detected, _, recovered = found.figures["times"].data["panels"]  # type: ignore[misc]
    assert detected["durations"][-1] == [20, 20]  # type: ignore[index]
    assert recovered["durations"][-1] == [50, 50]  # type: ignore[index]
    assert recovered["highlight"] == {"quarter": 7, "hours": 41}  # type: ignore[index]
    # 3 August noon to midnight after 30 September, the same offset from UTC all along
    assert recovered["open"][-1] == [58 * 24 + 12]  # type: ignore[index]
    assert detected["open"][-1] == []  # type: ignore[index]
    assert [row[-1] for row in detected["rows"]] == ["3", "1", "–"]  # type: ignore[index]
    assert [row[-1] for row in recovered["rows"]] == ["3", "–", "1"]  # type: ignore[index]


def test_the_key_names_only_what_is_drawn() -> None:
    plain = page_of(*cases(5, NOW, 20, 50), targets={})
    assert plain.body["key"] == [("line", "median")]
    full = page_of(case(NOW, 1, None, severity="high", title="Storm"))
    assert full.body["key"] == [
        ("line", "median"),
        ("dashed", "target"),
        ("open", "still open, at its age"),
        ("off", "Storm"),
    ]


def test_mean_and_percentile_stand_in_the_source_line() -> None:
    found = page_of(*(case(NOW, hours, 50) for hours in (10, 20, 30, 40, 100)))
    # mean 200 / 5; after the fourth of five a fifth goes on, after the fifth none
    assert "detect 40 h and 100 h" in found.sources.replace(chr(160), " ")


def test_a_thousand_cases_and_none_can_be_drawn() -> None:
    for found in (page_of(*cases(300, NOW, 0, 9000)), page_of(), page_of(given=False)):
        assert b"Occurred to detected" in draw(found.figures["times"]).svg


def many(count: int, at: datetime = NOW) -> list[Row]:
    """Cases that took 1, 2, 3 and so on hours to recover."""
    return [case(at, None, hours) for hours in range(1, count + 1)]


def test_two_hundred_cases_are_each_drawn_and_nothing_is_said() -> None:
    found = page_of(*many(200))
    panel = found.figures["times"].data["panels"][2]  # type: ignore[index]
    assert sorted(panel["durations"][-1]) == list(range(1, 201))  # type: ignore[index]
    assert found.body["note"] == ""
    assert found.figures["times"].data["row_heads"] == ["Drawn", "Unknown", "Open"]


def test_beyond_that_a_dot_is_a_hundredth_and_the_page_says_so() -> None:
    found = page_of(*many(1000), *many(101, YEAR_AGO), *many(7, YEAR_AGO - timedelta(days=91)))
    spec = found.figures["times"]
    recovered = spec.data["panels"][2]  # type: ignore[index]
    drawn = [len(each) for each in recovered["durations"]]  # type: ignore[index]
    assert drawn == [0, 0, 7, 100, 0, 0, 0, 100]
    # of 1 to 1,000 the middle of each ten is its sixth case
    assert recovered["durations"][-1] == list(range(6, 1000, 10))  # type: ignore[index]
    assert recovered["medians"][-1] == 500.5  # type: ignore[index]
    assert spec.data["row_heads"] == ["Timed", "Unknown", "Open"]
    assert found.body["note"] == (
        "Over 100 cases in a quarter: a dot is 1% of them, by rank. Medians and counts: all cases."
    )
    assert str(found.body["note"]) in spec.alt
    assert spec.height == 292


def test_of_many_open_cases_a_few_are_drawn_and_all_are_counted() -> None:
    start = NOW - timedelta(hours=11)
    rows = [case(start + timedelta(hours=at), None, None) for at in range(10)]
    found = page_of(*rows, *many(1000))
    recovered = found.figures["times"].data["panels"][2]  # type: ignore[index]
    ages = recovered["open"][-1]  # type: ignore[index]
    # ten ages an hour apart: the least, the greatest, and those ranked third, fifth and seventh
    assert [age - ages[0] for age in ages] == [0, 2, 4, 6, 9]
    assert recovered["rows"][2][-1] == "10"  # type: ignore[index]
    note = str(found.body["note"])
    assert "Over nine still open: five drawn." in note
    assert text_width(note, 11) <= 642
    nine = page_of(*rows[:9]).figures["times"].data["panels"][2]["open"][-1]  # type: ignore[index]
    assert len(nine) == 9


def test_counts_of_four_digits_stand_apart_and_the_exact_ones_stay_in_the_data() -> None:
    spec = page_of(*many(1234), *many(1096, NOW - timedelta(days=91))).figures["times"]
    recovered = spec.data["panels"][2]  # type: ignore[index]
    assert recovered["rows"][0][-2:] == ["1,096", "1,234"]  # type: ignore[index]
    svg = draw(spec).svg
    assert b">1.1k<" in svg
    assert b">1.2k<" in svg
    assert b"1,234" not in svg


def test_the_clocks_beside_hold_four_digits_in_their_columns() -> None:
    found = page_of(*(case(NOW, None, 1200) for _ in range(1234)))
    assert found.body["clocks"][-1] == ["Recover", "1.2k", "1.2k–1.2k", "1.2k", "1,234"]  # type: ignore[index]
    assert text_width("9,999", 10.5) <= 26
    assert text_width("1.2k–1.2k", 10.5) <= 50
