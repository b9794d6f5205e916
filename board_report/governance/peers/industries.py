"""Industries by SIC code: their titles, groups and divisions, and finding one by words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from board_report.errors import BoardReportError
from board_report.governance.peers.filings import HERE, about_data
from board_report.governance.peers.records import Level

_PREFIX = re.compile(r"^(Wholesale|Retail|Services)-(?:retail |services, )?")
_WORD = re.compile(r"[a-z]+")


class UnknownIndustryError(BoardReportError):
    """An industry was asked for that there is not."""


@dataclass(frozen=True)
class Industry:
    """One code of the Commission's list."""

    sic: str
    title: str
    """In plain words: ``Wholesale: medical, dental and hospital equipment and supplies``."""
    office: str
    """Of the Division of Corporation Finance that reviews its filings."""


@dataclass(frozen=True)
class _Division:
    letter: str
    title: str
    first: str
    last: str


@cache
def load_industries() -> Mapping[str, Industry]:
    """Every industry that occurs among the filings, by code."""
    text = (HERE / "industries.csv").read_text(encoding="utf-8")
    return {
        row["sic"]: Industry(row["sic"], plain_title(row["title"]), row["office"])
        for row in csv.DictReader(io.StringIO(text))
    }


def plain_title(title: str) -> str:
    """A title of the list in plain words: ``Services-prepackaged software``."""
    plain = title.replace("&", "and").replace(", NEC", ", not elsewhere classified")
    found = _PREFIX.match(plain)
    if found is None:
        return plain
    return f"{found.group(1)}: {plain[len(found.group(0)) :]}"


def code_at(sic: str, level: Level) -> str:
    """What filers of one industry share at a width: ``5047``, ``504``, ``50``, ``F``, nothing."""
    if level is Level.DIVISION:
        return next((each.letter for each in _divisions() if _is_in(sic, each)), "")
    return sic[: int(level)]


def title_at(sic: str, level: Level) -> str:
    """What the industry is called at a width.

    A group of three digits has the title of its first code, where the list has that code.
    """
    if level is Level.ALL:
        return "All industries"
    if level is Level.DIVISION:
        return next((each.title for each in _divisions() if _is_in(sic, each)), "")
    if level is Level.MAJOR_GROUP:
        return str(about_data()["major_groups"].get(sic[:2], ""))
    known = load_industries().get(sic if level is Level.INDUSTRY else f"{sic[:3]}0")
    return known.title if known else ""


def checked_sic(text: str, *, where: str = "") -> str:
    """The code, when it is one.

    Args:
        text: as it was typed.
        where: the key or option that it was typed into.

    Raises:
        UnknownIndustryError: it has not four digits, or there is no such division.
    """
    sic = text.strip()
    fault = sic_fault(sic)
    if fault:
        raise UnknownIndustryError(f"{text!r} is no SIC code: {fault}.", where=where, mend=MEND)
    return sic


MEND = (
    "Write the four digits that EDGAR gives for the company; "
    "`board-report peers --industry WORDS` finds codes by words."
)


def sic_fault(sic: str) -> str:
    """Why a text is no SIC code; empty when it is one."""
    if not re.fullmatch(r"[0-9]{4}", sic):
        return "it has not four digits"
    return "" if code_at(sic, Level.DIVISION) else "no industry of filers begins so"


def find_industries(words: str) -> tuple[Industry, ...]:
    """Industries whose title has a word that begins like each of the words, by code."""
    wanted = _stems(words)
    if not wanted:
        return ()
    return tuple(
        each for each in load_industries().values() if _has_all(_stems(each.title), wanted)
    )


def _stems(words: str) -> list[str]:
    """The words that tell, cut to a length at which ``distribution`` is ``distributor``."""
    found = _WORD.findall(words.casefold())
    return [word[:7] for word in found if word not in ("and", "of", "the", "for", "other")]


def _has_all(stems: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(any(stem.startswith(word) for stem in stems) for word in wanted)


def _is_in(sic: str, division: _Division) -> bool:
    return division.first <= sic[:2] <= division.last


@cache
def _divisions() -> tuple[_Division, ...]:
    return tuple(_Division(**each) for each in about_data()["divisions"])
