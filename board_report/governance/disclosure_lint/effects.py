"""What is said of effects on the company (106(b)(2)), and how it is narrowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from board_report.governance.disclosure_lint.reading import Reading, Said, any_of
from board_report.governance.disclosure_lint.records import Hit, LintEvidence

EFFECTS = "106(b)(2)"

AFFECT = any_of(
    r"material(?:ly)? (?:and adversely |adversely |adverse |negative )?"
    r"(?:affect\w*|effects?|impact\w*|harm\w*)",
    r"(?:affect|impact)(?:ed|s)? (?:\w+ ){0,4}materially\b",
)
_PAST = any_of(
    r"(?<!could\s)(?<!may\s)(?<!might\s)(?<!would\s)(?:has|have|had|were|was|did)"
    r"(?: not|n[’']t)?\b",
    r"(?:not|never) (?:been |had )?\b(?:aware|identified|experienced)\b",
)
_FUTURE = any_of(
    r"(?:could|may|might|would|no assurance|no guarantee|"
    r"cannot (?:guarantee|assure|provide|eliminate)|in the future|potentially|designed to)\b"
)
LIKELY = any_of(
    r"reasonably (?:likely|expected|possible that)\b", r"likely to (?:materially|have a material)\b"
)
_RISK = any_of(
    r"(?:risks?|threats?)\b",
)
_INCIDENT = any_of(r"(?:incidents?|attacks?|breach(?:es)?|events?|intrusions?)\b")
_YEAR = any_of(
    r"(?:during|in|for|over|throughout|within) (?:the |our |its |this )?"
    r"(?:(?:fiscal |calendar )?years?(?: ended)?|(?:fiscal )?(?:19|20)\d\d|"
    r"(?:last|past|prior|most recent|current|preceding) (?:\w+ )?"
    r"(?:fiscal |calendar )?(?:years?|periods?|months|quarters?)|"
    r"(?:reporting )?period)\b",
    r"since the beginning of\b",
)
MATERIAL_INCIDENT = any_of(
    r"(?:not|no|never|any|n[’']t)\b(?:[\w’,-]+ | ){0,8}?\bmaterial "
    r"(?:(?:cyber\s?security|cyber|(?:information |data )?security|data|IT)\b[- ]?){0,2}"
    r" ?(?:incidents?|breach(?:es)?|attacks?|events?)\b"
)
_ASPECTS = {
    "business strategy": any_of(r"strateg(?:y|ies|ic)\b"),
    "results of operations": any_of(
        r"(?:results? of (?:\w+ )?operations?|operating results|results|operations|earnings)\b"
    ),
    "financial condition": any_of(r"financial (?:condition|position|results)\b"),
}
_HOW = any_of(
    r"(?:cost|expense|revenue|sales|interrupt|delay|los[st]|reduc|lower|higher|increas|decreas|"
    r"customers?|insur|remediat|litigation|\$|€|£)"
)


def conclusions(reading: Reading) -> tuple[Said, ...]:
    """The sentences that say whether there were material effects; those of the sub-item first."""
    own = [each for each in reading.sentences if each.sub_item == EFFECTS]
    among = own if any(_concludes(each.text) for each in own) else reading.sentences
    return tuple(each for each in among if _concludes(each.text))


def _concludes(text: str) -> bool:
    """Whether a clause of the sentence speaks of material effects that have or have not been."""
    found = AFFECT.search(text)
    while found:
        before = _clause(text, found.start())
        if _PAST.search(before) or LIKELY.search(before):
            return True
        if not _FUTURE.search(before) and _PAST.search(text[: found.start()]):
            return True
        found = AFFECT.search(text, found.end())
    return False


def _clause(text: str, end: int) -> str:
    """What stands before a place, from the last border of a clause on."""
    before = text[:end]
    border = max(before.rfind(each) for each in (";", ", but ", ", though ", ", although ", ": "))
    return before[border + 1 :] if border >= 0 else before


def check_effects(reading: Reading, _evidence: LintEvidence) -> Iterator[Hit]:
    """Every way in which the conclusion is narrower than the question."""
    told = conclusions(reading)
    if told:
        yield from _narrowed(told)
        yield from _how(reading, told)
        return
    narrow = [each for each in reading.matching(MATERIAL_INCIDENT) if _PAST.search(each.text)]
    if narrow:
        sentence = "Only material incidents are spoken of; the rule asks for the effects of risks."
        found = MATERIAL_INCIDENT.search(narrow[0].text)
        assert found
        yield narrow[0].hit("filing_effects_material_incidents", sentence, found.group())
    elif not reading.answered(EFFECTS):
        sentence = "No sentence tells whether risks have had, or are likely to have, effects."
        yield Hit("filing_item_missing", sentence, EFFECTS)


def _narrowed(told: Sequence[Said]) -> Iterator[Hit]:
    if all(_only_incidents(each.text) for each in told):
        sentence = "The conclusion is about incidents; the rule asks about risks."
        yield told[0].hit("filing_effects_incidents", sentence)
    limited = [each for each in told if _YEAR.search(each.text)]
    if len(limited) == len(told):
        found = _YEAR.search(limited[0].text)
        assert found
        sentence = "The conclusion is about one year; the rule is not limited to one."
        yield limited[0].hit("filing_effects_year", sentence, found.group())
    if not any(LIKELY.search(each.text) for each in told):
        sentence = (
            "The conclusion is about what has been; whether an effect is reasonably likely "
            "is not said."
        )
        yield told[0].hit("filing_effects_not_likely", sentence)
    missing = [
        name
        for name, words in _ASPECTS.items()
        if not any(words.search(each.text) for each in told)
    ]
    if missing:
        listed = " or ".join((", ".join(missing[:-1]), missing[-1]) if missing[1:] else missing)
        yield told[0].hit("filing_effects_aspects", f"The conclusion does not name {listed}.")


def _only_incidents(text: str) -> bool:
    """Whether what has or has not had effects is an incident, and no risk or threat."""
    found = AFFECT.search(text)
    assert found
    subject = _clause(text, found.start())
    rest = text[found.end() : found.end() + 160]
    named = _INCIDENT.search(subject)
    by = any_of(r"(?:by|from)\b.{0,60}").search(rest)
    return bool(named) and not _RISK.search(subject) and not (by and _RISK.search(by.group()))


def _how(reading: Reading, told: Sequence[Said]) -> Iterator[Hit]:
    """A yes without what the effect was."""
    item = reading.text.item(EFFECTS)
    if item.answer is True and not any(_HOW.search(each.text) for each in reading.under(EFFECTS)):
        sentence = "The answer is yes, and no sentence says how the company was affected."
        yield told[0].hit("filing_effects_no_how", sentence)
