"""Results of OpenSCAP and other tools that write XCCDF: one row for each rule on each host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from board_report.project import SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.markup import Node, elements
from board_report.sources.reader import Evidence, Markup, Reader
from board_report.sources.records import table_of

_COLUMNS = (
    *("rule", "title", "severity", "result", "checked", "target", "instance", "resource"),
    *("benchmark", "profile", "override", "test-system"),
)


def read_xccdf(content: bytes, spec: SourceSpec) -> Grid:  # noqa: ARG001  a reader's shape
    """A row for each rule-result of each TestResult, with title and severity of its rule.

    Raises:
        ReadFaultError: not XML, or a benchmark without results.
    """
    rules: dict[str, Node] = {}
    results: list[Node] = []
    for node in elements(content, {"Rule", "TestResult"}):
        if node.name == "Rule":
            rules[node.attributes.get("id", "")] = node
        else:
            results.append(node)
    if not results:
        raise ReadFaultError(
            ReadCode.READER_DIFFERS,
            export="results of XCCDF",
            looked="it describes a benchmark and holds no TestResult",
        )
    rows = [row for result in results for row in _rows(result, rules)]
    return Grid(*table_of(rows, _COLUMNS))


def _rows(result: Node, rules: Mapping[str, Node]) -> Iterator[tuple[int, dict[str, str]]]:
    ended = result.attributes.get("end-time") or result.attributes.get("start-time", "")
    benchmark = result.first("benchmark")
    around = {
        "target": _plain(result.value("target")),
        "benchmark": (benchmark.attributes if benchmark else {}).get("href", ""),
        "test-system": result.attributes.get("test-system", ""),
        "profile": _named(result.first("profile")),
    }
    for each in result.all("rule-result"):
        name = each.attributes.get("idref", "")
        instance = _plain(" ".join(node.text for node in each.all("instance")))
        yield (
            each.line,
            {
                **around,
                "rule": name,
                "title": _plain(_title(rules, name)),
                "severity": each.attributes.get("severity") or _inherited(rules, name, "severity"),
                "result": _plain(each.value("result")),
                "checked": each.attributes.get("time") or ended,
                "instance": instance,
                "resource": " ".join(filter(None, (around["target"], instance))),
                "override": _plain(each.value("override", "old-result")),
            },
        )


def _named(profile: Node | None) -> str:
    return profile.attributes.get("idref", "") if profile else ""


def _title(rules: Mapping[str, Node], name: str) -> str:
    rule = rules.get(name)
    return rule.value("title") if rule else ""


def _inherited(rules: Mapping[str, Node], name: str, attribute: str) -> str:
    """An attribute of a rule, or of the rule that it extends."""
    seen: set[str] = set()
    while name in rules and name not in seen:
        seen.add(name)
        found = rules[name].attributes
        if attribute in found:
            return found[attribute]
        name = found.get("extends", "")
    return ""


def _plain(text: str) -> str:
    """Text of XML without the line breaks that lay it out."""
    return " ".join(text.split())


READERS = (
    Reader(
        id="xccdf-results",
        tool="OpenSCAP",
        export="results of a benchmark, as XCCDF or ARF",
        preset=SourceSpec(
            table="configuration_checks",
            file="",
            columns={
                "checked_on": "checked",
                "check_id": "rule",
                "title": "title",
                "severity": "severity",
                "resource_id": "resource",
                "tool": "test-system",
                "result": "result",
            },
            values={
                "severity": {"unknown": "", "info": "informational"},
                "result": {
                    **dict.fromkeys(("pass", "fixed"), "passed"),
                    "fail": "failed",
                    "notapplicable": "not_applicable",
                    **dict.fromkeys(
                        ("notchecked", "error", "unknown", "informational"), "not_checked"
                    ),
                },
            },
            leave_out={"result": ("notselected",)},
        ),
        signatures=(
            Markup(root="Benchmark", has=("checklists.nist.gov/xccdf",)),
            Markup(root="TestResult", has=("checklists.nist.gov/xccdf",)),
            Markup(root="asset-report-collection"),
        ),
        evidence=Evidence.SAMPLE,
        reference="NIST IR 7275, XCCDF 1.2; sample of OpenSCAP",
        read=read_xccdf,
        traps=(
            "A benchmark without a TestResult holds no results and is refused.",
            "Rules that the profile does not select were not checked and are left out.",
            "`fixed` counts as passed: the tool mended it and checked again.",
            "A result that somebody overrode counts as overridden; the old one is in the column "
            "`override`.",
            "Severity is the result's, else the rule's; many benchmarks have none, and `unknown` "
            "is none.",
            "References of rules to frameworks are addresses of documents and are not read.",
        ),
    ),
)
