"""The appendix: definitions, data quality, provenance, and what is not shown and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from board_report.model import Finding, Reconciliation, Severity, SourceFile, State
from board_report.period import Quarter
from board_report.risk.position import RiskPosition
from board_report.story.key_figures import LONGEST_TITLE
from board_report.story.page import Page
from board_report.story.pages import data_quality, definitions, not_shown, provenance
from board_report.tables.catalogue import TABLES
from board_report.typeset import lines_needed
from tests.spec.tables import tables
from tests.unit.pages.series_for import Value, series_for


def only(pages: tuple[Page, ...]) -> Page:
    (page,) = pages
    assert len(page.title) <= LONGEST_TITLE
    return page


# Definitions


def test_every_figure_is_defined_once_with_its_value() -> None:
    facts = series_for({"mttd": [(17.0, 9)], "mttr": [State.NOTHING_HAPPENED]})
    pages = definitions.build(facts)
    rows: list[Any] = [row for page in pages for row in page.body["rows"]]  # type: ignore[attr-defined]
    shown = {row["title"]: row for row in rows}

    assert len(rows) == len(shown) == len(facts.figures.specs)
    assert (shown["Time to detect"]["n"], shown["Time to detect"]["value"]) == ("9", "17\u00a0h")
    assert (shown["Time to recover"]["n"], shown["Time to recover"]["value"]) == ("–", "none")
    assert shown["Time to contain"]["value"] == "not measured"
    assert pages[0].title.startswith(f"{len(rows)} figures carry this report; each has one")
    assert {page.template for page in pages} == {"definitions"}


def test_subjects_keep_their_capitals_within_a_title() -> None:
    titles = " ".join(page.title for page in definitions.build(series_for({})))

    assert "ai governance" not in titles
    assert "AI governance" in titles


# Data quality


def counts(read: int, rejected: int = 0, file: str = "ciso/incidents.csv") -> Reconciliation:
    return Reconciliation("incidents", file, read, read - rejected, rejected, 0)


def quality(**changes: Any) -> Page:
    return only(data_quality.build(series_for({"mttd": [17.0]}, **changes)))


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ([counts(1)], "1 row of one file was read; none had to be set aside"),
        ([counts(0)], "0 rows of one file were read; none had to be set aside"),
        (
            [counts(10), counts(5, 1, "b.csv")],
            "15 rows of two files were read; one was set aside, with its reason",
        ),
        (
            [counts(1_000_000, 13)],
            "1,000,000 rows of one file were read; 13 were set aside, each with its reason",
        ),
        ([], "0 rows of no files were read; none had to be set aside"),
    ],
)
def test_title_says_where_every_row_went(files: list[Reconciliation], title: str) -> None:
    assert quality(reconciliation=files).title == title


def test_context_names_tables_that_were_not_given() -> None:
    given: dict[str, Any] = {name: [] for name in TABLES}

    assert quality(some=tables(**given)).context == (
        "Every table of the report was given. A figure is withheld where over 5% of its rows are "
        "set aside."
    )
    del given["ai_use_cases"], given["raci"]
    assert quality(some=tables(**given)).context.startswith(
        "Not given, and so not measured: AI use cases and RACI. "
    )
    assert " and others. " in quality(some=tables()).context


def test_context_keeps_to_its_line() -> None:
    """Fewer tables are named where their names are long."""
    for given in ({}, {"detections": []}, {"incidents": [], "detections": [], "kev_catalogue": []}):
        context = quality(some=tables(**given)).context
        assert lines_needed(context, 864, 12) == 1, context
        assert context.endswith("set aside.")


def test_files_beyond_the_room_are_summed() -> None:
    files = [counts(10, at, f"{at:02d}.csv") for at in range(data_quality.FILES_SHOWN + 2)]
    body: Any = quality(reconciliation=files).body

    assert body["files"][0]["file"] == f"{len(files) - 1:02d}.csv"
    assert body["files"][-1]["file"] == "2 other files"
    assert [cell["text"] for cell in body["files"][-1]["cells"]] == ["20", "19", "1", "0"]
    assert not any(row["is_rest"] for row in quality(reconciliation=files[:1]).body["files"])


def test_several_further_ends_share_a_column() -> None:
    """One of them stands by itself; more would leave no room for the files' names."""
    one = replace(counts(10, 1), superseded=4, used=5)
    both = replace(one, out_of_period=3, used=2)
    assert quality(reconciliation=[one]).body["heads"][-1] == "Superseded"
    page = quality(reconciliation=[both, counts(2)])
    assert page.body["heads"][4:] == ["Elsewhere"]
    assert [row["cells"][-1]["text"] for row in page.body["files"]] == ["7", "0"]
    assert page.sources.endswith("Elsewhere: 4 superseded and 3 out of period.")


