"""The page on clocks, and the page of one incident: what they say, and with too much to say."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from board_report.charts import draw, theme
from board_report.governance.incident_clock import incident_clocks
from board_report.governance.incident_kinds import (
    Aspect,
    Bearing,
    Determined,
    Discovered,
    Event,
    Fact,
    Factor,
    FactorSaid,
    FactState,
    Filed,
    Form,
    Related,
)
from board_report.governance.incident_record import IncidentRecord
from board_report.governance.incident_register import IncidentRegister
from board_report.story.incident_clock_page import clock_page
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import FigureSpec, Page
from board_report.story.pages import incident_clocks as module
from tests.incident_data import Step, around, determined, record_of, settings
from tests.spec.tables import tables
from tests.unit.pages.series_for import series_for

SVG = "{http://www.w3.org/2000/svg}"
SEPTEMBER = "2026-09-16T10:12:00-05:00"
LONG = "An incident with a very long title that tells of everything that happened to everybody"


def opened(at: str = SEPTEMBER, title: str = "Vendor exposure") -> Step:
    return (at, Discovered(title), "CISO")


def page_of(*records: IncidentRecord, regimes: Sequence[str] = ("HIPAA", "GDPR")) -> Page | None:
    """The deck's page as of 30 September 2026."""
    register = IncidentRegister(records, (), (), around(regimes=regimes), settings(*regimes))
    facts = replace(series_for({}, some=tables()), incident_register=register)
    pages = module.build(facts)
    assert all(len(page.title) <= LONGEST_TITLE for page in pages)
    return next(iter(pages), None)


def words_of(spec: FigureSpec) -> list[str]:
    root = ET.fromstring(draw(spec).svg)
    return ["".join(each.itertext()).strip() for each in root.iter(f"{SVG}text")]


def test_there_is_no_page_without_a_record_or_for_one_that_is_over() -> None:
    assert module.build(series_for({}, some=tables())) == ()
    assert page_of() is None
    over = record_of(
        opened("2026-03-02T09:00:00-05:00"),
        determined("2026-03-09T09:00:00-04:00", Determined.NOT_MATERIAL),
    )
    assert page_of(over, regimes=()) is None
    ahead = record_of(opened("2026-10-02T09:00:00-05:00"))
    assert page_of(ahead) is None, "discovered after the as-of date"


def test_what_is_not_determined_is_the_title() -> None:
    page = page_of(record_of(opened()))
    assert page is not None
    assert (
        page.title == "Materiality of one incident is undetermined after 14 days; no deadline runs"
    )
    rows = page.figures["clocks"].data["rows"]
    assert isinstance(rows, list)
    assert [row["state"] for row in rows] == ["running", "not started"]
    assert "no determination of “material”" in words_of(page.figures["clocks"])


def test_the_next_deadline_stands_beside_it() -> None:
    step: Step = (SEPTEMBER, Event("discovered_health_information_breach"))
    page = page_of(record_of(opened(), step))
    assert page is not None
    assert page.title.endswith("; the only deadline is 15\u00a0Nov\u00a02026")


def test_what_has_run_out_comes_first() -> None:
    late = record_of(opened(), determined("2026-09-17T09:00:00-04:00"))
    page = page_of(late, record_of(opened("2026-09-20T10:12:00-05:00"), incident_id="INC-8"))
    assert page is not None
    assert page.title == "One clock has run out, first report of a material incident"
    words = words_of(page.figures["clocks"])
    assert words.index("overdue") < words.index("running")


def test_a_determination_of_the_quarter_is_told_when_nothing_runs() -> None:
    done = record_of(opened(), determined("2026-09-18T09:00:00-04:00", Determined.NOT_MATERIAL))
    page = page_of(done, regimes=())
    assert page is not None
    assert page.title == "No deadline runs on any incident on record"
    listed = page.body["incidents"]
    assert isinstance(listed, list)
    assert [each["state"] for each in listed] == [
        "Determined not material on 18\u00a0Sep\u00a02026"
    ]


