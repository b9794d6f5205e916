"""What insurers pay of a year's losses: layer, coinsurance, waiting period, sublimits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from board_report.risk.quantities import FloatArray
from board_report.risk.scenarios import PRODUCTIVITY

if TYPE_CHECKING:
    from board_report.project import Insurance


@dataclass
class Claims:
    """What could be claimed of the losses of some years, in the money of the losses.

    All arrays have one number for each year.
    """

    plain: FloatArray
    """Under no sublimit; where retention and limit are for each event, what is paid already."""
    limited: dict[str, FloatArray] = field(default_factory=dict)
    """By form, where the policy pays at most so much of it."""

    def of(self, form: str) -> FloatArray:
        """The claims of one form, to add to; ``""`` is under no sublimit."""
        if not form:
            return self.plain
        return self.limited.setdefault(form, np.zeros_like(self.plain))


@dataclass(frozen=True)
class Policy:
    """A policy in the unit that losses are counted in.

    Order: what the waiting period leaves of an outage, then sublimits by form, then retention and
    limit, then the share of the layer that the insured bears.
    """

    retention: float
    limit: float
    coinsurance: float
    by_event: bool
    aggregate: float
    waiting_hours: float
    sublimits: Mapping[str, float]

    @classmethod
    def of(cls, insurance: Insurance, unit: float) -> Policy:
        """The policy with its money in whole parts of the reporting currency: 100 for cents."""
        aggregate = insurance.aggregate_limit
        return cls(
            retention=float(round(insurance.retention * unit)),
            limit=float(round(insurance.limit * unit)),
            coinsurance=insurance.coinsurance,
            by_event=insurance.applies == "event",
            aggregate=math.inf if aggregate is None else float(round(aggregate * unit)),
            waiting_hours=insurance.waiting_hours,
            sublimits={form: float(round(most * unit)) for form, most in insurance.sublimits},
        )

    @property
    def is_plain(self) -> bool:
        """Whether the sum of a year's losses is all that has to be known of it."""
        return not (self.by_event or self.waiting_hours or self.sublimits)

    def layer(self, losses: FloatArray) -> FloatArray:
        """What is paid above the retention and up to the limit, less coinsurance."""
        paid = np.clip(losses - self.retention, 0.0, self.limit)
        return np.asarray(np.rint(paid * (1 - self.coinsurance)), dtype=np.float64)

    def claimable(
        self, form: str, losses: FloatArray, outage_hours: FloatArray | None
    ) -> FloatArray:
        """What of each event's loss of one form lies outside the waiting period.

        Lost productivity is taken to arise evenly over the outage. Where the length of an outage
        is not stated and the policy has a waiting period, none of it can be claimed.
        """
        if not self.waiting_hours or form != PRODUCTIVITY:
            return losses
        if outage_hours is None:
            return np.zeros_like(losses)
        share = np.maximum(1 - self.waiting_hours / np.maximum(outage_hours, 1e-9), 0.0)
        return np.asarray(np.rint(losses * share), dtype=np.float64)

    def event_claims(self, forms: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """What each event adds to the year's claims, by form; ``""`` holds what has no sublimit.

        Where retention and limit are for each event it is what is paid, all under ``""``.
        """
        plain = sum(
            (losses for form, losses in forms.items() if form not in self.sublimits),
            start=np.zeros(1),
        )
        limited = {form: losses for form, losses in forms.items() if form in self.sublimits}
        if not self.by_event:
            return {"": np.asarray(plain), **limited}
        for form, losses in limited.items():
            plain = plain + np.minimum(losses, self.sublimits[form])
        return {"": self.layer(np.asarray(plain))}

    def paid(self, claims: Claims) -> FloatArray:
        """What is paid in each year."""
        if self.by_event:
            return np.minimum(claims.plain, self.aggregate)
        total = claims.plain
        for form, losses in claims.limited.items():
            total = total + np.minimum(losses, self.sublimits[form])
        return self.layer(total)
