"""The sections that are signed, which pages each holds, and which roles must approve it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from board_report.errors import ProjectError
from board_report.story.modes import MODULES
from board_report.story.page import Mode

COVER = "cover"
"""Module of the cover, which is made for each deck and signed once."""
NOTES = "appendix-and-notes"
"""The section that the briefing book's notes and questions are signed in."""
PUBLIC = "disclosure"
"""The section of the public document; it holds no page of a deck."""


@dataclass(frozen=True)
class Section:
    """Pages that are prepared, reviewed and approved together."""

    id: str
    roles: tuple[str, ...]
    """Who must approve it, unless ``report.toml`` says otherwise."""
    modules: tuple[str, ...]
    """Modules of ``board_report.story.pages``; none for the public document."""


SECTIONS = (
    Section(
        "summary-and-decisions",
        ("CISO", "CTO"),
        (COVER, "executive_summary", "escalations", "decisions", "what_changed", "not_shown"),
    ),
    Section(
        "risk-and-money",
        ("CFO",),
        (
            *("risk_against_appetite", "risks_in_money", "tail_drivers", "investment"),
            *("risk_bought_down", "budget_scenarios", "back_test", "forecasts"),
            *("loss_in_figures", "risk_assumptions"),
        ),
    ),
    Section(
        "security",
        ("CISO",),
        (
            *("incidents", "incident_clocks", "detect_and_respond", "exposure", "third_parties"),
            *("people", "control_coverage", "configuration_checks", "csf_profile"),
            "compliance_and_audit",
        ),
    ),
    Section(
        "technology",
        ("CTO",),
        (
            *("technology_adoption", "secure_by_design", "zero_trust", "ai_governance"),
            "projects_and_cloud",
        ),
    ),
    Section(
        "working-together",
        ("CISO", "CTO"),
        (
            *("roles_at_a_glance", "operating_model", "joint_kpis", "collaboration"),
            *("vendor_scorecards", "horizon"),
        ),
    ),
    Section("disclosure-readiness", ("GC",), ("disclosure_readiness",)),
    Section(NOTES, ("CISO", "CTO"), ("definitions", "data_quality", "provenance", "glossary")),
    Section(PUBLIC, ("GC",), ()),
)
"""Every page of the decks is in exactly one; the order is that of the full deck."""

_BY_ID = {each.id: each for each in SECTIONS}
_BY_MODULE = {module: each for each in SECTIONS for module in each.modules}


def section_of(module: str) -> Section:
    """The section that a page module's pages are signed in."""
    return _BY_MODULE[module]


def find_section(name: str) -> Section:
    """The section of that name, however it is written.

    Raises:
        ProjectError: there is none; the message names the nearest.
    """
    plain = name.strip().lower().replace("_", "-").replace(" ", "-")
    if plain not in _BY_ID:
        raise _no_section(name)
    return _BY_ID[plain]


def _no_section(name: str, where: str = "") -> ProjectError:
    return ProjectError(
        f"there is no section {name!r}.{_did_you_mean(name, _BY_ID)}",
        where=where,
        mend=f"The sections are: {', '.join(_BY_ID)}.",
    )


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    """`` Did you mean security?``; empty when nothing is near."""
    by_plain = {each.casefold(): each for each in known}
    near = get_close_matches(name.casefold()[:100], list(by_plain), n=1, cutoff=0.5)
    return f" Did you mean {by_plain[near[0]]}?" if near else ""


def sections_of(mode: Mode, *, has_notes: bool = False) -> tuple[str, ...]:
    """The sections that a deck's pages belong to, its cover's too.

    Args:
        mode: of the deck.
        has_notes: True for the briefing book that goes with it.
    """
    found = {section_of(module).id for module in (COVER, *MODULES[mode])}
    if has_notes:
        found.add(NOTES)
    return tuple(each.id for each in SECTIONS if each.id in found)


def required_roles(
    approvers: Mapping[str, tuple[str, ...]], known_roles: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Who must approve each section.

    Args:
        approvers: what ``[approvers]`` in ``report.toml`` says.
        known_roles: those that somebody holds or held.

    Raises:
        ProjectError: a section or a role is unknown, or a section would be approved by nobody.
    """
    known = {role for each in SECTIONS for role in each.roles} | set(known_roles)
    for name, roles in approvers.items():
        where = f"report.toml: [approvers] {name}"
        if name not in _BY_ID:
            raise _no_section(name, where)
        for role in roles:
            if role not in known:
                raise ProjectError(
                    f"nobody holds or held the role {role!r}.{_did_you_mean(role, known)}",
                    where=where,
                    mend="Name a role of governance/people.csv.",
                )
        if not roles:
            raise ProjectError(
                "the section would be approved by nobody.",
                where=where,
                mend=f'Write {name} = ["CISO"], or leave the line out.',
            )
    return {each.id: tuple(dict.fromkeys(approvers.get(each.id, each.roles))) for each in SECTIONS}
