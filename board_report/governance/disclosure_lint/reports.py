"""Statements of an incident for a current report under Item 1.05 of Form 8-K."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.governance.disclosure_lint.filed import (
    MATERIAL,
    MONTHS,
    REFERS,
    UNDETERMINED,
    sums_in,
)
from board_report.governance.disclosure_lint.reading import Reading, Said, any_of, first
from board_report.governance.disclosure_lint.records import Hit, IncidentStatement
from board_report.governance.filing_text import FiledSentence, FilingText, ItemText

ASPECTS = ("nature", "scope", "timing", "impact")
_IMPACT = r"(?:impact|effect|adverse effect)s?"
_DENIED = any_of(
    rf"(?:not|n[’']t|no) (?:(?!but\b|however\b|although\b|while\b)[\w-]+,? ){{0,8}}?"
    rf"material(?:ly)?(?: adverse)? {_IMPACT}\b",
    r"(?:is|was|are) (?:not|n[’']t) (?:\w+ )?material\b",
    r"(?:is|was|are) immaterial\b",
    r"determined (?:that )?(?:\w+ ){0,4}(?:is|was) not (?:\w+ )?material\b",
    r"(?:not|n[’']t) (?:been )?materially (?:affect|impact)\w*",
    r"(?:not|n[’']t) (?:\w+ ){0,2}?reasonably likely to have a material\b",
)
_AFFIRMED = any_of(
    r"(?:determined|concluded|believes?) (?:that )?(?:\w+ ){0,5}(?:is|was|to be) material\b",
    r"(?:is|are) reasonably likely to (?:\w+ ){0,2}(?:have|result in|be) (?:a )?material\b",
    r"(?<!to\s)(?<!could\s)(?<!may\s)(?<!might\s)(?<!would\s)(?:has|have|had) "
    r"(?:had |also |experienced |incurred |accrued |and )*"
    r"(?:a )?material (?:[\w-]+ ){0,3}(?:impact|effect|expenses?|costs?|losses)\b",
    r"(?:has|have|had|was|were) materially (?:affected|impacted|disrupted)\b",
    r"will (?:likely )?have a material\b",
    r"expects? (?:\w+ ){0,6}material (?:impact|effect)\b",
)
_MAY_BE = any_of(
    r"(?:could|may|might)(?: \w+){0,6}? (?:material (?:impact|effect|adverse)|materially)\b",
    r"(?:could|may|might) be material\b",
    r"(?:monitor|assess|evaluat|determin|consider)\w* (?:\w+ ){0,5}(?:whether|materiality)\b",
    r"potentially material\b",
)
_SAYS_IMPACT = any_of(
    r"(?:impact|affect|effect|disrupt|expense|cost|loss|revenue|sales|financial condition)\w*"
)
_WILL_AMEND = any_of(
    r"(?:amend|amendment|8-K/A|update this|supplement)\w*", r"will (?:provide|file) (?:\w+ )*update"
)
_DATED = any_of(rf"(?:{'|'.join(MONTHS)})\b(?: \d{{1,2}},?)?(?: \d{{4}})?", r"\d{4}-\d\d-\d\d\b",
                flags=0)  # fmt: skip


def as_reading(statements: Sequence[IncidentStatement]) -> Reading:
    """The statements in the form of a text, with each aspect in the place of a sub-item."""
    return Reading(
        FilingText(
            fiscal_year=0,
            items=tuple(
                ItemText(each.aspect, (FiledSentence(each.text, each.source),))
                for each in statements
            ),
            form="8-K",
        )
    )


def check_report(statements: Sequence[IncidentStatement], reading: Reading) -> Iterator[Hit]:
    """What a report under Item 1.05 must not say, must not leave out, or must date."""
    under = [each for each in statements if each.item == MATERIAL and each.text.strip()]
    if not under:
        return
    yield from _materiality(reading)
    yield from _unknown(under, reading)
    named = {each.aspect for each in under}
    for aspect in ASPECTS:
        if named & set(ASPECTS) and aspect not in named:
            yield Hit("report_aspect_missing", f"Nothing is said of its {aspect}.", aspect)
    timed = [each for each in reading.sentences if each.sub_item in ("timing", "")]
    dated = any(_DATED.search(each.text) or REFERS.search(each.text) for each in reading.sentences)
    if timed and not dated:
        yield timed[0].hit("report_undated", "No date says when it happened or was found.")


def _materiality(reading: Reading) -> Iterator[Hit]:
    if any(_affirms(each) for each in reading.sentences):
        return
    for said in reading.sentences:
        found = _DENIED.search(said.text)
        if found:
            sentence = "The report is under the item for material incidents, and says it is not."
            yield said.hit("report_not_material", sentence, found.group())
            return
    for said in reading.sentences:
        found = _MAY_BE.search(said.text)
        if found:
            sentence = (
                "The report is under the item for material incidents, and leaves open whether "
                "it is one."
            )
            yield said.hit("report_not_determined", sentence, found.group())
            return


def _affirms(said: Said) -> bool:
    found = _AFFIRMED.search(_DENIED.sub(" ", said.text))
    return bool(found)


def _unknown(under: Sequence[IncidentStatement], reading: Reading) -> Iterator[Hit]:
    """An impact of which nothing is said, not even that it is not known; no word of amending."""
    open_ones = reading.matching(UNDETERMINED)
    concluded = [
        each
        for each in reading.sentences
        if _AFFIRMED.search(each.text) or _DENIED.search(each.text) or sums_in(each.text)
    ]
    if not open_ones and not concluded:
        impact = [each for each in reading.sentences if each.sub_item == "impact"]
        about = [each for each in reading.sentences if _SAYS_IMPACT.search(each.text)]
        sentence = (
            "No material impact is told, and nothing says that it is undetermined or unavailable."
        )
        yield first((*impact, *about[-1:]), under[0].aspect).hit("report_unknown_unsaid", sentence)
    if open_ones and not reading.matching(_WILL_AMEND):
        sentence = "Something is undetermined, and no sentence says that an amendment follows."
        yield open_ones[0].hit("report_no_amendment_said", sentence)
