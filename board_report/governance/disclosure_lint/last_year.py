"""What differs from last year's text without a word about why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from board_report.governance.disclosure_lint.officers import responsible, titles_in
from board_report.governance.disclosure_lint.oversight import committees_of
from board_report.governance.disclosure_lint.reading import Reading, Said, any_of, first
from board_report.governance.disclosure_lint.records import Hit, LintEvidence
from board_report.governance.filing_text import FilingText

_CHANGE = any_of(
    r"(?:formerly|previously|renamed|replaced|succeeded|changed|until|new(?:ly)?|"
    r"appointed|transferred|reassigned|moved|established|created|now|since|began|joined|interim|"
    r"no longer|effective)\b"
)
_REPORTS = re.compile(r"\breports?\s+(?:\w+ly\s+)?to\s+(?:the\s+|our\s+|its\s+)?", re.IGNORECASE)


def check_last_year(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """Answers, texts, committees, positions and lines that changed without a word."""
    if evidence.prior is None:
        return
    before = Reading(evidence.prior)
    yield from _answers(reading.text, before.text)
    yield from _dropped(reading, before)
    yield from _committees(reading, before)
    yield from _positions(reading, before)
    yield from _lines(reading, before)


def _answers(now: FilingText, before: FilingText) -> Iterator[Hit]:
    words = {True: "yes", False: "no"}
    for item in now.items:
        old = before.item(item.sub_item)
        if None in (item.answer, old.answer) or item.answer == old.answer:
            continue
        if _plain(item.text) == _plain(old.text):
            assert item.answer is not None
            assert old.answer is not None
            sentence = (
                f"The answer was {words[old.answer]} last year and is {words[item.answer]} now, "
                "and not a word of the text has changed."
            )
            said = first(_of(item.sub_item, now), item.sub_item)
            yield said.hit("filing_answer_changed", sentence)


def _of(sub_item: str, text: FilingText) -> tuple[Said, ...]:
    item = text.item(sub_item)
    return tuple(Said(sub_item, each.source, each.text) for each in item.sentences)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _dropped(reading: Reading, before: Reading) -> Iterator[Hit]:
    for old in before.text.items:
        now = reading.text.item(old.sub_item)
        moved = _plain(old.text) in _plain(" ".join(each.text for each in reading.whole))
        if old.text.strip() and not now.text.strip() and not moved:
            sentence = "Last year something was said here, and now nothing is."
            yield Hit("filing_text_dropped", sentence, old.sub_item)


def _committees(reading: Reading, before: Reading) -> Iterator[Hit]:
    now, old = (committees_of(each.under("106(c)(1)")) for each in (reading, before))
    if not now or not old or set(now) & set(old) or _told(reading, "106(c)(1)"):
        return
    name, said = next(iter(now.items()))
    sentence = f"Last year the text named the {next(iter(old))}, and not this one."
    found = re.search(re.escape(name).replace(r"\ ", r"\s+"), said.text, re.IGNORECASE)
    yield said.hit("filing_committee_changed", sentence, found.group() if found else "")


def _positions(reading: Reading, before: Reading) -> Iterator[Hit]:
    now, old = responsible(reading), responsible(before)
    if not now or not old or _told(reading, "106(c)(2)"):
        return
    for officer in now:
        if not any(officer.names & each.names for each in old):
            sentence = f"Last year the text did not make the {officer.title} responsible."
            yield officer.said.hit("filing_positions_changed", sentence, officer.title)
    for officer in old:
        if not any(officer.names & each.names for each in now):
            sentence = f"Last year the text made the {officer.title} responsible, and not now."
            yield now[0].said.hit("filing_positions_changed", sentence, now[0].title)


def _lines(reading: Reading, before: Reading) -> Iterator[Hit]:
    old = {officer: to for officer, to, _, _ in _lines_of(before)}
    for officer, to, said, quote in _lines_of(reading):
        was = next((line for names, line in old.items() if names & officer), None)
        if was is not None and not was & to and not _CHANGE.search(said.text):
            sentence = f"Last year the line was to the {_longest(was)}."
            yield said.hit("filing_line_changed", sentence, quote)


def _lines_of(
    reading: Reading,
) -> Iterator[tuple[frozenset[str], frozenset[str], Said, str]]:
    """Who reports to whom: both with all their names, the sentence, and the words."""
    for said in reading.sentences:
        titles = list(titles_in(said.text))
        for place in _REPORTS.finditer(said.text):
            officer = [names for found, names in titles if found.end() <= place.start()]
            above = [(found, names) for found, names in titles if found.start() == place.end()]
            if officer and above:
                found, names = above[0]
                yield officer[-1], names, said, said.text[place.start() : found.end()]


def _longest(names: frozenset[str]) -> str:
    """The title in full; a short name stays in capitals where there is no other."""
    name = max(sorted(names), key=len)
    return name.upper() if " " not in name else name


def _told(reading: Reading, prefix: str) -> bool:
    """Whether the paragraph says that something has changed."""
    return bool(reading.matching(_CHANGE, prefix))
