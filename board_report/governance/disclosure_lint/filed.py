"""The annual item held against the current reports that were filed in the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from board_report.governance.disclosure_lint.effects import EFFECTS
from board_report.governance.disclosure_lint.reading import Reading, Said, any_of, first
from board_report.governance.disclosure_lint.records import FiledReport, Hit, LintEvidence

MATERIAL = "1.05"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = "|".join(MONTHS)
_DATES = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}}),?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH})\s+(?P<y2>\d{{4}}))\b"
)
_COUNTS = re.compile(
    r"(?<![\w.,$])(\d[\d,]*(?:\.\d+)?)\s+(million\s+|billion\s+|thousand\s+)?(?:[a-z-]+\s+){0,2}?"
    r"(accounts|customers|individuals|people|persons|records|patients|employees|users|hours|days|"
    r"weeks|sites|facilities|locations|plants|laboratories|hospitals|stores|warehouses)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£]\s?\d[\d,]*(?:\.\d+)?(?:\s+(?:million|billion|thousand))?", re.IGNORECASE
)
REFERS = any_of(
    r"(?:Form )?(?:8-K|6-K)(?:/A)?\b",
    r"(?:previously|earlier) (?:disclosed|reported|announced)\b",
    r"current reports?\b",
    r"original (?:form|report|filing)\b",
)
UNDETERMINED = any_of(
    r"(?:has|have|had|is|are|was|were)(?: not|n[’']t) (?:\w+ ){0,4}?"
    r"(?:determined|known|available|complete[d]?|concluded|quantified|estimated)\b",
    r"(?:not|un)(?:known|determined|available)\b",
    r"(?:cannot|can ?not|unable to|not (?:yet )?able to) (?:\w+ ){0,3}?"
    r"(?:estimate|determine|quantify|predict)\b",
    r"(?:continu(?:es?|ing)|still) (?:\w+ ){0,4}?(?:to )?(?:assess|evaluat|investigat|determin|"
    r"analy[sz])\w*",
    r"not (?:yet )?(?:completely |fully )?known\b",
)
"""Words for what is not determined or not available yet."""


def check_filed(reading: Reading, evidence: LintEvidence) -> Iterator[Hit]:
    """Reports not mentioned, a "no" beside one, figures that differ, what was left open."""
    about = tuple(each for each in reading.sentences if each.sub_item == EFFECTS)
    for report in evidence.filed:
        if report.item == MATERIAL:
            yield from _mentioned(about, report)
        yield from _differs(about, report)
        if UNDETERMINED.search(report.text) and report.amended_on is None:
            sentence = (
                f"The report of {_day(report.filed_on)} left something undetermined, and no "
                "amendment is on record."
            )
            yield first(about, EFFECTS).hit("filing_report_not_amended", sentence)
    material = [each for each in evidence.filed if each.item == MATERIAL]
    if material and reading.text.item(EFFECTS).answer is False:
        sentence = (
            f"The answer is no, and an incident was reported as material on "
            f"{_day(material[0].filed_on)}."
        )
        yield first(about, EFFECTS).hit("filing_report_and_answer", sentence)


def _mentioned(about: tuple[Said, ...], report: FiledReport) -> Iterator[Hit]:
    """A material incident of which the paragraph says nothing: no report, no month of it."""
    months = {(on.year, on.month) for on in dates_in(report.text)}
    named = re.compile(
        "|".join(rf"{MONTHS[m - 1]}\s+(?:\d{{1,2}},?\s+)?{y}" for y, m in sorted(months)) or "(?!)"
    )
    if any(REFERS.search(each.text) or named.search(each.text) for each in about):
        return
    sentence = (
        f"An incident was reported as material on {_day(report.filed_on)}, and the paragraph does "
        "not mention it."
    )
    yield Hit("filing_report_not_mentioned", sentence, EFFECTS, first(about, EFFECTS).source)


def _differs(about: tuple[Said, ...], report: FiledReport) -> Iterator[Hit]:
    """Days, counts and sums in sentences on the same incident that the report has otherwise."""
    told_on = dates_in(report.text) | {report.filed_on}
    months = {(on.year, on.month) for on in told_on}
    counts, sums = counts_in(report.text), sums_in(report.text)
    for said in about:
        same_month = {on for on in dates_in(said.text) if (on.year, on.month) in months}
        names_month = any(f"{MONTHS[m - 1]} {y}" in said.text for y, m in months)
        if not (same_month or names_month or REFERS.search(said.text)):
            continue
        for on in sorted(same_month - told_on):
            yield _other(said, report, _day(on), "a day that the report does not have")
        for noun, numbers in counts_in(said.text).items():
            if noun in counts and not numbers & counts[noun]:
                other = ", ".join(sorted(counts[noun]))
                yield _other(said, report, noun, f"a number that the report has as {other}")
        found = sums_in(said.text)
        if found and sums and not found & sums:
            yield _other(
                said, report, "", f"a sum that the report has as {', '.join(sorted(sums))}"
            )


def _other(said: Said, report: FiledReport, what: str, how: str) -> Hit:
    whose = f" for “{what}”" if what else ""
    sentence = f"The text has{whose} {how} (filed {_day(report.filed_on)})."
    return said.hit("filing_report_differs", sentence)


def dates_in(text: str) -> set[date]:
    """All whole dates of a text, in either order of day and month."""
    found = set()
    for match in _DATES.finditer(text):
        day, month, year = (match[f"{part}1"] or match[f"{part}2"] for part in "dmy")
        try:
            found.add(date(int(year), MONTHS.index(month) + 1, int(day)))
        except ValueError:
            continue  # 31 June is no date, and no lint of ours
    return found


def counts_in(text: str) -> dict[str, set[str]]:
    """Numbers by the noun that they count, without their commas."""
    found: dict[str, set[str]] = {}
    for number, scale, noun in _COUNTS.findall(text):
        whole = f"{number.replace(',', '')} {scale.strip().casefold()}".strip()
        found.setdefault(noun.casefold(), set()).add(whole)
    return found


def sums_in(text: str) -> set[str]:
    """Sums of money, without blanks and commas."""
    return {re.sub(r"[\s,]", "", each).casefold() for each in _MONEY.findall(text)}


def _day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"
