# ruff: noqa: E501 - prose as it stands on a page
"""A deck of invented figures that shows every chart and every part of a page.

``python tests/tools/deck_gallery.py FOLDER`` writes ``usual.pdf``, ``worst.pdf`` and ``first.pdf``
(a first report: one quarter, little data). The numbers mean nothing.
"""

import random
import shutil
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from board_report.charts import draw_all
from board_report.documents.deck import deck_figures, render_deck
from board_report.documents.pdf import PdfResult
from board_report.resources import templates_folder
from board_report.story.page import (
    Action,
    Ask,
    BoardContext,
    FigureSpec,
    Judgement,
    Mode,
    Page,
    Voices,
)

MOMENT = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
EIGHT = tuple(
    f"{year}-Q{q}"
    for year, q in ((2024, 4), *((2025, n) for n in (1, 2, 3, 4)), (2026, 1), (2026, 2), (2026, 3))
)
VOICES = Voices(
    means=(
        Judgement(
            "CISO",
            "As it stands, recovery will hardly reach 36 hours. It takes a new process, not more effort.",
        ),
    ),
    does=(
        Action("Rebuild the order gateway on a network of its own", "Adler", "by 31 Jan 2027"),
        Action("Restore drills at all nine depots", "Drummond", "by 15 Dec 2026"),
    ),
    needs=Ask("Approve D1", "By 27 Oct 2026 · page 3"),
)
LONG_VOICES = Voices(
    means=(
        Judgement(
            "CISO",
            "Laboratory scheduling was down for more than a day. Detection worked; restoring from "
            "ordinary backups did not. The vendor exposure is contained and still under review.",
        ),
    ),
    does=(
        Action("Separate analyzers from scheduling on the network", "Adler", "30 Nov 2026"),
        Action(
            "Cut the data held by the outreach vendor to what it needs", "Ferrars", "by 30 Nov 2026"
        ),
        Action(
            "Rehearse a vendor exposure with the disclosure committee", "Drummond", "11 Dec 2026"
        ),
    ),
    needs=Ask("Nothing today", "Next report: outcome of the open review"),
    is_dense=True,
)
LONG = "Pharmaceutical cold-chain logistics West"


def quarter_start(label: str) -> date:
    year, q = int(label[:4]), int(label[-1])
    return date(year, 3 * q - 2, 1)


def quarter_end(label: str) -> date:
    year, q = int(label[:4]), int(label[-1])
    return date(year + (q == 4), 3 * q % 12 + 1, 1)


def spans(quarters: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"label": each, "start": quarter_start(each), "end": quarter_end(each)} for each in quarters
    ]


def incidents(quarters: tuple[str, ...], each: int, seed: int = 7) -> list[dict[str, Any]]:
    rng = random.Random(seed)
    found = []
    for label in quarters:
        for _ in range(each):
            day = quarter_start(label) + timedelta(days=rng.randrange(90))
            still = label == quarters[-1] and rng.random() < 0.15
            found.append({"at": day, "hours": rng.lognormvariate(3.4, 1.1), "open": still})
    return sorted(found, key=lambda one: one["at"])


def page(page_id: str, section: str, title: str, **more: Any) -> Page:
    given: dict[str, Any] = {
        "context": "All figures are invented. One line of context at most stands here, in the second colour of text.",
        "owners": "I. Drummond, CISO; M. Adler, CTO",
        "sources": "Sources: incident register; scanner export of 30 Sep 2026; risk model run of 9 Oct 2026. Definitions: page 12.",
        "body": {},
        "voices": VOICES,
    }
    return Page(id=page_id, section=section, title=title, **(given | more))


# --- pages ---


