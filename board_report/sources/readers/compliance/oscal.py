"""OSCAL: assessment results and the plan of action and milestones, as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.compliance.findings import (
    Record,
    findings_of,
    inside,
    objects_of,
    text_of,
)
from board_report.sources.records import flatten, table_of

_PLAN = "plan-of-action-and-milestones"
_STANDING = "standing"
_LISTS = ("observations", "risks", "related-observations", "related-risks")
_REFERENCE = "NIST, OSCAL 1.1.2; examples of the OSCAL content repository (public domain)"


def read_plan(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each item of the plan, with dates and status of what it relates to.

    Raises:
        ReadFaultError: not JSON, or no such plan.
    """
    [(_, whole)] = [*findings_of(content, spec)][:1] or [(1, {})]
    if not objects_of(whole, _PLAN, "poam-items"):
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail="not a plan with items")
    risks = _by_uuid(whole, "risks")
    observations = _by_uuid(whole, "observations")
    rows = [
        (line, _row(item, risks, observations))
        for line, item in findings_of(content, spec, (f"{_PLAN}.poam-items",))
    ]
    return Grid(*table_of(rows, (_STANDING,)))


def _by_uuid(whole: Record, name: str) -> dict[str, Record]:
    return {text_of(each, "uuid"): each for each in objects_of(whole, _PLAN, name)}


def _row(
    item: Record, risks: Mapping[str, Record], observations: Mapping[str, Record]
) -> dict[str, str]:
    named = [text_of(each, "risk-uuid") for each in objects_of(item, "related-risks")]
    seen = [text_of(each, "observation-uuid") for each in objects_of(item, "related-observations")]
    related = [risks[each] for each in named if each in risks]
    collected = [text_of(observations[each], "collected") for each in seen if each in observations]
    closed = _closed_at(related)
    is_closed = bool(related) and all(text_of(each, "status") == "closed" for each in related)
    return {
        **flatten({key: value for key, value in item.items() if key not in _LISTS}),
        "raised": min(filter(None, collected), default=""),
        "deadline": min(filter(None, (text_of(each, "deadline") for each in related)), default=""),
        "risk-status": " ".join(text_of(each, "status") for each in related),
        "risks-not-found": " ".join(each for each in named if each not in risks),
        "closed": closed if is_closed else "",
        _STANDING: ("closed" if closed else "closed without a date") if is_closed else "open",
    }


def _closed_at(risks: list[Record]) -> str:
    """The last date on which the log of a risk says that it was closed."""
    dates = [
        text_of(entry, "end") or text_of(entry, "start")
        for risk in risks
        for entry in objects_of(inside(risk, "risk-log"), "entries")
        if text_of(entry, "status-change") == "closed"
    ]
    return max(filter(None, dates), default="")


_RESULTS = Reader(
    id="oscal-assessment-results",
    tool="OSCAL",
    export="assessment results, as JSON",
    preset=SourceSpec(
        table="compliance_assessments",
        file="",
        sheet="assessment-results.results.*.findings",
        columns={
            "requirement_id": "target.target-id",
            "requirement": "title",
            "result": "target.status.state",
        },
        values={"result": {"satisfied": "met", "not-satisfied": "not_met"}},
    ),
    signatures=(
        Records(
            at="assessment-results.results.*.findings",
            has=("target.target-id", "target.status.state"),
            beside=("assessment-results",),
        ),
    ),
    evidence=Evidence.SAMPLE,
    reference=_REFERENCE,
    traps=(
        "A finding is an assessor's determination on an objective of a control, so it is a "
        "compliance assessment and no configuration check, even where software took the evidence.",
        "The file names neither framework nor quarter: give constants.framework and "
        "constants.quarter.",
        "A file holds findings alone: requirements that it does not name are not known to be met.",
    ),
)

_POAM = Reader(
    id="oscal-poam",
    tool="OSCAL",
    export="plan of action and milestones, as JSON",
    preset=SourceSpec(
        table="audit_findings",
        file="",
        columns={
            "title": "title",
            "raised_on": "raised",
            "due_on": "deadline",
            "closed_on": "closed",
        },
        rules={"audit_finding_id": ColumnRule(("uuid", "title"), how="first")},
        leave_out={_STANDING: ("closed without a date",)},
    ),
    signatures=(Records(at=f"{_PLAN}.poam-items", has=("title",), beside=(_PLAN,)),),
    evidence=Evidence.SAMPLE,
    reference=_REFERENCE,
    read=read_plan,
    traps=(
        "An item has no date of its own: it is raised when the first of its observations was "
        "collected, and due by the earliest deadline of its risks.",
        "Items may name risks that the file does not have (column `risks-not-found`); such an item "
        "has no due date.",
        "It is closed when all its risks are, on the last date on which their log says so; one "
        "whose closing has no date is left out.",
        "OSCAL has no severity of its own: likelihood and impact are rated in each organization's "
        "own words, and are not read.",
    ),
)

READERS = (_RESULTS, _POAM)