def test_a_long_name_stays_on_its_line() -> None:
    """The middle of it is left out: an export's end tells most."""
    name = "ciso/exports-of-the-second-half-of-the-year/knowbe4_phishing_security_tests_api.json"
    (row,) = quality(reconciliation=[counts(10, 0, name)]).body["files"]
    assert row["file"].startswith("ciso/exports")
    assert "…" in row["file"]
    assert row["file"].endswith("tests_api.json")
    (short,) = quality(reconciliation=[counts(10, 0, "ciso/a.csv")]).body["files"]
    assert short["file"] == "ciso/a.csv"


def test_findings_stand_by_weight_and_then_by_number() -> None:
    def finding(severity: Severity, code: str) -> Finding:
        return Finding(severity, code, "why", "how")

    found = [finding(Severity.NOTE, "spaces"), *[finding(Severity.WARNING, "old_data")] * 3,
             finding(Severity.ERROR, "bad_date"),
             *[finding(Severity.ERROR, "no_key")] * 2]  # fmt: skip

    assert quality(findings=found).body["findings"] == [
        {"status": "off", "word": "Error", "code": "no key", "count": "2"},
        {"status": "off", "word": "Error", "code": "bad date", "count": "1"},
        {"status": "near", "word": "Warning", "code": "old data", "count": "3"},
        {"status": "later", "word": "Note", "code": "spaces", "count": "1"},
    ]


# Provenance


@pytest.mark.parametrize(
    ("count", "title", "more"),
    [
        (1, "This report was made from 1 file drawn on 9 October 2026, and can be made again from "
            "it", 0),
        (60, "This report was made from 60 files drawn on 9 October 2026, and can be made again "
             "from them", 28),
    ],
)  # fmt: skip
def test_provenance_names_the_files(count: int, title: str, more: int) -> None:
    files = [SourceFile(f"ciso/{at:02d}.csv", f"{at:064x}", 1) for at in range(count)]
    page = only(
        provenance.build(series_for({"mttd": [1.0]}, sources=files, frozen_on=date(2026, 10, 9)))
    )
    columns: Any = page.body["columns"]

    assert page.title.replace("\u00a0", " ") == title
    assert sum(len(each) for each in columns) == count - more
    assert page.body["more"] == more
    # a page of few files has room for whole hashes
    assert columns[0][0] == {
        "path": "ciso/00.csv",
        "rows": "–",
        "sha": "0" * (64 if more == 0 else 12),
    }


# What is not shown


def gaps_of(given: dict[str, list[Value]]) -> Page:
    """Of a project that was given every table, so that no page is left out."""
    every: dict[str, Any] = {name: [] for name in TABLES}
    sources = [SourceFile("ciso/incidents.csv", "0" * 64, 1)]
    return only(
        not_shown.build(series_for(given, only=True, some=tables(**every), sources=sources))
    )


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({"mttd": [1.0]}, "Every figure of the catalogue could be taken; four kinds are left out "
                          "by choice"),
        ({"mttd": [1.0], "mttr": [None]}, "One figure has no value this quarter; four kinds are "
                                          "left out by choice"),
        ({"mttd": [State.NOTHING_HAPPENED], "mttr": [None]},
         "Two figures have no value this quarter; four kinds are left out by choice"),
    ],
)  # fmt: skip
def test_title_counts_what_is_not_shown(given: dict[str, list[Value]], title: str) -> None:
    assert gaps_of(given).title == title


def test_nothing_happened_and_not_measured_have_their_own_reason() -> None:
    gaps: Any = gaps_of(
        {"mttd": [State.NOTHING_HAPPENED], "mttr": [None], "kev_overdue": [0.0]}
    ).body["rows"]

    assert [(row["what"], row["shown"], row["why"]) for row in gaps] == [
        ("Time to recover", "Not measured", "No data"),
        ("Time to detect", "Nothing happened", "Nothing of the kind happened in the quarter"),
    ]


