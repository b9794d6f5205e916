"""What can be questioned in the choice of a vendor, as findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from board_report.governance.rows import Row, plain_rows, text_of
from board_report.governance.vendor_selection import (
    OFFICES,
    Selection,
    fraction_of,
    line_of,
    same_name,
    scores_by_selection,
    vendor_selections,
)
from board_report.model import Finding, Severity
from board_report.sources.faults import Explanation, explained
from board_report.tables.schema import SOURCE_COLUMN

if TYPE_CHECKING:
    from board_report.period import Window
    from board_report.tables.schema import TableSet


class VendorCode(StrEnum):
    """What can be questioned in the choice of a vendor."""

    SCORED_BY_ONE = "vendor_scored_by_one"
    CHOICE_NOT_TOP = "vendor_choice_not_top"
    WEIGHTS_DIFFER = "vendor_weights_differ"
    RANKING_FRAGILE = "vendor_ranking_fragile"
    WEIGHTS_NOT_ONE = "vendor_weights_not_one"


VENDOR_FAULTS: dict[VendorCode, Explanation] = {
    VendorCode.SCORED_BY_ONE: Explanation(
        Severity.WARNING,
        "A vendor was not scored by both offices, so that it cannot be ranked.",
        "{vendor} {verb} not scored by {missing} in {selection} ({title}); no rank is given.",
        "Add the missing office's scores, or leave the vendor out of the selection.",
    ),
    VendorCode.CHOICE_NOT_TOP: Explanation(
        Severity.WARNING,
        "The vendor that was chosen is not the first at the declared weight.",
        "{value} was chosen in {selection} ({title}), and {top} is first at the declared weight.",
        "Tell the board why the ranking was not followed, or correct the scores or the choice.",
    ),
    VendorCode.WEIGHTS_DIFFER: Explanation(
        Severity.WARNING,
        "An office weighs a criterion differently from vendor to vendor.",
        "the {office} weighs {criterion} differently from vendor to vendor in {selection} "
        "({title}).",
        "Give every vendor of a selection the same weights.",
    ),
    VendorCode.RANKING_FRAGILE: Explanation(
        Severity.NOTE,
        "Another vendor would be first if the weight moved by a tenth or less.",
        "{before} is first in {selection} ({title}) while the CISO's weight is below {turn}, and "
        "{after} above it; {weight} was declared.",
        "Say in the decision why the weight is what it is.",
    ),
    VendorCode.WEIGHTS_NOT_ONE: Explanation(
        Severity.NOTE,
        "The weights of an office's criteria do not sum to 1; they are scaled so that they do.",
        "the weights of the {office} for {vendor} sum to {total} in {selection} ({title}); they "
        "are scaled to 1.",
        "Make the weights of each office sum to 1, and score every vendor on every criterion.",
    ),
}
"""What each code means; every code has one."""


def vendor_findings(tables: TableSet, window: Window) -> tuple[Finding, ...]:
    """What can be questioned in the selections decided in the four quarters to the cutoff.

    Nothing is said where no scores were given at all: that file is asked for elsewhere.
    """
    if not tables.measured("vendor_scores"):
        return ()
    scores = scores_by_selection(plain_rows(tables.frame("vendor_scores")))
    decided = [each for each in vendor_selections(tables, window) if each.decided_on]
    return tuple(
        finding
        for each in decided
        for finding in (
            *_unscored(each, scores.get(each.selection_id, ())),
            *_choice(each),
            *_differing(each, scores.get(each.selection_id, ())),
            *_fragile(each),
            *_scaled(each, scores.get(each.selection_id, ())),
        )
    )


def _tell(
    code: VendorCode,
    of: Selection,
    facts: Mapping[str, object],
    *,
    row: Row | None = None,
    column: str = "",
    value: str = "",
) -> Finding:
    return explained(
        VENDOR_FAULTS[code],
        code,
        {"selection": of.selection_id, "title": of.title, **facts},
        file=text_of(row, SOURCE_COLUMN) if row else of.file,
        line=line_of(row) if row else of.line,
        column=column,
        value=value,
        table="vendor_scores" if row else "vendor_selections",
    )


def _unscored(of: Selection, scores: Sequence[Row]) -> list[Finding]:
    """One finding for each way of missing: by the CISO, by the CTO, or by both."""
    found = []
    for missing in dict.fromkeys(each.missing for each in of.unranked):
        names = [each.name for each in of.unranked if each.missing == missing]
        facts = {
            "vendor": _listed(names),
            "verb": "was" if len(names) == 1 else "were",
            "missing": f"the {' or the '.join(missing)}",
        }
        row = _first_row(scores, names[0])
        found.append(
            _tell(
                VendorCode.SCORED_BY_ONE, of, facts, row=row, column="vendor_name", value=names[0]
            )
        )
    names = [same_name(each.name) for each in (*of.ranked, *of.unranked)]
    if of.chosen and same_name(of.chosen) not in names:
        facts = {"vendor": of.chosen, "verb": "was", "missing": "the CISO or the CTO"}
        found.append(
            _tell(VendorCode.SCORED_BY_ONE, of, facts, column="chosen_vendor", value=of.chosen)
        )
    return found


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _first_row(scores: Sequence[Row], vendor: str) -> Row:
    return next(row for row in scores if text_of(row, "vendor_name") == vendor)


def _choice(of: Selection) -> list[Finding]:
    if of.is_choice_top is not False:
        return []
    facts = {"top": _listed(of.top)}
    return [_tell(VendorCode.CHOICE_NOT_TOP, of, facts, column="chosen_vendor", value=of.chosen)]


def _differing(of: Selection, scores: Sequence[Row]) -> list[Finding]:
    found = []
    seen: dict[tuple[str, str], Fraction] = {}
    told: set[tuple[str, str]] = set()
    for row in scores:
        key = (text_of(row, "scored_by_role"), text_of(row, "criterion"))
        weight = fraction_of(row, "weight")
        if seen.setdefault(key, weight) != weight and key not in told:
            told.add(key)
            facts = {"office": key[0], "criterion": key[1]}
            value = decimal(weight, 4)
            found.append(
                _tell(VendorCode.WEIGHTS_DIFFER, of, facts, row=row, column="weight", value=value)
            )
    return found


def _fragile(of: Selection) -> list[Finding]:
    turn = of.nearest_turn
    if turn is None or not of.is_fragile:
        return []
    facts = {
        "before": _listed(turn.before),
        "after": _listed(turn.after),
        "turn": decimal(turn.weight, 2),
        "weight": decimal(of.weight, 2),
    }
    value = decimal(of.weight, 2)
    return [_tell(VendorCode.RANKING_FRAGILE, of, facts, column="ciso_weight", value=value)]


def _scaled(of: Selection, scores: Sequence[Row]) -> list[Finding]:
    """One finding for each office: the first vendor whose weights do not sum to 1."""
    found = []
    for office in OFFICES:
        vendors = (*of.ranked, *of.unranked)
        off = [each for each in vendors if each.weights.get(office, Fraction(1)) != 1]
        if off:
            first = min(off, key=lambda each: each.line)
            total = decimal(first.weights[office], 4)
            facts = {"office": office, "vendor": first.name, "total": total}
            row = next(
                row
                for row in scores
                if text_of(row, "vendor_name") == first.name
                and text_of(row, "scored_by_role") == office
            )
            found.append(
                _tell(VendorCode.WEIGHTS_NOT_ONE, of, facts, row=row, column="weight", value=total)
            )
    return found


def decimal(value: Fraction, places: int) -> str:
    """A fraction in at most so many decimals, half up, without trailing zeros."""
    scaled = (value * 10**places + Fraction(1, 2)).__floor__()
    return f"{scaled / 10**places:.{places}f}".rstrip("0").rstrip(".") or "0"