def cover(quarters: tuple[str, ...], each: int, sections: int) -> Page:
    found = incidents(quarters, each)
    data: dict[str, Any] = {"quarters": spans(quarters), "incidents": found, "highlight": None}
    if each:
        data["highlight"] = {"at": date(2026, 8, 6), "hours": 41, "label": "6 August: 41 hours"}
    names = (
        "Executive summary",
        "Decisions",
        "Risk against appetite",
        "What changed",
        "Incidents",
        "Detect and respond",
        "Exposure",
        "Third parties",
        "People",
        "Control coverage and CSF 2.0",
        "Compliance and audit",
        "Technology strategy",
        "Secure by design",
        "Zero trust",
        "AI and data governance",
        "Investment",
        "Budget scenarios",
        "CISO and CTO operating model",
        "Disclosure readiness",
        "Definitions",
        "Data quality",
        "Provenance",
        "Not shown, and why",
    )
    ids = (
        "executive-summary",
        "gallery-decisions",
        "gallery-trends",
        "gallery-dots",
        "gallery-rows",
        "gallery-plan",
        "gallery-tables",
    )
    contents = [
        {"id": ids[at % len(ids)], "section": name, "number": str(at + 2)}
        for at, name in enumerate(names[:sections])
    ]
    return Page(
        id="cover",
        section="Cover",
        title="Cyber-risk report to the Board",
        context="",
        owners="",
        sources="",
        body={
            "as_of_long": "30 September 2026",
            "not_over": "",
            "contents": contents,
            "layout": "two" if sections > 12 else "one",
            "reading": [],
            "picture_title": f"Every incident of eight quarters: {len(found)} of severity 1 to 3",
            "picture_unit": "height: hours from detection to recovery, log scale; arrowhead: still open",
        },
        figures={
            "timeline": FigureSpec(
                "incident_timeline",
                data,
                864,
                176,
                f"A stem for each of {len(found)} incidents over eight quarters, as high as its hours to recovery.",
            )
        },
    )


SCORES = (
    ("CISO", (
        ("Time to detect", "median hours", (41, 38, 34, 36, 30, 27, 26, 19), 24, "on", "On target", "19", "≤ 24", "Better by 7", "Drummond"),
        ("Time to recover", "median hours", (47, 53, 50, 58, 49, 53, 52, 52), 36, "off", "Off target", "52", "≤ 36", "Unchanged", "Drummond"),
        ("Exploited flaws overdue", "KEV findings", (31, 27, 29, 24, 20, 16, 12, 7), 0, "off", "Off target", "7", "0", "Better by 5", "Drummond"),
    )),
    ("CTO", (
        ("Live with secure review", "% of launches, 4 quarters", (80, 81, 83, 86, 87, 90, 91, 92), 100, "near", "Near target", "92", "100", "Too few to tell", "Adler"),
        ("Time to secure approval", "median days", (36, 35, 36, 33, 31, 29, 27, 22), 20, "near", "Near target", "22", "≤ 20", "Better by 5", "Adler"),
        ("Systems past support", "count of 212", (24, 24, 23, 21, 20, 18, 16, 14), 15, "on", "On target", "14", "≤ 15", "Better by 2", "Adler"),
    )),
    ("Joint", (
        ("Crown jewels patched in time", "% of 1,143 due", (84, 85, 84, 87, 86, 88, 90, 91), 95, "near", "Near target", "91", "≥ 95", "Better by 3", "Ferrars"),
        ("Secure code deployment", "% of 1,293", (88, 89, 90, 91, 92, 93, 94, 95.4), 95, "on", "On target", "95.4", "≥ 95", "Better by 1.8", "Adler"),
        ("1-in-20-year loss", "before insurance", (58, 56, 54, 53, 50, 47, 42, 44), 40, "off", "Over tolerance", "$44M", "≤ $40M", "Worse by $2M", "Drummond"),
    )),
)  # fmt: skip


