"""Read ``risk.insurance``: what insurers pay of losses, and of which."""

from __future__ import annotations

from board_report.project.records import LOSS_FORMS, Insurance
from board_report.toml_reader import Section

APPLIES = ("year", "event")


def read_insurance(section: Section) -> Insurance | None:
    """Money in the company's currency, the company's share of the layer as a share of 1.

    Returns:
        The policy; None where the section is missing or empty.

    Raises:
        ProjectError: a value cannot be, a form of loss is unknown, or two keys say the same.
    """
    if not section.values:
        return None
    section.only(
        *("retention", "limit", "coinsurance", "applies", "aggregate_limit", "waiting_hours"),
        "sublimits",
    )
    applies = section.choice("applies", APPLIES, Insurance.applies)
    return Insurance(
        retention=section.number("retention", least=0),
        limit=section.number("limit", least=0),
        coinsurance=section.number("coinsurance", Insurance.coinsurance, least=0, most=1),
        applies=applies,
        aggregate_limit=_aggregate_limit(section, applies),
        waiting_hours=section.number("waiting_hours", Insurance.waiting_hours, least=0),
        sublimits=_sublimits(section.section("sublimits")),
    )


def _aggregate_limit(section: Section, applies: str) -> float | None:
    if "aggregate_limit" not in section.values:
        return None
    if applies == "year":
        raise section.error(
            "aggregate_limit",
            'limit is for the year already, as applies is "year".',
            'Write applies = "event" where retention and limit are for each event, or remove it.',
        )
    return section.number("aggregate_limit", least=0)


def _sublimits(section: Section) -> tuple[tuple[str, float], ...]:
    """In the order of the forms, so that the same policy is the same record."""
    section.only(*LOSS_FORMS)
    return tuple(
        (form, section.number(form, least=0)) for form in LOSS_FORMS if form in section.values
    )
