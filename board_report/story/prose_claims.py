"""Whether a claim holds of a figure: its course since a quarter and a year ago, and its target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from board_report.metrics.declare import Direction, Unit
from board_report.model import Status
from board_report.story import formats
from board_report.story.live_figures import YEAR
from board_report.story.prose_lexicon import RATIOS, RECORDS, TARGETS, Claim

if TYPE_CHECKING:
    from board_report.period import Quarter
    from board_report.story.facts import BoardFacts

FLAT = 0.03
"""Below this share of the earlier value a move is fairly called none (ratios: a point)."""
FEWEST = 4
"""Measured quarters without which there is no record."""
JUDGED = (Claim.BETTER, Claim.WORSE, Claim.FASTER, Claim.SLOWER)
"""Claims that need enough cases, as the page's own; "down from" only tells of the digits."""
MOVED = (*JUDGED, Claim.UP, Claim.DOWN, *RATIOS)
"""Claims that something moved, which is no news where chance alone moves it as far."""
_RANGES = {Claim.DOUBLED: (1.8, 2.3), Claim.TRIPLED: (2.7, 3.4), Claim.HALVED: (0.45, 0.55),
           Claim.TWICE_AS_FAST: (0.435, 0.556)}  # fmt: skip
"""Now over then, for which the word is fair; as fast: the reverse of 1.8 to 2.3."""
_YEAR_AGO = re.compile(
    r"\b(?:a|one|last)\s(?:full\s)?year(?:\sago|\searlier|\sbefore)?\b|\byear[\s-]on[\s-]year\b|"
    r"\btwelve\smonths\b|\bover\sthe\s(?:last\s|past\s)?year\b|\bsame\squarter\b",
    re.IGNORECASE,
)
_QUARTER_AGO = re.compile(
    r"\b(?:last|previous|prior)\squarter\b|\bquarter[\s-]on[\s-]quarter\b|\bthis\squarter\b|"
    r"\bthe\squarter\sbefore\b|\bin\sthe\squarter\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\b(?:two|eight)\s(?:years|quarters)\b|\bsteadily\b|\bsince\s(?:we|the\sprogram|then)\b|"
    r"\b(?:every|each)\squarter\b|\b(?:two|three|four|five|six|seven)\squarters\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:(?P<a>20\d\d)-)?\bQ(?P<q>[1-4])(?:\s(?P<b>20\d\d))?\b")
