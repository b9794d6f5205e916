"""The rules of thumb by which reporting structures are weighed, with their thresholds.

Each rule looks at one thing that is known of the company and gives reasons for or against a
structure; one that does not apply gives none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from board_report.governance.roles import Structure

SMALL_EMPLOYEES = 250
"""Below it a company is small or medium-sized: Commission Recommendation 2003/361/EC, Annex,
Article 2."""
SMALL_REVENUE = 50_000_000.0
"""Up to it a company is small or medium-sized: the same article, in euros."""
LARGE_EMPLOYEES = 2_000
"""Above it a company must account for its governance arrangements: United Kingdom, Companies
(Miscellaneous Reporting) Regulations 2018, regulation 14."""
LARGE_REVENUE = 1_235_000_000.0
"""From it on a company is no emerging growth company: United States, Securities Act Rule 405, in
dollars, as adjusted in September 2022."""
COMPARED_CURRENCIES = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD")
"""Currencies near enough to the euro and the dollar for two thresholds so far apart; revenue in any
other is not compared. Our own convention."""
MANY_MAJOR_INCIDENTS = 2
"""Major incidents in a year from which response and repair pull at once. Our own convention."""
CRITICAL_SECTORS: Mapping[str, tuple[str, ...]] = {
    "health": ("health", "medic", "hospital", "pharma", "diagnostic", "life science"),
    "energy": ("energy", "electric", "utility ", "utilities ", "oil ", "gas "),
    "finance": ("bank", "financ", "insur", "payment"),
    "transport": ("transport", "airline", "aviation", "rail ", "railway", "shipping", "logistic"),
    "water": ("water ",),
    "digital infrastructure": ("telecom", "data center", "data centre", "cloud ", "hosting "),
}
"""Sectors of high criticality in Annex I of Directive (EU) 2022/2555, with the beginnings of words
by which an industry is recognized. That finance takes in insurance, and the words themselves, are
our own convention."""

Money = Callable[[float], str]


class Option(StrEnum):
    """The structures that are weighed."""

    COMBINED = "one combined CTO and CISO"
    UNDER_CTO = "a CISO under the CTO"
    SEPARATE = "a separate CISO with a dotted line"


@dataclass(frozen=True)
class Situation:
    """What is known of the company; None or empty where it is not."""

    employees: int | None = None
    annual_revenue: float | None = None
    """In ``currency``."""
    currency: str = "USD"
    growth_stage: str = ""
    """``start_up``, ``growing``, ``established`` or ``restructuring``."""
    industry: str = ""
    regimes: tuple[str, ...] = ()
    loss_1_in_20: float | None = None
    """Loss of a year in twenty before insurance, in ``currency``."""
    tolerance_1_in_20: float | None = None
    major_incidents: tuple[float | None, ...] = ()
    """Of each of the last four quarters."""
    present: Structure = Structure.UNKNOWN


@dataclass(frozen=True)
class Reason:
    """What one rule says of one structure."""

    option: Option
    is_for: bool
    sentence: str
    rule: str
    """``size``, ``growth``, ``regulation``, ``industry``, ``loss`` or ``incidents``; ``general``
    for what holds in any company, which does not count."""

    @property
    def counts(self) -> bool:
        """Whether it is of this company."""
        return self.rule != "general"


GENERAL: tuple[Reason, ...] = (
    Reason(Option.COMBINED, True, "One person settles speed against safety at once.", "general"),
    Reason(Option.COMBINED, False, "One person judges what the same person built.", "general"),
    Reason(Option.UNDER_CTO, True, "Security is built in where systems are built.", "general"),
    Reason(Option.UNDER_CTO, False, "Bad news passes through the officer it concerns.", "general"),
    Reason(Option.SEPARATE, True, "Directors hear of a risk from an officer without a part in it.",
           "general"),
    Reason(Option.SEPARATE, False, "The CISO must win the CTO's agreement for every repair.",
           "general"),
)  # fmt: skip
"""What holds in any company; see also :data:`board_report.governance.conflicts.CONFLICTS`."""


def compared_revenue(situation: Situation) -> float | None:
    """Revenue where its currency can be held against the thresholds."""
    return situation.annual_revenue if situation.currency in COMPARED_CURRENCIES else None


def by_size(situation: Situation, money: Money) -> Iterator[Reason]:
    """Small: below both lower thresholds. Large: above either upper one. Else between."""
    employees, revenue = situation.employees, compared_revenue(situation)
    if employees is None and revenue is None:
        return
    people = "" if employees is None else f"{employees:,} people"
    earned = "" if revenue is None else f"{money(revenue)} of revenue"
    said = " and ".join(filter(None, (people, earned)))
    if (employees or 0) > LARGE_EMPLOYEES or (revenue or 0.0) >= LARGE_REVENUE:
        yield Reason(Option.COMBINED, False, f"{said}: two full jobs for one person.", "size")
        yield Reason(Option.SEPARATE, True, f"{said} carry an office of its own.", "size")
    elif (employees or 0) < SMALL_EMPLOYEES and (revenue or 0.0) <= SMALL_REVENUE:
        yield Reason(Option.COMBINED, True, f"{said}: one officer can hold both jobs.", "size")
        yield Reason(Option.SEPARATE, False, f"{said}: too few for an office of its own.", "size")
    else:
        yield Reason(
            Option.UNDER_CTO, True, f"{said}: security is a full job, near the builders.", "size"
        )


def by_growth(situation: Situation) -> Iterator[Reason]:
    """What each stage of growth asks for."""
    rule = "growth"
    if situation.growth_stage == "start_up":
        yield Reason(Option.COMBINED, True, "A start-up decides fast with one head.", rule)
        yield Reason(Option.SEPARATE, False, "A start-up pays for two lines in speed.", rule)
    elif situation.growth_stage == "growing":
        yield Reason(Option.UNDER_CTO, True, "While it grows, safety is built in early.", rule)
        yield Reason(Option.COMBINED, False, "Growth takes one person's time from security.", rule)
    elif situation.growth_stage == "established":
        yield Reason(
            Option.SEPARATE, True, "An established company has more to protect than to hurry.", rule
        )
    elif situation.growth_stage == "restructuring":
        yield Reason(Option.SEPARATE, True, "In a restructuring, cuts to security need a voice.",
                     rule)  # fmt: skip
        yield Reason(Option.UNDER_CTO, False, "In a restructuring, who cuts also judges the cut.",
                     rule)  # fmt: skip


def by_regulation(situation: Situation) -> Iterator[Reason]:
    """Supervisors ask for duties that conflict to be apart (ISO/IEC 27001:2022, control 5.3)."""
    if situation.regimes:
        names = _listed(situation.regimes)
        rule = "regulation"
        yield Reason(Option.SEPARATE, True, f"{names}: who checks stands apart from who builds.",
                     rule)  # fmt: skip
        yield Reason(Option.COMBINED, False, f"{names}: nobody else attests what is built.", rule)


def by_industry(situation: Situation) -> Iterator[Reason]:
    """A sector on whose service others depend."""
    sector = sector_of(situation.industry)
    if sector:
        sentence = f"The sector ({sector}) counts as critical: an outage harms others."
        yield Reason(Option.SEPARATE, True, sentence, "industry")


def sector_of(industry: str) -> str:
    """The critical sector that the words of an industry name; empty for any other."""
    words = f" {' '.join(re.findall('[a-z]+', industry.casefold()))} "
    return next(
        (name for name, signs in CRITICAL_SECTORS.items() if any(f" {s}" in words for s in signs)),
        "",
    )


def by_loss(situation: Situation, money: Money) -> Iterator[Reason]:
    """The loss of a year in twenty against what the board tolerates."""
    loss, tolerance, rule = situation.loss_1_in_20, situation.tolerance_1_in_20, "loss"
    if loss is None or tolerance is None:
        return
    said = f"1-in-20-year loss of {money(loss)}"
    if loss > tolerance:
        over = f"{said}, over the {money(tolerance)} tolerated"
        yield Reason(Option.SEPARATE, True, f"{over}: the board needs it told first hand.", rule)
        yield Reason(Option.UNDER_CTO, False, f"{over}: told through the CTO.", rule)
        yield Reason(Option.COMBINED, False, f"{over}: nobody else can say so.", rule)
    else:
        within = f"{said}, within the {money(tolerance)} tolerated."
        yield Reason(Option.COMBINED, True, within, rule)
        yield Reason(Option.UNDER_CTO, True, within, rule)


def by_incidents(situation: Situation) -> Iterator[Reason]:
    """Major incidents of four quarters, all of which must be known."""
    quarters = situation.major_incidents[-4:]
    known = [each for each in quarters if each is not None]
    if len(known) < 4:
        return
    count, rule = round(sum(known)), "incidents"
    if count >= MANY_MAJOR_INCIDENTS:
        said = f"{count} major incidents in four quarters"
        yield Reason(Option.SEPARATE, True, f"{said}: response needs an officer of its own.", rule)
        yield Reason(Option.COMBINED, False, f"{said}: one person cannot lead and repair.", rule)
    elif not count:
        none = "No major incident in four quarters."
        yield Reason(Option.COMBINED, True, none, rule)
        yield Reason(Option.UNDER_CTO, True, none, rule)


def _listed(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if names[1:] else names[0]
