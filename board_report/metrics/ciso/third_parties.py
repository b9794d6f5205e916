"""Third parties with access to systems or data: how many, assessed, rated, and their findings.

The table is a snapshot at quarter end: a quarter without rows was not measured.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from board_report.metrics.declare import (
    BoolArray,
    Comparison,
    Direction,
    Measure,
    Owner,
    Scope,
    Unit,
    count_of,
    equals,
    metric,
    not_measured,
    numbers,
    of_quarter,
    on_or_before,
    remark,
    share_of,
    spread,
    sum_of,
)
from board_report.model import State

SUBJECT = "Third parties"
SPLITS = ("tier",)
TABLE = "third_parties"
TIER = f"{TABLE}.tier"
ASSESSED_WITHIN_DAYS = 365
USUAL_SCALE = 100.0
"""Top of the scale of a rating that does not name its own."""
SUPPLY_CHAIN = "NIST SP 800-161 Rev. 1"


def _vendors(scope: Scope) -> BoolArray:
    return of_quarter(scope.frame(TABLE)["quarter"], scope.window)


def _no_snapshot(scope: Scope) -> Measure:
    return not_measured(f"no third parties recorded for {scope.window.quarter}")


@metric(
    id="third_parties_count",
    title="Third parties",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    owner=Owner.CISO,
    formula="Vendors with access to systems or data at the end of the quarter.",
    denominator="vendors at quarter end",
    empty="not measured",
    columns=("third_parties.quarter",),
    splits=SPLITS,
    reference=SUPPLY_CHAIN,
    comparison=Comparison.STATED,
)
def third_parties_count(scope: Scope) -> Measure:
    """The size of the population that the other figures are about."""
    vendors = _vendors(scope)
    return count_of(TABLE, vendors) if vendors.any() else _no_snapshot(scope)


@metric(
    id="tier_1_assessed_share",
    title="Tier 1 vendors assessed",
    subject=SUBJECT,
    unit=Unit.RATIO,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Tier 1 vendors assessed in the 365 days before quarter end / tier 1 vendors.",
    denominator="tier 1 vendors at quarter end",
    empty="not measured",
    columns=("third_parties.quarter", "third_parties.tier", "third_parties.last_assessed_on"),
    needs=(TIER,),
    minimum_n=5,
    reference=SUPPLY_CHAIN,
    comparison=Comparison.STATED,
)
def tier_1_assessed_share(scope: Scope) -> Measure:
    """Critical vendors only; those never assessed stay in the denominator, and are noted."""
    frame = scope.frame(TABLE)
    vendors = _vendors(scope)
    if not vendors.any():
        return _no_snapshot(scope)
    critical = vendors & equals(frame["tier"], "tier_1")
    assessed = frame["last_assessed_on"].to_numpy(dtype="datetime64[D]")
    oldest = np.datetime64(scope.window.cutoff_day) - np.timedelta64(ASSESSED_WITHIN_DAYS, "D")
    done = on_or_before(frame["last_assessed_on"], scope.window)
    never, stale = critical & ~done, critical & done & (assessed < oldest)
    counts = {"never_assessed": float(never.sum()), "over_a_year_old": float(stale.sum())}
    note = remark(
        (counts["never_assessed"], "never assessed"),
        (counts["over_a_year_old"], "assessed over a year ago"),
    )
    share = share_of(TABLE, done & ~stale, critical, note=note)
    return replace(share, parts={**share.parts, **counts}, judged={TIER: vendors})


@metric(
    id="third_party_rating",
    title="Third-party rating",
    subject=SUBJECT,
    unit=Unit.SCORE,
    direction=Direction.UP,
    owner=Owner.CISO,
    formula="Median outside-in security rating of the vendors that have one, at quarter end.",
    denominator="rated vendors at quarter end",
    empty="not measured",
    columns=("third_parties.quarter", "third_parties.rating", "third_parties.rating_out_of"),
    splits=SPLITS,
    minimum_n=5,
    headline="median",
    reference="On the rating service's own scale; withheld where a quarter has ratings on two.",
)
def third_party_rating(scope: Scope) -> Measure:
    """A median of scores; an unrated vendor has no score and is counted, not zero.

    Scores of services with different scales have no common median.
    """
    frame = scope.frame(TABLE)
    rating, out_of = numbers(frame["rating"]), numbers(frame["rating_out_of"])
    vendors = _vendors(scope)
    if not vendors.any():
        return _no_snapshot(scope)
    rated = vendors & ~np.isnan(rating)
    unrated = float((vendors & ~rated).sum())
    if len(set(np.where(np.isnan(out_of), USUAL_SCALE, out_of)[rated].tolist())) > 1:
        note = "the ratings are on different scales"
        return Measure(None, 0, note=note, rows={TABLE: rated}, state=State.WITHHELD)
    figures = spread(rating[rated]) if rated.any() else {}
    if figures:
        figures["lowest"] = float(rating[rated].min())
    return Measure(
        value=figures.get("median"),
        n=int(rated.sum()),
        parts={**figures, "unrated": unrated},
        note=remark((unrated, "unrated")),
        rows={TABLE: rated},
        state=None if figures else State.WITHHELD,
    )


@metric(
    id="third_parties_unrated",
    title="Third parties unrated",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Vendors at quarter end for which the rating service gives no score.",
    denominator="unrated vendors at quarter end",
    empty="not measured",
    columns=("third_parties.quarter", "third_parties.rating"),
    splits=SPLITS,
    comparison=Comparison.STATED,
)
def third_parties_unrated(scope: Scope) -> Measure:
    """What the median rating says nothing about."""
    vendors = _vendors(scope)
    if not vendors.any():
        return _no_snapshot(scope)
    return count_of(TABLE, vendors & np.isnan(numbers(scope.frame(TABLE)["rating"])))


@metric(
    id="third_party_criticals",
    title="Third-party criticals open",
    subject=SUBJECT,
    unit=Unit.COUNT,
    direction=Direction.DOWN,
    owner=Owner.CISO,
    formula="Sum of the critical findings held against vendors and open at quarter end.",
    denominator="vendors at quarter end whose findings are known",
    empty="not measured",
    columns=("third_parties.quarter", "third_parties.open_criticals"),
    splits=SPLITS,
    headline="sum",
    reference=SUPPLY_CHAIN,
)
def third_party_criticals(scope: Scope) -> Measure:
    """Findings of our own assessments, not the rating service's."""
    vendors = _vendors(scope)
    if not vendors.any():
        return _no_snapshot(scope)
    findings = numbers(scope.frame(TABLE)["open_criticals"])
    return sum_of(TABLE, findings, vendors, unknown_word="of unknown findings")


METRICS = (
    third_parties_count,
    tier_1_assessed_share,
    third_party_rating,
    third_parties_unrated,
    third_party_criticals,
)
