"""Which reporting structure would suit the company: a judgement by stated rules of thumb.

Each rule looks at one thing that is known of the company and speaks for or against a structure.
Every rule counts once, and a structure is preferred only where it leads the next by two. That is a
way to lay reasons side by side, not a measurement: nobody has shown that the count predicts how a
structure works out, and a board may weigh one reason above all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from board_report.governance.roles import Structure
from board_report.governance.structure_rules import (
    GENERAL,
    Money,
    Option,
    Reason,
    Situation,
    by_growth,
    by_incidents,
    by_industry,
    by_loss,
    by_regulation,
    by_size,
    compared_revenue,
)

MARGIN = 2
"""Reasons by which a structure must lead to be preferred. Our own convention."""
LEAST_KNOWN = 2
"""Things that must be known of the company before anything is preferred. Our own convention."""


class Fit(StrEnum):
    """Whether the present structure suits the company, by the rules here."""

    FITS = "fits"
    DOES_NOT_FIT = "does not fit"
    NOT_JUDGED = "not judged"


PRESENT: Mapping[Structure, Option] = {
    Structure.COMBINED: Option.COMBINED,
    Structure.UNDER_CTO: Option.UNDER_CTO,
    Structure.UNDER_CIO: Option.UNDER_CTO,
    Structure.INDEPENDENT: Option.SEPARATE,
}
"""The option that each recognized structure is; under the CIO carries the same conflict as under
the CTO."""


@dataclass(frozen=True)
class StructureFit:
    """The judgement."""

    reasons: tuple[Reason, ...]
    preferred: Option | None
    """None where no structure leads by two reasons, or too little is known."""
    present: Option | None
    fit: Fit
    known: tuple[str, ...]
    """What was looked at."""
    not_known: tuple[str, ...]
    """What would have been looked at, and was not given."""

    def of(self, option: Option, *, is_for: bool) -> tuple[Reason, ...]:
        """The reasons for or against a structure, those of this company first."""
        found = [r for r in self.reasons if r.option is option and r.is_for is is_for]
        return tuple(sorted(found, key=lambda each: not each.counts))

    def score(self, option: Option) -> int:
        """Reasons of this company for the structure, less those against it."""
        counted = [each for each in self.reasons if each.counts and each.option is option]
        return sum(1 if each.is_for else -1 for each in counted)


def _plain(amount: float) -> str:
    return f"{amount:,.0f}"


def judge_structure(situation: Situation, money: Money = _plain) -> StructureFit:
    """Weigh the three structures.

    Args:
        situation: what is known of the company.
        money: how an amount of the company's currency is written in a sentence.
    """
    rules = {
        "loss against tolerance": tuple(by_loss(situation, money)),
        "rules it is under": tuple(by_regulation(situation)),
        "size": tuple(by_size(situation, money)),
        "major incidents": tuple(by_incidents(situation)),
        "growth stage": tuple(by_growth(situation)),
        "industry": tuple(by_industry(situation)),
    }
    missing = tuple(name for name in rules if name in _missing(situation))
    known = tuple(name for name in rules if name not in missing)
    reasons = tuple(each for found in rules.values() for each in found)
    scores = {
        option: sum((1 if each.is_for else -1) for each in reasons if each.option is option)
        for option in Option
    }
    present = PRESENT.get(situation.present)
    enough = len(known) >= LEAST_KNOWN
    return StructureFit(
        reasons=(*reasons, *GENERAL),
        preferred=_preferred(scores) if enough else None,
        present=present,
        fit=_fit(scores, present) if enough else Fit.NOT_JUDGED,
        known=known,
        not_known=missing,
    )


def _preferred(scores: Mapping[Option, int]) -> Option | None:
    first, second = sorted(scores, key=lambda each: -scores[each])[:2]
    return first if scores[first] - scores[second] >= MARGIN else None


def _fit(scores: Mapping[Option, int], present: Option | None) -> Fit:
    """The present structure fits unless another leads it by the margin."""
    if present is None:
        return Fit.NOT_JUDGED
    return Fit.DOES_NOT_FIT if max(scores.values()) - scores[present] >= MARGIN else Fit.FITS


def _missing(situation: Situation) -> Sequence[str]:
    """Names of the things that were not given, or that cannot be compared."""
    major = situation.major_incidents
    given = {
        "size": situation.employees is not None or compared_revenue(situation) is not None,
        "growth stage": bool(situation.growth_stage),
        "rules it is under": bool(situation.regimes),
        "industry": bool(situation.industry),
        "loss against tolerance": None not in (situation.loss_1_in_20, situation.tolerance_1_in_20),
        "major incidents": len(major) >= 4 and None not in major[-4:],
    }
    return [name for name, is_given in given.items() if not is_given]
