"""Choose the filers that a draft is held against: same form, same industry, one filing each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from board_report.governance.peers.industries import code_at, title_at
from board_report.governance.peers.records import Filing, Level, PeerSet, Try

MINIMUM = 20
"""Filers that a set needs: a quarter of them is then five, and one filer moves a share by 5%."""
FORMS = {
    "10-K": ("10-K", "10-K/A", "10-KT", "10-KT/A"),
    "20-F": ("20-F", "20-F/A", "20-FT", "20-FT/A"),
}
"""Form to the forms that are the same report: its amendments, and those that bridge two years."""


def peer_set(
    filings: Iterable[Filing],
    sic: str,
    form: str,
    *,
    year_ends: tuple[date, date],
    without_cik: int = 0,
    minimum: int = MINIMUM,
) -> PeerSet:
    """The filers of the narrowest industry that has enough of them.

    Of each filer the latest filing counts whose fiscal year ended in the window: the latest year,
    and of that year what was filed last, so that an amendment replaces what it amends. Filers are
    then counted by four digits of the code, by three, by two, by division, and at last all of the
    form are taken, until there are enough.

    Args:
        filings: every filing on hand.
        sic: four digits; empty takes all filers of the form.
        form: ``10-K`` or ``20-F``.
        year_ends: the first and the last end of a fiscal year that counts.
        without_cik: of a filer that is left out: nobody is one's own peer; 0 leaves none out.
        minimum: filers that are enough.

    Raises:
        ValueError: the form is none of the two.
    """
    if form not in FORMS:
        raise ValueError(f"there are no peers for Form {form}")
    latest = latest_filings(
        each
        for each in filings
        if each.form in FORMS[form]
        and year_ends[0] <= each.period <= year_ends[1]
        and each.cik != without_cik
    )
    tries: list[Try] = []
    chosen: Sequence[Filing] = ()
    for level in _levels(sic):
        code = code_at(sic, level)
        chosen = [each for each in latest if _is_of(each, level, code)]
        tries.append(Try(level, code, title_at(sic, level), len(chosen)))
        if len(chosen) >= minimum:
            break
    return PeerSet(form, sic, *year_ends, tuple(chosen), tuple(tries), minimum)


def latest_filings(filings: Iterable[Filing]) -> tuple[Filing, ...]:
    """Of each filer the filing of its latest fiscal year that was filed last, by CIK."""
    latest: dict[int, Filing] = {}
    for each in filings:
        if each.cik not in latest or _when(each) > _when(latest[each.cik]):
            latest[each.cik] = each
    return tuple(latest[cik] for cik in sorted(latest))


def _when(filing: Filing) -> tuple[date, date, str]:
    return filing.period, filing.filed_on, filing.accession


def _levels(sic: str) -> Sequence[Level]:
    if not sic:
        return [Level.ALL]
    return [Level.INDUSTRY, Level.GROUP, Level.MAJOR_GROUP, Level.DIVISION, Level.ALL]


def _is_of(filing: Filing, level: Level, code: str) -> bool:
    """A filer without a code belongs to no industry, and is counted among all."""
    return level is Level.ALL or (filing.sic != "" and code_at(filing.sic, level) == code)