_SINCE = re.compile(
    r"\b(?:since|than|from|against|on|versus)\s(?:in\s|that\sof\s)?(?:20\d\d-)?Q[1-4]"
)
_MONTHS = (
    "January|February|March|April|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_OTHER = re.compile(rf"\b(?:{_MONTHS})\b|\b(?:in|since|until|during)\s20\d\d\b|\bearlier\sthis\b")


def bases_of(sentence: str, quarter: Quarter, cited: frozenset[int]) -> tuple[int, ...] | None:
    """How many quarters ago the sentence compares with; None where that cannot be told.

    Without a word about it both the quarter before and the year before count, and a claim that
    holds for either stands.

    Args:
        sentence: its words.
        quarter: the one reported on.
        cited: quarters ago that it cites a figure of.
    """
    named = [quarter.index - _index(found, quarter) for found in _NAMED.finditer(sentence)]
    past = [each for each in named if each > 0]
    if past:
        return tuple(past) if _SINCE.search(sentence) else None
    if _OTHER.search(sentence):
        return None
    if _LONG.search(sentence):
        return tuple(range(1, 8))
    ago = tuple(sorted(each for each in cited if each))
    if _YEAR_AGO.search(sentence):
        return (YEAR, *ago)
    if _QUARTER_AGO.search(sentence):
        return (1, *ago)
    return ago or (1, YEAR)


def is_of_today(sentence: str, quarter: Quarter) -> bool:
    """False for a sentence that speaks of another time than the quarter reported on."""
    is_past = re.search(
        r"\b(?:last|previous|prior|next|coming)\s(?:quarter|year)\b", sentence, re.I
    )
    return not is_past and bases_of(sentence, quarter, frozenset()) in ((1,), (1, YEAR))


def _index(found: re.Match[str], quarter: Quarter) -> int:
    year = int(found["a"] or found["b"] or 0)
    number = int(found["q"])
    if not year:
        year = quarter.year if number <= quarter.number else quarter.year - 1
    return year * 4 + number - 1


def holds(
    claim: Claim,
    metric_id: str,
    facts: BoardFacts,
    bases: tuple[int, ...] | None,
    *,
    is_negated: bool = False,
) -> bool | None:
    """Whether a claim is borne out; None where the figures cannot tell.

    A negated one ("has not improved") is contradicted only where the claim itself holds against
    every quarter that it can be compared with.
    """
    if claim in TARGETS:
        found = _of_target(claim, metric_id, facts) if bases else None
        return found if found is None or not is_negated else not found
    if bases is None:
        return None
    if claim in RECORDS:
        found = _of_record(claim, metric_id, facts)
        return None if is_negated else found
    told = [each for ago in bases if (each := _against(claim, metric_id, facts, ago)) is not None]
    if not told:
        is_thin = claim in JUDGED and _too_few(metric_id, facts, bases)
        return False if is_thin and not is_negated else None
    if is_negated:
        # A move within chance is none, so that nothing denies that there was none.
        return not all(told) or any(is_of_chance(claim, metric_id, facts, (ago,)) for ago in bases)
    return any(told)


def is_of_chance(
    claim: Claim, metric_id: str, facts: BoardFacts, bases: tuple[int, ...] | None
) -> bool:
    """Whether a claim that the digits bear out is of a move that chance makes as well.

    A claim may be meant of any of several quarters; it is news where it is so of one of them. Only
    moves since the quarter before and since a year ago were told from chance.
    """
    if claim not in MOVED:
        return False
    borne = [ago for ago in bases or () if _against(claim, metric_id, facts, ago)]
    return bool(borne) and all(
        ago in (1, YEAR) and facts.is_chance(metric_id, ago=ago) for ago in borne
    )


def _against(claim: Claim, metric_id: str, facts: BoardFacts, ago: int) -> bool | None:
    """The claim against one earlier quarter."""
    pair = _pair(metric_id, facts, ago, is_judged=claim in JUDGED)
    if pair is None:
        return None
    now, then, unit = *pair, facts.unit(metric_id)
    if claim in RATIOS:
        low, high = _RANGES[claim]
        return low <= now / then <= high if then else None
    moved = formats.shown(now, unit) - formats.shown(then, unit)
    if claim is Claim.SAME:
        near = 0.0101 if unit is Unit.RATIO else FLAT * abs(then)
        is_chance = ago in (1, YEAR) and facts.is_chance(metric_id, ago=ago)
        return is_chance or abs(moved) <= near + 1e-9
    up = _is_up(claim, metric_id, facts)
    return None if up is None else (moved > 0) == up and moved != 0


def _is_up(claim: Claim, metric_id: str, facts: BoardFacts) -> bool | None:
    """Whether the claim says that the value rose; None where up is neither good nor bad."""
    if claim in (Claim.UP, Claim.DOWN):
        return claim is Claim.UP
    spec = facts.figures.spec(metric_id)
    if claim in (Claim.FASTER, Claim.SLOWER) and spec.unit in (Unit.HOURS, Unit.DAYS, Unit.YEARS):
        return claim is Claim.SLOWER
    if spec.direction is Direction.NEITHER:
        return None
    return (claim in (Claim.BETTER, Claim.FASTER)) == (spec.direction is Direction.UP)


def _pair(
    metric_id: str, facts: BoardFacts, ago: int, *, is_judged: bool
) -> tuple[float, float] | None:
    """Now and then, where both are measured, and over enough cases where one is to be judged."""
    now, then = facts.now(metric_id), facts.ago(metric_id, ago)
    if then is None or now.value is None or then.value is None:
        return None
    fewest = facts.figures.spec(metric_id).minimum_n if is_judged else 0
    return (now.value, then.value) if min(now.n, then.n) >= fewest else None


def _too_few(metric_id: str, facts: BoardFacts, bases: tuple[int, ...]) -> bool:
    """True when there are values to compare, and too few cases behind them."""
    now = facts.now(metric_id).value
    then = [facts.ago(metric_id, ago) for ago in bases]
    return now is not None and any(each and each.value is not None for each in then)


def _of_target(claim: Claim, metric_id: str, facts: BoardFacts) -> bool | None:
    series, status = facts.series(metric_id), facts.status(metric_id)
    if status is Status.NONE or series.target is None:
        return None
    if claim is Claim.NEAR_TARGET:
        return status is Status.NEAR
    if claim in (Claim.ABOVE_TARGET, Claim.BELOW_TARGET):
        sign = 1 if claim is Claim.ABOVE_TARGET else -1
        return sign * (facts.now(metric_id).value or 0.0) >= sign * series.target.value
    if claim is Claim.OFF_TARGET:
        return status is not Status.ON
    if claim is Claim.FIRST_TIME:
        earlier = [each.value for each in series.values[:-1] if each.value is not None]
        met = [series.target.status(each) is Status.ON for each in earlier]
        return status is Status.ON and bool(met) and not any(met)
    return status is Status.ON


def _of_record(claim: Claim, metric_id: str, facts: BoardFacts) -> bool | None:
    """Over all quarters of the series; one that equals an earlier one still counts."""
    unit, spec = facts.unit(metric_id), facts.figures.spec(metric_id)
    values = [formats.shown(each, unit) for each in facts.values(metric_id) if each is not None]
    now = facts.now(metric_id).value
    if now is None or len(values) < FEWEST:
        return None
    if claim in (Claim.RECORD_BEST, Claim.RECORD_WORST):
        if spec.direction is Direction.NEITHER:
            return None
        is_high = (claim is Claim.RECORD_BEST) == (spec.direction is Direction.UP)
    else:
        is_high = claim is Claim.RECORD_HIGH
    return formats.shown(now, unit) == (max(values) if is_high else min(values))


def told(metric_id: str, facts: BoardFacts, claim: Claim, bases: tuple[int, ...]) -> str:
    """The figures that decide: ``19 h now, 17 h the quarter before, 41 h a year ago``."""
    said = [f"{facts.text(metric_id)} now"]
    if claim in TARGETS:
        target = facts.target_text(metric_id)
        return f"{said[0]}, target {target}, {facts.status(metric_id)}"
    if claim in RECORDS:
        every = [facts.text(metric_id, ago=ago) for ago in reversed(range(len(facts.quarters)))]
        return f"{said[0]}, over the quarters {', '.join(every)}"
    words = {1: "the quarter before", YEAR: "a year ago"}
    for ago in bases:
        then = facts.ago(metric_id, ago)
        if then is not None and then.value is not None:
            pair = _pair(metric_id, facts, ago, is_judged=claim in JUDGED)
            few = "" if pair else " (too few cases to compare)"
            when = words.get(ago, f"in {then.quarter}")
            said.append(f"{facts.text(metric_id, ago=ago)} {when}{few}")
    return ", ".join(said)
