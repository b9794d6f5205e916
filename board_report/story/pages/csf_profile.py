"""NIST CSF 2.0 profile: each category's rating against its target and a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from board_report.governance.csf import CATEGORIES, FUNCTIONS
from board_report.model import State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import first_that_fits, key_figure
from board_report.story.page import FigureSpec, Page

FAR = 1.5
"""A rating this far below its target is drawn in red."""
NAMED = 3
_LEFT = ("GV", "ID", "DE")
_LABELS = {each.id: each.label for each in CATEGORIES}
_KEYS = (
    ("csf_assessed_share", "of the categories in the profile"),
    ("csf_at_target_share", "of the categories assessed"),
)


@dataclass(frozen=True)
class Rating:
    """One category of the quarter's profile."""

    category_id: str
    label: str
    now: float | None
    target: float | None
    year_ago: float | None
    in_profile: bool = True

    @property
    def gap(self) -> float:
        """Points below the target; 0 where not assessed or at target."""
        if self.now is None or self.target is None:
            return 0.0
        return max(self.target - self.now, 0.0)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: 22 categories by function."""
    ratings = _ratings(facts)
    is_measured = facts.now("csf_assessed_share").measured
    return (
        Page(
            id="csf-profile",
            section="NIST CSF 2.0 profile",
            title=_title(facts, ratings),
            context=_context(facts),
            owners=facts.owner("CISO"),
            sources=(
                "Sources: CSF profile at quarter end; names of categories after NIST CSWP 29. "
                "Ratings describe outcomes and are not CSF tiers. Definitions: appendix."
            ),
            body={
                "measured": is_measured,
                "unassessed": [each.label for each in ratings if each.now is None],
                "key": _key(ratings),
                "key_figures": [key_figure(facts, each, words) for each, words in _KEYS],
            },
            figures={"profile": _figure(facts, ratings, is_measured=is_measured)},
            metric_ids=tuple(each for each, _ in _KEYS),
        ),
    )


# --- rows --------------------------------------------------------------------------------------


def _ratings(facts: BoardFacts) -> list[Rating]:
    """The framework's categories in its order, then those that only the profile names."""
    now, before = _of_quarter(facts, 0), _of_quarter(facts, 4)
    extra = sorted(set(now) - set(_LABELS))
    return [
        Rating(
            category_id=each,
            label=_LABELS.get(each, each),
            now=now[each][0] if each in now else None,
            target=now[each][1] if each in now else None,
            year_ago=before[each][0] if each in before else None,
            in_profile=each in now,
        )
        for each in (*_LABELS, *extra)
    ]


def _of_quarter(facts: BoardFacts, ago: int) -> Mapping[str, tuple[float | None, float]]:
    """Rating and target of each category in a quarter; no rating is None."""
    rows = facts.rows("csf_profile")
    some = rows[rows["quarter"] == str(facts.project.quarter.shift(-ago))]
    return {
        row["category_id"]: (
            float(row["current"]) if row["current"] == row["current"] else None,
            float(row["target"]),
        )
        for row in some.to_dict("records")
    }


# --- words -------------------------------------------------------------------------------------


def _title(facts: BoardFacts, ratings: list[Rating]) -> str:
    share, at_target = facts.now("csf_assessed_share"), facts.now("csf_at_target_share")
    if share.value is None:
        return "The NIST CSF 2.0 profile is " + (
            "not measured" if share.state is State.NOT_MEASURED else "withheld"
        )
    assessed = _assessed(facts)
    if at_target.value is None:
        if not share.value:
            return f"None of {share.n} categories is assessed, so no rating can be shown"
        return f"Only {assessed} are assessed, too few for a headline"
    met, whole = int(at_target.parts["numerator"]), at_target.n
    if met == whole:
        return f"Every assessed category is at its target ({whole} of {_in_profile(facts)})"
    there = _there(facts, met, whole)
    far = _furthest(ratings)
    if not far:
        reached = there[-1].replace("reached it", "reached the target")
        return sentences.capital(f"{reached}; no gap stands out among the others")
    verb = "is" if len(far) == 1 else "are"
    start = f"{sentences.capital(formats.listed([_lower(each) for each in far]))} {verb} "
    return first_that_fits(*(f"{start}furthest from target; {each}" for each in there))


