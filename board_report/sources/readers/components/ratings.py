"""What a CycloneDX document says of a vulnerability: how severe it is, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from board_report.sources.readers.components.reports import Texts

COLUMNS = (
    *("metadata.component", "id", "source.name", "cves", "affects.ref"),
    *("severity", "score", "standing", "closed"),
)
"""Headers that the table has in any case."""

CVSS_BANDS = (("9.0", "critical"), ("7.0", "high"), ("4.0", "medium"), ("0.1", "low"))
"""The qualitative scale of CVSS 3 and 4, as (least score, severity)."""

_ORDER = ("critical", "high", "medium", "low", "info", "none", "unknown")
"""The specification's severities, the highest first."""
_RESOLVED = ("resolved", "resolved_with_pedigree")
_NOT_OURS = {"not_affected": "not affected", "false_positive": "false positive"}


def rated(ratings: Sequence[tuple[str, str, str]]) -> Texts:
    """The severity of a vulnerability, or its CVSS score where no rating names a severity.

    A word that the specification does not know is kept, so that it is told. Scores of CVSS 2 are
    no help: its scale has no "critical".

    Args:
        ratings: severity, method and score of each.
    """
    words = [severity for severity, _, _ in ratings if severity]
    known = [each for each in words if each.casefold() in _ORDER]
    severity = min(known, key=lambda each: _ORDER.index(each.casefold()), default="")
    if severity.casefold() in ("", "unknown"):
        best = _highest([score for _, method, score in ratings if _is_banded(method)])
        return {"severity": "" if best else severity or next(iter(words), ""), "score": best}
    return {"severity": severity, "score": ""}


def _is_banded(method: str) -> bool:
    return method.casefold().startswith(("cvssv3", "cvssv4"))


def _highest(scores: Sequence[str]) -> str:
    """The highest score as it is written; empty where none is a number."""
    numbers = {score: number for score in scores if (number := _number(score)) is not None}
    return max(numbers, key=lambda each: numbers[each], default="")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def standing(state: str, updated: str) -> Texts:
    """Where the analysis leaves a vulnerability, and when it was closed.

    Args:
        state: of the analysis, empty where there is none.
        updated: when the analysis was last changed, which is when it said so.
    """
    plain = state.casefold()
    if plain in _RESOLVED:
        words = "resolved" if updated else "resolved without a date"
        return {"standing": words, "closed": updated}
    return {"standing": _NOT_OURS.get(plain, state), "closed": ""}


def affected_only(ref: str, versions: Sequence[str]) -> Texts:
    """The component that is affected; one of whose versions none is does not stand open.

    Args:
        ref: of the component.
        versions: what is said of each of its versions.
    """
    if versions and all(each.casefold() == "unaffected" for each in versions):
        return {"affects.ref": ref, "standing": "not affected"}
    return {"affects.ref": ref}
