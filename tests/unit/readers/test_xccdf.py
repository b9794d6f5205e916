"""XCCDF: results of rules, with title and severity from the benchmark around them."""

from __future__ import annotations

from pathlib import Path

from tests.unit.readers.checked import read_checks

HEAD = '<?xml version="1.0"?>\n'
SPACE = 'xmlns:c="http://checklists.nist.gov/xccdf/1.2"'
RULES = """
<c:Group id="g"><c:Rule id="base" severity="high"><c:title>Base</c:title></c:Rule>
<c:Rule id="r1" extends="base"><c:title>No
   finger <x/>service</c:title></c:Rule>
<c:Rule id="r2" severity="unknown"><c:title>Second</c:title></c:Rule>
<c:Rule id="r3" severity="info"/></c:Group>
"""
RESULTS = """
<c:TestResult id="t" end-time="2026-08-14T23:30:00-07:00" test-system="cpe:/a:redhat:openscap:1.3">
<c:profile idref="standard"/><c:target>web-1</c:target>
<c:rule-result idref="r1" time="2026-08-14T10:00:00+00:00"><c:result>fail</c:result></c:rule-result>
<c:rule-result idref="r1" severity="low"><c:result>pass</c:result>
 <c:override><c:old-result>fail</c:old-result></c:override>
 <c:instance context="line">console</c:instance></c:rule-result>
<c:rule-result idref="r2"><c:result>fixed</c:result></c:rule-result>
<c:rule-result idref="r3"><c:result>notapplicable</c:result></c:rule-result>
<c:rule-result idref="r4"><c:result>notchecked</c:result></c:rule-result>
<c:rule-result idref="r5"><c:result>error</c:result></c:rule-result>
<c:rule-result idref="r6"><c:result>notselected</c:result></c:rule-result>
<c:rule-result idref="r7"><c:result>perhaps</c:result></c:rule-result>
</c:TestResult>
"""


def test_a_benchmark_with_its_results(tmp_path: Path) -> None:
    content = f"{HEAD}<c:Benchmark {SPACE}>{RULES}{RESULTS}</c:Benchmark>"
    got = read_checks(tmp_path, "scan.xml", content)
    assert got.reader == "xccdf-results"
    assert got.ends == (8, 6, 1, 0, 1)
    assert got.column("check_id") == ["r1", "r1", "r2", "r3", "r4", "r5"]
    assert got.column("title") == ["No finger service", "No finger service", "Second"] + [None] * 3
    assert got.column("severity") == ["high", "low", None, "informational", None, None]
    assert got.column("resource_id") == ["web-1", "web-1 console"] + ["web-1"] * 4
    assert got.column("result") == [
        "failed", "passed", "passed", "not_applicable", "not_checked", "not_checked",
    ]  # fmt: skip
    assert got.column("tool")[0] == "cpe:/a:redhat:openscap:1.3"
    # The company's calendar is Chicago's: half past eleven in Los Angeles is the next day there.
    assert got.column("checked_on") == ["2026-08-14", *["2026-08-15"] * 5]
    (unknown,) = got.found("unknown_category")
    assert unknown.value == "perhaps"
    assert 'idref="r7"' in content.splitlines()[unknown.line - 1]


def test_results_within_arf(tmp_path: Path) -> None:
    """The result may lie anywhere: the whole file is looked through."""
    root = "arf:asset-report-collection"
    content = f"{HEAD}<{root} xmlns:arf='a' {SPACE}>{RULES}{RESULTS}</{root}>"
    got = read_checks(tmp_path, "arf.xml", content)
    assert (got.reader, got.ends) == ("xccdf-results", (8, 6, 1, 0, 1))


def test_results_alone(tmp_path: Path) -> None:
    """Without the benchmark there are neither titles nor severities, and that is no fault."""
    content = HEAD + RESULTS.strip().replace("<c:TestResult ", f"<c:TestResult {SPACE} ", 1)
    got = read_checks(tmp_path, "scan.xml", content)
    assert got.ends == (8, 6, 1, 0, 1)
    assert got.column("title") == [None] * 6
    assert got.column("severity") == [None, "low", None, None, None, None]


def test_a_benchmark_alone_is_refused(tmp_path: Path) -> None:
    """It says what to check, and nothing of what was found."""
    content = f"{HEAD}<c:Benchmark {SPACE}>{RULES}</c:Benchmark>"
    got = read_checks(tmp_path, "scan.xml", content)
    (told,) = got.found("reader_differs")
    assert told.stops
    assert "holds no TestResult" in told.reason