def _there(facts: BoardFacts, met: int, whole: int) -> tuple[str, ...]:
    """How many assessed categories are at their target, and a year ago."""
    has = "has" if met < 2 else "have"
    count = formats.count_words(met) if met else "none"
    said = f"{count} of {formats.counted(whole, 'assessed category', 'assessed categories')} {has}"
    said += " reached it"
    before = facts.ago("csf_at_target_share", 4)
    if before is None or before.value is None:
        return (said,)
    then = int(before.parts["numerator"])
    if then == met:
        return (f"{said}, as many as a year ago" if met else f"{said}, as a year ago", said)
    return (f"{said}, {formats.count_words(then) if then else 'none'} a year ago", said)


def _furthest(ratings: list[Rating]) -> list[str]:
    """Up to three labels whose gaps are wider than every other, widest first; else none."""
    by_gap = sorted((each for each in ratings if each.gap > 0), key=lambda one: -one.gap)
    for count in range(min(NAMED, len(by_gap)), 0, -1):
        if count == len(by_gap) or by_gap[count - 1].gap > by_gap[count].gap + 1e-9:
            return [each.label for each in by_gap[:count]]
    return []


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _assessed(facts: BoardFacts) -> str:
    """``17 of 22 categories``."""
    share = facts.now("csf_assessed_share")
    done = formats.number(share.parts["numerator"])
    return f"{done} of {formats.counted(share.n, 'category', 'categories', words=False)}"


def _in_profile(facts: BoardFacts) -> str:
    return formats.number(facts.now("csf_assessed_share").n)


def _context(facts: BoardFacts) -> str:
    share = facts.now("csf_assessed_share")
    if share.value is None:
        return sentences.capital(f"{share.note}.") if share.note else ""
    hatched = "" if share.value == 1 else " the others are hatched and carry no rating."
    return (
        f"Rating of outcomes, 0 to 4. {_assessed(facts)} assessed "
        f"({facts.text('csf_assessed_share')}){';' if hatched else '.'}{hatched} No overall score "
        "is formed."
    )


def _key(ratings: list[Rating]) -> list[tuple[str, str]]:
    if all(each.now is None for each in ratings):
        return [("hatch", "nothing is known")]
    signs = [("dot", "current"), ("tick", "target")]
    if any(each.year_ago is not None and each.year_ago != each.now for each in ratings):
        signs.append(("hollow", "a year ago, if different"))
    if any(each.gap >= FAR for each in ratings):
        signs.append(("off", f"{formats.number(FAR, 1)} or more below target"))
    return signs


# --- the picture -------------------------------------------------------------------------------


def _figure(facts: BoardFacts, ratings: list[Rating], *, is_measured: bool) -> FigureSpec:
    missing = "not in profile" if is_measured else "not measured"
    left = [_group(ratings, each, missing) for each in _LEFT]
    right = [_group(ratings, each, missing) for each in FUNCTIONS if each not in _LEFT]
    others = [_row(each, missing) for each in ratings if each.category_id[:2] not in FUNCTIONS]
    if others:
        right.append({"title": "Other", "rows": others})
    return FigureSpec(
        kind="profile",
        data={
            "sides": [left, right],
            "axis": {
                "low": 0.0,
                "high": 4.0,
                "ticks": [[float(at), str(at)] for at in range(5)],
            },
        },
        width=642,
        height=306,
        alt=(
            f"Rating of each CSF 2.0 category against its target: {_assessed(facts)} assessed; "
            f"at target {facts.text('csf_at_target_share')}."
        )
        if is_measured
        else "Categories of the CSF 2.0 by function; none is measured.",
    )


def _group(ratings: list[Rating], function: str, missing: str) -> dict[str, object]:
    return {
        "title": FUNCTIONS[function],
        "rows": [_row(each, missing) for each in ratings if each.category_id[:2] == function],
    }


def _row(rating: Rating, missing: str) -> dict[str, object]:
    return {
        "label": rating.label,
        "now": rating.now,
        "target": rating.target,
        "year_ago": rating.year_ago,
        "is_far": rating.gap >= FAR,
        "absent": "not assessed" if rating.in_profile else missing,
    }