def executive_summary(worst: bool = False, quarters: int = 8) -> Page:
    groups, figures = [], {}
    for label, rows in SCORES:
        shown = []
        for at, (
            name,
            unit,
            values,
            target,
            status,
            word,
            value,
            target_words,
            change,
            owner,
        ) in enumerate(rows):
            figure = f"spark-{label}-{at}".lower()
            course: list[float | None] = list(values[-quarters:])
            absent = ""
            if worst and at == 0:
                name, owner = "Crown jewels under zero trust", "van der Wijngaart"
                value, target_words, change = "−$1.24B", "≤ −$950M", "Worse by $1.1B"
            if worst and at == 1:
                course, absent, status, word, change = (
                    [None] * 8,
                    "not measured",
                    "none",
                    "No figure",
                    "No comparison",
                )
            if worst and at == 2:
                course, absent = [3.0, None, None, 4.0, 2.0, None, 5.0, None], "none"
            figures[figure] = FigureSpec(
                "sparkline",
                {"values": course, "target": target, "status": status},
                104,
                24,
                f"{name}: {value} against a target of {target_words}.",
            )
            shown.append(
                {
                    "name": name,
                    "unit": unit,
                    "figure": figure,
                    "value": value,
                    "absent": absent,
                    "target": target_words,
                    "status": status,
                    "status_word": word,
                    "change": change,
                    "change_is_quiet": change in ("Unchanged", "Too few to tell", "No comparison"),
                    "owner": owner,
                }
            )
        groups.append({"label": label, "rows": shown})
    messages = [
        {
            "head": "We detect twice as fast.",
            "text": "Median 19 hours, 41 a year ago, and below the process limits: a signal, not noise.",
            "pages": "page 6",
        },
        {
            "head": "We do not recover faster.",
            "text": "Median 52 hours against 36. In August an outage stopped 9 of 62 depots for 41 hours and cost $4.6M.",
            "pages": "pages 5, 6",
        },
        {
            "head": "A bad year costs $44M.",
            "text": "One year in 20, and $4M over tolerance. Decision D1 brings it to $37M; without it we stay over.",
            "pages": "pages 3, 4",
        },
    ]
    return page(
        "executive-summary",
        "Executive summary",
        "Better than last quarter on six of nine measures, yet a bad year would still cost more than we tolerate",
        context="Worse on one (loss estimate, after the August incident), unchanged on one, too few to tell on one.",
        body={
            "messages": messages,
            "without_messages": "",
            "groups": groups,
            "density": 35,
            "heads": {
                "messages": "Three messages",
                "history": "Eight quarters",
                "value": "Q3",
                "change": "Change on Q2",
            },
        },
        figures=figures,
    )


def trends(worst: bool, quarters: tuple[str, ...]) -> Page:
    n = len(quarters)
    kev: list[float | None] = [31, 27, 29, 24, 20, 16, 12, 7]
    labels = [f"{value:.0f}" for value in kev if value is not None]
    gaps: list[float | None] = [None, None, None, 12, 0, None, 9, 14]
    states = ["not measured"] * 3 + ["measured"] * 2 + ["nothing"] + ["measured"] * 2
    sevs: list[float | None] = [4, 4, 5, 3, 4, 3, 2, 4]
    days: list[float | None] = [42, 40, 41, 37, 35, 32, 28, 22]
    if worst:
        kev = [1.25e9, -4.1e8, 2.2e9, 0, -1.2e9, 3.3e8, 9.4e8, -7.5e8]
        labels = ["$1.25B", "−$410M", "$2.2B", "$0", "−$1.2B", "$330M", "$940M", "−$750M"]
        gaps = [None] * 8
        states = ["not measured"] * 5 + ["nothing"] * 3
        sevs = [0] * 8
        days = [42, None, 41, None, None, 32, 28, 22]
    figures = {
        "counts": FigureSpec(
            "bars",
            {
                "quarters": quarters,
                "values": kev[-n:],
                "labels": labels[-n:],
                "current_color": "off",
                "target": {"value": 10, "label": "target 10"} if not worst else None,
            },
            198,
            150,
            "KEV findings overdue fell from 31 to 7 over eight quarters.",
        ),
        "parts": FigureSpec(
            "bars",
            {
                "quarters": quarters,
                "values": sevs[-n:],
                "part": {
                    "values": [0, 1, 0, 0, 0, 0, 0, 1][-n:] if not worst else [0] * n,
                    "label": "red: severity 1",
                },
            },
            198,
            150,
            "Four incidents of severity 1 and 2 in the quarter, one of them severity 1.",
        ),
        "gaps": FigureSpec(
            "bars",
            {"quarters": quarters, "values": gaps[-n:], "states": states[-n:]},
            198,
            150,
            "Three quarters were not measured; 14 in the last.",
        ),
        "lines": FigureSpec(
            "lines",
            {
                "quarters": quarters,
                "series": [
                    {
                        "values": days[-n:],
                        "label": "median",
                        "end": "22",
                        "band": {
                            "low": [20, 18, 17, 16, 15, 13, 11, 9][-n:],
                            "high": [88, 84, 86, 80, 72, 68, 60, 49][-n:],
                            "label": "P10–P90",
                        },
                    }
                ],
                "target": {"value": 20, "label": "target 20"},
                "note": "too few to judge" if worst else "",
            },
            346,
            136,
            "Median days to secure approval fell from 42 to 22 against a target of 20.",
        ),
        "many": FigureSpec(
            "lines",
            {
                "quarters": quarters,
                "series": [
                    {
                        "values": [90, 91, 91, 92, 93, 93, 94, 95][-n:],
                        "label": LONG if worst else "Endpoint",
                        "end": "95",
                    },
                    {
                        "values": [80, 82, 83, 85, 88, 90, 93, 94][-n:],
                        "label": "Log collection",
                        "end": "94",
                    },
                    {
                        "values": [70, 71, 75, 78, 80, 85, 90, 93][-n:],
                        "label": "Access",
                        "end": "93",
                    },
                    {
                        "values": [40, 42, 48, 55, 60, 66, 70, 76][-n:],
                        "label": "Restore",
                        "end": "76",
                    },
                ],
                "axis": {"low": 0, "high": 100, "ticks": [[0, "0"], [50, "50"], [100, "100"]]},
            },
            272,
            136,
            "Endpoint coverage is 95%, restore tests 76%.",
        ),
    }
    return page(
        "gallery-trends",
        "Trends",
        "Exploited flaws fell for the fifth quarter; the approval of new technology is near its target of 20 days",
        body={
            "heads": {
                "counts": "KEV findings overdue",
                "parts": "Severity 1 and 2",
                "gaps": "Hunts finished",
                "lines": "Days to secure approval",
                "many": "Coverage of controls",
            }
        },
        figures=figures,
    )


