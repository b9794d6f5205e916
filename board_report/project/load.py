"""Read ``report.toml``: the company, its calendar, its sources, targets and appetite."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

from board_report.errors import ProjectError
from board_report.model import Company, Meeting, Target
from board_report.period import FiscalCalendar, Quarter
from board_report.project.archive_block import read_archive_block
from board_report.project.filer_block import read_filer
from board_report.project.matches import read_match_block
from board_report.project.records import Project
from board_report.project.risk_block import read_risk_block
from board_report.project.sources import read_source_block, time_zone
from board_report.toml_reader import Section, parse_toml

PROJECT_FILE = "report.toml"
GROWTH_STAGES = ("start_up", "growing", "established", "restructuring")


def load_project(
    folder: Path, quarter: Quarter | None = None, as_of: date | None = None
) -> Project:
    """Read and check ``report.toml``.

    Args:
        folder: the project's folder.
        quarter: the quarter to report on instead of the file's; the file's as-of date belongs to
            its own quarter and is then left aside.
        as_of: the as-of date instead of the file's; by default the quarter's last day.

    Raises:
        ProjectError: the file is missing, or anything in it cannot be.
    """
    path = folder / PROJECT_FILE
    if not path.is_file():
        raise ProjectError(
            f"{PROJECT_FILE} is not in {folder.name or 'the folder'}.",
            where=PROJECT_FILE,
            mend="Name a project folder; `board-report init` makes one.",
        )
    content = path.read_bytes()
    top = parse_toml(content, PROJECT_FILE)
    top.only(
        *("company", "calendar", "report", "finance", "data_quality", "risk", "targets", "source"),
        *("glossary", "approvers", "match", "filer", "archive"),
    )
    calendar = _calendar(top.section("calendar"))
    report = top.section("report")
    report.only(
        *("quarter", "as_of", "frozen_on", "meeting_on", "meeting_of"),
        *("rules_checked_on", "closings_checked_on"),
    )
    shown, known = _period(report, calendar, quarter, as_of)
    quality = top.section("data_quality")
    quality.only("max_rejected_share", "stale_after_days")
    finance = top.section("finance")
    finance.only("discount_rate")
    company = _company(top.section("company"))
    return Project(
        folder=folder,
        company=company,
        calendar=calendar,
        quarter=shown,
        as_of=known,
        frozen_on=report.day("frozen_on") or known,
        meeting=_meeting(report, company),
        sources=tuple(read_source_block(each, folder) for each in top.sections("source")),
        targets=_targets(top.section("targets")),
        risk=read_risk_block(top.section("risk")),
        matches=tuple(read_match_block(each) for each in top.sections("match")),
        discount_rate=finance.number("discount_rate", 0.08, least=-0.5, most=1),
        max_rejected_share=quality.number("max_rejected_share", 0.05, least=0, most=1),
        stale_after_days=quality.integer("stale_after_days", 120, least=1),
        glossary=top.text_map("glossary"),
        approvers=_approvers(top.section("approvers")),
        archive=read_archive_block(top.section("archive")),
        rules_checked_on=report.day("rules_checked_on"),
        closings_checked_on=report.day("closings_checked_on"),
        config_sha256=sha256(content).hexdigest(),
        filer=read_filer(top.section("filer"), company),
    )


def _company(section: Section) -> Company:
    section.only(
        *("name", "short_name", "currency", "form", "cik", "sic", "industry", "employees"),
        *("annual_revenue", "business_units", "classification", "board_committee"),
        *("growth_stage", "regimes"),
    )
    name = section.text("name")
    currency = section.text("currency")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise section.error(
            "currency",
            f"{currency!r} is not a currency.",
            'Write its ISO 4217 code, such as "USD".',
        )
    cik = section.text("cik", "")
    if not re.fullmatch(r"[0-9]{0,10}", cik):
        raise section.error("cik", f"{cik!r} is not a CIK.", "Write up to ten digits.")
    sic = section.text("sic", "")
    if not re.fullmatch(r"([0-9]{4})?", sic):
        mend = 'Write the four digits that EDGAR gives for the company, such as "5047".'
        raise section.error("sic", f"{sic!r} is no SIC code.", mend)
    units = section.texts("business_units")
    if len({unit.casefold() for unit in units}) < len(units) or not all(units):
        raise section.error(
            "business_units", "a business unit is empty or given twice.", "Name each of them once."
        )
    return Company(
        name=name,
        short_name=section.text("short_name", name),
        currency=currency,
        form=section.choice("form", ("10-K", "20-F"), "10-K"),
        cik=cik,
        industry=section.text("industry", ""),
        employees=section.integer("employees", least=1),
        annual_revenue=section.number("annual_revenue", least=0),
        business_units=units,
        classification=section.text("classification", "Confidential: Board of Directors"),
        board_committee=section.text("board_committee", "Board of Directors"),
        growth_stage=section.choice("growth_stage", GROWTH_STAGES, ""),
        regimes=section.texts("regimes", ()),
        sic=sic,
    )


def _approvers(section: Section) -> dict[str, tuple[str, ...]]:
    """Section of the documents to the roles that must approve it."""
    return {key: section.texts(key) for key in section.values}


def _calendar(section: Section) -> FiscalCalendar:
    section.only("fiscal_year_starts_in", "time_zone")
    return FiscalCalendar(
        first_month=section.integer("fiscal_year_starts_in", 1, least=1, most=12),
        time_zone=time_zone(section, "UTC"),
    )


def _period(
    report: Section, calendar: FiscalCalendar, quarter: Quarter | None, as_of: date | None
) -> tuple[Quarter, date]:
    """The quarter and the as-of date; what the caller names goes before the file."""
    try:
        own = Quarter.parse(report.text("quarter"))
    except ProjectError as error:
        raise error if error.where else report.error("quarter", error.what, error.mend) from error
    shown = quarter or own
    from_file = report.day("as_of") if shown == own else None
    known = as_of or from_file or calendar.last_day(shown)
    first = calendar.first_day(shown)
    if known < first:
        raise report.error(
            "as_of",
            f"{known} lies before {shown} begins, on {first}.",
            f"Name a date from {first} on, or leave it out for the last day of the quarter.",
        )
    return shown, known


def _meeting(report: Section, company: Company) -> Meeting:
    on = report.day("meeting_on")
    if on is None:
        raise report.error("meeting_on", "it is missing.", "Add meeting_on = 2026-10-27.")
    return Meeting(on=on, committee=report.text("meeting_of", company.board_committee))


def _targets(section: Section) -> dict[str, Target]:
    """Targets by metric id; ``mttd.critical = {...}`` is that of a slice."""
    found: dict[str, Target] = {}
    for key, given in section.values.items():
        if not isinstance(given, dict):
            mend = f"Write {key} = {{ at_most = 24, near = 30 }}, or with at_least."
            raise section.error(key, f"{given!r} is not a target.", mend)
        each = section.section(key)
        if each.values and all(isinstance(value, dict) for value in each.values.values()):
            found |= {f"{key}.{name}": _target(key, each.section(name)) for name in each.values}
        else:
            found[key] = _target(key.split(".")[0], each)
    return found


def _target(metric_id: str, section: Section) -> Target:
    section.only("at_least", "at_most", "near")
    bounds = [key for key in ("at_least", "at_most") if key in section.values]
    if len(bounds) != 1:
        raise section.error(
            "",
            "it has both at_least and at_most." if bounds else "it has no bound.",
            "Write either at_least = ... or at_most = ...",
        )
    at_least = bounds[0] == "at_least"
    value = section.number(bounds[0])
    near = section.number("near", value)
    if (near > value) if at_least else (near < value):
        raise section.error(
            "near",
            f"{near:g} is better than the target {value:g}.",
            "Write the worst value that still counts as near the target.",
        )
    return Target(metric_id, at_least, value, near)