def test_no_page_says_a_score_or_a_verdict_of_its_own() -> None:
    page = page_of(record_of(opened()))
    assert page is not None
    assert "neither whether an incident is material" in page.sources
    assert "not legal advice" in page.sources


# --- the worst data ------------------------------------------------------------------------------


def crowded(number: int) -> IncidentRecord:
    """An incident of a company under every regime, with long names and all clocks started."""
    events = (
        "aware_of_significant_incident", "classified_major", "determined_nydfs_incident",
        "extortion_payment", "aware_of_personal_data_breach",
        "discovered_health_information_breach", "discovered_breach_of_500",
    )  # fmt: skip
    later = "2026-09-18T10:00:00-05:00"
    return record_of(
        opened(title=LONG),
        *((SEPTEMBER, Event(name)) for name in events),
        *(
            (later, Fact(f"{LONG} {at}", FactState.UNDETERMINED, Aspect.SCOPE, LONG))
            for at in range(5)
        ),
        (later, Related("INC-8", LONG)),
        (later, FactorSaid(Factor.DATA, Bearing.UNKNOWN, LONG)),
        determined(later),
        ("2026-09-21T10:00:00-05:00", Filed(Form.ITEM_1_05)),
        *(
            (
                "2026-09-22T10:00:00-05:00",
                Fact(f"{LONG} {at}", FactState.AVAILABLE, Aspect.SCOPE, "x"),
            )
            for at in range(5)
        ),
        incident_id=f"INC-{number:012d}",
    )


EVERY = ("NIS2", "DORA", "NYDFS", "GDPR", "HIPAA")


def test_a_crowded_page_keeps_to_its_room_and_says_how_many_more_there_are() -> None:
    page = page_of(*(crowded(at) for at in range(7)), regimes=EVERY)
    assert page is not None
    spec = page.figures["clocks"]
    assert spec.height <= module.BODY
    rows = spec.data["rows"]
    assert isinstance(rows, list)
    assert len(rows) == module.MOST_ROWS
    assert str(page.body["more"]).startswith("and ")
    listed = page.body["incidents"]
    assert isinstance(listed, list)
    assert 0 < len(listed) < 7
    assert page.body["more_incidents"] == f"and {7 - len(listed)} more incidents on record"
    inside(spec)


@pytest.mark.parametrize("days", [0, 1, 7, 20, 45, 200, 2000])
def test_the_page_of_one_incident_keeps_to_its_sheet(days: int) -> None:
    now = datetime(2026, 9, 24, 15, tzinfo=UTC) + timedelta(days=days)
    record, how = crowded(1), settings(*EVERY, known_through=date(2035, 1, 1))
    page = clock_page(record, incident_clocks(record, now, how), now, how, zone="America/Chicago")
    assert sum(each.height for each in page.figures.values()) <= 334
    for spec in page.figures.values():
        inside(spec)


def inside(spec: FigureSpec) -> None:
    """Every word of a picture stands on its sheet."""
    root = ET.fromstring(draw(spec).svg)
    with theme.applied():
        for each in root.iter(f"{SVG}text"):
            words = "".join(each.itertext())
            x, y = (float(each.get(name, "nan")) for name in ("x", "y"))
            if x != x:
                continue
            wide = theme.text_width(words)
            style = each.get("style", "")
            left = x - (wide if ": end" in style else wide / 2 if ": middle" in style else 0)
            assert left >= -2, words
            assert left + wide <= spec.width + 12, words
            assert 0 <= y <= spec.height, words


def test_the_strip_counts_the_days_of_the_open_deadline() -> None:
    now = datetime(2026, 9, 9, 15, tzinfo=UTC)
    record = record_of(opened("2026-09-04T18:40:00-04:00"), determined("2026-09-05T11:00:00-04:00"))
    how = settings()
    page = clock_page(record, incident_clocks(record, now, how), now, how, zone="America/New_York")
    words = words_of(page.figures["count"])
    assert [each for each in words if each in ("0", "1", "2", "3", "4")] == ["1", "2", "3", "4"]
    assert "Labor Day" in words
    assert page.title.startswith("Report of a material incident is due Fri\u00a011\u00a0Sep")