def dots(worst: bool, quarters: tuple[str, ...]) -> Page:
    rng = random.Random(3)
    n = len(quarters)

    def panel(title: str, center: float, status: str, verdict: str, each: int) -> dict[str, Any]:
        durations = [
            [rng.lognormvariate(center, 1.0) for _ in range(each + rng.randrange(4))]
            for _ in range(n)
        ]
        if worst and title.startswith("Detected to c"):
            durations = [[] for _ in range(n)]
        medians = [sorted(hours)[len(hours) // 2] if hours else None for hours in durations]
        still: list[list[float]] = [[] for _ in range(n)]
        if title.endswith("recovered"):
            still[-1] = [190.0, 340.0, 700.0]
            still[0] = [2100.0] if n > 1 else still[0]
        known = [m for m in medians if m is not None]
        return {
            "title": title,
            "verdict": verdict,
            "verdict_status": status,
            "subtitle": "Q3 median 19 h, target 24 h",
            "durations": durations,
            "open": still,
            "medians": medians,
            "highlight": {"quarter": n - 1, "hours": 41.0} if each else None,
            "target": 24.0 if title.startswith("Occurred") else 36.0,
            "limits": [min(known) * 0.9, max(known) * 1.1] if known else None,
            "rows": [
                [str(len(hours)) for hours in durations],
                [str(len(ages)) if ages else "–" for ages in still],
            ],
            "measured": [
                not (worst and title.startswith("Occurred") and at < 3) for at in range(n)
            ],
        }

    each = 200 if worst else 15
    panels = [
        panel("Occurred to detected", 3.2, "on", "Signal: below the process limits", each),
        panel("Detected to contained", 2.3, "none", "Noise: within limits, on target", each),
        panel(
            "Detected to recovered",
            3.8,
            "off",
            "Noise: within limits, off target and far above its limits"
            if worst
            else "Noise: within limits, off target",
            each,
        ),
    ]
    data = {"quarters": quarters, "panels": panels, "row_heads": ["Drawn", "Open"], "alert_row": 1}
    return page(
        "gallery-dots",
        "Detect and respond",
        "Detection is twice as fast as a year ago; recovery has not moved in eight quarters and still misses its target",
        voices=LONG_VOICES if worst else VOICES,
        figures={
            "dots": FigureSpec(
                "dots",
                data,
                642,
                306,
                "Durations of every incident by quarter: detection falls, recovery does not.",
            )
        },
    )


def rows(worst: bool) -> Page:
    def row(
        label: str, now: float | None, ago: float | None, status: str, value: str, detail: str
    ) -> dict[str, Any]:
        return {
            "label": label,
            "now": now,
            "year_ago": ago,
            "status": status,
            "value": value,
            "detail": detail,
        }

    groups = [
        {
            "title": "Crown jewels",
            "target": 0.95,
            "target_label": "target 95%",
            "rows": [
                row("Critical", 0.952, 0.9, "on", "95.2%", "118 of 124"),
                row("High", 0.923, 0.85, "near", "92.3%", "371 of 402"),
                row("Medium", 0.893, 0.82, "off", "89.3%", "551 of 617"),
            ],
        },
        {
            "title": "Other production",
            "target": 0.9,
            "target_label": "target 90%",
            "rows": [
                row("Critical", 0.891, 0.84, "near", "89.1%", "402 of 451"),
                row("High", 0.86, 0.825, "near", "86.0%", "1,688 of 1,962"),
                row("Medium", 0.83, 0.835, "off", "83.0%", "2,930 of 3,529"),
            ],
        },
        {
            "title": "Workplace devices",
            "target": 0.9,
            "target_label": "target 90%",
            "rows": [
                row("Critical", 0.947, 0.93, "on", "94.7%", "1,904 of 2,010"),
                row(LONG if worst else "High", None, None, "none", "", "no data"),
                row("Medium", 0.2 if worst else 0.897, 0.902, "near", "89.7%", "6,010 of 6,702"),
            ],
        },
    ]
    dumbbell = {
        "groups": groups,
        "axis": {"low": 0.8, "high": 1.0, "ticks": [[0.8, "80%"], [0.9, "90%"], [1.0, "100%"]]},
        "detail_head": "closed of due",
    }
    risks = [
        {
            "label": LONG if worst else "Order ransomware",
            "low": 7e6,
            "mid": 2.1e7,
            "high": 6e7,
            "value": "3.6",
            "detail": "12%",
            "status": "off",
        },
        {
            "label": "Warehouse system outage",
            "low": 2e6,
            "mid": 6e6,
            "high": 2e7,
            "value": "2.2",
            "detail": "21%",
        },
        {
            "label": "Personal data breach",
            "low": 1.9e6,
            "mid": 6.1e6,
            "high": 2.4e7,
            "value": "1.8",
            "detail": "15%",
            "status": "near",
        },
        {
            "label": "Telematics tampering",
            "low": None,
            "mid": None,
            "high": None,
            "value": "–",
            "detail": "–",
            "absent": "not modelled",
        },
        {
            "label": "Payment fraud",
            "low": 3e5,
            "mid": 9e5,
            "high": 4e6,
            "value": "0.9",
            "detail": "42%",
            "status": "on",
        },
        {
            "label": "All together",
            "low": 8e6,
            "mid": 3e7,
            "high": 9e7,
            "value": "10.6" if not worst else "1,250",
            "detail": "",
            "is_total": True,
        },
    ]
    ranges = {
        "rows": risks,
        "axis": {
            "low": 2e5,
            "high": 1e8,
            "ticks": [[1e6, "$1M"], [1e7, "$10M"], [1e8, "$100M"]],
            "is_log": True,
        },
        "heads": {"label": "Scenario", "detail": "a year", "value": "$M a year"},
        "reference": {"value": 4e7, "label": "$40M"},
    }
    return page(
        "gallery-rows",
        "Exposure",
        "Crown jewels are patched on time in 91% of cases, up from 84%; seven exploited flaws are overdue",
        figures={
            "dumbbell": FigureSpec(
                "dumbbell", dumbbell, 420, 216, "Nine groups against their targets."
            ),
            "ranges": FigureSpec("ranges", ranges, 420, 206, "Five scenarios and their total."),
        },
    )


def plan(worst: bool) -> Page:
    today = date(2026, 9, 30)

    def row(
        label: str,
        value: str,
        start: date | None,
        live: date | None,
        mark: tuple[date, str] | None,
        note: str = "",
        status: str = "none",
    ) -> dict[str, Any]:
        return {
            "label": label,
            "value": value,
            "start": start,
            "live": live,
            "marks": [{"date": mark[0], "kind": mark[1]}] if mark else [],
            "note": note,
            "note_status": status,
            "is_emphasized": bool(note),
        }

    listed = [
        row(
            "Dock scheduling app",
            "1.1",
            date(2025, 11, 1),
            date(2026, 3, 31),
            (date(2026, 3, 4), "on"),
        ),
        row(
            "Customer rate API",
            "0.6",
            date(2025, 12, 1),
            date(2026, 6, 4),
            (date(2026, 5, 9), "on"),
        ),
        row(
            "Yard cameras with AI",
            "0.9",
            date(2026, 3, 1),
            date(2026, 8, 18),
            (date(2026, 8, 18), "off"),
            "live 18 Aug without review, 3 findings open",
            "off",
        ),
        row(
            "Telematics unit swap",
            "3.4",
            date(2026, 4, 2),
            date(2026, 12, 8),
            (date(2026, 9, 4), "on"),
        ),
        row(
            "Data lake move",
            "2.2",
            date(2026, 5, 3),
            date(2027, 1, 18),
            (date(2026, 8, 28), "near"),
            "in review 34 days",
            "near",
        ),
        row(
            "AI load matching",
            "1.3",
            date(2026, 6, 1),
            date(2027, 4, 14),
            (date(2027, 1, 30), "later"),
        ),
        row(
            "Order system replacement",
            "9.6",
            date(2026, 7, 1),
            date(2027, 6, 25),
            (date(2027, 4, 9), "off"),
            "review not booked",
            "off",
        ),
        row(
            LONG if worst else "Robotics pilot",
            "0.7",
            None,
            None,
            None,
            "no date set" if worst else "",
        ),
    ]
    shown = listed * 2 if worst else listed
    data = {
        "start": date(2026, 1, 1),
        "end": date(2027, 7, 1),
        "today": today,
        "today_label": "30 Sep",
        "quarters": [
            {**span, "is_current": span["label"] == "2026-Q3"}
            for span in spans(("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"))
        ],
        "rows": shown,
        "heads": {"label": "Initiative", "value": "$M"},
    }
    return page(
        "gallery-plan",
        "Technology adoption",
        "Secure approval now takes 22 days, 14 fewer than a year ago; one launch bypassed review",
        figures={"gantt": FigureSpec("gantt", data, 642, 306, "Initiatives with their reviews.")},
    )


def tables(worst: bool) -> Page:
    absent = {"absent": "not measured"}
    body_rows = [
        ["Time to detect", "15; start unknown for 2", "19", {"status": "on", "word": "On target"}],
        [
            "Crown jewels patched in time",
            "1,143 due, 1,040 closed",
            "91.4",
            {"status": "near", "word": "Near target"},
        ],
        [
            "Zero trust on crown jewels",
            "no records",
            absent,
            {"status": "none", "word": "No target"},
        ],
        [
            "Spend",
            "in millions",
            "−1,250.5" if worst else "12.25",
            {"status": "off", "word": "Off target"},
        ],
    ]
    kpis = [
        {
            "label": "Return",
            "value": "0.4",
            "unit": "",
            "beside": "P10–P90 −0.2 to 1.3",
            "status": "on",
            "word": "On target",
        },
        {
            "label": "Net present value",
            "value": "−$1.25B" if worst else "$2.4M",
            "unit": "",
            "beside": "at 9% a year",
            "status": "none",
            "word": "",
        },
    ]
    return page(
        "gallery-tables",
        "Definitions",
        "A short title on one line",
        context="",
        body={
            "heads": ["Measure", "Denominator", "Q3", "Status"],
            "rows": body_rows * 2,
            "widths": [180, 150, 72, 92],
            "kinds": ["strong", "second", "decimal", ""],
            "likes": ["", "", ".00", ""],
            "kpis": kpis,
            "big": "$44M",
            "big_caption": "one year in 20 costs this or more",
        },
    )


def decisions(worst: bool) -> Page:
    asked = [
        {
            "code": "D1",
            "asked": "Fund immutable backup and clean-room recovery for orders",
            "buys": "1-in-20-year loss falls from $44M to $37M, inside tolerance; expected loss by $1.3M a year (P10–P90 $0.7M to $2.1M)",
            "cost": "$2.4M",
            "cost_detail": "in 2027–28, then $0.3M a year",
            "otherwise": "Loss stays over tolerance until the 2029 refresh",
            "owner": "Adler",
            "by": "by 27 Oct",
        },
        {
            "code": "D2",
            "asked": "Accept loss above tolerance until 30 June 2027, reviewed monthly",
            "buys": "Covers the time until D1 is live at the nine largest depots",
            "cost": "None",
            "cost_detail": "",
            "otherwise": "Tolerance is breached with no owner on record",
            "owner": "Drummond",
            "by": "by 27 Oct",
        },
    ]
    fate = [
        [
            "Replace unsupported gateways at six hubs",
            "Adler",
            "30 Sep",
            {"status": "on", "word": "Done"},
            "6 of 6 live since 22 Sep",
        ],
        [
            "Finish backup and recovery, phase 1",
            "Adler",
            "30 Sep",
            {"status": "near", "word": "Late"},
            "2 of 5 systems restored in test; now 15 Dec",
        ],
        [
            "Name one owner for waivers",
            "Brand",
            "30 Sep",
            {"status": "off", "word": "Not done"},
            "No agreement; comes back today as D2",
        ],
    ]
    return page(
        "gallery-decisions",
        "Decisions",
        "Two decisions are asked today; of last quarter’s three, one is done, one is late and one comes back as D2"
        + (" after the committee asked for a second opinion" if worst else ""),
        body={
            "asked": asked,
            "heads": [
                "What became of the decisions of 28 July 2026",
                "Owner",
                "Due",
                "State",
                "Result",
            ],
            "rows": fate,
            "widths": [330, 90, 70, 104, 270],
            "kinds": ["", "", "number", "", ""],
        },
    )


def gallery(kind: str = "usual") -> BoardContext:
    """The context of one gallery: ``usual``, ``worst`` or ``first`` (one quarter)."""
    worst = kind == "worst"
    quarters = EIGHT[-1:] if kind == "first" else EIGHT
    pages = (
        cover(
            quarters,
            {"usual": 18, "worst": 120, "first": 0}[kind],
            {"usual": 11, "worst": 23, "first": 11}[kind],
        ),
        executive_summary(worst, len(quarters)),
        decisions(worst),
        trends(worst, quarters),
        dots(worst, quarters),
        rows(worst),
        plan(worst),
        tables(worst),
    )
    context = BoardContext(
        mode=Mode.FULL,
        title="Cyber-risk report to the Board",
        is_draft=True,
        company_name="Corvane Medical Supply, Inc.",
        quarter="2026-Q3",
        quarter_words="Third quarter 2026",
        as_of="30 Sep 2026",
        meeting="for the meeting of 27 October 2026",
        classification="Confidential: Board of Directors",
        audience="Confidential: Board of Directors, Technology and Risk Committee",
        state="Draft",
        leaders="Ilse Drummond, CISO, and Marek Adler, CTO",
        language="en-US",
        created="2026-10-14T09:00:00Z",
        pages=pages,
    )
    if worst:
        context = replace(
            context,
            company_name="Northwestern Amalgamated Pharmaceutical Distribution Holdings plc",
            state="Approved 20 Oct 2026",
            is_draft=False,
        )
    return context


def gallery_templates(folder: Path) -> Path:
    """The project's templates with the gallery's own pages added, in a folder of its own."""
    target = folder / "templates"
    shutil.copytree(templates_folder(), target, dirs_exist_ok=True)
    for template in (Path(__file__).parent / "gallery_pages").glob("*.html"):
        shutil.copy(template, target / "deck" / "pages" / template.name)
    return target


def render_gallery(folder: Path, kind: str = "usual") -> PdfResult:
    """Render one gallery, with its templates in a scratch folder."""
    context = gallery(kind)
    return render_deck(
        context,
        templates=gallery_templates(folder),
        drawings=draw_all(deck_figures(context)),
        generated_at=MOMENT,
    )


if __name__ == "__main__":
    out = Path(sys.argv[1])
    for each in sys.argv[2:] or ("usual", "worst", "first"):
        result = render_gallery(out, each)
        (out / f"{each}.pdf").write_bytes(result.data)
        print(each, result.pages, len(result.data), *result.warnings, sep="\n  ")
