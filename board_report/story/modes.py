"""Which pages stand in which deck, and under which title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from board_report.story.page import Mode, Page

_STORY = (
    "executive_summary",
    "escalations",
    "decisions",
    "risk_against_appetite",
    "risks_in_money",
    "tail_drivers",
    "incidents",
    "incident_clocks",
    "detect_and_respond",
    "exposure",
    "third_parties",
    "people",
    "control_coverage",
    "configuration_checks",
    "compliance_and_audit",
    "technology_adoption",
    "secure_by_design",
    "zero_trust",
    "ai_governance",
    "investment",
    "risk_bought_down",
    "budget_scenarios",
    "projects_and_cloud",
    "roles_at_a_glance",
    "operating_model",
    "joint_kpis",
    "collaboration",
    "horizon",
    "back_test",
    "not_shown",
)
_REFERENCE = (
    "what_changed",
    "forecasts",
    "loss_in_figures",
    "risk_assumptions",
    "csf_profile",
    "vendor_scorecards",
    "disclosure_readiness",
    "definitions",
    "data_quality",
    "provenance",
)

PAGES = (*_STORY, *_REFERENCE)
"""Modules of ``board_report.story.pages``, in order; the cover is made for each deck."""

GLOSSARY = "glossary"
"""Module of the page that is made from the words of all others."""

_PARTS = re.compile(r"(decisions|risk-assumptions)-([2-9]|[1-9]\d)|definitions-[1-9]\d?")
"""Pages that go on from one another, as many as there are rows for."""
PAGE_IDS = (
    *(each.replace("_", "-") for each in PAGES if each != "definitions"),
    "horizon-actions",
    "decisions-2",
    "definitions-1",
)
"""What commentary may name, be there data for it or not; further parts are numbered on."""


def is_page_id(name: str) -> bool:
    """Whether a page of that name can stand in a report, though it may not stand in this one."""
    return name in PAGE_IDS or _PARTS.fullmatch(name) is not None


MODULES: Mapping[Mode, tuple[str, ...]] = {
    Mode.FULL: _STORY,
    Mode.BRIEF: (
        "executive_summary",
        "escalations",
        "decisions",
        "risk_against_appetite",
        "joint_kpis",
    ),
    Mode.AUDIT_COMMITTEE: (
        "executive_summary",
        "escalations",
        "decisions",
        "risk_against_appetite",
        "incidents",
        "compliance_and_audit",
        "operating_model",
        "disclosure_readiness",
        "not_shown",
    ),
    Mode.APPENDIX: (*_REFERENCE, GLOSSARY),
}
"""The pages of each deck after its cover."""

TITLES: Mapping[Mode, str] = {
    Mode.FULL: "Cyber-risk report to the Board",
    Mode.BRIEF: "Cyber-risk brief to the Board",
    Mode.AUDIT_COMMITTEE: "Cyber-risk report to the Audit Committee",
    Mode.APPENDIX: "Appendix to the cyber-risk report",
}


SHORT = frozenset({Mode.BRIEF, Mode.AUDIT_COMMITTEE})
"""Decks without the pages that look back or add detail; all that is asked stays in them."""


def pages_in(mode: Mode, pages: Mapping[str, Sequence[Page]]) -> tuple[Page, ...]:
    """The pages of one deck in order, from all pages by the module that built them."""
    return tuple(
        page
        for name in MODULES[mode]
        for page in pages.get(name, ())
        if not (mode in SHORT and page.is_follow_up)
    )
