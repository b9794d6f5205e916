"""A small company for the tests of governance and of the disclosure: literal rows, typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from board_report.metrics.declare import Direction, Measure, MetricSpec, Owner, Unit
from board_report.metrics.evaluate import Figures
from board_report.model import (
    Change,
    Company,
    Meeting,
    MetricResult,
    MetricSeries,
    State,
    Status,
)
from board_report.period import FiscalCalendar, Quarter
from board_report.project import Project, RiskSettings
from board_report.story.public_record import PublicRecord, public_record
from board_report.tables.catalogue import TABLES
from board_report.tables.schema import (
    LINE_COLUMN,
    SOURCE_COLUMN,
    Audience,
    Column,
    Kind,
    Table,
    TableSet,
    TableSpec,
)

QUARTER = Quarter(2026, 3)
Rows = Sequence[Mapping[str, Any]]
_DTYPES = {
    Kind.DATETIME: "datetime64[s, UTC]",
    Kind.DATE: "datetime64[s]",
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "float64",
    Kind.RATIO: "float64",
    Kind.MONEY: "float64",
    Kind.LIST: "object",
}


def typed(spec: TableSpec, rows: Rows, *, measured: bool = True) -> Table:
    """Rows of a declared table as its typed frame; a column that a row leaves out is missing."""
    data = {
        column.name: _series(column, [row.get(column.name) for row in rows])
        for column in spec.columns
    }
    data[SOURCE_COLUMN] = pd.Series([f"governance/{spec.name}.csv"] * len(rows), dtype="str")
    data[LINE_COLUMN] = pd.Series(range(2, len(rows) + 2), dtype="int64")
    return Table(spec, pd.DataFrame(data), measured=measured)


def _series(column: Column, values: list[Any]) -> "pd.Series[Any]":
    dtype = _DTYPES.get(column.kind, "str")
    if dtype.startswith("datetime"):
        values = [pd.NaT if value is None else pd.Timestamp(value) for value in values]
    return pd.Series(values, dtype=dtype)


def table_set(**rows: Rows | None) -> TableSet:
    """All canonical tables; those not named were not given."""
    return TableSet(
        {
            name: typed(spec, rows.get(name) or (), measured=rows.get(name) is not None)
            for name, spec in TABLES.items()
        }
    )


def person(
    role: str, title: str, name: str, to: str = "", dotted: str = "", **dates: str
) -> dict[str, Any]:
    return {
        "role": role,
        "role_title": title,
        "person_name": name,
        "reports_to_role": to or None,
        "dotted_line_to_role": dotted or None,
        "since": "2023-01-01",
        **dates,
    }


PEOPLE = (
    person("CEO", "Chief Executive Officer", "Tamsin Oakhurst"),
    person(
        "CISO", "Chief Information Security Officer", "Ilse Drummond", "CTO", "CHAIR",
        since="2024-03-01",
    ),
    person(
        "CISO", "Chief Information Security Officer", "Piers Wetherell", "CTO",
        since="2020-01-01", until="2024-02-29",
    ),
    person("CTO", "Chief Technology Officer", "Marek Adeyinka", "CEO"),
    person("CFO", "Chief Financial Officer", "Hanneke Paulsen", "CEO"),
    person("GC", "General Counsel", "Rosalind Achterberg", "CEO"),
    person("CHAIR", "Chair, Technology and Risk Committee", "Josune Merrick"),
)  # fmt: skip

COMMITTEE = "Technology and Risk Committee"


def meeting(committee: str, on: str, cyber: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "committee": committee, "meeting_on": on, "is_cyber_on_agenda": cyber, **more,
    }  # fmt: skip


CALENDAR = (
    meeting(COMMITTEE, "2025-10-20", is_executive_session=True),
    meeting(COMMITTEE, "2026-02-10", is_executive_session=True),
    meeting(COMMITTEE, "2026-05-12"),
    meeting("Board of Directors", "2026-05-13"),
    meeting(COMMITTEE, "2026-08-11"),
    meeting(COMMITTEE, "2026-10-20"),
)

# (sub-item, role, date, statement)
_SAID = (
    ("106(b)(1)", "CISO", "2026-10-06",
     "We assess, identify and manage material risks from cybersecurity threats through a program "
     "that our Chief Information Security Officer (CISO) leads. The program keeps a register of "
     "cybersecurity risks and estimates a range of yearly loss for each principal scenario."),
    ("106(b)(1)", "CISO", "2026-10-06",
     "It covers the systems that we own and those of others that we use, among them the ordering "
     "and warehouse services on which our hospital customers depend."),
    ("106(b)(1)", "CTO", "2026-10-07",
     "Changes to production systems pass security checks before they are released, and exceptions "
     "are recorded with an owner and a date."),
    ("106(b)(1)(i)", "CFO", "2026-10-07",
     "Cybersecurity risks are kept in the same register and reviewed on the same quarterly "
     "calendar as our supply, financial and operating risks. Our Chief Financial Officer and our "
     "CISO present them together to the executive risk committee."),
    ("106(b)(1)(ii)", "CISO", "2026-10-06",
     "We keep an incident-response firm on retainer, and our internal auditors test a sample of "
     "our controls each year."),
    ("106(b)(1)(ii)", "GC", None, "An independent firm tested our defenses in 2026."),
    ("106(b)(1)(iii)", "CISO", "2026-10-06",
     "We assess providers that can reach our systems or hold our data before we contract with "
     "them, and review the most critical ones each year."),
    ("106(b)(2)", "GC", "2026-10-08",
     "No risk from cybersecurity threats, including from earlier incidents, has materially "
     "affected us or is reasonably likely to materially affect us, our strategy, our results of "
     "operations or our financial condition. We cannot rule out that a long outage of our "
     "ordering systems would."),
    ("106(c)(1) oversight", "CHAIR", "2026-10-08",
     "Our Board of Directors oversees risks from cybersecurity threats and sets the loss that it "
     "is willing to bear each year."),
    ("106(c)(1) committee", "CHAIR", "2026-10-08",
     "It has given this oversight to its Technology and Risk Committee."),
    ("106(c)(1) informing", "CHAIR", "2026-10-08",
     "In the last four quarters cybersecurity was on the agenda of "
     "{{ metric('committee_cyber_meetings') }} meetings of the Board or the committee. Between "
     "meetings the CISO tells the chair of the committee of incidents that reach set thresholds."),
    ("106(c)(2)(i) positions", "CISO", "2026-10-06",
     "Our CISO is responsible for assessing and managing these risks, and our Chief Technology "
     "Officer for the security of what we build and run."),
    ("106(c)(2)(i) expertise", "CISO", "2026-10-06",
     "Our CISO has worked in information security for 19 years, six of them as head of security "
     "of a hospital group, and holds a degree in computer science and the CISSP certification."),
    ("106(c)(2)(ii)", "CISO", "2026-10-06",
     "Our CISO runs the security operations center and the incident-response plan, under which "
     "incidents are reported upwards by severity, and is told each week how prevention, "
     "detection, mitigation and remediation stand."),
    ("106(c)(2)(iii)", "CISO", "2026-10-06",
     "Our CISO and our Chief Technology Officer report to the committee each quarter."),
)  # fmt: skip


def said(number: int, sub_item: str, role: str, on: str | None, statement: str) -> dict[str, Any]:
    return {
        "attestation_id": f"A-{number:02d}", "sub_item": sub_item, "position": number,
        "statement": statement, "attested_by_role": role, "attested_on": on,
        "evidence": "shared drive",
    }  # fmt: skip


ATTESTATIONS = tuple(said(number, *each) for number, each in enumerate(_SAID, start=1))


def filed(
    sub_item: str, text: str, position: int = 1, answer: str = "", **more: Any
) -> dict[str, Any]:
    """A passage of the filing for fiscal year 2025."""
    return {
        "fiscal_year": 2025, "form": "10-K", "filed_on": "2026-02-20", "sub_item": sub_item,
        "position": position, "text": text, "answer": answer or None, **more,
    }  # fmt: skip


def carrying(
    number: int, sub_item: str, role: str, on: str | None, year: int = 2025
) -> dict[str, Any]:
    """An attestation of what stood at a position of a sub-item in an earlier year."""
    return {**said(number, sub_item, role, on, ""), "statement": None, "carried_from": year}


def fact(
    sub_item: str, answer: str, role: str = "CISO", on: str | None = "2026-10-06", reason: str = ""
) -> dict[str, Any]:
    return {
        "sub_item": sub_item, "answer": answer, "reason": reason or None,
        "attested_by_role": role, "attested_on": on,
    }  # fmt: skip


FACTS = (
    fact("106(b)(1)(i)", "yes", "CFO"),
    fact("106(b)(1)(ii)", "yes"),
    fact("106(b)(1)(iii)", "yes"),
    fact("106(b)(2)", "no", "GC", "2026-10-08"),
    fact("106(c)(2)(i) positions", "yes"),
    fact("106(c)(2)(iii)", "yes"),
)

COMPANY = Company(
    name="Corvane Medical Supply, Inc.",
    short_name="Corvane",
    currency="USD",
    form="10-K",
    cik="0000000000",
    industry="Medical distribution and diagnostics",
    employees=6400,
    annual_revenue=1.9e9,
    business_units=("Distribution", "Diagnostics"),
    classification="Confidential: Board of Directors",
    board_committee=COMMITTEE,
)


def project(**company: Any) -> Project:
    from dataclasses import replace

    return Project(
        folder=Path("project"),
        company=replace(COMPANY, **company),
        calendar=FiscalCalendar(1, "America/Chicago"),
        quarter=QUARTER,
        as_of=date(2026, 9, 30),
        frozen_on=date(2026, 10, 9),
        meeting=Meeting(date(2026, 10, 27), "Board of Directors"),
        sources=(),
        targets={},
        risk=RiskSettings(),
        rules_checked_on=date(2026, 10, 5),
    )


def metric_spec(metric_id: str, audience: Audience, unit: Unit = Unit.COUNT) -> MetricSpec:
    return MetricSpec(
        id=metric_id, title=f"Title of {metric_id}", subject="Oversight", unit=unit,
        direction=Direction.UP, owner=Owner.JOINT, formula="", denominator="", empty="",
        columns=(), function=lambda scope: Measure(None, 0), audience=audience,
    )  # fmt: skip


def figures(*given: tuple[MetricSpec, float | None]) -> Figures:
    """The figures of these metrics; a value of None is not measured."""
    chosen = given or (
        (metric_spec("committee_cyber_meetings", Audience.PUBLIC), 5.0),
        (metric_spec("training_completion", Audience.PUBLIC, Unit.RATIO), 0.934),
        (metric_spec("mttd", Audience.BOARD, Unit.HOURS), 17.25),
    )
    return Figures(
        specs={spec.id: spec for spec, _ in chosen},
        series={spec.id: _series_of(spec.id, value) for spec, value in chosen},
    )


def _series_of(metric_id: str, value: float | None) -> MetricSeries:
    state = State.MEASURED if value is not None else State.NOT_MEASURED
    result = MetricResult(metric_id, QUARTER, state, value, n=1)
    return MetricSeries(metric_id, (result,), None, Status.NONE, Change.NONE, None)


def tables(**changes: Rows) -> TableSet:
    """The company's governance tables, with some replaced."""
    given: dict[str, Rows] = {
        "people": PEOPLE,
        "committee_calendar": CALENDAR,
        "attestations": ATTESTATIONS,
        "item_106_facts": FACTS,
    }
    return table_set(**(given | changes))


def record(some: TableSet | None = None, **company: Any) -> PublicRecord:
    return public_record(project(**company), some or tables(), figures())
