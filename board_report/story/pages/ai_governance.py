"""AI and data governance: what is in use, what passed the gate, and what was found unasked."""

from __future__ import annotations

from board_report.metrics.declare import on_or_before
from board_report.model import State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec, Page

CLASSES = ("restricted", "confidential", "internal", "public")
"""Most sensitive first."""
SENSITIVE = CLASSES[:2]
ROWS = 2
_WIDE, _BESIDE_VOICES = 864.0, 568.0


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: gate coverage by data class, use cases by quarter, sensitive ones without gate."""
    listed = _ungated(facts)
    width = _BESIDE_VOICES if facts.has_voices("ai-governance") else _WIDE
    return (
        Page(
            id="ai-governance",
            section="AI and data governance",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CTO", "CISO"),
            sources=(
                "Source: register of AI use cases, sanctioned and found. The gate: review of the "
                "data a use case touches, before use. Definitions: appendix."
            ),
            body={
                "coverage": "% of use cases in service; hollow: a year ago",
                "ungated": listed[:ROWS],
                "ungated_more": max(len(listed) - ROWS, 0),
            },
            figures={"classes": _classes(facts, width), "quarters": _quarters(facts, width)},
            voices_room=(272, 340),
            metric_ids=(
                "ai_use_cases",
                "ai_gate_coverage",
                "ai_found_share",
                "ai_sensitive_ungated",
            ),
        ),
    )


def _title(facts: BoardFacts) -> str:
    coverage, exposed = facts.now("ai_gate_coverage"), facts.now("ai_sensitive_ungated")
    if coverage.value is None:
        used = facts.now("ai_use_cases")
        return (
            "No use of AI is on record"
            if used.value == 0
            else f"AI through the data gate: {facts.text('ai_gate_coverage')}"
        )
    start = (
        f"{facts.text('ai_gate_coverage')} of {formats.counted(coverage.n, 'AI use case')} passed "
        "the data gate"
    )
    count = int(exposed.value or 0)
    if not count:
        return f"{start}; none that touches sensitive data is in use without it"
    touches = "touches" if count == 1 else "touch"
    verb = "is" if count == 1 else "are"
    return (
        f"{start}; {formats.count_words(count)} that {touches} sensitive data {verb} in use "
        "without it"
    )


def _context(facts: BoardFacts) -> str:
    found = facts.now("ai_found_share")
    if found.state is State.NOT_MEASURED:
        return "Give cto/ai_use_cases.csv, one row for each use of AI, registered or found."
    if found.value is None:
        return "No use case was registered or found this quarter."
    count = int(found.parts["numerator"])
    verb = "was" if count == 1 else "were"
    return (
        f"Of {formats.counted(found.n, 'use case')} that came on record this quarter, "
        f"{formats.count_words(count) if count else 'none'} {verb} found in use and not registered "
        "by the owner."
    )


def _classes(facts: BoardFacts, width: float) -> FigureSpec:
    series = facts.figures.by("ai_gate_coverage", "data_class")
    target = facts.series("ai_gate_coverage").target
    rows = []
    for name in CLASSES:
        now, ago = series[name].now, series[name].year_ago
        rows.append(
            {
                "label": sentences.capital(name),
                "now": now.value,
                "year_ago": ago.value if ago else None,
                "status": series[name].status.name.lower(),
                "value": formats.result(now, facts.unit("ai_gate_coverage"), facts.currency)
                if now.measured
                else "",
                "detail": f"{formats.number(now.parts['numerator'])} of {formats.number(now.n)}"
                if now.measured
                else "",
                "absent": formats.state_words(now.state) or "none",
            }
        )
    said = ", ".join(f"{str(row['label']).lower()} {row['value'] or row['absent']}" for row in rows)
    return FigureSpec(
        kind="dumbbell",
        data={
            "groups": [
                {
                    "title": "",
                    "target": target.value if target else None,
                    "target_label": f"target {formats.percent(target.value)}" if target else "",
                    "rows": rows,
                }
            ],
            "axis": {
                "low": 0.0,
                "high": 1.0,
                "ticks": [[0.0, "0%"], [0.25, "25%"], [0.5, "50%"], [0.75, "75%"], [1.0, "100%"]],
                "is_log": False,
            },
            "detail_head": "passed",
        },
        width=width,
        height=132,
        alt=f"Share of AI use cases through the data gate by most sensitive data: {said}.",
    )


def _quarters(facts: BoardFacts, width: float) -> FigureSpec:
    values = facts.values("ai_use_cases")
    return FigureSpec(
        kind="bars",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "values": values,
            "labels": ["" if each is None else formats.number(each) for each in values],
        },
        width=width,
        height=112,
        alt=f"AI use cases in use by quarter: {facts.text('ai_use_cases')} now.",
    )


def _ungated(facts: BoardFacts) -> list[dict[str, str]]:
    """Sensitive use cases in use without the gate, the longest on record first."""
    rows = facts.rows("ai_use_cases")
    window = facts.window
    in_use = on_or_before(rows["registered_on"], window) & ~on_or_before(rows["retired_on"], window)
    open_rows = rows[
        in_use
        & ~on_or_before(rows["gate_passed_on"], window)
        & rows["data_class"].isin(SENSITIVE).to_numpy(dtype=bool)
    ]
    return [
        {
            "name": row["name"],
            "data_class": sentences.capital(row["data_class"]),
            "unit": row["business_unit"],
            "since": formats.day(row["registered_on"].date()),
        }
        for row in open_rows.sort_values("registered_on").to_dict("records")
    ]
