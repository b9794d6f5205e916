"""Results of static analysis in the standard format SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.located import located
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.components.ratings import CVSS_BANDS
from board_report.sources.readers.components.reports import (
    Texts,
    cve_numbers,
    objects_at,
    read_report,
    text_at,
    with_known,
)
from board_report.sources.readers.components.sarif_rules import (
    Rules,
    level_of,
    rules_of,
    standing_of,
)

_COLUMNS = (
    *("tool", "repositoryUri", "ruleId", "uri", "place"),
    *("level", "security-severity", "standing", "cves"),
)
_PLACE = "physicalLocation"


def read(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each result of each run.

    Raises:
        ReadFaultError: not JSON, or no rule of a run is marked as being about security and the
            block does not say that they all are.
    """
    grid = read_report(content, spec, _rows, _COLUMNS)
    if grid.rows and "unmarked" not in spec.only.get("standing", ()):
        _refuse_unmarked(grid)
    return grid


def _refuse_unmarked(grid: Grid) -> None:
    tool, standing = (grid.header.cells.index(name) for name in ("tool", "standing"))
    unmarked = [row for row in grid.rows if row.cells[standing] == "unmarked"]
    if unmarked:
        count = "1 result" if len(unmarked) == 1 else f"{len(unmarked):,} results"
        raise ReadFaultError(
            ReadCode.RELEVANCE_UNKNOWN,
            line=unmarked[0].line,
            tool=unmarked[0].cells[tool][:80] or "the tool",
            count=count,
        )


def _rows(text: str, whole: Any) -> Iterator[tuple[int, Texts]]:
    del whole  # the text is walked through again, so that one result is held at a time
    run: Mapping[str, Any] = {}
    about, rules = _run(run), rules_of(run)
    for found in located(text, ("runs", "*", "results", "*")):
        if run is not found.parents[-1]:
            run = found.parents[-1]
            about, rules = _run(run), rules_of(run)
        yield found.line, {**about, **_result(found.value, rules)}


def _run(run: Mapping[str, Any]) -> Texts:
    """What a run says of itself: the tool, the repository, and when it ended.

    A result that says when it was first detected has that time in the place of the run's.
    """
    invocations = objects_at(run, "invocations") or ({},)
    versions = objects_at(run, "versionControlProvenance") or ({},)
    ran = text_at(invocations[0], "endTimeUtc") or text_at(invocations[0], "startTimeUtc")
    return {
        "tool": text_at(run, "tool.driver.name"),
        "repositoryUri": text_at(versions[0], "repositoryUri"),
        **with_known({"detected": ran}),
    }


def _result(result: Any, rules: Rules) -> Texts:
    rule_id, rule = rules.of(result)
    location = next(iter(objects_at(result, "locations")), {})
    first = with_known({"detected": text_at(result, "provenance.firstDetectionTimeUtc")})
    return first | {
        "ruleId": rule_id,
        "uri": text_at(location, f"{_PLACE}.artifactLocation.uri"),
        "place": _fingerprint(result) or _region(location),
        "level": level_of(result, rule),
        "security-severity": text_at(rule, "properties.security-severity"),
        "standing": standing_of(result, rule, rules),
        "cves": cve_numbers(rule_id),
    }


def _fingerprint(result: Any) -> str:
    """What the tool itself tells results of one rule in one file apart by."""
    for name in ("fingerprints", "partialFingerprints"):
        given = result.get(name) if isinstance(result, dict) else None
        if isinstance(given, dict) and given:
            return ",".join(text_at(given, key) for key in sorted(given))
    return ""


def _region(location: Mapping[str, Any]) -> str:
    parts = ("startLine", "startColumn", "endLine", "endColumn")
    return ":".join(text_at(location, f"{_PLACE}.region.{each}") for each in parts).strip(":")


READERS = (
    Reader(
        id="sarif",
        tool="SARIF",
        export="results of a code scanner, as SARIF 2.1.0 (CodeQL, Semgrep and others)",
        preset=SourceSpec(
            table="vulnerability_findings",
            file="",
            columns={"cve": "cves", "first_seen_on": "detected"},
            rules={
                "finding_id": ColumnRule(("tool", "repositoryUri", "ruleId", "uri", "place")),
                "asset_id": ColumnRule(("repositoryUri", "uri"), how="first"),
                "severity": ColumnRule(
                    ("security-severity", "level"), how="first", bands=CVSS_BANDS
                ),
            },
            values={"severity": {"error": "high", "warning": "medium", "note": "low"}},
            only={"standing": ("open",)},
            leave_out={"level": ("none",)},
        ),
        signatures=(Records(at="runs.*", has=("tool.driver.name",)),),
        read=read,
        evidence=Evidence.SAMPLE,
        reference="OASIS, SARIF 2.1.0; GitHub, SARIF support for code scanning; a CodeQL file",
        traps=(
            "Only results about security count: those whose rule has the tag “security” "
            "or a security-severity. Results of a run's other rules, such as unused variables, are "
            "left out and counted.",
            "Where no rule of a run is marked so, the file is refused until its block says "
            'only = { standing = ["open", "unmarked"] }: secret scanners and some others mark '
            "nothing, and neither do linters.",
            "Severity is that of the rule's security-severity by the bands of CVSS; without one "
            "error is high, warning is medium and note is low, which is a convention of "
            "importers, not of the standard.",
            "Suppressed results are left out and counted, unless the suppression is under review "
            "or rejected; so are results that were absent in this run, and those that are no "
            "failure (pass, open, review, informational, notApplicable).",
            "A file holds the results of one run: what was mended since the last run is not in it, "
            "so nothing is ever closed.",
            "The date is the run's own unless a result says when it was first detected, so that "
            "ages are a lower bound; many tools (CodeQL) write none: give the day of the scan as "
            "constants.first_seen_on.",
            "Where a run does not name its repository, the file that a result lies in is the "
            "asset; constants.asset_id names the repository.",
        ),
    ),
)