def test_rows_set_aside_stand_first_with_their_reasons() -> None:
    """Three of 40 rows, for two reasons of which one holds twice; a warning is no reason."""
    found = [Finding(Severity.ERROR, "bad_date", "why", "how")] * 2
    found += [Finding(Severity.ERROR, "key_missing", "why", "how"),
              Finding(Severity.WARNING, "old_data", "why", "how")]  # fmt: skip
    facts = series_for({"mttd": [1.0], "mttr": [None]}, only=True, findings=found,
                       some=tables(**{name: [] for name in TABLES}),
                       sources=[SourceFile("a.csv", "0" * 64, 1)],
                       reconciliation=[counts(30, 2), counts(10, 1, "b.csv")])  # fmt: skip
    rows: Any = only(not_shown.build(facts)).body["rows"]

    assert [(row["what"], row["shown"], row["why"]) for row in rows] == [
        ("Rows set aside", "3 rows", "Of 40 read: bad date 2, key missing 1"),
        ("Time to recover", "Not measured", "No data"),
    ]


def test_what_the_scorecard_shows_stands_before_other_notes() -> None:
    """Each kept to a row of its note; what does not fit is counted."""
    facts = series_for({name: [1.0] for name in ("reviews_not_booked", "mttd")}, only=True)
    noted = {
        name: replace(series, values=(replace(series.values[-1], note="2 unknown"),))
        for name, series in facts.figures.series.items()
    }
    facts = replace(facts, figures=replace(facts.figures, series=noted),
                    tables=tables(**{name: [] for name in TABLES}),
                    sources=[SourceFile("a.csv", "0" * 64, 1)])  # fmt: skip
    page = only(not_shown.build(facts))
    rows: Any = page.body["rows"]

    assert [row["what"] for row in rows] == ["Time to detect", "Secure reviews not booked"]
    assert page.title.endswith("; two carry a note on the cases behind them")
    assert page.body["more"] == 0


@pytest.mark.parametrize(
    ("unquantified", "what"),
    [(0, "Risks that nobody has thought of"), (1, "One risk without an estimate"),
     (3, "Three risks without an estimate")],
)  # fmt: skip
def test_what_no_figure_can_tell_depends_on_what_is_estimated(unquantified: int, what: str) -> None:
    position = sample_position(unquantified)
    rows: Any = only(not_shown.build(series_for({"mttd": [1.0]}, risk=position))).body["unknowable"]
    without: Any = only(not_shown.build(series_for({"mttd": [1.0]}))).body["unknowable"]

    assert [row["what"] for row in rows] == [
        "Attacks that nobody has noticed", "Losses that come together", what,
        "The state of vendors and of our own ratings",
    ]  # fmt: skip
    assert [row["what"] for row in without] == [rows[0]["what"], rows[3]["what"]]


def sample_position(unquantified: int) -> RiskPosition:
    return RiskPosition(
        quarter=Quarter(2026, 3), trials=1000, seed=1, expected_loss=1.0, exceedance=(),
        loss_1_in_20=1.0, loss_1_in_20_error=(1.0, 1.0), loss_1_in_100=1.0,
        tolerance_1_in_20=None, tolerance_exceedance=None, net_exceedance=(),
        payers_1_in_20=None, top=(), unquantified=unquantified,
    )  # fmt: skip


def test_a_log_of_updates_shows_its_superseded_rows_and_adds_up() -> None:
    """Ten read: six used, three earlier states, one set aside; the columns say each."""
    log = Reconciliation("incidents", "ciso/log.csv", 10, 6, 1, 0, superseded=3)
    body: Any = quality(reconciliation=[log]).body
    assert body["heads"] == ["Rows read", "Used", "Set aside", "Duplicate", "Superseded"]
    (row,) = body["files"]
    read, *others = [int(cell["text"]) for cell in row["cells"]]
    assert read == sum(others)


def test_what_was_restated_stands_once_for_each_figure_with_the_latest_quarter() -> None:
    """Shown as 25 h and 30 h, now 20 h and 23 h; recovery was shown for one quarter alone."""
    facts = series_for(
        {"mttd": [(20.0, 9), (23.0, 9), (19.0, 9)], "mttr": [(40.0, 9), (43.0, 9), (44.0, 9)]},
        reported={
            "mttd": {Quarter.parse("2026-Q1"): 25.0, Quarter.parse("2026-Q2"): 30.0},
            "mttr": {Quarter.parse("2026-Q2"): 46.0},
        },
        some=tables(reported_figures=[]),
    )
    page = only(not_shown.build(facts))
    rows: Any = page.body["rows"]
    found = {row["what"]: (row["shown"], row["why"]) for row in rows if "2026-" in row["what"]}
    assert found == {
        "Time to detect, 2026-Q2": (
            "Now 23\u00a0h",
            "Shown as 30\u00a0h, and one earlier quarter. No reason is on record yet.",
        ),
        "Time to recover, 2026-Q2": (
            "Now 43\u00a0h",
            "Shown as 46\u00a0h. No reason is on record yet.",
        ),
    }
