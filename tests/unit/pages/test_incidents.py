"""The incidents page: its title follows from the rows, and unknown, zero and none stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from board_report.charts import draw, theme
from board_report.metrics.freshness import with_record_spans
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import in_column, short_number
from board_report.story.page import Page
from board_report.story.pages import incidents
from board_report.tables.schema import TableSet
from board_report.typeset import lines_needed
from tests.spec.tables import Row, tables
from tests.unit.pages.facts_for import facts_for

METRICS = (
    "incidents_detected",
    "major_incidents",
    "incidents_open",
    "materiality_reviews_open",
    "incident_cost",
    "outage_hours",
    "mttd",
    "mttc",
    "mttr",
)


def incident(**given: object) -> Row:
    base: dict[str, object] = {
        "title": "Ransomware at the laboratory",
        "business_unit": "Diagnostics",
        "severity": "critical",
        "occurred_at": "2026-07-13 13:00",
        "detected_at": "2026-07-14 05:00",
        "contained_at": "2026-07-14 14:00",
        "recovered_at": "2026-07-16 04:00",
        "detected_by": "own_monitoring",
        "materiality_state": "determined_not_material",
        "materiality_determined_on": "2026-07-21",
        "cost": 3_100_000.0,
        "outage_hours": 38.0,
    }
    return {**base, **given}


def minor(**given: object) -> Row:
    grade = {"severity": "low", "materiality_state": "not_required"}
    small = {"materiality_determined_on": None, "cost": 900.0, "outage_hours": 0.0}
    return incident(**{**grade, **small, **given})


def page_of(*rows: Row, given: bool = True) -> Page:
    return page(facts_of(tables(incidents=list(rows)) if given else tables()))


def facts_of(some: TableSet, **changes: object) -> BoardFacts:
    return facts_for(some, METRICS, **changes)  # type: ignore[arg-type]


def page(facts: BoardFacts) -> Page:
    (found,) = incidents.build(facts)
    return found


OPEN = {"recovered_at": None, "cost": None, "outage_hours": None}


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "No incident was detected this quarter"),
        ([minor()], "No major incident this quarter; one incident of lower severity"),
        ([minor(), minor()], "No major incident this quarter; two incidents of lower severity"),
        ([incident()], "One major incident stopped services for 38 hours and cost $3.1M"),
        (
            [incident(), incident(severity="high", cost=9e6)],
            "The worse of two major incidents stopped services for 38 hours and cost $3.1M",
        ),
        (
            [incident(), incident(cost=2e9), incident(severity="high"), minor()],
            "The worst of three major incidents stopped services for 38 hours and cost $2B",
        ),
        (
            [incident(outage_hours=1.0, cost=None)],
            "One major incident stopped services for 1 hour; its cost is not known yet",
        ),
        (
            [incident(outage_hours=0.0)],
            "One major incident stopped no service and cost $3.1M",
        ),
        (
            [incident(outage_hours=None)],
            "One major incident cost $3.1M; its outage is not known yet",
        ),
        (
            [incident(**OPEN)],
            "One major incident has no known cost or outage yet; it is still open",
        ),
        (
            [
                incident(
                    materiality_state="under_review",
                    materiality_determined_on=None,
                    recovered_at=None,
                )
            ],
            "One major incident stopped services for 38 hours and cost $3.1M; "
            "it is still open and one materiality review is open",
        ),
    ],
)
def test_the_title_says_what_the_rows_bear_out(rows: list[Row], title: str) -> None:
    assert page_of(*rows).title == title


UNCOSTED = {"cost": None, "outage_hours": None}


@pytest.mark.parametrize(
    ("rows", "title", "named"),
    [
        (  # the earliest took least: it is neither the worst nor the longest
            [
                incident(incident_id="A", **UNCOSTED, recovered_at="2026-07-14 10:00"),
                incident(incident_id="B", **UNCOSTED, recovered_at="2026-07-31 05:00"),
                incident(incident_id="C", **OPEN, detected_at="2026-08-30 05:00"),
                incident(incident_id="D", severity="high", **OPEN),
            ],
            "The longest of three critical incidents is still open after 32 days; no cost or "
            "outage is known",
            "C",
        ),
        (
            [
                incident(incident_id="A", **UNCOSTED, recovered_at="2026-07-14 10:00"),
                incident(incident_id="B", **UNCOSTED, recovered_at="2026-07-16 04:00"),
                minor(),
            ],
            "The longer of two critical incidents took 47 hours to recover; no cost or outage is "
            "known",
            "B",
        ),
        (
            [
                incident(incident_id="A"),
                incident(incident_id="B", **OPEN, detected_at="2026-09-01"),
            ],
            "The worse of two major incidents stopped services for 38 hours and cost $3.1M",
            "A",
        ),
    ],
)
def test_where_nothing_but_the_time_tells_the_longest_is_told_of_and_not_called_the_worst(
    rows: list[Row], title: str, named: str
) -> None:
    found = page_of(*rows)
    assert found.title == title
    assert found.context.startswith(f"{named}: ")


def test_a_title_that_repeats_the_number_is_told_once() -> None:
    found = page_of(incident(incident_id="INC1", title="INC1/Category 42/Subcategory 7"))
    assert found.context.startswith("INC1: Category 42/Subcategory 7, Diagnostics, critical.")
    assert page_of(incident(incident_id="INC1", title="INC1")).context.startswith("INC1, Diag")
    assert "INC1: INC12 broke" in page_of(incident(incident_id="INC1", title="INC12 broke")).context


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("2026-08-30", "2026-09-02"), "Records from 30 Aug to 2 Sep."),
        (("2026-08-30", "2026-09-12", "2026-09-25"), "Records from 30 Aug on."),
        (("2026-06-28", "2026-06-29", "2026-07-02"), "Records up to 2 Jul."),
        (("2026-06-01", "2026-07-02", "2026-08-20", "2026-09-15"), ""),
        (("2026-06-29", "2026-09-25"), ""),
    ],
)
def test_records_that_begin_or_end_inside_the_quarter_say_so(
    days: tuple[str, ...], words: str
) -> None:
    rows = [incident(detected_at=f"{each} 12:00", **OPEN) for each in days]
    some = with_record_spans(
        tables(incidents=rows),
        time_zone="America/Chicago",
        as_of=date(2026, 9, 30),
        stale_after_days=120,
    )
    context = page(facts_of(some)).context.replace("\u00a0", " ")
    assert (words in context) if words else ("Records" not in context)


def test_two_reviews_that_are_open_are_in_the_plural() -> None:
    waiting = {"materiality_state": "under_review", "materiality_determined_on": None}
    title = page_of(incident(**waiting), minor(**waiting)).title
    assert title.endswith("; two materiality reviews are open")


def test_without_a_register_nothing_is_claimed() -> None:
    found = page_of(given=False)
    assert found.title == "Incidents are not measured: no register of them was given"
    assert "Give ciso/incidents.csv." in found.context
    assert found.body["state"] == "not measured"
    assert set(found.figures["major"].data["states"]) == {"not measured"}


def test_a_register_with_too_many_faults_is_withheld_and_not_called_missing() -> None:
    some = tables(incidents=[incident()])
    faulty = replace(some["incidents"], rejected=5, read=6)
    found = page(facts_of(TableSet({**some.tables, "incidents": faulty})))
    assert found.title == "Incidents are withheld: too many rows of the register were set aside"


def test_zero_in_a_unit_reads_otherwise_than_not_measured() -> None:
    rows = page_of(incident(business_unit="Europe")).body["units"]["rows"]  # type: ignore[index]
    assert ["Europe", "0", "0", "0", "1"] in rows
    assert ["Corporate", "0", "0", "0", "0"] in rows
    absent = page_of(given=False).body["units"]
    assert absent["rows"][0][1:] == ["n/m"] * 4  # type: ignore[index]
    assert absent["note"] == "n/m: not measured"  # type: ignore[index]


def test_incidents_of_no_stated_unit_have_a_line_so_that_the_table_adds_up() -> None:
    rows = [incident(business_unit="Europe"), *[minor(business_unit=None)] * 2]
    rows += [minor(business_unit="Europe", detected_at="2026-05-02 05:00", occurred_at=None)]
    # two of a few that do not say their unit would hide all parts, so there are many
    rows += [incident(business_unit="Corporate")] * 60
    shown = page_of(*rows).body["units"]["rows"]  # type: ignore[index]
    assert shown[-1] == ["Not stated", "0", "0", "0", "2"]
    assert sum(int(row[-1]) for row in shown) == len(rows) - 1
    assert "Not stated" not in str(page_of(incident()).body["units"])


def test_many_units_are_cut_to_those_with_most_and_the_rest_is_said() -> None:
    company = replace(facts_of(tables()).project.company, business_units=tuple("ABCDEFGH"))
    facts = facts_of(tables(incidents=[incident(business_unit="H")]), company=company)
    units = page(facts).body["units"]
    assert [row[0] for row in units["rows"]] == ["H", "A", "B", "C", "D"]  # type: ignore[index]
    assert units["note"] == "and 3 other units"  # type: ignore[index]


def test_the_clock_measures_from_the_detection_against_the_targets() -> None:
    rows = page_of(incident()).figures["clock"].data["rows"]
    shown = [(row["start"], row["end"], row["target"], row["status"], row["value"]) for row in rows]  # type: ignore[attr-defined]
    # 13 July 13:00 to 14 July 05:00 is 16 h; contained 9 h after, recovered 47 h after
    assert shown == [
        (-16.0, 0.0, 24.0, "on", f"16{chr(160)}h"),
        (0.0, 9.0, 12.0, "on", f"9{chr(160)}h"),
        (0.0, 47.0, 36.0, "off", f"47{chr(160)}h"),
    ]


def test_what_is_unknown_and_what_runs_on_are_told_apart() -> None:
    rows = (
        page_of(incident(occurred_at=None, contained_at=None, recovered_at="2026-07-16 04:00"))
        .figures["clock"]
        .data["rows"]
    )
    assert [row["value"] for row in rows][:2] == ["not known", "not known"]  # type: ignore[attr-defined]
    running = page_of(incident(detected_at="2026-09-30 12:00", occurred_at="2026-09-30 11:00",
                               contained_at=None, recovered_at=None))  # fmt: skip
    last = running.figures["clock"].data["rows"][2]  # type: ignore[index]
    assert (last["is_open"], last["end"], last["value"]) == (True, 12.0, f"12{chr(160)}h so far")


def test_reviews_are_recorded_and_one_determined_later_is_still_open() -> None:
    found = page_of(
        incident(incident_id="A"),
        incident(incident_id="B", detected_at="2026-09-16 10:00", recovered_at=None,
                 contained_at=None, occurred_at=None, materiality_determined_on="2026-10-05"),
        incident(incident_id="C", severity="high", materiality_state="determined_material",
                 materiality_determined_on=None),
        minor(incident_id="D"),
    )  # fmt: skip
    rows = found.figures["reviews"].data["rows"]
    assert [(row["code"], row["state"]) for row in rows] == [  # type: ignore[attr-defined]
        ("B, critical", "open"),
        ("A, critical", "not material"),
        ("C, high", "material"),
    ]
    assert [row["words"].replace(chr(160), " ") for row in rows] == [  # type: ignore[attr-defined]
        "Under review, 14 days after detection",
        "Determined not material 21 Jul 2026",
        "Determined material, date unknown",
    ]
    assert rows[1]["determined"] == date(2026, 7, 21)  # type: ignore[index]


def test_more_reviews_than_fit_are_counted() -> None:
    found = page_of(*(incident() for _ in range(5)))
    assert len(found.figures["reviews"].data["rows"]) == 2  # type: ignore[arg-type]
    assert found.body["reviews_more"] == 3


@pytest.mark.parametrize(
    "rows",
    [
        [incident()],
        [incident(occurred_at=None, contained_at=None, recovered_at=None)],
        [incident(occurred_at="2019-01-01 00:00", title="A very long title " * 20)],
        [incident(incident_id="I" * 60, title="T" * 300) for _ in range(3)],
    ],
)
def test_the_pictures_can_be_drawn_and_name_what_they_show(rows: list[Row]) -> None:
    found = page_of(*rows)
    for spec in found.figures.values():
        assert draw(spec).svg.startswith(b"<?xml") or b"<svg" in draw(spec).svg
        assert spec.alt.endswith(".")
    assert b"To recover" in draw(found.figures["clock"]).svg


def test_the_critical_part_of_the_bars_is_the_critical_count() -> None:
    found = page_of(incident(), incident(severity="high"), minor())
    data = found.figures["major"].data
    assert data["values"][-1] == 2  # type: ignore[index]
    assert data["part"]["values"][-1] == 1  # type: ignore[index]
    assert found.figures["all"].data["values"][-1] == 3  # type: ignore[index]
    assert data["top"] == found.figures["all"].data["top"] == 3


def test_units_with_thousands_of_incidents_are_told_in_thousands() -> None:
    june = {"occurred_at": None, "contained_at": None, "recovered_at": None}
    rows = [minor() for _ in range(1234)]
    rows += [minor(detected_at="2026-06-14 05:00", **june) for _ in range(1087)]
    found = page_of(*rows)
    units = found.body["units"]
    assert ["Diagnostics", "0", "0", "1.1k", "1.2k"] in units["rows"]  # type: ignore[index]
    assert units["note"] == "k: thousand"  # type: ignore[index]
    assert "1,234 incidents in Q3" in found.context or "1,234" in found.title
    data = found.figures["all"].data
    assert data["values"][-2:] == [1087, 1234]  # type: ignore[index]
    assert data["labels"][-2:] == ["1.1k", "1.2k"]  # type: ignore[index]
    assert "1,087, 1,234." in found.figures["all"].alt


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1k"),
        (1049, "1k"),
        (9219, "9.2k"),
        (9960, "10k"),
        (17_136, "17k"),
        (999_499, "999k"),
        (999_500, "1M"),
        (1_250_000, "1.3M"),
        (2_000_000_000, "2B"),
        (-9219, "−9.2k"),
    ],
)
def test_a_short_number_keeps_two_digits_or_more(value: float, words: str) -> None:
    assert short_number(value) == words


def test_short_numbers_fit_their_columns_of_the_table() -> None:
    assert all(theme.text_width(short_number(each), 11, 600) < 27 for each in (9999, 99_999, 10**6))


def block(beside: str, word: str = "") -> dict[str, str]:
    return {"label": "A", "value": "–", "unit": "", "beside": beside, "word": word}


def test_large_figures_with_short_words_keep_their_distance() -> None:
    column = in_column([block("Withheld"), block("Withheld"), block("Withheld")])
    assert column["gap"] == 18
    assert column["items"] == [block("Withheld")] * 3


def test_long_words_beside_large_figures_take_from_the_gaps() -> None:
    # lines of "word " * 7 are about 190 points: three lines beside each of three figures
    long = "word " * 20 + "word"
    assert lines_needed(long, 198, 11) == 3
    column = in_column([block(long)] * 3)
    # 334 - 3 * (63 + 42) = 19 points for two gaps
    assert column["gap"] == 9
    assert column["items"] == [block(long)] * 3


def test_words_that_would_leave_the_page_are_cut_with_an_ellipsis() -> None:
    long = "word " * 80 + "word"
    column = in_column([block(long, "Off target"), block("Short"), block(long)])
    items: list[dict[str, str]] = column["items"]  # type: ignore[assignment]
    assert items[0]["beside"].endswith("word…")
    assert items[1]["beside"] == "Short"
    lines = sum(lines_needed(each["beside"], 198, 11) for each in items)
    assert 3 * 63 + 16 + 14 * lines + 2 * int(str(column["gap"])) <= 334
