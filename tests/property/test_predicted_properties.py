"""Flaws likely to be exploited, against plain Python over random findings and scores."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from board_report.metrics.ciso.predicted import likely_exploited_open
from tests.spec.tables import measure, tables

CUTOFF = date(2026, 9, 30)
CVES = ("CVE-2026-0001", "CVE-2026-0002", "CVE-2026-0003", "CVE-2026-0004")
DAYS = st.dates(date(2026, 6, 1), date(2026, 10, 20))
FINDINGS = st.lists(
    st.fixed_dictionaries(
        {
            "cve": st.none()
            | st.lists(st.sampled_from(CVES), min_size=1, max_size=3).map(" ".join),
            "first_seen_on": DAYS.map(str),
            "closed_on": st.none() | DAYS.map(str),
        }
    ),
    max_size=8,
)
SCORES = st.dictionaries(
    st.tuples(st.sampled_from(CVES), DAYS),
    st.sampled_from((0.0, 0.05, 0.099, 0.1, 0.101, 1.0)),
    max_size=10,
)


@settings(max_examples=200, deadline=None)
@given(findings=FINDINGS, scores=SCORES)
def test_against_plain_python(
    findings: list[dict[str, Any]], scores: dict[tuple[str, date], float]
) -> None:
    rows = [{"cve": cve, "scored_on": str(day), "epss": p} for (cve, day), p in scores.items()]
    found = measure(
        likely_exploited_open,
        tables(vulnerability_findings=findings, exploit_predictions=rows),
        as_of="2026-10-20",
    )
    newest: dict[str, tuple[date, float]] = {}
    for (cve, day), probability in scores.items():
        if day <= CUTOFF and (cve not in newest or day > newest[cve][0]):
            newest[cve] = (day, probability)
    if not newest:
        assert found.value is None
        return
    opened = [
        (row["cve"] or "").split()
        for row in findings
        if row["first_seen_on"] <= str(CUTOFF)
        and not (row["closed_on"] and row["closed_on"] <= str(CUTOFF))
    ]
    scored = [[newest[cve][1] for cve in cves if cve in newest] for cves in opened]
    assert found.value == sum(any(each >= 0.1 for each in some) for some in scored)
    assert found.parts["no_cve"] == sum(not cves for cves in opened)
    assert found.parts["no_score"] == sum(
        bool(cves) and not some for cves, some in zip(opened, scored, strict=True)
    )
    assert found.parts["scores_age_days"] == (CUTOFF - max(day for day, _ in newest.values())).days
    assert found.n == found.value == found.rows["vulnerability_findings"].sum()
